"""Of several duties one of which is owed, what only one of them breaches or falls due is not told as certain (S12)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, decide, rule

from mutandis.decide.result import Decision

DAY = dt.date(2020, 2, 10)
MANNER = book(
    rule("(1)", "must: do thing", "when: it.a", "requires: it.c"),
    rule("(2)", "must: do thing", "when: [it.a, it.b]", "instead_of: (1)", "requires: it.d"),
)
DAYS = book(
    rule("(1)", "must: do thing", "when: it.a", "deadline: by it.on + 5 days"),
    rule("(2)", "must: do thing", "when: [it.a, it.b]", "instead_of: (1)", "deadline: by it.on + 2 months"),
)
WEAKENED = book(
    rule("(1)", "must: do thing", "when: it.a", "deadline: by it.on + 5 days"),
    rule("(2)", "need_not: do thing", "when: it.b", "despite: (1)"),
)


def _breached(decision: Decision) -> list[str]:
    return [one.provision for one in decision.breaches]


@pytest.mark.parametrize("done", [True, False])
def test_what_one_of_several_duties_requires_is_breached_once_it_is_known_to_be_owed(done: bool) -> None:
    facts: dict[str, object] = {"it.a": True, "it.c": False, "it.d": done}
    decision = decide(MANNER, facts)
    assert (decision.verdict.value, _breached(decision), decision.missing) == ("required", [], ("it.b",))
    failing = {one.provision: one.conditions for one in decision.authority if one.role == "open"}
    assert failing == {"act/1(1)": ("it.c",), "act/1(2)": () if done else ("it.d",)}
    assert _breached(decide(MANNER, facts | {"it.b": False})) == ["act/1(1)"]
    assert _breached(decide(MANNER, facts | {"it.b": True})) == ([] if done else ["act/1(2)"])


def test_the_day_of_one_of_several_duties_is_not_missed_for_certain_and_what_tells_is_missing() -> None:
    facts: dict[str, object] = {"it.a": True, "it.on": dt.date(2020, 1, 6), "it.done_on": None}
    decision = decide(DAYS, facts, at=DAY, holidays=frozenset())
    assert (decision.verdict.value, _breached(decision), decision.missing) == ("required", [], ("it.b",))
    assert {one.provision: one.passed for one in decision.deadlines} == {"act/1(1)": True, "act/1(2)": False}
    assert _breached(decide(DAYS, facts | {"it.b": False}, at=DAY, holidays=frozenset())) == ["act/1(1)"]
    assert _breached(decide(DAYS, facts | {"it.b": True}, at=DAY, holidays=frozenset())) == []


def test_the_day_of_a_duty_that_may_be_a_permission_is_not_missed_for_certain() -> None:
    facts: dict[str, object] = {"it.a": True, "it.on": dt.date(2020, 1, 6), "it.done_on": None}
    decision = decide(WEAKENED, facts, at=DAY, holidays=frozenset())
    assert ([str(v) for v in decision.reachable], _breached(decision)) == (["required", "permitted"], [])
    assert _breached(decide(WEAKENED, facts | {"it.b": False}, at=DAY, holidays=frozenset())) == ["act/1(1)"]
