"""Expressions over columns as nodes of SQLGlot, which writes them for any database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Container, Mapping, Sequence
from functools import reduce
from typing import Any, Final

from sqlglot import exp

from mutandis.backends.columns.nodes import Maker, NotLowered, X, walk
from mutandis.backends.columns.spans import CALENDAR, USUAL_DAYS, is_inside
from mutandis.backends.columns.steps import in_steps
from mutandis.backends.columns.terms import LARGEST
from mutandis.sql.places import PRINTED, falls_under

DIALECTS: Final = ("duckdb", "postgres", "spark", "bigquery", "snowflake", "trino")
"""The dialects that are offered. Tests run DuckDB, PostgreSQL and, where it is there, Spark; the others they read."""
ADDS_DAYS: Final = frozenset({"duckdb", "postgres"})
"""Where a day and a number of days are added with `+`."""
HAS_LISTS: Final = frozenset({"duckdb", "postgres", "spark"})
"""Where a fact of which there may be several is a list of texts: those in which tests run queries."""
OF_SEVERAL: Final = frozenset({"among", "within", "is_null"})
"""What can be asked of such a fact."""
LONG: Final = frozenset({"dated", "working"})
"""What is long, and so worked out under a name of its own even where it is used once."""
PREFIX: Final = "mutandis_"
"""Begins the names of columns that a query makes on its way."""
GIVEN: Final = "|given"
"""Ends the name of a column that is read as the table has it."""
TYPES: Final[Mapping[str, str]] = {
    "truth": "boolean",
    "number": "bigint",
    "date": "date",
    "moment": "timestamp",
    "word": "varchar",
    "waits": "bigint",
}
_DO: Final[Mapping[str, type[exp.Binary]]] = {
    "lt": exp.LT,
    "le": exp.LTE,
    "eq": exp.EQ,
    "add": exp.Add,
    "sub": exp.Sub,
    "mul": exp.Mul,
}


class ToSql:
    """Writes expressions for a dialect; `column` says what stands for a column, of those in `several` a list."""

    def __init__(
        self,
        maker: Maker,
        dialect: str,
        column: Callable[[str], exp.Expression],
        several: Container[str] = frozenset(),
    ) -> None:
        self.several = several
        self.maker = maker
        self.dialect = dialect
        self.column = column
        self._stepped: dict[X, X] = {}

    def steps(self, tops: Mapping[str, X]) -> list[dict[str, exp.Expression]]:
        """Columns to add, step by step: what is used more than once is worked out once, under a name of its own.

        The wanted ones are the last step. Raises `NotLowered`.
        """
        nodes = walk([self._in_steps(x) for x in tops.values()])
        uses: dict[X, int] = {}
        for node in nodes:
            for arg in node.args:
                uses[arg] = uses.get(arg, 0) + 1
        steps: list[dict[str, exp.Expression]] = []
        written: dict[X, exp.Expression] = {}
        level: dict[X, int] = {}
        for node in nodes:
            mine = max((level[a] for a in node.args), default=0)
            found = self._write(node, [written[a].copy() for a in node.args])
            if (uses.get(node, 0) > 1 and node.op not in ("lit", "col")) or node.op in LONG:
                while len(steps) <= mine:
                    steps.append({})
                name = f"{PREFIX}{sum(map(len, steps))}"
                steps[mine][name] = found
                found, mine = exp.column(name), mine + 1
            written[node], level[node] = found, mine
        return [*steps, {name: written[self._in_steps(x)].copy() for name, x in tops.items()}]

    def _in_steps(self, x: X) -> X:
        """An expression with what walks through the calendar taken into steps."""
        done = self._stepped
        for node in walk([x]):
            if node in done:
                continue
            if node.op in ("moved", "share"):
                done[node] = self._in_steps(in_steps(self.maker, self._on_calendar(node)))
                continue
            done[node] = self.maker.over(node, tuple(done[a] for a in node.args))
        return done[x]

    def _on_calendar(self, x: X) -> X:
        """The same, but by no number of days where that many lead off the calendar: to add them might end the query."""
        setting: Any = x.setting
        if x.op != "moved" or setting[0] != "days" or is_inside(x.span):
            return x
        m, (start, days) = self.maker, x.args
        low, high = (m.days_between(m.lit(dt.date.fromordinal(end), "date"), start) for end in CALENDAR)
        is_on = m.all_of(m.compare("le", low, days), m.compare("le", days, high))
        return m.make("moved", (start, m.case(is_on, days, m.lit(None, "number"))), "date", setting)

    # --- one expression -----------------------------------------------------------------------------------------------

    def _write(self, x: X, args: list[exp.Expression]) -> exp.Expression:
        for name in (str(a.setting) for a in x.args if a.op == "col" and a.setting in self.several):
            if x.op not in OF_SEVERAL or self.dialect not in HAS_LISTS or (x.op == "among" and not _picks(x)):
                raise NotLowered(f"reads `{name}`, of which there may be several")
        match x.op:
            case "lit":
                return self.literal(x.setting, x.sort)
            case "col":
                return self.column(str(x.setting))
            case "waits":
                return reduce(lambda a, b: exp.paren(exp.BitwiseAnd(this=a, expression=b)), args)
            case "digit":
                return self._digit(x, *args)
            case "and":
                return exp.paren(exp.and_(*args))
            case "or":
                return exp.paren(exp.or_(*args))
            case "not":
                return exp.not_(exp.paren(args[0]))
            case "is_null":
                return exp.paren(exp.Is(this=exp.paren(args[0]), expression=exp.null()))
            case "holds":
                return exp.Coalesce(this=args[0], expressions=[exp.false()])
            case "first_known":
                return exp.Coalesce(this=args[0], expressions=[args[1]])
            case "case":
                return exp.Case().when(args[0], args[1]).else_(args[2])
            case "among":
                return self._among(x, args[0])
            case "within":
                return self._within(args[0], _texts(x.setting))
            case "day":
                return exp.cast(args[0], "date")
            case "days_between":
                if self.dialect in ADDS_DAYS:
                    return exp.cast(exp.paren(exp.Sub(this=args[0], expression=args[1])), "bigint")
                return exp.cast(exp.DateDiff(this=args[0], expression=args[1], unit=exp.var("DAY")), "bigint")
            case "days_after":
                return self._later(args[0], args[1], "DAY")
            case "div":
                whole = exp.Div(this=exp.cast(args[0], "double"), expression=exp.cast(_number(x.setting), "double"))
                return exp.cast(exp.Floor(this=whole), "bigint")
            case "least":
                return exp.Least(this=args[0], expressions=[args[1]])
            case "month_of":
                year, month = (
                    exp.cast(exp.Extract(this=exp.var(p), expression=args[0].copy()), "bigint")
                    for p in ("YEAR", "MONTH")
                )
                months = exp.Mul(this=year, expression=_number(12))
                return exp.paren(exp.Sub(this=exp.Add(this=months, expression=month), expression=_number(1)))
            case "first_of":
                return self._first_of(args[0])
            case "only_for":
                return self._only_for(args[0], int(str(x.setting)))
            case "printed":
                return exp.RegexpLike(this=args[0], expression=exp.Literal.string(PRINTED))
            case "dated":
                setting: Any = x.setting
                return exp.paren(exp.In(this=args[0], expressions=[self.literal(day, "date") for day in setting]))
            case "working":
                return self._working(x, *args)
            case "given":
                return as_any_number(self.column(f"{x.args[0].setting}{GIVEN}"), self.dialect)
            case "usual":
                return is_usual(self.column(f"{x.args[0].setting}{GIVEN}"), x.args[0].sort, self.dialect)
            case "whole":
                return self._whole(x.args[0], int(str(x.setting)))
            case "midnight":
                return exp.cast(args[0], "timestamp")
            case "later":
                return self._minutes_on(x, args[0])
            case "inside":
                low, high = (self.literal(dt.date.fromordinal(day), "date") for day in CALENDAR)
                return exp.Case().when(exp.Between(this=args[0], low=low, high=high), args[0].copy())
        if x.op not in _DO:
            raise NotLowered(f"reckons `{x.op}`, for which there is no SQL")
        return exp.paren(_DO[x.op](this=args[0], expression=args[1]))

    def _whole(self, column: X, size: int) -> exp.Expression:
        """Whether a value is usual, and has nothing that a cast leaves out: parts of a number, the time of a day.

        A number is one of so many base units.
        """
        given = self.column(f"{column.setting}{GIVEN}")
        whole: exp.Condition = exp.true()
        if column.sort == "number":
            whole = exp.EQ(this=exp.Floor(this=given.copy()), expression=given.copy())
        elif column.sort == "date" or self.dialect == "duckdb":
            # A day is its midnight; of the dialects in which tests run, moments with billionths are DuckDB's.
            one = exp.cast(exp.cast(given.copy(), TYPES[column.sort]), "timestamp")
            other = given.copy() if self.dialect == "duckdb" else exp.cast(given.copy(), "timestamp")
            whole = exp.EQ(this=one, expression=other)
        told = exp.Case().when(exp.Is(this=given.copy(), expression=exp.null()), exp.cast(exp.null(), "boolean"))
        return told.when(is_usual(given, column.sort, self.dialect, size), whole).else_(exp.false())

    def literal(self, value: object, sort: str) -> exp.Expression:
        """A value, of its type."""
        if value is None:
            return exp.cast(exp.null(), TYPES[sort])
        if isinstance(value, bool):
            return exp.true() if value else exp.false()
        if isinstance(value, int):
            return exp.cast(_number(value), "bigint") if abs(value) >= 2**31 else _number(value)
        if isinstance(value, dt.date):
            return exp.cast(exp.Literal.string(value.isoformat()), TYPES[sort])
        return exp.Literal.string(str(value))

    def _digit(self, x: X, truth: exp.Expression, waits: exp.Expression | None = None) -> exp.Expression:
        """A truth as a number: 0 false, 1 true, 2 not known; where it waits 3 for parameters, 4 for more besides."""
        found = exp.Case().when(truth, _number(1)).when(exp.not_(exp.paren(truth.copy())), _number(0))
        if waits is None:
            return found.else_(_number(2))
        setting: Any = x.setting
        for code, mask in zip((2, 3), setting, strict=True):
            kept = exp.paren(exp.BitwiseAnd(this=waits.copy(), expression=self.literal(~mask, "waits")))
            found = found.when(exp.EQ(this=kept, expression=self.literal(~mask, "waits")), _number(code))
        return found.else_(_number(4))

    def _only_for(self, waits: exp.Expression, names: int) -> exp.Expression:
        """Whether something is waited for, and that are these names and no others (`terms.is_only_for`)."""

        def kept(bits: int) -> exp.Expression:
            return exp.paren(exp.BitwiseAnd(this=waits.copy(), expression=self.literal(bits, "waits")))

        others = ~(names | 1)
        open_ = exp.LT(this=waits.copy(), expression=_number(-1))
        no_others = exp.EQ(this=kept(others), expression=self.literal(others, "waits"))
        return exp.paren(exp.and_(open_, no_others, exp.NEQ(this=kept(names), expression=self.literal(names, "waits"))))

    def _among(self, x: X, word: exp.Expression) -> exp.Expression:
        setting: Any = x.setting
        test, argument = setting
        if test != "is":
            return falls_under(word, *argument)
        if x.args[0].setting in self.several:
            return self._of_lists(exp.ArrayOverlaps, "ARRAYS_OVERLAP", word, _texts(argument))
        return exp.paren(exp.In(this=word, expressions=[exp.Literal.string(str(said)) for said in argument]))

    def _of_lists(
        self, operator: type[exp.Binary], function: str, one: exp.Expression, other: exp.Expression
    ) -> exp.Expression:
        if self.dialect == "spark":
            return exp.Anonymous(this=function, expressions=[one, other])
        return exp.paren(operator(this=one, expression=other))

    def _within(self, words: exp.Expression, allowed: exp.Expression) -> exp.Expression:
        """Whether every member of a list is one of those that are allowed."""
        if self.dialect == "duckdb":  # whose operator passes over what is null in a list
            known = exp.Anonymous(this="LIST_AGGREGATE", expressions=[words.copy(), exp.Literal.string("count")])
            whole = exp.EQ(this=known, expression=exp.Anonymous(this="LEN", expressions=[words.copy()]))
            return exp.paren(exp.and_(exp.ArrayContainsAll(this=allowed, expression=words), whole))
        if self.dialect == "postgres":
            return exp.paren(exp.ArrayContainsAll(this=allowed, expression=words))
        others = exp.Anonymous(this="ARRAY_EXCEPT", expressions=[words, allowed])
        return exp.paren(exp.EQ(this=exp.Anonymous(this="ARRAY_SIZE", expressions=[others]), expression=_number(0)))

    def _working(self, x: X, day: exp.Expression, weekday: exp.Expression) -> exp.Expression:
        """The nearest day that is not off: by the runs of days off near dated days, elsewhere by the weekday."""
        setting: Any = x.setting
        off, direction = setting
        found = exp.Case()
        for first, last, to in off.runs(direction):
            ends = {"low": self.literal(first, "date"), "high": self.literal(last, "date")}
            found.when(exp.Between(this=day.copy(), **ends), self.literal(to, "date"), copy=False)
        for number, since, days in off.weekly(direction):
            on: exp.Condition = exp.EQ(this=weekday.copy(), expression=_number(number))
            if since is not None:
                on = exp.and_(on, exp.LTE(this=self.literal(since, "date"), expression=day.copy()))
            found.when(on, self._later(day.copy(), _number(days), "DAY"), copy=False)
        return found.else_(day, copy=False) if found.args.get("ifs") else day

    def _minutes_on(self, x: X, moment: exp.Expression) -> exp.Expression:
        minutes = x.args[1].setting
        if x.args[1].op != "lit" or not isinstance(minutes, int):
            raise NotLowered("moves a moment by what only the case knows")
        if abs(minutes) >= 24 * 60 * min(USUAL_DAYS[0] - CALENDAR[0], CALENDAR[1] - USUAL_DAYS[1]):
            raise NotLowered("moves a moment off the calendar")
        interval = exp.Interval(this=exp.Literal.string(str(abs(minutes))), unit=exp.var("MINUTE"))
        move = exp.Add if minutes >= 0 else exp.Sub
        return exp.paren(move(this=moment, expression=interval))

    def _later(self, day: exp.Expression, number: exp.Expression, unit: str) -> exp.Expression:
        if self.dialect in ADDS_DAYS and unit == "DAY":
            return exp.paren(exp.Add(this=day, expression=exp.cast(number, "int")))
        return exp.cast(exp.DateAdd(this=day, expression=exp.cast(number, "int"), unit=exp.var(unit)), "date")

    def _first_of(self, month: exp.Expression) -> exp.Expression:
        if self.dialect == "trino":
            start = self.literal(dt.date(1970, 1, 1), "date")
            return self._later(start, exp.paren(exp.Sub(this=month, expression=_number(1970 * 12))), "MONTH")
        years = exp.Div(this=exp.cast(month.copy(), "double"), expression=exp.cast(_number(12), "double"))
        year = exp.cast(exp.Floor(this=years), "int")
        over = exp.Sub(this=month, expression=exp.Mul(this=_number(12), expression=year.copy()))
        month = exp.cast(exp.paren(exp.Add(this=over, expression=_number(1))), "int")
        if self.dialect == "postgres":
            return exp.Anonymous(this="MAKE_DATE", expressions=[year, month, _number(1)])
        return exp.DateFromParts(year=year, month=month, day=_number(1))


def as_any_number(given: exp.Expression, dialect: str) -> exp.Expression:
    """A number as the table has it, roughly, in a type that any can be cast to; null where it is none (NaN)."""
    kind = "decimal" if dialect == "postgres" else "double"  # whose decimals may be larger than any double
    nothing = exp.cast(exp.Literal.string("NaN"), kind)
    return exp.Nullif(this=exp.cast(given.copy(), kind), expression=nothing)


def is_usual(given: exp.Expression, sort: str, dialect: str, size: int = 1) -> exp.Between:
    """Whether the value of a column, as the table has it, is one that a query reckons with: to cast or to move what is
    not would end the query. A number is one of so many base units."""
    if sort == "number":
        low, high = (exp.cast(_number(end), "bigint") for end in (-(LARGEST // size), LARGEST // size))
        return exp.Between(this=as_any_number(given, dialect), low=low, high=high)
    low, high = (exp.cast(exp.Literal.string(str(dt.date.fromordinal(day))), "date") for day in USUAL_DAYS)
    return exp.Between(this=exp.cast(given, "date"), low=low, high=high)


def taken(given: exp.Expression, sort: str, dialect: str, size: int = 1) -> exp.Expression:
    """The value of a column as it is reckoned with, in base units, null where it is not usual."""
    value: exp.Expression = exp.cast(given.copy(), TYPES[sort])
    if size != 1:
        value = exp.Mul(this=value, expression=_number(size))
    return exp.Case().when(is_usual(given, sort, dialect, size), value)


def _picks(x: X) -> bool:
    return isinstance(x.setting, tuple) and x.setting[0] == "is"


def _texts(values: Any) -> exp.Expression:
    return exp.cast(exp.Array(expressions=[exp.Literal.string(str(one)) for one in values]), "text[]")


def _number(value: object) -> exp.Expression:
    assert isinstance(value, int)  # numbers are whole in columns
    return exp.Literal.number(value) if value >= 0 else exp.paren(exp.Neg(this=exp.Literal.number(-value)))


def summed(digits: Sequence[exp.Expression], places: Sequence[int]) -> exp.Expression:
    """Digits as one number, by what each of them counts."""
    found: exp.Expression = exp.cast(_number(0), "bigint")
    for digit, place in zip(digits, places, strict=True):
        found = exp.Add(this=found, expression=exp.Mul(this=digit, expression=_number(place)))
    return found


def joined(pieces: Sequence[tuple[exp.Expression | None, str]], separator: str) -> exp.Expression:
    """Texts joined, each where its condition holds (None: always)."""
    if all(condition is None for condition, _ in pieces):
        return exp.Literal.string(separator.join(text for _, text in pieces))
    written: list[exp.Expression] = []
    for condition, text in pieces:
        said = exp.Literal.string(separator + text)
        written.append(said if condition is None else exp.Case().when(condition, said).else_(exp.Literal.string("")))
    whole = reduce(lambda a, b: exp.DPipe(this=a, expression=b), written)
    return exp.Substring(this=exp.paren(whole), start=_number(len(separator) + 1))
