"""Small made-up statutes for tests, written as their articles."""

from __future__ import annotations

from mutandis_text.document import StatuteDocument
from mutandis_text.quantities.find import find_quantities
from mutandis_text.quantities.written import print_quantity
from mutandis_text.references.find import Reference, find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.history import list_transitions
from mutandis_text.time.instruments import InstrumentRecord, list_instruments

ADDENDUM = "ADDENDUM\nThis Act shall enter into force on the date of its promulgation.\n"
LAMPS = """Article 1 (Lamps)
(1) A lamp is one of the following:
1. A lamp of brass;
2. A lamp of tin.
(2) A lamp burns: Provided, That a lamp of tin may not.
Article 2 (Oil)
Oil is clean.
Article 3 (Towers)
{here}
"""


def read_small(body: str, title: str = "LAMP ACT", after: str = ADDENDUM) -> StatuteDocument:
    """The document of a statute `lamp` with this body."""
    return read_statute(f"{title}\n\nAct No. 100, Jan. 5, 2001\n\n{body.strip()}\n{after}", "lamp")


def references_from(origin: str, body: str, title: str = "LAMP ACT", after: str = ADDENDUM) -> list[Reference]:
    """What a provision of the body refers to, in order; nothing may be left unexplained."""
    report = find_references(read_small(body, title, after))
    assert [one for one in report.leftovers if not one.explained] == []
    return [one for one in report.references if one.origin == f"lamp/{origin}"]


def targets_from(origin: str, body: str, title: str = "LAMP ACT", after: str = ADDENDUM) -> list[tuple[str, ...]]:
    """The targets of each reference of a provision."""
    return [one.targets for one in references_from(origin, body, title, after)]


def kinds_and_targets(origin: str, body: str, title: str = "LAMP ACT") -> list[tuple[str, str]]:
    """Kind and targets (of this law in short) of what a provision of the body refers to."""
    found = references_from(origin, body, title=title)
    return [(one.kind.value, " ".join(one.targets).replace("lamp/", "")) for one in found]


def told(words: str, body: str = LAMPS, origin: str = "3") -> list[tuple[str, str]]:
    """Kind and targets of what the words refer to, which stand in a provision of the body at `{here}`."""
    return kinds_and_targets(origin, body.replace("{here}", words))


def quantities_in(words: str) -> list[str]:
    """The quantities of an article of these words, each with its role and bound, in order."""
    found = find_quantities(read_small(f"Article 1 (Towers)\n{words}"))
    own = [one for one in found if not one.in_addenda]
    return [f"{print_quantity(one)} {one.role.value} {one.bound.value}" for one in own]


def instruments_of(after: str) -> tuple[InstrumentRecord, ...]:
    """What the addenda say of the instruments of a small statute."""
    document = read_small("Article 1 (Lamps)\nA lamp burns.\nArticle 2 (Oil)\nOil is clean.", after=after)
    return list_instruments(document, find_references(document))


def kinds_of_clauses(words: str) -> list[str]:
    """The kinds of the transitional clauses of an addendum that has an article of these words."""
    enforcement = "Article 1 (Enforcement Date)\nThis Act shall enter into force on May 1, 2001.\n"
    document = read_small(
        "Article 1 (Lamps)\nA lamp burns.", after=f"ADDENDA\n{enforcement}Article 2 (Cases)\n{words}\n"
    )
    report = find_references(document)
    return [one.kind.value for one in list_transitions(document, list_instruments(document, report), report)]
