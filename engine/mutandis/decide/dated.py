"""The instruments and clauses by which one wording of the law is read in a case and another is not (S29, S40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from mutandis.calendar.dates import day_of
from mutandis.citation import Citation
from mutandis.condition.tree import Fact
from mutandis.dataclass import replace
from mutandis.decide.asked import Asked
from mutandis.decide.cited import chains_of
from mutandis.decide.conditions import is_truth, parts_of
from mutandis.decide.counterfactual import outcome_of, without
from mutandis.decide.held import held_grounds, kept_away_by, would_say_another
from mutandis.decide.nearest import Nearest
from mutandis.decide.result import Verdict
from mutandis.decide.result_parts import Authority
from mutandis.decide.ternary import TRUE
from mutandis.decide.turning import Turn, Turning
from mutandis.link.program import Derivation, Norm, Program
from mutandis.link.reads import as_stated


def dated(asked: Asked, told: Iterable[tuple[int, Authority]]) -> Iterator[Authority]:
    """The instruments that put a deciding wording in force, where another version could have been the one; of those
    still open, the wordings that the rulebook does not hold; of what opens the answer, or binds what decides, those
    that an event governs. `told` are the places told, each with the position of its norm."""
    shape, norms = asked.shape, [slots.norm for slots in asked.unit.plan.norms]
    binding = (owner for position in shape.core for owner, _ in shape.requirements(position))
    besides = [
        position
        for position, one in told
        if (one.role == "open" and norms[position].opaque) or (one.role == "opens" and norms[position].governed_by)
    ]
    besides += [position for position in binding if norms[position].governed_by]
    dated_here = [norms[position] for position in shape.core]
    for position in dict.fromkeys((*shape.core, *besides)):
        norm = norms[position]
        if norm not in dated_here and any(_is_dated_with(norm, one) for one in dated_here):
            continue
        if norm.force.since is None and norm.force.until is None:
            continue
        others = [one for one in norms if _share(one.citation, norm.citation) and one.force != norm.force]
        if norm.governed_by is None and (not others or norm.force.until is None):
            continue
        for day in (norm.force.since, norm.force.until):
            yield from instruments(asked.program, norm, day)
        yield from by_event(asked.program, norm)


def dated_definitions(program: Program, turns: Iterable[Turn]) -> Iterator[Authority]:
    """The same of the definitions that gave a fact its value, or did not reach."""
    for turn in turns:
        for one in [d for d, _ in turn.origin.held] or [d for d, *_ in turn.origin.short]:
            others = [d for d in turn.derived.derivations if _share(d.citation, one.citation) and d.force != one.force]
            if one.kind != "ground" and (one.governed_by is not None or (others and one.force.until is not None)):
                for day in (one.force.since, one.force.until):
                    yield from instruments(program, one, day)
                yield from by_event(program, one)


def missed(turning: Turning, turns: Iterable[Turn], near: Nearest | None) -> Iterator[Authority]:
    """What puts in force, or has ended, a norm or a definition that would have made another answer, were it not for the
    day of the event that governs it. Of a place where another wording is told it is told there."""
    asked, shape = turning.asked, turning.asked.shape
    norms = asked.unit.plan.norms
    told = [norms[position].norm.citation for position in (*shape.core, *([] if near is None else [near.position]))]
    for slots in norms if shape.verdict is not Verdict.UNDETERMINED else ():
        norm = slots.norm
        if norm.derived == "contrary" or any(_share(one, norm.citation) for one in told):
            continue
        if (day := _missed(asked, norm)) is None or kept_away_by(turning, norm, day):
            continue
        conditions = [part for condition in norm.when for part in parts_of(asked.program, condition)]
        if all(truth == TRUE for truth in turning.truths(conditions)):
            grounds = [slot.truth for slot in slots.grounds if held_grounds(turning, slot.ground)]
            now, then = outcome_of(shape), without(shape, dict.fromkeys((slots.base, *grounds), TRUE))
            if replace(then, places=now.places) != now or not now.places <= then.places:
                yield from instruments(asked.program, norm, day)
    for turn in turns:
        held = [one for one, _ in turn.origin.held]
        giving = {one.citation for one in held}
        for rival in turn.derived.derivations if held else ():
            day = _missed(asked, rival) if rival.citation not in giving else None
            if day is not None and would_say_another(turning, is_truth(turn.derived), held, rival, day):
                yield from instruments(asked.program, rival, day)


def _missed(asked: Asked, one: Norm | Derivation) -> dt.date | None:
    """The day on which a wording came into force, or ended, where the event that governs it lies on the other side."""
    event, force = one.governed_by, one.force
    on = asked.facts.get(as_stated(asked.program, event.name)) if isinstance(event, Fact) else None
    if not isinstance(on, dt.date) or force.holds(day_of(on)):
        return None
    return force.since if force.is_to_come(day_of(on)) else force.until


def _is_dated_with(norm: Norm, other: Norm) -> bool:
    """True of a part of a place, or of what it is part of, that comes into force and ends with the other."""
    return _share(norm.citation, other.citation) and norm.force == other.force


def _share(one: Citation, other: Citation) -> bool:
    """True for a place and one within it: of the two each may stand where the other stood before."""
    return one.covers(other) or other.covers(one)


def by_event(program: Program, norm: Norm | Derivation) -> Iterator[Authority]:
    """The transitional clause by whose event the wording is chosen."""
    event = norm.governed_by
    if isinstance(event, Fact) and event.presumed:
        for clause in program.event_clauses:
            if str(clause.citation) == event.presumed and clause.event == as_stated(program, event.name):
                yield Authority("dates", event.presumed, clause.summary, facts=(clause.event,))


def instruments(program: Program, norm: Norm | Derivation, day: dt.date | None) -> Iterator[Authority]:
    """What puts the wording of a norm in force on the day, or ends it: the instruments, else the rule by itself."""
    law = program.laws.get(norm.citation.law)
    if law is None or day is None:
        return
    found: list[tuple[bool, str]] = []
    for instrument in law.instruments:
        own: list[dt.date | None] = [on for places, on in instrument.enforced_parts if places.covers(norm.citation)]
        if day in (own or [instrument.enforced]):
            found.append((bool(own), instrument.title or instrument.id))
    # An instrument that names the place goes before one of the same day that does not.
    for names_it, named in found:
        if names_it or not any(own for own, _ in found):
            said = f"{named}, in force on {day.isoformat()}"
            yield Authority("dates", str(norm.citation), chains=chains_of(norm.sources), text=said)
    if not found:
        said = (
            f"in force on {day.isoformat()}" if day == norm.force.since else f"no longer in force on {day.isoformat()}"
        )
        yield Authority("dates", str(norm.citation), chains=chains_of(norm.sources), text=said)
