"""From a plan to its three compiled functions: total, three-valued, and in detail.

Each is straight-line code: facts into locals, one statement for each derived fact and reference (S47), then the norms
in the order of the component. The total function raises where a fact is missing or says nothing definite; the
three-valued one always answers. The detailed one is for explanations and evaluates what the others may skip.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from sys import intern
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

from mutandis.compile.decision import CompiledDecision, new_decision
from mutandis.compile.expressions import Emitter, load
from mutandis.compile.in_place import read_in_place, refused_elsewhere
from mutandis.compile.names import Names
from mutandis.compile.operations import FALLS, UNSET, NotTotal
from mutandis.compile.plan import GroundSlot, NormSlots, Plan
from mutandis.compile.reads import Needs, needs_of, of_component
from mutandis.compile.ternary import FALSE, NONE, TRUE, Gap, Range
from mutandis.condition import tree as t
from mutandis.datatypes import DataType
from mutandis.link.program import Derivation, DerivedFact, LinkedExclusion, LinkedGround, LinkedPenalty, Program
from mutandis.rulebook.model import Interval
from mutandis.values import UNKNOWN

if TYPE_CHECKING:
    from mutandis.compile.shape import Shape
    from mutandis.compile.unit import Unit

Function = Callable[..., Any]

# The frames of the functions: our own constant text, parsed so that its fields fit every Python version. The body takes
# the place of `pass`, and nothing else passes through text.
_READ = """
def read(facts, at, today, now, call):
    pass
    return FOUND
"""
_TOTAL = """
def decide(facts, at, today, now, call, holidays):
    try:
        pass
        untriggered = not TRIGGERED
    except FALLS:
        return unit.decide_in_doubt(facts, at, today, now, call, holidays)
    shape = (untriggered and shapes.untriggered) or shapes[TRUTHS]
    if shape is None:
        return unit.decide_in_doubt(facts, at, today, now, call, holidays)
    decision = new(CompiledDecision)
    decision._shape = shape
    decision._numbers = NUMBERS
    decision._facts = facts
    if at is not None or holidays is not None:
        decision._asked_with = at, holidays, None
    return decision
