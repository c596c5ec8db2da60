"""`mutandis batch` on the made-up statute of a library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from mutandis import Rulebook


@pytest.fixture
def action(library: Path) -> str:
    """An action that norms speak of."""
    components = Rulebook.load(library).program.components
    return next(name for name, component in components.items() if component.norms)


@pytest.fixture
def fact(library: Path) -> str:
    """A fact that is yes or no."""
    facts = Rulebook.load(library).vocabulary.facts
    return next(name for name, declared in facts.items() if declared.type.kind == "yes_no")


def test_a_file_of_cases_is_decided_and_summed_up(run: Run, action: str, fact: str, tmp_path: Path) -> None:
    given, out = tmp_path / "cases.csv", tmp_path / "decided.csv"
    given.write_text(f"number,{fact}\n1,\n2,yes\n")
    done = run("batch", action, given, out)
    assert done.exit_code == 0, done.output
    assert "decided: 2 rows" in done.output
    assert out.read_text().splitlines()[0] == "row,number,verdict,citations"
    summed = json.loads(run("batch", action, given, out, "--part", "missing", "--json").stdout)
    assert (summed["rows"], summed["resumed"], summed["bad"]) == (2, 0, [])
    assert out.read_text().splitlines()[0] == "row,number,verdict,citations,missing"
    given.write_text(f"number,{fact}\n1,\n")
    assert "decided: 1 row\n" in run("batch", action, given, tmp_path / "one.csv").output


def test_values_that_are_not_allowed_end_the_program_with_1(run: Run, action: str, fact: str, tmp_path: Path) -> None:
    given, out = tmp_path / "cases.csv", tmp_path / "decided.csv"
    given.write_text(f"{fact}\nyes\nperhaps\n")
    done = run("batch", action, given, out)
    assert done.exit_code == 1
    assert f"in 1 row of column `{fact}` (from 0: 1)" in done.stderr
    assert out.read_text().splitlines()[2].startswith("1,error")
    strict = run("batch", action, given, tmp_path / "strict.csv", "--strict")
    assert strict.exit_code == 1
    assert not (tmp_path / "strict.csv").exists()


def test_all_actions_need_no_action(run: Run, action: str, fact: str, tmp_path: Path) -> None:
    given, out = tmp_path / "cases.csv", tmp_path / "all.parquet"
    given.write_text(f"number,on,{fact}\n1,2020-03-01,\n")
    assert run("batch", "--assess", "--open", given, out, "--at", "on").exit_code == 0
    wrong = run("batch", given, out)
    assert (wrong.exit_code, "mutandis batch ACTION IN OUT" in wrong.stderr) == (2, True)
    assert run("batch", "--assess", action, given, out).exit_code == 2
    assert run("batch", action, given, out, "--none", "x", "--none", "y").exit_code == 2


def test_a_file_of_facts_alone_is_assessed(run: Run, fact: str, tmp_path: Path) -> None:
    given, out = tmp_path / "cases.csv", tmp_path / "decided.csv"
    given.write_text(f"{fact}\nyes\n\n")
    assert run("batch", "--assess", "--open", given, out).exit_code == 0
    told = out.read_text().splitlines()
    assert told[0] == "row,action,verdict,citations"
    assert told[1:]


def test_a_file_without_facts_says_what_columns_it_has(run: Run, action: str, tmp_path: Path) -> None:
    given, out = tmp_path / "cases.csv", tmp_path / "decided.csv"
    given.write_text("number,name\n1,one\n")
    refused = run("batch", action, given, out)
    assert refused.exit_code != 0
    assert "no column of `cases.csv` is a fact (it has `number`, `name`)" in " ".join(str(refused.exception).split())
    assert not list(tmp_path.glob("decided*"))
