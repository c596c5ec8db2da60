"""Which types go together, and what comes of them.

Tables first, then the few functions that read them. A rule answers with the type of the result or with a `Fault`: what
is wrong, in a drafter's words, without a place. Calendar durations of different families never meet without an anchor
date (S43, S44); a duration whose family is not known before the case is let through and judged when it is decided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Final

from mutandis.condition.tree import Amount, Arithmetic, Expression, Length, literal_number
from mutandis.dataclass import dataclass
from mutandis.datatypes import COUNT, DATE, DAYS, HOURS, MOMENT, NUMBER, UNIT_IN_BASE, DataType, Family, Kind


@dataclass(frozen=True, slots=True)
class Fault:
    """A diagnostic still without a place: its slug, message and help."""

    slug: str
    message: str
    help: str


Outcome = DataType | Fault

FAMILY_WORDS: Final[dict[Family, str]] = {
    "hours": "minutes or hours",
    "days": "days or weeks",
    "months": "months or years",
}

_KIND_WORDS: Final[dict[Kind, str]] = {
    "yes_no": "a yes/no fact or condition",
    "enum": "one of a set of values",
    "count": "a count",
    "number": "a number",
    "money": "a sum of money",
    "date": "a date",
    "moment": "a moment",
    "duration": "a duration",
    "period": "a period",
    "provision": "a provision",
    "text": "a text",
    "list": "a list",
}

ORDERED: Final[frozenset[Kind]] = frozenset({"count", "number", "money", "date", "moment", "duration"})
"""Kinds that `<`, `<=`, `>` and `>=` compare."""

EQUATED: Final[frozenset[Kind]] = ORDERED | {"yes_no", "enum", "text", "provision"}
"""Kinds that `is` and `is not` compare."""

_READ_AS: Final[dict[Kind, Kind]] = {"count": "number"}
"""Kinds that serve wherever another one does."""


def describe_type(type: DataType) -> str:
    """The type in a drafter's words: `a date`, `a duration in days or weeks`, `a sum of money`."""
    words = f"a rate per {type.per}" if type.per else _KIND_WORDS[type.kind]
    if type.kind == "duration":
        words += f" in {FAMILY_WORDS[type.family]}" if type.family else " in any unit"
    elif type.kind == "enum" and type.values:
        shown = ", ".join(type.values[:4]) + (", …" if len(type.values) > 4 else "")
        words = f"a value out of [{shown}]"
    elif type.kind == "list" and type.term:
        words += f" of {type.term}"
    return f"{words} (several)" if type.several else words


def _broad(kind: Kind) -> Kind:
    return _READ_AS.get(kind, kind)


# --- arithmetic -------------------------------------------------------------------------------------------------------

Rule = Callable[[DataType, DataType], Outcome]


def _number(left: DataType, right: DataType) -> Outcome:
    if left.per != right.per:
        return Fault(
            "unit-mismatch",
            f"{_a_rate(left)} and {_a_rate(right)} are not reckoned together",
            "bring both to one unit of time",
        )
    if left.kind == right.kind == "count":
        return COUNT
    return replace(NUMBER, per=left.per)


def _a_rate(type_: DataType) -> str:
    return f"a rate per {type_.per}" if type_.per else "a plain number"


def _product(left: DataType, right: DataType) -> Outcome:
    if left.per and right.per:
        return Fault("type-mismatch", "two rates are multiplied", "multiply a rate with a length of time first")
    if left.per or right.per:
        return replace(NUMBER, per=left.per or right.per)
    return _number(left, right)


def _quotient(left: DataType, _: DataType) -> Outcome:
    return replace(NUMBER, per=left.per)


def _ratio(left: DataType, right: DataType) -> Outcome:
    outcome = _same_currency(left, right) if left.kind == "money" else _same_family(left, right)
    if isinstance(outcome, Fault):
        return outcome
    if left.kind == "duration" and left.family is None:
        return Fault("type-mismatch", "a length in any unit is divided by another", "declare the unit of the fact")
    return NUMBER


