"""What became of every norm about an action, and the law outside the rulebook: told of a shape by who asks for it."""

from __future__ import annotations

from mutandis.decide.order import IN, OUT, Status
from mutandis.decide.result_parts import Beaten, Considered, Fate
from mutandis.decide.shape import Shape


def beaten(shape: Shape) -> tuple[Beaten, ...]:
    """The norms that were triggered and gave way, and to what."""
    reading, found = shape.reading, []
    for slots, status in zip(reading.plan.norms, shape.statuses, strict=True):
        gave_way = status.removed == IN or (slots.direction == "must" and status.weak == IN)
        if status.triggered != IN or not gave_way:
            continue
        by = tuple(
            (str(reading.plan.norms[b.beater].norm.citation), b.relation)
            for b in slots.beats
            if b.relation != "lifts" and reading.bites(b.beater, b.relation, shape.statuses) == IN
        )
        found.append(Beaten(slots.norm.key, str(slots.norm.citation), slots.direction, by))
    return tuple(found)


def considered(shape: Shape, reasons: list[tuple[str, ...]]) -> tuple[Considered, ...]:
    """Every norm about the action and what became of it; `reasons` why one that is not triggered is not."""
    found: list[Considered] = []
    for position, (slots, status) in enumerate(zip(shape.reading.plan.norms, shape.statuses, strict=True)):
        reason: tuple[str, ...] = ()
        state: Fate
        if status.triggered == OUT:
            state, reason = "not_triggered", reasons[position]
        elif status.effective == OUT and status.triggered == IN:
            state = "beaten"
        elif status.effective == IN:
            state = "weakened" if slots.direction == "must" and status.weak == IN else "effective"
        else:
            state = "unknown"
            waits = shape.reading.names.waits(shape.reading.trigger(position))
            reason = tuple(sorted(waits.facts | waits.parameters | waits.wording))
        found.append(Considered(slots.norm.key, str(slots.norm.citation), slots.direction, state, reason))
    return tuple(found)


def why_irrelevant(status: Status) -> Fate:
    """How a norm that reads an unknown fact stands, so that the fact does not matter; statuses as in `Considered`."""
    if status.triggered == OUT:
        return "not_triggered"
    if status.effective == OUT:
        return "beaten"
    return "effective" if status.effective == IN else "unknown"


def outside(shape: Shape) -> tuple[str, ...]:
    """Law outside the rulebook that norms which may apply point to."""
    pairs = zip(shape.unit.plan.norms, shape.statuses, strict=True)
    return tuple(dict.fromkeys(str(e) for s, status in pairs if status.effective != OUT for e in s.norm.external))
