"""Timing: rounds in turn, medians, ratios within a round.

Every contestant decides the same cases once in every round, one after the other, so that a slow moment of the machine
falls on all of them. What is reported is the median over rounds of the time for one call, and of the ratios within
rounds. Times are those of the whole loop over the cases, the loop's own cost included for all alike. Processes differ
(in how names fall into dictionaries, above all), so the same is measured in several and their medians put together.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Contestant:
    """Something to time: its name, what it calls, and the inputs it calls it with."""

    name: str
    call: Callable[[Any], object]
    inputs: Sequence[Any]


@dataclass(frozen=True, slots=True)
class Timing:
    """Microseconds for one call: median, least and most over the rounds; `ratio` to the first contestant's.

    `ratio_least` and `ratio_most` are those of single rounds, or of processes once several are put together.
    """

    name: str
    median: float
    least: float
    most: float
    ratio: float
    ratio_least: float
    ratio_most: float


def timing(name: str, times: Sequence[float], first: Sequence[float]) -> Timing:
    """What `times` of the rounds come to, against those of the first contestant."""
    ratios = [mine / its for mine, its in zip(times, first, strict=True)]
    return Timing(name, median(times), min(times), max(times), median(ratios), min(ratios), max(ratios))


def put_together(runs: Sequence[Timing]) -> Timing:
    """The same contestant in several processes."""
    ratios = [run.ratio for run in runs]
    return Timing(
        runs[0].name,
        median(run.median for run in runs),
        min(run.least for run in runs),
        max(run.most for run in runs),
        median(ratios),
        min(ratios),
        max(ratios),
    )


def _loop(contestant: Contestant) -> float:
    call = contestant.call
    start = time.perf_counter()
    for item in contestant.inputs:
        call(item)
    return (time.perf_counter() - start) / len(contestant.inputs) * 1e6


def compare(contestants: Sequence[Contestant], rounds: int = 9) -> list[Timing]:
    """Time all of them in turn, after one round that is not counted; the first is the yardstick of the ratios."""
    times: list[list[float]] = [[] for _ in contestants]
    for contestant in contestants:
        _loop(contestant)
    gc.collect()
    gc.disable()
    try:
        for _ in range(rounds):
            for row, contestant in zip(times, contestants, strict=True):
                row.append(_loop(contestant))
    finally:
        gc.enable()
    return [timing(c.name, row, times[0]) for c, row in zip(contestants, times, strict=True)]


def start_ups(programs: Sequence[tuple[str, str]], rounds: int = 15) -> list[Timing]:
    """Milliseconds (not microseconds) of whole processes `python -c PROGRAM`, in turn; the first is the yardstick."""
    times: list[list[float]] = [[] for _ in programs]
    for turn in range(rounds + 1):
        for row, (_, program) in zip(times, programs, strict=True):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-I", "-c", program], check=True, stdout=subprocess.DEVNULL)
            if turn:
                row.append((time.perf_counter() - start) * 1e3)
    return [timing(name, row, times[0]) for (name, _), row in zip(programs, times, strict=True)]
