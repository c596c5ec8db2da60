"""What tables say: not known, none, not allowed, clocks; and what is told of their rows."""

from __future__ import annotations

import datetime as dt
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from random import Random
from typing import Any

import polars as pl
import pytest
from tests.table.tables import random_table

from mutandis import CaseError, MutandisError, Rulebook
from mutandis.backends.columns.nodes import Maker
from mutandis.backends.engine import Engine
from mutandis.calendar.dates import DAY as DAY_LONG
from mutandis.calendar.dates import add_months
from mutandis.calendar.shares import share_of_days
from mutandis.table.table import PARTS, VERDICTS, record_of
from mutandis.table.to_polars import ToPolars

ACTION = "grant temporary_release"
DAY = dt.date(2020, 3, 1)
COLUMNS: dict[str, Any] = {
    "inmate.class": ["sentenced", "sentenced", "unsentenced", "sentenced"],
    "kin.relation": ["spouse"] * 4,
    "kin.died": [True] * 4,
    "temporary_release.days": ["4 days", "5 days", "4 days", None],
    "descendant.marries": [False] * 4,
    "inmate.record_excellent": [False] * 4,
}


def cases(columns: dict[str, Any]) -> list[dict[str, object]]:
    """The rows, with what is null left out."""
    rows = pl.DataFrame(columns).iter_rows(named=True)
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def test_a_null_is_not_known_and_never_no(book: Rulebook) -> None:
    table = book.decide_table(ACTION, pl.DataFrame(COLUMNS), at=DAY)
    assert table.verdict.to_list() == ["permitted", "forbidden", "forbidden_by_default", "conditional"]
    assert table.citations.to_list() == ["act/77(2)1", "act/77(2)1", "", "act/77(2)1"]
    assert table.frame("breaches")["breaches"].to_list()[1].startswith("act/77(2): ")
    assert table.counts() == dict.fromkeys(table.verdict, 1)


def test_a_row_is_told_in_full(book: Rulebook) -> None:
    table = book.decide_table(ACTION, COLUMNS, at=DAY)
    assert [table.decision(row) for row in range(len(table))] == [
        book.decide(ACTION, case, at=DAY) for case in cases(COLUMNS)
    ]
    with pytest.raises(IndexError, match="there is no row 4 in a table of 4"):
        table.decision(4)
    for wrong in ("1", 1.0, True, None):
        with pytest.raises(MutandisError, match="`row` is a whole number, such as `3`, not"):
            table.decision(wrong)  # type: ignore[arg-type]  # what is tried


def test_parts_are_columns(book: Rulebook) -> None:
    frame = book.decide_table(ACTION, COLUMNS, at=DAY).frame(*PARTS)
    assert frame.columns == list(PARTS)
    assert frame["verdict"].dtype == pl.Enum(VERDICTS)
    limit = frame["limits"][1][0]
    assert (limit["parameter"], limit["relation"], limit["outer"]) == ("temporary_release.days", "less_than", "5 days")
    with pytest.raises(MutandisError, match="a table has no part `reasons`: it has verdict, citations"):
        book.decide_table(ACTION, COLUMNS, at=DAY).frame("reasons")
    assert book.decide_table(ACTION, COLUMNS, at=DAY).frame("verdict", "verdict").columns == ["verdict"]


