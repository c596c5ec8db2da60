"""Which types go together where nothing is reckoned: what is compared, the smaller of two, what fits, what two branches
come to.

Tables first, then the few functions that read them. A rule answers with the type of the result or with a `Fault`: what
is wrong, in a drafter's words, without a place. A duration whose family is not known before the case is let through and
judged when it is decided.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mutandis.condition.type_words import (
    FAMILY_WORDS,
    Fault,
    Outcome,
    broad_kind,
    describe_type,
    number_of,
    same_currency,
)
from mutandis.dataclass import replace
from mutandis.datatypes import NUMBER, DataType, Kind

ORDERED: Final[frozenset[Kind]] = frozenset({"count", "number", "money", "date", "moment", "duration"})
"""Kinds that `<`, `<=`, `>` and `>=` compare."""

EQUATED: Final[frozenset[Kind]] = ORDERED | {"yes_no", "enum", "text", "provision"}
"""Kinds that `is` and `is not` compare."""

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
    kinds = frozenset({broad_kind(left.kind), broad_kind(right.kind)})
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
    outcome = same_currency(left, right)
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
    outcome = number_of(left, right)
    return outcome if isinstance(outcome, Fault) else None


_FAULT_WITHIN_KIND: Final[dict[Kind, Callable[[DataType, DataType], Fault | None]]] = {
    "number": _fault_between_rates,
    "count": _fault_between_rates,
    "duration": _fault_between_families,
    "money": _fault_between_currencies,
    "enum": _fault_between_choices,
}
"""What can still be wrong between two types of one kind."""


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
        return same_currency(left, right)
    if points:
        return replace(left, optional=False)
    if broad_kind(left.kind) != broad_kind(right.kind):
        return Fault(
            "type-mismatch",
            f"{describe_type(left)} and {describe_type(right)} are held against each other",
            "use two amounts of one type",
        )
    return number_of(left, right)


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
    if broad_kind(left.kind) != broad_kind(right.kind) or left.several != right.several:
        return Fault(
            "type-mismatch",
            f"one branch gives {describe_type(left)}, the other {describe_type(right)}",
            "let both branches give the same type",
        )
    if broad_kind(left.kind) == "number" and left.per != right.per:
        return number_of(left, right)
    if left.kind != right.kind:
        return replace(NUMBER, optional=optional)
    if left.kind == "enum":
        values = tuple(dict.fromkeys((*left.values, *right.values)))
        return replace(left, values=values, open=left.open or right.open, optional=optional)
    if left.kind == "duration" and left.family != right.family:
        return DataType("duration", optional=optional)
    if left.kind == "money" and left.currency != right.currency:
        return same_currency(left, right)
    return replace(left, optional=optional)
