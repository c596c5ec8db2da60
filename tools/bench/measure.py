"""Timing: rounds in turn, medians, ratios within a round.

Every contestant decides the same cases once in every round, one after the other, so that a slow moment of the machine
falls on all of them. What is reported is the median over rounds of time for one decision, and the median of the ratios
within rounds. Times are those of the whole loop over the cases, the loop's own cost included for all alike.
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
    """Microseconds for one call: median, least and most over the rounds; `ratio` to the first contestant's."""

    name: str
    median: float
    least: float
    most: float
    ratio: float


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
    first = times[0]
    return [
        Timing(c.name, median(row), min(row), max(row), median(t / f for t, f in zip(row, first, strict=True)))
        for c, row in zip(contestants, times, strict=True)
    ]


def start_ups(programs: Sequence[tuple[str, str]], rounds: int = 15) -> list[Timing]:
    """Milliseconds (not microseconds) of whole processes `python -c PROGRAM`, in turn; the first is the yardstick."""
    times: list[list[float]] = [[] for _ in programs]
    for turn in range(rounds + 1):
        for row, (_, program) in zip(times, programs, strict=True):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-I", "-c", program], check=True, stdout=subprocess.DEVNULL)
            if turn:
                row.append((time.perf_counter() - start) * 1e3)
    first = times[0]
    return [
        Timing(name, median(row), min(row), max(row), median(t / f for t, f in zip(row, first, strict=True)))
        for (name, _), row in zip(programs, times, strict=True)
    ]
