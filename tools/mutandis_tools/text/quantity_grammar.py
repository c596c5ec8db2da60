"""The parts a quantity is made of: numerals in figures and words, units, the words that make it a bound.

Values are exact (`Fraction`); `twenty-one`, `20 million`, `1/3`, `two-thirds`, `half` are all one number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
WORDS: dict[str, int] = {
    **{word: value for value, word in enumerate(_ONES.split(" "))},
    **{word: 10 * value for value, word in enumerate(_TENS.split(" "), start=2)},
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4}
_PARTS |= {"fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "tenth": 10, "tenths": 10, "hundredths": 100}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
"""Ordinals in words, by place from 1."""

_WORD = "|".join(sorted(WORDS, key=len, reverse=True))
_SCALE = "|".join(_SCALES)
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
NUMERAL = re.compile(
    rf"(?P<fraction>\d{{1,4}}\s?/\s?\d{{1,4}}(?![\d/]))"
    rf"|(?P<figures>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)(?:\s(?P<scale>{_SCALE})\b)?"
    rf"|\b(?P<part>(?:one|two|three|four|five|a)[- ](?:{_PART}))\b(?!\s+(?:party|parties|person|country|countries))"
    rf"|\b(?P<words>(?:{_WORD})(?:-(?:{_WORD}))?(?:\s(?:{_SCALE})){{0,3}})\b"
    rf"|\b(?P<half>half)\b|\b(?P<majority>majority)\b|\b(?P<once>once|twice|thrice)\b",
    re.IGNORECASE,
)
_DATE_WORDS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
CALENDAR_DATE = re.compile(
    rf"\b(?:{_DATE_WORDS}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.)\s\d{{1,2}},\s\d{{4}}"
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number in the text: its value and where it stands (offsets into the text searched)."""

    value: Fraction
    start: int
    end: int
    shape: str
    """`figures`, `words`, `fraction`, `majority` or `once`."""


def read_numeral(match: re.Match[str]) -> Numeral:
    """The value of a match of `NUMERAL`."""
    text = re.sub(r"\s+", " ", match.group().lower())
    value, shape = Fraction(0), "words"
    if match["fraction"]:
        over, under = text.replace(" ", "").split("/")
        value, shape = Fraction(int(over), int(under)) if int(under) else Fraction(0), "fraction"
    elif match["figures"]:
        value = Fraction(match["figures"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
        shape = "figures"
    elif match["part"]:
        count, _, part = text.replace("-", " ").partition(" ")
        value, shape = Fraction(1 if count == "a" else WORDS[count], _PARTS[part]), "fraction"
    elif match["half"] or match["majority"]:
        value, shape = Fraction(1, 2), "majority" if match["majority"] else "fraction"
    elif match["once"]:
        value, shape = Fraction({"once": 1, "twice": 2, "thrice": 3}[text]), "once"
    else:
        value = Fraction(_words_value(text))
    return Numeral(value, match.start(), match.end(), shape)


def _words_value(text: str) -> int:
    total = 0
    for word in re.split(r"[- ]", text):
        total = total + WORDS[word] if word in WORDS else max(total, 1) * _SCALES[word]
    return total


def print_value(value: Fraction) -> str:
    """`15`, `1/3`, `0.5` prints as `1/2`: whole numbers and fractions only, so that comparison is exact."""
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
