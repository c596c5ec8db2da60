"""What is breached of what the cited norms require (S11, S12, S16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from mutandis.condition.render import render
from mutandis.decide.bounds import OpenBound, outcomes
from mutandis.decide.order import FAILS, Reading, Status
from mutandis.decide.plan import BoundSlot, RequirementSlot
from mutandis.decide.requirements import binding, fails
from mutandis.decide.result import Breach, Cited


def breaches_of(
    reading: Reading, statuses: list[Status], cited: tuple[Cited, ...], positions: list[int]
) -> tuple[Breach, ...]:
    """What fails for certain of what binds the cited norms, at `positions`, for certain: of several duties of which
    one is owed, of none.
    """
    found: dict[Breach, None] = {}
    for position, cite in zip(positions, cited, strict=True):
        if cite.direction not in ("may", "must") or (cite.direction == "must" and cite.role == "perhaps"):
            continue
        bind = binding(reading, statuses, position)
        failing = [slot for slot in bind if fails(reading, slot)]
        for slot in (*failing, *_leaving_nothing(reading, bind)):
            condition = render(slot.requirement.condition)
            found[Breach(cite.norm, str(slot.requirement.citation), condition)] = None
    return tuple(found)


def _leaving_nothing(reading: Reading, requirements: Iterable[RequirementSlot]) -> list[RequirementSlot]:
    """The bounds that leave an open parameter no value: those without which it would have one, or where one of them
    alone would not help, all of the parameter.
    """
    bounds: dict[str, list[tuple[RequirementSlot, BoundSlot]]] = defaultdict(list)
    for slot in requirements:
        if slot.bound is not None and slot.bound.parameter in reading.open:
            bounds[slot.bound.parameter].append((slot, slot.bound))
    found: list[RequirementSlot] = []
    for parameter, mine in bounds.items():
        open_ = [OpenBound(bound.relation, reading.numbers[bound.value], True) for _, bound in mine]
        declared = reading.plan.parameters[parameter]
        if outcomes(declared, open_) == FAILS:
            needed = [k for k in range(len(mine)) if outcomes(declared, open_[:k] + open_[k + 1 :]) != FAILS]
            found += [mine[k][0] for k in needed or range(len(mine))]
    return found
