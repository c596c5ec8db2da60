"""The parts of a decision that depend on the case's own values, each worked out when it is asked for.

`Asked` is one question: a shape and the case that has it. Whatever needs more than the numbers that the compiled
function found reads the case again with the detailed function.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from mutandis.calendar import compare_times, move
from mutandis.citation import parse_citation
from mutandis.condition.render import render
from mutandis.decide.limits import shown
from mutandis.decide.names import Names
from mutandis.decide.order import IN, OUT
from mutandis.decide.plan import Detail, NormSlots
from mutandis.decide.result import (
    Breach,
    Considered,
    DeadlineDue,
    Fiction,
    Finding,
    Note,
    Presumption,
    Threat,
    Verdict,
)
from mutandis.decide.shape import Explains, Shape, considered, is_open, possible, why_irrelevant
from mutandis.decide.ternary import FALSE, NONE, TRUE, Gap, either, is_settled
from mutandis.link.program import Norm, Program
from mutandis.link.reads import facts_read, of_norm
from mutandis.rulebook.model import Deadline
from mutandis.values import UNKNOWN, Unknown


class Asked(NamedTuple):
    """One question about one case, and the numbers that the compiled function found."""

    shape: Shape
    numbers: tuple[Any, ...]
    facts: Mapping[str, object]
    at: dt.date | None
    holidays: frozenset[dt.date] | None
    choices: Mapping[str, object] | None

    @property
    def unit(self) -> Explains:
        """The compiled code that decided."""
        return self.shape.unit

    @property
    def program(self) -> Program:
        """The linked rulebook."""
        return self.unit.program

    def detail(self) -> tuple[tuple[Any, ...], Detail, Names]:
        """What the detailed function finds in this case, where it puts it, and the names it waits for."""
        return self.unit.detail(self.facts, self.at, self.holidays, self.choices)


# --- deadlines, breaches, penalties -----------------------------------------------------------------------------------


def deadlines(asked: Asked) -> tuple[DeadlineDue, ...]:
    """When each cited duty falls due."""
    if not asked.shape.has_deadlines:
        return ()
    values, detail, names = asked.detail()
    found: list[DeadlineDue] = []
    for position in asked.shape.core:
        norm = asked.unit.plan.norms[position].norm
        if norm.deadline is not None:
            place = detail.deadlines[position]
            due = None if place is None else values[place]
            done = values[detail.done[0]] if detail.done else UNKNOWN
            found.append(_deadline(norm, norm.deadline, due, done, asked, names))
    return tuple(found)


def _deadline(norm: Norm, deadline: Deadline, due: Any, done: Any, asked: Asked, names: Names) -> DeadlineDue:
    key, place = norm.key, str(norm.citation)
    if deadline.expression is None:
        return DeadlineDue(key, place, "words", deadline.words, None, None, None)
    if not isinstance(due, dt.date):
        waits = names.waits(due.truth if isinstance(due, Gap) else TRUE)
        unknown = tuple(sorted(waits.facts | waits.parameters))
        return DeadlineDue(key, place, deadline.relation, "", None, None, None, unknown)
    latest: dt.date | None = due
    if deadline.clock == "civil" and not isinstance(due, dt.datetime):
        due, latest, _ = move(due, asked.program.days_off_with(asked.holidays))
    passed = _passed(deadline.relation, done, asked.at, due, latest)
    return DeadlineDue(key, place, deadline.relation, "", due, latest, passed)


def _passed(relation: str, done: Any, at: dt.date | None, due: dt.date, latest: dt.date | None) -> bool | None:
    """Whether the deadline was missed: done too late, or not done and the time is over; None if it cannot be told.

    `latest` is None where the last day is not known upward: then nothing is late for sure.
    """
    performed = isinstance(done, dt.date)
    not_done = done is NONE or (isinstance(done, int) and done == FALSE)
    when = done if performed else at if not_done else None
    if when is None:
        return None

    def late(limit: dt.date) -> bool:
        order = compare_times(when, limit)
        if relation == "before":
            return order >= 0
        return order != 0 if relation == "on" and performed else order > 0

    first, last = late(due), late(latest) if latest is not None else None
    if latest is None and not first and relation != "on":
        return False
    return first if first == last else None


def late_breaches(asked: Asked, due: Iterable[DeadlineDue]) -> tuple[Breach, ...]:
    """The deadlines of duties that have passed, as breaches."""
    duties = {slots.norm.key for slots in asked.unit.plan.norms if slots.direction == "must"}
    return tuple(
        Breach(d.norm, d.provision, f"{d.relation} {_spell(d.due)}") for d in due if d.passed and d.norm in duties
    )


def _spell(day: dt.date | None) -> str:
    if isinstance(day, dt.datetime):
        return day.isoformat(timespec="minutes")
    return "None" if day is None else day.isoformat()


def penalties(asked: Asked, breaches: tuple[Breach, ...]) -> tuple[Threat, ...]:
    """What is threatened for what the decision forbids or finds breached."""
    plan, reading = asked.unit.plan, asked.shape.reading
    if not plan.penalties:
        return ()
    broken = {breach.norm for breach in breaches}
    cited = zip(asked.shape.picked, asked.shape.cited, strict=True)
    punishable = [
        (slots.norm, (slots.norm.citation, *map(parse_citation, cite.provisions)))
        for slots, status, cite in ((plan.norms[p], asked.shape.statuses[p], cite) for (p, _), cite in cited)
        if not slots.norm.sources
        and cite.role != "restores"
        and status.effective == IN
        and (slots.direction == "must_not" or (slots.direction == "must" and slots.norm.key in broken))
    ]
    found: list[Threat] = []
    for place, penalty in zip(plan.penalties, plan.component.penalties, strict=True):
        hit = [n for n, places in punishable if any(o.covers(place) for o in penalty.of for place in places)]
        if hit and reading.truths[place] == TRUE:
            of = tuple(dict.fromkeys(str(n.citation) for n in hit))
            found.append(Threat(str(penalty.citation), of, tuple(o.text for o in penalty.options), penalty.summary))
    return tuple(found)


# --- why not ----------------------------------------------------------------------------------------------------------


def failing(asked: Asked) -> list[tuple[str, ...]]:
    """Per norm, why it is not triggered, in words of its conditions."""
    values, detail, _ = asked.detail()
    return [_failing(slots, k, values, detail) for k, slots in enumerate(asked.unit.plan.norms)]


def _failing(slots: NormSlots, position: int, values: tuple[Any, ...], detail: Detail) -> tuple[str, ...]:
    if values[detail.force[position]] == FALSE:
        return ("not in force",)
    norm = slots.norm
    found = [render(c) for c, k in zip(norm.when, detail.when[position], strict=True) if values[k] == FALSE]
    if norm.grounds and either(*[values[k] for k in detail.grounds[position]]) == FALSE:
        found.append("no ground holds")
    for exclusion, k in zip(norm.exclusions, detail.exclusions[position], strict=True):
        if values[k] == TRUE:
            found.append(f"excluded by {exclusion.citation}")
    return tuple(found)


def nearest(asked: Asked) -> tuple[int | None, tuple[str, ...]]:
    """For a decision by default: the permission with the fewest failing conditions, and these."""
    if asked.shape.verdict is not Verdict.FORBIDDEN_BY_DEFAULT:
        return None, ()
    reasons = failing(asked)
    candidates = [
        position
        for position, slots in enumerate(asked.unit.plan.norms)
        if slots.direction in ("may", "must") and not slots.norm.derived
    ]
    if not candidates:
        return None, ()
    best = min(candidates, key=lambda position: len(reasons[position]))
    return best, reasons[best]


def unmet(asked: Asked) -> tuple[str, ...]:
    """What the nearest permission failed on, or for a conditional answer what waits for parameters without a bound."""
    shape = asked.shape
    if shape.verdict is not Verdict.CONDITIONAL:
        return nearest(asked)[1]
    parameters = shape.reading.names.parameters
    found: dict[str, None] = {}
    for position in shape.core:
        for _, slot in shape.requirements(position):
            truth = shape.reading.truths[slot.truth]
            if not is_open(shape.reading, slot.bound) and not is_settled(truth) and ~truth & parameters:
                found[render(slot.requirement.condition)] = None
    return tuple(found)


def all_considered(asked: Asked) -> tuple[Considered, ...]:
    """Every norm about the action and what became of it."""
    return considered(asked.shape, failing(asked))


# --- what it rests on -------------------------------------------------------------------------------------------------


def basis(asked: Asked) -> list[int]:
    """The norms a decision rests on: the cited ones, when undetermined every open one, by default the nearest."""
    shape = asked.shape
    positions = [position for position, _ in shape.picked]
    if shape.verdict is Verdict.UNDETERMINED:
        positions += [position for position, status in enumerate(shape.statuses) if possible(status)]
    near = nearest(asked)[0]
    if near is not None:
        positions.append(near)
    return list(dict.fromkeys(positions))


def reads(asked: Asked) -> tuple[str, ...]:
    """The facts that the basis reads, in order of first reading."""
    shape, norms = asked.shape, asked.unit.plan.norms
    rests_on = basis(asked)
    key = f"reads {rests_on}"
    found = shape.memory.get(key)
    if found is None:
        settled = shape.verdict is not Verdict.UNDETERMINED
        sure = {position for position, _ in shape.picked} if settled else set()
        binding = [k for position in rests_on for k in norms[position].limits if shape.statuses[k].effective == IN]
        read = [e for position in rests_on for e in _conditions(asked, position, position in sure)]
        read += [e for k in dict.fromkeys(binding) for e in _conditions(asked, k, True)]
        found = shape.memory[key] = facts_read(asked.program, read)
    assert isinstance(found, tuple)
    return found


def _conditions(asked: Asked, position: int, held_only: bool) -> list[Any]:
    slots, truths = asked.unit.plan.norms[position], asked.shape.reading.truths
    grounds = [g.ground for g in slots.grounds if not held_only or truths[g.truth] == TRUE]
    return list(of_norm(slots.norm, grounds))


def findings(asked: Asked) -> tuple[Finding, ...]:
    """The facts it rests on that the law leaves to somebody's judgement."""
    found: list[Finding] = []
    for name in reads(asked):
        declared = asked.program.vocabulary.facts.get(name)
        if declared is not None and declared.found_by:
            value = asked.facts.get(name)
            found.append(Finding(name, declared.found_by, None if isinstance(value, Unknown) else value))
    return tuple(found)


