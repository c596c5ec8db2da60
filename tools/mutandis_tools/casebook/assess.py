"""Assessing a case for a person, who wants to know what binds, and of the rest only how much is open.

Most actions turn on facts of which a case states none, and of these it was found out before that nothing settles them.
Such actions are counted and not decided again. What was found is kept, as all else of a rulebook is, by bearer and by
the days between which the law stays as it is.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import Any

from mutandis.backends.engine import Engine
from mutandis.backends.sparing import sparing
from mutandis.dataclass import dataclass
from mutandis.decide.question import Question, checked
from mutandis.decide.result import Decision, Verdict
from mutandis.facts import Facts
from mutandis.link.program import Program
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.store.files import Shelf

_WHOLE = "whole"
_Open = dict[str, tuple[tuple[str, ...], tuple[str, ...]]]
"""Actions that nothing settles as long as none of these facts is stated, with the laws that speak of them."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was decided, and for each action that was not looked at, being open, the laws that speak of it."""

    decisions: tuple[Decision, ...]
    left: tuple[tuple[str, ...], ...]


class Assessing:
    """Assesses the cases of one rulebook, one after another; `save` keeps what was found out on the way."""

    def __init__(self, program: Program, shelf: Shelf) -> None:
        self._program, self._shelf = program, shelf
        self._engine: Engine = sparing(program)
        self._known: dict[str, _Known] = {}

    def assess(self, case: CaseFile, facts: Facts, *, open_too: bool = False) -> Assessment:
        """What binds in the case; `open_too` leaves nothing out. Raises `CaseError` as `Rulebook.assess` does."""
        by, engine, native = case.ask.by or None, self._engine, facts.native
        asked = checked(self._program, "", case.at, case.law_as_of, by, case.holidays)
        if open_too:
            return Assessment(engine.answers(asked, native), ())
        known = self._known_of(by)
        open_ = known.open_on(asked.version)
        left = {action: laws for action, (reads, laws) in open_.items() if native.keys().isdisjoint(reads)}
        decided = engine.answers(asked, native, [action for action in known.actions if action not in left])
        for decision in decided:
            if decision.verdict is Verdict.UNDETERMINED and decision.action not in open_:
                self._learn(open_, decision, asked, native.keys())
                known.is_new = True
        return Assessment(decided, tuple(map(tuple, left.values())))

    def concerns(self, decision: Decision, case: CaseFile, facts: Facts) -> bool:
        """True for what the case's own law says, and for what turns on a fact that the case states."""
        at_home = not case.law or case.law in laws_of(decision)
        return at_home or not self.reads(decision.action, case).isdisjoint(facts.native)

    def reads(self, action: str, case: CaseFile) -> frozenset[str]:
        """The facts that an answer about the action reads, on the case's day and for its bearer."""
        version = checked(self._program, "", case.at, case.law_as_of, None, case.holidays).version
        return self._engine.unit(action, case.ask.by or None, version).reads

    def save(self) -> None:
        """Keep what was found out about actions that are open."""
        for by, known in self._known.items():
            if known.is_new:
                self._shelf.keep(f"open-{by}", known.sections())

    def _known_of(self, by: str | None) -> _Known:
        key = by or "all"
        if key not in self._known:
            kept = self._shelf.fetch(f"open-{key}")
            if kept is None:
                self._known[key] = _Known(self._engine.spoken_of(by), self._engine.days_of_change(by), {})
            else:
                actions: Any = kept.record(_WHOLE, "actions")
                days: Any = kept.record(_WHOLE, "days")
                spans: Any = {int(name): kept.record("spans", name) for name in kept.names("spans")}
                self._known[key] = _Known(tuple(actions), tuple(map(dt.date.fromisoformat, days)), spans)
        return self._known[key]

    def _learn(self, open_: _Open, decision: Decision, asked: Question, stated: Any) -> None:
        """Remember the action where the case states nothing that it turns on."""
        unit = self._engine.unit(decision.action, asked.by, asked.version)
        reads = unit.turns_on()
        if reads is None:
            return
        reads |= unit.derives()  # one of them may be stated, in place of the facts that it follows from
        if reads.isdisjoint(stated):
            open_[decision.action] = tuple(sorted(reads)), laws_of(decision)


def laws_of(decision: Decision) -> tuple[str, ...]:
    """The laws of the norms that decide the action, or still may."""
    places = decision.citations or [c.provision for c in decision.considered if c.status == "unknown"]
    return tuple(dict.fromkeys(place.partition("/")[0] for place in places))


class _Known:
    """What is known of a bearer: the actions spoken of, the days of change, and what is open between two of these."""

    def __init__(self, actions: tuple[str, ...], days: tuple[dt.date, ...], spans: dict[int, _Open]) -> None:
        self.actions, self._days, self._spans = actions, days, spans
        self.is_new = False

    def open_on(self, version: dt.date) -> _Open:
        """The actions that are open under the law of the day."""
        return self._spans.setdefault(bisect_right(self._days, version), {})

    def sections(self) -> dict[str, dict[str, object]]:
        """All of it as records of JSON's own types."""
        spans: dict[str, object] = {str(index): open_ for index, open_ in self._spans.items()}
        days = [day.isoformat() for day in self._days]
        return {_WHOLE: {"actions": list(self.actions), "days": days}, "spans": spans}
