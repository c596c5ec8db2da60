"""Time counted day by day, as the Korean Civil Act (155 to 161) counts it (S43, S44, S50)."""

import datetime as dt
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

from mutandis.condition.tree import FractionOf
from mutandis.dataclass import replace
from mutandis.values import Duration, Period

DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """How a period is counted: its clock, and the convention for the end of the month where a statute has its own."""

    clock: str = "civil"
    end_of_month: str | None = None


CIVIL = Counted()
MOVING = ("civil", "from_midnight")  # the clocks whose last day moves off days off


class NoAnswer(Exception):
    """What two values cannot say: a fact is missing, or a computation has no result (S47)."""


def day_of(time: dt.date) -> dt.date:
    """The day of a date or moment."""
    return time.date() if isinstance(time, dt.datetime) else time


def as_moment(time: dt.date) -> dt.datetime:
    """The moment, or the beginning of the day."""
    return time if isinstance(time, dt.datetime) else dt.datetime(time.year, time.month, time.day)


def first_counts(start: dt.date, counting: Any) -> bool:
    """Whether the day itself is counted (Civil Act 157, 158): unless the first day is out, or it begins at midnight."""
    return counting.clock != "civil" or (isinstance(start, dt.datetime) and start.time() == dt.time(0))


def later(start: dt.date, length: Duration, counting: Any = CIVIL) -> dt.date:
    """The day that corresponds to `start`, so much later (or earlier): the last of the period, or where the first day
    counts the one after (Civil Act 160)."""
    amount = int(length.amount)
    if amount != length.amount:
        raise NoAnswer("part of a day or month")
    try:
        if length.family == "hours":
            return as_moment(start) + dt.timedelta(minutes=amount)
        if length.family == "days":
            return start + amount * DAY
        return start + (_months_later(day_of(start), amount, first_counts(start, counting), counting) - day_of(start))
    except (OverflowError, ValueError):
        raise NoAnswer("outside the calendar") from None


def _months_later(start: dt.date, amount: int, counts: bool, counting: Any) -> dt.date:
    on = DAY if amount >= 0 else -DAY
    first = start if counts or counting.end_of_month else start + on  # counted from
    begins = _first_of(first, amount)
    length = (_first_of(begins, 1) - begins).days
    lacks = first.day > length
    if counting.end_of_month:  # as the statute has it
        of_last = counting.end_of_month == "last day" and (first + DAY).month != first.month
        day = length if of_last or lacks else first.day
        return begins + (day - 1 + (lacks and counting.end_of_month == "next day")) * DAY
    if amount >= 0:
        last = begins + (length - 1 if lacks else first.day - 2) * DAY
    else:  # the mirror image: what reaches back from the last of a month reaches the first of one
        whole = (first + DAY).month != first.month
        last = _first_of(first, amount + 1) if whole else begins + min(first.day, length) * DAY
    return last + on if counts else last


def _first_of(day: dt.date, months: int) -> dt.date:
    """The first of the month so many on."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def share(node: FractionOf, start: dt.date, end: dt.date) -> Duration:
    """That share of the days from `start` to `end`, both counted: of whole months by the calendar, else in days."""
    first, last, whole = day_of(start), day_of(end), Counted("sentence")
    for months in range((last.year - first.year) * 12 + last.month - first.month + 2):
        of_months = node.share * months
        if of_months % 1 == 0 and later(first, Duration(months, "months"), whole) == last + DAY:
            return Duration((later(first, Duration(of_months, "months"), whole) - first).days, "days")
    days = node.share * ((day_of(end) - day_of(start)).days + 1)
    return Duration(ceil(days) if node.rounding == "up" else floor(days), "days")


def is_within(period: Period, length: Duration, declared: Any) -> bool:
    """Whether the days of the period that count are no more than the length has, counted from its first day."""
    counting = declared or Counted(period.clock or "civil")
    if period.start is None or period.until is None:
        raise NoAnswer("a period without an end")
    if "hours" in (period.clock, counting.clock, length.family):
        return as_moment(period.until) <= as_moment(later(as_moment(period.start), length, counting))
    counts = first_counts(period.start, counting)
    first, end = day_of(period.start), day_of(later(period.start, length, counting))
    first, end = (first, end - DAY) if counts else (first + DAY, end)
    days = [first + n * DAY for n in range((day_of(period.until) - first).days + 1)]
    counted = [day for day in days if not any(begin <= day <= last for begin, last in period.suspensions)]
    return len(counted) <= (end - first).days + 1


def moved(day: dt.date, holidays: frozenset[dt.date], step: dt.timedelta = DAY) -> dt.date:
    """The day, or the next (backward: the one before) that is no Saturday, Sunday or holiday (Civil Act 161)."""
    return day if day_of(day).weekday() < 5 and day_of(day) not in holidays else moved(day + step, holidays, step)


def falls_on(start: dt.date, length: Duration, side: str, counting: Any) -> dt.date:
    """The last day of so long a period after `start`, or counted backward from it, by the calendar alone."""
    step = DAY if side == "after" else -DAY
    length = length if side == "after" else replace(length, amount=-length.amount)
    if "hours" in (counting.clock, length.family):
        return later(as_moment(start), length, counting)
    start = start if side == "after" else day_of(start)
    return day_of(later(start, length, counting)) - (step if first_counts(start, counting) else 0 * DAY)


def end_of(start: dt.date, length: Duration, side: str, counting: Any, holidays: frozenset[dt.date]) -> dt.date:
    """The same, moved off days off where the counting moves it."""
    last = falls_on(start, length, side, counting)
    stays = "hours" in (counting.clock, length.family) or counting.clock not in MOVING
    return last if stays else moved(last, holidays, DAY if side == "after" else -DAY)


def last_of(day: dt.date, months: int, shift: int) -> dt.date:
    """The last day of the unit of so many months of a year that a day lies in, or so many units on."""

    def unit(one: dt.date) -> int:
        return one.year * 12 // months + (one.month - 1) // months

    wanted = unit(day) + shift
    try:
        while unit(day) > wanted:
            day -= DAY
        while (day + DAY).day != 1 or unit(day) != wanted or unit(day + DAY) == wanted:
            day += DAY
    except OverflowError:
        raise NoAnswer("outside the calendar") from None
    return day


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
