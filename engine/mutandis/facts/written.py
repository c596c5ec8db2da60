"""Reading one value of a fact: Python's own or written out, as the fact's type, unit and bounds allow.

What does not fit comes back as a `Misfit` that names the fact and what is allowed; nothing is raised.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import get_args

from mutandis.calendar import DAY, day_of
from mutandis.calendar.written import DAY_WRITTEN, how_to_write_day
from mutandis.citation import CitationError, Listed, parse_citation, plain_place
from mutandis.dataclass import dataclass
from mutandis.datatypes import BASE_UNIT, UNIT_IN_BASE, YES_NO, DataType, Family
from mutandis.values import UNKNOWN, Clock, Duration, Number, Period, Sum, Unknown
from mutandis.vocabulary import FactDeclaration, Vocabulary

_NUMBER = re.compile(r"-?\d{1,18}(?:\.\d{1,12}|/\d{1,18})?", re.ASCII)
_QUANTITY = re.compile(r"(-?\d{1,15}(?:/\d{1,6})?)(?:\s+([A-Za-z]+))?", re.ASCII)
_SUM = re.compile(r"(-?\d{1,18}(?:\.\d{1,12}|/\d{1,18})?)\s+([A-Za-z_]+)", re.ASCII)
_LENGTHS = re.compile(r"(-?\d{1,15}) ([a-z]+) and (\d{1,15}) ([a-z]+)", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{6})?)?", re.ASCII)
_MINUTE = dt.timedelta(minutes=1)
_TICK = dt.timedelta(microseconds=1)
_LARGEST = 10**18
"""No number of a case is larger: what the law counts stays far below, and no sum of them grows out of hand."""
_UNIT_OF_FAMILY = {"hours": "hours", "days": "days", "months": "months"}


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
        help_ = f"give {_allowed(declared, type_)}, or leave it out if it is not known"
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
        help_ = f"{none}leave it out where it is not known, or give {_allowed(declared, type_)}"
        return Misfit("wrong-fact-type", f"`{name}` has no value" if not value else f"`{value}` is no value", help_)
    match type_.kind:
        case "yes_no":
            if isinstance(value, bool):
                return value
            said = {"yes": True, "true": True, "no": False, "false": False}.get(value if isinstance(value, str) else "")
            return said if said is not None else _misfit(name, declared, type_, value)
        case "enum":
            return _read_choice(name, declared, type_, value)
        case "text":
            return value if isinstance(value, str) else _misfit(name, declared, type_, value)
        case "count":
            number = _number(value)
            return number if isinstance(number, int) else _misfit(name, declared, type_, value)
        case "number":
            number = _number(value)
            return number if number is not None else _misfit(name, declared, type_, value)
        case "money":
            return _read_money(name, declared, type_, value)
        case "duration":
            return _read_duration(name, declared, type_, value)
        case "date" | "moment":
            return _read_time(name, declared, type_, value)
        case "period":
            return _read_period(name, declared, value, listed)
        case "provision":
            return _read_provision(name, value, listed)
        case "list":
            return _misfit(name, declared, type_, value)


def _allowed(declared: FactDeclaration | None, type_: DataType) -> str:
    match type_.kind:
        case "yes_no":
            return "`yes` or `no`"
        case "enum":
            listed = "one of " + ", ".join(f"`{v}`" for v in type_.values) if type_.values else "a value"
            return f"{listed}{' (several may be given as a list)' if type_.several else ''}"
        case "count":
            return "a whole number"
        case "number":
            return "a number, e.g. `3` or `3/2`"
        case "money":
            return f"a sum, e.g. `20000 {type_.currency or 'won'}`"
        case "date":
            return "a day, e.g. `2020-03-01`"
        case "moment":
            return "a day and time, e.g. `2020-03-01T10:00`"
        case "duration":
            unit = declared.unit if declared is not None else ""
            unit = unit if unit and unit != "any" else _UNIT_OF_FAMILY[type_.family or "days"]
            return f"a length of time, e.g. `8 {unit}`"
        case "period":
            return "a period, e.g. `{from: 2020-03-01, until: 2020-03-15}`"
        case "provision":
            return "a provision, e.g. `act/95(1)1`"
        case "text":
            return "a text"
        case "list":
            return f"a list of {type_.term}"


def _misfit(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> Misfit:
    allowed = _allowed(declared, type_)
    if type_.kind == "yes_no" and isinstance(value, str | int | float) and value in ("0", "1", 0, 1):
        return Misfit("wrong-fact-type", f"`{name}` is {allowed}, not `{shown(value)}`", "give `yes` for 1, `no` for 0")
    return Misfit("wrong-fact-type", f"`{name}` is {allowed}, not `{shown(value)}`", f"give {allowed}")


def shown(value: object) -> str:
    """What a person gave, in a message: cut short, on one line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    exact = Fraction(value) if isinstance(value, int | Fraction) else Fraction(0)
    if abs(exact) > _LARGEST or exact.denominator > _LARGEST:
        return "a number of more than 18 digits"
    text = " ".join(str(value).split()) or "an empty text"
    return text if len(text) <= 40 else f"{text[:37]}..."


