"""What it rests on whether a norm that a condition asks about (`P applies`) is effective."""

from __future__ import annotations

from mutandis.dataclass import replace
from mutandis.link.program import Component


def cone_of(component: Component, position: int) -> tuple[Component, int]:
    """What it rests on whether the norm at `position` is effective: what removes it or fells a part of it, what beats
    that, the limits that bind these; and where the norm then stands.

    How it is to be done does not matter, nor when, nor what only weakens a duty. What lifts a limit lifts it for itself
    alone, so a norm bound by the limit does not rest on it; what removes a limit is not bound by it.
    """
    wanted = {position}
    pending = [position]
    removing = ("lifts", "instead_of", "disapply")
    unbound = {(b.beater, b.beaten) for b in component.beats if b.relation in removing and not b.part}
    while pending:
        current = pending.pop()
        found = {b.beater for b in component.beats if b.beaten == current and b.relation != "lifts"}
        if current == position:
            found -= {i for i in found if _only_weakens(component, i, position)}
        elif component.norms[current].direction in ("may", "must"):
            found |= {
                i for i, n in enumerate(component.norms) if n.direction == "limits" and (current, i) not in unbound
            }
        pending.extend(found - wanted)
        wanted |= found
    keep = sorted(wanted)
    asked = replace(component.norms[position], requires=())
    norms = (*component.norms[:position], asked, *component.norms[position + 1 :])
    return replace(_with_norms(replace(component, norms=norms), keep), penalties=()), keep.index(position)


def _only_weakens(component: Component, beater: int, duty: int) -> bool:
    """True of an exemption that makes a permission of a duty, and fells no part of it."""
    if component.norms[beater].direction != "need_not" or component.norms[duty].direction != "must":
        return False
    beats = (b for b in component.beats if (b.beater, b.beaten) == (beater, duty))
    return all(b.relation in ("despite", "rank") and not b.part for b in beats)


def _with_norms(component: Component, keep: list[int]) -> Component:
    place, norms = {old: new for new, old in enumerate(keep)}, [component.norms[i] for i in keep]
    return replace(
        component,
        norms=tuple(n if n.deadline is None else replace(n, deadline=None) for n in norms),
        beats=tuple(
            replace(b, beater=place[b.beater], beaten=place[b.beaten])
            for b in component.beats
            if b.beater in place and b.beaten in place
        ),
    )
