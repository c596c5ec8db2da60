"""What was proved or shown of actions, kept by a hash of all that it depends on.

A change of one article leaves the hash of every action that it cannot reach, so only the others are asked about again.
One file for each kind of question, read when a run begins and written when it ends: of two programs that write at once
one's answers may be lost, and are found again.
"""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version

from mutandis.bundle.container import Container
from mutandis_tools.store.files import PROOFS, Shelf, code_state

_MOST = 6_000
"""So many answers are kept, the last used ones: a few rulebooks' worth."""


def solver_version() -> str:
    """The version of the solver; empty where it is not installed. It is not imported for that."""
    try:
        return version("z3-solver")
    except PackageNotFoundError:
        return ""


class Proofs:
    """The answers to one kind of question, as this version of the solver gives them."""

    __slots__ = ("_code", "_container", "_kept", "_kind", "_names", "_shelf")

    def __init__(self, kind: str) -> None:
        self._kind, self._shelf = kind, Shelf(PROOFS)
        self._code = code_state() + solver_version().encode()
        self._container: Container | None = self._shelf.fetch(kind)
        self._names = set(self._container.names("answers")) if self._container is not None else set[str]()
        self._kept: dict[str, object] = {}

    def key(self, *parts: object) -> str:
        """The hash of what an answer depends on, given as JSON's own types, and of the program's code."""
        digest = sha256(self._code)
        for part in parts:
            digest.update(json.dumps(part, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
        return digest.hexdigest()

    def fetch(self, key: str) -> object | None:
        """The answer as it was kept; None where there is none."""
        if key in self._kept:
            return self._kept[key]
        if self._container is None or key not in self._names:
            return None
        found: object = self._container.record("answers", key)
        self._kept[key] = found  # used, so it is kept
        return found

    def keep(self, key: str, answer: object) -> None:
        """Keep an answer as a record of JSON's own types."""
        self._kept[key] = answer

    def save(self) -> None:
        """Write what was used and what is new, then what others kept, as far as there is room."""
        found = dict(self._kept)
        now = self._shelf.fetch(self._kind)  # another program may have written meanwhile
        for name in now.names("answers") if now is not None else ():
            if len(found) >= _MOST:
                break
            if now is not None and name not in found:
                found[name] = now.record("answers", name)
        self._shelf.keep(self._kind, {"answers": found})
