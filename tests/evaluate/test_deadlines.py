"""Deadlines and the days they move off (S43, S51)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, decide, rule

WITHIN = book(rule("(1)", "must: do thing", "deadline: {by: it.on + 3 days, clock: civil}"))
UNDONE: dict[str, object] = {"it.on": "2026-02-11", "it.done_on": "none"}


def test_a_last_day_on_a_saturday_moves_past_the_holidays_that_are_given() -> None:
    seollal = frozenset({dt.date(2026, 2, 16), dt.date(2026, 2, 17), dt.date(2026, 2, 18)})
    for today, passed in ((dt.date(2026, 2, 19), False), (dt.date(2026, 2, 20), True)):
        (deadline,) = decide(WITHIN, UNDONE, at=today, holidays=seollal).deadlines
        assert (deadline.due, deadline.latest, deadline.passed) == (dt.date(2026, 2, 19), dt.date(2026, 2, 19), passed)


@pytest.mark.parametrize(("today", "passed"), [(dt.date(2026, 2, 16), False), (dt.date(2026, 3, 31), None)])
def test_without_holidays_a_last_day_is_not_known_upward_and_never_passed(today: dt.date, passed: bool | None) -> None:
    decision = decide(WITHIN, UNDONE, at=today)
    (deadline,) = decision.deadlines
    assert (deadline.due, deadline.latest, deadline.passed) == (dt.date(2026, 2, 16), None, passed)
    assert decision.breaches == ()


def test_what_was_done_by_the_nearest_last_day_is_in_time_whatever_the_holidays() -> None:
    for done, passed in (("2026-02-16", False), ("2026-02-17", None)):
        (deadline,) = decide(WITHIN, {**UNDONE, "it.done_on": done}, at=dt.date(2026, 6, 1)).deadlines
        assert deadline.passed is passed
