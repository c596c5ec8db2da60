"""What conditions read: facts, derived facts, `P applies`, and the days on which something changes force."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from mutandis.calendar.dates import day_of
from mutandis.condition import tree as t
from mutandis.datatypes import DATE, YES_NO
from mutandis.link.cone import cone_of
from mutandis.link.program import (
    Component,
    Derivation,
    DerivedFact,
    LinkedExclusion,
    LinkedGround,
    LinkedPenalty,
    Norm,
    Program,
)
from mutandis.rulebook.law import Interval
from mutandis.vocabulary import Vocabulary


def of_ground(ground: LinkedGround) -> Iterator[t.Expression]:
    """Every condition of a ground and of the grounds inside it."""
    if ground.when is not None:
        yield ground.when
    if ground.unless is not None:
        yield ground.unless
    for inner in ground.grounds:
        yield from of_ground(inner)


def of_exclusion(exclusion: LinkedExclusion) -> Iterator[t.Expression]:
    """Every condition of an exclusion and of the grounds inside it."""
    if exclusion.when is not None:
        yield exclusion.when
    for ground in exclusion.grounds:
        yield from of_ground(ground)


def of_trigger(rule: Norm | Derivation | LinkedPenalty) -> Iterator[t.Expression]:
    """Every condition that a rule is triggered by: its own, its grounds' and exclusions'."""
    yield from rule.when
    for ground in rule.grounds:
        yield from of_ground(ground)
    for exclusion in rule.exclusions:
        yield from of_exclusion(exclusion)


def of_norm(norm: Norm, *, deadline: bool = True, done: bool = True) -> Iterator[t.Expression]:
    """Every condition of a norm: when, grounds, exclusions, requirements, deadline, whether it was `done`, event."""
    yield from of_trigger(norm)
    for requirement in norm.requires:
        yield requirement.condition
    if deadline:
        yield from of_deadline(norm, done=done)
    if norm.governed_by is not None:
        yield norm.governed_by


def of_derivation(derivation: Derivation) -> Iterator[t.Expression]:
    """Every condition and value of a derivation."""
    yield from of_trigger(derivation)
    for entry in derivation.entries:
        if entry.when is not None:
            yield entry.when
        yield entry.value
    if derivation.governed_by is not None:
        yield derivation.governed_by


def times_of(force: Interval, event: t.Expression | None) -> list[t.Expression]:
    """What the event that governs a rule must be for the interval to hold; nothing where no event governs it."""
    days: tuple[tuple[t.Operator, dt.date | None], ...] = ((">=", force.since), ("<", force.until))
    return [
        t.Compare(sign, event, t.Day(day, type=DATE), type=YES_NO)
        for sign, day in days
        if day is not None and event is not None
    ]


def references(program: Program, expressions: Iterable[t.Expression]) -> tuple[set[str], tuple[str, ...]]:
    """The derived facts that the expressions read, through others too, and the norms they ask about."""
    derived: set[str] = set()
    applies: dict[str, None] = {}
    pending = deque(expressions)
    while pending:
        node = pending.popleft()
        match node:
            case t.Fact(name=name) if name in program.derived and name not in derived:
                derived.add(name)
                if program.derived[name].base:
                    pending.append(t.Fact(program.derived[name].base))
                for derivation in program.derived[name].derivations:
                    pending.extend(of_derivation(derivation))
            case t.Applies(citation=citation):
                applies[citation] = None
        pending.extend(t.children(node))
    return derived, tuple(applies)


def of_component(component: Component) -> Iterator[t.Expression]:
    """Every condition that the component's truths rest on, limits of bounds and penalties included."""
    for norm in component.norms:
        yield from of_norm(norm, deadline=False)
        for requirement in norm.requires:
            if requirement.bound is not None:
                yield requirement.bound.limit
    for penalty in component.penalties:
        yield from of_penalty(penalty)


def compared_in(program: Program, component: Component) -> list[Norm | Derivation]:
    """What is read under the law of the event and under the present one (S42): norms, those too on which it rests
    whether one asked about is effective, and what gives facts their values, those that deadlines read too."""
    done = t.Fact(done_by(program, component.action))
    names, applies = references(program, (*of_component(component), *of_deadlines(component), done))
    norms, asked = list(component.norms), list(applies)
    for citation in asked:
        cones = (cone_of(program.components[action], n)[0] for action, n in program.effective.get(citation, ()))
        there = [norm for cone in cones for norm in cone.norms]
        norms += (norm for norm in there if norm not in norms)
        derived, further = references(program, (one for norm in there for one in of_norm(norm)))
        names |= derived
        asked += (one for one in further if one not in asked)
    rules: list[Norm | Derivation] = [*norms]
    rules += [one for name in sorted(names) for one in program.derived[name].derivations]
    return [one for one in rules if one.milder]


def of_penalty(penalty: LinkedPenalty) -> Iterator[t.Expression]:
    """Every condition of a penalty, and its event."""
    yield from of_trigger(penalty)
    if penalty.governed_by is not None:
        yield penalty.governed_by


def of_deadlines(component: Component) -> Iterator[t.Expression]:
    """The component's deadlines, and what tells that they were kept where a rule gives or deems it."""
    for norm in component.norms:
        yield from of_deadline(norm)


