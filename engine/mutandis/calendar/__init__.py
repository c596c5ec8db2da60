"""Time as statutes count it (S43, S44, S50): pure functions over days, without clock and without state.

`dates` adds lengths to days, `counting` says how a period is counted and where it ends, `suspensions` which days do not
count, `days_off` which last days move, `shares` what part of a term is. Docs: docs/language/time.md.
"""

from __future__ import annotations

from mutandis.calendar.counting import (
    CIVIL,
    CLOCKS,
    Counting,
    Reckoning,
    Step,
    counting_of,
    last_moment,
    reckon,
    reckon_back,
    reckon_working_days,
)
from mutandis.calendar.dates import DAY, EndOfMonth, add_length, add_months, compare_times, day_of
from mutandis.calendar.days_off import UNKNOWN_HOLIDAYS, WEEKDAYS, DayOff, DaysOff, Moved, Weekly, move, working_days
from mutandis.calendar.shares import share_of_days
from mutandis.calendar.suspensions import merge_spans

__all__ = [
    "CIVIL",
    "CLOCKS",
    "DAY",
    "UNKNOWN_HOLIDAYS",
    "WEEKDAYS",
    "Counting",
    "DayOff",
    "DaysOff",
    "EndOfMonth",
    "Moved",
    "Reckoning",
    "Step",
    "Weekly",
    "add_length",
    "add_months",
    "compare_times",
    "counting_of",
    "day_of",
    "last_moment",
    "merge_spans",
    "move",
    "reckon",
    "reckon_back",
    "reckon_working_days",
    "share_of_days",
    "working_days",
]
