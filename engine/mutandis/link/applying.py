"""What `P applies` asks where no norm answers it: of definitions, fictions and disapplications, of grounds, and of what
is kept away by an exclusion (S38)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from mutandis.citation import Citation, CitationRange
from mutandis.condition.tree import Applies, Fact, Truth, Unheld
from mutandis.dataclass import replace
from mutandis.datatypes import YES_NO
from mutandis.link.linked_parts import one_of_grounds
from mutandis.link.program import Derivation, LinkedEntry, LinkedExclusion, LinkedGround, Norm
from mutandis.link.provisions import cut_grounds, grounds_at
from mutandis.link.reading import Chain, Draft, Meant, is_read_through, name_of
from mutandis.link.rewriting import conjunction
from mutandis.rulebook.model import Entry, Rule

_TRUE = Truth(True, type=YES_NO)

Standing = tuple[Chain, str, Citation]
"""What has a norm: the clauses it is read through, its rule's id, its place."""


def having(draft: Draft) -> list[Standing]:
    """What has a norm that a rule states."""
    return [(chain, draft.norm.rule, draft.norm.citation) for chain in draft.chains]


def applying_at(
    place: Citation,
    meant: Meant,
    standing: Sequence[tuple[Chain, Derivation]],
    norms: Sequence[Draft],
    add: Callable[[str, Derivation], Fact],
) -> Iterator[Derivation]:
    """That a norm is effective and a ground at the place holds of it (S38); where none has one there, that a definition
    or fiction at the place gives its value. Wording that is not held may have had either."""
    of_norms = [
        found
        for draft in norms
        for found in _effective_on(draft.norm, grounds_at(draft.norm.grounds, place), having(draft), place, meant)
    ]
    yield from of_norms or _giving_at(place, meant, standing, add)
    yield from _in_wording_not_held(place, meant, standing, norms)


def exempting_on(exempting: Iterable[tuple[Draft, Standing]], place: Citation, meant: Meant) -> Iterator[Derivation]:
    """That an exemption from a duty is effective, and by grounds at the place of what excludes."""
    for draft, has in exempting:
        if meant.asks_of(draft.kinds):
            grounds = cut_grounds(draft.norm.grounds, (CitationRange(place, place),))
            yield from _effective_on(draft.norm, grounds, (has,), place, meant)


def _effective_on(
    norm: Norm, grounds: tuple[LinkedGround, ...], stands: Iterable[Standing], place: Citation, meant: Meant
) -> Iterator[Derivation]:
    if (
        grounds
        and place.is_of(norm.citation)
        and any(meant.stands_at(chain, rule, at, at) for chain, rule, at in stands)
    ):
        effective = Applies(name_of(norm), type=YES_NO)
        yield replace(_part(norm, place, grounds), when=(effective,))


def _in_wording_not_held(
    place: Citation, meant: Meant, standing: Iterable[tuple[Chain, Derivation]], norms: Iterable[Draft]
) -> Iterator[Derivation]:
    """That wording which is not held applies, and had something inside it at the place (S41)."""
    for draft in norms:
        norm = draft.norm
        around = norm.opaque and norm.citation.covers(place) and not place.covers(norm.citation)
        if around and any(meant.stands_at(chain, norm.rule, norm.citation, norm.citation) for chain in draft.chains):
            effective = Applies(name_of(norm), type=YES_NO)
            yield replace(_part(norm, place, ()), when=(effective,), opaque=norm.opaque)
    for chain, one in standing:
        around = one.opaque and one.citation.covers(place) and not place.covers(one.citation)
        if around and meant.stands_at(chain, one.rule, one.citation, one.citation):
            yield replace(giving(one), citation=place)


def giving(one: Derivation) -> Derivation:
    """The condition that a definition or fiction gives its value."""
    type_ = one.entries[0].value.type
    return replace(one, kind="ground", entries=given_by(one.entries, type_ is not None and type_.kind == "yes_no"))


def _giving_at(
    place: Citation,
    meant: Meant,
    standing: Iterable[tuple[Chain, Derivation]],
    add: Callable[[str, Derivation], Fact],
) -> list[Derivation]:
    """That a definition or fiction at the place gives its value, or one on a ground, or by a value, there."""
    found: list[Derivation] = []
    for chain, one in standing:
        if meant.stands_at(chain, one.rule, one.citation, place):
            found.append(giving(one))
        found += _giving_on(place, meant, chain, one, add)
    return found


