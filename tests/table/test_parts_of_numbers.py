"""What is reckoned with parts of numbers, rounded or a part of a length, is decided by columns as row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import product

import duckdb
import polars as pl
import pytest
from tests.evaluate.books import DAY, VOCABULARY, rule
from tests.evaluate.books import book as one_article
from tests.table.agreement import disagreements, told_of

from mutandis import Rulebook
from mutandis.table.table import PARTS

FEES = (None, *range(-25, 26), 345, 1005)
COUNTS = (None, 0, 1, 2, 3, 5, 17)
AMOUNTS = (
    ("it.fee / 4", "1 won"),
    ("it.fee * 3/100", "10 won"),
    ("it.fee / 3 - it.fee / 7", "1/2 won"),
    ("(it.fee - 5/2 won) * (-2/5)", "3/4 won"),
)


def _decided(book: Rulebook, action: str, case: Mapping[str, object]) -> str:
    return book.decide(action, {k: v for k, v in case.items() if v is not None}, at=DAY).verdict.value


@pytest.mark.parametrize("rounding", ["up", "down", "half up", "half to even"])
@pytest.mark.parametrize(("amount", "step"), AMOUNTS)
def test_what_is_rounded_is_an_expression(rounding: str, amount: str, step: str) -> None:
    asked = f"when: round {rounding} ({amount}) to {step} <= it.count * 1 won - 5/2 won"
    book = one_article(rule("(1)", "must: tell thing", asked))
    assert book.columns("tell thing", at=DAY).is_whole
    rows = list(product(FEES, COUNTS))
    frame = pl.DataFrame(rows, schema={"it.fee": pl.Int64, "it.count": pl.Int64}, orient="row")
    wanted = [_decided(book, "tell thing", row) for row in frame.iter_rows(named=True)]
    assert set(wanted) == {"required", "silent", "undetermined"}
    assert book.decide_table("tell thing", frame, at=DAY).verdict.to_list() == wanted
    query = book.sql("tell thing", "duckdb", table="frame", at=DAY, facts=frame.columns, full=[])
    with duckdb.connect() as database:
        database.register("frame", frame.to_arrow())
        assert [verdict for *_, verdict, _ in database.execute(query).fetchall()] == wanted


@pytest.mark.parametrize("rounding", ["up", "half to even"])
def test_a_limit_with_parts_is_told(rounding: str) -> None:
    limit = f"requires: 'how.level <= (round {rounding} it.mark / 3 to 1/2) + it.mark / 7'"
    book = one_article(rule("(1)", "may: do thing", limit))
    assert book.columns("do thing", at=DAY).is_whole
    marks = [None, *range(11)]
    told = book.decide_table("do thing", pl.DataFrame({"it.mark": marks}), at=DAY).frame(*PARTS)
    cases = [{} if mark is None else {"it.mark": mark} for mark in marks]
    wanted = [tuple(told_of(book.decide("do thing", case, at=DAY), part) for part in PARTS) for case in cases]
    assert told.rows() == wanted
    assert "69/14" in str(told["limits"].to_list())


def test_a_limit_that_is_a_moment_is_told() -> None:
    moment = "      at: {type: moment, parameter: yes, question: At what moment?}\n"
    vocabulary = VOCABULARY.replace("      from_day:", f"{moment}      from_day:")
    book = one_article(rule("(1)", "may: do thing", "requires: how.at <= it.began"), vocabulary=vocabulary)
    assert book.columns("do thing", at=DAY).is_whole
    began = [None, dt.datetime(2020, 3, 1, 10, 30)]
    told = book.decide_table("do thing", pl.DataFrame({"it.began": began}), at=DAY).frame(*PARTS)
    cases = [{} if one is None else {"it.began": one} for one in began]
    assert told.rows() == [
        tuple(told_of(book.decide("do thing", case, at=DAY), part) for part in PARTS) for case in cases
    ]
    assert "2020-03-01T10:30" in str(told["limits"].to_list())


@pytest.fixture(scope="module")
def of_lengths() -> Rulebook:
    return one_article(
        rule("(1)", "must: tell thing", "when: it.used * 3/2 + 1 day <= 8 days"),
        rule("(2)", "must: tell thing", "when: it.used / 2 >= (the smaller of it.used - 2 days and 7 days)"),
        rule("(3)", "must: keep thing", "when: it.on + it.used * 2/3 <= today"),
        rule("(4)", "must: keep thing", "when: (the total of p.days / 2 for p in it.parts) > it.used"),
        rule("(5)", "may: do thing", "requires: how.days <= it.used / 2 + 1 day"),
    )


@pytest.mark.parametrize("action", ["tell thing", "keep thing", "do thing"])
def test_a_part_of_a_length_is_known_where_it_is_whole(of_lengths: Rulebook, action: str) -> None:
    assert of_lengths.columns(action, at=DAY).is_whole
    assert [one for known in (1.0, 0.7) for one in disagreements(of_lengths, action, 100, known, varied=True)] == []
    used = [None, *range(20)]
    table = of_lengths.decide_table(action, pl.DataFrame({"it.used": used}), at=DAY).frame(*PARTS)
    cases = [{} if days is None else {"it.used": f"{days} days"} for days in used]
    assert table.rows() == [
        tuple(told_of(of_lengths.decide(action, case, at=DAY), part) for part in PARTS) for case in cases
    ]


def test_values_in_parts_are_chosen_among_and_given() -> None:
    book = one_article(
        rule("(1)", "define: it.mark", "as: [{when: it.a, value: it.count / 3}, {when: it.b, value: it.count / 2}]"),
        rule("(2)", "must: tell thing", "when: (if it.c then it.mark else it.mark * 1/5) > 1/2"),
        rule("(3)", "must: keep thing", "when: (the larger of it.mark and it.count / 4) is 3/2"),
    )
    for action in ("tell thing", "keep thing"):
        assert book.columns(action, at=DAY).is_whole
        for known, derived in product((1.0, 0.7), (False, True)):
            assert list(disagreements(book, action, 100, known, derived=derived)) == []


def test_what_a_database_divides_inexactly_is_set_right() -> None:
    book = one_article(
        rule("(1)", "must: tell thing", "when: round down it.fee * 10001/7 to 1 won <= it.fee * 10001/7")
    )
    assert book.columns("tell thing", at=DAY).is_whole
    frame = pl.DataFrame({"it.fee": range(10**12 - 300, 10**12 + 1)})
    assert set(book.decide_table("tell thing", frame, at=DAY).verdict) == {"required"}
    query = book.sql("tell thing", "duckdb", table="frame", at=DAY)
    with duckdb.connect() as database:
        database.register("frame", frame.to_arrow())
        assert {verdict for _, verdict, _ in database.execute(query).fetchall()} == {"required"}


def test_what_is_too_large_to_be_divided_is_found_row_by_row() -> None:
    book = one_article(rule("(1)", "must: tell thing", "when: round down it.fee * 1000001/2 to 1 won > 5 won"))
    (outside,) = book.columns("tell thing", at=DAY).outside
    assert outside.reasons == ("divides what is too large to be divided exactly",)
    assert list(disagreements(book, "tell thing", 40, 0.8)) == []
