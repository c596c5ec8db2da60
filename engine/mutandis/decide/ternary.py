"""Truth values and values that may not be known, in the form in which compiled code reckons with them.

A truth is an int: -1 true, 0 false, any other (negative, even) not known: the bits of `~truth` are the numbers of the
names it waits for. So `and` is `&`, and what waits unites by itself. A value that is not known is a `Gap`, one of which
only bounds are known a `Range`, `none` is `NONE`; their comparison operators give the *negated* truth, so that
`-(left < right)` serves known and unknown operands alike.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any, Final

from mutandis.calendar.dates import day_of
from mutandis.values import Number

TRUE: Final = -1
FALSE: Final = 0
UNDEFINED: Final = -2
"""Not known, and waiting for nothing (S47)."""


class ValueConflict(Exception):  # no error: the sign to decide under each value
    """The rules give one derived fact different values (S28)."""

    def __init__(self, fact: str, values: tuple[object, ...], entries: tuple[int, ...]) -> None:
        super().__init__(fact)
        self.fact = fact
        self.values = values
        self.entries = entries


def waits_for(bit: int) -> int:
    """The truth that waits for name number `bit` (from 1; bit 0 marks that something is not known)."""
    return ~((1 << bit) | 1)


def is_settled(truth: int) -> bool:
    """True for true and false."""
    return truth >= TRUE


def negate(truth: int) -> int:
    """Strong Kleene `not`."""
    return ~truth if truth >= TRUE else truth


def all_of(*truths: int) -> int:
    """Strong Kleene `and`."""
    found = TRUE
    for truth in truths:
        found &= truth
    return found


def either(*truths: int) -> int:
    """Strong Kleene `or`; what waits is the union over what is not known."""
    pending = TRUE
    for truth in truths:
        if truth == TRUE:
            return TRUE
        if truth:
            pending &= truth
    return pending if pending != TRUE else FALSE


class Gap:
    """A value that is not known; `truth` says what for."""

    __slots__ = ("truth",)
    __hash__ = None  # type: ignore[assignment]  # equality of gaps is a truth, not an identity

    def __init__(self, truth: int) -> None:
        self.truth = truth

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.truth})"

    def _with(self, other: object) -> int:
        return -(self.truth & other.truth if isinstance(other, Gap) else self.truth)

    def __lt__(self, other: Any) -> int:
        return self._with(other)

    __le__ = __gt__ = __ge__ = __lt__

    def __eq__(self, other: object) -> int:  # type: ignore[override]  # a negated truth, see the module
        return self._with(other)

    def __add__(self, other: Any) -> Any:
        return Gap(-self._with(other))

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __add__


class Nothing(Gap):
    """`none`: known, equal to itself alone; in order and arithmetic not known, waiting for nothing."""

    __slots__ = ()

    def __init__(self) -> None:
        self.truth = UNDEFINED

    def __eq__(self, other: object) -> int:  # type: ignore[override]  # a negated truth, see the module
        if not isinstance(other, Gap):
            return 0
        return 1 if isinstance(other, Nothing) else -other.truth


NONE: Final = Nothing()


class Range(Gap):
    """A number, or day, known to lie between `low` and `high`, both included, None where there is no bound."""

    __slots__ = ("high", "low")

    def __init__(self, low: Any, high: Any, truth: int) -> None:
        self.low = low
        self.high = high
        self.truth = truth

    def __repr__(self) -> str:
        return f"Range({self.low}, {self.high}, {self.truth})"

    def __lt__(self, other: Any) -> int:
        return -compare_ranges(self, other, True)

    def __le__(self, other: Any) -> int:
        return -compare_ranges(self, other, False)

    def __gt__(self, other: Any) -> int:
        return -compare_ranges(other, self, True)

    def __ge__(self, other: Any) -> int:
        return -compare_ranges(other, self, False)

    def __eq__(self, other: object) -> int:  # type: ignore[override]  # a negated truth, see the module
        apart = either(compare_ranges(self, other, True), compare_ranges(other, self, True))
        return 0 if apart == TRUE else self._with(other)

    def __add__(self, other: Any) -> Any:
        ends = ends_of(other)
        if ends is None:
            return Gap(-self._with(other))
        return Range(_sum(self.low, ends[0]), _sum(self.high, ends[1]), self.truth & truth_of(other))

    __radd__ = __add__

    def __neg__(self) -> Range:
        return Range(None if self.high is None else -self.high, None if self.low is None else -self.low, self.truth)

    def __sub__(self, other: Any) -> Any:
        if ends_of(other) is None:
            return Gap(-self._with(other))
        return self + (-other)

    def __rsub__(self, other: Any) -> Any:
        return -self + other

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, Gap) or ends_of(other) is None:
            return Gap(-self._with(other))
        if other == 0:
            return 0
        ends = [None if end is None else end * other for end in (self.low, self.high)]
        if other < 0:
            ends.reverse()
        return Range(ends[0], ends[1], self.truth)

    __rmul__ = __mul__


def truth_of(value: object) -> int:
    """What a value waits for, as a truth to be `&`-ed: -1 for what is known."""
    return value.truth if isinstance(value, Gap) else TRUE


def is_known(value: object) -> bool:
    """True for a plain value or `NONE`."""
    return not isinstance(value, Gap) or value is NONE


def ends_of(value: object) -> tuple[Any, Any] | None:
    """Lowest and highest of a range, number or day; None for anything else."""
    if isinstance(value, Range):
        return value.low, value.high
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return value, value
    if isinstance(value, dt.date):
        day = day_of(value)
        return day, day
    return None


def is_amount(value: object) -> bool:
    """True of a number, and of one of which bounds are known; no day is an amount."""
    ends = ends_of(value)
    return ends is not None and not any(isinstance(end, dt.date) for end in ends)


def range_of(low: Any, high: Any, truth: int) -> Any:
    """What lies between two ends, of which one that is None or not known itself bounds nothing; where the ends are
    one, that."""
    low, high = (None if isinstance(end, Gap) else end for end in (low, high))
    if low is not None and low == high:
        return low
    return Gap(truth) if low is None and high is None else Range(low, high, truth)


def between_ends(value: Range, reached: Callable[[Any], Any]) -> Any:
    """What lies between that which is `reached` from either end of a range, of which only bounds may be known too."""
    low, high = (None if end is None else reached(end) for end in (value.low, value.high))
    low, high = low.low if isinstance(low, Range) else low, high.high if isinstance(high, Range) else high
    return range_of(low, high, value.truth)


def compare_ranges(left: object, right: object, strict: bool) -> int:
    """Whether `left` is less than (or not `strict`: at most) `right`, where every pair of values agrees."""
    mine, theirs = ends_of(left), ends_of(right)
    if mine is not None and theirs is not None:
        (low, high), (other_low, other_high) = mine, theirs
        if high is not None and other_low is not None and (high < other_low or (not strict and high == other_low)):
            return TRUE
        if low is not None and other_high is not None and (low > other_high or (strict and low == other_high)):
            return FALSE
    return truth_of(left) & truth_of(right)


def _sum(left: Number | None, right: Number | None) -> Number | None:
    return None if left is None or right is None else left + right


def frozen(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """`values` in a form that can be part of a key: gaps by what they say."""
    return tuple([_frozen(value) if isinstance(value, Gap) else value for value in values])


def _frozen(value: Gap) -> tuple[Any, ...]:
    return ("range", value.low, value.high, value.truth) if isinstance(value, Range) else ("gap", value.truth)
