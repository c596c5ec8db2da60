"""`python -m tests.oracle PROGRAMS [SEED] [FILE]`: so many random programs by engine and oracle, from a seed on.

A program is a rulebook that loads; the cases of each are a dozen. For each difference the smallest book that shows it
is printed, and how far it is every 500 seeds; both are written to the file as well, where one is named.
"""

from __future__ import annotations

import collections
import sys
import time
from pathlib import Path

from tests.oracle.agreement import differences
from tests.oracle.shrink import show, shrink

CASES_OF_A_BOOK = 12
MOST_SHOWN = 40


def main(number: int, seed: int = 0, saved: str = "") -> int:
    """Compares until `number` programs were; returns how many showed a difference."""
    programs = cases = 0
    shown = collections.Counter[str]()
    began = time.process_time()

    def tell(text: str) -> None:
        print(text, flush=True)
        if saved:
            with Path(saved).open("a", encoding="utf-8") as file:
                file.write(f"{text}\n")

    while programs < number:
        compared, found = differences(seed, CASES_OF_A_BOOK)
        programs += compared > 0
        cases += compared
        for book, difference in found[:1]:
            shown[difference.kind] += 1
            if shown[difference.kind] <= MOST_SHOWN:
                tell("\n".join((f"--- seed {seed}", show(*shrink(book, difference)))))
        seed += 1
        if seed % 500 == 0 or programs == number:
            each = (time.process_time() - began) / max(programs, 1)
            tell(
                f"{programs} programs, {cases} cases, up to seed {seed - 1}; "
                f"{each * 1000:.0f} ms each; with differences: {dict(shown)}"
            )
    return shown.total()


if __name__ == "__main__":
    wanted, first, file = [*sys.argv[1:], *("1000", "0", "")[len(sys.argv) - 1 :]]
    sys.exit(main(int(wanted), int(first), file) > 0)
