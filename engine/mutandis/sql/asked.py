"""What is asked of `Rulebook.sql`, checked, and the query that answers it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from mutandis.arguments import check_kept, check_text, check_truth, names_of
from mutandis.backends.engine import Engine
from mutandis.backends.explained import reads_throughout
from mutandis.dataclass import dataclass
from mutandis.decide.question import Question
from mutandis.diagnostics import MutandisError
from mutandis.sql.query import Table, write_query
from mutandis.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class AskedTable:
    """The table as a caller describes it: see `Rulebook.sql`. `facts` of None are all that the action reads."""

    name: str
    facts: Iterable[str] | None
    none: Iterable[str]
    full: Iterable[str]
    keep: Iterable[str]
    underscores: bool
    at: dt.date | str | None


def query_of(engine: Engine, asked: Question, table: AskedTable, dialect: str) -> str:
    """The query that decides the action asked about over the table.

    Raises `MutandisError` for an action that has no query, a fact that the vocabulary does not have, and a column as
    the clock of an action whose law changes.
    """
    check_text("table", table.name, "cases")
    check_text("dialect", dialect, "duckdb")
    check_truth("underscores", table.underscores)
    program, clock = engine.program, table.at if isinstance(table.at, str) else None
    if clock is not None and asked.law_as_of is None and (days := engine.versions(asked.action, asked.by)):
        changes = ", ".join(map(str, days))
        raise MutandisError(f"the law of `{asked.action}` changes on {changes}: with a column as `at` name `law_as_of`")
    known = program.vocabulary.facts
    example = next(iter(known), "term.fact")
    named = frozenset[str]() if table.facts is None else frozenset(names_of("facts", table.facts, example))
    taken = engine.statable & named
    unit = engine.taking(taken).unit(asked.action, asked.by, asked.version)
    read = reads_throughout(unit) - set(unit.program.derived)
    stated = read if table.facts is None else named
    definitions = [engine.stated.definition(name, asked.version) for name in sorted(taken & read)]
    read = read.union(*(one.reads for one in definitions))
    without, whole = names_of("none", table.none, example), names_of("full", table.full, example)
    kept = names_of("keep", table.keep, "number")
    for name in (*stated, *without, *whole):
        if name not in known:
            raise MutandisError(f"the vocabulary has no fact `{name}`: {did_you_mean(name, known, 'name a fact')}")
    for name in without:
        if not known[name].type.optional:
            raise MutandisError(f"`{name}` cannot be none: leave it out of `none`")
    check_kept(kept, ("verdict", "citations"))
    columns = Table(
        table.name, stated & read, frozenset(without) & read, frozenset(whole) & read, kept, table.underscores, clock
    )
    return write_query(unit, known, columns, dialect, asked.at, definitions)