def of_deadline(norm: Norm, *, done: bool = True) -> Iterator[t.Expression]:
    """What a norm falls due by, and what tells that it was `done` where a rule gives or deems it."""
    if (due := norm.deadline) is not None:
        yield from (part for part in (due.expression, due.done if done else None) if part is not None)


def done_by(program: Program, action: str) -> str:
    """The fact that records the performance of an action; empty where none does."""
    declared = program.vocabulary.actions.get(action)
    return declared.done if declared is not None else ""


def given_name(fact: str, clause: str) -> str:
    """A name for whether a case says anything of a fact of which a clause presumes something."""
    return f"{fact} by {clause}"


def given_fact(name: str) -> str:
    """The fact of which a name made by `given_name` speaks."""
    return name.partition(" ")[0]


def as_stated(program: Program, fact: str) -> str:
    """The fact of the vocabulary that a fact read through fictions is."""
    while fact in program.derived and program.derived[fact].base:
        fact = program.derived[fact].base
    return fact


def presumed_parts(conditions: Iterable[t.Expression]) -> Iterator[tuple[t.Fact, t.Compare]]:
    """The comparisons in which a clause presumes a date to be under the law applied, each with the date."""
    pending = deque(conditions)
    while pending:
        node = pending.popleft()
        if (
            isinstance(node, t.Compare)
            and isinstance(node.left, t.Fact)
            and node.left.presumed
            and not node.left.not_yet
        ):
            yield node.left, node
        pending.extend(t.children(node))


def presumed_days(conditions: Iterable[t.Expression]) -> set[dt.date]:
    """The days on which such a comparison comes out otherwise, the date being read as the version date."""
    found: set[dt.date] = set()
    for _, part in presumed_parts(conditions):
        if isinstance(part.right, t.Day | t.Instant) and day_of(part.right.value) < dt.date.max:
            day = day_of(part.right.value)
            found |= {day} if part.operator in ("<", ">=") else {day + dt.timedelta(1)}
    return found


def forces_of(rule: Norm | LinkedPenalty | Derivation) -> Iterator[Interval]:
    """When a rule is in force, and each of its grounds, exclusions and entries."""
    yield rule.force
    yield from forces_among((*rule.grounds, *rule.exclusions))
    if isinstance(rule, Derivation):
        yield from (entry.force for entry in rule.entries)


class _InForce(Protocol):
    """A ground or an exclusion."""

    @property
    def force(self) -> Interval: ...
    @property
    def grounds(self) -> Sequence[_InForce]: ...


def forces_among(parts: Iterable[_InForce]) -> Iterator[Interval]:
    """When grounds and exclusions are in force, and the grounds in them."""
    for part in parts:
        yield part.force
        yield from forces_among(part.grounds)


def force_days(program: Program, component: Component, derived: Iterable[str]) -> tuple[dt.date, ...]:
    """The days on which something the component rests on comes into force or falls out of it, in order."""
    days: set[dt.date] = set()
    derivations = [one for name in derived for one in program.derived[name].derivations]
    presuming: list[Norm | Derivation] = [*component.norms, *derivations]
    rules: list[Norm | LinkedPenalty | Derivation] = [*presuming, *component.penalties]
    for rule in rules:
        days.update(day for force in forces_of(rule) for day in (force.since, force.until) if day is not None)
    for rule in presuming:
        days.update(presumed_days(rule.when))
    return tuple(sorted(days))


def told_days(program: Program, component: Component) -> Iterator[dt.date]:
    """The days on which what is told beside the component's norms comes into force or falls out of it: what their
    articles leave to others, lists that leave them out, what brings a case under their law.
    """
    places = {norm.citation for norm in component.norms}
    read_by = {s.citation for norm in component.norms for chain in norm.sources for s in chain}
    articles = {(one.law, one.article) for one in places | read_by}
    laws = {law for law, _ in articles}
    forces = [one.force for one in program.delegations if (one.citation.law, one.citation.article) in articles]
    forces += [one.force for one in program.clauses if any(one.leaves_out(place) is not None for place in places)]
    forces += [one.force for one in program.bringing if one.citation.law in laws]
    for force in forces:
        yield from (day for day in (force.since, force.until) if day is not None)


def defined_of_members(derived: Mapping[str, DerivedFact], vocabulary: Vocabulary) -> Mapping[str, DerivedFact]:
    """The derived facts, by name, that are attributes of members of lists. A fiction is no definition."""
    terms = set(vocabulary.lists.values())
    # By name first: a fact of a bundle is read when it is looked at.
    named = [name for name in derived if name.partition(".")[0] in terms]
    return {name: derived[name] for name in named if not derived[name].base}


def lists_with_definitions(program: Program) -> dict[str, tuple[str, frozenset[str]]]:
    """The lists of whose members something is defined: their term and its defined attributes, by name of the list."""
    attributes: dict[str, set[str]] = {}
    for name in defined_of_members(program.derived, program.vocabulary):
        term, attribute = name.split(".", 1)
        attributes.setdefault(term, set()).add(attribute)
    return {
        name: (term, frozenset(attributes[term]))
        for name, term in program.vocabulary.lists.items()
        if term in attributes
    }
