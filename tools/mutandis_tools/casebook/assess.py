"""Assessing a case for a person, who wants to know what binds, and of the rest only how much is open.

Most actions turn on facts of which a case states none or a few, and of these it was found out before that nothing
settles them, or that nothing is said of them. Such actions are not decided again. What was found is kept, as all else
of a rulebook is, by bearer and by the days between which the law stays as it is.
"""

from __future__ import annotations

import datetime as dt
import json
from bisect import bisect_right
from dataclasses import replace
from typing import Any, NamedTuple

from mutandis.backends.engine import Engine
from mutandis.backends.explained import derives, is_timed, reads_throughout
from mutandis.backends.sparing import sparing
from mutandis.dataclass import dataclass
from mutandis.decide.question import Question, checked
from mutandis.decide.result import Decision, Verdict
from mutandis.facts import Facts
from mutandis.facts.writing import written
from mutandis.link.program import Program
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.store.files import Shelf

_WHOLE = "whole"
_MOST_STATED = 16
"""Of so many ways to state the facts that an action turns on it is remembered that they leave it open."""


class _Left(NamedTuple):
    """An action that is not looked at, being open: the laws that speak of it, none where nothing is said of it; and
    whether the case states a fact that an answer about it reads.
    """

    laws: tuple[str, ...]
    touched: bool


class _Turns(NamedTuple):
    """What an action turns on, and whether on the clock too; what it is left as, by what a case states of that."""

    reads: frozenset[str]
    is_timed: bool
    open: dict[str, _Left]


_Open = dict[str, _Turns]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What was decided, and the actions that were not looked at."""

    decisions: tuple[Decision, ...]
    left: tuple[_Left, ...]

    def open_of(self, law: str, touched_too: bool) -> int:
        """How many of the latter the law speaks of (any, where none is named), or the case touches."""
        return sum(not law or law in one.laws or (touched_too and one.touched) for one in self.left)


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
        stated = _Stated(facts, asked, self._program)
        found = {action: turns.open.get(stated.of(turns)) for action, turns in open_.items()}
        left = {action: one for action, one in found.items() if one is not None}
        looked_at = [action for action in known.actions if action not in left]
        decided = engine.answers(asked, native, looked_at)
        laws = {one.action: laws_of(one) for one in decided if one.verdict is Verdict.UNDETERMINED}
        settled = {one.action for one in decided} - laws.keys()
        for action in looked_at:
            if action not in settled:
                about = replace(asked, action=action)
                known.is_new |= self._learn(open_, about, laws.get(action, ()), stated)
        return Assessment(decided, tuple(one for one in left.values() if one.laws))

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
                every = self._engine.rounds.of(by)
                self._known[key] = _Known(every.actions, every.days, {})
            else:
                actions: Any = kept.record(_WHOLE, "actions")
                days: Any = kept.record(_WHOLE, "days")
                spans = {int(name): _open_of(kept.record("spans", name)) for name in kept.names("spans")}
                self._known[key] = _Known(tuple(actions), tuple(map(dt.date.fromisoformat, days)), spans)
        return self._known[key]

    def _learn(self, open_: _Open, asked: Question, laws: tuple[str, ...], stated: _Stated) -> bool:
        """Remember how the action is left where the case states no more than this of what it turns on."""
        unit = self._engine.unit(asked.action, asked.by, asked.version)
        turns = open_.get(asked.action)
        if turns is None:
            if unit.compares:  # it is decided under several versions of the law
                return False
            # A derived fact may be stated, in place of the facts that it follows from.
            reads = reads_throughout(unit) | derives(unit)
            turns = open_[asked.action] = _Turns(reads, is_timed(unit), {})
        if len(turns.open) >= _MOST_STATED:
            del turns.open[next(iter(turns.open))]
        turns.open[stated.of(turns)] = _Left(laws, not unit.reads.isdisjoint(stated.facts.native))
        return True


class _Stated:
    """What a case states, written out fact by fact, and when it is decided."""

    __slots__ = ("_time", "_written", "facts")

    def __init__(self, facts: Facts, asked: Question, program: Program) -> None:
        self.facts = facts
        words, holidays = program.vocabulary, asked.holidays
        told = {name: written(value, words.facts.get(name), words) for name, value in facts.native.items()}
        self._written = {name: json.dumps(told[name], sort_keys=True) for name in sorted(told)}
        self._time = f"{asked.at} {None if holidays is None else sorted(map(str, holidays))}"

    def of(self, turns: _Turns) -> str:
        """What is stated of that on which an action turns."""
        of_facts = [f"{name}: {value}" for name, value in self._written.items() if name in turns.reads]
        return "; ".join([*of_facts, self._time] if turns.is_timed else of_facts)


def laws_of(decision: Decision) -> tuple[str, ...]:
    """The laws of the norms that decide the action, or still may; where none does (wording not held), those told."""
    places = decision.citations or [c.provision for c in decision.considered if c.status == "unknown"]
    places = places or [one.provision for one in decision.authority if one.provision]
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
        spans: dict[str, object] = {
            str(index): {action: [sorted(reads), timed, left] for action, (reads, timed, left) in open_.items()}
            for index, open_ in self._spans.items()
        }
        days = [day.isoformat() for day in self._days]
        return {_WHOLE: {"actions": list(self.actions), "days": days}, "spans": spans}


def _open_of(record: Any) -> _Open:
    return {
        action: _Turns(frozenset(reads), timed, {stated: _Left(tuple(laws), on) for stated, (laws, on) in left.items()})
        for action, (reads, timed, left) in record.items()
    }
