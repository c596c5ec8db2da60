"""The one place of the text stages that opens a file."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from mutandis.diagnostics import sort_diagnostics
from mutandis_text.characters.source_text import decode_source
from mutandis_text.document import StatuteDocument
from mutandis_text.structure.reader import read_statute


def load_statute(path: Path, law: str = "") -> StatuteDocument:
    """Read a statute from a file; `law` defaults to the file's name. Raises `OSError` if it cannot be opened."""
    decoded = decode_source(path.read_bytes())
    document = read_statute(decoded.text, law or law_of_file(path), str(path))
    if not decoded.findings:
        return document
    found = (finding.place(document.line_starts, document.file) for finding in decoded.findings)
    return replace(document, diagnostics=sort_diagnostics((*document.diagnostics, *found)))


def law_of_file(path: Path) -> str:
    """The law's short name as the file's name tells it: `Juvenile Decree.txt` is `juvenile-decree`."""
    slug = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    return slug if slug[:1].isalpha() else f"law-{slug}" if slug else "law"
