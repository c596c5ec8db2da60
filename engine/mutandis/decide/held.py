"""Which grounds of a definition hold in a case, and so the places that gave its value; what keeps it away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from mutandis.citation import Citation
from mutandis.condition.render import render
from mutandis.condition.tree import Amount, Expression, Fact, Not
from mutandis.dataclass import replace
from mutandis.decide.cited import chains_of
from mutandis.decide.conditions import conjuncts, is_truth
from mutandis.decide.result_parts import Authority
from mutandis.decide.ternary import FALSE, TRUE
from mutandis.link.program import TRIGGER, Derivation, DerivedFact, LinkedEntry, LinkedExclusion, LinkedGround, Norm
from mutandis.rulebook.law import ALWAYS
from mutandis.values import UNKNOWN


class Truths(Protocol):
    """What tells which conditions hold in a case."""

    def truths(self, conditions: list[Expression]) -> tuple[int, ...]: ...


def held_places(told: Truths, derivation: Derivation) -> tuple[str, ...]:
    """The places that gave the value: the entries of the derivation, and the grounds that hold."""
    grounds = [str(place) for ground in derivation.grounds for place in held_grounds(told, ground)]
    own = [e.citation for e in derivation.entries if not grounds or e.citation != derivation.citation]
    return tuple(dict.fromkeys((*map(str, own), *grounds)))


def entries_that_hold(derived: DerivedFact, holds: Sequence[bool]) -> tuple[list[Derivation], list[Derivation]]:
    """The derivations with an entry that holds, cut down to these entries; and those without."""
    held: list[Derivation] = []
    short: list[Derivation] = []
    holding = iter(holds)
    for derivation in derived.derivations:
        found = tuple([entry for entry in derivation.entries if next(holding)])
        if found:
            held.append(replace(derivation, entries=found))
        else:
            short.append(derivation)
    return held, short


Lacking = dict[str, bool]
"""The conditions that do not hold, in words of conditions: True where one fails, False where that is not known."""


def lacking_of(conditions: Sequence[Expression], truths: Sequence[int]) -> Lacking:
    """What of conditions does not hold, each having the truth at its place."""
    return {render(c): truth == FALSE for c, truth in zip(conditions, truths, strict=True) if truth != TRUE}


def may_hold(told: Truths, ground: LinkedGround) -> bool:
    """True for a ground of which nothing fails in the case: it holds, or that is not known."""
    return (
        (ground.when is None or FALSE not in told.truths(conjuncts(ground.when)))
        and (ground.unless is None or told.truths([ground.unless])[0] != TRUE)
        and (not ground.grounds or any(may_hold(told, inner) for inner in ground.grounds))
    )


def kept_away_by(told: Truths, derivation: Derivation | Norm, version: dt.date) -> tuple[str, ...]:
    """The places of the exclusions that hold in the case, by their grounds that do."""
    found = [
        place
        for excluding in _excluding_on(derivation, version)
        if excluding.when is None or told.truths([excluding.when])[0] == TRUE
        for place in places_of_exclusion(told, excluding)
    ]
    return tuple(dict.fromkeys(map(str, found)))


Reaching = tuple[Derivation, tuple[str, ...], tuple[str, ...]]
"""A derivation that did not reach, the conditions that failed, and the places of the exclusions that hold."""


def rivals(
    told: Truths,
    of_truth: bool,
    held: Iterable[tuple[Derivation, Sequence[str]]],
    others: Iterable[Derivation],
    version: dt.date,
) -> tuple[Reaching, ...]:
    """Beside the derivations that gave a fact its value, those of another value that nothing but an exclusion keeps
    away; `others` can be in force."""
    places, said = set[str](), set[object]()
    for one, giving in held:
        places |= {*giving}
        said |= _said(told, of_truth, one.entries)
    found: list[Reaching] = []
    for one in others:
        away = kept_away_by(told, one, version)
        if not places.issuperset(away) and not _said(told, of_truth, _but_for_exclusions(told, one)) <= said:
            found.append((one, (), away))
    return tuple(found)


def would_say_another(
    told: Truths, of_truth: bool, held: Iterable[Derivation], one: Derivation, version: dt.date
) -> bool:
    """True of a definition that is not in force and would give another value than those that gave it."""
    entries = _but_for_exclusions(told, one)
    conditions = [*one.when, *(entry.when for entry in entries if entry.when is not None)]
    if FALSE in told.truths(conditions) or kept_away_by(told, one, version):
        return False
    return not _said(told, of_truth, entries) <= {said for d in held for said in _said(told, of_truth, d.entries)}


def _said(told: Truths, of_truth: bool, entries: Iterable[LinkedEntry]) -> set[object]:
    """What entries give: of a yes/no fact, in the case; else as it is written."""
    values = [entry.value for entry in entries]
    return set(told.truths(values)) if of_truth else set(map(render, values))


def _but_for_exclusions(told: Truths, one: Derivation) -> list[LinkedEntry]:
    """The entries of a derivation that would give the fact a value, or may, if nothing excluded it."""
    if FALSE in told.truths([*one.when]) or (one.grounds and not any(may_hold(told, g) for g in one.grounds)):
        return []
    return [e for e in one.entries if e.when is None or told.truths([e.when]) != (FALSE,)]


def did_not_reach(one: Reaching, fact: tuple[str, ...]) -> Iterator[Authority]:
    """The places of a definition that did not reach, and of what keeps it away, as what an answer rests on."""
    derivation, failed, away = one
    chains = chains_of(derivation.sources)
    yield Authority("defines", str(derivation.citation), derivation.summary, chains, fact, failed, away)
    for place in (place for place in away if place != str(derivation.citation)):
        yield Authority("defines", place, derivation.summary, chains, fact)


def given_way(
    told: Truths,
    derived: DerivedFact,
    others: Iterable[Derivation],
    facts: Mapping[str, object],
    version: dt.date,
) -> list[object]:
    """The values that a fact would have without the definition that goes before others, or what keeps a fiction away;
    `others` can be in force. None of a yes/no fact that is no fiction.

    Of a yes/no fact as it is in the case; else a value that is written out, or that of one fact, none to be reckoned.
    """
    if not derived.base and (is_truth(derived) or len(derived.derivations) < 2):
        return []
    first = {place for d in derived.derivations for place in held_places(told, d)}
    values = [
        entry.value
        for one in others
        if (by := kept_away_by(told, one, version)) and (derived.base or first.issuperset(by))
        for entry in _but_for_exclusions(told, one)
    ]
    if derived.type.kind == "yes_no":
        return [truth == TRUE for truth in told.truths(values) if truth in (TRUE, FALSE)]
    written: list[object] = [value.value for value in values if isinstance(value, Amount)]
    return written + [facts.get(value.name, UNKNOWN) for value in values if isinstance(value, Fact)]


def felling(told: Truths, derivation: Derivation, version: dt.date) -> tuple[str, ...]:
    """The derived facts for what fells exclusions of a derivation that would hold, or of which that is not known."""
    found: dict[str, None] = {}
    for excluding in _excluding_on(derivation, version):
        parts = conjuncts(excluding.when) if excluding.when is not None else []
        truths = dict(zip(map(id, parts), told.truths(parts), strict=True))
        felled = [p for p in parts if isinstance(p, Not) and truths[id(p)] == FALSE]
        by = [p.operand.name for p in felled if isinstance(p.operand, Fact) and p.operand.name.startswith(TRIGGER)]
        # What fails besides keeps it from excluding, whatever else would fell it.
        by_grounds = not excluding.grounds or any(may_hold(told, ground) for ground in excluding.grounds)
        if by_grounds and len(by) == list(truths.values()).count(FALSE):
            found |= dict.fromkeys(by)
    return tuple(found)


def _excluding_on(derivation: Derivation | Norm, version: dt.date) -> list[LinkedExclusion]:
    """The exclusions in force; where an event governs, those that always are."""
    return [
        excluding
        for excluding in derivation.exclusions
        if (excluding.force.holds(version) if derivation.governed_by is None else excluding.force == ALWAYS)
    ]


def places_of_exclusion(told: Truths, excluding: LinkedExclusion) -> list[Citation]:
    """The grounds of an exclusion that hold in the case, else its own place; none where no ground of several does."""
    if not excluding.grounds:
        return [excluding.citation]
    return [place for ground in excluding.grounds for place in held_grounds(told, ground)]


def held_grounds(told: Truths, ground: LinkedGround) -> list[Citation]:
    """The innermost places of a ground that hold in the case; none where it does not hold."""
    if ground.when is not None and told.truths([ground.when])[0] != TRUE:
        return []
    if ground.unless is not None and told.truths([ground.unless])[0] == TRUE:
        return []
    inner = [place for g in ground.grounds for place in held_grounds(told, g)]
    if ground.grounds and not inner:
        return []
    return inner or [ground.citation]
