"""Facts on the command line: a list or a period in brackets is read as a case file writes it."""

from __future__ import annotations

import pytest
import typer
from tests.cli.conftest import Run

from mutandis_tools.commands.decide import _with_facts


def test_a_list_and_a_period_in_brackets() -> None:
    written = ["work_bonus.considered=[kind_of_work, results_of_work]", "stay.period={from: 2023-08-15}", "a.b=8 days"]
    assert _with_facts({}, written) == {
        "work_bonus.considered": ["kind_of_work", "results_of_work"],
        "stay.period": {"from": "2023-08-15"},
        "a.b": "8 days",
    }


def test_a_bracket_that_is_not_closed_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit):
        _with_facts({}, ["work_bonus.considered=[kind_of_work"])
    assert "`work_bonus.considered=[kind_of_work`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("fact", "help"),
    [
        ("cellar.rare=yes", "did you mean `book.rare`?"),
        ("cellar.depth={from: 2020-01-01, until: 2020-01-02}", "`mutandis schema facts 'lend book'` lists"),
    ],
)
def test_an_undeclared_fact_is_told_once_with_the_facts_of_the_action(run: Run, fact: str, help: str) -> None:
    told = run("decide", "-a", "lend book", "-f", fact).output
    assert told.count("unknown-fact") == 1
    assert help in told
