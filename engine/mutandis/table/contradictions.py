"""Rows that contradict themselves: a derived fact is stated and follows otherwise from the other facts (S30)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

import polars as pl

from mutandis.dataclass import dataclass
from mutandis.diagnostics import ContradictionError, Diagnostic
from mutandis.facts.misfits import shown
from mutandis.facts.writing import written
from mutandis.table.facts import BadValue
from mutandis.table.read import FIRST_ROWS
from mutandis.vocabulary import Vocabulary


@dataclass(slots=True)
class Contradictions:
    """The rows of a table, by what is wrong with them: told once, however many actions are asked about."""

    vocabulary: Vocabulary
    _found: dict[tuple[str, str, Diagnostic], list[pl.Series]] = field(default_factory=dict)

    def add(self, error: ContradictionError, case: Mapping[str, object], rows: pl.Series) -> None:
        """Rows that are the same case, and what is wrong with it."""
        for fact, diagnostic in error.by_fact:
            declared = self.vocabulary.facts.get(fact)
            value = "" if fact not in case else shown(written(case[fact], declared, self.vocabulary))
            self._found.setdefault((fact, value, diagnostic), []).append(rows)

    def update(self, other: Contradictions, rows: pl.Series | None = None) -> None:
        """Add what was found of the same rows about another action, or of a part of them, which are at `rows`."""
        for key, pieces in other._found.items():
            mine = pieces if rows is None else [rows.gather(piece) for piece in pieces]
            self._found.setdefault(key, []).extend(mine)

    def where(self, rows: int) -> pl.Series | None:
        """Which of so many rows contradict themselves; None where none does."""
        pieces = [piece for many in self._found.values() for piece in many]
        if not pieces:
            return None
        return pl.repeat(False, rows, dtype=pl.Boolean, eager=True).scatter(pl.concat(pieces).unique(), True)

    def bad(self, start: int) -> list[BadValue]:
        """What is wrong, with how many rows have it; the first row is the one of number `start`."""
        found: list[BadValue] = []
        for (fact, value, why), pieces in self._found.items():
            rows = pl.concat(pieces).unique().sort()
            first = tuple(start + row for row in rows.head(FIRST_ROWS).to_list())
            found.append(BadValue(fact, value, len(rows), first, why.slug, why.message, why.help))
        return found
