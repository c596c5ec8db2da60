"""The parts of a decision that depend on the case's own values, each worked out when it is asked for.

Whatever needs more than the numbers that the compiled function found reads the case again with the detailed function.
Imported where somebody looks at such a part: a verdict needs none of them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from mutandis.calendar.dates import compare_times
from mutandis.calendar.days_off import DaysOff, move
from mutandis.calendar.reckoning import Reckoning, reckon, reckon_back, reckon_working_days
from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.dataclass import replace
from mutandis.decide.asked import MEASURES, Asked
from mutandis.decide.explains import Explains
from mutandis.decide.fates import considered, why_irrelevant
from mutandis.decide.member_limits import bounding_of, member_limits
from mutandis.decide.names import Names
from mutandis.decide.order import IN, OUT
from mutandis.decide.period_limits import last_of, measures_in, period_limits
from mutandis.decide.plan import Detail, NormSlots, RequirementSlot
from mutandis.decide.requirements import awaited, is_open
from mutandis.decide.result import EXCLUDED_BY, NO_GROUND, NOT_IN_FORCE, Breach, Limit, Verdict
from mutandis.decide.result_parts import (
    Considered,
    Counted,
    CountingStep,
    DeadlineDue,
    Irrelevant,
    PassedOver,
    Stand,
)
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import FALSE, NONE, TRUE, Gap, either
from mutandis.decide.ways import comes_to_limits, ways_of, with_limits_of_ways
from mutandis.link.program import Norm, Program
from mutandis.rulebook.law import Deadline
from mutandis.values import UNKNOWN, Duration


def measures(shape: Shape) -> frozenset[str]:
    """On what of its requirements the decision's limits rest besides numbers: `periods` by how long they last,
    `members` by what a list has in these, `ways` of which some bound a parameter."""
    found = shape.memory.get(MEASURES)
    if found is None:
        requirements = (slot for position in shape.core for _, slot in shape.requirements(position))
        found = frozenset(kind for slot in requirements for kind in _measured_in(shape.unit, slot))
        shape.memory[MEASURES] = found
    assert isinstance(found, frozenset)
    return found


def _measured_in(unit: Explains, slot: RequirementSlot) -> Iterator[str]:
    condition = slot.requirement.condition
    if any(True for _ in measures_in(condition)):
        yield "periods"
    if any(True for _ in bounding_of(unit, condition)):
        yield "members"
    if any(ways is not None for ways in ways_of(unit, slot)):
        yield "ways"


def limits_measured(asked: Asked, known: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """The limits `known` by their numbers, with those that requirements have in some of their ways, the last days of
    the periods that the decision bounds, and the bounds on the members of lists."""

    def value_of(name: str) -> Any:
        return _value_of(asked, name)

    kinds = measures(asked.shape)
    # Where no requirement has ways, what is the tightest is marked already.
    found = with_limits_of_ways(asked, known, value_of) if "ways" in kinds else known
    found += period_limits(asked.shape, value_of) if "periods" in kinds else ()
    return found + member_limits(asked) if "members" in kinds else found


def _value_of(asked: Asked, name: str) -> Any:
    if name in asked.program.derived:
        values, detail, _ = asked.detail()
        place = detail.derived.get(name)
        return UNKNOWN if place is None else values[place[0]]
    declared = asked.program.vocabulary.facts.get(name)
    return asked.facts.get(name, UNKNOWN if declared is None else declared.absent)


# --- deadlines, breaches ----------------------------------------------------------------------------------------------


def deadlines(asked: Asked) -> tuple[DeadlineDue, ...]:
    """When each cited duty falls due, and how often it comes again."""
    if not asked.shape.has_deadlines:
        return ()
    found: tuple[DeadlineDue, ...] | None = asked.worked_out.get("deadlines")
    if found is None:
        found = asked.worked_out["deadlines"] = _deadlines(asked)
    return found


def _deadlines(asked: Asked) -> tuple[DeadlineDue, ...]:
    values, detail, names = asked.detail()
    found: list[DeadlineDue] = []
    for position in asked.shape.core:
        norm = asked.unit.plan.norms[position].norm
        if norm.deadline is not None:
            place = detail.deadlines[position]
            due = None if place is None else values[place]
            ruled = detail.done_by_rule[position]
            recorded = values[detail.done[0] if ruled is None else ruled] if detail.done else None
            done = _recorded(recorded)
            event = detail.reckoned[position]
            term = None if event is None else (values[event[0]], values[event[1]])
            one = _deadline(norm, norm.deadline, due, term, done, asked, names)
            if recorded is not None and done is None and _is_over(one, asked.at):
                waits = names.waits(recorded.truth if isinstance(recorded, Gap) else recorded)
                one = replace(one, unknown_for=tuple(sorted(waits.facts)))
            found.append(one)
        if norm.recurs:
            found.append(DeadlineDue(norm.key, str(norm.citation), "recurs", norm.recurs, None, None, None))
    return tuple(found)


def _recorded(done: Any) -> dt.date | bool | None:
    """What the fact that records the doing says: the day or moment, whether it was done at all, None where unknown."""
    if isinstance(done, dt.date):
        return done
    if done is NONE or (isinstance(done, int) and done == FALSE):
        return False
    return True if isinstance(done, int) and done == TRUE else None


def _deadline(
    norm: Norm,
    deadline: Deadline,
    due: Any,
    term: tuple[Any, Any] | None,
    done: dt.date | bool | None,
    asked: Asked,
    names: Names,
) -> DeadlineDue:
    key, place = norm.key, str(norm.citation)
    if deadline.expression is None:
        return DeadlineDue(key, place, "words", deadline.words, None, None, None, done=done)
    reckoning = _reckoning(deadline, due, term, asked)
    if not isinstance(due, dt.date) and reckoning is None:
        waits = names.waits(due.truth if isinstance(due, Gap) else TRUE)
        unknown = tuple(sorted(waits.facts | waits.parameters))
        from mutandis.link.read_through import definitions_not_held  # a day that is known needs none of it

        unheld = dict.fromkeys(str(one.citation) for one in definitions_not_held(asked.program, waits.wording))
        held = tuple(unheld)
        return DeadlineDue(key, place, deadline.relation, "", None, None, None, unknown, wording=held, done=done)
    latest: dt.date | None = due
    if reckoning is not None:
        due, latest = reckoning.last, reckoning.latest
    elif deadline.clock == "civil" and not isinstance(due, dt.datetime):
        due, latest, _ = move(due, asked.program.days_off_with(asked.holidays))
    passed = _passed(deadline.relation, done, asked.at, due, latest)
    counted = None if reckoning is None else _counted(deadline, term, reckoning, asked.program)
    is_kept = isinstance(done, dt.date) and passed is False
    waits_for = () if latest is not None or is_kept else ("holidays",)
    return DeadlineDue(key, place, deadline.relation, "", due, latest, passed, waits_for, counted, done=done)


def _reckoning(deadline: Deadline, due: Any, term: tuple[Any, Any] | None, asked: Asked) -> Reckoning | None:
    """The end of the period that a deadline is: so long, or so many working days, after an event (S43, S50)."""
    expression = deadline.expression
    if term is None or not isinstance(term[0], dt.date) or isinstance(term[1], Gap):
        return None
    start, amount = term
    if isinstance(expression, t.EndOf):
        try:
            found = _end_of(expression, start, amount, asked.program.days_off_with(asked.holidays))
        except OverflowError:
            return None
        # Counted backward, a day that may move is not known downward: it is no day by which something is in time.
        return found if expression.side == "after" or found.latest is not None else None
    if deadline.relation != "by" or not isinstance(expression, t.Arithmetic) or not isinstance(due, dt.date):
        return None
    family = _length_of(expression, amount).family
    days_off = asked.program.days_off_with(asked.holidays) if deadline.clock == "civil" else None
    count = reckon if expression.operator == "+" else reckon_back
    return count(start, family, _length_of(expression, amount).amount, expression.counting, days_off=days_off)


def _end_of(expression: t.EndOf, start: dt.date, amount: Any, days_off: DaysOff) -> Reckoning:
    after = expression.side == "after"
    if isinstance(expression.length, t.WorkingDays):
        return reckon_working_days(start, amount, days_off, 1 if after else -1)
    length = _length_of(expression, amount)
    count = reckon if after else reckon_back
    return count(start, length.family, length.amount, expression.counting, days_off=days_off)


def _length_of(expression: t.Expression | None, amount: Any) -> Duration:
    if isinstance(amount, Duration):
        return amount
    if isinstance(expression, t.Arithmetic):
        sides = (expression.right.type, expression.left.type)
    elif isinstance(expression, t.EndOf) and not isinstance(expression.length, t.WorkingDays):
        sides = (expression.length.type, None)
    else:  # working days
        return Duration(amount, "days")
    family = next(s.family for s in sides if s is not None and s.kind == "duration")
    assert family is not None  # else the amount is a duration itself
    return Duration(amount, family)


def _counted(deadline: Deadline, term: tuple[Any, Any] | None, found: Reckoning, program: Program) -> Counted:
    """How the day came about; places of the Civil Act are named where the rulebook has it."""
    assert term is not None  # as `_reckoning` found

    def place(provision: str) -> str:
        is_here = not provision.startswith("civil-act/") or "civil-act" in program.laws
        return provision if is_here else ""

    steps = tuple(CountingStep(step.what, place(step.provision)) for step in found.steps)
    passed_over = tuple(PassedOver(day, why.label, place(why.provision)) for day, why in found.passed_over)
    length = _length_of(deadline.expression, term[1])
    return Counted(found.start, length, found.first, found.nominal, steps, passed_over)


def _passed(
    relation: str, done: dt.date | bool | None, at: dt.date | None, due: dt.date, latest: dt.date | None
) -> bool | None:
    """Whether the deadline was missed: done too late, or not done and the time is over; None if it cannot be told.

    `latest` is None where the last day is not known upward: then nothing is late for sure.
    """
    performed = isinstance(done, dt.date)
    # What is done by now was done at the latest now; only if now is in time is that enough to tell.
    when = done if isinstance(done, dt.date) else None if done is None else at
    if when is None:
        return None

    def late(limit: dt.date) -> bool:
        order = compare_times(when, limit)
        if relation == "before":
            return order >= 0
        return order != 0 if relation == "on" and performed else order > 0

    first, last = late(due), late(latest) if latest is not None else None
    if done is True:
        return False if not first and relation != "on" else None
    if latest is None and not first and relation != "on":
        return False
    return first if first == last else None


def missing(asked: Asked) -> tuple[str, ...]:
    """The facts that can still change the verdict, or that a due day (S51) or the manner of a cited duty waits for.

    Where the time of a duty is over, whether it was done is missing too.
    """
    shape = asked.shape
    if not shape.has_deadlines:
        return shape.missing
    found = set(shape.missing)
    facts = asked.program.vocabulary.facts
    for due in deadlines(asked):
        found.update(name for name in due.unknown_for if name not in facts or not facts[name].parameter)
    return tuple(sorted(found))


def _is_over(due: DeadlineDue, at: dt.date | None) -> bool:
    """Whether the last day is past and it cannot be told whether it was kept."""
    if due.passed is not None or due.latest is None or at is None:
        return False
    order = compare_times(at, due.latest)
    return order >= 0 if due.relation == "before" else order > 0


def breaches(asked: Asked) -> tuple[Breach, ...]:
    """What is breached: requirements and limits that are not met, and deadlines of duties that have passed; none of
    a duty that is, or may be, a permission, or that may not be owed."""
    norms = zip(asked.unit.plan.norms, asked.shape.statuses, strict=True)
    owed = (n for n, status in norms if n.direction == "must" and status.effective == IN and status.weak == OUT)
    duties = {slots.norm.key for slots in owed}
    late = (d for d in deadlines(asked) if d.passed and d.norm in duties)
    return (*asked.shape.breaches, *(Breach(d.norm, d.provision, f"{d.relation} {_spell(d.due)}") for d in late))


def _spell(day: dt.date | None) -> str:
    if isinstance(day, dt.datetime):
        return day.isoformat(timespec="minutes")
    return "None" if day is None else day.isoformat()


# --- why not ----------------------------------------------------------------------------------------------------------


def failing(asked: Asked) -> list[tuple[str, ...]]:
    """Per norm, why it is not triggered, in words of its conditions."""
    values, detail, _ = asked.detail()
    return [_failing(slots, k, values, detail) for k, slots in enumerate(asked.unit.plan.norms)]


def _failing(slots: NormSlots, position: int, values: tuple[Any, ...], detail: Detail) -> tuple[str, ...]:
    if values[detail.force[position]] == FALSE:
        return (NOT_IN_FORCE,)
    norm = slots.norm
    found = [render(c) for c, k in zip(norm.when, detail.when[position], strict=True) if values[k] == FALSE]
    if norm.grounds and either(*[values[k] for k in detail.grounds[position]]) == FALSE:
        found.append(NO_GROUND)
    for exclusion, k in zip(norm.exclusions, detail.exclusions[position], strict=True):
        if values[k] == TRUE:
            found.append(f"{EXCLUDED_BY}{exclusion.citation}")
    return tuple(found)


def unmet(asked: Asked) -> tuple[str, ...]:
    """For a conditional answer, what waits for parameters without a bound."""
    shape = asked.shape
    if shape.verdict is not Verdict.CONDITIONAL:
        return ()
    found: dict[str, None] = {}
    for position in shape.core:
        for _, slot in shape.requirements(position):
            condition = slot.requirement.condition
            if isinstance(condition, t.PeriodWithin) and last_of(condition, lambda n: _value_of(asked, n)) is not None:
                continue
            if is_open(shape.reading, slot.bound) or not awaited(shape.reading, slot):
                continue
            if not comes_to_limits(asked, slot):
                found[render(condition)] = None
    return tuple(found)


def all_considered(asked: Asked) -> tuple[Considered, ...]:
    """Every norm about the action and what became of it."""
    values, detail, _ = asked.detail()
    key = tuple([values[place] for place in detail.triggers])
    return asked.shape.kept("considered", key, lambda: considered(asked.shape, failing(asked)))


# --- what no longer matters -------------------------------------------------------------------------------------------


def irrelevant(asked: Asked) -> tuple[Irrelevant, ...]:
    """The unknown facts that no longer matter, each with the reasons."""
    facts = asked.facts
    unknown = [name for name, unstated in _waitable(asked.unit) if facts.get(name, unstated) is UNKNOWN]
    if not unknown:
        return ()
    waited_for = missing(asked)
    names = tuple([name for name in unknown if name not in waited_for])
    return asked.shape.kept("irrelevant", names, lambda: tuple(_irrelevant(asked.shape, names)))


def _waitable(unit: Explains) -> list[tuple[str, object]]:
    """The facts that a case may leave unknown, each with what leaving it out makes of it."""
    found: list[tuple[str, object]] | None = unit.memory.get("waitable")
    if found is None:
        found = unit.memory["waitable"] = []
        events = {event.fact for event in unit.explained.events()}
        for name in unit.explained.facts_in_order():
            declared = unit.program.vocabulary.facts.get(name)
            if name not in unit.program.derived and not (declared is not None and declared.parameter):
                presumed = name in events or (declared is not None and declared.has_presumption)
                found.append((name, None if presumed else UNKNOWN))
    return found


def _irrelevant(shape: Shape, names: Iterable[str]) -> Iterator[Irrelevant]:
    by_norm = shape.unit.explained.facts_by_norm()
    for name in names:
        reasons = {
            Stand(str(slots.norm.citation), why_irrelevant(status)): None
            for slots, status, read in zip(shape.unit.plan.norms, shape.statuses, by_norm, strict=True)
            if name in read
        }
        yield Irrelevant(name, tuple(reasons))
