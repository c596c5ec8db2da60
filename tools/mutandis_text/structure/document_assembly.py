"""Puts the document together: provisions with ids, divisions, addenda under their instruments, pieces of the source.

Relies on the reader having placed every line; a stretch that nobody claimed becomes an `unread` piece with a finding,
so that the pieces partition the source whatever happened before.
"""

from __future__ import annotations

import re
from itertools import pairwise

from mutandis_text.document import (
    Addenda,
    Annotation,
    ChangeKind,
    Division,
    Extent,
    Head,
    Instrument,
    Piece,
    PieceRole,
    Status,
    StatuteDocument,
)
from mutandis_text.findings import ADDENDA_INSTRUMENT_INFERRED, UNREAD_TEXT, Finding, place_findings
from mutandis_text.lines.instrument_grammar import read_changes
from mutandis_text.structure.annexes import close_annex
from mutandis_text.structure.annotations import read_heading_annotations, read_note
from mutandis_text.structure.assembly import Assembly
from mutandis_text.structure.body import Body, OpenAddenda, OpenDivision
from mutandis_text.structure.consistency import check_document

_OVERLAYS = (PieceRole.ANNOTATION, PieceRole.OMISSION, PieceRole.NOTE)
_ANNOTATED_TITLE = re.compile(r"\s*[<\[〈][^<>\[\]]*[>\]〉]\s*$")


def assemble_document(
    source: str, masked: str, law: str, file: str, line_starts: tuple[int, ...], head: Head, body: Body
) -> StatuteDocument:
    """Close everything the reader opened and check it as a whole."""
    assembly = Assembly(law, masked, list(body.findings))
    articles = tuple(assembly.close(node, law) for node in body.articles)
    ids = {id(node): article.id for node, article in zip(body.articles, articles, strict=True)}
    divisions = _close_divisions(body, law, masked, assembly, ids)
    founding = _founding_instrument(head)
    nameless = next((one for one in body.addenda if one.cited is None), None)
    if founding is not None and any(_cites(one, founding, masked) for one in body.addenda):
        nameless = None
    addenda = tuple(_close_addenda(one, founding if one is nameless else None, assembly) for one in body.addenda)
    annexes = tuple(close_annex(title, extent, assembly) for title, extent in body.annexes)
    stretches = [(extent, role, "") for extent, role in body.stretches]
    stretches += [(extent, PieceRole.ANNEX, "") for _, extent in body.annexes]
    pieces = _partition(source, masked, [*stretches, *assembly.pieces], assembly.findings)
    document = StatuteDocument(law, source, head, divisions, articles, addenda, annexes, pieces, (), file, line_starts)
    findings = [*assembly.findings, *check_document(document, masked)]
    diagnostics = place_findings(findings, line_starts, file)
    return StatuteDocument(
        law, source, head, divisions, articles, addenda, annexes, pieces, diagnostics, file, line_starts
    )


def _close_divisions(
    body: Body, law: str, masked: str, assembly: Assembly, article_ids: dict[int, str]
) -> tuple[Division, ...]:
    ids: dict[int, str] = {}
    closed: list[Division] = []
    for division in body.divisions:
        parent = ids[id(division.parent)] if division.parent is not None else None
        own = assembly.unique_id(f"{parent or law}/{division.kind.value}-{division.number}", division.extent)
        ids[id(division)] = own
        closed.append(_close_division(division, own, parent, masked, article_ids))
    return tuple(closed)


def _close_division(
    division: OpenDivision, own: str, parent: str | None, masked: str, article_ids: dict[int, str]
) -> Division:
    title = masked[division.title.start : division.title.end]
    annotations: tuple[Annotation, ...] = ()
    if bracketed := _ANNOTATED_TITLE.search(title):
        annotations = read_heading_annotations(bracketed.group(), division.title.start + bracketed.start())
        title = title[: bracketed.start()]
    title = " ".join(title.split())
    deleted = bool(re.match(r"(?i)deleted\b", title))
    end = max(division.extent.end, division.title.end)
    return Division(
        own,
        division.kind,
        division.number,
        "" if deleted else title,
        Status.DELETED if deleted else Status.LIVE,
        parent,
        tuple(article_ids[id(node)] for node in division.articles),
        annotations,
        tuple(read_note(masked[e.start : e.end], e, f"{own}/0") for e in division.notes),
        Extent(division.extent.start, end),
    )


