"""What every test of a law shares: how many examples, and the changes to programs and cases that laws speak of."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from mutandis.decide.result import Decision, Verdict
from mutandis.link.program import Beat, Component, Norm, Program

EXAMPLES = int(os.environ.get("MUTANDIS_EXAMPLES", "60"))
"""How many cases each law is tried on: enough for every commit in a minute; set the variable to try more."""

law = settings(
    max_examples=EXAMPLES,
    deadline=None,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
"""The settings every law is tested under."""


def with_component(program: Program, component: Component) -> Program:
    """The program with another component about the same action."""
    return replace(program, components={**program.components, component.action: component})


def rearranged(component: Component, order: list[int]) -> Component:
    """The component with its norms in the given order of old positions; orders follow."""
    place = {old: new for new, old in enumerate(order)}
    beats = tuple(replace(b, beater=place[b.beater], beaten=place[b.beaten]) for b in component.beats)
    return replace(component, norms=tuple(component.norms[i] for i in order), beats=beats)


def only(component: Component, kept: list[int]) -> Component:
    """The component with the norms at these positions alone, and the orders among them."""
    place = {old: new for new, old in enumerate(kept)}
    beats = tuple(
        replace(b, beater=place[b.beater], beaten=place[b.beaten])
        for b in component.beats
        if b.beater in place and b.beaten in place
    )
    return replace(component, norms=tuple(component.norms[i] for i in kept), beats=beats)


def doubled(component: Component, position: int) -> Component:
    """The component with one norm twice, the second directly after the first, in every order the first stands in."""

    def moved(place: int) -> int:
        return place if place <= position else place + 1

    norms = list(component.norms)
    norms.insert(position + 1, replace(norms[position], key=norms[position].key + " again"))
    beats: list[Beat] = []
    for beat in component.beats:
        beaters = [moved(beat.beater)] + ([position + 1] if beat.beater == position else [])
        victims = [moved(beat.beaten)] + ([position + 1] if beat.beaten == position else [])
        beats.extend(replace(beat, beater=a, beaten=b) for a in beaters for b in victims)
    return replace(component, norms=tuple(norms), beats=tuple(beats))


def with_norm(component: Component, norm: Norm) -> Component:
    """The component with one more norm: a limit before the permissions, anything else at the end."""
    if norm.direction != "limits":
        return replace(component, norms=(*component.norms, norm))
    beats = tuple(replace(b, beater=b.beater + 1, beaten=b.beaten + 1) for b in component.beats)
    return replace(component, norms=(norm, *component.norms), beats=beats)


@st.composite
def orders(draw: st.DrawFn, component: Component) -> list[int]:
    """An order of the norms in which beaters still precede what they beat, and limits permissions and duties."""
    wishes = draw(st.permutations(range(len(component.norms))))
    limits = {i for i, n in enumerate(component.norms) if n.direction == "limits"}
    before: dict[int, set[int]] = {i: set() for i in wishes}
    for beat in component.beats:
        if beat.relation != "lifts":
            before[beat.beaten].add(beat.beater)
    for i, norm in enumerate(component.norms):
        if norm.direction in ("may", "must"):
            before[i] |= limits
    done: list[int] = []
    while len(done) < len(wishes):
        done.append(next(i for i in wishes if i not in done and before[i] <= set(done)))
    return done


def reachable(decision: Decision) -> frozenset[Verdict]:
    """The verdicts a decision leaves; a settled one leaves its own."""
    if decision.verdict == Verdict.UNDETERMINED:
        return frozenset(decision.reachable)
    return frozenset({decision.verdict, *decision.reachable})


def without_presumption(facts: Mapping[str, object]) -> dict[str, object]:
    """The case with the fact that would be presumed stated: presumptions give way to what is learnt (S30)."""
    return {"it.presumed": False, **facts}
