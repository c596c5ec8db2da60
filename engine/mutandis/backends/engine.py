"""Deciding by a back end: the units of a program, made when first asked for, and the way through them.

Nothing is shared between two engines, and an engine can be asked by several threads at once: a unit is made under a
lock, then only read, and what it remembers is written in single steps.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from threading import Lock
from typing import TYPE_CHECKING

from mutandis.backends.unit import Call, Unit, clocks
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.decide.plan import plan_component
from mutandis.decide.question import JUST_FACTS, Question
from mutandis.decide.result import Decision
from mutandis.decide.ternary import TRUE, either
from mutandis.link.cone import cone_of
from mutandis.link.program import Component, Program
from mutandis.link.reads import (
    compared_in,
    done_by,
    force_days,
    lists_with_definitions,
    of_component,
    of_deadlines,
    references,
    told_days,
)

if TYPE_CHECKING:  # who assesses, or states what is derived, imports what that needs
    from mutandis.backends.backend import Backend
    from mutandis.backends.python.functions import Python
    from mutandis.backends.rounds import Rounds
    from mutandis.backends.stated import StatedFacts
    from mutandis.decide.result import Note
    from mutandis.decide.result_parts import FactValue


@dataclass(frozen=True, slots=True)
class _Versions:
    """The units of one component by in-force interval: `units[i]` holds before `days[i]` and from `days[i-1]` on.

    `done` is the fact that explanations read besides: the one that records the action's performance. `compares` is True
    where the milder law is to be found (S42), of norms asked about too.
    """

    component: Component
    done: str
    days: tuple[dt.date, ...]
    units: list[Unit | None]
    compares: bool


def compiling() -> Python:
    """The back end that compiles; imported with the first that it compiles."""
    from mutandis.backends.python.functions import PYTHON

    return PYTHON


MOST_GIVEN = 64
"""How many sets of derived facts that cases state an engine remembers; a rulebook's cases rarely state ten."""


