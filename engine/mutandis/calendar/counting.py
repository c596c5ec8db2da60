"""How a period is counted, from which day and by which convention (S43, S50; Civil Act 155 to 161).

A `Counting` is what the vocabulary declares of a period; `reckoning` finds where one ends.
"""

from __future__ import annotations

import datetime as dt
from typing import Final, get_args

from mutandis.calendar.dates import EndOfMonth, add_length
from mutandis.dataclass import dataclass
from mutandis.datatypes import Family
from mutandis.values import Clock, Number

CLOCKS: Final[tuple[Clock, ...]] = get_args(Clock)


@dataclass(frozen=True, slots=True)
class Counting:
    """How a period is counted: its clock, and the convention for the end of the month where it is not the clock's own.

    `provision` is the place that fixes it, empty where the Civil Act does.
    """

    clock: Clock = "civil"
    end_of_month: EndOfMonth | None = None
    provision: str = ""

    @property
    def moves(self) -> bool:
        """True if a last day on a Saturday or holiday gives way to the next working day."""
        return self.clock in ("civil", "from_midnight")

    def first_counts(self, start: dt.date) -> bool:
        """True if the day of the event is counted: by its clock, or because the period begins at 00:00."""
        return self.clock != "civil" or (isinstance(start, dt.datetime) and start.time() == dt.time(0))

    def corresponding(self, start: dt.date, months: int) -> EndOfMonth:
        """The convention by which the day so many months from `start` is found.

        Where the event's day does not count, a period that begins with a month ends with one; where it counts, a month
        without the day ends the period with its own last day, and what follows is the next day. Backward it is the
        other way round.
        """
        if self.end_of_month is not None:
            return self.end_of_month
        return "next day" if self.first_counts(start) == (months >= 0) else "last day"

    def advance(self, start: dt.date, family: Family, amount: Number) -> dt.date:
        """The day or moment that corresponds to `start` so many base units on (negative: back).

        Where the event's day does not count it is the last day of the period, where it counts the day after.
        Raises `OverflowError` where that leaves the calendar.

        >>> Counting("age").advance(dt.date(2004, 2, 29), "months", 19 * 12)
        datetime.date(2023, 3, 1)
        """
        if family != "months":
            return add_length(start, family, amount)
        return add_length(start, family, amount, self.corresponding(start, 1 if amount >= 0 else -1))


CIVIL: Final = Counting()
_PLAIN: Final = {clock: Counting(clock) for clock in CLOCKS}


def counting_of(clock: Clock) -> Counting:
    """The counting that has nothing but its clock."""
    return _PLAIN[clock]
