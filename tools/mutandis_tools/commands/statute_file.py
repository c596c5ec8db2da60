"""What the `mutandis text` commands share: opening a statute, telling its findings, printing JSON, ending."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from mutandis.diagnostics import Severity
from mutandis.rulebook.law import Law
from mutandis_text.document import StatuteDocument
from mutandis_text.output.terminal import render_diagnostics
from mutandis_text.structure.load import load_statute
from mutandis_tools.terminal import Exit, complain

TextFile = Annotated[
    Path, typer.Argument(exists=True, dir_okay=False, readable=True, metavar="FILE", help="The consolidated text.")
]
LawName = Annotated[
    str, typer.Option("--law", metavar="LAW", help="The law's short name in ids; the file's name if not given.")
]
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


def exit_if_unread(document: StatuteDocument) -> None:
    """Exit 1 where no article was read: a text that could not be read says nothing about the law."""
    if not document.articles:
        raise typer.Exit(Exit.FINDINGS)


def refuse_other_law(document: StatuteDocument, law: Law | None, folder: Path) -> None:
    """Exit 1 where the text is that of another law than `law.yaml` of the folder tells (`law`, None if there is none).

    A law that was renamed keeps the instruments that made it: another title is refused only where none is common.
    """
    # Imported here: most commands look at no rulebook.
    from mutandis_text.time.law_yaml import title_case

    if law is None or not document.head.title:
        return
    printed = title_case(document.head.title)
    made_by = {f"{one.kind} No. {number}" for one in document.head.instruments for number in one.numbers}
    if _plain(printed) == _plain(law.title) or made_by & {one.id for one in law.instruments}:
        return
    complain(
        f"the text is the {printed}; {folder / 'law.yaml'} says {law.title}, and no instrument of the two is the same",
        "give the text of that law, or another law with its name",
    )
    raise typer.Exit(Exit.FINDINGS)


def law_of_folder(rulebook: Path, law: str) -> Law | None:
    """The law as its `law.yaml` tells it, None without one; nothing else of the rulebook is read."""
    path = rulebook / law / "law.yaml"
    if not path.is_file():
        return None
    from mutandis.rulebook.load import load_text

    name = f"{law}/law.yaml"
    return load_text({name: path.read_text(encoding="utf-8", errors="replace")}).laws.get(law)


def _plain(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", title.lower()).strip()


def print_json(value: object) -> None:
    """Print a value as JSON."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1) + "\n")
