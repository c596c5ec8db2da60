"""Rounded numbers as terms of the solver: what decisions come to, in random complete cases."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import get_args

import pytest
from tests.backends.solver_agreement import agree
from tests.evaluate.books import VOCABULARY, book, rule

from mutandis.amounts import Rounding, round_to
from mutandis.api import Rulebook
from mutandis.backends.solver.rounding import _multiple
from mutandis_tools.comparison.semantic import compare_meaning

HOWS = get_args(Rounding)
FEE = "fee: {type: money, unit: won, question: Which fee?}"
CAP = "      cap: {type: money, unit: won, question: Which cap?}"
LEVY = "      levy: {type: money, unit: won, label: levy}"
WORDS = VOCABULARY.replace(FEE, f"{FEE}\n{CAP}\n{LEVY}")
LEVIES = (
    "round {} it.fee * 3/7 to 10 won",
    "round {} the smaller of (the larger of it.fee * 25/1000 and 25 won) and it.cap * 2/3 to 1 won",
)


def test_there_is_no_other_way_to_round() -> None:
    assert set(HOWS) == {"up", "down", "half up", "half to even"}


@pytest.mark.parametrize("how", HOWS)
def test_a_multiple_is_that_of_the_arithmetic_of_decisions(how: Rounding) -> None:
    rng = random.Random(how)
    for _ in range(500):
        number, parts, step = rng.randint(-500, 500), rng.choice((1, 2, 7, 100)), rng.choice((1, 5, 10))
        assert _multiple(number, parts * step, how) * step == round_to(Fraction(number, parts), step, how)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("levy", LEVIES)
def test_what_turns_on_a_rounded_sum_is_lowered_as_it_is_decided(how: Rounding, levy: str) -> None:
    rulebook = book(
        rule("(1)", "define: it.levy", f"as: '{levy.format(how)}'"),
        rule("(2)", "must: tell thing", "when: it.levy > 100 won and it.levy <= 300 won"),
        rule("(3)", "may: do thing", "when: it.a", "requires: it.cap <= it.levy"),
        vocabulary=WORDS,
    )
    found = agree(rulebook, ["tell thing", "do thing"], 60)
    assert not found.not_lowered and not found.differences
    assert found.compared > 60 and len(found.verdicts) > 2


SUM = "      sum: {type: money, unit: won, parameter: yes, question: Which sum?}\n"
LEVEL = "      level: {type: number, parameter: yes"


def _in_parts(*rules: str) -> Rulebook:
    return book(*rules, vocabulary=WORDS.replace(LEVEL, SUM + LEVEL))


def test_numbers_that_need_not_be_whole_are_compared_and_bound_as_they_are_decided() -> None:
    least = "the larger of it.fee / 4 - it.cap * 1/6 and 7/2 won"
    rulebook = _in_parts(
        rule("(1)", "may: do thing", "when: it.a", "requires: how.sum <= it.fee * 3/4"),
        rule("(2)", "must: tell thing", "when: it.fee * 2/3 > it.cap + 5/2 won"),
        rule(
            "(3)",
            "must: keep thing",
            "when: it.b",
            f"requires: 'how.sum >= {least}'",
        ),
    )
    found = agree(rulebook, ["do thing", "tell thing", "keep thing"], 60)
    assert not found.not_lowered and not found.differences
    assert found.compared > 100 and len(found.verdicts) > 2


@pytest.mark.parametrize("sign", [">", "<=", ">=", "<", "is"])
def test_what_lies_between_two_ends_is_compared_with_parts_as_it_is_decided(sign: str) -> None:
    flag = "      flag: {type: yes/no, question: Flagged?}\n      other: {type: count, question: How many others?}\n"
    counted = f"when: '(the number of p in it.parts where (p.good and it.flag)) {sign} it.other * 1/2'"
    rulebook = book(
        rule("(1)", "define: it.flag", "when: it.a", "since: 2020-01-01"),
        "{at: (1), id: old, summary: Old., define: it.flag, not_held: replaced, until: 2020-01-01}",
        rule("(2)", "must: tell thing", counted),
        vocabulary=VOCABULARY.replace(f"      {FEE}", f"{flag}      {FEE}"),
    )
    found = agree(rulebook, ["tell thing"], 100, all_versions=True)
    assert not found.not_lowered and not found.differences
    assert found.compared > 60 and len(found.verdicts) > 2


@pytest.mark.parametrize(("least", "standing"), [("it.fee * 3/5", "differs"), ("it.fee - it.fee / 4", "proved")])
def test_another_share_of_a_fact_is_shown_and_the_same_one_is_proved(least: str, standing: str) -> None:
    """Parts of fifths beside quarters; what is left of a fact without its quarter is three quarters."""
    old, new = (
        _in_parts(rule("(1)", "may: do thing", f"requires: how.sum <= {one}")) for one in ("it.fee * 3/4", least)
    )
    (action,) = compare_meaning(old, new).actions
    assert action.standing == standing
    if standing == "differs":
        assert action.complete and {witness.aspect for witness in action.witnesses} == {"verdict", "limits"}


def test_of_facts_that_are_no_whole_numbers_nothing_is_claimed() -> None:
    """A proof is about whole numbers, which says nothing of a level between them."""
    rulebook = _in_parts(rule("(1)", "may: do thing", "requires: how.level * 1/2 <= it.mark * 1/3"))
    assert agree(rulebook, ["do thing"], 5).not_lowered
