"""Order among the norms of one action: which beats which, and which orders stay words (S5 to S8).

`despite` bites between opposing norms (a prohibition and a permission or duty, a duty and an exemption), from a limit
on a limit, and lifts a limit for the permission that names it. `instead_of` and disapplication remove whatever they
name. An order names a place: every norm at or inside it is meant, instances of it too, except what stands at the
order's own place. Rank between laws orders the opposing pairs that no order speaks of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

from mutandis.citation import Citation, CitationRange
from mutandis.condition.tree import Applies, Expression, Fact, Truth
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import YES_NO
from mutandis.link.clause_scope import on_standing_grounds
from mutandis.link.falls_under import References
from mutandis.link.linked_parts import except_exclusions, except_grounds, part_places
from mutandis.link.places import Places
from mutandis.link.program import TRIGGER, Beat, Derivation, LinkedEntry, Norm, Relation
from mutandis.link.reading import (
    Chain,
    Draft,
    PlacedOrder,
    Reading,
    are_of_one_reading,
    clause_grounds,
    draft_of,
    name_of,
    shared,
    stands_within,
)
from mutandis.link.rewriting import conjunction, disjunction, negation, updated
from mutandis.rulebook.law import ALWAYS
from mutandis.rulebook.model import OPPOSED

OrderKey = tuple[Citation, str, CitationRange]
"""An order as written: its place, its relation and what it names."""

_RESTRICTIONS: Final = ("restriction", "in force")
INSTEAD: Final = "; instead"
_DISAPPLIES: Final = "; disapplies"
"""Ends the key of a norm by which a rule about another action takes the place of rules."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An order that orders nothing in one component: whose, onto what, and why."""

    order: PlacedOrder
    written: CitationRange
    target: CitationRange
    reason: str

    @property
    def key(self) -> OrderKey:
        """The order as written."""
        return (self.order.at, self.order.order.relation, self.written)


@dataclass(frozen=True, slots=True)
class Ordered:
    """The norms of one action, the orders that bite among them, and those kept as text."""

    drafts: tuple[Draft, ...]
    beats: tuple[Beat, ...]
    kept: tuple[Kept, ...]
    bitten: frozenset[OrderKey] = frozenset()


@dataclass(frozen=True, slots=True)
class Target:
    """What one citation of an order means: the provisions, and the clauses through which they are read.

    `construed`: a clause has the citation read as this one, which then means the provision as it stands.
    """

    written: CitationRange
    cited: CitationRange
    prefix: Chain
    order: PlacedOrder
    construed: bool

    def whole(self, draft: Draft) -> bool:
        """True if the order names all of the norm: its place, or a clause by which it comes."""
        return any(self.names(draft.norm.rule, draft.norm.citation, chain) for chain in draft.chains)

    def parts(self, draft: Draft) -> tuple[Citation, ...]:
        """The places inside the norm, grounds and exclusions, and grounds of its clauses, that the order names."""
        own = draft.norm.citation
        found = set[Citation]() if draft.norm.derived in _RESTRICTIONS else self.clause_grounds(draft.chains)
        if self.cited.first.is_of(own) and any(self.means(draft.norm.rule, chain) for chain in draft.chains):
            found |= {p for p in draft.parts if p != own and self.covers(p)}
        return tuple(sorted(found))

    def clause_grounds(self, chains: Iterable[Chain]) -> set[Citation]:
        """The grounds, of the clauses by which something comes, that the order names."""
        return {
            place
            for chain in chains
            for depth in range(len(chain))
            for place in clause_grounds(chain[depth : depth + 1])
            if self.covers(place) and self._means_clause(chain, depth)
        }

    def names(self, rule: str, place: Citation, chain: Chain) -> bool:
        """True if the order names what stands at `place`, by the rule read through `chain`, or a clause on the way."""
        if self.covers(place) and self.means(rule, chain):
            return True
        return any(
            self.covers(clause.rule.at) and self._means_clause(chain, depth) for depth, clause in enumerate(chain)
        )

    def _means_clause(self, chain: Chain, depth: int) -> bool:
        """Whether a clause on the way may be meant: what it applies does not go before it."""
        clause = chain[depth]
        return self.order.rule not in clause.applied and self.means(clause.rule.id, chain[:depth])

    def means(self, rule: str, chain: Chain) -> bool:
        """Whether this instance of the rule is the one meant (S37).

        An order from outside binds instances too. Where the two part, what is applied together with the other has an
        instance of its own beside it: the order as it stands leaves that one's instances alone, and an order in the
        range means the instances, not what stands outside.
        """
        if not stands_within(chain, self.prefix):
            return False
        both = shared(self.order.chain, chain)
        if any(self.order.rule in clause.applied for clause in chain[both:]):
            return False
        return self.construed or not any(rule in clause.applied for clause in self.order.chain[both:])

    def covers(self, place: Citation) -> bool:
        """Whether the order names what stands at the place; of its own place only where it names that alone."""
        at, said = self.order.at, self.cited if self.construed else self.written  # of a range each member is cited
        is_own = place == at and not (said.first == said.last == at)
        return self.cited.covers(place) and not is_own


