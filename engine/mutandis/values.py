"""Run-time values that Python does not have: a duration, a sum as it is told, a period, an open list, the unknown.

How the other types are held: yes/no `bool`; enumeration and text `str` (several: `frozenset[str]`); count `int`; number
and money `int` or `Fraction`; date `datetime.date`; moment naive `datetime.datetime`; duration of a known family:
number of base units (minutes, days or months); provision: citation id `str`; list: tuple of `dict[str, value]`, or
`OpenList`. `None` is `none`: known to be absent. `UNKNOWN` is a fact that was said to be unknown; one not given has no
key at all.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Final, Literal, final

from mutandis.dataclass import dataclass
from mutandis.datatypes import Family

Number = int | Fraction
Clock = Literal["civil", "from_midnight", "burden", "sentence", "age", "hours", "both_ends"]


@final
class Unknown:
    """The type of `UNKNOWN`; it has one member and no truth value."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        raise TypeError("an unknown value is neither true nor false")


UNKNOWN: Final = Unknown()


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in one family: `amount` minutes (`hours`), days (`days`) or months (`months`).

    Exact: an `int`, or a `Fraction`. Families do not convert without a date to count from (S43, S44).
    """

    amount: Number
    family: Family


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum of money as an answer tells it: the amount, exact, and its currency as the vocabulary declares it."""

    amount: Number
    currency: str


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: first and last day (or moment), either open; `clock` is how it is counted (S43).

    A `clock` of None is that which the vocabulary declares; where it declares none, the Civil Act's.

    `until` is None while the end is not fixed. `suspensions` are spans (first day, last day) that do not count.
    `basis` is the provision it was ordered under, where the case says so.
    """

    start: dt.date | None
    until: dt.date | None
    suspensions: tuple[tuple[dt.date, dt.date], ...] = ()
    clock: Clock | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True)
class OpenList:
    """A list of which only these members are known; there may be more. A member is its attributes by name."""

    members: tuple[dict[str, object], ...]


Value = (
    bool
    | str
    | int
    | Fraction
    | dt.date
    | dt.datetime
    | Duration
    | Period
    | OpenList
    | frozenset[str]
    | tuple[dict[str, object], ...]
    | None
)
