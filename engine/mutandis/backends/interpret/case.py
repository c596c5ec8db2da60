"""One case read condition by condition: for explanations, turning points and coverage, which ask about single parts.

What is asked is lowered when it is asked for. An answer is what a person would say: true, false or a value, None for
what is known to be absent, `UNKNOWN` for what cannot be told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from mutandis.backends.backend import Applications
from mutandis.backends.engine import Engine
from mutandis.backends.interpret.evaluate import Evaluation
from mutandis.backends.interpret.functions import INTERPRET
from mutandis.backends.unit import Call
from mutandis.calendar.dates import day_of
from mutandis.condition import tree as t
from mutandis.datatypes import YES_NO
from mutandis.decide.names import Names
from mutandis.decide.ternary import NONE, TRUE, Gap, is_settled
from mutandis.ir import nodes as n
from mutandis.ir.component import LoweredFact, PartsLowering
from mutandis.link.program import (
    Derivation,
    LinkedEntry,
    LinkedExclusion,
    LinkedGround,
    LinkedPenalty,
    LinkedRequirement,
    Norm,
    Program,
)
from mutandis.values import UNKNOWN


class _Derived(dict[str, tuple[int, LoweredFact]]):
    """The derived facts lowered so far; another one when it is asked for."""

    def __init__(self, parts: PartsLowering) -> None:
        self._parts = parts

    def __missing__(self, name: str) -> tuple[int, LoweredFact]:
        found = self[name] = len(self), self._parts.derived(self._parts.program.derived[name])
        return found


class Case:
    """A case of native facts under one version of the law. Derived facts that it states are taken as given (S30).

    Whatever is asked raises `ValueConflict` where it rests on a fact that rules give different values (S28).
    """

    __slots__ = ("_asked", "_derived", "_evaluation", "_parts", "facts", "program")

    def __init__(
        self,
        program: Program,
        facts: Mapping[str, object],
        at: dt.date | None,
        law_as_of: dt.date | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> None:
        self._asked = program, law_as_of, holidays
        self.program = program = program.taking(facts)
        self._parts = PartsLowering(program, law_as_of or (dt.date.max if at is None else day_of(at)))
        self._derived = _Derived(self._parts)
        self._read(facts, at, Engine(program, INTERPRET))

    def _read(self, facts: Mapping[str, object], at: dt.date | None, applications: Applications) -> None:
        program, holidays = self.program, self._asked[2]
        self.facts = facts
        call = Call(applications, self._parts.day, facts, at, holidays, Names(), {})
        stated = self._parts.lowering.facts
        self._evaluation = Evaluation(call, stated, self._derived, program.days_off_with(holidays))

    def having(self, facts: Mapping[str, object], at: dt.date | None) -> Case:
        """The case with other facts at another time; what was lowered for this one serves under the same law."""
        program, law_as_of, holidays = self._asked
        call = self._evaluation.call
        is_of_other_law = law_as_of is None and at != call.at
        if is_of_other_law or program.derived_among(facts) != program.derived_among(self.facts):
            return Case(program, facts, at, law_as_of, holidays)
        other = object.__new__(Case)
        other._asked, other._parts, other._derived = self._asked, self._parts, self._derived
        other.program = self.program
        other._read(facts, at, call.applications)
        return other

    @property
    def version(self) -> dt.date:
        """The day whose law applies."""
        return self._parts.day

    @property
    def at(self) -> dt.date | None:
        """The clock of the case."""
        return self._evaluation.call.at

    @property
    def derived_read(self) -> tuple[str, ...]:
        """The derived facts that were read so far."""
        return tuple(self._derived)

    def value(self, expression: t.Expression) -> object:
        """What a condition or a value comes to."""
        return self._found(self._parts.lowering.lower(expression))

    def fact(self, name: str) -> object:
        """What a stated or derived fact comes to."""
        return self.value(t.Fact(name, type=YES_NO))

    def triggered(self, rule: Norm | Derivation | LinkedPenalty) -> object:
        """Whether a rule is triggered, where no order fells a part of it."""
        return self._found(self._parts.trigger(rule))

    def ground(self, ground: LinkedGround, governed_by: t.Expression | None) -> object:
        """Whether a ground holds."""
        return self._found(self._parts.ground(ground, governed_by).holds())

    def exclusion(self, exclusion: LinkedExclusion, governed_by: t.Expression | None) -> object:
        """Whether an exclusion holds."""
        return self._found(self._parts.exclusion(exclusion, governed_by))

    def gives(self, entry: LinkedEntry, rule: Derivation) -> object:
        """Whether a rule that gives a derived fact its value gives it that of the entry."""
        when = [] if entry.when is None else [self._parts.lowering.lower(entry.when)]
        return self._found(
            n.all_of([self._parts.trigger(rule), *self._parts.force(entry.force, rule.governed_by), *when])
        )

    def meets(self, requirement: LinkedRequirement) -> object:
        """Whether a requirement is met; one that sets a bound on an open parameter is."""
        if requirement.bound is not None:
            parameter = self._parts.lowering.lower(t.Fact(requirement.bound.parameter, type=YES_NO))
            if type(self._evaluation.value(parameter)) is Gap:
                return True
        return self.value(requirement.condition)

    def _found(self, node: n.Node) -> object:
        value = self._evaluation.value(node)
        if n.is_truth(node):
            return value == TRUE if is_settled(value) else UNKNOWN
        if value is NONE:
            return None
        return UNKNOWN if isinstance(value, Gap) else value
