"""A case in which rules give one derived fact different values: decided under each, the answers put together (S28)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from mutandis.dataclass import replace
from mutandis.decide.result import Decision, Note, PlainDecision, Verdict
from mutandis.decide.result_parts import Threat
from mutandis.decide.ternary import ValueConflict
from mutandis.link.program import Program

MOST_CHOICES = 64
"""Under how many combinations of contradicting derived facts a case is decided."""


def decide_under_each(
    program: Program, decide: Callable[[Mapping[str, object]], Decision], conflict: ValueConflict
) -> Decision:
    """The decision about a case in which `conflict` was found; `decide` decides it under given values of facts."""
    pending: list[dict[str, object]] = [{conflict.fact: value} for value in conflict.values]
    places = dict.fromkeys(places_of(program, conflict))
    decided: list[Decision] = []
    while pending:
        choices = pending.pop(0)
        try:
            decided.append(decide(choices))
        except ValueConflict as further:
            places.update(dict.fromkeys(places_of(program, further)))
            if len(pending) + len(decided) < MOST_CHOICES:
                pending.extend({**choices, further.fact: value} for value in further.values)
    return _together(decided, sorted(places))


def _together(decided: list[Decision], places: list[str]) -> Decision:
    first = decided[0]
    breaches = tuple(one for one in first.breaches if all(one in d.breaches for d in decided))
    penalties = tuple(_threatened(first, decided))
    if (breaches, penalties) != (first.breaches, first.penalties):
        first = PlainDecision.of(first, breaches=breaches, penalties=penalties)
    common = frozenset(first.reachable).intersection(*(d.reachable for d in decided))
    if common and all(len(d.reachable) == 1 for d in decided):
        return first
    clash = Note(places[0], f"the rules at {', '.join(places)} give one fact different values")
    notes = (clash, *first.notes)
    if not common:
        conflict = Verdict.CONFLICT
        return PlainDecision.of(first, verdict=conflict, reachable=(conflict,), cause="values", notes=notes)
    missing = {name for d in decided for name in d.missing}
    return PlainDecision.of(
        first,
        verdict=Verdict.UNDETERMINED,
        reachable=tuple(v for v in Verdict if v in common or v is Verdict.CONFLICT),
        cause=next(c for c in ("facts", "wording", "parameters", "undefined") if any(d.cause == c for d in decided)),
        notes=notes,
        missing=tuple(sorted(missing)),
        irrelevant=tuple(one for one in first.irrelevant if one.fact not in missing),
    )


def _threatened(first: Decision, decided: list[Decision]) -> Iterator[Threat]:
    """The penalties of the first decision, each for what it punishes in all of them."""
    for one in first.penalties:
        alike = [[t for t in d.penalties if replace(t, of=()) == replace(one, of=())] for d in decided]
        of = tuple(place for place in one.of if all(any(place in t.of for t in threats) for threats in alike))
        if of:
            yield replace(one, of=of)


def places_of(program: Program, conflict: ValueConflict) -> list[str]:
    """The places of the rules whose values differ."""
    derived = program.derived[conflict.fact]
    citations = [str(e.citation) for d in derived.derivations for e in d.entries]
    return [citations[k] for k in conflict.entries]