def _number(value: object) -> Number | None:
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
    give = f"give {_allowed(declared, type_)}"
    several = isinstance(value, list | tuple | set | frozenset)
    if several and not type_.several:
        return Misfit("wrong-fact-type", f"`{name}` has one value, not several", give)
    given = list(value) if isinstance(value, list | tuple | set | frozenset) else [value]
    for one in given:
        if not isinstance(one, str):
            return _misfit(name, declared, type_, one)
        if one not in type_.values and not type_.open:
            from mutandis.suggest import did_you_mean

            help_ = did_you_mean(one, type_.values, give)
            if not help_.startswith("give"):
                help_ += f" (allowed: {', '.join(f'`{v}`' for v in type_.values)})"
            return Misfit("value-not-listed", f"`{name}` has no value `{shown(one)}`", help_)
    return frozenset(str(v) for v in given) if type_.several else given[0]


def _read_money(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> object:
    give = f"give {_allowed(declared, type_)}"
    currency = type_.currency or "won"
    amount, stated = value, currency
    if isinstance(value, Sum):
        amount, stated = value.amount, value.currency
    elif isinstance(value, str) and (match := _SUM.fullmatch(value)):
        amount, stated = match[1], match[2]
    if currency not in (stated, f"{stated}s"):
        return Misfit("wrong-unit", f"`{name}` is in {currency}, not in {stated}", give)
    number = _number(amount)
    return _misfit(name, declared, type_, value) if number is None else number


def _read_duration(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> object:
    give = f"give {_allowed(declared, type_)}"
    unit = (declared.unit if declared is not None else "").removesuffix("s")
    amount: Number | None = None
    family: Family | None = None
    if isinstance(value, Duration):
        amount, family = _number(value.amount), value.family
        if amount is None or family not in _UNIT_OF_FAMILY:
            return _misfit(name, declared, type_, value)
    elif isinstance(value, dt.timedelta):
        in_days = type_.family == "days" and value % DAY == dt.timedelta(0)
        family, unit_length = ("days", DAY) if in_days else ("hours", _MINUTE)
        amount = Fraction(value // _TICK, unit_length // _TICK)
    else:
        written = value
        if isinstance(value, str) and (both := _LENGTHS.fullmatch(value)):
            one, other = (UNIT_IN_BASE.get(both[i].removesuffix("s")) for i in (2, 4))
            if one is None or other is None or one[0] != other[0] or other[1] >= one[1] or both[1].startswith("-"):
                return Misfit("wrong-unit", f"`{name}`: `{value}` does not add up", "write `1 year and 6 months`")
            written = int(both[1]) * one[1] + int(both[3]) * other[1]
            unit = BASE_UNIT[one[0]]
        elif isinstance(value, str) and (match := _QUANTITY.fullmatch(value)):
            written = match[1]
            if match[2]:
                unit = match[2].removesuffix("s")
                if unit not in UNIT_IN_BASE:
                    from mutandis.suggest import did_you_mean

                    near = did_you_mean(match[2], [f"{one}s" for one in UNIT_IN_BASE], give)
                    return Misfit("wrong-unit", f"`{name}`: `{match[2]}` is no unit of time", near)
        number = _number(written)
        if number is None:
            return _misfit(name, declared, type_, value)
        if unit not in UNIT_IN_BASE:
            help_ = "say which: minutes, hours, days, weeks, months or years"
            return Misfit("wrong-unit", f"`{name}` needs a unit of time with `{shown(value)}`", help_)
        family, size = UNIT_IN_BASE[unit]
        amount = number * size
    if amount is None or amount != int(amount):
        message = f"`{name}` is not a whole number of the smallest unit: `{shown(value)}`"
        return Misfit("wrong-unit", message, give)
    if type_.family is None:
        return Duration(int(amount), family)
    if family != type_.family:
        counted = _UNIT_OF_FAMILY[type_.family]
        message = f"`{name}` is counted in {counted}, to which `{shown(value)}` does not convert exactly"
        return Misfit("wrong-unit", message, give)
    return int(amount)


def _read_time(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> object:
    give = f"give {_allowed(declared, type_)}"
    moment = type_.kind == "moment"
    if isinstance(value, str):
        if (_MOMENT if moment else DAY_WRITTEN).fullmatch(value):
            try:
                value = dt.datetime.fromisoformat(value) if moment else dt.date.fromisoformat(value)
            except ValueError:
                return Misfit(
                    "impossible-date", f"`{name}`: there is no `{value}` in the calendar", "check month and day"
                )
        elif (DAY_WRITTEN if moment else _MOMENT).fullmatch(value):
            return _misfit(name, declared, type_, value)
        else:
            return Misfit(
                "impossible-date",
                f"`{name}`: `{shown(value)}` is no {type_.kind}",
                give if moment else how_to_write_day(value),
            )
    if isinstance(value, dt.datetime) != moment or not isinstance(value, dt.date):
        return _misfit(name, declared, type_, value)
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        help_ = "give the local time of the place, without an offset"
        return Misfit("impossible-date", f"`{name}`: moments are local times", help_)
    return value


def _read_end(name: str, value: object) -> dt.date | Misfit:
    """A day or a moment, whichever it is."""
    text = isinstance(value, str) and _MOMENT.fullmatch(value.strip()) is not None
    kind = DataType("moment" if text or isinstance(value, dt.datetime) else "date")
    read = _read_time(name, None, kind, value.strip() if isinstance(value, str) else value)
    assert isinstance(read, dt.date | Misfit)
    return read


def _read_period(name: str, declared: FactDeclaration | None, value: object, listed: Listed | None) -> object:
    """A period; one whose counting is declared has that clock, whatever the case leaves out."""
    if isinstance(value, Period):  # one made by hand is checked like one written out
        value = {
            "from": value.start,
            "until": value.until,
            "suspensions": value.suspensions,
            "counting": value.clock,
            "basis": value.basis,
        }
    read = _written_period(name, value, listed)
    counting = declared.counting if declared is not None else None
    if not isinstance(read, Period) or counting is None or read.clock == counting.clock:
        return read
    if read.clock is None:
        return replace(read, clock=counting.clock)
    # Facts to the minute may be counted to the minute.
    if read.clock == "hours" and isinstance(read.start, dt.datetime):
        return read
    by = f", by {counting.provision}" if counting.provision else ""
    message = f"`{name}` is counted as `{counting.clock}`{by}, not as `{read.clock}`"
    return Misfit("counting-fixed", message, "leave out `counting`: the law fixes it, not the case")


def _written_period(name: str, value: object, listed: Listed | None) -> object:
    help_ = "give a period, e.g. `{from: 2020-03-01, until: 2020-03-15}`"
    if not isinstance(value, Mapping) or not set(value) <= {"from", "until", "suspensions", "counting", "basis"}:
        return Misfit("wrong-period", f"`{name}` is a period: from, until, suspensions, counting, basis", help_)
    ends: list[dt.date | None] = []
    for key in ("from", "until"):
        end = value.get(key)
        if end is None or (isinstance(end, str) and end == "none"):
            ends.append(None)
            continue
        read = _read_end(f"{name}.{key}", end)
        if isinstance(read, Misfit):
            return read
        ends.append(read)
    spans: list[tuple[dt.date, dt.date]] = []
    given = value.get("suspensions", ())
    given = () if given is None else given
    no_spans = Misfit("wrong-period", f"`{name}.suspensions` is a list of spans", "give each its first and last day")
    if not isinstance(given, list | tuple):
        return no_spans
    for span in given:
        pair = (span.get("from"), span.get("until")) if isinstance(span, Mapping) else span
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            return no_spans
        first, last = (_read_time(f"{name}.suspensions", None, DataType("date"), day) for day in pair)
        if isinstance(first, Misfit) or isinstance(last, Misfit):
            return first if isinstance(first, Misfit) else last
        assert isinstance(first, dt.date) and isinstance(last, dt.date)
        spans.append((first, last))
    clocks = get_args(Clock)
    clock = value.get("counting")
    known: Clock | None = next((one for one in clocks if clock == one), None) if isinstance(clock, str) else None
    if clock is not None and known is None:
        allowed = ", ".join(f"`{c}`" for c in clocks)
        return Misfit("wrong-period", f"`{name}.counting` has no value `{shown(clock)}`", f"one of {allowed}")
    basis = value.get("basis")
    cited = None if basis is None else _read_provision(f"{name}.basis", basis, listed)
    if isinstance(cited, Misfit):
        return cited
    start, until = ends
    for number, (first_end, last_end) in enumerate(((start, until), *spans)):
        if first_end is not None and last_end is not None and day_of(last_end) < day_of(first_end):
            what = f"`{name}.suspensions[{number}]`" if number else f"`{name}`"
            return Misfit("wrong-period", f"{what} ends before it begins", "give the earlier date first")
    return Period(start, until, tuple(spans), known, cited)


def _read_provision(name: str, value: object, listed: Listed | None) -> str | Misfit:
    text = value if isinstance(value, str) else shown(value)
    try:
        cited = parse_citation(text)
    except CitationError as fault:
        from mutandis.facts.cited import meant_by

        return Misfit("wrong-provision", f"`{name}`: {fault}", meant_by(text, listed))
    if listed is not None and not cited.is_external:
        inside = listed.get(cited.law)
        # A law whose text is not at hand may have any.
        if inside is None or (inside and str(plain_place(cited)) not in inside):
            from mutandis.facts.cited import absent

            message, help_ = absent(cited, listed)
            return Misfit("wrong-provision", f"`{name}`: {message}", help_)
    return str(cited)


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
