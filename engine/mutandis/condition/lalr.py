"""Runs a text through the tables of an LALR grammar, and builds what the text means as it goes.

The tables are data that stand beside the grammar (`tables.json`, written by `tools/grammar`); the run is ours, since
most conditions are a few words long and a general parser spends its time on trees, positions and copies that nobody
looks at. Which terminals can stand next decides how the next one is read. A text that the grammar does not have is told
by the place where it stops being one, and by what could have stood there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
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

    `ignored` are the terminals between the others, `every_terminal` matches any terminal wherever it stands.
    """

    start: int
    end: int
    scanners: Scanners
    every_terminal: str
    actions: Sequence[Mapping[str, int | Production]]
    gotos: Sequence[Mapping[str, int]]
    ignored: frozenset[str]


class Scanners(dict[int, re.Pattern[str]]):
    """What matches the next terminal in a state, compiled when the state is first come to."""

    def __init__(self, patterns: Sequence[str], of_states: Sequence[int]) -> None:
        self._patterns = patterns
        self._of_states = of_states

    def __missing__(self, state: int) -> re.Pattern[str]:
        # Many states share a pattern; `re` keeps what it compiled.
        found = self[state] = re.compile(self._patterns[self._of_states[state]])
        return found


def read_tables(data: Mapping[str, Any]) -> Tables:
    """The tables in the file of them."""
    productions = [
        Production(size, origin, name, tuple(kept), is_group, is_transparent)
        for size, origin, name, kept, is_group, is_transparent in data["productions"]
    ]
    actions = [
        {symbol: number if number >= 0 else productions[-1 - number] for symbol, number in row.items()}
        for row in data["actions"]
    ]
    return Tables(
        data["start"],
        data["end"],
        Scanners(data["patterns"], data["scanners"]),
        data["every_terminal"],
        actions,
        data["gotos"],
        frozenset(data["ignored"]),
    )


class Built(NamedTuple):
    """What a text means, and how many levels of constructs it has."""

    value: Any
    depth: int


class Stopped(NamedTuple):
    """The offset at which a text stops being one of the grammar, and the terminals that could have stood there."""

    offset: int
    could_stand: frozenset[str]


class _Group(NamedTuple):
    values: list[Any]


def run(tables: Tables, text: str, construct: Construct) -> Built | Stopped:
    """What `text` means, made by `construct`, or where it stops being a text of the grammar."""
    scanners, actions, gotos, ignored = tables.scanners, tables.actions, tables.gotos, tables.ignored
    states, values, starts, ends, depths = [tables.start], list[Any](), list[int](), list[int](), list[int]()
    position, length = 0, len(text)
    while True:
        match = scanners[states[-1]].match
        terminal, begin = END, position
        while position < length:
            found = match(text, position)
            if found is None:
                return _unread(tables, text, position, states)
            begin, position = position, found.end()
            if found.lastgroup not in ignored:
                terminal = found.lastgroup or ""
                break
        while True:
            action = actions[states[-1]].get(terminal)
            if action is None:
                offset = len(text.rstrip()) if terminal is END else begin
                return Stopped(offset, _could_stand(tables, states))
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


def _unread(tables: Tables, text: str, position: int, states: list[int]) -> Stopped:
    """Where no terminal that can come next is read: another one is, or no terminal at all."""
    match = re.compile(tables.every_terminal).match
    while (found := match(text, position)) is not None:
        if found.lastgroup not in tables.ignored:
            return Stopped(position, _could_stand(tables, states))
        position = found.end()
    return Stopped(position, frozenset(tables.actions[states[-1]]) - {END})


def _could_stand(tables: Tables, states: list[int]) -> frozenset[str]:
    """The terminals that, with all that they complete, lead on from here."""
    return frozenset(terminal for terminal in tables.actions[states[-1]] if _leads_on(tables, states, terminal))


def _leads_on(tables: Tables, states: list[int], terminal: str) -> bool:
    stack = [*states]
    while True:
        action = tables.actions[stack[-1]].get(terminal)
        if not isinstance(action, Production):
            return action is not None
        del stack[len(stack) - action.size :]
        stack.append(tables.gotos[stack[-1]][action.origin])
        if terminal == END and stack[-1] == tables.end:
            return True


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
