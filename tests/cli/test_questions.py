"""`mutandis why-not` and `mutandis when`."""

from __future__ import annotations

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
