"""The limits of a decision: every bound on a parameter with what is left of it, from a shape and a case's numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from mutandis.amounts import plain
from mutandis.datatypes import DataType, Family
from mutandis.decide.requirements import LimitTemplate, family_of
from mutandis.decide.result import Limit
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import NONE, Gap, Range, frozen
from mutandis.values import Duration, Sum, Unknown

MOST_LIMITS = 1024
"""How many sets of limits a shape remembers, by their numbers; a day more or less is the same numbers again."""

Figures = tuple[Any, Any, Any, Any]
"""What a limit says in one case, in run-time values: inner and outer bound, actual value, margin."""
_UPPER = ("at_most", "less_than", "exactly")
_LOWER = ("at_least", "more_than")


def limits_of(shape: Shape, numbers: tuple[Any, ...]) -> tuple[Limit, ...]:
    """Every bound on a parameter, in groups of one permission or duty, with what is left of it (S15, S16)."""
    key = numbers if shape.is_total else frozen(numbers)
    known = shape.limits_by_numbers.get(key)
    if known is not None:
        return known
    found: list[Limit] = []
    for group in shape.limits:
        found.extend(in_figures(group, [_values(template, numbers) for template in group]))
    if len(shape.limits_by_numbers) >= MOST_LIMITS:
        shape.limits_by_numbers.clear()
    known = shape.limits_by_numbers[key] = tuple(found)
    return known


def in_figures(group: Sequence[LimitTemplate], values: Sequence[Figures]) -> Iterator[Limit]:
    """The limits of one permission or duty with their figures, the tightest on each parameter marked, where it is known
    which that is.
    """
    binding = _binding(group, values)
    for place, (template, figures) in enumerate(zip(group, values, strict=True)):
        yield _made(template, figures, place in binding)


def _values(template: LimitTemplate, numbers: tuple[Any, ...]) -> Figures:
    return figures_of(
        *inner_and_outer(numbers[template.value], template.upper), numbers[template.actual], template.upper
    )


def inner_and_outer(value: Any, upper: bool) -> tuple[Any, Any]:
    """The inner and the outer value of a bound, from above where it is `upper`; None where one is not known."""
    if not isinstance(value, Gap):
        return value, value
    low, high = (value.low, value.high) if isinstance(value, Range) else (None, None)
    return (low, high) if upper else (high, low)


def figures_of(inner: Any, outer: Any, actual: Any, upper: bool) -> Figures:
    """What a bound with these values says of an actual value; what is left is told of a bound that is known."""
    given = None if isinstance(actual, Gap | Unknown) else actual
    if given is None or inner is None or outer is None or inner != outer:
        return inner, outer, given, None
    return inner, outer, given, outer - given if upper else given - outer


def _binding(group: Sequence[LimitTemplate], values: Sequence[Figures]) -> set[int]:
    """The places of the tightest upper and the tightest lower bound on each parameter, the first of equals; none where
    that one only may bind, or something else may that has no figure. One alone is compared with nothing.
    """
    if len(group) == 1:
        return {0} if _tells(group[0]) else set()
    found: set[int] = set()
    for parameter in dict.fromkeys(template.parameter for template in group):
        for relations, sign in ((_UPPER, 1), (_LOWER, -1)):
            rivals = [k for k, t in enumerate(group) if t.parameter == parameter and t.relation in relations]
            if rivals:
                first = min(rivals, key=lambda k: (_tightness(group[k].relation, values[k], sign), k))
                found.update([first] if _tells(group[first]) else [])
    return found


def _tells(template: LimitTemplate) -> bool:
    return template.sure and template.alone


def _tightness(relation: str, values: Figures, sign: int) -> tuple[object, ...]:
    strict = 0 if relation in ("less_than", "more_than") else 1
    inner, outer, _, _ = values
    return (_rank(outer, sign), _rank(inner, sign), strict)


def tightness(limit: Limit) -> tuple[object, ...]:
    """How tight a limit with its figures is: the less the tighter, among those of one parameter from one side."""
    return _tightness(limit.relation, (limit.inner, limit.outer, None, None), 1 if is_upper(limit) else -1)


def is_upper(limit: Limit) -> bool:
    """True for a bound from above."""
    return limit.relation in _UPPER


def _rank(value: Any, sign: int) -> tuple[int, float]:
    if value is None:
        return (1, 0.0)
    amount = value.amount if isinstance(value, Duration | Sum) else value
    if isinstance(amount, dt.datetime):
        amount = amount.replace(tzinfo=dt.UTC).timestamp()
    elif isinstance(amount, dt.date):
        amount = amount.toordinal()
    return (0, sign * float(amount))


def shown(value: Any, type_: DataType) -> Any:
    """A value as a person reads it: base units of a known family become a `Duration`, an amount of money a `Sum`."""
    if type_.currency is not None:
        return None if value is NONE else _sum(value, type_.currency)
    return None if value is NONE else _shown(value, family_of(type_))


def _sum(value: Any, currency: str) -> Any:
    return Sum(plain(value), currency) if isinstance(value, int | Fraction) else value


def _shown(value: Any, family: Family | None) -> Any:
    return Duration(value, family) if family is not None and isinstance(value, int) else value


def _made(template: LimitTemplate, values: Figures, binding: bool) -> Limit:
    inner, outer, actual, margin = values
    if template.currency is not None:
        inner, outer, actual, margin = [_sum(value, template.currency) for value in values]
    else:
        family, bound = template.family, outer
        outer = _shown(bound, family)
        inner = outer if inner is bound else _shown(inner, family)
        actual = _shown(actual, family)
        margin = Duration(margin.days, "days") if isinstance(margin, dt.timedelta) else _shown(margin, family)
    return Limit(
        template.norm,
        template.provision,
        template.parameter,
        template.relation,
        inner,
        outer,
        actual,
        margin,
        binding,
    )
