"""What an amendment does to one rule, part by part: what stood there and what stands there now.

A part is told in the condition language, and a condition can be told in words too. Grounds, exceptions, requirements
and entries are paired by their place, so that one that is new is told as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.dataclass import dataclass
from mutandis.rulebook.model import Ground, Interval, Rule


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a rule as text; `conditions` are what it says, where it is a condition: all must hold.

    `places` are the provisions that it names, where it names nothing else.
    """

    text: str
    conditions: tuple[t.Expression, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """One part of a rule that is otherwise: None where it is not there."""

    part: str
    was: Part | None
    now: Part | None


def edits_of(old: Rule, new: Rule) -> tuple[Edit, ...]:
    """The parts in which two wordings of a rule differ, in the order of a rule file."""
    before, after = parts_of(old), parts_of(new)
    return tuple(
        Edit(name, before.get(name), after.get(name))
        for name in dict.fromkeys((*before, *after))
        if before.get(name) != after.get(name)
    )


def parts_of(rule: Rule) -> Mapping[str, Part]:
    """The parts of a rule by their names, with the place where it is not the rule's own."""
    return dict(_parts(rule))


def _parts(rule: Rule) -> Iterator[tuple[str, Part]]:
    if rule.actions:
        yield "effect", Part(f"{rule.effect}: {' / '.join(rule.actions)}")
    elif rule.target:
        yield "effect", Part(f"{rule.effect}: {rule.target}")
    for name, parties in (("by", rule.by), ("to", rule.to)):
        if parties:
            yield name, Part(", ".join(parties))
    if rule.when:
        yield "when", _all(rule.when)
    for ground in rule.grounds:
        yield from _ground(ground)
    for number, requirement in enumerate(rule.requires, 1):
        yield _numbered("requires", number, len(rule.requires)), _all([requirement.condition])
    for number, exclusion in enumerate(rule.unless, 1):
        name = _numbered("unless", number, len(rule.unless))
        if exclusion.when is not None:
            yield name, _all([exclusion.when])
        for ground in exclusion.grounds:
            yield from _ground(ground, f"{name} ")
    for order in rule.orders:
        yield order.relation, _places(order.targets)
    if rule.deadline is not None:
        due = rule.deadline
        text = due.words if due.expression is None else f"{due.relation} {render(due.expression)}"
        yield "deadline", Part(f"{text}{f' (clock: {due.clock})' if due.clock else ''}")
    for number, entry in enumerate(rule.entries, 1):
        when = "" if entry.when is None else f" where {render(entry.when)}"
        yield _numbered("as", number, len(rule.entries)), Part(f"{render(entry.value)}{when}")
    for name, places in (("within", rule.within), ("apply", rule.apply), ("apply outside", rule.external)):
        if places:
            yield name, _places(places)
    for construal in rule.construe:
        into = render(construal.condition) if construal.condition is not None else ", ".join(construal.targets)
        yield f"construe {construal.source}", Part(into)
    if rule.penalty is not None:
        yield "penalty", Part("; ".join(option.text for option in rule.penalty.options))
        if rule.penalty.of:
            yield "penalty of", _places(rule.penalty.of)
    if rule.governed_by is not None:
        yield "governed by", Part(render(rule.governed_by))
    for name, text in (("recurs", rule.recurs), ("not_held", rule.opaque), (rule.effect, rule.text)):
        if text:
            yield name, Part(text)
    force = _force(rule.force)
    if force:
        yield "in force", Part(force)
    yield "summary", Part(rule.summary)
    if rule.note:
        yield "note", Part(rule.note.strip())


def _ground(ground: Ground, before: str = "") -> Iterator[tuple[str, Part]]:
    name = f"{before}ground {ground.citation}"
    conditions = [] if ground.when is None else [ground.when]
    if ground.unless is not None:
        conditions.append(t.Not(ground.unless))
    yield name, _all(conditions) if conditions else Part(ground.label or "always")
    for inner in ground.grounds:
        yield from _ground(inner, before)


def _places(places: Iterable[object]) -> Part:
    named = tuple(map(str, places))
    return Part(", ".join(named), places=named)


def _all(conditions: Iterable[t.Expression]) -> Part:
    found = tuple(conditions)
    whole = found[0] if len(found) == 1 else t.And(found)
    return Part(render(whole), found)


def _numbered(name: str, number: int, many: int) -> str:
    return name if many == 1 else f"{name} {number}"


def _force(force: Interval) -> str:
    ends = (("from", force.since), ("until", force.until))
    return " ".join(f"{word} {day}" for word, day in ends if day is not None)
