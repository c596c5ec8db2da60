"""What was read and linked once, kept in the user's cache folder: the next command starts from there.

A rulebook without errors is kept as its bundle, with the names of its cases and the files they stand in, under a hash
of all its files and of the program's own code. Data only; safe to delete; written to a file beside and moved into
place, so that two programs at once do no harm. `MUTANDIS_CACHE` names another folder, or `off`.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mutandis import __file__ as ENGINE
from mutandis.bundle.container import BundleError, unpack
from mutandis.bundle.program import bundle_of, program_of
from mutandis.link.program import Program

VARIABLE = "MUTANDIS_CACHE"
OFF = "off"
_ENDING = ".linked"
_KEPT = 12
"""So many rulebooks are kept, the last used ones: a few copies of a rulebook under work, at some megabytes each."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A linked rulebook as it was kept: its program, its cases as pairs of name and file, whether any text is stale."""

    program: Program
    cases: tuple[tuple[str, str], ...]
    is_stale: bool


def folder() -> Path | None:
    """Where linked rulebooks are kept; None where nothing is to be."""
    named = os.environ.get(VARIABLE, "")
    if named == OFF:
        return None
    if named:
        return Path(named)
    # Imported here: only a command that decides asks for it.
    import platformdirs

    return Path(platformdirs.user_cache_dir("mutandis", appauthor=False))


def key_of(root: Path) -> str:
    """The hash of all files of the rulebook and of the code that reads them; empty where links make it uncertain."""
    digest = sha256()
    code = Path(ENGINE).parent
    for path in sorted(code.rglob("*.py")):
        state = path.stat()
        digest.update(f"{path.relative_to(code)}:{state.st_size}:{state.st_mtime_ns};".encode())
    for place, folders, files in os.walk(root):
        folders.sort()
        if any(os.path.islink(os.path.join(place, name)) for name in (*folders, *files)):  # noqa: PTH114, PTH118
            return ""
        for name in sorted(files):
            path = Path(place, name)
            content = path.read_bytes()
            digest.update(f"{path.relative_to(root).as_posix()}:{len(content)};".encode())
            digest.update(content)
    return digest.hexdigest()


def fetch(key: str) -> Kept | None:
    """What is kept under `key`; None where nothing is, or nothing that can be trusted."""
    path = _path(key)
    if path is None:
        return None
    try:
        data = path.read_bytes()
    except OSError:
        return None
    head, _, bundle = data.partition(b"\n")
    try:
        beside = json.loads(head)
        program = program_of(unpack(bundle, str(path)))
        cases = tuple((str(name), str(file)) for name, file in beside["cases"])
        return Kept(program, cases, bool(beside["stale"]))
    except (BundleError, ValueError, KeyError, TypeError):
        return None  # a file that somebody altered is read anew, and written over


def keep(key: str, kept: Kept) -> None:
    """Keep a linked rulebook; where the folder cannot be written to, nothing is kept and nothing is lost."""
    path = _path(key)
    if path is None:
        return
    head = json.dumps({"cases": kept.cases, "stale": kept.is_stale}, ensure_ascii=False).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as beside:
            beside.write(head + b"\n" + bundle_of(kept.program))
        Path(beside.name).replace(path)
        _drop_old(path.parent)
    except OSError:
        return


def _path(key: str) -> Path | None:
    where = folder() if key else None
    return where / f"{key}{_ENDING}" if where is not None else None


def _drop_old(where: Path) -> None:
    found = sorted(where.glob(f"*{_ENDING}"), key=lambda one: one.stat().st_mtime, reverse=True)
    for path in found[_KEPT:]:
        path.unlink(missing_ok=True)
