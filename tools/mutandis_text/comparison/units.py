"""Everything of a document that has a fingerprint, in reading order: title, divisions, provisions, annexes.

A title and a division have a heading and no wording: rules stand on neither, but what "this Chapter" means does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mutandis.dataclass import dataclass
from mutandis_text.document import Provision, SentenceKind, Status, StatuteDocument, Unit, walk_units

_ANNEX = re.compile(r"(table|form|sheet|annex|appendix)(?:-([\w-]+))?(?:\.([\d-]+)(?:\(([a-z-]+)\))?)?(?:#\d+)?")
_HEADING = re.compile(r"[^/]+/(?:title|(?:(?:book|part|chapter|section|subsection)-\d+(?:-\d+)*(?:#\d+)?/?)+)")


@dataclass(frozen=True, slots=True)
class LockedUnit:
    """One line of a lock before it is hashed. `unit` is None for the title and for divisions, which are all heading;
    `heading` is None where there is none. `id` is unique (`#2` for a second proviso of one paragraph)."""

    id: str
    status: Status
    text: str
    heading: str | None
    unit: Unit | None


def is_heading(name: str) -> bool:
    """True for the id of a title or a division.

    >>> is_heading("act/title"), is_heading("act/part-2/chapter-8"), is_heading("act/2"), is_heading("act/table-1")
    (True, True, False, False)
    """
    return _HEADING.fullmatch(name) is not None


def name_place(name: str) -> str:
    """What an id that is no citation stands for, in words; empty for a provision.

    >>> name_place("act/part-2/chapter-8"), name_place("act/table-1.2"), name_place("act/preamble"), name_place("act/7")
    ('chapter 8 of part 2', 'attached Table 1, entry 2', 'the preamble', '')
    """
    place = name.partition("/")[2]
    if place in ("title", "preamble"):
        return f"the {place}"
    if is_heading(name):
        return " of ".join(part.replace("-", " ", 1) for part in reversed(place.split("/")))
    annex = _ANNEX.fullmatch(place)
    if annex is None:
        return ""
    entry = f", entry {annex[3]}" + (f" ({annex[4]})" if annex[4] else "") if annex[3] else ""
    number = annex[2] or ""
    number = number.upper() if number.isalpha() else number  # a Roman one
    return f"attached {annex[1].capitalize()} {number}".rstrip() + entry


def walk_locked(document: StatuteDocument) -> Iterator[LockedUnit]:
    """Every line of the document's lock, in its order."""
    taken: dict[str, int] = {}
    if document.head.title:
        yield LockedUnit(f"{document.law}/title", Status.LIVE, "", document.head.title, None)
    divisions = list(document.divisions)
    for unit in walk_units(document, annexes=True):
        while divisions and divisions[0].extent.start < unit.extent.start:
            one = divisions.pop(0)
            yield LockedUnit(one.id, one.status, "", one.title, None)
        count = taken.get(unit.id, 0) + 1
        taken[unit.id] = count
        name = unit.id if count == 1 else f"{unit.id}#{count}"
        text = unit.sentence.text if unit.sentence is not None else own_wording(unit.provision)
        heading = unit.provision.heading if unit.sentence is None else None
        yield LockedUnit(name, unit.provision.status, text, heading or None, unit)
    for one in divisions:
        yield LockedUnit(one.id, one.status, "", one.title, None)


def own_wording(provision: Provision) -> str:
    """The wording that the provision's own line stands for: without provisos, latter parts and lower provisions."""
    own = (SentenceKind.MAIN, SentenceKind.FURTHER)
    return " ".join(sentence.text for sentence in provision.sentences if sentence.kind in own)
