"""What a table comes to, and what is decided about each of its rows.

Many rows for every action of the shipped rulebook: `python -m tests.table.agreement --rows 1000`; with `--varied` they
are asked about in every way there is, and with `--until 18:40` seed after seed until that time of the day.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    for case, at, row in zip(table.cases, asked.clocks, frame.iter_rows(named=True), strict=True):
        try:
            decision: Decision | None = book.decide(action, case, at=at, **said)
        except CaseError:  # a random case that contradicts itself is in error in a table
            decision = None
        told = {part: told_of(decision, part) for part in PARTS}
        if row != told:
            differ = {part: (row[part], told[part]) for part in PARTS if row[part] != told[part]}
            yield f"{action} at {at}, {said}: {differ} in {case}"


def told_of(decision: Decision | None, part: str) -> Any:
    """A part of a decision as a table tells it."""
    if part in ("limits", "deadlines"):
        return [] if decision is None else [record_of(item, part) for item in getattr(decision, part)]
    return part_of(decision, part)


def main() -> None:
    """Compare many rows of every action."""
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, default=100, help="of each table; there are four for each action")
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--derived", action="store_true", help="state derived facts too, in every other seed")
    options.add_argument("--varied", action="store_true", help="with other law, bearers, holidays, clocks, sentinels")
    options.add_argument("--until", type=dt.time.fromisoformat, help="go on with the next seed until then")
    options.add_argument("--action", action="append", help="only these")
    asked = options.parse_args()
    book = Rulebook.load()
    actions = asked.action or [name for name, component in book.program.components.items() if component.norms]
    found, rows, seed = 0, 0, asked.seed
    while True:
        derived = asked.derived and (asked.until is None or seed % 2 == 1)
        for place, action in enumerate(actions, 1):
            for known in KNOWN:
                rows += asked.rows
                for line in disagreements(book, action, asked.rows, known, seed, derived=derived, varied=asked.varied):
                    found += 1
                    print(line, flush=True)
            late = asked.until is not None and dt.datetime.now().time() >= asked.until
            if place % 50 == 0 or place == len(actions) or late:
                when = dt.datetime.now().isoformat(timespec="seconds")
                print(
                    f"{when} seed {seed}: {place} of {len(actions)} actions, {rows} rows, {found} disagreements",
                    flush=True,
                )
            if late:
                break
        if asked.until is None or late:
            break
        seed += 1
    print(f"{rows} rows of {len(actions)} actions, {found} disagreements")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
