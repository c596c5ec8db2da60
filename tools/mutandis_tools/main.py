"""The `mutandis` program: one typer application, one module a command."""

from __future__ import annotations

import os
import sys
import traceback

import typer

from mutandis import __version__
from mutandis.diagnostics import MutandisError
from mutandis_tools.commands import (
    ask,
    assess,
    bundle,
    chapters,
    check,
    coverage,
    decide,
    diff,
    explain,
    fmt,
    graph,
    new,
    schema,
    show,
    test,
    text,
    when,
    why_not,
)
from mutandis_tools.terminal import Exit, complain

_TRACE = "MUTANDIS_TRACE"
# In the order of the help: asking, writing, looking at the whole.
_COMMANDS = (
    decide,
    assess,
    ask,
    explain,
    why_not,
    when,
    check,
    fmt,
    test,
    new,
    show,
    coverage,
    graph,
    diff,
    chapters,
    bundle,
    schema,
)


def build_app() -> typer.Typer:
    """The application with all its commands."""
    app = typer.Typer(
        name="mutandis",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["--help", "-h"]},
        epilog="Example: mutandis decide --list",
    )
    app.callback()(_program)
    for command in _COMMANDS:
        command.register(app)
    app.add_typer(text.app, name="text")
    return app


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mutandis {__version__}")
        raise typer.Exit(Exit.CLEAN)


def _program(
    version: bool = typer.Option(False, "--version", help="Print the version.", callback=_print_version, is_eager=True),
) -> None:
    """Statutes as code: check a rulebook, decide cases by it, and see every article behind the answer."""


def main() -> None:
    """Run the program. Ends with 0 where nothing is wrong, 1 for findings, 2 for wrong use or a crash."""
    try:
        build_app()()
    except (MutandisError, OSError) as error:
        complain(str(error))
        sys.exit(Exit.WRONG_USE)
    except Exception as error:
        # The last guard of the program: a crash is told as one, in a sentence, with the way to its trace.
        complain(f"the program failed: {type(error).__name__}: {error}", f"set {_TRACE}=1 to see where, and report it")
        if os.environ.get(_TRACE):
            traceback.print_exc()
        sys.exit(Exit.WRONG_USE)
