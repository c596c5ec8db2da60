"""Derived facts that cases state: taken as given in place of their definitions, unless other facts deny them (S30).

What a definition reads is found once for each version of the law. A case that states none of it denies nothing, so most
are looked at no further.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Callable, Collection, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from mutandis.backends.engine import MOST_GIVEN
from mutandis.backends.explained import read_by_norms
from mutandis.backends.unit import Unit
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.datatypes import YES_NO, DataType
from mutandis.decide.given import as_given, contradiction, is_same, note_on
from mutandis.decide.limits import shown
from mutandis.decide.members import members_of, without_definitions
from mutandis.decide.question import Question
from mutandis.decide.result import Decision, Note
from mutandis.decide.ternary import FALSE, TRUE, ValueConflict, is_known, is_settled
from mutandis.ir.component import Lowered, lower_component
from mutandis.link.program import Derivation
from mutandis.link.reads import times_of
from mutandis.values import UNKNOWN

if TYPE_CHECKING:
    from mutandis.backends.engine import Engine
    from mutandis.diagnostics import Diagnostic

MOST_TOLD = 1024
"""How many notes on stated values are remembered; most stated facts have few values."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What gives a derived fact its value under one version of the law.

    `reads` are the facts it turns on, `by_clock` says whether the clock too. `speaks` is False where none of its rules
    is in force, whatever the case; where an event picks all that may be, `events` has for each when it is.
    """

    node: t.Fact
    type: DataType
    reader: Unit
    lowered: Lowered
    reads: frozenset[str]
    by_clock: bool
    speaks: bool
    events: tuple[t.Expression, ...]
    bare: list[object] = field(default_factory=list)
    """What it comes to where a case states nothing that it reads, once that was asked."""

    def may_deny(self, facts: Collection[str], asked: Question) -> bool:
        """False if nothing follows where a case states no other facts than these, whatever they are."""
        return self.speaks and (self._turns_on(facts) or self._bare(asked) is not UNKNOWN)

    def is_denied(self, stated: object, asked: Question, facts: Mapping[str, object], names: Collection[str]) -> bool:
        """True if something else than what is stated follows from facts of the case that are not `names`."""
        if stated is UNKNOWN or not self.speaks:
            return False
        if self._turns_on(facts):
            others = {name: value for name, value in facts.items() if name not in names}
            found = self._value(others, asked)
        else:
            others, found = {}, self._bare(asked)
        return found is not UNKNOWN and not is_same(found, stated) and not self._is_of_another_time(others, asked)

    def _turns_on(self, facts: Collection[str]) -> bool:
        return self.by_clock or not self.reads.isdisjoint(facts)

    def _bare(self, asked: Question) -> object:
        if not self.bare:
            self.bare.append(self._value({}, asked))
        return self.bare[0]

    def _value(self, facts: Mapping[str, object], asked: Question) -> object:
        """What follows from the facts, as it is told; `UNKNOWN` where that is not known or disputed."""
        try:
            found: Any = self.reader.explained.truths_of((self.node,), facts, asked.at, asked.holidays, None)[0]
        except ValueConflict:
            return UNKNOWN
        if self.type.kind == "yes_no":
            return found == TRUE if is_settled(found) else UNKNOWN
        return shown(found, self.type) if is_known(found) else UNKNOWN

    def _is_of_another_time(self, facts: Mapping[str, object], asked: Question) -> bool:
        """True if the event that picks its rules lies where none of them is in force."""
        found = (
            self.reader.explained.truths_of(self.events, facts, asked.at, asked.holidays, None) if self.events else ()
        )
        return bool(found) and all(truth == FALSE for truth in found)


class StatedFacts:
    """What an engine knows of derived facts that cases state, of whole cases and of members of their lists."""

    __slots__ = ("_definitions", "_engine", "_notes")

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._definitions: dict[tuple[str, int], Definition] = {}
        self._notes: dict[tuple[str, str, object], Note] = {}

    def definition(self, name: str, version: dt.date) -> Definition:
        """What gives the fact its value on the version date."""
        key = name, bisect_right(self._engine.versions_of_fact(name), version)
        found = self._definitions.get(key)
        if found is None:
            found = self._definitions[key] = self._define(name, version)
        return found

    def _define(self, name: str, version: dt.date) -> Definition:
        engine = self._engine
        reader, fact = engine.reader(name, version), engine.program.derived[name]
        node = t.Fact(name, type=fact.type)
        lowered = lower_component(engine.program, reader.plan.component, version, also=[node])
        reads = {one.name for one in lowered.facts} | read_by_norms(engine, lowered.applies, version)
        by_clock = bool(lowered.applies) or not lowered.always <= {"days_off"}
        standing = [one for one in fact.derivations if one.can_hold(version)]
        by_event = all(one.governed_by is not None for one in standing)
        events = tuple(map(_in_its_time, standing)) if by_event else ()
        return Definition(node, fact.type, reader, lowered, frozenset(reads), by_clock, bool(standing), events)

    def in_force(self, names: frozenset[str], version: dt.date) -> Mapping[str, Definition]:
        """Those of the derived facts `names` that a definition in force on the version date speaks of.

        Another one is a fact like any other.
        """
        found = {name: self.definition(name, version) for name in sorted(names)}
        return {name: definition for name, definition in found.items() if definition.speaks}

    def told(
        self, names: frozenset[str], in_force: Mapping[str, Definition], asked: Question, facts: Mapping[str, object]
    ) -> Mapping[str, Note]:
        """What is told of the derived facts `names`, all of which the case states; by the fact, of those `in_force`.

        Raises `ContradictionError` where other facts of the case give one of them another value.
        """
        found: dict[str, Note] = {}
        faults: list[tuple[str, Diagnostic]] = []
        for name, definition in in_force.items():
            stated = facts[name]
            if definition.is_denied(stated, asked, facts, names):
                others = {one: value for one, value in facts.items() if one not in names}
                faults.append((name, self._denial(name, name, stated, others, asked)))
            found[name] = self._note(name, name, stated)
        if faults:
            from mutandis.diagnostics import ContradictionError

            raise ContradictionError(faults)
        return found

    def told_of_members(self, asked: Question, facts: Mapping[str, object]) -> Mapping[str, Note]:
        """What is told of what members of lists state in place of a definition; by where the case states it.

        Raises `ContradictionError` where a definition read of the member gives another value.
        """
        found: dict[str, Note] = {}
        faults: list[tuple[str, Diagnostic]] = []
        plain: dict[str, object] | None = None
        lists = self._engine.lists
        for name in sorted(lists.keys() & facts.keys()):
            term, defined = lists[name]
            for member in members_of(facts, name, term):
                for attribute in sorted(defined & member.stated.keys()):
                    fact, stated = f"{term}.{attribute}", member.stated[attribute]
                    definition = self.definition(fact, asked.version)
                    if not definition.speaks:
                        continue
                    plain = plain or without_definitions(facts, lists)
                    case, said = member.without(defined).as_case(plain), f"{member.place}.{attribute}"
                    if definition.is_denied(stated, asked, case, ()):
                        faults.append((name, self._denial(fact, said, stated, case, asked)))
                    found[said] = self._note(fact, said, stated)
        if faults:
            from mutandis.diagnostics import ContradictionError

            raise ContradictionError(faults)
        return found

    def _denial(
        self, name: str, said: str, stated: object, others: Mapping[str, object], asked: Question
    ) -> Diagnostic:
        by = self._engine.value(name, others, asked).provisions
        return contradiction(self._engine.program, name, stated, by, said)

    def _note(self, name: str, said: str, stated: object) -> Note:
        try:
            note = self._notes.get((name, said, stated))
        except TypeError:  # a list of members has no hash
            return note_on(self._engine.program, name, said, stated)
        if note is None:
            note = note_on(self._engine.program, name, said, stated)
            if len(self._notes) < MOST_TOLD:
                self._notes[name, said, stated] = note
        return note


@dataclass(frozen=True, slots=True)
class _Prepared:
    """Cases that state the same derived facts: the definitions that these may go against, and what decides with them
    taken as given.
    """

    in_force: Mapping[str, Definition]
    decide: Callable[[Mapping[str, object]], Decision]
    reads: frozenset[str]


def prepare_given(engine: Engine, asked: Question) -> Callable[[Mapping[str, object]], Decision]:
    """`Engine.answer` as a function of facts alone, also of derived ones (S30)."""
    prepared: dict[frozenset[str], _Prepared] = {}

    def decide(facts: Mapping[str, object]) -> Decision:
        names = engine.statable.intersection(facts)
        found = prepared.get(names)
        if found is None:
            found = _prepared(engine, names, asked)
            if len(prepared) < MOST_GIVEN:
                prepared[names] = found
        told = engine.stated.told(names, found.in_force, asked, facts)
        decision = found.decide(facts)
        return as_given(decision, told, found.reads) if told else decision

    return decide


def _prepared(engine: Engine, names: frozenset[str], asked: Question) -> _Prepared:
    taking = engine.taking(names)
    reads = taking.unit(asked.action, asked.by, asked.version).reads
    return _Prepared(engine.stated.in_force(names, asked.version), taking.prepare(asked), reads)


def _in_its_time(rule: Derivation) -> t.Expression:
    """The condition that the event which governs a rule lies where the rule is in force."""
    times = times_of(rule.force, rule.governed_by)
    return t.And(tuple(times), type=YES_NO) if times else t.Truth(True, type=YES_NO)
