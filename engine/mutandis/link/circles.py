"""Circles: what waits for itself, reported edge by edge (S9)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.strata import Slot, Wait
from mutandis.paths import find_circles


def report_circles(stuck: Collection[Slot], waits: Iterable[Wait]) -> list[Diagnostic]:
    """One diagnostic for each circle among the waits of `stuck`, its edges labelled with their places."""
    if not stuck:
        return []
    among = {(w.later, w.earlier): w for w in sorted(waits, key=_order) if w.later in stuck and w.earlier in stuck}
    found: dict[frozenset[object], Diagnostic] = {}
    for circle in find_circles([(_name(later), _name(earlier)) for later, earlier in among]):
        edges = [among[_slot(a), _slot(b)] for a, b in zip(circle, [*circle[1:], circle[0]], strict=True)]
        told = diagnose(
            "circle",
            "rules wait for each other in a circle: " + ", ".join(dict.fromkeys(edge.because for edge in edges)),
            "decide which of them speaks first, and take the order, reference or definition out that says otherwise",
            edges[0].span,
            [Label(edge.span, edge.because) for edge in edges],
            str(edges[0].at),
        )
        found.setdefault(frozenset(edge.span for edge in edges), told)  # on another action, or read through a clause
    return list(found.values())


def _order(wait: Wait) -> tuple[object, ...]:
    return (wait.later, wait.earlier, wait.because, wait.span)


def _name(slot: Slot) -> str:
    return "\t".join(slot)


def _slot(name: str) -> Slot:
    action, _, key = name.partition("\t")
    return (action, key)
