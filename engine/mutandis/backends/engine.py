"""Deciding by a back end: the units of a program, made when first asked for, and the way through them.

Nothing is shared between two engines, and an engine can be asked by several threads at once: a unit is made under a
lock, then only read, and what it remembers is written in single steps.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from threading import Lock

from mutandis.backends.elsewhere import cone_of, effective_in
from mutandis.backends.python.functions import PYTHON
from mutandis.backends.stated import Definition, StatedFacts
from mutandis.backends.together import Together
from mutandis.backends.unit import Backend, Call, Function, Unit, clocks
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.decide.conflict import ValueConflict, places_of
from mutandis.decide.given import as_given
from mutandis.decide.held import held_places
from mutandis.decide.limits import shown
from mutandis.decide.plan import plan_component
from mutandis.decide.question import JUST_FACTS, Question
from mutandis.decide.result import NOTHING_SAID, Decision, FactValue, Note
from mutandis.decide.ternary import TRUE, either, is_known, is_settled
from mutandis.link.program import Component, Program
from mutandis.link.reads import (
    definitions_not_held,
    done_by,
    force_days,
    of_component,
    of_deadlines,
    references,
    told_days,
)

MOST_TOGETHER = 32
"""How many actions are decided in one go: enough to share facts, few enough to be compiled in a moment."""


@dataclass(frozen=True, slots=True)
class _Versions:
    """The units of one component by in-force interval: `units[i]` holds before `days[i]` and from `days[i-1]` on.

    `done` is the fact that explanations read besides: the one that records the action's performance.
    """

    component: Component
    done: str
    days: tuple[dt.date, ...]
    units: list[Unit | None]


@dataclass(frozen=True, slots=True)
class _Rounds:
    """How all actions are gone through, by in-force interval: interval `i` is before `days[i]` and from `days[i-1]`."""

    actions: tuple[str, ...]
    days: tuple[dt.date, ...]
    steps: dict[int, tuple[Function | str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Cases that state the same derived facts: the definitions that these may go against, and what decides with them
    taken as given.
    """

    in_force: Mapping[str, Definition]
    decide: Callable[[Mapping[str, object]], Decision]
    reads: frozenset[str]


MOST_GIVEN = 64
"""How many sets of derived facts that cases state an engine remembers; a rulebook's cases rarely state ten."""


