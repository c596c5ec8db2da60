"""What a decision about an action can turn on: its conditions, the facts they read, the days on which law changes.

Conditions are followed through derived facts and `… applies`, so a fact counts wherever it reaches the action.
"""

from __future__ import annotations

from collections.abc import Iterable

from mutandis.condition import tree as t
from mutandis.link.program import Component, Norm, Program
from mutandis.link.reads import forces_of, of_derivation, of_norm, presumed_days
from mutandis.rulebook.law import Interval


def closure(program: Program, conditions: Iterable[t.Expression]) -> tuple[t.Expression, ...]:
    """The conditions and, once each, all those of the derived facts and norms they lead to, breadth first."""
    found: list[t.Expression] = []
    seen: set[str] = set()
    pending = list(conditions)
    while pending:
        condition = pending.pop(0)
        found.append(condition)
        for node in t.walk(condition):
            if isinstance(node, t.Fact) and node.name in program.derived and node.name not in seen:
                seen.add(node.name)
                derived = program.derived[node.name]
                if derived.base:
                    pending.append(t.Fact(derived.base, type=derived.type))
                for derivation in derived.derivations:
                    pending.extend(of_derivation(derivation))
            elif isinstance(node, t.Applies) and node.citation not in seen:
                seen.add(node.citation)
                for action, _ in program.effective.get(node.citation, ()):
                    # Whether a norm is effective turns on everything said about its action.
                    for norm in program.components[action].norms:
                        pending.extend(of_norm(norm))
    return tuple(found)


def component_conditions(program: Program, component: Component) -> tuple[t.Expression, ...]:
    """Everything a decision about the component's action reads, penalties left out."""
    return closure(program, [c for norm in component.norms for c in of_norm(norm)])


def facts_in(program: Program, conditions: Iterable[t.Expression]) -> tuple[str, ...]:
    """The facts a case can state that conditions, as `closure` has them, read, in order of first reading."""
    names = (n.name for c in conditions for n in t.walk(c) if isinstance(n, t.Fact))
    return tuple(dict.fromkeys(name for name in names if name not in program.derived))


def declared_order(program: Program) -> dict[str, int]:
    """The place of each fact in the vocabulary."""
    return {name: place for place, name in enumerate(program.vocabulary.facts)}


def force_intervals(program: Program, reached: Iterable[t.Expression], norms: Iterable[Norm]) -> tuple[Interval, ...]:
    """The in-force intervals read on the version date, which the clock moves unless the case fixes it: those of what
    the conditions `reached` read, and of `norms`.
    """
    found: list[Interval] = []
    conditions = tuple(reached)
    read = {n for c in conditions for n in t.walk(c)}
    speaking = list(norms)
    for node in read:
        if isinstance(node, t.Applies):
            for action, _ in program.effective.get(node.citation, ()):
                speaking.extend(program.components[action].norms)
    for norm in speaking:
        found.extend(forces_of(norm))
    for name in {n.name for n in read if isinstance(n, t.Fact) and n.name in program.derived}:
        for derivation in program.derived[name].derivations:
            found.extend(forces_of(derivation))
    found.extend(Interval(day) for day in sorted(presumed_days(conditions)))
    return tuple(i for i in found if i.since is not None or i.until is not None)
