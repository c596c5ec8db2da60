"""Asked about one bearer of whom nothing comes near, an answer tells what others may or must (S48)."""

from __future__ import annotations

from tests.evaluate.books import book, decide, rule

from mutandis.decide.result import Decision

RULES = book(
    rule("(1)", "may: do thing", "by: doctor", "when: it.a"),
    rule("(2)", "must: do thing", "by: doctor", "when: [it.b, it.c]"),
    rule("(3)", "must_not: do thing", "by: warden", "when: it.d"),
)


def _told(decision: Decision) -> list[tuple[str, str]]:
    return [(one.provision, one.text) for one in decision.authority if one.role == "stops_short"]


def test_what_is_settled_for_another_is_told() -> None:
    facts: dict[str, object] = {"it.a": True, "it.b": False, "it.c": False, "it.d": False}
    assert _told(decide(RULES, facts, by="warden")) == [("act/1(1)", "for doctor")]


def test_where_nothing_is_settled_for_another_what_may_still_be_is_told() -> None:
    decision = decide(RULES, {"it.c": False, "it.d": False}, by="warden")
    assert (decision.verdict.value, decision.missing) == ("forbidden_by_default", ())
    assert _told(decision) == [("act/1(1)", "for doctor")]
