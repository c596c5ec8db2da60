"""What files say that the linked program keeps as it is: laws and their instruments, when something is in force,
deadlines and what a penalty threatens.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from typing import Literal

from mutandis.citation import CitationRange, CitedBy
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass
from mutandis.source import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Instrument:
    """An enacting or amending instrument: number, promulgation, and the day (or days, by provision) it took effect."""

    id: str
    title: str
    promulgated: dt.date
    enforced: dt.date | None
    enforced_parts: tuple[tuple[CitationRange, dt.date], ...] = ()
    note: str = ""
    spans: tuple[tuple[CitationRange, Span], ...] = field(default=(), compare=False)

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days from which it, or a part of it, is in force, each once and in order."""
        days = {self.enforced, *(day for _, day in self.enforced_parts)}
        return tuple(sorted(day for day in days if day is not None))


@dataclass(frozen=True, slots=True)
class Law:
    """A law of the rulebook. `rank` orders laws (S8): lower is higher (act 1, decree 2). `parent` is a decree's act.

    `cited_by` is what its articles are called when they are cited: `Art. 77`, `§ 12`.
    """

    id: str
    title: str
    short: str
    rank: int
    parent: str = ""
    instruments: tuple[Instrument, ...] = ()
    cited_by: CitedBy = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Interval:
    """In force from `since` (included) to `until` (excluded); None is open."""

    since: dt.date | None = None
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """True if `day` lies in it."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    def is_to_come(self, day: dt.date) -> bool:
        """True if it begins after `day`."""
        return self.since is not None and day < self.since

    def meet(self, other: Interval) -> Interval:
        """Where both hold (possibly empty)."""
        starts = [d for d in (self.since, other.since) if d is not None]
        ends = [d for d in (self.until, other.until) if d is not None]
        return Interval(max(starts, default=None), min(ends, default=None))

    @property
    def is_empty(self) -> bool:
        """True if no day lies in it."""
        return self.since is not None and self.until is not None and self.since >= self.until


ALWAYS = Interval()


@dataclass(frozen=True, slots=True)
class Deadline:
    """`by`/`on`/`before` an expression (date or moment), or the law's own words (`without_delay`).

    `clock` `civil` moves a last day on a Saturday, Sunday or holiday to the next working day (S43), which a deadline in
    days, weeks, months or years has unless the rule or the counting of its event says otherwise; empty: as it falls.
    `done` is, once linked, what records the performance where a rule gives or deems that fact.
    """

    relation: Literal["by", "on", "before", "words"]
    expression: Expression | None
    words: str = ""
    clock: str = ""
    done: Expression | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class PenaltyOption:
    """One of the alternatives of a penalty: kind (`imprisonment_with_labour`, `fine`) and its ceiling."""

    kind: str
    ceiling: Expression | None
    text: str
