"""From a folder of files to a program: read, held against its locks, linked."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from mutandis.diagnostics import MutandisError, RulebookError, Severity
from mutandis.link.linker import link
from mutandis.link.program import Program
from mutandis.resources import rulebook_folder, rulebook_names
from mutandis.rulebook.load import load_source
from mutandis.rulebook.lock import read_lock_file

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def load_program(path: str | PathLike[str] | None) -> Program:
    """The rulebook in the folder `path`, linked; None: the one that ships, a name: one that ships beside it.

    Raises `RulebookError` with everything wrong in it, `FileNotFoundError` where there is none, `MutandisError` for
    what is no path.
    """
    if path is not None and not isinstance(path, str | PathLike):
        raise MutandisError(f'`path` is the folder of a rulebook, such as `"statutes"`, not `{str(path)[:40]}`')
    named = str(path or "")
    is_name = path is None or (named in rulebook_names() and not Path(named).exists())
    root: Traversable = rulebook_folder(named) if is_name else Path(named)
    source = load_source(root)
    files = [(law, root.joinpath(law).joinpath("text.lock")) for law in source.laws]
    locks = {law: read_lock_file(f.read_bytes(), f"{law}/text.lock") for law, f in files if f.is_file()}
    linked = link(source, locks)
    told = (fault for lock in locks.values() for fault in lock.diagnostics)
    found = (*source.diagnostics, *told, *linked.diagnostics)
    faults = [d for d in found if d.severity is Severity.ERROR]
    if faults or linked.program is None:
        raise RulebookError(faults)
    return linked.program
