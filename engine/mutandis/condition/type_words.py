"""The types of conditions in a drafter's words, and what is wrong with them, still without a place."""

from __future__ import annotations

from typing import Final

from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import COUNT, NUMBER, DataType, Family, Kind


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


def broad_kind(kind: Kind) -> Kind:
    """The kind that this one serves as: a count as a number."""
    return _READ_AS.get(kind, kind)


def rate_words(type_: DataType) -> str:
    """A number as the rate that it is: `a rate per year`, `a plain number`."""
    return f"a rate per {type_.per}" if type_.per else "a plain number"


def number_of(left: DataType, right: DataType) -> Outcome:
    """The type of two numbers together: rates only of one unit of time."""
    if left.per != right.per:
        return Fault(
            "unit-mismatch",
            f"{rate_words(left)} and {rate_words(right)} are not reckoned together",
            "bring both to one unit of time",
        )
    if left.kind == right.kind == "count":
        return COUNT
    return replace(NUMBER, per=left.per)


def same_currency(left: DataType, right: DataType) -> Outcome:
    """The type of two sums together, of one currency."""
    if left.currency != right.currency:
        return Fault(
            "unit-mismatch",
            f"sums in {left.currency} and in {right.currency} are not reckoned together",
            "bring both into one currency by a fact of its own",
        )
    return replace(left, optional=False)
