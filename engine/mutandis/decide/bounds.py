"""Bounds on an open parameter: the values surely and possibly allowed, and what comes of them (S14 to S17)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from mutandis.calendar.dates import DAY
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE
from mutandis.decide.order import CONDITIONAL, FAILS, HOLDS
from mutandis.decide.ternary import Gap, Range
from mutandis.vocabulary import FactDeclaration


@dataclass(frozen=True, slots=True)
class Interval:
    """Values between two ends, None where there is none; an excluded end is marked."""

    low: Any = None
    high: Any = None
    low_excluded: bool = False
    high_excluded: bool = False

    @property
    def is_empty(self) -> bool:
        """True if it holds no value."""
        if self.low is None or self.high is None:
            return False
        return bool(self.low > self.high or (self.low == self.high and (self.low_excluded or self.high_excluded)))

    def below(self, end: Any, excluded: bool) -> Interval:
        """Its values up to `end`."""
        if self.high is None or end < self.high or (excluded and end == self.high):
            return Interval(self.low, end, self.low_excluded, excluded)
        return self

    def above(self, end: Any, excluded: bool) -> Interval:
        """Its values from `end` on."""
        if self.low is None or end > self.low or (excluded and end == self.low):
            return Interval(end, self.high, excluded, self.high_excluded)
        return self


@dataclass(frozen=True, slots=True)
class OpenBound:
    """One bound on the open parameter: its relation, its value (perhaps a gap), whether its norm surely applies."""

    relation: str
    value: Any
    sure: bool


def domain_of(parameter: FactDeclaration) -> Interval:
    """Every value the vocabulary allows."""
    return Interval(parameter.least, parameter.maximum)


def grain_of(parameter: FactDeclaration) -> int | dt.timedelta | None:
    """The step from one value to the next; None for numbers, sums (a coin may be a hundredth) and moments."""
    match parameter.type.kind:
        case "count":
            return 1
        case "duration" if parameter.type.family is not None:
            return UNIT_IN_BASE[parameter.unit.removesuffix("s")][1] if parameter.unit else 1
        case "date":
            return DAY
        case _:
            return None


def outcomes(parameter: FactDeclaration, bounds: Iterable[OpenBound]) -> int:
    """What the bounds together may come to, as a set of outcomes."""
    everything, step = domain_of(parameter), grain_of(parameter)
    outer = everything
    inner: Interval | None = everything
    for bound in bounds:
        if bound.sure:
            outer = _cut(outer, bound, step, True) or outer
        if inner is not None:
            inner = _cut(inner, bound, step, False)
    if outer.is_empty:
        return FAILS
    whole = HOLDS if outer == everything else 0
    if inner is None or inner.is_empty:
        return CONDITIONAL | FAILS | whole
    return HOLDS if inner == everything else CONDITIONAL | whole


def _cut(span: Interval, bound: OpenBound, step: int | dt.timedelta | None, generous: bool) -> Interval | None:
    """`span` under the bound at its most or least generous value; None where the least generous has no end."""
    for relation in ("<=", ">=") if bound.relation == "is" else (bound.relation,):
        upper = relation in ("<", "<=")
        end = bound.value
        if isinstance(end, Range):
            end = end.high if upper is generous else end.low
        elif isinstance(end, Gap):
            end = None
        if end is None:
            if generous:
                continue
            return None
        excluded = False
        if bound.relation != "is":
            end, excluded = _on_grain(end, relation, step)
        span = span.below(end, excluded) if upper else span.above(end, excluded)
    return span


def _on_grain(end: Any, relation: str, step: int | dt.timedelta | None) -> tuple[Any, bool]:
    """The end as one that is itself allowed, where the parameter has a grain: less than 5 days is at most 4."""
    strict = relation in ("<", ">")
    if step is None:
        return end, strict
    if isinstance(step, dt.timedelta):
        return ((end - step if relation == "<" else end + step) if strict else end), False
    ratio = Fraction(end) / step
    floor = ratio.numerator // ratio.denominator
    exact = ratio == floor
    if relation in ("<", "<="):
        return (floor - 1 if strict and exact else floor) * step, False
    return (floor if exact and not strict else floor + 1) * step, False
