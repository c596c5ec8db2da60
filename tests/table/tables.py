"""Random tables of the facts that an action turns on, and the cases that their rows are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Any

import polars as pl

from mutandis import Rulebook
from mutandis.backends.engine import Engine
from mutandis.datatypes import DataType
from mutandis.decide.question import Question
from mutandis.table.engine import TableEngine
from mutandis.vocabulary import FactDeclaration

FIRST, LAST = dt.date(2005, 1, 1), dt.date(2027, 12, 31)
FAR = [dt.date(*day) for day in ((1, 1, 1), (1950, 5, 6), (2000, 1, 1), (2031, 1, 1), (2400, 2, 29), (9999, 12, 31))]
UNITS = {"hours": "minutes", "days": "days", "months": "months"}


@dataclass(frozen=True)
class Table:
    """A table, the cases that its rows are, and the clock of each."""

    frame: pl.DataFrame
    cases: list[dict[str, object]]
    clocks: list[dt.date]


def facts_of(book: Rulebook, action: str, clock: dt.date, *, derived: bool = False) -> list[str]:
    """The facts that a decision about the action may turn on, derived ones left out or not."""
    table = TableEngine(Engine(book.program), Question(action))
    found = table.reads(table.unit(clock)) & set(book.vocabulary.facts)
    return sorted(found if derived else found - set(book.program.derived))


def random_table(book: Rulebook, action: str, rows: int, rng: Random, known: float, *, derived: bool = False) -> Table:
    """A table of an action: values where the action can tell them apart, days about those on which its law changes.

    With `derived` it states derived facts too.
    """
    days = Engine(book.program).versions(action, None)
    marks = [*days, dt.date(2020, 2, 28), dt.date(2024, 2, 29), FIRST, LAST]
    clocks = [near(marks, rng) for _ in range(rows)]
    names = facts_of(book, action, clocks[0], derived=derived)
    # Some columns are full, some have holes, some are not there at all: as tables are.
    holes = (known, known, 1.0, 0.5) if known < 1 or rng.random() < 0.5 else (1.0,)
    full = {name: rng.choice(holes) for name in names}
    cases: list[dict[str, object]] = []
    written = {name for name in names if _can_be_text(book.vocabulary.facts[name].type) and rng.random() < 0.15}
    for _ in range(rows):
        case: dict[str, object] = {}
        for name in names:
            if rng.random() < full[name]:
                value = value_of(book, book.vocabulary.facts[name], marks, rng)
                case[name] = _as_text(value, rng) if name in written else value
        cases.append(case)
    frame = pl.DataFrame({"id": range(rows), "clock": clocks})
    columns = [column for name in names for column in column_of(book.vocabulary.facts[name], cases)]
    return Table(frame.with_columns(columns), cases, clocks)


def with_sentinels(book: Rulebook, table: Table, rng: Random) -> tuple[pl.DataFrame, dict[str, object]]:
    """The frame of a table in which some facts have a value that stands for none, and these values."""
    frame, said = table.frame, dict[str, object]()
    for name in [column.removesuffix(".none") for column in frame.columns if column.endswith(".none")]:
        sentinel = _sentinel(frame[name].dtype)
        if sentinel is None or rng.random() < 0.3:
            continue
        column = frame[name].cast(pl.String) if isinstance(frame[name].dtype, pl.Enum) else frame[name]
        is_none = frame[f"{name}.none"]
        frame = frame.with_columns(pl.when(is_none).then(pl.lit(sentinel)).otherwise(column).alias(name))
        frame, said[name] = frame.drop(f"{name}.none"), sentinel
    return frame, said


def _sentinel(dtype: Any) -> object:
    if dtype == pl.Date:
        return dt.date(8888, 8, 8)  # which no value is
    if dtype == pl.Int64:
        return -1
    return "(none)" if dtype == pl.String or isinstance(dtype, pl.Enum) else None


def _can_be_text(type_: DataType) -> bool:
    return type_.kind in ("yes_no", "date", "duration", "count", "text") or (type_.kind == "enum" and not type_.several)


def _as_text(value: object, rng: Random) -> str:
    """A value as a column of text has it, now and then said to be unknown."""
    if rng.random() < 0.15:
        return "unknown"
    if value is None or isinstance(value, bool):
        return "none" if value is None else "yes" if value else "no"
    return str(value)


def near(marks: list[dt.date], rng: Random) -> dt.date:
    """A day, mostly near one of the marks."""
    if rng.random() < 0.02:
        return rng.choice(FAR)
    if rng.random() < 0.3:
        return dt.date.fromordinal(rng.randrange(FIRST.toordinal(), LAST.toordinal()))
    return _later(rng.choice(marks), rng.choice((-366, -31, -7, -1, 0, 0, 1, 7, 31, 366)))


def _later(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(min(day.toordinal() + days, dt.date.max.toordinal()))


def value_of(book: Rulebook, declared: FactDeclaration, marks: list[dt.date], rng: Random) -> object:
    """A value as a case file would have it."""
    type_ = declared.type
    if type_.optional and rng.random() < 0.15:
        return None
    low, high = declared.minimum or 0, declared.maximum
    number = min(low + rng.choice((0, 1, 2, 3, 5, 10, 12, 20, 36, 400)), 10**9 if high is None else high)
    match type_.kind:
        case "yes_no":
            return rng.random() < 0.6
        case "enum":
            values = type_.values or ("something",)
            if type_.several:
                return rng.sample(values, rng.randrange(0, min(3, len(values)) + 1))
            return rng.choice(values)
        case "text":
            return rng.choice(("one", "other"))
        case "provision":
            return rng.choice(_provisions(book))
        case "count" | "number" | "money":
            return number
        case "duration":
            return f"{number} {UNITS[type_.family or rng.choice(('days', 'months'))]}"
        case "date":
            return near(marks, rng)
        case "moment":
            return dt.datetime.combine(near(marks, rng), dt.time(rng.randrange(24), rng.choice((0, 30))))
        case "period":
            start = near(marks, rng)
            return {"from": start, "until": rng.choice((None, _later(start, rng.randrange(400))))}
        case _:
            inner = _attributes(book, type_.term or "")
            return [_member(book, inner, marks, rng) for _ in range(rng.randrange(3))]


_ATTRIBUTES: dict[tuple[str, str], list[FactDeclaration]] = {}


def _attributes(book: Rulebook, term: str) -> list[FactDeclaration]:
    """What the members of a list may state."""
    key = book.content_hash, term
    if key not in _ATTRIBUTES:
        mine = [f for name, f in book.vocabulary.facts.items() if name.partition(".")[0] == term]
        _ATTRIBUTES[key] = [declared for declared in mine if declared.type.kind != "list"]
    return _ATTRIBUTES[key]


def _member(book: Rulebook, inner: list[FactDeclaration], marks: list[dt.date], rng: Random) -> dict[str, object]:
    stated = [declared for declared in inner if rng.random() < 0.8]
    found = {d.name.partition(".")[2]: value_of(book, d, marks, rng) for d in stated}
    return {name: value for name, value in found.items() if value is not None}


_PLACES: dict[str, list[str]] = {}


def _provisions(book: Rulebook) -> list[str]:
    if book.content_hash not in _PLACES:
        norms = [norm for c in book.program.components.values() for norm in c.norms]
        _PLACES[book.content_hash] = sorted({str(norm.citation) for norm in norms})
    return _PLACES[book.content_hash]


def column_of(declared: FactDeclaration, cases: list[dict[str, object]]) -> list[pl.Series]:
    """The columns of a fact: its values, and where it is none."""
    name, missing = declared.name, object()
    said = [case.get(name, missing) for case in cases]
    if all(value is missing for value in said):
        return []
    values: list[Any] = [None if value is missing else value for value in said]
    if _can_be_text(declared.type) and all(value is missing or isinstance(value, str) for value in said):
        return [pl.Series(name, values, dtype=pl.String)]
    found = [pl.Series(name, values, dtype=_type_of(declared.type), strict=False)]
    if any(value is None for value in said):
        found.append(pl.Series(f"{name}.none", [value is None for value in said]))
    return found


def _type_of(type_: DataType) -> Any:
    match type_.kind:
        case "yes_no":
            return pl.Boolean
        case "enum" if type_.several:
            return pl.List(pl.String)
        case "enum" if type_.values:
            return pl.Enum(type_.values)
        case "count" | "number" | "money":
            return pl.Int64
        case "date":
            return pl.Date
        case "moment":
            return pl.Datetime("us")
        case "period" | "list":
            return pl.Object
        case _:
            return pl.String
