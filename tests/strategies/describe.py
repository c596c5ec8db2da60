"""Random programs and cases in a few lines, for the person who reads a failing law."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.condition.render import render
from mutandis.link.program import Component, Derivation, LinkedExclusion, LinkedGround, Norm, Program
from mutandis.rulebook.law import ALWAYS, Interval


def describe(program: Program) -> str:
    """The program's norms, orders and derivations, one line each."""
    lines: list[str] = []
    for derived in program.derived.values():
        for derivation in derived.derivations:
            lines.extend(_derivation(derived.name, derivation))
    for component in program.components.values():
        lines.extend(_component(component))
    return "\n".join(lines)


def _force(force: Interval) -> str:
    return "" if force == ALWAYS else f" [{force.since or ''}..{force.until or ''})"


def _ground(ground: LinkedGround | LinkedExclusion) -> str:
    parts = [] if ground.when is None else [render(ground.when)]
    parts += ["one of (" + "; ".join(_ground(g) for g in ground.grounds) + ")"] if ground.grounds else []
    if isinstance(ground, LinkedGround) and ground.unless is not None:
        parts.append(f"unless {render(ground.unless)}")
    return f"{ground.citation}{_force(ground.force)}: {', '.join(parts)}"


def _conditions(rule: Norm | Derivation) -> Iterator[str]:
    yield from (f"    when {render(c)}" for c in rule.when)
    yield from (f"    ground {_ground(g)}" for g in rule.grounds)
    yield from (f"    unless {_ground(e)}" for e in rule.exclusions)
    if rule.governed_by is not None:
        yield f"    governed by {render(rule.governed_by)}"


def _derivation(name: str, derivation: Derivation) -> Iterator[str]:
    yield f"{derivation.kind} {name} at {derivation.citation}{_force(derivation.force)}"
    yield from _conditions(derivation)
    for entry in derivation.entries:
        when = "" if entry.when is None else f" when {render(entry.when)}"
        yield f"    {entry.citation}{_force(entry.force)}: {render(entry.value)}{when}"


def _component(component: Component) -> Iterator[str]:
    yield f"{component.action} (default {component.default})"
    for place, norm in enumerate(component.norms):
        extra = f" opaque by={norm.by}" if norm.opaque else f" by={norm.by}"
        yield f"  {place} {norm.direction} {norm.citation}{_force(norm.force)}{extra}"
        yield from _conditions(norm)
        for requirement in norm.requires:
            bound = requirement.bound
            text = "" if bound is None else f" (bound {bound.parameter} {bound.relation} {render(bound.limit)})"
            yield f"    requires {render(requirement.condition)}{text}"
        if norm.deadline is not None and norm.deadline.expression is not None:
            yield f"    deadline {norm.deadline.relation} {render(norm.deadline.expression)} {norm.deadline.clock}"
        if norm.external:
            yield f"    external {norm.external[0]}"
    for beat in component.beats:
        part = f" in {beat.part[0]}" if beat.part else ""
        yield f"  {beat.beater} {beat.relation} {beat.beaten}{part}"
