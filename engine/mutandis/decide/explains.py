"""What a decision asks of the unit that decided, whichever back end is behind it: types alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from mutandis.condition.tree import Expression
from mutandis.decide.asked import Again, Setting
from mutandis.decide.names import Names
from mutandis.decide.plan import Detail, Plan
from mutandis.decide.result import Decision
from mutandis.link.program import Program
from mutandis.link.read_through import PresumedEvent

if TYPE_CHECKING:
    from mutandis.decide.shape import Shape


class Recounted(NamedTuple):
    """A place by which a unit counts, the facts that what is counted reads, and units that count otherwise."""

    place: str
    facts: frozenset[str]
    otherwise: tuple[Explains, ...]


class InDetail(Protocol):
    """A unit looked at in detail."""

    def detail(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        again: Again | None = None,
    ) -> tuple[tuple[Any, ...], Detail, Names]: ...
    def truths_of(
        self,
        conditions: tuple[Expression, ...],
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        again: Again | None = None,
    ) -> tuple[int, ...]: ...
    def norms_asked(
        self, facts: Mapping[str, object], setting: Setting, again: Again
    ) -> Iterator[tuple[str, Shape, int]]: ...
    def events(self) -> tuple[PresumedEvent, ...]: ...
    def recounted(self) -> tuple[Recounted, ...]: ...
    def behind(self, expressions: list[Expression]) -> tuple[str, ...]: ...
    def facts_in_order(self) -> tuple[str, ...]: ...
    def facts_by_norm(self) -> list[tuple[str, ...]]: ...
    def decide_again(self, facts: Mapping[str, object], setting: Setting, again: Again) -> Decision: ...
    def rests_on(self) -> frozenset[str]: ...
    def of_anybody(self, facts: Mapping[str, object], setting: Setting) -> Decision | None: ...


class Explains(Protocol):
    """What explanations ask of the unit that decided; `memory` keeps what they work out from the unit alone."""

    @property
    def program(self) -> Program: ...
    @property
    def plan(self) -> Plan: ...
    @property
    def memory(self) -> dict[str, Any]: ...
    @property
    def version(self) -> dt.date: ...
    @property
    def explained(self) -> InDetail: ...
