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
    ],
)
def test_a_slip_is_told_with_what_to_do(run: Run, arguments: list[str], told: str, help_: str) -> None:
    result = run(*arguments)
    assert told in result.output
    assert help_ in result.output
    assert result.exit_code == 2


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
