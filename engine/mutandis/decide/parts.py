"""The parts of a decision that rest on more than its shape's verdict and places: each a property of `CompiledDecision`,
which this module gives it when it is imported, with the first look at one of them.

What is costly is kept once worked out, and what works it out is imported then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mutandis.decide.asked import MEASURES, Asked
from mutandis.decide.decision import CompiledDecision, kept
from mutandis.decide.result import Note, Verdict

if TYPE_CHECKING:  # what an answer rests on is imported when somebody looks at it
    from mutandis.decide.authority import Told
    from mutandis.decide.nearest import Nearest
    from mutandis.decide.turning import Turning
    from mutandis.vocabulary import Division


def _worked_out(name: str, work: Callable[[Asked], Any]) -> property:
    """A field that is worked out at the first look and kept."""

    return property(lambda self: kept(self, name, work))


def _from_payload(name: str, part: str = "") -> property:
    """A field that a function of `payload` works out at the first look; imported with the first such look of all."""
    found: list[Callable[[Asked], Any]] = []

    def work(asked: Asked) -> Any:
        if not found:
            from mutandis.decide import payload

            found.append(getattr(payload, part or name))
        return found[0](asked)

    return _worked_out(name, work)


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

    return payload.breaches(self._asked())


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

    return kept(self, "missing", payload.missing)


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
    from mutandis.decide import threats

    return threats.penalties(self._asked())


def kept_with(decision: CompiledDecision, name: str, work: Callable[[Asked], Any]) -> Any:
    """What is worked out of a decision and its notes, which are not the question's: kept for all that have the same."""
    given: tuple[Note, ...] = getattr(decision, "_notes", ())
    return kept(decision, "\n".join([name, *(note.text for note in given)]) if given else name, work)


_PARTS: dict[str, property] = {
    "missing": property(_missing),
    "handled_by": property(_handled_by),
    "continuing": property(_continuing),
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
for _name, _property in _PARTS.items():
    setattr(CompiledDecision, _name, _property)
