"""What an amendment does to one rule, part by part: what stood there and what stands there now.

A part is told in the condition language, and a condition can be told in words too. Grounds and values are paired by
their place, and of requirements, exceptions and values at one place those that both have are left out, so that one that
is new is told as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field
from itertools import zip_longest

from mutandis.citation import Citation
from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.dataclass import dataclass
from mutandis.rulebook.law import ALWAYS, Deadline, Interval
from mutandis.rulebook.model import Construal, Entry, Ground, Penalty, Rule


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a rule as a rule file has it, and what it is, so that it can be told in words.

    `conditions` are what it says, where it is a condition: all must hold. `places` are the provisions that it names,
    and `parties` the roles, where it names nothing else; `of` is a part that has words of its own, or the rule whose
    effect it is. `force` says when it is in force, where that is told with it.
    """

    text: str
    conditions: tuple[t.Expression, ...] = ()
    places: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    of: Rule | Deadline | Entry | Construal | Penalty | t.Expression | None = field(default=None, compare=False)
    force: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One part of a rule that is otherwise: None where it is not there."""

    part: str
    was: Part | None
    now: Part | None


NUMBER = "number of "
"""Begins the name of an edit of a part that stands at another place of its rule, in the same words."""
_Named = tuple[str, Part]
"""A part with its name, which has its place at the end where that is not the rule's own."""


def edits_of(old: Rule, new: Rule) -> tuple[Edit, ...]:
    """The parts in which two wordings of a rule differ, in the order of a rule file."""
    before, after = list(parts_of(old)), list(parts_of(new))
    moved = _moved_parts(before, after)
    numbers = tuple(
        Edit(f"{NUMBER}{_kind(was[0])}", *(Part(one := _place(name), places=(one,)) for name, _ in (was, now)))
        for was, now in moved
    )
    before = [part for part in before if all(part is not was for was, _ in moved)]
    after = [part for part in after if all(part is not now for _, now in moved)]
    return numbers + tuple(
        Edit(name, was, now)
        for name in dict.fromkeys(name for name, _ in (*before, *after))
        for was, now in zip_longest(_alone(name, before, after), _alone(name, after, before))
    )


def renumbered(old: Rule, new: Rule) -> Iterator[tuple[str, str]]:
    """Places within one rule whose grounds, values or demands stand at another of its places now, with that."""
    for (was, _), (now, _) in _moved_parts(list(parts_of(old)), list(parts_of(new))):
        yield _place(was), _place(now)


def _moved_parts(before: Iterable[_Named], after: Iterable[_Named]) -> list[tuple[_Named, _Named]]:
    """Parts that stand at another place of the rule in the same words, once each: behind one inserted they move on."""
    before, after = ([part for part in parts if _has_place(part[0])] for parts in (before, after))
    gone, come = [one for one in before if one not in after], [one for one in after if one not in before]
    found: list[tuple[_Named, _Named]] = []
    for was in gone:
        theirs, mine = ([one for one in parts if _but_for_place(one) == _but_for_place(was)] for parts in (come, gone))
        if len(theirs) == len(mine) == 1:
            found.append((was, theirs[0]))
    return found


def _has_place(name: str) -> bool:
    return "/" in name and not name.startswith("construe ") and not name.endswith(" in force")


def _but_for_place(part: _Named) -> object:
    return _kind(part[0]), part[1]


def _kind(name: str) -> str:
    return name[: name.index("/")].rpartition(" ")[0]


def _place(name: str) -> str:
    return name.removeprefix(f"{_kind(name)} ")


def _alone(name: str, mine: Iterable[tuple[str, Part]], others: Iterable[tuple[str, Part]]) -> list[Part]:
    """The parts of a name that the others do not have."""
    left = [part for called, part in others if called == name]
    found = []
    for called, part in mine:
        if called == name and part in left:
            left.remove(part)
        elif called == name:
            found.append(part)
    return found


