"""Computes when an instrument takes effect from the words of its addendum.

The convention (Civil Act, Articles 157, 159 and 160): the day of promulgation is not counted; a period of months or
years ends with the day before the one that corresponds to the first day counted, or with the last day of a month that
has no such day; `N months after` is the day after that end. So what was promulgated on 21 December 2007 `one year
after` takes effect on 22 December 2008. A date given outright is taken as it stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from mutandis.dataclass import dataclass
from mutandis_text.lines.instrument_grammar import read_date
from mutandis_text.time import english


@dataclass(frozen=True, slots=True)
class EnforcementPhrase:
    """When something takes effect, as the text says it over the characters `start` to `end`.

    One of: `fixed` (a date outright), an `amount` of a `unit` after promulgation (`day`, `week`, `month`, `year`; 0 for
    the day of promulgation itself, or with the unit `next` for the day after it, `next month` and `next year` for the
    first day of those after it; `nth day` for so many days later; `elsewhere` for a day that is left to something
    outside the text).
    """

    start: int
    end: int
    fixed: dt.date | None = None
    amount: int = 0
    unit: str = "day"

    def date(self, promulgated: dt.date | None) -> dt.date | None:
        """The day it takes effect; None if the day of promulgation is needed and not known."""
        if self.fixed is not None:
            return self.fixed
        if promulgated is None or self.is_elsewhere:
            return None
        return count_from(promulgated, self.amount, self.unit)

    @property
    def is_elsewhere(self) -> bool:
        """True if the day is left to something outside the text."""
        return self.unit == "elsewhere"

    @property
    def words(self) -> str:
        """The rule in our words."""
        if self.fixed is not None:
            return "a day the text names"
        if self.amount == 0:
            return _DAYS.get(self.unit, "the day of promulgation")
        if self.unit == "nth day":
            return f"day {self.amount} after promulgation"
        name = next((word for word, value in english.NUMBERS.items() if value == self.amount and len(word) > 2), "")
        return f"{name or self.amount} {self.unit}{'s' if self.amount > 1 else ''} from promulgation"


_DAYS = {
    "next": "the day after promulgation",
    "next month": "the first day of the month after promulgation",
    "next year": "the first day of the year after promulgation",
    "elsewhere": "a day left to something outside the text",
}


def count_from(promulgated: dt.date, amount: int, unit: str) -> dt.date:
    """The day on which a period after promulgation has run out.

    >>> count_from(dt.date(2007, 12, 21), 1, "year").isoformat()
    '2008-12-22'
    """
    if unit == "next year":
        return dt.date(promulgated.year + 1, 1, 1)
    if unit == "next month":
        return dt.date(promulgated.year + promulgated.month // 12, promulgated.month % 12 + 1, 1)
    if unit == "nth day":
        return promulgated + dt.timedelta(days=amount)
    if amount == 0:
        return promulgated + dt.timedelta(days=unit == "next")
    first = promulgated + dt.timedelta(days=1)
    if unit in ("day", "week"):
        return first + dt.timedelta(days=amount * (7 if unit == "week" else 1))
    months = first.year * 12 + first.month - 1 + amount * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    try:
        return dt.date(year, month + 1, first.day)
    except ValueError:
        # The last month has no such day: the period ends with its last day, and the next month begins.
        return dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)


def says_enforcement(text: str) -> bool:
    """True if a sentence says that something takes effect."""
    return english.FORCE_WORDS.search(text) is not None


def find_enforcement(text: str, *, proviso: bool = False) -> tuple[EnforcementPhrase, ...]:
    """Every phrase of a sentence that says when, in order.

    `proviso`: the sentence speaks of days of enforcement only, so one that cannot be read is `elsewhere`.
    """
    found = [
        EnforcementPhrase(match.start(), match.end(), unit="elsewhere") for match in english.FIRST_AFTER.finditer(text)
    ]
    for match in (*english.LAPSE.finditer(text), *english.AFTER.finditer(text), *_after_such_date(text)):
        value, unit = _number(match["amount"]), match["unit"].lower()
        if match["years"] and unit == "month":
            value += 12 * _number(match["years"])
        if not english.WITHIN.search(text[: match.start()]):
            found.append(EnforcementPhrase(match.start(), match.end(), None, value, unit))
    for match in english.NEXT_MONTH.finditer(text):
        found.append(EnforcementPhrase(match.start(), match.end(), unit=f"next {match['period'].lower()}"))
    for match in english.HALF_YEARS.finditer(text):
        found.append(EnforcementPhrase(match.start(), match.end(), None, 12 * _number(match["amount"]) + 6, "month"))
    for match in english.NTH_DAY.finditer(text):
        found.append(EnforcementPhrase(match.start(), match.end(), None, int(match["amount"]), "nth day"))
    for match in english.THEREAFTER.finditer(text):
        before = text[: match.start()]
        if not english.WITHIN.search(before) and not english.GOES_ON.search(before):
            found.append(EnforcementPhrase(match.start(), match.end(), unit="elsewhere"))
    for match in english.NEXT_DAY.finditer(text):
        found.append(EnforcementPhrase(match.start(), match.end(), None, 0, "next"))
    for match in english.ON_PROMULGATION.finditer(text):
        found.append(EnforcementPhrase(match.start(), match.end()))
    for match in english.ON_DATE.finditer(text):
        date = read_date(match["date"])
        if date is not None:
            found.append(EnforcementPhrase(match.start(), match.end(), date))
    for match in english.ELSEWHERE.finditer(text):
        # `shall enter into force on July 1, 2001, and Article 5 on the date prescribed by …`: two days.
        apart = any(match.start() < one.start and one.end <= match.start("on") for one in found)
        found.append(EnforcementPhrase(match.start("on") if apart else match.start(), match.end(), unit="elsewhere"))
    found.sort(key=lambda phrase: (phrase.start, -phrase.end))
    kept: list[EnforcementPhrase] = []
    for phrase in found:
        if not kept or phrase.start >= kept[-1].end:
            kept.append(phrase)
    for match in english.SHALL_FORCE.finditer(text) if proviso else ():
        close = english.CLAUSE_END.search(text, match.end())
        end = close.start() if close is not None else len(text)
        if not any(phrase.end > match.start() and phrase.start < end for phrase in kept):
            kept.append(EnforcementPhrase(match.start(), end, unit="elsewhere"))
    return tuple(sorted(kept, key=lambda phrase: phrase.start))


def _after_such_date(text: str) -> Iterator[re.Match[str]]:
    """Every `so long after such date` where the date named last is that of promulgation."""
    lowered = text.lower()
    for match in english.AFTER_SUCH_DATE.finditer(text):
        named = lowered.rfind("date", 0, match.start())
        if named >= 0 and english.DATE_OF_PROMULGATION.match(text, named):
            yield match


def _number(word: str) -> int:
    return int(word) if word.isdigit() else english.NUMBERS[word.lower()]
