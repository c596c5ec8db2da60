"""`mutandis why-not` and `mutandis when`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_the_smallest_change_is_told_with_what_it_would_rest_on(run: Run) -> None:
    output = run("why-not", "a-child-asks", "-f", "reader.fees_owed=0 won", "-f", "loan.length=3 days").output
    assert "lend the book: forbidden by default: nothing encoded permits it\n" in output
    assert "  permitted, Statute Art. 1 (1) 2, if\n    book rare: no (now yes)\n" in output


def test_a_number_is_changed_to_the_nearest_bound_and_told_with_its_unit(run: Run) -> None:
    output = run("why-not", "fees", "-f", "loan.length=3 days").output
    assert "    fees owed of the reader: 10000 won (now 10001 won)\n" in output


def test_what_no_change_can_give_is_said_so(run: Run) -> None:
    output = run("why-not", "fees", "--wanted", "exempt").output
    assert "no change of the facts that can be changed makes it exempt" in output


def test_what_is_so_already_is_said_so(run: Run) -> None:
    assert "it is permitted as things stand" in run("why-not", "an-adult").output
    assert "it is permitted as things stand" in run("why-not", "an-adult", "--wanted", "permitted").output


def test_time_is_told_in_stretches(run: Run) -> None:
    assert run("when", "asked-for-by-another").output.partition("\nrulebook")[0] == (
        "A book asked for by another is due\n"
        "return the book\n"
        "  up to 2020-02-13    silent (not regulated)\n"
        "  from 2020-02-14 on  required  Statute Art. 1 (2)\n"
    )


_TAX = Path(__file__).parents[1] / "fixtures" / "tax"
TAX = (_TAX / "revenue" / "cases" / "tax.yaml", "--rulebook", _TAX)


def test_a_case_that_asks_for_a_value_is_told_what_gives_another(run: Run) -> None:
    output = run("why-not", *TAX, "-f", "taxpayer.income=24050 dollars", "--value", "3000 dollars").output
    assert "  3000 dollars, Code § 1 (a) (1) (B), if\n    income of the taxpayer: 30714 dollars (now 24050" in output
    wrong = run("why-not", *TAX, "--value", "much")
    assert wrong.exit_code == 2 and "`--value`: `taxpayer.tax` is a sum" in wrong.output


def test_a_wanted_value_is_of_a_case_that_asks_for_one(run: Run) -> None:
    wrong = run("why-not", "fees", "--value", "yes")
    assert wrong.exit_code == 2 and "`--value` is of a case that asks for the value of a fact" in wrong.output


def test_all_time_is_told_by_the_values_of_a_fact(run: Run) -> None:
    output = run("when", *TAX).output
    assert "tax of the taxpayer\n  up to 2019-12-31    none  Code § 1 (a) (1) (A)\n" in output
    assert "  from 2020-01-01 on  2000 dollars  Code § 1 (a) (1) (A)\n" in output


def test_a_case_that_is_contradicted_at_some_time_is_told_as_a_fault_of_the_case(run: Run) -> None:
    told = run("when", *TAX, "-f", "taxpayer.taxable=5 dollars")
    assert told.exit_code == 1 and "error MUT131 derived-fact-given: `taxpayer.taxable` is stated" in told.output
    assert "error: error" not in told.output
