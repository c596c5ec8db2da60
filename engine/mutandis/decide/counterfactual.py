"""What an answer would be if something were otherwise: the one test by which authority is told (S29).

Over slots: a part of the law taken out (`without`), the order and the table run again. Over facts: the case decided
again with a fact changed, unknown, or a derived fact read as another value (`turns_on`). What leaves the answer as it
is has no part in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mutandis.decide.conflict import ValueConflict
from mutandis.decide.order import Reading
from mutandis.decide.plan import NormSlots
from mutandis.decide.result import Decision
from mutandis.decide.shape import Shape, shape_of
from mutandis.decide.ternary import FALSE, NONE
from mutandis.values import UNKNOWN
from mutandis.vocabulary import FactDeclaration


@dataclass(frozen=True, slots=True)
class Outcome:
    """What of a shape is its answer: verdicts, deciding places, breaches, the places of limits."""

    verdicts: tuple[object, ...]
    places: frozenset[str]
    breaches: frozenset[object]
    limits: frozenset[tuple[str, str, str]]


def outcome_of(shape: Shape) -> Outcome:
    """The answer that a shape gives."""
    return Outcome(
        shape.reachable,
        frozenset(place for c in shape.cited if c.role != "restores" for place in c.provisions),
        frozenset(shape.breaches),
        frozenset((limit.provision, limit.parameter, limit.relation) for group in shape.limits for limit in group),
    )


def without(shape: Shape, truths: Mapping[int, int], norms: Mapping[int, NormSlots] | None = None) -> Outcome:
    """The answer if the slots in `truths` had these values, and the norms at these positions these slots."""
    reading = shape.reading
    changed = [truths.get(place, truth) for place, truth in enumerate(reading.truths)]
    plan = reading.plan
    if norms:
        plan = replace(plan, norms=tuple(norms.get(k, slots) for k, slots in enumerate(plan.norms)))
    other = Reading(plan, reading.names, changed, reading.numbers, reading.open)
    return outcome_of(shape_of(shape.unit, other, shape.is_total))


def freed(shape: Shape, position: int) -> tuple[dict[int, int], dict[int, NormSlots]]:
    """The norm at `position` with nothing that keeps it away: no exclusion holds, no order fells it."""
    slots = shape.reading.plan.norms[position]
    lifts = tuple(beat for beat in slots.beats if beat.relation == "lifts")
    return dict.fromkeys(slots.exclusions, FALSE), {position: replace(slots, beats=lifts, part_beats=())}


@dataclass(frozen=True, slots=True)
class Answer:
    """What of a decision is its answer: verdicts, limits, breaches and due days; and the places that decide."""

    parts: tuple[object, ...]
    places: frozenset[str]

    def stands_in(self, other: Answer) -> bool:
        """True where `other` says the same, on what this one rests on, whatever it rests on besides."""
        return self.parts == other.parts and self.places <= other.places


def answer_of(decision: Decision) -> Answer:
    """The answer that a decision gives."""
    places = frozenset(place for c in decision.cited if c.role != "restores" for place in c.provisions)
    return Answer((decision.reachable, decision.limits, decision.breaches, decision.deadlines), places)


def turns_on(
    shape: Shape,
    answer: Answer,
    facts: Mapping[str, object],
    asked_with: tuple[Any, Any, Mapping[str, object] | None],
    changes: Iterable[tuple[Mapping[str, object], Mapping[str, object]]],
) -> bool:
    """True if the answer is another under one of `changes`: facts stated otherwise, and values of derived facts."""
    at, holidays, choices = asked_with
    for stated, chosen in changes:
        try:
            other = shape.unit.decide_again({**facts, **stated}, at, holidays, {**(choices or {}), **chosen} or None)
        except ValueConflict:
            return True
        if not answer.stands_in(answer_of(other)):
            return True
    return False


def otherwise(value: object, declared: FactDeclaration) -> list[object]:
    """The values that a fact is tried with: all that it could have been where they can be counted, else unknown.

    Where none of them makes another answer, not knowing which it is makes none either.
    """
    if declared.type.kind == "yes_no":
        return [v for v in (True, False) if v is not value]
    if declared.type.kind == "enum" and not (declared.type.several or declared.type.open):
        return [v for v, _ in declared.values if v != value]
    return [] if value is UNKNOWN else [UNKNOWN]


def read_otherwise(value: object, is_truth: bool) -> list[object]:
    """The values that a derived fact is tried with."""
    if is_truth:
        return [value == FALSE]
    return [] if value is NONE else [NONE]
