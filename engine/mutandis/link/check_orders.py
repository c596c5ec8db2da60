"""Check: orders that order nothing, a lower law above a higher one, powers and what opposes them (S5, S7, S8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

from mutandis.citation import Citation, CitationRange
from mutandis.condition.tree import Applies, Fact
from mutandis.dataclass import replace
from mutandis.datatypes import YES_NO
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.exclusive import can_meet
from mutandis.link.linked_parts import part_places
from mutandis.link.orders import Ordered, OrderKey
from mutandis.link.program import LinkedExclusion, LinkedGround, Norm
from mutandis.link.provisions import Provisions
from mutandis.link.reading import name_of, place_through
from mutandis.link.rewriting import conjunction
from mutandis.source import NOWHERE
from mutandis.vocabulary import Vocabulary

_VERBS = {"despite": "stands despite", "subject_to": "is subject to", "instead_of": "takes the place of"}


def check_orders(
    ordered: Mapping[str, Ordered],
    bitten: Collection[OrderKey],
    provisions: Provisions,
    vocabulary: Vocabulary,
    half_read: Callable[[Citation], bool] = lambda _: False,
) -> Iterator[Diagnostic]:
    """`order-that-orders-nothing`, `lower-over-higher` and `unordered-power-and-ban`.

    `bitten` are the orders that decided among definitions. What an order over provisions that are `half_read` does is
    not known.
    """
    yield from (d for target, d in _idle_orders(ordered, bitten, provisions) if not half_read(target.first))
    yield from _inversions(ordered)
    yield from _unordered(ordered, vocabulary)


def _idle_orders(
    ordered: Mapping[str, Ordered], bitten: Collection[OrderKey], provisions: Provisions
) -> Iterator[tuple[CitationRange, Diagnostic]]:
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
                message = f"{rule.at} {_VERBS[order.relation]} {target}, but that orders nothing: {why}"
                help = "keep it if the text has these words; it is shown with the rule and decides nothing"
                yield target, diagnose("order-that-orders-nothing", message, help, order.span, (), str(rule.at))


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


MOST_PAIRS = 100
"""How many pairs of one action are looked for: who has as many does not go through them one by one."""

SHOWN_PAIRS = 3


def _unordered(ordered: Mapping[str, Ordered], vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """One diagnostic for each action; a pair that another action has as well is told once."""
    told: set[tuple[str, ...]] = set()
    excluded = {name: kept for component in ordered.values() for name, kept in _exclusions(component)}
    for action, component in ordered.items():
        pairs = []
        for against, power in _pairs(component):
            pair = (against.rule, _chain(against), power.rule, _chain(power))
            if pair not in told and can_meet(_standing(against, excluded), _standing(power, excluded), vocabulary):
                told.add(pair)
                pairs.append((against, power))
                if len(pairs) == MOST_PAIRS:
                    break
        if pairs:
            yield _tell(action, pairs)


def _exclusions(component: Ordered) -> Iterator[tuple[str, tuple[LinkedExclusion, ...]]]:
    """By the name of each norm what excludes it, whatever else holds: what nothing may fell."""
    felled: dict[int, set[Citation]] = defaultdict(set)
    for beat in component.beats:
        felled[beat.beaten].update(beat.part)
    for place, draft in enumerate(component.drafts):
        may_fall = felled[place]
        yield name_of(draft.norm), tuple(x for x in draft.norm.exclusions if not may_fall & set(part_places((), [x])))


def _standing(norm: Norm, excluded: Mapping[str, tuple[LinkedExclusion, ...]]) -> Norm:
    """The norm with what goes without saying where it is effective: nothing excludes it, or what it follows from, its
    place applies, and the case falls under that."""
    names = [name_of(norm), *(one.citation for one in norm.when if isinstance(one, Applies))]
    norm = replace(norm, exclusions=tuple(one for name in names for one in excluded.get(name, ())))
    if norm.sources or norm.derived not in ("", "contrary"):
        return norm  # through a clause it is another case that falls under the place; so it is with an exclusion's
    grounds = tuple(
        replace(one, when=conjunction([*([one.when] if one.when else []), _falls_under(one)])) for one in norm.grounds
    )
    applies = Applies(str(norm.citation), type=YES_NO)
    return replace(norm, when=(*norm.when, applies, _falls_under(norm)), grounds=grounds)


def _falls_under(stands: Norm | LinkedGround) -> Fact:
    return Fact(f"§{stands.citation}", type=YES_NO)


def _pairs(component: Ordered) -> Iterator[tuple[Norm, Norm]]:
    """Bans and powers, and exemptions and duties of others, between which there is no order.

    What a permission exempts from, a duty forbids: the two are told as a ban and a power of the action permitted.
    """
    # Of one reading come several norms here: a ban by contrary, and what removes others in its place.
    origins = [draft.origin for draft in component.drafts]
    related = {frozenset((origins[beat.beater], origins[beat.beaten])) for beat in component.beats}
    drafts = [draft for draft in component.drafts if not draft.norm.opaque]
    powers = [draft for draft in drafts if draft.norm.direction in ("may", "must")]
    duties = [draft for draft in powers if draft.norm.direction == "must"]
    for against in drafts:
        if against.norm.direction == "must_not":
            opposed = powers
        elif against.norm.direction == "need_not" and against.norm.derived != "contrary":
            own = against.norm.exempts[0] if against.norm.exempts else ""  # the duty whose exclusion grants it
            opposed = [duty for duty in duties if duty.norm.key != own]
        else:
            continue
        pairs = (power for power in opposed if frozenset((against.origin, power.origin)) not in related)
        yield from ((against.norm, power.norm) for power in pairs)


def _tell(action: str, pairs: list[tuple[Norm, Norm]]) -> Diagnostic:
    against, power = pairs[0]
    word = "allows" if power.direction == "may" else "demands"
    implied = " by demanding what excludes it" if against.derived == "contrary" else ""
    told = [[place_through(norm.sources, norm.citation) for norm in pair] for pair in pairs[:SHOWN_PAIRS]]
    opposing, allowing = told[0]
    opposes = f"{_opposes(against)}{implied}"
    message = f"{allowing} {word} `{action}` and {opposing} {opposes}; nothing says which goes before"
    if len(pairs) > 1:
        number = f"{MOST_PAIRS} or more" if len(pairs) == MOST_PAIRS else str(len(pairs))
        some = ", ".join(f"{allowing} and {opposing}" for opposing, allowing in told)
        kinds = {one.direction: "forbid it" if one.direction == "must_not" else "exempt from it" for one, _ in pairs}
        opposes = " or ".join(sorted(kinds.values(), reverse=True))
        message = f"{number} pairs of rules allow or demand `{action}` and {opposes}, and no order is known: {some}"
        message += ", …" if len(pairs) > SHOWN_PAIRS else ""
    help = "write `despite` or `subject_to` at one of them, with `inferred: why` where the text does not say so"
    if any(one.sources or power.sources for one, power in pairs):
        help += "; or say in the clause's `when` where it applies"
    labels = [
        label
        for one, power in pairs[:SHOWN_PAIRS]
        for label in (
            Label(power.span, "allows it" if power.direction == "may" else "demands it"),
            Label(one.span, _opposes(one)),
        )
    ]
    labels = list(dict.fromkeys(labels))  # one rule read through several clauses stands in one place
    return diagnose("unordered-power-and-ban", message, help, power.span, labels, str(power.citation))


def _opposes(norm: Norm) -> str:
    return "forbids it" if norm.direction == "must_not" else "exempts from it"


def _chain(norm: Norm) -> str:
    return " ".join(str(step.citation) for chain in norm.sources for step in chain)
