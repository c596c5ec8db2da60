"""Numbers that need not be whole: rounded to whole ones (`round down tax * 1/400 to 1 euro`), compared, or a bound.

They are held as so many parts, of which so many make one.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeGuard

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.joining import NUMBERS, extreme, reckoned
from mutandis.backends.solver.months import divided
from mutandis.backends.solver.terms import NotLowered, Value
from mutandis.dataclass import replace
from mutandis.ir import nodes as n

Number = Callable[[n.Node], Value]
"""What makes a term of a node that is a whole number."""


def rounded(node: n.Node, step: n.Node, rounding: str, number: Number) -> Value:
    """What a node comes to, to a multiple of `step`, as `amounts.round_to` has it. Raises `NotLowered`."""
    value = _in_parts(node, number)
    if not isinstance(step, n.Constant) or not isinstance(step.value, int) or value.high is not None:
        raise NotLowered("what is rounded to less than one, or lies between two ends")
    term = _multiple(value.term, value.parts * step.value, rounding) * step.value
    return replace(value, term=term, none=False, gap=value.missing, parts=1)


def has_parts(node: n.Node) -> bool:
    """True of a number that is reckoned with parts: a product, or a sum, with a written number that is not whole."""
    match node:
        case (
            n.Operation(name="reckoned", operands=many, settings=(_, False))
            | n.Operation(name="extreme", operands=many)
        ):
            return any(is_part(one) or has_parts(one) for one in many)
    return False


def in_parts(node: n.Node, number: Number) -> Value:
    """A number that need not be whole, of facts that are whole. Raises `NotLowered`."""

    def whole(one: n.Node) -> Value:
        if one.type.kind == "number" and not isinstance(one, n.Constant | n.Count):
            raise NotLowered("a part of a number that need not be whole")  # of a share of 1/10 cases state 0 and 1
        return number(one)

    value = _in_parts(node, whole)
    if value.high is not None:
        raise NotLowered("a part of what lies between two ends")
    return value


def is_part(node: n.Node) -> TypeGuard[n.Constant]:
    """True of a written number that is not whole."""
    return isinstance(node, n.Constant) and isinstance(node.value, Fraction) and node.value.denominator != 1


def _multiple(term: s.Term, whole: int, rounding: str) -> s.Term:
    """How many times `whole` goes into a number, rounded."""
    if rounding == "up":
        return -divided(-term, whole)[0]
    if rounding == "half up":
        return divided(term * 2 + whole, whole * 2)[0]
    below, rest = divided(term, whole)
    if rounding == "down":
        return below
    even = below + divided(below, 2)[1]
    return s.choose(rest * 2 < whole, below, s.choose(rest * 2 > whole, below + 1, even))


def _in_parts(node: n.Node, number: Number) -> Value:
    """A number, in the parts that it is reckoned in."""

    def parts_of(one: n.Node) -> Value:
        return _in_parts(one, number)

    match node:
        case n.Constant(value=Fraction() as value):
            return Value(node.type.kind, value.numerator, parts=value.denominator)
        case n.Operation(name="reckoned", operands=(a, b), settings=("*", False)):
            other, written = (b, a) if isinstance(a, n.Constant) else (a, b)
            if isinstance(written, n.Constant) and isinstance(written.value, int | Fraction):
                held, factor = parts_of(other), Fraction(written.value)
                times = reckoned(held, Value("number", factor.numerator), "*", False, held.kind)
                return replace(times, parts=times.parts * factor.denominator)
        case n.Operation(name="reckoned", operands=(a, b), settings=("+" | "-" as sign, False)):
            left = parts_of(a)
            return reckoned(left, parts_of(b), sign, False, left.kind)
        case n.Operation(name="extreme", operands=(a, b), settings=(least,)) if node.type.kind in NUMBERS:
            return extreme(parts_of(a), parts_of(b), bool(least))
    return number(node)
