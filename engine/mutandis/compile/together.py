"""Several actions decided in one go, for assessing a case over all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from mutandis.compile.functions import Function, assess_function
from mutandis.compile.unit import Unit
from mutandis.evaluate.result import Decision
from mutandis.link.program import Program


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
        today: object,
        now: object,
        holidays: frozenset[dt.date] | None,
        add: Callable[[Decision], None],
    ) -> None:
        """Decide about every action in a case of native facts."""
        most = len(self._reads) // 2
        if self._function is None and len(facts) >= most and len(facts.keys() & self._reads) >= most:
            self._function = assess_function(self._program, self._units)
        if self._function is not None and len(facts) >= most:
            self._function(facts, at, today, now, holidays, add)
            return
        for unit in self._units:
            unit.assess_in_doubt(facts, at, today, now, holidays, add)