def test_none_stands_in_a_column_a_sentinel_or_as_a_word(book: Rulebook) -> None:
    dates = {name for name, f in book.vocabulary.facts.items() if f.type.optional and f.type.kind == "date"}
    with_norms = [name for name, component in book.program.components.items() if component.norms]
    action, fact = next((a, fact) for a in with_norms for fact in book.columns(a).facts if fact in dates)
    cases_ = [{fact: dt.date(2019, 1, 1)}, {fact: None}, {}]
    wanted = [book.decide(action, case, at=DAY) for case in cases_]
    days = [dt.date(2019, 1, 1), None, None]
    own = pl.DataFrame({fact: days, f"{fact}.none": [False, True, None]})
    declared = pl.DataFrame({fact: [dt.date(2019, 1, 1), dt.date(1, 1, 1), None]})
    written = pl.DataFrame({fact: ["2019-01-01", "none", None]})
    # As CSV has it, of Mutandis, of pandas and of a spreadsheet; what is said to be unknown is not known.
    texts = [("false", "true", None), ("False", "True", "unknown"), ("no", " yes ", "FALSE")]
    texts.append((" False", "True ", None))
    for frame, none in (
        (own, None),
        *((own.with_columns(pl.Series(f"{fact}.none", text)), None) for text in texts),
        (declared, {fact: dt.date(1, 1, 1)}),
        (declared, dt.date(1, 1, 1)),
        (written, None),
    ):
        table = book.decide_table(action, frame, at=DAY, none=none)
        assert [table.decision(row) for row in range(3)] == wanted
    with pytest.raises(CaseError, match=r"says where there is none, and has `perhaps`"):
        book.decide_table(action, own.with_columns(pl.lit("perhaps").alias(f"{fact}.none")))


def test_what_is_said_to_be_unknown_is_not_presumed(book: Rulebook) -> None:
    # Of this fact a transitional clause presumes something where a case says nothing (S49).
    action, fact = "seize condolence_money", "condolence_money.right_acquired_on"
    cases_: list[dict[str, object]] = [{fact: "2004-01-01"}, {fact: "unknown"}, {}]
    table = book.decide_table(action, {fact: [case.get(fact) for case in cases_]}, at=DAY)
    assert [table.decision(row) for row in range(3)] == [book.decide(action, case, at=DAY) for case in cases_]
    assert table.verdict.to_list() == [book.decide(action, case, at=DAY).verdict.value for case in cases_]


def test_values_that_are_not_allowed_are_told_with_column_count_and_rows(book: Rulebook) -> None:
    columns = {
        **COLUMNS,
        "inmate.class": ["sentenced", "guest", "guest", "sentenced"],
        "kin.died": ["yes", "perhaps", "no", "yes"],
    }
    with pytest.raises(CaseError) as told:
        book.decide_table(ACTION, columns, at=DAY)
    messages = [d.message for d in told.value.diagnostics]
    assert len(messages) == 2
    assert any("in 2 rows of column `inmate.class` (from 0: 1, 2)" in message for message in messages)
    assert any("`perhaps`" in m and "in 1 row of column `kin.died` (from 0: 1)" in m for m in messages)


def test_a_value_that_is_not_allowed_may_make_its_row_an_error(book: Rulebook) -> None:
    columns = {**COLUMNS, "kin.died": ["yes", "perhaps", "yes", "yes"]}
    table = book.decide_table(ACTION, columns, at=DAY, on_bad="error")
    assert table.verdict.to_list() == ["permitted", "error", "forbidden_by_default", "conditional"]
    assert [(bad.column, bad.value, bad.count, bad.rows) for bad in table.bad] == [("kin.died", "perhaps", 1, (1,))]
    assert table.decision(1) is None
    assert table.frame(*PARTS).row(1, named=True) == {
        **dict.fromkeys(PARTS, ""),
        "verdict": "error",
        "limits": [],
        "deadlines": [],
    }


def test_deadlines_say_whether_it_was_done_and_what_they_wait_for(book: Rulebook) -> None:
    actions, components, rng = book.vocabulary.actions, book.program.components, Random(5)
    timed = [a for a, c in components.items() if actions[a].done and any(norm.has_time for norm in c.norms)]
    told: list[dict[str, object]] = []
    for action in timed[::3]:
        table = random_table(book, action, 5, rng, 0.8)
        found = book.decide_table(action, table.frame, at="clock", on_bad="error")
        for row, records in enumerate(found.frame("deadlines")["deadlines"].to_list()):
            decision = found.decision(row)
            assert records == ([record_of(due, "deadlines") for due in decision.deadlines] if decision else [])
            told += records
    assert {True, False} <= {record["done"] is None for record in told}
    assert {"due", "done", "passed", "unknown_for", "wording"} <= told[0].keys()