def targets_of(placed: PlacedOrder, references: References) -> tuple[Target, ...]:
    """What each citation of an order means where it is read: inside an applied range the instances, else the rules.

    Worked out once for an order: all that a clause applies has the clause's orders.
    """
    known = references.meant.get(id(placed))
    if known is None:  # the order is held, so its id is its
        known = references.meant[id(placed)] = placed, tuple(_targets_of(placed, references))
    return known[1]


def _targets_of(placed: PlacedOrder, references: References) -> Iterator[Target]:
    levels = placed.levels
    for written, named in [(t, one) for t in placed.order.targets for one in references.named(t, levels)]:
        construed = any(level.construing.provisions(named) is not None for level in levels)
        for cited, through in references.bind(named, levels):
            clauses = sum(bool(level.clause) for level in through)
            yield Target(written, cited, placed.chain[:clauses], placed, construed)


def are_opposed(one: Norm, other: Norm) -> bool:
    """True for a prohibition and a permission or duty, and for a duty and an exemption."""
    return frozenset((one.direction, other.direction)) in OPPOSED


def disapplying(reading: Reading, targets: Sequence[Target], action: str, drafts: Sequence[Draft]) -> Draft | None:
    """The norm by which a rule that only disapplies removes others about `action`; None if it names none of them.

    `targets` is what the orders of `reading` mean.
    """
    if not any(target.whole(draft) or target.parts(draft) for target in targets for draft in drafts):
        return None
    return draft_of(reading, f"{reading.key}{_DISAPPLIES}", "disapply", action)


def replacing(draft: Draft, action: str, drafts: Sequence[Draft], targets: Sequence[Target]) -> Draft | None:
    """The norm by which `draft`, about another action, takes the place of rules about `action` (S6).

    It holds when that norm is effective. `targets` is what its `instead_of` means.
    None where nothing is replaced.
    """
    orders = tuple(placed for placed in draft.orders if placed.order.relation == "instead_of")
    others = [other for other in drafts if not are_of_one_reading(draft, other)]
    if action == draft.norm.action or not any(t.whole(one) or t.parts(one) for t in targets for one in others):
        return None
    norm = replace(
        draft.norm,
        key=f"{name_of(draft.norm)}{INSTEAD}",
        direction="disapply",
        action=action,
        to=(),
        when=(Applies(name_of(draft.norm), type=YES_NO),),
        grounds=(),
        exclusions=(),
        requires=(),
        deadline=None,
        recurs="",
        governed_by=None,
        force=ALWAYS,
        any_group=(),
        opaque="",
    )
    return replace(draft, norm=norm, orders=orders, parts=())


def takes_the_place(norm: Norm) -> bool:
    """True of a norm that says nothing of its action but that a rule about another one stands in place of its rules."""
    return norm.key.endswith(INSTEAD)


def lifts(draft: Draft, limit: Draft, references: References) -> bool:
    """True if the permission or duty goes before the limit, at either end of the order."""
    return any(
        target.whole(weak)
        for strong, weak, relation in ((draft, limit, "despite"), (limit, draft, "subject_to"))
        for placed in strong.orders
        if placed.order.relation == relation
        for target in targets_of(placed, references)
    )


