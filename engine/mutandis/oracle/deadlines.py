"""When a duty is due, and whether its time has passed (S12, S50)."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from mutandis.condition import tree as t
from mutandis.oracle.counting import NoAnswer, end_of, falls_on, moved
from mutandis.oracle.norms import Norm
from mutandis.oracle.reading import Scope, compare


def due_days(case: Any, deciding: list[Norm]) -> Iterator[str]:
    """Of each duty that is owed its place, and by, on or before what day."""
    for norm in deciding:
        deadline = norm.reading.rule.deadline
        if deadline is not None and case.direction(norm) == "R" and (last := _due(case, norm)) is not None:
            yield f"{norm.reading.rule.at} {deadline.relation} {last}"


def is_late(case: Any, norm: Norm) -> bool:
    """Whether what a duty demands was done too late, or was not done and its time is over."""
    deadline, recorded = norm.reading.rule.deadline, case.oracle.vocabulary.actions[norm.action].done
    last = _due(case, norm)
    if deadline is None or last is None or not recorded:
        return False  # without a record nobody can say whether it was done
    try:
        done = case.of_nobody.fact(recorded, Scope(norm.reading))
    except NoAnswer:
        done = None
    if isinstance(done, dt.date):
        return not compare({"by": "<=", "on": "is", "before": "<"}[deadline.relation], done, last)
    return done is not True and not compare("<" if deadline.relation == "before" else "<=", case.at, last)


def _due(case: Any, norm: Norm) -> Any:
    """The day or moment: by so long after or before an event, it is the last day of that period."""
    deadline, scope = norm.reading.rule.deadline, Scope(norm.reading)
    day = deadline.expression if deadline is not None else None
    if deadline is None or day is None:
        return None
    if deadline.relation == "by" and isinstance(day, t.Arithmetic):
        start, length = case.says(day.left, scope), case.says(day.right, scope)
        term = start, length, "after" if day.operator == "+" else "before", day.counting
        return end_of(*term, case.holidays) if deadline.clock else falls_on(*term)
    last = case.says(day, scope)
    return last if not deadline.clock or last is None or isinstance(day, t.EndOf) else moved(last, case.holidays)
