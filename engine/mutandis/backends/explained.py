"""What explanations ask of a unit: what every part of it comes to, other conditions, and what an answer can turn on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from mutandis.backends.detail import detail_of
from mutandis.backends.unit import MOST_SHAPES, Function, Unit, clocks, names_of
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.decide.asked import Again, Setting
from mutandis.decide.explains import Recounted
from mutandis.decide.names import Names
from mutandis.decide.plan import Detail
from mutandis.decide.result import Decision
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import ValueConflict
from mutandis.ir.component import Lowered, lower_component
from mutandis.link.read_through import PresumedEvent, facts_read, presumed_events
from mutandis.link.reads import of_component, of_deadlines, of_norm, references

if TYPE_CHECKING:
    from mutandis.backends.backend import Applications


@dataclass(frozen=True, slots=True)
class _Conditions:
    """Conditions that were asked about, and what finds their truths."""

    conditions: tuple[t.Expression, ...]
    function: Function
    lowered: Lowered
    names: Names


def asked_units(applications: Applications, citations: Iterable[str], version: dt.date) -> Iterator[Unit]:
    """What tells whether the norms at these places apply, and the norms that those ask about in turn."""
    pending, seen = list(citations), set[str]()
    while pending:
        citation = pending.pop()
        if citation not in seen:
            seen.add(citation)
            for unit, _ in applications.effective(citation, version):
                yield unit
                pending += unit.lowered.applies


def read_by_norms(applications: Applications, citations: Iterable[str], version: dt.date) -> set[str]:
    """The facts that tell whether the norms at these places apply, and the norms that those ask about in turn."""
    return set[str]().union(*(unit.reads for unit in asked_units(applications, citations, version)))


class Explained:
    """A unit looked at in detail. Each function is made at first use, and what is found of the unit alone is kept."""

    __slots__ = ("_conditions", "_detail", "_events", "_facts", "_recounted", "_unit")

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._detail: dict[bool, tuple[Function, Detail, Lowered, Names]] = {}
        self._conditions: dict[tuple[int, ...], _Conditions] = {}
        self._facts: list[tuple[str, ...]] = []
        self._events: tuple[PresumedEvent, ...] | None = None
        self._recounted: tuple[Recounted, ...] | None = None

    def detail(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        again: Again | None = None,
        settle: bool = True,
    ) -> tuple[tuple[Any, ...], Detail, Names]:
        """What the detailed function finds, where it puts it, and the names it waits for.

        Where rules give a fact different values the first serves; without `settle`, raises `ValueConflict`.
        """
        choosing = bool(choices)
        function, places, lowered, names = self._unit.kept(self._detail, choosing, lambda: self._detailed(choosing))
        call = self._unit.call(facts, at, holidays, choices, (lowered, names), again)
        today, now = clocks(at)
        try:
            return function(facts, at, today, now, call, holidays), places, call.names
        except ValueConflict as conflict:
            if not settle:
                raise
            # The verdict does not turn on it, or it would have been decided under each: the first value serves.
            return self.detail(facts, at, holidays, {**(choices or {}), conflict.fact: conflict.values[0]}, again)

    def truths_of(
        self,
        conditions: tuple[t.Expression, ...],
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        again: Again | None = None,
    ) -> tuple[int, ...]:
        """The truth of each of some conditions, whether or not a norm of the unit has them."""
        if not conditions:
            return ()
        # By identity: conditions are trees, which are long to hash; those that are kept are not freed for others.
        key = tuple(map(id, conditions))
        kept = self._conditions.get(key)
        if kept is None:
            nothing = replace(self._unit.plan.component, norms=(), penalties=())
            lowered = lower_component(self._unit.program, nothing, self._unit.version, also=conditions)
            names = names_of(lowered)
            function = self._unit.backend.detailed(lowered, lowered.also, names, True)
            kept = _Conditions(conditions, function, lowered, names)
            if len(self._conditions) >= MOST_SHAPES:
                self._conditions.clear()
            self._conditions[key] = kept
        call = self._unit.call(facts, at, holidays, choices, (kept.lowered, kept.names), again)
        found: tuple[int, ...] = kept.function(facts, at, *clocks(at), call, holidays)
        return found

    def norms_asked(
        self, facts: Mapping[str, object], setting: Setting, again: Again
    ) -> Iterator[tuple[str, Shape, int]]:
        """Each norm of another action that a condition asks about, and those that its conditions ask about in turn: as
        what it is asked about, what decides whether it applies, and its position there."""
        unit, asked = self._unit, list(self._unit.lowered.applies)
        for asked_about in asked:  # it grows
            for other, position in unit.applications.effective(asked_about, unit.version):
                asked += [one for one in other.lowered.applies if one not in asked]
                call = other.call(facts, *setting, again=again) if other.asks else None
                yield asked_about, other.shape_of_read(*other.read(facts, *setting, call)), position

    def decide_again(self, facts: Mapping[str, object], setting: Setting, again: Again) -> Decision:
        """The decision of the unit about another case, the fastest way there is. Raises `ValueConflict`."""
        unit, (at, holidays, choices) = self._unit, setting
        if unit.asks:
            return unit.decide_with(facts, at, holidays, choices, unit.call(facts, at, holidays, choices, again=again))
        if choices:
            return unit.decide_with(facts, at, holidays, choices)
        if again.in_doubt:
            return unit.decide_in_doubt(facts, at, holidays)
        return unit.decided(facts, at, holidays)

    def rests_on(self) -> frozenset[str]:
        """What it finds can rest on: facts, stated and derived, norms that it asks about, and what these rest on."""
        found: frozenset[str] | None = self._unit.memory.get("rests on")
        if found is None:
            units = _together(self._unit)
            derived = frozenset(fact.name for unit in units for fact in unit.lowered.derived)
            asked_about = frozenset(one for unit in units for one in unit.lowered.applies)
            found = derived.union(asked_about, *(unit.reads for unit in units))
            self._unit.memory["rests on"] = found
        return found

    def of_anybody(self, facts: Mapping[str, object], setting: Setting) -> Decision | None:
        """The decision about nobody in particular; None where the unit is about just that (S48)."""
        unit, component = self._unit, self._unit.plan.component
        if component is unit.program.components.get(component.action):
            return None
        whole = unit.applications.unit(component.action, None, unit.version)
        return whole.decide_in_doubt(facts, setting.at, setting.holidays)

    def events(self) -> tuple[PresumedEvent, ...]:
        """The events of which rules presume something, as `presumed_events` tells them."""
        if self._events is None:
            self._events = presumed_events(self._unit.program, self._unit.plan.component, self._unit.version)
        return self._events

    def recounted(self) -> tuple[Recounted, ...]:
        """The places by which the unit counts, as `recounted` finds them."""
        if self._recounted is None:
            from mutandis.backends.recounted import recounted

            self._recounted = recounted(self._unit)
        return self._recounted

    def facts_in_order(self) -> tuple[str, ...]:
        """Every fact the component's norms read, in order of first reading."""
        return self._all_facts()[-1]

    def facts_by_norm(self) -> list[tuple[str, ...]]:
        """The facts that each norm reads."""
        return self._all_facts()[:-1]

    def _all_facts(self) -> list[tuple[str, ...]]:
        if not self._facts:
            norms = [list(of_norm(slots.norm)) for slots in self._unit.plan.norms]
            self._facts = [*map(self.behind, norms), self.behind([e for expressions in norms for e in expressions])]
        return self._facts

    def behind(self, expressions: list[t.Expression]) -> tuple[str, ...]:
        """The facts that expressions read, and then those of the norms elsewhere that they ask about, and of what these
        rest on."""
        unit = self._unit
        _, asked_about = references(unit.program, expressions)
        there = asked_units(unit.applications, asked_about, unit.version)
        norms = (slots.norm for one in there for slots in one.plan.norms)
        return facts_read(unit.program, [*expressions, *(e for norm in norms for e in of_norm(norm))])

    def _detailed(self, choosing: bool) -> tuple[Function, Detail, Lowered, Names]:
        component = self._unit.plan.component
        read = self.behind([*of_component(component), *of_deadlines(component)])
        # What a norm that is asked about reads may be a fiction that the decision rests on.
        also = [
            *([self._unit.done] if self._unit.done else []),
            *(name for name in read if name in self._unit.program.derived),
        ]
        lowered = lower_component(
            self._unit.program, component, self._unit.version, deadlines=True, also=[t.Fact(name) for name in also]
        )
        detail, wanted = detail_of(lowered, lowered.also[0] if self._unit.done else None)
        # Names of its own: those of the unit stay as they are once its shapes are remembered by them.
        names = names_of(lowered)
        return self._unit.backend.detailed(lowered, wanted, names, choosing), detail, lowered, names


