"""`mutandis rename`: another name for something, wherever the rulebook says it."""

from __future__ import annotations

from typing import Annotated

import typer

from mutandis.diagnostics import Severity
from mutandis_tools.commands.common import RulebookOption, end_with, own_folder_or_stop
from mutandis_tools.opening import find_faults, open_located
from mutandis_tools.renaming.facts import rename_fact
from mutandis_tools.renaming.made import RenamingError
from mutandis_tools.report.lines import line, printable
from mutandis_tools.terminal import Exit, complain, show, working


def register(app: typer.Typer) -> None:
    """Add the commands."""
    group = typer.Typer(
        no_args_is_help=True, rich_markup_mode=None, help="Give something another name throughout the rulebook."
    )
    group.callback()(_rename)
    group.command("fact", epilog="Example: mutandis rename fact animal.fenced animal.enclosed")(fact_command)
    app.add_typer(group, name="rename")


def _rename() -> None:
    """Give something another name throughout the rulebook."""


def fact_command(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The fact as it is named, `term.attribute`.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name, of the same term.")],
    list_only: Annotated[bool, typer.Option("--list", help="Say which files would change; write none.")] = False,
    rulebook: RulebookOption = None,
) -> None:
    """Rename a fact in vocabularies, conditions and cases. Comments, layout and texts for a person stay as they are."""
    location, folder = own_folder_or_stop(rulebook)
    with working("reading the rulebook"):
        opened = open_located(location)
        errors = [d for d in find_faults(opened) if d.severity is Severity.ERROR]
    if errors:
        end_with(errors, opened)
    try:
        with working("renaming, and reading it again"):
            renaming = rename_fact(opened, old, new)
    except RenamingError as error:
        complain(str(error), error.help)
        raise typer.Exit(Exit.FINDINGS) from error
    for file, text in renaming.texts.items():
        if not list_only:
            (folder / file).write_text(text, encoding="utf-8", newline="\n")
    word = "would change" if list_only else "changed"
    show(line(f"{word} {printable(opened.shown_files.get(file, file))}") for file in renaming.texts)
    number = renaming.places
    show([line(f"{old} is {new} in {number} place{'s' if number != 1 else ''}")])
