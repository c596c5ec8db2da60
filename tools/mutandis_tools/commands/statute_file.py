"""What the `mutandis text` commands share: opening a statute, telling its findings, printing JSON, ending."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mutandis.diagnostics import Severity
from mutandis_text.document import StatuteDocument
from mutandis_text.output.terminal import render_diagnostics
from mutandis_text.structure.load import load_statute

TextFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, metavar="FILE", help="The consolidated text.")
]
LawName = Annotated[str, typer.Option("--law", help="The law's short name in ids; the file's name if not given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Tell only what is bad, no notes.")]


def open_statute(file: Path, law: str, *, quiet: bool) -> StatuteDocument:
    """Read a statute and tell its findings on standard error."""
    document = load_statute(file, law)
    shown = [one for one in document.diagnostics if not quiet or one.severity is Severity.ERROR]
    render_diagnostics(shown, document.source, Console(stderr=True))
    return document


def exit_if_bad(document: StatuteDocument, *, strict: bool = False) -> None:
    """Exit 1 where the input itself was bad; with `strict` also where the reader was not certain."""
    bad = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    if any(one.severity in bad for one in document.diagnostics):
        raise typer.Exit(1)


def print_json(value: object) -> None:
    """Print a value as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
