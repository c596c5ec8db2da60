"""Who asks, what they may do, and how often: API keys, and the place where a program puts its own authentication.

A key is 32 random bytes. Its file has the hash alone (a random key needs no slow hash), which is compared in constant
time with every key of the file, so that the time of an answer tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi import Request

from mutandis.dataclass import dataclass
from mutandis.diagnostics import MutandisError
from mutandis.files import alone_in, write_whole
from mutandis_service.problems import ProblemError

RIGHTS = ("ask", "reload", "metrics")
"""What a caller may do: ask questions; have rulebooks loaded again; read the metrics."""
_PREFIX = "mutandis_"
_MOST_CALLERS = 10_000


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever asks. `rulebooks` are the names or hashes of those they may ask (None: all), `may` is of `RIGHTS`."""

    name: str
    rulebooks: frozenset[str] | None = None
    may: frozenset[str] = frozenset(RIGHTS)


ANYBODY = Caller("anybody")
"""Who asks where nobody has to say so."""

Authenticate = Callable[[Request], Caller | Awaitable[Caller]]
"""Tells who asks, from a request. Raises `fastapi.HTTPException` or `ProblemError` for somebody unknown."""


def anybody(request: Request) -> Caller:
    """Everybody may ask everything."""
    return ANYBODY


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The keys of a file: each with its hash, its name, its rulebooks, and what it may do."""

    keys: tuple[tuple[bytes, Caller], ...]

    def caller_of(self, key: str) -> Caller | None:
        """Who has this key; None for nobody. Every key is looked at."""
        given = _hash(key)
        found: Caller | None = None
        for held, caller in self.keys:
            if hmac.compare_digest(held, given):
                found = caller
        return found


def _hash(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).digest()


def read_keys(path: Path) -> KeyFile:
    """The keys of a file. Raises `MutandisError` for what is none."""
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8"))
        entries = [_entry(one) for one in data["keys"]]
    except (ValueError, KeyError, TypeError) as error:
        raise MutandisError(f"`{path}` is no file of API keys: {error}") from None
    return KeyFile(tuple(entries))


def _entry(one: Mapping[str, Any]) -> tuple[bytes, Caller]:
    rulebooks, may = one["rulebooks"], frozenset(map(str, one["may"]))
    if unknown := sorted(may.difference(RIGHTS)):
        raise ValueError(f"nobody may `{unknown[0]}`; there are {', '.join(RIGHTS)}")
    held = None if rulebooks is None else frozenset(map(str, rulebooks))
    return bytes.fromhex(one["sha256"]), Caller(str(one["name"]), held, may)


def add_key(path: Path, name: str, rulebooks: tuple[str, ...], may: tuple[str, ...]) -> str:
    """Add a key to a file, which is made where there is none; the key, which stands nowhere else.

    Raises `MutandisError` where the file has one of that name or there is no folder for it, `ValueError` for a right
    that there is not.
    """
    key = _PREFIX + secrets.token_urlsafe(32)
    entry: dict[str, Any] = {"name": name, "sha256": _hash(key).hex()}
    entry |= {"rulebooks": list(rulebooks) or None, "may": list(may or RIGHTS[:1])}
    _entry(entry)
    with _alone_beside(path):
        entries = _entries(path) if path.exists() else []
        if any(one["name"] == name for one in entries):
            raise MutandisError(f"`{path}` has a key `{name}` already")
        _write(path, [*entries, entry])
    return key


def remove_key(path: Path, name: str) -> None:
    """Take a key out of a file. Raises `MutandisError` where it has none of that name, or there is no folder."""
    with _alone_beside(path):
        entries = _entries(path)
        left = [one for one in entries if one["name"] != name]
        if len(left) == len(entries):
            raise MutandisError(f"`{path}` has no key `{name}`")
        _write(path, left)


@contextmanager
def _alone_beside(path: Path) -> Iterator[None]:
    """`alone_in` the folder of a file. Raises `MutandisError` where there is none."""
    if not path.parent.is_dir():
        raise MutandisError(f"there is no folder `{path.parent}` for the keys in `{path.name}`: make it first")
    with alone_in(path.parent):
        yield


def _entries(path: Path) -> list[dict[str, Any]]:
    read_keys(path)
    entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["keys"]
    return entries


def _write(path: Path, entries: list[dict[str, Any]]) -> None:
    write_whole(path, json.dumps({"keys": entries}, indent=2, ensure_ascii=False) + "\n", mode=0o600)


def by_key(path: Path) -> Authenticate:
    """Callers told by the keys of a file, in `Authorization: Bearer KEY` or `X-API-Key: KEY`. The file is read anew
    when it changes."""
    held: list[tuple[int, KeyFile]] = [(path.stat().st_mtime_ns, read_keys(path))]

    def authenticate(request: Request) -> Caller:
        changed = path.stat().st_mtime_ns
        if changed != held[0][0]:
            held[0] = changed, read_keys(path)
        scheme, _, key = request.headers.get("authorization", "").partition(" ")
        given = key.strip() if scheme.lower() == "bearer" else request.headers.get("x-api-key", "")
        caller = held[0][1].caller_of(given)
        if caller is None:
            what = "the key is none of this service" if given else "no key was given"
            help_ = "send `Authorization: Bearer KEY`, or `X-API-Key: KEY`"
            raise ProblemError("unauthenticated", what, help_, headers={"WWW-Authenticate": "Bearer"})
        return caller

    return authenticate


def named_authentication(written: str) -> Authenticate:
    """The function that `module:name` names. Raises `MutandisError` where there is none."""
    module, _, name = written.partition(":")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError, ValueError) as error:
        raise MutandisError(f"`{written}` names no function that tells who asks: {error}") from None
    if not callable(found):
        raise MutandisError(f"`{written}` is no function")
    authenticate: Authenticate = found
    return authenticate


@dataclass(slots=True)
class RateLimit:
    """So many requests a second for each caller, and twice as many at once."""

    rate: float
    clock: Callable[[], float] = time.monotonic
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)

    def take(self, caller: str) -> None:
        """Count one request. Raises `ProblemError` with the time to wait where there were too many."""
        if not self.rate:
            return
        now, most = self.clock(), max(2 * self.rate, 1.0)
        left, last = self._left.get(caller, (most, now))
        left = min(most, left + (now - last) * self.rate)
        if left < 1:
            wait = max(1, round((1 - left) / self.rate + 0.5))
            self._left[caller] = left, now
            raise ProblemError(
                "too-many",
                f"at most {self.rate:g} requests a second are answered",
                f"ask again in {wait} s",
                headers={"Retry-After": str(wait)},
            )
        if caller not in self._left and len(self._left) >= _MOST_CALLERS:
            self._left.clear()
        self._left[caller] = left - 1, now