class Engine:
    """Decides about the actions of one program, by what `backend` finds in a case."""

    __slots__ = (
        "_compared",
        "_cones",
        "_effective",
        "_facts",
        "_given",
        "_lock",
        "_rounds",
        "_together",
        "_versions",
        "backend",
        "program",
        "quick",
        "statable",
        "stated",
    )

    def __init__(self, program: Program, backend: Backend = PYTHON) -> None:
        self.program = program
        self.backend = backend
        self._versions: dict[tuple[str, str | None], _Versions] = {}
        # What decides about an action from its facts alone, where the law of it never changes and no clock was given.
        self.quick: dict[str, Callable[[Mapping[str, object]], Decision]] = {}
        self._facts: dict[str, _Versions] = {}
        self._cones: dict[tuple[str, int], tuple[_Versions, int]] = {}
        self._effective: dict[tuple[str, dt.date], tuple[tuple[Unit, int], ...]] = {}
        self._compared: tuple[Engine, Engine] | None = None
        self._rounds: dict[str | None, _Rounds] = {}
        # By the ids of the units in them, which live as long as the engine does.
        self._together: dict[tuple[int, ...], Together] = {}
        # By the derived facts that a case states: what decides with these taken as given.
        self._given: dict[frozenset[str], Engine] = {}
        self.stated = StatedFacts(self)
        self.statable = self.stated.names
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
        """`answer` of a question that is made of its parts."""
        return self.answer(Question(action, at, law_as_of, by, holidays), facts)

    def answer(self, asked: Question, facts: Mapping[str, object]) -> Decision:
        """The decision about an action in a case of native facts. Raises `KeyError` for an action not declared."""
        if self.statable.isdisjoint(facts):
            return self._decided(self.unit(asked.action, asked.by, asked.version), asked, facts)
        engine, told = self._taking(asked, facts)
        unit = engine.unit(asked.action, asked.by, asked.version)
        decision = engine._decided(unit, asked, facts)
        return as_given(decision, told, unit.reads) if told else decision

    def _decided(self, unit: Unit, asked: Question, facts: Mapping[str, object]) -> Decision:
        """What a unit comes to in a case that states no derived fact but in members of lists."""
        at, holidays, listed = asked.at, asked.holidays, self.lists_with_definitions(unit)
        told = self.stated.told_of_members(asked, facts) if listed else {}
        if unit.compares:
            return as_given(self._decide_milder(asked, facts), told, unit.reads)
        if asked.by is None and not unit.asks and not self._versions[asked.action, None].days and not listed:
            self.quick[asked.action] = unit.decide
        today, now = clocks(at)
        call = unit.call(facts, at, holidays, None) if unit.asks else None
        decision = unit.decide(facts, at, today, now, call, holidays)
        return as_given(decision, told, unit.reads) if told else decision

    def prepare(self, asked: Question) -> Callable[[Mapping[str, object]], Decision]:
        """`answer` as a function of facts alone, none of which is a derived one. Raises `KeyError` for an action not
        declared.
        """
        at, holidays = asked.at, asked.holidays
        unit = self.unit(asked.action, asked.by, asked.version)
        if unit.compares or unit.asks or self.lists_with_definitions(unit):
            return lambda facts: self.answer(asked, facts)
        if at is None and holidays is None:
            return unit.decide
        today, now = clocks(at)
        return lambda facts: unit.decide(facts, at, today, now, None, holidays)

    def prepare_given(self, asked: Question) -> Callable[[Mapping[str, object]], Decision]:
        """`answer` as a function of facts alone, also of derived ones (S30)."""
        prepared: dict[frozenset[str], _Prepared] = {}

        def decide(facts: Mapping[str, object]) -> Decision:
            names = self.statable.intersection(facts)
            found = prepared.get(names)
            if found is None:
                found = self._prepared(names, asked)
                if len(prepared) < MOST_GIVEN:
                    prepared[names] = found
            told = self.stated.told(names, found.in_force, asked, facts)
            decision = found.decide(facts)
            return as_given(decision, told, found.reads) if told else decision

        return decide

    def _prepared(self, names: frozenset[str], asked: Question) -> _Prepared:
        engine = self.taking(names)
        reads = engine.unit(asked.action, asked.by, asked.version).reads
        return _Prepared(self.stated.in_force(names, asked.version), engine.prepare(asked), reads)

    def assess(
        self,
        facts: Mapping[str, object],
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> tuple[Decision, ...]:
        """`answers` to a question that is made of its parts."""
        return self.answers(Question("", at, law_as_of, by, holidays), facts)

    def answers(
        self, asked: Question, facts: Mapping[str, object], among: Iterable[str] | None = None
    ) -> tuple[Decision, ...]:
        """The decisions about all actions that the law speaks to in a case of native facts, by name of the action; or
        about those `among` which it does, in their order.
        """
        version, by = asked.version, asked.by
        if not self.statable.isdisjoint(facts):
            engine, told = self._taking(asked, facts)
            decisions = engine.answers(asked, facts, among)
            return tuple([as_given(d, told, engine.unit(d.action, by, version).reads) for d in decisions])
        found: list[Decision] = []
        told = self.stated.told_of_members(asked, facts) if self.stated.lists.keys() & facts.keys() else {}
        if told or among is not None:
            actions = self.spoken_of(by) if among is None else among
            decisions = tuple(self.answer(replace(asked, action=name), facts) for name in actions)
            return tuple(d for d in decisions if d.verdict not in NOTHING_SAID)
        for step in self._steps(by, version):
            if not isinstance(step, str):
                step(facts, asked.at, asked.holidays, found.append)
                continue
            decision = self.answer(replace(asked, action=step), facts)
            if decision.verdict not in NOTHING_SAID:
                found.append(decision)
        return tuple(found)

    def spoken_of(self, by: str | None) -> tuple[str, ...]:
        """The actions that the law speaks to, as far as it binds `by`, by name."""
        return self._rounds_of(by).actions

    def days_of_change(self, by: str | None) -> tuple[dt.date, ...]:
        """The days on which the law about any of these changes."""
        return self._rounds_of(by).days

    def _rounds_of(self, by: str | None) -> _Rounds:
        rounds = self._rounds.get(by)
        if rounds is None:
            from mutandis.decide.bearer import speaks_of

            actions = tuple(
                name
                for name, component in sorted(self.program.components.items())
                if component.norms and speaks_of(component, by, self.program.vocabulary)
            )
            days = {day for action in actions for day in self._versions_about(action, by).days}
            rounds = self._rounds[by] = _Rounds(actions, tuple(sorted(days)))
        return rounds

    def _steps(self, by: str | None, version: dt.date) -> tuple[Function | str, ...]:
        """How all actions are gone through: functions that each do several, names of actions that stand alone."""
        rounds = self._rounds_of(by)
        index = bisect_right(rounds.days, version)
        steps = rounds.steps.get(index)
        if steps is None:
            steps = rounds.steps[index] = tuple(self._make_steps(rounds.actions, by, version))
        return steps

    def _make_steps(self, actions: Sequence[str], by: str | None, version: dt.date) -> Iterator[Function | str]:
        for start in range(0, len(actions), MOST_TOGETHER):
            together: list[Unit] = []
            for action in actions[start : start + MOST_TOGETHER]:
                unit = self.unit(action, by, version)
                if not (unit.asks or unit.compares) and unit.can_be_total:
                    together.append(unit)
                    continue
                yield from self._as_one(together)
                together = []
                yield action if unit.asks or unit.compares else unit.assess_in_doubt
            yield from self._as_one(together)

    def _as_one(self, units: list[Unit]) -> Iterator[Function]:
        """What decides about all of them. Most serve several versions of the law, and are made once."""
        if units:
            key = tuple(id(unit) for unit in units)
            if key not in self._together:
                self._together[key] = Together(self.backend, units)
            yield self._together[key].assess

    def _decide_milder(self, asked: Question, facts: Mapping[str, object]) -> Decision:
        """Under the law of the event and under the present one, the better for the person (S42)."""
        from mutandis.decide.milder import milder_of, under_each_law

        if self._compared is None:
            then_, now_ = under_each_law(self.program)
            self._compared = (Engine(then_, self.backend), Engine(now_, self.backend))
        then, now = (engine.answer(asked, facts) for engine in self._compared)
        declared = self.program.vocabulary.actions.get(asked.action)
        return milder_of(then, now, declared is not None and declared.adverse)

    def value(self, fact: str, facts: Mapping[str, object], asked: Question = JUST_FACTS) -> FactValue:
        """What `fact` comes to in a case of native facts. Raises `KeyError` for a fact that is not declared."""
        if not self.statable.isdisjoint(facts):
            engine, _ = self._taking(asked, facts)
            return engine.value(fact, facts, asked)
        at, holidays, version = asked.at, asked.holidays, asked.version
        derived = self.program.derived.get(fact)
        type_ = derived.type if derived is not None else self.program.vocabulary.facts[fact].type
        try:
            values, detail, names = self.reader(fact, version).detail(facts, at, holidays, None, settle=False)
        except ValueConflict as conflict:
            clash = self.program.derived[conflict.fact]
            conflicting = tuple(shown(value, clash.type) for value in conflict.values) if clash is derived else ()
            return FactValue(fact, False, None, tuple(places_of(self.program, conflict)), (), conflicting)
        place, entries = detail.derived[fact] if derived is not None else (detail.done[0], [])
        held = [k for k, entry in enumerate(entries) if values[entry] == TRUE]
        given = [(d, e) for d in derived.derivations for e in d.entries] if derived is not None else []
        case = _AskedOfFact(self.reader(fact, version), facts, at, holidays)
        places = (held_places(case, replace(d, entries=(e,))) for d, e in (given[k] for k in held))
        provisions = tuple(dict.fromkeys(place for some in places for place in some))
        value = values[place]
        truth = value if type_.kind == "yes_no" else TRUE if is_known(value) else value.truth
        if not is_settled(truth):
            waits = names.waits(truth)
            missing = tuple(sorted(waits.facts | waits.parameters))
            wording = dict.fromkeys(str(d.citation) for d in definitions_not_held(self.program, waits.wording))
            return FactValue(fact, False, None, provisions, missing, wording=tuple(wording))
        failed: tuple[str, ...] = ()
        if derived is not None and derived.derivations and not held and not derived.base:
            # Imported where it is needed: what is known by a rule needs none of it.
            from mutandis.decide.nearest import nearest_definition

            near, failed = nearest_definition(case, derived, version)
            provisions = (str(near),)
        told = value == TRUE if type_.kind == "yes_no" else shown(value, type_)
        return FactValue(fact, True, told, provisions, failed=failed)

    def _taking(self, asked: Question, facts: Mapping[str, object]) -> tuple[Engine, Mapping[str, Note]]:
        """What decides with the derived facts that a case states taken as given; and what is told of each (S30).

        Raises `ContradictionError` where other facts of the case give one of them another value.
        """
        names = self.statable.intersection(facts)
        in_force = self.stated.in_force(names, asked.version)
        return self.taking(names), self.stated.told(names, in_force, asked, facts)

    def check_stated(self, asked: Question, facts: Mapping[str, object]) -> None:
        """Raises `ContradictionError` where a derived fact that the case states is denied by its other facts (S30)."""
        engine = self if self.statable.isdisjoint(facts) else self._taking(asked, facts)[0]
        if not engine.stated.lists.keys().isdisjoint(facts):
            engine.stated.told_of_members(asked, facts)

    def taking(self, names: frozenset[str]) -> Engine:
        """What decides with these derived facts taken as given: itself where there are none."""
        if not names:
            return self
        engine = self._given.get(names)
        if engine is None:
            with self._lock:
                engine = self._given.get(names)
                if engine is None:
                    engine = Engine(self.program.taking(names), self.backend)
                    if len(self._given) >= MOST_GIVEN:  # the oldest goes
                        del self._given[next(iter(self._given))]
                    self._given[names] = engine
        return engine

    def reader(self, fact: str, version: dt.date) -> Unit:
        """The unit that evaluates one fact and no norm."""
        return self._on(self._versions_of_fact(fact), version)

    def _versions_of_fact(self, fact: str) -> _Versions:
        versions = self._facts.get(fact)
        if versions is None:
            nothing = Component(f"§value {fact}", "silent", (), ())
            versions = self._facts[fact] = self._versions_of(nothing, fact)
        return versions

    # --- units --------------------------------------------------------------------------------------------------------

    def unit(self, action: str, by: str | None, version: dt.date) -> Unit:
        """The unit for the norms about `action` that bind `by` on the version date."""
        return self._on(self._versions_about(action, by), version)

    def versions(self, action: str, by: str | None) -> tuple[dt.date, ...]:
        """The days on which the law about `action` changes."""
        return self._versions_about(action, by).days

    def versions_of_fact(self, fact: str) -> tuple[dt.date, ...]:
        """The days on which what gives a fact its value changes."""
        return self._versions_of_fact(fact).days

    def lists_with_definitions(self, unit: Unit) -> set[str]:
        """The lists a unit reads whose members may state what a definition gives of them."""
        lists = self.stated.lists
        return lists.keys() & unit.reads if lists else set()

    def effective(self, citation: str, version: dt.date) -> tuple[tuple[Unit, int], ...]:
        """The units that tell whether the norms at a place are effective, and where these stand in them."""
        found = self._effective.get((citation, version))
        if found is None:
            cones = [self._cone(action, position) for action, position in self.program.effective.get(citation, ())]
            found = tuple((self._on(versions, version), place) for versions, place in cones)
            self._effective[citation, version] = found  # version dates are those of units, of which there are few
        return found

    def _versions_about(self, action: str, by: str | None) -> _Versions:
        versions = self._versions.get((action, by))
        if versions is None:
            component = self.program.components[action]
            if by is not None:
                from mutandis.decide.bearer import for_bearer

                component = for_bearer(component, by, self.program.vocabulary)
            versions = self._versions[action, by] = self._versions_of(component, done_by(self.program, action))
        return versions

    def _on(self, versions: _Versions, version: dt.date) -> Unit:
        """The unit that holds on the version date."""
        index = bisect_right(versions.days, version)
        return versions.units[index] or self._make(versions, index, version)

    def _versions_of(self, component: Component, done: str = "") -> _Versions:
        read = [*of_component(component), *of_deadlines(component), *([t.Fact(done)] if done else [])]
        derived, applies = references(self.program, read)
        found = {*force_days(self.program, component, derived), *told_days(self.program, component)}
        for citation in applies:
            for action, position in self.program.effective.get(citation, ()):
                found.update(self._cone(action, position)[0].days)
        days = tuple(sorted(found))
        return _Versions(component, done, days, [None] * (len(days) + 1))

    def _make(self, versions: _Versions, index: int, version: dt.date) -> Unit:
        with self._lock:
            found = versions.units[index]
            if found is None:
                found = versions.units[index] = Unit(
                    program=self.program,
                    plan=plan_component(self.program, versions.component),
                    version=version,
                    backend=self.backend,
                    applications=self,
                    done=versions.done,
                )
            return found

    # --- references to norms ------------------------------------------------------------------------------------------

    def _cone(self, action: str, position: int) -> tuple[_Versions, int]:
        """What a norm that is asked about rests on, and where the norm stands in it."""
        cone = self._cones.get((action, position))
        if cone is None:
            component, place = cone_of(self.program.components[action], position)
            cone = self._cones[action, position] = (self._versions_of(component), place)
        return cone

    def applies(self, citation: str, call: Call) -> int:
        """`P applies`: whether a norm at that place is effective (S38)."""
        truths: list[int] = []
        for unit, place in self.effective(citation, call.version):
            found = effective_in(unit, place, call)
            if found == TRUE:
                return TRUE
            truths.append(call.names.numbered(found))
        return either(*truths)


@dataclass(frozen=True, slots=True)
class _AskedOfFact:
    """The case of a question about one fact, for the conditions of its definitions."""

    unit: Unit
    facts: Mapping[str, object]
    at: dt.date | None
    holidays: frozenset[dt.date] | None

    @property
    def program(self) -> Program:
        return self.unit.program

    def truths(self, conditions: list[t.Expression]) -> tuple[int, ...]:
        return self.unit.truths_of(tuple(conditions), self.facts, self.at, self.holidays, None) if conditions else ()