def _cites(one: OpenAddenda, instrument: Instrument, masked: str) -> bool:
    """True if the heading of addenda names an instrument by its number."""
    printed = masked[one.cited.start : one.cited.end] if one.cited is not None else ""
    return any(re.search(rf"\b{number}\b", printed) for number in instrument.numbers)


def _close_addenda(one: OpenAddenda, founding: Instrument | None, assembly: Assembly) -> Addenda:
    cited: tuple[Instrument, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    if one.cited is not None:
        raw = assembly.masked[one.cited.start : one.cited.end]
        cited = tuple(i for change in read_changes(raw, one.cited.start) for i in change.instruments)
        annotations = read_heading_annotations(raw, one.cited.start)
    inferred = not cited
    instrument = cited[0] if cited else founding
    if inferred:
        name = instrument.raw if instrument else "none"
        message = f"these addenda name no instrument; taken: {name}"
        assembly.findings.append(Finding(ADDENDA_INSTRUMENT_INFERRED, one.heading, message))
    number = _addenda_number(instrument)
    own = assembly.unique_id(f"{assembly.law}/addenda-{number}", one.heading)
    one.body.number = number
    body = assembly.close(one.body, own)
    return Addenda(own, instrument, inferred, body, annotations, body.extent)


def _founding_instrument(head: Head) -> Instrument | None:
    founding = (ChangeKind.WHOLLY_AMENDED, ChangeKind.ENACTED)
    whole = [i for i in head.instruments if i.change in founding]
    return whole[-1] if whole else head.instruments[0] if head.instruments else None


def _addenda_number(instrument: Instrument | None) -> str:
    if instrument is None:
        return "0"
    if instrument.numbers:
        ends = (instrument.numbers[0], instrument.numbers[-1])
        return ends[0] if ends[0] == ends[1] else "-".join(ends)
    return instrument.date.strftime("%Y%m%d") if instrument.date else "0"


def _partition(
    source: str, masked: str, stretches: list[tuple[Extent, PieceRole, str]], findings: list[Finding]
) -> tuple[Piece, ...]:
    claimed = [s for s in stretches if len(s[0])]
    base = sorted((s for s in claimed if s[1] not in _OVERLAYS), key=lambda s: s[0])
    over = sorted((s for s in claimed if s[1] in _OVERLAYS), key=lambda s: s[0])
    marks = sorted({0, len(source), *(e.start for e, _, _ in claimed), *(e.end for e, _, _ in claimed)})
    pieces: list[Piece] = []
    at_base = at_over = 0
    for start, end in pairwise(marks):
        while at_base < len(base) and base[at_base][0].end <= start:
            at_base += 1
        while at_over < len(over) and over[at_over][0].end <= start:
            at_over += 1
        found = None
        if at_over < len(over) and over[at_over][0].start <= start:
            found = over[at_over]
        elif at_base < len(base) and base[at_base][0].start <= start:
            found = base[at_base]
        extent = Extent(start, end)
        if found is not None:
            pieces.append(Piece(extent, found[1], found[2]))
        elif masked[start:end].strip():
            pieces.append(Piece(extent, PieceRole.UNREAD, ""))
            snippet = " ".join(masked[start:end].split())
            findings.append(Finding(UNREAD_TEXT, extent, f"`{snippet[:60]}` was not placed"))
        else:
            hidden = source[start:end].strip(" \t\r\n\u00a0\u3000\ufeff\u200b")
            pieces.append(Piece(extent, PieceRole.NOISE if hidden else PieceRole.SPACE, ""))
    return tuple(pieces)
