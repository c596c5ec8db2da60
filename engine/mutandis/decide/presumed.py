"""What is presumed, as it is told: a fact by the vocabulary, an event by the clause that presumes it."""

from __future__ import annotations

import datetime as dt

from mutandis.decide.limits import shown
from mutandis.decide.result_parts import Presumption
from mutandis.link.read_through import PresumedEvent
from mutandis.vocabulary import FactDeclaration


def presumption_of(name: str, declared: FactDeclaration) -> Presumption:
    """A fact as the vocabulary presumes it."""
    place = str(declared.presumed_from) if declared.presumed_from is not None else ""
    return Presumption(name, shown(declared.presume, declared.type), place)


def presumed_event(one: PresumedEvent) -> Presumption:
    """An event as the clause that presumes it does."""
    return Presumption(one.fact, _between(one.low, one.high), one.clause)


def _between(low: dt.date | None, high: dt.date | None) -> str:
    """In words, the days from `low` on and before `high`."""
    if high is None:
        return "" if low is None else f"{low} or later"
    return f"before {high}" if low is None else f"{low} or later, before {high}"
