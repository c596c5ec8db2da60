"""Logic, lists and references to provisions: how these nodes of a condition are read and written."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

from mutandis.condition.forms import ANYTHING, ATOM, BOTH, BRANCH, EITHER, NEGATION, STATEMENT, SUM, Place, Written
from mutandis.condition.tree import (
    And,
    Applies,
    Expression,
    FallsUnder,
    If,
    Not,
    NumberOf,
    Or,
    Quantified,
    Quantifier,
    TotalOf,
)

if TYPE_CHECKING:
    from mutandis.condition.builder import Builder, Construct
    from mutandis.condition.lalr import Word
    from mutandis.source import Span

# --- read -------------------------------------------------------------------------------------------------------------


def is_negated(words: list[Word]) -> bool:
    """True where `not` is among the telling words."""
    return any(word.type == "NOT" for word in words)


def unless_negated(expression: Expression, words: list[Word], span: Span) -> Expression:
    """`x is not within …` and `43(5) does not apply` have no node of their own: they are `not` and the positive."""
    return Not(expression, span=span) if is_negated(words) else expression


def _range(_: Builder, __: list[Expression], words: list[Word], ___: Span) -> tuple[str, str]:
    ends = [" ".join(word.split()) for word in words]
    return ends[0], ends[-1]


def _applies(_: Builder, __: list[Expression], words: list[Word], span: Span) -> Expression:
    return unless_negated(Applies(" ".join(words[0].split()), span=span), words, span)


def _quantified(builder: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    quantifier = cast(Quantifier, str(words[0]))
    return Quantified(quantifier, None, builder.variable(words[1]), operands[0], operands[1], span=span)


def _counted(builder: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    word, number, variable = words
    quantifier = cast(Quantifier, "exactly" if word.type == "EXACTLY" else f"at {word}")
    count = builder.whole([number])
    return Quantified(quantifier, count, builder.variable(variable), operands[0], operands[1], span=span)


def _number_of_where(builder: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    return NumberOf(builder.variable(words[0]), operands[0], operands[1], span=span)


def _total_of(builder: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    value, source, *body = operands
    return TotalOf(value, builder.variable(words[0]), source, body[0] if body else None, span=span)


CONSTRUCTS: Final[dict[str, Construct]] = {
    "start": lambda _, parts, __, ___: parts[0],
    "range": _range,
    "ranges": lambda _, parts, __, ___: tuple(parts),
    "case_falls_under": lambda _, parts, __, span: FallsUnder(None, parts[0], False, span=span),
    "case_does_not_fall_under": lambda _, parts, __, span: FallsUnder(None, parts[0], True, span=span),
    "falls_under": lambda _, parts, __, span: FallsUnder(parts[0], parts[1], False, span=span),
    "does_not_fall_under": lambda _, parts, __, span: FallsUnder(parts[0], parts[1], True, span=span),
    "applies": _applies,
    "conditional": lambda _, parts, __, span: If(parts[0], parts[1], parts[2], span=span),
    "disjunction": lambda _, parts, __, span: Or(tuple(parts), span=span),
    "conjunction": lambda _, parts, __, span: And(tuple(parts), span=span),
    "negation": lambda _, parts, __, span: Not(parts[0], span=span),
    "quantified": _quantified,
    "counted": _counted,
    "number_of": lambda _, parts, __, span: NumberOf(None, parts[0], None, span=span),
    "number_of_where": _number_of_where,
    "total_of": _total_of,
}


# --- written ----------------------------------------------------------------------------------------------------------

_LARGER_UNIT = re.compile(r"[0-9] (year|week|hour)s?$")
_SMALLER_UNIT = re.compile(r"-?[0-9]+ (month|day|minute)s?(?!\w)")


def after_and(left: str, right: str) -> str:
    """`right` as it stands after `left and`; in parentheses where the two would read as one length."""
    return f"({right})" if _LARGER_UNIT.search(left) and _SMALLER_UNIT.match(right) else right


def operands_of(node: And | Or, place: Place) -> list[str]:
    """The operands as they are written between `and` or `or`."""
    texts = [place(operand, NEGATION) for operand in node.operands]
    if isinstance(node, Or):
        return texts
    return [texts[0], *(after_and(left, right) for left, right in pairwise(texts))]


def _joined(word: str) -> Callable[[And | Or, Place], str]:
    return lambda node, place: f" {word} ".join(operands_of(node, place))


def _if(node: If, place: Place) -> str:
    condition, consequent = place(node.condition, EITHER), place(node.consequent, EITHER)
    return f"if {condition} then {consequent} else {place(node.alternative, ANYTHING)}"


def _write_quantified(node: Quantified, place: Place) -> str:
    source, body = place(node.source, ANYTHING), place(node.body, ANYTHING)
    if node.number is None:
        return f"{node.quantifier} {node.variable} in {source} has ({body})"
    return f"{node.quantifier} {node.number} {node.variable} in {source} where ({body})"


def _write_number_of(node: NumberOf, place: Place) -> str:
    source = place(node.source, ANYTHING)
    if node.variable is None or node.body is None:
        return f"(the number of {source})"
    return f"(the number of {node.variable} in {source} where ({place(node.body, ANYTHING)}))"


def _write_total_of(node: TotalOf, place: Place) -> str:
    where = f" where ({place(node.body, ANYTHING)})" if node.body is not None else ""
    return f"(the total of {place(node.value, SUM)} for {node.variable} in {place(node.source, ANYTHING)}{where})"


def _write_falls_under(node: FallsUnder, place: Place) -> str:
    subject = "case" if node.subject is None else place(node.subject, SUM)
    ranges = ", ".join(first if first == last else f"{first} to {last}" for first, last in node.ranges)
    return f"{subject} {'does not fall' if node.negated else 'falls'} under {ranges}"


WRITTEN: Final[dict[type, Written]] = {
    If: (BRANCH, _if),
    Or: (EITHER, _joined("or")),
    And: (BOTH, _joined("and")),
    Not: (NEGATION, lambda node, place: f"not {place(node.operand, NEGATION)}"),
    Quantified: (ATOM, _write_quantified),
    NumberOf: (ATOM, _write_number_of),
    TotalOf: (ATOM, _write_total_of),
    FallsUnder: (STATEMENT, _write_falls_under),
    Applies: (STATEMENT, lambda node, _: f"{node.citation} applies"),
}
