"""Several actions decided in one go, for assessing a case over all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from mutandis.backends.unit import Function, Unit, clocks
from mutandis.decide.result import Decision

if TYPE_CHECKING:
    from mutandis.backends.backend import Backend


class Together:
    """The units of several actions. `add` is handed every decision in which the law says something, in their order.

    Where a case states half of what they read, one function decides about all, and reads a fact once; it is made when
    the first such case comes. In other cases it could decide about hardly any, so each unit takes its own way.
    """

    __slots__ = ("_backend", "_function", "_reads", "_units")

    def __init__(self, backend: Backend, units: Sequence[Unit]) -> None:
        self._backend = backend
        self._units = tuple(units)
        self._reads = frozenset[str]().union(*(unit.reads for unit in units))
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
            self._function = self._backend.together(self._units)
        if self._function is not None and len(facts) >= most:
            self._function(facts, at, *clocks(at), holidays, add)
            return
        for unit in self._units:
            unit.assess_in_doubt(facts, at, holidays, add)
