"""Which optional facts a condition has made sure of.

Order and arithmetic on a fact that may be `none` need a guard (S33): `x is present and x > 3`, `x is none or x > 3`.
A guard counts for the other parts of its conjunction wherever it stands among them, since none of them is decided
without the rest.
"""

from __future__ import annotations

from collections import Counter

from mutandis.condition.tree import (
    Amount,
    And,
    Attribute,
    Choice,
    Compare,
    Day,
    Expression,
    Fact,
    Instant,
    Length,
    Money,
    Name,
    Not,
    OneOf,
    Or,
    Present,
    Text,
    Truth,
)

NOTHING: frozenset[str] = frozenset()


def path_of(node: Expression) -> str | None:
    """The dotted name that `node` is, checked or not; None for anything else."""
    match node:
        case Name(text=path) | Fact(name=path):
            return path
        case Attribute(variable=variable, attribute=attribute):
            return f"{variable}.{attribute}"
        case _:
            return None


def present_if(condition: Expression, truth: bool) -> frozenset[str]:
    """The dotted names that surely have a value where `condition` is true (or, with `truth` False, is false)."""
    match condition:
        case Not(operand=operand):
            return present_if(operand, not truth)
        case And(operands=operands):
            return _all_of(operands, truth) if truth else _each_of(operands, truth)
        case Or(operands=operands):
            return _each_of(operands, truth) if truth else _all_of(operands, truth)
        case Present(operand=operand, negated=negated) if negated is not truth:
            return _path(operand)
        case Compare(operator="is", left=left, right=right) if truth:
            return _equal_to_a_value(left, right)
        case Compare(operator="is not", left=left, right=right) if not truth:
            return _equal_to_a_value(left, right)
        case OneOf(left=left, negated=negated) if negated is not truth:
            return _path(left)
        case _:
            return NOTHING


def present_beside(operands: tuple[Expression, ...], truth: bool) -> tuple[frozenset[str], ...]:
    """For each operand, what the others make sure of when they are all of that truth."""
    made_sure = [present_if(operand, truth) for operand in operands]
    times = Counter(path for paths in made_sure for path in paths)
    everywhere = frozenset(times)
    return tuple(everywhere - {path for path in paths if times[path] == 1} for paths in made_sure)


def _equal_to_a_value(left: Expression, right: Expression) -> frozenset[str]:
    """A fact that is none equals no value; but two facts that are both none are equal, and then neither is there."""
    return (_path(left) if _is_value(right) else NOTHING) | (_path(right) if _is_value(left) else NOTHING)


def _is_value(node: Expression) -> bool:
    match node:
        case Name(text=text):
            return "." not in text
        case Choice() | Truth() | Amount() | Money() | Length() | Day() | Instant() | Text():
            return True
        case _:
            return False


def _path(node: Expression) -> frozenset[str]:
    path = path_of(node)
    return NOTHING if path is None else frozenset({path})


def _all_of(operands: tuple[Expression, ...], truth: bool) -> frozenset[str]:
    return NOTHING.union(*(present_if(operand, truth) for operand in operands))


def _each_of(operands: tuple[Expression, ...], truth: bool) -> frozenset[str]:
    first, *rest = (present_if(operand, truth) for operand in operands)
    return first.intersection(*rest)
