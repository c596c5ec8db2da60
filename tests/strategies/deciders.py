"""The reference interpreter as a decider, for laws and tests that put questions to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from mutandis.decide.result import Decision
from mutandis.evaluate.reference import decide
from mutandis.link.program import Program


@dataclass(frozen=True, slots=True)
class Reference:
    """Decides by the reference interpreter."""

    program: Program

    def decide(
        self,
        action: str,
        facts: Mapping[str, object],
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> Decision:
        """The reference's decision."""
        return decide(self.program, action, facts, at=at, law_as_of=law_as_of, by=by, holidays=holidays)
