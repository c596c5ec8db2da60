"""What the rulebook does not have: what provisions leave to others, and what could speak and is not encoded (S29)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from mutandis.citation import Citation, parse_citation
from mutandis.decide.order import IN
from mutandis.decide.result import NOTHING_SAID
from mutandis.decide.result_parts import Authority
from mutandis.decide.shape import Shape
from mutandis.decide.ternary import FALSE, TRUE
from mutandis.link.program import Delegation, Norm, Program


def beyond(
    shape: Shape, program: Program, version: dt.date, rests_on: tuple[str, ...], touched: tuple[str, ...]
) -> Iterator[Authority]:
    """What the provisions that the answer rests on leave to others; of those it waits for, or has a value from
    (`touched`), what they leave in passing. Where nothing speaks or permits, what any article about the action leaves
    to others, and what could speak and is not encoded."""
    rested = [parse_citation(place) for place in rests_on]
    places = [*rested, *map(parse_citation, touched)]
    norms = [slots.norm for slots in shape.reading.plan.norms]
    nothing = shape.verdict in NOTHING_SAID
    about = dict.fromkeys(place for norm in norms for place in _stands_in(norm)) if nothing else {}
    failing = [k for k in range(len(norms)) if nothing and _is_left_alone(shape, k)]
    wanting = [
        norms[k].citation for k in failing if norms[k].grounds and shape.reading.truths[_base(shape, k)] != FALSE
    ]
    for one in program.delegations:
        if not one.force.holds(version):
            continue
        if one.within:
            reached = any(
                part.covers(place) for part in one.within for place in (*rested, *(norms[k].citation for k in failing))
            )
        elif one.in_passing:
            own = _provision(one)
            # What others say of its conditions may make a norm speak; a further ground one that lacks a ground alone.
            further = any(own.covers(norms[k].citation) for k in failing) or any(place.covers(own) for place in wanting)
            reached = further or any(own.covers(place) for place in places)
        else:
            reached = any(_whole(one).covers(place) or place.covers(one.citation) for place in (*rested, *about))
        if reached:
            yield Authority("left_to", str(one.citation), one.summary, text=one.to)
    if nothing:
        yield from _not_encoded(program, about)


def _is_left_alone(shape: Shape, position: int) -> bool:
    """True for a norm that nothing keeps away but its own conditions and grounds: no order fells it, no exclusion."""
    slots, status = shape.reading.plan.norms[position], shape.statuses[position]
    return status.removed != IN and not any(shape.reading.truths[place] == TRUE for place in slots.exclusions)


def _base(shape: Shape, position: int) -> int:
    """Where the truth of a norm's conditions stands, its grounds and exclusions aside."""
    return shape.reading.plan.norms[position].base


def _provision(one: Delegation) -> Citation:
    """The provision that a delegation stands in: what a sentence of it leaves is about the whole."""
    return one.citation.without_sentence() if one.citation.sentence else one.citation


def _whole(one: Delegation) -> Citation:
    """What a delegation with no rules beside it is about: its article; of a sentence, its provision."""
    return _provision(one) if one.citation.sentence else one.citation.article_citation()


def _stands_in(norm: Norm) -> Iterator[Citation]:
    """The article of a norm, and those of the clauses it applies by."""
    yield norm.citation.article_citation()
    for chain in norm.sources:
        for step in chain:
            yield step.citation.article_citation()


def _not_encoded(program: Program, about: Collection[Citation]) -> Iterator[Authority]:
    """The places without rules in the articles about the action, and, once for each law, its articles without any."""
    whole: dict[str, list[Citation]] = {}
    for gap in program.gaps:
        if not gap.citation.place:
            whole.setdefault(gap.citation.law, []).append(gap.citation)
        elif gap.citation.article_citation() in about:
            yield Authority("not_encoded", str(gap.citation), text=gap.reason)
    for first, *others in whole.values():
        number = f"and {len(others)} further article{'s' if len(others) > 1 else ''} of it" if others else ""
        yield Authority("not_encoded", str(first), text=number)
