"""Decisions and their parts as JSON text, without the detour over data: what a service answers with.

The text is that of `as_data`, compact. How a record is written is worked out once for its type; a record that says the
same as one written before (a place with its summary, a norm that was considered) is not written again, and of a
decision neither what its shape gives nor what cases told alike have in common. The whole is kept with the question, as
what was worked out of it is.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring as quote
from operator import attrgetter
from typing import Any

from mutandis.decide.decision import OF_SHAPE, CompiledDecision
from mutandis.decide.parts import kept_with
from mutandis.decide.result import Breach, Cited, Decision, Note, SourceStep, as_data
from mutandis.decide.result_parts import Authority, Beaten, Considered, Irrelevant, Stand, Threat
from mutandis.errors import MutandisError
from mutandis.values import Duration, Period, Sum
from mutandis.vocabulary import Division

MOST_TEXTS = 4096
"""How many written records are remembered, and how many rows of them."""

_Writer = Callable[[Any], str]
_OF_TEXT = frozenset(
    {Authority, Beaten, Breach, Cited, Considered, Division, Irrelevant, Note, SourceStep, Stand, Threat}
)
"""The records that hold nothing but text, so that equal ones are written alike."""
_TOLD_ALIKE = frozenset({"notes", "irrelevant", "considered", "authority"})
"""The fields of a decision that many cases have as one and the same row."""
_ROWS: dict[int, tuple[object, str]] = {}
_WRITERS: dict[type, _Writer] = {
    str: quote,
    bool: lambda value: "true" if value else "false",
    type(None): lambda value: "null",
    int: str,
}


def as_json(value: object) -> str:
    """`value`, a decision or a part of one, as JSON text: what `json.dumps` makes of `as_data(value)`, compact.

    >>> as_json(("act/77(1)", True, None))
    '["act/77(1)",true,null]'
    """
    kind = type(value)
    write = _WRITERS.get(kind)
    if write is None:
        write = _WRITERS[kind] = _writer_of(kind)
    return write(value)


def _writer_of(kind: type) -> _Writer:
    if issubclass(kind, Enum):
        return {member: as_json(member.value) for member in kind}.__getitem__
    if kind is CompiledDecision:
        return _decision()
    if is_dataclass(kind) and not issubclass(kind, (Duration, Sum, Period)):
        write = _record(tuple(field.name for field in fields(kind)))
        return lru_cache(MOST_TEXTS)(write) if kind in _OF_TEXT else write
    if issubclass(kind, (tuple, list)):
        return _array
    return _scalar


def _record(names: tuple[str, ...]) -> _Writer:
    first, *others = [(f"{quote(name)}:", name) for name in names]
    keys = [(f"{{{first[0]}", first[1]), *((f",{key}", name) for key, name in others)]

    def write(value: Any) -> str:
        return "".join([key + as_json(getattr(value, name)) for key, name in keys]) + "}"

    return write


def _decision() -> _Writer:
    """What the shape gives is written once for a shape, with the keys of all fields; rows that cases have in common
    once."""
    names = tuple(field.name for field in fields(Decision))
    own = tuple(name for name in names if name not in OF_SHAPE)
    writers = [_row if name in _TOLD_ALIKE else as_json for name in own]
    parts_of = attrgetter(*own)

    def frame(value: Any) -> list[str]:
        """What stands before each part that is the case's own, and after the last of them."""
        found, text = list[str](), "{"
        for name in names:
            text += f"{quote(name)}:"
            if name in OF_SHAPE:
                text += f"{as_json(getattr(value, name))},"
            else:
                found.append(text)
                text = ","
        return [*found, f"{text.removesuffix(',')}}}"]

    def whole(value: Any) -> str:
        text = [""] * (2 * len(own) + 1)
        text[::2] = value._shape.kept("of shape", "json", lambda: frame(value))
        text[1::2] = ["[]" if part == () else write(part) for write, part in zip(writers, parts_of(value), strict=True)]
        return "".join(text)

    def write(value: Any) -> str:
        text: str = kept_with(value, "json", lambda _: whole(value))
        return text

    return write


def _row(value: Any) -> str:
    """A row that lives as long as the shape of the cases that have it in common; the row is held, so its id is its."""
    known = _ROWS.get(id(value))
    if known is None:
        if len(_ROWS) >= MOST_TEXTS:
            _ROWS.clear()
        known = _ROWS[id(value)] = value, _array(value)
    return known[1]


def _array(value: Any) -> str:
    return f"[{','.join([as_json(item) for item in value])}]" if value else "[]"


def _scalar(value: object) -> str:
    try:
        return json.dumps(as_data(value), ensure_ascii=False, separators=(",", ":"))
    except (TypeError, ValueError) as wrong:
        raise MutandisError(f"`{str(value)[:40]}` is no part of a decision, and not of JSON's types") from wrong
