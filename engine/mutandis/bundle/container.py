"""The bundle file: a header line, an index, records of JSON text; content-hashed, data only.

The header names the format and its version and carries the SHA-256 of everything after it, so that a file that was
truncated, altered or written by another version is refused before anything in it is read. It also has the content hash
of what was packed, sealed with that of the file, so that records that somebody changed do not keep the hash of others.
The index says where each record stands; a record is parsed when it is asked for.
"""

from __future__ import annotations

import json
from hashlib import sha256
from os import PathLike

from mutandis.errors import MutandisError

FORMAT = "mutandis-bundle"
VERSION = 18
LARGEST = 1 << 30
"""The largest bundle that is read, in bytes: far above any rulebook, far below what fills a machine."""


class BundleError(MutandisError):
    """A file that is no bundle, or not one this version of the library can trust."""


class Container:
    """An open bundle: sections of named records, and the content hash of what was packed: where its seal is not that of
    these records, their own.
    """

    __slots__ = ("_data", "_index", "_start", "content_hash")

    def __init__(self, data: bytes, start: int, index: dict[str, dict[str, list[int]]], content_hash: str) -> None:
        self._data = data
        self._start = start
        self._index = index
        self.content_hash = content_hash

    def names(self, section: str) -> tuple[str, ...]:
        """The names of a section's records, in the order they were written."""
        return tuple(self._index[section])

    def record(self, section: str, name: str) -> object:
        """One record, parsed. Raises `KeyError` where there is none."""
        offset, length = self._index[section][name]
        begin = self._start + offset
        return json.loads(self._data[begin : begin + length])


def seal_of(content_hash: object, digest: str) -> str:
    """What ties the content hash of what was packed to the file that has this digest."""
    return sha256(f"{content_hash} {digest}".encode()).hexdigest()


def opened(path: object) -> Container:
    """The bundle in a file. Raises `BundleError` for one that is none, `MutandisError` for what names no file."""
    if not isinstance(path, str | PathLike):
        raise MutandisError(f'`path` is the file of a bundle, such as `"statutes.bundle"`, not `{str(path)[:40]}`')
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib would be half of what opening a bundle costs
            data = file.read()
    except ValueError as wrong:  # signs that no name of a file has
        raise MutandisError(f"`path` names no file: {str(path)[:40]!a}") from wrong
    return unpack(data, str(path))


def unpack(data: bytes, name: str) -> Container:
    """The bundle in `data`. `name` is the file's, for the error. Raises `BundleError`."""
    if len(data) > LARGEST:
        raise BundleError(f"`{name}` is larger than any bundle: {len(data)} bytes")
    line, newline, body = data.partition(b"\n")
    header = _header(line[:1000]) if newline else None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise BundleError(f"`{name}` is not a bundle: write one with `mutandis bundle`")
    if header.get("version") != VERSION:
        raise BundleError(
            f"`{name}` is a bundle of format version {header.get('version')}, this library reads version {VERSION}: "
            "write it again with the library that reads it"
        )
    size = header.get("size")
    if type(size) is not int or size != len(body):
        shorter = type(size) is int and len(body) < size
        raise BundleError(
            f"`{name}` is {'truncated' if shorter else 'longer than it was written'}: "
            f"{len(body)} bytes after the header, not {str(size)[:20]}"
        )
    digest = sha256(body).hexdigest()
    if header.get("sha256") != digest:
        raise BundleError(f"`{name}` was altered: its content does not have the hash in its header")
    length, _, _rest = body[:20].partition(b"\n")
    start = len(length) + 1 + int(length) if length.isdigit() else len(body) + 1
    if start > len(body):
        raise BundleError(f"`{name}` has no index")
    said = header.get("content_hash")
    is_sealed = header.get("seal") == seal_of(said, digest)
    index = _index(body[len(length) + 1 : start], len(body) - start, name)
    return Container(body, start, index, str(said) if is_sealed else digest)


def _header(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):  # nested so deep that no header is
        return None


def _index(listing: bytes, room: int, name: str) -> dict[str, dict[str, list[int]]]:
    """Where each record stands, every one inside the `room` bytes of records."""
    try:
        index = json.loads(listing)
        for entries in index.values():
            for offset, length in entries.values():
                if type(offset) is not int or type(length) is not int or not 0 <= offset <= offset + length <= room:
                    raise ValueError
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise BundleError(f"`{name}` has no index that could be read") from None
    found: dict[str, dict[str, list[int]]] = index
    return found
