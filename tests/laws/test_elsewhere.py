"""The law of authority for norms of other actions that conditions ask about: taking out what is not told changes
nothing (S29, decision 197). Tried on the random books of the oracle, which ask about norms a lot."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.decide.authority_of_cases import _answer, _is_told, _places
from tests.oracle.agreement import load, make_case
from tests.oracle.books import make_book
from tests.strategies.laws import with_component

from mutandis.backends.engine import Engine
from mutandis.backends.explained import asked_units
from mutandis.condition.tree import Truth
from mutandis.datatypes import YES_NO
from mutandis.decide.question import Question
from mutandis.decide.result import Decision, Verdict
from mutandis.link.program import Norm, Program

BOOKS_OF_A_RUN = 60
CASES_OF_A_BOOK = 8


def _norms_elsewhere(engine: Engine, asked: Question) -> Iterator[Norm]:
    """The norms of other actions that the answer can come upon, and what these rest on."""
    unit = engine.unit(asked.action, None, asked.version)
    there = asked_units(engine, unit.lowered.applies, asked.version)
    found = {slots.norm.key: slots.norm for one in there for slots in one.plan.norms}
    return (norm for norm in found.values() if norm.action != asked.action)


def _never_met(program: Program, gone: Norm) -> Program:
    component = program.components[gone.action]
    never = (Truth(False, type=YES_NO),)
    norms = tuple(replace(one, when=never) if one.key == gone.key else one for one in component.norms)
    return with_component(program, replace(component, norms=norms))


def _told(decision: Decision) -> set[str]:
    return _places(decision) | {place for one in decision.authority for place in one.kept_away_by}


@pytest.mark.parametrize("first", [1000, 1100, 1200])
def test_taking_out_a_norm_elsewhere_that_is_not_told_changes_nothing(first: int) -> None:
    tried = 0
    for seed in range(first, first + BOOKS_OF_A_RUN):
        rng = random.Random(seed)
        book = make_book(rng)
        loaded = load(book)
        for _ in range(CASES_OF_A_BOOK if loaded is not None else 0):
            assert loaded is not None
            program, case = loaded[0].program, make_case(rng, book)
            asked = Question(case.action, case.at, case.law_as_of, None, frozenset())
            engine = Engine(program)
            decision = engine.answer(asked, case.stated)
            if decision.verdict is Verdict.UNDETERMINED or decision.cause == "values":
                continue
            told = _told(decision)
            for norm in _norms_elsewhere(engine, asked):
                # Whether a norm about another action is effective may be as open as an undetermined answer is.
                there = engine.answer(replace(asked, action=norm.action), case.stated).verdict
                if not _is_told(norm, told) and there is not Verdict.UNDETERMINED:
                    tried += 1
                    after = Engine(_never_met(program, norm)).answer(asked, case.stated)
                    assert _answer(after) == _answer(decision), (seed, str(norm.citation), norm.action)
    assert tried > 20
