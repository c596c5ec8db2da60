"""The calendar in steps that every back end has: days moved by months, and shares of terms.

A month is a number, twelve times its year and those before it in that year. `month_of` and `first_of` lead from days to
months and back, `days_after` and `days_between` count days; all else is arithmetic.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from mutandis.backends.columns.nodes import Maker, X
from mutandis.backends.columns.spans import is_inside


def in_steps(m: Maker, x: X) -> X:
    """What a `moved` or `share` comes to in steps."""
    setting: Any = x.setting
    one, other = x.args
    found = _moved(m, one, other, *setting) if x.op == "moved" else _share(m, one, other, *setting)
    return found if x.op == "share" or is_inside(x.span) else m.make("inside", (found,), "date")


def _number(m: Maker, value: int) -> X:
    return m.lit(value, "number")


def _moved(m: Maker, start: X, length: X, family: str, mode: str) -> X:
    if family == "days":
        return m.make("days_after", (start, length), "date")
    begun = m.reckon("add", m.make("month_of", (start,), "number"), length)
    clamped = m.make("least", (_day_of(m, begun, _day_in(m, start)), _last_of(m, begun)), "date")
    match mode:
        case "next day":
            return _months_on(m, start, length)
        case "last day":
            is_last = m.compare("eq", start, _last_of(m, m.make("month_of", (start,), "number")))
            return m.case(is_last, _last_of(m, begun), clamped)
    return clamped


def _months_on(m: Maker, start: X, months: X) -> X:
    """So many months on; where that month lacks the day, the first one of the next."""
    begun = m.reckon("add", m.make("month_of", (start,), "number"), months)
    return m.make("least", (_day_of(m, begun, _day_in(m, start)), _first_of(m, begun, 1)), "date")


def _first_of(m: Maker, month: X, later: int = 0) -> X:
    return m.make("first_of", (m.reckon("add", month, _number(m, later)) if later else month,), "date")


def _last_of(m: Maker, month: X) -> X:
    return m.make("days_after", (_first_of(m, month, 1), _number(m, -1)), "date")


def _day_in(m: Maker, day: X) -> X:
    """How many days of its month are over on a day."""
    return m.days_between(day, _first_of(m, m.make("month_of", (day,), "number")))


def _day_of(m: Maker, month: X, over: X) -> X:
    return m.make("days_after", (_first_of(m, month), over), "date")


def _share(m: Maker, start: X, end: X, part: Fraction, rounding: str) -> X:
    """`calendar.share_of_days`: by the calendar where term and share are whole in months, else a share of the days."""
    after = m.make("inside", (m.make("days_after", (end, _number(m, 1)), "date"),), "date")
    begun, ended = (m.make("month_of", (day,), "number") for day in (start, after))
    over, left = _day_in(m, start), _day_in(m, after)
    months = m.reckon("sub", ended, begun)
    # A term also ends before the first of a month if the month before lacks the day on which it began.
    lacks = m.all_of(
        m.compare("eq", left, _number(m, 0)),
        m.compare("le", m.days_between(after, _first_of(m, ended, -1)), over),
    )
    before = m.reckon("sub", months, _number(m, 1))
    none = m.lit(None, "number")
    whole = m.case(m.compare("eq", over, left), months, m.case(lacks, before, none))
    taken = m.reckon("mul", whole, _number(m, part.numerator))
    share = m.make("div", (taken,), "number", part.denominator)
    even = m.compare("eq", m.reckon("mul", share, _number(m, part.denominator)), taken)
    by_calendar = m.days_between(_months_on(m, start, share), start)
    is_taken = m.all_of(even, m.compare("le", _number(m, 0), whole))
    return m.case(is_taken, by_calendar, of_days(m, start, end, part, rounding))


def of_days(m: Maker, start: X, end: X, part: Fraction, rounding: str) -> X:
    """A share of the days from `start` to `end`, both counted."""
    days = m.reckon("add", m.days_between(end, start), _number(m, 1))
    times = m.reckon("mul", days, _number(m, part.numerator))
    if rounding == "up":
        times = m.reckon("add", times, _number(m, part.denominator - 1))
    return m.make("div", (times,), "number", part.denominator)
