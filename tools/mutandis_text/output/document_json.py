"""The document as JSON: every node with its id, its place and its wording (`schemas/text-document.schema.json`).

Places are `{"line", "column", "start", "end"}`: line and column of the first character from 1, offsets from 0.
"""

from __future__ import annotations

from collections.abc import Iterable

from mutandis.diagnostics import Diagnostic
from mutandis_text.document import (
    Annotation,
    BracketNote,
    Extent,
    Instrument,
    Omission,
    Provision,
    StatuteDocument,
)

Json = dict[str, object]


def document_json(document: StatuteDocument) -> Json:
    """The whole document."""
    head = document.head
    return {
        "law": document.law,
        "head": {
            "title": head.title,
            "at": _place(document, head.title_extent) if head.title_extent else None,
            "instruments": [_instrument(document, one) for one in head.instruments],
        },
        "divisions": [
            {
                "id": one.id,
                "kind": one.kind.value,
                "number": one.number,
                "title": one.title,
                "status": one.status.value,
                "parent": one.parent,
                "articles": list(one.articles),
                "annotations": _annotations(document, one.annotations),
                "notes": _notes(document, one.notes),
                "at": _place(document, one.extent),
            }
            for one in document.divisions
        ],
        "articles": [_provision(document, article) for article in document.articles],
        "addenda": [
            {
                "id": one.id,
                "instrument": _instrument(document, one.instrument) if one.instrument else None,
                "inferred": one.inferred,
                "body": _provision(document, one.body),
            }
            for one in document.addenda
        ],
        "annexes": [
            {"title": one.title, "at": _place(document, one.extent), "body": _provision(document, one.body)}
            for one in document.annexes
        ],
        "pieces": [
            {"role": piece.role.value, "owner": piece.owner, "start": piece.extent.start, "end": piece.extent.end}
            for piece in document.pieces
        ],
        "diagnostics": diagnostics_json(document.diagnostics),
    }


def diagnostics_json(diagnostics: Iterable[Diagnostic]) -> list[Json]:
    """Diagnostics with line and column."""
    return [
        {
            "code": one.code,
            "slug": one.slug,
            "severity": one.severity.value,
            "message": one.message,
            "help": one.help,
            "file": one.span.file,
            "line": one.span.line,
            "column": one.span.column,
            "provision": one.provision,
        }
        for one in diagnostics
    ]


def _provision(document: StatuteDocument, node: Provision) -> Json:
    lead = node.list_lead
    return {
        "id": node.id,
        "kind": node.kind.value,
        "number": node.number,
        "heading": node.heading,
        "status": node.status.value,
        "at": _place(document, node.extent),
        "sentences": [
            {"id": one.id, "kind": one.kind.value, "text": one.text, "at": _place(document, one.extent)}
            for one in node.sentences
        ],
        "list_lead": {"sentence": lead.sentence, "certain": lead.certain, "why": lead.why} if lead else None,
        "children": [_provision(document, child) for child in node.children],
        "annotations": _annotations(document, node.annotations),
        "notes": _notes(document, node.notes),
        "omissions": [_omission(document, one) for one in node.omissions],
    }


def _annotations(document: StatuteDocument, annotations: tuple[Annotation, ...]) -> list[Json]:
    return [
        {
            "kind": one.kind.value,
            "instruments": [_instrument(document, instrument) for instrument in one.instruments],
            "raw": one.raw,
            "at": _place(document, one.extent),
        }
        for one in annotations
    ]


def _notes(document: StatuteDocument, notes: tuple[BracketNote, ...]) -> list[Json]:
    return [
        {
            "kind": one.kind.value,
            "scope": one.scope,
            "instruments": [_instrument(document, instrument) for instrument in one.instruments],
            "moves": [{"from": move.origin, "to": move.target} for move in one.moves],
            "raw": one.raw,
            "at": _place(document, one.extent),
        }
        for one in notes
    ]


def _omission(document: StatuteDocument, one: Omission) -> Json:
    return {"what": one.what, "ids": list(one.ids), "raw": one.raw, "at": _place(document, one.extent)}


def _instrument(document: StatuteDocument, one: Instrument) -> Json:
    return {
        "kind": one.kind,
        "numbers": list(one.numbers),
        "date": one.date.isoformat() if one.date else None,
        "change": one.change.value,
        "raw": one.raw,
        "at": _place(document, one.extent),
    }


def _place(document: StatuteDocument, extent: Extent) -> Json:
    span = document.locate(extent)
    return {"line": span.line, "column": span.column, "start": extent.start, "end": extent.end}