def test_a_column_of_another_name_is_told_or_left_alone(book: Rulebook) -> None:
    with pytest.raises(CaseError, match=r"the vocabulary has no fact `inmate\.clas`"):
        book.decide_table(ACTION, {"inmate.clas": ["sentenced"]})
    assert len(book.decide_table(ACTION, {"case number": [1, 2]})) == 2
    with pytest.raises(CaseError, match=r"column `kin\.died\.none` says where there is none, and has Int64"):
        book.decide_table(ACTION, {"kin.died.none": [1]})


def test_a_term_may_be_one_column_with_fields(book: Rulebook) -> None:
    frame = pl.DataFrame({"inmate": [{"class": "sentenced"}], "kin": [{"died": True}]})
    decision = book.decide(ACTION, {"inmate": {"class": "sentenced"}, "kin": {"died": True}}, at=DAY)
    assert book.decide_table(ACTION, frame, at=DAY).decision(0) == decision


def test_each_row_may_have_its_own_clock(book: Rulebook) -> None:
    clocks = [dt.date(1990, 1, 1), DAY, None, dt.date(2026, 1, 1)]
    case = cases(COLUMNS)[0]
    frame = pl.DataFrame({**{name: [column[0]] * 4 for name, column in COLUMNS.items()}, "on": clocks})
    table = book.decide_table(ACTION, frame, at="on")
    assert [table.decision(row) for row in range(4)] == [book.decide(ACTION, case, at=at) for at in clocks]
    assert table.verdict.to_list() == [book.decide(ACTION, case, at=at).verdict.value for at in clocks]
    written = frame.with_columns(pl.col("on").cast(pl.String))
    assert book.decide_table(ACTION, written, at="on").verdict.to_list() == table.verdict.to_list()
    with pytest.raises(MutandisError, match=r"row 1 \(from 0\) has `soon`"):
        book.decide_table(ACTION, {"on": ["2020-03-01", "soon"]}, at="on")
    with pytest.raises(MutandisError, match="`at` is neither a day nor a column of the table: `when`"):
        book.decide_table(ACTION, frame, at="when")
    with pytest.raises(MutandisError, match="table: `opend`; did you mean `opened`"):
        book.decide_table(ACTION, pl.DataFrame({"kin.died": [True], "opened": [DAY]}).lazy(), at="opend")
    with pytest.raises(MutandisError, match="has days or local moments, not Int64"):
        book.decide_table(ACTION, {"on": [1]}, at="on")


def test_an_empty_table_has_no_decisions(book: Rulebook) -> None:
    table = book.decide_table(ACTION, pl.DataFrame(schema={"kin.died": pl.Boolean}), at=DAY)
    assert (len(table), table.counts(), table.frame(*PARTS).height) == (0, {}, 0)


def test_an_empty_table_with_a_column_of_clocks_has_no_decisions(book: Rulebook) -> None:
    empty = pl.DataFrame(schema={"clock": pl.Date, "inmate.class": pl.String})
    assert Engine(book.program).versions(ACTION, None)
    assert book.decide_table(ACTION, empty, at="clock").verdict.to_list() == []


def test_progress_is_told(book: Rulebook) -> None:
    told: list[tuple[int, int]] = []
    book.decide_table(ACTION, COLUMNS, at=DAY, progress=lambda done, rows: told.append((done, rows)))
    assert told == [(4, 4)]


def test_wrong_questions_are_told(book: Rulebook) -> None:
    with pytest.raises(CaseError, match="the rulebook has no action `grant parol`"):
        book.decide_table("grant parol", COLUMNS)
    with pytest.raises(MutandisError, match='`on_bad` is one of `"raise"`, `"error"`, not `ignore`'):
        book.decide_table(ACTION, COLUMNS, on_bad="ignore")  # type: ignore[arg-type]  # what is tried
    with pytest.raises(MutandisError, match="a table of type `int` cannot be read"):
        book.decide_table(ACTION, 7)


def test_an_action_tells_what_is_no_expression_over_columns(book: Rulebook) -> None:
    told = book.columns(ACTION, at=DAY)
    assert "temporary_release.days" in told.facts
    assert told.is_whole
    every = [book.columns(action) for action in book.program.components]
    assert sum(columns.is_whole for columns in every) > len(every) * 0.92
    assert all(reason for columns in every for part in columns.outside for reason in part.reasons)


