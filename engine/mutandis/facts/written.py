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
_LARGEST = 10**18
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
        help_ = f"give {allowed(declared, type_)}, or leave it out if it is not known"
        return Misfit("none-not-allowed", f"`{name}` cannot be none", help_)
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
        none = "write `none` where there is none; " if type_.optional else ""
        help_ = f"{none}leave it out where it is not known, or give {allowed(declared, type_)}"
        return Misfit("wrong-fact-type", f"`{name}` has no value" if not value else f"`{value}` is no value", help_)
    match type_.kind:
        case "yes_no":
            if isinstance(value, bool):
                return value
            said = {"yes": True, "true": True, "no": False, "false": False}.get(value if isinstance(value, str) else "")
            return said if said is not None else misfit(name, declared, type_, value)
        case "enum":
            return _read_choice(name, declared, type_, value)
        case "text":
            return value if isinstance(value, str) else misfit(name, declared, type_, value)
        case "count":
            number = number_of(value)
            return number if isinstance(number, int) else misfit(name, declared, type_, value)
        case "number":
            if type_.per is not None and isinstance(value, str):
                value = value.removesuffix(f" per {type_.per}")
            number = number_of(value)
            return number if number is not None else misfit(name, declared, type_, value)
        case "money" | "duration":
            return _reader("lengths", f"read_{type_.kind}")(name, declared, type_, value)
        case "date" | "moment":
            return _reader("times", "read_time")(name, declared, type_, value)
        case "period":
            return _reader("times", "read_period")(name, declared, value, listed)
        case "provision":
            return _reader("times", "read_provision")(name, value, listed)
        case "list":
            return misfit(name, declared, type_, value)


@cache
def _reader(home: str, name: str) -> Callable[..., object]:
    """What reads the values of some types alone, imported when the first one comes."""
    found: Callable[..., object] = getattr(import_module(f"mutandis.facts.{home}"), name)
    return found


def allowed(declared: FactDeclaration | None, type_: DataType) -> str:
    match type_.kind:
        case "yes_no":
            return "`yes` or `no`"
        case "enum":
            listed = "one of " + ", ".join(f"`{v}`" for v in type_.values) if type_.values else "a value"
            return f"{listed}{' (several may be given as a list)' if type_.several else ''}"
        case "count":
            return "a whole number"
        case "number":
            return f"a rate, e.g. `3/100 per {type_.per}`" if type_.per else "a number, e.g. `3` or `3/2`"
        case "money":
            return f"a sum, e.g. `20000 {type_.currency or 'won'}`"
        case "date":
            return "a day, e.g. `2020-03-01`"
        case "moment":
            return "a day and time, e.g. `2020-03-01T10:00`"
        case "duration":
            unit = declared.unit if declared is not None else ""
            unit = unit if unit and unit != "any" else type_.family or "days"
            return f"a length of time, e.g. `8 {unit}`"
        case "period":
            return "a period, e.g. `{from: 2020-03-01, until: 2020-03-15}`"
        case "provision":
            return "a provision, e.g. `act/95(1)1`"
        case "text":
            return "a text"
        case "list":
            return f"a list of {type_.term}"


def misfit(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> Misfit:
    said = allowed(declared, type_)
    if type_.kind == "yes_no" and isinstance(value, str | int | float) and value in ("0", "1", 0, 1):
        return Misfit("wrong-fact-type", f"`{name}` is {said}, not `{shown(value)}`", "give `yes` for 1, `no` for 0")
    return Misfit("wrong-fact-type", f"`{name}` is {said}, not `{shown(value)}`", f"give {said}")


def shown(value: object) -> str:
    """What a person gave, in a message: cut short, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    exact = Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)
    if abs(exact) > _LARGEST or exact.denominator > _LARGEST:
        return "a number of more than 18 digits"
    text = " ".join(str(value).split()) or "an empty text"
    return text if len(text) <= 40 else f"{text[:37]}..."


def number_of(value: object) -> Number | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return int(value) if abs(value) <= _LARGEST else None
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
    if abs(exact) > _LARGEST or exact.denominator > _LARGEST:
        return None
    return exact.numerator if exact.denominator == 1 else exact


def _read_choice(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> object:
    give = f"give {allowed(declared, type_)}"
    several = isinstance(value, list | tuple | set | frozenset)
    if several and not type_.several:
        return Misfit("wrong-fact-type", f"`{name}` has one value, not several", give)
    given = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    for one in given:
        if not isinstance(one, str):
            return misfit(name, declared, type_, one)
        if one not in type_.values and not type_.open:
            from mutandis.suggest import did_you_mean

            help_ = did_you_mean(one, type_.values, give)
            if not help_.startswith("give"):
                help_ += f" (allowed: {', '.join(f'`{v}`' for v in type_.values)})"
            return Misfit("value-not-listed", f"`{name}` has no value `{shown(one)}`", help_)
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
    unit = {"hours": " minutes", "days": " days", "months": " months", None: ""}[declared.type.family]
    parts = [f"at least {low}{unit}"] if low is not None else []
    parts += [f"at most {high}{unit}"] if high is not None else []
    return Misfit("out-of-range", f"`{name}` is {' and '.join(parts)}", "correct the value")
