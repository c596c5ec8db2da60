"""What the parts of a decision are written from: one component read in one case, and how its norms stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mutandis.citation import Citation
from mutandis.decide import result as r
from mutandis.evaluate.reference.case import Case
from mutandis.evaluate.reference.norms import (
    Reach,
    Reading,
    Status,
    bites,
    limits_on,
)
from mutandis.link.program import LinkedGround, LinkedRequirement, Norm


@dataclass(frozen=True, slots=True)
class View:
    """What the payload is written from."""

    reading: Reading
    statuses: tuple[Status, ...]
    reach: Reach
    verdict: r.Verdict

    @property
    def case(self) -> Case:
        return self.reading.case

    def norms(self) -> Iterator[tuple[int, Norm, Status]]:
        for i, (norm, status) in enumerate(zip(self.reading.component.norms, self.statuses, strict=True)):
            yield i, norm, status


def is_sure(status: Status) -> bool:
    """True if the norm is effective whatever is not known."""
    return status.effective == frozenset({True})


def held_places(view: View, position: int) -> tuple[Citation, ...]:
    """The places of the grounds that hold and are not felled, innermost where they have grounds of their own."""
    norm, parts = view.reading.component.norms[position], view.reading.parts[position]
    felled = {
        place
        for beat in view.reading.beats_on(position)
        if bites(view.reading, beat, list(view.statuses)) == frozenset({True})
        for place in beat.part
    }
    places: list[Citation] = []
    for ground, truth in zip(norm.grounds, parts.grounds, strict=True):
        if truth is True and ground.citation not in felled:
            places.extend(_innermost(view.case, norm, ground))
    return tuple(dict.fromkeys(places))


def _innermost(case: Case, norm: Norm, ground: LinkedGround) -> list[Citation]:
    inner = [g for g in ground.grounds if case.ground(g, norm.governed_by) is True]
    return [place for g in inner for place in _innermost(case, norm, g)] or [ground.citation]


def requirements(view: View, position: int) -> list[tuple[int, LinkedRequirement]]:
    """The norm's own requirements and those of the limits that may bind it, with the position of their norm."""
    norms = view.reading.component.norms
    own = [(position, q) for q in norms[position].requires]
    limits = [i for i in limits_on(view.reading, position) if True in view.statuses[i].effective]
    return own + [(i, q) for i in limits for q in norms[i].requires]
