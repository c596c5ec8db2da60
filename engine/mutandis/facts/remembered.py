"""What values of facts were read as, from case to case: most cases say again what others said, in the same words.

It belongs to one vocabulary. Only what was read without a fault is remembered, of each fact a bounded number of values
that cannot change, under the very type they came in (`1` is not `yes`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from sys import intern
from typing import Any

from mutandis.facts import Facts
from mutandis.facts.written import Misfit, read_value
from mutandis.vocabulary import FactDeclaration

MOST_READINGS = 256
"""How many values of one fact are remembered."""
_LONGEST = 64
_CITING = ("provision", "period")
"""Kinds of facts that name a provision, which is looked for in the law."""
_LASTING = (str, bool, int, dt.date, dt.datetime, type(None))


class _Fact:
    """A fact of which something was read: its name, its declaration, and each value with its type and its reading."""

    __slots__ = ("declared", "name", "readings")

    def __init__(self, name: str, declared: FactDeclaration) -> None:
        self.name = intern(name)  # the very string that compiled code asks by
        self.declared = declared
        self.readings: dict[object, tuple[type, object]] = {}

    def keep(self, value: object, read: object) -> None:
        """Remember a reading, where the value can be told again by looking at it."""
        if type(value) in _LASTING and not (type(value) is str and len(value) > _LONGEST):
            if len(self.readings) >= MOST_READINGS:
                self.readings.clear()
            self.readings[value] = type(value), read


class Remembered:
    """By name of a fact, and by name of a term and then of its attribute, what was read of it."""

    __slots__ = ("_derived", "_facts")

    def __init__(self) -> None:
        self._facts: dict[str, Any] = {}
        self._derived: set[str] = set()

    def keep(self, name: str, declared: FactDeclaration, value: object, read: object, derived: bool) -> None:
        """Remember that `value` was read as `read`; lists of members are always read anew.

        `derived` is True for a fact that rules give, which a case states in place of its definition.
        """
        if derived:
            self._derived.add(name)
        fact = self._facts.get(name)
        if fact is None:
            term, _, attribute = name.partition(".")
            fact = self._facts[name] = _Fact(name, declared)
            self._facts.setdefault(term, {})[attribute] = fact
        fact.keep(value, read)

    def reading(self, name: str, value: object) -> tuple[str, object] | None:
        """The fact's name and what `value` was read as; None where it is not remembered."""
        fact = self._facts.get(name)
        if type(fact) is not _Fact or type(value) not in _LASTING:
            return None
        found = fact.readings.get(value)
        return (fact.name, found[1]) if found is not None and found[0] is type(value) else None

    def read(self, stated: Mapping[str, object]) -> Facts | None:
        """The facts where all of them are remembered; None where one has to be read with more care."""
        native: dict[str, object] = {}
        taken = _take(stated, self._facts, native)
        # Fewer than were taken: one is given twice.
        return Facts(native, self._derived.isdisjoint(native)) if taken == len(native) else None


def _take(stated: Mapping[str, object], facts: Mapping[str, Any], native: dict[str, object]) -> int:
    """Put the facts into `native`; how many there were, -1 where one has to be read with more care."""
    taken = 0
    for key, value in stated.items():
        fact = facts.get(key)
        if type(fact) is _Fact:
            try:
                reading = fact.readings.get(value)
            except TypeError:  # several words in a list: that has no hash
                reading = None
            if reading is not None and reading[0] is type(value):
                native[fact.name] = reading[1]
            else:
                if fact.declared.type.kind in _CITING:
                    return -1
                read = read_value(fact.name, fact.declared, value)
                if isinstance(read, Misfit):
                    return -1
                fact.keep(value, read)
                native[fact.name] = read
            taken += 1
            continue
        if fact is None or type(value) is not dict:
            return -1
        inner = _take(value, fact, native)
        if inner < 0:
            return -1
        taken += inner
    return taken
