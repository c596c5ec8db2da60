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
    `columns` are what these state, `words` what codes in them stand for. Lists where `is_left` have something that no
    column holds.
    """

    starts: pl.Series
    counts: pl.Series
    is_open: pl.Series
    columns: dict[str, pl.Series] = field(default_factory=dict)
    words: dict[str, list[object]] = field(default_factory=dict)
    is_left: pl.Series = field(init=False)

    def __post_init__(self) -> None:
        self.is_left = pl.repeat(False, len(self.counts), dtype=pl.Boolean, eager=True)

    @property
    def lists(self) -> pl.Series:
        """The list of each member."""
        codes = pl.DataFrame(
            {"list": pl.int_range(len(self.counts), dtype=pl.UInt32, eager=True), "count": self.counts}
        )
        some = codes.filter(pl.col("count") > 0)
        return some.select(pl.col("list").repeat_by("count").explode())["list"] if some.height else some["list"]

    @property
    def places(self) -> pl.Series:
        """The place of each member in its list, from 1."""
        lists = self.lists
        return pl.int_range(1, len(lists) + 1, dtype=pl.UInt32, eager=True) - self.starts.gather(lists)

    def leave(self, where: pl.Series) -> None:
        """Leave the lists of some members to the row engine."""
        if where.any():
            self.is_left = self.is_left.scatter(self.lists.filter(where).unique(), True)


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
    # Members that say the same are one object, as the table is read: each of these is gone through once.
    places: dict[int, int] = {}
    distinct: list[Mapping[str, object]] = []
    for one in listed:
        for member in one:
            if places.setdefault(id(member), len(distinct)) == len(distinct):
                distinct.append(member)
    at = pl.Series([places[id(member)] for one in listed for member in one], dtype=pl.UInt32)
    for column, sort in reads.items():
        name, _, said = column.partition("[].")
        attribute, _, flag = said.partition("|")
        stated = [not is_unstated(member, attribute) for member in distinct]
        values: list[Any] = [m[attribute] if is_stated else None for m, is_stated in zip(distinct, stated, strict=True)]
        if flag == "waits":
            found.columns[column] = _waits(
                found, ~pl.Series(stated, dtype=pl.Boolean).gather(at), kind, name, attribute, names
            )
            continue
        if flag:
            values = [is_stated and value is None for value, is_stated in zip(values, stated, strict=True)]
        elif sort == "truth":  # one that is none does not hold
            values = [bool(value) if is_stated else None for value, is_stated in zip(values, stated, strict=True)]
        elif sort == "number":
            is_held = [value is None or is_whole(value) for value in values]
            found.leave(~pl.Series(is_held, dtype=pl.Boolean).gather(at))
            values = [value if held else None for value, held in zip(values, is_held, strict=True)]
        elif sort == "word":
            words: dict[object, int] = {}
            values = [None if value is None else words.setdefault(value, len(words)) for value in values]
            found.words[column] = list(words)
        found.columns[column] = pl.Series(values, dtype=_TYPES[sort]).gather(at)
    return found


def _waits(members: Members, unstated: pl.Series, kind: str, name: str, attribute: str, names: Names) -> pl.Series:
    """What the members wait for that do not state an attribute; lists are left that would take too many names."""
    waits = pl.repeat(TRUE, len(unstated), dtype=pl.Int64, eager=True)
    place = members.places
    for number in place.filter(unstated).unique().sort().to_list():
        named = kind, f"{name}[{number}].{attribute}"
        here = unstated & (place == number)
        if named not in names.numbers and len(names.numbers) >= MOST_NAMES:
            members.leave(here)
        else:
            waits = waits.set(here, names.truth_of(*named))
    return waits


def listed_in(one: object) -> Sequence[Mapping[str, object]]:
    """The members that a list names."""
    said: Any = one.members if isinstance(one, OpenList) else one
    return said  # type: ignore[no-any-return]  # lists are read by `facts`


def stating(lists: Sequence[object], attributes: Collection[str]) -> pl.Series:
    """Which of some lists have a member that states one of the attributes."""
    found = [any(not is_unstated(m, name) for m in listed_in(one) for name in attributes) for one in lists]
    return pl.Series(found, dtype=pl.Boolean)
