"""Expressions that are folded beforehand come to what they came to unfolded."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from operator import le, lt
from random import Random
from typing import Any

import polars as pl
import pytest

from mutandis.backends.columns.nodes import Maker, Op, X
from mutandis.backends.columns.spans import USUAL_DAYS, off_calendar
from mutandis.calendar.dates import add_months
from mutandis.calendar.shares import share_of_days
from mutandis.table.to_polars import ToPolars

DAY = dt.timedelta(days=1)
MODES: tuple[Any, ...] = ("clamp", "next day", "last day")


def usual() -> Maker:
    """A maker that knows of the columns `first` and `last` that they are full and of usual days."""
    return Maker(frozenset({"first", "last"}), {"first": USUAL_DAYS, "last": USUAL_DAYS})


def days(seed: int, count: int) -> list[dt.date]:
    rng = Random(seed)
    near = [dt.date(2020, month, day) for month in (1, 2, 3, 4, 8) for day in (1, 27, 28, 29)]
    return [rng.choice(near) + rng.randrange(-3, 4) * DAY for _ in range(count)]


def truths(maker: Maker, x: X, first: list[dt.date], last: list[dt.date]) -> list[bool | None]:
    return ToPolars({}, maker).frame(pl.DataFrame({"first": first, "last": last}), {"x": x})["x"].to_list()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("months", [1, -1, 6, -13, 84])
def test_a_day_moved_by_months_against_a_day_is_a_day_against_another(mode: Any, months: int) -> None:
    first = days(months, 60)
    for limit in days(3, 12):
        limit = add_months(limit, months, mode)
        op: Op
        for op in ("le", "lt"):
            holds = {"le": le, "lt": lt}[op]
            maker = usual()
            moved = maker.moved(maker.col("first", "date"), maker.lit(months, "number"), "months", mode)
            known = maker.lit(limit, "date")
            for left, right in ((moved, known), (known, moved)):
                folded = maker.compare(op, left, right)
                assert not folded.dear
                expected = [add_months(day, months, mode) for day in first]
                sides = [(day, limit) if left is moved else (limit, day) for day in expected]
                assert truths(maker, folded, first, first) == [holds(a, b) for a, b in sides]


@pytest.mark.parametrize("part", [Fraction(1, 3), Fraction(2, 3), Fraction(5, 2)])
@pytest.mark.parametrize("op", ["le", "lt"])
def test_a_day_after_a_share_of_a_term_is_told_by_its_reach(part: Fraction, op: Op) -> None:
    rng = Random(str(part))
    first = [dt.date(2000, 1, 1) + rng.randrange(3000) * DAY for _ in range(300)]
    whole = [add_months(day, rng.randrange(1, 90), "next day") - DAY for day in first]
    last = [day + rng.randrange(-2, 3) * DAY if rng.random() < 0.5 else day for day in whole]
    maker = usual()
    start = maker.col("first", "date")
    share = maker.share(start, maker.col("last", "date"), part, "up")
    middle = sorted(a + share_of_days(part, a, b, "up") * DAY for a, b in zip(first, last, strict=True))[150]
    limit = maker.lit(middle, "date")
    folded = maker.compare(op, maker.moved(start, share, "days", "clamp"), limit)
    assert folded.sure
    served = [a + share_of_days(part, a, b, "up") * DAY for a, b in zip(first, last, strict=True)]
    expected = [day <= middle if op == "le" else day < middle for day in served]
    assert truths(maker, folded, first, last) == expected
    assert 20 < sum(expected) < 280


@pytest.mark.parametrize("part", [Fraction(1, 3), Fraction(1, 2), Fraction(3, 1)])
def test_a_part_of_a_term_in_months_is_near_that_part_of_its_days(part: Fraction) -> None:
    for start in [dt.date(1899, 12, 31) + k * 97 * DAY for k in range(120)]:
        for months in (1, 2, 3, 6, 12, 18, 90, 240, 1200, 4800):
            last = add_months(start, months, "next day") - DAY
            off = share_of_days(part, start, last, "up") - ((last - start).days + 1) * part
            assert abs(off) < off_calendar(part) - 2


def test_what_is_known_of_a_condition_is_known_in_what_it_governs() -> None:
    maker = Maker(frozenset({"a", "b", "n"}))
    a, b = maker.col("a", "truth"), maker.col("b", "truth")
    few = maker.compare("lt", maker.col("n", "number"), maker.lit(5, "number"))
    assert maker.all_of(a, maker.negate(a)) is maker.false
    assert maker.any_of(few, maker.negate(few)) is maker.true
    assert maker.case(a, maker.case(a, b, maker.null), maker.case(a, maker.null, few)) is maker.case(a, b, few)
    assert maker.any_of(a, maker.all_of(maker.negate(a), b)) is maker.any_of(a, b)


def test_of_a_column_with_holes_nothing_is_folded_that_may_be_unknown() -> None:
    maker = Maker()
    a = maker.col("a", "truth")
    frame = pl.DataFrame({"a": [True, False, None]})
    found = ToPolars({}, maker).frame(frame, {"both": maker.all_of(a, maker.negate(a)), "holds": maker.holds(a)})
    assert found["both"].to_list() == [False, False, None]
    assert found["holds"].to_list() == [True, False, False]


def test_deep_expressions_are_worked_out() -> None:
    maker = Maker()
    x = maker.col("n", "number")
    for _ in range(3000):
        x = maker.reckon("add", x, maker.lit(1, "number"))
    assert ToPolars({}, maker).frame(pl.DataFrame({"n": [1, 2]}), {"x": x})["x"].to_list() == [3001, 3002]
