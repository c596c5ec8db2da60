"""What cases a claim of the solver is about, and how that is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from mutandis.backends.solver.months import FIRST, LAST
from mutandis.dataclass import dataclass

if TYPE_CHECKING:
    from mutandis.backends.solver.case import CaseTerms

MOST_MEMBERS = 3
"""How many members a list of a case has at most, where nothing asks for more."""
EARLIEST, LATEST = dt.date(1930, 1, 1), dt.date(2050, 12, 31)
"""Between which the days of a case lie."""
LARGEST = 10**9
"""The largest number of a case, either way."""
_LISTS = "lists of at most {} members"
_SPANS = "periods with first and last {}, without suspensions and counted as declared"
_ENDS = ("day", "day, or moment where they are counted by hours")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What cases a claim is about; `members` is the longest list, `days` first and last day."""

    members: int = MOST_MEMBERS
    days: tuple[dt.date, dt.date] = (EARLIEST, LATEST)

    def told(self, case: CaseTerms) -> tuple[str, ...]:
        """The bounds that matter to what was read, in words."""
        found = ["every fact stated"]
        if case.has_days:
            found.append(f"days from {self.days[0]} to {self.days[1]}, moments to the minute")
        if case.calendar.facts:
            found.append(f"days reckoned from {FIRST} to {LAST}")
        if case.lists:
            found.append(_LISTS.format(case.members))
        if case.has_sums:
            found.append(f"whole numbers up to {LARGEST:,}")
        if case.has_spans:
            found.append(_SPANS.format(_ENDS[bool(case.minutes)]))
        if case.has_days_off:
            found.append("no holidays besides Saturdays and Sundays")
        if case.provisions_read:
            found.append("provisions that the rulebooks name")
        return (*found, *case.assumed)


def told_together(bounds: Iterable[str]) -> str:
    """The bounds of several claims in one line: of how long lists may be, the shortest and the longest; of periods
    by days and by hours once.
    """
    before, behind = _LISTS.split("{}")
    told = list(dict.fromkeys(bounds))
    lists = [one for one in told if one.startswith(before) and one.endswith(behind)]
    if len(lists) > 1:
        lengths = sorted(int(one.removeprefix(before).removesuffix(behind)) for one in lists)
        range_ = f"{lengths[0]} to {lengths[-1]}"
        whole = f"{_LISTS.format(range_)}, by what they are counted against"
        told = [whole if one == lists[0] else one for one in told if one not in lists[1:]]
    days, hours = map(_SPANS.format, _ENDS)
    return "; ".join(one for one in told if one != days or hours not in told)
