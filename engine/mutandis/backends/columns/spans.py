"""What a number or a day surely lies between, where that can be told beforehand: days as their ordinals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from mutandis.backends.columns.nodes import X

Span = tuple[int, int]
"""The least and the most that it may be, where it is known at all."""

CALENDAR: Final[Span] = (dt.date.min.toordinal(), dt.date.max.toordinal())
USUAL_DAYS: Final[Span] = (dt.date(1700, 1, 1).toordinal(), dt.date(2299, 12, 31).toordinal())
"""Days of which a table is told apart whether it has any other."""
USUAL_NUMBERS: Final[Span] = (-100_000, 100_000)


def is_inside(span: Span | None) -> bool:
    """True where a day surely is one of the calendar."""
    return span is not None and CALENDAR[0] <= span[0] and span[1] <= CALENDAR[1]


def off_calendar(part: Fraction) -> int:
    """By how many days that part of a term, taken in months, may differ from that part of its days.

    Months on end are never more than ten days longer or shorter than so many times their average.
    """
    return ceil(10 * (1 + abs(part))) + 2


def span_of(op: str, args: Sequence[X], setting: object) -> Span | None:
    """What an expression lies between, from what its operands do."""
    if op == "lit":
        if isinstance(setting, dt.date) and not isinstance(setting, dt.datetime):
            return setting.toordinal(), setting.toordinal()
        return (setting, setting) if type(setting) is int else None
    if op in ("case", "first_known"):
        values = [a for a in (args[1:] if op == "case" else args) if not (a.op == "lit" and a.setting is None)]
        spans = [a.span for a in values]
        known = [span for span in spans if span is not None]
        if not known or len(known) < len(spans):
            return None
        return min(low for low, _ in known), max(high for _, high in known)
    found = _REACHED.get(op)
    if found is None:
        return None
    known = [a.span for a in args if a.span is not None]
    return found(known, setting) if len(known) == len(args) else None


def _added(spans: Sequence[Span], setting: object) -> Span:
    (low, high), (other_low, other_high) = spans
    return low + other_low, high + other_high


def _taken(spans: Sequence[Span], setting: object) -> Span:
    (low, high), (other_low, other_high) = spans
    return low - other_high, high - other_low


def _times(spans: Sequence[Span], setting: object) -> Span:
    ends = [a * b for a in spans[0] for b in spans[1]]
    return min(ends), max(ends)


def _moved(spans: Sequence[Span], setting: object) -> Span:
    assert isinstance(setting, tuple)  # a family and a convention for the end of the month
    low, high = spans[1]
    if setting[0] == "months":
        low, high = min(27 * low, 32 * low) - 3, max(27 * high, 32 * high) + 3
    return spans[0][0] + low, spans[0][1] + high


def _share(spans: Sequence[Span], setting: object) -> Span:
    assert isinstance(setting, tuple)  # a part and how it is rounded
    part: Fraction = setting[0]
    low, high = _taken((spans[1], spans[0]), None)
    ends = [part * low, part * (high + 1)]
    return floor(min(ends)) - off_calendar(part), ceil(max(ends)) + off_calendar(part)


_REACHED: Final[Mapping[str, Callable[[Sequence[Span], object], Span]]] = {
    "add": _added,
    "sub": _taken,
    "days_between": _taken,
    "days_after": _added,
    "mul": _times,
    "div": lambda spans, setting: (spans[0][0] // int(str(setting)), spans[0][1] // int(str(setting))),
    "moved": _moved,
    "share": _share,
    "inside": lambda spans, setting: (max(spans[0][0], CALENDAR[0]), min(spans[0][1], CALENDAR[1])),
}
