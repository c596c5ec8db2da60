"""Expressions over columns written for Polars, in steps: what is used more than once is worked out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import add, and_, or_
from typing import Any

import polars as pl

from mutandis.backends.columns.nodes import TESTS, X, walk

FIRST_DAY = dt.date.min
LAST_DAY = dt.date.max


class ToPolars:
    """Writes expressions; `words` has, for each column of words, what its codes stand for."""

    def __init__(self, words: Mapping[str, Sequence[object]]) -> None:
        self._words = words
        self._types: dict[str, Any] = {
            "truth": pl.Boolean,
            "number": pl.Int64,
            "date": pl.Date,
            "moment": pl.Datetime("us"),
            "word": pl.UInt32,
            "waits": pl.Int64,
        }

    def steps(self, tops: Mapping[str, X]) -> tuple[list[list[pl.Expr]], list[pl.Expr]]:
        """Columns to add, step by step, and then the wanted ones under their names."""
        nodes = walk(list(tops.values()))
        uses: dict[int, int] = {}
        for node in nodes:
            for arg in node.args:
                uses[id(arg)] = uses.get(id(arg), 0) + 1
        levels: list[list[pl.Expr]] = []
        written: dict[int, pl.Expr] = {}
        level: dict[int, int] = {}
        for node in nodes:
            mine = max((level[id(a)] for a in node.args), default=0)
            expr = self._write(node, [written[id(a)] for a in node.args])
            if uses.get(id(node), 0) > 1 and node.op not in ("lit", "col"):
                name = f"|{len(written)}"
                while len(levels) <= mine:
                    levels.append([])
                levels[mine].append(expr.alias(name))
                expr, mine = pl.col(name), mine + 1
            written[id(node)], level[id(node)] = expr, mine
        return levels, [written[id(top)].alias(name) for name, top in tops.items()]

    def frame(self, frame: pl.DataFrame, tops: Mapping[str, X]) -> pl.DataFrame:
        """The wanted columns of a table."""
        lazy = frame.lazy()
        levels, last = self.steps(tops)
        for level in levels:
            lazy = lazy.with_columns(level)
        # `with_columns` first: constants alone would have no height of their own.
        return lazy.with_columns(last).select(list(tops)).collect()

    def _write(self, node: X, args: list[pl.Expr]) -> pl.Expr:
        match node.op:
            case "lit":
                return pl.lit(node.setting, dtype=self._types[node.sort])
            case "col":
                return pl.col(str(node.setting))
            case "and":
                return _folded(args, and_)
            case "or":
                return _folded(args, or_)
            case "waits":
                return _folded(args, and_)
            case "not":
                return ~args[0]
            case "is_null":
                return args[0].is_null()
            case "holds":
                return args[0].fill_null(False)
            case "lt":
                return args[0] < args[1]
            case "le":
                return args[0] <= args[1]
            case "eq":
                return args[0] == args[1]
            case "case":
                return pl.when(args[0]).then(args[1]).otherwise(args[2])
            case "first_known":
                return pl.coalesce(args[0], args[1])
            case "add":
                return args[0] + args[1]
            case "sub":
                return args[0] - args[1]
            case "mul":
                return args[0] * args[1]
            case "day":
                return args[0].dt.date()
            case "days_between":
                return (args[0].cast(pl.Int32) - args[1].cast(pl.Int32)).cast(pl.Int64)
            case "moved":
                return self._moved(node, args)
            case "share":
                return _share(node, *args)
            case "key":
                return self._key(args)
            case "among":
                return self._among(node, args[0])
            case "truth_of":
                return pl.when(args[0] >= -1).then(args[0] == -1)
            case "waits_of":
                return pl.when(args[0] >= -1).then(pl.lit(-1, pl.Int64)).otherwise(args[0])
        raise AssertionError(node.op)

    def _key(self, bits: list[pl.Expr]) -> pl.Expr:
        """Truths as the bits of one number, the first the lowest; null where one of them is."""
        size = len(bits)
        if not bits:
            return pl.lit(0, pl.UInt8)
        of = pl.UInt8 if size <= 8 else pl.UInt16 if size <= 16 else pl.UInt32 if size <= 32 else pl.UInt64
        return _folded([bit.cast(of) * pl.lit(1 << place, of) for place, bit in enumerate(bits)], add)

    def _among(self, node: X, codes: pl.Expr) -> pl.Expr:
        (column, setting) = (str(node.args[0].setting), node.setting)
        assert isinstance(setting, tuple) and node.args[0].op == "col"  # `Maker.among` goes down to columns
        test, argument = setting
        words = self._words.get(column, ())
        picked = [code for code, word in enumerate(words) if TESTS[test](word, argument)]
        if len(picked) == 1:
            return codes == pl.lit(picked[0], pl.UInt32)
        if not picked:
            return pl.when(codes.is_not_null()).then(pl.lit(False))
        if len(picked) <= 4:
            return _folded([codes == pl.lit(code, pl.UInt32) for code in picked], or_)
        return codes.is_in(picked)

    def _moved(self, node: X, args: list[pl.Expr]) -> pl.Expr:
        start, length = args
        assert isinstance(node.setting, tuple)  # of a family and a convention for the end of the month
        family, mode = node.setting
        if family == "days":
            moved = (start.cast(pl.Int32).cast(pl.Int64) + length).clip(-10_000_000, 10_000_000)
            moved = moved.cast(pl.Int32).cast(pl.Date)
        else:
            months = _months(node.args[1])
            moved = start.dt.offset_by(f"{months}mo")
            if mode == "next day":
                moved = pl.when(moved.dt.day() < start.dt.day()).then(moved + pl.duration(days=1)).otherwise(moved)
            elif mode == "last day":
                moved = pl.when(start == start.dt.month_end()).then(moved.dt.month_end()).otherwise(moved)
        return pl.when(moved.is_between(pl.lit(FIRST_DAY), pl.lit(LAST_DAY))).then(moved)


def _share(node: X, first: pl.Expr, last: pl.Expr) -> pl.Expr:
    """`calendar.share_of_days`: by the calendar where term and share are whole in months, else a share of the days."""
    assert isinstance(node.setting, tuple)  # of a share and how it is rounded
    part, rounding = node.setting
    days = _ordinal(last) - _ordinal(first) + 1
    months = (last.dt.year().cast(pl.Int64) - first.dt.year()) * 12 + last.dt.month() - first.dt.month()
    whole: pl.Expr = pl.lit(None, pl.Int64)
    for number in (months + 1, months):
        after = _months_on(first, number)
        is_whole = (number >= 0) & (after <= pl.lit(LAST_DAY)) & (_ordinal(after) - 1 == _ordinal(last))
        whole = pl.when(is_whole).then(number).otherwise(whole)
    taken = whole * part.numerator
    by_calendar = _ordinal(_months_on(first, taken // part.denominator)) - _ordinal(first)
    times = days * part.numerator
    rounded = -((-times) // part.denominator) if rounding == "up" else times // part.denominator
    found = pl.when(whole.is_not_null() & (taken % part.denominator == 0)).then(by_calendar).otherwise(rounded)
    return pl.when(first.is_not_null() & last.is_not_null()).then(found)


def _ordinal(day: pl.Expr) -> pl.Expr:
    return day.cast(pl.Int32).cast(pl.Int64)


def _months_on(day: pl.Expr, months: pl.Expr) -> pl.Expr:
    """So many months on; where that month lacks the day, the first one of the next."""
    begun = day.dt.year().cast(pl.Int64) * 12 + day.dt.month() - 1 + months
    first, following = (pl.date(at // 12, at % 12 + 1, 1) for at in (begun, begun + 1))
    return pl.min_horizontal(first + pl.duration(days=day.dt.day().cast(pl.Int64) - 1), following)


def _months(length: X) -> int:
    assert length.op == "lit" and isinstance(length.setting, int)  # `ColumnLowering` moves by known months alone
    return length.setting


def _folded(args: list[pl.Expr], join: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> pl.Expr:
    return reduce(join, args)
