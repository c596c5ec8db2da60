"""Asking the solver for a case, within so many of its steps: a case, the proof that there is none, or neither."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.case import CaseTerms, of_model
from mutandis.backends.solver.terms import Term

STEPS = 4_000_000
"""How many steps one question may take where nobody says otherwise: some seconds, the same on every machine."""


class OutOfSteps(Exception):
    """The solver neither found a case nor showed that there is none."""


class Search:
    """Looks for cases among the variables of `case`, after everything that is asked about has been lowered."""

    def __init__(self, case: CaseTerms, steps: int = STEPS) -> None:
        self._solver = s.z3().Solver()
        self._solver.set("rlimit", steps)
        self.require(case.holds())

    def require(self, terms: Iterable[Term]) -> None:
        """Keep to cases in which the terms hold."""
        self._solver.add(*[s.z3().BoolVal(term) if isinstance(term, bool) else term for term in terms])

    def find(self, wanted: Iterable[Term]) -> Callable[[Term], Any] | None:
        """What every term is in a case in which all that is wanted holds; None where there is no such case.

        Raises `OutOfSteps`.
        """
        terms = [term for term in wanted if term is not True]
        if any(term is False for term in terms):
            return None
        self._solver.push()
        try:
            self._solver.add(*terms)
            match str(self._solver.check()):
                case "sat":
                    return of_model(self._solver.model())
                case "unsat":
                    return None
                case _:
                    raise OutOfSteps
        finally:
            self._solver.pop()
