"""What conditions read through derived facts and `P applies`, and which clauses and definitions stand behind it."""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.link.program import Component, Derivation, Norm, Program
from mutandis.link.reads import (
    as_stated,
    of_component,
    of_derivation,
    of_ground,
    presumed_days,
    presumed_parts,
    references,
)

DEEMED: Final = "§"
"""How the name begins of what leads to a fact as it is deemed everywhere, before the fact's own."""


def as_deemed(program: Program, fact: str) -> str:
    """The name of a fact as it is read where no provision stands: as fictions that reach everywhere have it."""
    leading = program.derived.get(f"{DEEMED}{fact}")
    return fact if leading is None else leading.base


@dataclass(frozen=True, slots=True)
class PresumedEvent:
    """An event of which the rule at `clause` presumes something (S49): that it has not been, or that it is of the law
    applied, whose version date lies between two days: from `low` on, before `high`.
    """

    fact: str
    clause: str
    low: dt.date | None = None
    high: dt.date | None = None
    not_yet: bool = False


def definitions_not_held(program: Program, rules: Collection[str]) -> tuple[Derivation, ...]:
    """Of the rules by these ids, the definitions and fictions whose wording is not held, once each."""
    found: dict[Derivation, None] = {}
    for fact in program.derived.values() if rules else ():
        for one in fact.derivations:
            if one.opaque and one.kind != "ground" and one.rule in rules:
                found[one] = None
    return tuple(found)


def facts_read(program: Program, expressions: Iterable[t.Expression]) -> tuple[str, ...]:
    """Every fact the expressions read, through derived facts and `P applies`, in order of first reading."""
    found: dict[str, None] = {}
    gone_through: set[tuple[str, str]] = set()
    # With each expression the term whose facts are a list member's own there, and no facts of the case.
    pending = deque((expression, "") for expression in expressions)
    while pending:
        node, member = pending.popleft()
        if isinstance(node, t.Attribute) and node.defined is not None:
            pending.append((node.defined, node.defined.name.partition(".")[0]))
            continue
        if isinstance(node, t.Fact) and (node.name, member) not in gone_through:
            gone_through.add((node.name, member))
            derived = program.derived.get(node.name)
            if derived is not None or not (member and node.name.startswith(f"{member}.")):
                found[node.name] = None
            if derived is not None:
                if derived.base:
                    pending.append((t.Fact(derived.base), member))
                for derivation in derived.derivations:
                    pending.extend((part, member) for part in of_derivation(derivation))
        elif isinstance(node, t.Applies):
            for action, position in program.effective.get(node.citation, ()):
                norm = program.components[action].norms[position]
                pending.extend((part, "") for part in norm.when)
                for ground in norm.grounds:
                    pending.extend((part, "") for part in of_ground(ground))
                pending.extend((x.when, "") for x in norm.exclusions if x.when is not None)
        pending.extend((part, member) for part in t.children(node))
    return tuple(found)


def presumed_events(program: Program, component: Component, version: dt.date) -> tuple[PresumedEvent, ...]:
    """The events of which rules presume something where no case dates them, as far as the component reads them."""
    derived, applies = references(program, of_component(component))
    rules: list[Norm | Derivation] = [*component.norms]
    rules += [
        program.components[action].norms[place] for cited in applies for action, place in program.effective[cited]
    ]
    rules += [derivation for name in sorted(derived) for derivation in program.derived[name].derivations]
    found: dict[tuple[str, str], set[dt.date]] = {}
    not_yet: dict[PresumedEvent, None] = {}
    for rule in rules:
        for node in _events_not_yet(rule.when):
            not_yet[PresumedEvent(as_stated(program, node.name), node.presumed, not_yet=True)] = None
        for event, part in presumed_parts(rule.when):
            found.setdefault((as_stated(program, event.name), event.presumed), set()).update(presumed_days([part]))
        event_of = rule.governed_by
        if isinstance(event_of, t.Fact) and event_of.presumed:
            days = found.setdefault((as_stated(program, event_of.name), event_of.presumed), set())
            days.update(day for day in (rule.force.since, rule.force.until) if day is not None)
    under_this_law = (
        PresumedEvent(
            event,
            clause,
            max((day for day in days if day <= version), default=None),
            min((day for day in days if day > version), default=None),
        )
        for (event, clause), days in found.items()
    )
    return *under_this_law, *not_yet


def _events_not_yet(conditions: Iterable[t.Expression]) -> Iterator[t.Fact]:
    """The dates that a fiction presumes to be of nothing that has been."""
    for condition in conditions:
        yield from (node for node in t.walk(condition) if isinstance(node, t.Fact) and node.not_yet)
