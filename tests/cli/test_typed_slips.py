"""What a person types wrong at the command line: a sentence that names it, what to do, and the code for wrong use."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import LIBRARY, Run


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the library's rulebook, which no variable names."""
    monkeypatch.delenv("MUTANDIS_RULEBOOK", raising=False)
    return Path(shutil.copytree(LIBRARY, tmp_path / "rulebook"))


@pytest.mark.parametrize(
    ("arguments", "told", "help_"),
    [
        (["decide", "-a", "lend bok"], "the vocabulary has no action `lend bok`", "did you mean `lend book`?"),
        (["explain", "-a", "lend bok"], "the vocabulary has no action `lend bok`", "did you mean `lend book`?"),
        (["why-not", "-a", "lend bok"], "the vocabulary has no action `lend bok`", "did you mean `lend book`?"),
        (["when", "-a", "lend bok"], "the vocabulary has no action `lend bok`", "did you mean `lend book`?"),
        (["decide", "-a", "lend book", "--by", "libraran"], "the vocabulary has no role `libraran`", "did you mean"),
        (["assess", "-f", "book.rare=no", "--by", "libraran"], "no role `libraran`", "did you mean"),
        (["assess"], "nothing to assess", "`mutandis decide --list`"),
        (["show", "lib/999"], "neither the rulebook nor the text has `lib/999`", "the rulebook has the laws"),
        (["graph", "statute/999"], "no provision, action or derived fact `statute/999`", "--articles` lists"),
        (["check", "nothing.yaml"], "there is no file `nothing.yaml`", "a rulebook's folder"),
        (["schema", "rule", "lend book"], "`lend book` goes with `schema facts ACTION` only", ""),
        (["schema", "rule", "--data"], "`--data` goes with `schema facts ACTION` only", ""),
        (["schema", "facts", "lend book", "--page"], "the facts of an action have no page", ""),
        (["sql", "lend bok"], "the vocabulary has no action `lend bok`", "did you mean `lend book`?"),
        (["sql", "lend book", "--by", "libraran"], "the vocabulary has no role `libraran`", "did you mean"),
        (["batch", "lend bok", "in.csv", "out.csv"], "the vocabulary has no action `lend bok`", "did you mean"),
        (["ask", "lend book", "--save", "cases.txt"], "`cases.txt` is no name of a case file", "end in `.yaml`"),
        (["decide", "lend book"], "no case is called `lend book`", "that is an action: `mutandis decide --action"),
        (["decide", "lend the item"], "no case is called `lend the item`", "decide --action 'lend item'` asks"),
        (["decide", "statute/1"], "no case is called `statute/1`", "that is a provision: `mutandis show 'statute/1'`"),
        (["decide", "-a", "return the book"], "no action `return the book`", "did you mean `return book`?"),
        (["decide", "-a", "lend", "book"], "no action `lend`", "an action stands in plain quotes: 'lend book'"),
        (["decide", "-a", "“lend", "book”"], "no action `“lend`", "an action stands in plain quotes: 'lend book'"),
        (["graph", "return the book"], "derived fact `return the book`", "did you mean `return book`?"),
        (["graph", "7(1)"], "no provision, action or derived fact `7(1)`", "write it as statute/41"),
        (["decide", "-a", "lend book", "-f", "book.rare:no"], "`book.rare:no` is no fact", "e.g. `book.rare=no`"),
        (["decide", "-a", "lend book", "-f", "book.rare＝no"], "`book.rare＝no` is no fact", "e.g. `book.rare=no`"),
        (
            ["decide", "-a", "lend book", "-f", "book.rare", "=", "no"],
            "takes no further `no`",
            "no blank around the `=`",
        ),
        (["decide", "-a", "lend book", "--by", "clerk"], "no role `clerk`", "roles are reader, librarian"),
        (["why-not", "-a", "lend book", "--verdict", "permitted"], "no option `--verdict`", "`--wanted` does that"),
        (["decide", "-a", "lend book", "--date", "2020-01-01"], "no option `--date`", "`--at` does that"),
        (["when", "-a", "lend book", "--since", "2020-01-01"], "no option `--since`", "`--law-as-of` does that"),
        (["coverage", "statute"], "`coverage` takes no further `statute`", "a law is named by `--law statute`"),
        (["check", "statute", "calendar"], "`check` takes no further `calendar`", "it takes PATH and no other path"),
        (["test", "statute", "calendar"], "`test` takes no further `calendar`", "it takes PATH and no other path"),
        (["coverage", "--law", "Statute"], "no law `Statute`", "did you mean `statute`?"),
        (["assess", "-f", "book.rare=no", "--law", "Statute"], "no law `Statute`", "did you mean `statute`?"),
        (["batch", "lend book", "in.csv"], "`batch` takes ACTION, IN and OUT, not `lend book`, `in.csv`", ""),
        (["decide", "-r", "none.bundle", "x"], "there is no bundle `none.bundle`", "`mutandis bundle`"),
        (["find", ""], "there are no words to find", "say what somebody wants to do"),
        (["find", "xyzzy"], "nothing speaks of `xyzzy`", "an article is shown by `mutandis show statute/1`"),
        (
            ["decide", "-a", "lend book", "-f", "book.rare=no", "-f", "book.rare=yes"],
            "`book.rare` is given twice: `no` and `yes`",
            "give it once",
        ),
        (["batch", "--assess", "in.csv"], "`batch --assess` takes IN and OUT, not `in.csv`", ""),
    ],
)
def test_a_slip_is_told_with_what_to_do(run: Run, arguments: list[str], told: str, help_: str) -> None:
    result = run(*arguments)
    assert told in result.output
    assert help_ in result.output
    assert result.exit_code == 2


