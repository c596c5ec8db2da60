"""Reads dates written out in words: `the first day of March, Nineteen Hundred and Sixty`.

Preambles and old addenda have them. Years are read as hundreds (`nineteen hundred`), thousands or centuries with what
follows (`nineteen sixty`).
"""

from __future__ import annotations

import datetime
import re

from mutandis_text.lines.english import MONTH_NAMES, ORDINALS, WORDS

_SCALES = {"hundred": 100, "thousand": 1000}
_DAYS = {**{word: value for value, word in enumerate(ORDINALS, 1)}, "thirtieth": 30}
_TENS = {"twenty": 20, "thirty": 30}
_FIRST_YEAR = 1000
"""What is less is no year but part of one: no instrument is so old."""
_YEAR_WORD = rf"(?:{'|'.join(sorted(WORDS.keys() - {'zero'}, key=lambda word: (-len(word), word)))}|hundred|thousand)"
_DAY = rf"(?:(?i:twenty|thirty)[-\s])?(?i:{'|'.join(sorted(_DAYS, key=len, reverse=True))})"
_ERA = r"(?:(?i:anno\s+domini|a\.\s?d\.|(?:in|of)\s+the\s+year(?:\s+of\s+our\s+lord)?),?\s+)?"
_YEAR = rf"(?:\d{{4}}\b|(?i:{_YEAR_WORD}(?:(?:\s+and)?[-\s]+{_YEAR_WORD}){{1,6}})\b)"

WORDED_DATE = rf"{_DAY}\s+(?i:day)\s+of\s+(?:{MONTH_NAMES}),?\s+{_ERA}{_YEAR}"
"""The pattern of such a date, without groups."""

_PARTS = re.compile(
    rf"(?P<day>{_DAY})\s+day\s+of\s+(?P<month>{MONTH_NAMES}),?\s+{_ERA}(?P<year>{_YEAR})", re.IGNORECASE
)


def read_worded_date(text: str) -> datetime.date | None:
    """The calendar date written out in a text that is one, or None.

    >>> read_worded_date("twenty-fifth day of February, anno Domini Nineteen Hundred and Eighty-eight").isoformat()
    '1988-02-25'
    """
    parts = _PARTS.fullmatch(text.strip())
    if parts is None:
        return None
    day = sum(_TENS.get(word, 0) or _DAYS[word] for word in re.split(r"[-\s]", parts["day"].lower()))
    year, month = _year(parts["year"].lower()), MONTH_NAMES.split("|").index(parts["month"].capitalize()) + 1
    try:
        return datetime.date(year, month, day) if year >= _FIRST_YEAR else None
    except ValueError:
        return None


def _year(text: str) -> int:
    year = 0
    for word in re.findall(r"[a-z]+|\d{4}", text):
        value = int(word) if word.isdigit() else WORDS.get(word, 0)
        if scale := _SCALES.get(word):
            year = year // 1000 * 1000 + max(year % 1000, 1) * scale if year >= 1000 else max(year, 1) * scale
        elif 10 <= year < 100 and value >= 10:
            year = 100 * year + value
        else:
            year += value
    return year
