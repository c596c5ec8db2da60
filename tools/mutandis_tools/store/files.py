"""The folder of what is kept: one file for each part of a rulebook, under a hash of what it was worked out from.

The hash is over all files of the rulebook and over the program's own code, so nothing has to be declared stale; that
of what the rules alone come to is over all files but those of cases, which may change as often as they like. A part
is a container as a bundle is one: data only, with its own hash, so that a file that was cut short or altered is worked
out anew. It is written beside and moved into place: of two programs that write at once either one's file is right.
`MUTANDIS_CACHE` names another folder, or `off`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from importlib.resources.abc import Traversable
from pathlib import Path

from mutandis import __file__ as ENGINE
from mutandis.bundle.container import BundleError, Container, unpack
from mutandis.bundle.written import pack
from mutandis.files import write_whole
from mutandis.rulebook.case_file import is_case_file

VARIABLE = "MUTANDIS_CACHE"
OFF = "off"
PROOFS = "proofs"
"""The key of what was proved of actions, which outlives the rulebooks it was proved in."""
PROGRAM = "program"
"""The key of what was worked out from the program's own code; it belongs to no rulebook either."""
OF_RULES = frozenset({"linked", "rules"})
"""The parts that no case has a say in."""
_KEPT = 24
"""So many keys are kept, the last written ones: a few copies of a rulebook under work, with two keys each and some
megabytes.
"""


class Shelf:
    """What is kept of a rulebook as it stands, part by part; of one without a key nothing is.

    The parts that no case has a say in are kept under `rules`.
    """

    __slots__ = ("key", "rules")

    def __init__(self, key: str, rules: str = "") -> None:
        self.key = key
        self.rules = rules or key

    def fetch(self, part: str) -> Container | None:
        """The part as it was kept; None where it is not, or cannot be trusted."""
        path = self._path(part)
        if path is None:
            return None
        try:
            return unpack(path.read_bytes(), str(path))
        except (OSError, BundleError):
            return None  # a file that somebody altered is worked out anew, and written over

    def keep(self, part: str, sections: Mapping[str, Mapping[str, object]]) -> None:
        """Keep the part as records of JSON's own types."""
        if self._path(part) is not None:
            self.keep_packed(part, pack(sections))

    def keep_packed(self, part: str, packed: bytes) -> None:
        """Keep a container; where the folder cannot be written to, nothing is kept and nothing is lost."""
        path = self._path(part)
        if path is None:
            return
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, packed, mode=0o600)
            self._use_rules(path.parent)
            _drop_old(path.parent)

    def _use_rules(self, where: Path) -> None:
        """The rules are as young as what was last worked out beside them."""
        for part in OF_RULES:
            with suppress(FileNotFoundError):  # they are kept after the cases
                os.utime(where / f"{self.rules}.{part}")

    def _path(self, part: str) -> Path | None:
        where = folder() if self.key else None
        return where / f"{self.rules if part in OF_RULES else self.key}.{part}" if where is not None else None


def folder() -> Path | None:
    """The folder of what is kept; None where nothing is to be."""
    named = os.environ.get(VARIABLE, "")
    if named == OFF:
        return None
    if named:
        return Path(named)
    # Imported here: a test that names a folder does not need it.
    import platformdirs

    return Path(platformdirs.user_cache_dir("mutandis", appauthor=False))


def shelf_of(root: Traversable) -> Shelf:
    """What is kept of the rulebook in the folder `root` as it stands now.

    Nothing of one that lies in an archive, or has links in it: what they lead to may change unseen.
    """
    if not isinstance(root, Path) or folder() is None:
        return Shelf("")
    code = code_state()
    digest, rules = sha256(code), sha256(b"rules " + code)
    start = len(os.fspath(root)) + 1
    for entry in _entries(os.fspath(root)):
        if entry.is_symlink():
            return Shelf("")
        with open(entry.path, "rb") as file:  # noqa: PTH123
            content = file.read()
        name = entry.path[start:]
        for one in (digest,) if is_case_file(name.replace(os.sep, "/")) else (digest, rules):
            one.update(f"{name}:{len(content)};".encode("utf-8", "surrogateescape"))
            one.update(content)
    return Shelf(digest.hexdigest(), rules.hexdigest())


def code_state() -> bytes:
    """What changes with the program's own code."""
    digest = sha256()
    tools = Path(__file__).parent.parent
    for package in (Path(ENGINE).parent, tools, tools.with_name("mutandis_text")):
        for entry in _entries(os.fspath(package)):
            if entry.name.endswith((".py", ".json")):
                state = entry.stat()
                digest.update(f"{entry.path}:{state.st_size}:{state.st_mtime_ns};".encode())
    return digest.digest()


def _entries(place: str) -> Iterator[os.DirEntry[str]]:
    """Every file below the folder, and every link, in the order of names."""
    with os.scandir(place) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _entries(entry.path)
        else:
            yield entry


def _drop_old(where: Path) -> None:
    """Keep the parts of the rulebooks written last; a rulebook's parts go together."""
    written: dict[str, int] = {}
    files = [entry for entry in _entries(str(where)) if entry.is_file()]
    for entry in files:
        key = entry.name.partition(".")[0]
        if key in (PROOFS, PROGRAM):
            continue
        with suppress(OSError):  # another program dropped it meanwhile
            written[key] = max(written.get(key, 0), entry.stat().st_mtime_ns)
    last = set(sorted(written, key=lambda key: written[key], reverse=True)[:_KEPT])
    for entry in files:
        if entry.name.partition(".")[0] not in (PROOFS, PROGRAM, *last):
            with suppress(OSError):
                os.unlink(entry.path)  # noqa: PTH108
