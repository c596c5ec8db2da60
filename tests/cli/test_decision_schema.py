"""A decision's JSON is what `schemas/decision.schema.json` says."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import LIBRARY

from mutandis.api import Rulebook
from mutandis.decide import result as r
from mutandis.resources import schema_text
from mutandis.vocabulary import Division
from mutandis_tools.casebook.ask import assess_case, decide_case
from mutandis_tools.opening import open_rulebook, read_case_facts

RECORDS = {
    "step": r.SourceStep,
    "cited": r.Cited,
    "limit": r.Limit,
    "breach": r.Breach,
    "deadline": r.DeadlineDue,
    "threat": r.Threat,
    "beaten": r.Beaten,
    "finding": r.Finding,
    "fiction": r.Fiction,
    "presumption": r.Presumption,
    "note": r.Note,
    "considered": r.Considered,
    "authority": r.Authority,
    "division": Division,
    "irrelevant": r.Irrelevant,
}


def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_text("decision"))
    return found


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(_schema())


def test_the_schema_names_exactly_the_fields_of_a_decision() -> None:
    schema = _schema()
    assert list(schema["properties"]) == [field.name for field in fields(r.Decision)]
    for name, record in RECORDS.items():
        assert list(schema["$defs"][name]["properties"]) == [field.name for field in fields(record)]
    assert set(schema["$defs"]) == {*RECORDS, "verdict"}
    assert set(schema["$defs"]["verdict"]["enum"]) == {verdict.value for verdict in r.Verdict}


@pytest.mark.parametrize("folder", [LIBRARY, None], ids=["library", "shipped"])
def test_every_decision_of_every_case_fits(folder: Path | None) -> None:
    opened = open_rulebook(folder)
    program = opened.linked.program
    assert program is not None
    rulebook, validator = Rulebook(program), Draft202012Validator(_schema())
    for case in opened.cases.cases:
        facts = read_case_facts(opened.source, program, case).facts
        decided = [decide_case(rulebook, case, facts)] if case.ask.question == "decide" else []
        if case.ask.question == "assess":
            decided.extend(assess_case(rulebook, case, facts))
        for decision in decided:
            data = json.loads(json.dumps(r.as_data(decision)))
            assert [error.message for error in validator.iter_errors(data)] == []
