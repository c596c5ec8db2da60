"""Counting day by day, as one does with a calendar on the wall: the twin that the arithmetic is held against.

Nothing here adds months or lengths; each function walks from one day to the next and asks of each day what the Civil
Act asks. It is written from Articles 155 to 161 alone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator

ONE = dt.timedelta(days=1)
Day = dt.date


def days_from(day: Day, step: int = 1) -> Iterator[Day]:
    """The day itself and every day after it (step -1: before it)."""
    while True:
        yield day
        day += step * ONE


def is_last_of_month(day: Day) -> bool:
    """True on the last day of a month."""
    return (day + ONE).month != day.month


def month_number(day: Day) -> int:
    """Months counted through from the year 0."""
    return day.year * 12 + day.month


def end_of_days(first: Day, number: int, counts: Callable[[Day], bool]) -> Day:
    """The last of so many counted days from `first` on, with all the days after it that do not count."""
    walk = days_from(first)
    left, last = number, first - ONE
    for day in walk:
        if counts(day):
            if not left:
                return last
            left -= 1
        last = day
    raise AssertionError("the days never end")


def end_of_months(first: Day, months: int) -> Day:
    """Article 160: the eve of the day that has the number of the first, or the last day of the month that lacks it."""
    last_month = month_number(first) + months
    for day in days_from(first):
        eve_of_number = month_number(day + ONE) == last_month and (day + ONE).day == first.day
        if eve_of_number or (month_number(day) == last_month and is_last_of_month(day)):
            return day
    raise AssertionError("the months never end")


def start_of_months(last: Day, months: int) -> Day:
    """The mirror image: `last` is counted first, backward; what ends with a month begins with one."""
    first_month = month_number(last) - months
    for day in days_from(last, -1):
        before = day - ONE
        if is_last_of_month(last):
            if day.day == 1 and month_number(day) == first_month + 1:
                return day
        elif (
            month_number(before) == first_month
            and (before.day == last.day or is_last_of_month(before))
            and (before.day <= last.day)
        ):
            return day
    raise AssertionError("the months never end")


def working_day(day: Day, off: Collection[Day], step: int = 1) -> Day:
    """Article 161: that day, or the first one on which people work."""
    return next(d for d in days_from(day, step) if d.weekday() < 5 and d not in off)


def nth_working_day(event: Day, number: int, off: Collection[Day], step: int = 1) -> Day:
    """The last of so many working days after the event."""
    found = event
    for _ in range(number):
        found = working_day(found + step * ONE, off, step)
    return found
