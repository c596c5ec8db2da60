"""Penalties, linked to the actions whose norms they punish the breach of.

A penalty reaches the norms at or inside the provisions it names, and those that a named clause applies; one that names
a rule, or stands beside it, that rule's alone. It is not inherited by instances (S37): a penalty for Article 95 does
not punish what Article 96 borrows from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mutandis.citation import Citation, CitationRange
from mutandis.dataclass import replace
from mutandis.link.definitions import Defining, trigger_of
from mutandis.link.falls_under import References
from mutandis.link.linked_parts import link_exclusions, link_grounds
from mutandis.link.orders import OrderKey, targets_of
from mutandis.link.places import Places
from mutandis.link.program import LinkedExclusion, LinkedPenalty
from mutandis.link.reading import Draft, Reading
from mutandis.link.rule_parts import places_of_ground
from mutandis.rulebook.model import Rule


def link_penalties(
    readings: Sequence[Reading], disapplying: Sequence[Defining], references: References
) -> tuple[list[LinkedPenalty], set[OrderKey]]:
    """The penalties that rules read where they stand threaten, and the orders that disapply one."""
    found: list[LinkedPenalty] = []
    bitten: set[OrderKey] = set()
    for reading in readings:
        rule = reading.rule
        if rule.penalty is None or reading.chain or (reading.levels and rule.effect != "penalty"):
            continue
        own = (CitationRange(rule.at, rule.at),)
        penalty = LinkedPenalty(
            rule=rule.id,
            citation=rule.at,
            of=rule.penalty.of or own,
            options=rule.penalty.options,
            rules=_rules_of(rule, readings),
            when=rule.when if rule.effect == "penalty" else (),
            grounds=link_grounds(rule.grounds) if rule.effect == "penalty" else (),
            exclusions=link_exclusions(rule.unless) if rule.effect == "penalty" else (),
            by=rule.by,
            force=reading.force,
            governed_by=reading.governed_by,
            summary=rule.summary,
            span=rule.span,
        )
        if rule.effect == "penalty":
            penalty = replace(
                penalty, exclusions=(*penalty.exclusions, *_disapplied(reading, disapplying, references, bitten))
            )
        if penalty not in found:  # a rule on several actions has one penalty
            found.append(penalty)
    return sorted(found, key=lambda p: (p.citation.sort_key(), p.rule)), bitten


def _rules_of(rule: Rule, readings: Iterable[Reading]) -> tuple[str, ...]:
    """The ids of the rules that a penalty is for: its own where it has no `of`, those it names, or all (empty).

    A name that no rule there has is given back itself, and is no rule's id.
    """
    if rule.penalty is None or not rule.penalty.of:
        return (rule.id,)
    name = rule.penalty.rule
    if not name:
        return ()
    called = (one.rule for one in readings if one.rule.id.partition("#")[2] == name)
    there = (
        one.id for one in called if any(cited.covers(place) for cited in rule.penalty.of for place in _places(one))
    )
    return tuple(dict.fromkeys(there)) or (name,)


def _places(rule: Rule) -> Iterator[Citation]:
    """Where the rule stands, and its grounds."""
    yield rule.at
    for ground in rule.grounds:
        yield from places_of_ground(ground)


def _disapplied(
    reading: Reading, disapplying: Iterable[Defining], references: References, bitten: set[OrderKey]
) -> Iterator[LinkedExclusion]:
    for other in disapplying:
        for placed in other.reading.orders:
            for target in targets_of(placed, references):
                if not target.prefix and target.cited.covers(reading.rule.at):
                    bitten.add((placed.at, placed.order.relation, target.written))
                    yield LinkedExclusion(other.derivation.citation, trigger_of(other, references))


def punishes(penalty: LinkedPenalty, places: Places) -> bool:
    """True if a norm at these places stands where the penalty says."""
    return any(
        _named(cited, places.drafts[index])
        for cited in penalty.of
        for index in places.named_by(cited)
        if not penalty.rules or places.drafts[index].norm.rule in penalty.rules
    )


def _named(cited: CitationRange, draft: Draft) -> bool:
    norm = draft.norm
    if norm.direction not in ("must", "must_not"):  # who goes beyond a power breaks no duty
        return False
    for chain in draft.chains:
        clauses = [application.rule.at for application in chain]
        if any(cited.covers(clause) for clause in clauses):
            return True
        if not chain and (cited.covers(norm.citation) or any(cited.covers(part) for part in draft.parts)):
            return True
    return False