def as_required(permission: Draft, limits: Iterable[Draft], references: References) -> Iterator[Expression]:
    """What has to hold for the permission to be ok: what it requires itself, and what each limit does that binds it.

    What a limit requires is read where the limit stands: a fiction may reach there and not to the permission (S39).
    """
    yield from (requirement.condition for requirement in permission.norm.requires)
    for limit in limits:
        if not lifts(permission, limit, references):
            required = conjunction([requirement.condition for requirement in limit.norm.requires])
            met = references.add(f"§requirements of {name_of(limit.norm)}", _while(limit.norm, required))
            yield disjunction([negation(Applies(name_of(limit.norm), type=YES_NO)), met])


def as_ordered(ordered: Ordered, references: References) -> Iterator[Draft]:
    """The norms that rules state, no ground or exclusion of theirs holding while what goes before it bites (S5)."""
    felling: dict[int, list[Beat]] = defaultdict(list)
    for beat in ordered.beats:
        if beat.part:
            felling[beat.beaten].append(beat)
    for index, draft in enumerate(ordered.drafts):
        if not draft.norm.derived and draft.norm.direction != "disapply":
            grounds, exclusions = draft.norm.grounds, draft.norm.exclusions
            for beat in felling[index]:
                bites = _biting(beat, ordered, references)
                grounds = except_grounds(grounds, beat.part, bites)
                exclusions = except_exclusions(exclusions, beat.part, bites)
            yield replace(draft, norm=updated(draft.norm, grounds=grounds, exclusions=exclusions))


def _biting(beat: Beat, ordered: Ordered, references: References) -> Fact:
    """That what the beat comes from goes before others, read where that stands."""
    strong = ordered.drafts[beat.beater]
    conditions: list[Expression] = [Applies(name_of(strong.norm), type=YES_NO)]
    if strong.norm.direction == "may" and beat.relation in ("despite", "rank"):
        limits = (draft for draft in ordered.drafts if draft.norm.direction == "limits")
        conditions.extend(as_required(strong, limits, references))
    holds = _while(strong.norm, conjunction(conditions))
    return references.add(f"{TRIGGER} {name_of(strong.norm)}, {beat.relation}", holds)


def order_norms(drafts: Sequence[Draft], references: References) -> Ordered:
    """The orders among `drafts`, all about one action. Positions in the beats are positions in `drafts`."""
    beats: list[Beat] = []
    kept: list[Kept] = []
    bitten: set[OrderKey] = set()
    spoken: set[frozenset[int]] = set()
    places = Places(drafts)
    for index, draft in enumerate(drafts):
        for placed in draft.orders:
            for target in targets_of(placed, references):
                others = sorted(places.named_by(target.cited))
                found, reason = _beats_of(index, others, drafts, placed, target, spoken) if others else ([], "")
                beats.extend(found)
                if found:
                    bitten.add((placed.at, placed.order.relation, target.written))
                elif not draft.norm.derived and draft.norm.direction != "disapply":
                    reason = reason or f"nothing at {target.cited} is about `{draft.norm.action}`"
                    kept.append(Kept(placed, target.written, target.cited, reason))
    beats = _without_doubles([*beats, *_felled_exemptions(drafts, beats)])
    beats.extend(_by_restriction(drafts, beats))
    beats.extend(_by_rank(drafts, beats, spoken))
    ordered = Ordered(tuple(drafts), tuple(sorted(beats, key=_beat_order)), tuple(kept), frozenset(bitten))
    return replace(ordered, drafts=_on_standing_grounds(ordered, references))


def _while(norm: Norm, holds: Expression) -> Derivation:
    """A yes while the condition holds, at the norm's place: an answer that turns on it tells the norm (S29), unless it
    is named a trigger, which is not tried."""
    value = LinkedEntry(norm.citation, None, Truth(True, type=YES_NO))
    return Derivation(
        norm.rule,
        norm.citation,
        "ground",
        (value,),
        (holds,),
        sources=norm.sources,
        summary=norm.summary,
        span=norm.span,
    )


