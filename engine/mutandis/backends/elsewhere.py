"""Norms that conditions ask about (`P applies`): whether one is effective in a case."""

from __future__ import annotations

from mutandis.backends.unit import Call, Unit
from mutandis.decide.names import Waits


def effective_in(unit: Unit, place: int, call: Call) -> int | Waits:
    """Whether the norm at a position of a unit is effective, as a truth or what it waits for.

    In a question asked again it is as it was found before, where nothing that the unit rests on was changed.
    """
    again, key = call.again, (id(unit), place)
    kept = again is not None and again.changed is not None and unit.explained.rests_on().isdisjoint(again.changed)
    found = again.found.get(key) if again is not None and kept else None
    if found is None:
        truth, names = unit.status_of(place, call.facts, call.at, call)
        found = names.named(truth)
        if again is not None and kept:
            again.found[key] = found
    return found
