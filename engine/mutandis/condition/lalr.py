"""Runs a text through the tables of an LALR grammar, and builds what the text means as it goes.

The tables are those that the grammar's library works out (`parse.py` hands them over); the run is ours, since most
conditions are a few words long and a general parser spends its time on trees, positions and copies that nobody looks
at. Which terminals can stand next decides how the next one is read. A text that the grammar does not have gives None:
why is for the library to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

END = "$END"
"""The terminal after the last character."""

Construct = Callable[[str, list[Any], list["Word"], int, int], Any]
"""What makes a value: `f(construct, values, words, start, end)`, offsets in the text, the end excluded."""


class Word(str):
    """A terminal that the grammar keeps: its text, its kind, and where it stands in the whole."""

    __slots__ = ("end", "start", "type")

    def __new__(cls, text: str, type: str, start: int) -> Word:
        word = super().__new__(cls, text)
        word.type = type
        word.start = start
        word.end = start + len(text)
        return word

    type: str
    start: int
    end: int


class Production(NamedTuple):
    """What happens when the right side of a rule is complete.

    `size` values become one: the construct `name`, made of the values at the places `kept`, in which a group is taken
    apart. With `is_group` they are only kept together, for the rule around; with `is_transparent` a lone value stands
    for itself. `origin` says where to go from here.
    """

    size: int
    origin: str
    name: str
    kept: tuple[int, ...]
    is_group: bool
    is_transparent: bool


class Tables(NamedTuple):
    """A grammar, worked out: by state, how the next terminal is matched and what then follows, a state or a production.

    `ignored` are the terminals between the others.
    """

    start: int
    end: int
    scanners: Mapping[int, re.Pattern[str]]
    actions: Mapping[int, Mapping[str, int | Production]]
    gotos: Mapping[int, Mapping[str, int]]
    ignored: frozenset[str]


class Built(NamedTuple):
    """What a text means, and how many levels of constructs it has."""

    value: Any
    depth: int


class _Group(NamedTuple):
    values: list[Any]


def run(tables: Tables, text: str, construct: Construct) -> Built | None:
    """What `text` means, made by `construct`; None where the grammar has no such text."""
    scanners, actions, gotos, ignored = tables.scanners, tables.actions, tables.gotos, tables.ignored
    states, values, starts, ends, depths = [tables.start], list[Any](), list[int](), list[int](), list[int]()
    position, length = 0, len(text)
    while True:
        match = scanners[states[-1]].match
        terminal, begin = END, position
        while position < length:
            found = match(text, position)
            if found is None:
                return None
            begin, position = position, found.end()
            if found.lastgroup not in ignored:
                terminal = found.lastgroup or ""
                break
        while True:
            action = actions[states[-1]].get(terminal)
            if action is None:
                return None
            if type(action) is int:
                states.append(action)
                values.append(None if terminal[0] == "_" else Word(text[begin:position], terminal, begin))
                starts.append(begin)
                ends.append(position)
                depths.append(0)
                break
            assert isinstance(action, Production)
            size = action.size
            if size == 1:
                if not action.is_transparent:
                    made, depth = _make(action, values[-1:], depths[-1], construct, starts[-1], ends[-1])
                    values[-1], depths[-1] = made, depth
                del states[-1]
            else:
                start, end = starts[-size], ends[-1]
                made, depth = _make(action, values[-size:], max(depths[-size:]), construct, start, end)
                for stack in (states, values, starts, ends, depths):
                    del stack[-size:]
                values.append(made)
                starts.append(start)
                ends.append(end)
                depths.append(depth)
            states.append(gotos[states[-1]][action.origin])
            if terminal is END and states[-1] == tables.end:
                return Built(values[-1], depths[-1])


def _make(
    production: Production, values: list[Any], depth: int, construct: Construct, start: int, end: int
) -> tuple[Any, int]:
    """The value of a production, and its levels."""
    parts: list[Any] = []
    for place in production.kept:
        value = values[place]
        if type(value) is _Group:
            parts.extend(value.values)
        else:
            parts.append(value)
    if production.is_group:
        return _Group(parts), depth
    if production.is_transparent and len(parts) == 1:
        return parts[0], depth
    words = [part for part in parts if type(part) is Word]
    others = [part for part in parts if type(part) is not Word]
    return construct(production.name, others, words, start, end), depth + 1
