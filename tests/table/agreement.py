"""What a table comes to, and what is decided about each of its rows.

Many rows for every action of the shipped rulebook: `python -m tests.table.agreement --rows 1000`; with `--varied` they
are asked about in every way there is. A table of 4,000 rows costs little more than one of 1,000. `--until 18:40` goes
on with seed after seed until that time of the day, `--total 10000000` until so many rows were compared. With `--notes
FILE` a run that was broken off goes on from there, and `--processes 2` compares in two processes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import polars as pl
from tests.table.tables import Table, near, random_table, with_sentinels

from mutandis import CaseError, Decision, Rulebook
from mutandis.backends.engine import Engine
from mutandis.table.table import PARTS, part_of, record_of

KNOWN = (1.0, 0.95, 0.8, 0.5)
"""How much of a column is known."""


@dataclass(frozen=True)
class Asked:
    """How a table is asked about: the clocks of its rows, and what one question says of all of them."""

    table: Table
    frame: pl.DataFrame
    at: str | dt.date | None
    clocks: list[dt.date | None]
    law_as_of: dt.date | None = None
    by: str | None = None
    holidays: frozenset[dt.date] | None = None
    none: Mapping[str, object] | None = None


def asked_plainly(table: Table) -> Asked:
    """By the clock of each row, and nothing else."""
    return Asked(table, table.frame, "clock", list(table.clocks))


def asked_variously(book: Rulebook, action: str, table: Table, rng: Random) -> Asked:
    """With days, moments, one clock or none; the law of another day, a bearer, holidays, values that stand for none."""
    component = book.program.components[action]
    marks = [*Engine(book.program).versions(action, None), dt.date(2024, 2, 29)]
    bearers = sorted({one for norm in component.norms for one in norm.by})
    by = rng.choice(bearers) if bearers and rng.random() < 0.3 else None
    law_as_of = near(marks, rng) if rng.random() < 0.3 else None
    holidays = frozenset(near(marks, rng) for _ in range(40)) if rng.random() < 0.3 else None
    frame, none = with_sentinels(book, table, rng) if rng.random() < 0.4 else (table.frame, None)
    clocks: list[dt.date | None] = list(table.clocks)
    at: str | dt.date | None = "clock"
    match rng.choice(("days", "days", "moments", "one", "none")):
        case "moments":
            clocks = [dt.datetime.combine(day, dt.time(rng.randrange(24), rng.choice((0, 30)))) for day in table.clocks]
            frame = frame.with_columns(pl.Series("clock", clocks, dtype=pl.Datetime("us")))
        case "one":
            at = rng.choice((table.clocks[0], dt.datetime.combine(table.clocks[0], dt.time(9, 30))))
            clocks = [at] * len(clocks)
        case "none":
            at, clocks = None, [None] * len(clocks)
    return Asked(table, frame, at, clocks, law_as_of, by, holidays, none)


def disagreements(
    book: Rulebook, action: str, rows: int, known: float, seed: int = 0, *, derived: bool = False, varied: bool = False
) -> Iterator[str]:
    """Decide a random table of an action, and tell each row that is decided otherwise by itself."""
    rng = Random(f"{known} {seed} {action}")
    table = random_table(book, action, rows, rng, known, derived=derived)
    asked = asked_variously(book, action, table, rng) if varied else asked_plainly(table)
    said: Any = {"law_as_of": asked.law_as_of, "by": asked.by, "holidays": asked.holidays}
    frame = book.decide_table(action, asked.frame, at=asked.at, on_bad="error", none=asked.none, **said).frame(*PARTS)
    told_of = _Telling()
    known_rows: dict[object, list[Any]] = {}
    columns = [frame[part].to_list() for part in PARTS]
    for case, at, *row in zip(table.cases, asked.clocks, *columns, strict=True):
        told = known_rows.get(key := _key(case, at))
        if told is None:  # of equal rows one is decided
            try:
                decision: Decision | None = book.decide(action, case, at=at, **said)
            except CaseError:  # a random case that contradicts itself is in error in a table
                decision = None
            told = known_rows[key] = told_of(decision)
        if row != told:
            both = zip(PARTS, row, told, strict=True)
            differ = {part: (one, other) for part, one, other in both if one != other}
            yield f"{action} at {at}, {said}: {differ} in {case}"


def _key(case: Mapping[str, object], at: dt.date | None) -> object:
    """What equal rows have in common: lists and periods by their text."""
    return at, tuple((name, repr(value) if isinstance(value, list | dict) else value) for name, value in case.items())


@dataclass
class _Telling:
    """The parts of a decision as a table tells them. What decisions have in common is written out once."""

    texts: dict[tuple[str, int], tuple[object, str]] = field(default_factory=dict)

    def __call__(self, decision: Decision | None) -> list[Any]:
        return [self._part(decision, part) for part in PARTS]

    def _part(self, decision: Decision | None, part: str) -> Any:
        if part in ("limits", "deadlines") or decision is None:
            return told_of(decision, part)
        said = getattr(decision, part)
        known = self.texts.get((part, id(said)))
        if known is None:
            # What is told is kept with its text, so that nothing else has its identity.
            known = self.texts[part, id(said)] = said, told_of(decision, part)
        return known[1]


def told_of(decision: Decision | None, part: str) -> Any:
    """A part of a decision as a table tells it."""
    if part in ("limits", "deadlines"):
        return [] if decision is None else [record_of(item, part) for item in getattr(decision, part)]
    return part_of(decision, part)


# --- many tables ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What is compared of an action under one seed: a table of so many rows for each share of what is known."""

    rows: int
    varied: bool
    derived: tuple[bool, bool]
    """Whether derived facts are stated under an even seed, and under an odd one."""

    def lines(self, book: Rulebook, action: str, seed: int) -> list[str]:
        """Every disagreement."""
        asked: Any = {"varied": self.varied, "derived": self.derived[seed % 2]}
        return [one for known in KNOWN for one in disagreements(book, action, self.rows, known, seed, **asked)]


