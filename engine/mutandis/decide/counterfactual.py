"""What an answer would be if something were otherwise: the one test by which authority is told (S29).

Over slots: a part of the law taken out (`without`), the order and the table run again. Over facts: the case decided
again with a fact changed, unknown, or a derived fact read as another value (`turns_on`). What leaves the answer as it
is has no part in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from mutandis.citation import Citation
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.decide.asked import Again, Asked, Setting
from mutandis.decide.cited import places_of
from mutandis.decide.conditions import is_truth
from mutandis.decide.decision import asked_again, decision_about, shape_in
from mutandis.decide.explains import Explains
from mutandis.decide.figures import are_alike, has_figures, may_rest_on_unknown
from mutandis.decide.names import united
from mutandis.decide.order import IN, OUT, Reading
from mutandis.decide.plan import BeatSlot, NormSlots
from mutandis.decide.result import Cited, Decision, SourceStep
from mutandis.decide.shape import Shape, shape_of
from mutandis.decide.ternary import FALSE, NONE, TRUE, UNDEFINED, Gap, Range, ValueConflict, is_known, is_settled
from mutandis.link.program import DerivedFact, LinkedExclusion, Program
from mutandis.link.read_through import facts_read
from mutandis.values import UNKNOWN
from mutandis.vocabulary import FactDeclaration


class HasFacts(Protocol):
    """A case: the program that it is put to, and its native facts."""

    @property
    def program(self) -> Program: ...
    @property
    def facts(self) -> Mapping[str, object]: ...


Deciding = tuple[str, tuple[tuple[SourceStep, ...], ...]]
"""A place that decides, and the clauses through which it does."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What of a shape is its answer: verdicts, deciding places, breaches, the places of limits."""

    verdicts: tuple[object, ...]
    places: frozenset[Deciding]
    breaches: frozenset[object]
    limits: frozenset[tuple[str, str, str]]


def outcome_of(shape: Shape) -> Outcome:
    """The answer that a shape gives."""
    return Outcome(
        shape.reachable,
        _deciding(shape.cited),
        frozenset(shape.breaches),
        frozenset((limit.provision, limit.parameter, limit.relation) for group in shape.limits for limit in group),
    )


def without(shape: Shape, truths: Mapping[int, int], norms: Mapping[int, NormSlots] | None = None) -> Outcome:
    """The answer if the slots in `truths` had these values, and the norms at these positions these slots."""
    return outcome_of(changed(shape, truths, norms))


def changed(shape: Shape, truths: Mapping[int, int], norms: Mapping[int, NormSlots] | None = None) -> Shape:
    """The shape with other values in the slots in `truths`, and other slots for the norms at these positions."""
    reading, plan = shape.reading, shape.reading.plan
    if norms:
        plan = replace(plan, norms=tuple(norms.get(k, slots) for k, slots in enumerate(plan.norms)))
    found = [truths.get(place, truth) for place, truth in enumerate(reading.truths)]
    other = Reading(plan, reading.names, found, reading.numbers, reading.open)
    return shape_of(shape.unit, other, shape.is_total)


def obstacles(shape: Shape, position: int) -> list[tuple[int, Citation]]:
    """What keeps a norm away: the position and place of what beats it, and of its exclusions that hold."""
    reading, statuses = shape.reading, shape.statuses
    if statuses[position].effective != OUT:
        return []
    found: dict[tuple[int, Citation], None] = {}
    for beat in beats_against(reading.plan.norms[position]):
        if reading.bites(beat.beater, beat.relation, statuses) == IN:
            for place in places_of(reading, statuses, beat.beater):
                found[beat.beater, place] = None
    left = exclusions_left(shape, position)
    return list(dict.fromkeys((*found, *((position, one.citation) for one, truth in left if truth == TRUE))))


def beats_against(slots: NormSlots) -> list[BeatSlot]:
    """What beats a norm or its grounds, and so not what fells nothing but exclusions of it, or lifts it."""
    beats = (*slots.beats, *slots.part_beats)
    return [beat for beat in beats if beat.relation != "lifts" and (beat.grounds or not beat.exclusions)]


def exclusions_left(shape: Shape, position: int) -> list[tuple[LinkedExclusion, int]]:
    """The exclusions of a norm that nothing fells, each with its truth."""
    reading, slots = shape.reading, shape.reading.plan.norms[position]
    fell = (b for b in slots.part_beats if reading.bites(b.beater, b.relation, shape.statuses) == IN)
    felled = {index for beat in fell for index in beat.exclusions}
    listed = enumerate(zip(slots.norm.exclusions, slots.exclusions, strict=True))
    return [(one, reading.truths[place]) for k, (one, place) in listed if k not in felled]


