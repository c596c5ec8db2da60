"""Derived facts that a table states: which of them each row states, and the rows that contradict their definitions.

Rows that state the same derived facts are decided together, with these taken as given (S30). Whether what they state
agrees with the other facts is found on the distinct combinations of what the definition reads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import polars as pl

from mutandis.backends.columns.terms import none_of, reads_of, unknown_of
from mutandis.backends.engine import Engine
from mutandis.condition import tree as t
from mutandis.decide.given import is_same
from mutandis.decide.question import Question
from mutandis.ir.component import lower_component
from mutandis.link.program import Component
from mutandis.table.read import TableFacts
from mutandis.values import UNKNOWN

FactsOfNorms = Callable[[str, dt.date], set[str]]
"""The facts that the norms at a place turn on, on a version date."""


def by_what_is_stated(facts: TableFacts, derived: Sequence[str]) -> Iterator[tuple[frozenset[str], pl.Series]]:
    """Which of the `derived` facts are stated, and the rows that state these."""
    said = {name: facts.frame[name].is_not_null() for name in derived}
    for flag, flagged in ((none_of, facts.nones), (unknown_of, facts.unknowns)):
        for name in flagged:
            if name in said:
                said[name] |= facts.frame[flag(name)]
    frame = pl.DataFrame(said).with_row_index("|row")
    grouped = frame.group_by(derived, maintain_order=True).agg("|row")
    for key, rows in zip(grouped.select(derived).rows(), grouped["|row"], strict=True):
        yield frozenset(name for name, is_stated in zip(derived, key, strict=True) if is_stated), rows


def of_pattern(facts: TableFacts, rows: pl.Series, left_out: Sequence[str]) -> TableFacts:
    """The facts of some rows, without those that none of these states."""
    part = facts.only(rows)
    part.stated = [name for name in facts.stated if name not in left_out]
    return part


def contradicting(
    engine: Engine,
    names: frozenset[str],
    facts: TableFacts,
    at: dt.date | pl.Series | None,
    asked: Question,
    facts_of_norms: FactsOfNorms,
) -> pl.Series | None:
    """Which rows, all of which state `names`, state one of them against their other facts; None where none does."""
    wrong: pl.Series | None = None
    for name in sorted(names):
        mine = _Definition(engine, name, names, facts, facts_of_norms).contradicting(at, asked)
        if mine is not None and mine.any():
            wrong = mine if wrong is None else wrong | mine
    return wrong


class _Definition:
    """One derived fact that all rows of a table state."""

    def __init__(
        self, engine: Engine, name: str, names: frozenset[str], facts: TableFacts, facts_of_norms: FactsOfNorms
    ) -> None:
        self.engine, self.name, self.names, self.facts = engine, name, names, facts
        self.facts_of_norms = facts_of_norms

    def contradicting(self, at: dt.date | pl.Series | None, asked: Question) -> pl.Series | None:
        """Which rows state it against their other facts; None where none does."""
        days = self.engine.versions_of_fact(self.name)
        read, by_clock = self._reads(days)
        columns = [name for name in self.facts.stated if name in read and name not in self.names]
        keys = self._keys([*columns, self.name])
        if isinstance(at, pl.Series) and by_clock:
            keys = keys.with_columns(at.alias("|at"))
        elif isinstance(at, pl.Series) and asked.law_as_of is None and days:
            today = at.cast(pl.Date).fill_null(dt.date.max)
            keys = keys.with_columns(pl.Series(days, dtype=pl.Date).search_sorted(today, side="right").alias("|at"))
        grouped = keys.with_row_index("|row").group_by(keys.columns, maintain_order=True).agg("|row")
        rows = grouped["|row"]
        first = rows.list.first()
        cases = self.facts.cases(first, [*columns, self.name])
        times = at.gather(first).to_list() if isinstance(at, pl.Series) else [at] * len(first)
        hits: list[pl.Series] = []
        for case, time, mine in zip(cases, times, rows, strict=True):
            others = {name: value for name, value in case.items() if name != self.name}
            found = self.engine.value(self.name, others, replace(asked, at=time))
            if found.known and case[self.name] is not UNKNOWN and not is_same(found.value, case[self.name]):
                hits.append(mine)
        if not hits:
            return None
        return pl.repeat(False, keys.height, dtype=pl.Boolean, eager=True).scatter(pl.concat(hits), True)

    def _keys(self, columns: Sequence[str]) -> pl.DataFrame:
        """What tells rows apart in these facts."""
        facts = self.facts
        keys = facts.frame.select([*columns, *(none_of(one) for one in columns if one in facts.nones)])
        exact = [facts.exact[one][0].alias(f"|exact {one}") for one in columns if one in facts.exact]
        return keys.with_columns(exact)

    def _reads(self, days: Sequence[dt.date]) -> tuple[set[str], bool]:
        """The facts that the definition turns on under some version of the law, and whether it asks for the clock."""
        read: set[str] = set()
        by_clock = False
        nothing = Component(f"§value {self.name}", "silent", (), ())
        for day in (dt.date.min, *days):
            lowered = lower_component(self.engine.program, nothing, day, also=[t.Fact(self.name)])
            names, _, clocks, applies = reads_of(lowered.also, lowered)
            read |= names
            by_clock = by_clock or bool(applies) or not clocks <= {"days_off"}
            for citation in applies:
                read |= self.facts_of_norms(citation, day)
        return read, by_clock
