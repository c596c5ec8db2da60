"""Decisions and their parts as JSON text, without the detour over data: what a service answers with.

The text is that of `as_data`, compact. How a record is written is worked out once for its type; a record that says the
same as one written before (a place with its summary, a norm that was considered) is not written again.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from json.encoder import encode_basestring as quote
from typing import Any

from mutandis.decide.result import (
    Authority,
    Beaten,
    Breach,
    Cited,
    Considered,
    Irrelevant,
    Note,
    SourceStep,
    Stand,
    Threat,
    as_data,
)
from mutandis.values import Duration, Period, Sum
from mutandis.vocabulary import Division

MOST_TEXTS = 4096
"""How many written records are remembered."""

_Writer = Callable[[Any], str]
_OF_TEXT = frozenset(
    {Authority, Beaten, Breach, Cited, Considered, Division, Irrelevant, Note, SourceStep, Stand, Threat}
)
"""The records that hold nothing but text, so that equal ones are written alike."""
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


def _array(value: Any) -> str:
    return f"[{','.join([as_json(item) for item in value])}]" if value else "[]"


def _scalar(value: object) -> str:
    return json.dumps(as_data(value), ensure_ascii=False, separators=(",", ":"))
