"""What decisions, assessments and explanations turn into is what their schemas say, on random programs and cases."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tests.strategies.deciders import decide
from tests.strategies.laws import law
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import given_facts

from mutandis.decide.result import as_data
from mutandis.explain import as_markdown, as_text, explain
from mutandis.explain import explanation as shapes
from mutandis.link.program import Program
from mutandis.resources import schema_text

KINDS = ("decision", "assessment", "explanation")
RECORDS = {
    "place": shapes.Place,
    "fact": shapes.ShownFact,
    "condition": shapes.ShownCondition,
    "ground": shapes.ShownGround,
    "derivation": shapes.ShownDerivation,
    "requirement": shapes.ShownRequirement,
    "chain": shapes.ShownChain,
    "norm": shapes.ShownNorm,
}


@cache
def _schema(kind: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_text(kind))
    return found


@cache
def _validator(kind: str) -> Draft202012Validator:
    contents = [_schema(k) for k in KINDS]
    registry: Registry[Any] = Registry().with_resources([(c["$id"], Resource.from_contents(c)) for c in contents])
    return Draft202012Validator(_schema(kind), registry=registry)


@pytest.mark.parametrize("kind", KINDS)
def test_each_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(_schema(kind))


@law
@given(programs(), given_facts(), clocks)
def test_every_decision_and_every_assessment_fits_its_schema(
    program: Program, facts: dict[str, object], at: dt.date
) -> None:
    decisions = [decide(program, action, facts, at=at) for action in (FIRST, SECOND)]
    _validator("assessment").validate(as_data(decisions))


@law
@given(programs(), given_facts(), clocks)
def test_every_explanation_fits_its_schema_and_can_be_written_out(
    program: Program, facts: dict[str, object], at: dt.date
) -> None:
    decision = decide(program, FIRST, facts, at=at)
    explanation = explain(decision, program, facts, at=at)
    _validator("explanation").validate(as_data(explanation))
    shown = {norm.norm for norm in (*explanation.deciding, *explanation.others)}
    assert shown == {considered.norm for considered in decision.considered}
    assert {norm.norm for norm in explanation.deciding} == {cited.norm for cited in decision.cited}
    text = as_text(explanation, whole=True)
    assert all(cited.summary in text for cited in decision.cited)
    assert as_markdown(explanation).startswith("## ")
