"""Reading sums of money and lengths of time: Python's own or written out (`20000 won`, `1 year and 6 months`)."""

from __future__ import annotations

import datetime as dt
import re
from fractions import Fraction
from typing import get_args

from mutandis.calendar.dates import DAY
from mutandis.datatypes import BASE_UNIT, UNIT_IN_BASE, DataType, Family
from mutandis.facts.misfits import allowed, misfit, shown
from mutandis.facts.written import Misfit, number_of
from mutandis.values import Duration, Number, Sum
from mutandis.vocabulary import FactDeclaration

_QUANTITY = re.compile(r"(-?\d{1,15}(?:/\d{1,6})?)(?:\s+([A-Za-z]+))?", re.ASCII)

_SUM = re.compile(r"(-?\d{1,18}(?:\.\d{1,12}|/\d{1,18})?)\s+([A-Za-z_]+)", re.ASCII)

_LENGTHS = re.compile(r"(-?\d{1,15}) ([a-z]+) and (\d{1,15}) ([a-z]+)", re.ASCII)

_MINUTE = dt.timedelta(minutes=1)

_TICK = dt.timedelta(microseconds=1)


def read_money(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> object:
    give = f"give {allowed(declared, type_)}"
    currency = type_.currency or "won"
    amount, stated = value, currency
    if isinstance(value, Sum):
        amount, stated = value.amount, value.currency
    elif isinstance(value, str) and (match := _SUM.fullmatch(value)):
        amount, stated = match[1], match[2]
    if currency not in (stated, f"{stated}s"):
        return Misfit("wrong-unit", f"`{name}` is in {currency}, not in {stated}", give)
    number = number_of(amount)
    return misfit(name, declared, type_, value) if number is None else number


def read_duration(name: str, declared: FactDeclaration | None, type_: DataType, value: object) -> object:
    give = f"give {allowed(declared, type_)}"
    unit = (declared.unit if declared is not None else "").removesuffix("s")
    amount: Number | None = None
    family: Family | None = None
    if isinstance(value, Duration):
        amount, family = number_of(value.amount), value.family
        if amount is None or family not in get_args(Family):
            return misfit(name, declared, type_, value)
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
        number = number_of(written)
        if number is None:
            return misfit(name, declared, type_, value)
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
        message = f"`{name}` is counted in {type_.family}, to which `{shown(value)}` does not convert exactly"
        return Misfit("wrong-unit", message, give)
    return int(amount)
