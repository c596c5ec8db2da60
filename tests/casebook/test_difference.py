"""Comparing a decision with what a case expects."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mutandis.api import Rulebook
from mutandis.decide.result import Decision
from mutandis.decide.result_parts import Threat
from mutandis.rulebook.case_question import Expectation, ExpectedLimit
from mutandis_tools.casebook.cases import case_id, find_by_id
from mutandis_tools.casebook.difference import Difference, compare_decision, compare_sets, listed_in, same_value
from mutandis_tools.opening import open_rulebook

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(LIBRARY)


@pytest.fixture(scope="module")
def decision(rulebook: Rulebook) -> Decision:
    facts = {"reader": {"class": "adult", "fees_owed": "0 won"}, "loan": {"length": "10 days"}}
    return rulebook.decide("lend book", facts)


def _compare(rulebook: Rulebook, decision: Decision, expected: Expectation) -> list[str]:
    return [str(one) for one in compare_decision(expected, decision, rulebook.vocabulary)]


def test_what_a_case_does_not_mention_is_not_compared(rulebook: Rulebook, decision: Decision) -> None:
    assert _compare(rulebook, decision, Expectation()) == []


def test_a_decision_is_what_it_says_of_itself(rulebook: Rulebook, decision: Decision) -> None:
    everything = Expectation(
        verdict=decision.verdict.value,
        reachable=tuple(v.value for v in decision.reachable),
        lists=tuple(listed_in(decision).items()),
    )
    assert _compare(rulebook, decision, everything) == []


@pytest.mark.parametrize("key", ["cites", "missing", "notes", "penalties", "by", "to", "kept", "left_to"])
def test_a_list_is_compared_completely(rulebook: Rulebook, decision: Decision, key: str) -> None:
    found = listed_in(decision)[key]
    more = _compare(rulebook, decision, Expectation(lists=((key, (*found, "statute/9")),)))
    assert len(more) == 1 and "expected statute/9" in more[0]


def test_what_penalties_threaten_is_compared_in_the_words_of_their_rules(
    rulebook: Rulebook, decision: Decision
) -> None:
    options = ("imprisonment up to 1 year", "fine up to 50000 won")
    punished = replace(decision, penalties=(Threat("statute/9", (), options),))
    assert _compare(rulebook, punished, Expectation(lists=(("threatens", options),))) == []
    more = Expectation(lists=(("threatens", ("imprisonment up to 1 year", "fine up to 60000 won")),))
    assert _compare(rulebook, punished, more) == ["threatens: expected fine up to 60000 won, got fine up to 50000 won"]


def test_bearer_and_counterparty_are_those_of_the_norms_cited(rulebook: Rulebook, decision: Decision) -> None:
    expected = Expectation(lists=(("by", ("librarian",)), ("to", ("reader",))))
    assert _compare(rulebook, decision, expected) == []
    swapped = Expectation(lists=(("by", ("reader",)), ("to", ("librarian",))))
    assert _compare(rulebook, decision, swapped) == [
        "by: expected reader, got librarian",
        "to: expected librarian, got reader",
    ]


def test_what_a_case_lists_and_what_it_leaves_out_are_told_apart() -> None:
    assert str(Difference("cites", "act/1", "")) == "cites: expected act/1, got nothing"


def test_too_much_is_told_as_too_much(rulebook: Rulebook, decision: Decision) -> None:
    assert _compare(rulebook, decision, Expectation(lists=(("cites", ()),))) == [
        "cites: expected nothing, got also statute/1(1)1"
    ]


def test_a_limit_is_found_by_place_parameter_relation_bound_and_margin(rulebook: Rulebook, decision: Decision) -> None:
    right = ExpectedLimit("statute/1(1)", "loan.length", "at_most", "30 days", "20 days")
    assert _compare(rulebook, decision, Expectation(limits=(right,))) == []
    for wrong in (
        replace(right, at="statute/1(2)"),
        replace(right, parameter="loan.width"),
        replace(right, relation="less_than"),
        replace(right, bound="31 days"),
        replace(right, margin="19 days"),
    ):
        assert len(_compare(rulebook, decision, Expectation(limits=(wrong,)))) == 1
    assert len(_compare(rulebook, decision, Expectation(limits=()))) == 1


def test_a_main_sentence_is_cited_as_the_place_it_stands_in() -> None:
    assert list(compare_sets("beaten", ("act/107",), ("act/107 main",))) == []
    assert len(list(compare_sets("beaten", ("act/107",), ("act/107 proviso",)))) == 1


def test_a_value_may_be_written_in_any_unit_of_its_family(rulebook: Rulebook, decision: Decision) -> None:
    (limit,) = decision.limits
    assert same_value("30 days", limit.outer, "loan.length", rulebook.vocabulary)
    assert not same_value("30 hours", limit.outer, "loan.length", rulebook.vocabulary)
    assert same_value(
        "2 weeks", rulebook.value("loan.length", {"loan.length": 14}).value, "loan.length", rulebook.vocabulary
    )


def test_a_case_is_found_by_its_name_its_beginning_or_a_part() -> None:
    cases = open_rulebook(LIBRARY).cases.cases
    (whole,) = find_by_id(cases, "Fees bar a loan")
    assert case_id(whole) == "fees-bar-a-loan"
    assert find_by_id(cases, "fees-b") == (whole,)
    assert find_by_id(cases, "bar-a") == (whole,)
    assert len(find_by_id(cases, "a-")) > 1
    assert find_by_id(cases, "---") == ()
