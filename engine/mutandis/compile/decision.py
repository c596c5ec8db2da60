"""A decision whose parts are worked out when they are looked at.

It is a `result.Decision` in every respect: same fields, same equality, same data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from mutandis.compile import payload
from mutandis.compile.payload import Asked
from mutandis.compile.shape import beaten
from mutandis.evaluate.result import Decision

_asked: Callable[[Any], Asked]


class CompiledDecision(Decision):
    """A decision over one `Asked`. What is costly is kept once it was worked out."""

    __slots__ = ("_asked", "_kept")

    def __init__(self, asked: Asked) -> None:
        # Not through the frozen record's own `__init__`: its fields are properties here.
        _set_asked(self, asked)

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


_set_asked = CompiledDecision._asked.__set__  # type: ignore[attr-defined]  # a slot's descriptor
_set_kept = CompiledDecision._kept.__set__  # type: ignore[attr-defined]  # a slot's descriptor


def _fixed(read: Callable[[Asked], Any]) -> property:
    """A field that is at hand."""
    return property(lambda self: read(self._asked))


def _worked_out(name: str, work: Callable[[Asked], Any]) -> property:
    """A field that is worked out at the first look and kept."""

    def look(self: Any) -> Any:
        try:
            kept = self._kept
        except AttributeError:
            kept = {}
            _set_kept(self, kept)
        if name not in kept:
            kept[name] = work(self._asked)
        return kept[name]

    return property(look)


def _breaches(asked: Asked) -> Any:
    if not asked.shape.has_deadlines:
        return asked.shape.breaches
    return asked.shape.breaches + payload.late_breaches(asked, payload.deadlines(asked))


def _nearest(asked: Asked) -> str:
    position = payload.nearest(asked)[0]
    return "" if position is None else str(asked.unit.plan.norms[position].norm.citation)


_FIELDS: dict[str, property] = {
    "action": _fixed(lambda asked: asked.unit.plan.component.action),
    "verdict": _fixed(lambda asked: asked.shape.verdict),
    "reachable": _fixed(lambda asked: asked.shape.reachable),
    "cause": _fixed(lambda asked: asked.shape.cause),
    "cited": _fixed(lambda asked: asked.shape.cited),
    "missing": _fixed(lambda asked: asked.shape.missing),
    "content_hash": _fixed(lambda asked: asked.unit.program.content_hash),
    "limits": _worked_out("limits", payload.limits),
    "breaches": _fixed(_breaches),
    "deadlines": _worked_out("deadlines", payload.deadlines),
    "penalties": _worked_out("penalties", lambda asked: payload.penalties(asked, _breaches(asked))),
    "beaten": _fixed(lambda asked: beaten(asked.shape)),
    "findings": _worked_out("findings", payload.findings),
    "fictions": _worked_out("fictions", payload.fictions),
    "presumptions": _worked_out("presumptions", payload.presumptions),
    "notes": _worked_out("notes", payload.notes),
    "irrelevant": _worked_out("irrelevant", payload.irrelevant),
    "considered": _worked_out("considered", payload.all_considered),
    "nearest": _worked_out("nearest", _nearest),
    "unmet": _worked_out("unmet", payload.unmet),
    "outside": _fixed(payload.outside),
}
for _name, _property in _FIELDS.items():
    setattr(CompiledDecision, _name, _property)
