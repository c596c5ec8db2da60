"""From a plan to its three compiled functions: total, three-valued, and in detail.

Each is straight-line code: facts into locals, one statement for each derived fact and reference (S47), then the norms
in the order of the component. The total function makes the decision itself, and hands the case on where a fact is
missing or says nothing definite; the three-valued one always answers. The detailed one is for explanations and
evaluates what the others may skip.
"""

from __future__ import annotations

import ast
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from textwrap import indent
from types import CodeType, FunctionType
from typing import Any

from mutandis.compile import syntax
from mutandis.compile.expressions import Emitter, load
from mutandis.compile.operations import FALLS
from mutandis.compile.writer import Writer
from mutandis.condition import tree as t
from mutandis.decide.decision import CompiledDecision, new_decision
from mutandis.decide.names import Names
from mutandis.decide.plan import Detail, Plan
from mutandis.link.program import Program
from mutandis.link.reads import Needs, needs_of, of_component
from mutandis.values import UNKNOWN

Function = Callable[..., Any]

# The frames of the functions: our own constant text, parsed so that its fields fit every Python version. The body takes
# the place of `pass`, an expression that of each name in capitals, and nothing else passes through text.
_READ = """
def read(facts, at, today, now, call, holidays):
    pass
    return FOUND
"""
FOUND = """
decision = new(CompiledDecision)
decision._shape = shape
decision._numbers = NUMBERS
decision._facts = facts
if at is not None or holidays is not None:
    decision._asked_with = at, holidays, None
"""
_DECIDE = f"""
def decide(facts, at, today, now, call, holidays):
    try:
        pass
        untriggered = not TRIGGERED
    except FALLS:
        return UNIT.decide_in_doubt(facts, at, holidays)
    shape = (untriggered and SHAPES.untriggered) or SHAPES[TRUTHS]
    if shape is None:
        return UNIT.decide_in_doubt(facts, at, holidays)
{indent(FOUND, "    ")}
    return decision
"""
_NAMES: dict[str, Any] = {"FALLS": FALLS, "CompiledDecision": CompiledDecision, "new": new_decision}
"""What the frames refer to, besides the unit and its shapes."""


@dataclass(slots=True)
class Compiler:
    """Compiles the functions of one plan. `day` is any version date of its in-force interval."""

    program: Program
    plan: Plan
    needs: Needs
    day: dt.date
    names: Names

    def total(self, unit: object, shapes: object) -> Function:
        """The total function of a unit.

        `f(facts, at, today, now, call, holidays)` gives the decision; all but the facts may be left out. It looks up
        the truths of the plan's slots, as bools, in `shapes`, and leaves to `unit.decide_in_doubt` what it cannot
        decide.
        """
        emit = Emitter(self.program, self.names, True)
        return made(filled(_DECIDE, *self.total_parts(unit, shapes, emit, {})), emit.namespace)

    def total_parts(
        self, unit: object, shapes: object, emit: Emitter, shared: Mapping[str, ast.expr]
    ) -> tuple[list[ast.stmt], dict[str, ast.expr]]:
        """The body of the unit's total function and what fills the holes of its frame; `shared` facts are read so."""
        writer = Writer(emit, self.day, False, shared)
        self._write(writer, self._facts_inside())
        writer.spare(frozenset(emit.locals_[name] for name in self.plan.parameters))
        # Every other truth is false where no base of a norm holds and no penalty, so a look at these spares the lookup.
        first = [load(f"t{place}") for place in (*(s.base for s in self.plan.norms), *self.plan.penalties)]
        holes = {
            "TRIGGERED": emit.any_of(first),
            "TRUTHS": self._truths(),
            "NUMBERS": self._numbers(writer),
            "SHAPES": emit.constant(shapes),
            "UNIT": emit.constant(unit),
        }
        return writer.body, holes

    def ternary(self, choosing: bool) -> Function:
        """The three-valued function: as the total one, with truths of `ternary`, and the open parameters as bits.

        With `choosing`, derived facts named in `call.choices` have the value it gives.
        """
        writer = Writer(Emitter(self.program, self.names, False), self.day, choosing)
        self._write(writer, [()] * len(self.plan.norms))
        open_ = writer.open_parameters(list(self.plan.parameters))
        found = syntax.Tuple([self._truths(), self._numbers(writer), open_], ast.Load())
        return made(filled(_READ, writer.body, {"FOUND": found}), writer.emit.namespace)

    def detailed(self, choosing: bool, done: str) -> tuple[Function, Detail]:
        """The detailed function and where it puts things. `done` is the fact that records the performance, or empty."""
        writer = Writer(Emitter(self.program, self.names, False), self.day, choosing)
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
        found = syntax.Tuple(results, ast.Load())
        return made(filled(_READ, writer.body, {"FOUND": found}), writer.emit.namespace), detail

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

    def _write(self, writer: Writer, inner: Sequence[tuple[str, ...]]) -> None:
        """Every truth and every bound of the plan into its local; `inner` are the facts to load within each norm."""
        later = frozenset(name for names in inner for name in names)
        writer.prepare(self.needs, later)
        for name in self.plan.parameters:
            if name in later:
                writer.assign(writer.emit.locals_[name], syntax.Constant(None))
        for slots, names in zip(self.plan.norms, inner, strict=True):
            writer.norm(slots, list(names))
        for place, penalty in zip(self.plan.penalties, self.plan.component.penalties, strict=True):
            writer.assign(f"t{place}", writer.penalty(penalty))

    def _truths(self) -> ast.expr:
        return syntax.Tuple([load(f"t{i}") for i in range(self.plan.truths)], ast.Load())

    def _numbers(self, writer: Writer) -> ast.expr:
        numbers = [load(f"b{i}") for i in range(self.plan.bounds)]
        numbers += [load(writer.emit.locals_[name]) for name in self.plan.parameters]
        return syntax.Tuple(numbers, ast.Load())


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


def filled(frame: str, body: list[ast.stmt], holes: Mapping[str, ast.expr]) -> list[ast.stmt]:
    """The statements of a frame with its body and its holes filled."""
    module = _Filled(body, holes).visit(ast.parse(frame))
    assert isinstance(module, ast.Module)
    return module.body


def made(written: list[ast.stmt], namespace: Mapping[str, Any]) -> Function:
    """The function that `written` defines, with nothing within its reach but `namespace` and what the frames name."""
    compiled = compile(ast.Module(written, []), "<mutandis>", "exec")
    code = next(c for c in compiled.co_consts if isinstance(c, CodeType))
    left_out = (None, UNKNOWN, UNKNOWN, None, None)[: code.co_argcount - 1]
    return FunctionType(code, {"__builtins__": {}, **_NAMES, **namespace}, argdefs=left_out)
