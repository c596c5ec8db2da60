"""What lies between two ends that are one is known, wherever it is read."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.backends.solver_agreement import agree
from tests.evaluate.books import LAW, VOCABULARY, article, decide, rule, rulebook_of

from mutandis.api import Rulebook

OWN = """
      levy: {type: count, label: levy}
      capped: {type: count, label: capped}
      other: {type: count, question: How many others?}
"""
FEE = "      fee: {type: money, unit: won, question: Which fee?}"
WORDS = VOCABULARY.replace(FEE, OWN.strip("\n") + "\n" + FEE)
BY_CASES = "{1: {when: it.a, value: it.count}, 2: {when: not it.a, value: it.other}}"


def _book(*rules: str) -> Rulebook:
    return rulebook_of({"act/law.yaml": LAW, "act/vocabulary.yaml": WORDS, "act/001-a.yaml": article(*rules)})


def _capped(when: str) -> Rulebook:
    return _book(
        rule("(1)", "define: it.levy", f"as: {BY_CASES}"),
        rule("(2)", "define: it.capped", "as: the smaller of it.levy and 3"),
        rule("(3)", "must: tell thing", f"when: '{when}'"),
    )


def _told(book: Rulebook, facts: dict[str, object]) -> str:
    """The verdict of `tell thing`, which a table has too."""
    verdict = decide(book, facts, "tell thing").verdict
    columns = {f"it.{name}": [value] for name, value in facts["it"].items()}  # type: ignore[attr-defined]  # a mapping
    table = book.decide_table("tell thing", pl.DataFrame(columns), at=dt.date(2020, 3, 1))
    assert table.frame("verdict")["verdict"].to_list() == [verdict.value]
    return verdict.value


@pytest.mark.parametrize(
    ("when", "verdict"),
    [
        ("it.capped is 3", "required"),
        ("it.capped >= 3 and it.capped <= 3", "required"),
        ("it.capped is 4", "silent"),
        ("it.capped is 2", "silent"),
    ],
)
def test_an_amount_of_which_one_alone_is_left_is_equal_to_it(when: str, verdict: str) -> None:
    assert _told(_capped(when), {"it": {"count": 3, "other": 5}}) == verdict


def test_an_amount_of_which_more_are_left_is_not_known() -> None:
    assert _told(_capped("it.capped is 3"), {"it": {"count": 2, "other": 5}}) == "undetermined"


def test_what_a_rounded_amount_comes_to_either_way_is_known() -> None:
    book = _book(
        rule("(1)", "define: it.levy", f"as: {BY_CASES}"),
        rule("(2)", "must: tell thing", "when: round down it.levy to 10 is 10"),
    )
    assert decide(book, {"it": {"count": 11, "other": 14}}, "tell thing").verdict.value == "required"


END = "the end of 14 days after it.on"  # known on one side alone, as no calendar tells which days are off


@pytest.mark.parametrize(
    ("day", "verdict"),
    [
        (f"(the earlier of ({END}) and 2020-01-30) is 2020-01-30", "required"),
        (f"(the earlier of ({END}) and 2020-01-31) is 2020-01-30", "undetermined"),
        (f"(the earlier of ({END}) and 2020-01-31) + 1 month is 2020-02-29", "required"),
        (f"(the earlier of ({END}) and 2020-02-01) + 1 month is 2020-02-29", "undetermined"),
    ],
)
def test_a_day_of_which_one_alone_is_left_is_known(day: str, verdict: str) -> None:
    book = _book(rule("(1)", "must: tell thing", f"when: '{day}'"))
    assert _told(book, {"it": {"on": dt.date(2020, 1, 16)}}) == verdict


def test_the_sum_of_members_of_which_one_adds_nothing_is_known() -> None:
    book = _book(
        rule("(1)", "must: tell thing", "when: (the total of p.days for p in it.parts where (p.good)) is 0 days")
    )
    facts: dict[str, object] = {"it": {"parts": [{"days": 0}]}}
    assert decide(book, facts, "tell thing").verdict.value == "required"
    rows = [[{"days": 0, "good": None}], [{"days": 1, "good": None}]]
    found = book.decide_table("tell thing", pl.DataFrame({"it.parts": rows})).frame("verdict")["verdict"]
    assert found.to_list() == ["required", "undetermined"]


def test_what_the_solver_says_of_an_equality_is_decided() -> None:
    counted = "the number of p in it.parts where (p.good and it.read)"
    book = _book(
        rule("(1)", "define: it.read", "when: it.a", "since: 2020-01-01"),
        "{at: (1), id: old, summary: Old., define: it.read, not_held: replaced, until: 2020-01-01}",
        rule("(2)", "must: tell thing", f"when: '({counted}) is 0'"),
        rule("(3)", "may: do thing", f"when: 'not ({counted}) is 1'"),
    )
    found = agree(book, ["tell thing", "do thing"], 80, all_versions=True)
    assert not found.not_lowered and not found.differences and found.compared > 60
