"""Reads dates written out in words: `the first day of March, Nineteen Hundred and Sixty`.

Preambles and old addenda have them. Years are read as hundreds (`nineteen hundred`) or thousands.
"""

from __future__ import annotations

import datetime
import re

from mutandis_text.lines import english

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS_OF_YEARS = "twenty thirty forty fifty sixty seventy eighty ninety"
_FIRSTS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_NUMBERS = {
    **{word: value for value, word in enumerate(_ONES.split(" "), 1)},
    **{word: 10 * value for value, word in enumerate(_TENS_OF_YEARS.split(" "), 2)},
}
_DAYS = {**{word: value for value, word in enumerate(_FIRSTS.split(" "), 1)}, "thirtieth": 30}
_TENS = {"twenty": 20, "thirty": 30}
_YEAR_WORD = rf"(?:{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|hundred|thousand)"

WORDED_DATE = (
    rf"(?:(?i:twenty|thirty)[-\s])?(?i:{'|'.join(sorted(_DAYS, key=len, reverse=True))})\s+(?i:day)\s+of\s+"
    rf"(?:January|February|March|April|May|June|July|August|September|October|November|December),?\s+"
    rf"(?:(?i:anno\s+domini|a\.\s?d\.|(?:in|of)\s+the\s+year(?:\s+of\s+our\s+lord)?),?\s+)?"
    rf"(?:\d{{4}}\b|(?i:{_YEAR_WORD}(?:(?:\s+and)?[-\s]+{_YEAR_WORD}){{1,6}})\b)"
)
"""The pattern of such a date, without groups."""

_PARTS = re.compile(r"(?P<day>.+?)\s+day\s+of\s+(?P<month>[a-z]+),?\s+(?P<year>.+)", re.DOTALL)


def read_worded_date(text: str) -> datetime.date | None:
    """The calendar date written out in a text that is one, or None.

    >>> read_worded_date("twenty-fifth day of February, anno Domini Nineteen Hundred and Eighty-eight").isoformat()
    '1988-02-25'
    """
    parts = _PARTS.fullmatch(text.lower().strip())
    if parts is None or parts["month"][:3] not in english.MONTHS:
        return None
    day = sum(_TENS.get(word, 0) or _DAYS.get(word, 0) for word in re.split(r"[-\s]+", parts["day"]))
    year = 0
    for word in re.findall(r"[a-z]+|\d{4}", parts["year"]):
        if word.isdigit():
            year = int(word)
        elif word in ("hundred", "thousand"):
            scale = 100 if word == "hundred" else 1000
            year = year // 1000 * 1000 + max(year % 1000, 1) * scale if year >= 1000 else max(year, 1) * scale
        else:
            year += _NUMBERS.get(word, 0)
    try:
        return datetime.date(year, english.MONTHS.index(parts["month"][:3]) + 1, day)
    except ValueError:
        return None
