"""The back end that writes Python: of a unit its total, three-valued and detailed function, of many one to assess.

Each is straight-line code: facts into locals, one statement for each derived fact and reference (S47), then the norms
in the order of the component. The total function makes the decision itself, and hands the case on where a fact is
missing or says nothing definite; the three-valued one always answers. The detailed one is for explanations and
evaluates what the others may skip.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any, ClassVar

from mutandis.backends.python import syntax
from mutandis.backends.python.expressions import Emitter, load
from mutandis.backends.python.total import FALLS
from mutandis.backends.python.writer import Writer
from mutandis.backends.unit import Function, Unit
from mutandis.decide.asked import Setting
from mutandis.decide.decision import CompiledDecision, new_decision
from mutandis.decide.names import Names
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered
from mutandis.ir.lower import StatedFact
from mutandis.values import UNKNOWN

# The frames of the functions: our own constant text, parsed so that its fields fit every Python version. The body takes
# the place of `pass`, an expression that of each name in capitals, and nothing else passes through text.
_READ = """
def read(facts, at, today, now, call, holidays):
    pass
    return FOUND
"""
_FOUND = """
decision = new(CompiledDecision)
decision._shape = shape
decision._numbers = NUMBERS
decision._facts = facts
if at is not None or holidays is not None:
    decision._asked_with = Setting(at, holidays, None)
"""
_INDENTED = "\n".join(f"    {line}" for line in _FOUND.splitlines())
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
{_INDENTED}
    return decision
"""
_ASSESS = """
def assess(facts, at, today, now, holidays, add):
    pass
"""
_ASSESS_ONE = f"""
try:
    pass
    untriggered = not TRIGGERED
except FALLS:
    shape = None
else:
    shape = (untriggered and SHAPES.untriggered) or SHAPES[TRUTHS]
if shape is None:
    UNIT.assess_in_doubt(facts, at, holidays, add)
elif shape.speaks:
{_INDENTED}
    add(decision)
"""
_NAMES: dict[str, Any] = {"FALLS": FALLS, "CompiledDecision": CompiledDecision, "new": new_decision, "Setting": Setting}
"""What the frames refer to, besides the unit and its shapes."""


class Python:
    """Compiles to Python code objects."""

    __slots__ = ()
    often: ClassVar[int] = 0

    def total(self, unit: Unit) -> Function:
        """`f(facts, at, today, now, call, holidays)` gives the decision; all but the facts may be left out.

        It looks up the truths of the plan's slots, as bools, in the unit's shapes, and leaves to `decide_in_doubt` what
        it cannot decide.
        """
        emit = Emitter(unit.names, True)
        return _made(_filled(_DECIDE, *_total_parts(unit, emit, {})), emit.namespace)

    def reader(self, unit: Unit, choosing: bool) -> Function:
        """As the total function, with truths of `ternary`, and the open parameters as bits."""
        writer = Writer(Emitter(unit.names, False, choosing), unit.lowered, choosing)
        _write_norms(writer, unit, [[] for _ in unit.plan.norms])
        open_ = writer.open_parameters(list(unit.plan.parameters))
        found = syntax.Tuple([_truths(unit), _numbers(writer, unit), open_], ast.Load())
        return _made(_filled(_READ, writer.written(), {"FOUND": found}), writer.emit.namespace)

    def detailed(self, lowered: Lowered, wanted: Sequence[n.Node], names: Names, choosing: bool) -> Function:
        """What each of the wanted nodes comes to."""
        writer = Writer(Emitter(names, False, choosing), lowered, choosing)
        writer.prepare()
        found = syntax.Tuple([writer.emit.value(node) for node in wanted], ast.Load())
        return _made(_filled(_READ, writer.written(), {"FOUND": found}), writer.emit.namespace)

    def together(self, units: Sequence[Unit]) -> Function:
        """One function that decides about the actions of all units: facts that several of them read are read once.

        `f(facts, at, today, now, holidays, add)` hands to `add` every decision in which the law says something.
        """
        emit = Emitter(Names(), True)
        times = Counter((fact, fact.name in unit.lowered.if_stated) for unit in units for fact in unit.lowered.facts)
        shared: dict[tuple[str, bool], ast.expr] = {}
        first = Writer(emit, units[0].lowered)
        for number, (fact, if_stated) in enumerate(read for read, often in times.items() if often > 1):
            absent = None if if_stated else UNKNOWN
            first.assign(f"s{number}", first.read(fact, emit.constant(absent)))
            shared[fact.name, if_stated] = load(f"s{number}")
        body = first.body
        for unit in units:
            emit.locals_ = {}
            body += _filled(_ASSESS_ONE, *_total_parts(unit, emit, shared))
        return _made(_filled(_ASSESS, body, {}), emit.namespace)