def freed(shape: Shape, position: int) -> tuple[dict[int, int], dict[int, NormSlots]]:
    """The norm at `position` with nothing that keeps it away: no exclusion holds, no order fells it."""
    slots = shape.reading.plan.norms[position]
    lifts = tuple(beat for beat in slots.beats if beat.relation == "lifts")
    return dict.fromkeys(slots.exclusions, FALSE), {position: replace(slots, beats=lifts, part_beats=())}


def lifting(shape: Shape) -> Iterator[tuple[int, Citation]]:
    """The position and place of what fells an exclusion of a norm cited of which it is not known whether it holds."""
    reading, outcome, picked = shape.reading, outcome_of(shape), {position for position, _ in shape.picked}
    for position in shape.core:
        slots = reading.plan.norms[position]
        for beat in slots.part_beats:
            truths = [slots.exclusions[k] for k in beat.exclusions]
            doubtful = [place for place in truths if not is_settled(reading.truths[place])]
            if not doubtful or beat.beater in picked or reading.bites(beat.beater, beat.relation, shape.statuses) != IN:
                continue
            others = tuple(other for other in slots.part_beats if other.beater != beat.beater)
            if without(shape, dict.fromkeys(doubtful, TRUE), {position: replace(slots, part_beats=others)}) != outcome:
                yield from ((beat.beater, place) for place in places_of(reading, shape.statuses, beat.beater))


@dataclass(frozen=True, slots=True)
class Answer:
    """What of a decision is its answer: verdicts, limits, breaches and due days; and the places that decide."""

    parts: tuple[object, ...]
    places: frozenset[Deciding]

    def stands_in(self, other: Answer) -> bool:
        """True where `other` says the same, on what this one rests on, whatever it rests on besides."""
        return self.parts == other.parts and self.places <= other.places


def answer_of(decision: Decision) -> Answer:
    """The answer that a decision gives. Which norm of a place sets a limit or a day there makes no other answer."""
    limits = frozenset(replace(one, norm="") for one in decision.limits)
    days = frozenset(replace(one, norm="") for one in decision.deadlines)
    return Answer((decision.reachable, limits, decision.breaches, days), _deciding(decision.cited))


def _deciding(cited: Iterable[Cited]) -> frozenset[Deciding]:
    return frozenset((place, c.chains) for c in cited if c.role != "restores" for place in c.provisions)


def stands_in(asked: Asked, other: Decision, again: Again) -> bool:
    """True where `other` has the answer of the decision asked about, as `Answer.stands_in` has it, being that question
    asked again.

    Of two shapes without figures this is worked out once, and figures that rest on nothing that was changed are not
    worked out.
    """
    shape, there = asked.shape, shape_in(other)
    if there is not None:
        if there is not shape and not shape.kept("stands in", there, lambda: _stands_in(shape, there)):
            return False
        if not (has_figures(shape) or (there is not shape and has_figures(there))):
            return True
        tried = asked_again(other, again)
        if are_alike(asked, tried):
            return True
        other = decision_about(tried)
        mine = asked.worked_out.get("figures")
        if mine is None:
            mine = asked.worked_out["figures"] = _figures(decision_about(asked))
        if mine == _figures(other):
            return True
    answer: Answer | None = asked.worked_out.get("answer")
    if answer is None:
        answer = asked.worked_out["answer"] = answer_of(decision_about(asked))
    return answer.stands_in(answer_of(other))


def _figures(decision: Decision) -> tuple[object, ...]:
    return decision.limits, decision.breaches, decision.deadlines


def _stands_in(shape: Shape, there: Shape) -> bool:
    same = shape.reachable == there.reachable and shape.breaches == there.breaches
    return same and _deciding(shape.cited) <= _deciding(there.cited)


def is_another(
    asked: Asked,
    unit: Explains,
    again: Again,
    facts: Mapping[str, object] | None = None,
    setting: Setting | None = None,
) -> bool:
    """True if a unit that is asked again, with other facts or in another setting where they are given, has another
    answer, or values that contradict each other.
    """
    case, within = asked.facts if facts is None else facts, asked.setting if setting is None else setting
    try:
        return not stands_in(asked, unit.explained.decide_again(case, within, again), again)
    except ValueConflict:
        return True


