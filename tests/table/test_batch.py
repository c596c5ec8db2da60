"""Files of cases decided into files of decisions, whole or in several runs."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Hashable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import polars as pl
import pytest

from mutandis import CaseError, MutandisError, Rulebook
from mutandis.table import batch
from mutandis.table.memory import Memory, Planned
from mutandis.table.table import VERDICTS

ACTION = "grant temporary_release"
DAY = dt.date(2020, 3, 1)
ROWS = 7
WITHOUT_OPTIONAL: dict[str, Any] = {
    "number": [f"n{row}" for row in range(ROWS)],
    "inmate.class": ["sentenced", "sentenced", "unsentenced", None, "sentenced", "sentenced", "sentenced"],
    "kin.died": [True, None, False, True, True, False, None],
    "temporary_release.days": ["4 days", "5 days", None, "4 days", "9 days", None, "1 day"],
}


Columns = dict[str, Any]


@pytest.fixture
def optional(book: Rulebook) -> str:
    """A date that may be none."""
    facts = book.vocabulary.facts
    return next(name for name, fact in facts.items() if fact.type.optional and fact.type.kind == "date")


@pytest.fixture
def columns(optional: str) -> Columns:
    """The cases."""
    return {
        **WITHOUT_OPTIONAL,
        optional: [dt.date(2030, 1, 1), dt.date(9999, 12, 31), None, DAY, DAY, None, DAY],
    }


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows make a part, so that a small file has several."""
    monkeypatch.setattr(batch, "AT_ONCE", 3)
    monkeypatch.setattr(batch, "AT_ONCE_OF_ALL", 3)


