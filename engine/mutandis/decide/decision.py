"""A decision whose parts are worked out when they are looked at.

It is a `result.Decision` in every respect: same fields, same equality, same data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mutandis.decide.asked import PLAIN, Again, Asked, Setting, asked_of
from mutandis.decide.result import Decision, Note, PlainDecision
from mutandis.decide.shape import Shape

OF_SHAPE = frozenset(
    {"action", "verdict", "reachable", "cause", "cited", "beaten", "continuing"}
    | {"outside", "handled_by", "content_hash"}
)
"""The fields that every decision of one shape has alike."""


class CompiledDecision(Decision):
    """A decision over one question about one case, and the shape the case has. What is costly is kept once worked out,
    with the question.

    Its slots are filled by `decision_of`, and in line by the total function that a unit compiles to.
    """

    __slots__ = ("_asked_with", "_facts", "_notes", "_numbers", "_question", "_shape")

    _shape: Shape
    _numbers: tuple[Any, ...]
    _facts: Mapping[str, object]
    _asked_with: Setting
    _question: Asked
    _notes: tuple[Note, ...]

    # Every part is a property without a setter, so nothing has to stand between the engine and the slots.
    __setattr__ = object.__setattr__
    __delattr__ = object.__delattr__

    def __new__(cls, *values: Any, **parts: Any) -> Any:
        """A plain record, so that `dataclasses.replace` works; the engine makes its own by `new_decision`."""
        return PlainDecision(*values, **parts)

    def _asked(self) -> Asked:
        try:
            return self._question
        except AttributeError:
            setting = getattr(self, "_asked_with", PLAIN)
            asked = self._question = asked_of(self._shape, self._numbers, self._facts, setting)
            return asked


new_decision = object.__new__


def decision_of(
    shape: Shape, numbers: tuple[Any, ...], facts: Mapping[str, object], asked_with: Setting
) -> CompiledDecision:
    """The decision about a case that was found to have this shape and these numbers."""
    decision = new_decision(CompiledDecision)
    decision._shape = shape
    decision._numbers = numbers
    decision._facts = facts
    decision._asked_with = asked_with
    return decision


def decision_about(asked: Asked) -> CompiledDecision:
    """The decision that answers a question, with what was worked out of it."""
    decision = decision_of(asked.shape, asked.numbers, asked.facts, asked.setting)
    decision._question = asked
    return decision


def with_notes(decision: Decision, notes: tuple[Note, ...]) -> Decision:
    """The decision, fresh from the engine, with notes before those of the places told; nothing is worked out for it."""
    if type(decision) is not CompiledDecision:
        return PlainDecision.of(decision, notes=(*notes, *decision.notes))
    decision._notes = (*notes, *getattr(decision, "_notes", ()))
    return decision


def shape_in(decision: Decision) -> Shape | None:
    """The shape of the case that a decision is about; None of one that several were put together to."""
    return decision._shape if type(decision) is CompiledDecision else None


def asked_again(decision: Decision, again: Again) -> Asked:
    """The question that a decision of one shape answers, asked again in this way."""
    assert type(decision) is CompiledDecision
    setting = getattr(decision, "_asked_with", PLAIN)
    return Asked(decision._shape, decision._numbers, decision._facts, setting, again=again)


def kept(decision: CompiledDecision, name: str, work: Callable[[Asked], Any]) -> Any:
    """What is worked out of a decision's question, once."""
    asked = decision._asked()
    known = asked.worked_out
    if name not in known:
        known[name] = work(asked)
    return known[name]


def _looked_at(name: str) -> property:
    """A part that rests on more than the shape: `parts`, which works it out and takes the place of this, is imported
    with the first look at one."""

    def work(self: CompiledDecision) -> Any:
        import mutandis.decide.parts  # noqa: F401 - it gives the class its parts

        return getattr(self, name)

    return property(work)


_OF_SHAPE: dict[str, Callable[[Any], Any]] = {
    "action": lambda self: self._shape.unit.plan.component.action,
    "verdict": lambda self: self._shape.verdict,
    "reachable": lambda self: self._shape.reachable,
    "cause": lambda self: self._shape.cause,
    "cited": lambda self: self._shape.cited,
    "citations": lambda self: self._shape.citations,
    "content_hash": lambda self: self._shape.unit.program.content_hash,
}
for _name in (*Decision.__dataclass_fields__, "citations"):
    setattr(CompiledDecision, _name, property(_OF_SHAPE[_name]) if _name in _OF_SHAPE else _looked_at(_name))
