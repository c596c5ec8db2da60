"""The run-time for numbers, sums and lengths: reckoned, rounded, the smaller and the larger of two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from mutandis.amounts import Rounding, round_to
from mutandis.datatypes import Family
from mutandis.decide.ternary import (
    NONE,
    UNDEFINED,
    Gap,
    Range,
    ends_of,
    range_of,
    truth_of,
)
from mutandis.values import Duration, Number


def widened(value: Any, family: Family) -> Any:
    """A number of base units as a `Duration`, where the other side's family is not known before the case."""
    if isinstance(value, Range):
        return Gap(value.truth)
    return value if value is None or isinstance(value, Gap) else Duration(value, family)


def _number(operator: str, left: Any, right: Any) -> Any:
    if operator == "+":
        return left + right
    return left - right if operator == "-" else left * right


def whole(value: Any, duration: bool) -> Any:
    """A number in its plainest form; a duration that is no whole number of base units is not known."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else Gap(UNDEFINED) if duration else value
    return value


def reckoned(left: Any, right: Any, operator: str, duration: bool) -> Any:
    """`left operator right` of numbers and durations, whatever is known of them."""
    if isinstance(left, Gap) or isinstance(right, Gap):
        if isinstance(left, Duration) or isinstance(right, Duration):
            return Gap(UNDEFINED & truth_of(left) & truth_of(right))
        return _number(operator, left, right)
    if not isinstance(left, Duration) and not isinstance(right, Duration):
        return whole(_number(operator, left, right), duration)
    if isinstance(left, Duration) and isinstance(right, Duration):
        if operator == "*" or left.family != right.family:
            return Gap(UNDEFINED)
        return Duration(_number(operator, left.amount, right.amount), left.family)
    length, factor = (left, right) if isinstance(left, Duration) else (right, left)
    if operator != "*":
        return Gap(UNDEFINED)
    amount = whole(length.amount * factor, True)
    return amount if isinstance(amount, Gap) else Duration(amount, length.family)


def rounded(value: Any, step: Number, rounding: Rounding) -> Any:
    """`value` to a multiple of `step`; of what is known within bounds, the bounds."""
    if isinstance(value, Range):
        low, high = (None if end is None else round_to(end, step, rounding) for end in (value.low, value.high))
        return range_of(low, high, value.truth)
    return Gap(UNDEFINED & value.truth) if isinstance(value, Gap) else round_to(value, step, rounding)


def spread(condition: int, yes: int | Fraction | Range, no: int | Fraction | Range) -> Any:
    """What lies between the least and the most of two amounts, either of which it may be."""
    (low, high), (other_low, other_high) = ends_of(yes) or (None, None), ends_of(no) or (None, None)
    return range_of(
        _further(min, low, other_low), _further(max, high, other_high), condition & truth_of(yes) & truth_of(no)
    )


def _further(of: Callable[[Any, Any], Any], one: Any, other: Any) -> Any:
    """The further of two ends; None where either has none."""
    return None if one is None or other is None else of(one, other)


def extreme(left: Any, right: Any, least: bool) -> Any:
    """The smaller or the larger of two; where one is not known, what the other leaves of it."""
    if not isinstance(left, Gap) and not isinstance(right, Gap):
        return min(left, right) if least else max(left, right)
    truth = UNDEFINED & truth_of(left) & truth_of(right)
    if left is NONE or right is NONE or isinstance(left, dt.datetime) or isinstance(right, dt.datetime):
        return Gap(truth)
    (low, high), (other_low, other_high) = ends_of(left) or (None, None), ends_of(right) or (None, None)
    if least:
        highs = [end for end in (high, other_high) if end is not None]
        low = _further(min, low, other_low)
        high = min(highs, default=None)
    else:
        lows = [end for end in (low, other_low) if end is not None]
        high = _further(max, high, other_high)
        low = max(lows, default=None)
    return range_of(low, high, truth)
