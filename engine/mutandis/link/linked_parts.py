"""Grounds, exclusions and requirements of a rule as linked parts, and rewriting what is linked.

Folding of force: a part is in force where its own interval is; the rule's interval stays on the norm.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mutandis.citation import Citation
from mutandis.condition.tree import And, Expression, Truth
from mutandis.dataclass import replace
from mutandis.datatypes import YES_NO
from mutandis.link.program import (
    Derivation,
    LinkedEntry,
    LinkedExclusion,
    LinkedGround,
    LinkedPenalty,
    LinkedRequirement,
    Norm,
)
from mutandis.link.rewriting import conjunction, disjunction, negation, updated
from mutandis.link.rule_parts import Change
from mutandis.rulebook.model import Entry, Exclusion, Ground, Requirement
from mutandis.source import Span


def link_grounds(grounds: Iterable[Ground]) -> tuple[LinkedGround, ...]:
    """`grounds` as linked, in the order of their places."""
    linked = (LinkedGround(g.citation, g.when, link_grounds(g.grounds), g.unless, g.force) for g in grounds)
    return tuple(sorted(linked, key=lambda g: g.citation.sort_key()))


def link_exclusions(exclusions: Iterable[Exclusion]) -> tuple[LinkedExclusion, ...]:
    """`exclusions` as linked, in the order of their places."""
    linked = (LinkedExclusion(x.citation, x.when, link_grounds(x.grounds), x.force) for x in exclusions)
    return tuple(sorted(linked, key=lambda x: x.citation.sort_key()))


def link_requirements(requirements: Iterable[Requirement]) -> tuple[LinkedRequirement, ...]:
    """`requirements` as linked, each conjunct on its own, so that each can have its bound."""
    return tuple(LinkedRequirement(r.citation, part) for r in requirements for part in _conjuncts(r.condition))


def link_entries(entries: Iterable[Entry]) -> tuple[LinkedEntry, ...]:
    """`entries` as linked, in the order of their places."""
    linked = (LinkedEntry(e.citation, e.when, e.value, e.force) for e in entries)
    return tuple(sorted(linked, key=lambda e: e.citation.sort_key()))


def _conjuncts(node: Expression) -> Iterator[Expression]:
    if isinstance(node, And):
        for part in node.operands:
            yield from _conjuncts(part)
    else:
        yield node


def part_places(grounds: Iterable[LinkedGround], exclusions: Iterable[LinkedExclusion]) -> Iterator[Citation]:
    """The places of grounds (at any depth) and exclusions."""
    for ground in grounds:
        yield ground.citation
        yield from part_places(ground.grounds, ())
    for exclusion in exclusions:
        yield exclusion.citation
        yield from part_places(exclusion.grounds, ())


def except_grounds(
    grounds: Iterable[LinkedGround], places: Collection[Citation], bites: Expression
) -> tuple[LinkedGround, ...]:
    """`grounds`, those at `places` holding only while `bites` does not."""

    def excepted(one: LinkedGround) -> LinkedGround:
        inner = except_grounds(one.grounds, places, bites)
        if one.citation not in places:
            return updated(one, grounds=inner)
        return replace(one, grounds=inner, unless=bites if one.unless is None else disjunction([one.unless, bites]))

    return tuple(map(excepted, grounds))


def except_exclusions(
    exclusions: Iterable[LinkedExclusion], places: Collection[Citation], bites: Expression
) -> tuple[LinkedExclusion, ...]:
    """`exclusions`, those at `places` excluding only while `bites` does not: what fells one fells it whole."""

    def excepted(one: LinkedExclusion) -> LinkedExclusion:
        if one.citation not in places:
            return one
        return replace(one, when=conjunction([*((one.when,) if one.when is not None else ()), negation(bites)]))

    return tuple(map(excepted, exclusions))


# --- rewriting --------------------------------------------------------------------------------------------------------


def map_norm(norm: Norm, change: Change) -> Norm:
    """`norm` with every expression replaced."""
    deadline = norm.deadline
    if deadline is not None:
        expression, done = _map(deadline.expression, change), _map(deadline.done, change)
        deadline = updated(deadline, expression=expression, done=done)
    return updated(
        norm,
        when=tuple(change(node) for node in norm.when),
        grounds=_map_grounds(norm.grounds, change),
        exclusions=_map_exclusions(norm.exclusions, change),
        requires=tuple(_map_requirement(one, change) for one in norm.requires),
        deadline=deadline,
        governed_by=_map(norm.governed_by, change),
    )


def map_derivation(derivation: Derivation, change: Change) -> Derivation:
    """`derivation` with every expression replaced."""
    return updated(
        derivation,
        entries=tuple(updated(e, when=_map(e.when, change), value=change(e.value)) for e in derivation.entries),
        when=tuple(change(node) for node in derivation.when),
        grounds=_map_grounds(derivation.grounds, change),
        exclusions=_map_exclusions(derivation.exclusions, change),
        governed_by=_map(derivation.governed_by, change),
    )


def map_penalty(penalty: LinkedPenalty, change: Change) -> LinkedPenalty:
    """`penalty` with every condition replaced."""
    return updated(
        penalty,
        when=tuple(change(node) for node in penalty.when),
        grounds=_map_grounds(penalty.grounds, change),
        exclusions=_map_exclusions(penalty.exclusions, change),
        governed_by=_map(penalty.governed_by, change),
    )


def _map_requirement(requirement: LinkedRequirement, change: Change) -> LinkedRequirement:
    bound = requirement.bound
    limited = None if bound is None else updated(bound, limit=change(bound.limit))
    return updated(requirement, condition=change(requirement.condition), bound=limited)


def _map(node: Expression | None, change: Change) -> Expression | None:
    return None if node is None else change(node)


def _map_grounds(grounds: tuple[LinkedGround, ...], change: Change) -> tuple[LinkedGround, ...]:
    return tuple(
        updated(g, when=_map(g.when, change), grounds=_map_grounds(g.grounds, change), unless=_map(g.unless, change))
        for g in grounds
    )


def _map_exclusions(exclusions: tuple[LinkedExclusion, ...], change: Change) -> tuple[LinkedExclusion, ...]:
    return tuple(updated(x, when=_map(x.when, change), grounds=_map_grounds(x.grounds, change)) for x in exclusions)


def one_of_grounds(
    rule: str,
    place: Citation,
    grounds: tuple[LinkedGround, ...],
    governed_by: Expression | None,
    summary: str,
    span: Span,
    milder: bool,
) -> Derivation:
    """That one of the grounds of a rule holds (where there are none: always), as a fact that other rules can read.

    It stands at `place`; the wordings of its grounds are chosen by the event that governs the rule.
    """
    return Derivation(
        rule=rule,
        citation=place,
        kind="ground",
        entries=(LinkedEntry(place, None, Truth(True, type=YES_NO)),),
        grounds=grounds,
        governed_by=governed_by,
        summary=summary,
        milder=milder,
        span=span,
    )
