"""`mutandis lsp`: the language server that an editor starts."""

from __future__ import annotations

import typer

from mutandis_tools.commands.common import RulebookOption
from mutandis_tools.terminal import stop


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("lsp", epilog="Example: mutandis lsp --rulebook rulebook")(lsp)


def lsp(rulebook: RulebookOption = None) -> None:
    """Serve an editor over standard input and output: diagnostics, completion, hover, definitions, formatting."""
    try:
        from mutandis_tools.editor.features import build_server
    except ImportError as absent:
        package = (absent.name or "").partition(".")[0]
        if package in ("", "mutandis", "mutandis_tools"):  # a fault of ours, which no installing mends
            raise
        stop(f"the language server needs the package `{package}`", "install it with `pip install 'mutandis[lsp]'`")
    if rulebook is not None and not rulebook.is_dir():
        stop(f"there is no rulebook folder `{rulebook}`", "name the folder that an editor opens files of")
    build_server(rulebook).start_io()