PYTHON = Python()


# --- the body of a total or three-valued function ---------------------------------------------------------------------


def _total_parts(
    unit: Unit, emit: Emitter, shared: Mapping[tuple[str, bool], ast.expr]
) -> tuple[list[ast.stmt], dict[str, ast.expr]]:
    """The body of the unit's total function and what fills the holes of its frame; `shared` facts are read so."""
    writer, plan = Writer(emit, unit.lowered, False, shared), unit.plan
    _write_norms(writer, unit, _read_inside(unit.lowered))
    writer.spare(frozenset(emit.locals_["fact", name] for name in plan.parameters))
    # Every other truth is false where no base of a norm holds and no penalty, so a look at these spares the lookup.
    first = [load(f"t{place}") for place in (*(s.base for s in plan.norms), *plan.penalties)]
    holes = {
        "TRIGGERED": emit.any_of(first),
        "TRUTHS": _truths(unit),
        "NUMBERS": _numbers(writer, unit),
        "SHAPES": emit.constant(unit.total_shapes),
        "UNIT": emit.constant(unit),
    }
    return writer.body, holes


def _read_inside(lowered: Lowered) -> list[list[StatedFact]]:
    """Per norm the facts that are read only once a norm is triggered so far: a case need not state them."""
    outside = lowered.facts_read([*(norm.base for norm in lowered.norms), *lowered.penalties])
    outside |= lowered.read_by_derived()
    found: list[list[StatedFact]] = []
    for norm in lowered.norms:
        inside = lowered.facts_read(norm.parts()) - outside
        found.append([fact for fact in lowered.facts if fact.name in inside])
    return found


def _write_norms(writer: Writer, unit: Unit, inner: Sequence[list[StatedFact]]) -> None:
    """Every truth and every bound of the plan into its local; `inner` are the facts to load within each norm."""
    plan, lowered = unit.plan, unit.lowered
    later = frozenset(fact.name for facts in inner for fact in facts)
    writer.prepare(later)
    for name in plan.parameters:
        if name in later:
            writer.assign(writer.emit.locals_["fact", name], syntax.Constant(None))
    for slots, norm, facts in zip(plan.norms, lowered.norms, inner, strict=True):
        writer.norm(slots, norm, facts)
    for place, penalty in zip(plan.penalties, lowered.penalties, strict=True):
        writer.assign(f"t{place}", writer.emit.value(penalty))


def _truths(unit: Unit) -> ast.expr:
    return syntax.Tuple([load(f"t{i}") for i in range(unit.plan.truths)], ast.Load())


def _numbers(writer: Writer, unit: Unit) -> ast.expr:
    numbers = [load(f"b{i}") for i in range(unit.plan.bounds)]
    numbers += [load(writer.emit.locals_["fact", name]) for name in unit.plan.parameters]
    return syntax.Tuple(numbers, ast.Load())


# --- functions of statements ------------------------------------------------------------------------------------------


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


def _filled(frame: str, body: list[ast.stmt], holes: Mapping[str, ast.expr]) -> list[ast.stmt]:
    """The statements of a frame with its body and its holes filled."""
    module = _Filled(body, holes).visit(ast.parse(frame))
    assert isinstance(module, ast.Module)
    return module.body


def _made(written: list[ast.stmt], namespace: Mapping[str, Any]) -> Function:
    """The function that `written` defines, with nothing within its reach but `namespace` and what the frames name."""
    compiled = compile(ast.Module(written, []), "<mutandis>", "exec")
    code = next(c for c in compiled.co_consts if isinstance(c, CodeType))
    left_out = (None, UNKNOWN, UNKNOWN, None, None)[: code.co_argcount - 1]
    return FunctionType(code, {"__builtins__": {}, **_NAMES, **namespace}, argdefs=left_out)
