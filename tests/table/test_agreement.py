"""Tables of the shipped actions come to what `decide` comes to row by row."""

from __future__ import annotations

import os
from random import Random

import pytest
from tests.table.tables import random_table

from mutandis import Rulebook
from mutandis.table.table import PARTS, _part_of

ROWS = max(4, int(os.environ.get("MUTANDIS_EXAMPLES", "0")))
TEXTS = [part for part in PARTS if part not in ("limits", "deadlines")]


@pytest.fixture(scope="module")
def book() -> Rulebook:
    """The shipped rulebook."""
    return Rulebook.load()


@pytest.mark.parametrize("known", [1.0, 0.8])
def test_a_table_is_decided_as_its_rows_are(book: Rulebook, known: float) -> None:
    actions = [name for name, component in book.program.components.items() if component.norms]
    for action in actions if ROWS > 4 else actions[::4]:
        table = random_table(book, action, ROWS, Random(f"{known} {action}"), known)
        frame = book.decide_table(action, table.frame, at="clock").frame(*PARTS)
        for case, at, row in zip(table.cases, table.clocks, frame.iter_rows(named=True), strict=True):
            decision = book.decide(action, case, at=at)
            assert {part: row[part] for part in TEXTS} == {part: _part_of(decision, part) for part in TEXTS}, case
            assert len(row["limits"]) == len(decision.limits)
            assert [d["passed"] for d in row["deadlines"]] == [d.passed for d in decision.deadlines]
