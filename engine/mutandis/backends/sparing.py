"""The back end for asking many actions a few times each: what is read seldom is walked, what is read often compiled.

Compiling an action takes as long as walking it some ten times; the cases of a rulebook ask most of its actions less.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mutandis.backends.engine import Engine
from mutandis.backends.interpret.functions import INTERPRET
from mutandis.backends.python.functions import PYTHON
from mutandis.backends.unit import Function, Unit
from mutandis.decide.names import Names
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered
from mutandis.link.program import Program

OFTEN = 12
"""What was walked so many times is compiled."""


class Sparing:
    """Walks the norm IR first, and compiles what turns out to be asked often."""

    __slots__ = ()

    def total(self, unit: Unit) -> Function | None:
        """None: every case is read as one that may not be known."""
        return None

    def together(self, units: Sequence[Unit]) -> Function | None:
        """None: every unit is read by itself."""
        return None

    def reader(self, unit: Unit, choosing: bool) -> Function:
        """What finds the slots of the unit's plan."""
        function = INTERPRET.reader(unit, choosing)
        walked = 0

        def read(*case: Any) -> Any:
            nonlocal function, walked
            walked += 1
            # Two threads may both compile; they get functions that find the same.
            if walked == OFTEN:
                function = PYTHON.reader(unit, choosing)
            return function(*case)

        return read

    def detailed(self, lowered: Lowered, wanted: Sequence[n.Node], names: Names, choosing: bool) -> Function:
        """What finds what each of the wanted nodes comes to."""
        return INTERPRET.detailed(lowered, wanted, names, choosing)


def sparing(program: Program) -> Engine:
    """What decides about a program without compiling what is asked a few times only."""
    return Engine(program, Sparing())
