"""Queries come to what `decide` comes to row by row, in DuckDB and in PostgreSQL."""

from __future__ import annotations

import datetime as dt
import math
import os
import re
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
import sqlglot
from tests.evaluate.books import VOCABULARY, rule
from tests.evaluate.books import book as small_book
from tests.postgres import Postgres
from tests.sql.agreement import AT, Run, disagreements, in_duckdb
from tests.sql.tables import SqlTable, kind_of, sql_table

from mutandis import MutandisError, Rulebook
from mutandis.sql import beforehand
from mutandis.sql.expressions import DIALECTS, HAS_LISTS
from mutandis.sql.query import LEFT_OUT, UNSETTLED
from mutandis.table.table import part_of

ROWS = max(12, int(os.environ.get("MUTANDIS_EXAMPLES", "0")))
ACT_77 = "grant temporary_release"
CALENDAR = ("bury_temporarily corpse", "arrest inmate", "conduct summary_admission", "suspend transfer_of_juvenile")
"""They ask for days off, for moments so many hours on, for what falls under a provision, for norms that wait."""
SEVERAL = ("transfer inmate", "admit inmate", "render life_guidance")
"""They ask of facts of which there may be several."""
MANY = ("assign work", "use protective_equipment", "execute disciplinary_action", "draw_up detention_permit")
"""Their norms may come to too many things together to have each decided beforehand."""
EACH = 16
"""Every how manieth action is tried in a run; `python -m tests.sql.agreement` tries all."""


def some_actions(book: Rulebook) -> list[str]:
    return [name for name, component in book.program.components.items() if component.norms][::EACH]


def test_queries_decide_as_decide_does_in_duckdb(book: Rulebook) -> None:
    found, refused = list(disagreements(book, ACT_77, 10 * ROWS)), 0
    actions = some_actions(book)
    for action in actions:
        try:
            found += disagreements(book, action, ROWS)
        except MutandisError:
            refused += 1
    assert found == []
    assert refused < len(actions) / 2


def test_queries_of_tables_that_lack_columns_decide_as_decide_does(book: Rulebook) -> None:
    found = list(disagreements(book, "admit inmate", ROWS, seed=33, columns=0.3))
    for action in some_actions(book):
        try:
            found += disagreements(book, action, ROWS, columns=0.5)
        except MutandisError:
            continue
    assert found == []


def test_what_waits_for_a_parameter_and_for_a_fact_that_no_column_tells_is_cited(book: Rulebook) -> None:
    facts = ["inmate.disease_endangers_others", "inmate.infectious_disease"]
    query = book.sql("admit inmate", at=AT, facts=facts, keep=["id"])
    table = SqlTable({"id": "BIGINT", **dict.fromkeys(facts, "BOOLEAN")}, [[1, True, True]], [])
    expected = book.decide("admit inmate", dict.fromkeys(facts, True), at=AT)
    ((_, verdict, citations),) = in_duckdb(table, query)
    assert (verdict, citations) == (expected.verdict.value, part_of(expected, "citations"))
    assert citations == "act/18(1)"


