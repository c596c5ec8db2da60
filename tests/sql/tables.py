"""Random cases of an action as the table of a database has them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random

from tests.table.tables import FIRST, LAST, value_of

from mutandis import Rulebook
from mutandis.datatypes import UNIT_IN_BASE
from mutandis.vocabulary import FactDeclaration

KINDS = {
    "yes_no": "BOOLEAN",
    "date": "DATE",
    "moment": "TIMESTAMP",
    "enum": "VARCHAR",
    "text": "VARCHAR",
    "provision": "VARCHAR",
}


@dataclass(frozen=True)
class SqlTable:
    """The columns of a table, by name and type; its rows, and the cases that these are."""

    columns: dict[str, str]
    rows: list[list[object]]
    cases: list[dict[str, object]]


def sql_table(book: Rulebook, action: str, facts: list[str], nones: list[str], rows: int, rng: Random) -> SqlTable:
    """A random table with a column for each fact, some of them with holes."""
    declared = [book.vocabulary.facts[name] for name in facts]
    known = {d.name: rng.choice((1.0, 0.95, 0.7, 0.4)) for d in declared}
    found, cases = [], []
    marks = [dt.date(2020, 2, 29), dt.date(2020, 3, 1), dt.date(2013, 3, 1), FIRST, LAST]
    for number in range(rows):
        row: list[object] = [number]
        case: dict[str, object] = {}
        for one in declared:
            value = None
            if one.type.kind not in ("list", "period") and rng.random() < known[one.name]:
                value = _value(book, one, marks, rng)
                case[one.name] = f"{value} {one.unit}" if one.type.kind == "duration" else value
            row.append(value)
        for name in nones:
            is_none = name not in case and rng.random() < 0.4
            if is_none:
                case[name] = None
            row.append(is_none)
        found.append(row)
        cases.append(case)
    columns = {"id": "BIGINT", **{d.name: kind_of(d) for d in declared}}
    return SqlTable({**columns, **{f"{name}.none": "BOOLEAN" for name in nones}}, found, cases)


def kind_of(declared: FactDeclaration) -> str:
    """The type of the column of a fact."""
    return KINDS.get(declared.type.kind, "BIGINT") + ("[]" if declared.type.several else "")


def _value(book: Rulebook, one: FactDeclaration, marks: list[dt.date], rng: Random) -> object:
    while True:
        value = value_of(book, one, marks, rng)
        if value is None:
            continue
        if one.type.kind == "duration":
            size = UNIT_IN_BASE[one.unit.removesuffix("s")][1]
            return int(str(value).split()[0]) // size + (one.minimum or 0)
        return value
