"""Which of many things happen in some case: one case of the solver settles all that happen in it at once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from typing import TypeVar

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.search import Case, OutOfSteps, Search
from mutandis.backends.solver.terms import Term

_K = TypeVar("_K", bound=Hashable)


def never(
    search: Search, wanted: Mapping[_K, Term], seen: Callable[[_K, Case], None] | None = None
) -> tuple[set[_K], set[_K]]:
    """Those that happen in no case, and those of which that was not settled.

    `seen` hears of the first case in which each happens.
    """
    open_ = {name: term for name, term in wanted.items() if term is not False}
    impossible, unsettled = {name for name in wanted if name not in open_}, set[_K]()
    while open_:
        try:
            case = search.find([s.either(open_.values())])
        except OutOfSteps:
            break
        if case is None:
            return impossible | open_.keys(), unsettled
        happened = [name for name, term in open_.items() if case(term)]
        assert happened  # the case was asked for one of them
        for name in happened:
            if seen is not None:
                seen(name, case)
            del open_[name]
    for name, term in open_.items():  # one after another: most of them are easy
        try:
            case = search.find([term])
        except OutOfSteps:
            unsettled.add(name)
            continue
        if case is None:
            impossible.add(name)
        elif seen is not None:
            seen(name, case)
    return impossible, unsettled
