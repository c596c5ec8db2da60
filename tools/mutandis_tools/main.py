"""The `mutandis` program: one typer application, one module a command."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from importlib import import_module
from inspect import getdoc
from typing import Any

import typer

from mutandis import __version__
from mutandis.diagnostics import MutandisError
from mutandis_tools.terminal import READABLE, Exit, complain, write_what_is_possible
from mutandis_tools.usage import Program

_TRACE = "MUTANDIS_TRACE"
_SELDOM = 1_000_000
"""After so many new objects the garbage collector looks among the newest."""
# In the order of the help: asking, writing, looking at the whole.
_COMMANDS = (
    "decide",
    "assess",
    "ask",
    "explain",
    "why-not",
    "when",
    "batch",
    "sql",
    "check",
    "fmt",
    "test",
    "new",
    "rename",
    "find",
    "show",
    "coverage",
    "graph",
    "diff",
    "impact",
    "chapters",
    "bundle",
    "serve",
    "keys",
    "replay",
    "schema",
    "lsp",
)
_GROUPS = ("text", "log")
_VERSION = "--version"


def build_app(only: str = "") -> typer.Typer:
    """The application with all its commands, or with one, or none (`--version`): what others need is not imported."""
    app = typer.Typer(
        name="mutandis",
        cls=Program,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        # Plain help: `mutandis[solve]` is no markup, and the terminal library is not imported for it.
        rich_markup_mode=None,
        context_settings={"help_option_names": ["--help", "-h"], "max_content_width": READABLE},
        epilog="Example: mutandis decide --list",
    )
    app.callback()(_program)
    for command in _COMMANDS if not only else [only] if only in _COMMANDS else []:
        _module(command).register(app)
    for group in _GROUPS if not only else [only] if only in _GROUPS else []:
        app.add_typer(_module(group).app, name=group)
    _tell_whole_sentences(app)
    return app


def _tell_whole_sentences(app: typer.Typer) -> None:
    """Let the list of commands wrap the first sentence of each, which it would cut short otherwise."""
    for command in app.registered_commands:
        summary = (getdoc(command.callback) or "").partition("\n\n")[0]
        command.short_help = " ".join(summary.split())
    for group in app.registered_groups:
        if group.typer_instance is not None:
            group.short_help = group.typer_instance.info.help
            _tell_whole_sentences(group.typer_instance)


def _module(command: str) -> Any:
    return import_module(f"mutandis_tools.commands.{command.replace('-', '_')}")


def _wanted() -> str:
    """The command on the command line; empty for the program's own help, for completion, and for what is none."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    is_completing = any(name.endswith("_COMPLETE") for name in os.environ)
    return first if first in (*_COMMANDS, *_GROUPS, _VERSION) and not is_completing else ""


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mutandis {__version__}")
        raise typer.Exit(Exit.CLEAN)


def _program(
    version: bool = typer.Option(False, _VERSION, help="Print the version.", callback=_print_version, is_eager=True),
) -> None:
    """Statutes as code: check a rulebook, decide cases by it, and see every article behind the answer."""


def main() -> None:
    """Run the program. Ends with 0 where nothing is wrong, 1 for findings, 2 for wrong use or a crash."""
    # A command lives for seconds and keeps nearly all it makes: the collector need not look so often.
    gc.set_threshold(_SELDOM, 20, 20)
    write_what_is_possible()
    try:
        build_app(_wanted())()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except OSError as error:
        what = (error.strerror or str(error)).lower()
        complain(f"`{error.filename}` cannot be read or written: {what}" if error.filename else what)
        sys.exit(Exit.WRONG_USE)
    except MutandisError as error:
        complain(str(error))
        sys.exit(Exit.WRONG_USE)
    except Exception as error:
        # The last guard of the program: a crash is told as one, in a sentence, with the way to its trace.
        complain(f"the program failed: {type(error).__name__}: {error}", f"set {_TRACE}=1 to see where, and report it")
        if os.environ.get(_TRACE):
            traceback.print_exc()
        sys.exit(Exit.WRONG_USE)
