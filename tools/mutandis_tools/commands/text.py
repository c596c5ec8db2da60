"""`mutandis text`: reads the official text of a statute and tells what it holds.

Findings go to standard error, results to standard output. Exit codes: 0 read, 1 the input is bad (or, with `--strict`,
the reader was not certain somewhere), 2 wrong use.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from mutandis_text.document import StatuteDocument, print_statute, walk_units
from mutandis_text.output.document_json import document_json
from mutandis_text.output.terminal import document_tree, inventory_table
from mutandis_text.structure.inventory import inventory_json, take_inventory
from mutandis_tools.commands import text_law, text_lock, text_references
from mutandis_tools.commands.statute_file import (
    AsJson,
    LawName,
    Quiet,
    TextFile,
    exit_if_bad,
    open_statute,
    print_json,
)

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Read the official text of a statute and account for every provision.",
)
text_references.register(app)
text_lock.register(app)
text_law.register(app)

Strict = Annotated[bool, typer.Option("--strict", help="Exit 1 also where the reader was not certain.")]


@app.command("read", epilog="Example: mutandis text read act.txt --json > act.json")
def read_command(
    file: TextFile, law: LawName = "", as_json: AsJson = False, strict: Strict = False, quiet: Quiet = False
) -> None:
    """Read a statute: the typed document as JSON, or as a tree on the terminal."""
    document = open_statute(file, law, quiet=quiet)
    if as_json:
        print_json(document_json(document))
    else:
        Console().print(document_tree(document))
    exit_if_bad(document, strict=strict)


@app.command("inventory", epilog="Example: mutandis text inventory act.txt --json")
def inventory_command(
    file: TextFile, law: LawName = "", as_json: AsJson = False, strict: Strict = False, quiet: Quiet = False
) -> None:
    """Count articles, paragraphs, subparagraphs, provisos, addenda, and list every provision."""
    document = open_statute(file, law, quiet=quiet)
    inventory = take_inventory(document)
    if as_json:
        print_json(inventory_json(inventory))
    else:
        Console().print(inventory_table(inventory))
    exit_if_bad(document, strict=strict)


@app.command("quantities", epilog="Example: mutandis text quantities act.txt --in 'act/96(2)'")
def quantities_command(
    file: TextFile,
    law: LawName = "",
    within: Annotated[
        str, typer.Option("--in", metavar="PROVISION", help="Only those in this provision and below it.")
    ] = "",
    addenda: Annotated[bool, typer.Option("--addenda/--no-addenda", help="Those of the addenda too.")] = True,
    as_json: AsJson = False,
    strict: Strict = False,
    quiet: Quiet = False,
) -> None:
    """List every quantity: limits, deadlines, ages, shares, sums, counts."""
    # Imported here: no other command of the group finds quantities.
    from mutandis_text.output.quantity_table import quantity_table
    from mutandis_text.quantities.find import find_quantities, quantity_json

    document = open_statute(file, law, quiet=quiet)
    inside = _ids_within(document, within)
    found = [
        one
        for one in find_quantities(document)
        if (addenda or not one.in_addenda) and (inside is None or one.provision in inside)
    ]
    if as_json:
        print_json([quantity_json(document, one) for one in found])
    else:
        Console().print(quantity_table(found))
    exit_if_bad(document, strict=strict)


@app.command("print", epilog="Example: mutandis text print act.txt --provision 'act/77(1)'")
def print_command(
    file: TextFile,
    law: LawName = "",
    provision: Annotated[
        str, typer.Option("--provision", metavar="PROVISION", help="Only this provision, by its id.")
    ] = "",
    as_json: AsJson = False,
    strict: Strict = False,
    quiet: Quiet = False,
) -> None:
    """Print the text back from the document, exactly as it was read, or one provision of it."""
    document = open_statute(file, law, quiet=quiet)
    text = _provision_text(document, provision) if provision else print_statute(document)
    if as_json:
        print_json({"law": document.law, "provision": provision or None, "text": text})
    else:
        sys.stdout.write(text if not provision else f"{text}\n")
    exit_if_bad(document, strict=strict)


def _provision_text(document: StatuteDocument, wanted: str) -> str:
    for unit in walk_units(document):
        if unit.id == wanted:
            return document.slice(unit.extent)
    raise typer.BadParameter(
        f"no provision {wanted} in this text; ids look like {document.law}/1 or {document.law}/1(2)"
    )


def _ids_within(document: StatuteDocument, wanted: str) -> set[str] | None:
    if not wanted:
        return None
    top = next((unit for unit in walk_units(document) if unit.id == wanted), None)
    if top is None:
        raise typer.BadParameter(f"no provision {wanted} in this text")
    if top.sentence is not None:
        return {wanted}
    return {unit.id for unit in walk_units(document) if top.extent.contains(unit.extent)}
