"""`mutandis keys`: who may ask a service."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mutandis.diagnostics import MutandisError
from mutandis_tools.report.lines import Piece, line
from mutandis_tools.terminal import show, stop, write


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("keys", epilog="Example: mutandis keys keys.json intake-office --rulebook korea")(keys)


def keys(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of keys; made where there is none.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is.")],
    rulebook: Annotated[
        list[str] | None,
        typer.Option("--rulebook", "-r", metavar="NAME", help="Only this rulebook may be asked. May be repeated."),
    ] = None,
    may: Annotated[
        list[str] | None,
        typer.Option("--may", metavar="RIGHT", help="ask (without any: this), reload, metrics. May be repeated."),
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the key away. A running service notices.")] = False,
) -> None:
    """Make a key for a service started with `--keys FILE` and print it: the file has only its hash."""
    try:
        from mutandis_service.callers import add_key, remove_key
    except ImportError as absent:
        stop(f"`mutandis keys` needs {absent.name}, which is not installed", "pip install 'mutandis[serve]'")
    try:
        if remove:
            remove_key(file, name)
            show([line("the key of ", Piece(name, "strong"), " is taken away")], to_errors=True)
            return
        key = add_key(file, name, tuple(rulebook or ()), tuple(may or ()))
    except (MutandisError, ValueError) as error:
        stop(str(error))
    write(f"{key}\n")
