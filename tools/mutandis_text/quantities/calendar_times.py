"""Finds the days and times of day that recur: `by January 31 of each year`, `the 10th day of the following month`.

They name no date, so nothing can be counted from them alone; the value is the day's or the hour's number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mutandis.dataclass import dataclass
from mutandis_text.lines import english as words
from mutandis_text.quantities import english


@dataclass(frozen=True, slots=True)
class CalendarTime:
    """A day or time of day at `start` to `end` of a text. `unit` is `January 31`, `day of the following month`,
    `o'clock`; `is_deadline` where something has to be done by then; `per` the period it comes again in."""

    value: Fraction
    unit: str
    is_deadline: bool
    per: str | None
    start: int
    end: int


def find_calendar_times(text: str) -> Iterator[CalendarTime]:
    """Every recurring day and time of day in a text."""
    for match in english.MONTH_DAY.finditer(text):
        year = "of the following year" if match["following"] else match["year"] or ""
        year = "of the preceding year" if match["preceding"] else year
        day = int(match["day"] or match["day_before"])
        unit = f"{match['month'] or match['month_behind']} {day}" + " ".join(["", *year.split()])
        yield _told(match, Fraction(day), unit, "year" if match["each"] else None)
    for match in english.DAY_OF_MONTH.finditer(text):
        value, each = _day(match["day"]), match["each"] or match["shared"]
        if match["other"]:
            yield _told(match, value, f"day of every {' '.join(match['other'].lower().split())}", None)
            continue
        period = (each or match["next"] or match["unit"]).lower()
        unit = f"day of the {'' if each else 'following '}{period}"
        yield _told(match, value, unit, period if each else None)
    for match in english.FIRST_OF_MONTH.finditer(text):
        value, year = _day(match["day"]), " ".join((match["year"] or "").lower().split())
        unit = f"{match['month']} {value}" + (f" of {year}" if year else "")
        yield _told(match, value, unit, "year" if match["each"] or match["every"] else None)
    for match in english.WEEKDAY.finditer(text):
        place = match["place"].lower()
        value = Fraction(english.ORDINALS.index(place) + 1 if place in english.ORDINALS else 1)
        period = (match["each"] or "month").lower()
        month = match["month"] or f"the {'following ' if match['next'] else ''}{period}"
        weekday = " ".join(match["weekday"].split())
        yield _told(match, value, f"{place} {weekday} of {month}", match["each"])
    for match in english.CLOCK.finditer(text):
        hour, minutes = int(match["hour"]), int(match["minute"] or match["minutes"] or 0)
        half = match["early"] or match["late"]
        if (
            not half
            and hour < 10
            and match["until"] is None
            and not english.BEFORE_CLOCK.search(text, 0, match.start())
            and not english.TO_CLOCK.match(text, match.end())
        ):
            continue  # `1:20` may be a ratio
        if hour <= (12 if half else 24):
            hour = _hour(hour, early=match["early"] is not None, late=match["late"] is not None)
            yield _told(match, hour + Fraction(minutes, 60), "o'clock", None)
    for match in english.OCLOCK.finditer(text):
        hour = int(match["hour"]) if match["hour"].isdigit() else words.WORDS[match["hour"].lower()]
        night = match["night"] is not None
        late = match["late"] is not None or (night and 6 <= hour < 12)
        if hour <= 24:
            hour = _hour(hour, early=hour <= 12 and (match["early"] is not None or night), late=late and hour <= 12)
            yield _told(match, Fraction(hour), "o'clock", None)


def _hour(said: int, *, early: bool, late: bool) -> int:
    """The hour of the day of one that is said in the first half of it, in the second, or in neither."""
    return said % 12 + 12 * late if late or early else said


def _day(said: str) -> Fraction:
    return Fraction(int(said) if said.isdigit() else words.ORDINALS.index(said.lower()) + 1)


def _told(match: re.Match[str], value: Fraction, unit: str, per: str | None) -> CalendarTime:
    return CalendarTime(value, unit, match["until"] is not None, per, match.start(), match.end())
