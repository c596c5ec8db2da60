"""Check: orders that order nothing, a lower law above a higher one, a power and a ban unordered (S5, S7, S8)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.exclusive import can_meet
from mutandis.link.orders import Ordered, OrderKey
from mutandis.link.program import Norm
from mutandis.link.provisions import Provisions
from mutandis.source import NOWHERE
from mutandis.vocabulary import Vocabulary

_VERBS = {"despite": "stands despite", "subject_to": "is subject to", "instead_of": "takes the place of"}


def check_orders(
    ordered: Mapping[str, Ordered],
    bitten: Collection[OrderKey],
    provisions: Provisions,
    vocabulary: Vocabulary,
) -> Iterator[Diagnostic]:
    """`order-that-orders-nothing`, `lower-over-higher` and `unordered-power-and-ban`.

    `bitten` are the orders that decided among definitions.
    """
    yield from _idle_orders(ordered, bitten, provisions)
    yield from _inversions(ordered)
    yield from _unordered(ordered, vocabulary)


def _idle_orders(
    ordered: Mapping[str, Ordered], bitten: Collection[OrderKey], provisions: Provisions
) -> Iterator[Diagnostic]:
    effective = {*bitten, *(key for component in ordered.values() for key in component.bitten)}
    reasons: dict[OrderKey, str] = {}
    for component in ordered.values():
        for kept in component.kept:
            known = reasons.get(kept.key, "")
            # "They do not oppose each other" says more than "nothing there is about this action".
            if not known or known.startswith("nothing at"):
                reasons[kept.key] = kept.reason
    for rule in provisions.rules:
        for order in rule.orders:
            for target in order.targets:
                key = (rule.at, order.relation, target)
                if key in effective or provisions.status(target) != "listed":
                    continue
                why = reasons.get(key, f"nothing at {target} can be ordered")
                yield diagnose(
                    "order-that-orders-nothing",
                    f"{rule.at} {_VERBS[order.relation]} {target}, but that orders nothing: {why}",
                    "keep it if the text has these words; it is shown with the rule and decides nothing",
                    order.span,
                    (),
                    str(rule.at),
                )


def _inversions(ordered: Mapping[str, Ordered]) -> Iterator[Diagnostic]:
    told: set[tuple[str, str]] = set()
    for component in ordered.values():
        for beat in component.beats:
            strong, weak = component.drafts[beat.beater].norm, component.drafts[beat.beaten].norm
            if beat.relation == "rank" or strong.rank <= weak.rank or (strong.rule, weak.rule) in told:
                continue
            told.add((strong.rule, weak.rule))
            yield diagnose(
                "lower-over-higher",
                f"{strong.citation}, of a lower law, goes before {weak.citation}",
                "see that the higher law allows it; nothing else is needed",
                beat.span if beat.span != NOWHERE else strong.span,
                [Label(weak.span, "the rule of the higher law")],
                str(strong.citation),
            )


def _unordered(ordered: Mapping[str, Ordered], vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    told: set[tuple[str, ...]] = set()
    for action, component in ordered.items():
        # Of one reading come several norms here: a ban by contrary, and what removes others in its place.
        origins = [draft.origin for draft in component.drafts]
        related = {frozenset((origins[beat.beater], origins[beat.beaten])) for beat in component.beats}
        for ban in component.drafts:
            for power in component.drafts:
                pair = (ban.norm.rule, _chain(ban.norm), power.norm.rule, _chain(power.norm))
                if (
                    ban.norm.direction == "must_not"
                    and power.norm.direction in ("may", "must")
                    and frozenset((ban.origin, power.origin)) not in related
                    and pair not in told
                    and not (ban.norm.opaque or power.norm.opaque)
                    and can_meet(ban.norm, power.norm, vocabulary)
                ):
                    told.add(pair)
                    yield _pair(action, ban.norm, power.norm)


def _pair(action: str, ban: Norm, power: Norm) -> Diagnostic:
    word = "allows" if power.direction == "may" else "demands"
    implied = " by demanding what excludes it" if ban.derived == "contrary" else ""
    help = "write `despite` or `subject_to` at one of them, with `inferred: why` where the text does not say so"
    if ban.sources or power.sources:
        help += "; or say in the clause's `when` where it applies"
    return diagnose(
        "unordered-power-and-ban",
        f"{_place(power)} {word} `{action}` and {_place(ban)} forbids it{implied}; nothing says which goes before",
        help,
        power.span,
        [Label(power.span, f"{word} it"), Label(ban.span, "forbids it")],
        str(power.citation),
    )


def _chain(norm: Norm) -> str:
    return " ".join(str(step.citation) for chain in norm.sources for step in chain)


def _place(norm: Norm) -> str:
    through = norm.sources[0] if norm.sources else ()
    return " → ".join([*(str(step.citation) for step in through), str(norm.citation)])
