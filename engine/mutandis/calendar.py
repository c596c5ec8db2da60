"""Counting time (S43, S44): adding durations to dates and moments, lengths of periods, the clocks.

Months and years are calendar units with the end of the month clamped; days and hours are exact. All moments are naive.
A date that would leave the calendar raises `OverflowError`, which evaluation turns into an unknown (S47).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from fractions import Fraction
from math import ceil, floor

from mutandis.datatypes import Family
from mutandis.values import Number, Period

DAY = dt.timedelta(days=1)


def add_length(start: dt.date, family: Family, amount: Number) -> dt.date:
    """`start` plus `amount` base units of `family` (minutes, days or months; negative goes back).

    A date plus minutes is a moment, counted from 00:00 of that day. Fractions of a day or month are refused with
    `OverflowError`, since the law must say how they round.

    >>> add_length(dt.date(2024, 1, 31), "months", 1)
    datetime.date(2024, 2, 29)
    """
    whole = int(amount)
    if whole != amount:
        raise OverflowError("a part of a day or month has no place in the calendar")
    if family == "months":
        index = start.year * 12 + start.month - 1 + whole
        year, month = divmod(index, 12)
        if not dt.MINYEAR <= year <= dt.MAXYEAR:
            raise OverflowError("the date leaves the calendar")
        return start.replace(year=year, month=month + 1, day=min(start.day, monthrange(year, month + 1)[1]))
    if family == "days":
        return start + whole * DAY
    moment = start if isinstance(start, dt.datetime) else dt.datetime(start.year, start.month, start.day)
    return moment + dt.timedelta(minutes=whole)


def day_of(moment: dt.date) -> dt.date:
    """The calendar day of a date or moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def compare_times(left: dt.date, right: dt.date) -> int:
    """-1, 0 or 1. A date against a moment compares by calendar day."""
    if isinstance(left, dt.datetime) != isinstance(right, dt.datetime):
        left, right = day_of(left), day_of(right)
    return (left > right) - (left < right)


def share_of_days(share: Fraction, start: dt.date, end: dt.date, rounding: str) -> int:
    """That share of the days from `start` to `end`, both counted, in whole days.

    >>> share_of_days(Fraction(1, 3), dt.date(2020, 1, 1), dt.date(2020, 1, 31), "up")
    11
    """
    days = Fraction((day_of(end) - day_of(start)).days + 1) * share
    return ceil(days) if rounding == "up" else floor(days)


def last_moment(period: Period, family: Family, amount: Number) -> dt.date:
    """The last day (on the `hours` clock: moment) that a period of this length can have on its own clock.

    `civil` leaves the first day out unless the period starts at 00:00; `burden`, `sentence`, `age` and `both_ends`
    count it. Suspended days after the start push it on. The move off a holiday is a deadline's matter, not a cap's.
    Raises `ValueError` if the period has no start.
    """
    start = period.start
    if start is None:
        raise ValueError("a period without a start has no last day")
    if period.clock == "hours" or family == "hours":
        return add_length(start, family, amount)
    first_counts = period.clock != "civil" or (isinstance(start, dt.datetime) and start.time() == dt.time(0))
    first = day_of(start)
    last = add_length(first, family, amount)
    if first_counts:
        last -= DAY
    for begin, end in sorted(period.suspensions):
        begin = max(begin, first)
        if begin <= last and end >= begin:
            last += (end - begin) + DAY
    return last


def is_day_off(day: dt.date, holidays: frozenset[dt.date]) -> bool:
    """True on a Saturday, a Sunday or a holiday given."""
    return day.weekday() >= 5 or day in holidays


def civil_last_day(day: dt.date, holidays: frozenset[dt.date] | None) -> tuple[dt.date, dt.date]:
    """The last day of a civil period that would end on `day`: moved off Saturdays, Sundays and holidays.

    Returns the earliest and the latest it can be: equal when the holidays are given; without them every weekday might
    be one, so the latest is the next working day after the earliest.
    """
    given = holidays or frozenset()
    earliest = day
    while is_day_off(earliest, given):
        earliest += DAY
    if holidays is not None:
        return earliest, earliest
    latest = earliest + DAY
    while is_day_off(latest, given):
        latest += DAY
    return earliest, latest
