"""The statements of one compiled function: facts into locals, derived facts, norms, each where its plan puts it.

Straight-line code, total or three-valued as the emitter of its expressions is (S47): a statement for every derived
fact, reference, ground and requirement.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from mutandis.compile import syntax
from mutandis.compile.expressions import Emitter, load
from mutandis.compile.in_place import read_in_place, uses_in
from mutandis.compile.operations import UNSET, NotTotal
from mutandis.condition import tree as t
from mutandis.datatypes import DataType
from mutandis.decide.plan import GroundSlot, NormSlots
from mutandis.decide.ternary import FALSE, NONE, TRUE, Gap, Range
from mutandis.link.program import Derivation, DerivedFact, LinkedExclusion, LinkedGround, LinkedPenalty
from mutandis.link.reads import Needs
from mutandis.rulebook.model import Interval
from mutandis.values import UNKNOWN

_NUMERIC = ("count", "money", "number", "duration")


@dataclass(slots=True)
class Writer:
    """The body of one function. `shared` is how a total function reads facts that were read before its body."""

    emit: Emitter
    day: dt.date
    choosing: bool
    shared: Mapping[str, ast.expr] = field(default_factory=dict)
    body: list[ast.stmt] = field(default_factory=list)
    loads: dict[str, ast.expr] = field(default_factory=dict)
    checks: list[tuple[ast.If, list[str]]] = field(default_factory=list)

    def assign(self, name: str, value: ast.expr) -> None:
        self.body.append(syntax.Assign([syntax.Name(name, ast.Store())], value))

    def when(self, test: ast.expr, then: list[ast.stmt], otherwise: list[ast.stmt] | None = None) -> None:
        self.body.append(syntax.If(test, then, otherwise or []))

    def inside(self, write: Callable[[], None]) -> list[ast.stmt]:
        """The statements that `write` would add."""
        outer, self.body = self.body, []
        write()
        inner, self.body = self.body, outer
        return inner

    # --- facts --------------------------------------------------------------------------------------------------------

    def prepare(self, needs: Needs, later: frozenset[str] = frozenset()) -> None:
        """Facts, references and derived facts into locals; the facts of `later` only get a local."""
        for number, name in enumerate(needs.facts):
            self.emit.locals_[name] = f"f{number}"
        self.load_facts([name for name in needs.facts if name not in later])
        for clock, read in (("today", needs.today), ("now", needs.now)):
            if read and self.emit.total:
                self._refuse_unknown([clock])
            elif read:
                gap = self.emit.constant(Gap(self.emit.names.truth_of("fact", clock)))
                missing = syntax.Compare(load(clock), [ast.Is()], [self.emit.constant(UNKNOWN)])
                self.assign(clock, syntax.IfExp(missing, gap, load(clock)))
        if needs.days_off:
            ours = self.emit.constant(self.emit.program.days_off)
            self.assign("days_off", self.emit.call("days_off_with", ours, load("holidays")))
        for number, citation in enumerate(needs.applies):
            local = self.emit.locals_[f"§applies {citation}"] = f"a{number}"
            asked = syntax.Call(syntax.Attribute(load("call"), "applies", ast.Load()), [syntax.Constant(citation)], [])
            self.assign(local, self.emit.settled(asked))
        for number, name in enumerate(needs.derived):
            local = self.emit.locals_[name] = f"d{number}"
            self._derived(self.emit.program.derived[name], local)

    def load_facts(self, names: list[str]) -> None:
        """The facts into their locals; in the total form, one that is said to be unknown ends it."""
        checked: list[str] = []
        for name in names:
            local = self.emit.locals_[name]
            self._fact(name, local)
            type_ = self.emit.type_of(t.Fact(name))
            # A yes/no fact that is unknown refuses by itself to be used as true or false.
            if type_ is None or type_.kind != "yes_no":
                checked.append(local)
        if self.emit.total:
            self._refuse_unknown(checked)

    def _refuse_unknown(self, names: list[str]) -> None:
        """End the function where one of the locals is unknown.

        `spare` puts the test in once all of it is written; Python drops a statement whose test is left false.
        """
        if names:
            check = syntax.If(syntax.Constant(False), [syntax.Raise(self.emit.constant(NotTotal()), None)], [])
            self.checks.append((check, names))
            self.body.append(check)

    def spare(self, kept: frozenset[str]) -> None:
        """Leave out of a total function what it can do without. `kept` are locals that are used after its body."""
        uses = uses_in(self.body)
        unrefused = uses.unrefused | kept
        unknown = self.emit.constant(UNKNOWN)
        for check, names in self.checks:
            tests: list[ast.expr] = [syntax.Compare(load(n), [ast.Is()], [unknown]) for n in names if n in unrefused]
            if tests:
                check.test = tests[0] if len(tests) == 1 else syntax.BoolOp(ast.Or(), tests)
        tested = {name for _, names in self.checks for name in names} & unrefused
        loads = {name: read for name, read in self.loads.items() if name not in tested and name not in kept}
        self.body = read_in_place(self.body, uses, loads)

    def _fact(self, name: str, local: str) -> None:
        emit = self.emit
        if emit.total:
            read = self.loads[local] = self.shared.get(name) or self._read(name)
            self.assign(local, read)
            return
        truth = emit.waits_for_fact(name)
        type_ = emit.type_of(t.Fact(name))
        is_truth = type_ is not None and type_.kind == "yes_no"
        gap = emit.constant(UNKNOWN if is_truth else self._gap(name, type_, truth))
        self.assign(local, self.read_or(name, gap))
        unknown = syntax.Compare(load(local), [ast.Is()], [emit.constant(UNKNOWN)])
        if is_truth:
            known = syntax.IfExp(unknown, syntax.Constant(truth), syntax.Constant(FALSE))
            holds = syntax.Compare(load(local), [ast.Is()], [syntax.Constant(True)])
            self.assign(local, syntax.IfExp(holds, syntax.Constant(TRUE), known))
            return
        nothing = syntax.Compare(load(local), [ast.Is()], [syntax.Constant(None)])
        to_none: list[ast.stmt] = [syntax.Assign([syntax.Name(local, ast.Store())], emit.constant(NONE))]
        to_gap: list[ast.stmt] = [syntax.Assign([syntax.Name(local, ast.Store())], gap)]
        self.when(unknown, to_gap, [syntax.If(nothing, to_none, [])])

    def _read(self, name: str) -> ast.expr:
        """The fact as the case states it or as it is presumed; where it is neither, reading it raises `KeyError`."""
        if self._presumption(name) is not None:
            return self.read_or(name, syntax.Constant(None))
        return syntax.Subscript(load("facts"), _key(name), ast.Load())

    def read_or(self, name: str, otherwise: ast.expr) -> ast.expr:
        """The fact as the case states it or as it is presumed, else `otherwise`."""
        absent = self._presumption(name) or otherwise
        return syntax.Call(syntax.Attribute(load("facts"), "get", ast.Load()), [_key(name), absent], [])

    def _presumption(self, name: str) -> ast.expr | None:
        declared = self.emit.program.vocabulary.facts.get(name)
        if declared is None or not declared.has_presumption:
            return None
        return self.emit.constant(declared.presume)

    def _gap(self, name: str, type_: DataType | None, truth: int) -> Gap:
        """What stands for a fact that is not known: a range where it is a number, and no parameter."""
        numeric = (
            type_ is not None and type_.kind in _NUMERIC and (type_.kind != "duration" or type_.family is not None)
        )
        if type_ is None or not numeric or self.emit.is_parameter(name):
            return Gap(truth)
        declared = self.emit.program.vocabulary.facts[name]
        low = 0 if declared.minimum is None and type_.kind != "number" else declared.minimum
        return Range(low, declared.maximum, truth)

    # --- derived facts ------------------------------------------------------------------------------------------------

    def _derived(self, derived: DerivedFact, local: str) -> None:
        if self.emit.total:
            self._derived_total(derived, local)
            return
        emit, is_truth = self.emit, derived.type.kind == "yes_no"
        entries: list[ast.expr] = []
        for derivation in derived.derivations:
            trigger = self._trigger(derivation)
            shared = f"{local}_t{len(entries)}"
            self.assign(shared, trigger)
            for entry in derivation.entries:
                holds = [load(shared)]
                if (force := self.force(entry.force, derivation.governed_by, known=True)) is not None:
                    holds.append(force)
                if entry.when is not None:
                    holds.append(emit.truth(entry.when))
                name = f"{local}_{len(entries)}"
                self.assign(name, emit.all_of(holds))
                value = emit.truth(entry.value) if is_truth else emit.typed(entry.value, derived.type)
                kept = syntax.IfExp(load(name), value, syntax.Constant(None))
                entries.append(syntax.Tuple([load(name), kept], ast.Load()))
        otherwise = self._otherwise(derived, is_truth)
        function = "derived_truth" if is_truth else "derived"
        settled = emit.call(function, syntax.Constant(derived.name), syntax.Tuple(entries, ast.Load()), otherwise)
        if not self.choosing:
            self.assign(local, settled)
            return
        choices = syntax.Attribute(load("call"), "choices", ast.Load())
        chosen: ast.expr = syntax.Subscript(choices, syntax.Constant(derived.name), ast.Load())
        if is_truth:
            chosen = syntax.UnaryOp(ast.USub(), chosen)
        has = syntax.Compare(syntax.Constant(derived.name), [ast.In()], [choices])
        self.assign(local, syntax.IfExp(has, chosen, settled))

    def open_parameters(self, names: list[str]) -> ast.expr:
        """A number whose bits say which of the parameters are open."""
        found: ast.expr = syntax.Constant(0)
        for place, name in enumerate(names):
            bit = syntax.BinOp(self._is_open(name), ast.LShift(), syntax.Constant(place))
            found = bit if place == 0 else syntax.BinOp(found, ast.BitOr(), bit)
        return found

    def _is_open(self, parameter: str) -> ast.expr:
        self.emit.namespace["Gap"] = Gap
        kind = syntax.Attribute(load(self.emit.locals_[parameter]), "__class__", ast.Load())
        return syntax.Compare(kind, [ast.Is()], [load("Gap")])

    def _otherwise(self, derived: DerivedFact, is_truth: bool) -> ast.expr:
        if derived.base:
            return load(self.emit.locals_[derived.base])
        if is_truth:
            return self.emit.fixed(False)
        return syntax.Constant(None) if self.emit.total else self.emit.constant(NONE)

    def _derived_total(self, derived: DerivedFact, local: str) -> None:
        emit, is_truth = self.emit, derived.type.kind == "yes_no"
        unset = emit.constant(UNSET)
        self.assign(local, unset)
        for derivation in derived.derivations:

            def write(derivation: Derivation = derivation) -> None:
                for entry in derivation.entries:
                    value = emit.truth(entry.value) if is_truth else emit.typed(entry.value, derived.type)
                    agreed = emit.call("total_agreed", load(local), value)
                    is_unset = syntax.Compare(load(local), [ast.Is()], [unset])
                    keep = syntax.Assign([syntax.Name(local, ast.Store())], syntax.IfExp(is_unset, value, agreed))
                    tests = [emit.truth(entry.when)] if entry.when is not None else []
                    if (force := self.force(entry.force, derivation.governed_by, known=True)) is not None:
                        tests.insert(0, force)
                    self.body.append(syntax.If(emit.all_of(tests), [keep], []) if tests else keep)

            inner = self.inside(write)
            if inner:
                self.when(self._trigger(derivation), inner)
        is_unset = syntax.Compare(load(local), [ast.Is()], [unset])
        self.when(is_unset, [syntax.Assign([syntax.Name(local, ast.Store())], self._otherwise(derived, is_truth))])

    def _trigger(self, rule: Derivation) -> ast.expr:
        emit, event = self.emit, rule.governed_by
        parts = [emit.truth(c) for c in rule.when]
        if rule.grounds:
            parts.append(emit.any_of([self.ground(g, event) for g in rule.grounds]))
        parts.extend(emit.not_(self.exclusion(x, event)) for x in rule.exclusions)
        if rule.opaque:
            wording = syntax.Constant(emit.names.truth_of("wording", rule.rule))
            parts.append(emit.call("not_total") if emit.total else wording)
        return emit.all_of(self._with_force(rule.force, event, parts))

    # --- norms --------------------------------------------------------------------------------------------------------

    def force(self, force: Interval, event: t.Expression | None, known: bool = False) -> Any:
        """Whether the interval holds; with `known`, None where it always does."""
        if force.since is None and force.until is None:
            return None if known else self.emit.fixed(True)
        if event is None:
            holds = force.holds(self.day)
            return None if known and holds else self.emit.fixed(holds)
        return self.emit.settled(self.emit.call("in_force", self.emit.value(event), self.emit.constant(force)))

    def _with_force(self, force: Interval, event: t.Expression | None, parts: list[ast.expr]) -> list[ast.expr]:
        found = self.force(force, event, known=True)
        return parts if found is None else [found, *parts]

    def ground(self, ground: LinkedGround, event: t.Expression | None) -> ast.expr:
        """Whether a ground holds."""
        inner = [self.ground(g, event) for g in ground.grounds]
        return self._ground(ground, event, inner)

    def _ground(self, ground: LinkedGround, event: t.Expression | None, inner: list[ast.expr]) -> ast.expr:
        emit = self.emit
        parts = [emit.truth(ground.when)] if ground.when is not None else []
        if ground.grounds:
            parts.append(emit.any_of(inner))
        if ground.unless is not None:
            parts.append(emit.not_(emit.truth(ground.unless)))
        return emit.all_of(self._with_force(ground.force, event, parts))

    def exclusion(self, exclusion: LinkedExclusion, event: t.Expression | None) -> ast.expr:
        """Whether an exclusion holds."""
        emit = self.emit
        parts = [emit.truth(exclusion.when)] if exclusion.when is not None else []
        if exclusion.grounds:
            parts.append(emit.any_of([self.ground(g, event) for g in exclusion.grounds]))
        return emit.all_of(self._with_force(exclusion.force, event, parts))

    def penalty(self, penalty: LinkedPenalty) -> ast.expr:
        """Whether a penalty is triggered."""
        emit = self.emit
        parts = [emit.truth(c) for c in penalty.when]
        if penalty.grounds:
            parts.append(emit.any_of([self.ground(g, None) for g in penalty.grounds]))
        parts.extend(emit.not_(self.exclusion(x, None)) for x in penalty.exclusions)
        return emit.all_of(self._with_force(penalty.force, None, parts))

    def norm(self, slots: NormSlots, facts: list[str]) -> None:
        """The truths of one norm; what cannot matter because it is not triggered is left false.

        `facts` are those to be loaded for its parts alone.
        """
        norm, event = slots.norm, slots.norm.governed_by
        if norm.opaque and self.emit.total:
            # `Compiler.total` leaves out plans with wording that may be in force, so this one is out.
            self.assign(f"t{slots.base}", self.emit.fixed(False))
        else:
            parts = [self.emit.truth(c) for c in norm.when]
            if norm.opaque:
                parts.append(syntax.Constant(self.emit.names.truth_of("wording", norm.rule)))
            self.assign(f"t{slots.base}", self.emit.all_of(self._with_force(norm.force, event, parts)))
        inner = self.inside(lambda: self._parts(slots, facts))
        if not inner:
            return
        # Where a part can be felled, an unknown part counts even if the norm is not triggered (see `order`).
        if slots.part_beats and not self.emit.total:
            self.body.extend(inner)
            return
        self.when(load(f"t{slots.base}"), inner, self.inside(lambda: self._untriggered(slots)))

    def _untriggered(self, slots: NormSlots) -> None:
        def places(grounds: tuple[GroundSlot, ...]) -> list[int]:
            return [p for g in grounds for p in (g.truth, *places(g.inner))]

        names = [f"t{p}" for p in (*places(slots.grounds), *slots.exclusions, *(q.truth for q in slots.requires))]
        if names:
            self.body.append(syntax.Assign([syntax.Name(n, ast.Store()) for n in names], self.emit.fixed(False)))
        bounds = [f"b{q.bound.value}" for q in slots.requires if q.bound is not None]
        if bounds:
            self.body.append(syntax.Assign([syntax.Name(n, ast.Store()) for n in bounds], syntax.Constant(None)))

    def _parts(self, slots: NormSlots, facts: list[str]) -> None:
        event = slots.norm.governed_by
        self.load_facts(facts)
        for ground in slots.grounds:
            self._ground_slot(ground, event)
        for place, exclusion in zip(slots.exclusions, slots.norm.exclusions, strict=True):
            self.assign(f"t{place}", self.exclusion(exclusion, event))
        for slot in slots.requires:
            requirement = slot.requirement
            holds = self.emit.truth(requirement.condition)
            if slot.bound is not None and requirement.bound is not None:
                limit = self.emit.value(requirement.bound.limit)
                if not self.emit.total:
                    holds = syntax.IfExp(self._is_open(slot.bound.parameter), syntax.Constant(TRUE), holds)
                self.assign(f"b{slot.bound.value}", limit)
            self.assign(f"t{slot.truth}", holds)

    def _ground_slot(self, slot: GroundSlot, event: t.Expression | None) -> None:
        for inner in slot.inner:
            self._ground_slot(inner, event)
        truths = [load(f"t{inner.truth}") for inner in slot.inner]
        self.assign(f"t{slot.truth}", self._ground(slot.ground, event, truths))


def _key(name: str) -> ast.expr:
    # Checked facts hold the same strings, which a dictionary then finds without comparing them letter by letter.
    return syntax.Constant(intern(name))
