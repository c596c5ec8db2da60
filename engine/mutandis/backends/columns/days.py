"""Days off over columns: kinds of days, where a last day moves to, ends of periods, moments so many minutes on.

A calendar of days off has few dated days and rules for days of the week. So the day of the week is arithmetic, a dated
day is one of a list, and the nearest day that is not off is looked up: near the dated days by the run of days off that
a day lies in, elsewhere by its day of the week.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from mutandis.backends.columns.nodes import NOT_KNOWN, Maker, NotLowered, X
from mutandis.backends.columns.spans import CALENDAR
from mutandis.backends.columns.terms import Truth, Value, known_between
from mutandis.calendar.counting import Counting
from mutandis.calendar.days_off import DaysOff, Direction, move
from mutandis.dataclass import dataclass
from mutandis.datatypes import Family

NEAR: Final = 10
"""So many days about a day from which on a day of the week is off are looked up, as those about dated days are."""
MINUTES_A_DAY: Final = 1440


@dataclass(frozen=True, slots=True, eq=False)
class OffDays:
    """The days off of a question. Equal ones are the same object, which stands in expressions as a setting."""

    days_off: DaysOff

    def runs(self, direction: Direction) -> Iterator[tuple[dt.date, dt.date, dt.date]]:
        """Runs of days off near dated days: their first and last day, and where these move to."""
        off = self.days_off
        marks = set(off.days)
        for weekly in off.weekly:
            if weekly.since is not None:
                marks |= {day for k in range(-NEAR, NEAR) if off.why_off(day := _after(weekly.since, k)) is not None}
        done: dt.date | None = None
        for day in sorted(marks):
            if done is not None and day <= done:
                continue
            first = _after(move(day, off, -1).nearest, 1)
            beyond = move(day, off, 1).nearest
            done = _after(beyond, -1)
            yield first, done, beyond if direction == 1 else _after(first, -1)

    def weekly(self, direction: Direction) -> Iterator[tuple[int, dt.date | None, int]]:
        """Days of the week that are off, since when, and by how many days they move, far from all dated days.

        Of one day of the week the latest comes first.
        """
        rules = self.days_off.weekly
        starts = sorted({w.since for w in rules if w.since is not None}, reverse=True)
        for since in (*starts, None):
            off = {w.weekday for w in rules if w.since is None or (since is not None and w.since <= since)}
            for weekday in sorted(off):
                by = next(k for k in range(7) if (weekday + direction * k) % 7 not in off)
                yield weekday, since, direction * by


def _after(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def weekday(m: Maker, day: X) -> X:
    """The day of the week, Monday being 0."""
    days = m.days_between(day, m.lit(dt.date.min, "date"))  # which was a Monday
    weeks = m.make("div", (days,), "number", 7)
    return m.reckon("sub", days, m.reckon("mul", weeks, m.lit(7, "number")))


def on_weekday(m: Maker, day: Value, number: int) -> Truth:
    """`times.on_weekday`."""
    known = m.compare("eq", weekday(m, m.day(day.value)), m.lit(number, "number"))
    return _known_by_day(m, known, day, NOT_KNOWN)


def on_free_day(m: Maker, day: Value, off: OffDays, holiday: bool, waits: int) -> Truth:
    """`times.on_free_day`; `waits` is what it waits for where no calendar covers the day."""
    value, calendar = m.day(day.value), off.days_off
    found = [m.make("dated", (value,), "truth", tuple(sorted(calendar.days)))] if calendar.days else []
    for weekly in () if holiday else calendar.weekly:
        is_on = m.compare("eq", weekday(m, value), m.lit(weekly.weekday, "number"))
        since = weekly.since
        found.append(is_on if since is None else m.all_of(is_on, m.compare("le", m.lit(since, "date"), value)))
    known = m.case(m.any_of(*found), m.true, m.case(_covers(m, value, calendar), m.false, m.null))
    return _known_by_day(m, known, day, waits)


def _known_by_day(m: Maker, known: X, day: Value, waits: int) -> Truth:
    of_day = m.waits(m.lit(NOT_KNOWN, "waits"), day.waits)
    open_ = m.case(m.is_null(day.value), of_day, m.lit(waits, "waits"))
    return Truth(known, m.case(m.is_null(known), open_, m.settled))


def _covers(m: Maker, day: X, calendar: DaysOff) -> X:
    if calendar.first is None or calendar.last is None:
        return m.false
    after = m.compare("le", m.lit(calendar.first, "date"), day)
    return m.all_of(after, m.compare("le", day, m.lit(calendar.last, "date")))


def end_of(
    m: Maker, anchor: Value, length: Value, off: OffDays, family: Family, after: bool, counting: Counting, waits: int
) -> Value:
    """`times.end_of`. Raises `NotLowered` for what ends at a moment."""
    if family == "hours" or counting.clock == "hours":
        raise NotLowered("counts from one moment to another")
    day = m.day(anchor.value)
    nominal = _nominal(m, anchor, day, length.value, family, after, counting)
    last = nominal
    if counting.moves:
        if any(day.year in (dt.MINYEAR, dt.MAXYEAR) for day in off.days_off.days):
            raise NotLowered("moves a day where the calendar ends")
        moved = m.make("working", (nominal, weekday(m, nominal)), "date", (off, 1 if after else -1))
        last = m.make("inside", (moved,), "date")
    known = m.case(_covers(m, last, off.days_off), last, m.lit(None, "date")) if counting.moves else last
    open_ = m.waits(m.lit(NOT_KNOWN, "waits"), anchor.waits, length.waits)
    pending = m.case(m.is_null(last), open_, m.lit(waits, "waits"))
    low: X | None = last if after else known
    high: X | None = known if after else last
    if anchor.low is not None and anchor.high is not None:
        ends = [anchor._replace(value=end, low=None, high=None) for end in (anchor.low, anchor.high)]
        soonest, latest = (end_of(m, end, length, off, family, after, counting, waits) for end in ends)
        low, high = soonest.low, latest.high
        assert low is not None and high is not None  # as every end has them
        known = known_between(m, known, low, high)
    return Value(known, m.false, m.case(m.is_null(known), pending, m.settled), low, high)


def _nominal(m: Maker, anchor: Value, day: X, length: X, family: Family, after: bool, counting: Counting) -> X:
    """The last day by the calendar alone; null where the reckoning leaves the calendar."""
    sign = 1 if after else -1
    amount = m.reckon("mul", length, m.lit(sign, "number"))

    def reached(counts: bool) -> X:
        start = dt.datetime(2000, 1, 2) if counts else dt.date(2000, 1, 2)
        found = m.moved(day, amount, family, counting.corresponding(start, sign))
        if counts:
            return m.moved(found, m.lit(-sign, "number"), "days", "clamp")
        # The day after (or before) the event is the first that counts, and has to be one of the calendar.
        if day.span is not None and CALENDAR[0] < day.span[0] and day.span[1] < CALENDAR[1]:
            return found
        edge = dt.date.max if after else dt.date.min
        return m.case(m.compare("eq", day, m.lit(edge, "date")), m.lit(None, "date"), found)

    if counting.clock != "civil":
        return reached(True)
    if not after or anchor.value.sort == "date":
        return reached(False)
    # A period from midnight counts the day of the event.
    at_midnight = m.compare("eq", anchor.value, midnight(m, day))
    return m.case(at_midnight, reached(True), reached(False))


def midnight(m: Maker, day: X) -> X:
    """The moment at which a day begins."""
    if day.op == "lit":
        known = day.setting
        return m.lit(dt.datetime.combine(known, dt.time()) if isinstance(known, dt.date) else None, "moment")
    return m.make("midnight", (day,), "moment")


def moved_moment(m: Maker, start: Value, length: Value, family: str, sign: int) -> Value:
    """A moment, or the one at which a day begins, so many minutes or days on. Raises `NotLowered` for months."""
    if family not in ("hours", "days"):
        raise NotLowered("moves a moment by months")
    begun = start.value if start.value.sort == "moment" else midnight(m, start.value)
    minutes = m.reckon("mul", length.value, m.lit(sign * (MINUTES_A_DAY if family == "days" else 1), "number"))
    moved = later(m, begun, minutes)
    open_ = m.waits(m.lit(NOT_KNOWN, "waits"), start.waits, length.waits)
    return Value(moved, m.false, m.case(m.is_null(moved), open_, m.settled))


def later(m: Maker, start: X, minutes: X) -> X:
    """A moment so many minutes on; null outside the calendar."""
    if start.op == "lit" and minutes.op == "lit":
        known, by = start.setting, minutes.setting
        try:
            found = known + dt.timedelta(minutes=by) if isinstance(known, dt.date) and isinstance(by, int) else None
        except OverflowError:
            found = None
        return m.lit(found, "moment")
    return m.make("later", (start, minutes), "moment")
