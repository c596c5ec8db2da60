"""Deadlines and the days they move off (S43, S51)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, decide, rule

from mutandis.decide.result import as_data
from mutandis.explain.naming import waiting_for

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
    assert (deadline.unknown_for, decision.missing) == (("holidays",), ("holidays",))
    assert decision.breaches == ()


def test_what_was_done_by_the_nearest_last_day_is_in_time_whatever_the_holidays() -> None:
    for done, passed in (("2026-02-16", False), ("2026-02-17", None)):
        found = decide(WITHIN, {**UNDONE, "it.done_on": done}, at=dt.date(2026, 6, 1))
        assert found.deadlines[0].passed is passed
        assert found.missing == (("holidays",) if passed is None else ())


@pytest.mark.parametrize(("stated", "told"), [("2026-02-12", dt.date(2026, 2, 12)), ("none", False), ("unknown", None)])
@pytest.mark.parametrize("deadline", ["without_delay", "{by: it.on + 3 days, clock: civil}", "{on: it.until}"])
def test_a_due_day_in_whatever_words_tells_whether_and_when_the_duty_was_done(
    deadline: str, stated: str, told: dt.date | bool | None
) -> None:
    rules = book(rule("(1)", "must: do thing", f"deadline: {deadline}"))
    (due,) = decide(rules, {"it.on": "2026-02-11", "it.done_on": stated}, at=dt.date(2026, 2, 12)).deadlines
    assert due.done == told and type(due.done) is type(told)


def test_whether_a_duty_was_done_is_missing_for_its_place_once_its_day_is_past() -> None:
    for today, asked in ((dt.date(2026, 2, 19), ()), (dt.date(2026, 2, 20), ("it.done_on",))):
        decision = decide(
            WITHIN,
            {"it.on": "2026-02-11"},
            at=today,
            holidays=frozenset({dt.date(2026, 2, day) for day in (16, 17, 18)}),
        )
        assert (decision.missing, decision.deadlines[0].unknown_for) == (asked, asked)
        assert [waiting_for(decision, fact) for fact in asked] == [("act/1(1)",)] * len(asked)


# --- how a due day came about -----------------------------------------------------------------------------------------


def test_a_due_day_tells_event_first_day_nominal_day_steps_and_what_it_moved_off() -> None:
    seollal = frozenset({dt.date(2026, 2, 16), dt.date(2026, 2, 17), dt.date(2026, 2, 18)})
    (deadline,) = decide(WITHIN, UNDONE, at=dt.date(2026, 2, 12), holidays=seollal).deadlines
    assert as_data(deadline.counted) == {
        "start": "2026-02-11",
        "length": "3 days",
        "first": "2026-02-12",
        "nominal": "2026-02-14",
        # The rulebook has no Civil Act, so no place of it is named.
        "steps": [
            {"what": "first_day_out", "provision": ""},
            {"what": "to_the_end_of_the_day", "provision": ""},
            {"what": "moved", "provision": ""},
        ],
        "passed_over": [
            {"day": "2026-02-14", "label": "Saturday", "provision": ""},
            {"day": "2026-02-15", "label": "Sunday", "provision": ""},
            *({"day": f"2026-02-{day}", "label": "holiday", "provision": ""} for day in (16, 17, 18)),
        ],
    }


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("by the end of 3 days after it.on", "by it.on + 3 days"),
        ("by the end of 1 month after it.on", "by it.on + 1 month"),
        ("by the end of 10 days before it.on", "by the end of 10 days before it.on"),
        ("before the end of 1 week before it.on", "by the end of 1 week before it.on"),
    ],
)
def test_the_end_of_a_period_is_told_as_what_is_added_is(written: str, same: str) -> None:
    first, second = (
        decide(
            book(rule("(1)", "must: do thing", f"deadline: {one}")),
            UNDONE,
            at=dt.date(2026, 1, 1),
            holidays=frozenset(),
        )
        for one in (written, same)
    )
    (one,), (other,) = first.deadlines, second.deadlines
    assert one.counted is not None and one.counted == other.counted and one.due == other.due


def test_counted_backward_beyond_the_holidays_that_are_known_no_day_is_in_time() -> None:
    (deadline,) = decide(
        book(rule("(1)", "must: do thing", "deadline: by the end of 10 days before it.on")), UNDONE
    ).deadlines
    assert (deadline.due, deadline.unknown_for) == (None, ("holidays",))


def test_a_day_that_is_stated_was_not_counted() -> None:
    stated = book(rule("(1)", "must: do thing", "deadline: on it.on"))
    assert decide(stated, UNDONE, at=dt.date(2026, 2, 12)).deadlines[0].counted is None


def test_a_deadline_that_stays_as_it_falls_does_not_move() -> None:
    stays = book(rule("(1)", "must: do thing", "deadline: {by: it.on + 3 days, clock: as it falls}"))
    (deadline,) = decide(stays, UNDONE, at=dt.date(2026, 2, 15)).deadlines
    assert (deadline.due, deadline.latest, deadline.passed) == (dt.date(2026, 2, 14), dt.date(2026, 2, 14), True)


# --- what is missing --------------------------------------------------------------------------------------------------


def test_what_fixes_the_due_day_is_missing_though_the_verdict_is_settled() -> None:
    decision = decide(WITHIN, {"it.done_on": "none"}, at=dt.date(2026, 2, 12))
    assert (decision.verdict.value, decision.cause, decision.missing) == ("required", "", ("it.on",))
    assert "it.on" not in {one.fact for one in decision.irrelevant}


def test_a_duty_whose_time_is_over_asks_whether_it_was_done() -> None:
    facts: dict[str, object] = {"it.on": "2026-02-11"}
    over = decide(WITHIN, facts, at=dt.date(2026, 2, 17), holidays=frozenset())
    assert (over.deadlines[0].passed, over.missing) == (None, ("it.done_on",))
    for at in (dt.date(2026, 2, 16), None):
        assert decide(WITHIN, facts, at=at, holidays=frozenset()).missing == ()
    # Without a calendar the time is never surely over: what would tell are the holidays.
    assert decide(WITHIN, facts, at=dt.date(2026, 3, 17)).missing == ("holidays",)


# --- what comes again -------------------------------------------------------------------------------------------------


def test_a_duty_that_comes_again_tells_how_often_beside_its_due_day() -> None:
    again = book(rule("(1)", "must: do thing", "deadline: by it.on + 5 years", "recurs: every five years"))
    told = decide(again, {"it.on": "2021-03-02", "it.done_on": "none"}, at=dt.date(2026, 2, 1)).deadlines
    assert [(one.relation, one.words, one.due, one.passed) for one in told] == [
        ("by", "", dt.date(2026, 3, 2), False),
        ("recurs", "every five years", None, None),
    ]


def test_a_duty_without_a_due_day_that_comes_again_tells_how_often_and_is_not_late() -> None:
    again = book(rule("(1)", "must: do thing", "recurs: periodically"))
    decision = decide(again, {"it.done_on": "none"}, at=dt.date(2026, 2, 1))
    assert [(one.relation, one.words) for one in decision.deadlines] == [("recurs", "periodically")]
    assert (decision.missing, decision.breaches) == ((), ())
