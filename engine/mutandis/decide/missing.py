"""What a verdict that is open, or a duty that is owed, waits for: facts, parameters, wording."""

from __future__ import annotations

from collections.abc import Collection

from mutandis.decide.names import Waits, united
from mutandis.decide.order import CONDITIONAL, EITHER, FAILS, HOLDS, IN, Reading, Status
from mutandis.decide.requirements import is_open, requirements_of, waited_for
from mutandis.decide.ternary import FALSE, Gap


def missing_of_duties(reading: Reading, statuses: list[Status], core: list[int]) -> tuple[str, ...]:
    """What it waits for whether a duty that is owed is done as it must be, which of several it is where one breaches
    something or has a due day, and whether another sets a day for it; an open bound is told as a limit."""
    names: set[str] = set()
    for position in core:
        if statuses[position].effective != IN and reading.plan.norms[position].norm.deadline is not None:
            names |= which_of_several(reading, position, core)
        for owner, slot in requirements_of(reading, statuses, position):
            names |= waited_for(reading, slot)
            if reading.truths[slot.truth] != FALSE:
                continue
            for one in {owner, position}:
                if statuses[one].effective != IN:
                    names |= which_of_several(reading, one, core)
    for position in setting_a_day(reading, statuses, core):
        names |= what_tells(reading, position)
    return tuple(sorted(names))


def setting_a_day(reading: Reading, statuses: list[Status], core: Collection[int]) -> list[int]:
    """The duties beside those of `core`, by position, that have a due day and of which it is not known whether they are
    owed."""
    return [
        position
        for position, (slots, status) in enumerate(zip(reading.plan.norms, statuses, strict=True))
        if position not in core
        and slots.direction == "must"
        and slots.norm.deadline is not None
        and status.effective == EITHER
    ]


def what_tells(reading: Reading, position: int) -> set[str]:
    """The facts that tell whether a norm is triggered."""
    waits = reading.names.waits(reading.trigger(position))
    return {*waits.facts, *waits.parameters}


def which_of_several(reading: Reading, position: int, core: Collection[int]) -> set[str]:
    """The facts that tell whether a norm applies, where others of `core` may go before it or stand in its place."""
    beaters = {beat.beater for beat in reading.plan.norms[position].beats} & set(core)
    return set[str]().union(*(what_tells(reading, one) for one in (position, *beaters)))


def missing_of(reading: Reading, statuses: list[Status], deciding: Waits) -> tuple[str, ...]:
    if _is_left_to_outside_law(reading, statuses, for_certain=True):
        return ()  # no fact settles what the rulebook does not hold
    names = set(deciding.facts)
    for position, (slots, status) in enumerate(zip(reading.plan.norms, statuses, strict=True)):
        if (
            slots.direction in ("may", "must")
            and status.effective & IN
            and status.ok not in (FAILS, CONDITIONAL, HOLDS)
        ):
            for _, slot in requirements_of(reading, statuses, position):
                if slot.bound is not None and is_open(reading, slot.bound):
                    value = reading.numbers[slot.bound.value]
                    if isinstance(value, Gap):
                        names |= reading.names.waits(value.truth).facts
    if not names and not deciding.wording:
        names = set(deciding.parameters)
        if not names and not _is_left_to_outside_law(reading, statuses):
            names = _open_parameters(reading)
    return tuple(sorted(names))


def _is_left_to_outside_law(reading: Reading, statuses: list[Status], for_certain: bool = False) -> bool:
    """True where a disapplication in favour of law that the rulebook does not hold may be, or is, effective."""
    found = [
        status.effective
        for slots, status in zip(reading.plan.norms, statuses, strict=True)
        if slots.direction == "disapply" and slots.norm.external
    ]
    return any(effective == IN if for_certain else effective & IN for effective in found)


def _open_parameters(reading: Reading) -> set[str]:
    """The parameters that requirements wait for."""
    found = reading.open_parts()
    waits = reading.names.waits(united([reading.truths[place] for places in found.opaque for place in places]))
    return {*found.bounds, *waits.parameters}


def cause_of(reading: Reading, statuses: list[Status], deciding: Waits, missing: tuple[str, ...]) -> str:
    if any(not _is_parameter(reading, name) for name in missing):
        return "facts"
    if deciding.wording or _is_left_to_outside_law(reading, statuses):
        return "wording"
    if missing or any(status.ok & CONDITIONAL and status.effective & IN for status in statuses):
        return "parameters"
    return "undefined"


def _is_parameter(reading: Reading, name: str) -> bool:
    return ("parameter", name) in reading.names.numbers and "[" not in name