_LOADED: list[Rulebook] = []


def _load() -> None:
    _LOADED.append(Rulebook.load())


def _lines(plan: Plan, action: str, seed: int) -> list[str]:
    return plan.lines(_LOADED[0], action, seed)


@dataclass
class Notes:
    """What was compared: a line for each seed and action, of one plan and one rulebook; in a file, if there is one."""

    path: Path | None
    about: dict[str, object]
    done: set[tuple[int, str]] = field(default_factory=set)
    rows: int = 0
    found: int = 0

    def __post_init__(self) -> None:
        if self.path is None:
            return
        text = self.path.read_text() if self.path.exists() else ""
        *lines, broken_off = text.split("\n")
        if broken_off:  # the run was stopped while it wrote
            self.path.write_text("".join(f"{line}\n" for line in lines))
        for line in lines:
            note = json.loads(line)
            if note["about"] == self.about:  # what was noted of another rulebook says nothing of this one
                self._count(note)

    def _count(self, note: dict[str, Any]) -> None:
        self.done.add((note["seed"], note["action"]))
        self.rows += note["rows"]
        self.found += len(note["disagreements"])

    def add(self, seed: int, action: str, rows: int, lines: list[str]) -> None:
        """Note an action that was compared under a seed."""
        note = {"about": self.about, "seed": seed, "action": action, "rows": rows, "disagreements": lines}
        self._count(note)
        if self.path is not None:
            with self.path.open("a") as file:
                file.write(json.dumps(note, ensure_ascii=False) + "\n")


def compare(
    plan: Plan, actions: list[str], seeds: Iterator[int], notes: Notes, processes: int, enough: Callable[[], bool]
) -> None:
    """Compare seed after seed, until they end or it is enough. What disagrees is printed, and how far it is."""
    tasks = ((seed, action) for seed in seeds for action in actions if (seed, action) not in notes.done)
    running: dict[Future[list[str]], tuple[int, str]] = {}
    with ProcessPoolExecutor(processes, get_context("spawn"), _load) as pool:  # threads of Polars do not survive a fork
        while True:
            while len(running) < 2 * processes and not enough() and (task := next(tasks, None)) is not None:
                running[pool.submit(_lines, plan, task[1], task[0])] = task
            if not running:
                return
            for one in wait(running, return_when=FIRST_COMPLETED).done:
                seed, action = running.pop(one)
                lines = one.result()
                notes.add(seed, action, plan.rows * len(KNOWN), lines)
                for line in lines:
                    print(line, flush=True)
                if len(notes.done) % 50 == 0:
                    when = dt.datetime.now().isoformat(timespec="seconds")
                    print(f"{when} seed {seed}: {notes.rows} rows, {notes.found} disagreements", flush=True)


def main() -> None:
    """Compare many rows of every action."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=100, help="of each table; there are four for each action")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--derived", action="store_true", help="state derived facts too, in every other seed")
    options.add_argument("--varied", action="store_true", help="with other law, bearers, holidays, clocks, sentinels")
    options.add_argument("--until", type=dt.time.fromisoformat, help="go on with the next seed until then")
    options.add_argument("--total", type=int, help="go on with the next seed until so many rows were compared")
    options.add_argument("--notes", type=Path, help="where it is noted what was compared, and not compared again")
    options.add_argument("--processes", type=int, default=1)
    options.add_argument("--action", action="append", help="only these")
    asked = options.parse_args()
    book = Rulebook.load()
    actions = asked.action or [name for name, component in book.program.components.items() if component.norms]
    goes_on = asked.until is not None or asked.total is not None
    plan = Plan(asked.rows, asked.varied, (asked.derived and not goes_on, asked.derived))
    about = {"rulebook": book.content_hash, "rows": plan.rows, "varied": plan.varied, "derived": [*plan.derived]}
    notes = Notes(asked.notes, about)

    def enough() -> bool:
        late = asked.until is not None and dt.datetime.now().time() >= asked.until
        return late or (asked.total is not None and notes.rows >= asked.total)

    seeds = count(asked.seed) if goes_on else iter([asked.seed])
    compare(plan, actions, seeds, notes, asked.processes, enough)
    print(f"{notes.rows} rows of {len(actions)} actions, {notes.found} disagreements")
    raise SystemExit(1 if notes.found else 0)


if __name__ == "__main__":
    main()
