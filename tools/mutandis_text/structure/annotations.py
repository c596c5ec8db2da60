"""Finds what the publisher added to a provision's wording: annotations, bracket notes, omissions.

Works on joined masked text; whatever is found is cut out before the wording is split into sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from mutandis.dataclass import dataclass
from mutandis_text.characters.mapped_text import MappedText
from mutandis_text.document import Annotation, BracketNote, ChangeKind, Extent, Move, Omission
from mutandis_text.findings import ANNOTATION_UNREAD, Finding
from mutandis_text.lines.instrument_grammar import read_changes
from mutandis_text.structure import english

_ANGLE = re.compile(r"<([^<>]{1,6000})>|〈([^〈〉]{1,6000})〉|《([^《》]{1,6000})》")


@dataclass(frozen=True, slots=True)
class Additions:
    """What was found in one provision's text, and the text without it."""

    wording: MappedText
    annotations: tuple[Annotation, ...]
    notes: tuple[BracketNote, ...]
    omissions: tuple[Omission, ...]
    findings: tuple[Finding, ...]


def take_additions(joined: MappedText, article: str, provision: str) -> Additions:
    """Find and cut out annotations, inline notes and omissions. `article` is the id that moved numbers go with."""
    cuts: list[tuple[int, int]] = []
    annotations: list[Annotation] = []
    notes: list[BracketNote] = []
    omissions: list[Omission] = []
    findings: list[Finding] = []
    text = joined.text
    notes_at = [match.span() for match in english.INLINE_NOTE.finditer(text)]
    for start, end in notes_at:
        cuts.append((start, end))
        notes.append(read_note(text[start:end], _whole(joined, start, end), article))
    for match in _ANGLE.finditer(text):
        inside = bisect_right(notes_at, (match.start(), len(text))) - 1
        if (inside >= 0 and match.start() < notes_at[inside][1]) or english.OMISSION.fullmatch(match.group()):
            continue
        content = next(group for group in match.groups() if group is not None)
        extent = _whole(joined, *match.span())
        if not english.CHANGE_WORD.search(content):
            findings.append(
                Finding(
                    ANNOTATION_UNREAD, extent, f"`{match.group()[:60]}` is no annotation; left in the text", provision
                )
            )
            continue
        cuts.append(match.span())
        before = text[max(0, match.start() - 40) : match.start()]
        default = ChangeKind.DELETED if re.search(r"(?i)\bdeleted[.;,]?\s*$", before) else ChangeKind.OTHER
        annotations += _read_annotation(joined, match.start(), match.group(), default)
    for match in english.OMISSION.finditer(text):
        cuts.append(match.span())
        what = match[1].strip().lower() or "other"
        omissions.append(
            Omission(
                what if what in ("proviso", "paragraph", "subparagraph", "article") else "other",
                (f"{provision} proviso",) if what == "proviso" else (),
                match.group(),
                _whole(joined, *match.span()),
            )
        )
    cuts = _merge(cuts)
    return Additions(
        joined.without(cuts) if cuts else joined, tuple(annotations), tuple(notes), tuple(omissions), tuple(findings)
    )


def opens_note(text: str) -> bool:
    """True if a line starts with a bracket note of the kinds known."""
    return bool(english.NOTE_OPENER.match(text))


def read_note(raw: str, extent: Extent, article: str) -> BracketNote:
    """Read one bracket note; `article` is the id of the article it stands below."""
    changes = read_changes(raw, extent.start)
    instruments = tuple(instrument for change in changes for instrument in change.instruments)
    if any(instrument.numbers for instrument in instruments):
        # Other dates in a note are those of court decisions and the like.
        instruments = tuple(instrument for instrument in instruments if instrument.numbers)
    kinds = [change.kind for change in changes if change.kind is not ChangeKind.OTHER]
    scope = english.SCOPE.match(raw)
    names = next((g.lower() for g in scope.groups() if g), "article") if scope else "article"
    if scope is None and not kinds and not re.search(r"(?i)moved|deleted", raw):
        names = "other"
    if names in ("book", "chapter", "section", "subsection"):
        names = "division"
    if names == "heading":
        names = "title"
    moves = _read_moves(raw, article)
    kind = ChangeKind.MOVED if moves else kinds[0] if kinds else ChangeKind.OTHER
    return BracketNote(kind, names, instruments, moves, raw, extent)


def read_move_stub(text: str, extent: Extent, article: str) -> BracketNote | None:
    """A note from a provision whose whole wording is `Moved to Article 9.`, or None."""
    match = english.MOVED_TO.match(text)
    if match is None:
        return None
    target = _resolve(article, match[1], match[2])
    return BracketNote(ChangeKind.MOVED, "article", (), (Move(article, target),), text, extent)


def read_heading_annotations(raw: str, offset: int) -> tuple[Annotation, ...]:
    """The changes told in an annotation's raw text (with or without brackets) that starts at `offset`."""
    inner = raw.strip("<>〈〉《》[]() ")
    low = offset + raw.find(inner) if inner else offset
    return tuple(
        Annotation(
            change.kind, change.instruments, inner[change.extent.start - low : change.extent.end - low], change.extent
        )
        for change in read_changes(inner, low)
    )


def _read_annotation(joined: MappedText, start: int, raw: str, default: ChangeKind) -> list[Annotation]:
    # Offsets of parts are found by reading at the joined offset, then mapped, since an annotation may be wrapped.
    changes = read_changes(raw[1:-1], start + 1, default)
    whole = _whole(joined, start, start + len(raw))
    if not changes:
        return [Annotation(default, (), raw, whole)]
    found: list[Annotation] = []
    for change in changes:
        instruments = tuple(
            type(one)(
                one.kind, one.numbers, one.date, one.raw, _whole(joined, one.extent.start, one.extent.end), one.change
            )
            for one in change.instruments
        )
        low, high = change.extent.start, change.extent.end
        extent = whole if len(changes) == 1 else _whole(joined, low, high)
        found.append(Annotation(change.kind, instruments, joined.text[low:high], extent))
    return found


def _read_moves(raw: str, article: str) -> tuple[Move, ...]:
    moves: list[Move] = []
    for match in english.MOVED_FROM.finditer(raw):
        moves.append(Move(_resolve(article, match[1], match[2]), article))
    for match in english.PREVIOUS.finditer(raw):
        target = _resolve(article, match[1], match[3]) if match[3] else None
        moves.append(Move(_resolve(article, match[1], match[2]), target))
    stub = english.MOVED_TO.match(raw)
    if stub and not moves:
        moves.append(Move(article, _resolve(article, stub[1], stub[2])))
    return tuple(moves)


def _resolve(article: str, level: str, number: str) -> str:
    stem, _, own = article.rpartition("/")
    level = level.lower()
    if level.startswith("article"):
        return f"{stem}/{number}"
    base = re.match(r"[\d-]+", own)
    place = f"{stem}/{base.group() if base else own}"
    if level.startswith("paragraph"):
        return f"{place}({number})"
    paragraph = re.match(r"[\d-]+(\([\d-]+\))", own)
    return f"{place}{paragraph.group(1)}{number}" if paragraph else f"{place}.{number}"


def _whole(joined: MappedText, start: int, end: int) -> Extent:
    return Extent(joined.offset(start), joined.offset(max(end - 1, start)) + (1 if end > start else 0))


def _merge(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
