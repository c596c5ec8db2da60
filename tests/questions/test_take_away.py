"""Taking a fact away leaves the answer open and names the fact, or leaves it as it was with the reason."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from tests.strategies.laws import law
from tests.strategies.programs import FIRST, Shape, clocks, programs
from tests.strategies.vocabulary import known_facts

from mutandis.backends.interpret import interpreter
from mutandis.decide.result import Verdict
from mutandis.decide.result_parts import Stand
from mutandis.diagnostics import CaseError
from mutandis.link.program import Program
from mutandis.questions import Decider, facts_it_rests_on, minimal_facts, take_away

DAY = dt.date(2020, 3, 1)
CHILD = {
    "reader.class": "child",
    "reader.fees_owed": 0,
    "book.rare": True,
    "book.damaged": True,
    "loan.length": 10,
}


def test_what_the_answer_turns_on_is_named_as_missing(library: Decider) -> None:
    taken = take_away(library, "lend book", CHILD, "book.rare", at=DAY)
    assert (taken.matters, taken.named, taken.reason) == (True, True, "")
    assert taken.decision.missing == ("book.rare",)


def test_what_no_rule_asks_for_has_that_as_its_reason(library: Decider) -> None:
    taken = take_away(library, "lend book", CHILD, "book.damaged", at=DAY)
    assert (taken.matters, taken.reason) == (False, "no rule about this action asks for it")


def test_what_no_longer_matters_has_the_norm_that_it_would_bear_on(library: Decider) -> None:
    adult = {**CHILD, "reader.class": "adult"}
    taken = take_away(library, "lend book", adult, "book.rare", at=DAY)
    assert not taken.matters
    assert taken.because == (Stand("statute/1(1)", "effective"),)


def test_a_parameter_that_is_taken_away_makes_the_permission_conditional(library: Decider) -> None:
    adult = {**CHILD, "reader.class": "adult"}
    taken = take_away(library, "lend book", adult, "loan.length", at=DAY)
    assert taken.decision.verdict == Verdict.CONDITIONAL
    assert (taken.matters, taken.named) == (True, True)


def test_a_presumption_does_not_step_in_for_a_fact_taken_away(library: Decider) -> None:
    facts: dict[str, object] = {"book.lent_on": dt.date(2020, 1, 1), "book.asked_for_by_another": False}
    taken = take_away(library, "return book", facts, "book.asked_for_by_another", at=DAY)
    assert (taken.decision.verdict, taken.named) == (Verdict.UNDETERMINED, True)


def test_only_a_stated_fact_can_be_taken_away(library: Decider) -> None:
    with pytest.raises(CaseError):
        take_away(library, "lend book", {}, "book.rare", at=DAY)


def test_each_fact_of_the_case_is_told_apart(library: Decider) -> None:
    taken = facts_it_rests_on(library, "lend book", CHILD, at=DAY)
    assert {t.fact: t.matters for t in taken} == {
        "reader.class": True,
        "reader.fees_owed": True,
        "book.rare": True,
        "book.damaged": False,
        "loan.length": False,
    }


def test_minimal_facts_give_the_same_verdict_and_none_can_be_spared(library: Decider) -> None:
    adult = {**CHILD, "reader.class": "adult"}
    minimal = minimal_facts(library, "lend book", adult, at=DAY)
    assert minimal == {"reader.class": "adult", "reader.fees_owed": 0, "loan.length": 10}


@law
@given(programs(Shape(most_norms=3, opaque=False), apart=True), known_facts(), clocks)
def test_a_fact_taken_away_is_named_or_has_a_reason(program: Program, facts: dict[str, object], at: dt.date) -> None:
    decider = interpreter(program)
    before = decider.decide(FIRST, facts, at=at)
    for taken in facts_it_rests_on(decider, FIRST, facts, at=at):
        if taken.matters:
            assert taken.decision.verdict in (Verdict.UNDETERMINED, Verdict.CONDITIONAL)
            assert taken.named
            assert before.verdict == Verdict.UNDETERMINED or set(before.reachable) <= set(taken.decision.reachable) | {
                Verdict.PERMITTED,
                Verdict.FORBIDDEN,
            }
        else:
            assert taken.reason or taken.because


@law
@given(programs(Shape(most_norms=3), apart=True), known_facts(), clocks)
def test_minimal_facts_alone_give_the_verdict(program: Program, facts: dict[str, object], at: dt.date) -> None:
    decider = interpreter(program)
    minimal = minimal_facts(decider, FIRST, facts, at=at)
    # What could be presumed was taken away as unknown, not left to the presumption.
    presumed = {} if "it.presumed" in minimal else {"it.presumed": facts["it.presumed"]}
    verdict = decider.decide(FIRST, facts, at=at).verdict
    assert decider.decide(FIRST, {**minimal, **presumed}, at=at).verdict == verdict
