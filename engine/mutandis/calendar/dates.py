"""Adding lengths to days and moments, and comparing these.

Days and hours are exact; months and years are units of the calendar, and where a month lacks the day, the convention
for the end of the month says which day is meant. All moments are naive. A date that would leave the calendar raises
`OverflowError`, which evaluation turns into an unknown (S47).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal, TypeVar

from mutandis.datatypes import Family
from mutandis.values import Number

DAY = dt.timedelta(days=1)

EndOfMonth = Literal["clamp", "next day", "last day"]
"""What corresponds to a day in a month that lacks it, and to the last day of a month.

`clamp`: the last day of the month. `next day`: the first day of the month after. `last day`: as `clamp`, and from the
last day of a month it is always the last day of the other month (28 February, a month on: 31 March).
"""

_Time = TypeVar("_Time", bound=dt.date)


def add_months(start: _Time, months: int, end_of_month: EndOfMonth = "clamp") -> _Time:
    """The day that corresponds to `start` so many months on (negative: back); a moment keeps its time of day.

    >>> [add_months(dt.date(2023, 1, 31), 1, end).isoformat() for end in ("clamp", "next day", "last day")]
    ['2023-02-28', '2023-03-01', '2023-02-28']
    >>> [add_months(dt.date(2023, 2, 28), 1, end).isoformat() for end in ("clamp", "next day", "last day")]
    ['2023-03-28', '2023-03-28', '2023-03-31']
    """
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError("the date leaves the calendar")
    longest = days_in(year, month + 1)
    if end_of_month == "last day" and start.day == days_in(start.year, start.month):
        return start.replace(year=year, month=month + 1, day=longest)
    found = start.replace(year=year, month=month + 1, day=min(start.day, longest))
    return found + DAY if end_of_month == "next day" and start.day > longest else found


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def add_length(start: dt.date, family: Family, amount: Number, end_of_month: EndOfMonth = "clamp") -> dt.date:
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
        return add_months(start, whole, end_of_month)
    if family == "days":
        return start + whole * DAY
    return midnight_of(start) + dt.timedelta(minutes=whole)


def midnight_of(start: dt.date) -> dt.datetime:
    """A moment itself; 00:00 of a day."""
    return start if isinstance(start, dt.datetime) else dt.datetime(start.year, start.month, start.day)


def day_of(moment: dt.date) -> dt.date:
    """The calendar day of a date or moment."""
    return moment.date() if isinstance(moment, dt.datetime) else moment


def compare_times(left: dt.date, right: dt.date) -> int:
    """-1, 0 or 1. A date against a moment compares by calendar day."""
    if isinstance(left, dt.datetime) != isinstance(right, dt.datetime):
        left, right = day_of(left), day_of(right)
    return (left > right) - (left < right)
