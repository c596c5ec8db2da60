"""Check: conditions that come out alike in every case, or for every member of a list: nobody means to write one."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from mutandis.condition.literals import literal_number
from mutandis.condition.render import render
from mutandis.condition.tree import (
    And,
    Attribute,
    Compare,
    Expression,
    Fact,
    If,
    NumberOf,
    OneOf,
    Or,
    Quantified,
    Truth,
    walk,
)
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.link.exclusive import values_left
from mutandis.link.provisions import Provisions
from mutandis.link.rewriting import negation
from mutandis.link.rule_parts import expressions_of
from mutandis.link.spans import Span, number_of, span_of
from mutandis.vocabulary import Vocabulary

_COMPARED: dict[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "is not": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def check_settled(provisions: Provisions, vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """`settled-condition`."""
    for rule in provisions.rules:
        for expression in expressions_of(rule):
            for part in walk(expression):
                why = _why(part, vocabulary)
                if why:
                    message, help = why
                    yield diagnose("settled-condition", message, help, part.span, (), str(rule.at))


def _why(part: Expression, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """What is wrong with a condition, and what to do; None where cases come out differently."""
    match part:
        case If(consequent=one, alternative=other) if one == other:
            return (
                f"`{render(part)}` is the same both ways",
                "write another value for one of the ways, or the value alone",
            )
        case Quantified(variable=variable, body=body) | NumberOf(variable=str(variable), body=body) if (
            body is not None
            and not isinstance(body, Truth)  # all of them count
            and not any(isinstance(one, Attribute) and one.variable == variable for one in walk(body))
        ):
            return (
                f"`{render(body)}` asks the same of every member: it does not speak of `{variable}`",
                f"ask of the member, `{variable}.…`, or leave the list out",
            )
        case And(operands=operands) | Or(operands=operands) if len(set(operands)) < len(operands):
            twice = next(one for one in operands if operands.count(one) > 1)
            return (
                f"`{render(twice)}` stands twice in one condition",
                "keep one of them, or name the fact that was meant",
            )
        case Compare() | OneOf() | Or() | Quantified():
            holds = _always(part, vocabulary)
            if holds is None:
                return None
            return (
                f"`{render(part)}` holds in {'every' if holds else 'no'} case",
                "compare with what a case may be on either side of, or take it out",
            )
        case _:
            return None


def _always(part: Compare | OneOf | Or | Quantified, vocabulary: Vocabulary) -> bool | None:
    if isinstance(part, Or):
        operands = frozenset(part.operands)
        return True if any(negation(one) in operands for one in operands) else None
    if isinstance(part, Quantified):
        counted = number_of(part)
        return None if counted is None else _within(counted[1], Span(counted[1].unit, low=Fraction(0)))
    narrowed = values_left(part, vocabulary)
    if narrowed is not None:
        name, values = narrowed
        declared = frozenset(vocabulary.facts[name].type.values)
        return None if vocabulary.facts[name].type.open or frozenset() < values < declared else bool(values)
    if isinstance(part, OneOf):
        return None
    if part.left == part.right:
        return _COMPARED[part.operator](0, 0)
    left, right = literal_number(part.left), literal_number(part.right)
    if left is not None and right is not None:
        return _COMPARED[part.operator](left, right)
    return _on_its_line(part, vocabulary)


def _on_its_line(compare: Compare, vocabulary: Vocabulary) -> bool | None:
    """Whether what the vocabulary allows of a fact, or a list of members, lies all on one side of a number."""
    found = span_of(compare)
    if found is None:
        return None
    what, span = found
    if isinstance(what, NumberOf):
        return _within(span, Span(span.unit, low=Fraction(0)))
    declared = vocabulary.facts.get(what.name) if isinstance(what, Fact) else None
    if declared is None or (declared.least is None and declared.maximum is None):
        return None
    least, most = declared.least, declared.maximum
    low, high = (None if end is None else Fraction(end) for end in (least, most))
    return _within(span, Span(span.unit, low=low, high=high))


def _within(span: Span, allowed: Span) -> bool | None:
    """Whether all that is allowed lies in the span, or nothing."""
    met = span.meet(allowed)
    return False if met.is_empty else True if met == allowed else None
