"""The types a fact, a variable or an expression can have.

A `DataType` is declared in the vocabulary or inferred by the checker. Calendar durations come in three families that
never convert into each other without an anchor date (S44): `hours` (minutes, hours), `days` (days, weeks), `months`
(months, years). At run time a duration of a known family is a plain number in the family's base unit (minutes, days,
months); a duration whose family is not known before the case is (`family` is None) is a `values.Duration`.
"""

from __future__ import annotations

from typing import Literal

from mutandis.dataclass import dataclass

Kind = Literal[
    "yes_no",
    "enum",
    "count",
    "number",
    "money",
    "date",
    "moment",
    "duration",
    "period",
    "provision",
    "text",
    "list",
]
Family = Literal["hours", "days", "months"]

UNIT_IN_BASE: dict[str, tuple[Family, int]] = {
    "minute": ("hours", 1),
    "hour": ("hours", 60),
    "day": ("days", 1),
    "week": ("days", 7),
    "month": ("months", 1),
    "year": ("months", 12),
}
"""Each unit's family and its size in the family's base unit (minute, day, month)."""

BASE_UNIT: dict[Family, str] = {"hours": "minute", "days": "day", "months": "month"}
"""The unit in which lengths of a family are held."""


@dataclass(frozen=True, slots=True)
class DataType:
    """One type. Fields beyond `kind` hold only where they apply.

    `family`: of a duration (None: not known before the case); of a period, the family its length is counted in is not
    fixed. `values`: the members of an enumeration in declared order. `open`: further enumeration values may occur.
    `several`: the fact holds a set of values; `is v` then means that v is among them. `term`: the term a list is of.
    `optional`: the value can be `none` (known to be absent). `currency`: of money, e.g. `won`. `per`: of a number that
    is a rate, the unit of time it is for, e.g. `year`.
    """

    kind: Kind
    family: Family | None = None
    values: tuple[str, ...] = ()
    open: bool = False
    several: bool = False
    term: str | None = None
    optional: bool = False
    currency: str | None = None
    per: str | None = None


YES_NO = DataType("yes_no")
COUNT = DataType("count")
NUMBER = DataType("number")
DATE = DataType("date")
MOMENT = DataType("moment")
PERIOD = DataType("period")
PROVISION = DataType("provision")
TEXT = DataType("text")
HOURS = DataType("duration", family="hours")
DAYS = DataType("duration", family="days")
MONTHS = DataType("duration", family="months")
DURATION = DataType("duration")