def in_postgres(postgres: Postgres) -> Run:
    """What runs a query there."""
    import psycopg
    from psycopg import sql

    def run(table: SqlTable, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(postgres.url) as database, database.cursor() as cursor:
            columns = sql.SQL(", ").join(
                sql.SQL("{} " + kind).format(sql.Identifier(name)) for name, kind in table.columns.items()
            )
            cursor.execute("DROP TABLE IF EXISTS cases")
            cursor.execute(sql.SQL("CREATE TABLE cases ({})").format(columns))
            marks = sql.SQL(", ").join(sql.Placeholder() for _ in table.columns)
            cursor.executemany(sql.SQL("INSERT INTO cases VALUES ({})").format(marks), table.rows)
            cursor.execute(query.encode())
            return cursor.fetchall()

    return run


def test_queries_decide_as_decide_does_in_postgres(book: Rulebook, postgres: Postgres) -> None:
    run = in_postgres(postgres)
    found = list(disagreements(book, ACT_77, 10 * ROWS, dialect="postgres", run=run))
    for action in (*SEVERAL, *MANY, *some_actions(book)[::2]):
        try:
            found += disagreements(book, action, ROWS, dialect="postgres", run=run)
        except MutandisError:
            continue
    assert found == []


def test_an_action_of_hundreds_of_norms_has_a_query() -> None:
    book = small_book(*(rule(f"({k})", "must_not: do thing", f"when: [it.a, it.count > {k}]") for k in range(1, 301)))
    query = book.sql("do thing", at=AT, facts=["it.a", "it.count"])
    found = in_duckdb(SqlTable({"it.a": "BOOLEAN", "it.count": "BIGINT"}, [[True, 7]], []), query)
    assert [row[-2] for row in found] == ["forbidden"]


@pytest.mark.parametrize("action", MANY)
def test_the_order_among_many_norms_is_that_of_decide(book: Rulebook, action: str) -> None:
    assert UNSETTLED in book.sql(action, at=AT)
    assert list(disagreements(book, action, 10 * ROWS, seed=4)) == []


def test_the_order_in_sql_is_that_of_decide_wherever_it_is_asked(
    book: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beforehand, "MOST_COMBINATIONS", 0)
    assert UNSETTLED in book.sql(ACT_77, at=AT)
    found = list(disagreements(book, ACT_77, 10 * ROWS))
    for action in some_actions(book):
        try:
            found += disagreements(book, action, ROWS)
        except MutandisError:
            continue
    assert found == []


def test_a_row_in_which_what_is_not_known_does_not_matter_is_decided(book: Rulebook) -> None:
    """Nobody wears equipment without an occasion, whatever else is not known."""
    query = book.sql("use protective_equipment", at=AT, keep=["id"])
    facts = sorted(set(book.columns("use protective_equipment", at=AT).facts) - set(book.program.derived))
    kinds = {name: kind_of(book.vocabulary.facts[name]) for name in facts}
    truths = [name for name in facts if kinds[name] == "BOOLEAN"]
    rows: list[list[object]] = [
        [1, *(False if name in truths else None for name in facts)],
        [2, *(None for _ in facts)],
    ]
    found = sorted(in_duckdb(SqlTable({"id": "BIGINT", **kinds}, rows, []), query))
    assert found == [(1, "forbidden_by_default", ""), (2, None, None)]


@pytest.mark.parametrize("action", SEVERAL)
def test_what_there_may_be_several_of_is_decided_as_decide_does(book: Rulebook, action: str) -> None:
    assert list(disagreements(book, action, 4 * ROWS, seed=3)) == []


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_there_may_be_several_of_is_a_list_where_queries_are_tried(book: Rulebook, dialect: str) -> None:
    if dialect in HAS_LISTS:
        read = sqlglot.parse_one(book.sql(SEVERAL[0], dialect, at=AT, keep=["id"]), read=dialect)
        assert isinstance(read, sqlglot.exp.Select)
    else:
        with pytest.raises(MutandisError, match=r"reads `transfer\.necessary_for`, of which there may be several"):
            book.sql(SEVERAL[0], dialect, at=AT)


@pytest.mark.parametrize(
    ("given", "is_error"),
    [([], False), (None, False), (["food"], True), (["life_guidance", "food"], True), ([None], True)],
)
def test_a_list_with_a_value_that_is_not_allowed_is_an_error(
    book: Rulebook, given: list[str | None] | None, is_error: bool
) -> None:
    query = book.sql(SEVERAL[0], at=AT, keep=["id"], facts=["transfer.necessary_for"])
    table = SqlTable({"id": "BIGINT", "transfer.necessary_for": "VARCHAR[]"}, [[1, given]], [])
    ((_, verdict, _),) = in_duckdb(table, query)
    assert (verdict == "error") is is_error


@pytest.mark.parametrize("action", CALENDAR)
def test_days_off_moments_and_places_are_decided_as_decide_does(book: Rulebook, action: str) -> None:
    assert list(disagreements(book, action, 4 * ROWS, seed=2)) == []


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("action", CALENDAR)
def test_days_off_moments_and_places_are_written_in_every_dialect(book: Rulebook, dialect: str, action: str) -> None:
    read = sqlglot.parse_one(book.sql(action, dialect, at=AT, keep=["id"]), read=dialect)
    assert isinstance(read, sqlglot.exp.Select)
    assert read.named_selects == ["id", "verdict", "citations"]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_query_is_of_its_dialect(book: Rulebook, dialect: str) -> None:
    query = book.sql(ACT_77, dialect, at=AT, keep=["id"], underscores=True)
    read = sqlglot.parse_one(query, read=dialect)
    assert isinstance(read, sqlglot.exp.Select)
    assert read.named_selects == ["id", "verdict", "citations"]
    assert "inmate.class" not in query


def decided(book: Rulebook, row: dict[str, object], **options: Any) -> tuple[str | None, str | None]:
    kinds = {bool: "BOOLEAN", int: "BIGINT", str: "VARCHAR", dt.date: "DATE"}
    columns = {"id": "BIGINT", **{name: kinds[type(value)] for name, value in row.items()}}
    query = book.sql(ACT_77, at=AT, keep=["id"], facts=list(row), **options)
    ((_, verdict, citations),) = in_duckdb(SqlTable(columns, [[1, *row.values()]], []), query)
    return verdict, citations


FUNERAL: dict[str, object] = {
    "inmate.class": "sentenced",
    "inmate.record_excellent": False,
    "kin.relation": "spouse",
    "kin.died": True,
    "descendant.marries": False,
    "temporary_release.days": 4,
}


def test_a_table_has_some_of_the_facts(book: Rulebook) -> None:
    assert decided(book, FUNERAL) == ("permitted", "act/77(2)1")
    assert decided(book, {**FUNERAL, "temporary_release.days": 5}) == ("forbidden", "act/77(2)1")
    assert decided(book, FUNERAL, full=["kin.died"]) == ("permitted", "act/77(2)1")


def test_values_that_are_not_allowed_are_errors_and_what_has_a_limit_is_left_out(book: Rulebook) -> None:
    assert decided(book, {**FUNERAL, "inmate.class": "boarder"}) == ("error", "")
    assert decided(book, {**FUNERAL, "temporary_release.days": 0}) == ("error", "")
    without = {name: value for name, value in FUNERAL.items() if name != "temporary_release.days"}
    assert decided(book, without) == (None, None)


def test_a_column_has_the_clock(book: Rulebook) -> None:
    action = "grant temporary_release"
    query = book.sql(action, at="asked_on", law_as_of=AT, keep=["asked_on"])
    facts = sorted(set(book.columns(action, at=AT).facts) - set(book.program.derived))
    assert '"asked_on"' in query
    with duckdb.connect() as database:
        kinds = {"date": "DATE", "moment": "TIMESTAMP", "yes_no": "BOOLEAN", "enum": "VARCHAR"}
        columns = [f'"{name}" {kinds.get(book.vocabulary.facts[name].type.kind, "BIGINT")}' for name in facts]
        database.execute(f"CREATE TABLE cases (asked_on DATE, {', '.join(columns)})")
        row = {
            "inmate.held_upon": "final_judgment",
            "inmate.confined_since": dt.date(2015, 1, 1),
            "inmate.record_excellent": True,
            "inmate.needs_outside_hospitalisation": True,
            "sentence.for_life": False,
            "sentence.term": 60,
            "sentence.began_on": dt.date(2015, 1, 1),
            "sentence.ends_on": dt.date(2019, 12, 31),
            "temporary_release.days": 3,
            "temporary_release.days_used_this_year": 0,
            "descendant.marries": False,
            "kin.died": False,
        }
        days = [dt.date(2016, 8, 31), dt.date(2016, 9, 1)]  # a third of five years is twenty months
        marks = ", ".join("?" for _ in range(len(facts) + 1))
        database.executemany(f"INSERT INTO cases VALUES ({marks})", [[day, *map(row.get, facts)] for day in days])
        found = sorted(database.execute(query).fetchall())
    assert [verdict for _, verdict, _ in found] == [
        book.decide(action, {name: _as_fact(book, name, v) for name, v in row.items()}, at=day).verdict.value
        for day in days
    ]
    assert found[0][1] != found[1][1] == "permitted"


def _as_fact(book: Rulebook, name: str, value: object) -> object:
    declared = book.vocabulary.facts[name]
    return f"{value} {declared.unit}" if declared.type.kind == "duration" else value


def test_the_page_names_the_actions_without_a_whole_query(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_many(self: beforehand.Beforehand, norms: list[Any]) -> beforehand.Outcomes:
        beforehand._few(math.prod(len(norm.combinations) for norm in norms))
        return {("silent", ()): [0]}

    # What is decided for each combination, and the text of the query, take long and do not matter here.
    monkeypatch.setattr(beforehand.Beforehand, "outcomes", as_many)
    monkeypatch.setattr(sqlglot.exp.Select, "sql", lambda self, *_, **__: " ".join(self.comments or ()))
    actions = [name for name, component in book.program.components.items() if component.norms]
    without: dict[str, set[str]] = {"members": set(), "period": set(), "some": set(), "norms": set()}
    for action in actions:
        try:
            query = book.sql(action, at=AT)
            if LEFT_OUT in query or UNSETTLED in query:
                without["some" if LEFT_OUT in query else "norms"].add(action)
        except MutandisError as reason:
            said = str(reason)
            without["period" if "a period" in said else "members"].add(action)
    page = (Path(__file__).parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
    listed = " ".join(page.partition("### Actions without a whole query")[2].partition("\n## ")[0].split())
    ends = [listed.index(words) for words in ("- They go", "- They measure", "Of these", "The queries of these")]
    paragraphs = [listed[start:end] for start, end in zip(ends, [*ends[1:], None], strict=True)]
    told = [set(re.findall("`([^`]+)`", one.partition(": ")[2])) for one in paragraphs]
    assert dict(zip(without, told, strict=True)) == without
    plain = " ".join(page.split())
    assert f" {sum(map(len, told[:2]))} actions have no query" in plain
    assert f"({len(told[3])} actions, which [stand below]" in plain


@pytest.mark.parametrize("action", ["provide food", "grant work_bonus", "resolve_on reviewed_matter"])
def test_many_requirements_that_wait_for_parameters_are_decided_beforehand(book: Rulebook, action: str) -> None:
    assert UNSETTLED not in book.sql(action, at=AT)
    assert list(disagreements(book, action, 4 * ROWS)) == []


@pytest.mark.parametrize(
    "action", ["suspend visit", "pay condolence_money", "hold_at detention_center", "tell_of_death other_relative"]
)
def test_rows_in_which_what_has_no_expression_does_not_matter_are_decided(book: Rulebook, action: str) -> None:
    decided: list[bool] = []

    def run(table: SqlTable, query: str) -> list[tuple[int, str | None, str | None]]:
        found = in_duckdb(table, query)
        decided.extend(verdict is not None for _, verdict, _ in found)
        return found

    assert LEFT_OUT in book.sql(action, at=AT)
    assert list(disagreements(book, action, 4 * ROWS, run=run)) == []
    assert {True, False} == set(decided)


def test_a_table_without_the_list_has_a_whole_query(book: Rulebook) -> None:
    action = "compose classification_committee"
    kinds = {name: book.vocabulary.facts[name].type.kind for name in book.columns(action, at=AT).facts}
    with pytest.raises(MutandisError, match="it goes through the members of a list"):
        book.sql(action, at=AT)
    query = book.sql(action, at=AT, facts=[name for name, kind in kinds.items() if kind != "list"], keep=["id"])
    assert LEFT_OUT not in query
    told = sorted(name for name, kind in kinds.items() if kind != "list")
    table = sql_table(book, action, told, [], ROWS, Random(3))
    for (number, verdict, citations), case in zip(sorted(in_duckdb(table, query)), table.cases, strict=True):
        decision = book.decide(action, case, at=AT)
        assert (number, verdict, citations) == (number, part_of(decision, "verdict"), part_of(decision, "citations"))


def test_what_cannot_be_asked_is_told_with_the_reason(book: Rulebook) -> None:
    with pytest.raises(
        MutandisError, match=r"`compose parole_review_board` cannot be decided in SQL.*members of a list"
    ):
        book.sql("compose parole_review_board")
    with pytest.raises(MutandisError, match=r"there is no dialect `postgress`: did you mean `postgres`"):
        book.sql(ACT_77, "postgress")
    with pytest.raises(MutandisError, match=r"the vocabulary has no fact `kin.dead`"):
        book.sql(ACT_77, facts=["kin.dead"])
    with pytest.raises(MutandisError, match=r"`kin.died` cannot be none: leave it out of `none`"):
        book.sql(ACT_77, none=["kin.died"])
    with pytest.raises(MutandisError, match=r"the column `verdict` cannot be kept: decisions have one of that name"):
        book.sql(ACT_77, keep=["number", "verdict"])
    assert book.sql(ACT_77, keep=["number", "number"]) == book.sql(ACT_77, keep=["number"])


def test_the_smaller_and_the_later_of_two_are_decided_in_a_query() -> None:
    asked = "(the smaller of it.fee and 12 won) + 3 won > it.fee and (the later of it.on and it.due) < today"
    loaded = small_book(rule("(1)", "must: tell thing", f"when: '{asked}'"))
    assert list(disagreements(loaded, "tell thing", 200)) == []


@pytest.mark.parametrize(
    ("end", "why"),
    [
        ("3 working days after", "counts working days"),
        ("the month of", "asks for the end of a month, quarter or year of the calendar"),
    ],
)
def test_why_there_is_no_query_is_told_in_words(end: str, why: str) -> None:
    loaded = small_book(rule("(1)", "must: tell thing", f"when: 'it.due < the end of {end} it.on'"))
    with pytest.raises(MutandisError, match=f"no expression for it: it {why}; decide it"):
        loaded.sql("tell thing", at=AT)


RECKONING = small_book(
    rule("(1)", "may: do thing", "when: it.fee <= 5 won and it.used <= 3 days and it.count < 4"),
    rule("(2)", "must_not: do thing", "when: it.until is present and it.on + 5 days < it.until"),
    rule("(3)", "must_not: do thing", "when: it.began < it.on + 3 days and it.count + it.count > 5 and it.mark < 3"),
)
USUAL_ROW = {
    "it.fee": ("BIGINT", "3"),
    "it.used": ("BIGINT", "2"),
    "it.count": ("BIGINT", "2"),
    "it.mark": ("BIGINT", "2"),
    "it.on": ("DATE", "'2020-02-02'"),
    "it.until": ("DATE", "'2020-02-03'"),
    "it.began": ("TIMESTAMP", "'2020-02-02 10:00'"),
}
UNUSUAL = [
    ("it.fee", "BIGINT", "9000000000000000000"),
    ("it.used", "BIGINT", "9000000000000000000"),
    ("it.count", "BIGINT", "9000000000000000000"),
    ("it.count", "DOUBLE PRECISION", "1e300"),
    ("it.count", "DOUBLE PRECISION", "'NaN'"),
    ("it.count", "DOUBLE PRECISION", "2.5"),
    ("it.mark", "DOUBLE PRECISION", "'NaN'"),
    ("it.mark", "DECIMAL(38, 37)", "1.0000000000000000000000000000000000001"),
    ("it.count", "DECIMAL(38, 20)", "3.00000000000000000001"),
    ("it.on", "DATE", "'500000-01-01'"),
    ("it.on", "DATE", "'infinity'"),
    ("it.on", "TIMESTAMP", "'290000-01-01 00:00'"),
    ("it.began", "TIMESTAMP", "'290000-01-01 00:00'"),
    ("it.began", "TIMESTAMP", "'infinity'"),
]
OF_POSTGRES = [("it.count", "NUMERIC", "1e400"), ("it.count", "NUMERIC", "1e-400")]
OF_DUCKDB = [
    ("it.count", "HUGEINT", "90000000000000000000000"),
    ("it.on", "TIMESTAMP_NS", "'2020-02-02 00:00:00.000000001'"),
    ("it.began", "TIMESTAMP_NS", "'2020-02-02 10:00:00.000000001'"),
]


def with_one_unusual(dialect: str, name: str, kind: str, value: str) -> list[str]:
    """What makes a table of two rows, of which the second has an unusual value, and asks about it."""
    kinds = {**{name: kind for name, (kind, _) in USUAL_ROW.items()}, name: kind}
    values = [value for _, value in USUAL_ROW.values()]
    columns = ", ".join(f'"{one}" {kind}' for one, kind in kinds.items())
    rows = (
        f"(1, {', '.join(values)}), (2, {', '.join({**dict(zip(kinds, values, strict=True)), name: value}.values())})"
    )
    query = RECKONING.sql("do thing", dialect, at=AT, facts=list(USUAL_ROW), none=["it.until"], keep=["id"])
    query = query.replace('"it.until.none"', "FALSE")
    return [
        "DROP TABLE IF EXISTS cases",
        f"CREATE TABLE cases (id BIGINT, {columns})",
        f"INSERT INTO cases VALUES {rows}",
        query,
    ]


@pytest.mark.parametrize(("name", "kind", "value"), [*UNUSUAL, *OF_DUCKDB])
def test_a_value_beyond_all_reckoning_leaves_its_row_alone_in_duckdb(name: str, kind: str, value: str) -> None:
    *made, query = with_one_unusual("duckdb", name, kind, value)
    with duckdb.connect() as database:
        for statement in made:
            database.execute(statement)
        assert sorted(database.execute(query).fetchall()) == [(1, "permitted", "act/1(1)"), (2, None, None)]


def test_a_value_beyond_all_reckoning_leaves_its_row_alone_in_postgres(postgres: Postgres) -> None:
    import psycopg

    for name, kind, value in (*UNUSUAL, *OF_POSTGRES):
        *made, query = with_one_unusual("postgres", name, kind, value)
        with psycopg.connect(postgres.url) as database, database.cursor() as cursor:
            for statement in (*made, query):
                cursor.execute(statement.encode())
            assert sorted(cursor.fetchall()) == [(1, "permitted", "act/1(1)"), (2, None, None)], (name, value)


def test_a_clock_beyond_all_reckoning_leaves_its_row_alone() -> None:
    loaded = small_book(rule("(1)", "may: tell thing", "when: it.began < today"))
    query = loaded.sql("tell thing", at="asked_on", law_as_of=AT, keep=["id"])
    with duckdb.connect() as database:
        database.execute('CREATE TABLE cases (id BIGINT, asked_on DATE, "it.began" TIMESTAMP)')
        began = "'2020-02-02 10:00'"
        database.execute(f"INSERT INTO cases VALUES (1, '2020-03-01', {began}), (2, '500000-01-01', {began})")
        assert sorted(database.execute(query).fetchall()) == [(1, "permitted", "act/1(1)"), (2, None, None)]


def test_a_number_that_is_not_allowed_is_an_error_however_large_it_is() -> None:
    loaded = small_book(rule("(1)", "may: do thing", "when: it.mark < 3", "requires: how.days < 9 days"))
    query = loaded.sql("do thing", at=AT, keep=["id"])
    with duckdb.connect() as database:
        database.execute('CREATE TABLE cases (id BIGINT, "it.mark" BIGINT, "how.days" BIGINT)')
        database.execute(
            f"INSERT INTO cases VALUES (1, 2, 8), (2, {10**18}, 8), (3, 2, {10**18}), (4, -1, 8), (5, 2, 61)"
        )
        found = sorted(database.execute(query).fetchall())
    assert [verdict for _, verdict, _ in found] == ["permitted", "error", "error", "error", "error"]


@pytest.mark.parametrize("days", [3, 9, 3_000_000, 30_000_000, 3_000_000_000, 10**12])
@pytest.mark.parametrize("sign", ["+", "-"])
def test_days_that_lead_off_the_calendar_end_no_query(days: int, sign: str, postgres: Postgres) -> None:
    loaded = small_book(rule("(1)", "may: do thing", f"when: it.on {sign} it.used < it.due"))
    day, due = dt.date(2020, 2, 2), dt.date(2020, 2, 9)
    decision = loaded.decide("do thing", {"it.on": day, "it.used": f"{days} days", "it.due": due}, at=AT)
    table = SqlTable({"it.on": "DATE", "it.used": "BIGINT", "it.due": "DATE"}, [[day, days, due]], [])
    for dialect, run in (("duckdb", in_duckdb), ("postgres", in_postgres(postgres))):
        query = loaded.sql("do thing", dialect, at=AT, facts=list(table.columns))
        assert [row[-2] for row in run(table, query)] == [decision.verdict.value]


def test_a_length_is_as_large_as_it_is_in_base_units() -> None:
    words = VOCABULARY.replace("used: {type: duration, unit: days", "used: {type: duration, unit: hours")
    loaded = small_book(rule("(1)", "may: do thing", "when: it.used * 1000000 > 5 hours"), vocabulary=words)
    query = loaded.sql("do thing", at=AT)
    found = in_duckdb(SqlTable({"it.used": "BIGINT"}, [[3], [10**12 // 60], [10**12 // 60 + 1]], []), query)
    assert [row[-2] for row in found] == ["permitted", "permitted", None]


@pytest.mark.parametrize("sign", ["+", "-"])
def test_a_moment_that_is_moved_off_the_calendar_has_no_query(sign: str) -> None:
    loaded = small_book(rule("(1)", "may: do thing", f"when: it.began {sign} 90000000 hours < it.on"))
    with pytest.raises(MutandisError, match="it moves a moment off the calendar; decide it"):
        loaded.sql("do thing", at=AT)
