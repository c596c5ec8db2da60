"""The back end for asking many actions a few times each: what is read seldom is walked, what is read often compiled.

Compiling an action takes as long as walking it some ten times; the cases of a rulebook ask most of its actions less.
"""

from __future__ import annotations

from typing import Any

from mutandis.backends.engine import Engine
from mutandis.backends.interpret.functions import Interpret
from mutandis.backends.python.functions import PYTHON
from mutandis.backends.unit import Function, Unit
from mutandis.link.program import Program

OFTEN = 12
"""What was walked so many times is compiled."""


class Sparing(Interpret):
    """Walks the norm IR first, and compiles what turns out to be asked often."""

    __slots__ = ()

    def reader(self, unit: Unit, choosing: bool) -> Function:
        """What finds the slots of the unit's plan."""
        function = super().reader(unit, choosing)
        walked = 0

        def read(*case: Any) -> Any:
            nonlocal function, walked
            walked += 1
            # Two threads may both compile; they get functions that find the same.
            if walked == OFTEN:
                function = PYTHON.reader(unit, choosing)
            return function(*case)

        return read


def sparing(program: Program) -> Engine:
    """What decides about a program without compiling what is asked a few times only."""
    return Engine(program, Sparing())
