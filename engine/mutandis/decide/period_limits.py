"""How long a period may last, as a limit with its bound: the last day, or moment, that it can have (S15, S51).

A requirement that a period is within a length has no number to solve for, but it has a last day once it is known when
the period begins. It is told like any other limit, whether the period has an end yet or not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from mutandis.calendar.counting import Counting, counting_of
from mutandis.calendar.dates import day_of
from mutandis.calendar.reckoning import reckon
from mutandis.condition import tree as t
from mutandis.dataclass import replace
from mutandis.decide.requirements import binding
from mutandis.decide.result import Limit
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import NONE, Gap
from mutandis.values import Duration, Period, Unknown

ValueOf = Callable[[str], Any]
"""What a fact comes to in the case: a value, none as None or `NONE`, a gap or `UNKNOWN`."""


def period_limits(shape: Shape, value_of: ValueOf) -> tuple[Limit, ...]:
    """The last days of the periods that the permissions and duties of a decision bound, the nearest marked."""
    found: list[Limit] = []
    for position in shape.core:
        norm = shape.unit.plan.norms[position]
        if norm.direction not in ("may", "must"):
            continue
        group: list[Limit] = []
        for slot in binding(shape.reading, shape.statuses, position):
            place = str(slot.requirement.citation)
            for node in measures_in(slot.requirement.condition):
                limit = _limit(norm.norm.key, place, node, value_of)
                if limit is not None:
                    group.append(limit)
        found.extend(_with_binding(group))
    return tuple(found)


def last_of(node: t.PeriodWithin, value_of: ValueOf) -> dt.date | None:
    """The last day or moment that the period of the case can have; None where it is not known."""
    if not isinstance(node.period, t.Fact) or not isinstance(node.length, t.Length):
        return None
    period = value_of(node.period.name)
    if not isinstance(period, Period) or period.start is None:
        return None
    spans = list(period.suspensions)
    for first, last in node.suspended:
        begin, end = (value_of(day.name) if isinstance(day, t.Fact) else None for day in (first, last))
        if begin is None or begin is NONE:
            continue
        if not isinstance(begin, dt.date) or isinstance(end, Unknown) or (isinstance(end, Gap) and end is not NONE):
            return None
        spans.append((day_of(begin), day_of(end) if isinstance(end, dt.date) else dt.date.max))
    length = node.length.duration
    try:
        counted = _counting(node, period)
        found = reckon(period.start, length.family, length.amount, counted, suspensions=tuple(spans)).nominal
        return None if found == dt.date.max else found  # a span that does not count goes on
    except OverflowError:
        return None


def _counting(node: t.PeriodWithin, period: Period) -> Counting:
    if node.counting is None or period.clock == "hours":
        return counting_of(period.clock or "civil")
    return node.counting


def measures_in(condition: t.Expression) -> Iterator[t.PeriodWithin]:
    """The measures whose conjunction the condition is, or is part of."""
    match condition:
        case t.PeriodWithin():
            yield condition
        case t.And(operands=operands):
            for operand in operands:
                yield from measures_in(operand)


def _limit(norm: str, place: str, node: t.PeriodWithin, value_of: ValueOf) -> Limit | None:
    last = last_of(node, value_of)
    if last is None or not isinstance(node.period, t.Fact):
        return None
    until = value_of(node.period.name).until
    margin = None if until is None else Duration((day_of(last) - day_of(until)).days, "days")
    return Limit(norm, place, node.period.name, "at_most", last, last, until, margin)


def _with_binding(group: list[Limit]) -> Iterator[Limit]:
    """The limits of one permission, the nearest last day of each period marked."""
    nearest: dict[str, Limit] = {}
    for limit in group:
        held = nearest.get(limit.parameter)
        if held is None or _key(limit.outer) < _key(held.outer):
            nearest[limit.parameter] = limit
    for limit in group:
        yield replace(limit, binding=nearest[limit.parameter] is limit)


def _key(last: object) -> tuple[int, int]:
    assert isinstance(last, dt.date)  # these limits are days or moments
    minutes = last.hour * 60 + last.minute if isinstance(last, dt.datetime) else 24 * 60
    return last.toordinal(), minutes
