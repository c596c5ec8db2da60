"""The truths that the values of one open parameter give the requirements with a bound on it.

Between the ends of all bounds on a parameter every value has the same truths, so one value from each stretch stands
for all. A bound whose own value is not known keeps its requirement unknown where the parameter's value does not settle
it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from mutandis.decide.bounds import Interval, domain_of, grain_of
from mutandis.decide.plan import BoundSlot
from mutandis.decide.ternary import FALSE, TRUE, Gap, Range, is_settled
from mutandis.vocabulary import FactDeclaration


def of_parameter(
    parameter: FactDeclaration, bounds: Iterable[tuple[int, BoundSlot]], numbers: Sequence[object]
) -> list[dict[int, int]]:
    """The truths of the requirements, by their slots, for a value from each stretch; a reading each."""
    # A norm that is not triggered leaves its bounds unread.
    known = [(place, bound.relation, value) for place, bound in bounds if (value := numbers[bound.value]) is not None]
    ends = [end for _, _, value in known for end in _ends(value)]
    found: dict[tuple[int, ...], dict[int, int]] = {}
    for value in _values(ends, domain_of(parameter), grain_of(parameter)):
        truths = {place: _holds(value, relation, bound) for place, relation, bound in known}
        found.setdefault(tuple(truths.values()), truths)
    # A parameter of which no value is known to pass or fail: everything hangs on the bound's own value.
    worlds = list(found.values()) or [{place: _waits(bound) for place, _, bound in known}]
    # Where a bound keeps a truth open, of the values that are alike one may pass and another fail.
    return [world for world in worlds for _ in range(1 if all(map(is_settled, world.values())) else 2)]


def _ends(value: object) -> list[Any]:
    if isinstance(value, Range):
        return [end for end in (value.low, value.high) if end is not None]
    return [] if isinstance(value, Gap) or value is None else [value]


def _values(ends: Iterable[Any], domain: Interval, grain: int | dt.timedelta | None) -> list[Any]:
    """A value of the domain from each stretch between the ends, and the ends themselves."""
    marks = sorted({*ends, *(end for end in (domain.low, domain.high) if end is not None)})
    found: list[Any] = []
    for place, mark in enumerate(marks):
        if grain is not None:
            found += _near(mark, grain)
        else:
            step = dt.timedelta(minutes=1) if isinstance(mark, dt.datetime) else Fraction(1)
            after = marks[place + 1] if place + 1 < len(marks) else None
            found += [mark - step, mark, mark + step if after is None else mark + (after - mark) / 2]
    return [v for v in sorted(set(found)) if _inside(v, domain)]


def _near(mark: Any, grain: int | dt.timedelta) -> list[Any]:
    """The values on the grain at the mark and on either side of it."""
    if isinstance(grain, dt.timedelta):
        return [mark - grain, mark, mark + grain]
    ratio = Fraction(mark) / grain
    floor = ratio.numerator // ratio.denominator
    return [k * grain for k in range(floor - 1, floor + 3)]


def _inside(value: Any, domain: Interval) -> bool:
    return not (domain.low is not None and value < domain.low) and not (domain.high is not None and value > domain.high)


def _holds(value: Any, relation: str, bound: Any) -> int:
    if not isinstance(bound, Gap):
        return TRUE if _compare(value, relation, bound) else FALSE
    if not isinstance(bound, Range):
        return _waits(bound)
    if relation == "is":
        outside = (bound.low is not None and value < bound.low) or (bound.high is not None and value > bound.high)
        return FALSE if outside else _waits(bound)
    strict, generous = (bound.low, bound.high) if relation in ("<", "<=") else (bound.high, bound.low)
    if generous is not None and not _compare(value, relation, generous):
        return FALSE
    return TRUE if strict is not None and _compare(value, relation, strict) else _waits(bound)


def _waits(bound: Any) -> int:
    truth: int = bound.truth
    return truth


def _compare(value: Any, relation: str, bound: Any) -> bool:
    match relation:
        case "<":
            return bool(value < bound)
        case "<=":
            return bool(value <= bound)
        case ">":
            return bool(value > bound)
        case ">=":
            return bool(value >= bound)
        case _:
            return bool(value == bound)
