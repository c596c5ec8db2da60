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
from mutandis.decide.names import Names
from mutandis.decide.order import IN, OUT
from mutandis.decide.plan import Detail, NormSlots
from mutandis.decide.result import (
    Breach,
    Considered,
    DeadlineDue,
    Threat,
    Verdict,
)
from mutandis.decide.shape import Explains, Shape, considered, is_open, why_irrelevant
from mutandis.decide.ternary import FALSE, NONE, TRUE, Gap, either, is_settled
from mutandis.link.program import Norm, Program
from mutandis.rulebook.model import Deadline
from mutandis.values import UNKNOWN


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


def unmet(asked: Asked) -> tuple[str, ...]:
    """For a conditional answer, what waits for parameters without a bound."""
    shape = asked.shape
    if shape.verdict is not Verdict.CONDITIONAL:
        return ()
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


# --- what no longer matters -------------------------------------------------------------------------------------------


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
