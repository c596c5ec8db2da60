"""`python -m tests.oracle N [SEED]`: N random cases by engine and oracle, and the smallest book for each difference."""

from __future__ import annotations

import collections
import sys

from tests.oracle.agreement import differences
from tests.oracle.shrink import show, shrink

CASES_OF_A_BOOK = 12


def main(number: int, seed: int) -> int:
    """Compares until `number` cases were; returns how many books showed a difference."""
    compared, shown = 0, collections.Counter[str]()
    while compared < number:
        cases, found = differences(seed, CASES_OF_A_BOOK)
        compared += cases
        for book, difference in found[:1]:
            shown[difference.kind] += 1
            if shown[difference.kind] <= 40:
                print(f"--- seed {seed}", show(*shrink(book, difference)), sep="\n", flush=True)
        seed += 1
        if seed % 500 == 0:
            print(f"{compared} cases, seed {seed}, differences: {dict(shown)}", file=sys.stderr, flush=True)
    print(f"{compared} cases compared, up to seed {seed - 1}; books with differences: {dict(shown)}")
    return shown.total()


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]]
    sys.exit(main(numbers[0] if numbers else 1000, numbers[1] if len(numbers) > 1 else 0) > 0)
