"""`mutandis bundle`: the rulebook as one file of data for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mutandis.files import write_whole
from mutandis_tools.commands.common import RulebookOption, usable_or_stop
from mutandis_tools.terminal import stop


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("bundle", epilog="Example: mutandis bundle statutes.bundle")(bundle)


def bundle(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write.", show_default=False)],
    rulebook: RulebookOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
) -> None:
    """Write the rulebook as a bundle, which an application opens without reading or checking any YAML."""
    if file.exists() and not replace:
        stop(f"`{file}` is there already", "name another file, or say --replace")
    usable = usable_or_stop(rulebook)
    data = usable.rulebook.to_bundle()
    write_whole(file, data)
    typer.echo(f"{file}: {len(data):,} bytes")
