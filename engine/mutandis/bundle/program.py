"""A linked program written to a bundle, and read from one part by part.

Actions, derived facts and declared facts are tables that decode an entry when it is first read, so opening a bundle
costs the same for a small rulebook and a large one. Two threads may decode the same entry at once; both get equal ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from mutandis.bundle.container import Container, pack
from mutandis.bundle.records import decode, encode
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


_TABLES = ("components", "derived", "effective", "laws", "provisions")
_WORDS = ("terms", "facts", "actions")
_WHOLE = ("external", "delegations", "clauses", "bringing", "event_clauses", "gaps")


def bundle_of(program: Program) -> bytes:
    """The program as the bytes of a bundle."""
    sections: dict[str, dict[str, object]] = {
        name: {key: encode(value) for key, value in getattr(program, name).items()} for name in _TABLES
    }
    for name in _WORDS:
        sections[name] = {key: encode(value) for key, value in getattr(program.vocabulary, name).items()}
    sections["whole"] = {name: encode(getattr(program, name)) for name in _WHOLE}
    sections["whole"]["lists"] = [[name, term] for name, term in program.vocabulary.lists.items()]
    sections["whole"]["days_off"] = _calendar_record(program.days_off)
    sections["whole"]["holidays"] = _holidays_record(program.days_off.days)
    return pack(sections, program.content_hash)


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
        **{name: decode(container.record("whole", name)) for name in _WHOLE},
    )


# --- the calendar -----------------------------------------------------------------------------------------------------


def _calendar_record(days_off: DaysOff) -> object:
    weekly = tuple((w.weekday, w.since, w.why.label, w.why.provision) for w in days_off.weekly)
    return encode((days_off.name, days_off.first, days_off.last, weekly))


def _holidays_record(days: Mapping[dt.date, DayOff]) -> object:
    """What makes days holidays, each with its days: most are a holiday for the same reason every year."""
    by_reason: dict[DayOff, list[str]] = {}
    for day, why in sorted(days.items()):
        by_reason.setdefault(why, []).append(day.isoformat())
    return [[why.label, why.provision, *listed] for why, listed in by_reason.items()]


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
