"""A decision whose parts are worked out when they are looked at.

It is a `result.Decision` in every respect: same fields, same equality, same data.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from mutandis.decide.asked import MEASURES, PLAIN, Again, Asked, Setting, asked_of
from mutandis.decide.result import Decision, Note, PlainDecision, Verdict
from mutandis.decide.shape import Shape

if TYPE_CHECKING:  # what an answer rests on is imported when somebody looks at it: a verdict needs none of it
    from mutandis.decide.authority import Told
    from mutandis.decide.nearest import Nearest
    from mutandis.decide.turning import Turning
    from mutandis.vocabulary import Division


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


def _worked_out(name: str, work: Callable[[Asked], Any]) -> property:
    """A field that is worked out at the first look and kept."""

    return property(lambda self: _kept(self, name, work))


def _from_payload(name: str, part: str = "") -> property:
    """A field that a function of `payload` works out at the first look; imported with the first such look of all."""
    found: list[Callable[[Asked], Any]] = []

    def work(asked: Asked) -> Any:
        if not found:
            from mutandis.decide import payload

            found.append(getattr(payload, part or name))
        return found[0](asked)

    return _worked_out(name, work)


def _kept(self: Any, name: str, work: Callable[[Asked], Any]) -> Any:
    asked = self._asked()
    kept = asked.worked_out
    if name not in kept:
        kept[name] = work(asked)
    return kept[name]


def _limits(self: Any) -> Any:
    shape = self._shape
    found: Any = ()
    if shape.limits:
        numbers = self._numbers
        # Gaps among the numbers are no part of a key as they are; `limits_of` sees to them.
        known = shape.limits_by_numbers.get(numbers) if shape.is_total else None
        if known is None:
            from mutandis.decide.limits import limits_of

            known = limits_of(shape, numbers)
        found = known
    return _limits_measured(self, found) if shape.memory.get(MEASURES, True) else found


def _limits_measured(self: Any, known: Any) -> Any:
    from mutandis.decide import payload

    return payload.limits_measured(self._asked(), known) if payload.measures(self._shape) else known


def _breaches(self: Any) -> Any:
    shape = self._shape
    if not shape.has_deadlines:
        return shape.breaches
    from mutandis.decide import payload

    return shape.breaches + payload.late_breaches(self._asked(), self.deadlines)


def _deadlines(self: Any) -> Any:
    if not self._shape.has_deadlines:
        return ()
    from mutandis.decide import payload

    return payload.deadlines(self._asked())


def _missing(self: Any) -> Any:
    # Most decisions rest on no due day; what they wait for is known of their shape.
    shape = self._shape
    if not shape.has_deadlines:
        return shape.missing
    from mutandis.decide import payload

    return _kept(self, "missing", payload.missing)


def _told(self: Any) -> Told:
    asked = self._asked()
    found: Told | None = asked.worked_out.get("told")
    if found is None:
        from mutandis.decide.authority import told

        found = asked.worked_out["told"] = told(asked)
    return found


def _turning(asked: Asked) -> Turning:
    from mutandis.decide.turning import turning_of

    return turning_of(asked)


def _near(self: Any) -> Nearest | None:
    """The nearest permission, of a decision by default."""
    return _told(self).nearest if self._shape.verdict is Verdict.FORBIDDEN_BY_DEFAULT else None


def kept_with(decision: CompiledDecision, name: str, work: Callable[[Asked], Any]) -> Any:
    """What is worked out of a decision and its notes, which are not the question's: kept for all that have the same."""
    given: tuple[Note, ...] = getattr(decision, "_notes", ())
    return _kept(decision, "\n".join([name, *(note.text for note in given)]) if given else name, work)


def _all_notes(self: Any) -> Any:
    told = _told(self).notes
    given: tuple[Note, ...] = getattr(self, "_notes", ())
    # One row for all decisions that have it in common: what is written of it is kept by the row.
    return kept_with(self, "notes", lambda _: (*given, *told)) if given else told


def _handled_by(self: Any) -> Division | None:
    """The division that the vocabulary names for the action; an action that only a clause makes has none of its own."""
    unit = self._shape.unit
    declared = unit.program.vocabulary.actions.get(unit.plan.component.action)
    return None if declared is None else declared.division


def _continuing(self: Any) -> bool:
    """Whether the action is one that goes on, where a duty to do it is among the answers left."""
    unit = self._shape.unit
    declared = unit.program.vocabulary.actions.get(unit.plan.component.action)
    return declared is not None and declared.continuing and Verdict.REQUIRED in self._shape.reachable


def _beaten(self: Any) -> Any:
    from mutandis.decide.fates import beaten

    return self._shape.kept("of shape", "beaten", lambda: beaten(self._shape))


def _outside(self: Any) -> Any:
    from mutandis.decide.fates import outside

    return self._shape.kept("of shape", "outside", lambda: outside(self._shape))


def _nearest(self: Any) -> str:
    near = _near(self)
    return "" if near is None else str(near.place)


def _unmet(self: Any) -> tuple[str, ...]:
    near = _near(self)
    if near is not None:
        return near.failed
    from mutandis.decide import payload

    return payload.unmet(self._asked())


def _penalties(self: Any) -> Any:
    from mutandis.decide import payload

    return payload.penalties(self._asked(), self.breaches)


_FIELDS: dict[str, property] = {
    "action": property(lambda self: self._shape.unit.plan.component.action),
    "verdict": property(lambda self: self._shape.verdict),
    "reachable": property(lambda self: self._shape.reachable),
    "cause": property(lambda self: self._shape.cause),
    "cited": property(lambda self: self._shape.cited),
    "citations": property(lambda self: self._shape.citations),
    "missing": property(_missing),
    "handled_by": property(_handled_by),
    "continuing": property(_continuing),
    "content_hash": property(lambda self: self._shape.unit.program.content_hash),
    "limits": property(_limits),
    "breaches": property(_breaches),
    "deadlines": property(_deadlines),
    "penalties": property(_penalties),
    "beaten": property(_beaten),
    "findings": _worked_out("findings", lambda asked: _turning(asked).findings()),
    "fictions": property(lambda self: _told(self).fictions),
    "presumptions": _worked_out("presumptions", lambda asked: _turning(asked).presumptions()),
    "notes": property(_all_notes),
    "irrelevant": _from_payload("irrelevant"),
    "considered": _from_payload("considered", "all_considered"),
    "nearest": property(_nearest),
    "unmet": property(_unmet),
    "authority": property(lambda self: _told(self).places),
    "outside": property(_outside),
}
for _name, _property in _FIELDS.items():
    setattr(CompiledDecision, _name, _property)
