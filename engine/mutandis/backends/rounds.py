"""A case assessed over all actions that the law speaks to: several decided in one go where they can be."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING

from mutandis.backends.together import Together
from mutandis.backends.unit import Function, Unit
from mutandis.dataclass import dataclass, replace
from mutandis.decide.bearer import speaks_of
from mutandis.decide.given import as_given
from mutandis.decide.question import Question
from mutandis.decide.result import NOTHING_SAID, Decision

if TYPE_CHECKING:
    from mutandis.backends.engine import Engine

MOST_TOGETHER = 32
"""How many actions are decided in one go: enough to share facts, few enough to be compiled in a moment."""


@dataclass(frozen=True, slots=True)
class Round:
    """How all actions are gone through, by in-force interval: interval `i` is before `days[i]` and from `days[i-1]`."""

    actions: tuple[str, ...]
    days: tuple[dt.date, ...]
    steps: dict[int, tuple[Function | str, ...]] = field(default_factory=dict)


class Rounds:
    """How an engine goes through all actions, made for each bearer when first asked for."""

    __slots__ = ("_engine", "_rounds", "_together")

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rounds: dict[str | None, Round] = {}
        # By the ids of the units in them, which live as long as the engine does.
        self._together: dict[tuple[int, ...], Together] = {}

    def answers(
        self, asked: Question, facts: Mapping[str, object], among: Iterable[str] | None = None
    ) -> tuple[Decision, ...]:
        """The decisions about all actions that the law speaks to in a case of native facts, by name of the action; or
        about those `among` which it does, in their order.
        """
        own, version, by = self._engine, asked.version, asked.by
        if not own.statable.isdisjoint(facts):
            engine, told = own.taking_stated(asked, facts)
            decisions = engine.answers(asked, facts, among)
            return tuple([as_given(d, told, engine.unit(d.action, by, version).reads) for d in decisions])
        found: list[Decision] = []
        told = own.stated.told_of_members(asked, facts) if own.lists.keys() & facts.keys() else {}
        if told or among is not None:
            actions = self.of(by).actions if among is None else among
            decisions = tuple(own.answer(replace(asked, action=name), facts) for name in actions)
            return tuple(d for d in decisions if d.verdict not in NOTHING_SAID)
        for step in self._steps(by, version):
            if not isinstance(step, str):
                step(facts, asked.at, asked.holidays, found.append)
                continue
            decision = own.answer(replace(asked, action=step), facts)
            if decision.verdict not in NOTHING_SAID:
                found.append(decision)
        return tuple(found)

    def of(self, by: str | None) -> Round:
        """How all actions are gone through, as far as the law binds `by`."""
        rounds = self._rounds.get(by)
        if rounds is None:
            actions = tuple(
                name
                for name, component in sorted(self._engine.program.components.items())
                if component.norms and speaks_of(component, by, self._engine.program.vocabulary)
            )
            days = {day for action in actions for day in self._engine.versions(action, by)}
            rounds = self._rounds[by] = Round(actions, tuple(sorted(days)))
        return rounds

    def _steps(self, by: str | None, version: dt.date) -> tuple[Function | str, ...]:
        """How all actions are gone through: functions that each do several, names of actions that stand alone."""
        rounds = self.of(by)
        index = bisect_right(rounds.days, version)
        steps = rounds.steps.get(index)
        if steps is None:
            steps = rounds.steps[index] = tuple(self._make_steps(rounds.actions, by, version))
        return steps

    def _make_steps(self, actions: Sequence[str], by: str | None, version: dt.date) -> Iterator[Function | str]:
        for start in range(0, len(actions), MOST_TOGETHER):
            together: list[Unit] = []
            for action in actions[start : start + MOST_TOGETHER]:
                unit = self._engine.unit(action, by, version)
                if not (unit.asks or unit.compares) and unit.can_be_total:
                    together.append(unit)
                    continue
                yield from self._as_one(together)
                together = []
                yield action if unit.asks or unit.compares else unit.assess_in_doubt
            yield from self._as_one(together)

    def _as_one(self, units: list[Unit]) -> Iterator[Function]:
        """What decides about all of them. Most serve several versions of the law, and are made once."""
        if units:
            key = tuple(id(unit) for unit in units)
            if key not in self._together:
                self._together[key] = Together(self._engine.backend, units)
            yield self._together[key].assess
