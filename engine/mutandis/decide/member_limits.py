"""What a list may have in each of its members, as limits with their bounds (S15, S16).

A requirement on every member has no parameter of its own to solve for, but a member that it concerns is bound by it:
`every d in decision.actions has (d.kind is not warning or d.days <= 30 days)`. Such a bound is told like any other, of
`decision.actions[2].days`; a member that meets the requirement whatever its amount is not bound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.decide.asked import Asked, hashable
from mutandis.decide.conditions import conjuncts
from mutandis.decide.explains import Explains
from mutandis.decide.limits import Figures, figures_of, in_figures
from mutandis.decide.members import Member, members_of
from mutandis.decide.plan import NormSlots, RequirementSlot
from mutandis.decide.requirements import LimitTemplate, binding, template_of
from mutandis.decide.result import Limit, Verdict
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import FALSE, TRUE, frozen
from mutandis.decide.ways import UNSETTLED, alternatives, leaves_open, widest_of, with_ends
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


class _OfList(NamedTuple):
    """The requirements of a norm on the members of one list, each with its place among all of the norm; `beside` is
    what they read besides the members."""

    name: str
    term: str
    required: tuple[tuple[int, RequirementSlot, OnMembers], ...]
    beside: tuple[str, ...]


class _OnMember(NamedTuple):
    """The bounds of a norm on one member, each with its place among its requirements; `settled` where nothing that was
    asked of the member waits for what the case does not say."""

    bounds: tuple[tuple[int, tuple[LimitTemplate, Figures]], ...]
    settled: bool


def member_limits(asked: Asked) -> tuple[Limit, ...]:
    """The bounds on the members of lists that the permissions and duties of a decision have, the tightest marked. What
    a member does not say is bound only where the answer waits for it.
    """
    found: tuple[Limit, ...] = ()
    shared = asked.looked_at_again().found
    for norm, lists in asked.shape.kept("of shape", "bounding members", lambda: tuple(_bounding(asked.shape))):
        on_members = [one for of_list in lists for one in _on_members(asked, norm, of_list)]
        if not all(one.settled for one in on_members):
            asked.worked_out[UNSETTLED] = True
        key = id(norm), *map(id, on_members)  # each is kept, and equal ones are one
        if key not in shared:
            group = sorted((bound for one in on_members for bound in one.bounds), key=itemgetter(0))
            shared[key] = tuple(in_figures([one for _, (one, _) in group], [figures for _, (_, figures) in group]))
        found += shared[key]
    return found


def _bounding(shape: Shape) -> Iterator[tuple[NormSlots, tuple[_OfList, ...]]]:
    """The norms whose requirements may bound members."""
    unit = shape.unit
    for position in shape.core:
        norm = unit.plan.norms[position]
        if norm.direction in ("may", "must"):
            slots = binding(shape.reading, shape.statuses, position)
            on = [(slot, one) for slot in slots for one in bounding_of(unit, slot.requirement.condition)]
            lists = dict.fromkeys((one.name, one.term) for _, one in on)
            yield norm, tuple(_of_list(unit, *of, [*enumerate(on)]) for of in lists)


def _of_list(unit: Explains, name: str, term: str, on: list[tuple[int, tuple[RequirementSlot, OnMembers]]]) -> _OfList:
    required = tuple((place, slot, one) for place, (slot, one) in on if one.name == name)
    read = unit.explained.behind([e for _, _, one in required for e in (*one.unbound, *one.expressions)])
    return _OfList(name, term, required, tuple(fact for fact in read if not fact.startswith(f"{term}.")))


def _on_members(asked: Asked, norm: NormSlots, of_list: _OfList) -> Iterator[_OnMember]:
    """What a norm has on each member; a question asked again has it as it was where all that it rests on is alike."""
    waits = asked.shape.verdict in (Verdict.CONDITIONAL, Verdict.UNDETERMINED)
    again, known = asked.looked_at_again(), dict[object, _OnMember]()
    if again.changed is not None and not again.applied:
        facts, choices = asked.facts, asked.choices or {}
        slots = tuple([(place, id(slot)) for place, slot, _ in of_list.required])
        stated = tuple([(name, hashable(facts[name])) for name in of_list.beside if name in facts])
        chosen = tuple(zip(choices, frozen(tuple(choices.values())), strict=True))
        known = again.found.setdefault((norm.norm.key, waits, slots, stated, chosen), known)
    for member in members_of(asked.facts, of_list.name, of_list.term):
        key = member.number, hashable(member.stated)
        if key not in known:
            found = _on_member(asked, norm, of_list, member, waits)
            known[key] = again.found.setdefault(found, found)
        yield known[key]


def _on_member(asked: Asked, norm: NormSlots, of_list: _OfList, member: Member, waits: bool) -> _OnMember:
    case, again = member.as_case(asked.facts), asked.looked_at_again(member.differs_in(asked.facts))

    def read(conditions: tuple[t.Expression, ...]) -> tuple[Any, ...]:
        return asked.unit.explained.truths_of(conditions, case, *asked.setting, again)

    unbound = read(tuple(condition for _, _, one in of_list.required for condition in one.unbound))
    settled, truths = not leaves_open(unbound, ()), iter(unbound)
    bounds: list[tuple[int, tuple[LimitTemplate, Figures]]] = []
    for place, slot, one in of_list.required:
        # Nothing else lets the member meet it whatever its amounts are.
        if all(truth == FALSE for truth in [*islice(truths, len(one.unbound))]):
            asked_of_it = read(one.expressions)
            settled = settled and not leaves_open(asked_of_it[::2], asked_of_it[1::2])
            bound = _bound_on(asked_of_it, one)
            if bound is not None and (waits or _attribute(bound[0]) in member.stated):
                bounds.append((place, _figures(asked, norm, slot, member, *bound)))
    return _OnMember(tuple(bounds), settled)


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


def _bound_on(found: Sequence[Any], one: OnMembers) -> tuple[Bound, Any, Any] | None:
    """The bound on a member with its inner and outer value; None where it is not bound, or not known by what."""
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
