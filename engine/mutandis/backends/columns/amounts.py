"""Numbers over columns that need not be whole: each is a whole number of parts of one size, known beforehand.

Of `value / 20` there are twentieths. Two numbers that meet are taken in the same parts; what is rounded comes out in
those of the step that it is rounded to.
"""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import Any, Final

from mutandis.amounts import Rounding
from mutandis.backends.columns.nodes import NOT_KNOWN, Maker, NotLowered, X, is_lit
from mutandis.backends.columns.terms import Value, ends_of, known_between, within_reach

MOST_EXACT: Final = 2**53
"""Up to this, databases, which divide in doubles (`ToSql`), come to the quotient itself."""
MOST_NEAR: Final = 2**52
"""Up to this, a quotient of what is more is off by one at most."""


def in_parts(m: Maker, *values: Value) -> list[Value]:
    """The same values, numbers in parts of one size. Raises `NotLowered` where these are too many for 64 bits."""
    per = lcm(*(value.per for value in values))
    return [value if value.per == per else _times(m, value, per // value.per, per) for value in values]


def reckoned(m: Maker, operator: str, left: Value, right: Value, *, is_length: bool) -> Value:
    """`left operator right` (`numbers.reckoned`). Raises `NotLowered`."""
    waits = m.waits(left.waits, right.waits)
    if operator == "*":
        if right.value.op != "lit":
            left, right = right, left
        factor = right.value.setting
        if right.value.op != "lit" or not isinstance(factor, int):
            raise NotLowered("multiplies two numbers of the case")
        if factor == 0 or is_lit(left.none, True):
            raise NotLowered("multiplies by nothing")
        common = gcd(factor, left.per)
        per = left.per // common * right.per
        found = _times(m, left, factor // common, per)._replace(none=m.false, waits=waits)
        return _of_whole(m, found) if is_length else found
    left, right = in_parts(m, left, right)
    op: Any = {"+": "add", "-": "sub"}[operator]
    (low, high), (other_low, other_high) = ends_of(left), ends_of(right)
    least, most = (other_low, other_high) if op == "add" else (other_high, other_low)
    ends = m.reckon(op, low, least), m.reckon(op, high, most)
    reached = within_reach(left.most + right.most)
    return Value(m.reckon(op, left.value, right.value), m.false, waits, *ends, reached, per=left.per)


def _times(m: Maker, value: Value, factor: int, per: int) -> Value:
    """A value so many times, in parts of a size."""
    by = m.lit(factor, "number")
    ends = [m.reckon("mul", end, by) for end in ends_of(value)]
    if factor < 0:
        ends.reverse()
    found = m.reckon("mul", value.value, by)
    return value._replace(value=found, low=ends[0], high=ends[1], most=within_reach(value.most * abs(factor)), per=per)


def whole(m: Maker, length: Value) -> Value:
    """A length by which a day is moved, in whole units. What bounds it bounds no day."""
    if length.per == 1:
        return length
    known = _divided(m, length.value, length.per, length.most)
    return length._replace(value=known, low=known, high=known, most=length.most // length.per, per=1)


def _of_whole(m: Maker, length: Value) -> Value:
    """A length, which is not known where it is not whole; what bounds it need not be whole. Raises `NotLowered`."""
    if length.per == 1:
        return length
    found, is_open = length.value, m.is_null(length.value)
    back = m.reckon("mul", _divided(m, found, length.per, length.most), m.lit(length.per, "number"))
    value = m.case(m.compare("eq", back, found), found, m.lit(None, "number"))
    low, high = (m.case(is_open, end, value) for end in ends_of(length))
    waits = m.case(m.is_null(value), m.waits(m.lit(NOT_KNOWN, "waits"), length.waits), m.settled)
    return length._replace(value=value, low=low, high=high, waits=waits)


def rounded(m: Maker, value: Value, step: Value, rounding: Rounding) -> Value:
    """A number to a multiple of a step (`numbers.rounded`). Raises `NotLowered`."""
    if step.value.op != "lit" or not isinstance(step.value.setting, int):
        raise NotLowered("rounds to what only the case knows")
    size = Fraction(step.value.setting, step.per)
    steps = Fraction(1, value.per) / size
    reached = within_reach(2 * (value.most * steps.numerator + steps.denominator))

    def to_step(number: X) -> X:
        return m.reckon("mul", _multiple(m, number, steps, rounding, reached), m.lit(size.numerator, "number"))

    low, high = map(to_step, ends_of(value))
    found = known_between(m, to_step(value.value), low, high)
    waits = m.case(m.is_null(found), m.waits(m.lit(NOT_KNOWN, "waits"), value.waits), m.settled)
    most = within_reach((value.most * steps.numerator // steps.denominator + 1) * size.numerator)
    return Value(found, m.false, waits, low, high, most, per=size.denominator)


def _multiple(m: Maker, number: X, steps: Fraction, rounding: Rounding, most: int) -> X:
    """How many steps a number is rounded to, of which each of its parts is a fraction; none divided is over `most`."""

    def plus(x: X, by: int) -> X:
        return m.reckon("add", x, m.lit(by, "number"))

    times, per = m.reckon("mul", number, m.lit(steps.numerator, "number")), steps.denominator
    match rounding:
        case "down":
            return _divided(m, times, per, most)
        case "up":
            return _divided(m, plus(times, per - 1), per, most)
    twice = plus(m.reckon("mul", times, m.lit(2, "number")), per)
    found = _divided(m, twice, 2 * per, most)
    if rounding == "half up":
        return found
    middle = m.compare("eq", m.reckon("mul", found, m.lit(2 * per, "number")), twice)
    even = m.compare("eq", m.reckon("mul", _divided(m, found, 2, most // per), m.lit(2, "number")), found)
    return m.case(m.all_of(middle, m.negate(even)), plus(found, -1), found)


def _divided(m: Maker, number: X, by: int, most: int) -> X:
    """A whole number, not over `most`, divided and rounded down. Raises `NotLowered`."""
    if by == 1:
        return number
    known = number.setting
    if number.op == "lit":
        return m.lit(known // by if isinstance(known, int) else None, "number")
    found = m.make("div", (number,), "number", by)
    if most <= MOST_EXACT:
        return found
    if most // by > MOST_NEAR:
        raise NotLowered("divides what is too large to be divided exactly")

    def times(quotient: X) -> X:
        return m.reckon("mul", quotient, m.lit(by, "number"))

    less, more = (m.reckon("add", found, m.lit(k, "number")) for k in (-1, 1))
    too_much = m.compare("lt", number, times(found))
    return m.case(too_much, less, m.case(m.compare("le", times(more), number), more, found))
