"""What the text tells of each provision's past, and the transitional clauses of its addenda.

The past is told by annotations and notes: inserted, amended, moved, deleted, by which instrument and since when. An
annotation that gives only a date names the instrument promulgated on it. A provision that tells nothing has stood since
the law was enacted or wholly amended, as far as the text knows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum

from mutandis.dataclass import dataclass
from mutandis_text.document import (
    ChangeKind,
    Instrument,
    Move,
    Provision,
    ProvisionKind,
    Sentence,
    StatuteDocument,
    walk_provision,
    walk_provisions,
)
from mutandis_text.references.find import Reference, ReferenceReport
from mutandis_text.references.kinds import ReferenceKind
from mutandis_text.time import english
from mutandis_text.time.enforcement import find_enforcement, says_enforcement
from mutandis_text.time.instruments import (
    InstrumentRecord,
    enforcement_provision,
    list_meant,
    splits_enforcement,
    stands_in,
)


@dataclass(frozen=True, slots=True)
class PastEvent:
    """One change of a provision. `instrument` is its id, or as printed where head and addenda do not have it.

    `since` is the day it took effect for this provision; None if that is not known. `whole` is False where a note says
    that only a part (a sentence, the title) was concerned.
    """

    kind: ChangeKind
    instrument: str
    promulgated: dt.date | None
    since: dt.date | None
    moved_from: str | None = None
    moved_to: str | None = None
    whole: bool = True


@dataclass(frozen=True, slots=True)
class ProvisionPast:
    """A provision with what is told of its past, in printed order."""

    provision: str
    events: tuple[PastEvent, ...]


class ClauseKind(StrEnum):
    """What a transitional clause does."""

    APPLICABILITY = "applicability"
    FORMER_LAW = "former law"
    CARRY_OVER = "carry over"
    OTHER_LAWS = "other laws"
    TASK = "task"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TransitionalClause:
    """One clause of the addenda beside the enforcement date. `governs` are the provisions it names.

    `applicability`: the new wording from a first case on; `former law`: the earlier wording goes on; `carry over`: what
    was done counts as done under the new law; `other laws`: citations in other laws; `task`: something to be done.
    """

    provision: str
    heading: str
    instrument: str
    kind: ClauseKind
    governs: tuple[str, ...]
    line: int


def list_history(document: StatuteDocument, records: Sequence[InstrumentRecord]) -> tuple[ProvisionPast, ...]:
    """The past of every provision of the body that tells any."""
    by_number = {record.number: record for record in records if record.number}
    by_date = {record.promulgated: record for record in records if record.promulgated is not None}
    found: list[ProvisionPast] = []
    for provision in walk_provisions(document, addenda=False):
        events = tuple(_events(provision, by_number, by_date))
        if events:
            found.append(ProvisionPast(provision.id, events))
    return tuple(_with_parts(found, {record.id: record for record in records}))


def _with_parts(found: Sequence[ProvisionPast], records: dict[str, InstrumentRecord]) -> Iterator[ProvisionPast]:
    """The pasts with those of parts that took effect on a day of their own: the annotation stands on the whole."""
    told = {(past.provision, event.instrument) for past in found for event in past.events}
    for past in found:
        yield past
        parts: dict[str, list[PastEvent]] = {}
        for event in past.events:
            record = records.get(event.instrument)
            for part in record.parts if record is not None else ():
                for name in part.provisions:
                    below = name != past.provision and stands_in(name, past.provision)
                    if below and (name, event.instrument) not in told and part.on != event.since:
                        told.add((name, event.instrument))
                        parts.setdefault(name, []).append(replace(event, since=part.on))
        yield from (ProvisionPast(name, tuple(events)) for name, events in parts.items())


def _events(
    provision: Provision, by_number: dict[str, InstrumentRecord], by_date: dict[dt.date, InstrumentRecord]
) -> Iterator[PastEvent]:
    for annotation in provision.annotations:
        for instrument in annotation.instruments:
            yield _event(provision.id, annotation.kind, instrument, by_number, by_date)
    for note in provision.notes:
        own = [move for move in note.moves if provision.id in (move.origin, move.target)]
        whole = note.scope not in ("part", "title", "other")
        for instrument in note.instruments:
            move = own[0] if own else None
            yield _event(provision.id, note.kind, instrument, by_number, by_date, move=move, whole=whole)
        if not note.instruments:
            for move in own:
                yield PastEvent(note.kind, "", None, None, *_direction(provision.id, move), whole)


def _event(
    provision: str,
    kind: ChangeKind,
    instrument: Instrument,
    by_number: dict[str, InstrumentRecord],
    by_date: dict[dt.date, InstrumentRecord],
    *,
    move: Move | None = None,
    whole: bool = True,
) -> PastEvent:
    known = (by_number.get(n) for n in instrument.numbers)
    record = next((r for r in known if r is not None), None)
    if record is None and not instrument.numbers and instrument.date is not None:
        record = by_date.get(instrument.date)
    directions = _direction(provision, move) if move is not None else (None, None)
    if record is None:
        return PastEvent(kind, instrument.raw, instrument.date, None, *directions, whole)
    return PastEvent(kind, record.id, record.promulgated, record.enforced_for(provision), *directions, whole)


def _direction(provision: str, move: Move) -> tuple[str | None, str | None]:
    return (move.origin, None) if move.target == provision else (None, move.target)


def list_transitions(
    document: StatuteDocument, records: Sequence[InstrumentRecord], report: ReferenceReport
) -> tuple[TransitionalClause, ...]:
    """Every clause of the addenda that does not say when something takes effect, innermost provisions that speak."""
    provisions = {one.id: one for one in walk_provisions(document, addenda=False)}
    by_addendum = {record.addenda: record for record in records if record.addenda}
    by_origin: defaultdict[str, list[Reference]] = defaultdict(list)
    for reference in report.references:
        by_origin[reference.origin.partition(" ")[0]].append(reference)
    found: list[TransitionalClause] = []
    for addendum in document.addenda:
        record = by_addendum.get(addendum.id)
        said_in = record.said_in if record is not None else enforcement_provision(addendum.body)
        headings: dict[str, str] = {}
        days: set[str] = set()
        for node in walk_provision(addendum.body):
            for child in node.children:
                headings[child.id] = child.heading or headings.get(node.id, "")
            if not node.sentences or (node.kind is ProvisionKind.ADDENDA and not node.text):
                continue
            # Behind a day of enforcement: `…: Provided, That the amended provisions of Article 5 shall apply from …`.
            said = [one for one in node.sentences[1:] if _applies(one)] if node.id == said_in else node.sentences
            if not said:
                continue
            if splits_enforcement(node):
                days.add(node.id)
            if any(stands_in(node.id, day) for day in days):
                continue
            named = [r for r in by_origin[node.id] if any(one.extent.contains(r.extent) for one in said)]
            governs = list_meant(document, [r for r in named if _governs(r, addendum.id)], provisions)
            is_entry = node.kind in (ProvisionKind.SUBPARAGRAPH, ProvisionKind.ITEM)
            if is_entry and said_in and stands_in(node.id, said_in) and find_enforcement(node.text):
                continue  # A day of enforcement of some provisions.
            if is_entry and not governs and " shall " not in node.text:
                continue  # It says nothing by itself: part of the clause that opens the list.
            found.append(
                TransitionalClause(
                    node.id,
                    node.heading or headings.get(node.id, ""),
                    record.id if record is not None else "",
                    _clause_kind(" ".join(one.text for one in said), node.heading or headings.get(node.id, ""), named),
                    governs,
                    document.line(node.extent.start),
                )
            )
    return tuple(found)


def _governs(reference: Reference, addendum: str) -> bool:
    own = all(target.startswith(addendum) for target in reference.targets)
    provisions = all("/" in target for target in reference.targets)
    return provisions and not own and reference.kind not in (ReferenceKind.DEFINITION, ReferenceKind.DELEGATION)


def _applies(sentence: Sentence) -> bool:
    text = sentence.text.lower()
    return english.APPLICABILITY.search(text) is not None and not says_enforcement(text)


def _clause_kind(said: str, heading: str, named: Sequence[Reference]) -> ClauseKind:
    text = said.lower()
    if (
        "cited" in text
        or "citation" in text
        or english.REFERS.search(text)
        or english.OTHER_LAWS_HEADING.search(heading)
    ):
        return ClauseKind.OTHER_LAWS
    if english.REPEALS.search(text):
        return ClauseKind.OTHER
    if english.FORMER_LAW.search(text):
        return ClauseKind.FORMER_LAW
    if english.COUNTS_AS.search(text) or english.REMAINS_VALID.search(text):
        return ClauseKind.CARRY_OVER
    if english.NOT_AFFECTED.search(text) and not english.APPLICABILITY.search(text):
        return ClauseKind.FORMER_LAW
    if english.APPLICABILITY.search(text) or english.APPLICABILITY_HEADING.search(heading):
        return ClauseKind.APPLICABILITY
    shall = re.search(r"\bshall\b", text) is not None
    stands = english.STANDS.search(text) is not None
    return ClauseKind.TASK if shall and named and not stands else ClauseKind.OTHER