def _on_standing_grounds(ordered: Ordered, references: References) -> tuple[Draft, ...]:
    """The norms, each brought by the grounds of its clauses that nothing goes before; its exemptions with it (S5).

    The grounds inside its own grounds, too; its own are slots of the component, which the beat itself fells.
    """
    drafts = list(ordered.drafts)
    for beat in ordered.beats:
        draft = drafts[beat.beaten]
        if not beat.part or draft.norm.derived not in ("", "contrary"):
            continue
        places = {place for chain in draft.chains for place in clause_grounds(chain) if place in beat.part}
        inside = {p for ground in draft.norm.grounds for p in part_places(ground.grounds, ()) if p in beat.part}
        if not (places or inside):
            continue
        bites = _biting(beat, ordered, references)
        for index, one in enumerate(drafts):
            if index == beat.beaten or (one.norm.exempts or ("",))[0] == draft.norm.key:
                when = on_standing_grounds(one.norm.when, places, bites, name_of(draft.norm), references)
                drafts[index] = one = replace(one, norm=replace(one.norm, when=when))
            if index == beat.beaten and inside:
                grounds = except_grounds(one.norm.grounds, inside, bites)
                drafts[index] = replace(one, norm=replace(one.norm, grounds=grounds))
    return tuple(drafts)


def _beats_of(
    index: int,
    others: Iterable[int],
    drafts: Sequence[Draft],
    placed: PlacedOrder,
    target: Target,
    spoken: set[frozenset[int]],
) -> tuple[list[Beat], str]:
    """The beats of one order on `others`, or why there are none where it names any; pairs that it names, or parts of
    them, are added to `spoken`."""
    found: list[Beat] = []
    reason = ""
    for other in others:
        draft = drafts[other]
        if are_of_one_reading(draft, drafts[index]):
            continue
        whole, parts = target.whole(draft), target.parts(draft)
        if not whole and not parts:
            continue
        if placed.order.relation != "instead_of":
            spoken.add(frozenset((index, other)))
        if placed.order.relation == "subject_to":
            if draft.norm.direction == "disapply":  # it removes what it names itself; giving way to it means nothing
                reason = f"{target.cited} only disapplies others"
                continue
            if not whole:
                reason = f"{target.cited} is a part of a rule, which takes no precedence by itself"
                continue
            beat, why = _beat(other, index, drafts, "despite", (), placed)
        else:
            beat, why = _beat(index, other, drafts, placed.order.relation, () if whole else parts, placed)
        if beat is None:
            reason = why
        else:
            found.append(beat)
    return found, reason


def _beat(
    beater: int,
    beaten: int,
    drafts: Sequence[Draft],
    relation: Literal["despite", "instead_of"],
    parts: tuple[Citation, ...],
    placed: PlacedOrder,
) -> tuple[Beat | None, str]:
    strong, weak = drafts[beater].norm, drafts[beaten].norm
    inferred, span = placed.order.inferred, placed.order.span

    def beat(kind: Relation, places: tuple[Citation, ...] = parts) -> tuple[Beat | None, str]:
        return Beat(beater, beaten, kind, places, inferred, span), ""

    if strong.direction == "disapply":
        return beat("instead_of" if relation == "instead_of" else "disapply")
    if relation == "instead_of":
        return beat("instead_of")
    if weak.direction == "disapply":
        return None, f"{weak.citation} only disapplies others"
    limits = (strong.direction == "limits", weak.direction == "limits")
    if are_opposed(strong, weak) or all(limits):
        # Felling an exclusion would let what it excludes stand: an order against that cannot mean this.
        standing = set[Citation]()
        if weak.derived in ("", "contrary"):  # what fells an exclusion fells it whole, and the exemption with it
            standing.update(part_places(weak.grounds, ()), *map(clause_grounds, drafts[beaten].chains))
        grounds = tuple(p for p in parts if p in standing)
        return beat("despite", grounds) if grounds or not parts else (None, "an exclusion helps whoever names it")
    if limits == (False, True) and strong.direction in ("may", "must"):
        return beat("lifts", ()) if not parts else (None, "a limit is lifted as a whole")
    if not any(limits):
        # One of several grounds of an exclusion may have the number of a ground of the rule; it is no exclusion.
        exclusions = tuple(p for p in parts if any(p == one.citation for one in weak.exclusions))
        if exclusions:
            return beat("despite", exclusions)
    return None, f"{strong.citation} and {weak.citation} do not oppose each other on `{strong.action}`"


