"""A component lowered: its norms, penalties and derived facts in nodes of the norm IR, and the facts they read.

Everything that holds or does not hold on one version date is settled here: `day` is any version date of the in-force
interval. Only where an event governs, being in force remains a comparison with its day (S40). Every derived fact,
ground and instance is lowered once and read by its name (S47).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from mutandis.calendar.days_off import DaysOff
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType
from mutandis.ir import nodes as n
from mutandis.ir.lower import NUMERIC, Lowering, StatedFact, held_as
from mutandis.link.program import (
    Component,
    Derivation,
    DerivedFact,
    LinkedExclusion,
    LinkedGround,
    LinkedPenalty,
    Norm,
    Program,
)
from mutandis.link.reads import times_of
from mutandis.rulebook.law import Interval


@dataclass(frozen=True, slots=True)
class LoweredGround:
    """A ground: what must hold besides, and the grounds inside it, of which one must."""

    own: tuple[n.Node, ...]
    inner: tuple[LoweredGround, ...]

    def holds(self, inner: Sequence[n.Node] | None = None) -> n.Node:
        """Whether it holds; `inner` are the truths of the grounds inside it where they stand in slots."""
        if not self.inner:
            return n.all_of(list(self.own))
        return n.all_of([*self.own, n.any_of([g.holds() for g in self.inner] if inner is None else list(inner))])


@dataclass(frozen=True, slots=True)
class LoweredRequirement:
    """A requirement; of a bound its limit, and the parameter it is on."""

    holds: n.Node
    limit: n.Node | None = None
    parameter: str = ""


@dataclass(frozen=True, slots=True)
class LoweredNorm:
    """A norm. Its `base` is its force, every `when`, and for wording that is not held a truth that is never known."""

    force: n.Node
    when: tuple[n.Node, ...]
    base: n.Node
    grounds: tuple[LoweredGround, ...]
    exclusions: tuple[n.Node, ...]
    requires: tuple[LoweredRequirement, ...]
    deadline: n.Node | None
    done: n.Node | None

    def parts(self) -> list[n.Node]:
        """What is read only where the norm may be triggered."""
        found = [g.holds() for g in self.grounds] + list(self.exclusions)
        for requirement in self.requires:
            found.append(requirement.holds)
            if requirement.limit is not None:
                found.append(requirement.limit)
        return found


@dataclass(frozen=True, slots=True)
class LoweredEntry:
    """A value that a rule gives where `when` holds."""

    when: n.Node
    value: n.Node


@dataclass(frozen=True, slots=True)
class LoweredBranch:
    """One rule that gives a derived fact its value: its trigger and its entries."""

    trigger: n.Node
    entries: tuple[LoweredEntry, ...]


@dataclass(frozen=True, slots=True)
class LoweredFact:
    """A derived fact: the rules that give it, and what it is where none does."""

    name: str
    type: DataType
    branches: tuple[LoweredBranch, ...]
    otherwise: n.Node


@dataclass(frozen=True, slots=True)
class Lowered:
    """A component, with what it reads: facts, derived facts in order of derivation, norms elsewhere, the clock
    and the days off that last days move off where the caller gives no holidays.

    `waits` are the names (by kind) that what it reads may wait for; `members` tells whether it reads members of lists,
    which have names of their own in each case. `always` are the clocks that are read whatever a case states,
    `if_stated` the facts that are read only where a case states them.
    `also` are the expressions it was asked to hold besides.
    """

    facts: tuple[StatedFact, ...]
    if_stated: frozenset[str]
    derived: tuple[LoweredFact, ...]
    applies: tuple[str, ...]
    clocks: frozenset[str]
    always: frozenset[str]
    days_off: DaysOff
    waits: tuple[tuple[str, str], ...]
    members: bool
    norms: tuple[LoweredNorm, ...]
    penalties: tuple[n.Node, ...]
    also: tuple[n.Node, ...]

    def facts_read(self, nodes: Iterable[n.Node]) -> set[str]:
        """The stated facts that `nodes` read where they stand."""
        return {
            node.name for top in nodes for node in n.walk(top) if isinstance(node, n.Read) and node.source == "fact"
        }

    def read_by_derived(self) -> set[str]:
        """The stated facts that the derived ones read."""
        return self.facts_read(
            part
            for fact in self.derived
            for part in (
                fact.otherwise,
                *(b.trigger for b in fact.branches),
                *(p for b in fact.branches for e in b.entries for p in (e.when, e.value)),
            )
        )


def lower_component(
    program: Program, component: Component, day: dt.date, *, deadlines: bool = False, also: Iterable[t.Expression] = ()
) -> Lowered:
    """The component on a version date.

    With `deadlines` these are lowered too; `also` are expressions it is to hold besides its own.
    """
    lowering = PartsLowering(program, day)
    norms = tuple([lowering.norm(norm, deadlines) for norm in component.norms])
    penalties = tuple([lowering.trigger(penalty) for penalty in component.penalties])
    return lowering.lowered(norms, penalties, tuple([lowering.lowering.lower(expression) for expression in also]))


@dataclass(slots=True)
class PartsLowering:
    """Lowers the parts of rules on a version date."""

    program: Program
    day: dt.date
    lowering: Lowering

    def __init__(self, program: Program, day: dt.date) -> None:
        self.program = program
        self.day = day
        self.lowering = Lowering(program, day)
        self.lowering.define = self._of_member

    def lowered(
        self, norms: tuple[LoweredNorm, ...], penalties: tuple[n.Node, ...], also: tuple[n.Node, ...] = ()
    ) -> Lowered:
        """What was lowered so far, with every derived fact it reads, through others too."""
        read, found = self.lowering, dict[str, LoweredFact]()
        while len(found) < len(read.derived):
            for name in [name for name in read.derived if name not in found]:
                found[name] = self.derived(self.program.derived[name])
        ordered = tuple(found[name] for name in self.program.derived if name in found) if found else ()
        return Lowered(
            facts=tuple(read.facts.values()),
            if_stated=frozenset(read.facts.keys() - read.plain),
            derived=ordered,
            applies=tuple(read.applies),
            clocks=frozenset(read.clocks),
            always=frozenset(read.always),
            days_off=self.program.days_off,
            waits=tuple(read.waits),
            members=read.members,
            norms=norms,
            penalties=penalties,
            also=also,
        )

    def norm(self, norm: Norm, deadlines: bool) -> LoweredNorm:
        """One norm."""
        lower, event = self.lowering.lower, norm.governed_by
        force, when = self.force(norm.force, event), tuple([lower(c) for c in norm.when])
        base = [*force, *when]
        if norm.opaque:
            base.append(self.lowering.unsettled("wording", norm.rule))
        due, done = (norm.deadline.expression, norm.deadline.done) if deadlines and norm.deadline else (None, None)
        requires: list[LoweredRequirement] = []
        for requirement in norm.requires:
            holds, bound = lower(requirement.condition), requirement.bound
            if bound is None:
                requires.append(LoweredRequirement(holds))
            else:
                # The parameter is read even where the condition that the bound came from does not.
                lower(t.Fact(bound.parameter))
                requires.append(LoweredRequirement(holds, lower(bound.limit), bound.parameter))
        return LoweredNorm(
            force=n.all_of(force),
            when=when,
            base=n.all_of(base),
            grounds=tuple([self.ground(g, event) for g in norm.grounds]),
            exclusions=tuple([self.exclusion(x, event) for x in norm.exclusions]),
            requires=tuple(requires),
            deadline=None if due is None else lower(due),
            done=None if done is None else lower(done),
        )

    def derived(self, fact: DerivedFact) -> LoweredFact:
        """One derived fact."""
        if fact.base:
            otherwise: n.Node = self.lowering.lower(t.Fact(fact.base))
        else:
            otherwise = n.Constant(False if fact.type.kind == "yes_no" else None, fact.type)
        branches = tuple(
            LoweredBranch(
                self.trigger(derivation),
                tuple(
                    self._entry(entry.when, entry.value, entry.force, derivation, fact) for entry in derivation.entries
                ),
            )
            for derivation in fact.derivations
        )
        entries = sum(len(branch.entries) for branch in branches)
        if entries > 1 and (fact.type.kind in NUMERIC or (entries == 2 and fact.type.kind != "yes_no")):
            from mutandis.ir.left_out import unless_left_out  # few facts are given so

            otherwise = unless_left_out(branches, otherwise, fact.type, self.lowering.facts)
        return LoweredFact(fact.name, fact.type, branches, otherwise)

    def _of_member(self, fact: DerivedFact) -> n.Node:
        """The value that its rules give a derived fact, as one node: of entries that hold the first in their order."""
        lowered = self.derived(fact)
        entries = [
            (n.all_of([branch.trigger, entry.when]), entry.value)
            for branch in lowered.branches
            for entry in branch.entries
        ]
        if fact.type.kind == "yes_no":
            return n.any_of([n.all_of([holds, value]) for holds, value in entries])
        found = lowered.otherwise
        for holds, value in reversed(entries):
            found = n.If(holds, value, found, fact.type)
        return found

    def _entry(
        self, when: t.Expression | None, value: t.Expression, force: Interval, rule: Derivation, fact: DerivedFact
    ) -> LoweredEntry:
        holds = self.force(force, rule.governed_by)
        if when is not None:
            holds.append(self.lowering.lower(when))
        lowered = self.lowering.lower(value)
        if value.type is not None and value.type.optional and not fact.type.optional:
            # Not known, it may yet be none, which no bounds of a number say (S33).
            lowered = n.If(n.Present(lowered), lowered, n.Constant(None, lowered.type), lowered.type)
        return LoweredEntry(n.all_of(holds), held_as(lowered, fact.type))

    def trigger(self, rule: Norm | Derivation | LinkedPenalty) -> n.Node:
        """Whether a rule is triggered, where no order fells a part of it."""
        opaque = "" if isinstance(rule, LinkedPenalty) else rule.opaque
        outer = self.lowering.ending
        self.lowering.ending = outer or any(map(_needs_event, rule.when))
        parts = self._trigger(rule, opaque)
        self.lowering.ending = outer
        return n.all_of(parts)

    def _trigger(self, rule: Norm | Derivation | LinkedPenalty, opaque: str) -> list[n.Node]:
        event = rule.governed_by
        parts = self.force(rule.force, event)
        parts += [self.lowering.lower(c) for c in rule.when]
        if rule.grounds:
            parts.append(n.any_of([self.ground(g, event).holds() for g in rule.grounds]))
        parts += [n.Not(self.exclusion(x, event)) for x in rule.exclusions]
        if opaque:
            parts.append(self.lowering.unsettled("wording", rule.rule))
        return parts

    def ground(self, ground: LinkedGround, event: t.Expression | None) -> LoweredGround:
        """One ground, with those inside it."""
        own = self.force(ground.force, event)
        if ground.when is not None:
            own.append(self.lowering.lower(ground.when))
        if ground.unless is not None:
            own.append(n.Not(self.lowering.lower(ground.unless)))
        return LoweredGround(tuple(own), tuple([self.ground(g, event) for g in ground.grounds]))

    def exclusion(self, exclusion: LinkedExclusion, event: t.Expression | None) -> n.Node:
        """One exclusion."""
        ground = LinkedGround(exclusion.citation, exclusion.when, exclusion.grounds, None, exclusion.force)
        return self.ground(ground, event).holds()

    def force(self, force: Interval, event: t.Expression | None) -> list[n.Node]:
        """What must hold for the interval to hold: nothing where it does, never where it does not."""
        if event is None:
            return [] if force.holds(self.day) else [n.NEVER]
        return [self.lowering.lower(time) for time in times_of(force, event)]


def _needs_event(condition: t.Expression) -> bool:
    """True if it holds only where a case states an event that is presumed not to have been."""
    match condition:
        case t.And(operands=operands):
            return any(map(_needs_event, operands))
        case t.Or(operands=operands):
            return all(map(_needs_event, operands))
        case t.Present(operand=t.Fact(not_yet=True), negated=False):
            return True
        case _:
            return False
