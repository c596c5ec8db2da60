"""Norms of other actions that conditions ask about, by `P applies` or as restrictions in force: what is told (S29).

Such a norm that applies is told as what defines, with what took out of the way what would keep it from applying; one
that something keeps away by what does. Either is told where the answer would be another if it were otherwise, however
many steps it is away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass, replace
from mutandis.decide.asked import Asked
from mutandis.decide.cited import places_of, restoring_norms
from mutandis.decide.counterfactual import changed, freed, obstacles, turns_on_norms_at
from mutandis.decide.placed import by_grounds, excluding_in, in_vain, opened, placed, still_open
from mutandis.decide.result import NOTHING_SAID, Verdict
from mutandis.decide.result_parts import Authority, AuthorityRole
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import FALSE, TRUE, either, is_settled


def asked_elsewhere(asked: Asked) -> Iterator[Authority]:
    """The places of other actions' norms that the answer turns on."""
    told = _Elsewhere(asked)
    for asked_about, norms in _norms_asked(asked).items():
        truth = either(*[_applies(position, shape) for shape, position in norms])
        tried = (FALSE, TRUE) if not is_settled(truth) else (TRUE if truth == FALSE else FALSE,)
        if not turns_on_norms_at(asked, asked_about, tried):
            continue
        for shape, position in norms:
            found: Iterable[tuple[int, Authority]]
            if not is_settled(truth):
                found = still_open(asked.shape, shape, asked.program)
            elif _applies(position, shape) == TRUE:
                found = (*_at(shape, position, "defines"), *_letting(asked, shape, position, [position]))
            elif truth == FALSE and asked.shape.verdict is not Verdict.UNDETERMINED:
                found = _kept_away(asked, shape, position)
            else:
                continue
            yield from (one for _, one in by_grounds(found, excluding_in(shape, told)))


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """The case, for the conditions of norms of other actions."""

    asked: Asked

    def truths(self, conditions: list[Expression]) -> tuple[int, ...]:
        """The truth of each condition."""
        asked = self.asked
        again = asked.looked_at_again()
        return asked.unit.explained.truths_of(tuple(conditions), asked.facts, *asked.setting, again)


def _kept_away(asked: Asked, shape: Shape, position: int) -> Iterator[tuple[int, Authority]]:
    """What keeps a norm away that would apply without it."""
    found = obstacles(shape, position)
    if found and _might_apply(shape, position):
        if asked.shape.verdict in NOTHING_SAID:
            away = tuple(str(place) for _, place in found)
            yield from ((k, replace(one, kept_away_by=away)) for k, one in _at(shape, position, "stops_short"))
        else:
            norms = shape.reading.plan.norms
            yield from ((owner, placed("opens", place, norms[owner].norm)) for owner, place in found)
    yield from _letting(asked, shape, position, [owner for owner, _ in found if owner != position])


def _letting(asked: Asked, shape: Shape, position: int, standing: list[int]) -> Iterator[tuple[int, Authority]]:
    """What lets a norm apply, or what goes before it: what keeps others away that would go before in their turn, what
    fails of these, and what felled an exclusion that holds of those `standing`."""
    if asked.shape.verdict is Verdict.UNDETERMINED:
        return
    norms, applies = shape.reading.plan.norms, partial(_applies, position)
    for _, owner, place in opened(shape, applies, {position}):
        yield owner, placed("opens", place, norms[owner].norm)
    for owner in restoring_norms(shape.reading, shape.statuses, asked.shape.verdict, standing):
        yield from _at(shape, owner, "opens")
    yield from in_vain(shape, applies, {position})


def _at(shape: Shape, position: int, role: AuthorityRole) -> Iterator[tuple[int, Authority]]:
    """The grounds of a norm that hold, else its place."""
    norm = shape.reading.plan.norms[position].norm
    return ((position, placed(role, place, norm)) for place in places_of(shape.reading, shape.statuses, position))


def _norms_asked(asked: Asked) -> Mapping[str, list[tuple[Shape, int]]]:
    found: dict[str, list[tuple[Shape, int]]] = {}
    norms = asked.unit.explained.norms_asked(asked.facts, asked.setting, asked.looked_at_again())
    for asked_about, shape, position in norms:
        found.setdefault(asked_about, []).append((shape, position))
    return found


def _applies(position: int, shape: Shape) -> int:
    """Whether the norm there is effective, as a truth."""
    return shape.reading.whether_effective(position, shape.statuses)


def _might_apply(shape: Shape, position: int) -> bool:
    """True of a norm that would be effective if nothing kept it away, or of which that is not known."""
    return _applies(position, changed(shape, *freed(shape, position))) != FALSE
