"""What a back end is, and what a unit asks of the engine around it: types alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from mutandis.backends.unit import Call, Function, Unit
from mutandis.decide.names import Names
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered


class Backend(Protocol):
    """What reads cases. A reading function is called with the facts, `at`, `today`, `now`, a `Call` and the
    caller's holidays.
    """

    @property
    def often(self) -> int:
        """How many times a unit is read before it is asked for its `total`."""
        ...

    def total(self, unit: Unit) -> Function | None:
        """What decides a case in which all is known at once, and hands others back; None if there is nothing faster.

        `f(facts, at, today, now, call, holidays)`, the last five may be left out.
        """
        ...

    def reader(self, unit: Unit, choosing: bool) -> Function:
        """What finds the slots of the unit's plan: truths, numbers, and the open parameters as bits.

        With `choosing`, derived facts named in `call.choices` have the value it gives. Raises `ValueConflict`.
        """
        ...

    def detailed(self, lowered: Lowered, wanted: Sequence[n.Node], names: Names, choosing: bool) -> Function:
        """What finds what each of the wanted nodes comes to. Raises `ValueConflict`."""
        ...

    def together(self, units: Sequence[Unit]) -> Function | None:
        """What decides about all units at once, None if there is nothing faster than one by one.

        `f(facts, at, today, now, holidays, add)` hands to `add` every decision in which the law says something.
        """
        ...


class Applications(Protocol):
    """Tells whether a norm elsewhere is effective in a case."""

    def applies(self, citation: str, call: Call) -> int:
        """`P applies` as a truth over the names of `call` (S38)."""
        ...

    def unit(self, action: str, by: str | None, version: dt.date) -> Unit:
        """The unit for the norms about an action that bind a bearer, or anybody."""
        ...

    def effective(self, citation: str, version: dt.date) -> tuple[tuple[Unit, int], ...]:
        """The units that tell whether a norm at that place is effective, and its position in each."""
        ...
