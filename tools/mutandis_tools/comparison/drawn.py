"""Complete cases drawn at random: anywhere within the bounds, and near cases whose decision rests on each norm."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import suppress

from mutandis.backends.solver.case import CaseTerms, Drawn
from mutandis.backends.solver.drawing import Near
from mutandis.backends.solver.outcome import Outcome
from mutandis.backends.solver.search import Case, OutOfSteps, Search
from mutandis.backends.solver.terms import Term, no

STEPS = 200_000
"""How many steps of the solver one case near which others are drawn may take."""
FEW = 10
"""With more cases than these, most are drawn near ones that a norm decides: others seldom meet all its conditions."""


def drawn_cases(
    case: CaseTerms, outcomes: Sequence[Outcome], near: Near, count: int, rng: random.Random
) -> Iterator[Drawn]:
    """So many cases drawn, each once; some lie outside what `claimed` says that outcomes are about."""
    like = [None, *map(_remembered, _told_by_each(case, outcomes))] if count > FEW else [None]
    seen: set[tuple[bool | int, ...]] = set()
    for turn in range(count):
        drawn = case.draw_case(rng, near, like[turn % len(like)])
        values = tuple(value for _, value in drawn)
        if values not in seen:
            seen.add(values)
            yield drawn


def as_drawn(drawn: Drawn) -> Case:
    """What the variables are in a case that was drawn; only they are known."""
    values: dict[object, object] = {term.get_id(): value for term, value in drawn}
    return lambda term: values[term.get_id()]


def claimed(case: CaseTerms, outcomes: Sequence[Outcome], drawn: Drawn) -> Case | None:
    """What every term is in a case that was drawn; None where `outcomes` are no claims about it: it lies outside the
    bounds, a fact has two values in it, or something is open that they leave out.
    """
    found = case.case_of(drawn)
    if found is None or any(found(o.clash) or (o.only_settled and found(o.open_)) for o in outcomes):
        return None
    return found


def _remembered(found: Case) -> Case:
    """The same, asked once about each variable of the case, which holds them all."""
    known: dict[int, object] = {}

    def value_of(term: Term) -> object:
        number = term.get_id()
        if number not in known:
            known[number] = found(term)
        return known[number]

    return value_of


def _told_by_each(case: CaseTerms, outcomes: Sequence[Outcome]) -> list[Case]:
    search = Search(case, STEPS)
    for one in outcomes:
        search.require([no(one.clash), *([no(one.open_)] if one.only_settled else [])])
    found: list[Case] = []
    for picked in outcomes[-1].picked:
        with suppress(OutOfSteps):
            if (model := search.find([picked])) is not None:
                found.append(model)
    return found
