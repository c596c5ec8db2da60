"""A table of cases decided, so many rows at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Final, Literal

import polars as pl

from mutandis.arguments import check_choice
from mutandis.backends.engine import Engine
from mutandis.dataclass import replace
from mutandis.decide.question import Question
from mutandis.diagnostics import CaseError
from mutandis.table.engine import TableEngine
from mutandis.table.facts import BadValue, TableFacts
from mutandis.table.given import check_clock, clock_of, named, table_of
from mutandis.table.memory import Memory
from mutandis.table.named import needed
from mutandis.table.read import FIRST_ROWS, read_table
from mutandis.table.table import DecisionTable, Slice

AT_ONCE: Final = 1 << 20
"""How many rows are decided at a time."""

Progress = Callable[[int, int], None]


def decide_table(
    engine: Engine,
    question: Question,
    frame: object,
    memory: Memory,
    *,
    at: dt.date | str | None = None,
    none: object = None,
    on_bad: Literal["raise", "error"] = "raise",
    progress: Progress | None = None,
) -> DecisionTable:
    """The decisions about a table of cases: see `Rulebook.decide_table`. `memory` is of this question."""
    check_choice("on_bad", on_bad, ("raise", "error"))
    vocabulary = engine.program.vocabulary

    def chosen(columns: Sequence[str]) -> list[str]:
        check_clock(columns, at)
        return needed(columns, vocabulary, [at])

    given = table_of(frame, chosen)
    clock = clock_of(given, at)
    table = TableEngine(engine, question, memory)
    slices: list[Slice] = []
    bad: list[BadValue] = []
    for start, facts in _read(given, engine, none, at):
        bad += facts.bad
        if bad and on_bad == "raise":
            continue  # tell everything that is wrong, not only what is wrong with the first rows
        mine = clock.slice(start, AT_ONCE) if isinstance(clock, pl.Series) else clock
        slices.append(Slice(start, facts, mine, table.codes(facts, mine)))
        bad += table.contradictions.bad(start)
        if progress is not None:
            progress(min(start + AT_ONCE, given.height), given.height)
    together = gather_bad(bad)
    if together and on_bad == "raise":
        raise CaseError([value.diagnostic() for value in together])
    return DecisionTable(table, slices, together)


def _read(given: pl.DataFrame, engine: Engine, none: object, at: object) -> Iterator[tuple[int, TableFacts]]:
    """The facts of a table, part by part."""
    starts = range(0, max(given.height, 1), AT_ONCE)

    def part(start: int) -> TableFacts:
        return read_rows(given.slice(start, AT_ONCE), engine, none, start, at)

    if len(starts) == 1:
        yield 0, part(0)
        return
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        yield from zip(starts, pool.map(part, starts), strict=True)


def read_rows(rows: pl.DataFrame, engine: Engine, none: object, start: int, at: object = None) -> TableFacts:
    """The facts of rows that begin at `start` of their table, whose clock may be the column `at`.

    Raises `CaseError` for columns that are no facts.
    """
    program = engine.program
    # In one piece: else each step of many would join pieces.
    rows = rows.select(named(needed(rows.columns, program.vocabulary))).rechunk()
    facts, faults = read_table(rows, program.vocabulary, program.derived, none, program.provisions, at)
    if faults:
        raise CaseError(faults)
    facts.bad = [replace(value, rows=tuple(row + start for row in value.rows)) for value in facts.bad]
    return facts


def gather_bad(bad: Iterable[BadValue]) -> tuple[BadValue, ...]:
    """The same value of a column once, over all rows."""
    found: dict[tuple[str, str, str], BadValue] = {}
    for value in bad:
        key = value.column, value.value, value.message
        known = found.get(key)
        if known is not None:
            rows = (*known.rows, *value.rows)[:FIRST_ROWS]
            value = replace(value, count=known.count + value.count, rows=rows)
        found[key] = value
    return tuple(found.values())
