"""What an answer rests on, place by place, each with its role (S29).

A place is told because the answer would be another without it; the test is `counterfactual`. What follows from the
slots alone (what decides, what was opened, what was kept, what is open) is worked out once a shape; definitions and the
provision that stops short are those of the case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from mutandis.citation import Citation
from mutandis.condition.render import render
from mutandis.dataclass import dataclass, replace
from mutandis.decide.asked import Asked
from mutandis.decide.asked_elsewhere import asked_elsewhere
from mutandis.decide.beyond import beyond
from mutandis.decide.cited import chains_of, places_of
from mutandis.decide.conditions import conditions_of_unit
from mutandis.decide.counterfactual import changed, freed, lifting, outcome_of, without
from mutandis.decide.dated import by_event, dated, dated_definitions, instruments, missed
from mutandis.decide.held import did_not_reach
from mutandis.decide.missing import setting_a_day, what_tells, which_of_several
from mutandis.decide.nearest import Nearest, nearest_of, out_of_time
from mutandis.decide.order import IN
from mutandis.decide.placed import (
    Excluding,
    by_grounds,
    by_place,
    excluding_in,
    in_vain,
    opened,
    placed,
    speaking_at,
    still_open,
)
from mutandis.decide.recounting import counting
from mutandis.decide.requirements import awaited, fails, waited_for
from mutandis.decide.result import NOTHING_SAID, Cited, Note, SourceStep, Verdict
from mutandis.decide.result_parts import Authority, AuthorityRole, Fiction
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import FALSE, TRUE
from mutandis.decide.threats import open_penalties
from mutandis.decide.turning import Turn, Turning, turning_of
from mutandis.decide.waiting import open_definitions
from mutandis.link.program import BroughtUnder, ListClause, Norm, Program

_Together = tuple[tuple[Authority, ...], tuple[Note, ...]]
"""The places in order of role, and the notes that stand at them."""
_DECIDING = frozenset({"decides", "opposes"})


@dataclass(frozen=True, slots=True)
class Told:
    """Everything an answer rests on: the places in order of role, the notes that stand at them, the fictions."""

    places: tuple[Authority, ...]
    notes: tuple[Note, ...]
    fictions: tuple[Fiction, ...]
    nearest: Nearest | None


class _Besides(NamedTuple):
    """What is told of a case besides its shape and the definitions that the answer turns on."""

    near: Nearest | None
    valued: tuple[tuple[str, str, str], ...]
    brought: tuple[BroughtUnder, ...]
    out: tuple[int, ...]
    others: tuple[Authority, ...]
    elsewhere: tuple[Authority, ...]
    waiting: tuple[Authority, ...]
    excluding: Excluding
    missed: tuple[Authority, ...]


def told(asked: Asked) -> Told:
    """What the answer rests on."""
    turning = turning_of(asked)
    turns, members, near = turning.definitions(), tuple(turning.of_members()), nearest_of(turning)
    besides = _Besides(
        near,
        turning.valued(),
        turning.brought_under(),
        out_of_time(turning, near),
        _of_others(asked) if near is None else (),
        tuple(asked_elsewhere(asked)),
        (*open_definitions(turning), *counting(asked), *open_penalties(asked)),
        excluding_in(asked.shape, turning),
        tuple(missed(turning, turns, near)),
    )
    if members:
        found = _put_together(turning, turns, members, besides)
    else:  # cases that are alike in all this are told alike
        key = (besides, *[(turn.name, turn.origin, turn.figure) for turn in turns])
        found = asked.shape.kept("told", key, lambda: _put_together(turning, turns, (), besides))
    return Told(*found, turning.fictions(turns), near)


def _put_together(
    turning: Turning, turns: tuple[Turn, ...], members: tuple[tuple[str, Turn], ...], besides: _Besides
) -> _Together:
    asked, (near, valued, brought, out, others, elsewhere, waiting, excluding, missed_here) = turning.asked, besides
    norms = [slots.norm for slots in asked.unit.plan.norms]
    by_shape = tuple(by_grounds(_of_shape(asked.shape, asked.program), excluding))
    places = [one for _, one in by_shape]
    # Where what a norm elsewhere is kept away by is told, that a case falls under the place goes without saying.
    kept_away = {one.provision for one in elsewhere if one.kept_away_by}
    defined_here = (one for turn in turns for one in _defined(turn))
    places += [one for one in defined_here if not (one.provision in kept_away and one.facts[0].startswith("§"))]
    for found in (elsewhere, waiting):
        told_here = {one.provision for one in places}
        places += [one for one in found if one.provision not in told_here or one.punishes]
    places += [one for said, turn in members for one in _defined(turn, said)]
    places += [Authority("defines", place, text=value, facts=(fact,)) for fact, value, place in valued]
    places += dated(asked, by_shape)
    places += dated_definitions(asked.program, [*turns, *(turn for _, turn in members)])
    places += missed_here
    places += [one for position in out for one in _not_in_force(asked, norms[position])]
    places += others
    if near is not None:
        places += _short(turning, near)
        if near.by_event:
            places += by_event(asked.program, norms[near.position])
    bringing = [one for one in brought if any(place.provision.startswith(f"{one.citation.law}/") for place in places)]
    defined = {one.provision for one in places if one.role == "defines"}
    places += [
        Authority("defines", str(one.citation), one.summary) for one in bringing if str(one.citation) not in defined
    ]
    told = [place for one in places if one.role in ("decides", "kept", "opens") for place in _spoken_at(one)]
    told += [breach.provision for breach in asked.shape.breaches]
    waits = (place for one in places if one.role == "open" for place in _spoken_at(one))
    passing = dict.fromkeys((*waits, *(one.provision for one in places if one.role == "defines")))
    rested, touched, version = tuple(dict.fromkeys(told)), tuple(passing), asked.unit.version
    places += asked.shape.kept(
        "left", (rested, touched), lambda: tuple(beyond(asked.shape, asked.program, version, rested, touched))
    )
    sources = [norms[position] for position, _ in by_shape]
    if near is not None:
        sources.append(norms[near.position])
    written = {norm.key: norm.citation for norm in norms}
    notes = [Note(str(_noted_at(norm, written)), norm.note) for norm in sources if norm.note]
    notes += [
        Note(str(derivation.citation), derivation.note)
        for turn in turns
        for derivation in (*(d for d, _ in turn.origin.held), *(d for d, *_ in turn.origin.short))
        if derivation.note
    ]
    notes += [Note(str(one.citation), one.note) for one in bringing if one.note]
    return tuple(dict.fromkeys(places)), tuple(dict.fromkeys(notes))


def _noted_at(norm: Norm, written: Mapping[str, Citation]) -> Citation:
    """Where a norm's note stands: of an exemption whose place is another rule's, at the duty that it exempts from."""
    duty = written.get(norm.exempts[0]) if norm.exempts else None
    return norm.citation if duty is None or duty.without_sentence().covers(norm.citation) else duty


# --- what follows from the shape --------------------------------------------------------------------------------------


def _of_shape(shape: Shape, program: Program) -> tuple[tuple[int, Authority], ...]:
    """What is told of the shape, each with the position of its norm."""
    known = shape.memory.get("authority")
    if known is None:
        found = [*_decides(shape), *_opens(shape), *_kept(shape), *_in_vain(shape), *still_open(shape, shape, program)]
        found += [*_perhaps_breached(shape), *_perhaps_due(shape), *_left_outside(shape)]
        known = shape.memory["authority"] = tuple(dict.fromkeys(found))
    assert isinstance(known, tuple)
    return known


def _decides(shape: Shape) -> Iterator[tuple[int, Authority]]:
    """The norms cited; of several of which one applies, what tells whether each does, or what goes before it."""
    perhaps = {position for position, role in shape.picked if role == "perhaps"}
    for (position, role), cited in zip(shape.picked, shape.cited, strict=True):
        if role in _DECIDING:
            facts = _asked_of_itself(shape, position)
            for place in cited.provisions:
                yield position, Authority("decides", place, cited.summary, cited.chains, facts)
        elif role in ("weakens", "restores"):
            for place in cited.provisions:
                yield position, Authority("opens", place, cited.summary, cited.chains)
        else:
            tells = tuple(sorted(which_of_several(shape.reading, position, perhaps)))
            unmet = _failing(shape, position) if shape.verdict is Verdict.REQUIRED else ()
            for place in cited.provisions:
                yield position, Authority("open", place, cited.summary, cited.chains, tells, unmet)


def _failing(shape: Shape, position: int) -> tuple[str, ...]:
    """What a duty that may be the one that is owed requires, and what fails of it."""
    own = (slot for owner, slot in shape.requirements(position) if owner == position)
    failed = (slot for slot in own if fails(shape.reading, slot))
    return tuple(dict.fromkeys(render(slot.requirement.condition) for slot in failed))


def _asked_of_itself(shape: Shape, position: int) -> tuple[str, ...]:
    """What the manner of a duty that is owed waits for at its own place; other places that bind it are `kept`."""
    if shape.verdict is not Verdict.REQUIRED:
        return ()
    at = shape.reading.plan.norms[position].norm.citation
    own = [s for owner, s in shape.requirements(position) if owner == position and s.requirement.citation == at]
    return tuple(sorted({name for slot in own for name in waited_for(shape.reading, slot)}))


def _opens(shape: Shape) -> Iterator[tuple[int, Authority]]:
    """What took a norm out of the way that would have made another answer."""
    if shape.verdict is Verdict.UNDETERMINED:
        return
    norms, picked = shape.reading.plan.norms, {position for position, _ in shape.picked}
    for position, owner, place in opened(shape, outcome_of, picked):
        norm = norms[owner].norm
        if _would_concur(shape, position):
            continue
        role: AuthorityRole = "opens"
        if _is_transitional(norm, place):
            role = "dates"
        elif shape.verdict in NOTHING_SAID and norms[position].direction in ("may", "must"):
            role = "stops_short"  # nothing was opened: what would have spoken is left out here
        yield owner, placed(role, place, speaking_at(place, norm, norms))
    yield from ((owner, placed("opens", place, norms[owner].norm)) for owner, place in lifting(shape))


def _would_concur(shape: Shape, position: int) -> bool:
    """True of a norm that is kept away and would say what the answer says, at one place more."""
    if shape.reading.plan.norms[position].norm.has_time:
        return False
    now, then = outcome_of(shape), outcome_of(changed(shape, *freed(shape, position)))
    return replace(then, places=now.places) == now and now.places < then.places


def _is_transitional(norm: Norm, place: Citation) -> bool:
    return norm.direction == "disapply" and place.article.startswith("addenda-")


def _left_outside(shape: Shape) -> Iterator[tuple[int, Authority]]:
    """In an answer that is not settled, what hands the matter to law that the rulebook does not hold."""
    if shape.verdict is not Verdict.UNDETERMINED:
        return
    for position, (slots, status) in enumerate(zip(shape.reading.plan.norms, shape.statuses, strict=True)):
        norm = slots.norm
        if slots.direction == "disapply" and norm.external and status.effective == IN:
            for place in places_of(shape.reading, shape.statuses, position):
                if _is_transitional(norm, place):
                    yield position, placed("dates", place, norm)
                else:
                    yield position, replace(placed("left_to", place, norm), text=", ".join(map(str, norm.external)))


def _kept(shape: Shape) -> Iterator[tuple[int, Authority]]:
    """The limits and requirements of other places that bind and are met, or bind what is still open.

    A place of which one part is met and another breached is not kept.
    """
    if shape.verdict in (Verdict.UNDETERMINED, Verdict.FORBIDDEN, *NOTHING_SAID):
        return
    outcome = outcome_of(shape)
    decided = {place for cited in shape.cited for place in cited.provisions}
    breached = {breach.provision for breach in shape.breaches}
    met: dict[tuple[int, Citation, tuple[str, ...]], dict[str, None]] = {}
    for position in shape.core:
        slots = shape.reading.plan.norms[position]
        if slots.direction not in ("may", "must"):
            continue
        for owner, slot in shape.requirements(position):
            place = slot.requirement.citation
            if str(place) in breached or (
                owner == position and (place == slots.norm.citation or str(place) in decided)
            ):
                continue
            to_be_kept = awaited(shape.reading, slot)
            if shape.verdict is Verdict.REQUIRED:
                to_be_kept = tuple(sorted({*to_be_kept, *waited_for(shape.reading, slot)}))
            if to_be_kept or (
                shape.reading.truths[slot.truth] == TRUE and without(shape, {slot.truth: FALSE}) != outcome
            ):
                met.setdefault((owner, place, to_be_kept), {})[render(slot.requirement.condition)] = None
    for (owner, place, to_be_kept), conditions in met.items():
        norm = shape.reading.plan.norms[owner].norm
        yield owner, replace(placed("kept", place, norm), conditions=tuple(conditions), facts=to_be_kept)


def _in_vain(shape: Shape) -> Iterator[tuple[int, Authority]]:
    """What kept a permission from going before a ban: its requirements, and those of limits, that fail."""
    if shape.verdict is Verdict.FORBIDDEN:
        yield from in_vain(shape, outcome_of, {position for position, _ in shape.picked})


def _perhaps_breached(shape: Shape) -> Iterator[tuple[int, Authority]]:
    """The limits that are breached if they bind, of which that is not known: of a permission that breaches one of them
    whichever does, or of a duty."""
    if shape.verdict not in (Verdict.FORBIDDEN, Verdict.REQUIRED):
        return
    reading, plan = shape.reading, shape.reading.plan
    breached = {breach.norm for breach in shape.breaches}
    for position in shape.core:
        slots = plan.norms[position]
        if shape.verdict is Verdict.FORBIDDEN and (slots.direction == "must_not" or slots.norm.key in breached):
            continue
        failed = [
            (owner, slot)
            for owner, slot in shape.requirements(position)
            if owner != position and shape.statuses[owner].effective != IN
            if fails(reading, slot)
        ]
        tells = tuple(sorted({name for owner, _ in failed for name in what_tells(reading, owner)}))
        for (owner, place), unmet in by_place(failed).items():
            one = placed("open", place, plan.norms[owner].norm)
            yield owner, replace(one, facts=tells, conditions=tuple(unmet))


def _perhaps_due(shape: Shape) -> Iterator[tuple[int, Authority]]:
    """Beside a duty that is owed, others that set a day for it, of which it is not known whether they are."""
    if shape.verdict is Verdict.REQUIRED:
        for position in setting_a_day(shape.reading, shape.statuses, shape.core):
            norm = shape.reading.plan.norms[position].norm
            tells = tuple(sorted(what_tells(shape.reading, position)))
            yield position, replace(placed("open", norm.citation, norm), facts=tells)


# --- what is the case's own -------------------------------------------------------------------------------------------


def _defined(turn: Turn, said: str = "") -> Iterator[Authority]:
    fact = (said or turn.derived.base or turn.name,)
    for derivation, places in turn.origin.held:
        chains = chains_of(derivation.sources)
        for place in places:
            yield Authority("defines", place, derivation.summary, chains, fact, text=turn.figure)
    for one in turn.origin.short:
        yield from did_not_reach(one, fact)
    for derivation in turn.origin.felled:
        yield Authority("opens", str(derivation.citation), derivation.summary, chains_of(derivation.sources), fact)


def _short(turning: Turning, near: Nearest) -> Iterator[Authority]:
    asked = turning.asked
    norm = asked.unit.plan.norms[near.position].norm
    yield replace(placed("stops_short", near.place, norm), conditions=near.failed, kept_away_by=near.kept_away_by)
    for clause in conditions_of_unit(asked.unit).leaving_out[norm.citation]:
        left_out = clause.leaves_out(norm.citation)
        if left_out is None or not (_is_about(clause, asked.facts) and clause.force.holds(asked.unit.version)):
            continue
        if all(t == TRUE for t in turning.truths(list(clause.when))):
            spelled = f"{left_out.article}{f' {left_out.place}' if left_out.place else ''}"
            yield Authority("stops_short", str(clause.citation), clause.summary, text=f"leaves out Article {spelled}")


def _is_about(clause: ListClause, facts: Mapping[str, object]) -> bool:
    """True where the stated facts speak of what the clause reads its list for, or its trigger says it all."""
    if clause.when or not clause.read_as:
        return True
    spoken_of = {name.partition(".")[0] for name in facts} | {v for v in facts.values() if isinstance(v, str)}
    return not spoken_of.isdisjoint(clause.read_as)


def _of_others(asked: Asked) -> tuple[Authority, ...]:
    """The duties and permissions of others, where none of the bearer's comes near to an answer (S48)."""
    if asked.shape.verdict not in NOTHING_SAID:
        return ()
    whole = asked.unit.explained.of_anybody(asked.facts, asked.setting)
    if whole is None or whole.verdict in (*NOTHING_SAID, Verdict.FORBIDDEN):
        return ()
    terms = asked.program.vocabulary.terms

    def told(place: str, one: Cited | Norm, chains: tuple[tuple[SourceStep, ...], ...]) -> Authority:
        return Authority(
            "stops_short", place, one.summary, chains, text=f"for {' or '.join(terms[r].label for r in one.by)}"
        )

    found = [
        told(place, cited, cited.chains)
        for cited in whole.cited
        if cited.role == "decides" and cited.by
        for place in cited.provisions
    ]
    if not found:  # nothing of theirs is settled: what may still be
        norms = {norm.key: norm for norm in asked.program.components[asked.unit.plan.component.action].norms}
        still = [norms[one.norm] for one in whole.considered if one.status == "unknown"]
        found = [
            told(str(norm.citation), norm, chains_of(norm.sources))
            for norm in still
            if norm.direction in ("may", "must") and norm.by
        ]
    return tuple(dict.fromkeys(found))


def _not_in_force(asked: Asked, norm: Norm) -> Iterator[Authority]:
    """The instrument that puts in force, or has ended, a wording which alone would have spoken or permitted."""
    force = norm.force
    return instruments(asked.program, norm, force.since if force.is_to_come(asked.unit.version) else force.until)


def _spoken_at(one: Authority) -> Iterator[str]:
    """The place that the answer rests on, and the places of the clauses through which it applies."""
    yield one.provision
    for chain in one.chains:
        for step in chain:
            yield step.citation
