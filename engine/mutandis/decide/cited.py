"""Which norms a verdict rests on, in what role, and by which provisions (S29)."""

from __future__ import annotations

from typing import Literal

from mutandis.citation import Citation
from mutandis.decide.order import CONDITIONAL, FAILS, HOLDS, IN, Reading, Status
from mutandis.decide.plan import GroundSlot
from mutandis.decide.result import Cited, SourceStep, Verdict
from mutandis.decide.ternary import TRUE
from mutandis.link.program import Step

Role = Literal["decides", "opposes", "weakens", "restores", "perhaps"]


def picked_norms(reading: Reading, statuses: list[Status], verdict: Verdict) -> tuple[tuple[int, Role], ...]:
    """The norms of the deciding class that surely are effective, by position; else those that may be (S29)."""
    sure, perhaps = _classes(reading, statuses, True), _classes(reading, statuses, False)
    require, exempt = (sure[k] or perhaps[k] for k in ("require", "exempt"))
    match verdict:
        case Verdict.CONFLICT:
            pairs = (("require", "forbid"), ("require", "exempt"), ("ok", "forbid"))
            certain = [pair for pair in pairs if sure[pair[0]] and sure[pair[1]]]
            likely = [p for p in pairs if (sure[p[0]] or perhaps[p[0]]) and (sure[p[1]] or perhaps[p[1]])]
            one, other = (sure[k] or perhaps[k] for k in (*certain, *likely)[0])
            return (*((p, "decides") for p in one), *((p, "opposes") for p in other))
        case Verdict.FORBIDDEN:
            chosen = sure["forbid"]
            if not chosen and (breached := sure["permit"]):
                return (*((p, "decides") for p in breached), *_weakening(reading, breached, exempt))
            chosen = chosen or perhaps["forbid"] or perhaps["permit"]
        case Verdict.REQUIRED:
            chosen = require
        case Verdict.PERMITTED | Verdict.CONDITIONAL:
            if verdict is Verdict.PERMITTED:
                # Where no one permission is ok whatever the open values, several are together.
                ok = sure["ok"] or perhaps["ok"] or [p for p in sure["permit"] if statuses[p].ok & CONDITIONAL]
            else:  # also those whose bound is not known yet: they may allow more
                permit = sure["permit"] or perhaps["permit"]
                ok = [p for p in permit if statuses[p].ok & (HOLDS | CONDITIONAL)]
            return (*((p, "decides") for p in ok), *_weakening(reading, ok, exempt))
        case Verdict.EXEMPT:
            chosen = exempt
        case Verdict.UNDETERMINED:
            chosen = sorted(sure["forbid"] + sure["require"] + sure["exempt"] + sure["permit"])
        case _:
            chosen = []
    return tuple((p, "decides") for p in chosen)


def _weakening(reading: Reading, permits: list[int], exempt: list[int]) -> list[tuple[int, Role]]:
    """The exemptions that made permissions of the duties among `permits`."""
    weakened = [p for p in permits if reading.plan.norms[p].direction == "must"]
    slots = [reading.plan.norms[p] for p in weakened]
    weakeners = {beat.beater for s in slots for beat in (*s.beats, *s.part_beats)} & set(exempt)
    return [(p, "weakens") for p in sorted(weakeners)]


def _classes(reading: Reading, statuses: list[Status], sure: bool) -> dict[str, list[int]]:
    """The positions of bans, duties, exemptions and permissions that are effective: surely, or perhaps."""
    found: dict[str, list[int]] = {"forbid": [], "require": [], "exempt": [], "permit": [], "ok": []}
    for position, (slots, status) in enumerate(zip(reading.plan.norms, statuses, strict=True)):
        if status.effective != IN if sure else not status.effective & IN:
            continue
        weak = status.weak == IN if sure else status.weak & IN
        match slots.direction:
            case "must_not":
                found["forbid"].append(position)
            case "need_not":
                found["exempt"].append(position)
            case "must" if not weak:
                found["require"].append(position)
            case "may" | "must":
                found["permit"].append(position)
                if status.ok & HOLDS and not (sure and status.ok & FAILS):
                    found["ok"].append(position)
    return found


def restoring_norms(reading: Reading, statuses: list[Status], verdict: Verdict, cited: list[int]) -> list[int]:
    """What felled an exclusion that holds, of the norms cited or of one of these."""
    if verdict is Verdict.UNDETERMINED:
        return []
    known, found, pending = set(cited), [], sorted(cited)
    while pending:
        slots = reading.plan.norms[pending.pop(0)]
        holding = {index for index, place in enumerate(slots.exclusions) if reading.truths[place] == TRUE}
        for beat in slots.part_beats:
            felled = beat.exclusions & holding and reading.bites(beat.beater, beat.relation, statuses) & IN
            if felled and beat.beater not in known:
                known.add(beat.beater)
                found.append(beat.beater)
                pending.append(beat.beater)
    return sorted(found)


def places_of(reading: Reading, statuses: list[Status], position: int) -> list[Citation]:
    """The innermost grounds of a norm that hold and are not felled; its own place where there are none."""
    slots = reading.plan.norms[position]
    felled = {
        index
        for beat in slots.part_beats
        if reading.bites(beat.beater, beat.relation, statuses) == IN
        for index in beat.grounds
    }
    places = [
        place
        for index, ground in enumerate(slots.grounds)
        if reading.truths[ground.truth] == TRUE and index not in felled
        for place in _innermost(reading, ground)
    ]
    return list(dict.fromkeys(places)) or [slots.norm.citation]


def cite(reading: Reading, statuses: list[Status], position: int, role: Role) -> Cited:
    """A norm as an answer names it."""
    norm = reading.plan.norms[position].norm
    return Cited(
        norm=norm.key,
        provisions=tuple(map(str, places_of(reading, statuses, position))),
        direction=norm.direction,
        role=role,
        summary=norm.summary,
        by=norm.by,
        to=norm.to,
        chains=chains_of(norm.sources),
        external=tuple(str(e) for e in norm.external),
    )


def chains_of(sources: tuple[tuple[Step, ...], ...]) -> tuple[tuple[SourceStep, ...], ...]:
    """The chains of clauses by which something comes, as an answer names them."""
    return tuple(tuple(SourceStep(str(step.citation), step.construals) for step in chain) for chain in sources)


def _innermost(reading: Reading, slot: GroundSlot) -> list[Citation]:
    inner = [g for g in slot.inner if reading.truths[g.truth] == TRUE]
    return [place for g in inner for place in _innermost(reading, g)] or [slot.ground.citation]