def test_without_polars_tables_say_what_to_install(book: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [
        name for name in sys.modules if name.partition(".")[0] == "polars" or name.startswith("mutandis.table")
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(
        MutandisError, match=r"needs? Polars, which is not installed: `pip install 'mutandis\[columns\]'`"
    ):
        book.decide_table(ACTION, COLUMNS)


@pytest.mark.parametrize(
    ("part", "rounding"), [(Fraction(1, 3), "up"), (Fraction(2, 3), "down"), (Fraction(1, 2), "up")]
)
def test_a_share_of_a_term_is_reckoned_as_the_calendar_does(part: Fraction, rounding: str) -> None:
    rng = Random(7)
    days = [
        dt.date(2019, 12, 31),
        dt.date(2020, 1, 31),
        dt.date(2020, 2, 29),
        dt.date(2021, 2, 28),
        dt.date(2023, 3, 1),
    ]
    days += [dt.date(2000, 1, 1) + dt.timedelta(days=rng.randrange(9000)) for _ in range(40)] + [dt.date.max]
    firsts = [first for first in days for _ in days]
    lasts = days * len(days)
    # Terms of whole months, which a random day rarely ends.
    firsts += [day for day in days[:-1] for _ in range(1, 40)]
    lasts += [add_months(day, months, "next day") - DAY_LONG for day in days[:-1] for months in range(1, 40)]
    maker = Maker()
    share = maker.share(maker.col("first", "date"), maker.col("last", "date"), part, rounding)
    found = ToPolars({}).frame(pl.DataFrame({"first": firsts, "last": lasts}), {"share": share})["share"]
    assert found.to_list() == [share_of_days(part, a, b, rounding) for a, b in zip(firsts, lasts, strict=True)]


def test_what_is_remembered_of_one_table_is_not_told_of_another(book: Rulebook) -> None:
    open_ = {name: values for name, values in COLUMNS.items() if name != "kin.relation"}
    asked = [COLUMNS, open_, COLUMNS]
    tables = [book.decide_table(ACTION, pl.DataFrame(columns), at=DAY) for columns in asked]
    for columns, table in zip(asked, tables, strict=True):
        alone = Rulebook(book.program).decide_table(ACTION, pl.DataFrame(columns), at=DAY)
        assert table.frame(*PARTS).equals(alone.frame(*PARTS))
        assert [str(v) for v in table.verdict] == [book.decide(ACTION, c, at=DAY).verdict.value for c in cases(columns)]


def test_tables_of_one_question_are_decided_in_several_threads(book: Rulebook) -> None:
    shared = Rulebook(book.program)
    frames = [random_table(book, ACTION, 200, Random(known), known).frame for known in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)]

    def decided(book: Rulebook, frame: pl.DataFrame) -> pl.DataFrame:
        return book.decide_table(ACTION, frame, at=DAY, on_bad="error").frame(*PARTS)

    with ThreadPoolExecutor(4) as pool:
        tables = list(pool.map(lambda frame: decided(shared, frame), frames))
    for frame, found in zip(frames, tables, strict=True):
        assert found.equals(decided(Rulebook(book.program), frame))


def test_few_outlines_stand_for_many_ways_of_not_knowing(book: Rulebook) -> None:
    frame = random_table(book, ACTION, 600, Random(7), 0.8).frame
    ends_a_stay = ("corpse.died_on", "corpse.died_on.none", "release.at", "release.at.none", "inmate.formerly_held")
    # All are sentenced inmates.
    frame = frame.drop("inmate.confined_in_correctional_facility", *ends_a_stay, strict=False)
    frame = frame.with_columns(pl.lit("final_judgment").alias("inmate.held_upon"))
    table = Rulebook(book.program).decide_table(ACTION, frame, at=DAY, on_bad="error")
    outlines = len(table.engine.memory.outcomes)
    assert table.frame("verdict", "citations").height == 600
    table.frame("missing")
    told_apart = len(table.engine.memory.outcomes)
    assert 2 * outlines < told_apart
