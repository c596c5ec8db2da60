"""Asking the solver for a case, within so many of its steps: a case, the proof that there is none, or neither.

Months make questions hard, and most answers do not depend on them. So it is asked first without what says which day
months lead to; then with the days from which they are counted as in the case found; only then about everything at once.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from mutandis.backends.solver.case import CaseTerms
from mutandis.backends.solver.terms import Term, of_model

STEPS = 4_000_000
"""How many steps one question may take where nobody says otherwise: some seconds, the same on every machine."""


Case = Callable[[Term], Any]
"""What every term is in a case."""


class OutOfSteps(Exception):
    """The solver neither found a case nor showed that there is none."""


class Search:
    """Looks for cases among the variables of `case`, after everything that is asked about has been lowered."""

    def __init__(self, case: CaseTerms, steps: int = STEPS) -> None:
        self._space = case.space
        self._case = case
        exact = case.calendar.exact
        self._rough, self._whole = case.space.solver(), case.space.solver() if exact else None
        for solver in self._solvers():
            solver.set("rlimit", steps)
        self.require(case.roughly())
        if self._whole is not None:
            self._whole.add(*exact)

    def require(self, terms: Iterable[Term]) -> None:
        """Keep to cases in which the terms hold."""
        added = [self._space.constant(term) if isinstance(term, bool) else term for term in terms]
        for solver in self._solvers():
            solver.add(*added)

    def find(self, wanted: Iterable[Term]) -> Case | None:
        """What every term is in a case in which all that is wanted holds; None where there is no such case.

        Raises `OutOfSteps`.
        """
        terms = list(wanted)
        try:
            return self.glance(terms)
        except OutOfSteps:
            if self._whole is None:
                raise
            return _ask(self._whole, [term for term in terms if term is not True])

    def glance(self, wanted: Iterable[Term]) -> Case | None:
        """The same, for what can be had cheaply: raises `OutOfSteps` where the answer turns on months."""
        terms = [term for term in wanted if term is not True]
        if any(term is False for term in terms):
            return None
        rough = _ask(self._rough, terms)
        if rough is None or self._whole is None:
            return rough
        near = _ask(self._rough, [*terms, *(name == value for name, value in self._case.calendar.reckoned(rough))])
        if near is None:
            raise OutOfSteps
        return near

    def nicer(self, wanted: Iterable[Term], model: Case, preferred: Iterable[Term]) -> Case:
        """Another case, in which also what is preferred holds, one after another as far as it can be had."""
        kept = list(wanted)
        for one in preferred:
            if model(one):
                kept.append(one)
                continue
            with suppress(OutOfSteps):
                found = self.glance([*kept, one])
                if found is not None:
                    model = found
                    kept.append(one)
        return model

    def _solvers(self) -> list[Any]:
        return [self._rough] if self._whole is None else [self._rough, self._whole]


def _ask(solver: Any, terms: Iterable[Term]) -> Case | None:
    solver.push()
    try:
        solver.add(*terms)
        match str(solver.check()):
            case "sat":
                return of_model(solver.model())
            case "unsat":
                return None
            case _:
                raise OutOfSteps
    finally:
        solver.pop()


def _tidy() -> None:
    gc.collect()
    gc.freeze()  # what is left was worked out of the rulebooks, and stays


@contextmanager
def small_heap() -> Iterator[Callable[[], None]]:
    """While many actions are asked about: call what is given after each, so that the solver's memory is given back.

    What one action was lowered to refers to itself, and Python does not see how much memory of the solver hangs on it.
    Within another one all that is there stays put aside to the end of that.
    """
    is_outermost = not gc.get_freeze_count()
    gc.collect()
    gc.freeze()  # what is there before is not looked through again each time
    try:
        yield _tidy
    finally:
        if is_outermost:
            gc.unfreeze()
