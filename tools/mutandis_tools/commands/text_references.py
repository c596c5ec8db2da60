"""`mutandis text references`: every cross-reference of a statute."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

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
    from mutandis_text.references.find import ReferenceReport


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("references", epilog="Example: mutandis text references act.txt --page > act.md")(references_command)


def references_command(
    file: TextFile,
    law: LawName = "",
    as_json: AsJson = False,
    details: Annotated[
        bool, typer.Option("--details", help="JSON with columns, construals and defined terms.")
    ] = False,
    graph: Annotated[bool, typer.Option("--graph", help="Print nodes and edges as JSON.")] = False,
    page: Annotated[bool, typer.Option("--page", help="Print a Markdown page to read.")] = False,
    broken: Annotated[bool, typer.Option("--broken", help="Only references that do not hold; exit 1 if any.")] = False,
    leftovers: Annotated[bool, typer.Option("--leftovers", help="Words that could refer and do not, as JSON.")] = False,
    quiet: Quiet = False,
) -> None:
    """Find every cross-reference: from where, to which provisions, what it does, whether it holds."""
    if sum((as_json or details, graph, page, leftovers)) > 1:
        raise typer.BadParameter("choose one of --json, --graph, --page and --leftovers")
    # Imported here: other commands of the group ask for no references.
    from mutandis_text.output.references import leftover_json, reference_graph, reference_json, reference_page
    from mutandis_text.references.find import ReferenceReport, find_references

    document = open_statute(file, law, quiet=quiet)
    report = find_references(document)
    if broken:
        report = ReferenceReport(report.law, report.broken, ())
    if graph:
        print_json(reference_graph(document, report))
    elif page:
        sys.stdout.write(reference_page(document, report))
    elif leftovers:
        print_json([leftover_json(one) for one in report.leftovers])
    elif as_json or details:
        print_json([reference_json(one, details=details) for one in report.references])
    else:
        Console().print(_table(report))
    exit_if_bad(document)
    if broken and report.references:
        raise typer.Exit(1)


def _table(report: ReferenceReport) -> Table:
    from mutandis_text.references.kinds import ReferenceKind

    table = Table(title=f"{len(report.references)} references, {len(report.broken)} broken", title_justify="left")
    for column in ("line", "from", "kind", "to", "broken"):
        table.add_column(column, overflow="fold")
    for one in report.references:
        named = " ".join(one.targets) + (" (an earlier wording)" if one.earlier else "")
        named = f"“{one.words}” for {named}" if one.kind is ReferenceKind.DEFINITION and one.words else named
        table.add_row(str(one.span.line), one.origin, one.kind.value, named, one.broken or "")
    return table