class Engine:
    """Decides about the actions of one program, by what `backend` finds in a case; without one all is compiled."""

    __slots__ = (
        "_compared",
        "_cones",
        "_effective",
        "_facts",
        "_given",
        "_lists",
        "_lock",
        "_rounds",
        "_stated",
        "_versions",
        "backend",
        "program",
        "quick",
        "statable",
    )

    def __init__(self, program: Program, backend: Backend | None = None) -> None:
        self.program = program
        self.backend: Backend = backend or compiling()
        self._versions: dict[tuple[str, str | None], _Versions] = {}
        # What decides about an action from its facts alone, where the law of it never changes and no clock was given.
        self.quick: dict[str, Callable[[Mapping[str, object]], Decision]] = {}
        self._facts: dict[str, _Versions] = {}
        self._cones: dict[tuple[str, int], tuple[_Versions, int]] = {}
        self._effective: dict[tuple[str, dt.date], tuple[tuple[Unit, int], ...]] = {}
        self._compared: tuple[Engine, Engine] | None = None
        self._rounds: Rounds | None = None
        self._stated: StatedFacts | None = None
        # By the derived facts that a case states: what decides with these taken as given.
        self._given: dict[frozenset[str], Engine] = {}
        # The derived facts that a case may state.
        self.statable = frozenset(program.derived) & frozenset(program.vocabulary.facts)
        self._lists: dict[str, tuple[str, frozenset[str]]] | None = None
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
        engine, told = self.taking_stated(asked, facts)
        unit = engine.unit(asked.action, asked.by, asked.version)
        decision = engine._decided(unit, asked, facts)
        return self._as_given(decision, told, unit.reads) if told else decision

    def _decided(self, unit: Unit, asked: Question, facts: Mapping[str, object]) -> Decision:
        """What a unit comes to in a case that states no derived fact but in members of lists."""
        at, holidays, listed = asked.at, asked.holidays, self.lists_with_definitions(unit)
        told = self.stated.told_of_members(asked, facts) if listed else {}
        if unit.compares:
            decision = self._decide_milder(asked, facts)
        else:
            if (
                asked.by is None
                and not (unit.asks or listed)
                and unit.walked >= self.backend.often
                and not self._versions[asked.action, None].days
            ):
                self.quick[asked.action] = unit.decide
            decision = unit.decided(facts, at, holidays)
        return self._as_given(decision, told, unit.reads) if told else decision

    @staticmethod
    def _as_given(decision: Decision, told: Mapping[str, Note], reads: frozenset[str]) -> Decision:
        from mutandis.decide.given import as_given

        return as_given(decision, told, reads)

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
        return self.rounds.answers(asked, facts, among)

    @property
    def rounds(self) -> Rounds:
        """How all actions are gone through; imported by who assesses a case."""
        if self._rounds is None:
            from mutandis.backends.rounds import Rounds

            self._rounds = Rounds(self)  # two threads may both come here: one of the two stays
        return self._rounds

    @property
    def stated(self) -> StatedFacts:
        """What is known of derived facts that cases state; imported with the first that is stated."""
        if self._stated is None:
            from mutandis.backends.stated import StatedFacts

            self._stated = StatedFacts(self)
        return self._stated

    def prepare_given(self, asked: Question) -> Callable[[Mapping[str, object]], Decision]:
        """`answer` as a function of facts alone, also of derived ones (S30)."""
        from mutandis.backends.stated import prepare_given

        return prepare_given(self, asked)

    def value(self, fact: str, facts: Mapping[str, object], asked: Question = JUST_FACTS) -> FactValue:
        """What `fact` comes to in a case of native facts. Raises `KeyError` for a fact that is not declared."""
        from mutandis.backends.value import value_of

        return value_of(self, fact, facts, asked)

    def _decide_milder(self, asked: Question, facts: Mapping[str, object]) -> Decision:
        """Under the law of the event and under the present one, the better for the person (S42)."""
        from mutandis.decide.milder import told_of, under_each_law

        if self._compared is None:
            then_, now_ = under_each_law(self.program)
            self._compared = (Engine(then_, self.backend), Engine(now_, self.backend))
        then, now = (engine.answer(asked, facts) for engine in self._compared)
        return told_of(self.program, asked.action, then, now)

    def taking_stated(self, asked: Question, facts: Mapping[str, object]) -> tuple[Engine, Mapping[str, Note]]:
        """What decides with the derived facts that a case states taken as given; and what is told of each (S30).

        Raises `ContradictionError` where other facts of the case give one of them another value.
        """
        names = self.statable.intersection(facts)
        in_force = self.stated.in_force(names, asked.version)
        return self.taking(names), self.stated.told(names, in_force, asked, facts)

    def check_stated(self, asked: Question, facts: Mapping[str, object]) -> None:
        """Raises `ContradictionError` where a derived fact that the case states is denied by its other facts (S30)."""
        engine = self if self.statable.isdisjoint(facts) else self.taking_stated(asked, facts)[0]
        if not engine.lists.keys().isdisjoint(facts):
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

    @property
    def lists(self) -> Mapping[str, tuple[str, frozenset[str]]]:
        """The lists whose members may state derived facts, with their term and these."""
        if self._lists is None:
            self._lists = lists_with_definitions(self.program)
        return self._lists

    def lists_with_definitions(self, unit: Unit) -> set[str]:
        """The lists a unit reads whose members may state what a definition gives of them."""
        read = self.program.vocabulary.lists.keys() & unit.reads
        return self.lists.keys() & read if read else read

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
        days, compares = tuple(sorted(found)), bool(compared_in(self.program, component))
        return _Versions(component, done, days, [None] * (len(days) + 1), compares)

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
                    compares=versions.compares,
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
        from mutandis.backends.elsewhere import effective_in

        truths: list[int] = []
        for unit, place in self.effective(citation, call.version):
            found = effective_in(unit, place, call)
            if found == TRUE:
                return TRUE
            truths.append(call.names.numbered(found))
        return either(*truths)
