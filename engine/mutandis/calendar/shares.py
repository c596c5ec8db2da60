"""What a part of a term is (S44, S50): by the calendar where term and part are whole in months, else in days."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from mutandis.calendar.dates import DAY, add_months, day_of


def share_of_days(share: Fraction, start: dt.date, end: dt.date, rounding: str) -> int:
    """That share of a term from `start` to `end`, both counted, in days from its first day.

    A term of whole months is taken by the calendar where its share is one too: a third of three years is the first
    year. Otherwise the share is one of all its days, rounded `up` or `down`.

    >>> share_of_days(Fraction(1, 3), dt.date(2022, 3, 1), dt.date(2025, 2, 28), "up")
    365
    >>> share_of_days(Fraction(1, 3), dt.date(2020, 1, 1), dt.date(2020, 1, 31), "up")
    11
    """
    first, last = day_of(start), day_of(end)
    months = whole_months(first, last)
    of, among = share.numerator, share.denominator
    if months is not None and months * of % among == 0:
        return (add_months(first, months * of // among, "next day") - first).days
    days = ((last - first).days + 1) * of
    return -(-days // among) if rounding == "up" else days // among


def whole_months(first: dt.date, last: dt.date) -> int | None:
    """How many months a term is whose first and last day both count; None if it is not whole in months.

    >>> whole_months(dt.date(2023, 1, 31), dt.date(2023, 2, 28))
    1
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    for number in (months, months + 1):
        if number < 0:
            continue
        try:
            after = add_months(first, number, "next day")
        except OverflowError:
            return None
        if after - DAY == last:
            return number
    return None