def written(folder: Path, suffix: str, columns: Columns) -> Path:
    """The cases as a file."""
    path = folder / f"cases.{suffix}"
    frame = pl.DataFrame(columns)
    frame.write_parquet(path) if suffix == "parquet" else frame.write_csv(path)
    return path


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_a_file_is_decided_as_its_table_is(book: Rulebook, columns: Columns, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"decided.{suffix}"
    parts = ("verdict", "citations", "missing", "limits")
    told: list[tuple[int, int]] = []
    summary = book.decide_file(
        ACTION,
        written(tmp_path, suffix, columns),
        out,
        at=DAY,
        parts=parts,
        none="9999-12-31",
        progress=lambda done, rows: told.append((done, rows)),
    )
    none = dt.date(9999, 12, 31)
    wanted = book.decide_table(ACTION, columns, at=DAY, none=none)
    read = pl.read_csv(out).fill_null("") if suffix == "csv" else pl.read_parquet(out)
    assert read.columns == ["row", "number", *parts]
    assert (read["row"].to_list(), read["number"].to_list()) == (list(range(ROWS)), columns["number"])
    for part in ("verdict", "citations", "missing"):
        assert read[part].to_list() == wanted.frame(part)[part].to_list()
    limits = (
        [json.loads(text) if text else [] for text in read["limits"]] if suffix == "csv" else read["limits"].to_list()
    )
    assert limits == wanted.frame("limits")["limits"].to_list()
    assert any(limits)
    assert (summary.rows, summary.resumed, summary.verdicts, summary.bad) == (ROWS, 0, wanted.counts(), ())
    assert told == [(0, 7), (3, 7), (6, 7), (7, 7)]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([f"cases.{suffix}", out.name])


def test_what_few_values_have_is_an_enumeration(book: Rulebook, columns: Columns, tmp_path: Path) -> None:
    given = written(tmp_path, "parquet", {name: column[3:5] for name, column in columns.items()})
    for action in (ACTION, None):
        out = tmp_path / f"decided-{action}.parquet"
        book.decide_file(action, given, out, at=DAY, parts=("verdict", "citations", "missing"), open_too=True)
        read = pl.read_parquet(out)
        assert read["verdict"].dtype == pl.Enum(VERDICTS)
        assert isinstance(read["citations"].dtype, pl.Enum)
        assert set(read["citations"].dtype.categories) == set(read["citations"])
        assert read["missing"].dtype == pl.String


def test_of_a_table_with_many_columns_fewer_rows_are_decided_at_a_time(
    book: Rulebook, columns: Columns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "CELLS_AT_ONCE", 2 * len(columns))
    told: list[int] = []
    given = written(tmp_path, "csv", columns)
    book.decide_file(ACTION, given, tmp_path / "out.csv", at=DAY, progress=lambda done, rows: told.append(done))
    assert told == [0, 2, 4, 6, 7]


def test_a_part_has_so_many_rows_as_take_some_seconds(
    book: Rulebook, columns: Columns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace = batch.Pace(1000, 30_000)
    told = []
    for seconds in (2.5, 1.0, 0.0, 10.0, 20.0, 60.0):  # of the processor, for a part of as many rows as there may be
        pace.took(pace.rows, seconds)
        told.append(pace.rows)
    assert told == [4000, 16_000, 30_000, 30_000, 15_000, 3750]
    pace.took(1, 1e9)
    assert pace.rows == 1
    pace = batch.Pace(30_000, 30_000)
    pace.took(7, 0.1)  # what is left of a file
    assert pace.rows == 30_000
    monkeypatch.setattr(batch, "FIRST_OF_ALL", 2)
    monkeypatch.setattr(batch, "SECONDS_A_PART", 0.0)
    given = written(tmp_path, "csv", columns)
    done: list[int] = []
    book.decide_file(None, given, tmp_path / "fine.csv", at=DAY, progress=lambda rows, _: done.append(rows))
    assert done == [0, 2, 3, 4, 5, 6, 7]
    monkeypatch.undo()
    book.decide_file(None, given, tmp_path / "whole.csv", at=DAY)
    assert (tmp_path / "fine.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_a_file_takes_the_plans_that_tables_have_left(
    book: Rulebook, columns: Columns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Planned] = []
    keep = Memory.keep

    def noted(memory: Memory, key: Hashable, planned: Planned) -> Planned:
        made.append(planned)
        return keep(memory, key, planned)

    monkeypatch.setattr(Memory, "keep", noted)
    own, given = Rulebook(book.program), written(tmp_path, "parquet", columns)
    first = own.decide_file(ACTION, given, tmp_path / "first.parquet", at=DAY)
    assert made
    made.clear()
    assert own.decide_file(ACTION, given, tmp_path / "again.parquet", at=DAY) == first
    assert not made


def test_rows_are_read_while_those_before_them_are_decided() -> None:
    made: list[int] = []
    third = Event()

    def items() -> Iterator[int]:
        for item in range(4):
            made.append(item)
            if item == 2:
                third.set()
            yield item
        raise CaseError([])

    coming = batch.ahead(items())
    assert next(coming) == 0
    assert next(coming) == 1
    assert third.wait(10)
    assert 3 not in made
    assert next(coming) == 2
    assert next(coming) == 3
    with pytest.raises(CaseError):
        next(coming)


def test_a_run_that_was_broken_off_goes_on_where_it_was(book: Rulebook, columns: Columns, tmp_path: Path) -> None:
    given, out = (
        written(tmp_path, "csv", {**columns, "kin.died": ["yes", "perhaps", *["yes"] * 4, "perhaps"]}),
        tmp_path / "decided.csv",
    )

    def break_off(done: int, rows: int) -> None:
        if done >= 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        book.decide_file(ACTION, given, out, at=DAY, progress=break_off)
    assert not out.exists()
    with pytest.raises(MutandisError, match=r"`.*decided\.csv\.parts` is of an earlier run that asked something else"):
        book.decide_file(ACTION, given, out, at=dt.date(2021, 1, 1))
    summary = book.decide_file(ACTION, given, out, at=DAY)
    assert (summary.rows, summary.resumed) == (7, 6)
    assert [(bad.value, bad.count, bad.rows) for bad in summary.bad] == [("perhaps", 2, (1, 6))]
    whole = tmp_path / "whole.csv"
    afresh = book.decide_file(ACTION, given, whole, at=DAY)
    assert whole.read_bytes() == out.read_bytes()
    assert (afresh.verdicts, afresh.bad) == (summary.verdicts, summary.bad)
    assert afresh.verdicts["error"] == 2


def test_a_run_may_begin_afresh_and_may_end_at_a_bad_value(book: Rulebook, columns: Columns, tmp_path: Path) -> None:
    given, out = written(tmp_path, "csv", {**columns, "kin.died": [*["yes"] * 6, "perhaps"]}), tmp_path / "decided.csv"
    with pytest.raises(CaseError, match=r"in 1 row of column `kin\.died` \(from 0: 6\)"):
        book.decide_file(ACTION, given, out, at=DAY, on_bad="raise")
    assert not out.exists()
    assert book.decide_file(ACTION, given, out, at=DAY, resume=False).resumed == 0


def test_all_actions_make_a_line_for_each_that_binds(
    book: Rulebook, optional: str, columns: Columns, tmp_path: Path
) -> None:
    given, out = (
        written(tmp_path, "parquet", {name: column[:2] for name, column in columns.items()}),
        tmp_path / "all.parquet",
    )
    summary = book.decide_file(None, given, out, at=DAY, open_too=True, none=dt.date(9999, 12, 31))
    read = pl.read_parquet(out)
    assert read.columns == ["row", "number", "action", "verdict", "citations"]
    for row in range(2):
        case = {name: column[row] for name, column in columns.items() if "." in name and column[row] is not None}
        if row == 1:
            case[optional] = None
        wanted = [(d.action, d.verdict.value, "; ".join(d.citations)) for d in book.assess(case, at=DAY)]
        assert read.filter(pl.col("row") == row).select("action", "verdict", "citations").rows() == wanted
    assert sum(summary.verdicts.values()) == read.height


def test_a_file_without_rows_gives_one_without_decisions(book: Rulebook, tmp_path: Path) -> None:
    given = written(tmp_path, "csv", {"number": [], "kin.died": []})
    assert book.decide_file(ACTION, given, tmp_path / "decided.csv").verdicts == {}
    assert (tmp_path / "decided.csv").read_text() == "row,number,verdict,citations\n"


def test_columns_are_kept_by_name(book: Rulebook, columns: Columns, tmp_path: Path) -> None:
    given, out = written(tmp_path, "csv", columns), tmp_path / "decided.csv"
    book.decide_file(ACTION, given, out, keep=["inmate.class"])
    assert pl.read_csv(out).columns == ["row", "inmate.class", "verdict", "citations"]
    with pytest.raises(MutandisError, match="the column `name` that is to be kept is not in"):
        book.decide_file(ACTION, given, out, keep=["name"])


def test_wrong_files_are_told(book: Rulebook, optional: str, columns: Columns, tmp_path: Path) -> None:
    given = written(tmp_path, "csv", columns)
    with pytest.raises(MutandisError, match="cannot be read and written at once"):
        book.decide_file(ACTION, given, given)
    with pytest.raises(MutandisError, match=r"`out\.txt` is neither"):
        book.decide_file(ACTION, given, tmp_path / "out.txt")
    with pytest.raises(MutandisError, match="there is no folder"):
        book.decide_file(ACTION, given, tmp_path / "none" / "out.csv")
    with pytest.raises(MutandisError, match="decisions have no part `reasons`"):
        book.decide_file(ACTION, given, tmp_path / "out.csv", parts=["reasons"])
    with pytest.raises(CaseError, match="cannot stand for none in column"):
        book.decide_file(ACTION, written(tmp_path, "parquet", columns), tmp_path / "out.csv", none={optional: "never"})
    with pytest.raises(CaseError, match=r"`kin\.died` cannot be none"):
        book.decide_file(ACTION, given, tmp_path / "out.csv", none={"kin.died": "no"}, resume=False)
    with pytest.raises(CaseError, match="the vocabulary has no fact `kin`"):
        book.decide_file(ACTION, given, tmp_path / "out.csv", none={"kin": "no"}, resume=False)


def test_a_run_that_did_nothing_leaves_nothing_behind(book: Rulebook, columns: Columns, tmp_path: Path) -> None:
    given, out = written(tmp_path, "csv", columns), tmp_path / "out.csv"
    with pytest.raises(
        MutandisError, match="neither a day nor a column of the table: `opened`; write a day as 2020-03-01"
    ):
        book.decide_file(ACTION, given, out, at="opened")
    assert [path.name for path in tmp_path.iterdir()] == [given.name]
    assert book.decide_file(ACTION, given, out, at=DAY).rows == ROWS
    (tmp_path / "other.csv.parts").mkdir()
    (tmp_path / "other.csv.parts" / "mine.txt").write_text("not to be lost", encoding="utf-8")
    with pytest.raises(MutandisError, match="is in the way"):
        book.decide_file(ACTION, given, tmp_path / "other.csv", at=DAY, resume=False)


def test_of_two_runs_at_once_the_second_is_refused_and_the_first_loses_nothing(
    book: Rulebook, columns: Columns, tmp_path: Path
) -> None:
    given, out = written(tmp_path, "csv", columns), tmp_path / "decided.csv"
    refused: list[str] = []

    def another(done: int, rows: int) -> None:
        for resume in (True, False):
            with pytest.raises(MutandisError) as told:
                book.decide_file(ACTION, given, out, at=DAY, resume=resume)
            refused.append(str(told.value))

    assert book.decide_file(ACTION, given, out, at=DAY, progress=another).rows == ROWS
    now = "another run is writing it now: let it end, or write to another file"
    assert refused == [f"`{out}` cannot be written: {now}"] * 8
    assert pl.read_csv(out).height == ROWS
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.csv", "decided.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="it lets few make links")
def test_decisions_go_to_the_file_that_a_link_names_and_leave_its_rights(
    book: Rulebook, columns: Columns, tmp_path: Path
) -> None:
    given, out, link = written(tmp_path, "csv", columns), tmp_path / "kept.csv", tmp_path / "elsewhere" / "decided.csv"
    link.parent.mkdir()
    out.write_text("old")
    out.chmod(0o640)
    link.symlink_to(out)

    def another(done: int, rows: int) -> None:
        with pytest.raises(MutandisError, match="another run is writing it now"):
            book.decide_file(ACTION, given, out, at=DAY)

    book.decide_file(ACTION, given, link, at=DAY, progress=another)
    assert link.is_symlink() and out.stat().st_mode & 0o777 == 0o640
    assert pl.read_csv(out).height == ROWS
    assert {path.name for path in tmp_path.iterdir()} == {"cases.csv", "kept.csv", "elsewhere"}


def test_where_decisions_cannot_be_written_their_file_is_told(
    book: Rulebook, columns: Columns, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, out = written(tmp_path, "csv", columns), tmp_path / "decided.parquet"

    def full(*_: object, **__: object) -> None:
        raise pl.exceptions.ComputeError(
            "parquet: File out of specification: underlying IO error: No space left on device (os error 28)"
        )

    with monkeypatch.context() as patched:
        patched.setattr(pl.LazyFrame, "sink_parquet", full)
        with pytest.raises(MutandisError) as told:
            book.decide_file(ACTION, given, out, at=DAY)
    assert str(told.value) == f"`{out}` cannot be written: no space left on device"
    assert book.decide_file(ACTION, given, out, at=DAY).resumed == ROWS
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(MutandisError, match="is a folder: name a file for the decisions"):
        book.decide_file(ACTION, given, tmp_path / "folder.csv", at=DAY)
    (tmp_path / "file.csv.parts").touch()
    with pytest.raises(MutandisError, match="is in the way"):
        book.decide_file(ACTION, given, tmp_path / "file.csv", at=DAY)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it has no first line that names the columns"),
        (b"number,kin.died\n1,yes,no\n", "a line has more fields than the first line names columns"),
        ("number,kin.died,name\n1,yes,Jos\u00e9\n".encode("latin-1"), "it is not written in UTF-8"),
        ("number,kin.died\n1,yes\n".encode("utf-16"), "it is not written in UTF-8"),
        (b"number;kin.died\n1;yes\n", "stand between `;`: write it with commas"),
        (b"number\tkin.died\n1\tyes\n", "stand between tabs: write it with commas"),
        (b"number,name\n1,a\n", r"no column of `cases\.csv` is a fact \(it has `number`, `name`\)"),
        (b"kin.died,kin.died\nyes,yes\n", r"column `kin\.died` is given twice"),
        (b"kin.died, Inmate.Class\nyes,sentenced\n", r"column ` Inmate\.Class` is no fact.*`inmate\.class`"),
        (b"kin.died,inmate_class\nyes,sentenced\n", r"column `inmate_class` is no fact.*`inmate\.class`"),
    ],
)
def test_files_that_cannot_be_meant_are_told(book: Rulebook, tmp_path: Path, content: bytes, said: str) -> None:
    given = tmp_path / "cases.csv"
    given.write_bytes(content)
    with pytest.raises(MutandisError, match=said):
        book.decide_file(ACTION, given, tmp_path / "out.csv", at=DAY)
    with pytest.raises(MutandisError, match=said):
        book.impact(book, given, actions=[ACTION], at=DAY)


def test_a_column_that_is_called_nearly_like_a_fact_may_stand_beside_it(book: Rulebook, tmp_path: Path) -> None:
    given = tmp_path / "cases.csv"
    given.write_text("inmate_class,inmate.class\nold words,sentenced\n", encoding="utf-8")
    book.decide_file(ACTION, given, tmp_path / "out.csv", at=DAY)
    assert pl.read_csv(tmp_path / "out.csv")["inmate_class"].to_list() == ["old words"]
