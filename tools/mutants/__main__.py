"""`PYTHONPATH=tools python -m mutants LAW`: plant faults in the rules of a law and tell which nobody finds."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import Final

from mutandis_tools.location import locate_rulebook
from mutandis_tools.opening import open_located
from mutants.run import Bench, Verdict, tally

TOLD_EVERY: Final = 10
"""After so many faults it is told how far the run has come."""


def main() -> None:
    """Plant faults one by one: a line for each that survives, when it has, then a summary, also of a run that is ended
    by Ctrl-C. How far it has come is told on standard error. Ends with 1 where too few are found.
    """
    parser = argparse.ArgumentParser(prog="python -m mutants", description=main.__doc__)
    parser.add_argument("law", help="the law in whose rules faults are planted")
    parser.add_argument("--count", type=int, default=100, help="how many")
    parser.add_argument("--skip", type=int, default=0, help="leave out so many at first: the rest of an earlier run")
    parser.add_argument("--seed", type=int, default=1, help="which ones")
    parser.add_argument("--only", default="", help="only faults whose kind, or file, holds these words")
    parser.add_argument("--alone", action="store_true", help="leave out the other laws: faster, if none is needed")
    parser.add_argument("--rulebook", type=Path, default=None, help="the rulebook's folder")
    parser.add_argument("--at-least", type=int, default=95, help="percent that must be found")
    parser.add_argument("--seconds", type=float, default=0, help="stop after so long; 0: go on to the end")
    asked = parser.parse_args()
    texts = os.environ.get("MUTANDIS_TEXTS")
    started = time.monotonic()
    _progress("read the rulebook and run the cases before anything is planted")
    bench = Bench(
        open_located(locate_rulebook(asked.rulebook)), asked.law, Path(texts) if texts else None, alone=asked.alone
    )
    mutants = [one for one in bench.mutants(asked.seed) if asked.only in one.kind or asked.only in one.file]
    chosen = mutants[asked.skip : asked.skip + asked.count]
    _progress(f"{len(bench.cases)} cases pass after {time.monotonic() - started:.0f} s; faults to plant: {len(chosen)}")
    verdicts: list[Verdict] = []
    try:
        for mutant in chosen:
            if asked.seconds and time.monotonic() - started > asked.seconds:
                break
            verdicts.append(bench.verdict(mutant))
            if not verdicts[-1].found:
                print(f"{mutant.file}:{mutant.line}: {mutant.kind}: {mutant.was}  ->  {mutant.became}", flush=True)
            if len(verdicts) % TOLD_EVERY == 0:
                survived = tally(verdicts)[""]
                _progress(
                    f"{len(verdicts)} of {len(chosen)} after {time.monotonic() - started:.0f} s, not found: {survived}"
                )
    except KeyboardInterrupt:
        _progress("stopped")
    counts = tally(verdicts)
    told = ", ".join(f"{number} by {found}" for found, number in counts.items() if found and number)
    found = len(verdicts) - counts[""]
    print(f"{len(verdicts)} of {len(mutants)} faults: {found} found ({told}), {counts['']} not")
    if verdicts and found * 100 < len(verdicts) * asked.at_least:
        sys.exit(1)


def _progress(told: str) -> None:
    print(told, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
