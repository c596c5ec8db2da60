"""Extensions of a period adjoin what they extend (S51): each begins where the one before ends, or on the day after.

What begins later is a period of its own, and what begins before is none yet: either is told, and not counted.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from mutandis.calendar.dates import DAY, compare_times, day_of
from mutandis.dataclass import dataclass
from mutandis.facts.written import Misfit
from mutandis.values import OpenList, Period
from mutandis.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Apart:
    """A member of a list that does not adjoin what it extends: its place, and what is wrong."""

    place: str
    message: str


def misfit_of(apart: Apart) -> Misfit:
    """What is told of it."""
    help_ = "what begins later is a period of its own: state it as one, or correct the day"
    return Misfit("extension-apart", apart.message, help_)


def extended(name: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """The period that the members of a list extend and the attribute that is theirs; None where they extend none."""
    declared = vocabulary.facts.get(name)
    if declared is None or not declared.extends:
        return None
    own = period_of(declared.type.term or "", vocabulary)
    return None if own is None else (f"{name.partition('.')[0]}.{declared.extends}", own)


def period_of(term: str, vocabulary: Vocabulary) -> str | None:
    """The one attribute of a term that is a period; None where there is none, or several."""
    found = [name for name in vocabulary.facts_about(term) if vocabulary.facts[name].type.kind == "period"]
    return found[0].partition(".")[2] if len(found) == 1 else None


def find_apart(facts: Mapping[str, object], name: str, vocabulary: Vocabulary) -> Iterator[Apart]:
    """The members of the list `name` of a case that do not adjoin; what is not dated is passed over."""
    what = extended(name, vocabulary)
    if what is None:
        return
    base, attribute = what
    listed = facts.get(name)
    members = listed.members if isinstance(listed, OpenList) else listed if isinstance(listed, tuple) else ()
    dated = [
        (period, f"{name}[{number}].{attribute}")
        for number, member in enumerate(members, 1)
        if isinstance(period := member.get(attribute), Period) and period.start is not None
    ]
    before, said = facts.get(base), base
    for period, place in sorted(dated, key=lambda one: (_moment(one[0].start), one[1])):
        if isinstance(before, Period) and before.until is not None and period.start is not None:
            wrong = _gap(before.until, period.start)
            if wrong:
                end = str(before.until)[:16].replace(" ", "T")
                yield Apart(place, f"`{place}` {wrong} `{said}`, which it extends: that ends with {end}")
        before, said = period, place


def _moment(start: dt.date | None) -> tuple[int, int]:
    assert start is not None  # as was asked
    return day_of(start).toordinal(), start.hour * 60 + start.minute if isinstance(start, dt.datetime) else 0


def _gap(end: dt.date, start: dt.date) -> str:
    """What is wrong with a period that begins with `start` after one that ends with `end`; empty if nothing."""
    if compare_times(start, end) < 0:
        return "begins within"
    if isinstance(start, dt.datetime) and isinstance(end, dt.datetime):
        return "does not adjoin" if start > end else ""
    return "does not adjoin" if day_of(start) - day_of(end) > DAY else ""
