"""Writes a condition in its one canonical form, on one line.

Reading what is written gives the same tree again; writing what was read in canonical form gives the same text. Only the
parentheses that are needed are written, and those around an `and` that stands inside an `or`, which nobody should have
to know the precedence for.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final

from mutandis.condition.tree import (
    Amount,
    And,
    Applies,
    Arithmetic,
    Attribute,
    Choice,
    Compare,
    Day,
    EndOf,
    Expression,
    Extreme,
    Fact,
    FallsUnder,
    FractionOf,
    If,
    Instant,
    KindOfDay,
    Length,
    Money,
    Name,
    Not,
    Now,
    NumberOf,
    OneOf,
    Or,
    PeriodWithin,
    Present,
    Quantified,
    Rate,
    Rounded,
    Text,
    Today,
    TotalOf,
    Truth,
    WithinAfter,
    WorkingDays,
)

# How tightly a construct binds. A part that binds less tightly than its place asks for goes into parentheses.
_BRANCH, _EITHER, _BOTH, _NEGATION, _STATEMENT, _CHOSEN, _SUM, _PRODUCT, _ATOM = range(9)


def render(tree: Expression) -> str:
    """The condition `tree`, checked or not, as text.

    >>> from mutandis.condition.tree import Compare, Length, Name
    >>> render(Compare("<=", Name("leave.days"), Length(20, "day")))
    'leave.days <= 20 days'
    """
    return _FORMS[type(tree)][1](tree)


def render_lines(tree: Expression) -> tuple[str, ...]:
    """The same in lines, one for each operand of an outermost `and` or `or`; joined with spaces they are `render`'s."""
    if not isinstance(tree, And | Or):
        return (render(tree),)
    word = "and" if isinstance(tree, And) else "or"
    first, *rest = _operands(tree)
    return (first, *(f"{word} {operand}" for operand in rest))


def _place(node: Expression, at_least: int) -> str:
    binding = _FORMS[type(node)][0]
    if isinstance(node, Arithmetic) and node.operator in ("*", "/"):
        binding = _PRODUCT
    text = render(node)
    return text if binding >= at_least else f"({text})"


def _if(node: If) -> str:
    condition, consequent = _place(node.condition, _EITHER), _place(node.consequent, _EITHER)
    return f"if {condition} then {consequent} else {render(node.alternative)}"


_LARGER_UNIT = re.compile(r"[0-9] (year|week|hour)s?$")
_SMALLER_UNIT = re.compile(r"-?[0-9]+ (month|day|minute)s?(?!\w)")


def _after(left: str, right: str) -> str:
    """`right` as it stands after `left and`; in parentheses where the two would read as one length."""
    return f"({right})" if _LARGER_UNIT.search(left) and _SMALLER_UNIT.match(right) else right


def _operands(node: And | Or) -> list[str]:
    texts = [_place(operand, _NEGATION) for operand in node.operands]
    if isinstance(node, Or):
        return texts
    return [texts[0], *(_after(left, right) for left, right in pairwise(texts))]


def _joined(word: str) -> Callable[[And | Or], str]:
    return lambda node: f" {word} ".join(_operands(node))


def _compare(node: Compare) -> str:
    return f"{_place(node.left, _SUM)} {node.operator} {_place(node.right, _SUM)}"


def _one_of(node: OneOf) -> str:
    values = ", ".join(render(value) for value in node.values)
    return f"{_place(node.left, _SUM)} is{' not' if node.negated else ''} one of [{values}]"


def _within_after(node: WithinAfter) -> str:
    subject, length, anchor = (_place(part, _SUM) for part in (node.subject, node.length, node.anchor))
    return f"{subject} is within {length} {node.side} {anchor}"


def _end_of(node: EndOf) -> str:
    return f"the end of {_place(node.length, _SUM)} {node.side} {_place(node.anchor, _ATOM)}"


def _working_days(node: WorkingDays) -> str:
    return f"{node.number} working day{'' if node.number == 1 else 's'}"


def _kind_of_day(node: KindOfDay) -> str:
    return f"{_place(node.operand, _SUM)} is{' not' if node.negated else ''} a {node.kind}"


def _arithmetic(node: Arithmetic) -> str:
    left, right = (_PRODUCT, _ATOM) if node.operator in ("*", "/") else (_SUM, _PRODUCT)
    return f"{_place(node.left, left)} {node.operator} {_place(node.right, right)}"