def presumptions(asked: Asked) -> tuple[Presumption, ...]:
    """The facts it rests on that nobody gave and that are presumed (S30)."""
    found: list[Presumption] = []
    for name in reads(asked):
        declared = asked.program.vocabulary.facts.get(name)
        if declared is None or not declared.has_presumption or name in asked.facts or name in asked.program.derived:
            continue
        place = str(declared.presumed_from) if declared.presumed_from is not None else ""
        found.append(Presumption(name, shown(declared.presume, declared.type), place))
    return tuple(found)


def fictions(asked: Asked) -> tuple[Fiction, ...]:
    """The facts it rests on that are read as other values (S39)."""
    read = set(reads(asked))
    deemed = sorted(name for name in read & asked.program.derived.keys() if asked.program.derived[name].base)
    if not deemed:
        return ()
    values, detail, _ = asked.detail()
    found: list[Fiction] = []
    for name in deemed:
        derived = asked.program.derived[name]
        place, entries = detail.derived[name]
        value = values[place]
        is_truth = derived.type.kind == "yes_no"
        known = is_settled(value) if is_truth else not isinstance(value, Gap) or value is NONE
        held = [k for k, entry in enumerate(entries) if values[entry] == TRUE]
        if known and held and (asked.choices is None or name not in asked.choices):
            citations = [str(e.citation) for d in derived.derivations for e in d.entries]
            said = value == TRUE if is_truth else shown(value, derived.type)
            found.append(Fiction(derived.base, said, citations[held[0]]))
    return tuple(found)


