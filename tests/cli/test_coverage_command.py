"""`mutandis coverage`: two tables, and what is still open."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_the_tables_count_provisions_and_parts(run: Run) -> None:
    result = run("coverage")
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].split() == ["Provisions", "encoded", "stated", "delegated", "not", "modelled", "open", "total"]
    assert lines[1].split() == ["Statute", "9", "1", "·", "1", "·", "11"]
    assert lines[2].split() == ["Lending", "9", "1", "·", "1", "·", "11"]
    assert any(line.split() == ["construals", "1", "·", "·", "1"] for line in lines)


def test_untried_parts_are_listed_with_the_direction_they_want(run: Run) -> None:
    output = run("coverage", "--untried").output
    assert "Statute Art. 1 (1) 2  ground lend book  no case where it holds\n" in output
    assert "Statute Art. 3  rule repair book  no case where it holds and none where it does not hold\n" in output


def test_where_there_is_nothing_to_list_it_is_said(run: Run) -> None:
    told = "of every duty something says when it is over\n"
    assert told in run("coverage", "--duties", "--rulebook", "penal-facilities").output
    assert (
        "every part is tried in both directions\n"
        in run("coverage", "--untried", "--rulebook", "penal-facilities").output
    )
    assert told not in run("coverage").output


def test_strict_coverage_is_a_finding_where_something_is_untried(run: Run) -> None:
    assert run("coverage", "--strict").exit_code == 1


def test_json_names_the_cases(run: Run) -> None:
    data = json.loads(run("coverage", "--json").stdout)
    ground = next(p for p in data["parts"] if p["place"] == "statute/1(1)1")
    assert "statute/cases/001-lending.yaml:1" in ground["held"]
    assert {p["standing"] for p in data["provisions"]} == {"encoded", "stated", "not_modelled"}


def test_a_law_that_is_not_there_is_wrong_use(run: Run) -> None:
    assert run("coverage", "--law", "nothing").exit_code == 2
