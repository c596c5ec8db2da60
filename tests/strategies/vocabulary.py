"""The vocabulary that random programs and cases speak: one fact of every type, parameters, a presumption, a list.

Values are drawn near each other, so that conditions turn often: dates at month ends, small counts, short lengths.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import strategies as st

from mutandis.citation import parse_citation_range
from mutandis.datatypes import (
    COUNT,
    DATE,
    DAYS,
    DURATION,
    MOMENT,
    NUMBER,
    PERIOD,
    PROVISION,
    YES_NO,
    DataType,
)
from mutandis.values import UNKNOWN, Duration, OpenList, Period
from mutandis.vocabulary import ActionDeclaration, FactDeclaration, Term, Vocabulary

KIND = DataType("enum", values=("red", "green", "blue"))
MARKS = DataType("enum", values=("old", "worn", "torn"), several=True)
SUM = DataType("money", currency="won")
OPTIONAL_DATE = DataType("date", optional=True)
PARTS = DataType("list", term="part")


def _fact(name: str, type_: DataType, **more: object) -> FactDeclaration:
    return FactDeclaration(name, type_, f"What is {name}?", **more)  # type: ignore[arg-type]  # its own keywords


STATED = (
    _fact("it.a", YES_NO),
    _fact("it.b", YES_NO, found_by="warden"),
    _fact("it.c", YES_NO),
    _fact("it.presumed", YES_NO, presume=False, has_presumption=True),
    _fact(
        "it.kind",
        KIND,
        values=(("red", "red one"), ("green", "green one"), ("blue", "blue one")),
        value_provisions=(("red", parse_citation_range("act/90.1")),),
    ),
    _fact("it.marks", MARKS),
    _fact("it.count", COUNT, minimum=0, maximum=6),
    _fact("it.rate", NUMBER),
    _fact("it.sum", SUM, minimum=0),
    _fact("it.on", DATE),
    _fact("it.until", OPTIONAL_DATE),
    _fact("it.moment", MOMENT),
    _fact("it.used", DAYS, unit="days", minimum=0, maximum=20),
    _fact("it.length", DURATION, unit="any"),
    _fact("it.period", PERIOD),
    _fact("it.basis", PROVISION),
    _fact("it.parts", PARTS),
)
PARAMETERS = (
    _fact("how.days", DAYS, unit="days", parameter=True, minimum=0, maximum=30),
    _fact("how.count", COUNT, parameter=True),
    _fact("how.rate", NUMBER, parameter=True),
    _fact("how.on", DATE, parameter=True),
    _fact("how.heard", YES_NO, parameter=True),
    _fact("how.period", PERIOD, parameter=True),
)
DERIVED_TYPES = {"it.flag": YES_NO, "it.due": DATE, "it.share": COUNT}
DERIVED = tuple(_fact(name, type_, derived=True) for name, type_ in DERIVED_TYPES.items())
MEMBER = (
    _fact("part.ok", YES_NO),
    _fact("part.length", DAYS, unit="days"),
    _fact("part.on", DATE),
)

ACTIONS = {
    "do thing": ActionDeclaration("do", "thing", "do the thing", "forbidden", by="warden", done="it.until"),
    "tell thing": ActionDeclaration("tell", "thing", "tell of the thing", "silent", by="warden"),
}
VOCABULARY = Vocabulary(
    terms={
        "it": Term("it", "it", STATED + DERIVED),
        "how": Term("how", "how", PARAMETERS),
        "part": Term("part", "part", MEMBER),
        "thing": Term("thing", "thing", ()),
        "warden": Term("warden", "warden", (), role=True),
        "doctor": Term("doctor", "doctor", (), role=True),
    },
    facts={d.name: d for d in STATED + DERIVED + PARAMETERS},
    actions=ACTIONS,
)

DAYS_AT_MONTH_ENDS = tuple(
    dt.date(*ymd)
    for ymd in (
        (2020, 1, 30),
        (2020, 1, 31),
        (2020, 2, 28),
        (2020, 2, 29),
        (2020, 3, 1),
        (2020, 3, 31),
        (2020, 4, 30),
        (2021, 2, 28),
        (2021, 3, 1),
    )
)
days = st.sampled_from(DAYS_AT_MONTH_ENDS)
moments = st.builds(
    lambda day, hour: dt.datetime(day.year, day.month, day.day, hour), days, st.sampled_from((0, 9, 23))
)
_amounts = st.integers(0, 6)


def _period(start: dt.date, length: int | None, suspended: bool, clock: str) -> Period:
    until = None if length is None else start + dt.timedelta(days=length)
    spans = ((start + dt.timedelta(days=1), start + dt.timedelta(days=2)),) if suspended else ()
    return Period(start, until, spans, clock)  # type: ignore[arg-type]  # one of the clocks


_lengths = st.integers(0, 20)
_ended, periods = (
    st.builds(_period, days, lengths, st.booleans(), st.sampled_from(("civil", "burden")))
    for lengths in (_lengths, st.one_of(st.none(), _lengths))
)
_members = st.fixed_dictionaries({}, optional={"ok": st.booleans(), "length": st.integers(0, 5), "on": days})
_full_members = st.fixed_dictionaries({"ok": st.booleans(), "length": st.integers(0, 5), "on": days})


def values_of(declared: FactDeclaration, *, whole: bool = False) -> st.SearchStrategy[object]:
    """Values the fact may have; `whole` leaves nothing in them unknown."""
    type_ = declared.type
    members = st.lists(_full_members if whole else _members, max_size=3).map(tuple)
    by_kind: dict[str, st.SearchStrategy[object]] = {
        "yes_no": st.booleans(),
        "count": _amounts,
        "money": _amounts,
        "number": st.one_of(_amounts, st.sampled_from((Fraction(1, 2), Fraction(7, 3)))),
        "date": days,
        "moment": moments,
        "duration": _amounts
        if type_.family is not None
        else st.builds(Duration, _amounts, st.sampled_from(("hours", "days", "months"))),
        "period": _ended if whole else periods,
        "provision": st.sampled_from(("act/1(1)", "act/1(1)2", "act/2", "act/3(1) proviso")),
        "list": members if whole else st.one_of(members, members.map(OpenList)),
    }
    if type_.kind == "enum":
        one = st.sampled_from(type_.values)
        return st.frozensets(one, max_size=2) if type_.several else one
    found = by_kind[type_.kind]
    return st.one_of(found, st.none()) if type_.optional else found


def given_facts() -> st.SearchStrategy[dict[str, object]]:
    """Facts of a case: each given, said to be unknown, or left out; parameters often left out."""
    return st.fixed_dictionaries(
        {},
        optional={d.name: st.one_of(values_of(d), values_of(d), st.just(UNKNOWN)) for d in STATED + PARAMETERS},
    )


def known_facts(*, parameters: bool = True) -> st.SearchStrategy[dict[str, object]]:
    """Facts of a case in which nothing is unknown; without `parameters`, those may be left open."""
    stated = {d.name: values_of(d, whole=True) for d in STATED}
    how = {d.name: values_of(d, whole=True) for d in PARAMETERS}
    if parameters:
        return st.fixed_dictionaries({**stated, **how})
    return st.fixed_dictionaries(stated, optional=how)
