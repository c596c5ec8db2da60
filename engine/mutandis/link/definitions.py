"""Derived facts out of readings of `define`, and the order among rules that define one fact.

Two rules may give one fact a value; where one stands `despite` or `instead_of` the other, or a rule disapplies it, the
other gives none while the first is triggered. What no order settles is left to the decision (S28).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal

from mutandis.citation import Citation
from mutandis.condition.tree import Expression, Truth, Unheld
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import YES_NO
from mutandis.link.clause_scope import step_of
from mutandis.link.falls_under import References
from mutandis.link.linked_parts import link_entries, link_exclusions, link_grounds
from mutandis.link.orders import OrderKey, Target, targets_of
from mutandis.link.program import Derivation, LinkedEntry, LinkedExclusion, LinkedGround
from mutandis.link.reading import Chain, Reading
from mutandis.link.rewriting import conjunction, disjunction, negation

TRIGGER = "§trigger of"
"""How the name begins of a fact that holds while a derivation gives a value."""
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
    standing: tuple[tuple[Chain, Derivation], ...]


def define_facts(readings: Iterable[Reading], references: References) -> Definitions:
    """The derivations of every defined fact, ordered among themselves."""
    found: dict[str, list[Defining]] = defaultdict(list)
    disapplying: list[Reading] = []
    direct: dict[str, Reading] = {}
    said_anyway: list[tuple[Reading, str]] = []
    for reading in sorted(readings, key=lambda r: (len(r.chain), r.rule.at.sort_key(), r.key)):
        if reading.rule.effect == "define":
            known = direct.setdefault(reading.written.id, reading)
            # Applied without anything construed, a definition says what it says anyway.
            if not reading.chain or _body(reading) != _body(known):
                found[reading.rule.target].append(Defining(reading, derivation_of(reading, "define", references)))
            else:
                said_anyway.append((reading, known.key))
        elif reading.rule.effect == "disapply":
            disapplying.append(reading)
    bitten: set[OrderKey] = set()
    facts = {
        fact: tuple(sorted(order_definitions(defining, disapplying, references, bitten), key=_place))
        for fact, defining in sorted(found.items())
    }
    standing = [(d.reading.chain, d.derivation) for of_fact in facts.values() for d in of_fact]
    ordered = {d.reading.key: d.derivation for of_fact in facts.values() for d in of_fact}
    for reading, key in said_anyway:
        one = derivation_of(reading, "define", references)
        as_written = ordered.get(key, one)
        exclusions = tuple(dict.fromkeys((*one.exclusions, *as_written.exclusions)))
        parts = replace(one, entries=as_written.entries, grounds=as_written.grounds, exclusions=exclusions)
        standing.append((reading.chain, parts))
    return Definitions(facts, frozenset(bitten), tuple(standing))


def derivation_of(reading: Reading, kind: Literal["define", "deem"], references: References) -> Derivation:
    """The derivation that a reading of a `define` or `deem` states. What wording that is not held gave nobody can say,
    unless its rule says it (S41)."""
    rule = reading.rule
    entries = link_entries(rule.entries)
    if not entries:
        value = Unheld(rule.id, type=references.vocabulary.facts[rule.target].type) if rule.opaque else _TRUE
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
        span=rule.span,
    )


def _body(reading: Reading) -> tuple[object, ...]:
    rule = reading.rule
    return (rule.target, rule.when, rule.grounds, rule.unless, rule.entries, reading.opaque)


def _place(defining: Defining) -> tuple[object, ...]:
    return (defining.derivation.citation.sort_key(), defining.reading.key)


def order_definitions(
    defining: Sequence[Defining], disapplying: Sequence[Reading], references: References, bitten: set[OrderKey]
) -> list[Defining]:
    """`defining`, all of one fact, each giving no value while one that goes before it, or disapplies it, does.

    The orders that decided are added to `bitten`.
    """
    weaker = list(defining)
    for strong in (*defining, *(Defining(r, derivation_of(r, "define", references)) for r in disapplying)):
        for placed in strong.reading.orders:
            for target in targets_of(placed, references):
                for index, weak in enumerate(defining):
                    if weak.reading.key == strong.reading.key or not (places := _named(target, weak)):
                        continue
                    bitten.add((placed.at, placed.order.relation, target.written))
                    if placed.order.relation == "subject_to":
                        position = next((i for i, d in enumerate(defining) if d is strong), None)
                        if position is not None:
                            weaker[position] = _excluded(weaker[position], weak, references)
                    elif weak.derivation.citation in places:
                        weaker[index] = _excluded(weaker[index], strong, references)
                    else:
                        weaker[index] = _parts_excluded(weaker[index], strong, places, references)
    return weaker


def _named(target: Target, weak: Defining) -> set[Citation]:
    own, rule, chain = weak.derivation.citation, weak.derivation.rule, weak.reading.chain
    if target.names(rule, own, chain):
        return {own}
    if not target.means(rule, chain):
        return set()
    places = {entry.citation for entry in weak.derivation.entries} | {g.citation for g in weak.derivation.grounds}
    return {place for place in places if place != own and target.cited.covers(place)}


def trigger_of(defining: Defining, references: References) -> Expression:
    """A fact that holds while the derivation gives a value."""
    derivation = defining.derivation
    guards = [entry.when if entry.when is not None else _TRUE for entry in derivation.entries]
    when = None if _TRUE in guards else disjunction(guards)
    return references.add(
        f"{TRIGGER} {defining.reading.key}",
        replace(derivation, kind="ground", entries=(LinkedEntry(derivation.citation, when, _TRUE),)),
    )


def _excluded(weak: Defining, strong: Defining, references: References) -> Defining:
    exclusion = LinkedExclusion(strong.derivation.citation, trigger_of(strong, references))
    if exclusion in weak.derivation.exclusions:
        return weak
    derivation = replace(weak.derivation, exclusions=(*weak.derivation.exclusions, exclusion))
    return replace(weak, derivation=derivation)


def _parts_excluded(weak: Defining, strong: Defining, places: set[Citation], references: References) -> Defining:
    trigger = trigger_of(strong, references)

    def ground(part: LinkedGround) -> LinkedGround:
        if part.citation not in places:
            return part
        return replace(part, unless=trigger if part.unless is None else disjunction([part.unless, trigger]))

    def entry(part: LinkedEntry) -> LinkedEntry:
        if part.citation not in places:
            return part
        guards = [negation(trigger)] if part.when is None else [part.when, negation(trigger)]
        return replace(part, when=conjunction(guards))

    derivation = replace(
        weak.derivation,
        grounds=tuple(ground(g) for g in weak.derivation.grounds),
        entries=tuple(entry(e) for e in weak.derivation.entries),
    )
    return replace(weak, derivation=derivation)
