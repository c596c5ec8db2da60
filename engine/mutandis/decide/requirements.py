"""What the cited norms require, and what comes of it: limits without their numbers (S12)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType, Family
from mutandis.decide.order import IN, Reading, Status
from mutandis.decide.plan import BoundSlot, Plan, RequirementSlot
from mutandis.decide.result import LimitRelation, Verdict
from mutandis.decide.ternary import FALSE, Gap, is_settled
from mutandis.link.program import Bound, Program

RELATIONS: Final[dict[str, LimitRelation]] = {
    "<": "less_than",
    "<=": "at_most",
    ">": "more_than",
    ">=": "at_least",
    "is": "exactly",
}


@dataclass(frozen=True, slots=True)
class LimitTemplate:
    """A limit without its numbers: where its value and the parameter's stand among the numbers.

    `family` is set where these are base units of a duration, `currency` where they are sums. It is `sure` where it
    binds for certain, and `alone` where no requirement that is no bound may bind its parameter too.
    """

    norm: str
    provision: str
    parameter: str
    relation: LimitRelation
    family: Family | None
    value: int
    actual: int
    currency: str | None = None
    sure: bool = True
    alone: bool = True

    @property
    def upper(self) -> bool:
        """True for a bound from above."""
        return self.relation in ("less_than", "at_most", "exactly")


def template_of(program: Program, norm: str, slot: RequirementSlot, bound: Bound, parameter: str) -> LimitTemplate:
    """The limit that a part of a requirement sets for `parameter`, which no numbers of the function stand for."""
    type_ = program.vocabulary.facts[bound.parameter].type
    place, relation = str(slot.requirement.citation), RELATIONS[bound.relation]
    return LimitTemplate(norm, place, parameter, relation, family_of(type_), 0, 0, type_.currency)


def requirements_of(reading: Reading, statuses: list[Status], position: int) -> list[tuple[int, RequirementSlot]]:
    slots = reading.plan.norms[position]
    found = [(position, requirement) for requirement in slots.requires]
    for limit in slots.limits:
        if statuses[limit].effective & IN:
            found.extend((limit, requirement) for requirement in reading.plan.norms[limit].requires)
    return found


def binding(reading: Reading, statuses: list[Status], position: int) -> list[RequirementSlot]:
    """The requirements of a norm and of its limits that bind for certain: of a limit that surely is effective."""
    required = requirements_of(reading, statuses, position)
    return [slot for owner, slot in required if owner == position or statuses[owner].effective == IN]


def is_open(reading: Reading, bound: BoundSlot | None) -> bool:
    """True for a bound on a parameter that the case leaves open."""
    return bound is not None and bound.parameter in reading.open


def fails(reading: Reading, slot: RequirementSlot) -> bool:
    """True for a requirement that fails for certain; a bound on an open parameter does not."""
    return reading.truths[slot.truth] == FALSE and not is_open(reading, slot.bound)


def awaited(reading: Reading, slot: RequirementSlot) -> tuple[str, ...]:
    """The open parameters that a requirement waits for: that of its bound, or those its condition reads."""
    if slot.bound is not None and is_open(reading, slot.bound):
        return (slot.bound.parameter,)
    truth = reading.truths[slot.truth]
    return () if is_settled(truth) else tuple(sorted(reading.names.waits(truth).parameters))


def waited_for(reading: Reading, slot: RequirementSlot) -> set[str]:
    """What it waits for whether a requirement is met; of an open bound the facts alone: the parameter has a limit."""
    waits = reading.names.waits(reading.truths[slot.truth])
    found = {*waits.facts, *waits.parameters}
    if slot.bound is not None and is_open(reading, slot.bound):
        value = reading.numbers[slot.bound.value]
        if isinstance(value, Gap):
            found |= reading.names.waits(value.truth).facts
    return found


def limits_of(
    reading: Reading, statuses: list[Status], verdict: Verdict, positions: list[int]
) -> tuple[tuple[LimitTemplate, ...], ...]:
    norms, order = reading.plan.norms, list(reading.plan.parameters)
    if verdict is Verdict.UNDETERMINED:
        positions = [p for p, status in enumerate(statuses) if status.effective & IN]
    groups: list[tuple[LimitTemplate, ...]] = []
    for position in positions:
        if norms[position].direction not in ("may", "must"):
            continue
        required = requirements_of(reading, statuses, position)
        besides = _bound_besides(reading, [slot for _, slot in required])
        group = tuple(
            LimitTemplate(
                norms[position].norm.key,
                str(slot.requirement.citation),
                slot.bound.parameter,
                RELATIONS[slot.bound.relation],
                family_of(reading.plan.parameters[slot.bound.parameter].type),
                slot.bound.value,
                reading.plan.bounds + order.index(slot.bound.parameter),
                reading.plan.parameters[slot.bound.parameter].type.currency,
                owner == position or statuses[owner].effective == IN,
                slot.bound.parameter not in besides,
            )
            for owner, slot in required
            if slot.bound is not None
        )
        if group:
            groups.append(group)
    return tuple(groups)


def _bound_besides(reading: Reading, required: list[RequirementSlot]) -> set[str]:
    """The parameters that a requirement without a bound on them may bind: of a given one, each that it reads."""
    found: set[str] = set()
    for slot in required:
        if slot.bound is None:
            truth = reading.truths[slot.truth]
            given = (name for name in slot.requirement.parameters if name not in reading.open)
            found.update(() if is_settled(truth) else reading.names.waits(truth).parameters, given)
    return found


def family_of(type_: DataType) -> Family | None:
    return type_.family if type_.kind == "duration" else None


@dataclass(frozen=True, slots=True)
class Open:
    """What is open in a reading: bounds by parameter, and the slots of requirements that wait for parameters alone.

    Requirements with the same condition stand together: they hold or fail as one. So do different ones of the same
    norms: which of them fails makes no difference to whether these fail.
    """

    bounds: dict[str, tuple[tuple[int, BoundSlot], ...]]
    opaque: tuple[tuple[int, ...], ...]


def open_in(plan: Plan, truths: Sequence[int], open_: frozenset[str], parameters: int, among: Collection[int]) -> Open:
    """What is open in the norms `among` these; `parameters` are the bits of the names of parameters."""
    bounds: dict[str, list[tuple[int, BoundSlot]]] = {}
    opaque: dict[object, dict[int, int]] = {}
    for position in among:
        for slot in plan.norms[position].requires:
            if slot.bound is not None and slot.bound.parameter in open_:
                bounds.setdefault(slot.bound.parameter, []).append((slot.truth, slot.bound))
            elif _waits_only_for(truths[slot.truth], parameters):
                opaque.setdefault(slot.requirement.condition, {})[slot.truth] = position
    together: dict[frozenset[int], list[int]] = {}
    for norms in opaque.values():
        together.setdefault(frozenset(norms.values()), []).extend(norms)
    return Open({p: tuple(b) for p, b in bounds.items()}, tuple(map(tuple, together.values())))


def _waits_only_for(truth: int, parameters: int) -> bool:
    # What is undefined waits for nothing (S47): no value of a parameter decides it.
    return not is_settled(truth) and bool(~truth & parameters) and not ~truth & ~1 & ~parameters
