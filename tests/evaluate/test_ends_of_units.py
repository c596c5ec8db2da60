"""The end of the month, quarter, half-year or year of the calendar that a day lies in, or of the one beside it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.books import book, decide, rule

from mutandis.calendar.reckoning import end_of_unit
from mutandis.oracle.counting import last_of
from mutandis.questions import when

DUE = dt.date(2026, 2, 28)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1)), st.sampled_from((1, 3, 6, 12)), st.integers(-1, 1))
def test_a_unit_ends_where_counting_day_by_day_ends_it(day: dt.date, months: int, shift: int) -> None:
    assert end_of_unit(day, months, shift) == last_of(day, months, shift)


def test_the_last_day_of_the_calendar_ends_a_year_and_none_follows() -> None:
    assert end_of_unit(dt.date(9999, 12, 1), 12, 0) == dt.date.max
    with pytest.raises(OverflowError):
        end_of_unit(dt.date(9999, 12, 1), 1, 1)


@pytest.mark.parametrize(
    ("end", "day", "last"),
    [
        ("month of", "2026-01-31", "2026-01-31"),
        ("month following that of", "2026-01-31", "2026-02-28"),
        ("month following that of", "2023-12-01", "2024-01-31"),
        ("month preceding that of", "2024-03-31", "2024-02-29"),
        ("quarter of", "2026-05-15", "2026-06-30"),
        ("half-year following that of", "2026-07-01", "2027-06-30"),
        ("year preceding that of", "2026-01-01", "2025-12-31"),
    ],
)
def test_the_last_day_is_that_of_the_calendar(end: str, day: str, last: str) -> None:
    permission = book(rule("(1)", "may: do thing", f"when: today is the end of the {end} it.on"))
    on = dt.date.fromisoformat(last)
    assert decide(permission, {"it.on": day}, at=on).verdict.value == "permitted"
    assert decide(permission, {"it.on": day}, at=on - dt.timedelta(days=1)).verdict.value == "forbidden_by_default"


def test_a_day_that_is_not_known_is_asked_for_and_one_known_in_part_bounds_the_end() -> None:
    permission = book(rule("(1)", "may: do thing", "when: today <= the end of the month of it.on"))
    assert decide(permission, {}, at=DUE).missing == ("it.on",)
    # No calendar covers the third working day after: it is the fourth of the month, or later.
    worked = "today <= the end of the month of the end of 3 working days after it.on"
    permission = book(rule("(1)", "may: do thing", f"when: {worked}"))
    assert decide(permission, {"it.on": "2026-03-30"}, at=dt.date(2026, 4, 30)).verdict.value == "permitted"
    assert decide(permission, {"it.on": "2026-03-30"}, at=dt.date(2026, 5, 1)).missing == ("holidays",)


@pytest.mark.parametrize(
    ("deadline", "due"),
    [
        ("by the end of the month of it.on", DUE),
        ("{by: the end of the month of it.on, clock: civil}", dt.date(2026, 3, 2)),
    ],
)
def test_a_deadline_on_the_end_of_a_month_stays_unless_the_rule_moves_it(deadline: str, due: dt.date) -> None:
    duty = book(rule("(1)", "must: do thing", f"deadline: {deadline}"))
    (found,) = decide(duty, {"it.on": "2026-02-10"}, holidays=frozenset()).deadlines
    assert (found.due, found.latest, found.counted) == (due, due, None)


@pytest.mark.parametrize(
    "of_today",
    ["today + 10 days > the end of the month of today", "(the end of the month of today) - today < 10 days"],
)
def test_how_far_a_day_is_from_the_end_of_its_own_month_turns_for_ever(of_today: str) -> None:
    always = book(rule("(1)", "may: do thing", f"when: {of_today}"))
    found = when(always, "do thing", {}, around=dt.date(2026, 2, 10))
    assert found.within == (dt.date(2026, 2, 10), dt.date(2026, 3, 16))
    assert [(one.verdict.value, one.first) for one in found.spells] == [
        ("forbidden_by_default", dt.date(2026, 2, 10)),
        ("permitted", dt.date(2026, 2, 19)),
        ("forbidden_by_default", dt.date(2026, 3, 1)),
    ]
    once = book(rule("(1)", "may: do thing", "when: it.on > the end of the month preceding that of today"))
    found = when(once, "do thing", {"it.on": dt.date(2026, 2, 10)})
    assert found.within is None
    assert [(one.verdict.value, one.last) for one in found.spells] == [
        ("permitted", DUE),
        ("forbidden_by_default", None),
    ]
