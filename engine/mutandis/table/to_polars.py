"""Expressions over columns worked out by Polars: each once, part by part of a table, and only where it matters.

A day is the number of days since 1970, a month twelve times its year and those before it in that year. Walking through
the calendar is looking up: the month of a day, the first day of a month.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache, reduce
from operator import add, and_, eq, le, lt, mul, or_, sub
from typing import Any, Final

import polars as pl

from mutandis.backends.columns.days import OffDays
from mutandis.backends.columns.nodes import OVER_MEMBERS, TESTS, Maker, X, walk
from mutandis.backends.columns.spans import CALENDAR
from mutandis.backends.columns.steps import in_steps
from mutandis.calendar.days_off import Direction
from mutandis.table.members import Members

TYPES: Final[Mapping[str, Any]] = {
    "truth": pl.Boolean,
    "number": pl.Int64,
    "date": pl.Int32,
    "moment": pl.Datetime("us"),
    "word": pl.UInt32,
    "waits": pl.Int64,
}
AT_ONCE: Final = 1 << 19
"""How many rows are worked out at a time: with fewer, each step of a part costs more than what it works out."""
FEW: Final = 0.6
"""Up to what share of the rows is picked out, for what walks through the calendar."""
DEEPEST: Final = 60
"""How many expressions are worked out one inside the other."""
EPOCH: Final = dt.date(1970, 1, 1).toordinal()
FIRST_MONTH: Final = 12 * dt.MINYEAR
MINUTE: Final = 60_000_000
MOMENTS: Final = (CALENDAR[0] - EPOCH) * 1440 * MINUTE, (CALENDAR[1] - EPOCH + 1) * 1440 * MINUTE - 1
"""The first and the last moment of the calendar, in microseconds since 1970."""
_OF_THE_WHOLE: Final = OVER_MEMBERS | {"col", "member"}
"""What a part of rows takes over from the whole."""
_DO: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "lt": lt,
    "le": le,
    "eq": eq,
    "add": add,
    "sub": sub,
    "mul": mul,
    "days_between": sub,
    "days_after": add,
}


class ToPolars:
    """Works out expressions; `words` has, for each column of words, what its codes stand for.

    `members` has the members of the lists that columns have, by their names.
    """

    def __init__(
        self,
        words: Mapping[str, Sequence[object]],
        maker: Maker | None = None,
        members: Mapping[str, Members] | None = None,
    ) -> None:
        self.members = members or {}
        self.words = {**words, **{name: said for one in self.members.values() for name, said in one.words.items()}}
        self.maker = maker or Maker()

    def frame(
        self,
        frame: pl.DataFrame,
        tops: Mapping[str, X],
        then: Callable[[pl.DataFrame], pl.DataFrame] = lambda part: part,
    ) -> pl.DataFrame:
        """The wanted columns of a table, after what is done `then` with each part of it."""
        read = {str(x.setting) for x in walk(list(tops.values())) if x.op == "col"}
        given = frame.select([name for name in frame.columns if name in read])
        starts = range(0, max(frame.height, 1), AT_ONCE)

        def part(start: int) -> pl.DataFrame:
            height = min(AT_ONCE, frame.height - start)
            rows = Rows(self, {s.name: s for s in given.slice(start, AT_ONCE)}, height)
            return then(pl.DataFrame([rows.column(x).alias(name) for name, x in tops.items()]))

        if len(starts) == 1:
            return part(0)
        with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
            return pl.concat(list(pool.map(part, starts)))


class Rows:
    """Some rows: what each expression has come to there. A part of other rows takes over what these know."""

    def __init__(
        self,
        write: ToPolars,
        given: Mapping[str, pl.Series],
        height: int,
        whole: Rows | None = None,
        picked: pl.Series | None = None,
    ) -> None:
        self.write, self.given, self.height, self.whole, self.picked = write, given, height, whole, picked
        self.found: dict[X, Any] = {}
        self.of_members: bool = whole is not None and whole.of_members
        self._places: pl.Series | None = None
        self._inside: dict[str, RowsOfMembers] = {}

    def column(self, x: X) -> pl.Series:
        """What an expression comes to, as a column."""
        found = self.of(x)
        if isinstance(found, pl.Series):
            return found
        return pl.Series([found], dtype=TYPES[x.sort]).new_from_index(0, self.height)

    def of(self, x: X) -> Any:
        """What an expression comes to: a column, or the value that it has everywhere."""
        found = self.found.get(x, self)
        if found is not self:
            return found
        if x.depth > DEEPEST:
            for inner in walk([x]):
                if inner is not x and inner.depth % DEEPEST == 0 and (self.of_members or not inner.of_member):
                    self.of(inner)
        if self.whole is not None and (x.op in _OF_THE_WHOLE or x in self.whole.found):
            found = self.whole.of(x)
            found = self.picked_from(found) if isinstance(found, pl.Series) else found
        else:
            found = self._found(x)
        self.found[x] = found
        return found

    def picked_from(self, whole: pl.Series) -> pl.Series:
        """A column of these rows, from one of the rows that they are a part of."""
        assert self.picked is not None  # a part
        return whole.filter(self.picked)

    def _found(self, x: X) -> Any:
        match x.op:
            case "lit":
                known: Any = x.setting
                return known.toordinal() - EPOCH if x.sort == "date" and known is not None else known
            case "col" | "member":
                given = self.given[str(x.setting)]
                return given.cast(pl.Int32) if given.dtype == pl.Date else given
            case "and" | "or":
                return self._joined(x)
            case "case":
                return self._case(x)
            case "waits":
                return reduce(and_, [self.column(a) for a in x.args])
            case "not":
                return ~self.of(x.args[0])
            case "is_null":
                return self.column(x.args[0]).is_null()
            case "holds":
                return _filled(self.column(x.args[0]), False)
            case "first_known":
                one, other = self.column(x.args[0]), self.of(x.args[1])
                return one.zip_with(one.is_not_null(), self._side(other, x)) if one.null_count() else one
            case "day":
                return self.column(x.args[0]).dt.date().cast(pl.Int32)
            case "among":
                return self._among(x)
            case "moved" | "share":
                return self.of(in_steps(self.write.maker, x))
            case "div":
                return self.column(x.args[0]) // x.setting
            case "least":
                one, other = (self.column(a) for a in x.args)
                return other.zip_with(other < one, one)  # where it is not known which is less, `one` is not known
            case "month_of":
                return _months().gather(self._place(x.args[0], CALENDAR[0] - EPOCH, CALENDAR[1] - EPOCH))
            case "first_of":
                return _first_days().gather(self._place(x.args[0], FIRST_MONTH, 12 * (dt.MAXYEAR + 1)))
            case "inside":
                day = self.column(x.args[0])
                return self._within(day, CALENDAR[0] - EPOCH, CALENDAR[1] - EPOCH).cast(pl.Int32)
            case "dated":
                dated: Any = x.setting
                return self.column(x.args[0]).is_in([day.toordinal() - EPOCH for day in dated])
            case "working":
                return self._working(x)
            case "midnight":
                return self.column(x.args[0]).cast(pl.Date).cast(pl.Datetime("us"))
            case "later":
                reached = self.column(x.args[0]).cast(pl.Int64) + self.column(x.args[1]) * MINUTE
                return self._within(reached, *MOMENTS).cast(pl.Datetime("us"))
            case "key":
                return self._key(x.args)
            case "is_open":
                return _filled(self.write.members[str(x.args[0].setting)].is_open.gather(self.column(x.args[0])), False)
            case "some" | "count" | "sum" | "all_wait":
                return self._over_members(x)
            case "only_for":
                waits, names = self.column(x.args[0]), int(str(x.setting))
                return (waits < -1) & ((waits & ~(names | 1)) == ~(names | 1)) & ((waits & names) != names)
            case "truth_of":
                waits = self.column(x.args[0])
                return (waits == -1).zip_with(waits >= -1, self._side(None, x))
            case "waits_of":
                waits = self.column(x.args[0])
                return waits.zip_with(waits < -1, self._side(-1, x))
        one, other = (self.of(a) for a in x.args)
        found = _DO[x.op](one, other) if isinstance(other, pl.Series) else _DO[x.op](self.column(x.args[0]), other)
        return found.cast(pl.Int64) if x.sort == "number" and found.dtype != pl.Int64 else found

    # --- truths and branches ------------------------------------------------------------------------------------------

    def _joined(self, x: X) -> pl.Series:
        """A conjunction or disjunction: what is dear only where all else leaves it open."""
        join = and_ if x.op == "and" else or_
        dear = [a for a in x.args if a.dear and a not in self.found]
        found = [self.column(a) for a in x.args if not a.dear or a in self.found]
        if not found or not dear:
            return reduce(join, [*found, *(self.column(a) for a in dear)])
        known = reduce(join, found)
        for one in dear:
            open_ = _filled(known, True) if x.op == "and" else ~_filled(known, False)
            known = self._where(one, open_, known, lambda part, rows, one=one: join(part, rows.column(one)))  # type: ignore[misc]
        return known

    def _case(self, x: X) -> pl.Series:
        condition, yes, no = x.args
        where = self.column(condition)
        if yes.dear and yes not in self.found:
            if where.null_count():
                where = _filled(where, False)
            rest = self.column(no)
            return self._where(yes, where, rest, lambda part, rows: rows.column(yes))
        if no.dear and no not in self.found:
            where = ~(_filled(where, False) if where.null_count() else where)
            rest = self.column(yes)
            return self._where(no, where, rest, lambda part, rows: rows.column(no))
        return self.column(yes).zip_with(where, self._side(self.of(no), x))

    def _side(self, value: object, x: X) -> pl.Series:
        return value if isinstance(value, pl.Series) else pl.Series([value], dtype=TYPES[x.sort])

    def _where(
        self, x: X, where: pl.Series, rest: pl.Series, make: Callable[[pl.Series, Rows], pl.Series]
    ) -> pl.Series:
        """A column that is made anew in the rows of `where`, which has no nulls."""
        count = int(where.sum() or 0)
        if not count:
            return rest
        if count > FEW * self.height:
            made = make(rest, self)
            return made if count == self.height else made.zip_with(where, rest)
        part = Rows(self.write, {}, count, self, where)
        return rest.clone().scatter(self.places.filter(where), make(rest.filter(where), part).cast(rest.dtype))

    @property
    def places(self) -> pl.Series:
        if self._places is None:
            self._places = pl.int_range(self.height, dtype=pl.UInt32, eager=True)
        return self._places

    # --- members of lists ---------------------------------------------------------------------------------------------

    def _over_members(self, x: X) -> pl.Series:
        """What is brought back from the members of the list of each row."""
        name = str(x.setting)
        if name not in self._inside:
            self._inside[name] = RowsOfMembers(self, self.write.members[name], self.column(x.args[0]))
        inner = self._inside[name]
        values = inner.column(x.args[1])
        match x.op:
            case "some":
                return inner.summed(values.cast(pl.UInt32)) > 0
            case "count":
                return inner.summed(values.cast(pl.UInt32)).cast(pl.Int64)
            case "all_wait":
                return inner.waiting(values)
        if not values.null_count():
            return inner.summed(values)
        gaps = inner.summed(values.is_null().cast(pl.UInt32))
        return inner.summed(values.fill_null(0)).zip_with(gaps == 0, self._side(None, x))

    # --- values -------------------------------------------------------------------------------------------------------

    def _within(self, value: pl.Series, low: int, high: int) -> pl.Series:
        """A column that is null where it is outside of bounds."""
        least: Any = value.min()
        most: Any = value.max()
        if least is None or (least >= low and most <= high):
            return value
        return value.zip_with((value >= low) & (value <= high), pl.Series([None], dtype=value.dtype))

    def _working(self, x: X) -> pl.Series:
        """The nearest day that is not off, from a day and its day of the week: both are looked up as one place."""
        setting: Any = x.setting
        first, by = _moves(*setting)
        day, weekday = self.column(x.args[0]), self.column(x.args[1])
        inner = by.len() - 14
        place = day.cast(pl.Int64) - first + 7
        place = place.zip_with(day >= first, weekday).zip_with(day < first + inner, weekday + (inner + 7))
        return day + by.gather(place.cast(pl.UInt32))

    def _place(self, x: X, low: int, high: int) -> pl.Series:
        value = self._within(self.column(x), low, high)
        return (value - low).cast(pl.UInt32)

    def _key(self, bits: Sequence[X]) -> pl.Series:
        """Truths as the bits of one number, the first the lowest; null where one of them is."""
        size = len(bits)
        of = pl.UInt8 if size <= 8 else pl.UInt16 if size <= 16 else pl.UInt32 if size <= 32 else pl.UInt64
        none = pl.Series([0], dtype=of)
        key = none.new_from_index(0, self.height)
        unknown: pl.Series | None = None
        for place, bit in enumerate(bits):
            truth = self.column(bit)
            key += pl.Series([1 << place], dtype=of).new_from_index(0, self.height).zip_with(truth, none)
            if truth.null_count():
                unknown = truth.is_null() if unknown is None else unknown | truth.is_null()
        return key if unknown is None else key.zip_with(~unknown, pl.Series([None], dtype=of))

    def _among(self, x: X) -> pl.Series:
        word, setting = x.args[0], x.setting
        assert isinstance(setting, tuple) and word.op in ("col", "member")  # `Maker.among` goes down to columns
        test, argument = setting
        codes = self.column(word)
        words = self.write.words.get(str(word.setting), ())
        picks = [TESTS[test](said, argument) for said in words]
        for wanted in (True, False):
            if picks.count(wanted) == 1:
                found = codes == picks.index(wanted)
                return found if wanted else ~found
        return pl.Series(picks or [False], dtype=pl.Boolean).gather(codes)


class RowsOfMembers(Rows):
    """The members of a list of some rows, one row after the other; what is about the rows is taken over from these."""

    def __init__(self, whole: Rows, members: Members, codes: pl.Series) -> None:
        counts = members.counts.gather(codes).fill_null(0)
        self._ends = counts.cum_sum()
        self._starts = self._ends - counts
        rows = pl.DataFrame({"row": whole.places, "count": counts}).filter(pl.col("count") > 0)
        self._rows = rows.select(pl.col("row").repeat_by("count").explode())["row"] if rows.height else rows["row"]
        height = len(self._rows)
        place = pl.int_range(height, dtype=pl.UInt32, eager=True) - self._starts.gather(self._rows)
        at = members.starts.gather(codes.gather(self._rows)) + place
        super().__init__(whole.write, {name: column.gather(at) for name, column in members.columns.items()}, height)
        self._outer = whole
        self.of_members = True

    def of(self, x: X) -> Any:
        if x.of_member or x in self.found:
            return super().of(x)
        found = self._outer.of(x)
        found = self.found[x] = found.gather(self._rows) if isinstance(found, pl.Series) else found
        return found

    def summed(self, values: pl.Series) -> pl.Series:
        """The sums of a column over the members of each row."""
        until = pl.concat([pl.Series([0], dtype=values.dtype), values.cum_sum()])
        return until.gather(self._ends) - until.gather(self._starts)

    def waiting(self, waits: pl.Series) -> pl.Series:
        """What the members of each row wait for together."""
        settled = pl.repeat(-1, self._outer.height, dtype=pl.Int64, eager=True)
        open_ = pl.DataFrame({"row": self._rows, "waits": waits}).filter(pl.col("waits") != -1)
        if not open_.height:
            return settled
        together = open_.group_by("row").agg(pl.col("waits").bitwise_and())
        return settled.scatter(together["row"], together["waits"])


def _filled(truth: pl.Series, value: bool) -> pl.Series:
    if not truth.null_count():
        return truth
    # Where a truth is null, `zip_with` takes the other side.
    return truth.zip_with(truth if not value else truth.is_not_null(), pl.Series([value]))


@cache
def _months() -> pl.Series:
    """The month of each day of the calendar."""
    day = pl.Series(range(CALENDAR[0] - EPOCH, CALENDAR[1] - EPOCH + 1), dtype=pl.Int32).cast(pl.Date)
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month() - 1


@lru_cache(maxsize=32)
def _moves(off: OffDays, direction: Direction) -> tuple[int, pl.Series]:
    """The first day of those looked up, and by how many days they move.

    Before them stand the days of the week as they are before the first of them, and behind them as after the last.
    """
    runs = list(off.runs(direction))
    first, last = (runs[0][0], runs[-1][1]) if runs else (dt.date(1970, 1, 1), dt.date(1969, 12, 31))
    weekly = list(off.weekly(direction))

    def by_week(weekday: int, day: dt.date) -> int:
        rules = (by for of, since, by in weekly if of == weekday and (since is None or since <= day))
        return next(rules, 0)

    days = [first + dt.timedelta(days=k) for k in range((last - first).days + 1)]
    by = [by_week(day.weekday(), day) for day in days]
    for begun, ended, to in runs:
        for place in range((begun - first).days, (ended - first).days + 1):
            by[place] = (to - days[place]).days
    edges = dt.date.min, dt.date.max
    before, behind = ([by_week(weekday, edge) for weekday in range(7)] for edge in edges)
    return first.toordinal() - EPOCH, pl.Series([*before, *by, *behind], dtype=pl.Int32)


@cache
def _first_days() -> pl.Series:
    """The first day of each month of the calendar, and of the one after it."""
    months = range(FIRST_MONTH, 12 * (dt.MAXYEAR + 1))
    days = [dt.date(month // 12, month % 12 + 1, 1).toordinal() - EPOCH for month in months]
    return pl.Series([*days, CALENDAR[1] - EPOCH + 1], dtype=pl.Int32)
