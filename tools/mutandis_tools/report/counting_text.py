"""How a due day came about, in words: the event, the first day counted, the last by the calendar, what moved it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from mutandis.calendar.dates import day_of
from mutandis.decide.result_parts import Counted, DeadlineDue
from mutandis.explain.called import listed
from mutandis_tools.names import Names, say

_STEPS = {
    "from_the_instant": "counted from the instant",
    "first_day_out": "that day not counted",
    "begins_at_midnight": "that day counted, since the period begins with it",
    "first_day_in": "that day counted",
    "from_birth": "the day of birth counted",
    "to_the_end_of_the_day": "to the end of the last day",
    "whole_months": "it begins with a month and ends with one",
    "eve_of_the_same_day": "to the eve of the day that corresponds to the first",
    "no_such_day": "to the end of a month that has no such day",
    "by_the_statute": "to the day that the statute means",
    "suspended": "without the days that do not count",
}


def counting_lines(deadline: DeadlineDue, names: Names) -> tuple[str, ...]:
    """The lines that hang on a deadline; none where nothing was counted."""
    counted = deadline.counted
    if counted is None:
        return ()
    return tuple(_lines(counted, deadline, names))


def _lines(counted: Counted, deadline: DeadlineDue, names: Names) -> Iterator[str]:
    steps = [
        _STEPS[step.what] + (f" ({names.provision(step.provision)})" if step.provision else "")
        for step in counted.steps
        if step.what in _STEPS
    ]
    side = "before" if day_of(counted.nominal) < day_of(counted.start) else "after"
    working = any(step.what == "working_days" for step in counted.steps)
    length = f"{counted.length.amount} working days" if working else say(counted.length)
    yield f"{length} {side} {_day(counted.start)}, {'; '.join(steps)}: {_day(counted.nominal)}"
    if working and counted.passed_over:
        yield f"{listed(_reasons(counted), 'and')} not counted"
    moved = next((step.provision for step in counted.steps if step.what == "moved"), None)
    if moved is None:
        return
    by = f" ({names.provision(moved)})" if moved else ""
    reasons = listed(_reasons(counted), "and")
    if deadline.latest is None:
        yield f"{reasons} passed over{by}: it moves to the next working day, which needs the holidays"
    elif deadline.due is not None:
        yield f"{reasons} passed over{by}: {_day(deadline.due)}"


def _reasons(counted: Counted) -> Iterator[str]:
    """`Saturday 2026-02-14, Sunday 2026-02-15`, days of one reason together."""
    for label, days in groupby(counted.passed_over, key=lambda one: one.label):
        off = [one.day for one in days]
        ends = off[0].isoformat() if len(off) == 1 else f"{off[0].isoformat()} to {off[-1].isoformat()}"
        yield f"{label} {ends}"


def _day(day: dt.date) -> str:
    return day.isoformat(sep="T", timespec="minutes") if isinstance(day, dt.datetime) else f"{day:%A} {day.isoformat()}"
