"""Whose duties and permissions are asked about (S48).

Bans, limits and exemptions bind or help whoever is asked about: an answer about one bearer is never more generous than
the answer about nobody in particular. Duties and permissions of others fall away, and what only others are punished
with; what they remove stays removed.
"""

from __future__ import annotations

from mutandis.dataclass import replace
from mutandis.link.program import Beat, Component, LinkedPenalty, Norm
from mutandis.vocabulary import Vocabulary


def for_bearer(component: Component, by: str, vocabulary: Vocabulary) -> Component:
    """The component as `by` is asked about; `by` means its kinds, and those that are kinds of it, too."""
    norms, kept = [], []
    for position, norm in enumerate(component.norms):
        if norm.direction not in ("may", "must") or _is_of(norm, by, vocabulary):
            norms.append(norm)
            kept.append(position)
        elif any(b.beater == position and _removes(b, component) for b in component.beats):
            norms.append(_only_removing(norm))
            kept.append(position)
    place = {old: new for new, old in enumerate(kept)}
    beats = (
        replace(b, beater=place[b.beater], beaten=place[b.beaten])
        for b in component.beats
        if b.beater in place and b.beaten in place and _still_bites(b, component, norms, place)
    )
    penalties = tuple(one for one in component.penalties if _is_of(one, by, vocabulary))
    return replace(component, norms=tuple(norms), beats=tuple(beats), penalties=penalties)


def speaks_of(component: Component, by: str | None, vocabulary: Vocabulary) -> bool:
    """True if a norm of the component is one of `by`, or of everybody."""
    return any(
        norm.direction not in ("limits", "disapply") and _is_of(norm, by, vocabulary) for norm in component.norms
    )


def _is_of(one: Norm | LinkedPenalty, by: str | None, vocabulary: Vocabulary) -> bool:
    if by is None or not one.by:
        return True
    return any(by in vocabulary.kinds_of(party) or party in vocabulary.kinds_of(by) for party in one.by)


def _removes(beat: Beat, component: Component) -> bool:
    """True if what the beat removes stays away from everybody: a norm that was replaced, an exemption overcome."""
    return beat.relation == "instead_of" or component.norms[beat.beaten].direction == "need_not"


def _only_removing(norm: Norm) -> Norm:
    return replace(norm, direction="disapply", requires=(), deadline=None, recurs="", any_group=())


def _still_bites(beat: Beat, component: Component, norms: list[Norm], place: dict[int, int]) -> bool:
    beater, beaten = component.norms[beat.beater], component.norms[beat.beaten]
    if norms[place[beat.beater]] is not beater:
        return _removes(beat, component)
    # What exempts from a duty weakens it: that it still removes what it replaces does not depend on it.
    return norms[place[beat.beaten]] is beaten or beater.direction != "need_not"
