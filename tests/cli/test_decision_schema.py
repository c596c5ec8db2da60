"""A decision's JSON is what `schemas/decision.schema.json` says."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import LIBRARY
from tests.shipped import shipped_opened

from mutandis.api import Rulebook
from mutandis.decide import result as r
from mutandis.resources import schema_text
from mutandis_tools.casebook.ask import assess_case, decide_case
from mutandis_tools.opening import Opened, open_rulebook, read_case_facts


def _schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(schema_text("decision"))
    return found


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(_schema())


@pytest.mark.parametrize("open_book", [lambda: open_rulebook(LIBRARY), shipped_opened], ids=["library", "shipped"])
def test_the_decision_of_every_case_fits(open_book: Callable[[], Opened]) -> None:
    """Of assessments, which come to thousands for one action, one of each verdict on the same provisions that has the
    same limits and deadlines.
    """
    opened = open_book()
    program = opened.linked.program
    assert program is not None
    rulebook, validator = Rulebook(program), Draft202012Validator(_schema())
    known = set[tuple[object, ...]]()
    for case in opened.cases.cases:
        facts = read_case_facts(opened.source, program, case).facts
        decided = [decide_case(rulebook, case, facts)] if case.ask.question == "decide" else []
        if case.ask.question == "assess":
            for decision in assess_case(rulebook, case, facts):
                verdict = (decision.action, decision.verdict, decision.cause, decision.citations)
                about = (verdict, decision.breaches, decision.limits, decision.deadlines, bool(decision.irrelevant))
                if about not in known:
                    known.add(about)
                    decided.append(decision)
        for decision in decided:
            data = json.loads(json.dumps(r.as_data(decision)))
            assert [error.message for error in validator.iter_errors(data)] == []
