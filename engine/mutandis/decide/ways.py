"""What a requirement that is met in several ways allows of a parameter, as limits with their bounds (S15, S16).

`not flat.subsidised or flat.rent <= 500 euros` is no interval: it bounds the rent where the flat is subsidised. Which
of its ways are open is seen in the case, and the bound is that of the most generous one. A requirement of one way that
is two bounds (`visit.on is within 3 days after request.on`) has both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.decide.asked import Asked
from mutandis.decide.conditions import conjuncts
from mutandis.decide.explains import Explains
from mutandis.decide.limits import figures_of, in_figures, inner_and_outer, is_upper, tightness
from mutandis.decide.order import IN
from mutandis.decide.period_limits import ValueOf
from mutandis.decide.plan import RequirementSlot
from mutandis.decide.requirements import binding, template_of
from mutandis.decide.result import Limit
from mutandis.decide.ternary import FALSE, NONE, TRUE, Gap, is_settled
from mutandis.link.bounds import find_bounds
from mutandis.link.program import Bound, LinkedRequirement
from mutandis.link.rewriting import conjunction, facts_in


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to meet one condition: the bounds that each has on a parameter, none where it has another demand;
    `expressions` are what a case is asked, for each way what else holds and the values of its bounds."""

    bounds: tuple[tuple[Bound, ...], ...]
    expressions: tuple[t.Expression, ...]


UNSETTLED = "unsettled"
"""Under which a question keeps that something its figures rest on, besides numbers, is not known."""
Found = list[tuple[Bound, Any, Any]]
"""The bounds that a condition comes to in a case, each with its inner and outer value."""


def ways_in(requirement: LinkedRequirement) -> Iterator[Ways | None]:
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
            for leading_to, branch in ((test, one), (t.Not(test, type=test.type), other)):
                yield from (conjunction([leading_to, way]) for way in alternatives(branch))
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


def with_limits_of_ways(asked: Asked, known: tuple[Limit, ...], value_of: ValueOf) -> tuple[Limit, ...]:
    """The limits `known` of a decision by their numbers, with those that its requirements have in the ways open in the
    case; the tightest is marked where everything that binds its parameter has come to a limit. What each parameter is,
    stated, presumed or derived, is its `value_of`."""
    shape = asked.shape
    told = [*known]
    for position in shape.core:
        norm = shape.unit.plan.norms[position]
        if norm.direction not in ("may", "must"):
            continue
        found: list[Limit] = []
        for slot in binding(shape.reading, shape.statuses, position):
            for one in ways_of(asked.unit, slot):
                bounds = _found(asked, one) or () if one is not None else ()
                found += _limits(asked, norm.norm.key, slot, bounds, value_of)
        told += [replace(one, binding=False) for one in found]
        _mark(asked, position, told)
    return tuple(told)


def comes_to_limits(asked: Asked, slot: RequirementSlot) -> bool:
    """True where the ways of a requirement that are open come to limits, or to nothing that is still to be met."""
    ways = ways_of(asked.unit, slot)
    return bool(ways) and all(one is not None and _found(asked, one) is not None for one in ways)


def ways_of(unit: Explains, slot: RequirementSlot) -> tuple[Ways | None, ...]:
    """The ways to meet each part of a requirement, as `ways_in` has them, found once a unit."""
    # The requirement is kept with them, so that its number is nobody else's.
    known: dict[int, tuple[LinkedRequirement, tuple[Ways | None, ...]]] = unit.memory.setdefault("ways", {})
    one = slot.requirement
    if id(one) not in known:
        known[id(one)] = one, tuple(ways_in(one))
    return known[id(one)][1]


def _found(asked: Asked, ways: Ways) -> Found | None:
    # Asked for limits, for what is unmet and for what is marked; the unit keeps the ways, so their number is theirs.
    known: dict[int, Found | None] = asked.worked_out.setdefault("ways", {})
    if id(ways) not in known:
        known[id(ways)] = _find(asked, ways)
    return known[id(ways)]


def _find(asked: Asked, ways: Ways) -> Found | None:
    """The bounds that the ways come to in the case, none where it is met otherwise; None where that is not known."""
    again = asked.looked_at_again()
    values: Iterator[Any] = iter(asked.unit.explained.truths_of(ways.expressions, asked.facts, *asked.setting, again))
    possible: list[tuple[bool, Found]] = []
    for bounds in ways.bounds:
        truth, *ends = islice(values, 1 + len(bounds))
        if leaves_open([truth], ends):
            asked.worked_out[UNSETTLED] = True
        if truth == TRUE and not bounds:
            return []
        if truth != FALSE:
            possible.append((truth == TRUE, [with_ends(*one) for one in zip(bounds, ends, strict=True)]))
    if len(possible) == 1 and possible[0][0]:
        return possible[0][1]
    singles = [(sure, found[0]) for sure, found in possible if len(found) == 1]
    widest = widest_of(singles) if len(singles) == len(possible) else None
    return None if widest is None else [widest]


def leaves_open(truths: Iterable[int], values: Iterable[Any]) -> bool:
    """True where something that was asked of a case waits for what it does not say."""
    return not all(map(is_settled, truths)) or any(isinstance(value, Gap) and value is not NONE for value in values)


def with_ends(bound: Bound, value: Any) -> tuple[Bound, Any, Any]:
    """A bound with its inner and its outer value."""
    return bound, *inner_and_outer(value, bound.relation in ("<", "<="))


def widest_of(bounds: Sequence[tuple[bool, tuple[Bound, Any, Any]]]) -> tuple[Bound, Any, Any] | None:
    """The one that several bounds come to of which the most generous counts, each held for certain or perhaps; None
    where they are of different kinds, or it is not known how far one goes."""
    if len({(one.parameter, one.relation) for _, (one, _, _) in bounds}) != 1:
        return None
    if any(outer is None for _, (_, _, outer) in bounds):
        return None
    bound = bounds[0][1][0]
    most = max if bound.relation in ("<", "<=") else min
    inner = most((inner for sure, (_, inner, _) in bounds if sure and inner is not None), default=None)
    return bound, inner, most(outer for _, (_, _, outer) in bounds)


def _limits(
    asked: Asked, norm: str, slot: RequirementSlot, found: Iterable[tuple[Bound, Any, Any]], value_of: ValueOf
) -> Iterator[Limit]:
    for bound, inner, outer in found:
        template = template_of(asked.program, norm, slot, bound, bound.parameter)
        yield from in_figures([template], [figures_of(inner, outer, value_of(bound.parameter), template.upper)])


def _mark(asked: Asked, position: int, told: list[Limit]) -> None:
    """Marks of the limits of a norm the tightest on each parameter, where all that may bind it has come to a limit."""
    shape, norm = asked.shape, asked.unit.plan.norms[position].norm.key
    vague: set[str] = set()
    for owner, slot in shape.requirements(position):
        if slot.bound is None and not comes_to_limits(asked, slot):
            vague.update(slot.requirement.parameters)
        elif slot.bound is not None and owner != position and shape.statuses[owner].effective != IN:
            vague.add(slot.bound.parameter)
    rivals: dict[tuple[str, bool], list[int]] = {}
    for place, one in enumerate(told):
        if one.norm == norm and one.parameter not in vague:
            rivals.setdefault((one.parameter, is_upper(one)), []).append(place)
    for places in rivals.values():
        tightest = min(places, key=lambda place: tightness(told[place]))
        told[tightest] = replace(told[tightest], binding=True)