def _giving_on(
    part: Citation, meant: Meant, chain: Chain, one: Derivation, add: Callable[[str, Derivation], Fact]
) -> Iterator[Derivation]:
    own = one.citation
    if part.covers(own) or not (part.is_of(own) and meant.stands_at(chain, one.rule, own, own)):
        return
    if grounds := grounds_at(one.grounds, part):
        holds = add(f"§grounds of {one.rule}{_by(chain)} at {part}", _part(one, part, grounds))
        yield replace(giving(one), when=(*one.when, holds))
    if entries := tuple(entry for entry in one.entries if part.covers(entry.citation)):
        yield giving(replace(one, entries=entries))


def given_by(entries: Sequence[Entry | LinkedEntry], yes_no: bool) -> tuple[LinkedEntry, ...]:
    """The condition under which each entry gives its value; of a yes/no fact what it reckons is one (S38)."""
    found: list[LinkedEntry] = []
    for entry in entries:
        conditions = [entry.when] if entry.when is not None else []
        if yes_no and not isinstance(entry.value, Truth | Unheld):
            conditions.append(entry.value)
        when = conjunction(conditions) if conditions else None
        found.append(LinkedEntry(entry.citation, when, _TRUE, entry.force))
    return tuple(found)


def kept_away(
    place: Citation,
    excluded: Iterable[Rule],
    meant: Meant,
    standing: Iterable[tuple[Chain, Derivation]],
    norms: Iterable[Draft],
    add: Callable[[str, Derivation], Fact],
) -> Iterator[Derivation]:
    """That an exclusion at the place, or on a ground there, holds of what would hold but for it. What excludes a duty
    exempts from it instead.

    `excluded` are the rules and clauses that have exclusions there, `standing` the definitions, fictions and
    disapplications, each with the clauses it is read through; `add` makes a fact of a derivation.
    """
    taken_in = [rule for rule in excluded if meant.takes_in(rule.id)]
    excluding = {rule.id: set(_exclusions_at(rule, place)) for rule in taken_in}
    clauses = meant.clauses
    kept: list[tuple[Chain, Norm | Derivation]] = [(chain, giving(one)) for chain, one in standing]
    kept += [(chain, draft.norm) for draft in norms if draft.norm.direction != "must" for chain in draft.chains]
    for chain, one in kept:
        if is_read_through(chain, clauses):
            rule = one.rule if len(chain) == len(clauses) else chain[len(clauses)].rule.id
            for exclusion in one.exclusions:
                if exclusion.citation in excluding.get(rule, ()):
                    yield from _kept_away_by(exclusion, place, one, chain, add)


def _exclusions_at(rule: Rule, place: Citation) -> Iterator[Citation]:
    """The places of what the rule excludes there, or on a ground there."""
    for one in rule.unless:
        if place.covers(one.citation) or grounds_at(one.grounds, place):
            yield one.citation


def _kept_away_by(
    exclusion: LinkedExclusion,
    place: Citation,
    one: Norm | Derivation,
    chain: Chain,
    add: Callable[[str, Derivation], Fact],
) -> Iterator[Derivation]:
    inside = exclusion.grounds
    if not place.covers(exclusion.citation):
        inside = cut_grounds(exclusion.grounds, (CitationRange(place, place),))
        if not inside:
            return
    when = one.when
    if one.grounds:
        key = f"{one.key} on {one.action}" if isinstance(one, Norm) else f"{one.rule}{_by(chain)}"
        grounds = _part(one, one.citation, one.grounds)
        when = (*when, add(f"§grounds of {key}, which {exclusion.citation} keeps away", grounds))
    holds = LinkedGround(exclusion.citation, exclusion.when, inside, None, exclusion.force)
    own = replace(_part(one, exclusion.citation, (holds,)), when=when, force=one.force, opaque=one.opaque)
    yield replace(own, entries=one.entries) if isinstance(one, Derivation) else own


def never(rule: Rule, place: Citation) -> Derivation:
    """That nothing which the rule says at the place ever holds."""
    no = LinkedEntry(place, Truth(False, type=YES_NO), _TRUE)
    return Derivation(rule.id, place, "ground", (no,), summary=rule.summary, span=rule.span)


def _by(chain: Chain) -> str:
    return "".join(f" by {clause.rule.id} {list(clause.picks)}" for clause in chain)


def _part(one: Norm | Derivation, place: Citation, grounds: tuple[LinkedGround, ...]) -> Derivation:
    """That one of the grounds of a rule holds."""
    return one_of_grounds(one.rule, place, grounds, one.governed_by, one.summary, one.span, one.milder)
