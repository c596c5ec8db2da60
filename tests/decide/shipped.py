"""The shipped rulebook, loaded once, and what it says that an answer rests on."""

from __future__ import annotations

import datetime as dt
from functools import cache

from mutandis import Rulebook

DAY = dt.date(2023, 6, 1)


@cache
def shipped() -> Rulebook:
    """The shipped rulebook."""
    return Rulebook.load()


def places_told(action: str, facts: dict[str, object], by: str | None = None) -> set[tuple[str, str]]:
    """The places that the answer about a case rests on, each with its role."""
    decision = shipped().decide(action, facts, at=DAY, by=by)
    return {(one.role, one.provision) for one in decision.authority}
