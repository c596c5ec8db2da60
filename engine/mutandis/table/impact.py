"""What an amendment changes for a population: which cases come out otherwise, from what to what, by what provision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Final

import polars as pl

from mutandis.backends.engine import Engine
from mutandis.dataclass import dataclass
from mutandis.decide.flip import ABSENT, Flip, Flips, Told, rests_on, turned
from mutandis.decide.question import Question, known_action
from mutandis.table.decide import gather_bad, read_rows
from mutandis.table.engine import Clock, TableEngine
from mutandis.table.facts import BadValue, TableFacts
from mutandis.table.given import check_some_fact, clock_of, slices_of
from mutandis.table.named import is_of
from mutandis.table.table import SEPARATOR, DecisionTable, Slice

AT_ONCE: Final = 1 << 16
"""How many rows are compared at a time."""
_TOLD = ("verdict", "citations", "breaches", "missing")


@dataclass(frozen=True, slots=True)
class Sample:
    """A case that comes out otherwise: its row (from 0) and what the columns that are no facts say of it."""

    row: int
    columns: dict[str, object]


@dataclass(frozen=True, slots=True)
class Impact:
    """What changes for a population of so many rows, most cases first.

    `actions` is how many actions were asked about, `changed` how many rows come out otherwise on some action. `bad` are
    values that one of the rulebooks does not allow: such a row has the verdict `error` there.
    """

    rows: int
    actions: int
    changed: int
    flips: tuple[Flip[Sample], ...]
    bad: tuple[BadValue, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of both rulebooks about each row, about these actions (None: all that norms speak of in either).

    `at` is the clock, or the column that has it.
    """

    actions: tuple[str, ...] | None
    question: Question
    at: dt.date | str | None = None
    none: object = None
    samples: int = 3


def impact(
    old: Engine, new: Engine, population: object, asked: Asked, progress: Callable[[int, int], None] | None = None
) -> Impact:
    """Decide a population by two rulebooks and tell what comes out otherwise: see `Rulebook.impact`."""
    for action in asked.actions or ():
        if action not in new.program.components:
            known_action(old.program, action)
    actions = asked.actions or tuple(
        sorted({name for e in (old, new) for name, component in e.program.components.items() if component.norms})
    )
    return _Comparison((old, new), actions, asked, Flips(asked.samples)).run(population, progress)


