"""Rounded numbers as terms of the solver: what decisions come to, in random complete cases."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import get_args

import pytest
from tests.backends.solver_agreement import agree
from tests.evaluate.books import LAW, VOCABULARY, article, rule, rulebook_of

from mutandis.amounts import Rounding, round_to
from mutandis.backends.solver.rounding import _multiple

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
    rules = article(
        rule("(1)", "define: it.levy", f"as: '{levy.format(how)}'"),
        rule("(2)", "must: tell thing", "when: it.levy > 100 won and it.levy <= 300 won"),
        rule("(3)", "may: do thing", "when: it.a", "requires: it.cap <= it.levy"),
    )
    rulebook = rulebook_of({"act/law.yaml": LAW, "act/vocabulary.yaml": WORDS, "act/001-a.yaml": rules})
    found = agree(rulebook, ["tell thing", "do thing"], 60)
    assert not found.not_lowered and not found.differences
    assert found.compared > 60 and len(found.verdicts) > 2
