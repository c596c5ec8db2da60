"""Writes locks: the fingerprint of a document, a lock renewed by a newer text, provisions accepted as read.

The format is that of `mutandis.rulebook.lock`, which reads it back. Renewing keeps what was accepted: a provision whose
wording changed says which wording its rules were read against, until it is accepted again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from mutandis.citation import CitationError, parse_citation
from mutandis.rulebook.lock import LOCK_FORMAT, READ, UNREAD, Lock, LockedProvision, State
from mutandis_text.characters.wording import hash_wording, sketch_wording
from mutandis_text.comparison.units import LockedUnit, is_heading, walk_locked
from mutandis_text.document import ChangeKind, Instrument, Provision, Status, StatuteDocument
from mutandis_text.time.instruments import stands_in

_STATE: dict[Status, State] = {Status.LIVE: "live", Status.DELETED: "deleted", Status.MOVED: "moved"}
_WORD = {
    ChangeKind.ENACTED: "enacted",
    ChangeKind.AMENDED: "amended",
    ChangeKind.WHOLLY_AMENDED: "rewritten",
    ChangeKind.NEWLY_INSERTED: "inserted",
    ChangeKind.DELETED: "deleted",
    ChangeKind.MOVED: "moved",
    ChangeKind.OTHER: "noted",
}


def lock_document(document: StatuteDocument) -> Lock:
    """The lock of a document whose rules were all read against it."""
    instruments = document.head.instruments
    last = name_of_instrument(instruments[-1]) if instruments else ""
    return Lock(document.law, last, tuple(map(_lock_unit, walk_locked(document))))


def lock_article(document: StatuteDocument, article: str) -> tuple[LockedProvision, ...]:
    """The lines of the document's lock that are those of one article (its id) and of what stands in it."""
    return tuple(_lock_unit(unit) for unit in walk_locked(document) if stands_in(unit.id, article))


def print_lock(lock: Lock) -> str:
    """The text of a lock, one line for each provision."""
    lines = [f"# {LOCK_FORMAT}", f"# law {lock.law}", f"# instrument {lock.instrument}"]
    lines.append("# id | state | wording | heading | history | sketch | rules read against")
    lines += [" | ".join((p.id, p.state, p.wording, p.heading, p.history, p.sketch, p.read)) for p in lock.provisions]
    return "\n".join(lines) + "\n"


def renew_lock(old: Lock, new: Lock, origins: Mapping[str, str]) -> Lock:
    """The lock of a newer text that keeps what was accepted under the old one.

    `origins` maps ids of the new text to the ids the same provisions had, as the comparison found them; one that is not
    in it was inserted. What the new text no longer prints stays as `gone` until it is accepted.
    """
    before = old.by_id()
    renewed = [_carry_over(provision, before.get(origins.get(provision.id, ""))) for provision in new.provisions]
    kept = set(origins.values()) | {provision.id for provision in renewed}
    gone = [
        replace(p, state="gone", read=p.wording if p.read == READ else p.read)
        for p in old.provisions
        if p.id not in kept and p.read != UNREAD
    ]
    return Lock(new.law, new.instrument, (*renewed, *gone))


def accept_provisions(lock: Lock, ids: Iterable[str]) -> Lock:
    """The lock with these provisions (all if none is named) marked as read; those that are gone are left out."""
    wanted = set(ids)
    kept: list[LockedProvision] = []
    for provision in lock.provisions:
        if wanted and provision.id not in wanted:
            kept.append(provision)
        elif provision.state != "gone":
            kept.append(replace(provision, read=READ))
    return replace(lock, provisions=tuple(kept))


def has_headings(lock: Lock) -> bool:
    """True if the lock has the title, divisions and annexes, as locks have since they were given fingerprints."""
    return any(provision.id == f"{lock.law}/title" for provision in lock.provisions)


def add_headings(lock: Lock, fresh: Lock) -> Lock:
    """An older lock of the same text with the lines for title, divisions and annexes; what was accepted is kept."""
    held = lock.by_id()
    kept = (replace(p, read=held[p.id].read) if p.id in held else p for p in fresh.provisions)
    return Lock(fresh.law, fresh.instrument, tuple(kept))


def _carry_over(provision: LockedProvision, before: LockedProvision | None) -> LockedProvision:
    if is_heading(provision.id):
        # Nothing is written against a heading: there is nothing to read again.
        return replace(provision, read=READ)
    if before is None:
        return replace(provision, read=UNREAD)
    if before.id != provision.id:
        earlier = before.read.removeprefix("from ") if before.read.startswith("from ") else before.id
        return replace(provision, read=UNREAD if before.read == UNREAD else f"from {earlier}")
    same = (before.wording, before.state) == (provision.wording, provision.state)
    if same or before.read == provision.wording:
        back = before.read == provision.wording and before.state == provision.state
        return replace(provision, read=READ if back else before.read)
    return replace(provision, read=before.wording if before.read == READ else before.read)


def _lock_unit(unit: LockedUnit) -> LockedProvision:
    try:
        citation = parse_citation(unit.id)
    except CitationError:
        citation = None
    heading = hash_wording(unit.heading) if unit.heading else "-"
    history = "-"
    if unit.unit is not None and unit.unit.sentence is None:
        history = _history(unit.unit.provision) or "-"
    # A division has no wording; its sketch is that of its heading, by which it is known again.
    sketch = sketch_wording(unit.text if unit.unit is not None else unit.heading or "")
    state = _STATE[unit.status]
    return LockedProvision(unit.id, state, hash_wording(unit.text), heading, history, sketch, READ, citation)


def _history(provision: Provision) -> str:
    told: list[str] = []
    changes = [(one.kind, one.instruments) for one in provision.annotations]
    changes += [(one.kind, one.instruments) for one in provision.notes]
    for kind, instruments in changes:
        told.append(f"{_WORD[kind]} {', '.join(map(_number, instruments))}".strip())
    told += [f"from {move.origin}" for note in provision.notes for move in note.moves if move.target == provision.id]
    return "; ".join(told).replace("|", "/")


def _number(instrument: Instrument) -> str:
    return instrument.number or (instrument.date.isoformat() if instrument.date else "unnamed")


def name_of_instrument(instrument: Instrument) -> str:
    return f"{instrument.kind} No. {instrument.number}".strip() if instrument.number else instrument.raw