def test_what_answers_nothing_says_of_no_rulebook_that_it_answered(run: Run) -> None:
    result = run("assess", "-f", "book.rare=perhaps")
    assert result.exit_code == 1
    assert "`book.rare` is `yes` or `no`, not `perhaps`" in result.output
    assert "\nrulebook " not in result.output


def test_an_addendum_is_not_named_beside_the_articles_that_speak_of_an_action(run_on_the_laws: Run) -> None:
    found = run_on_the_laws("find", "make a telephone call").output
    assert "make telephone_call" in found and "Act Art. 44" in found
    assert "Addenda" not in found


def test_a_fact_given_twice_alike_is_given_once(run: Run) -> None:
    assert run("decide", "-a", "lend book", "-f", "book.rare=no", "-f", "book.rare=no").exit_code == 0


def test_a_folder_is_no_table(run: Run) -> None:
    assert str(run("batch", "lend book", ".", "out.csv").exception) == "`.` is a folder"


@pytest.mark.parametrize(
    ("fact", "told", "help_"),
    [
        ("the days of the loan=3 days", "no term `the days of the loan`", "did you mean `loan.length`"),
        ("The item is rare=yes", "no term `The item is rare`", "did you mean `book.rare`?"),
        ("class of the reader=adult", "no term `class of the reader`", "did you mean `reader.class`?"),
        ("loan.length=3 dys", "`dys` is no unit of time", "did you mean `days`?"),
        ("book.lent_on=２０２０-02-01", "`２０２０-02-01` is no date", "2020-03-01"),
        ("loan.length=３ days", "is a length of time, e.g. `8 days`, not `３ days`", "give a length of time"),
    ],
)
def test_a_fact_by_its_label_or_with_a_slip_is_told_by_its_name(run: Run, fact: str, told: str, help_: str) -> None:
    result = run("decide", "-a", "lend book", "-f", fact)
    assert told in result.output
    assert help_ in result.output


def test_a_file_that_is_no_case_file_is_told_once(run: Run) -> None:
    for command in ("decide", "test"):
        result = run(command, LIBRARY / "statute" / "law.yaml")
        assert result.exit_code == 2
        assert "is no case file: nothing in it is a `case` or an `ask`" in result.output
        assert "MUT0" not in result.output


def test_a_folder_of_cases_and_the_folder_of_a_law_are_parts_of_their_rulebook(run: Run, own: Path) -> None:
    whole = run("test", own).output.split()[0]
    assert run("test", own / "statute" / "cases").output.startswith(f"{whole} cases: ")
    assert run("check", own / "statute").exit_code == 0
    vocabulary = own / "statute" / "law.yaml"
    vocabulary.write_text(vocabulary.read_text() + "shirt: Lib\n")
    assert "unknown-key" in run("check", own / "statute").output
    assert run("check", own / "statute" / "cases").output == ""


@pytest.mark.parametrize("name", ["statute/zz.yaml", "nowhere/zz.yaml", "zz.yaml", "cases/zz.yaml"])
def test_a_case_is_saved_where_cases_are_read(run: Run, own: Path, name: str) -> None:
    refused = run("new", "case", "lend book", own / name, "-f", "book.rare=no")
    assert refused.exit_code == 2
    told = " ".join(refused.output.split())
    assert "would stand among rules" in told and "cases of a law stand in its folder `cases`: LAW/cases/zz.yaml" in told
    assert not (own / name).exists()
    assert run("new", "case", "lend book", own / "statute/cases/zz.yaml", "-f", "book.rare=no").exit_code == 0


def test_only_a_rulebook_of_ones_own_is_changed(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(own.parent.parent)
    refused = run("rename", "fact", "item.rare", "item.precious", "--list")
    assert refused.exit_code == 2
    assert "the rulebook shipped with the program is not yours to change" in refused.output
    monkeypatch.chdir(own.parent)  # a folder `rulebook` lies here
    assert run("rename", "fact", "item.rare", "item.precious", "--list").exit_code == 0


def test_the_bars_of_a_tree_go_on_beside_a_folded_line(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "44")
    told = run("graph", "statute/1", "--reverse").output.splitlines()
    assert max(map(len, told)) <= 44
    assert all(one[0] in "├└│ " for one in told[1:])
    assert any("─" not in one and "│" in one for one in told)
