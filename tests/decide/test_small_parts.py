"""Small parts of deciding that only show in large rulebooks, or in what is written."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from tests.oracle.books import files
from tests.oracle.by_hand import book_of

from mutandis.datatypes import DataType
from mutandis.decide.order import Reading
from mutandis.decide.turning import figure_of
from mutandis.link.provisions import asks_of_itself
from mutandis.rulebook.load import load_text


def test_norms_are_run_again_in_their_order_of_however_many() -> None:
    norms = [SimpleNamespace(beats=(), part_beats=(), limits=()) for _ in range(20)]
    plan: Any = SimpleNamespace(norms=norms)
    again = Reading(plan, {}, (), (), frozenset()).resting_on([17, 9, 2])  # type: ignore[arg-type]  # no name is read
    assert again == [2, 9, 17]


@pytest.mark.parametrize(
    ("value", "kind", "told"),
    [(dt.datetime(2020, 3, 2, 10), "moment", "2020-03-02T10:00"), (dt.date(2020, 3, 2), "date", "2020-03-02")],
)
def test_a_moment_is_told_to_the_minute_and_a_day_without_one(value: object, kind: Any, told: str) -> None:
    assert figure_of(value, DataType(kind)) == told


@pytest.mark.parametrize(
    ("asked", "itself"),
    [
        ("when: (1) proviso applies", True),
        ("grounds: {1: (1) proviso applies}", True),
        ("grounds: {1: {when: it.a, unless: (1) proviso applies}}", True),
        ("grounds: {1: {when: it.a, grounds: {(a): (1) proviso applies, (b): it.b}}}", True),
        ("when: act/2(1) applies", False),
    ],
)
def test_an_exclusion_may_ask_of_itself_on_any_ground(asked: str, itself: bool) -> None:
    text = f"- {{at: act/1(1), may: keep fox, unless: {{at: (1) proviso, {asked}}}}}\n- {{at: act/2(1), may: keep dog}}"
    source = load_text(files(book_of(text)))
    (exclusion,) = source.articles[0].rules[0].unless
    assert asks_of_itself(exclusion) == itself
