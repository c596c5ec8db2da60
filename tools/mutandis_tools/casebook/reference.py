"""The reference interpreter as something that decides, to run the cases by the definition itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from mutandis.decide.result import NOTHING_SAID, Decision
from mutandis.evaluate.reference import decide
from mutandis.link.program import Program


@dataclass(frozen=True, slots=True)
class ReferenceDecider:
    """Decides by the reference interpreter: slow, and what every other way to decide is held against."""

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
        """The decision about `action`. Raises `KeyError` for an action that is not declared."""
        return decide(self.program, action, facts, at=at, law_as_of=law_as_of, by=by, holidays=holidays)

    def assess(
        self,
        facts: Mapping[str, object],
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> tuple[Decision, ...]:
        """The decision about every action that the law speaks to, by name of the action."""
        actions = (name for name, component in sorted(self.program.components.items()) if component.norms)
        decided = (self.decide(a, facts, at=at, law_as_of=law_as_of, by=by, holidays=holidays) for a in actions)
        return tuple(decision for decision in decided if decision.verdict not in NOTHING_SAID)
