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
from mutandis_text.document import (
    ChangeKind,
    Instrument,
    Provision,
    SentenceKind,
    Status,
    StatuteDocument,
    Unit,
    walk_units,
)

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
    locked: dict[str, LockedProvision] = {}
    for unit in walk_units(document):
        provision = _lock_unit(unit, _free_id(unit.id, locked))
        locked[provision.id] = provision
    instruments = document.head.instruments
    last = _name(instruments[-1]) if instruments else ""
    return Lock(document.law, last, tuple(locked.values()))


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


def _carry_over(provision: LockedProvision, before: LockedProvision | None) -> LockedProvision:
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


def _free_id(name: str, taken: Mapping[str, LockedProvision]) -> str:
    """The id, or with `#2`, `#3` … where the text prints a second such provision (two provisos in one paragraph)."""
    free, count = name, 1
    while free in taken:
        count += 1
        free = f"{name}#{count}"
    return free


def _lock_unit(unit: Unit, name: str) -> LockedProvision:
    provision = unit.provision
    try:
        citation = parse_citation(name)
    except CitationError:
        citation = None
    if unit.sentence is not None:
        text = unit.sentence.text
        heading = history = "-"
    else:
        text = own_wording(provision)
        heading = hash_wording(provision.heading) if provision.heading else "-"
        history = _history(provision) or "-"
    state = _STATE[provision.status]
    return LockedProvision(name, state, hash_wording(text), heading, history, sketch_wording(text), READ, citation)


def own_wording(provision: Provision) -> str:
    """The wording that the provision's own line stands for: without provisos, latter parts and lower provisions."""
    own = (SentenceKind.MAIN, SentenceKind.FURTHER)
    return " ".join(sentence.text for sentence in provision.sentences if sentence.kind in own)


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


def _name(instrument: Instrument) -> str:
    return f"{instrument.kind} No. {instrument.number}".strip() if instrument.number else instrument.raw
