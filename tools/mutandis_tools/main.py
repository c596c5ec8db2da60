"""The `mutandis` program: one typer application, one module a command."""

from __future__ import annotations

import gc
import os
import sys
import traceback
from collections.abc import Mapping
from importlib import import_module
from inspect import getdoc
from typing import Any

import typer

from mutandis import __version__
from mutandis.diagnostics import MutandisError
from mutandis_tools.store.program import fetch_of_program, keep_of_program
from mutandis_tools.terminal import READABLE, Exit, complain, write_what_is_possible
from mutandis_tools.usage import Command, Program

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
_LISTED = "commands"
"""What is kept under that name: what the list of commands says of each."""


def build_app(only: str = "", told: Mapping[str, str] | None = None) -> typer.Typer:
    """The application with all its commands, or with one, or none (`--version`): what others need is not imported.

    With what is `told` of the commands it names all of them, and runs none.
    """
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
    if told is not None:
        for command, summary in told.items():
            app.command(command, short_help=summary)(_program)
        return app
    for command in _COMMANDS if not only else [only] if only in _COMMANDS else []:
        _module(command).register(app)
    for group in _GROUPS if not only else [only] if only in _GROUPS else []:
        app.add_typer(_module(group).app, name=group)
    _finish(app)
    return app


def _finish(app: typer.Typer) -> None:
    """Let each command take its options once, and the list of commands wrap the first sentence of each, which it would
    cut short otherwise."""
    for command in app.registered_commands:
        command.cls = Command
        summary = (getdoc(command.callback) or "").partition("\n\n")[0]
        command.short_help = " ".join(summary.split())
    for group in app.registered_groups:
        if group.typer_instance is not None:
            group.short_help = group.typer_instance.info.help
            _finish(group.typer_instance)


def _module(command: str) -> Any:
    return import_module(f"mutandis_tools.commands.{command.replace('-', '_')}")


def _wanted_app() -> typer.Typer:
    """The application with the command on the command line; for the program's own help, and for what is no command,
    with what is told of all of them."""
    typed = sys.argv[1:2]
    if any(name.endswith("_COMPLETE") for name in os.environ):
        # A shell asks: the words typed so far, of which the last may be half a word.
        typed = os.environ.get("_TYPER_COMPLETE_ARGS", os.environ.get("COMP_WORDS", "")).split()[1:2]
    first = typed[0] if typed else ""
    return build_app(first) if first in (*_COMMANDS, *_GROUPS, _VERSION) else build_app(told=_summaries())


def _summaries() -> dict[str, str]:
    """What the list of commands says of each, as it was kept; else gathered from all of them, and kept."""
    kept = fetch_of_program(_LISTED)
    if isinstance(kept, dict):
        return kept
    app = build_app()
    named = [(command.name, command.short_help) for command in app.registered_commands]
    named += [(group.name, group.short_help) for group in app.registered_groups]
    summaries = {str(name): str(summary) for name, summary in named}
    keep_of_program(_LISTED, summaries)
    return summaries


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
        _wanted_app()()
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
