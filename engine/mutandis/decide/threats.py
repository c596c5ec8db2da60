"""What is threatened for what a decision forbids or finds breached, and what may be (S29, S37)."""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.citation import parse_citation
from mutandis.decide.asked import Asked
from mutandis.decide.order import IN
from mutandis.decide.payload import breaches
from mutandis.decide.result_parts import Authority, Threat
from mutandis.decide.ternary import FALSE, TRUE
from mutandis.link.program import LinkedPenalty, Norm


def penalties(asked: Asked) -> tuple[Threat, ...]:
    """The penalties of which it is known that they are due."""
    found: list[Threat] = []
    for truth, penalty, hit in _punishing(asked):
        if truth == TRUE:
            of = tuple(dict.fromkeys(str(norm.citation) for norm in hit))
            options = tuple(o.text for o in penalty.options)
            found.append(Threat(str(penalty.citation), of, options, penalty.summary, penalty.by))
    return tuple(found)


def open_penalties(asked: Asked) -> Iterator[Authority]:
    """Those of which it is not known, with what they wait for."""
    for truth, penalty, _ in _punishing(asked):
        if truth not in (TRUE, FALSE):
            waits = asked.shape.reading.names.waits(truth)
            facts = tuple(sorted({*waits.facts, *waits.parameters}))
            yield Authority("open", str(penalty.citation), penalty.summary, facts=facts, punishes=True)


def _punishing(asked: Asked) -> Iterator[tuple[int, LinkedPenalty, list[Norm]]]:
    """Each penalty for what is forbidden or breached: the truth of its conditions, and the norms that it is for."""
    plan, reading = asked.unit.plan, asked.shape.reading
    if not plan.penalties:
        return
    broken = {breach.norm for breach in breaches(asked)}
    cited = zip(asked.shape.picked, asked.shape.cited, strict=True)
    punishable = [
        (slots.norm, (slots.norm.citation, *map(parse_citation, cite.provisions)))
        for slots, status, cite in ((plan.norms[p], asked.shape.statuses[p], cite) for (p, _), cite in cited)
        if not slots.norm.sources
        and cite.role != "restores"
        and status.effective == IN
        and not status.weak & IN  # a duty that an exemption made a permission is none
        and (slots.direction == "must_not" or (slots.direction == "must" and slots.norm.key in broken))
    ]
    for place, penalty in zip(plan.penalties, plan.component.penalties, strict=True):
        hit = [n for n, places in punishable if any(penalty.is_for(n.rule, place) for place in places)]
        if hit:
            yield reading.truths[place], penalty, hit
