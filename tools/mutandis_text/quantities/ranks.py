"""Finds places in an order: `Grade IV or above`, `classes 2 and 3`, `a second violation`, `the 31st day after`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mutandis.dataclass import dataclass
from mutandis_text.lines.numbering import roman_value
from mutandis_text.quantities import english


@dataclass(frozen=True, slots=True)
class Rank:
    """One place in an order at `start` to `end` of a text; `or_above`: that place or one above it, `or_below`."""

    value: Fraction
    unit: str
    or_above: bool
    start: int
    end: int
    or_below: bool = False


def find_ranks(text: str, blocked: list[tuple[int, int]]) -> Iterator[Rank]:
    """Every place in an order; the stretches whose numbers are read so are added to the blocked ones."""
    for match in english.GRADE.finditer(text):
        above = match["up"] is not None or english.AT_LEAST.search(text[: match.start()]) is not None
        blocked.append(match.span())
        value = Fraction(match[1] if match[1].isdigit() else roman_value(match[1].lower()) or 0)
        yield Rank(value, "grade", above, match.start(), match.end(1))
    for match in english.CLASS.finditer(text):
        if any(start <= match.start() < end for start, end in blocked):
            continue  # in a term that is given its meaning
        blocked.append(match.span())
        for number in re.finditer(r"\d+", match["numbers"]):
            at = match.start("numbers") + number.start()
            below = english.AT_MOST.search(text[: match.start()]) is not None
            yield Rank(Fraction(number[0]), match["unit"].lower(), False, at, at + len(number[0]), below)
    for match in english.ORDINAL.finditer(text):
        value = Fraction(english.ORDINALS.index(match[1].lower()) + 1)
        unit = match.group().split()[-1].lower()
        if unit == "time" and value == 1 and text[: match.start()].lower().endswith("for the "):
            continue  # `elected for the first time`
        yield Rank(
            value,
            unit,
            False,
            *match.span(),
            or_below=unit == "degree" and text[: match.start()].endswith("within the "),
        )
    for match in english.ORDINAL_FIGURE.finditer(text):
        blocked.append(match.span())
        yield Rank(Fraction(match[1]), match["unit"].lower(), False, *match.span())
