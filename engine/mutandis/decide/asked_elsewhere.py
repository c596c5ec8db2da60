"""Norms of other actions that conditions ask about, by `P applies` or as restrictions in force: what is told (S29).

Such a norm that applies is told as what defines, one that something keeps away by what keeps it away: each where the
answer would be another if it were otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mutandis.citation import Citation
from mutandis.condition.tree import Applies
from mutandis.decide.asked import Asked
from mutandis.decide.cited import places_of
from mutandis.decide.counterfactual import changed, freed, obstacles, outcome_of, stands_in, without
from mutandis.decide.order import OUT
from mutandis.decide.result import NOTHING_SAID, Verdict
from mutandis.decide.result_parts import AuthorityRole
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import FALSE, TRUE, ValueConflict
from mutandis.link.program import Norm

Placed = tuple[AuthorityRole, Citation, Norm, tuple[str, ...]]
"""A place with its role, the norm it belongs to, and what keeps it away."""


def asked_elsewhere(asked: Asked) -> Iterator[Placed]:
    """The places of other actions' norms that a settled answer turns on."""
    if asked.shape.verdict is Verdict.UNDETERMINED:
        return
    asked_about_norms = _norms_asked(asked)
    yield from _implied(asked, asked_about_norms)
    for asked_about, norms in asked_about_norms.items():
        applying = [(shape, k) for shape, k in norms if _applies(shape, k)]
        if applying:
            if _is_otherwise(asked, asked_about, FALSE):
                for shape, position in applying:
                    yield from (("defines", place, norm, ()) for place, norm in _places(shape, position))
            continue
        kept_away = [
            (shape, position, found)
            for shape, position in norms
            if (found := obstacles(shape, position)) and _might_apply(shape, position)
        ]
        if kept_away and _is_otherwise(asked, asked_about, TRUE):
            for shape, position, found in kept_away:
                if asked.shape.verdict in NOTHING_SAID:
                    away = tuple(str(place) for _, place in found)
                    yield from (("stops_short", place, norm, away) for place, norm in _places(shape, position))
                else:
                    norms_there = shape.reading.plan.norms
                    yield from (("opens", place, norms_there[owner].norm, ()) for owner, place in found)


def _implied(asked: Asked, norms: Mapping[str, list[tuple[Shape, int]]]) -> Iterator[Placed]:
    """What keeps away a norm that another implies: the exclusions of that one, which it has as well."""
    shape = asked.shape
    role: AuthorityRole = "stops_short" if shape.verdict in NOTHING_SAID else "opens"
    for position, slots in enumerate(shape.reading.plan.norms):
        if slots.norm.derived != "contrary" or shape.statuses[position].effective != OUT:
            continue
        values, detail, _ = asked.detail()
        conditions = list(zip(slots.norm.when, detail.when[position], strict=True))
        exclusions = zip(slots.norm.exclusions, detail.exclusions[position], strict=True)
        away = {one.citation for one, k in exclusions if values[k] == TRUE}
        if not away or any(values[k] != TRUE for one, k in conditions if not isinstance(one, Applies)):
            continue
        implying = [one for name, _ in conditions if isinstance(name, Applies) for one in norms.get(name.citation, ())]
        if all({place for _, place in obstacles(*one)} == away and _might_apply(*one) for one in implying):
            truths, changes = freed(shape, position)
            if without(shape, {**truths, slots.base: TRUE}, changes) != outcome_of(shape):
                yield from ((role, place, slots.norm, ()) for place in away)


def _places(shape: Shape, position: int) -> Iterator[tuple[Citation, Norm]]:
    """The grounds of a norm that hold, else its place."""
    norm = shape.reading.plan.norms[position].norm
    for place in places_of(shape.reading, shape.statuses, position):
        yield place, norm


def _norms_asked(asked: Asked) -> Mapping[str, list[tuple[Shape, int]]]:
    found: dict[str, list[tuple[Shape, int]]] = {}
    for asked_about, shape, position in asked.unit.explained.norms_asked(asked.facts, asked.setting):
        found.setdefault(asked_about, []).append((shape, position))
    return found


def _applies(shape: Shape, position: int) -> bool:
    return shape.reading.whether_effective(position, shape.statuses) == TRUE


def _might_apply(shape: Shape, position: int) -> bool:
    """True of a norm that would be effective if nothing kept it away, or of which that is not known."""
    there = changed(shape, *freed(shape, position))
    return there.reading.whether_effective(position, there.statuses) != FALSE


def _is_otherwise(asked: Asked, asked_about: str, truth: int) -> bool:
    try:
        other = asked.unit.decide_if_applied(asked.facts, asked.setting, asked_about, truth)
    except ValueConflict:
        return True
    return not stands_in(asked, other)
