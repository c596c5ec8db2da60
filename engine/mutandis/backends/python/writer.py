"""The statements of one compiled function: facts into locals, derived facts, norms, each where its plan puts it.

Straight-line code, total or three-valued as the emitter of its expressions is (S47): a statement for every derived
fact, reference, ground and requirement. The truth of slot 3 stands in `t3`, its bound's value in `b3`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from sys import intern

from mutandis.backends.operations import fact_not_known
from mutandis.backends.python import syntax
from mutandis.backends.python.expressions import Emitter, load
from mutandis.backends.python.in_place import read_in_place, uses_in
from mutandis.backends.python.total import UNSET, NotTotal
from mutandis.dataclass import dataclass
from mutandis.decide.plan import GroundSlot, NormSlots
from mutandis.decide.ternary import FALSE, NONE, TRUE, Gap
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered, LoweredFact, LoweredGround, LoweredNorm
from mutandis.ir.lower import StatedFact
from mutandis.values import UNKNOWN


@dataclass(slots=True)
class Writer:
    """The body of one function. `shared` is how a total function reads facts that were read before its body, by the
    fact and whether it is read only where a case states it.
    """

    emit: Emitter
    lowered: Lowered
    choosing: bool = False
    shared: Mapping[tuple[str, bool], ast.expr] = field(default_factory=dict)
    body: list[ast.stmt] = field(default_factory=list)
    loads: dict[str, ast.expr] = field(default_factory=dict)
    checks: list[tuple[ast.If, list[str]]] = field(default_factory=list)
    _facts_end: int = 0

    def assign(self, name: str, value: ast.expr) -> None:
        self.body.append(_assigned(name, value))

    def when(self, test: ast.expr, then: list[ast.stmt], otherwise: list[ast.stmt] | None = None) -> None:
        self.body.append(syntax.If(test, then, otherwise or []))

    def inside(self, write: Callable[[], None]) -> list[ast.stmt]:
        """The statements that `write` would add."""
        outer, self.body = self.body, []
        write()
        inner, self.body = self.body, outer
        return inner

    # --- facts --------------------------------------------------------------------------------------------------------

    def prepare(self, later: frozenset[str] = frozenset()) -> None:
        """Facts, references and derived facts into locals; the facts of `later` only get a local."""
        emit, lowered = self.emit, self.lowered
        for number, fact in enumerate(lowered.facts):
            emit.locals_["fact", fact.name] = f"f{number}"
        self.load_facts(fact for fact in lowered.facts if fact.name not in later)
        self._facts_end = len(self.body)
        for clock in sorted(lowered.clocks - {"at"}):
            if clock == "days_off":
                ours = emit.constant(lowered.days_off)
                self.assign(clock, emit.call("days_off_with", ours, load("holidays")))
            elif emit.total:
                self._refuse_unknown([clock])
            else:
                gap = emit.constant(Gap(emit.names.truth_of("fact", clock)))
                self.assign(clock, syntax.IfExp(_is(load(clock), emit.constant(UNKNOWN)), gap, load(clock)))
        for number, citation in enumerate(lowered.applies):
            local = emit.locals_["applies", citation] = f"a{number}"
            asked = syntax.Call(syntax.Attribute(load("call"), "applies", ast.Load()), [syntax.Constant(citation)], [])
            self.assign(local, emit.settled(asked))
        for number, derived in enumerate(lowered.derived):
            local = emit.locals_["derived", derived.name] = f"d{number}"
            if emit.total:
                self._derived_total(derived, local)
            else:
                self._derived(derived, local)

    def written(self) -> list[ast.stmt]:
        """The whole body, once all of it is written."""
        lists = [_assigned(local, found) for local, found in self.emit.members.items()]
        return [*self.body[: self._facts_end], *lists, *self.body[self._facts_end :]]

    def load_facts(self, facts: Iterable[StatedFact]) -> None:
        """The facts into their locals; in the total form, one that is said to be unknown ends it."""
        checked: list[str] = []
        for fact in facts:
            local = self.emit.locals_["fact", fact.name]
            if not self.emit.total:
                self._fact(fact, local)
                continue
            if_stated = fact.name in self.lowered.if_stated
            absent = syntax.Constant(None) if if_stated else None
            read = self.loads[local] = self.shared.get((fact.name, if_stated)) or self.read(fact, absent)
            self.assign(local, read)
            # A yes/no fact that is unknown refuses by itself to be used as true or false.
            if fact.type.kind != "yes_no":
                checked.append(local)
        if self.emit.total:
            self._refuse_unknown(checked)

    def _refuse_unknown(self, names: list[str]) -> None:
        """End the function where one of the locals is unknown.

        `spare` puts the test in once all of it is written; Python drops a statement whose test is left false.
        """
        if names:
            check = syntax.If(syntax.Constant(False), [syntax.Raise(self.emit.constant(NotTotal), None)], [])
            self.checks.append((check, names))
            self.body.append(check)

    def spare(self, kept: frozenset[str]) -> None:
        """Leave out of a total function what it can do without. `kept` are locals that are used after its body."""
        uses = uses_in(self.body)
        unrefused = uses.unrefused | kept
        unknown = self.emit.constant(UNKNOWN)
        for check, names in self.checks:
            tests: list[ast.expr] = [_is(load(name), unknown) for name in names if name in unrefused]
            if tests:
                check.test = tests[0] if len(tests) == 1 else syntax.BoolOp(ast.Or(), tests)
        tested = {name for _, names in self.checks for name in names} & unrefused
        loads = {name: read for name, read in self.loads.items() if name not in tested and name not in kept}
        self.body = read_in_place(self.body, uses, loads)

    def _fact(self, fact: StatedFact, local: str) -> None:
        emit, unknown = self.emit, fact_not_known(fact, self.emit.names)
        self.assign(local, self.read(fact, emit.constant(UNKNOWN)))
        is_unknown = _is(load(local), emit.constant(UNKNOWN))
        if fact.type.kind == "yes_no":
            known = syntax.IfExp(is_unknown, syntax.Constant(unknown), syntax.Constant(FALSE))
            holds = _is(load(local), syntax.Constant(True))
            self.assign(local, syntax.IfExp(holds, syntax.Constant(TRUE), known))
            return
        to_none: ast.stmt = syntax.If(
            _is(load(local), syntax.Constant(None)), [_assigned(local, emit.constant(NONE))], []
        )
        self.when(is_unknown, [_assigned(local, emit.constant(unknown))], [to_none])

    def read(self, fact: StatedFact, otherwise: ast.expr | None) -> ast.expr:
        """The fact as the case states it or as it is presumed, else `otherwise`, or without it a `KeyError`."""
        absent = otherwise if fact.absent is UNKNOWN else self.emit.constant(fact.absent)
        if absent is None:
            return syntax.Subscript(load("facts"), _key(fact.name), ast.Load())
        return syntax.Call(syntax.Attribute(load("facts"), "get", ast.Load()), [_key(fact.name), absent], [])

    def open_parameters(self, names: list[str]) -> ast.expr:
        """A number whose bits say which of the parameters are open."""
        found: ast.expr = syntax.Constant(0)
        for place, name in enumerate(names):
            bit = syntax.BinOp(self._is_open(name), ast.LShift(), syntax.Constant(place))
            found = bit if place == 0 else syntax.BinOp(found, ast.BitOr(), bit)
        return found

    def _is_open(self, parameter: str) -> ast.expr:
        self.emit.namespace["Gap"] = Gap
        kind = syntax.Attribute(load(self.emit.locals_["fact", parameter]), "__class__", ast.Load())
        return _is(kind, load("Gap"))

    # --- derived facts ------------------------------------------------------------------------------------------------

    def _derived(self, fact: LoweredFact, local: str) -> None:
        emit, is_truth = self.emit, fact.type.kind == "yes_no"
        holding: list[ast.expr] = []
        values: list[n.Node] = []
        for branch in fact.branches:
            trigger = f"{local}_t{len(values)}"
            self.assign(trigger, emit.value(branch.trigger))
            for entry in branch.entries:
                name = f"{local}_{len(values)}"
                self.assign(name, emit.all_of([load(trigger), *_unless_always(emit, entry.when)]))
                holding.append(load(name))
                values.append(entry.value)
        if is_truth and all(n.is_fixed(value, True) for value in values) and n.is_fixed(fact.otherwise, False):
            settled = emit.any_of(holding)
        else:
            entries: list[ast.expr] = []
            for holds, value in zip(holding, values, strict=True):
                kept = syntax.IfExp(holds, emit.value(value), syntax.Constant(None))
                entries.append(syntax.Tuple([holds, kept], ast.Load()))
            settled = emit.call(
                "derived_truth" if is_truth else "derived",
                syntax.Constant(fact.name),
                syntax.Tuple(entries, ast.Load()),
                emit.value(fact.otherwise),
            )
        if not self.choosing:
            self.assign(local, settled)
            return
        choices = syntax.Attribute(load("call"), "choices", ast.Load())
        chosen: ast.expr = syntax.Subscript(choices, syntax.Constant(fact.name), ast.Load())
        if is_truth:
            chosen = syntax.UnaryOp(ast.USub(), chosen)
        has = syntax.Compare(syntax.Constant(fact.name), [ast.In()], [choices])
        self.assign(local, syntax.IfExp(has, chosen, settled))

    def _derived_total(self, fact: LoweredFact, local: str) -> None:
        emit = self.emit
        unset = emit.constant(UNSET)
        is_unset = _is(load(local), unset)
        self.assign(local, unset)
        for branch in fact.branches:
            inner: list[ast.stmt] = []
            for entry in branch.entries:
                value = emit.value(entry.value)
                agreed = emit.call("total_agreed", load(local), value)
                keep = _assigned(local, syntax.IfExp(is_unset, value, agreed))
                tests = _unless_always(emit, entry.when)
                inner.append(syntax.If(tests[0], [keep], []) if tests else keep)
            if inner:
                self.when(emit.value(branch.trigger), inner)
        self.when(is_unset, [_assigned(local, emit.value(fact.otherwise))])

    # --- norms --------------------------------------------------------------------------------------------------------

    def norm(self, slots: NormSlots, norm: LoweredNorm, facts: list[StatedFact]) -> None:
        """The truths of one norm; what cannot matter because it is not triggered is left false.

        `facts` are those to be loaded for its parts alone.
        """
        # Where wording that is not held may be in force there is no total function, so here such a norm is out.
        is_out = slots.norm.opaque and self.emit.total
        self.assign(f"t{slots.base}", self.emit.fixed(False) if is_out else self.emit.value(norm.base))
        inner = self.inside(lambda: self._parts(slots, norm, facts))
        if not inner:
            return
        # Where a part can be felled, an unknown part counts even if the norm is not triggered (see `order`).
        if slots.part_beats and not self.emit.total:
            self.body.extend(inner)
            return
        self.when(load(f"t{slots.base}"), inner, self._untriggered(slots))

    def _untriggered(self, slots: NormSlots) -> list[ast.stmt]:
        found: list[ast.stmt] = []
        truths, bounds = slots.places()
        for letter, places, value in (("t", truths, self.emit.fixed(False)), ("b", bounds, syntax.Constant(None))):
            targets: list[ast.expr] = [syntax.Name(f"{letter}{place}", ast.Store()) for place in places]
            if targets:
                found.append(syntax.Assign(targets, value))
        return found

    def _parts(self, slots: NormSlots, norm: LoweredNorm, facts: list[StatedFact]) -> None:
        emit = self.emit
        self.load_facts(facts)
        for ground_slot, ground in zip(slots.grounds, norm.grounds, strict=True):
            self._ground(ground_slot, ground)
        for place, exclusion in zip(slots.exclusions, norm.exclusions, strict=True):
            self.assign(f"t{place}", emit.value(exclusion))
        for slot, requirement in zip(slots.requires, norm.requires, strict=True):
            holds = emit.value(requirement.holds)
            if slot.bound is not None and requirement.limit is not None:
                if not emit.total:
                    holds = syntax.IfExp(self._is_open(requirement.parameter), syntax.Constant(TRUE), holds)
                self.assign(f"b{slot.bound.value}", emit.value(requirement.limit))
            self.assign(f"t{slot.truth}", holds)

    def _ground(self, slot: GroundSlot, ground: LoweredGround) -> None:
        for inner_slot, inner in zip(slot.inner, ground.inner, strict=True):
            self._ground(inner_slot, inner)
        truths = [n.slot(inner.truth) for inner in slot.inner]
        self.assign(f"t{slot.truth}", self.emit.value(ground.holds(truths)))


def _assigned(name: str, value: ast.expr) -> ast.stmt:
    return syntax.Assign([syntax.Name(name, ast.Store())], value)


def _is(left: ast.expr, right: ast.expr) -> ast.expr:
    return syntax.Compare(left, [ast.Is()], [right])


def _unless_always(emit: Emitter, node: n.Node) -> list[ast.expr]:
    return [] if node == n.ALWAYS else [emit.value(node)]


def _key(name: str) -> ast.expr:
    # Checked facts hold the same strings, which a dictionary then finds without comparing them letter by letter.
    return syntax.Constant(intern(name))
