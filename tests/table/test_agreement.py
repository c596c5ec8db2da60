"""Tables of the shipped actions come to what `decide` comes to row by row."""

from __future__ import annotations

import os

import pytest
from tests.table.agreement import disagreements

from mutandis import Rulebook

ROWS = max(4, int(os.environ.get("MUTANDIS_EXAMPLES", "0")))
EACH = 8
"""Every how manieth action is tried in a run; `python -m tests.table.agreement` tries all."""


@pytest.mark.parametrize("known", [1.0, 0.8])
def test_a_table_is_decided_as_its_rows_are(book: Rulebook, known: float) -> None:
    actions = [name for name, component in book.program.components.items() if component.norms]
    assert len(actions) > 100
    found = [line for action in actions[::EACH] for line in disagreements(book, action, ROWS, known)]
    assert found == []


@pytest.mark.parametrize("action", ["permit infant_rearing", "reappoint executive"])
def test_a_limit_on_a_day_that_is_left_open_is_decided_as_its_rows_are(book: Rulebook, action: str) -> None:
    assert list(disagreements(book, action, 30, 0.5, seed=7)) == []
