"""Tables of the shipped Act 77: by columns, by expressions written by hand for Polars, and row by row.

The hand-written expressions answer what `decide_table` answers, a verdict and which of the two permissions it rests on,
for tables in which nothing is unknown; that the two agree is checked on every row before anything is timed.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, Final

import polars as pl

from bench.measure import Contestant, Timing, compare
from mutandis import Rulebook

ACTION: Final = "grant temporary_release"
AT: Final = dt.date(2020, 3, 1)
ROUNDS: Final = 5
ROW_BY_ROW: Final = 2_000
"""How many rows are decided one by one."""
RELATIONS = ["spouse", "lineal_ascendant", "lineal_descendant", "sibling", "spouses_lineal_ascendant", "other"]
CLASSES = ["sentenced", "unsentenced", "death_row"]
VERDICTS = ["permitted", "forbidden", "forbidden_by_default"]
BEFALLS = ["inmate", "kin", "other"]


def population(rows: int, known: float = 1.0) -> pl.DataFrame:
    """Seeded cases of Act 77; each value is known with a chance of `known`."""
    rng = Random(77)
    index = pl.int_range(rows, dtype=pl.UInt64, eager=True)

    def numbers(low: int, high: int) -> pl.Series:
        return (index.hash(rng.randrange(1 << 60)) % (high - low)).cast(pl.Int64) + low

    def truths(of_hundred: int) -> pl.Series:
        return numbers(0, 100) < of_hundred

    def words(values: list[str]) -> pl.Series:
        return pl.Series(values, dtype=pl.Enum(values)).gather(numbers(0, len(values)))

    began = numbers(dt.date(2005, 1, 1).toordinal() - 719163, dt.date(2019, 1, 1).toordinal() - 719163)
    columns: dict[str, pl.Series] = {
        "inmate.class": words(CLASSES),
        "inmate.confined_since": (began + numbers(0, 500)).cast(pl.Int32).cast(pl.Date),
        "inmate.record_excellent": truths(70),
        "inmate.needs_outside_hospitalisation": truths(30),
        "kin.relation": words(RELATIONS),
        "kin.critically_ill": truths(30),
        "kin.died": truths(30),
        "descendant.marries": truths(20),
        "disaster_loss.befalls": words(BEFALLS),
        "disaster_loss.likely": truths(30),
        "disaster_loss.occurred": truths(30),
        "ordinance.temporary_release_ground": truths(20),
        "sentence.began_on": began.cast(pl.Int32).cast(pl.Date),
        "sentence.ends_on": (began + numbers(30, 9000)).cast(pl.Int32).cast(pl.Date),
        "sentence.for_life": truths(5),
        "sentence.term": numbers(1, 300),
        "temporary_release.days": numbers(1, 12),
        "temporary_release.days_used_this_year": numbers(0, 20),
    }
    frame = pl.DataFrame(columns)
    if known == 1:
        return frame
    return frame.with_columns(
        pl.when(numbers(0, 1000) < known * 1000).then(pl.col(name)).alias(name) for name in frame.columns
    )


def by_hand(table: pl.DataFrame) -> pl.DataFrame:
    """The verdict, and the provisions that it rests on, as one would write them: step by step, nothing twice."""
    c = pl.col
    began, after, month = c("sentence.began_on"), c("after"), c("month")
    family = c("kin.relation") != "other"
    loss = (c("disaster_loss.occurred") | c("disaster_loss.likely")) & (
        (c("disaster_loss.befalls") == "inmate") | ((c("disaster_loss.befalls") == "kin") & c("family"))
    )
    few = c("temporary_release.days_used_this_year") + c("temporary_release.days") <= 20
    short = c("temporary_release.days") < 5
    events = [c("kin.died") & c("family"), c("descendant.marries")]
    grounds = [
        c("kin.critically_ill") & c("family"),
        c("inmate.needs_outside_hospitalisation"),
        c("loss"),
        c("ordinance.temporary_release_ground"),
    ]
    # All grounds that hold, of the permissions that allow it; of those that are breached where none does.
    first, second = c("one") & (few | ~c("permitted")), c("other") & (short | ~c("permitted"))
    places = [c("first") & ground for ground in grounds] + [c("second") & event for event in events]
    code = pl.sum_horizontal(place.cast(pl.UInt8) * (1 << k) for k, place in enumerate(places))
    named = ["act/77(1)1", "act/77(1)2", "act/77(1)3", "act/77(1)4", "act/77(2)1", "act/77(2)2"]
    cited = ["; ".join(name for k, name in enumerate(named) if vector >> k & 1) for vector in range(64)]
    verdicts = pl.Series(["permitted", "forbidden", "forbidden_by_default"], dtype=pl.Enum(VERDICTS))
    verdict = pl.when(c("permitted")).then(0).when(c("one") | c("other")).then(1).otherwise(2)
    steps: list[dict[str, pl.Expr]] = [
        {"after": c("sentence.ends_on") + pl.duration(days=1), "family": family, "begun": _month(began)},
        {"months": _month(after) - c("begun"), "loss": loss},
        # A term is whole in months that ends before the day on which it began, or before the first if there is none.
        {"whole": pl.when(after.dt.day() == began.dt.day()).then(c("months")).when(_lacks()).then(c("months") - 1)},
        {"month": c("begun") + c("whole") // 3},
        {"by_calendar": pl.min_horizontal(_first(month) + (began - _first(c("begun"))), _first(month + 1))},
        {"days": (c("sentence.ends_on") - began).dt.total_days() + 1},
        {"third": _taken().then(c("by_calendar")).otherwise(began + pl.duration(days=(c("days") + 2) // 3))},
        {"long": c("sentence.for_life") | (c("sentence.term") >= 252), "sentenced": c("inmate.class") == "sentenced"},
        {"served": pl.when(c("long")).then(began.dt.offset_by("7y") <= AT).otherwise(c("third") <= AT)},
        {"base": c("sentenced") & (c("inmate.confined_since").dt.offset_by("6mo") <= AT) & c("served")},
        {"base": c("base") & c("inmate.record_excellent"), "other": c("sentenced") & (events[0] | events[1])},
        {"one": c("base") & (grounds[0] | grounds[1] | grounds[2] | grounds[3])},
        {"permitted": (c("one") & few) | (c("other") & short)},
        {"first": first, "second": second},
        {"verdict": pl.lit(verdicts).gather(verdict), "code": code},
        {"citations": pl.lit(pl.Series(cited, dtype=pl.Enum(cited))).gather(c("code"))},
    ]
    lazy = table.lazy()
    for step in steps:
        lazy = lazy.with_columns(**step)
    return lazy.select("verdict", "citations").collect()


def _month(day: pl.Expr) -> pl.Expr:
    return day.dt.year() * 12 + day.dt.month() - 1


def _first(month: pl.Expr) -> pl.Expr:
    return pl.date(month // 12, month % 12 + 1, 1)


def _lacks() -> pl.Expr:
    """Where a term ends before the first of a month, and the month before lacks the day on which it began."""
    return (pl.col("after").dt.day() == 1) & (
        pl.col("sentence.began_on").dt.day() > pl.col("sentence.ends_on").dt.day()
    )


def _taken() -> Any:
    return pl.when((pl.col("whole") % 3 == 0) & (pl.col("whole") >= 0))


def act_77(rows: int) -> tuple[tuple[Timing, ...], tuple[str, ...]]:
    """Nanoseconds a row of one table, and what was checked."""
    book = Rulebook.load()
    frame, holes = population(rows), population(rows, 0.95)

    def columns(table: pl.DataFrame) -> pl.DataFrame:
        return book.decide_table(ACTION, table, at=AT).frame("verdict", "citations")

    mine, theirs = columns(frame), by_hand(frame)
    for name in ("verdict", "citations"):
        differ = (mine[name].cast(pl.String) != theirs[name].cast(pl.String)).sum()
        assert not differ, f"{name} differ in {differ} rows"
    few = frame.head(ROW_BY_ROW)
    decide = book.prepare(ACTION, at=AT)
    cases = [book.read(row) for row in few.iter_rows(named=True)]

    def one_by_one(_: pl.DataFrame) -> list[object]:
        return [(d.verdict, d.citations) for d in map(decide, cases)]

    # Each has read the rules of the action, and no table with holes yet.
    fresh = [Rulebook(book.program) for _ in range(ROUNDS + 1)]
    for one in fresh:
        one.decide_table(ACTION, frame.head(1), at=AT)

    def first_time(table: pl.DataFrame) -> pl.DataFrame:
        return fresh.pop().decide_table(ACTION, table, at=AT).frame("verdict", "citations")

    found = compare(
        [
            Contestant("Polars expressions by hand, all known", by_hand, [frame]),
            Contestant("mutandis, by columns, all known", columns, [frame]),
            Contestant("mutandis, by columns, 5 % not known", columns, [holes]),
            Contestant("mutandis, by columns, 5 % not known, the first time", first_time, [holes]),
            Contestant("mutandis, row by row, all known", one_by_one, [few]),
        ],
        rounds=ROUNDS,
    )
    sizes = (rows, rows, rows, rows, ROW_BY_ROW)
    timings = tuple(_a_row(timing, rows, size) for timing, size in zip(found, sizes, strict=True))
    return timings, (f"verdicts and citations of the expressions by hand and by columns are the same in {rows} rows",)


def parquet(rows: int) -> tuple[Timing, ...]:
    """Nanoseconds a row of one file: read, read and the answers written without deciding, and with it."""
    book = Rulebook.load()
    with TemporaryDirectory() as folder:
        given, out = Path(folder) / "cases.parquet", Path(folder) / "decided.parquet"
        population(rows).write_parquet(given)

        def decide(path: Path) -> pl.DataFrame:
            return book.decide_table(ACTION, path, at=AT).frame("verdict", "citations")

        answers = decide(given).with_row_index("row")

        def copy(path: Path) -> None:
            pl.read_parquet(path)
            answers.write_parquet(out)

        found = compare(
            [
                Contestant("Parquet read by Polars", pl.read_parquet, [given]),
                Contestant("read, and these answers written", copy, [given]),
                Contestant("read and decided, by columns", decide, [given]),
                Contestant("decided into Parquet", lambda path: book.decide_file(ACTION, path, out, at=AT), [given]),
            ],
            rounds=ROUNDS,
        )
    return tuple(_a_row(timing, rows, rows) for timing in found)


def _a_row(timing: Timing, rows: int, size: int) -> Timing:
    """Nanoseconds a row, of a table of `size`; ratios to a table of `rows`."""
    of_row, of_first = 1000 / size, rows / size
    return Timing(
        timing.name,
        timing.median * of_row,
        timing.least * of_row,
        timing.most * of_row,
        timing.ratio * of_first,
        timing.ratio_least * of_first,
        timing.ratio_most * of_first,
    )
