"""Time counted day by day, as the Korean Civil Act (155 to 161) counts it (S43, S44, S50)."""

import datetime as dt
from math import ceil, floor

from mutandis.condition.tree import FractionOf
from mutandis.values import Duration, Period

DAY = dt.timedelta(days=1)


class NoAnswer(Exception):
    """What two values cannot say: a fact is missing, or a computation has no result (S47)."""


def day_of(time: dt.date) -> dt.date:
    """The day of a date or moment."""
    return time.date() if isinstance(time, dt.datetime) else time


def as_moment(time: dt.date) -> dt.datetime:
    """The moment, or the beginning of the day."""
    return time if isinstance(time, dt.datetime) else dt.datetime(time.year, time.month, time.day)


def later(start: dt.date, length: Duration) -> dt.date:
    """`start` and `length` (may be negative); where the month has no such day, its last one."""
    amount = int(length.amount)
    if amount != length.amount:
        raise NoAnswer("part of a day or month")
    try:
        if length.family == "hours":
            return as_moment(start) + dt.timedelta(minutes=amount)
        if length.family == "days":
            return start + amount * DAY
        year, month = divmod(start.year * 12 + start.month - 1 + amount, 12)
        first = dt.date(year, month + 1, 1)
        last = first
        while (last + DAY).month == first.month and last.day < start.day:
            last += DAY
        return start.replace(year=year, month=month + 1, day=last.day)
    except (OverflowError, ValueError):
        raise NoAnswer("outside the calendar") from None


def share(node: FractionOf, start: dt.date, end: dt.date) -> Duration:
    """That share of the days from `start` to `end`, both counted, in whole days."""
    days = node.share * ((day_of(end) - day_of(start)).days + 1)
    return Duration(ceil(days) if node.rounding == "up" else floor(days), "days")


def is_within(period: Period, length: Duration) -> bool:
    """Whether the days of the period that count are no more than the length has, counted from its first day."""
    if period.start is None or period.until is None:
        raise NoAnswer("a period without an end")
    if period.clock == "hours" or length.family == "hours":
        return as_moment(period.until) <= as_moment(later(period.start, length))
    first = day_of(period.start)
    if period.clock in (None, "civil") and not (
        isinstance(period.start, dt.datetime) and period.start.time() == dt.time(0)
    ):
        first += DAY  # Civil Act 157
    end = later(first, length)
    if length.family == "days" or end.day == first.day:
        end -= DAY  # Civil Act 160 (2); where there is no corresponding day, the last of the month (160 (3))
    days = [first + n * DAY for n in range((day_of(period.until) - first).days + 1)]
    counted = [day for day in days if not any(begin <= day <= last for begin, last in period.suspensions)]
    return len(counted) <= (end - first).days + 1


def moved(day: dt.date, holidays: frozenset[dt.date]) -> dt.date:
    """The day, or the next that is no Saturday, Sunday or holiday (Civil Act 161)."""
    return day if day_of(day).weekday() < 5 and day_of(day) not in holidays else moved(day + DAY, holidays)


def is_of_kind(day: dt.date, kind: str, holidays: frozenset[dt.date]) -> bool:
    """Whether the day is a `saturday`, a `holiday`, a `day off` (Saturday, Sunday or holiday) or a `working day`."""
    off = moved(day, holidays) != day
    known = {"holiday": day in holidays, "day off": off, "working day": not off}
    return known[kind] if kind in known else f"{day:%A}".lower() == kind


def worked(start: dt.date | None, number: int, side: str, holidays: frozenset[dt.date]) -> dt.date:
    """The last of so many working days after or before the day of `start`, which does not count."""
    if start is None:
        raise NoAnswer("none is no day")
    day = day_of(start)
    try:
        while number:
            day += DAY if side == "after" else -DAY
            number -= is_of_kind(day, "working day", holidays)
    except OverflowError:
        raise NoAnswer("outside the calendar") from None
    return day
