"""Building large structures without the garbage collector walking over them again and again.

Reading and linking a rulebook makes hundreds of thousands of records that refer to each other in trees and are all
kept: nothing of them is garbage in a circle, yet every few hundred new ones the collector would look for it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def uncollected(build: Callable[P, R]) -> Callable[P, R]:
    """`build` with the collector paused while it runs; reference counting frees what it drops all the same."""

    @wraps(build)
    def paused(*args: P.args, **kwargs: P.kwargs) -> R:
        if not gc.isenabled():
            return build(*args, **kwargs)
        gc.disable()
        try:
            return build(*args, **kwargs)
        finally:
            gc.enable()

    return paused