def turns_on(asked: Asked, changes: Iterable[tuple[Mapping[str, object], Mapping[str, object]]]) -> bool:
    """True if the answer is another under one of `changes`: facts stated otherwise, and values of derived facts."""
    unit, setting, derived = asked.unit, asked.setting, asked.program.derived
    in_doubt = not asked.shape.is_total
    found: dict[Any, Any] = asked.worked_out.setdefault("found", {})
    for stated, chosen in changes:
        facts = {**asked.facts, **stated} if stated else asked.facts
        is_event = chosen and not chosen.keys() <= derived.keys()  # a presumed one: nobody says what reads it
        again = Again(in_doubt, None if is_event else frozenset((*stated, *chosen)), found)
        choosing = setting._replace(choices={**(setting.choices or {}), **chosen}) if chosen else setting
        if is_another(asked, unit, again, facts, choosing):
            return True
    return False


def turns_on_norms_at(asked: Asked, asked_about: str, truths: Iterable[int]) -> bool:
    """True if the answer is another where what is asked about norms elsewhere comes to one of `truths`."""
    changed, found = frozenset((asked_about,)), asked.worked_out.setdefault("found", {})
    return any(is_another(asked, asked.unit, Again(True, changed, found, {asked_about: v})) for v in truths)


def may_turn_on_unknown(asked: Asked, fact: str) -> bool:
    """False where nothing that was found of the case waits for a fact that it leaves unknown.

    What is settled without the fact stays as it is whatever the fact comes to be, and what waits for others waits for
    them still, so the case need not be decided again. Of parameters that is not said.
    """
    reading = asked.shape.reading
    if asked.program.vocabulary.facts[fact].parameter or fact in _read_by_rivals(asked.unit):
        return True
    if may_rest_on_unknown(asked, fact):
        return True
    waits = united([*reading.truths, *[value.truth for value in asked.numbers if isinstance(value, Gap)]])
    return reading.names.is_waited_for(waits, "fact", fact)


def _read_by_rivals(unit: Explains) -> frozenset[str]:
    """The facts read by derived facts on which rules may contradict each other; found once a unit."""
    found: frozenset[str] | None = unit.memory.get("read by rivals")
    if found is None:
        derived = unit.program.derived
        rivals = [t.Fact(name) for name in unit.explained.rests_on() if name in derived and _has_rivals(derived[name])]
        found = unit.memory["read by rivals"] = frozenset(facts_read(unit.program, rivals))
    return found


def _has_rivals(derived: DerivedFact) -> bool:
    values = [entry.value for derivation in derived.derivations for entry in derivation.entries]
    return len(values) > 1 and not all(isinstance(value, t.Truth) and value == values[0] for value in values)


def otherwise(value: object, declared: FactDeclaration) -> list[object]:
    """The values that a fact is tried with: all that it could have been where they can be counted, else unknown.

    Where none of them makes another answer, not knowing which it is makes none either.
    """
    if declared.type.kind == "yes_no":
        return [v for v in (True, False) if v is not value]
    if declared.type.kind == "enum" and not (declared.type.several or declared.type.open):
        return [v for v in (*dict(declared.values), *[None] * declared.type.optional) if v != value]
    return [] if value is UNKNOWN else [UNKNOWN]


def tried_of(derived: DerivedFact, value: Any, holds: Sequence[bool], version: dt.date, told: HasFacts) -> list[object]:
    """The values that a derived fact is tried with: nothing where it is not known, or a fiction did not reach it."""
    of_truth = is_truth(derived)
    if not (is_settled(value) if of_truth else is_known(value) or isinstance(value, Range)):
        return []
    if derived.base:
        return [_read_as_stated(derived, told)] if any(holds) else []
    if of_truth:
        return [value == FALSE]
    if value is not NONE:
        return [NONE]
    # What gives the fact none, or can give nothing on the day, has nothing that was kept away.
    is_given = any(holds) or not any(one.can_hold(version) for one in derived.derivations)
    return [] if is_given else [Gap(UNDEFINED)]


def _read_as_stated(derived: DerivedFact, told: HasFacts) -> object:
    """The value of a fact that a fiction reads otherwise, as the case has it or as it is presumed."""
    declared = told.program.vocabulary.facts.get(derived.base)
    stated = told.facts.get(derived.base, UNKNOWN if declared is None else declared.absent)
    if derived.type.kind == "yes_no":
        return stated is True
    return NONE if stated is None or stated is UNKNOWN else stated
