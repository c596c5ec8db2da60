"""Reads citations of enacting and amending instruments: in the head, in annotations, over addenda.

A scan over four kinds of token (what was done, kind with number, date, separators) that are paired from left to right:
a number waits for its date, a date without a number is an instrument known by date only. Works on masked text; offsets
are those of the source.
"""

from __future__ import annotations

import datetime
import re

from mutandis.dataclass import dataclass
from mutandis_text.document import ChangeKind, Extent, Instrument
from mutandis_text.lines import english
from mutandis_text.lines.worded_dates import read_worded_date


@dataclass(frozen=True, slots=True)
class Change:
    """One change told in a row: what was done, by which instruments, over which stretch (offsets of the source)."""

    kind: ChangeKind
    instruments: tuple[Instrument, ...]
    extent: Extent


def read_date(text: str) -> datetime.date | None:
    """The calendar date at the start of a text in any of the printed orders, or in words; None where there is none."""
    match = english.DATE_ALONE.match(text.strip())
    return _to_date(match) if match else read_worded_date(text)


def cites_instrument(text: str) -> bool:
    """True if a kind and number of an instrument stand in the text (`Act No. 12`)."""
    return _find_number(text) is not None


def find_first_instrument(text: str) -> int | None:
    """Where the first instrument, with the words of what it did, starts in a line of a head; None without one."""
    number = _find_number(text)
    if number is None:
        return None
    verbs = [m for m in english.TOKEN.finditer(text) if m["verb"] and m.end() <= number.start()]
    if verbs and re.fullmatch(r"\s*(?:by|on)?\s*(?:the\s+)?", text[verbs[-1].end() : number.start()], re.I):
        return verbs[-1].start()
    return number.start()


def _find_number(text: str) -> re.Match[str] | None:
    return next((match for match in english.KIND_AND_NUMBER.finditer(text) if match["kind"]), None)


def read_changes(text: str, offset: int, default: ChangeKind = ChangeKind.OTHER) -> list[Change]:
    """The changes told in a stretch that starts at `offset` of the source, in order, each with its instruments."""
    changes: list[tuple[ChangeKind, int, list[Instrument]]] = []
    waiting: re.Match[str] | None = None
    last_kind = ""

    def settle(date: re.Match[str] | None) -> None:
        nonlocal waiting, last_kind
        first, last = waiting or date, date or waiting
        if first is None or last is None:
            return
        if not changes:
            changes.append((default, first.start(), []))
        kind, numbers = _kind_and_numbers(waiting, last_kind)
        last_kind = kind or last_kind
        extent = Extent(offset + first.start(), offset + last.end())
        raw = text[first.start() : last.end()]
        day = _to_date(date) if date else None
        changes[-1][2].append(Instrument(kind, numbers, day, raw, extent, changes[-1][0]))
        waiting = None

    position = 0
    while match := english.TOKEN.search(text, position):
        position = match.end()
        if match["verb"]:
            if waiting:
                settle(None)
            verb = re.sub(r"\s+", " ", match["verb"].lower())
            changes.append((english.CHANGE_OF_VERB[verb], match.start(), []))
        elif match["numbers"]:
            if waiting:
                settle(None)
            waiting = match
        else:
            settle(match)
    if waiting:
        settle(None)
    found: list[Change] = []
    for index, (kind, start, instruments) in enumerate(changes):
        end = changes[index + 1][1] if index + 1 < len(changes) else len(text)
        stretch = text[start:end].rstrip().rstrip(";,").rstrip()
        found.append(Change(kind, tuple(instruments), Extent(offset + start, offset + start + len(stretch))))
    return found


def _kind_and_numbers(match: re.Match[str] | None, last_kind: str) -> tuple[str, tuple[str, ...]]:
    if match is None:
        return "", ()
    # `Act No. 10, Dec. 3, 1990; No. 12, May 31, 2000`: a bare number is of the kind named before it.
    kind = re.sub(r"\s+", " ", match["kind"] or last_kind).strip(" ,")
    return kind, tuple(re.findall(r"\d+(?:-\d+)?", match["numbers"]))


def _to_date(match: re.Match[str]) -> datetime.date | None:
    for m, d, y in (("m1", "d1", "y1"), ("m2", "d2", "y2"), ("m3", "d3", "y3")):
        if match[y]:
            month = int(match[m]) if match[m].isdigit() else english.MONTHS.index(match[m][:3].lower()) + 1
            try:
                return datetime.date(int(match[y]), month, int(match[d]))
            except ValueError:
                return None
    return None