"""
_NUMERIC = ("count", "money", "number", "duration")


@dataclass(frozen=True, slots=True)
class Detail:
    """Where the detailed function puts what it finds: positions in the tuple it returns.

    Per norm: its force, its `when` conditions, its grounds, its exclusions, its deadline (None where it has none).
    `done` is the fact that records the performance; `derived` per derived fact its value and the truths of its entries.
    """

    force: list[int] = field(default_factory=list)
    when: list[list[int]] = field(default_factory=list)
    grounds: list[list[int]] = field(default_factory=list)
    exclusions: list[list[int]] = field(default_factory=list)
    deadlines: list[int | None] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    derived: dict[str, tuple[int, list[int]]] = field(default_factory=dict)


@dataclass(slots=True)
class Compiler:
    """Compiles the functions of one plan. `day` is any version date of its in-force interval."""

    program: Program
    plan: Plan
    needs: Needs
    day: dt.date
    names: Names

    def total(self, shapes: Mapping[tuple[object, ...], Shape], unit: Unit) -> Function | None:
        """The total function, or None where wording that is not held keeps every case from being total.

        `f(facts, at, today, now, call, holidays)` gives the decision; all but the facts may be left out. It looks up
        the truths of the plan's slots, as bools, in `shapes`, and leaves to `unit.decide_in_doubt` what it cannot
        decide.
        """
        norms = [slots.norm for slots in self.plan.norms]
        if any(n.opaque and (n.governed_by is not None or n.force.holds(self.day)) for n in norms):
            return None
        writer = self._written(True, False)
        writer.emit.namespace |= {
            "FALLS": FALLS,
            "CompiledDecision": CompiledDecision,
            "new": new_decision,
            "shapes": shapes,
            "unit": unit,
        }
        writer.spare(frozenset(writer.emit.locals_[name] for name in self.plan.parameters))
        # Every other truth is false where no base of a norm holds and no penalty, so a look at these spares the lookup.
        first = [load(f"t{place}") for place in (*(s.base for s in self.plan.norms), *self.plan.penalties)]
        return writer.build(
            _TOTAL, TRUTHS=self._truths(), NUMBERS=self._numbers(writer), TRIGGERED=writer.emit.any_of(first)
        )

    def ternary(self, choosing: bool) -> Function:
        """The three-valued function: as the total one, with truths of `ternary`, and the open parameters as bits.

        With `choosing`, derived facts named in `call.choices` have the value it gives.
        """
        writer = self._written(False, choosing)
        open_ = writer.open_parameters(list(self.plan.parameters))
        found = ast.Tuple([self._truths(), self._numbers(writer), open_], ast.Load())
        return writer.build(_READ, FOUND=found)

    def detailed(self, choosing: bool, done: str) -> tuple[Function, Detail]:
        """The detailed function and where it puts things. `done` is the fact that records the performance, or empty."""
        writer = _Writer(Emitter(self.program, self.names, False), self.day, choosing)
        writer.prepare(self.needs)
        detail = Detail()
        results: list[ast.expr] = []

        def keep(node: ast.expr) -> int:
            results.append(node)
            return len(results) - 1

        for slots in self.plan.norms:
            norm, event = slots.norm, slots.norm.governed_by
            detail.force.append(keep(writer.force(norm.force, event)))
            detail.when.append([keep(writer.emit.truth(c)) for c in norm.when])
            detail.grounds.append([keep(writer.ground(g, event)) for g in norm.grounds])
            detail.exclusions.append([keep(writer.exclusion(x, event)) for x in norm.exclusions])
            deadline = norm.deadline.expression if norm.deadline is not None else None
            detail.deadlines.append(None if deadline is None else keep(writer.emit.value(deadline)))
        if done:
            detail.done.append(keep(writer.emit.value(t.Fact(done))))
        for name in self.needs.derived:
            local, entries = writer.emit.locals_[name], self.program.derived[name].derivations
            count = sum(len(d.entries) for d in entries)
            detail.derived[name] = (keep(load(local)), [keep(load(f"{local}_{k}")) for k in range(count)])
        return writer.build(_READ, FOUND=ast.Tuple(results, ast.Load())), detail

    def _facts_inside(self) -> list[tuple[str, ...]]:
        """Per norm the facts that are read only once a norm is triggered so far: a case need not state them."""
        norms = [slots.norm for slots in self.plan.norms]
        outside: list[t.Expression] = [e for norm in norms for e in norm.when]
        outside += [norm.governed_by for norm in norms if norm.governed_by is not None]
        outside += [t.Fact(name) for name in self.needs.derived]
        outside += of_component(replace(self.plan.component, norms=()))
        first = set(needs_of(self.program, outside).facts)
        found: list[tuple[str, ...]] = []
        for norm in norms:
            parts = of_component(replace(self.plan.component, norms=(replace(norm, when=()),), penalties=()))
            found.append(tuple(name for name in needs_of(self.program, parts).facts if name not in first))
        return found

    def _written(self, total: bool, choosing: bool) -> _Writer:
        """A writer that has every truth and every bound of the plan in its local."""
        writer = _Writer(Emitter(self.program, self.names, total), self.day, choosing)
        inner = self._facts_inside() if total else [()] * len(self.plan.norms)
        later = frozenset(name for names in inner for name in names)
        writer.prepare(self.needs, later)
        for name in self.plan.parameters:
            if name in later:
                writer.assign(writer.emit.locals_[name], ast.Constant(None))
        for slots, names in zip(self.plan.norms, inner, strict=True):
            writer.norm(slots, list(names))
        for place, penalty in zip(self.plan.penalties, self.plan.component.penalties, strict=True):
            writer.assign(f"t{place}", writer.penalty(penalty))
        return writer

    def _truths(self) -> ast.expr:
        return ast.Tuple([load(f"t{i}") for i in range(self.plan.truths)], ast.Load())

    def _numbers(self, writer: _Writer) -> ast.expr:
        numbers = [load(f"b{i}") for i in range(self.plan.bounds)]
        numbers += [load(writer.emit.locals_[name]) for name in self.plan.parameters]
        return ast.Tuple(numbers, ast.Load())


class _Filled(ast.NodeTransformer):
    """A frame with its body and its holes filled."""

    def __init__(self, body: list[ast.stmt], holes: Mapping[str, ast.expr]) -> None:
        self.body = body
        self.holes = holes

    def visit_Pass(self, node: ast.Pass) -> list[ast.stmt] | ast.Pass:
        """The body, where there is one."""
        return self.body or node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """What fills the hole of this name."""
        return self.holes.get(node.id, node)


@dataclass(slots=True)
class _Writer:
    """The body of one function."""

    emit: Emitter
    day: dt.date
    choosing: bool
    body: list[ast.stmt] = field(default_factory=list)
    loads: dict[str, ast.expr] = field(default_factory=dict)
    checks: list[tuple[ast.If, list[str]]] = field(default_factory=list)

    def assign(self, name: str, value: ast.expr) -> None:
        self.body.append(ast.Assign([ast.Name(name, ast.Store())], value))

    def when(self, test: ast.expr, then: list[ast.stmt], otherwise: list[ast.stmt] | None = None) -> None:
        self.body.append(ast.If(test, then, otherwise or []))

    def inside(self, write: Callable[[], None]) -> list[ast.stmt]:
        """The statements that `write` would add."""
        outer, self.body = self.body, []
        write()
        inner, self.body = self.body, outer
        return inner

    def build(self, frame: str, **holes: ast.expr) -> Function:
        """The function that `frame` is with the body for its `pass` and an expression for every name of `holes`."""
        module = _Filled(self.body, holes).visit(ast.parse(frame))
        compiled = compile(ast.fix_missing_locations(module), "<mutandis>", "exec")
        code = next(c for c in compiled.co_consts if isinstance(c, CodeType))
        left_out = (None, UNKNOWN, UNKNOWN, None, None)[: code.co_argcount - 1]
        return FunctionType(code, {"__builtins__": {}, **self.emit.namespace}, argdefs=left_out)

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
                missing = ast.Compare(load(clock), [ast.Is()], [self.emit.constant(UNKNOWN)])
                self.assign(clock, ast.IfExp(missing, gap, load(clock)))
        for number, citation in enumerate(needs.applies):
            local = self.emit.locals_[f"§applies {citation}"] = f"a{number}"
            asked = ast.Call(ast.Attribute(load("call"), "applies", ast.Load()), [ast.Constant(citation)], [])
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
        """End the function where one of the locals is unknown; `spare` puts the test in, once all of it is written."""
        if names:
            check = ast.If(ast.Constant(False), [ast.Raise(self.emit.constant(NotTotal()), None)], [])
            self.checks.append((check, names))
            self.body.append(check)

    def spare(self, kept: frozenset[str]) -> None:
        """Leave out of a total function what it can do without. `kept` are locals that are used after its body."""
        checked = [name for _, names in self.checks for name in names]
        spared = refused_elsewhere(self.body, checked) - kept
        unknown = self.emit.constant(UNKNOWN)
        for check, names in self.checks:
            tests: list[ast.expr] = [ast.Compare(load(n), [ast.Is()], [unknown]) for n in names if n not in spared]
            if tests:
                check.test = tests[0] if len(tests) == 1 else ast.BoolOp(ast.Or(), tests)
            else:
                check.body = [ast.Pass()]
        self.body = read_in_place(self.body, {name: read for name, read in self.loads.items() if name not in kept})

    def _fact(self, name: str, local: str) -> None:
        emit = self.emit
        declared = emit.program.vocabulary.facts.get(name)
        presumed = declared is not None and declared.has_presumption
        # Checked facts hold the same strings, which a dictionary then finds without comparing them letter by letter.
        key = ast.Constant(intern(name))
        if emit.total and not presumed:
            self.loads[local] = ast.Subscript(load("facts"), key, ast.Load())
            self.assign(local, self.loads[local])
            return
        truth = emit.waits_for_fact(name)
        type_ = declared.type if declared is not None else None
        is_truth = type_ is not None and type_.kind == "yes_no"
        gap = emit.constant(UNKNOWN) if emit.total or is_truth else emit.constant(self._gap(name, type_, truth))
        absent = emit.constant(declared.presume) if declared is not None and presumed else gap
        found = ast.Call(ast.Attribute(load("facts"), "get", ast.Load()), [key, absent], [])
        self.assign(local, found)
        if emit.total:
            self.loads[local] = found
            return
        unknown = ast.Compare(load(local), [ast.Is()], [emit.constant(UNKNOWN)])
        if is_truth:
            known = ast.IfExp(unknown, ast.Constant(truth), ast.Constant(FALSE))
            holds = ast.Compare(load(local), [ast.Is()], [ast.Constant(True)])
            self.assign(local, ast.IfExp(holds, ast.Constant(TRUE), known))
            return
        nothing = ast.Compare(load(local), [ast.Is()], [ast.Constant(None)])
        to_none: list[ast.stmt] = [ast.Assign([ast.Name(local, ast.Store())], emit.constant(NONE))]
        to_gap: list[ast.stmt] = [ast.Assign([ast.Name(local, ast.Store())], gap)]
        self.when(unknown, to_gap, [ast.If(nothing, to_none, [])])

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
                kept = ast.IfExp(load(name), value, ast.Constant(None))
                entries.append(ast.Tuple([load(name), kept], ast.Load()))
        otherwise = self._otherwise(derived, is_truth)
        function = "derived_truth" if is_truth else "derived"
        settled = emit.call(function, ast.Constant(derived.name), ast.Tuple(entries, ast.Load()), otherwise)
        if not self.choosing:
            self.assign(local, settled)
            return
        choices = ast.Attribute(load("call"), "choices", ast.Load())
        chosen: ast.expr = ast.Subscript(choices, ast.Constant(derived.name), ast.Load())
        if is_truth:
            chosen = ast.UnaryOp(ast.USub(), chosen)
        has = ast.Compare(ast.Constant(derived.name), [ast.In()], [choices])
        self.assign(local, ast.IfExp(has, chosen, settled))

    def open_parameters(self, names: list[str]) -> ast.expr:
        """A number whose bits say which of the parameters are open."""
        found: ast.expr = ast.Constant(0)
        for place, name in enumerate(names):
            bit = ast.BinOp(self._is_open(name), ast.LShift(), ast.Constant(place))
            found = bit if place == 0 else ast.BinOp(found, ast.BitOr(), bit)
        return found

    def _is_open(self, parameter: str) -> ast.expr:
        self.emit.namespace["Gap"] = Gap
        kind = ast.Attribute(load(self.emit.locals_[parameter]), "__class__", ast.Load())
        return ast.Compare(kind, [ast.Is()], [load("Gap")])

    def _otherwise(self, derived: DerivedFact, is_truth: bool) -> ast.expr:
        if derived.base:
            return load(self.emit.locals_[derived.base])
        if is_truth:
            return self.emit.fixed(False)
        return ast.Constant(None) if self.emit.total else self.emit.constant(NONE)

    def _derived_total(self, derived: DerivedFact, local: str) -> None:
        emit, is_truth = self.emit, derived.type.kind == "yes_no"
        unset = emit.constant(UNSET)
        self.assign(local, unset)
        for derivation in derived.derivations:

            def write(derivation: Derivation = derivation) -> None:
                for entry in derivation.entries:
                    value = emit.truth(entry.value) if is_truth else emit.typed(entry.value, derived.type)
                    agreed = emit.call("total_agreed", load(local), value)
                    is_unset = ast.Compare(load(local), [ast.Is()], [unset])
                    keep = ast.Assign([ast.Name(local, ast.Store())], ast.IfExp(is_unset, value, agreed))
                    tests = [emit.truth(entry.when)] if entry.when is not None else []
                    if (force := self.force(entry.force, derivation.governed_by, known=True)) is not None:
                        tests.insert(0, force)
                    self.body.append(ast.If(emit.all_of(tests), [keep], []) if tests else keep)

            inner = self.inside(write)
            if inner:
                self.when(self._trigger(derivation), inner)
        is_unset = ast.Compare(load(local), [ast.Is()], [unset])
        self.when(is_unset, [ast.Assign([ast.Name(local, ast.Store())], self._otherwise(derived, is_truth))])

    def _trigger(self, rule: Derivation) -> ast.expr:
        emit, event = self.emit, rule.governed_by
        parts = [emit.truth(c) for c in rule.when]
        if rule.grounds:
            parts.append(emit.any_of([self.ground(g, event) for g in rule.grounds]))
        parts.extend(emit.not_(self.exclusion(x, event)) for x in rule.exclusions)
        if rule.opaque:
            wording = ast.Constant(emit.names.truth_of("wording", rule.rule))
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
                parts.append(ast.Constant(self.emit.names.truth_of("wording", norm.rule)))
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
            self.body.append(ast.Assign([ast.Name(n, ast.Store()) for n in names], self.emit.fixed(False)))
        bounds = [f"b{q.bound.value}" for q in slots.requires if q.bound is not None]
        if bounds:
            self.body.append(ast.Assign([ast.Name(n, ast.Store()) for n in bounds], ast.Constant(None)))

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
                    holds = ast.IfExp(self._is_open(slot.bound.parameter), ast.Constant(TRUE), holds)
                self.assign(f"b{slot.bound.value}", limit)
            self.assign(f"t{slot.truth}", holds)

    def _ground_slot(self, slot: GroundSlot, event: t.Expression | None) -> None:
        for inner in slot.inner:
            self._ground_slot(inner, event)
        truths = [load(f"t{inner.truth}") for inner in slot.inner]
        self.assign(f"t{slot.truth}", self._ground(slot.ground, event, truths))
