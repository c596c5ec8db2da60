"""The provision that stops short: where nothing speaks or nothing permits, the norm that came nearest (S29).

The norm with the fewest conditions that fail; of equals the one to which more of the stated facts point, of those the
one of which fewer fail on what is only presumed, and of those the one of which fewer fail on what nobody can change. A
norm out of force is out of the running. A condition that is a conjunction counts by its parts, and a ground by its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence, Set
from typing import Protocol

from mutandis.citation import Citation
from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.dataclass import dataclass, replace
from mutandis.decide.conditions import conditions_of_unit, conjuncts, is_truth, parts_of, truths_in
from mutandis.decide.counterfactual import beats_against, exclusions_left
from mutandis.decide.held import Lacking, Truths, kept_away_by, lacking_of, may_hold, places_of_exclusion
from mutandis.decide.order import OUT
from mutandis.decide.plan import NormSlots
from mutandis.decide.result import EXCLUDED_BY, NO_GROUND, Verdict
from mutandis.decide.ternary import FALSE, TRUE
from mutandis.decide.turning import Turning
from mutandis.link.program import DerivedFact, LinkedGround, Norm, Program
from mutandis.link.read_through import facts_read
from mutandis.rulebook.law import Interval
from mutandis.rulebook.model import PERMITTING, SPEAKING
from mutandis.values import UNKNOWN

WANTED: Mapping[Verdict, Collection[str]] = {Verdict.FORBIDDEN_BY_DEFAULT: PERMITTING, Verdict.SILENT: SPEAKING}
"""What is missing where nothing permits, or nothing speaks."""


class Telling(Truths, Protocol):
    """What tells which conditions hold in a case, and of what case: what a decision turns on, or the reader of one
    fact.
    """

    @property
    def program(self) -> Program: ...

    @property
    def facts(self) -> Mapping[str, object]: ...


@dataclass(frozen=True, slots=True, eq=False)
class Nearest:
    """A norm that stops short: its position, the exact place, what fails there, what keeps it away.

    `lacking` are its conditions that do not hold, what is not known among them, `pointed` is how many hold by what the
    case states, `presumed` how many are lacking on account of what is only presumed, and `final` of what nobody can
    change. `by_event` is True where it stops short because the event that governs it is not in its time, for which no
    other wording stands.
    """

    position: int
    place: Citation
    failed: tuple[str, ...]
    kept_away_by: tuple[str, ...]
    lacking: tuple[str, ...]
    pointed: int
    presumed: int = 0
    final: int = 0
    by_event: bool = False


_Told = tuple[Lacking, int, int, int]
"""The conditions that do not hold, how many hold by what the case states, how many are lacking on account of what is
only presumed, and of what nobody can change."""
_Ground = tuple[Citation, *_Told]
"""The innermost place of a ground with what is told of it."""


def nearest_of(turning: Turning) -> Nearest | None:
    """What came nearest to an answer that nothing speaks or nothing permits; None for any other answer."""
    asked = turning.asked
    wanted = WANTED.get(asked.shape.verdict)
    if wanted is None:
        return None
    values, detail, _ = asked.detail()
    force = tuple([values[place] == FALSE for place in detail.force])
    given = frozenset(name for name in asked.facts if _there_is(turning, name))
    key = (force, truths_in(asked), frozenset(asked.facts), given)
    return asked.shape.kept("nearest", key, lambda: _nearest(turning, wanted, force))


def _nearest(turning: Turning, wanted: Collection[str], out_of_force: Sequence[bool]) -> Nearest | None:
    asked = turning.asked
    found: list[Nearest] = []
    owed = {slots.norm.key for slots in asked.unit.plan.norms if slots.direction == "must"}
    for position, slots in enumerate(asked.unit.plan.norms):
        if slots.direction not in wanted or slots.norm.derived in ("contrary", "in force"):
            continue
        if slots.norm.exempts is not None and slots.norm.exempts[0] not in owed:
            continue  # The duty is one of others: it binds nobody who is asked about.
        if not out_of_force[position]:
            near = _measured(turning, position, slots)
            # Where it is only together that its conditions cannot hold, all that are open stand in for one that fails.
            found.append(near if near.failed or near.kept_away_by else replace(near, failed=near.lacking))
        elif _is_alone(slots, asked.unit.plan.norms):
            near = _measured(turning, position, slots)
            # The ends of the norm's time that the event which governs it does not keep.
            out_of_time, *_ = _told(turning, conditions_of_unit(asked.unit).times[position])
            failed, lacking = (*_failing(out_of_time), *near.failed), (*out_of_time, *near.lacking)
            found.append(replace(near, failed=failed, lacking=lacking, kept_away_by=(), by_event=True))
    return min(found, key=_nearness, default=None)


def _nearness(near: Nearest) -> tuple[int, int, int, int]:
    return len(near.lacking) + len(near.kept_away_by), -near.pointed, near.presumed, near.final


def out_of_time(turning: Turning, near: Nearest | None) -> tuple[int, ...]:
    """The norms, by position, that would have made another answer than that nothing speaks or nothing permits were
    they in force, or may have: nothing that the case states fails there. Where another came `near`, only what is still
    to come and would have for certain.
    """
    asked = turning.asked
    wanted = WANTED.get(asked.shape.verdict)
    if wanted is None:
        return ()
    values, detail, _ = asked.detail()
    out_of_force = [
        (position, slots)
        for position, slots in enumerate(asked.unit.plan.norms)
        if slots.direction in wanted
        and slots.norm.derived != "contrary"
        and slots.norm.governed_by is None
        and values[detail.force[position]] == FALSE
    ]
    if near is None:
        return tuple(position for position, slots in out_of_force if _may_speak(turning, slots))
    to_come = [(p, slots) for p, slots in out_of_force if slots.norm.force.is_to_come(asked.unit.version)]
    return tuple(
        position
        for position, slots in to_come
        if not (measured := _measured(turning, position, slots)).lacking and not measured.kept_away_by
    )


def _may_speak(turning: Turning, slots: NormSlots) -> bool:
    """True for a norm that nothing in the case keeps away, its time aside."""
    norm, truths = slots.norm, turning.asked.shape.reading.truths
    parts = [part for c in norm.when for part in parts_of(turning.program, c)]
    failed = [part for part, truth in zip(parts, turning.truths(parts), strict=True) if truth == FALSE]
    return (
        all(_waits_with(turning, norm, part) for part in failed)
        and (not norm.grounds or any(may_hold(turning, ground) for ground in norm.grounds))
        and all(truths[exclusion] != TRUE for exclusion in slots.exclusions)
    )


def _waits_with(turning: Turning, norm: Norm, condition: t.Expression) -> bool:
    """True for a condition that asks about a provision out of force as long as the norm is, which nothing else in the
    case keeps from holding.
    """
    derived = turning.program.derived.get(condition.name) if isinstance(condition, t.Fact) else None
    return derived is not None and any(
        derivation.force == norm.force
        and FALSE not in turning.truths([*derivation.when, *(entry.value for entry in derivation.entries)])
        and (not derivation.grounds or any(may_hold(turning, ground) for ground in derivation.grounds))
        and not kept_away_by(turning, derivation, norm.force.since or turning.asked.unit.version)
        for derivation in derived.derivations
        if is_truth(derived)
    )


def _is_alone(slots: NormSlots, norms: Sequence[NormSlots]) -> bool:
    """True for a norm whose version an event picks, where its place has no other."""
    norm = slots.norm
    same_place = (other.norm for other in norms if other.norm.citation == norm.citation)
    return norm.governed_by is not None and all(other.force == norm.force for other in same_place)


def _measured(turning: Turning, position: int, slots: NormSlots) -> Nearest:
    norm, asked = slots.norm, turning.asked
    lacking, pointed, presumed, final = _told(
        turning, [part for c in norm.when for part in parts_of(turning.program, c)]
    )
    place = norm.citation
    if norm.grounds:
        truths = asked.shape.reading.truths
        holding = [slot.ground for slot in slots.grounds if truths[slot.truth] == TRUE]
        best = min((_ground(turning, ground) for ground in holding or norm.grounds), key=_pointed_first)
        touched = [ground for ground in norm.grounds if _is_touched(turning, ground)]
        if not (holding or best[2]) and len(touched) == 1:
            best = _ground(turning, touched[0])
        if holding or len(norm.grounds) == 1 or best[2] or len(touched) == 1:
            place, lacking, pointed = best[0], lacking | best[1], pointed + best[2]
            presumed, final = presumed + best[3], final + best[4]
        else:
            lacking[NO_GROUND] = not any(may_hold(turning, ground) for ground in norm.grounds)
    left = exclusions_left(asked.shape, position)
    held = [exclusion for exclusion, truth in left if truth == TRUE]
    # An exclusion in the norm's own sentence is told by its words: its place would name itself.
    own = {e: e.when for e in held if e.when is not None and e.citation == norm.citation and not e.grounds}
    away = [
        place
        for exclusion in held
        if exclusion not in own
        for place in places_of_exclusion(turning, exclusion) or [exclusion.citation]
    ]
    unfelled = replace(norm, exclusions=tuple(exclusion for exclusion, _ in left))
    status = asked.shape.statuses[position]
    if status.effective == OUT and not lacking:
        reading = asked.shape.reading
        away += [
            reading.plan.norms[beat.beater].norm.citation
            for beat in beats_against(slots)
            if reading.bites(beat.beater, beat.relation, asked.shape.statuses) != OUT
        ]
    return Nearest(
        position,
        place,
        _failing(lacking | {render(t.Not(when)): True for when in own.values()}),
        # What is not triggered has its exclusions unread.
        tuple(map(str, dict.fromkeys(away)))
        or (kept_away_by(turning, unfelled, asked.unit.version) if lacking and not held else ()),
        (*lacking, *map(render, own.values())),
        pointed,
        presumed,
        final,
    )


def _is_touched(telling: Telling, ground: LinkedGround) -> bool:
    """True of a ground that reads a fact of which the case states that there is something: no `no`, none or nothing."""
    conditions = [] if ground.when is None else [ground.when]
    here = any(_there_is(telling, name) for name in facts_read(telling.program, conditions))
    return here or any(_is_touched(telling, inner) for inner in ground.grounds)


def _there_is(telling: Telling, name: str) -> bool:
    value = telling.facts.get(name, UNKNOWN)
    return value is not UNKNOWN and bool(value)


def _pointed_first(ground: _Ground) -> tuple[bool, int, int, int]:
    """The order of grounds: those to which stated facts point, by how much is lacking, how many point, and how much is
    lacking by what is only presumed."""
    _, lacking, pointed, presumed, _ = ground
    return pointed == 0, len(lacking), -pointed, presumed


def _ground(telling: Telling, ground: LinkedGround) -> _Ground:
    """The ground, or the one inside it, that came nearest."""
    lacking, pointed, presumed, final = _told(telling, [] if ground.when is None else list(conjuncts(ground.when)))
    if ground.unless is not None and telling.truths([ground.unless])[0] == TRUE:
        lacking[f"not {render(ground.unless)}"] = True
    if not ground.grounds:
        return ground.citation, lacking, pointed, presumed, final
    place, inner, *more = min((_ground(telling, g) for g in ground.grounds), key=lambda g: (len(g[1]), -g[2], g[3]))
    return place, lacking | inner, pointed + more[0], presumed + more[1], final + more[2]


def _failing(lacking: Lacking) -> tuple[str, ...]:
    """What fails, of what does not hold: of a condition that is not known nobody can say so."""
    return tuple(condition for condition, fails in lacking.items() if fails)


def _told(telling: Telling, conditions: Sequence[t.Expression]) -> _Told:
    truths, program, stated = telling.truths(list(conditions)), telling.program, telling.facts.keys()
    lacking = [c for c, truth in zip(conditions, truths, strict=True) if truth != TRUE]
    pointed = sum(
        truth == TRUE and not stated.isdisjoint(facts_read(program, [c]))
        for c, truth in zip(conditions, truths, strict=True)
    )
    presumed = sum(_is_presumed(program, c, stated) for c in lacking)
    return lacking_of(conditions, truths), pointed, presumed, sum(_is_final(program, c) for c in lacking)


def _is_presumed(program: Program, condition: t.Expression, stated: Set[str]) -> bool:
    """True where a condition rests on what is presumed, and on nothing that a case states."""
    read, facts = facts_read(program, [condition]), program.vocabulary.facts
    return stated.isdisjoint(read) and any(facts[name].has_presumption for name in read if name in facts)


def _is_final(program: Program, condition: t.Expression) -> bool:
    """True where all the facts that a condition rests on are such as nobody can change."""
    asked = [name for name in facts_read(program, [condition]) if name not in program.derived]
    return bool(asked) and not any(program.vocabulary.facts[name].changeable for name in asked)


def nearest_definition(telling: Telling, derived: DerivedFact, version: dt.date) -> tuple[Citation, tuple[str, ...]]:
    """The place of a definition that came nearest to giving a fact a value that none gives it, and what fails there.

    `derived` has a derivation. One that is out of force on the version date is out of the running, if another is not;
    of what is out of force that is told, and nothing else.
    """
    found: list[tuple[bool, bool, int, int, int, Citation, tuple[str, ...]]] = []
    for derivation in derived.derivations:
        out_of_force = not derivation.can_hold(version)
        shared, pointing, assumed, _ = _told(telling, [part for c in derivation.when for part in conjuncts(c)])
        place, inner, more, less = derivation.citation, Lacking(), 0, 0
        if derivation.grounds:
            place, inner, more, less, _ = min((_ground(telling, g) for g in derivation.grounds), key=_pointed_first)
        for entry in derivation.entries:
            own = [*conjuncts(entry.when)] if entry.when is not None else []
            own += [*conjuncts(entry.value)] if is_truth(derived) else []
            lacking, pointed, presumed, _ = _told(telling, own)
            lacking = shared | inner | lacking
            # Where nothing is lacking, it is an exclusion that keeps the definition away.
            lacking = lacking or {f"{EXCLUDED_BY}{place}": True for place in kept_away_by(telling, derivation, version)}
            if out_of_force:
                lacking = {_time_of(derivation.force, version): True}
            at = place if derivation.grounds else entry.citation
            measure = _pointed_first((at, lacking, pointing + pointed + more, assumed + presumed + less, 0))
            found.append((out_of_force, *measure, at, _failing(lacking)))
    *_, at, why = min(found, key=lambda one: one[:5])
    return at, why


def _time_of(force: Interval, version: dt.date) -> str:
    return f"in force from {force.since} on" if force.is_to_come(version) else f"out of force from {force.until} on"
