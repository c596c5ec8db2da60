"""Saturdays, Sundays and holidays: which days are off, where a last day moves to, working days (Civil Act 161).

What is not known is told upward: beyond the days a calendar covers every weekday may be a holiday, so a last day can be
later than it seems and is never told as passed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from mutandis.calendar.dates import DAY
from mutandis.dataclass import dataclass

Direction = Literal[1, -1]

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""The days of the week as conditions name them, in the order of `datetime.date.weekday`."""


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why nothing is due on a day: what day it is, and the provision that makes it a day off where that is known."""

    label: str
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Weekly:
    """A day of every week that is off, from the first day on that the law has it so (None: always)."""

    weekday: int
    since: dt.date | None
    why: DayOff


WEEKEND = (Weekly(5, None, DayOff("Saturday")), Weekly(6, None, DayOff("Sunday")))
"""Saturdays and Sundays, without a law that says so."""


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days off: those of every week, and dated ones between the first and the last day that the calendar covers.

    `first` and `last` are None where nothing is covered; what the caller gives covers everything.
    """

    name: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    weekly: tuple[Weekly, ...] = WEEKEND
    days: Mapping[dt.date, DayOff] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def given(cls, holidays: Iterable[dt.date]) -> DaysOff:
        """The holidays that a caller gives: all there are, besides Saturdays and Sundays."""
        days = {day: DayOff("holiday") for day in holidays}
        return cls("", dt.date.min, dt.date.max, WEEKEND, MappingProxyType(days))

    def covers(self, day: dt.date) -> bool:
        """True if the holidays of that day are known."""
        return self.first is not None and self.last is not None and self.first <= day <= self.last

    def why_off(self, day: dt.date) -> DayOff | None:
        """What makes the day a day off, as far as the calendar knows; a holiday before a day of the week."""
        dated = self.days.get(day)
        if dated is not None:
            return dated
        return next((w.why for w in self.weekly if w.weekday == day.weekday() and (w.since or day) <= day), None)

    def is_off(self, day: dt.date) -> bool | None:
        """Whether nothing is due on that day; None where it may be a holiday and no calendar covers it."""
        if self.why_off(day) is not None:
            return True
        return False if self.covers(day) else None

    def is_holiday(self, day: dt.date) -> bool | None:
        """Whether the day is one of the dated holidays, whatever day of the week; None where no calendar covers it."""
        return True if day in self.days else False if self.covers(day) else None


UNKNOWN_HOLIDAYS = DaysOff()
"""No calendar: weekends are known, holidays are not."""


def days_off_with(ours: DaysOff, holidays: frozenset[dt.date] | None) -> DaysOff:
    """The days off of a question: those of the rulebook, unless the caller gives holidays."""
    return ours if holidays is None else DaysOff.given(holidays)


class Moved(NamedTuple):
    """Where a last day comes to lie: the nearest it can be, the farthest (None: not known), the days passed over."""

    nearest: dt.date
    farthest: dt.date | None
    passed_over: tuple[tuple[dt.date, DayOff], ...] = ()


def move(day: dt.date, days_off: DaysOff, direction: Direction = 1) -> Moved:
    """The first day from `day` on (direction -1: back) that is not off.

    >>> friday, saturday = dt.date(2024, 3, 1), dt.date(2024, 3, 2)
    >>> move(saturday, DaysOff.given([])).nearest, move(friday, UNKNOWN_HOLIDAYS).farthest
    (datetime.date(2024, 3, 4), None)
    """
    passed_over: list[tuple[dt.date, DayOff]] = []
    while (why := days_off.why_off(day)) is not None:
        passed_over.append((day, why))
        day += direction * DAY
    return Moved(day, day if days_off.covers(day) else None, tuple(passed_over))


def working_days(event: dt.date, number: int, days_off: DaysOff, direction: Direction = 1) -> Moved:
    """The last of so many working days after (direction -1: before) the day of an event, which is not counted.

    >>> working_days(dt.date(2024, 2, 29), 2, DaysOff.given([dt.date(2024, 3, 1)])).nearest
    datetime.date(2024, 3, 5)
    """
    day, left, sure = event, number, True
    passed_over: list[tuple[dt.date, DayOff]] = []
    while left > 0:
        day += direction * DAY
        why = days_off.why_off(day)
        if why is not None:
            passed_over.append((day, why))
            continue
        sure = sure and days_off.covers(day)
        left -= 1
    return Moved(day, day if sure else None, tuple(passed_over))
