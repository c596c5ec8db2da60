"""Amounts: rounded to a multiple of a step, and written out, always exactly.

Numbers and sums of money are rationals. Nothing here rounds unless it was told how.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Literal

from mutandis.values import Duration, Number, Sum

Rounding = Literal["up", "down", "half up", "half to even"]


def round_to(value: Number, step: Number, rounding: Rounding) -> Number:
    """The multiple of `step` (positive) that `value` is rounded to.

    `up` goes to the next that is not less, `down` to the next that is not more, below zero too; the halves to the
    nearest, and from the middle up or to the even multiple.

    >>> round_to(Fraction(7407, 200), 10, "down"), round_to(25, 10, "half to even"), round_to(25, 10, "half up")
    (30, 20, 30)
    """
    times = Fraction(value) / step
    if rounding == "half to even":
        multiple = round(times)
    elif rounding == "half up":
        multiple = math.floor(times + Fraction(1, 2))
    else:
        multiple = math.ceil(times) if rounding == "up" else math.floor(times)
    return plain(multiple * step)


def plain(value: Number) -> Number:
    """The number, whole where it is."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def spell_number(value: Number) -> str:
    """The number in full: whole, as a decimal where that is exact, else as a fraction.

    >>> spell_number(30), spell_number(Fraction(7407, 200)), spell_number(Fraction(1, 3))
    ('30', '37.035', '1/3')
    """
    value = plain(value)
    if isinstance(value, int):
        return str(value)
    places = _decimal_places(value.denominator)
    if places is None:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def _decimal_places(denominator: int) -> int | None:
    """How many decimal places are exact; None where none are, or more than a person reads."""
    for places in range(1, 13):
        if 10**places % denominator == 0:
            return places
    return None


def spell_sum(value: Sum) -> str:
    """`2000 won`, `12.50 dollars` as `12.5 dollars`."""
    return f"{spell_number(value.amount)} {value.currency}"


def spell_duration(value: Duration) -> str:
    """`8 days`, `1 month`, `90 minutes`, `5 hours`, `21 years`.

    The largest unit that is exact (weeks are spelt in days).
    """
    amount, unit = value.amount, {"hours": "minute", "days": "day", "months": "month"}[value.family]
    larger = {"minute": ("hour", 60), "month": ("year", 12)}.get(unit)
    if larger is not None and amount and amount % larger[1] == 0:
        amount, unit = amount // larger[1], larger[0]
    return f"{amount} {unit}{'' if amount == 1 else 's'}"