def notes(asked: Asked) -> tuple[Note, ...]:
    """What the text leaves open at the places it rests on."""
    norms = [asked.unit.plan.norms[position].norm for position in basis(asked)]
    found = [Note(str(norm.citation), norm.note) for norm in norms if norm.note]
    for name in reads(asked):
        derived = asked.program.derived.get(name)
        for derivation in derived.derivations if derived is not None else ():
            if derivation.note:
                found.append(Note(str(derivation.citation), derivation.note))
    return tuple(dict.fromkeys(found))


def irrelevant(asked: Asked) -> tuple[tuple[str, str], ...]:
    """The unknown facts that no longer matter, each with the reason."""
    shape, program = asked.shape, asked.program
    by_norm = asked.unit.facts_by_norm()
    found: list[tuple[str, str]] = []
    for name in asked.unit.facts_in_order():
        declared = program.vocabulary.facts.get(name)
        if name in program.derived or (declared is not None and declared.parameter) or name in shape.missing:
            continue
        presumed = declared is not None and declared.has_presumption
        if asked.facts.get(name, None if presumed else UNKNOWN) is not UNKNOWN:
            continue
        reasons = {
            f"{slots.norm.citation} {why_irrelevant(status)}": None
            for slots, status, read in zip(asked.unit.plan.norms, shape.statuses, by_norm, strict=True)
            if name in read
        }
        found.append((name, "; ".join(reasons)))
    return tuple(found)


def outside(asked: Asked) -> tuple[str, ...]:
    """Law outside the rulebook that norms which may apply point to."""
    pairs = zip(asked.unit.plan.norms, asked.shape.statuses, strict=True)
    return tuple(dict.fromkeys(str(e) for s, status in pairs if status.effective != OUT for e in s.norm.external))
