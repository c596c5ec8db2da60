"""Tables of other libraries and files come to what the same table of Polars comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from mutandis import CaseError, MutandisError, Rulebook
from mutandis.table import batch
from mutandis.table.table import PARTS

ACTION = "grant temporary_release"
DAY = dt.date(2020, 3, 1)
COLUMNS: dict[str, Any] = {
    "number": [1, 2, 3, 4],
    "inmate.class": ["sentenced", "sentenced", "unsentenced", None],
    "kin.died": [True, None, False, True],
    "temporary_release.days": ["4 days", "5 days", None, "4 days"],
    "sentence.began_on": [dt.date(2010, 5, 5), None, dt.date(2015, 1, 1), dt.date(2019, 12, 31)],
}

GIVEN: dict[str, Callable[[], object]] = {
    "polars, lazy": lambda: pl.DataFrame(COLUMNS).lazy(),
    "a mapping": lambda: COLUMNS,
    "pandas": lambda: pd.DataFrame(COLUMNS),
    "pandas, with its own days": lambda: pd.DataFrame(COLUMNS).astype({"sentence.began_on": "datetime64[ns]"}),
    "pandas, with categories": lambda: pd.DataFrame(COLUMNS).astype({"inmate.class": "category"}),
    "arrow": lambda: pa.table(COLUMNS),
    "arrow, as a reader": lambda: pa.table(COLUMNS).to_reader(),
    "arrow, one batch": lambda: pa.table(COLUMNS).to_batches()[0],
    "duckdb": lambda: duckdb.from_arrow(pa.table(COLUMNS)),
}


@pytest.mark.parametrize("kind", GIVEN)
def test_a_table_of_any_kind_comes_to_the_same(book: Rulebook, kind: str) -> None:
    wanted = book.decide_table(ACTION, pl.DataFrame(COLUMNS), at=DAY).frame(*PARTS)
    assert book.decide_table(ACTION, GIVEN[kind](), at=DAY).frame(*PARTS).equals(wanted)


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
@pytest.mark.parametrize("as_text", [True, False])
def test_a_file_is_given_by_its_path(book: Rulebook, tmp_path: Path, suffix: str, as_text: bool) -> None:
    frame, path = pl.DataFrame(COLUMNS), tmp_path / f"register.{suffix}"
    frame.write_parquet(path) if suffix == "parquet" else frame.write_csv(path)
    wanted = book.decide_table(ACTION, frame, at=DAY).frame(*PARTS)
    assert book.decide_table(ACTION, str(path) if as_text else path, at=DAY).frame(*PARTS).equals(wanted)


def test_of_what_is_not_read_yet_only_what_speaks_of_facts_is(book: Rulebook) -> None:
    def never(_: pl.Series) -> pl.Series:
        raise AssertionError("this column is not needed")

    lazy = pl.DataFrame(COLUMNS).lazy().with_columns(pl.col("number").map_batches(never, return_dtype=pl.Int64))
    found = book.decide_table(ACTION, lazy, at=DAY)
    assert found.frame(*PARTS).equals(book.decide_table(ACTION, COLUMNS, at=DAY).frame(*PARTS))
    with pytest.raises(CaseError, match=r"the fact is `inmate\.class`"):
        book.decide_table(ACTION, lazy.rename({"inmate.class": "Inmate class"}), at=DAY)


def test_a_table_that_states_no_fact_has_its_rows(book: Rulebook) -> None:
    assert len(book.decide_table(ACTION, pl.DataFrame({"number": [1, 2, 3]}).lazy(), at=DAY)) == 3


def test_a_mapping_has_the_rows_of_all_its_columns(book: Rulebook) -> None:
    wanted = book.decide_table(ACTION, {"inmate.class": ["sentenced"] * 3}, at=DAY).frame(*PARTS)
    given = {"id": [1, 2, 3], "inmate.class": "sentenced"}
    assert book.decide_table(ACTION, given, at=DAY).frame(*PARTS).equals(wanted)
    with pytest.raises(MutandisError, match="height"):
        book.decide_table(ACTION, {"id": [1, 2, 3], "inmate.class": ["sentenced"]}, at=DAY)


def test_numbers_too_large_for_a_column_are_told_where_a_fact_has_them(book: Rulebook) -> None:
    wanted = book.decide_table(ACTION, COLUMNS, at=DAY).frame(*PARTS)
    assert book.decide_table(ACTION, {**COLUMNS, "number": [2**200] * 4}, at=DAY).frame(*PARTS).equals(wanted)
    with pytest.raises(CaseError, match=r"in 1 row of column `temporary_release\.days` \(from 0: 1\)"):
        book.decide_table(ACTION, {"temporary_release.days": [4, 2**200]}, at=DAY)


def test_numbers_with_holes_may_be_those_of_pandas(book: Rulebook) -> None:
    counts = {name for name, fact in book.vocabulary.facts.items() if fact.type.kind == "count"}
    with_norms = [name for name, component in book.program.components.items() if component.norms]
    action, fact = next((a, fact) for a in with_norms for fact in book.columns(a).facts if fact in counts)
    wanted = book.decide_table(action, pl.DataFrame({fact: [1, None, 3]}), at=DAY).frame(*PARTS)
    assert (
        book.decide_table(action, pd.DataFrame({fact: [1.0, float("nan"), 3.0]}), at=DAY).frame(*PARTS).equals(wanted)
    )
    with pytest.raises(CaseError, match=r"not `1\.5`, in 1 row of column"):
        book.decide_table(action, pd.DataFrame({fact: [1.5]}), at=DAY)


def test_a_day_with_an_hour_is_no_day(book: Rulebook) -> None:
    frame = pl.DataFrame({"sentence.began_on": [dt.datetime(2019, 1, 1, 8, 30)]})
    with pytest.raises(CaseError, match=r"in 1 row of column `sentence\.began_on`"):
        book.decide_table(ACTION, frame, at=DAY)


def test_clocks_of_pandas_are_days(book: Rulebook) -> None:
    days = [dt.date(1990, 1, 1), DAY, dt.date(2026, 1, 1), None]
    frame = pl.DataFrame({**COLUMNS, "on": days})
    wanted = book.decide_table(ACTION, frame, at="on").frame(*PARTS)
    other = pd.DataFrame({**COLUMNS, "on": pd.to_datetime(pd.Series(days))})
    assert book.decide_table(ACTION, other, at="on").frame(*PARTS).equals(wanted)


def test_what_is_no_table_is_told(book: Rulebook, tmp_path: Path) -> None:
    other = tmp_path / "register.xlsx"
    other.write_bytes(b"")
    with pytest.raises(MutandisError, match=r"`register\.xlsx` is neither `\.parquet` nor `\.csv`"):
        book.decide_table(ACTION, other)
    with pytest.raises(FileNotFoundError, match="there is no file"):
        book.decide_table(ACTION, tmp_path / "register.csv")
    broken = tmp_path / "register.parquet"
    broken.write_bytes(b"no parquet")
    with pytest.raises(MutandisError, match=r"`register\.parquet` cannot be read"):
        book.decide_table(ACTION, broken)


@pytest.mark.parametrize("said", [("True", "False"), ("TRUE", "FALSE"), ("yes", "no"), ("true", " false ")])
def test_truths_are_those_that_other_programs_write(book: Rulebook, tmp_path: Path, said: tuple[str, str]) -> None:
    path = tmp_path / "register.csv"
    path.write_text("kin.died\n" + "".join(f"{one}\n" for one in said), "utf-8")
    wanted = book.decide_table(ACTION, pl.DataFrame({"kin.died": [True, False]}), at=DAY).frame(*PARTS)
    assert book.decide_table(ACTION, path, at=DAY).frame(*PARTS).equals(wanted)


@pytest.mark.parametrize("said", ["0", "1", 0, 1, 1.0])
def test_numbers_are_no_truths_and_what_to_give_for_them_is_told(book: Rulebook, said: object) -> None:
    with pytest.raises(CaseError) as error:
        book.decide_table(ACTION, pl.DataFrame({"kin.died": [said]}), at=DAY)
    assert [fault.help for fault in error.value.diagnostics] == ["give `yes` for 1, `no` for 0"]


@pytest.mark.parametrize("said", ["NULL", "NA", "NaN", "-", "#N/A", "<NA>"])
def test_what_other_programs_write_for_nothing_is_told(book: Rulebook, said: str) -> None:
    with pytest.raises(CaseError) as error:
        book.decide_table(ACTION, pl.DataFrame({"kin.died": [said]}), at=DAY)
    (fault,) = error.value.diagnostics
    assert fault.message.startswith(f"`{said}` is no value, in 1 row of column `kin.died`")
    assert fault.help == "leave it out where it is not known, or give `yes` or `no`"


@pytest.mark.parametrize("name", ["confinement.extensions", "confinement.period"])
def test_a_list_or_period_in_text_is_told_how_it_can_be_given(book: Rulebook, tmp_path: Path, name: str) -> None:
    path = tmp_path / "register.csv"
    path.write_text(f'{name}\n"[{{from: 2020-03-01}}]"\nunknown\n', "utf-8")
    with pytest.raises(CaseError) as error:
        book.decide_table("end confinement", path, at=DAY)
    (fault,) = error.value.diagnostics
    assert fault.help == (
        "text cannot hold it: give the column nested values, as Parquet has them, or the case as a case file"
    )
    with pytest.raises(CaseError) as error:
        book.decide_table("end confinement", pl.DataFrame({name: [{"form": DAY}]}), at=DAY)
    assert "text" not in error.value.diagnostics[0].help


FAR = pl.Series([3_000_000, 0, -800_000], dtype=pl.Int32).cast(pl.Date)
"""Days of the years 10183 and -221, which dates of Python have not, about one that they have."""


@pytest.mark.parametrize("whole", [True, False])
def test_days_beyond_the_calendar_are_told_with_their_rows(book: Rulebook, whole: bool) -> None:
    column = FAR if whole else FAR.cast(pl.Datetime("us"))
    frame = pl.DataFrame({"inmate.class": ["sentenced"] * 3, "sentence.ends_on": column})
    table = book.decide_table(ACTION, frame, at=DAY, on_bad="error")
    assert [(bad.column, bad.rows) for bad in table.bad] == [("sentence.ends_on", (0,)), ("sentence.ends_on", (2,))]
    assert [bad.value[:6] for bad in table.bad] == ["+10183", "-0221-"]
    assert table.frame("verdict")["verdict"].to_list() == ["error", "undetermined", "error"]


def test_lengths_and_lists_beyond_what_python_has_are_told(book: Rulebook) -> None:
    long = pl.Series([2**62, 86_400_000]).cast(pl.Duration("ms"))
    table = book.decide_table(ACTION, pl.DataFrame({"temporary_release.days": long}), at=DAY, on_bad="error")
    assert [(bad.value, bad.rows) for bad in table.bad] == [("beyond the calendar", (0,))]
    with pytest.raises(CaseError, match=r"in 1 row of column `sentence\.ends_on` \(from 0: 0\)"):
        book.decide_table(ACTION, pl.DataFrame({"sentence.ends_on": FAR.head(1).implode()}), at=DAY)


def test_clocks_beyond_the_calendar_are_told_with_their_row(book: Rulebook, tmp_path: Path) -> None:
    frame = pl.DataFrame({"inmate.class": ["sentenced"] * 3, "on": FAR.gather([1, 1, 0])})
    said = r"column `on` has days of the years 1 to 9999; row 2 \(from 0\) has \+10183-"
    with pytest.raises(MutandisError, match=said):
        book.decide_table(ACTION, frame, at="on")
    frame.write_parquet(tmp_path / "register.parquet")
    for size in (3, 1):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(batch, "AT_ONCE", size)
            with pytest.raises(MutandisError, match=said):
                book.decide_file(ACTION, tmp_path / "register.parquet", tmp_path / "out.parquet", at="on")


ODD = ["^t.*$", "*", "^.*$", "|row", "len", " ", "일"]
"""Names of columns, of which Polars takes some for patterns."""


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_a_column_may_have_any_name(book: Rulebook, tmp_path: Path, name: str, suffix: str) -> None:
    register, plain = ({called: [DAY] * 4, "t1": [1, 2, 3, 4], **COLUMNS} for called in (name, "day"))
    wanted = book.decide_table(ACTION, pl.DataFrame(plain), at="day").frame(*PARTS)
    for table in (pl.DataFrame(register), pl.DataFrame(register).lazy(), pd.DataFrame(register)):
        assert book.decide_table(ACTION, table, at=name).frame(*PARTS).equals(wanted)
    # In the name of a file, too, some signs are patterns.
    given, out = tmp_path / f"register[1].{suffix}", tmp_path / f"decided[1].{suffix}"
    frame = pl.DataFrame(register)
    with given.open("wb") as file:
        frame.write_parquet(file) if suffix == "parquet" else frame.write_csv(file)
    for keep in (None, [name]):
        book.decide_file(ACTION, given, out, at=name, keep=keep)
        read = pl.read_parquet(out.read_bytes()) if suffix == "parquet" else pl.read_csv(out.read_bytes())
        assert read["verdict"].cast(pl.String).equals(wanted["verdict"].cast(pl.String))
        assert read[name].cast(pl.String).to_list() == [DAY.isoformat()] * 4
    assert book.impact(book, given, actions=[ACTION], at=name).rows == 4


def test_a_clock_may_be_called_as_a_term_is(book: Rulebook) -> None:
    term = next(name for name in book.vocabulary.terms if name not in book.vocabulary.facts)
    frame = pl.DataFrame({**COLUMNS, term: [DAY] * 4})
    wanted = book.decide_table(ACTION, COLUMNS, at=DAY).frame(*PARTS)
    assert book.decide_table(ACTION, frame, at=term).frame(*PARTS).equals(wanted)
    with pytest.raises(CaseError, match=f"the vocabulary has no fact `{term}`"):
        book.decide_table(ACTION, frame, at=DAY)


@pytest.mark.parametrize("kind", ["a mapping", "pandas"])
def test_a_column_may_have_values_of_several_types(book: Rulebook, kind: str) -> None:
    mixed: dict[str, Any] = {**COLUMNS, "kin.died": ["yes", None, False, True], "notes": ["a", 1, None, 2.5]}
    given = mixed if kind == "a mapping" else pd.DataFrame(mixed)
    wanted = book.decide_table(ACTION, COLUMNS, at=DAY).frame(*PARTS)
    assert book.decide_table(ACTION, given, at=DAY).frame(*PARTS).equals(wanted)


def test_tables_that_their_libraries_cannot_give_are_told(book: Rulebook) -> None:
    twice = [pa.array(["sentenced"]), pa.array(["unsentenced"])]
    of_several = pd.MultiIndex.from_tuples([("inmate", "class"), ("kin", "relation")])
    given: dict[str, Any] = {
        "Expected unique column names": pa.Table.from_arrays(twice, names=["inmate.class"] * 2),
        'unable to find column "nope"': pl.DataFrame(COLUMNS).lazy().with_columns(pl.col("nope")),
        "a column has intervals": duckdb.sql('SELECT INTERVAL 4 DAYS AS "temporary_release.days"'),
        "does not match height": {"inmate.class": ["sentenced"], "kin.died": [True, False]},
        "the columns of a table are named by texts": pd.DataFrame([["sentenced", "spouse"]], columns=of_several),
    }
    for said, frame in given.items():
        with pytest.raises(MutandisError, match=said):
            book.decide_table(ACTION, frame, at=DAY)
