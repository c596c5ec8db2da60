"""The linked program's parts as JSON, and back: closed, data only.

A tuple is an array; any other kind of value that JSON lacks is an object with one key that names the kind. Only the
record types listed here are ever made, from positional fields, so nothing in a file can name code. Spans stay out: a
bundle has no files to point into.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields
from fractions import Fraction
from typing import Any

from mutandis import calendar, citation, datatypes, values, vocabulary
from mutandis.condition import tree
from mutandis.errors import MutandisError
from mutandis.link import program
from mutandis.rulebook import model

_TYPES: tuple[type[Any], ...] = (
    calendar.Counting,
    citation.Citation,
    citation.CitationRange,
    datatypes.DataType,
    values.Duration,
    values.Period,
    *(node for node in tree.NODES if node is not tree.Name),  # names are gone once a condition is checked
    vocabulary.FactDeclaration,
    vocabulary.Term,
    vocabulary.Division,
    vocabulary.ActionDeclaration,
    model.Construal,
    model.Entry,
    model.Exclusion,
    model.Ground,
    model.Instrument,
    model.Law,
    model.Interval,
    model.Deadline,
    model.Order,
    model.Penalty,
    model.PenaltyOption,
    model.Requirement,
    model.Rule,
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
_BY_NAME: dict[str, type[Any]] = {t.__name__: t for t in _TYPES}
_FIELDS: dict[type[Any], tuple[str, ...]] = {
    t: tuple(f.name for f in fields(t) if f.init and f.name not in ("span", "spans")) for t in _TYPES
}
_BY_PLACE = frozenset(t for t, names in _FIELDS.items() if t.__match_args__[: len(names)] == names)
"""The types whose recorded fields come first, so that they need not be named."""


class RecordError(MutandisError):
    """A record that no program of this library could have written."""


def encode(value: object) -> object:
    """`value` in JSON's own types. Raises `RecordError` for a type that no program holds."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    names = _FIELDS.get(type(value))
    if names is not None:
        return {type(value).__name__: [encode(getattr(value, name)) for name in names]}
    if isinstance(value, Fraction):
        return {"fraction": str(value)}
    if isinstance(value, dt.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, dt.date):
        return {"date": value.isoformat()}
    if isinstance(value, frozenset):
        return {"set": sorted(encode(item) for item in value)}  # type: ignore[type-var]  # sets hold names only
    raise RecordError(f"no record for {type(value).__name__}")


def decode(data: object) -> Any:
    """The value that `encode` wrote as `data`. Raises `RecordError` for anything else."""
    if type(data) is list:
        return tuple([item if type(item) is str else decode(item) for item in data])
    if type(data) is not dict:
        return data
    if len(data) != 1:
        raise RecordError("a record has one kind")
    ((kind, content),) = data.items()
    made = _BY_NAME.get(kind)
    if made is not None:
        names = _FIELDS[made]
        if not isinstance(content, list) or len(content) != len(names):
            raise RecordError(f"a {kind} record of another shape")
        # Most of a record is text: that is no call.
        items = [item if type(item) is str else decode(item) for item in content]
        return made(*items) if made in _BY_PLACE else made(**dict(zip(names, items, strict=True)))
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
