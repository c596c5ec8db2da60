"""Deciding with compiled code: the units of a program, made when first asked for, and the way through them.

Nothing is shared between two engines, and an engine can be asked by several threads at once: a unit is made under a
lock, then only read, and what it remembers is written in single steps.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from threading import Lock

from mutandis.calendar import day_of
from mutandis.compile.decision import CompiledDecision, LateDecision, new_decision, set_asked, set_shape
from mutandis.compile.operations import NotTotal, ValueConflict
from mutandis.compile.payload import shown
from mutandis.compile.plan import plan_component
from mutandis.compile.reads import force_days, needs_of, of_component, of_deadlines
from mutandis.compile.ternary import TRUE, UNDEFINED, either, is_known, is_settled
from mutandis.compile.unit import Call, Unit, clocks
from mutandis.condition import tree as t
from mutandis.evaluate.milder import milder_of, under_each_law
from mutandis.evaluate.result import Decision, FactValue, Note, Verdict
from mutandis.link.program import Component, Program
from mutandis.values import UNKNOWN

MOST_CHOICES = 64
"""Under how many combinations of contradicting derived facts a case is decided."""

# What the total function raises where it cannot decide: a missing fact, one that is unknown or none, a date that leaves
# the calendar. None of them is an error: the three-valued function then says what the law says of such a case.
FALLS = (NotTotal, ValueConflict, KeyError, TypeError, AttributeError, OverflowError, ValueError)


@dataclass(frozen=True, slots=True)
class _Versions:
    """The units of one component by in-force interval: `units[i]` holds before `days[i]` and from `days[i-1]` on.

    `done` is the fact that explanations read besides: the one that records the action's performance.
    """

    component: Component
    done: str
    days: tuple[dt.date, ...]
    units: list[Unit | None]


class Engine:
    """Decides about the actions of one program."""

    __slots__ = ("_compared", "_cones", "_facts", "_lock", "_single", "_versions", "program")

    def __init__(self, program: Program) -> None:
        self.program = program
        self._versions: dict[tuple[str, str | None], _Versions] = {}
        # The units of actions whose law never changes, asked for without a bearer: found in one step.
        self._single: dict[str, Unit] = {}
        self._facts: dict[str, _Versions] = {}
        self._cones: dict[tuple[str, int], tuple[_Versions, int]] = {}
        self._compared: dict[str, tuple[Engine, Engine]] = {}
        self._lock = Lock()

    def decide(
        self,
        action: str,
        facts: Mapping[str, object],
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> Decision:
        """The decision about `action` in a case of native facts. Raises `KeyError` for an action not declared."""
        unit = self._single.get(action) if by is None else None
        if unit is None:
            unit = self.unit(action, by, law_as_of or (dt.date.max if at is None else day_of(at)))
            if unit.compares:
                return self._decide_milder(action, facts, at, law_as_of, by, holidays)
        total = unit.total
        if total is not None:
            today, now = (UNKNOWN, UNKNOWN) if at is None else clocks(at)
            call = unit.call(facts, at, None) if unit.asks else None
            try:
                truths, numbers = total(facts, at, today, now, call)
            except FALLS:
                pass
            else:
                shape = unit.total_shapes.get(truths)
                # A yes/no fact said to be unknown can get this far; no shape is remembered with one.
                if shape is None and UNKNOWN not in truths:
                    shape = unit.shape_of_total(truths)
                if shape is not None:
                    decision = new_decision(LateDecision if shape.has_deadlines else CompiledDecision)
                    set_asked(decision, (shape, numbers, unit, facts, at, holidays, unit.names, None))
                    set_shape(decision, shape)
                    return decision
        try:
            return self._decide(unit, facts, at, holidays, None)
        except ValueConflict as conflict:
            return self._decide_each(unit, facts, at, holidays, conflict)

    def decide_total(self, action: str, facts: Mapping[str, object]) -> Decision:
        """As `decide` without a clock, a bearer or holidays: the shortest way for a case with every fact known."""
        unit = self._single.get(action)
        if unit is not None and unit.total is not None and not unit.asks:
            try:
                truths, numbers = unit.total(facts, None, UNKNOWN, UNKNOWN, None)
            except FALLS:
                return self.decide(action, facts)
            shape = unit.total_shapes.get(truths)
            if shape is not None and not shape.has_deadlines:
                decision = new_decision(CompiledDecision)
                set_asked(decision, (shape, numbers, unit, facts, None, None, unit.names, None))
                set_shape(decision, shape)
                return decision
        return self.decide(action, facts)

    def _decide_milder(
        self,
        action: str,
        facts: Mapping[str, object],
        at: dt.date | None,
        law_as_of: dt.date | None,
        by: str | None,
        holidays: frozenset[dt.date] | None,
    ) -> Decision:
        """Under the law of the event and under the present one, the better for the person (S42)."""
        pair = self._compared.get(action)
        if pair is None:
            laws = under_each_law(self.program.components[action])
            programs = [replace(self.program, components={**self.program.components, action: law}) for law in laws]
            pair = self._compared[action] = (Engine(programs[0]), Engine(programs[1]))
        then, now = (engine.decide(action, facts, at, law_as_of, by, holidays) for engine in pair)
        declared = self.program.vocabulary.actions.get(action)
        return milder_of(then, now, declared is not None and declared.adverse)

    def _decide(
        self,
        unit: Unit,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
    ) -> Decision:
        truths, numbers, open_, names = unit.read(facts, at, choices)
        shape = unit.shape_of_read(truths, numbers, open_, names)
        decision = new_decision(LateDecision if shape.has_deadlines else CompiledDecision)
        set_asked(decision, (shape, numbers, unit, facts, at, holidays, names, choices))
        set_shape(decision, shape)
        return decision

    def _decide_each(
        self,
        unit: Unit,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        conflict: ValueConflict,
    ) -> Decision:
        """Under each value that the rules give one derived fact (S28)."""
        pending: list[dict[str, object]] = [{conflict.fact: value} for value in conflict.values]
        places = dict.fromkeys(self._places(conflict))
        decided: list[Decision] = []
        while pending:
            choices = pending.pop(0)
            try:
                decided.append(self._decide(unit, facts, at, holidays, choices))
            except ValueConflict as further:
                places.update(dict.fromkeys(self._places(further)))
                if len(pending) + len(decided) < MOST_CHOICES:
                    pending.extend({**choices, further.fact: value} for value in further.values)
        first = decided[0]
        common = frozenset(first.reachable).intersection(*(d.reachable for d in decided))
        if common and all(len(d.reachable) == 1 for d in decided):
            return first
        told = sorted(places)
        clash = Note(told[0], f"the rules at {', '.join(told)} give one fact different values")
        whole = Decision(*(getattr(first, name) for name in Decision.__dataclass_fields__))
        notes = (clash, *first.notes)
        if not common:
            return replace(whole, verdict=Verdict.CONFLICT, reachable=(Verdict.CONFLICT,), cause="values", notes=notes)
        missing = {name for d in decided for name in d.missing}
        return replace(
            whole,
            verdict=Verdict.UNDETERMINED,
            reachable=tuple(v for v in Verdict if v in common or v is Verdict.CONFLICT),
            cause=next(
                c for c in ("facts", "wording", "parameters", "undefined") if any(d.cause == c for d in decided)
            ),
            notes=notes,
            missing=tuple(sorted(missing)),
            irrelevant=tuple(pair for pair in first.irrelevant if pair[0] not in missing),
        )

    def _places(self, conflict: ValueConflict) -> list[str]:
        derived = self.program.derived[conflict.fact]
        citations = [str(e.citation) for d in derived.derivations for e in d.entries]
        return [citations[k] for k in conflict.entries]

    def value(
        self, fact: str, facts: Mapping[str, object], at: dt.date | None = None, law_as_of: dt.date | None = None
    ) -> FactValue:
        """What `fact` comes to in a case of native facts. Raises `KeyError` for a fact that is not declared."""
        derived = self.program.derived.get(fact)
        type_ = derived.type if derived is not None else self.program.vocabulary.facts[fact].type
        version = law_as_of or (dt.date.max if at is None else day_of(at))
        try:
            values, detail, names = self._reader(fact, version).detail(facts, at, None, settle=False)
        except ValueConflict as conflict:
            clash = self.program.derived[conflict.fact]
            conflicting = tuple(shown(value, clash.type) for value in conflict.values) if clash is derived else ()
            return FactValue(fact, False, None, tuple(self._places(conflict)), (), conflicting)
        place, entries = detail.derived[fact] if derived is not None else (detail.done[0], [])
        held = [k for k, entry in enumerate(entries) if values[entry] == TRUE]
        citations = [str(e.citation) for d in derived.derivations for e in d.entries] if derived is not None else []
        provisions = tuple(dict.fromkeys(citations[k] for k in held))
        value = values[place]
        truth = value if type_.kind == "yes_no" else TRUE if is_known(value) else value.truth
        if not is_settled(truth):
            waits = names.waits(truth)
            return FactValue(fact, False, None, provisions, tuple(sorted(waits.facts | waits.parameters)))
        return FactValue(fact, True, value == TRUE if type_.kind == "yes_no" else shown(value, type_), provisions)

    def _reader(self, fact: str, version: dt.date) -> Unit:
        """The unit that evaluates one fact and no norm."""
        versions = self._facts.get(fact)
        if versions is None:
            nothing = Component(f"§value {fact}", "silent", (), ())
            versions = self._facts[fact] = self._versions_of(nothing, fact)
        return self._on(versions, version)

    # --- units --------------------------------------------------------------------------------------------------------

    def unit(self, action: str, by: str | None, version: dt.date) -> Unit:
        """The unit for the norms about `action` that bind `by` on the version date."""
        versions = self._versions.get((action, by))
        if versions is None:
            component = for_bearer(self.program, self.program.components[action], by)
            declared = self.program.vocabulary.actions.get(action)
            done = declared.done if declared is not None else ""
            versions = self._versions[action, by] = self._versions_of(component, done)
        unit = self._on(versions, version)
        if by is None and not versions.days and not unit.compares:
            self._single[action] = unit
        return unit

    def _on(self, versions: _Versions, version: dt.date) -> Unit:
        """The unit that holds on the version date."""
        index = bisect_right(versions.days, version)
        return versions.units[index] or self._make(versions, index, version)

    def _versions_of(self, component: Component, done: str = "") -> _Versions:
        read = [*of_component(component), *of_deadlines(component), *([t.Fact(done)] if done else [])]
        days = force_days(self.program, component, needs_of(self.program, read).derived)
        return _Versions(component, done, days, [None] * (len(days) + 1))

    def _make(self, versions: _Versions, index: int, version: dt.date) -> Unit:
        with self._lock:
            found = versions.units[index]
            if found is None:
                found = versions.units[index] = Unit(
                    program=self.program,
                    plan=plan_component(self.program, versions.component),
                    needs=needs_of(self.program, of_component(versions.component)),
                    version=version,
                    applications=self,
                    done=versions.done,
                )
            return found

    # --- references to norms ------------------------------------------------------------------------------------------

    def applies(self, citation: str, call: Call) -> int:
        """`P applies`: whether a norm at that place is effective (S38)."""
        truths: list[int] = []
        for action, position in self.program.effective.get(citation, ()):
            cone = self._cones.get((action, position))
            if cone is None:
                component, place = cone_of(self.program.components[action], position)
                cone = self._cones[action, position] = (self._versions_of(component), place)
            versions, place = cone
            unit = self._on(versions, call.version)
            truth, names = unit.status_of(place, call.facts, call.at, call)
            if not is_settled(truth):
                waits = names.waits(truth)
                truth = UNDEFINED
                for kind, found in (("fact", waits.facts), ("parameter", waits.parameters), ("wording", waits.wording)):
                    for name in sorted(found):
                        truth &= call.names.truth_of(kind, name)
            truths.append(truth)
        return either(*truths)


def for_bearer(program: Program, component: Component, by: str | None) -> Component:
    """The component without the norms of other bearers than `by`, its kinds and those that are kinds of it."""
    if by is None:
        return component
    kin = {*program.vocabulary.kinds_of(by), *program.vocabulary.sub_kinds(by)}
    return _with_norms(component, [i for i, n in enumerate(component.norms) if not n.by or kin & set(n.by)])


def cone_of(component: Component, position: int) -> tuple[Component, int]:
    """What the norm at `position` rests on: what beats it, the limits that bind these; and where it then stands."""
    wanted = {position}
    pending = [position]
    lifted = {(b.beater, b.beaten) for b in component.beats if b.relation == "lifts"}
    while pending:
        current = pending.pop()
        found = {b.beater for b in component.beats if b.beaten == current}
        if component.norms[current].direction in ("may", "must"):
            found |= {
                i for i, n in enumerate(component.norms) if n.direction == "limits" and (current, i) not in lifted
            }
        pending.extend(found - wanted)
        wanted |= found
    keep = sorted(wanted)
    return replace(_with_norms(component, keep), penalties=()), keep.index(position)


def _with_norms(component: Component, keep: list[int]) -> Component:
    place = {old: new for new, old in enumerate(keep)}
    return replace(
        component,
        norms=tuple(component.norms[i] for i in keep),
        beats=tuple(
            replace(b, beater=place[b.beater], beaten=place[b.beaten])
            for b in component.beats
            if b.beater in place and b.beaten in place
        ),
    )
