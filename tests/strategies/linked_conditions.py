"""Typed conditions at random, over the random vocabulary: yes/no expressions of every node a linked condition may hold.

Built as the checker would leave them: names resolved, every node with its type, optional facts under their guard.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import get_args

from hypothesis import strategies as st
from tests.strategies.vocabulary import DAYS_AT_MONTH_ENDS, DERIVED_TYPES, KIND, MARKS, PARAMETERS, STATED, SUM, days

from mutandis.calendar.counting import CIVIL, Counting
from mutandis.condition import tree as t
from mutandis.datatypes import COUNT, DATE, DAYS, DURATION, HOURS, MOMENT, MONTHS, NUMBER, YES_NO, DataType

FICTION = "§it.a as of act/80"
GROUND = "§act/1(1)1"
ASKED = ("act/1(1)", "act/2(1)")
TYPES = {d.name: d.type for d in STATED + PARAMETERS} | DERIVED_TYPES | {FICTION: YES_NO, GROUND: YES_NO}


def fact(name: str) -> t.Fact:
    """A reading of a fact."""
    return t.Fact(name, type=TYPES[name])


def length(amount: int, unit: str) -> t.Length:
    """A duration literal, typed."""
    family = {"hour": HOURS, "minute": HOURS, "day": DAYS, "week": DAYS, "month": MONTHS, "year": MONTHS}[unit]
    return t.Length(amount, unit, type=family)


def amount(value: int | Fraction) -> t.Amount:
    """A number literal, typed."""
    return t.Amount(value, type=COUNT if isinstance(value, int) else NUMBER)


def compare(operator: t.Operator, left: t.Expression, right: t.Expression) -> t.Compare:
    """A comparison, typed."""
    return t.Compare(operator, left, right, type=YES_NO)


_small = st.integers(0, 6)
_order = st.sampled_from(("<", "<=", ">", ">=", "is", "is not"))
_units = st.sampled_from(("day", "month", "year", "week"))
_countings = st.sampled_from((CIVIL, Counting("age"), Counting("civil", "clamp"), Counting("burden", "next day")))
_today = t.Today(type=DATE)


def plus(left: t.Expression, right: t.Expression, type_: DataType, operator: str = "+") -> t.Arithmetic:
    return t.Arithmetic(operator, left, right, type=type_)  # type: ignore[arg-type]  # one of + - *


@cache
def dates() -> st.SearchStrategy[t.Expression]:
    plain = st.one_of(st.sampled_from((fact("it.on"), _today)), days.map(lambda d: t.Day(d, type=DATE)))
    moved = st.builds(
        lambda start, n, unit, op, counting: replace(plus(start, length(n, unit), DATE, op), counting=counting),
        plain,
        st.integers(0, 3),
        _units,
        st.sampled_from("+-"),
        _countings,
    )
    ends = st.builds(
        lambda n, unit, side, start, counting: t.EndOf(length(n, unit), side, start, counting, type=DATE),
        st.integers(0, 3),
        _units,
        st.sampled_from(("after", "before")),
        plain,
        _countings,
    )
    worked = st.builds(
        lambda n, side, start: t.EndOf(t.WorkingDays(n, type=DAYS), side, start, type=DATE),
        st.integers(0, 4),
        st.sampled_from(("after", "before")),
        plain,
    )
    return st.one_of(plain, moved, ends, worked)


@cache
def counts() -> st.SearchStrategy[t.Expression]:
    number_of = st.one_of(
        st.just(t.NumberOf(None, fact("it.parts"), None, type=COUNT)),
        _bodies().map(lambda body: t.NumberOf("x", fact("it.parts"), body, type=COUNT)),
    )
    plain = st.one_of(st.just(fact("it.count")), _small.map(amount), number_of)
    return st.one_of(
        plain,
        st.builds(lambda a, b, op: plus(a, b, COUNT, op), plain, plain, st.sampled_from("+-")),
        st.builds(lambda a, k: plus(a, amount(k), COUNT, "*"), plain, st.integers(-1, 2)),
    )


@cache
def numbers() -> st.SearchStrategy[t.Expression]:
    """Numbers, exact: divided, rounded, the smaller and the larger, a rate over a time."""
    lengths = t.TotalOf(_member("length", DAYS), "x", fact("it.parts"), None, type=DAYS)
    plain = st.one_of(st.just(fact("it.rate")), counts(), _small.map(amount))
    rated = st.builds(
        lambda r, unit: t.Arithmetic("*", t.Rate(r, unit, type=DataType("number", per=unit)), lengths, type=NUMBER),
        st.sampled_from((Fraction(1, 3), 2)),
        st.sampled_from(("day", "week")),
    )
    divided = st.builds(
        lambda a, d: t.Arithmetic("/", a, amount(d), type=NUMBER), plain, st.sampled_from((3, Fraction(-2, 7)))
    )
    some = st.one_of(plain, rated, divided, st.just(t.Arithmetic("/", lengths, length(2, "day"), type=NUMBER)))
    rounded = st.builds(
        lambda how, a, step: t.Rounded(how, a, amount(step), type=NUMBER),
        st.sampled_from(("up", "down", "half up", "half to even")),
        some,
        st.sampled_from((2, Fraction(1, 2))),
    )
    extreme = st.builds(
        lambda which, a, b: t.Extreme(which, a, b, type=NUMBER), st.sampled_from(("smaller", "larger")), some, some
    )
    return st.one_of(some, rounded, extreme)


def _member(attribute: str, type_: DataType) -> t.Attribute:
    return t.Attribute("x", attribute, type=type_)


@cache
def _bodies() -> st.SearchStrategy[t.Expression]:
    return st.one_of(
        st.just(_member("ok", YES_NO)),
        st.builds(lambda op, n: compare(op, _member("length", DAYS), length(n, "day")), _order, _small),
        st.builds(lambda op, d: compare(op, _member("on", DATE), t.Day(d, type=DATE)), _order, days),
        st.just(t.And((_member("ok", YES_NO), fact("it.a")), type=YES_NO)),
    )


@cache
def _quantified() -> st.SearchStrategy[t.Expression]:
    plain = st.builds(
        lambda q, body: t.Quantified(q, None, "x", fact("it.parts"), body, type=YES_NO),
        st.sampled_from(("any", "every", "no")),
        _bodies(),
    )
    counted = st.builds(
        lambda q, n, body: t.Quantified(q, n, "x", fact("it.parts"), body, type=YES_NO),
        st.sampled_from(("at least", "at most", "exactly")),
        st.integers(0, 2),
        _bodies(),
    )
    return st.one_of(plain, counted)


@cache
def _atoms() -> st.SearchStrategy[t.Expression]:
    total = st.builds(
        lambda body: t.TotalOf(_member("length", DAYS), "x", fact("it.parts"), body, type=DAYS),
        st.one_of(st.none(), _bodies()),
    )
    kinds = tuple(t.Choice(v, type=KIND) for v in KIND.values)
    until = fact("it.until")
    present = t.Present(until, type=YES_NO)
    return st.one_of(
        st.sampled_from([fact(n) for n in ("it.a", "it.b", "it.c", "it.presumed")]),
        st.builds(
            lambda op, v: compare(op, fact("it.kind"), v), st.sampled_from(("is", "is not")), st.sampled_from(kinds)
        ),
        st.builds(
            lambda vs, neg: t.OneOf(fact("it.kind"), tuple(vs), neg, type=YES_NO),
            st.lists(st.sampled_from(kinds), min_size=1, max_size=2),
            st.booleans(),
        ),
        st.sampled_from(MARKS.values).map(lambda v: compare("is", fact("it.marks"), t.Choice(v, type=MARKS))),
        st.builds(compare, _order, counts(), counts()),
        st.builds(
            lambda op, n: compare(op, fact("it.rate"), amount(n)), _order, st.one_of(_small, st.just(Fraction(7, 3)))
        ),
        st.builds(lambda op, n: compare(op, fact("it.sum"), t.Money(n, "won", type=SUM)), _order, _small),
        st.builds(compare, _order, numbers(), _small.map(amount)),
        st.builds(
            lambda op, which, a, b, c: compare(op, t.Extreme(which, a, b, type=DATE), c),
            _order,
            st.sampled_from(("earlier", "later")),
            dates(),
            dates(),
            dates(),
        ),
        st.builds(compare, _order, dates(), dates()),
        st.builds(lambda op, d: t.And((present, compare(op, until, d)), type=YES_NO), _order, dates()),
        st.sampled_from((present, t.Present(until, True, type=YES_NO))),
        st.builds(
            lambda a, n, unit, side, b: t.WithinAfter(a, length(n, unit), side, b, type=YES_NO),
            dates(),
            st.integers(0, 3),
            _units,
            st.sampled_from(("after", "before")),
            dates(),
        ),
        st.builds(
            lambda a, n, side, b: t.WithinAfter(a, t.WorkingDays(n, type=DAYS), side, b, type=YES_NO),
            dates(),
            st.integers(0, 4),
            st.sampled_from(("after", "before")),
            dates(),
        ),
        st.builds(
            lambda day, kind, denied: t.KindOfDay(day, kind, denied, type=YES_NO),
            dates(),
            st.sampled_from(get_args(t.DayKind)),
            st.booleans(),
        ),
        st.builds(
            lambda op, d, h: compare(op, fact("it.moment"), plus(d, length(h, "hour"), MOMENT)),
            _order,
            dates(),
            st.integers(0, 30),
        ),
        st.builds(lambda op, n: compare(op, fact("it.used"), length(n, "day")), _order, _small),
        st.builds(
            lambda op, n, unit: compare(op, fact("it.length"), replace(length(n, unit), type=DURATION)),
            _order,
            _small,
            st.sampled_from(("hour", "day", "month")),
        ),
        st.builds(
            lambda n, u, counting, spans: t.PeriodWithin(fact("it.period"), length(n, u), counting, spans, type=YES_NO),
            st.integers(0, 15),
            st.sampled_from(("day", "month")),
            st.one_of(st.none(), _countings),
            st.sampled_from(((), ((fact("it.on"), fact("it.until")),), ((fact("it.until"), fact("it.until")),))),
        ),
        st.builds(
            lambda ranges, neg: t.FallsUnder(fact("it.basis"), (ranges,), neg, type=YES_NO),
            st.sampled_from((("act/1(1)2", "act/1(1)2"), ("act/1(1)", "act/1(1)"), ("act/2", "act/4"))),
            st.booleans(),
        ),
        _quantified(),
        st.builds(lambda op, a, n: compare(op, a, length(n, "day")), _order, total, _small),
        st.builds(
            lambda c, x, y, op, n: compare(op, t.If(c, x, y, type=COUNT), amount(n)),
            st.sampled_from((fact("it.a"), fact("it.b"))),
            counts(),
            counts(),
            _order,
            _small,
        ),
        st.builds(
            lambda op, share, r, n: compare(
                op,
                t.FractionOf(share, fact("it.on"), t.Day(DAYS_AT_MONTH_ENDS[-1], type=DATE), r, type=DAYS),
                length(n, "day"),
            ),
            _order,
            st.sampled_from((Fraction(1, 3), Fraction(1, 2))),
            st.sampled_from(("up", "down")),
            st.integers(0, 200),
        ),
    )


def _guarded(name: str, comparison: t.Expression) -> t.Expression:
    return t.And((t.Present(fact(name), type=YES_NO), comparison), type=YES_NO)


@cache
def _from_derived() -> st.SearchStrategy[t.Expression]:
    return st.one_of(
        st.sampled_from((fact("it.flag"), fact(FICTION), fact(GROUND))),
        st.builds(lambda op, d: _guarded("it.due", compare(op, fact("it.due"), d)), _order, dates()),
        st.builds(lambda op, n: _guarded("it.share", compare(op, fact("it.share"), amount(n))), _order, _small),
    )


@cache
def conditions(*, derived: bool = True, asking: bool = False, simple: bool = False) -> st.SearchStrategy[t.Expression]:
    """Typed yes/no conditions over stated facts, with `derived` over derived ones too; `asking` adds `… applies`."""
    names = ("it.a", "it.b", "it.c", *(("it.flag", FICTION, GROUND) if derived else ()))
    leaves = st.sampled_from([fact(n) for n in names])
    atoms: st.SearchStrategy[t.Expression] = leaves if simple else st.one_of(leaves, _atoms())
    if derived and not simple:
        atoms = st.one_of(atoms, atoms, _from_derived())
    if asking:
        atoms = st.one_of(atoms, st.sampled_from(ASKED).map(lambda c: t.Applies(c, type=YES_NO)))
    some = st.lists(atoms, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        atoms,
        atoms.map(lambda a: t.Not(a, type=YES_NO)),
        some.map(lambda many: t.And(many, type=YES_NO)),
        some.map(lambda many: t.Or(many, type=YES_NO)),
        st.builds(lambda a, b: t.And((a, t.Not(b, type=YES_NO)), type=YES_NO), atoms, atoms),
    )
