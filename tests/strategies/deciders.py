"""The interpreter as what laws and tests put their questions to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from mutandis.backends.interpret import interpreter
from mutandis.decide.order import Reading
from mutandis.decide.result import Decision
from mutandis.link.program import Program


def decide(
    program: Program,
    action: str,
    facts: Mapping[str, object],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> Decision:
    """The interpreter's decision."""
    return interpreter(program).decide(action, facts, at, law_as_of, by, holidays)


def reading_of(program: Program, action: str, facts: Mapping[str, object], at: dt.date | None) -> Reading:
    """What the interpreter reads in a case."""
    day = at.date() if isinstance(at, dt.datetime) else at
    unit = interpreter(program).unit(action, None, day or dt.date.max)
    return unit.reading(*unit.read(facts, at, None, None))
