"""What the open parameters may turn out to be: the readings of a case that their values lead to, one for each (S17).

Each stretch of values between bounds on a parameter leads to one. A requirement that waits for a parameter without a
bound may hold or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from mutandis.decide.plan import Plan
from mutandis.decide.requirements import Open
from mutandis.decide.ternary import FALSE, TRUE

MOST_WORLDS = 256
"""Under how many readings the table is worked out; beyond, each bound is taken by itself."""


def worlds(plan: Plan, numbers: Sequence[object], found: Open) -> list[dict[int, int]] | None:
    """The truths of what is open in each reading that the parameters' values lead to; None where there are too many."""
    choices: list[list[dict[int, int]]] = []
    count = 1
    for parameter, bounds in found.bounds.items():
        from mutandis.decide.stretches import of_parameter  # most of what is open has no bound

        mine = of_parameter(plan.parameters[parameter], bounds, numbers)
        choices.append(mine)
        count *= len(mine)
    for places in found.opaque:
        choices.append([dict.fromkeys(places, TRUE), dict.fromkeys(places, FALSE)])
        count *= 2
    if count > MOST_WORLDS:
        return None
    return [{place: truth for part in parts for place, truth in part.items()} for parts in product(*choices)]
