"""A table that was read: the facts its columns state, row by row, and the values that the vocabulary does not allow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

import polars as pl

from mutandis.backends.columns.terms import none_of
from mutandis.dataclass import dataclass, replace
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class BadValue:
    """A value that the vocabulary does not allow: its column, how many rows have it, the first of them (from 0)."""

    column: str
    value: str
    count: int
    rows: tuple[int, ...]
    slug: str
    message: str
    help: str

    def diagnostic(self) -> Diagnostic:
        """The value as the other questions tell it."""
        rows = ", ".join(str(row) for row in self.rows) + (", ..." if self.count > len(self.rows) else "")
        where = f"in {self.count} row{'' if self.count == 1 else 's'} of column `{self.column}` (from 0: {rows})"
        return diagnose(self.slug, f"{self.message}, {where}", self.help)


@dataclass(slots=True)
class TableFacts:
    """A table read: a column for each fact that it states.

    `words` has what the codes of a column stand for, and `exact` the values of a column that has some which it cannot
    hold: numbers that are not whole, what is said to be unknown. `nones` are the facts of which it says none,
    `unknowns` those that it says to be unknown. Rows where `by_row` is true are decided one by one; where `is_bad`, not
    at all. Facts in `holed` are not known in every row, those in `unusual` have days or numbers of an unusual size.
    """

    frame: pl.DataFrame
    words: dict[str, list[object]] = field(default_factory=dict)
    exact: dict[str, tuple[pl.Series, list[object]]] = field(default_factory=dict)
    stated: list[str] = field(default_factory=list)
    nones: list[str] = field(default_factory=list)
    unknowns: list[str] = field(default_factory=list)
    by_row: pl.Series | None = None
    is_bad: pl.Series | None = None
    bad: list[BadValue] = field(default_factory=list)
    holed: set[str] = field(default_factory=set)
    unusual: set[str] = field(default_factory=set)

    def only(self, rows: pl.Series) -> TableFacts:
        """The facts of some rows, by their places."""
        return replace(
            self,
            frame=self.frame[rows],
            exact={name: (codes.gather(rows), values) for name, (codes, values) in self.exact.items()},
            by_row=None if self.by_row is None else self.by_row.gather(rows),
            is_bad=None if self.is_bad is None else self.is_bad.gather(rows),
        )

    def cases(self, rows: pl.Series, facts: Sequence[str]) -> list[dict[str, object]]:
        """The native facts of some rows, of those named in `facts`."""
        found: list[dict[str, object]] = [{} for _ in range(len(rows))]
        for name in facts:
            if name in self.exact:
                codes, words = self.exact[name]
                column = [None if c is None else words[c] for c in codes.gather(rows).to_list()]
            elif name in self.words:
                words = self.words[name]
                column = [None if c is None else words[c] for c in self.frame[name].gather(rows).to_list()]
            else:
                column = self.frame[name].gather(rows).to_list()
            for case, value in zip(found, column, strict=True):
                if value is not None:
                    case[name] = value
            if name in self.nones:
                for case, is_none in zip(found, self.frame[none_of(name)].gather(rows).to_list(), strict=True):
                    if is_none:
                        case[name] = None
        return found
