"""A decision whose parts are worked out when they are looked at.

It is a `result.Decision` in every respect: same fields, same equality, same data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from mutandis.compile import payload
from mutandis.compile.payload import Asked
from mutandis.compile.shape import beaten
from mutandis.evaluate.result import Decision


class CompiledDecision(Decision):
    """A decision over what was `Asked`. What is costly is kept once it was worked out."""

    __slots__ = ("_asked", "_kept", "_shape")

    def __new__(cls, *values: Any, **fields_: Any) -> Any:
        """A plain record, so that `dataclasses.replace` works; the engine makes its own by `new_decision`."""
        return Decision(*values, **fields_)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Decision):
            return NotImplemented
        return self._as_tuple() == tuple(getattr(other, f.name) for f in fields(Decision))

    def __hash__(self) -> int:
        return hash((self.action, self.verdict, self.cited))

    def __reduce__(self) -> tuple[Any, ...]:
        return Decision, self._as_tuple()

    def _as_tuple(self) -> tuple[Any, ...]:
        return tuple(getattr(self, f.name) for f in fields(Decision))


class LateDecision(CompiledDecision):
    """A decision that cites duties with a deadline, which may have passed."""

    __slots__ = ()


new_decision = object.__new__
# The record is frozen, so its slots are filled through their descriptors; that is also the fastest way there is.
set_asked, set_kept, set_shape = (CompiledDecision.__dict__[slot].__set__ for slot in ("_asked", "_kept", "_shape"))


def _at_hand(path: str) -> property:
    """A field that is there to be read."""
    return property(attrgetter(path))


def _worked_out(name: str, work: Callable[[Asked], Any]) -> property:
    """A field that is worked out at the first look and kept."""

    def look(self: Any) -> Any:
        kept = getattr(self, "_kept", None)
        if kept is None:
            kept = {}
            set_kept(self, kept)
        if name not in kept:
            kept[name] = work(Asked(*self._asked))
        return kept[name]

    return property(look)


def _limits(self: Any) -> Any:
    shape = self._shape
    if not shape.limits:
        return ()
    numbers = self._asked[1]
    # Gaps among the numbers are no part of a key as they are; `payload` sees to them.
    known = shape.limits_by_numbers.get(numbers) if shape.is_total else None
    return payload.limits(shape, numbers) if known is None else known


def _with_late(self: Any) -> Any:
    return self._shape.breaches + payload.late_breaches(Asked(*self._asked), self.deadlines)


def _nearest(asked: Asked) -> str:
    position = payload.nearest(asked)[0]
    return "" if position is None else str(asked.unit.plan.norms[position].norm.citation)


_FIELDS: dict[str, property] = {
    "action": _at_hand("_shape.reading.plan.component.action"),
    "verdict": _at_hand("_shape.verdict"),
    "reachable": _at_hand("_shape.reachable"),
    "cause": _at_hand("_shape.cause"),
    "cited": _at_hand("_shape.cited"),
    "citations": _at_hand("_shape.citations"),
    "missing": _at_hand("_shape.missing"),
    "content_hash": property(lambda self: Asked(*self._asked).program.content_hash),
    "limits": property(_limits),
    "breaches": _at_hand("_shape.breaches"),
    "deadlines": _worked_out("deadlines", payload.deadlines),
    "penalties": property(lambda self: payload.penalties(Asked(*self._asked), self.breaches)),
    "beaten": property(lambda self: beaten(self._shape)),
    "findings": _worked_out("findings", payload.findings),
    "fictions": _worked_out("fictions", payload.fictions),
    "presumptions": _worked_out("presumptions", payload.presumptions),
    "notes": _worked_out("notes", payload.notes),
    "irrelevant": _worked_out("irrelevant", payload.irrelevant),
    "considered": _worked_out("considered", payload.all_considered),
    "nearest": _worked_out("nearest", _nearest),
    "unmet": _worked_out("unmet", payload.unmet),
    "outside": property(lambda self: payload.outside(Asked(*self._asked))),
}
for _name, _property in _FIELDS.items():
    setattr(CompiledDecision, _name, _property)
LateDecision.breaches = property(_with_late)  # type: ignore[assignment,misc]  # a field of the record, worked out
