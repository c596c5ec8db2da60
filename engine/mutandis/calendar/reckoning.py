"""Where a period ends, and how that came about (S43, S50; Civil Act 155 to 161).

`reckon` counts forward from the event that starts a period, `reckon_back` backward, the mirror image. What comes out is
told step by step, each step with its article of the Civil Act, so that a reader can follow the count.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, Literal

from mutandis.calendar.counting import CIVIL, Counting
from mutandis.calendar.dates import DAY, add_length, add_months, day_of, days_in, midnight_of
from mutandis.calendar.days_off import DayOff, DaysOff, move, working_days
from mutandis.calendar.suspensions import merge_spans, push_past
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import Family
from mutandis.values import Clock, Number

What = Literal[
    "from_the_instant",
    "first_day_out",
    "begins_at_midnight",
    "first_day_in",
    "from_birth",
    "to_the_end_of_the_day",
    "whole_months",
    "eve_of_the_same_day",
    "no_such_day",
    "by_the_statute",
    "working_days",
    "suspended",
    "moved",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done in counting, and the place that says so: in the Civil Act, unless another statute counts."""

    what: What
    provision: str = ""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Where a period ends, and how that came about.

    `first` is the first day counted (on the `hours` clock: the instant), `nominal` the last by the calendar alone,
    `last` the nearest it can be once it has moved off days that are off, `latest` the farthest: equal, or None where it
    is not known upward. `steps` are in the order they were taken; `suspended` is the number of days that did not count.
    """

    start: dt.date
    first: dt.date
    nominal: dt.date
    last: dt.date
    latest: dt.date | None
    steps: tuple[Step, ...]
    passed_over: tuple[tuple[dt.date, DayOff], ...] = ()
    suspended: int = 0


_BEGINNING: Final[dict[Clock, Step]] = {
    "civil": Step("first_day_out", "civil-act/157"),
    "from_midnight": Step("begins_at_midnight", "civil-act/157 proviso"),
    "age": Step("from_birth", "civil-act/158"),
    "hours": Step("from_the_instant", "civil-act/156"),
}


def reckon(
    start: dt.date,
    family: Family,
    amount: Number,
    counting: Counting = CIVIL,
    *,
    suspensions: tuple[tuple[dt.date, dt.date], ...] = (),
    days_off: DaysOff | None = None,
) -> Reckoning:
    """The end of a period of `amount` base units of `family` from the event at `start`.

    `days_off` are those that the last day moves off; None: it stays where it falls, as it does where the counting does
    not move it. Raises `OverflowError` where the end leaves the calendar.

    >>> reckon(dt.date(2023, 2, 28), "months", 1).nominal
    datetime.date(2023, 3, 31)
    """
    if family == "hours" or counting.clock == "hours":
        return _reckon_hours(start, family, amount, counting, suspensions)
    counts = counting.first_counts(start)
    first = day_of(start) if counts else day_of(start) + DAY
    last = add_length(day_of(start), family, amount, counting.corresponding(start, 1))
    if counts:
        last -= DAY
    steps = [_beginning(counting, start), _ending(family, first, last, counting)]
    nominal, pushed = push_past(first, last, suspensions)
    if pushed:
        steps.append(Step("suspended"))
    return _moved(Reckoning(start, first, nominal, nominal, nominal, tuple(steps), (), pushed), counting, days_off, 1)


def reckon_back(
    start: dt.date,
    family: Family,
    amount: Number,
    counting: Counting = CIVIL,
    *,
    days_off: DaysOff | None = None,
) -> Reckoning:
    """The mirror image: where so much time before the event at `start` is reached, counted backward.

    >>> reckon_back(dt.date(2024, 3, 15), "days", 7).nominal
    datetime.date(2024, 3, 8)
    """
    if family == "hours" or counting.clock == "hours":
        return _reckon_hours(start, family, -amount, counting, ())
    counts = counting.first_counts(start) and counting.clock != "civil"
    first = day_of(start) if counts else day_of(start) - DAY
    last = add_length(day_of(start), family, -amount, counting.corresponding(day_of(start), -1))
    if counts:
        last += DAY
    steps = (_beginning(counting, day_of(start)), _ending(family, first, last, counting))
    return _moved(Reckoning(start, first, last, last, last, steps), counting, days_off, -1)


def reckon_working_days(start: dt.date, number: int, days_off: DaysOff, direction: Literal[1, -1] = 1) -> Reckoning:
    """The last of so many working days after (direction -1: before) the event at `start`, as `reckon` tells it.

    Raises `OverflowError` where that leaves the calendar.

    >>> reckon_working_days(dt.date(2024, 2, 29), 2, DaysOff.given([dt.date(2024, 3, 1)])).last
    datetime.date(2024, 3, 5)
    """
    day = day_of(start)
    found = working_days(day, number, days_off, direction)
    first = day + direction * DAY if number else day
    steps = (Step("first_day_out"), Step("working_days"))
    return Reckoning(start, first, found.nearest, found.nearest, found.farthest, steps, found.passed_over)


def end_of_unit(day: dt.date, months: int, shift: int) -> dt.date:
    """The last day of the unit of so many months, counted from January, that a day lies in, or of one so many units on.

    Raises `OverflowError` where that leaves the calendar.

    >>> [end_of_unit(dt.date(2023, 12, 31), months, 1).isoformat() for months in (1, 3, 6, 12)]
    ['2024-01-31', '2024-03-31', '2024-06-30', '2024-12-31']
    """
    last = ((day.year * 12 + day.month - 1) // months + shift + 1) * months - 1
    return add_months(dt.date(2000, 1, 31), last - 2000 * 12, "last day")


def _beginning(counting: Counting, start: dt.date) -> Step:
    if counting.provision:
        return Step("first_day_in" if counting.first_counts(start) else "first_day_out", counting.provision)
    if counting.clock == "civil" and counting.first_counts(start):
        return _BEGINNING["from_midnight"]
    return _BEGINNING.get(counting.clock, Step("first_day_in"))


def _ending(family: Family, first: dt.date, last: dt.date, counting: Counting) -> Step:
    if family != "months":
        return Step("to_the_end_of_the_day", "civil-act/159")
    if counting.end_of_month is not None:
        return Step("by_the_statute", counting.provision)
    if last >= first and first.day == 1:
        return Step("whole_months", "civil-act/160(1)")
    if last >= first and _lacks(last, first.day):
        return Step("no_such_day", "civil-act/160(3)")
    return Step("eve_of_the_same_day", "civil-act/160(2)")


def _lacks(month: dt.date, day: int) -> bool:
    """True if the month of `month` has no such day."""
    return day > days_in(month.year, month.month)


def _moved(found: Reckoning, counting: Counting, days_off: DaysOff | None, direction: Literal[1, -1]) -> Reckoning:
    if days_off is None or not counting.moves:
        return found
    moved = move(found.nominal, days_off, direction)
    steps = (*found.steps, Step("moved", "civil-act/161")) if moved.passed_over else found.steps
    return replace(found, last=moved.nearest, latest=moved.farthest, steps=steps, passed_over=moved.passed_over)


def _reckon_hours(
    start: dt.date, family: Family, amount: Number, counting: Counting, suspensions: tuple[tuple[dt.date, dt.date], ...]
) -> Reckoning:
    """From moment to moment; days that do not count are left out from midnight to midnight."""
    begin = midnight_of(start)
    end = add_length(begin, family, amount, counting.corresponding(start, 1 if amount >= 0 else -1))
    assert isinstance(end, dt.datetime)  # a moment plus a length is one
    reached, left_out = end, 0
    for first, last in merge_spans(suspensions):
        from_ = max(midnight_of(first), begin)
        if last == dt.date.max:
            reached = dt.datetime.max if from_ <= reached else reached
            break
        until = midnight_of(last) + DAY
        if from_ < until and from_ <= reached:
            reached += until - from_
            left_out += (last - day_of(from_)).days + 1
    steps = [Step("from_the_instant", counting.provision or "civil-act/156")]
    if left_out:
        steps.append(Step("suspended"))
    return Reckoning(start, begin, reached, reached, reached, tuple(steps), (), left_out)