def _scaled_sum(money: DataType, factor: DataType) -> Outcome:
    if factor.per:
        return Fault(
            "type-mismatch",
            f"a sum is multiplied with {_a_rate(factor)}, and not with a time",
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


def _same_currency(left: DataType, right: DataType) -> Outcome:
    if left.currency != right.currency:
        return Fault(
            "unit-mismatch",
            f"sums in {left.currency} and in {right.currency} are not reckoned together",
            "bring both into one currency by a fact of its own",
        )
    return replace(left, optional=False)


def _same_family(left: DataType, right: DataType) -> Outcome:
    if left.family and right.family and left.family != right.family:
        return Fault(
            "inexact-duration-arithmetic",
            f"{FAMILY_WORDS[left.family]} and {FAMILY_WORDS[right.family]} do not add up to a fixed length",
            "add them to a date one after the other: `begin + 3 months + 15 days`",
        )
    return DataType("duration", family=left.family if left.family == right.family else None)


def _advance_date(_: DataType, length: DataType) -> Outcome:
    return MOMENT if length.family == "hours" else DATE


def _left(left: DataType, _: DataType) -> Outcome:
    return replace(left, optional=False)


def _always(type: DataType) -> Rule:
    return lambda _, __: type


_ARITHMETIC: Final[dict[tuple[str, Kind, Kind], Rule]] = {
    ("+", "number", "number"): _number,
    ("-", "number", "number"): _number,
    ("*", "number", "number"): _product,
    ("/", "number", "number"): _quotient,
    ("/", "money", "number"): _left,
    ("/", "money", "money"): _ratio,
    ("/", "duration", "number"): _left,
    ("/", "duration", "duration"): _ratio,
    ("+", "money", "money"): _same_currency,
    ("-", "money", "money"): _same_currency,
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
    key = (operator, _broad(left.kind), _broad(right.kind))
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
        "say which days are meant: `fraction(1/3, from A to B, round up)`, or write the length out",
    )


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
    kinds = (_broad(value.kind), _broad(step.type.kind))
    if value.several or kinds not in (("number", "number"), ("money", "money")):
        return Fault(
            "type-mismatch",
            f"{describe_type(value)} is rounded to {describe_type(step.type)}",
            "round numbers to a number, sums to a sum of the same currency; for time there is `fraction`",
        )
    if kinds[0] == "money":
        return _same_currency(value, step.type)
    if value.per:
        return Fault("type-mismatch", f"{_a_rate(value)} is rounded", "round what it comes to over a time")
    return COUNT if isinstance(step, Amount) and isinstance(step.value, int) else NUMBER


def type_of_extreme(which: str, left: DataType, right: DataType) -> Outcome:
    """The type of the smaller or larger, or of the earlier or later, of two values."""
    points = which in ("earlier", "later")
    allowed: tuple[Kind, ...] = ("date", "moment") if points else ("count", "number", "money", "duration")
    if left.kind not in allowed or right.kind not in allowed or left.several or right.several:
        wrong = right if left.kind in allowed and not left.several else left
        return Fault(
            "type-mismatch",
            f"{describe_type(wrong)} stands where {'a date or a moment' if points else 'an amount'} is asked for",
            "`the smaller of` and `the larger of` take amounts, `the earlier of` and `the later of` dates",
        )
    if points and left.kind != right.kind:
        return Fault("type-mismatch", "a date and a moment are held against each other", "use two dates or two moments")
    if left.kind == "duration" and right.kind == "duration" and (not left.family or not right.family):
        return Fault("type-mismatch", "a length in any unit has no order", "declare the unit of the fact")
    if left.kind == "duration" == right.kind:
        return _fault_between_families(left, right) or replace(left, optional=False)
    if left.kind == "money" == right.kind:
        return _same_currency(left, right)
    if points:
        return replace(left, optional=False)
    if _broad(left.kind) != _broad(right.kind):
        return Fault(
            "type-mismatch",
            f"{describe_type(left)} and {describe_type(right)} are held against each other",
            "use two amounts of one type",
        )
    return _number(left, right)


# --- comparison -------------------------------------------------------------------------------------------------------

_COMPARE_HELP: Final[dict[frozenset[Kind], str]] = {
    frozenset({"number", "duration"}): "give the number its unit, such as `5 days`",
    frozenset({"number", "money"}): "give the number its currency: `5000 won`",
    frozenset({"enum", "text"}): "write the value without quotes",
    frozenset({"date", "duration"}): "add the duration to a date: `begin + 6 months <= today`",
    frozenset({"moment", "duration"}): "add the duration to a moment: `begin + 6 hours <= now`",
    frozenset({"period", "duration"}): "write `period is within 15 days`",
    frozenset({"date", "number"}): "compare values of one type; a date is written as `2020-03-01`",
    frozenset({"date", "text"}): "write the date without quotes",
    frozenset({"number", "text"}): "write the number without quotes",
}


_UNORDERED_HELP: Final[dict[Kind, str]] = {
    "yes_no": "let the yes/no fact stand by itself",
    "enum": "compare with `is` or `is one of [...]`",
    "text": "compare with `is`",
    "provision": "write `falls under`",
    "period": "write `period is within 15 days`",
    "list": "count its members: `(the number of list)`",
}


def fault_of_comparison(operator: str, left: DataType, right: DataType) -> Fault | None:
    """Why `left operator right` cannot be asked, None if it can.

    A date meets a moment by the day. For `is`, a fact of several values on the left may hold the value among others.
    """
    kinds = frozenset({_broad(left.kind), _broad(right.kind)})
    if len(kinds) > 1 and kinds != {"date", "moment"}:
        return Fault(
            "type-mismatch",
            f"{describe_type(left)} is compared with {describe_type(right)}",
            _COMPARE_HELP.get(kinds, "compare values of one type"),
        )
    if operator in ("is", "is not"):
        if left.kind not in EQUATED:
            return Fault("type-mismatch", f"{describe_type(left)} is not compared", _UNORDERED_HELP[left.kind])
        if right.several:
            return Fault(
                "type-mismatch",
                "a fact of several values stands on the right",
                "ask for one value: `fact is value` holds if the value is among them",
            )
    elif left.kind not in ORDERED:
        return Fault("type-mismatch", f"{describe_type(left)} has no order", _UNORDERED_HELP[left.kind])
    elif left.several or right.several:
        return Fault("type-mismatch", "a fact of several values has no order", "ask for one value with `is`")
    within = _FAULT_WITHIN_KIND.get(left.kind)
    return within(left, right) if within is not None else None


def _fault_between_families(left: DataType, right: DataType) -> Fault | None:
    if left.family and right.family and left.family != right.family:
        return Fault(
            "inexact-duration-comparison",
            f"{FAMILY_WORDS[left.family]} are compared with {FAMILY_WORDS[right.family]}",
            "they do not convert exactly: count both from a date, as in `begin + 3 months <= end`",
        )
    return None


def _fault_between_currencies(left: DataType, right: DataType) -> Fault | None:
    outcome = _same_currency(left, right)
    return outcome if isinstance(outcome, Fault) else None


def _fault_between_choices(left: DataType, right: DataType) -> Fault | None:
    if left.open or right.open or set(left.values) & set(right.values):
        return None
    return Fault(
        "type-mismatch",
        f"{describe_type(left)} can never be {describe_type(right)}",
        "compare facts that share values",
    )


def _fault_between_rates(left: DataType, right: DataType) -> Fault | None:
    outcome = _number(left, right)
    return outcome if isinstance(outcome, Fault) else None


_FAULT_WITHIN_KIND: Final[dict[Kind, Callable[[DataType, DataType], Fault | None]]] = {
    "number": _fault_between_rates,
    "count": _fault_between_rates,
    "duration": _fault_between_families,
    "money": _fault_between_currencies,
    "enum": _fault_between_choices,
}
"""What can still be wrong between two types of one kind."""


# --- fitting and joining ----------------------------------------------------------------------------------------------


def fault_of_fit(actual: DataType, expected: DataType) -> Fault | None:
    """Why a value of type `actual` cannot serve where `expected` is asked for, None if it can."""
    if actual.kind != expected.kind and not (expected.kind == "number" and actual.kind == "count"):
        return Fault(
            "type-mismatch",
            f"{describe_type(actual)} stands where {describe_type(expected)} is asked for",
            _FIT_HELP.get((actual.kind, expected.kind), "look up both types in the vocabulary"),
        )
    if actual.several and not expected.several:
        return Fault("type-mismatch", "a fact of several values stands where one is asked for", "name one value")
    if expected.kind == "duration" and expected.family and actual.family != expected.family:
        return Fault(
            "unit-mismatch",
            f"{describe_type(actual)} stands where {FAMILY_WORDS[expected.family]} are asked for",
            "use the unit of the fact, or declare the fact with `unit: any`",
        )
    if expected.kind == "enum" and not expected.open:
        strange = [value for value in actual.values if value not in expected.values]
        if actual.open or strange:
            return Fault(
                "type-mismatch",
                f"{describe_type(actual)} stands where {describe_type(expected)} is asked for",
                "use a fact that has the same values",
            )
    if expected.kind == "list" and actual.term != expected.term:
        return Fault(
            "type-mismatch",
            f"{describe_type(actual)} stands where {describe_type(expected)} is asked for",
            "use a list of the same term",
        )
    if expected.kind == "number":
        return _fault_between_rates(actual, expected)
    return _fault_between_currencies(actual, expected) if expected.kind == "money" else None


_FIT_HELP: Final[dict[tuple[Kind, Kind], str]] = {
    ("enum", "yes_no"): "ask for a value: `fact is value`",
    ("period", "yes_no"): "ask for its length: `period is within 15 days`",
    ("list", "yes_no"): "ask for its members: `any m in list has (…)`",
    ("date", "yes_no"): "compare the date, or ask whether there is one: `date is present`",
    ("moment", "yes_no"): "compare the moment, or ask whether there is one: `moment is present`",
    ("count", "yes_no"): "compare the count: `count >= 1`",
    ("number", "yes_no"): "compare the number: `number > 0`",
    ("money", "yes_no"): "compare the sum: `sum > 0 won`",
    ("duration", "yes_no"): "compare the duration: `duration <= 15 days`",
    ("text", "yes_no"): "compare the text, or ask whether there is one: `text is present`",
    ("provision", "yes_no"): "write `fact falls under 97(1)`",
    ("moment", "date"): "hours onto a date make a moment; count in days, or ask for a moment",
    ("count", "duration"): "give the number its unit, such as `5 days`",
    ("count", "money"): "give the number its currency: `5000 won`",
}


def join_types(left: DataType, right: DataType) -> Outcome:
    """The type of a value that is now of one type, now of the other: the branches of an `if`."""
    optional = left.optional or right.optional
    if _broad(left.kind) != _broad(right.kind) or left.several != right.several:
        return Fault(
            "type-mismatch",
            f"one branch gives {describe_type(left)}, the other {describe_type(right)}",
            "let both branches give the same type",
        )
    if _broad(left.kind) == "number" and left.per != right.per:
        return _number(left, right)
    if left.kind != right.kind:
        return replace(NUMBER, optional=optional)
    if left.kind == "enum":
        values = tuple(dict.fromkeys((*left.values, *right.values)))
        return replace(left, values=values, open=left.open or right.open, optional=optional)
    if left.kind == "duration" and left.family != right.family:
        return DataType("duration", optional=optional)
    if left.kind == "money" and left.currency != right.currency:
        return _same_currency(left, right)
    return replace(left, optional=optional)
