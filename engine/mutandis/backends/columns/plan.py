"""The slots of a unit over columns, and what has to be walked row by row besides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from mutandis.backends.columns.days import OffDays
from mutandis.backends.columns.lower import ColumnLowering
from mutandis.backends.columns.nodes import Maker, NotLowered, X, is_lit
from mutandis.backends.columns.spans import CALENDAR, USUAL_DAYS, USUAL_NUMBERS, Span
from mutandis.backends.columns.terms import LARGEST, Outside, Truth, Value, ends_of, none_of, sort_of, unknown_of
from mutandis.backends.unit import Unit
from mutandis.calendar.days_off import days_off_with
from mutandis.dataclass import dataclass
from mutandis.decide.names import Names
from mutandis.decide.plan import GroundSlot, NormSlots
from mutandis.ir import nodes as n
from mutandis.ir.component import LoweredGround, LoweredNorm
from mutandis.vocabulary import FactDeclaration


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """What finds a unit's slots in a table.

    `slots` are its truths in the order of its plan, `open` whether each parameter is left open, `bounds` the values of
    the bounds (None: it has no expression). Rows in which `by_row` holds are decided one by one: rules give
    a fact of theirs several values. `outsides` are the columns to fill beforehand.
    """

    slots: tuple[Truth, ...]
    open: tuple[X, ...]
    bounds: tuple[Value | None, ...]
    by_row: X
    outsides: tuple[Outside, ...]
    lowering: ColumnLowering

    def tops(self) -> list[X]:
        """All that may be worked out of it."""
        found = [x for slot in self.slots for x in slot]
        bounds = [(b.value, b.none, b.waits, *ends_of(b)) for b in self.bounds if b is not None]
        return [*found, *self.open, self.by_row, *(x for bound in bounds for x in bound)]


@dataclass(frozen=True, slots=True)
class Stated:
    """The facts of which tables have columns, and of which they say that there is none, or that they are unknown.

    Those in `full` are known in every row, and those in `usual` are days or numbers of a usual size (`spans`).
    """

    facts: frozenset[str]
    nones: frozenset[str] = frozenset()
    unknowns: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()
    usual: frozenset[str] = frozenset()

    def maker(self, facts: Mapping[str, FactDeclaration]) -> Maker:
        """A maker of expressions that knows this of their columns."""
        flags = {none_of(name) for name in self.nones} | {unknown_of(name) for name in self.unknowns}
        spans: dict[str, Span] = {}
        for name in self.facts:
            is_usual = name in self.usual
            match sort_of(facts[name].type):
                case "date":
                    spans[name] = USUAL_DAYS if is_usual else CALENDAR
                case "number":
                    spans[name] = USUAL_NUMBERS if is_usual else (-LARGEST, LARGEST)
        return Maker(self.full | flags, spans)


def plan_columns(
    unit: Unit,
    names: Names,
    stated: Stated,
    clock: Mapping[str, X],
    maker: Maker,
    holidays: frozenset[dt.date] | None = None,
    *,
    lists: bool = True,
) -> ColumnPlan:
    """The plan of a unit for tables that state these facts; `holidays` are all there are, where they are given.

    `lists` says whether what works it out has the members of lists.
    """
    parts = stated.facts, stated.nones, stated.unknowns
    off = OffDays(days_off_with(unit.lowered.days_off, holidays))
    return _Planning(unit, ColumnLowering(unit, names, *parts, dict(clock), maker, off, lists=lists)).plan()


@dataclass(slots=True)
class _Planning:
    unit: Unit
    lowering: ColumnLowering

    def plan(self) -> ColumnPlan:
        unit, lowering, m = self.unit, self.lowering, self.lowering.maker
        parameters = {name: self._parameter(name) for name in unit.plan.parameters}
        is_open = {name: self._is_open(name, value) for name, value in parameters.items()}
        slots: dict[int, Truth] = {}
        bounds: list[Value | None] = [None] * unit.plan.bounds
        by_row: list[X] = []
        for places, norm in zip(unit.plan.norms, unit.lowered.norms, strict=True):
            self._norm(places, norm, slots, bounds, is_open, by_row)
        for place, penalty in zip(unit.plan.penalties, unit.lowered.penalties, strict=True):
            slots[place] = lowering.truth(penalty)
        # Every derived fact is worked out, read or not: one that rules contradict each other on shows in each decision.
        for fact in unit.lowered.derived:
            read = n.Read("derived", fact.name, fact.type)
            if n.is_truth(read):
                lowering.truth(read)
            else:
                lowering.truth(n.Present(read))
        return ColumnPlan(
            slots=tuple(slots[place] for place in range(unit.plan.truths)),
            open=tuple(is_open.values()),
            bounds=tuple(bounds),
            by_row=m.any_of(*by_row, *lowering.conflicts),
            outsides=tuple(lowering.outsides.values()),
            lowering=lowering,
        )

    def _parameter(self, name: str) -> Value | Truth | None:
        read = n.Read("fact", name, self.unit.plan.parameters[name].type)
        if n.is_truth(read):
            return self.lowering.truth(read)
        try:
            return self.lowering.value(read)
        except NotLowered:
            return None

    def _is_open(self, name: str, value: Value | Truth | None) -> X:
        m = self.lowering.maker
        if value is None:  # what has no expression is stated, or not, in a column all the same
            known = m.col(name, "word") if name in self.lowering.stated else m.lit(None, "word")
            return m.is_null(known)
        if isinstance(value, Truth):
            return m.false  # a truth is no gap
        return m.all_of(m.is_null(value.value), m.negate(value.none))

    def _norm(
        self,
        places: NormSlots,
        norm: LoweredNorm,
        slots: dict[int, Truth],
        bounds: list[Value | None],
        is_open: Mapping[str, X],
        by_row: list[X],
    ) -> None:
        lowering, m = self.lowering, self.lowering.maker
        base = lowering.truth(norm.base)
        slots[places.base] = base

        def gated(truth: Truth) -> Truth:
            """What cannot matter because the norm is not triggered is false."""
            if places.part_beats or is_lit(base.known, True):
                return truth
            if base.known.sure:
                return Truth(m.gated(base.known, truth.known), m.case(base.known, truth.waits, m.settled))
            never = m.fails(base.known)
            return Truth(m.case(never, m.false, truth.known), m.case(never, m.settled, truth.waits))

        for slot, ground in zip(places.grounds, norm.grounds, strict=True):
            for place, node in _grounds(slot, ground):
                slots[place] = gated(lowering.truth(node))
        for place, exclusion in zip(places.exclusions, norm.exclusions, strict=True):
            slots[place] = gated(lowering.truth(exclusion))
        for requirement_slot, requirement in zip(places.requires, norm.requires, strict=True):
            holds = lowering.truth(requirement.holds)
            if requirement_slot.bound is not None and requirement.limit is not None:
                open_ = is_open[requirement.parameter]
                holds = Truth(m.case(open_, m.true, holds.known), m.case(open_, m.settled, holds.waits))
                try:
                    bounds[requirement_slot.bound.value] = self._bound(lowering.value(requirement.limit), base, places)
                except NotLowered:
                    by_row.append(m.all_of(open_, m.negate(m.fails(base.known))))
            slots[requirement_slot.truth] = gated(holds)

    def _bound(self, value: Value, base: Truth, places: NormSlots) -> Value:
        """A bound; one of a norm that is not triggered is not read, which `waits` of 0 says."""
        m = self.lowering.maker
        if places.part_beats or is_lit(base.known, True):
            return value
        never = m.fails(base.known)
        return value._replace(waits=m.case(never, m.lit(0, "waits"), value.waits))


def _grounds(slot: GroundSlot, ground: LoweredGround) -> list[tuple[int, n.Node]]:
    found = [(slot.truth, ground.holds())]
    for inner_slot, inner in zip(slot.inner, ground.inner, strict=True):
        found += _grounds(inner_slot, inner)
    return found
