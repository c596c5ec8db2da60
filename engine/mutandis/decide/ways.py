"""What a requirement that is met in several ways allows of a parameter, as limits with their bounds (S15, S16).

`not flat.subsidised or flat.rent <= 500 euros` is no interval: it bounds the rent where the flat is subsidised. Which
of its ways are open is seen in the case, and the bound is that of the most generous one. A requirement of one way that
is two bounds (`visit.on is within 3 days after request.on`) has both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.decide.asked import Asked
from mutandis.decide.conditions import conjuncts
from mutandis.decide.explains import Explains
from mutandis.decide.limits import in_figures, is_upper, tightness
from mutandis.decide.order import IN
from mutandis.decide.plan import RequirementSlot
from mutandis.decide.requirements import RELATIONS, LimitTemplate, binding, family_of
from mutandis.decide.result import Limit
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import FALSE, TRUE, Gap, Range
from mutandis.link.bounds import find_bounds
from mutandis.link.program import Bound, LinkedRequirement, Program
from mutandis.link.rewriting import conjunction, facts_in
from mutandis.values import UNKNOWN


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to meet one condition: the bounds that each has on a parameter, none where it has another demand;
    `expressions` are what a case is asked, for each way what else holds and the values of its bounds."""

    bounds: tuple[tuple[Bound, ...], ...]
    expressions: tuple[t.Expression, ...]


Found = list[tuple[Bound, Any, Any]]
"""The bounds that a condition comes to in a case, each with its inner and outer value."""


def ways_in(program: Program, requirement: LinkedRequirement) -> Iterator[Ways | None]:
    """The ways to meet each part of a requirement that is no bound itself; None for a part that has no bound."""
    parameters = frozenset(requirement.parameters)
    for part in conjuncts(requirement.condition) if parameters and requirement.bound is None else ():
        ways = [_way(way, parameters) for way in alternatives(part)]
        if any(bounds for _, bounds in ways):
            asked = tuple(one for when, bounds in ways for one in (when, *(bound.limit for bound in bounds)))
            yield Ways(tuple(bounds for _, bounds in ways), asked)
        elif parameters & set(facts_in(part)):
            yield None


def alternatives(condition: t.Expression) -> Iterator[t.Expression]:
    """What a condition is the disjunction of; a choice is one of its branches, each with what leads to it."""
    match condition:
        case t.Or(operands=operands):
            for operand in operands:
                yield from alternatives(operand)
        case t.If(condition=test, consequent=one, alternative=other):
            yield conjunction([test, one])
            yield conjunction([t.Not(test, type=test.type), other])
        case t.Not(operand=t.And(operands=operands)):
            for operand in operands:
                yield from alternatives(t.Not(operand, type=operand.type))
        case _:
            yield condition


def _way(way: t.Expression, parameters: frozenset[str]) -> tuple[t.Expression, tuple[Bound, ...]]:
    """What else holds, and the bounds; a way that asks something else of a parameter has none."""
    bounds: list[Bound] = []
    others: list[t.Expression] = []
    for part in conjuncts(way):
        found = find_bounds(part, parameters)
        bounds += found
        others += [] if found else [part]
    if any(parameters & set(facts_in(part)) for part in others) or any(one.relation == "is" for one in bounds):
        return way, ()
    return conjunction(others), tuple(bounds)


def has_ways(shape: Shape) -> bool:
    """True if a requirement that the decision rests on bounds a parameter in some of its ways."""
    return any(
        any(one is not None for one in _ways(shape.unit, slot))
        for position in shape.core
        for _, slot in shape.requirements(position)
    )


