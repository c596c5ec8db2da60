"""Spans of days that do not count: brought into order, and what they do to the end of a period (S51)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from mutandis.calendar.dates import DAY

Span = tuple[dt.date, dt.date]
"""First and last day that do not count, both included; `datetime.date.max` where they have no end."""


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same days as spans in order that neither overlap nor touch; a span that ends before it begins has no day.

    >>> merge_spans([(dt.date(2020, 1, 6), dt.date(2020, 1, 7)), (dt.date(2020, 1, 5), dt.date(2020, 1, 6))])
    ((datetime.date(2020, 1, 5), datetime.date(2020, 1, 7)),)
    """
    merged: list[Span] = []
    for first, last in sorted(span for span in spans if span[0] <= span[1]):
        # `first - DAY`, not `last + DAY`: the last day of the calendar has none after it.
        if merged and (first <= merged[-1][1] or first - DAY == merged[-1][1]):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def push_past(first: dt.date, last: dt.date, spans: Iterable[Span]) -> tuple[dt.date, int]:
    """Where a period from `first` to `last` ends if the days of `spans` do not count, and how many these are.

    Days before `first` were not counted anyway. Days right after the last one are still within, since none of them
    counts either. Once a span without end is reached the period has none: the last day of all is given.
    """
    pushed = 0
    for begin, end in merge_spans(spans):
        begin = max(begin, first)
        if begin > end:
            continue
        if begin > last and begin - DAY > last:
            break
        if end == dt.date.max:
            return end, pushed
        days = (end - begin).days + 1
        last += days * DAY
        pushed += days
    return last, pushed
