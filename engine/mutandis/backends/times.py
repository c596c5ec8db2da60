"""The run-time for days, moments and periods: lengths added, ends of periods, days off, shares (S43, S44, S50)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from mutandis.calendar import reckoning
from mutandis.calendar.counting import Counting, counting_of
from mutandis.calendar.dates import compare_times, day_of
from mutandis.calendar.days_off import DaysOff, working_days
from mutandis.calendar.reckoning import reckon, reckon_back
from mutandis.calendar.shares import share_of_days
from mutandis.datatypes import Family
from mutandis.decide.ternary import (
    FALSE,
    NONE,
    TRUE,
    UNDEFINED,
    Gap,
    Range,
    all_of,
    between_ends,
    either,
    ends_of,
    range_of,
    truth_of,
)
from mutandis.values import Duration, Period


def end_of(
    anchor: Any, length: Any, days_off: DaysOff, family: Family, after: bool, counting: Counting, waits: int
) -> Any:
    """The end of a period after (else before) a date or moment, moved off days off (S43, S50).

    `waits` is what an end waits for that no calendar covers; then it is known on one side alone.
    """
    in_days = family != "hours" and counting.clock != "hours"  # bounds of a moment are not reckoned with
    if isinstance(anchor, Range) and in_days and not isinstance(length, Gap):
        return between_ends(anchor, lambda day: end_of(day, length, days_off, family, after, counting, waits))
    if isinstance(anchor, Gap) or isinstance(length, Gap):
        return Gap(UNDEFINED & truth_of(anchor) & truth_of(length))
    try:
        found = (reckon if after else reckon_back)(anchor, family, length, counting, days_off=days_off)
    except OverflowError:
        return Gap(UNDEFINED)
    if found.latest is not None:
        return found.last
    return Range(found.last, None, waits) if after else Range(None, found.last, waits)


def end_of_unit(anchor: Any, months: int, shift: int) -> Any:
    """The last day of the month, quarter, half-year or year that a date or moment lies in, or of one beside it."""
    if isinstance(anchor, Range):
        return between_ends(anchor, lambda day: end_of_unit(day, months, shift))
    if isinstance(anchor, Gap):
        return Gap(UNDEFINED & truth_of(anchor))
    try:
        return reckoning.end_of_unit(anchor, months, shift)
    except OverflowError:
        return Gap(UNDEFINED)


def end_of_working_days(anchor: Any, number: Any, days_off: DaysOff, after: bool, waits: int) -> Any:
    """The last of so many working days after (else before) a day; known on one side alone beyond the calendar."""
    if isinstance(anchor, Range) and not isinstance(number, Gap):
        return between_ends(anchor, lambda day: end_of_working_days(day, number, days_off, after, waits))
    if isinstance(anchor, Gap) or isinstance(number, Gap):
        return Gap(UNDEFINED & truth_of(anchor) & truth_of(number))
    try:
        found = working_days(day_of(anchor), number, days_off, 1 if after else -1)
    except OverflowError:
        return Gap(UNDEFINED)
    if found.farthest is not None:
        return found.nearest
    return Range(found.nearest, None, waits) if after else Range(None, found.nearest, waits)


def on_weekday(day: Any, weekday: int) -> int:
    """Whether a day is that day of the week, Monday being 0."""
    if isinstance(day, Gap):
        return UNDEFINED & day.truth
    return -(day_of(day).weekday() == weekday)


def on_free_day(day: Any, days_off: DaysOff, holiday: bool, waits: int) -> int:
    """Whether a day is off (`holiday`: a holiday); `waits` is what it waits for where no calendar covers the day."""
    if isinstance(day, Gap):
        return UNDEFINED & day.truth
    found = days_off.is_holiday(day_of(day)) if holiday else days_off.is_off(day_of(day))
    return waits if found is None else -found


def between(left: Any, right: Any) -> Any:
    """The time from `right` to `left`: days, or minutes between two moments."""
    if isinstance(left, Range) or isinstance(right, Range):
        return _between_ranges(left, right)
    if isinstance(left, Gap) or isinstance(right, Gap):
        return Gap(UNDEFINED & truth_of(left) & truth_of(right))
    if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
        seconds = (left - right).total_seconds()
        return int(seconds // 60) if seconds % 60 == 0 else Gap(UNDEFINED)
    return (day_of(left) - day_of(right)).days


def _between_ranges(left: Any, right: Any) -> Any:
    """`between`, where bounds are all that is known of one of the days."""
    truth, mine, theirs = UNDEFINED & truth_of(left) & truth_of(right), ends_of(left), ends_of(right)
    if mine is None or theirs is None:
        return Gap(truth)
    pairs = ((mine[0], theirs[1]), (mine[1], theirs[0]))
    least, most = (None if one is None or other is None else (one - other).days for one, other in pairs)
    return range_of(least, most, truth)


def share(start: Any, end: Any, part: Fraction, rounding: str) -> Any:
    """That share of a term from `start` to `end`, both counted, in days (S44, S50)."""
    if isinstance(start, Gap) or isinstance(end, Gap):
        return Gap(UNDEFINED & truth_of(start) & truth_of(end))
    return share_of_days(part, start, end, rounding)


def period_within(
    period: Any,
    length: Any,
    at: dt.date | None,
    spans: tuple[tuple[Any, Any], ...],
    family: Family | None,
    open_: int | None,
    counting: Counting | None,
) -> int:
    """Whether a period is no longer than `length` as it is counted; `open_` is what its missing end waits for (S43).

    `counting` is the declared one, None where its own clock counts. `spans` are first and last days that do not count;
    where these are not known the period may be longer.
    """
    if isinstance(length, Range):  # within the least that it may be is within it, beyond the most beyond it
        least, most = (
            without if end is None else period_within(period, end, at, spans, family, open_, counting)
            for end, without in ((length.low, FALSE), (length.high, TRUE))
        )
        return either(least, all_of(most, length.truth, truth_of(period)))
    if not isinstance(period, Period) or isinstance(length, Gap) or period.start is None:
        return UNDEFINED & truth_of(period) & truth_of(length)
    if isinstance(length, Duration):
        family, length = length.family, length.amount
    if family is None:
        return UNDEFINED
    too_long, suspensions = FALSE, list(period.suspensions)
    for first, last in spans:
        if first is NONE:
            continue
        if isinstance(first, Gap) or (isinstance(last, Gap) and last is not NONE):
            too_long = (too_long or UNDEFINED) & truth_of(first) & truth_of(last)
        else:
            suspensions.append((day_of(first), dt.date.max if last is NONE else day_of(last)))
    try:
        own = counting is None or period.clock == "hours"
        counted = counting_of(period.clock or "civil") if own or counting is None else counting
        end = reckon(period.start, family, length, counted, suspensions=tuple(suspensions)).nominal
    except OverflowError:
        return UNDEFINED
    if period.until is not None:
        return TRUE if compare_times(period.until, end) <= 0 else too_long
    if at is not None and compare_times(at, end) > 0:
        return too_long
    return UNDEFINED if open_ is None else open_


def spans(*days: Any) -> tuple[tuple[Any, Any], ...]:
    """Days in pairs, first and last."""
    seen = [NONE if day is None else day for day in days]
    return tuple(zip(seen[::2], seen[1::2], strict=True))