@dataclass(slots=True)
class _Comparison:
    engines: tuple[Engine, Engine]
    actions: Sequence[str]
    asked: Asked
    found: Flips[Sample]
    tables: dict[tuple[int, str], TableEngine] = field(default_factory=dict)
    alike: dict[str, bool] = field(default_factory=dict)

    def run(self, population: object, progress: Callable[[int, int], None] | None) -> Impact:
        if isinstance(population, str | Path):
            check_some_fact(Path(population), [engine.program.vocabulary for engine in self.engines])
        rows, slices = slices_of(population, AT_ONCE)
        start = changed = 0
        bad: list[BadValue] = []
        for frame in slices:
            changed += self._compare(frame, start, bad)
            start += frame.height
            if progress is not None:
                progress(start, rows)
        return Impact(start, len(self.actions), changed, self.found.counted(), gather_bad(bad))

    def _compare(self, frame: pl.DataFrame, start: int, bad: list[BadValue]) -> int:
        clock = clock_of(frame, self.asked.at, start)
        none, at = self.asked.none, self.asked.at
        facts = [read_rows(self._own(frame, side), self.engines[side], none, start, at) for side in (0, 1)]
        wrong = {_said(value): value for side in facts for value in side.bad}
        changed = pl.repeat(False, frame.height, eager=True)
        for action in self.actions:
            if action not in self.alike:
                self.alike[action] = self._is_alike(action, clock)
            if self.alike[action]:
                continue
            before, after = (self._decided(side, action, facts[side], clock) for side in (0, 1))
            for decided in (before, after):
                if decided is not None:
                    wrong = {_said(value): value for value in decided.engine.contradictions.bad(start)} | wrong
            differ = _verdicts(before, frame.height) != _verdicts(after, frame.height)
            if differ.any():
                changed |= differ
                where = differ.arg_true()
                self._gather(action, frame, where, start, _told(before, where), _told(after, where))
        bad += wrong.values()
        return int(changed.sum())

    def _own(self, frame: pl.DataFrame, side: int) -> pl.DataFrame:
        """The columns that one of the rulebooks can read: without those that are facts of the other alone."""
        mine, others = (self.engines[k].program.vocabulary for k in (side, 1 - side))
        return frame.drop([name for name in frame.columns if is_of(name, others) and not is_of(name, mine)])

    def _decided(self, side: int, action: str, facts: TableFacts, clock: Clock) -> DecisionTable | None:
        engine = self.engines[side]
        if action not in engine.program.components:
            return None
        table = self.tables.get((side, action))
        if table is None:
            table = self.tables[side, action] = TableEngine(engine, self.asked.question.about(action))
        return DecisionTable(table, [Slice(0, facts, clock, table.codes(facts, clock))])

    def _is_alike(self, action: str, clock: Clock) -> bool:
        """True where both rulebooks say the same about an action, word by word, so that nothing can differ."""
        if any(action not in engine.program.components for engine in self.engines) or isinstance(clock, pl.Series):
            return False
        question = self.asked.question.about(action)
        units = [TableEngine(engine, question).unit(clock) for engine in self.engines]
        if any(unit.compares or unit.asks for unit in units):
            return False
        one, other = units
        return one.lowered == other.lowered and one.plan == other.plan

    def _gather(
        self,
        action: str,
        frame: pl.DataFrame,
        where: pl.Series,
        start: int,
        before: pl.DataFrame,
        after: pl.DataFrame,
    ) -> None:
        names = [name for name in frame.columns if not any(is_of(name, e.program.vocabulary) for e in self.engines)]
        both = before.rename(lambda name: f"before {name}").hstack(after.rename(lambda name: f"after {name}"))
        both = both.with_columns(where.alias("row"))
        first = pl.col("row").head(self.asked.samples)
        groups = both.group_by([c for c in both.columns if c != "row"], maintain_order=True).agg(pl.len(), first)
        for group in groups.iter_rows(named=True):
            samples = [Sample(start + row, _columns(frame, row, names)) for row in group["row"]]
            kind = turned(action, _answer(group, "before"), _answer(group, "after"))
            self.found.take(kind, samples, group["len"])


def _said(value: BadValue) -> tuple[str, str, str]:
    return value.column, value.value, value.message


def _columns(frame: pl.DataFrame, row: int, names: Sequence[str]) -> dict[str, object]:
    return {name: frame[name][row] for name in names}


def _answer(group: dict[str, Any], side: str) -> Told:
    cited, breached, missing = (
        [part for part in group[f"{side} {name}"].split(SEPARATOR) if part] for name in _TOLD[1:]
    )
    places = rests_on(cited, [part.partition(": ")[0] for part in breached])
    return Told(group[f"{side} verdict"], places, tuple(missing))


def _verdicts(decided: DecisionTable | None, rows: int) -> pl.Series:
    return pl.repeat(ABSENT, rows, eager=True) if decided is None else decided.verdict.cast(pl.String)


def _told(decided: DecisionTable | None, where: pl.Series) -> pl.DataFrame:
    """What is told of some rows."""
    if decided is None:
        return pl.DataFrame({"verdict": [ABSENT] * len(where), **{part: [""] * len(where) for part in _TOLD[1:]}})
    one = decided.slices[0]
    facts = one.facts.only(where)
    clock = one.at.gather(where) if isinstance(one.at, pl.Series) else one.at
    part = DecisionTable(decided.engine, [Slice(0, facts, clock, one.codes.gather(where))])
    return part.frame(*_TOLD).cast(pl.String)