def with_limits_of_ways(asked: Asked, known: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """The limits `known` of a decision by their numbers, with those that its requirements have in the ways open in the
    case; the tightest is marked where everything that binds its parameter has come to a limit."""
    shape = asked.shape
    told = [*known]
    for position in shape.core:
        norm = shape.unit.plan.norms[position]
        if norm.direction not in ("may", "must"):
            continue
        found: list[Limit] = []
        for slot in binding(shape.reading, shape.statuses, position):
            for one in _ways(asked.unit, slot):
                found += _limits(asked, norm.norm.key, slot, _found(asked, one) or () if one is not None else ())
        told += _marked(asked, position, found, told)
    return tuple(told)


def comes_to_limits(asked: Asked, slot: RequirementSlot) -> bool:
    """True where the ways of a requirement that are open come to limits, or to nothing that is still to be met."""
    ways = _ways(asked.unit, slot)
    return bool(ways) and all(one is not None and _found(asked, one) is not None for one in ways)


def _ways(unit: Explains, slot: RequirementSlot) -> tuple[Ways | None, ...]:
    # Worked out once a unit; the requirement is kept with them, so that its number is nobody else's.
    known: dict[int, tuple[LinkedRequirement, tuple[Ways | None, ...]]] = unit.memory.setdefault("ways", {})
    one = slot.requirement
    if id(one) not in known:
        known[id(one)] = one, tuple(ways_in(unit.program, one))
    return known[id(one)][1]


def _found(asked: Asked, ways: Ways) -> Found | None:
    """The bounds that the ways come to in the case, none where it is met otherwise; None where that is not known."""
    again = asked.looked_at_again()
    values: Iterator[Any] = iter(asked.unit.explained.truths_of(ways.expressions, asked.facts, *asked.setting, again))
    possible: list[tuple[bool, Found]] = []
    for bounds in ways.bounds:
        truth, *ends = islice(values, 1 + len(bounds))
        if truth == TRUE and not bounds:
            return []
        if truth != FALSE:
            possible.append((truth == TRUE, [(one, *_ends(one, end)) for one, end in zip(bounds, ends, strict=True)]))
    if len(possible) == 1 and possible[0][0]:
        return possible[0][1]
    singles = [(sure, found[0]) for sure, found in possible if len(found) == 1]
    if len(singles) < max(len(possible), 1) or len({(one.parameter, one.relation) for _, (one, _, _) in singles}) != 1:
        return None
    bound = singles[0][1][0]
    if any(outer is None for _, (_, _, outer) in singles):
        return None
    most = max if bound.relation in ("<", "<=") else min
    inner = most((inner for sure, (_, inner, _) in singles if sure and inner is not None), default=None)
    return [(bound, inner, most(outer for _, (_, _, outer) in singles))]


def _ends(bound: Bound, value: Any) -> tuple[Any, Any]:
    """The inner and the outer value of a bound."""
    if not isinstance(value, Gap):
        return value, value
    low, high = (value.low, value.high) if isinstance(value, Range) else (None, None)
    return (low, high) if bound.relation in ("<", "<=") else (high, low)


def _limits(asked: Asked, norm: str, slot: RequirementSlot, found: Iterable[tuple[Bound, Any, Any]]) -> list[Limit]:
    limits: list[Limit] = []
    for bound, inner, outer in found:
        type_ = asked.program.vocabulary.facts[bound.parameter].type
        relation = RELATIONS[bound.relation]
        template = LimitTemplate(
            norm, str(slot.requirement.citation), bound.parameter, relation, family_of(type_), 0, 0, type_.currency
        )
        actual = asked.facts.get(bound.parameter, UNKNOWN)
        given: Any = None if actual is UNKNOWN else actual
        margin = None
        if given is not None and outer is not None and inner == outer:
            margin = outer - given if template.upper else given - outer
        limits += in_figures([template], [(inner, outer, given, margin)])
    return limits


def _marked(asked: Asked, position: int, found: list[Limit], told: list[Limit]) -> list[Limit]:
    """The limits found of a norm, with those of `told` of the same norm and parameter, the tightest of each marked."""
    shape, norm = asked.shape, asked.unit.plan.norms[position].norm.key
    vague: set[str] = set()
    for owner, slot in shape.requirements(position):
        if slot.bound is None and not comes_to_limits(asked, slot):
            vague.update(slot.requirement.parameters)
        elif slot.bound is not None and owner != position and shape.statuses[owner].effective != IN:
            vague.add(slot.bound.parameter)
    marked = [replace(one, binding=False) for one in found]
    of_norm = [one.parameter for one in told if one.norm == norm]
    for parameter in dict.fromkeys((*of_norm, *(one.parameter for one in found))):
        for upper in (True, False):
            mine = [(marked, k) for k, one in enumerate(marked) if one.parameter == parameter]
            theirs = [(told, k) for k, one in enumerate(told) if (one.norm, one.parameter) == (norm, parameter)]
            rivals = [(among, k) for among, k in (*theirs, *mine) if is_upper(among[k]) is upper]
            if rivals and parameter not in vague:
                among, k = min(rivals, key=lambda one: tightness(one[0][one[1]]))
                among[k] = replace(among[k], binding=True)
    return marked
