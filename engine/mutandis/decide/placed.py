"""Places with their roles, and what of the order among norms is told of them: of an answer, and of a norm elsewhere.

What is asked of a shape (`comes_to`) is its answer, or whether one of its norms applies.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from mutandis.citation import Citation
from mutandis.condition.render import render
from mutandis.dataclass import replace
from mutandis.decide.cited import chains_of
from mutandis.decide.counterfactual import changed, freed, obstacles
from mutandis.decide.held import Truths, places_of_exclusion
from mutandis.decide.order import CONDITIONAL, IN, OUT
from mutandis.decide.plan import GroundSlot, NormSlots, RequirementSlot
from mutandis.decide.requirements import is_open
from mutandis.decide.result import Verdict
from mutandis.decide.result_parts import Authority, AuthorityRole
from mutandis.decide.shape import Shape, possible
from mutandis.decide.ternary import FALSE, TRUE, is_settled, truth_of
from mutandis.link.program import Norm, Program
from mutandis.link.read_through import definitions_not_held

ComesTo = Callable[[Shape], object]
Excluding = tuple[tuple[int, str, tuple[str, ...]], ...]
"""Exclusions that hold: the position of the norm, the place of the exclusion, and the grounds of it that hold."""
_FROM_EXCLUSIONS = frozenset({"opens", "stops_short", "dates"})


def placed(role: AuthorityRole, place: Citation, norm: Norm) -> Authority:
    """A place of a norm with its role."""
    return Authority(role, str(place), norm.summary, chains_of(norm.sources))


def opened(shape: Shape, comes_to: ComesTo, but: Collection[int]) -> Iterator[tuple[int, int, Citation]]:
    """The norms that something keeps away, and without it would make what is asked another: the position of each, and
    the position and place of what keeps it away. `but` are left out."""
    now = comes_to(shape)
    for position in range(len(shape.reading.plan.norms)):
        kept_away = obstacles(shape, position) if position not in but else []
        if kept_away and comes_to(changed(shape, *freed(shape, position))) != now:
            yield from ((position, owner, place) for owner, place in kept_away)


def excluding_in(shape: Shape, told: Truths) -> Excluding:
    """The exclusions of a shape's norms that hold by grounds of their own; `told` knows which do."""
    truths = shape.reading.truths
    return tuple(
        (position, str(exclusion.citation), places)
        for position, slots in enumerate(shape.reading.plan.norms)
        for exclusion, truth in zip(slots.norm.exclusions, slots.exclusions, strict=True)
        if exclusion.grounds and truths[truth] == TRUE
        if (places := tuple(map(str, places_of_exclusion(told, exclusion))))
    )


def by_grounds(found: Iterable[tuple[int, Authority]], excluding: Excluding) -> Iterator[tuple[int, Authority]]:
    """What is told, an exclusion of a norm by the grounds of it that hold."""
    grounds = {(position, whole): places for position, whole, places in excluding}
    for position, one in found:
        away = tuple(place for whole in one.kept_away_by for place in grounds.get((position, whole), (whole,)))
        one = replace(one, kept_away_by=away) if away != one.kept_away_by else one
        places = grounds.get((position, one.provision), ()) if one.role in _FROM_EXCLUSIONS else ()
        yield from ((position, replace(one, provision=place)) for place in places)
        if not places:
            yield position, one


def in_vain(shape: Shape, comes_to: ComesTo, but: Collection[int]) -> Iterator[tuple[int, Authority]]:
    """What keeps a permission from going before others: its requirements, and those of limits, that fail."""
    plan, now = shape.reading.plan, comes_to(shape)
    for position, slots in enumerate(plan.norms):
        if slots.direction != "may" or position in but or shape.statuses[position].effective == OUT:
            continue
        failed = [(k, slot) for k, slot in shape.requirements(position) if shape.reading.truths[slot.truth] == FALSE]
        if not failed or comes_to(changed(shape, {slot.truth: TRUE for _, slot in failed})) == now:
            continue
        for (owner, place), fails in by_place(failed).items():
            yield owner, replace(placed("stops_short", place, plan.norms[owner].norm), conditions=tuple(fails))


