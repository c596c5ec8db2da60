"""Days off, ends of periods and moments over columns come to what the run-time's functions come to, day by day."""

from __future__ import annotations

import datetime as dt
from random import Random
from types import MappingProxyType
from typing import Any

import polars as pl
import pytest

from mutandis import Rulebook
from mutandis.backends import operations, times
from mutandis.backends.columns.days import OffDays, end_of, moved_moment, on_free_day, on_weekday
from mutandis.backends.columns.nodes import Maker
from mutandis.backends.columns.terms import Value
from mutandis.calendar.counting import Counting
from mutandis.calendar.days_off import DayOff, DaysOff, Weekly
from mutandis.calendar.reckoning import reckon
from mutandis.decide.ternary import Gap, Range
from mutandis.table.to_polars import EPOCH, ToPolars

BASE = dt.date(2010, 1, 1)
EDGES = [dt.date.min, dt.date.max, dt.date(1, 1, 2), dt.date(9999, 12, 30)]
WAITS = -9


def days_after(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)


def some_days_off(rng: Random) -> DaysOff:
    """Holidays in two months, up to three days of the week off, some of these only from a day about then."""
    dated = {days_after(BASE, rng.randrange(60)): DayOff("holiday") for _ in range(rng.randrange(20))}
    since = [rng.choice((None, days_after(BASE, rng.randrange(-40, 100)))) for _ in range(7)]
    weekly = tuple(Weekly(number, since[number], DayOff("weekly")) for number in rng.sample(range(7), rng.randrange(4)))
    covered = rng.choice(((None, None), (days_after(BASE, -30), days_after(BASE, 40)), (dt.date.min, dt.date.max)))
    first, last = covered
    return DaysOff("some", first, last, weekly, MappingProxyType(dated))


def columns(rng: Random, moments: bool) -> tuple[Maker, Value, Value, pl.DataFrame]:
    days = [days_after(BASE, k) for k in range(-90, 160)] + EDGES
    anchors = [dt.datetime.combine(day, dt.time(rng.choice((0, 0, 5)))) for day in days] if moments else days
    numbers = [rng.choice((0, 1, 2, 3, 7, 30)) for _ in days]
    m = Maker()
    anchor = Value(m.col("anchor", "moment" if moments else "date"), m.false, m.settled)
    number = Value(m.col("number", "number"), m.false, m.settled)
    anchored = pl.Series("anchor", anchors, dtype=pl.Datetime("us") if moments else pl.Date)
    return m, anchor, number, pl.DataFrame([anchored, pl.Series("number", numbers)])


def as_day(number: int | None) -> dt.date | None:
    return None if number is None else dt.date.fromordinal(number + EPOCH)


def as_truth(known: bool | None, waits: int = WAITS) -> int:
    return waits if known is None else -known


@pytest.mark.parametrize("seed", range(60))
def test_days_off_and_ends_of_periods(seed: int) -> None:
    rng = Random(seed)
    off, moments, after = some_days_off(rng), rng.random() < 0.4, rng.random() < 0.6
    clock: Any = rng.choice(("civil", "from_midnight", "age", "burden"))
    end_of_month: Any = rng.choice((None, "clamp", "next day", "last day"))
    counting, family = Counting(clock, end_of_month), rng.choice(("days", "months"))
    said: Any = family, after, counting, WAITS
    m, anchor, number, frame = columns(rng, moments)
    held = OffDays(off)
    end = end_of(m, anchor, number, held, *said)
    free, holiday = (on_free_day(m, anchor, held, only_dated, WAITS).known for only_dated in (False, True))
    assert end.low is not None and end.high is not None
    wanted = {"value": end.value, "low": end.low, "high": end.high, "waits": end.waits}
    kinds = {"free": free, "holiday": holiday, "thursday": on_weekday(m, anchor, 3).known}
    found = ToPolars({}, m).frame(frame, {**wanted, **kinds})
    for (day, length), row in zip(frame.iter_rows(), found.iter_rows(named=True), strict=True):
        ended = times.end_of(day, length, off, *said)
        ends = [as_day(row["value"]), as_day(row["low"]), as_day(row["high"]), row["waits"]]
        if isinstance(ended, Range):
            assert ends == [None, ended.low, ended.high, ended.truth]
        elif isinstance(ended, Gap):
            assert ends == [None, None, None, ended.truth]
        else:
            assert ends == [ended, ended, ended, -1]
        assert as_truth(row["free"]) == times.on_free_day(day, off, False, WAITS)
        assert as_truth(row["holiday"]) == times.on_free_day(day, off, True, WAITS)
        assert as_truth(row["thursday"]) == times.on_weekday(day, 3)


@pytest.mark.parametrize("family", ["hours", "days"])
@pytest.mark.parametrize("sign", [1, -1])
def test_moments_so_many_minutes_on(family: Any, sign: int) -> None:
    m, anchor, number, frame = columns(Random(1), moments=True)
    moved = moved_moment(m, anchor, number, family, sign)
    found = ToPolars({}, m).frame(frame, {"value": moved.value, "waits": moved.waits})
    for (moment, minutes), row in zip(frame.iter_rows(), found.iter_rows(named=True), strict=True):
        expected = operations.moved(moment, minutes, family, sign, Counting())
        gap = isinstance(expected, Gap)
        assert row == {"value": None if gap else expected, "waits": expected.truth if gap else -1}


def test_a_month_that_ends_where_the_calendar_does_is_reckoned() -> None:
    assert reckon(dt.date(9999, 12, 15), "months", 0).nominal == dt.date(9999, 12, 15)


def test_a_table_with_clocks_and_one_without_do_not_share_a_plan(book: Rulebook) -> None:
    frame = pl.DataFrame({"clock": [dt.date(2020, 5, 2)]})
    asked: list[str | dt.date | None] = ["clock", None, dt.date(2020, 5, 3), None, "clock"]
    for at in asked:
        table = book.decide_table("assign work", frame, at=at)
        day = frame["clock"][0] if isinstance(at, str) else at
        assert table.verdict.to_list() == [book.decide("assign work", {}, at=day).verdict.value]
