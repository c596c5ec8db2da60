"""Diagnostics for programs: plain JSON, and SARIF 2.1.0 for code hosts and editors."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from mutandis import __version__
from mutandis.diagnostic_codes import CODES
from mutandis.diagnostics import Diagnostic, Severity
from mutandis.source import NOWHERE, Span

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def diagnostics_json(diagnostics: Iterable[Diagnostic], shown_files: Mapping[str, str] | None = None) -> str:
    """A JSON array with an object for each diagnostic; a span has file, line, column and their ends."""
    files = shown_files or {}
    return _dump([_as_object(d, files) for d in diagnostics])


def diagnostics_sarif(diagnostics: Iterable[Diagnostic], shown_files: Mapping[str, str] | None = None) -> str:
    """One SARIF run (OASIS SARIF 2.1.0). Columns are characters from 1, as SARIF counts `unicodeCodePoints`."""
    found = tuple(diagnostics)
    slugs = list(dict.fromkeys(d.slug for d in found))
    files = shown_files or {}
    run = {
        "tool": {
            "driver": {"name": "mutandis", "version": __version__, "rules": [_sarif_rule(s, found) for s in slugs]}
        },
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(d, slugs.index(d.slug), files) for d in found],
    }
    return _dump({"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]})


def _dump(value: object) -> str:
    # Escaped to ASCII, so that a lone surrogate in a broken file cannot break the report of it.
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"


def _as_object(diagnostic: Diagnostic, files: Mapping[str, str]) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "slug": diagnostic.slug,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "provision": diagnostic.provision,
        "span": _span(diagnostic.span, files),
        "labels": [{"span": _span(label.span, files), "text": label.text} for label in diagnostic.labels],
    }


def _span(span: Span, files: Mapping[str, str]) -> dict[str, object] | None:
    if span == NOWHERE:
        return None
    return {
        "file": files.get(span.file, span.file),
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }


def _sarif_rule(slug: str, found: Iterable[Diagnostic]) -> dict[str, object]:
    sample = next(d for d in found if d.slug == slug)
    title = CODES[slug].title if slug in CODES else slug
    return {
        "id": sample.code,
        "name": "".join(part.capitalize() for part in slug.split("-")),
        "shortDescription": {"text": title},
        "help": {"text": f"See docs/diagnostics/{slug}.md."},
        "defaultConfiguration": {"level": _LEVELS[sample.severity]},
    }


def _sarif_result(diagnostic: Diagnostic, rule: int, files: Mapping[str, str]) -> dict[str, object]:
    text = f"{diagnostic.message}\n{diagnostic.help}" if diagnostic.help else diagnostic.message
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": text},
        "locations": [] if diagnostic.span == NOWHERE else [_location(diagnostic.span, files)],
    }
    related = [
        {**_location(label.span, files), "id": number, "message": {"text": label.text}}
        for number, label in enumerate(diagnostic.labels)
        if label.span != NOWHERE
    ]
    if related:
        result["relatedLocations"] = related
    if diagnostic.provision:
        result["properties"] = {"provision": diagnostic.provision}
    return result


def _location(span: Span, files: Mapping[str, str]) -> dict[str, object]:
    region = {
        "startLine": max(span.line, 1),
        "startColumn": max(span.column, 1),
        "endLine": max(span.end_line, 1),
        "endColumn": max(span.end_column, 1),
    }
    # A file's name is a relative reference: every character that a URI does not allow is escaped.
    uri = quote(files.get(span.file, span.file).replace("\\", "/"), errors="replace")
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}
