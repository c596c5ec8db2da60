"""What a decision about an action can turn on: its conditions, the facts they read, the days on which law changes.

Conditions are followed through derived facts and `… applies`, so a fact counts wherever it reaches the action.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mutandis.condition import tree as t
from mutandis.link.program import Component, Derivation, LinkedExclusion, LinkedGround, Norm, Program
from mutandis.link.reads import presumed_days
from mutandis.rulebook.model import Interval


def ground_conditions(ground: LinkedGround) -> Iterator[t.Expression]:
    """Every condition of a ground and of the grounds inside it."""
    if ground.when is not None:
        yield ground.when
    if ground.unless is not None:
        yield ground.unless
    for inner in ground.grounds:
        yield from ground_conditions(inner)


def _exclusion_conditions(exclusion: LinkedExclusion) -> Iterator[t.Expression]:
    if exclusion.when is not None:
        yield exclusion.when
    for ground in exclusion.grounds:
        yield from ground_conditions(ground)


def norm_conditions(norm: Norm) -> tuple[t.Expression, ...]:
    """Every condition a norm's trigger and requirements are made of, and its deadline."""
    found = [*norm.when]
    for ground in norm.grounds:
        found.extend(ground_conditions(ground))
    for exclusion in norm.exclusions:
        found.extend(_exclusion_conditions(exclusion))
    found.extend(r.condition for r in norm.requires)
    if norm.deadline is not None and norm.deadline.expression is not None:
        found.append(norm.deadline.expression)
    if norm.governed_by is not None:
        found.append(norm.governed_by)
    return tuple(found)


def derivation_conditions(derivation: Derivation) -> tuple[t.Expression, ...]:
    """Every condition and value a derivation is made of."""
    found = [*derivation.when]
    for ground in derivation.grounds:
        found.extend(ground_conditions(ground))
    for exclusion in derivation.exclusions:
        found.extend(_exclusion_conditions(exclusion))
    for entry in derivation.entries:
        found.extend([entry.value] if entry.when is None else [entry.when, entry.value])
    if derivation.governed_by is not None:
        found.append(derivation.governed_by)
    return tuple(found)


def closure(program: Program, conditions: Iterable[t.Expression]) -> tuple[t.Expression, ...]:
    """The conditions and, once each, all those of the derived facts and norms they lead to, breadth first."""
    found: list[t.Expression] = []
    seen: set[str] = set()
    pending = list(conditions)
    while pending:
        condition = pending.pop(0)
        found.append(condition)
        for node in nodes(condition):
            if isinstance(node, t.Fact) and node.name in program.derived and node.name not in seen:
                seen.add(node.name)
                derived = program.derived[node.name]
                if derived.base:
                    pending.append(t.Fact(derived.base, type=derived.type))
                for derivation in derived.derivations:
                    pending.extend(derivation_conditions(derivation))
            elif isinstance(node, t.Applies) and node.citation not in seen:
                seen.add(node.citation)
                for action, _ in program.effective.get(node.citation, ()):
                    # Whether a norm is effective turns on everything said about its action.
                    for norm in program.components[action].norms:
                        pending.extend(norm_conditions(norm))
    return tuple(found)


def nodes(expression: t.Expression) -> Iterator[t.Expression]:
    """The expression and everything inside it, outside in."""
    yield expression
    for child in t.children(expression):
        yield from nodes(child)


def component_conditions(program: Program, component: Component) -> tuple[t.Expression, ...]:
    """Everything a decision about the component's action reads, penalties left out."""
    return closure(program, [c for norm in component.norms for c in norm_conditions(norm)])


def facts_in(program: Program, conditions: Iterable[t.Expression]) -> tuple[str, ...]:
    """The facts a case can state that the conditions read, in order of first reading."""
    names = (n.name for c in closure(program, conditions) for n in nodes(c) if isinstance(n, t.Fact))
    return tuple(dict.fromkeys(name for name in names if name not in program.derived))


def declared_order(program: Program) -> dict[str, int]:
    """The place of each fact in the vocabulary."""
    return {name: place for place, name in enumerate(program.vocabulary.facts)}


def force_intervals(program: Program, component: Component) -> tuple[Interval, ...]:
    """The in-force intervals read on the version date, which the clock moves unless the case fixes it."""
    found: list[Interval] = []

    def of_ground(ground: LinkedGround) -> None:
        found.append(ground.force)
        for inner in ground.grounds:
            of_ground(inner)

    def of_rule(rule: Norm | Derivation) -> None:
        found.append(rule.force)
        for ground in rule.grounds:
            of_ground(ground)
        for exclusion in rule.exclusions:
            found.append(exclusion.force)
            for ground in exclusion.grounds:
                of_ground(ground)

    reached = component_conditions(program, component)
    read = {n for c in reached for n in nodes(c)}
    norms = list(component.norms)
    for node in read:
        if isinstance(node, t.Applies):
            for action, _ in program.effective.get(node.citation, ()):
                norms.extend(program.components[action].norms)
    for norm in norms:
        of_rule(norm)
    for name in {n.name for n in read if isinstance(n, t.Fact) and n.name in program.derived}:
        for derivation in program.derived[name].derivations:
            of_rule(derivation)
            found.extend(entry.force for entry in derivation.entries)
    found.extend(Interval(day) for day in sorted(presumed_days(reached)))
    return tuple(i for i in found if i.since is not None or i.until is not None)
