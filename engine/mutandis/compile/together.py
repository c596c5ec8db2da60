"""Several actions decided in one go, for assessing a case over all of them."""

from __future__ import annotations

import ast
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from textwrap import indent

from mutandis.compile.expressions import Emitter, load
from mutandis.compile.functions import FOUND, Function, filled, made
from mutandis.compile.unit import Unit, clocks
from mutandis.compile.writer import Writer
from mutandis.decide.names import Names
from mutandis.decide.result import Decision
from mutandis.link.program import Program
from mutandis.values import UNKNOWN

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
{indent(FOUND, "    ")}
    add(decision)
"""


class Together:
    """The units of several actions. `add` is handed every decision in which the law says something, in their order.

    Where a case states half of what they read, one function decides about all, and reads a fact once; it is compiled
    when the first such case comes. In other cases it could decide about hardly any, so each unit takes its own way.
    """

    __slots__ = ("_function", "_program", "_reads", "_units")

    def __init__(self, program: Program, units: Sequence[Unit]) -> None:
        self._program = program
        self._units = tuple(units)
        self._reads = frozenset(name for unit in units for name in unit.needs.facts)
        self._function: Function | None = None

    def assess(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        add: Callable[[Decision], None],
    ) -> None:
        """Decide about every action in a case of native facts."""
        most = len(self._reads) // 2
        if self._function is None and len(facts) >= most and len(facts.keys() & self._reads) >= most:
            self._function = _assess_function(self._program, self._units)
        if self._function is not None and len(facts) >= most:
            self._function(facts, at, *clocks(at), holidays, add)
            return
        for unit in self._units:
            unit.assess_in_doubt(facts, at, holidays, add)


def _assess_function(program: Program, units: Sequence[Unit]) -> Function:
    """One function that decides about the actions of all `units`: facts that several of them read are read once.

    `f(facts, at, today, now, holidays, add)` hands to `add` every decision in which the law says something.
    """
    emit = Emitter(program, Names(), True)
    read = Counter(name for unit in units for name in unit.needs.facts)
    shared: dict[str, ast.expr] = {}
    first = Writer(emit, dt.date.max, False)
    for number, name in enumerate(name for name, times in read.items() if times > 1):
        first.assign(f"s{number}", first.read_or(name, emit.constant(UNKNOWN)))
        shared[name] = load(f"s{number}")
    body = first.body
    for unit in units:
        emit.locals_ = {}
        body += filled(_ASSESS_ONE, *unit.compiler().total_parts(unit, unit.total_shapes, emit, shared))
    return made(filled(_ASSESS, body, {}), emit.namespace)
