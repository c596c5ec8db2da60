"""Where a comparison with something written out holds: from which value to which, on the line of one expression."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Final

from mutandis.condition.literals import literal_number
from mutandis.condition.tree import Compare, Day, Expression, Instant, Not, NumberOf, Operator, Quantified
from mutandis.dataclass import dataclass
from mutandis.link.rewriting import negation

Point = Fraction | dt.date | dt.datetime
CONTRARY: Final[dict[Operator, Operator]] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "is": "is not",
    "is not": "is",
}


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`, None without end; `low_open` and `high_open` where the end itself is left out.

    `unit` tells what the points are of: points of different units are on different lines.
    """

    unit: object
    low: Point | None = None
    low_open: bool = False
    high: Point | None = None
    high_open: bool = False

    @property
    def is_empty(self) -> bool:
        """True if no value lies in it."""
        if self.low is None or self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))  # type: ignore[operator]  # of one unit

    def meet(self, other: Span) -> Span:
        """Where both hold."""
        low, low_open = self.low, self.low_open
        if low is None or (other.low is not None and (other.low, other.low_open) > (low, low_open)):
            low, low_open = other.low, other.low_open
        high, high_open = self.high, self.high_open
        if high is None or (other.high is not None and (other.high, not other.high_open) < (high, not high_open)):
            high, high_open = other.high, other.high_open
        return Span(self.unit, low, low_open, high, high_open)


def span_of(literal: Expression) -> tuple[Expression, Span] | None:
    """What is compared with something written out, and where the comparison holds; None for any other condition."""
    denied = isinstance(literal, Not)
    compare = literal.operand if isinstance(literal, Not) else literal
    if not isinstance(compare, Compare):
        return None
    point = _point(compare.right)
    if point is None:
        return None
    unit, value = point
    span = span_where(CONTRARY[compare.operator] if denied else compare.operator, unit, value)
    return None if span is None else (compare.left, span)


def number_of(literal: Expression) -> tuple[Expression, Span] | None:
    """What `any`, `every`, `no` or a count says of how many members of a list there are; None for anything else."""
    denied = isinstance(literal, Not)
    said = literal.operand if isinstance(literal, Not) else literal
    if not isinstance(said, Quantified):
        return None
    many = Fraction(said.number or 0)
    operators: dict[str, tuple[Operator, Fraction]] = {
        "any": (">", Fraction(0)),
        "every": ("<=", Fraction(0)),
        "no": ("<=", Fraction(0)),
        "at least": (">=", many),
        "at most": ("<=", many),
        "exactly": ("is", many),
    }
    operator, many = operators[said.quantifier]
    span = span_where(CONTRARY[operator] if denied else operator, None, many)
    body = negation(said.body) if said.quantifier == "every" else said.body
    counted = NumberOf(said.variable, said.source, body)
    return None if span is None else (counted, span)


def span_where(operator: Operator, unit: object, value: Point) -> Span | None:
    """Where something compared with the value lies; None where that is no one stretch."""
    match operator:
        case "<":
            return Span(unit, high=value, high_open=True)
        case "<=":
            return Span(unit, high=value)
        case ">":
            return Span(unit, low=value, low_open=True)
        case ">=":
            return Span(unit, low=value)
        case "is":
            return Span(unit, low=value, high=value)
        case _:
            return None


def common_point(literals: Iterable[Expression]) -> tuple[Expression, Expression] | None:
    """The one value that `literals` leave to something they compare, as it is written; None if they leave more."""
    found: list[tuple[Expression, Span]] = []
    written: dict[Point, Expression] = {}
    for literal in literals:
        narrowed = span_of(literal)
        if narrowed is None:
            continue
        compare = literal.operand if isinstance(literal, Not) else literal
        assert isinstance(compare, Compare)  # it has a span
        subject, span = narrowed
        for end in (span.low, span.high):
            if end is not None:
                written.setdefault(end, compare.right)
        known = next((i for i, (other, _) in enumerate(found) if other == subject), None)
        if known is None:
            found.append((subject, span))
        elif found[known][1].unit == span.unit:
            found[known] = (subject, found[known][1].meet(span))
    for subject, span in found:
        if span.low is not None and span.low == span.high:
            return subject, written[span.low]
    return None


def _point(node: Expression) -> tuple[object, Point] | None:
    if isinstance(node, Day):
        return "date", node.value
    if isinstance(node, Instant):
        return "moment", node.value
    number = literal_number(node)
    if number is None:
        return None
    type_ = node.type
    return (type_.family or type_.currency if type_ is not None else None), Fraction(number)
