"""The run-time for lists: their members, what these state, and what is counted and summed over them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from mutandis.datatypes import Family
from mutandis.decide.names import Names
from mutandis.decide.ternary import FALSE, NONE, TRUE, UNDEFINED, Gap, Range, ends_of, range_of, truth_of
from mutandis.values import UNKNOWN, Duration, Number, OpenList

Member = tuple[Mapping[str, object], str, bool]
"""A list member: its facts, its place in the list (`confinement.extensions[1]`), whether the list is a parameter."""

CLOSED: Final = TRUE
"""Instead of what further members wait for: there are none."""


def is_unstated(member: Mapping[str, object], name: str, presumed: bool = False) -> bool:
    """True where a member says nothing of the attribute; of a `presumed` one, not that it is unknown either."""
    return name not in member if presumed else member.get(name, UNKNOWN) is UNKNOWN


def attribute(member: Member, name: str, ends: tuple[int | None, int | None] | None, names: Names) -> Any:
    """An attribute of a list member; a number that is not said lies between its `ends`."""
    facts, place, parameter = member
    value = facts.get(name, UNKNOWN)
    if value is None:
        return NONE
    if value is not UNKNOWN:
        return value
    truth = names.truth(f"{place}.{name}", parameter)
    return Range(*ends, truth) if ends is not None and not parameter else Gap(truth)


def attribute_truth(member: Member, name: str, names: Names) -> int:
    """A yes/no attribute of a list member."""
    facts, place, parameter = member
    value = facts.get(name, UNKNOWN)
    if value is True:
        return TRUE
    return names.truth(f"{place}.{name}", parameter) if value is UNKNOWN else FALSE


def members(value: Any, name: str, parameter: bool, open_: int) -> tuple[list[Member], int]:
    """The members known of a list, and what further ones wait for (`CLOSED`: there are none)."""
    if isinstance(value, Gap):
        return [], CLOSED if value is NONE else value.truth
    if isinstance(value, OpenList):
        return [(m, f"{name}[{i}]", parameter) for i, m in enumerate(value.members, 1)], open_
    return [(m, f"{name}[{i}]", parameter) for i, m in enumerate(value, 1)], CLOSED


def some(listed: tuple[list[Member], int], body: Callable[[Member], int]) -> int:
    """Whether the body holds of a member."""
    known, more = listed
    pending = UNDEFINED & more
    unsure = more != CLOSED
    for member in known:
        truth = body(member)
        if truth == TRUE:
            return TRUE
        if truth:
            pending &= truth
            unsure = True
    return pending if unsure else FALSE


def counted(listed: tuple[list[Member], int], body: Callable[[Member], int] | None) -> Any:
    """How many members there are of which the body holds."""
    known, more = listed
    truths = [TRUE if body is None else body(member) for member in known]
    holds = truths.count(TRUE)
    unsure = [truth for truth in truths if truth < TRUE]
    if not unsure and more == CLOSED:
        return holds
    why = UNDEFINED & more
    for truth in unsure:
        why &= truth
    return Range(holds, holds + len(unsure) if more == CLOSED else None, why)


def total(
    listed: tuple[list[Member], int],
    value: Callable[[Member], Any],
    body: Callable[[Member], int] | None,
    plain: bool,
    mixed: bool,
) -> Any:
    """The sum of `value` over the members of which the body holds.

    `plain`: of a number, which may be negative; `mixed`: of durations whose family is not known before the case.
    """
    known, more = listed
    low: Number | None = 0
    high: Number | None = 0
    why = UNDEFINED & more
    families: set[Family] = set()
    for member in known:
        counts = TRUE if body is None else body(member)
        if counts == FALSE:
            continue
        amount = value(member)
        why &= counts & truth_of(amount)
        if isinstance(amount, Duration):
            families.add(amount.family)
            amount = amount.amount
        floor, ceiling = ends_of(amount) or (None, None)
        if counts != TRUE:
            floor = None if floor is None else min(0, floor)
            ceiling = None if ceiling is None else max(0, ceiling)
        low = None if low is None or floor is None else low + floor
        high = None if high is None or ceiling is None else high + ceiling
    if more != CLOSED:
        high = None
        low = None if plain else low
    if len(families) > 1 or (mixed and not families):
        return Gap(why)
    if why == UNDEFINED and low is not None and low == high:
        return Duration(low, families.pop()) if families else low
    if families:
        return Gap(why)
    return range_of(low, high, why)
