"""Derived facts that a table states: which of them each row states, and the rows that contradict their definitions.

Rows that state the same derived facts are decided together, with these taken as given (S30). Whether what they state
agrees with the other facts is found on the distinct combinations of what the definition reads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import polars as pl

from mutandis.backends.columns.terms import none_of
from mutandis.backends.engine import Engine
from mutandis.dataclass import replace
from mutandis.decide.question import Question
from mutandis.table.facts import TableFacts


def by_what_is_stated(facts: TableFacts, derived: Sequence[str]) -> Iterator[tuple[frozenset[str], pl.Series]]:
    """Which of the `derived` facts are stated, and the rows that state these."""
    said = {name: facts.exact.get(name, (facts.frame[name],))[0].is_not_null() for name in derived}
    for name in facts.nones:
        if name in said:
            said[name] |= facts.frame[none_of(name)]
    frame = pl.DataFrame(said).with_row_index("|row")
    grouped = frame.group_by(derived, maintain_order=True).agg("|row")
    for key, rows in zip(grouped.select(derived).rows(), grouped["|row"], strict=True):
        yield frozenset(name for name, is_stated in zip(derived, key, strict=True) if is_stated), rows


def of_pattern(facts: TableFacts, rows: pl.Series, left_out: Sequence[str]) -> TableFacts:
    """The facts of some rows, without those that none of these states."""
    part = facts.only(rows)
    part.stated = [name for name in facts.stated if name not in left_out]
    return part


def intervals(days: Sequence[dt.date], today: pl.Series) -> pl.Series:
    """Between which of the days on which the law changes each row lies; without a clock, after the last."""
    return pl.Series(days, dtype=pl.Date).search_sorted(today.fill_null(dt.date.max), side="right")


class Definitions:
    """What the definitions of derived facts turn on, found once, and the rows that state something else."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._reads: dict[str, tuple[set[str], bool]] = {}

    def contradicting(
        self, names: frozenset[str], facts: TableFacts, at: dt.date | pl.Series | None, asked: Question
    ) -> pl.Series | None:
        """Which rows, all of which state `names`, state one of them against other facts; None where none does."""
        hits = [rows for name in sorted(names) for rows in self._against(name, names, facts, at, asked)]
        if not hits:
            return None
        return pl.repeat(False, facts.frame.height, dtype=pl.Boolean, eager=True).scatter(pl.concat(hits), True)

    def _against(
        self, name: str, names: frozenset[str], facts: TableFacts, at: dt.date | pl.Series | None, asked: Question
    ) -> Iterator[pl.Series]:
        """The rows that state one fact against their others, by combinations."""
        read, by_clock = self._what_it_reads(name)
        columns = [one for one in facts.stated if one in read and one not in names]
        clock, clocks = (None, at) if isinstance(at, pl.Series) else (at, None)
        days = () if clocks is None or asked.law_as_of else self.engine.versions_of_fact(name)
        versions = (dt.date.min, *days) if days else (asked.version_on(clock),)
        if not any(self.engine.stated.definition(name, day).may_deny(columns, asked) for day in versions):
            return
        keys = _keys(facts, [*columns, name])
        if clocks is not None and by_clock:
            keys = keys.with_columns(clocks.alias("|at"))
        elif clocks is not None and days:
            keys = keys.with_columns(intervals(days, clocks.cast(pl.Date)).alias("|at"))
        rows = keys.with_row_index("|row").group_by(keys.columns, maintain_order=True).agg("|row")["|row"]
        first = rows.list.first()
        cases = facts.cases(first, [*columns, name])
        times = [clock] * len(first) if clocks is None else clocks.gather(first).to_list()
        for case, time, mine in zip(cases, times, rows, strict=True):
            stated = case.pop(name)
            now = replace(asked, at=time)
            definition = self.engine.stated.definition(name, now.version)
            if definition.is_denied(stated, now, case, ()):
                yield mine

    def _what_it_reads(self, name: str) -> tuple[set[str], bool]:
        """The facts that a definition turns on under some version of the law, and whether it asks for the clock."""
        if name not in self._reads:
            days = (dt.date.min, *self.engine.versions_of_fact(name))
            found = [self.engine.stated.definition(name, day) for day in days]
            reads = set[str]().union(*(one.reads for one in found))
            self._reads[name] = reads, any(one.by_clock for one in found)
        return self._reads[name]


def _keys(facts: TableFacts, columns: Sequence[str]) -> pl.DataFrame:
    """What tells rows apart in these facts."""
    keys = facts.frame.select([*columns, *(none_of(one) for one in columns if one in facts.nones)])
    exact = [facts.exact[one][0].alias(f"|exact {one}") for one in columns if one in facts.exact]
    return keys.with_columns(exact)
