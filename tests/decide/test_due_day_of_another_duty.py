"""Beside a duty that is owed, another that may be and sets a day for it is open, and what tells is missing (S51)."""

from __future__ import annotations

import datetime as dt

from tests.evaluate.books import book, decide, rule

from mutandis.decide.result import Decision

RULES = book(
    rule("(1)", "must: do thing"),
    rule("(2)", "must: do thing", "when: it.a", "deadline: by it.on + 5 days"),
    rule("(3)", "must: do thing", "when: it.b"),
    rule("(4)", "limits: do thing", "when: it.c", "requires: it.d"),
)
KNOWN: dict[str, object] = {"it.on": dt.date(2020, 1, 6), "it.c": False}


def _open(decision: Decision) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.provision, one.facts, one.conditions) for one in decision.authority if one.role == "open"]


def test_what_tells_whether_a_day_is_set_is_missing_and_the_duty_open() -> None:
    decision = decide(RULES, KNOWN)
    assert (decision.verdict.value, decision.citations) == ("required", ("act/1(1)",))
    assert decision.missing == ("it.a",)  # (3) sets no day: whether it is owed too changes nothing
    assert _open(decision) == [("act/1(2)", ("it.a",), ())]


def test_once_it_is_known_nothing_is_open() -> None:
    for said in (True, False):
        decision = decide(RULES, KNOWN | {"it.a": said})
        assert ("it.a" in decision.missing, _open(decision)) == (False, [])
        assert bool(decision.deadlines) is said


def test_a_limit_that_is_breached_if_it_binds_is_open() -> None:
    facts: dict[str, object] = {"it.a": False, "it.d": False}
    decision = decide(RULES, facts)
    assert (decision.verdict.value, decision.breaches, decision.missing) == ("required", (), ("it.c",))
    assert _open(decision) == [("act/1(4)", ("it.c",), ("it.d",))]
    assert decide(RULES, facts | {"it.d": True}).missing == ()
    assert [one.provision for one in decide(RULES, facts | {"it.c": True}).breaches] == ["act/1(4)"]
