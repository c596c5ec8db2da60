"""Reading one value of a fact: Python's own or written out, as the fact's type, unit and bounds allow.

Words and numbers are read here, the rest by `lengths` and `times`, imported with the first fact of such a type. What
does not fit comes back as a `Misfit` that names the fact and what is allowed; nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import import_module

from mutandis.citation import Listed
from mutandis.dataclass import dataclass
from mutandis.datatypes import YES_NO, DataType
from mutandis.values import UNKNOWN, Duration, Number, Unknown
from mutandis.vocabulary import FactDeclaration, Vocabulary

_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,12}|/\d{1,18})?", re.ASCII)
LARGEST = 10**18
"""No number of a case is larger: what the law counts stays far below, and no sum of them grows out of hand."""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A value that the vocabulary does not allow: the slug of its diagnostic, the message, the next step."""

    slug: str
    message: str
    help: str


def read_value(
    name: str,
    declared: FactDeclaration | None,
    value: object,
    listed: Listed | None = None,
) -> object:
    """The run-time form of `value` as `declared` types it (None: yes/no), or the `Misfit`. Lists are not read here.

    `listed` are the provisions that each law has (`Program.provisions`); without it any is taken.
    """
    type_ = declared.type if declared is not None else YES_NO
    if isinstance(value, Unknown):
        return UNKNOWN
    if isinstance(value, str):
        value = value.strip()
        if value == "unknown" and value not in type_.values:
            return UNKNOWN
    if value is None or (isinstance(value, str) and value == "none" and value not in type_.values):
        if type_.optional:
            return None
        return _told("not_none", name, declared, type_)
    read = _read(name, declared, type_, value, listed)
    return _in_bounds(name, declared, read) if declared is not None and not isinstance(read, Misfit) else read


def member_reader(vocabulary: Vocabulary, term: str) -> dict[str, FactDeclaration]:
    """The attributes that a list member of `term` may have, by name; inherited ones included."""
    found: dict[str, FactDeclaration] = {}
    for kind in vocabulary.kinds_of(term):
        own = vocabulary.terms[kind].attributes if kind in vocabulary.terms else ()
        for declared in own:
            attribute = declared.name.rpartition(".")[2]
            found.setdefault(attribute, vocabulary.facts.get(f"{term}.{attribute}", declared))
    return found


_NOTHING = frozenset({"", "?", "-", "~", "null", "nil", "unknown", "n/a", "#n/a", "na", "nan", "<na>"})


def _read(
    name: str,
    declared: FactDeclaration | None,
    type_: DataType,
    value: object,
    listed: Listed | None,
) -> object:
    if isinstance(value, str) and value.lower() in _NOTHING and type_.kind not in ("text", "enum"):
        return _told("no_value", name, declared, type_, value)
    match type_.kind:
        case "yes_no":
            if isinstance(value, bool):
                return value
            said = {"yes": True, "true": True, "no": False, "false": False}.get(value if isinstance(value, str) else "")
            return said if said is not None else _told("misfit", name, declared, type_, value)
        case "enum":
            return _read_choice(name, declared, type_, value)
        case "text":
            return value if isinstance(value, str) else _told("misfit", name, declared, type_, value)
        case "count":
            number = number_of(value)
            return number if isinstance(number, int) else _told("misfit", name, declared, type_, value)
        case "number":
            if type_.per is not None and isinstance(value, str):
                value = value.removesuffix(f" per {type_.per}")
            number = number_of(value)
            return number if number is not None else _told("misfit", name, declared, type_, value)
        case "money" | "duration":
            return _reader("lengths", f"read_{type_.kind}")(name, declared, type_, value)
        case "date" | "moment":
            return _reader("times", "read_time")(name, declared, type_, value)
        case "period":
            return _reader("times", "read_period")(name, declared, value, listed)
        case "provision":
            return _reader("times", "read_provision")(name, value, listed)
        case "list":
            return _told("misfit", name, declared, type_, value)


@cache
def _reader(home: str, name: str) -> Callable[..., object]:
    """What reads the values of some types alone, imported when the first one comes."""
    found: Callable[..., object] = getattr(import_module(f"mutandis.facts.{home}"), name)
    return found


def _told(what: str, *found: object) -> Misfit:
    """What tells what is wrong with a value, imported with the first that does not fit."""
    from mutandis.facts import misfits

    told: Misfit = getattr(misfits, what)(*found)
    return told


def number_of(value: object) -> Number | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(value) if abs(value) <= LARGEST else None
    try:
        if isinstance(value, float):
            exact = Fraction(str(value))
        elif isinstance(value, Decimal):
            # Its power of ten is written out in full by a fraction.
            exact = Fraction(value if value.is_finite() and abs(value.adjusted()) <= 40 else "none")
        elif isinstance(value, Fraction) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
            exact = Fraction(value)
        else:
            return None
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    if abs(exact) > LARGEST or exact.denominator > LARGEST:
        return None
    return exact.numerator if exact.denominator == 1 else exact


def _read_choice(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> object:
    several = isinstance(value, list | tuple | set | frozenset)
    if several and not type_.several:
        return _told("not_several", name, declared, type_)
    given = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    for one in given:
        if not isinstance(one, str):
            return _told("misfit", name, declared, type_, one)
        if one not in type_.values and not type_.open:
            return _told("not_listed", name, declared, type_, one)
    return frozenset(str(v) for v in given) if type_.several else given[0]


def _in_bounds(name: str, declared: FactDeclaration, value: object) -> object:
    low, high = declared.minimum, declared.maximum
    if low is None and declared.type.kind in ("count", "duration"):
        low = 0
    number = value.amount if isinstance(value, Duration) else value
    if isinstance(number, bool) or not isinstance(number, int | Fraction):
        return value
    if (low is None or number >= low) and (high is None or number <= high):
        return value
    return _told("out_of_range", name, declared, low, high)
