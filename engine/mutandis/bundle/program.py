"""A linked program read from a bundle part by part.

Actions, derived facts and declared facts are tables that decode an entry when it is first read, so opening a bundle
costs the same for a small rulebook and a large one. Two threads may decode the same entry at once; both get equal ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from mutandis.bundle.container import Container
from mutandis.bundle.records import decode
from mutandis.calendar.days_off import DayOff, DaysOff, Weekly
from mutandis.link.program import Program
from mutandis.vocabulary import Vocabulary

Entry = TypeVar("Entry")


class Table(Mapping[str, Entry], Generic[Entry]):
    """One section of a bundle as a mapping; entries are `decoded` on first reading and kept."""

    __slots__ = ("_container", "_names", "_section", "decoded")

    def __init__(self, container: Container, section: str) -> None:
        self._container = container
        self._section = section
        self._names = dict.fromkeys(container.names(section))
        self.decoded: dict[str, Entry] = {}

    def __getitem__(self, name: str) -> Entry:
        entry = self.decoded.get(name)
        if entry is None:
            entry = decode(self._container.record(self._section, name))
            self.decoded[name] = entry
        return entry

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


WHOLE = ("external", "delegations", "clauses", "bringing", "event_clauses", "gaps")
"""The parts of a program that a bundle holds whole."""


def program_of(container: Container) -> Program:
    """The program in an open bundle."""
    return Program(
        laws=Table(container, "laws"),
        vocabulary=Vocabulary(
            terms=Table(container, "terms"), facts=Table(container, "facts"), actions=Table(container, "actions")
        ).with_lists(dict(decode(container.record("whole", "lists")))),
        components=Table(container, "components"),
        derived=Table(container, "derived"),
        effective=Table(container, "effective"),
        provisions=Table(container, "provisions"),
        content_hash=container.content_hash,
        days_off=_calendar_of(container),
        **{name: decode(container.record("whole", name)) for name in WHOLE},
    )


# --- the calendar -----------------------------------------------------------------------------------------------------


def _calendar_of(container: Container) -> DaysOff:
    name, first, last, weekly = decode(container.record("whole", "days_off"))
    return DaysOff(
        name,
        first,
        last,
        tuple(Weekly(weekday, since, DayOff(label, by)) for weekday, since, label, by in weekly),
        _Holidays(container),
    )


class _Holidays(Mapping[dt.date, DayOff]):
    """The dated days off of a bundle, decoded when a last day is first looked up among them."""

    __slots__ = ("_container", "_days")

    def __init__(self, container: Container) -> None:
        self._container = container
        self._days: dict[dt.date, DayOff] | None = None

    def _read(self) -> dict[dt.date, DayOff]:
        if self._days is None:
            found: dict[dt.date, DayOff] = {}
            for label, provision, *listed in decode(self._container.record("whole", "holidays")):
                why = DayOff(label, provision)
                found.update((dt.date.fromisoformat(day), why) for day in listed)
            self._days = dict(sorted(found.items()))
        return self._days

    def __getitem__(self, day: dt.date) -> DayOff:
        return self._read()[day]

    def __iter__(self) -> Iterator[dt.date]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())
