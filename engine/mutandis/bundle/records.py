"""The linked program's parts read from JSON: closed, data only. `written` writes them.

A tuple is an array; any other kind of value that JSON lacks is an object with one key that names the kind. Only the
record types listed here are ever made, from positional fields, so nothing in a file can name code. Spans stay out: a
bundle has no files to point into.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from fractions import Fraction
from functools import cache
from typing import Any, get_args

from mutandis import citation, datatypes, values, vocabulary
from mutandis.calendar import counting
from mutandis.condition import tree
from mutandis.errors import MutandisError
from mutandis.link import program
from mutandis.rulebook import law

_TYPES: tuple[type[Any], ...] = (
    counting.Counting,
    citation.Citation,
    citation.CitationRange,
    datatypes.DataType,
    values.Duration,
    values.Period,
    *(
        node for node in get_args(tree.Expression) if node is not tree.Name
    ),  # names are gone once a condition is checked
    vocabulary.FactDeclaration,
    vocabulary.Term,
    vocabulary.Division,
    vocabulary.ActionDeclaration,
    law.Instrument,
    law.Law,
    law.Interval,
    law.Deadline,
    law.PenaltyOption,
    program.Step,
    program.LinkedGround,
    program.LinkedExclusion,
    program.Bound,
    program.LinkedRequirement,
    program.Norm,
    program.Beat,
    program.LinkedPenalty,
    program.Component,
    program.LinkedEntry,
    program.Derivation,
    program.DerivedFact,
    program.ExternalApplication,
    program.Delegation,
    program.ListClause,
    program.BroughtUnder,
    program.EventClause,
    program.Gap,
)


class _Kinds:
    """Records by the names of their types, with the fields that are recorded of each."""

    __slots__ = ("by_name", "by_place", "fields")

    def __init__(self, types: tuple[type[Any], ...]) -> None:
        self.by_name = {t.__name__: t for t in types}
        self.fields = {t: tuple(f.name for f in fields(t) if f.init and f.name not in ("span", "spans")) for t in types}
        # The types whose recorded fields come first, so that they need not be named.
        self.by_place = frozenset(t for t, names in self.fields.items() if t.__match_args__[: len(names)] == names)


KINDS = _Kinds(_TYPES)
_PLAIN = frozenset({"fraction", "moment", "date", "set"})
"""Values that JSON lacks and that are no records."""


@cache
def kinds_of_source() -> _Kinds:
    """What no bundle has, and what is kept of files between commands has."""
    from mutandis.rulebook import model as m

    parts = (m.Construal, m.Entry, m.Exclusion, m.Ground, m.Order, m.Penalty, m.Requirement, m.Rule)
    return _Kinds(parts)


class RecordError(MutandisError):
    """A record that no program of this library could have written."""


def decode(data: object) -> Any:
    """The value that `encode` wrote as `data`. Raises `RecordError` for anything else."""
    if type(data) is list:
        return tuple([item if type(item) is str else decode(item) for item in data])
    if type(data) is not dict:
        return data
    if len(data) != 1:
        raise RecordError("a record has one kind")
    ((kind, content),) = data.items()
    kinds, made = KINDS, KINDS.by_name.get(kind)
    if made is None and kind not in _PLAIN:
        kinds = kinds_of_source()
        made = kinds.by_name.get(kind)
    if made is not None:
        names = kinds.fields[made]
        if not isinstance(content, list) or len(content) != len(names):
            raise RecordError(f"a {kind} record of another shape")
        # Most of a record is text: that is no call.
        items = [item if type(item) is str else decode(item) for item in content]
        return made(*items) if made in kinds.by_place else made(**dict(zip(names, items, strict=True)))
    match kind:
        case "fraction":
            return Fraction(content)
        case "moment":
            return dt.datetime.fromisoformat(content)
        case "date":
            return dt.date.fromisoformat(content)
        case "set":
            return frozenset(content)
        case _:
            raise RecordError(f"no record is called `{kind}`")
