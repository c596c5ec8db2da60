"""What two outcomes of one action differ in, as terms of the solver: by aspect, and by what each aspect tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.joining import in_same_parts
from mutandis.backends.solver.outcome import VERDICTS, Outcome
from mutandis.backends.solver.terms import Term, Value
from mutandis.backends.solver.told import Atom
from mutandis.decide.result import Verdict
from mutandis_tools.comparison.answers import Aspect, Place

Entries = Sequence[tuple[Term, Value | None]]
Difference = dict[Atom, Term]
"""For each thing told, where one rulebook tells it and the other does not, or tells another value."""


def verdicts_differ(old: Outcome, new: Outcome) -> Term:
    """Where the verdict is another."""
    return s.no(s.equal(old.verdict, new.verdict))


def is_verdict(outcome: Outcome, verdict: Verdict) -> Term:
    """Where this is the verdict."""
    return s.equal(outcome.verdict, VERDICTS.index(verdict))


def differences(old: Outcome, new: Outcome, place: Place) -> dict[Aspect, Difference]:
    """By aspect, where the two tell something else; places of the new one by their names in the old one."""
    due = dict(_valued(old.deadlines, _merged(new.deadlines, place)))
    as_due = s.no(s.either(due.values()))  # where the deadline is another, it tells the difference
    broken = _truths(old.breaches, _moved(new.breaches, place))
    return {
        "citations": _truths(old.cited, _moved(new.cited, place)),
        "limits": dict(_valued(_limits(old), _merged(_limits(new), place))),
        "deadlines": due,
        "breaches": {atom: s.both([where, as_due]) if atom[1] else where for atom, where in broken.items()},
        "penalties": _truths(old.penalties, _moved(new.penalties, place)),
    }


def _moved(told: Mapping[Atom, Term], place: Place) -> dict[Atom, Term]:
    found: dict[Atom, Term] = {}
    for atom, where in told.items():
        other = _renamed(atom, place)
        found[other] = s.either([found.get(other, False), where])
    return found


def _renamed(atom: Atom, place: Place) -> Atom:
    first, *rest = atom
    # The chains of a citation: clauses, outermost first.
    chained = [
        tuple(tuple(place(step) for step in chain) for chain in part) if index == 2 and len(atom) == 4 else part
        for index, part in enumerate(rest)
    ]
    return place(first), *chained


def _merged(told: Mapping[Atom, Entries], place: Place) -> dict[Atom, list[tuple[Term, Value | None]]]:
    found: dict[Atom, list[tuple[Term, Value | None]]] = {}
    for atom, entries in told.items():
        found.setdefault((place(atom[0]), *atom[1:]), []).extend(entries)
    return found


def _limits(outcome: Outcome) -> dict[Atom, Entries]:
    """Those on parameters with what is measured: one rulebook may bound in one way what the other does in several."""
    found: dict[Atom, Entries] = {atom: e for atom, e in outcome.limits.items() if atom[1] in outcome.plan.parameters}
    for atom, entries in outcome.measured.items():
        found[atom] = (*found.get(atom, ()), *entries)
    return found


def _truths(old: Mapping[Atom, Term], new: Mapping[Atom, Term]) -> Difference:
    found = {atom: s.no(s.equal(old.get(atom, False), new.get(atom, False))) for atom in dict.fromkeys((*old, *new))}
    return {atom: where for atom, where in found.items() if where is not False}


def _valued(old: Mapping[Atom, Entries], new: Mapping[Atom, Entries]) -> Iterator[tuple[Atom, Term]]:
    for atom in dict.fromkeys((*old, *new)):
        mine, theirs = old.get(atom, ()), new.get(atom, ())
        where = s.either([*_without(mine, theirs), *_without(theirs, mine)])
        if where is not False:
            yield atom, where


def _without(mine: Entries, theirs: Entries) -> Iterator[Term]:
    """Where something told here is not told there."""
    for where, value in mine:
        there = s.either([s.both([other, _identical(value, its)]) for other, its in theirs])
        yield s.both([where, s.no(there)])


def _identical(one: Value | None, other: Value | None) -> Term:
    if one is None or other is None:
        return one is other
    absent, missing = s.either([one.none, one.gap]), s.either([other.none, other.gap])
    one, other = in_same_parts(one, other)
    same = s.both([s.equal(one.term, other.term), s.equal(one.top, other.top)])
    return s.choose(absent, missing, s.both([s.no(missing), same]))
