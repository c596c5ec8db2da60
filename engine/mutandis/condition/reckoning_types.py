"""What reckoning with two types gives: sums, products, quotients, roundings.

Tables first, then the few functions that read them. A rule answers with the type of the result or with a `Fault`.
Calendar durations of different families never meet without an anchor date (S43, S44).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Final

from mutandis.condition.literals import literal_number
from mutandis.condition.tree import Amount, Arithmetic, Expression, Length
from mutandis.condition.type_words import (
    FAMILY_WORDS,
    Fault,
    Outcome,
    broad_kind,
    describe_type,
    number_of,
    rate_words,
    same_currency,
)
from mutandis.dataclass import replace
from mutandis.datatypes import COUNT, DATE, DAYS, HOURS, MOMENT, NUMBER, UNIT_IN_BASE, DataType, Kind

Rule = Callable[[DataType, DataType], Outcome]


def _product(left: DataType, right: DataType) -> Outcome:
    if left.per and right.per:
        return Fault("type-mismatch", "two rates are multiplied", "multiply a rate with a length of time first")
    if left.per or right.per:
        return replace(NUMBER, per=left.per or right.per)
    return number_of(left, right)


def _quotient(left: DataType, _: DataType) -> Outcome:
    return replace(NUMBER, per=left.per)


def _ratio(left: DataType, right: DataType) -> Outcome:
    outcome = same_currency(left, right) if left.kind == "money" else _same_family(left, right)
    if isinstance(outcome, Fault):
        return outcome
    if left.kind == "duration" and left.family is None:
        return Fault("type-mismatch", "a length in any unit is divided by another", "declare the unit of the fact")
    return NUMBER


def _scaled_sum(money: DataType, factor: DataType) -> Outcome:
    if factor.per:
        return Fault(
            "type-mismatch",
            f"a sum is multiplied with {rate_words(factor)}, and not with a time",
            f"say for how long: `sum * (rate * time)`, the time in {factor.per}s",
        )
    return replace(money, optional=False)


def _accrued(length: DataType, factor: DataType) -> Outcome:
    """A length of time so many times; a rate over that length is a plain number."""
    if factor.per is None:
        return replace(length, optional=False)
    family = UNIT_IN_BASE[factor.per][0]
    if length.family == family:
        return NUMBER
    given = FAMILY_WORDS[length.family] if length.family else "any unit"
    return Fault(
        "inexact-duration-arithmetic",
        f"a rate per {factor.per} over a time in {given} has no exact value",
        f"give the time in {FAMILY_WORDS[family]}, or the rate as the statute fixes it for {given}",
    )


def _same_family(left: DataType, right: DataType) -> Outcome:
    if left.family and right.family and left.family != right.family:
        return Fault(
            "inexact-duration-arithmetic",
            f"{FAMILY_WORDS[left.family]} and {FAMILY_WORDS[right.family]} do not add up to a fixed length",
            "add them to a date one after the other: `begin + 3 months + 15 days`, "
            "or `the end of 15 days after (the end of 3 months after begin)`",
        )
    return DataType("duration", family=left.family if left.family == right.family else None)


def _advance_date(_: DataType, length: DataType) -> Outcome:
    return MOMENT if length.family == "hours" else DATE


def _left(left: DataType, _: DataType) -> Outcome:
    return replace(left, optional=False)


def _always(type: DataType) -> Rule:
    return lambda _, __: type


_ARITHMETIC: Final[dict[tuple[str, Kind, Kind], Rule]] = {
    ("+", "number", "number"): number_of,
    ("-", "number", "number"): number_of,
    ("*", "number", "number"): _product,
    ("/", "number", "number"): _quotient,
    ("/", "money", "number"): _left,
    ("/", "money", "money"): _ratio,
    ("/", "duration", "number"): _left,
    ("/", "duration", "duration"): _ratio,
    ("+", "money", "money"): same_currency,
    ("-", "money", "money"): same_currency,
    ("*", "money", "number"): _scaled_sum,
    ("*", "number", "money"): lambda number, money: _scaled_sum(money, number),
    ("+", "duration", "duration"): _same_family,
    ("-", "duration", "duration"): _same_family,
    ("*", "duration", "number"): _accrued,
    ("*", "number", "duration"): lambda number, length: _accrued(length, number),
    ("+", "date", "duration"): _advance_date,
    ("-", "date", "duration"): _advance_date,
    ("+", "moment", "duration"): _always(MOMENT),
    ("-", "moment", "duration"): _always(MOMENT),
    ("-", "date", "date"): _always(DAYS),
    ("-", "moment", "moment"): _always(HOURS),
}
"""What `left operator right` gives, by kinds (a count serves as a number)."""

_ARITHMETIC_HELP: Final[dict[tuple[str, Kind, Kind], str]] = {
    ("+", "duration", "date"): "write the date first: `date + duration`",
    ("+", "duration", "moment"): "write the moment first: `moment + duration`",
    ("+", "date", "number"): "say of what: `+ 5 days`",
    ("-", "date", "number"): "say of what: `- 5 days`",
    ("+", "moment", "number"): "say of what: `+ 5 hours`",
    ("-", "moment", "number"): "say of what: `- 5 hours`",
    ("+", "duration", "number"): "give the number its unit, such as `5 days`",
    ("-", "duration", "number"): "give the number its unit, such as `5 days`",
    ("-", "date", "moment"): "take moments from moments, and dates from dates",
    ("-", "moment", "date"): "take moments from moments, and dates from dates",
    ("+", "date", "date"): "dates are not added; a length of time is added to a date",
}

_VERBS: Final = {"+": "added to", "-": "taken from", "*": "multiplied with", "/": "divided by"}


def type_of_arithmetic(operator: str, left: DataType, right: DataType) -> Outcome:
    """The type of `left operator right`.

    A date plus hours is a moment (the date stands for its beginning). A date plus a duration of a family not known
    before the case is a day: if it turns out to be one of hours, that on which they end.
    """
    key = (operator, broad_kind(left.kind), broad_kind(right.kind))
    rule = _ARITHMETIC.get(key)
    if rule is not None and not left.several and not right.several:
        return rule(left, right)
    first, second = (right, left) if operator in ("+", "-") else (left, right)
    return Fault(
        "type-mismatch",
        f"{describe_type(first)} cannot be {_VERBS[operator]} {describe_type(second)}",
        _ARITHMETIC_HELP.get(key, "look up both types in the vocabulary"),
    )


def fault_of_scaling(node: Arithmetic) -> Fault | None:
    """Why a product of checked operands leaves part of a month (S44), None if it does not or nobody can tell yet."""
    if node.operator not in ("*", "/") or node.left.type is None or node.right.type is None:
        return None
    length, factor = (node.left, node.right) if node.left.type.kind == "duration" else (node.right, node.left)
    if length.type is None or length.type.family != "months" or not isinstance(factor, Amount):
        return None
    months = length.duration.amount if isinstance(length, Length) else 1
    times = Fraction(1) / factor.value if node.operator == "/" else Fraction(factor.value)
    if (months * times).denominator == 1:
        return None
    done = "divided" if node.operator == "/" else "multiplied"
    return Fault(
        "inexact-duration-arithmetic",
        f"{FAMILY_WORDS['months']} are {done} by {factor.value}, which leaves part of a month",
        f"reckon with their number: `1 month * (round down (X / 1 month) {node.operator} {factor.value} to 1)`; "
        "of the days between two dates `fraction(1/3, from A to B, round up)`",
    )


def fault_of_sign(node: Arithmetic) -> Fault | None:
    """Why `a + -10 days` is a slip: what is taken away is written with `-` alone; None for anything else."""
    written = literal_number(node.right) if node.operator in ("+", "-") else None
    if written is None or written >= 0:
        return None
    number = node.right.amount if isinstance(node.right, Length) else written
    turned = "-" if node.operator == "+" else "+"
    return Fault("impossible-number", f"`{node.operator} {number}` has two signs", f"write `{turned} {abs(number)}`")


def fault_of_division(node: Arithmetic) -> Fault | None:
    """Why the right side cannot be divided by: only a literal other than zero can (S52)."""
    if node.operator != "/":
        return None
    divisor = literal_number(node.right)
    if divisor is None:
        return Fault(
            "type-mismatch",
            "only a number, a sum or a length that is written out can be divided by",
            "multiply instead, or compare `a` with `b * 3` in place of `a / b` with `3`",
        )
    return (
        Fault("impossible-number", "nothing can be divided by zero", "divide by another number")
        if not divisor
        else None
    )


def fault_of_step(step: Expression) -> Fault | None:
    """Why nothing can be rounded to `step`: it is no number or sum greater than zero that is written out."""
    value = None if isinstance(step, Length) else literal_number(step)
    if value is not None and value > 0:
        return None
    return Fault(
        "type-mismatch",
        "what is rounded to is a number or a sum greater than zero that is written out",
        "write `round down X to 10 won`, `round up X to 1`",
    )


def type_of_rounded(value: DataType, step: Expression) -> Outcome:
    """The type of `value` rounded to `step`: of numbers, a count where the step is whole."""
    assert step.type is not None  # the step was checked
    kinds = (broad_kind(value.kind), broad_kind(step.type.kind))
    if value.several or kinds not in (("number", "number"), ("money", "money")):
        return Fault(
            "type-mismatch",
            f"{describe_type(value)} is rounded to {describe_type(step.type)}",
            "round numbers to a number, sums to a sum of the same currency; for time there is `fraction`",
        )
    if kinds[0] == "money":
        return same_currency(value, step.type)
    if value.per:
        return Fault("type-mismatch", f"{rate_words(value)} is rounded", "round what it comes to over a time")
    return COUNT if isinstance(step, Amount) and isinstance(step.value, int) else NUMBER
