"""The back end that interprets: it reads a unit's case by walking what was lowered, slot by slot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from mutandis.backends.interpret.evaluate import Evaluation
from mutandis.backends.unit import Call, Function, Unit
from mutandis.calendar.days_off import days_off_with
from mutandis.decide.names import Names
from mutandis.decide.plan import GroundSlot, NormSlots
from mutandis.decide.ternary import FALSE, TRUE, Gap
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered, LoweredGround, LoweredNorm


class Interpret:
    """Walks the norm IR. There is nothing faster for a case in which all is known."""

    __slots__ = ()
    often: ClassVar[int] = 0

    def total(self, unit: Unit) -> Function | None:
        """None: every case is read as one that may not be known."""
        return None

    def together(self, units: Sequence[Unit]) -> Function | None:
        """None: every unit is read by itself."""
        return None

    def reader(self, unit: Unit, choosing: bool) -> Function:
        """What finds the slots of the unit's plan."""

        def read(
            facts: Mapping[str, object],
            at: dt.date | None,
            today: object,
            now: object,
            call: Call | None,
            holidays: frozenset[dt.date] | None,
        ) -> tuple[tuple[int, ...], tuple[Any, ...], int]:
            # Where no call is given the case brings no names of its own, so those of the unit serve.
            call = call or Call(unit.applications, unit.version, facts, at, holidays, unit.names, {})
            return _read(unit, evaluation(unit.lowered, call))

        return read

    def detailed(self, lowered: Lowered, wanted: Sequence[n.Node], names: Names, choosing: bool) -> Function:
        """What finds what each of the wanted nodes comes to."""

        def read(
            facts: Mapping[str, object],
            at: dt.date | None,
            today: object,
            now: object,
            call: Call,
            holidays: frozenset[dt.date] | None,
        ) -> tuple[Any, ...]:
            case = evaluation(lowered, call)
            return tuple([case.value(node) for node in wanted])

        return read


INTERPRET = Interpret()


def evaluation(lowered: Lowered, call: Call) -> Evaluation:
    """A case about to be read, every derived fact worked out."""
    stated = {fact.name: fact for fact in lowered.facts}
    derived = {fact.name: (number, fact) for number, fact in enumerate(lowered.derived)}
    case = Evaluation(call, stated, derived, days_off_with(lowered.days_off, call.holidays))
    for fact in lowered.derived:
        case.value(n.Read("derived", fact.name, fact.type))
    return case


def _read(unit: Unit, case: Evaluation) -> tuple[tuple[int, ...], tuple[Any, ...], int]:
    plan, lowered = unit.plan, unit.lowered
    numbers: list[Any] = [None] * plan.bounds
    parameters = [case.value(n.Read("fact", name, p.type)) for name, p in plan.parameters.items()]
    is_open = {name: type(value) is Gap for name, value in zip(plan.parameters, parameters, strict=True)}
    for slots, norm in zip(plan.norms, lowered.norms, strict=True):
        _norm(slots, norm, case, numbers, is_open)
    for place, penalty in zip(plan.penalties, lowered.penalties, strict=True):
        case.slots[f"t{place}"] = case.value(penalty)
    truths = tuple([case.slots[f"t{place}"] for place in range(plan.truths)])
    bits = sum(bit << place for place, bit in enumerate(is_open.values()))
    return truths, (*numbers, *parameters), bits


def _norm(
    slots: NormSlots, norm: LoweredNorm, case: Evaluation, numbers: list[Any], is_open: Mapping[str, bool]
) -> None:
    base = case.slots[f"t{slots.base}"] = case.value(norm.base)
    if base == FALSE and not slots.part_beats:
        # What cannot matter because the norm is not triggered is left false.
        case.slots.update((f"t{place}", FALSE) for place in slots.places()[0])
        return
    for ground_slot, ground in zip(slots.grounds, norm.grounds, strict=True):
        _ground(ground_slot, ground, case)
    for place, exclusion in zip(slots.exclusions, norm.exclusions, strict=True):
        case.slots[f"t{place}"] = case.value(exclusion)
    for slot, requirement in zip(slots.requires, norm.requires, strict=True):
        holds = case.value(requirement.holds)
        if slot.bound is not None and requirement.limit is not None:
            numbers[slot.bound.value] = case.value(requirement.limit)
            if is_open[requirement.parameter]:
                holds = TRUE
        case.slots[f"t{slot.truth}"] = holds


def _ground(slot: GroundSlot, ground: LoweredGround, case: Evaluation) -> None:
    for inner_slot, inner in zip(slot.inner, ground.inner, strict=True):
        _ground(inner_slot, inner, case)
    case.slots[f"t{slot.truth}"] = case.value(ground.holds([n.slot(inner.truth) for inner in slot.inner]))
