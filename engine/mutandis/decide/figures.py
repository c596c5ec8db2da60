"""The figures of an answer: limits, days that are due, last days of periods, bounds on members of lists.

They are worked out from the case's values, which costs more than anything else of an answer; whether another case has
the same ones is told from what they rest on.
"""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.condition import tree as t
from mutandis.decide.asked import Asked
from mutandis.decide.decision import decision_about
from mutandis.decide.explains import Explains
from mutandis.decide.member_limits import bounding_of
from mutandis.decide.order import IN
from mutandis.decide.payload import measures
from mutandis.decide.requirements import binding
from mutandis.decide.result import Verdict
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import frozen
from mutandis.decide.ways import UNSETTLED
from mutandis.link.reads import done_by, of_deadlines


def has_figures(shape: Shape) -> bool:
    """True where the answer is not that of the shape alone."""
    found = shape.memory.get("has figures")
    if found is None:
        found = bool(shape.limits) or shape.has_deadlines or measures(shape)
        shape.memory["has figures"] = found
    return bool(found)


def are_alike(asked: Asked, tried: Asked) -> bool:
    """True where a question asked again has the figures that it had for sure: what is measured is measured for the same
    norms, and rests on nothing that was changed; of what norms elsewhere are taken to be, that is not said.
    """
    shape, there = asked.shape, tried.shape
    again = tried.again
    if again is None or again.changed is None or again.applied or not again.changed.isdisjoint(read_apart(asked.unit)):
        return False
    if there is not shape and not shape.kept("measured alike", there, lambda: _basis(shape) == _basis(there)):
        return False
    # Gaps among the numbers are no part of a comparison as they are.
    return not shape.limits or frozen(asked.numbers) == frozen(tried.numbers)


def _basis(shape: Shape) -> tuple[object, ...]:
    """What of a shape says of which norms figures are measured, and how."""
    reading, statuses = shape.reading, shape.statuses
    waits = shape.verdict in (Verdict.CONDITIONAL, Verdict.UNDETERMINED)
    requirements = [
        (p, [*map(id, binding(reading, statuses, p))], [id(slot) for _, slot in shape.requirements(p)])
        for p in shape.core
    ]
    norms = zip(reading.plan.norms, statuses, strict=True)
    owed = [slots.norm.key for slots, status in norms if slots.direction == "must" and status.weak != IN]
    return waits, shape.limits, requirements, owed if shape.has_deadlines else ()


def may_rest_on_unknown(asked: Asked, fact: str) -> bool:
    """False where no figure of the answer waits for a fact that the case leaves unknown: what ways and members were
    asked is settled without it; what else is measured does not tell what it waits for."""
    if not has_figures(asked.shape) or fact not in read_apart(asked.unit):
        return False
    if fact in _read_untold(asked.unit):
        return True
    _ = decision_about(asked).limits  # which are measured now if they were not
    return UNSETTLED in asked.worked_out


def read_apart(unit: Explains) -> frozenset[str]:
    """The facts that due days and what is measured rest on, without a slot to tell of it; found once a unit."""
    found: frozenset[str] | None = unit.memory.get("read apart")
    if found is None:
        asked_of_case: list[t.Expression] = []
        for norm in unit.plan.component.norms:
            for requirement in norm.requires:
                asked_of_case += _asked_of_members(unit, requirement.condition)
                if requirement.bound is None and requirement.parameters:  # its ways may bound one of these
                    asked_of_case.append(requirement.condition)
        found = unit.memory["read apart"] = _read_untold(unit).union(unit.explained.behind(asked_of_case))
    return found


def _read_untold(unit: Explains) -> frozenset[str]:
    """Of these the lists, and the facts that due days and periods rest on."""
    found: frozenset[str] | None = unit.memory.get("read untold")
    if found is None:
        component = unit.plan.component
        read = [*of_deadlines(component)]
        for condition in [one.condition for norm in component.norms for one in norm.requires]:
            read += [t.Fact(one.name) for one in bounding_of(unit, condition)]
            if any(isinstance(node, t.PeriodWithin) for node in t.walk(condition)):
                read.append(condition)
        done = done_by(unit.program, component.action)
        found = unit.memory["read untold"] = frozenset((done, *unit.explained.behind(read)))
    return found


def _asked_of_members(unit: Explains, condition: t.Expression) -> Iterator[t.Expression]:
    """A requirement on members, and what it asks of those that are cases of their own."""
    if any(isinstance(node, t.Quantified) for node in t.walk(condition)):
        yield condition
        for one in bounding_of(unit, condition):
            yield from (*one.unbound, *one.expressions)