def _felled_exemptions(drafts: Sequence[Draft], beats: Sequence[Beat]) -> Iterator[Beat]:
    """What fells an exclusion of a duty fells the exemption that the exclusion yields (S2)."""
    exempting: dict[str, list[tuple[int, Norm]]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        if draft.norm.derived == "unless":
            exempting[draft.origin].append((index, draft.norm))
    for beat in beats:
        for index, norm in exempting[drafts[beat.beaten].origin] if beat.part else ():
            if norm.citation in beat.part:
                yield replace(beat, beaten=index, part=())


def _without_doubles(beats: Iterable[Beat]) -> list[Beat]:
    # The same order can be given twice (by a rule and by the clause that applies it); one that names the whole norm
    # makes one that names a part of it idle.
    found: dict[tuple[int, int, str], Beat] = {}
    for beat in sorted(beats, key=_beat_order):
        known = found.get((beat.beater, beat.beaten, beat.relation))
        if known is None:
            found[beat.beater, beat.beaten, beat.relation] = beat
        elif known.part and beat.part:
            found[beat.beater, beat.beaten, beat.relation] = replace(
                known, part=tuple(sorted({*known.part, *beat.part}))
            )
        elif known.part:
            found[beat.beater, beat.beaten, beat.relation] = beat
    return list(found.values())


def _by_restriction(drafts: Sequence[Draft], beats: Sequence[Beat]) -> Iterator[Beat]:
    """A restriction goes before what it restricts, unless a rule orders the places of the two otherwise.

    Such an order holds for every reading of the two places, since a restriction is in force under a place. What only
    disapplies the restriction there gives the right no precedence, nor does what fells an exclusion or goes before or
    lifts a limit: it is between norms that do not oppose each other (S5).
    """
    places = [draft.norm.citation for draft in drafts]
    pairs = {(beat.beater, beat.beaten) for beat in beats}
    ordered = {(places[beat.beater], places[beat.beaten]) for beat in beats if _is_precedence(beat, drafts)}
    for strong, draft in enumerate(drafts):
        if draft.norm.derived not in _RESTRICTIONS:
            continue
        for weak, other in enumerate(drafts):
            if not are_opposed(draft.norm, other.norm) or (strong, weak) in pairs or (weak, strong) in pairs:
                continue
            if (places[weak], places[strong]) in ordered:
                yield Beat(weak, strong, "despite")
            else:
                yield Beat(strong, weak, "despite")


def _is_precedence(beat: Beat, drafts: Sequence[Draft]) -> bool:
    strong, weak = drafts[beat.beater].norm, drafts[beat.beaten].norm
    replaced = beat.relation == "instead_of" and not (strong.key.endswith(_DISAPPLIES) or takes_the_place(weak))
    return replaced or are_opposed(strong, weak)


def _by_rank(drafts: Sequence[Draft], beats: Sequence[Beat], spoken: set[frozenset[int]]) -> Iterator[Beat]:
    if len({draft.norm.rank for draft in drafts}) < 2:
        return
    ordered = spoken | {frozenset((beat.beater, beat.beaten)) for beat in beats if beat.relation == "despite"}
    for strong, draft in enumerate(drafts):
        for weak, other in enumerate(drafts):
            higher = draft.norm.rank < other.norm.rank
            if higher and are_opposed(draft.norm, other.norm) and frozenset((strong, weak)) not in ordered:
                yield Beat(strong, weak, "rank")


def _beat_order(beat: Beat) -> tuple[object, ...]:
    return (beat.beater, beat.beaten, beat.relation, beat.part, beat.inferred, beat.span)
