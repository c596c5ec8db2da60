"""`mutandis text law`, `history` and `transitions`: instruments, and what the text tells of time."""

from __future__ import annotations

import difflib
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from mutandis.files import write_whole
from mutandis_text.document import walk_units
from mutandis_tools.commands.statute_file import (
    AsJson,
    LawName,
    Quiet,
    TextFile,
    exit_if_bad,
    open_statute,
    print_json,
)

if TYPE_CHECKING:
    from mutandis_text.time.history import PastEvent


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("law", epilog="Example: mutandis text law act.txt --out act/law.yaml")(law_command)
    app.command("history", epilog="Example: mutandis text history act.txt --in act/95")(history_command)
    app.command("transitions", epilog="Example: mutandis text transitions act.txt")(transitions_command)


def law_command(
    file: TextFile,
    law: LawName = "",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", dir_okay=False, help="Write it to this file.")
    ] = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that says something else.")] = False,
    quiet: Quiet = False,
) -> None:
    """Make a law's `law.yaml` from head and addenda: every instrument with the days it was promulgated and enforced.

    With --replace, titles and rank that somebody gave and instruments before a whole amendment are kept.
    """
    # Imported here, as below: what reads time is asked for by no other command of the group.
    from mutandis_text.references.find import find_references
    from mutandis_text.time.instruments import list_instruments
    from mutandis_text.time.law_yaml import keep_what_is_held, print_law_yaml

    document = open_statute(file, law, quiet=quiet)
    exit_if_bad(document)
    records = list_instruments(document, find_references(document))
    lacking = [what for what, there in (("title", document.head.title), ("instrument", records)) if not there]
    if lacking:
        print(f"note: {file} has no {' and no '.join(lacking)} in its head; fill in what is left open", file=sys.stderr)
    text = print_law_yaml(document, records)
    if out is None:
        sys.stdout.write(text)
        return
    held = out.read_text(encoding="utf-8") if out.is_file() else None
    if held is not None:
        text, kept = keep_what_is_held(text, held)
        if kept and replace:
            print(f"note: {out} keeps {', '.join(kept)}, which the text does not tell", file=sys.stderr)
    if held is not None and held != text and not replace:
        sys.stderr.writelines(difflib.unified_diff(held.splitlines(True), text.splitlines(True), str(out), "the text"))
        print(f"{out} says something else; nothing was written. Use --replace to write over it.", file=sys.stderr)
        raise typer.Exit(1)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_whole(out, text)


def history_command(
    file: TextFile,
    law: LawName = "",
    within: Annotated[
        str, typer.Option("--in", metavar="PROVISION", help="Only this provision and those whose id begins with it.")
    ] = "",
    as_json: AsJson = False,
    quiet: Quiet = False,
) -> None:
    """Tell each provision's past: inserted, amended, moved, deleted, by which instrument, in force since when."""
    from mutandis_text.references.find import find_references
    from mutandis_text.time.history import list_history
    from mutandis_text.time.instruments import list_instruments

    document = open_statute(file, law, quiet=quiet)
    records = list_instruments(document, find_references(document))
    past = [one for one in list_history(document, records) if one.provision.startswith(within)]
    if within and not past and not any(unit.id.startswith(within) for unit in walk_units(document)):
        raise typer.BadParameter(f"no provision {within} in this text; ids look like {document.law}/1(2)")
    if as_json:
        print_json([{"provision": one.provision, "events": [_event_json(e) for e in one.events]} for one in past])
    else:
        table = _table("provision", "what", "by", "in force since")
        for one in past:
            for event in one.events:
                moved = event.moved_from or event.moved_to
                what = event.kind.value.replace("_", " ") + (f" ({moved})" if moved else "")
                table.add_row(one.provision, what, event.instrument, event.since.isoformat() if event.since else "?")
        Console().print(table)
    exit_if_bad(document)


def transitions_command(file: TextFile, law: LawName = "", as_json: AsJson = False, quiet: Quiet = False) -> None:
    """List the transitional clauses of the addenda with what each governs."""
    from mutandis_text.references.find import find_references
    from mutandis_text.time.history import list_transitions
    from mutandis_text.time.instruments import list_instruments

    document = open_statute(file, law, quiet=quiet)
    report = find_references(document)
    clauses = list_transitions(document, list_instruments(document, report), report)
    if as_json:
        print_json(
            [
                {
                    "provision": one.provision,
                    "heading": one.heading,
                    "instrument": one.instrument,
                    "kind": one.kind.value,
                    "governs": list(one.governs),
                    "line": one.line,
                }
                for one in clauses
            ]
        )
    else:
        table = _table("line", "clause", "about", "kind", "governs")
        for one in clauses:
            table.add_row(str(one.line), one.provision, one.heading, one.kind.value, " ".join(one.governs))
        Console().print(table)
    exit_if_bad(document)


def _table(*columns: str) -> Table:
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _event_json(event: PastEvent) -> dict[str, object]:
    return {
        "kind": event.kind.value,
        "instrument": event.instrument,
        "promulgated": event.promulgated.isoformat() if event.promulgated else None,
        "since": event.since.isoformat() if event.since else None,
        "moved_from": event.moved_from,
        "moved_to": event.moved_to,
        "whole": event.whole,
    }
