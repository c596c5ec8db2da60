"""Tables and queries over columns of derived facts come to what `decide` comes to, row by row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import product

import polars as pl
import psycopg
import pytest
from tests.evaluate.books import DAY, rule
from tests.evaluate.books import book as one_article
from tests.evaluate.test_given_elsewhere import ARTICLES, BEFORE, SINCE
from tests.link.books import program
from tests.postgres import Postgres
from tests.sql.agreement import in_duckdb
from tests.sql.tables import SqlTable

from mutandis import CaseError, Rulebook
from mutandis.sql.query import LEFT_OUT

ACTION = "suspend visit"
CLASSES = (None, "sentenced", "unsentenced", "death_row")
TRUTHS = (None, False, True)
FACTS = ("inmate.class", "inmate.young", "inmate.calm", "inmate.ill")
ROWS = list(product(CLASSES, TRUTHS, TRUTHS, TRUTHS))


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return Rulebook(program(*ARTICLES.split("---\n")))


def expected(book: Rulebook, row: tuple[object, ...], at: dt.date, names: Sequence[str] = FACTS) -> str:
    facts = {name: value for name, value in zip(names, row, strict=True) if value is not None}
    try:
        return book.decide(ACTION, facts, at=at).verdict.value
    except CaseError:
        return "error"


@pytest.mark.parametrize("at", [BEFORE, SINCE])
def test_a_query_takes_a_derived_fact_as_given(book: Rulebook, at: dt.date) -> None:
    query = book.sql(ACTION, at=at, facts=FACTS, keep=["id"])
    kinds = {"id": "BIGINT", "inmate.class": "VARCHAR", **dict.fromkeys(FACTS[1:], "BOOLEAN")}
    found = in_duckdb(SqlTable(kinds, [[k, *row] for k, row in enumerate(ROWS)], []), query)
    compared = 0
    for (_, verdict, _), row in zip(sorted(found), ROWS, strict=True):
        wanted = expected(book, row, at)
        if row[0] is None or wanted == "error":  # left to `decide`
            assert verdict is None, row
        else:
            assert verdict == wanted, row
            compared += 1
    assert compared >= 40


def test_a_query_without_the_column_reads_what_it_follows_from(book: Rulebook) -> None:
    query = book.sql(ACTION, at=SINCE, full=FACTS[1:], keep=["id"])
    assert "inmate.class" not in query
    assert "inmate.young" in query


def test_no_contradiction_is_looked_for_where_nothing_defines(book: Rulebook) -> None:
    assert "inmate.young" not in book.sql(ACTION, at=BEFORE, facts=["inmate.class", "inmate.ill"], keep=["id"])


def test_a_table_with_a_clock_for_each_row_knows_when_there_is_a_definition(book: Rulebook) -> None:
    days = [day for _ in ROWS for day in (BEFORE, SINCE)]
    rows = [row for row in ROWS for _ in range(2)]
    frame = pl.DataFrame({"on": days, **dict(zip(FACTS, zip(*rows, strict=True), strict=True))}, strict=False)
    table = book.decide_table(ACTION, frame, at="on", on_bad="error")
    wanted = [expected(book, row, day) for row, day in zip(rows, days, strict=True)]
    assert table.verdict.to_list() == wanted
    assert 0 < wanted.count("error") < len(wanted) / 4


def test_rows_that_a_definition_without_an_expression_may_deny_are_left() -> None:
    asked = "contact.ended_on is within 2 working days after contact.due_on"
    text = ARTICLES.replace("not inmate.young", f"not ({asked})")
    text = text.replace("when: inmate.young, value", f"when: {asked}, value")
    other = Rulebook(program(*text.split("---\n")))
    facts = ["inmate.class", "inmate.ill", "contact.ended_on", "contact.due_on"]
    assert LEFT_OUT not in other.sql(ACTION, at=BEFORE, facts=facts)
    query = other.sql(ACTION, at=SINCE, facts=facts, keep=["id"])
    assert f"{LEFT_OUT}: it counts working days" in query
    ended, days = dt.date(2020, 1, 5), (None, dt.date(2020, 1, 5), dt.date(2020, 1, 9))
    rows = list(product(CLASSES, TRUTHS, (None, ended), days))
    kinds = {"id": "BIGINT", **dict(zip(facts, ("VARCHAR", "BOOLEAN", "DATE", "DATE"), strict=True))}
    found = in_duckdb(SqlTable(kinds, [[k, *row] for k, row in enumerate(rows)], []), query)
    compared = 0
    for (_, verdict, _), row in zip(sorted(found), rows, strict=True):
        wanted = expected(other, row, SINCE, facts)
        # A day before the other is none after it, whatever days are off; else what is stated may be denied.
        if row[0] is None or row[2:] != (ended, days[-1]) or wanted == "error":
            assert verdict is None, row
        else:
            assert verdict == wanted, row
            compared += 1
    assert compared == len(TRUTHS)  # the definition denies every other class


@pytest.mark.parametrize("kind", ["DOUBLE", "DECIMAL(9, 2)", "FLOAT"])
def test_a_number_with_parts_is_left_and_never_rounded(kind: str) -> None:
    action, rules = "tell thing", [rule("(1)", "must: tell thing", "when: it.mark > 2 or it.used > 2 days")]
    query = one_article(*rules).sql(action, at=DAY, facts=["it.mark", "it.used"], keep=["id"])
    rows: list[list[object]] = [[0, 2.4, 1], [1, 3, 1], [2, 1, 2.5], [3, 1, 3], [4, 1, None], [5, None, 1]]
    found = sorted(in_duckdb(SqlTable({"id": "BIGINT", "it.mark": kind, "it.used": kind}, rows, []), query))
    assert [verdict for _, verdict, _ in found] == [None, "required", None, "required", "undetermined", "undetermined"]


@pytest.mark.parametrize("kind", ["DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE"])
def test_a_day_with_a_time_is_left_and_never_cut(kind: str) -> None:
    query = one_article(rule("(1)", "must: tell thing", "when: it.on < 2020-03-01")).sql(
        "tell thing", at=DAY, facts=["it.on"], keep=["id"]
    )
    rows: list[list[object]] = [[0, "2020-02-29"], [1, "2020-03-01"], [2, None], [3, "2020-02-29 09:30:00"]]
    found = sorted(in_duckdb(SqlTable({"id": "BIGINT", "it.on": kind}, rows, []), query))
    last = "required" if kind == "DATE" else None  # the column itself has no time
    assert [verdict for _, verdict, _ in found] == ["required", "silent", "undetermined", last]


@pytest.mark.parametrize("action", ["tell thing", "keep thing", "burn thing", "do thing"])
def test_a_clock_with_a_time_is_left_where_the_moment_is_read(action: str) -> None:
    book = one_article(
        rule("(1)", "must: tell thing", "when: it.began < now"),
        rule("(2)", "must: keep thing", "when: 1(1) applies"),
        rule("(3)", "must: burn thing", "when: it.a"),  # of the group of the one before
        rule("(4)", "must: do thing", "when: it.began < today"),
    )
    facts, days = ["it.a", "it.began"], [dt.datetime(2020, 3, 1), dt.datetime(2020, 3, 1, 11, 30)]
    query = book.sql(action, at="on", law_as_of=DAY, facts=facts, keep=["id"])
    rows: list[list[object]] = [[k, str(day), True, "2020-02-29 10:00:00"] for k, day in enumerate(days)]
    kinds = {"id": "BIGINT", "on": "TIMESTAMP", "it.a": "BOOLEAN", "it.began": "TIMESTAMP"}
    found = sorted(in_duckdb(SqlTable(kinds, rows, []), query))
    case = dict(zip(facts, rows[0][2:], strict=True))
    as_day, as_moment = (book.decide(action, case, at=at).verdict.value for at in (days[0].date(), days[1]))
    assert [verdict for _, verdict, _ in found] == [as_day, None if as_day != as_moment else as_moment]
    assert (as_day == as_moment) is (action == "do thing")


def test_a_clock_with_a_time_is_left_where_what_a_fact_follows_from_reads_the_moment() -> None:
    defined = rule("(1)", "define: it.read", "when: it.began < now")
    book = one_article(defined, rule("(2)", "must: tell thing", "when: it.read"))
    query = book.sql("tell thing", at="on", law_as_of=DAY, facts=["it.began", "it.read"], keep=["id"])
    kinds = {"id": "BIGINT", "on": "TIMESTAMP", "it.began": "TIMESTAMP", "it.read": "BOOLEAN"}
    rows: list[list[object]] = [[0, "2020-03-01 11:30:00", "2020-02-29 10:00:00", False]]
    with pytest.raises(CaseError):
        book.decide("tell thing", {"it.began": "2020-02-29 10:00:00", "it.read": False}, at=dt.datetime(2020, 3, 1, 11))
    assert [verdict for _, verdict, _ in in_duckdb(SqlTable(kinds, rows, []), query)] == [None]


@pytest.mark.parametrize("rounding", ["down", "half to even"])
@pytest.mark.parametrize(
    ("amount", "step"), [("(it.fee - 5/2 won) * (-2/5)", "3/4 won"), ("it.fee * 10001/7", "1 won")]
)
def test_what_is_rounded_is_decided_in_postgres(postgres: Postgres, rounding: str, amount: str, step: str) -> None:
    asked = f"when: round {rounding} ({amount}) to {step} <= it.count * 1 won - 5/2 won"
    book = one_article(rule("(1)", "must: tell thing", asked))
    query = book.sql("tell thing", "postgres", at=DAY, facts=["it.fee", "it.count"], keep=["id"])
    rows = list(product((None, *range(-15, 16), 10**12 - 3), (None, 0, 1, 3, 17)))
    with psycopg.connect(postgres.url) as database, database.cursor() as cursor:
        cursor.execute('CREATE TEMPORARY TABLE cases (id BIGINT, "it.fee" BIGINT, "it.count" NUMERIC)')
        cursor.executemany("INSERT INTO cases VALUES (%s, %s, %s)", [(k, *row) for k, row in enumerate(rows)])
        found = sorted(cursor.execute(query).fetchall())
    cases = [{n: v for n, v in zip(("it.fee", "it.count"), row, strict=True) if v is not None} for row in rows]
    wanted = [book.decide("tell thing", case, at=DAY).verdict.value for case in cases]
    assert [verdict for _, verdict, _ in found] == wanted