def by_place(failed: Iterable[tuple[int, RequirementSlot]]) -> dict[tuple[int, Citation], list[str]]:
    """Requirements by their norm and place, each with its condition in words."""
    found: dict[tuple[int, Citation], list[str]] = {}
    for owner, slot in failed:
        found.setdefault((owner, slot.requirement.citation), []).append(render(slot.requirement.condition))
    return found


def speaking_at(place: Citation, norm: Norm, norms: Sequence[NormSlots]) -> Norm:
    """The norm, or where an exclusion of it has a place that is another's, the one in which that place stands."""
    if norm.citation.without_sentence().covers(place):
        return norm
    return next((one.norm for one in norms if one.norm.citation.without_sentence().covers(place)), norm)


def still_open(shape: Shape, there: Shape, program: Program) -> Iterator[tuple[int, Authority]]:
    """In an answer that is not settled, each norm still open `there` and what of that which the answer waits for its
    parts do, wordings not held too."""
    if shape.verdict is not Verdict.UNDETERMINED:
        return
    reading, plan = there.reading, there.reading.plan
    turning = {*shape.missing, *shape.deciding.facts, *shape.deciding.parameters, *shape.deciding.wording}
    waiting: dict[tuple[int, Citation], tuple[int, set[str]]] = {}
    for position, (slots, status) in enumerate(zip(plan.norms, there.statuses, strict=True)):
        if not possible(status) and (status.effective, status.ok) != (IN, CONDITIONAL):
            continue
        own: list[tuple[Citation, int]] = [(slots.norm.citation, reading.truths[slots.base])]
        own += [part for ground in slots.grounds for part in _unsettled(there, ground)]
        own += [(e.citation, reading.truths[k]) for e, k in zip(slots.norm.exclusions, slots.exclusions, strict=True)]
        parts = [(position, place, truth) for place, truth in own]
        if slots.direction != "limits":
            for owner, slot in there.requirements(position):
                parts.append((owner, slot.requirement.citation, reading.truths[slot.truth]))
                if slot.bound is not None and is_open(reading, slot.bound):
                    place = slot.requirement.citation
                    parts.append((owner, place, truth_of(reading.numbers[slot.bound.value])))
                    if slot.bound.parameter in turning:  # what is within its limits and what is not come out otherwise
                        waiting.setdefault((owner, place), (position, set()))[1].add(slot.bound.parameter)
        wording: set[str] = set()
        for owner, place, truth in parts:
            if not is_settled(truth):
                waits = reading.names.waits(truth)
                names = (waits.facts | waits.parameters) & turning
                turned = waits.wording & shape.deciding.wording
                wording |= turned
                # What cannot be reckoned waits for nothing (S47).
                if names or turned or (waits.wording and shape.cause == "wording") or shape.cause == "undefined":
                    waiting.setdefault((owner, place), (position, set()))[1].update(names)
        for one in definitions_not_held(program, wording):
            yield position, Authority("open", str(one.citation), one.summary, chains_of(one.sources), text=one.opaque)
    for (owner, place), (position, facts) in waiting.items():
        # Of a limit that waits for no more than one of its requirements does, the place of that one is enough.
        if plan.norms[owner].direction == "limits" and any(
            other == owner and at != place and place.covers(at) and facts <= theirs
            for (other, at), (_, theirs) in waiting.items()
        ):
            continue
        norm = speaking_at(place, plan.norms[owner].norm, plan.norms)
        yield position, replace(placed("open", place, norm), facts=tuple(sorted(facts)))


def _unsettled(shape: Shape, slot: GroundSlot) -> list[tuple[Citation, int]]:
    truth = shape.reading.truths[slot.truth]
    if is_settled(truth):
        return []
    return [part for g in slot.inner for part in _unsettled(shape, g)] or [(slot.ground.citation, truth)]
