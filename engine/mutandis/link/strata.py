"""The order in which everything linked can be worked out, and the circles that forbid one (S9, S10).

A norm waits for what beats it, for the limits on it, for the derived facts and norms its conditions read; a derived
fact waits for the facts and norms its derivations read. What waits for itself is a circle, reported edge by edge.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from mutandis.citation import Citation
from mutandis.condition.tree import Applies, Expression, walk
from mutandis.dataclass import dataclass
from mutandis.link.norms import order_of
from mutandis.link.orders import Ordered
from mutandis.link.program import DerivedFact
from mutandis.link.reads import of_derivation, of_norm
from mutandis.link.rewriting import facts_in
from mutandis.source import NOWHERE, Span

Slot = tuple[str, str]
"""What is worked out once per decision: (action, norm key), or ("", derived fact)."""


@dataclass(frozen=True, slots=True)
class Wait:
    """`later` waits for `earlier`; `because` says how, at the place of the rule that makes it so."""

    later: Slot
    earlier: Slot
    because: str
    at: Citation
    span: Span = field(default=NOWHERE, compare=False)


def find_waits(
    ordered: Mapping[str, Ordered],
    derived: Mapping[str, DerivedFact],
    effective: Mapping[str, tuple[tuple[str, str], ...]],
) -> list[Wait]:
    """Every wait among norms and derived facts. `effective` has the norms behind each `… applies`, as slots."""
    waits: list[Wait] = []

    def reading(slot: Slot, expressions: Iterable[Expression], at: Citation, span: Span) -> None:
        for expression in expressions:
            for fact in facts_in(expression):
                if fact in derived:
                    waits.append(Wait(slot, ("", fact), f"{at} reads {fact.lstrip('§')}", at, span))
            for part in walk(expression):
                if isinstance(part, Applies):
                    for norm in effective.get(part.citation, ()):
                        waits.append(Wait(slot, norm, f"{at} asks whether {part.citation} applies", at, span))

    for action, component in ordered.items():
        slots: list[Slot] = [(action, draft.norm.key) for draft in component.drafts]
        for slot, draft in zip(slots, component.drafts, strict=True):
            # What tells that it was done only its time asks about.
            reading(slot, of_norm(draft.norm, done=False), draft.norm.citation, draft.norm.span)
        removing = {
            (b.beater, b.beaten) for b in component.beats if b.relation in ("instead_of", "disapply") and not b.part
        }
        for beat in component.beats:
            strong, weak = component.drafts[beat.beater].norm, component.drafts[beat.beaten].norm
            if beat.relation != "lifts":
                words = f"{strong.citation} goes before {weak.citation}"
                span = beat.span if beat.span != NOWHERE else strong.span
                waits.append(Wait(slots[beat.beaten], slots[beat.beater], words, strong.citation, span))
        norms = [draft.norm for draft in component.drafts]
        limited = [(j, norm) for j, norm in enumerate(norms) if norm.direction in ("may", "must")]
        for i, limit in enumerate(norms):
            for j, norm in limited if limit.direction == "limits" else ():
                if (j, i) not in removing:
                    words = f"{limit.citation} limits {norm.citation}"
                    waits.append(Wait(slots[j], slots[i], words, limit.citation, limit.span))
    for name, fact in derived.items():
        slot = ("", name)
        for derivation in fact.derivations:
            reading(slot, of_derivation(derivation), derivation.citation, derivation.span)
        if fact.base in derived:
            first = fact.derivations[0]
            words = f"{first.citation} reads {fact.base} as stated"
            waits.append(Wait(slot, ("", fact.base), words, first.citation, first.span))
    return waits


def sort_slots(slots: Sequence[tuple[tuple[object, ...], Slot]], waits: Iterable[Wait]) -> tuple[list[Slot], set[Slot]]:
    """The slots, each after what it waits for, else by key; and those that a circle keeps waiting."""
    keys = {slot: key for key, slot in slots}
    waiting: dict[Slot, set[Slot]] = {slot: set() for slot in keys}
    behind: dict[Slot, set[Slot]] = defaultdict(set)
    for wait in waits:
        waiting[wait.later].add(wait.earlier)
        behind[wait.earlier].add(wait.later)
    ready = [(keys[slot], slot) for slot, before in waiting.items() if not before]
    heapq.heapify(ready)
    done: list[Slot] = []
    while ready:
        _, slot = heapq.heappop(ready)
        done.append(slot)
        for later in behind[slot]:
            waiting[later].discard(slot)
            if not waiting[later]:
                heapq.heappush(ready, (keys[later], later))
    return done, set(keys) - set(done)


def slots_of(
    ordered: Mapping[str, Ordered], derived: Mapping[str, DerivedFact]
) -> list[tuple[tuple[object, ...], Slot]]:
    """Every slot with its key: derived facts by name, then norms by action, place and key."""
    slots: list[tuple[tuple[object, ...], Slot]] = [((0, name), ("", name)) for name in sorted(derived)]
    for action, component in sorted(ordered.items()):
        slots.extend(((1, action, *order_of(d.norm)), (action, d.norm.key)) for d in component.drafts)
    return slots
