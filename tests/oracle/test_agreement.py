"""Random rulebooks, written as files and loaded whole, are decided as the oracle decides them (S54)."""

from __future__ import annotations

import pytest
from tests.oracle.agreement import differences
from tests.oracle.shrink import show, shrink

CASES_OF_A_BOOK = 10


@pytest.mark.parametrize("first", range(0, 40, 10))
def test_engine_and_oracle_agree(first: int) -> None:
    for seed in range(first, first + 10):
        for book, difference in differences(seed, CASES_OF_A_BOOK)[1]:
            raise AssertionError(f"seed {seed}\n" + show(*shrink(book, difference)))
