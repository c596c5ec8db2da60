"""Rows that state a derived fact against their other facts: told by column, value, count and first rows."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from tests.link.books import program

from mutandis import CaseError, Rulebook

ACTION = "grant temporary_release"
DAY = dt.date(2020, 3, 1)
COLUMNS: dict[str, Any] = {
    "number": list(range(10)),
    "inmate.class": ["sentenced"] * 10,
    "kin.relation": ["spouse", "other"] * 5,
    "kin.of_family": [True, False, False, False, False, True, None, None, False, False],
    "kin.died": [True] * 10,
    "temporary_release.days": ["4 days"] * 9 + ["many"],
}
WRONG = [2, 4, 5, 8]


def test_rows_that_contradict_themselves_are_told(book: Rulebook) -> None:
    frame = pl.DataFrame(COLUMNS).head(9)
    with pytest.raises(CaseError) as error:
        book.decide_table(ACTION, frame, at=DAY)
    first, second = sorted(d.message for d in error.value.diagnostics)
    assert first.startswith("`kin.of_family` is stated, and from the other facts of the case something else follows")
    assert first.endswith("in 1 row of column `kin.of_family` (from 0: 5)")
    assert second.endswith("in 3 rows of column `kin.of_family` (from 0: 2, 4, 8)")
    assert [d.slug for d in error.value.diagnostics] == ["derived-fact-given"] * 2


def test_rows_that_contradict_themselves_may_be_in_error(book: Rulebook) -> None:
    table = book.decide_table(ACTION, pl.DataFrame(COLUMNS), at=DAY, on_bad="error")
    assert [row for row, verdict in enumerate(table.verdict) if verdict == "error"] == [*WRONG, 9]
    told = {(bad.column, bad.value): (bad.count, bad.rows) for bad in table.bad}
    assert told == {
        ("temporary_release.days", "many"): (1, (9,)),
        ("kin.of_family", "no"): (3, (2, 4, 8)),
        ("kin.of_family", "yes"): (1, (5,)),
    }
    assert table.decision(2) is None


@pytest.mark.parametrize("action", [ACTION, None])
def test_a_file_tells_rows_that_contradict_themselves(
    book: Rulebook, tmp_path: Path, action: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mutandis.table.batch.AT_ONCE", 4)
    monkeypatch.setattr("mutandis.table.batch.AT_ONCE_OF_ALL", 4)
    given, out = tmp_path / "cases.parquet", tmp_path / "decided.parquet"
    pl.DataFrame(COLUMNS).write_parquet(given)
    summary = book.decide_file(action, given, out, at=DAY)
    assert {(bad.value, bad.count, bad.rows) for bad in summary.bad} == {
        ("no", 3, (2, 4, 8)),
        ("yes", 1, (5,)),
        ("many", 1, (9,)),
    }
    found = pl.read_parquet(out)
    assert found.filter(pl.col("verdict") == "error")["row"].to_list() == [*WRONG, 9]
    assert found.filter(pl.col("row").is_in(WRONG)).height == len(WRONG)
    with pytest.raises(CaseError):
        book.decide_file(action, given, tmp_path / "other.parquet", at=DAY, on_bad="raise")


ARTICLES = """\
law: act
article: 1
title: Visits
rules:
  - at: (1)
    summary: The visits of the calm may be stopped.
    may: suspend visit
    by: warden
    when: inmate.calm
---
law: act
article: 2
title: Definitions
rules:
  - at: (1)
    since: 2010-01-01
    summary: Everybody is calm.
    define: inmate.calm
"""


def test_what_follows_whatever_the_case_denies_what_is_stated_once_it_is_law() -> None:
    always = Rulebook(program(*ARTICLES.split("---\n")))
    days = [dt.date(2009, 12, 31), dt.date(2010, 1, 1)]
    frame = pl.DataFrame({"inmate.calm": [False, True, False, True], "day": [*days, *reversed(days)]})
    for at, wrong in (("day", [2]), (days[0], []), (days[1], [0, 2])):
        table = always.decide_table("suspend visit", frame, at=at, on_bad="error")
        assert [row for row, verdict in enumerate(table.verdict) if verdict == "error"] == wrong
    swapped = frame.with_columns(~pl.col("inmate.calm"))
    table = always.decide_table("suspend visit", swapped, at="day", on_bad="error")
    assert [row for row, verdict in enumerate(table.verdict) if verdict == "error"] == [1]
