"""A linked program written to a bundle: its parts as JSON, and the file that holds them.

A tuple is an array; any other kind of value that JSON lacks is an object with one key that names the kind.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256

from mutandis.bundle.container import FORMAT, VERSION, seal_of
from mutandis.bundle.program import WHOLE
from mutandis.bundle.records import KINDS, RecordError, kinds_of_source
from mutandis.calendar.days_off import DayOff, DaysOff
from mutandis.link.program import Program

_TABLES = ("components", "derived", "effective", "laws", "provisions")
_WORDS = ("terms", "facts", "actions")


def bundle_of(program: Program) -> bytes:
    """The program as the bytes of a bundle."""
    sections: dict[str, dict[str, object]] = {
        name: {key: encode(value) for key, value in getattr(program, name).items()} for name in _TABLES
    }
    for name in _WORDS:
        sections[name] = {key: encode(value) for key, value in getattr(program.vocabulary, name).items()}
    sections["whole"] = {name: encode(getattr(program, name)) for name in WHOLE}
    sections["whole"]["lists"] = [[name, term] for name, term in program.vocabulary.lists.items()]
    sections["whole"]["days_off"] = _calendar_record(program.days_off)
    sections["whole"]["holidays"] = _holidays_record(program.days_off.days)
    return pack(sections, program.content_hash)


def _calendar_record(days_off: DaysOff) -> object:
    weekly = tuple((w.weekday, w.since, w.why.label, w.why.provision) for w in days_off.weekly)
    return encode((days_off.name, days_off.first, days_off.last, weekly))


def _holidays_record(days: Mapping[dt.date, DayOff]) -> object:
    """What makes days holidays, each with its days: most are a holiday for the same reason every year."""
    by_reason: dict[DayOff, list[str]] = {}
    for day, why in sorted(days.items()):
        by_reason.setdefault(why, []).append(day.isoformat())
    return [[why.label, why.provision, *listed] for why, listed in by_reason.items()]


def pack(sections: Mapping[str, Mapping[str, object]], content_hash: str = "") -> bytes:
    """The file that holds these sections, sealed as having that content hash: the same bytes for the same ones."""
    records: list[bytes] = []
    index: dict[str, dict[str, list[int]]] = {}
    offset = 0
    for section, entries in sections.items():
        places = index.setdefault(section, {})
        for name, value in entries.items():
            record = _compact(value)
            records.append(record)
            places[name] = [offset, len(record)]
            offset += len(record)
    listing = _compact(index)
    body = b"%d\n" % len(listing) + listing + b"".join(records)
    digest = sha256(body).hexdigest()
    header = {"format": FORMAT, "version": VERSION, "size": len(body), "sha256": digest}
    sealed = {"content_hash": content_hash, "seal": seal_of(content_hash, digest)}
    return _compact(header | sealed) + b"\n" + body


def _compact(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def encode(value: object) -> object:
    """`value` in JSON's own types. Raises `RecordError` for a type that no program holds."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    names = KINDS.fields.get(type(value))
    if names is not None:
        return _record(value, names)
    if isinstance(value, Fraction):
        return {"fraction": str(value)}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, frozenset):
        return {"set": sorted(encode(item) for item in value)}  # type: ignore[type-var]  # sets hold names only
    names = kinds_of_source().fields.get(type(value))
    if names is None:
        raise RecordError(f"no record for {type(value).__name__}")
    return _record(value, names)


def _record(value: object, names: tuple[str, ...]) -> dict[str, object]:
    return {type(value).__name__: [encode(getattr(value, name)) for name in names]}
