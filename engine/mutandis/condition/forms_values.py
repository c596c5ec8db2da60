"""Literals, comparisons, time and amounts: how these nodes of a condition are read and written."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final, Literal, cast

from mutandis.amounts import Rounding
from mutandis.condition.forms import ANYTHING, ATOM, CHOSEN, PRODUCT, STATEMENT, SUM, Place, Written
from mutandis.condition.forms_logic import after_and, is_negated, unless_negated
from mutandis.condition.tree import (
    Amount,
    Arithmetic,
    Attribute,
    Choice,
    Compare,
    Day,
    DayKind,
    EndOf,
    EndOfUnit,
    Expression,
    Extreme,
    Fact,
    FractionOf,
    Instant,
    KindOfDay,
    Length,
    Money,
    Name,
    Now,
    OneOf,
    Operator,
    PeriodWithin,
    Present,
    Rate,
    Rounded,
    Text,
    Today,
    Truth,
    Unheld,
    WithinAfter,
    WorkingDays,
)

LONGEST_WORKING_DAYS: Final = 4
"""Digits of the largest number of working days, which are counted one by one."""

if TYPE_CHECKING:
    from mutandis.condition.builder import Builder, Construct
    from mutandis.condition.lalr import Word
    from mutandis.source import Span

# --- read -------------------------------------------------------------------------------------------------------------


def _length(builder: Builder, _: list[Expression], words: list[Word], span: Span) -> Expression:
    first = 2 if words[0].type == "MINUS" else 1
    rest = [(builder.whole([words[i]]), words[i + 1].removesuffix("s")) for i in range(first + 1, len(words), 2)]
    return Length(builder.whole(words[:first]), words[first].removesuffix("s"), tuple(rest), span=span)


def _rate(builder: Builder, _: list[Expression], words: list[Word], span: Span) -> Expression:
    return Rate(builder.rational(words[:-1]), words[-1].removesuffix("s"), span=span)


def _text(_: Builder, __: list[Expression], words: list[Word], span: Span) -> Expression:
    return Text(re.sub(r"\\(.)", r"\1", words[0][1:-1]), span=span)


def _equality(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    return Compare("is not" if is_negated(words) else "is", operands[0], operands[1], span=span)


def _within(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    subject, length, anchor = operands
    after = words[-1].type == "AFTER"
    within = WithinAfter(subject, length, "after" if after else "before", anchor, span=span)
    return unless_negated(within, words, span)


def _end_of(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    length, anchor = operands
    return EndOf(length, "after" if words[-1].type == "AFTER" else "before", anchor, span=span)


def _end_of_unit(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    unit = cast('Literal["month", "quarter", "half-year", "year"]', str(words[0]))
    side = cast('Literal["of", "following", "preceding"]', words[1].split()[0] if words[1:] else "of")
    return EndOfUnit(unit, side, operands[0], span=span)


def _working_days(builder: Builder, _: list[Expression], words: list[Word], span: Span) -> Expression:
    digits = str(words[0]).split()[0]
    if len(digits) > LONGEST_WORKING_DAYS:
        builder.impossible_number(words[0], f"a number of working days has at most {LONGEST_WORKING_DAYS} digits")
        return WorkingDays(0, span=span)
    return WorkingDays(int(digits), span=span)


def _kind_of_day(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    kind = cast(DayKind, " ".join(words[-1].split()))
    return KindOfDay(operands[0], kind, is_negated(words), span=span)


def _period_within(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    return unless_negated(PeriodWithin(operands[0], operands[1], span=span), words, span)


def _arithmetic(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    return Arithmetic(cast('Literal["+", "-", "*", "/"]', str(words[0])), operands[0], operands[1], span=span)


def _fraction_of(builder: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    share = Fraction(builder.rational([words[0]]))
    return FractionOf(share, operands[0], operands[1], "up" if words[1].type == "UP" else "down", span=span)


def _rounded(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    written = " to ".join(words) if words[-1].type == "EVEN" else " ".join(words)
    return Rounded(cast(Rounding, written), operands[0], operands[1], span=span)


def _extreme(_: Builder, operands: list[Expression], words: list[Word], span: Span) -> Expression:
    which = cast('Literal["smaller", "larger", "earlier", "later"]', str(words[0]))
    return Extreme(which, operands[0], operands[1], span=span)


CONSTRUCTS: Final[dict[str, Construct]] = {
    "name": lambda builder, _, words, span: Name(builder.named(words[0]), span=span),
    "number": lambda builder, _, words, span: Amount(builder.rational(words), span=span),
    "length": _length,
    "money": lambda builder, _, words, span: Money(builder.rational(words[:-1]), str(words[-1]), span=span),
    "rate": _rate,
    "day": lambda builder, _, words, span: Day(builder.calendar(words[0]).date(), span=span),
    "instant": lambda builder, _, words, span: Instant(builder.calendar(words[0]), span=span),
    "text": _text,
    "truth": lambda _, __, words, span: Truth(words[0].type == "TRUE", span=span),
    "comparison": lambda _, parts, words, span: Compare(cast(Operator, str(words[0])), parts[0], parts[1], span=span),
    "equality": _equality,
    "one_of": lambda _, parts, words, span: OneOf(parts[0], tuple(parts[1:]), is_negated(words), span=span),
    "present": lambda _, parts, words, span: Present(parts[0], is_negated(words), span=span),
    "none": lambda _, parts, words, span: Present(parts[0], not is_negated(words), span=span),
    "within": _within,
    "end_of": _end_of,
    "end_of_unit": _end_of_unit,
    "working_days": _working_days,
    "kind_of_day": _kind_of_day,
    "period_within": _period_within,
    "arithmetic": _arithmetic,
    "fraction_of": _fraction_of,
    "rounded": _rounded,
    "extreme": _extreme,
}


# --- written ----------------------------------------------------------------------------------------------------------


def _write_length(node: Length, _: Place) -> str:
    parts = ((node.amount, node.unit), *node.rest)
    return " and ".join(f"{amount} {unit}{'' if amount == 1 else 's'}" for amount, unit in parts)


def _write_text(node: Text, _: Place) -> str:
    escaped = node.value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _write_compare(node: Compare, place: Place) -> str:
    return f"{place(node.left, SUM)} {node.operator} {place(node.right, SUM)}"


def _write_one_of(node: OneOf, place: Place) -> str:
    values = ", ".join(place(value, ANYTHING) for value in node.values)
    return f"{place(node.left, SUM)} is{' not' if node.negated else ''} one of [{values}]"


def _write_present(node: Present, place: Place) -> str:
    return f"{place(node.operand, SUM)} is {'none' if node.negated else 'present'}"


def _write_within_after(node: WithinAfter, place: Place) -> str:
    subject, length, anchor = (place(part, SUM) for part in (node.subject, node.length, node.anchor))
    return f"{subject} is within {length} {node.side} {anchor}"


def _write_end_of(node: EndOf, place: Place) -> str:
    return f"the end of {place(node.length, SUM)} {node.side} {place(node.anchor, ATOM)}"


def _write_end_of_unit(node: EndOfUnit, place: Place) -> str:
    side = "of" if node.side == "of" else f"{node.side} that of"
    return f"the end of the {node.unit} {side} {place(node.anchor, ATOM)}"


def _write_working_days(node: WorkingDays, _: Place) -> str:
    return f"{node.number} working day{'' if node.number == 1 else 's'}"


def _write_kind_of_day(node: KindOfDay, place: Place) -> str:
    return f"{place(node.operand, SUM)} is{' not' if node.negated else ''} a {node.kind}"


def _write_arithmetic(node: Arithmetic, place: Place) -> str:
    left, right = (PRODUCT, ATOM) if node.operator in ("*", "/") else (SUM, PRODUCT)

    def operand(part: Expression, binding: int) -> str:
        # `the end of N days after X + M days` has two ends for whoever does not know which binds tighter.
        return f"({place(part, binding)})" if isinstance(part, EndOf | EndOfUnit) else place(part, binding)

    return f"{operand(node.left, left)} {node.operator} {operand(node.right, right)}"


def _write_rounded(node: Rounded, place: Place) -> str:
    return f"round {node.rounding} {place(node.value, SUM)} to {place(node.step, ANYTHING)}"


def _write_extreme(node: Extreme, place: Place) -> str:
    left = place(node.left, SUM)
    return f"the {node.which} of {left} and {after_and(left, place(node.right, SUM))}"


def _write_fraction(node: FractionOf, place: Place) -> str:
    start, end = place(node.start, SUM), place(node.end, SUM)
    return f"fraction({node.share}, from {start} to {end}, round {node.rounding})"


WRITTEN: Final[dict[type, Written]] = {
    Name: (ATOM, lambda node, _: str(node.text)),
    Fact: (ATOM, lambda node, _: str(node.name)),
    Attribute: (ATOM, lambda node, _: f"{node.variable}.{node.attribute}"),
    Choice: (ATOM, lambda node, _: str(node.value)),
    Today: (ATOM, lambda _, __: "today"),
    Now: (ATOM, lambda _, __: "now"),
    Truth: (ATOM, lambda node, _: "true" if node.value else "false"),
    Unheld: (ATOM, lambda _, __: "a value not known"),
    Amount: (ATOM, lambda node, _: str(node.value)),
    Money: (ATOM, lambda node, _: f"{node.amount} {node.currency}"),
    Rate: (ATOM, lambda node, _: f"{node.value} per {node.unit}"),
    Length: (ATOM, _write_length),
    Day: (ATOM, lambda node, _: str(node.value.isoformat())),
    Instant: (ATOM, lambda node, _: str(node.value.isoformat(timespec="minutes"))),
    Text: (ATOM, _write_text),
    Compare: (STATEMENT, _write_compare),
    OneOf: (STATEMENT, _write_one_of),
    Present: (STATEMENT, _write_present),
    WithinAfter: (STATEMENT, _write_within_after),
    EndOf: (ATOM, _write_end_of),
    EndOfUnit: (ATOM, _write_end_of_unit),
    WorkingDays: (ATOM, _write_working_days),
    KindOfDay: (STATEMENT, _write_kind_of_day),
    PeriodWithin: (STATEMENT, lambda node, place: f"{place(node.period, SUM)} is within {place(node.length, SUM)}"),
    Arithmetic: (SUM, _write_arithmetic),
    FractionOf: (ATOM, _write_fraction),
    Rounded: (CHOSEN, _write_rounded),
    Extreme: (CHOSEN, _write_extreme),
}
