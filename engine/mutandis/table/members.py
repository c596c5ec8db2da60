"""The members of the lists of a table, as columns of their own (`backends.columns.members`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any, Final

import polars as pl

from mutandis.backends.columns.nodes import OVER_MEMBERS, Sort, X, walk
from mutandis.backends.columns.terms import MOST_NAMES
from mutandis.backends.lists import is_unstated
from mutandis.dataclass import dataclass
from mutandis.decide.names import Names
from mutandis.decide.ternary import TRUE
from mutandis.table.read import is_whole
from mutandis.values import OpenList

_TYPES: Final[Mapping[Sort, Any]] = {
    "truth": pl.Boolean,
    "number": pl.Int64,
    "date": pl.Date,
    "moment": pl.Datetime("us"),
    "word": pl.UInt32,
    "waits": pl.Int64,
}


@dataclass(slots=True)
class Members:
    """The members of the lists that the codes of a column stand for, one list after the other.

    List `k` has `counts[k]` members from the place `starts[k]` on, and `is_open[k]` says whether it may have more.
    `columns` are what these state, `words` what codes in them stand for. Lists at `left` have something that no column
    holds.
    """

    starts: pl.Series
    counts: pl.Series
    is_open: pl.Series
    columns: dict[str, pl.Series] = field(default_factory=dict)
    words: dict[str, list[object]] = field(default_factory=dict)
    left: set[int] = field(default_factory=set)

    @property
    def is_left(self) -> pl.Series:
        """Whether each list is at `left`."""
        return pl.Series([code in self.left for code in range(len(self.counts))], dtype=pl.Boolean)


def columns_read(tops: Iterable[X]) -> dict[str, dict[str, Sort]]:
    """Which columns of members some expressions read, and what these hold; by the list."""
    found: dict[str, dict[str, Sort]] = {}
    for x in walk(list(tops)):
        if x.op == "member":
            column = str(x.setting)
            found.setdefault(column.partition("[].")[0], {})[column] = x.sort
        elif x.op in OVER_MEMBERS or x.op == "is_open":
            found.setdefault(str(x.args[0].setting), {})
    return found


def members_of(lists: Sequence[object], reads: Mapping[str, Sort], kind: str, names: Names) -> Members:
    """The members of lists, with the columns that are read of them.

    What a member does not state waits for a name of its own, as `kind`; a list is left where these are too many.
    """
    listed = [listed_in(one) for one in lists]
    counts = pl.Series([len(one) for one in listed], dtype=pl.UInt32)
    is_open = pl.Series([isinstance(one, OpenList) for one in lists], dtype=pl.Boolean)
    found = Members(counts.cum_sum() - counts, counts, is_open)
    members = [(code, place, m) for code, one in enumerate(listed) for place, m in enumerate(one, 1)]
    for column, sort in reads.items():
        name, _, said = column.partition("[].")
        attribute, _, flag = said.partition("|")
        stated = [not is_unstated(member, attribute) for _, _, member in members]
        values: list[Any] = [
            m.get(attribute) if said else None for (_, _, m), said in zip(members, stated, strict=True)
        ]
        codes = [code for code, _, _ in members]
        if flag == "waits":
            places = [None if said else place for (_, place, _), said in zip(members, stated, strict=True)]
            values = [_waits(kind, f"{name}[{place}].{attribute}", names) if place else TRUE for place in places]
            found.left.update(code for code, waits in zip(codes, values, strict=True) if waits is None)
        elif flag:
            values = [is_stated and value is None for value, is_stated in zip(values, stated, strict=True)]
        elif sort == "truth":  # one that is none does not hold
            values = [bool(value) if is_stated else None for value, is_stated in zip(values, stated, strict=True)]
        elif sort == "number":
            found.left.update(c for c, v in zip(codes, values, strict=True) if v is not None and not is_whole(v))
            values = [value if is_whole(value) else None for value in values]
        elif sort == "word":
            words: dict[object, int] = {}
            values = [None if value is None else words.setdefault(value, len(words)) for value in values]
            found.words[column] = list(words)
        found.columns[column] = pl.Series(values, dtype=_TYPES[sort])
    return found


def _waits(kind: str, name: str, names: Names) -> int | None:
    """What waits for a name; None where there are too many already."""
    is_one_more = (kind, name) not in names.numbers and len(names.numbers) >= MOST_NAMES
    return None if is_one_more else names.truth_of(kind, name)


def listed_in(one: object) -> Sequence[Mapping[str, object]]:
    """The members that a list names."""
    said: Any = one.members if isinstance(one, OpenList) else one
    return said  # type: ignore[no-any-return]  # lists are read by `facts`


def stating(lists: Sequence[object], attributes: Collection[str]) -> pl.Series:
    """Which of some lists have a member that states one of the attributes."""
    found = [any(not is_unstated(m, name) for m in listed_in(one) for name in attributes) for one in lists]
    return pl.Series(found, dtype=pl.Boolean)
