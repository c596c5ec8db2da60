"""A list that the vocabulary declares open may have further members, whoever gives it (S30)."""

from __future__ import annotations

import polars as pl
import pytest
from tests.oracle.agreement import load_files

from mutandis import Rulebook
from mutandis.facts.writing import written_facts

VOCABULARY = """
terms:
  board:
    label: board
    attributes:
      seats: {type: list of seat, open: yes, question: Which seats?}
      posts: {type: list of seat, question: Which posts?}
  seat: {label: seat, attributes: {filled: {type: yes/no, question: Is it filled?}}}
actions:
  hold board: {label: hold, default: forbidden}
  list board: {label: list, default: forbidden}
"""
LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n"
RULES = """
law: act
article: 1
title: Boards
rules:
- {at: (1), summary: Two seats., may: hold board, when: at least 2 s in board.seats where (s.filled)}
- {at: (2), summary: Two posts., may: list board, when: at least 2 s in board.posts where (s.filled)}
"""
ONE = [{"filled": True}, {"filled": False}]
TWO = [{"filled": True}, {"filled": True}]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load_files({"vocabulary.yaml": VOCABULARY, "act/law.yaml": LAW, "act/1.yaml": RULES})


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (ONE, "undetermined"),
        (TWO, "permitted"),
        ([], "undetermined"),
        ("none", "forbidden_by_default"),
        ({"members": ONE}, "undetermined"),
        ({"open": "no", "members": ONE}, "forbidden_by_default"),
        ({"open": True, "members": TWO}, "permitted"),
    ],
)
def test_further_members_are_reckoned_with(book: Rulebook, said: object, verdict: str) -> None:
    decision = book.decide("hold board", {"board.seats": said})
    assert (decision.verdict.value, decision.missing) == (
        verdict,
        ("board.seats",) if verdict == "undetermined" else (),
    )
    read = book.read({"board.seats": said}).native
    again = written_facts(read, book.vocabulary)
    assert book.read(again).native == read


def test_a_list_that_is_not_declared_open_is_closed_unless_the_case_says_otherwise(book: Rulebook) -> None:
    assert book.decide("list board", {"board.posts": ONE}).verdict.value == "forbidden_by_default"
    said = {"board.posts": {"open": True, "members": ONE}}
    assert book.decide("list board", said).missing == ("board.posts",)


def test_a_column_of_a_table_is_read_alike(book: Rulebook) -> None:
    table = book.decide_table("hold board", pl.DataFrame({"board.seats": [ONE, TWO, ONE]}))
    assert table.verdict.to_list() == ["undetermined", "permitted", "undetermined"]
    closed = pl.DataFrame({"board.seats": [{"open": False, "members": ONE}]})
    assert book.decide_table("hold board", closed).verdict.to_list() == ["forbidden_by_default"]