# --- what an answer can turn on ---------------------------------------------------------------------------------------


def _together(unit: Unit) -> list[Unit]:
    """The unit, and those that tell whether the norms apply that it asks about."""
    return [unit, *asked_units(unit.applications, unit.lowered.applies, unit.version)]


def reads_throughout(unit: Unit) -> frozenset[str]:
    """What it reads, and what tells whether the norms that it asks about apply: all that the verdict can turn on."""
    found: frozenset[str] | None = unit.memory.get("reads throughout")
    if found is None:
        found = unit.memory["reads throughout"] = frozenset[str]().union(*(one.reads for one in _together(unit)))
    return found


def is_timed(unit: Unit) -> bool:
    """True where the clock, or a day off, may tell as well."""
    return bool(clocks_throughout(unit))


def clocks_throughout(unit: Unit) -> frozenset[str]:
    """The clocks that the verdict can turn on, days off beside them."""
    found: frozenset[str] | None = unit.memory.get("clocks throughout")
    if found is None:
        found = frozenset[str]().union(*(one.lowered.clocks for one in _together(unit)))
        unit.memory["clocks throughout"] = found
    return found


def derives(unit: Unit) -> frozenset[str]:
    """The derived facts that the verdict can turn on."""
    units = _together(unit)
    read = (facts_read(unit.program, of_component(one.plan.component)) for one in units)
    return frozenset(name for names in read for name in names if name in unit.program.derived)