def parts_of(rule: Rule) -> Iterator[tuple[str, Part]]:
    """The parts of a rule with their names, and the place where it is not the rule's own; those of a list share one."""
    if rule.actions:
        actions = " / ".join(rule.actions)
        yield "effect", Part(f"{rule.effect}: {f'any of {actions}' if rule.any_of else actions}", of=rule)
    elif rule.target:
        yield "effect", Part(f"{rule.effect}: {rule.target}", of=rule)
    for name, parties in (("by", rule.by), ("to", rule.to)):
        if parties:
            yield name, Part(", ".join(parties), parties=parties)
    for condition in rule.when:
        yield "when", _all([condition])
    for ground in rule.grounds:
        yield from _ground(ground)
    for requirement in rule.requires:
        yield _at("requires", requirement.citation, rule), _all([requirement.condition])
    for exclusion in rule.unless:
        name = _at("unless", exclusion.citation, rule)
        if exclusion.when is not None:
            yield name, _all([exclusion.when], exclusion.force)
        elif force := _force(exclusion.force):
            yield f"{name} in force", Part(force)
        for ground in exclusion.grounds:
            yield from _ground(ground, "unless ")
    for order in rule.orders:
        yield order.relation, _places(order.targets)
    if rule.deadline is not None:
        due = rule.deadline
        text = due.words if due.expression is None else f"{due.relation} {render(due.expression)}"
        yield "deadline", Part(f"{text}{f' (clock: {due.clock})' if due.clock else ''}", of=due)
    for entry in rule.entries:
        when = "" if entry.when is None else f" where {render(entry.when)}"
        text = f"{render(entry.value)}{when}{_in_force(entry.force)}"
        yield _at("as", entry.citation, rule), Part(text, of=entry, force=_in_force(entry.force))
    for name, places in (("within", rule.within), ("apply", rule.apply), ("apply outside", rule.external)):
        if places:
            yield name, _places(places)
    for construal in rule.construe:
        into = render(construal.condition) if construal.condition is not None else ", ".join(construal.targets)
        yield f"construe {construal.source}", Part(into, of=construal)
    if rule.penalty is not None:
        yield "penalty", Part("; ".join(option.text for option in rule.penalty.options), of=rule.penalty)
        if rule.penalty.of:
            yield "penalty of", _places(rule.penalty.of)
    if rule.governed_by is not None:
        yield "governed by", Part(render(rule.governed_by), of=rule.governed_by)
    for name, text in (("recurs", rule.recurs), ("presumes", rule.presumes), ("not_held", rule.opaque)):
        if text:
            yield name, Part(text)
    if rule.text:
        yield rule.effect, Part(rule.text, parties=(rule.text,) if rule.effect == "delegate" else ())
    for name, is_so in (("milder", rule.milder), ("whole_law", rule.whole_law)):
        if is_so:
            yield name, Part("yes")
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
    text = f"{ground.label or 'always'}{_in_force(ground.force)}"
    yield name, _all(conditions, ground.force) if conditions else Part(text)
    for inner in ground.grounds:
        yield from _ground(inner, before)


def _places(places: Iterable[object]) -> Part:
    named = tuple(map(str, places))
    return Part(", ".join(named), places=named)


def _all(conditions: Iterable[t.Expression], force: Interval = ALWAYS) -> Part:
    found = tuple(conditions)
    whole = found[0] if len(found) == 1 else t.And(found)
    return Part(f"{render(whole)}{_in_force(force)}", found, force=_in_force(force))


def _at(name: str, place: Citation, rule: Rule) -> str:
    return name if place == rule.at else f"{name} {place}"


def _in_force(force: Interval) -> str:
    told = _force(force)
    return f" ({told})" if told else ""


def _force(force: Interval) -> str:
    ends = (("from", force.since), ("until", force.until))
    return " ".join(f"{word} {day}" for word, day in ends if day is not None)
