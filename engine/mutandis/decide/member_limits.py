"""What a list may have in each of its members, as limits with their bounds (S15, S16).

A requirement on every member has no parameter of its own to solve for, but a member that it concerns is bound by it:
`every d in decision.actions has (d.kind is not warning or d.days <= 30 days)`. Such a bound is told like any other, of
`decision.actions[2].days`; a member that meets the requirement whatever its amount is not bound.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.decide.asked import Asked
from mutandis.decide.conditions import conjuncts
from mutandis.decide.explains import Explains
from mutandis.decide.limits import Figures, figures_of, in_figures
from mutandis.decide.members import Member, members_of
from mutandis.decide.plan import NormSlots, RequirementSlot
from mutandis.decide.requirements import LimitTemplate, binding, template_of
from mutandis.decide.result import Limit, Verdict
from mutandis.decide.ternary import FALSE, TRUE
from mutandis.decide.ways import alternatives, widest_of, with_ends
from mutandis.link.bounds import find_bounds
from mutandis.link.program import Bound, Program
from mutandis.link.rewriting import conjunction, facts_in, rewrite


@dataclass(frozen=True, slots=True)
class OnMembers:
    """A requirement on every member of a list: the list, the term of its members, and the ways to meet it, read of the
    facts of that term: those that bind by no amount, and those with a bound, each with what else holds."""

    name: str
    term: str
    unbound: tuple[t.Expression, ...]
    bounds: tuple[Bound, ...]
    expressions: tuple[t.Expression, ...]
    """What a case is asked of each member that is bound: for each bound what else holds, and the amount."""


_Reading = Callable[[tuple[t.Expression, ...]], tuple[Any, ...]]


def member_limits(asked: Asked) -> tuple[Limit, ...]:
    """The bounds on the members of lists that the permissions and duties of a decision have, the tightest marked. What
    a member does not say is bound only where the answer waits for it.
    """
    shape, found = asked.shape, list[Limit]()
    waits = shape.verdict in (Verdict.CONDITIONAL, Verdict.UNDETERMINED)
    for position in shape.core:
        norm = shape.unit.plan.norms[position]
        if norm.direction not in ("may", "must"):
            continue
        bounding = [
            (slot, one)
            for slot in binding(shape.reading, shape.statuses, position)
            for one in bounding_of(asked.unit, slot.requirement.condition)
        ]
        group: list[tuple[int, tuple[LimitTemplate, Figures]]] = []
        for name, term in dict.fromkeys((one.name, one.term) for _, one in bounding):
            of_list = [(place, slot, one) for place, (slot, one) in enumerate(bounding) if one.name == name]
            for member in members_of(asked.facts, name, term):
                read = _of_member(asked, member)
                are_bound = _are_bound(read, [one for _, _, one in of_list])
                for (place, slot, one), is_bound in zip(of_list, are_bound, strict=True):
                    bound = _bound_on(read, one) if is_bound else None
                    if bound is not None and (waits or _attribute(bound[0]) in member.stated):
                        group.append((place, _figures(asked, norm, slot, member, *bound)))
        group.sort(key=itemgetter(0))
        found += in_figures([template for _, (template, _) in group], [figures for _, (_, figures) in group])
    return tuple(found)


def _of_member(asked: Asked, member: Member) -> _Reading:
    """What reads conditions as a member of a list has them."""
    case, again = member.as_case(asked.facts), asked.looked_at_again(member.differs_in(asked.facts))
    return lambda conditions: asked.unit.explained.truths_of(conditions, case, *asked.setting, again)


def _are_bound(read: _Reading, requirements: Sequence[OnMembers]) -> list[bool]:
    """Of each requirement whether nothing lets a member meet it whatever its amounts are."""
    truths = iter(read(tuple(condition for one in requirements for condition in one.unbound)))
    return [all(truth == FALSE for truth in [*islice(truths, len(one.unbound))]) for one in requirements]


def bounding_of(unit: Explains, condition: t.Expression) -> Iterator[OnMembers]:
    """The parts of a requirement that bound members of a list, found once a unit."""
    known: dict[int, tuple[t.Expression, tuple[OnMembers, ...]]] = unit.memory.setdefault("bounding members", {})
    if id(condition) not in known:
        known[id(condition)] = condition, tuple(bounding_in(unit.program, condition))
    yield from known[id(condition)][1]


def bounding_in(program: Program, condition: t.Expression) -> Iterator[OnMembers]:
    """The parts of a requirement that bound members of a list."""
    facts = program.vocabulary.facts
    for part in conjuncts(condition):
        match part:
            case t.Quantified(quantifier="every", variable=variable, source=t.Fact(name=name), body=body):
                term = facts[name].type.term or ""
            case _:
                continue
        attributes = frozenset(fact for fact in facts if fact.startswith(f"{term}."))
        of_term = _of_term(body, variable, term)
        ways = [*_ways(of_term, attributes)] if of_term is not None else []
        bounds = [(when, bound) for when, bound in ways if bound is not None]
        if bounds:
            unbound = tuple(when for when, bound in ways if bound is None)
            asked = tuple(e for when, bound in bounds for e in (when, bound.limit))
            yield OnMembers(name, term, unbound, tuple(bound for _, bound in bounds), asked)


def _of_term(body: t.Expression, variable: str, term: str) -> t.Expression | None:
    """The body with the member's attributes read as the facts of its term; None where it asks about the thing in hand
    too, for which no member can stand in."""
    own: list[str] = []

    def read(node: t.Expression) -> t.Expression | None:
        if isinstance(node, t.Attribute) and node.variable == variable:
            return t.Fact(f"{term}.{node.attribute}", type=node.type, span=node.span)
        if isinstance(node, t.Fact) and node.name.startswith(f"{term}."):
            own.append(node.name)
        return None

    read_of_term = rewrite(body, read)
    return None if own else read_of_term


def _ways(body: t.Expression, attributes: frozenset[str]) -> Iterator[tuple[t.Expression, Bound | None]]:
    """The alternatives of a body: what else holds, with the one bound it has on an amount; one with more has no single
    bound."""
    for way in alternatives(body):
        bounds: list[Bound] = []
        others: list[t.Expression] = []
        for part in conjuncts(way):
            bound = _bound(part, attributes)
            others.append(part) if bound is None else bounds.append(bound)
        if len(bounds) == 1:
            yield conjunction(others), bounds[0]
        else:
            yield way, None


def _bound(part: t.Expression, attributes: frozenset[str]) -> Bound | None:
    """A comparison of one amount of the member with anything else."""
    for name in dict.fromkeys(facts_in(part)):
        found = find_bounds(part, frozenset({name})) if name in attributes else ()
        if len(found) == 1 and found[0].relation != "is":
            return found[0]
    return None


def _bound_on(read: _Reading, one: OnMembers) -> tuple[Bound, Any, Any] | None:
    """The bound on a member with its inner and outer value; None where it is not bound, or not known by what."""
    found = read(one.expressions)
    held = zip(one.bounds, found[::2], found[1::2], strict=True)
    return widest_of([(truth == TRUE, with_ends(bound, value)) for bound, truth, value in held if truth != FALSE])


def _attribute(bound: Bound) -> str:
    return bound.parameter.partition(".")[2]


def _figures(
    asked: Asked, norm: NormSlots, slot: RequirementSlot, member: Member, bound: Bound, inner: Any, outer: Any
) -> tuple[LimitTemplate, Figures]:
    attribute = _attribute(bound)
    template = template_of(asked.program, norm.norm.key, slot, bound, f"{member.place}.{attribute}")
    return template, figures_of(inner, outer, member.stated.get(attribute), template.upper)
