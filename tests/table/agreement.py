"""What a table comes to, and what is decided about each of its rows.

Many rows for every action of the shipped rulebook: `python -m tests.table.agreement --rows 1000`.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from tests.table.tables import random_table

from mutandis import CaseError, Decision, Rulebook
from mutandis.table.table import PARTS, part_of, record_of

KNOWN = (1.0, 0.95, 0.8, 0.5)
"""How much of a column is known."""


def disagreements(
    book: Rulebook, action: str, rows: int, known: float, seed: int = 0, *, derived: bool = False
) -> Iterator[str]:
    """Decide a random table of an action, and tell each row that is decided otherwise by itself."""
    table = random_table(book, action, rows, Random(f"{known} {seed} {action}"), known, derived=derived)
    frame = book.decide_table(action, table.frame, at="clock", on_bad="error").frame(*PARTS)
    for case, at, row in zip(table.cases, table.clocks, frame.iter_rows(named=True), strict=True):
        try:
            decision: Decision | None = book.decide(action, case, at=at)
        except CaseError:  # a random case that contradicts itself is in error in a table
            decision = None
        told = {part: told_of(decision, part) for part in PARTS}
        if row != told:
            differ = {part: (row[part], told[part]) for part in PARTS if row[part] != told[part]}
            yield f"{action} at {at}: {differ} in {case}"


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
    options.add_argument("--derived", action="store_true", help="state derived facts too")
    asked = options.parse_args()
    book = Rulebook.load()
    actions = [name for name, component in book.program.components.items() if component.norms]
    found = 0
    for place, action in enumerate(actions, 1):
        for known in KNOWN:
            for line in disagreements(book, action, asked.rows, known, asked.seed, derived=asked.derived):
                found += 1
                print(line)
        if place % 50 == 0 or place == len(actions):
            when = dt.datetime.now().isoformat(timespec="seconds")
            print(f"{when} {place} of {len(actions)} actions, {found} disagreements", flush=True)
    print(f"{len(actions) * len(KNOWN) * asked.rows} rows of {len(actions)} actions, {found} disagreements")
    raise SystemExit(1 if found else 0)


if __name__ == "__main__":
    main()
