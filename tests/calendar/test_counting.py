"""Periods as the Civil Act counts them, against counting day by day."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.calendar import by_hand

from mutandis.calendar.counting import Counting, counting_of
from mutandis.calendar.dates import add_length, add_months, days_in
from mutandis.calendar.days_off import UNKNOWN_HOLIDAYS, DaysOff, Direction, move, working_days
from mutandis.calendar.reckoning import reckon, reckon_back, reckon_working_days
from mutandis.calendar.shares import share_of_days, whole_months
from mutandis.calendar.suspensions import merge_spans
from mutandis.datatypes import Family
from mutandis.values import Clock

DAY = dt.timedelta(days=1)
DAYS = st.dates(dt.date(1999, 1, 1), dt.date(2030, 12, 31))
HOLIDAYS = st.frozensets(st.dates(dt.date(2019, 12, 1), dt.date(2020, 3, 31)), max_size=20)
DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from((1, -1))
NEAR = st.dates(dt.date(2020, 1, 1), dt.date(2020, 3, 1))
IN_FIRST: tuple[Clock, ...] = ("from_midnight", "burden", "sentence", "age", "both_ends")


def date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


# --- the articles, on days that show them -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("event", "months", "end"),
    [
        ("2023-02-28", 1, "2023-03-31"),
        ("2023-06-30", 1, "2023-07-31"),
        ("2023-09-30", 1, "2023-10-31"),
        ("2023-08-31", 1, "2023-09-30"),
        ("2019-02-28", 1, "2019-03-31"),
        ("2023-02-28", 12, "2024-02-29"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-01-30", 1, "2023-02-28"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2023-01-14", 1, "2023-02-14"),
    ],
)
def test_months_whose_first_day_does_not_count_end_with_the_month_where_they_begin_with_one(
    event: str, months: int, end: str
) -> None:
    assert reckon(date(event), "months", months).nominal == date(end)


@pytest.mark.parametrize("clock", IN_FIRST)
@pytest.mark.parametrize(
    ("first", "months", "end"),
    [
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2019-01-31", 3, "2019-04-30"),
        ("2023-11-30", 3, "2024-02-29"),
        ("2023-03-01", 12, "2024-02-29"),
        ("2023-03-02", 12, "2024-03-01"),
    ],
)
def test_months_whose_first_day_counts_end_with_the_last_month_where_it_lacks_the_day(
    clock: Clock, first: str, months: int, end: str
) -> None:
    assert reckon(date(first), "months", months, Counting(clock)).nominal == date(end)


def test_who_is_born_on_29_february_comes_of_age_on_1_march_where_there_is_no_29th() -> None:
    attained = reckon(dt.date(2004, 2, 29), "months", 19 * 12, Counting("age")).nominal + DAY
    assert attained == dt.date(2023, 3, 1)
    assert add_months(dt.date(2004, 2, 28), 20 * 12, Counting("age").corresponding(dt.date(2004, 2, 28), 1)) == dt.date(
        2024, 2, 28
    )


def test_a_civil_period_that_begins_at_midnight_counts_its_first_day() -> None:
    assert reckon(dt.datetime(2020, 1, 1), "days", 3).nominal == dt.date(2020, 1, 3)
    assert reckon(dt.datetime(2020, 1, 1, 0, 1), "days", 3).nominal == dt.date(2020, 1, 4)
    assert reckon(dt.date(2020, 1, 1), "days", 3).nominal == dt.date(2020, 1, 4)


def test_hours_run_from_the_instant() -> None:
    found = reckon(dt.datetime(2020, 1, 4, 9, 30), "hours", 36 * 60, days_off=DaysOff.given([]))
    assert (found.last, found.latest) == (dt.datetime(2020, 1, 5, 21, 30), dt.datetime(2020, 1, 5, 21, 30))
    assert [s.provision for s in found.steps] == ["civil-act/156"]


def test_days_on_the_clock_of_hours_are_days_of_24_hours_and_suspended_days_are_left_out_of_them() -> None:
    start = dt.datetime(2020, 1, 1, 9)
    assert reckon(start, "days", 2, Counting("hours")).nominal == dt.datetime(2020, 1, 3, 9)
    suspended = ((dt.date(2020, 1, 2), dt.date(2020, 1, 2)),)
    assert reckon(start, "hours", 48 * 60, suspensions=suspended).nominal == dt.datetime(2020, 1, 4, 9)


@pytest.mark.parametrize(
    ("first", "last", "end", "days"),
    [
        ((2020, 1, 2), (2020, 1, 2), (2020, 1, 4, 9), 1),
        ((2020, 1, 2), (2020, 1, 4), (2020, 1, 6, 9), 3),
        ((2019, 12, 30), (2020, 1, 1), (2020, 1, 4, 0), 1),  # from the instant on, of the day on which it lies
        ((2019, 12, 30), (2019, 12, 31), (2020, 1, 3, 9), 0),
    ],
)
def test_days_left_out_of_hours_are_counted_and_told(
    first: tuple[int, int, int], last: tuple[int, int, int], end: tuple[int, ...], days: int
) -> None:
    suspended = ((dt.date(*first), dt.date(*last)),)
    found = reckon(dt.datetime(2020, 1, 1, 9), "hours", 48 * 60, suspensions=suspended)
    assert (found.nominal, found.suspended) == (dt.datetime(*end), days)  # type: ignore[arg-type]
    assert [step.what for step in found.steps] == ["from_the_instant", *(["suspended"] if days else [])]


def test_the_count_is_told_step_by_step_with_its_articles() -> None:
    found = reckon(dt.date(2026, 1, 14), "months", 1, days_off=DaysOff.given([dt.date(2026, 2, 16)]))
    assert (found.first, found.nominal, found.last, found.latest) == (
        dt.date(2026, 1, 15),
        dt.date(2026, 2, 14),
        dt.date(2026, 2, 17),
        dt.date(2026, 2, 17),
    )
    assert [(s.what, s.provision) for s in found.steps] == [
        ("first_day_out", "civil-act/157"),
        ("eve_of_the_same_day", "civil-act/160(2)"),
        ("moved", "civil-act/161"),
    ]
    assert [(day.isoformat(), why.label) for day, why in found.passed_over] == [
        ("2026-02-14", "Saturday"),
        ("2026-02-15", "Sunday"),
        ("2026-02-16", "holiday"),
    ]


@pytest.mark.parametrize(
    ("first", "what"),
    [("2023-03-01", "whole_months"), ("2023-01-31", "no_such_day"), ("2023-01-15", "eve_of_the_same_day")],
)
def test_which_paragraph_on_months_ends_the_period(first: str, what: str) -> None:
    assert reckon(date(first), "months", 1, Counting("burden")).steps[-1].what == what


def test_a_period_of_burden_stays_on_a_day_off() -> None:
    found = reckon(dt.date(2020, 1, 3), "days", 2, Counting("burden"), days_off=UNKNOWN_HOLIDAYS)
    assert (found.last, found.latest) == (dt.date(2020, 1, 4), dt.date(2020, 1, 4))  # a Saturday


@pytest.mark.parametrize(
    ("end_of_month", "expected"),
    [("clamp", "2023-03-28"), ("next day", "2023-03-28"), ("last day", "2023-03-31"), (None, "2023-03-31")],
)
def test_a_foreign_statute_may_have_its_own_end_of_the_month(end_of_month: str | None, expected: str) -> None:
    counting = Counting("civil", end_of_month, "foreign/1")  # type: ignore[arg-type]  # the values are listed above
    assert reckon(dt.date(2023, 2, 28), "months", 1, counting).nominal == date(expected)


@pytest.mark.parametrize(
    ("end_of_month", "expected"), [("clamp", "2023-02-28"), ("next day", "2023-03-01"), ("last day", "2023-02-28")]
)
def test_the_three_conventions_where_the_month_lacks_the_day(end_of_month: str, expected: str) -> None:
    assert add_months(dt.date(2023, 1, 31), 1, end_of_month) == date(expected)  # type: ignore[arg-type]  # as above


# --- suspensions ------------------------------------------------------------------------------------------------------


def until(start: str, family: Family, amount: int, clock: Clock, *spans: tuple[str, str]) -> dt.date:
    suspended = tuple((date(a), date(b)) for a, b in spans)
    return reckon(date(start), family, amount, counting_of(clock), suspensions=suspended).nominal


def test_a_suspended_day_that_was_not_counted_anyway_is_not_made_up_for() -> None:
    assert until("2020-01-14", "days", 29, "civil", ("2020-01-13", "2020-01-14")) == date("2020-02-12")


def test_a_day_in_two_suspensions_is_left_out_once_in_whatever_order_they_come() -> None:
    spans = ("2020-01-05", "2020-01-06"), ("2020-01-06", "2020-01-07")
    assert until("2020-01-01", "days", 10, "burden", *spans) == date("2020-01-13")
    assert until("2020-01-01", "days", 10, "burden", *reversed(spans)) == date("2020-01-13")
    suspended = tuple((date(first), date(last)) for first, last in spans)
    assert reckon(date("2020-01-01"), "days", 10, suspensions=suspended).suspended == 3


def test_days_suspended_right_after_the_last_counted_one_are_within() -> None:
    assert until("2020-02-21", "days", 4, "burden", ("2020-02-25", "2020-03-02")) == date("2020-03-02")
    assert until("2020-02-21", "days", 4, "burden", ("2020-02-26", "2020-03-02")) == date("2020-02-24")


def test_touching_suspensions_are_one_and_a_reversed_one_has_no_day() -> None:
    touching = (date("2020-01-03"), date("2020-01-04")), (date("2020-01-05"), date("2020-01-06"))
    assert merge_spans(touching) == ((date("2020-01-03"), date("2020-01-06")),)
    assert merge_spans([(date("2020-01-06"), date("2020-01-03"))]) == ()
    assert until("2020-01-01", "days", 5, "burden", ("2020-01-04", "2020-01-02")) == date("2020-01-05")


@given(
    NEAR,
    st.integers(1, 30),
    st.sampled_from(("civil", "burden")),
    st.lists(st.tuples(st.dates(dt.date(2019, 12, 1), dt.date(2020, 4, 30)), st.integers(-2, 12)), max_size=6),
)
def test_a_period_with_suspensions_ends_where_counting_day_by_day_ends(
    start: dt.date, number: int, clock: Clock, spans: list[tuple[dt.date, int]]
) -> None:
    suspended = tuple((first, first + length * DAY) for first, length in spans)
    out = {first + k * DAY for first, length in spans for k in range(length + 1)}
    first = start + DAY if clock == "civil" else start
    expected = by_hand.end_of_days(first, number, lambda day: day not in out)
    assert reckon(start, "days", number, counting_of(clock), suspensions=suspended).nominal == expected


# --- months by the calendar, forward and back -------------------------------------------------------------------------


@given(DAYS, st.integers(1, 60))
def test_months_forward_end_where_counting_day_by_day_ends(event: dt.date, months: int) -> None:
    assert reckon(event, "months", months).nominal == by_hand.end_of_months(event + DAY, months)
    for clock in IN_FIRST:
        assert reckon(event, "months", months, Counting(clock)).nominal == by_hand.end_of_months(event, months)


@given(DAYS, st.integers(1, 60))
def test_months_backward_mirror_it(event: dt.date, months: int) -> None:
    assert reckon_back(event, "months", months).nominal == by_hand.start_of_months(event - DAY, months)
    assert reckon_back(event, "months", months, Counting("burden")).nominal == by_hand.start_of_months(event, months)


@given(DAYS, st.integers(1, 400))
def test_days_and_weeks_forward_and_back(event: dt.date, number: int) -> None:
    assert reckon(event, "days", number).nominal == by_hand.end_of_days(event + DAY, number, lambda day: True)
    assert reckon_back(event, "days", number).nominal == event - number * DAY
    assert reckon(event, "days", 7).nominal.weekday() == event.weekday()


def test_counting_back_is_told_step_by_step_and_gives_way_to_the_working_day_before() -> None:
    found = reckon_back(date("2020-01-13"), "days", 8, days_off=DaysOff.given([]))
    assert (found.first, found.nominal, found.last, found.suspended) == (
        date("2020-01-12"),
        date("2020-01-05"),
        date("2020-01-03"),
        0,
    )
    assert [day for day, _ in found.passed_over] == [date("2020-01-05"), date("2020-01-04")]
    assert [step.provision for step in found.steps] == ["civil-act/157", "civil-act/159", "civil-act/161"]
    of_burden = reckon_back(date("2020-01-13"), "days", 8, Counting("burden"))
    assert (of_burden.first, of_burden.last) == (date("2020-01-13"), date("2020-01-06"))
    assert [step.what for step in of_burden.steps] == ["first_day_in", "to_the_end_of_the_day"]


# --- days off ---------------------------------------------------------------------------------------------------------


@given(NEAR, HOLIDAYS, DIRECTIONS)
def test_a_last_day_moves_to_the_first_day_on_which_people_work(
    day: dt.date, off: frozenset[dt.date], step: Direction
) -> None:
    moved = move(day, DaysOff.given(off), step)
    assert (moved.nearest, moved.farthest) == (by_hand.working_day(day, off, step),) * 2
    assert all(d.weekday() >= 5 or d in off for d, _ in moved.passed_over)


@given(NEAR, HOLIDAYS)
def test_without_a_calendar_the_last_day_is_not_known_upward(day: dt.date, off: frozenset[dt.date]) -> None:
    moved = move(day, UNKNOWN_HOLIDAYS)
    assert moved.farthest is None
    assert moved.nearest == by_hand.working_day(day, ()) <= by_hand.working_day(day, off)


def test_beyond_its_last_day_a_calendar_knows_weekends_and_nothing_else() -> None:
    short = DaysOff("short", dt.date(2020, 1, 1), dt.date(2020, 1, 31))
    assert [short.is_off(day) for day in (dt.date(2020, 1, 31), dt.date(2020, 2, 1), dt.date(2020, 2, 3))] == [
        False,
        True,
        None,
    ]
    assert move(dt.date(2020, 2, 1), short) == (dt.date(2020, 2, 3), None, move(dt.date(2020, 2, 1), short).passed_over)


@given(NEAR, st.integers(1, 15), HOLIDAYS, DIRECTIONS)
def test_working_days_are_counted_on_days_on_which_people_work(
    event: dt.date, number: int, off: frozenset[dt.date], step: Direction
) -> None:
    found = working_days(event, number, DaysOff.given(off), step)
    assert (found.nearest, found.farthest) == (by_hand.nth_working_day(event, number, off, step),) * 2
    assert working_days(event, number, UNKNOWN_HOLIDAYS, step).farthest is None


def test_a_count_of_working_days_tells_that_the_day_of_the_event_is_out() -> None:
    found = reckon_working_days(dt.date(2024, 2, 29), 2, DaysOff.given([dt.date(2024, 3, 1)]))
    assert [step.what for step in found.steps] == ["first_day_out", "working_days"]


# --- shares of a term -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("began", "ends", "served"),
    [
        ("2022-03-01", "2025-02-28", "2023-03-01"),
        ("2021-03-01", "2024-02-29", "2022-03-01"),
        ("2022-03-01", "2023-08-31", "2022-09-01"),
        ("2018-01-31", "2024-01-30", "2020-01-31"),
    ],
)
def test_a_third_of_a_term_in_months_is_taken_by_the_calendar(began: str, ends: str, served: str) -> None:
    for rounding in ("up", "down"):
        days = share_of_days(Fraction(1, 3), date(began), date(ends), rounding)
        assert date(began) + days * DAY == date(served)


def test_a_share_that_is_not_whole_in_months_is_taken_in_days_and_rounded() -> None:
    # Ten months of 2021 from January on are 304 days, a third of which is 101 1/3.
    assert share_of_days(Fraction(1, 3), dt.date(2021, 1, 1), dt.date(2021, 10, 31), "up") == 102
    assert share_of_days(Fraction(1, 3), dt.date(2021, 1, 1), dt.date(2021, 10, 31), "down") == 101
    # 300 days divide exactly: nothing is rounded.
    assert share_of_days(Fraction(1, 3), dt.date(2021, 1, 1), dt.date(2021, 10, 27), "up") == 100


@given(DAYS, st.integers(1, 120), st.integers(1, 6))
def test_a_share_of_a_term_in_months_ends_where_so_many_months_end(first: dt.date, part: int, parts: int) -> None:
    end = by_hand.end_of_months(first, part * parts)
    days = share_of_days(Fraction(1, parts), first, end, "up")
    assert first + (days - 1) * DAY == by_hand.end_of_months(first, part)


def test_a_term_that_ends_before_it_begins_has_no_month() -> None:
    assert whole_months(date("2023-01-15"), date("2023-01-14")) == 0
    assert whole_months(date("2023-01-15"), date("2023-01-13")) is None


def test_the_calendar_reaches_from_its_first_month_to_its_last() -> None:
    assert add_months(dt.date(9999, 11, 30), 1) == dt.date(9999, 12, 30)
    assert add_months(dt.date(1, 2, 1), -1) == dt.date(1, 1, 1)
    for day, months in ((dt.date(9999, 12, 1), 1), (dt.date(1, 1, 31), -1)):
        with pytest.raises(OverflowError):
            add_months(day, months)


def test_what_leaves_the_calendar_is_an_overflow() -> None:
    with pytest.raises(OverflowError):
        reckon(dt.date(9999, 12, 1), "months", 1)
    with pytest.raises(OverflowError):
        add_length(dt.date(2020, 1, 1), "days", Fraction(1, 2))


def test_a_moment_a_month_on_or_back_is_found_as_its_clock_has_the_end_of_the_month() -> None:
    hours = Counting("hours")
    assert reckon(dt.datetime(2023, 1, 31, 9), "months", 1, hours).nominal == dt.datetime(2023, 3, 1, 9)
    assert reckon_back(dt.datetime(2023, 3, 31, 9), "months", 1, hours).nominal == dt.datetime(2023, 2, 28, 9)


def test_the_place_that_fixes_a_counting_is_told_with_whether_the_first_day_counts() -> None:
    counted = [reckon(date("2023-01-31"), "days", 7, Counting(clock, None, "act/1")) for clock in ("age", "civil")]
    assert [one.steps[0].what for one in counted] == ["first_day_in", "first_day_out"]
    assert {one.steps[0].provision for one in counted} == {"act/1"}


def test_of_centuries_only_each_fourth_has_a_leap_day() -> None:
    assert [days_in(year, 2) for year in (1900, 2000, 2023, 2024, 2100)] == [28, 29, 28, 29, 28]
