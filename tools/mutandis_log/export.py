"""A log for other programs: JSON lines with all that is left of each entry, records to decide again, and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal

from mutandis_log.entry import ANSWER, Entry, UnreadableEntryError

Format = Literal["jsonl", "records", "csv"]
COLUMNS: Final = (
    "seq",
    "recorded_at",
    "kind",
    "asker",
    "action",
    "by",
    "at",
    "law_as_of",
    "known_on",
    "verdict",
    "citations",
    "missing",
    "facts",
    "rulebook",
    "program",
    "redacted",
    "hash",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def export(entries: Iterable[Entry], format_: Format) -> Iterator[str]:
    """The entries as text, a line at a time. As `records`: the decisions of which nothing was taken out."""
    if format_ == "csv":
        yield from _csv(entries)
        return
    for entry in entries:
        if format_ == "jsonl":
            yield json.dumps(entry_data(entry), ensure_ascii=False) + "\n"
        elif entry.kind == "decision" and not entry.redacted:
            yield json.dumps(entry.record().as_data(), ensure_ascii=False) + "\n"


def entry_data(entry: Entry) -> dict[str, Any]:
    """All that is left of an entry, in JSON's own types. `answer` lacks the parts that `redacted` names."""
    data: dict[str, Any] = {
        "seq": entry.seq,
        "kind": entry.kind,
        "recorded_at": entry.recorded_at,
        "asker": entry.asker,
        "key": entry.key,
        "question": dict(entry.question),
    }
    if entry.kind in ("decision", "assessment"):
        data["facts"] = entry.facts
        data["answer"] = entry.value_of(entry.answer)
        data["redacted"] = list(entry.redacted)
    return {**data, "previous": entry.previous, "hash": entry.hash}


def _csv(entries: Iterable[Entry]) -> Iterator[str]:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        if entry.kind in ("decision", "assessment"):
            writer.writerow([_cell(value) for value in _row(entry)])
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def _row(entry: Entry) -> list[object]:
    asked = entry.question
    said = {name: entry.value_of(text) for name, text in entry.said(ANSWER).items()}
    try:
        cited = "; ".join(dict.fromkeys(place for one in said.get("cited", ()) for place in one["provisions"]))
        missing = "; ".join(said.get("missing", ()))
    except (TypeError, KeyError):
        raise UnreadableEntryError(entry.seq, entry.hash) from None
    told: dict[str, object] = {
        "seq": entry.seq,
        "recorded_at": entry.recorded_at,
        "kind": entry.kind,
        "asker": entry.asker,
        "verdict": entry.verdict,
        "citations": cited,
        "missing": missing,
        "facts": json.dumps(entry.facts, ensure_ascii=False),
        "redacted": "; ".join(entry.redacted),
        "hash": entry.hash,
    }
    return [told[name] if name in told else asked.get(name) or "" for name in COLUMNS]


def _cell(value: object) -> object:
    """The value of a field; a text that a spreadsheet would run is told as text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
