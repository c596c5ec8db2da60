"""Norms out of readings (S1, S2, S36): one per action and reading, equal instances merged, exclusions of duties
exempting.

A norm written twice, or reached by two chains that make it say the same, is one norm with several sources.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from mutandis.condition.tree import Fact
from mutandis.dataclass import replace
from mutandis.link.applying import Standing
from mutandis.link.deem import unordered_fictions
from mutandis.link.falls_under import References
from mutandis.link.linked_parts import link_requirements, one_of_grounds
from mutandis.link.orders import targets_of
from mutandis.link.places import Places
from mutandis.link.program import Direction, Norm
from mutandis.link.reading import Draft, Reading, draft_of
from mutandis.rulebook.model import ON_ACTIONS


def draft_norms(readings: Sequence[Reading], references: References) -> list[Draft]:
    """The norms that `readings` of directed rules state, merged, in the order of the law.

    What reads a fact through a fiction by one clause, and as stated by another, stays apart.
    """
    # A rule whose action nobody declared has none left; its mistake was told when it was loaded.
    directed = (reading for reading in readings if reading.rule.effect in ON_ACTIONS and reading.rule.actions)
    drafts = [_draft(reading) for reading in directed]
    merged: dict[tuple[Norm, object], list[Draft]] = defaultdict(list)
    for draft in drafts:
        merged[_tail(draft.norm), _orders(draft)].append(draft)
    several = [draft for equal in merged.values() if len(equal) > 1 for draft in equal]
    named = _named(several, readings, references) if several else {}
    fictions = unordered_fictions(readings, references) if several else None
    found: list[Draft] = []
    for equal in merged.values():
        alike: dict[object, list[Draft]] = defaultdict(list)
        for draft in equal:
            through = fictions.reaching(draft.norm) if fictions is not None and len(equal) > 1 else None
            alike[named.get(draft.origin, frozenset()), through].append(draft)
        found += map(_merge, alike.values())
    return sorted(found, key=lambda d: order_of(d.norm))


def _named(drafts: Sequence[Draft], readings: Iterable[Reading], references: References) -> dict[str, frozenset[int]]:
    """By origin, which of all orders name a draft, or a clause by which it comes: what goes before it by one clause may
    leave it alone by another."""
    places = Places(drafts)
    orders = dict.fromkeys(placed for reading in readings for placed in reading.orders)
    named: dict[str, set[int]] = defaultdict(set)
    for number, placed in enumerate(orders):
        for target in targets_of(placed, references):
            for draft in (drafts[index] for index in places.named_by(target.cited)):
                if target.whole(draft) or target.parts(draft):
                    named[draft.origin].add(number)
    return {origin: frozenset(numbers) for origin, numbers in named.items()}


def order_of(norm: Norm) -> tuple[object, ...]:
    """The order of norms in a component before any order among them: the law's, then the key."""
    return (norm.citation.sort_key(), norm.key)


def _draft(reading: Reading) -> Draft:
    rule = reading.rule
    return draft_of(
        reading,
        reading.key,
        cast(Direction, "may" if reading.any_group else rule.effect),
        rule.actions[0],
        requires=link_requirements(rule.requires),
        deadline=rule.deadline,
        recurs=rule.recurs,
        any_group=reading.any_group,
    )


def _tail(norm: Norm) -> Norm:
    # What has to be equal for two norms to be one: everything but the way they came and the words of the summary. A
    # norm that stands by itself never merges with an instance, so that an order which names the instance leaves it
    # alone.
    return replace(norm, key="instance" if norm.sources else norm.key, rule="", summary="", sources=(), note="")


def _orders(draft: Draft) -> object:
    # By one clause it may give way to what it does not give way to by another.
    return frozenset((placed.rule, placed.order.relation, placed.order.targets) for placed in draft.orders)


def _merge(equal: list[Draft]) -> Draft:
    if len(equal) == 1:
        return equal[0]
    equal = sorted(equal, key=lambda draft: draft.norm.key)
    first = equal[0]
    sources = tuple(dict.fromkeys(source for draft in equal for source in draft.norm.sources))
    return replace(
        first,
        norm=replace(first.norm, sources=sources),
        chains=tuple(dict.fromkeys(chain for draft in equal for chain in draft.chains)),
        orders=tuple(dict.fromkeys(order for draft in equal for order in draft.orders)),
        kinds=tuple(kind for kind in first.kinds if all(kind in draft.kinds for draft in equal)),
    )


def exemptions(drafts: Iterable[Draft], references: References) -> list[Draft]:
    """For each exclusion of a duty, the exemption that it grants at its own place while the duty is triggered (S2).

    One whose place is another rule's is told in the words of that rule.
    """
    drafts, found = list(drafts), list[Draft]()
    standing = {draft.norm.citation: draft.norm.summary for draft in reversed(drafts) if not draft.norm.sources}
    for draft in drafts:
        norm = draft.norm
        if norm.direction != "must":
            continue
        for index, exclusion in enumerate(norm.exclusions):
            when = list(norm.when)
            if norm.grounds:
                when.append(_grounds_fact(norm, references))
            if exclusion.when is not None:
                when.append(exclusion.when)
            exemption = replace(
                norm,
                key=f"{norm.key}; unless {exclusion.citation}{f' ({index + 1})' if index else ''}",
                citation=exclusion.citation,
                direction="need_not",
                summary=norm.summary
                if norm.citation.without_sentence().covers(exclusion.citation)
                else standing.get(exclusion.citation, norm.summary),
                when=tuple(dict.fromkeys(when)),
                grounds=exclusion.grounds,
                exclusions=(),
                requires=(),
                deadline=None,
                recurs="",
                force=norm.force.meet(exclusion.force),
                derived="unless",
                exempts=(norm.key, index),
            )
            # It has its own place and no orders: they were written for the duty, which is not triggered (S5, S6). It
            # has no parts: the grounds of an exclusion give way with it, or are exclusions of their own.
            found.append(replace(draft, norm=exemption, orders=(), parts=()))
    return found


def exempting_at(exemption: Draft, duty: Norm) -> Iterator[Standing]:
    """What has the exclusion that exempts from the duty.

    The exclusion of a clause is the clause's own, and none of what the clause brings (S2).
    """
    index = exemption.norm.exempts[1] if exemption.norm.exempts is not None else 0
    for chain in exemption.chains:
        if index < len(duty.exclusions) - sum(len(one.rule.unless) for one in chain):
            yield chain, duty.rule, duty.citation
            continue
        for depth, one in enumerate(chain):
            if any(exclusion.citation == exemption.norm.citation for exclusion in one.rule.unless):
                yield chain[:depth], one.rule.id, one.rule.at


def exempt_on_standing_grounds(norms: Iterable[Norm], references: References) -> None:
    """The exemptions from duties hold on the grounds of the duty as orders left them: a ground that gives way calls for
    nothing that its bearer could be let off."""
    for norm in norms:
        if norm.direction == "must" and norm.grounds and norm.exclusions:
            _grounds_fact(norm, references)


def _grounds_fact(norm: Norm, references: References) -> Fact:
    """A fact that holds when one of the norm's grounds does, for a norm that cites another place."""
    event, milder = norm.governed_by, norm.milder
    holds = one_of_grounds(norm.rule, norm.citation, norm.grounds, event, norm.summary, norm.span, milder)
    return references.add(f"§grounds of {norm.action}: {norm.key}", holds)
