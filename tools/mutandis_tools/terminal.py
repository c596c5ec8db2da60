"""The terminal: the one place that knows rich, colours, widths and exit codes.

Colour is used only on a terminal and never where `NO_COLOR` is set. Lines are broken for a terminal and where `COLUMNS`
says how wide; in a pipe or a file a sentence is one line, which can be searched for. What the stream's encoding cannot
write is written in ASCII.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import TYPE_CHECKING, NoReturn, TextIO

import typer

from mutandis_tools.report.lines import Line, Piece, Style, fold, line, plain

if TYPE_CHECKING:
    from rich.console import Console

_COLOURS: dict[Style, str] = {
    "": "",
    "heading": "bold",
    "strong": "bold",
    "quiet": "dim",
    "error": "bold red",
    "warning": "bold yellow",
    "note": "bold cyan",
    "good": "bold green",
    "bad": "bold red",
    "open": "bold yellow",
    "place": "cyan",
    "fact": "magenta",
}


class Exit(IntEnum):
    """What the program ends with."""

    CLEAN = 0
    FINDINGS = 1
    WRONG_USE = 2
    INTERRUPTED = 130


_NARROWEST, _WIDEST = 40, 200
READABLE = 100
"""Text is not laid out wider than this: longer lines are hard to read."""
ENDLESS = 1_000_000
"""As many columns as a line needs: nobody is looking, and nobody said how wide."""


def columns(*, to_errors: bool = False) -> int:
    """How many columns there are to write in: those of `COLUMNS` or of the terminal, within bounds; else endless."""
    stream = sys.stderr if to_errors else sys.stdout
    said = os.environ.get("COLUMNS", "")
    wide = int(said) if said.isascii() and said.isdecimal() else 0
    if not wide and stream.isatty():
        try:
            wide = os.get_terminal_size(stream.fileno()).columns
        except OSError:  # a terminal that does not say, as in some editors
            wide = READABLE
    return min(max(wide, _NARROWEST), _WIDEST) if wide else ENDLESS


def text_columns() -> int:
    """How many columns running text gets."""
    wide = columns()
    return wide if wide == ENDLESS else min(wide, READABLE)


def table_columns() -> int:
    """How many columns two texts beside each other get: a file has an end for them too."""
    wide = columns()
    return READABLE if wide == ENDLESS else wide


def show(lines: Iterable[Line], *, to_errors: bool = False) -> None:
    """Print lines, in colour where a person is looking. What is wider than the terminal goes on below."""
    stream = sys.stderr if to_errors else sys.stdout
    wide = columns(to_errors=to_errors)
    laid = lines if wide == ENDLESS else fold(lines, wide)
    if not stream.isatty() and "FORCE_COLOR" not in os.environ:
        _write(stream, plain(laid))
        return
    from rich.text import Text

    console = _console(to_errors)
    for one in laid:
        text = Text(no_wrap=True, overflow="ignore")
        for piece in one:
            text.append(piece.text, _COLOURS[piece.style] or None)
        console.print(text, soft_wrap=True)


def write(text: str) -> None:
    """Print text for a program (JSON, DOT, a page) exactly as it is."""
    _write(sys.stdout, text)


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        _leave_quietly()


@contextmanager
def working(what: str) -> Iterator[None]:
    """Tell a person who is looking at the error stream what is being done, until it is done."""
    if not sys.stderr.isatty():
        yield
        return
    with _console(True).status(f"{what} …"):
        yield


def is_watched() -> bool:
    """True if a person is looking at the output."""
    return sys.stdout.isatty()


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """What tells how far a long run is, on the error stream and to a person only: `f(done, all)`."""
    if not sys.stderr.isatty():
        yield None
        return

    def tell(done: int, whole: int) -> None:
        sys.stderr.write(f"\r{done:,} of {whole:,} {what}\x1b[K")
        sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


_PLAINLY = {
    "├": "|", "└": "`", "│": "|", "─": "-", "…": "...", "→": "->", "←": "<-", "↔": "<->", "·": "-", "×": "x", "✓": "ok",
    "✗": "no", "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\N{NO-BREAK SPACE}": " ",
}  # fmt: skip
"""What stands for a sign of ours where the stream's encoding has it not."""


def write_what_is_possible() -> None:
    """Let the streams write every text in whatever encoding they have: ours in ASCII, others as JSON writes them."""
    codecs.register_error("mutandis", _in_ascii)
    if sys.stderr is None:  # closed by who called
        sys.stderr = io.StringIO()
    if sys.stdout is None:
        complain("the standard output is closed", "let it lead somewhere, e.g. `> answer.txt`")
        sys.exit(Exit.WRONG_USE)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="mutandis")


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_PLAINLY.get(sign) or json.dumps(sign)[1:-1] for sign in signs), error.end


def complain(message: str, hint: str = "") -> None:
    """Say on the error stream what is wrong with the use of the program."""
    lines = [line(Piece("error: ", "error"), message)]
    if hint:
        lines.append(line(Piece("help:  ", "quiet"), Piece(hint, hangs=True)))
    show(lines, to_errors=True)


def stop(message: str, hint: str = "") -> NoReturn:
    """End the program for wrong use, in plain words."""
    complain(message, hint)
    raise typer.Exit(Exit.WRONG_USE)


def _leave_quietly() -> NoReturn:
    """End the program: whoever read the output has read enough."""
    # Without this the interpreter would complain when it flushes.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(Exit.CLEAN)


def _console(to_errors: bool) -> Console:
    # Imported here: only a terminal has colours, and a tenth of a second is much for a command in a pipe.
    # Made anew each time: the streams may have been replaced, and nothing is remembered between two uses.
    from rich.console import Console

    class Quiet(Console):
        def on_broken_pipe(self) -> None:
            _leave_quietly()

    return Quiet(stderr=to_errors, highlight=False, markup=False, emoji=False)
