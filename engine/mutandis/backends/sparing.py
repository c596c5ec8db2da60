"""The back end that spares work: what is read seldom is walked, what is read often compiled.

Compiling an action takes as long as walking it some ten times. A process that decides once and the
cases of a rulebook ask most actions less often; the compiler is imported with the first that is asked more.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mutandis.backends.engine import Engine, compiling
from mutandis.backends.interpret.functions import INTERPRET
from mutandis.backends.unit import Function, Unit
from mutandis.decide.names import Names
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered
from mutandis.link.program import Program

OFTEN = 12
"""What was walked so many times is compiled: where a walk too many costs what compiling too soon would."""


class Sparing:
    """Walks the norm IR first, and compiles what turns out to be asked `often`: after so many walks."""

    __slots__ = ("often",)

    def __init__(self, often: int) -> None:
        self.often = often

    def total(self, unit: Unit) -> Function:
        """What decides a case in which all is known: asked for where a unit was walked often."""
        return compiling().total(unit)

    def together(self, units: Sequence[Unit]) -> Function:
        """What decides about all units at once."""
        return compiling().together(units)

    def reader(self, unit: Unit, choosing: bool) -> Function:
        """What finds the slots of the unit's plan."""
        if unit.walked >= self.often:
            return compiling().reader(unit, choosing)
        walk = INTERPRET.reader(unit, choosing)

        def read(*case: Any) -> Any:
            unit.walked += 1
            if unit.walked >= self.often:
                unit.readers.clear()  # asked for again, it is compiled
            return walk(*case)

        return read

    def detailed(self, lowered: Lowered, wanted: Sequence[n.Node], names: Names, choosing: bool) -> Function:
        """What finds what each of the wanted nodes comes to."""
        if not self.often:
            return compiling().detailed(lowered, wanted, names, choosing)
        function = INTERPRET.detailed(lowered, wanted, names, choosing)
        walked = 0

        def read(*case: Any) -> Any:
            nonlocal function, walked
            walked += 1
            # Two threads may both compile; they get functions that find the same.
            if walked == self.often:
                function = compiling().detailed(lowered, wanted, names, choosing)
            return function(*case)

        return read


def sparing(program: Program, often: int = OFTEN) -> Engine:
    """What decides about a program without compiling what is asked a few times only."""
    return Engine(program, Sparing(often))
