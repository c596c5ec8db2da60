"""The value of a fact is asked for as it is deemed where a fiction reaches everywhere (S39)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, rule

from mutandis import Rulebook
from mutandis.explain import explain_value
from mutandis.questions import when_value, why_not_value

DEFINED = rule("(1)", "define: it.count", "as: the number of it.parts")
DEEMED = rule("(2)", "deem: it.count", "as: 3", "when: it.a")
WITHIN = rule("(2)", "deem: it.count", "as: 3", "when: it.a", "within: (3)")
ASKING = rule("(3)", "may: do thing", "when: it.count >= 3")
FACTS: dict[str, object] = {"it": {"parts": [{"good": True}]}}
EVERYWHERE = book(DEFINED, DEEMED, ASKING)


def _with(a: bool) -> dict[str, object]:
    return {"it": {"parts": [{"good": True}], "a": a}}


@pytest.mark.parametrize("rulebook", [EVERYWHERE, book(DEFINED, DEEMED)])
def test_a_fiction_that_reaches_everywhere_gives_the_value_and_is_told(rulebook: Rulebook) -> None:
    deemed, stated, open_ = (rulebook.value("it.count", facts) for facts in (_with(True), _with(False), FACTS))
    assert (deemed.fact, deemed.value, deemed.provisions) == ("it.count", 3, ("act/1(2)",))
    assert (stated.value, stated.provisions) == (1, ("act/1(1)",))
    assert (open_.known, open_.missing) == (False, ("it.a",))


def test_a_fiction_within_a_provision_is_read_there_alone() -> None:
    assert book(DEFINED, WITHIN, ASKING).value("it.count", _with(True)).value == 1


def test_the_other_questions_about_the_value_read_it_so() -> None:
    facts = EVERYWHERE.read(_with(False))
    (way,) = why_not_value(EVERYWHERE, "it.count", facts, wanted=3).results
    assert [(one.fact, one.after) for one in way.changes] == [("it.a", True)]
    shown = explain_value("it.count", EVERYWHERE.program, EVERYWHERE.read(_with(True)).native)
    assert (shown.value, [one.standing for one in shown.derivations]) == ("3", ["holds", "holds"])
    by_day = book(rule("(1)", "deem: it.count", "as: 3", "when: today >= 2020-03-01"))
    spells = when_value(by_day, "it.count", by_day.read({"it": {"count": 1}})).spells
    assert [(one.first, one.value.value) for one in spells] == [(None, 1), (dt.date(2020, 3, 1), 3)]
