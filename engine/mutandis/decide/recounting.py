"""The places by which time is counted, where the answer would be another if it were counted otherwise (S29, S50)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mutandis.decide.asked import Again, Asked
from mutandis.decide.counterfactual import is_another
from mutandis.decide.result_parts import Authority

_SAID: Final = {
    "civil-act/157": "The first day is left out.",
    "civil-act/157 proviso": "The first day counts, since the period begins with it.",
    "civil-act/158": "The day of birth counts.",
    "civil-act/160": "Months and years go by the calendar.",
    "civil-act/161": "A last day on a Saturday or holiday moves on.",
}
_BY_STATUTE: Final = "How the period is counted."
_COUNTING: Final = "counting"


def counting(asked: Asked) -> Iterator[Authority]:
    """The places by which what the answer rests on is counted; due days tell their own."""
    in_doubt = not asked.shape.is_total
    for place, facts, otherwise in asked.unit.explained.recounted():
        if facts and facts.isdisjoint(asked.facts):
            continue  # nothing that is counted is known
        if any(is_another(asked, unit, Again(in_doubt, None, {})) for unit in otherwise):
            yield Authority("defines", place, _SAID.get(place, _BY_STATUTE), text=_COUNTING)


def is_counting(one: Authority) -> bool:
    """True of a place by which time is counted; a definition that gives the word `counting` gives it to a fact."""
    return one.role == "defines" and not one.facts and one.text == _COUNTING
