"""What total code calls: functions on plain values, that raise `NotTotal` where the three-valued path has to decide."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any, Final

from mutandis.calendar.counting import Counting
from mutandis.datatypes import Family
from mutandis.decide.ternary import NONE, TRUE, Gap, ValueConflict
from mutandis.values import UNKNOWN


class NotTotal(Exception):  # no error: the sign to take the three-valued path
    """The total path cannot decide this case."""


FALLS: Final = (NotTotal, ValueConflict, KeyError, TypeError, AttributeError, OverflowError, ValueError)
"""What the total function raises where it cannot decide: a fact missing, unknown or none, a date outside the calendar,
contradicting rules behind `P applies`. No error: the three-valued function then says what the law says of the case."""


UNSET: Final = object()
"""What a derived fact holds in the total path before an entry gives it a value."""


def not_total() -> Any:
    """For what only the three-valued path reckons. Raises `NotTotal`."""
    raise NotTotal


def total_value(value: Any) -> Any:
    """`value` where it is known. Raises `NotTotal`."""
    if value is UNKNOWN or (isinstance(value, Gap) and value is not NONE):
        raise NotTotal
    return None if value is NONE else value


def total_truth(truth: int) -> bool:
    """`truth` as a bool. Raises `NotTotal` where it is not settled."""
    if truth < TRUE:
        raise NotTotal
    return truth == TRUE


def total_agreed(one: object, other: object) -> object:
    """The value two entries agree on. Raises `NotTotal` where they differ: the case is then decided under each."""
    if one != other:
        raise NotTotal
    return one


def total_count(members: Iterable[Any], body: Callable[[Any], Any]) -> int:
    """How many members the body holds of."""
    return sum(1 for member in members if body(member))


def total_any(members: Iterable[Any], body: Callable[[Any], Any]) -> bool:
    """Whether the body holds of a member."""
    return any(body(member) for member in members)


def total_sum(members: Iterable[Any], value: Callable[[Any], Any], body: Callable[[Any], Any] | None) -> Any:
    """The sum over the members the body holds of."""
    return sum(value(member) for member in members if body is None or body(member))


def total_moved(start: dt.date, length: int, family: Family, counting: Counting) -> dt.date:
    """A date or moment plus a duration."""
    return counting.advance(start, family, length)
