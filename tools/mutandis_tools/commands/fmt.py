"""`mutandis fmt`: rule files in their one layout."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Annotated

import typer

from mutandis.diagnostics import Diagnostic
from mutandis.files import write_whole
from mutandis.rulebook.format import format_file
from mutandis.rulebook.yaml_source import LIMIT_OF_BYTES, read_yaml
from mutandis_tools.location import yaml_files_below
from mutandis_tools.report.diagnostics_text import diagnostics_text, summary_text
from mutandis_tools.report.lines import line, printable
from mutandis_tools.store.program import fetch_of_program, keep_of_program
from mutandis_tools.terminal import Exit, columns, is_watched, show, stop

_PART = "formatted"
"""What is kept: the hashes of the texts that were found to be as `fmt` writes them."""
_MOST_KEPT = 20_000


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("fmt", epilog="Example: mutandis fmt --check rulebook")(fmt)


def fmt(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="FILES", help="Files, or folders with all the YAML in them.", show_default=False),
    ],
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file would change.")] = False,
) -> None:
    """Write conditions in their canonical form and tidy blank lines. Order, comments and meaning stay."""
    changed: list[Path] = []
    faults: list[Diagnostic] = []
    texts: dict[str, str] = {}
    files = list(_files(paths))
    kept = fetch_of_program(_PART)
    known = dict.fromkeys(kept if isinstance(kept, list) else ())
    met: dict[str, None] = {}
    for path in files:
        data = _read(path)
        digest = sha256(data).hexdigest()
        if digest in known:
            met[digest] = None
            continue
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            faults.extend(read_yaml(data, str(path)).diagnostics)
            continue
        formatted = format_file(text, str(path))
        if formatted.diagnostics:
            faults.extend(formatted.diagnostics)
            texts[str(path)] = text
            continue
        met[sha256(formatted.text.encode()).hexdigest()] = None
        if formatted.text != text:
            changed.append(path)
            if not check:
                write_whole(path, formatted.text)
    if not met.keys() <= known.keys():
        keep_of_program(_PART, list({**met, **known})[:_MOST_KEPT])
    word = "would change" if check else "changed"
    show(line(f"{word} {printable(str(path))}") for path in changed)
    show(diagnostics_text(faults, texts, columns=columns(to_errors=True)), to_errors=True)
    if faults:
        show([line(summary_text(faults))], to_errors=True)
    elif not changed and is_watched():
        show([line(f"{len(files)} file{'' if len(files) == 1 else 's'}, nothing to change")])
    if faults or (check and changed):
        raise typer.Exit(Exit.FINDINGS)


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LIMIT_OF_BYTES + 1)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            yield from yaml_files_below(path)
        elif path.is_file() and path.suffix not in (".yaml", ".yml"):
            stop(f"`{path}` is no YAML file", "name rule files, vocabularies and case files, or their folder")
        elif path.is_file():
            yield path
        else:
            stop(f"there is no file or folder `{path}`")
