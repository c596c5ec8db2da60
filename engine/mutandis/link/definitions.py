"""Derived facts out of readings of `define`, and the order among rules that define one fact.

Two rules may give one fact a value; where one stands `despite` or `instead_of` the other, or a rule disapplies it, the
other gives none while the first gives one. What gives way itself goes before nothing (S10). What no order settles is
left to the decision (S28).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from mutandis.citation import Citation
from mutandis.condition.tree import Applies, Expression, Fact, Truth, Unheld
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import YES_NO
from mutandis.link.clause_scope import on_standing_grounds, step_of
from mutandis.link.falls_under import References
from mutandis.link.linked_parts import (
    except_exclusions,
    except_grounds,
    link_entries,
    link_exclusions,
    link_grounds,
    part_places,
)
from mutandis.link.orders import OrderKey, Target, targets_of
from mutandis.link.program import TRIGGER, Derivation, LinkedEntry, LinkedExclusion
from mutandis.link.reading import Chain, Draft, Kinds, Reading, name_of
from mutandis.link.rewriting import conjunction, disjunction, negation

_TRUE = Truth(True, type=YES_NO)


@dataclass(frozen=True, slots=True)
class Defining:
    """A derivation and the reading it comes from."""

    reading: Reading
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class Definitions:
    """The derivations of every defined fact, by fact name, and the orders that decided among them.

    `standing` has every definition with the clauses it is read through, also those that say there what they say anyway.
    """

    facts: dict[str, tuple[Defining, ...]]
    bitten: frozenset[OrderKey]
    standing: tuple[tuple[Kinds, Chain, Derivation], ...]


def define_facts(readings: Iterable[Reading], disapplying: Sequence[Defining], references: References) -> Definitions:
    """The derivations of every defined fact, ordered among themselves and by what disapplies them."""
    found: dict[str, list[Defining]] = defaultdict(list)
    direct: dict[str, Reading] = {}
    said_anyway: list[tuple[Reading, str]] = []
    for reading in sorted(readings, key=lambda r: (len(r.chain), r.rule.at.sort_key(), r.key)):
        if reading.rule.effect == "define":
            known = direct.setdefault(reading.written.id, reading)
            # Applied with nothing construed and no order besides, a definition says what it says anyway.
            if not reading.chain or _body(reading) != _body(known) or _is_ordered_otherwise(reading, known, references):
                found[reading.rule.target].append(Defining(reading, derivation_of(reading, "define", references)))
            else:
                said_anyway.append((reading, known.key))
    bitten: set[OrderKey] = set()
    facts = {
        fact: tuple(sorted(order_definitions(defining, disapplying, references, bitten), key=_place))
        for fact, defining in sorted(found.items())
    }
    standing = [(d.reading.kinds, d.reading.chain, d.derivation) for of_fact in facts.values() for d in of_fact]
    ordered = {d.reading.key: d.derivation for of_fact in facts.values() for d in of_fact}
    for reading, key in said_anyway:
        brought = Defining(reading, derivation_of(reading, "define", references))
        one = order_definitions((brought,), disapplying, references, bitten)[0].derivation
        as_written = ordered.get(key, one)
        exclusions = tuple(dict.fromkeys((*one.exclusions, *as_written.exclusions)))
        parts = replace(one, entries=as_written.entries, grounds=as_written.grounds, exclusions=exclusions)
        standing.append((reading.kinds, reading.chain, parts))
    return Definitions(facts, frozenset(bitten), tuple(standing))


def derivation_of(reading: Reading, kind: Literal["define", "deem"], references: References) -> Derivation:
    """The derivation that a reading of a `define` or `deem` states. What wording that is not held gave nobody can say,
    unless its rule says it (S41)."""
    rule = reading.rule
    entries = link_entries(rule.entries)
    if not entries:
        fact = references.vocabulary.facts.get(rule.target)  # none where it is not declared, which is told
        value = Unheld(rule.id, type=fact.type) if rule.opaque and fact else _TRUE
        entries = (LinkedEntry(rule.at, None, value),)
    sources = (reading.steps,) if reading.steps else ()
    if kind == "deem" and reading.written.construe:  # a whole law applied is a fiction with construals (S39)
        sources = ((*reading.steps, step_of(reading.written)),)
    return Derivation(
        rule=rule.id,
        citation=rule.at,
        kind=kind,
        entries=entries,
        when=tuple(dict.fromkeys((*reading.scope, *rule.when))),
        grounds=link_grounds(rule.grounds),
        exclusions=(*link_exclusions(rule.unless), *link_exclusions(reading.scope_exclusions)),
        force=reading.force,
        governed_by=reading.governed_by,
        sources=sources,
        summary=rule.summary,
        note="\n".join(reading.notes),
        opaque=reading.opaque,
        milder=reading.milder,
        span=rule.span,
    )


def _body(reading: Reading) -> tuple[object, ...]:
    rule = reading.rule
    return (rule.target, rule.when, rule.grounds, rule.unless, rule.entries, reading.opaque)


def _is_ordered_otherwise(reading: Reading, known: Reading, references: References) -> bool:
    if len(reading.orders) != len(known.orders):
        return True
    return any(target.construed for placed in reading.orders for target in targets_of(placed, references))


def _place(defining: Defining) -> tuple[object, ...]:
    return (defining.derivation.citation.sort_key(), defining.reading.key)


def order_definitions(
    defining: Sequence[Defining], disapplying: Sequence[Defining], references: References, bitten: set[OrderKey]
) -> list[Defining]:
    """`defining`, all of one fact, each giving no value while one that goes before it, or disapplies it, does.

    The orders that decided are added to `bitten`.
    """
    weaker = list(defining)
    going_before: set[int] = set()
    for position, strong in enumerate((*defining, *disapplying)):
        for placed in strong.reading.orders:
            for target in targets_of(placed, references):
                for index, weak in enumerate(defining):
                    removes = position >= len(defining) or placed.order.relation == "instead_of"
                    if weak.reading.key == strong.reading.key or not (places := _named(target, weak, removes)):
                        continue
                    bitten.add((placed.at, placed.order.relation, target.written))
                    if placed.order.relation != "subject_to":
                        going_before.add(position)
                        weaker[index] = _giving_way(weaker[index], _before(strong), places, references)
                    elif position < len(defining) and weak.derivation.citation in places:
                        going_before.add(index)
                        own = {strong.derivation.citation}
                        weaker[position] = _giving_way(weaker[position], _before(weak), own, references)
    for position in sorted(going_before):
        trigger_of((*weaker, *disapplying)[position], references)
    return weaker


def order_disapplying(
    readings: Iterable[Reading], drafts: Iterable[Draft], references: References, bitten: set[OrderKey]
) -> tuple[Defining, ...]:
    """What only disapplies others, none of it holding while a rule disapplies it, or takes its place, in turn.

    `drafts` are the norms that rules state. The orders that decided are added to `bitten`.
    """
    written = [Defining(r, derivation_of(r, "define", references)) for r in readings if r.rule.effect == "disapply"]
    removing = [(one.reading.key, one.reading.orders, _before(one)) for one in written]
    for draft in drafts:
        orders = tuple(placed for placed in draft.orders if placed.order.relation == "instead_of")
        effective = Applies(name_of(draft.norm), type=YES_NO)
        removing.append((draft.origin, orders, LinkedExclusion(draft.norm.citation, effective)))
    weaker = list(written)
    going_before: set[str] = set()
    for key, orders, before in removing:
        for placed in orders:
            for target in targets_of(placed, references) if placed.order.relation != "subject_to" else ():
                for index, weak in enumerate(written):
                    if weak.reading.key != key and (places := _named(target, weak, removes=True)):
                        bitten.add((placed.at, placed.order.relation, target.written))
                        going_before.add(key)
                        weaker[index] = _giving_way(weaker[index], before, places, references)
    for one in weaker:
        if one.reading.key in going_before:
            trigger_of(one, references)
    return tuple(weaker)


def _named(target: Target, weak: Defining, removes: bool) -> set[Citation]:
    """The places of the definition that an order names; what excludes it helps whoever goes before it, unless it is
    disapplied or replaced itself."""
    derivation = weak.derivation
    own, rule, chain = derivation.citation, derivation.rule, weak.reading.chain
    if target.names(rule, own, chain):
        return {own}
    of_clauses = target.clause_grounds((chain,))
    if not (target.cited.first.is_of(own) and target.means(rule, chain)):
        return of_clauses
    excluding = {part.citation for part in derivation.exclusions} if removes else set()
    places = {part.citation for part in derivation.entries} | excluding | set(part_places(derivation.grounds, ()))
    return of_clauses | {place for place in places if place != own and target.covers(place)}


def trigger_of(defining: Defining, references: References) -> Expression:
    """A fact that holds while the derivation gives a value."""
    derivation = defining.derivation
    guards = [entry.when if entry.when is not None else _TRUE for entry in derivation.entries]
    when = None if _TRUE in guards else disjunction(guards)
    return references.add(
        _trigger(defining),
        replace(derivation, kind="ground", entries=(LinkedEntry(derivation.citation, when, _TRUE),)),
    )


def _trigger(defining: Defining) -> str:
    return f"{TRIGGER} {defining.reading.key}"


def _before(strong: Defining) -> LinkedExclusion:
    """What keeps others away while the derivation gives a value."""
    return LinkedExclusion(strong.derivation.citation, Fact(_trigger(strong), type=YES_NO))


def _giving_way(weak: Defining, before: LinkedExclusion, places: set[Citation], references: References) -> Defining:
    """`weak`, the whole or the parts at `places` giving no value while what goes before it does."""
    derivation = weak.derivation
    if derivation.citation in places:
        exclusions = tuple(dict.fromkeys((*derivation.exclusions, before)))
        return replace(weak, derivation=replace(derivation, exclusions=exclusions))
    assert before.when is not None
    bites = before.when

    def entry(part: LinkedEntry) -> LinkedEntry:
        if part.citation not in places:
            return part
        guards = [negation(bites)] if part.when is None else [part.when, negation(bites)]
        return replace(part, when=conjunction(guards))

    derivation = replace(
        derivation,
        entries=tuple(map(entry, derivation.entries)),
        grounds=except_grounds(derivation.grounds, places, bites),
        exclusions=except_exclusions(derivation.exclusions, places, bites),
        when=on_standing_grounds(derivation.when, places, bites, weak.reading.key, references),
    )
    return replace(weak, derivation=derivation)
