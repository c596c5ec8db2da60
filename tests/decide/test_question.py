"""What is asked besides the facts: which version of the law serves, and what is wrong with a question."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from mutandis import Rulebook
from mutandis.decide.question import Question, checked
from mutandis.diagnostics import CaseError, MutandisError

LIBRARY = Path(__file__).parents[1] / "library"
DAY, LATER = dt.date(2020, 3, 2), dt.date(2021, 3, 2)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return Rulebook.load(LIBRARY)


def test_the_version_of_the_law_is_the_one_named_else_that_of_the_clock_else_the_last() -> None:
    assert Question("lend book", at=DAY, law_as_of=LATER).version == LATER
    assert Question("lend book", at=dt.datetime(2020, 3, 2, 23)).version == DAY
    assert Question("lend book").version == dt.date.max
    assert Question("lend book", law_as_of=LATER).version_on(DAY) == LATER
    assert Question("lend book").version_on(DAY) == DAY


def test_a_question_of_rows_has_no_clock_and_is_else_the_same() -> None:
    asked = Question("lend book", DAY, LATER, "librarian", frozenset({DAY}))
    assert asked.about("renew loan") == Question("renew loan", None, LATER, "librarian", frozenset({DAY}))


def test_a_question_has_its_days_off_as_a_set_and_none_where_none_are_given(book: Rulebook) -> None:
    assert checked(book.program, "lend book", DAY, None, None, [LATER, LATER]).holidays == frozenset({LATER})
    assert checked(book.program, "", None, None, None, None) == Question()


@pytest.mark.parametrize(
    ("ask", "error", "said"),
    [
        (lambda book: book.decide("lend boat", {}), CaseError, "no action `lend boat`"),
        (lambda book: book.assess({}, by="book"), CaseError, "no role `book`"),
        (lambda book: book.prepare("lend book", at="2020-03-02"), MutandisError, "`at` is a date"),
        (lambda book: book.decide("lend book", {}, law_as_of=dt.datetime(2020, 3, 2)), MutandisError, "by a day"),
        (lambda book: book.value("reader.fees_owed", {}, holidays="2020-03-02"), MutandisError, "a holiday is a date"),
        (lambda book: book.impact(book, [], actions=["lend boat"]), CaseError, "no action `lend boat`"),
    ],
)
def test_what_is_wrong_with_a_question_is_told_by_every_method(
    book: Rulebook, ask: Callable[[Rulebook], object], error: type[MutandisError], said: str
) -> None:
    with pytest.raises(error) as told:
        ask(book)
    assert said in str(told.value)