def _rounded(node: Rounded) -> str:
    return f"round {node.rounding} {_place(node.value, _SUM)} to {render(node.step)}"


def _extreme(node: Extreme) -> str:
    left = _place(node.left, _SUM)
    return f"the {node.which} of {left} and {_after(left, _place(node.right, _SUM))}"


def _fraction(node: FractionOf) -> str:
    start, end = _place(node.start, _SUM), _place(node.end, _SUM)
    return f"fraction({node.share}, from {start} to {end}, round {node.rounding})"


def _quantified(node: Quantified) -> str:
    source, body = render(node.source), render(node.body)
    if node.number is None:
        return f"{node.quantifier} {node.variable} in {source} has ({body})"
    return f"{node.quantifier} {node.number} {node.variable} in {source} where ({body})"


def _number_of(node: NumberOf) -> str:
    if node.variable is None or node.body is None:
        return f"(the number of {render(node.source)})"
    return f"(the number of {node.variable} in {render(node.source)} where ({render(node.body)}))"


def _total_of(node: TotalOf) -> str:
    where = f" where ({render(node.body)})" if node.body is not None else ""
    return f"(the total of {_place(node.value, _SUM)} for {node.variable} in {render(node.source)}{where})"


def _falls_under(node: FallsUnder) -> str:
    subject = "case" if node.subject is None else _place(node.subject, _SUM)
    ranges = ", ".join(first if first == last else f"{first} to {last}" for first, last in node.ranges)
    return f"{subject} {'does not fall' if node.negated else 'falls'} under {ranges}"


def _length(node: Length) -> str:
    parts = ((node.amount, node.unit), *node.rest)
    return " and ".join(f"{amount} {unit}{'' if amount == 1 else 's'}" for amount, unit in parts)


def _text(node: Text) -> str:
    escaped = node.value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_FORMS: Final[dict[type, tuple[int, Callable[[Any], str]]]] = {
    Name: (_ATOM, lambda node: str(node.text)),
    Fact: (_ATOM, lambda node: str(node.name)),
    Attribute: (_ATOM, lambda node: f"{node.variable}.{node.attribute}"),
    Choice: (_ATOM, lambda node: str(node.value)),
    Today: (_ATOM, lambda _: "today"),
    Now: (_ATOM, lambda _: "now"),
    Truth: (_ATOM, lambda node: "true" if node.value else "false"),
    Amount: (_ATOM, lambda node: str(node.value)),
    Money: (_ATOM, lambda node: f"{node.amount} {node.currency}"),
    Rate: (_ATOM, lambda node: f"{node.value} per {node.unit}"),
    Length: (_ATOM, _length),
    Day: (_ATOM, lambda node: str(node.value.isoformat())),
    Instant: (_ATOM, lambda node: str(node.value.isoformat(timespec="minutes"))),
    Text: (_ATOM, _text),
    If: (_BRANCH, _if),
    Or: (_EITHER, _joined("or")),
    And: (_BOTH, _joined("and")),
    Not: (_NEGATION, lambda node: f"not {_place(node.operand, _NEGATION)}"),
    Compare: (_STATEMENT, _compare),
    OneOf: (_STATEMENT, _one_of),
    Present: (_STATEMENT, lambda node: f"{_place(node.operand, _SUM)} is {'none' if node.negated else 'present'}"),
    WithinAfter: (_STATEMENT, _within_after),
    PeriodWithin: (
        _STATEMENT,
        lambda node: f"{_place(node.period, _SUM)} is within {_place(node.length, _SUM)}",
    ),
    FallsUnder: (_STATEMENT, _falls_under),
    Applies: (_STATEMENT, lambda node: f"{node.citation} applies"),
    Arithmetic: (_SUM, _arithmetic),
    EndOf: (_ATOM, _end_of),
    WorkingDays: (_ATOM, _working_days),
    KindOfDay: (_STATEMENT, _kind_of_day),
    Rounded: (_CHOSEN, _rounded),
    Extreme: (_CHOSEN, _extreme),
    FractionOf: (_ATOM, _fraction),
    Quantified: (_ATOM, _quantified),
    NumberOf: (_ATOM, _number_of),
    TotalOf: (_ATOM, _total_of),
}
"""How tightly each node binds, and how it is written."""
