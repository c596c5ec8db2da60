"""The expressions inside a rule, all of them, in one place.

A rule holds conditions (what must be true) and values (what a fact becomes, when a thing is due). Every pass that reads
or rewrites rules goes through here, so that none forgets a part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mutandis.citation import Citation
from mutandis.condition.tree import Choice, Expression, walk
from mutandis.link.rewriting import updated
from mutandis.rulebook.law import Deadline
from mutandis.rulebook.model import Entry, Exclusion, Ground, Requirement, Rule, Source

Change = Callable[[Expression], Expression]


def conditions_of(rule: Rule) -> Iterator[Expression]:
    """The conditions of a rule: trigger, grounds, exclusions, requirements, guards of values."""
    yield from rule.when
    for ground in rule.grounds:
        yield from conditions_of_ground(ground)
    for requirement in rule.requires:
        yield requirement.condition
    for exclusion in rule.unless:
        if exclusion.when is not None:
            yield exclusion.when
        for ground in exclusion.grounds:
            yield from conditions_of_ground(ground)
    for entry in rule.entries:
        if entry.when is not None:
            yield entry.when


def conditions_of_ground(ground: Ground) -> Iterator[Expression]:
    """The conditions of a ground and of those inside it."""
    if ground.when is not None:
        yield ground.when
    for inner in ground.grounds:
        yield from conditions_of_ground(inner)
    if ground.unless is not None:
        yield ground.unless


def values_of(rule: Rule) -> Iterator[Expression]:
    """The values of a rule: what a define or deem gives, the deadline, the date that picks the version."""
    for entry in rule.entries:
        yield entry.value
    if rule.deadline is not None and rule.deadline.expression is not None:
        yield rule.deadline.expression
    if rule.governed_by is not None:
        yield rule.governed_by


def expressions_of(rule: Rule) -> Iterator[Expression]:
    """Every expression of a rule, those that its construals substitute included."""
    yield from conditions_of(rule)
    yield from values_of(rule)
    for construal in rule.construe:
        if construal.condition is not None:
            yield construal.condition


def choices_in(source: Source) -> Iterator[tuple[Rule, Choice]]:
    """Every value of an enumeration that a rule names, with the rule."""
    for rule in (rule for article in source.articles for rule in article.rules):
        for expression in expressions_of(rule):
            yield from ((rule, part) for part in walk(expression) if isinstance(part, Choice))


def located_expressions(rule: Rule) -> Iterator[tuple[Citation, Expression]]:
    """Every expression of a rule as written, with the place it stands at."""
    yield from ((rule.at, node) for node in rule.when)
    for ground in rule.grounds:
        yield from _located_in_ground(ground)
    yield from ((requirement.citation, requirement.condition) for requirement in rule.requires)
    for exclusion in rule.unless:
        if exclusion.when is not None:
            yield exclusion.citation, exclusion.when
        for ground in exclusion.grounds:
            yield from _located_in_ground(ground)
    for entry in rule.entries:
        yield from ((entry.citation, node) for node in (entry.when, entry.value) if node is not None)
    deadline = rule.deadline.expression if rule.deadline is not None else None
    yield from ((rule.at, node) for node in (deadline, rule.governed_by) if node is not None)
    yield from ((rule.at, c.condition) for c in rule.construe if c.condition is not None)


def _located_in_ground(ground: Ground) -> Iterator[tuple[Citation, Expression]]:
    yield from ((ground.citation, node) for node in (ground.when, ground.unless) if node is not None)
    for inner in ground.grounds:
        yield from _located_in_ground(inner)


def places_of(rule: Rule) -> Iterator[Citation]:
    """Every place that a rule gives an address: its own, its grounds', values', requirements' and exclusions'."""
    yield rule.at
    for ground in rule.grounds:
        yield from places_of_ground(ground)
    for entry in rule.entries:
        yield entry.citation
    for requirement in rule.requires:
        yield requirement.citation
    for exclusion in rule.unless:
        yield exclusion.citation
        for ground in exclusion.grounds:
            yield from places_of_ground(ground)


def places_of_ground(ground: Ground) -> Iterator[Citation]:
    """The places of a ground and of those inside it."""
    yield ground.citation
    for inner in ground.grounds:
        yield from places_of_ground(inner)


def map_expressions(rule: Rule, condition: Change, value: Change) -> Rule:
    """`rule` with every condition and every value replaced; construals are left as written."""
    return updated(
        rule,
        when=tuple(condition(node) for node in rule.when),
        grounds=tuple(map_ground(ground, condition) for ground in rule.grounds),
        requires=tuple(_requirement(requirement, condition) for requirement in rule.requires),
        unless=tuple(map_exclusion(exclusion, condition) for exclusion in rule.unless),
        entries=tuple(_entry(entry, condition, value) for entry in rule.entries),
        deadline=_deadline(rule.deadline, value),
        governed_by=None if rule.governed_by is None else value(rule.governed_by),
    )


def map_ground(ground: Ground, condition: Change) -> Ground:
    """`ground` with every condition in it replaced."""
    return updated(
        ground,
        when=None if ground.when is None else condition(ground.when),
        grounds=tuple(map_ground(inner, condition) for inner in ground.grounds),
        unless=None if ground.unless is None else condition(ground.unless),
    )


def map_exclusion(exclusion: Exclusion, condition: Change) -> Exclusion:
    """`exclusion` with every condition in it replaced."""
    return updated(
        exclusion,
        when=None if exclusion.when is None else condition(exclusion.when),
        grounds=tuple(map_ground(ground, condition) for ground in exclusion.grounds),
    )


def _requirement(requirement: Requirement, condition: Change) -> Requirement:
    return updated(requirement, condition=condition(requirement.condition))


def _entry(entry: Entry, condition: Change, value: Change) -> Entry:
    return updated(entry, when=None if entry.when is None else condition(entry.when), value=value(entry.value))


def _deadline(deadline: Deadline | None, value: Change) -> Deadline | None:
    if deadline is None or deadline.expression is None:
        return deadline
    return updated(deadline, expression=value(deadline.expression))
