"""Linking: from a loaded rulebook to the program that is evaluated.

The passes, in order: provisions indexed; every rule read in every context (`instances`); definitions and fictions;
norms, the exemptions and contraries they imply; per action the orders among them (`orders`); references written out
as derived facts (`falls_under`); everything read through fictions; one order of evaluation, or circles (`strata`);
penalties; checks. The result is the same whatever the order of files and rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

from mutandis.citation import Citation
from mutandis.collector import uncollected
from mutandis.condition.tree import Applies, Expression, Fact, walk
from mutandis.dataclass import replace
from mutandis.datatypes import DURATION, YES_NO
from mutandis.diagnostics import sort_diagnostics
from mutandis.link.applying import Standing, having
from mutandis.link.bounds import find_bounds
from mutandis.link.check_amounts import check_amounts
from mutandis.link.check_citations import check_citations
from mutandis.link.check_construals import check_construals
from mutandis.link.check_definitions import check_definitions
from mutandis.link.check_gaps import check_gaps
from mutandis.link.check_orders import check_orders
from mutandis.link.check_rules import check_milder, check_penalties, check_rules
from mutandis.link.check_settled import check_settled
from mutandis.link.circles import report_circles
from mutandis.link.consequences import half_read, without_consequences
from mutandis.link.contraries import contrary_norms, restriction_norms
from mutandis.link.deem import Fictions, find_fictions
from mutandis.link.definitions import Defining, define_facts, order_disapplying
from mutandis.link.falls_under import References
from mutandis.link.instances import Instances, read_rules
from mutandis.link.linked import Linked as Linked
from mutandis.link.linked_parts import map_derivation, map_norm, map_penalty
from mutandis.link.member_definitions import reading_definitions
from mutandis.link.norms import draft_norms, exempt_on_standing_grounds, exempting_at, exemptions, order_of
from mutandis.link.orders import (
    Ordered,
    OrderKey,
    Target,
    as_ordered,
    disapplying,
    order_norms,
    replacing,
    targets_of,
)
from mutandis.link.penalties import link_penalties, punishes
from mutandis.link.places import Naming, Places
from mutandis.link.program import (
    Beat,
    BroughtUnder,
    Component,
    Delegation,
    DerivedFact,
    EventClause,
    ExternalApplication,
    LinkedPenalty,
    LinkedRequirement,
    ListClause,
    Norm,
    Program,
)
from mutandis.link.provisions import index_provisions
from mutandis.link.reading import Draft, Reading, name_of
from mutandis.link.reads import of_derivation, of_norm
from mutandis.link.rewriting import facts_in
from mutandis.link.rule_parts import Change
from mutandis.link.standings import find_gaps
from mutandis.link.strata import Slot, find_waits, slots_of, sort_slots
from mutandis.rulebook.exclusions import with_grounds_apart
from mutandis.rulebook.lock import Lock, provisions_of
from mutandis.rulebook.model import Rule, Source
from mutandis.vocabulary import FactDeclaration, Vocabulary


@uncollected
def link(source: Source, locks: Mapping[str, Lock] | None = None) -> Linked:
    """The program of `source`.

    `locks`, by law, list the provisions of the laws' texts: a reference to one of these is not dangling, whether or not
    a rule stands there, and what no rule speaks for is told. The diagnostics are those of linking only; `source` keeps
    its own.
    """
    locks = locks or {}
    source = replace(source, articles=with_grounds_apart(source.articles))
    references = References(index_provisions(source.articles, provisions_of(locks)), source.vocabulary, source.laws)
    read = read_rules(references)
    if read.full:  # nothing that follows is worth the time that so many norms would take
        return Linked(None, sort_diagnostics(read.diagnostics))
    stated = draft_norms([*read.readings, *read.external], references)
    disapplied: set[OrderKey] = set()
    disapplying = order_disapplying(read.readings, stated, references, disapplied)
    defined = define_facts(read.readings, disapplying, references)
    fictions = find_fictions(read.readings, disapplying, references)
    threatened, spared = link_penalties(read.readings, disapplying, references)
    components = _components(read, stated, references, {rule for penalty in threatened for rule in penalty.rules})
    norms = [draft for component in components.values() for draft in as_ordered(component, references)]
    exempt_on_standing_grounds((draft.norm for draft in norms), references)
    standing = [*defined.standing, *fictions.standing()]
    standing += [(one.reading.kinds, one.reading.chain, one.derivation) for one in disapplying]
    clauses, bringing = _list_clauses(source, references), _bringing(source, references)
    exempting = [one for component in components.values() for one in _exempting(component)]
    grounds, unanswered = references.derive(standing, norms, exempting)

    ordered = {
        action: _through_fictions(component, fictions, *_performance(action, defined.facts, source.vocabulary))
        for action, component in components.items()
    }
    penalties = [_read_penalty(penalty, fictions) for penalty in threatened]
    everywhere = {fact.name: fact for fact in fictions.everywhere()}
    derived = _derived(defined.facts, grounds, fictions, source.vocabulary)  # after all that reads fictions
    mark = reading_definitions(derived, source.vocabulary)
    if mark is not None:
        ordered = {action: _marked(component, mark) for action, component in ordered.items()}
        derived = {name: _marked_fact(fact, mark) for name, fact in derived.items()}
        penalties = [map_penalty(penalty, mark) for penalty in penalties]
    effective = _effective(ordered, derived, references)
    waits = find_waits(ordered, derived, effective)
    order, stuck = sort_slots(slots_of(ordered, derived), waits)
    is_half_read = half_read(source)
    diagnostics = [
        *read.diagnostics,
        *report_circles(stuck, waits),
        *check_citations(references.provisions, source.vocabulary, source.laws, source.articles, is_half_read),
        *check_construals(read, references, is_half_read),
        *check_orders(
            ordered,
            {*defined.bitten, *fictions.bitten, *disapplied, *spared},
            references.provisions,
            source.vocabulary,
            is_half_read,
        ),
        *check_rules(read, references.provisions, source.vocabulary, source.laws),
        *check_settled(references.provisions, source.vocabulary),
        *check_definitions(derived, source.vocabulary),
        *check_gaps(derived),
        *check_amounts(derived),
    ]
    if stuck or read.diagnostics:  # a circle, or more instances than can be held: there is no program
        return Linked(None, without_consequences(diagnostics, source))

    vocabulary = _with_questions(source.vocabulary, unanswered)
    linked = _arrange(order, ordered, penalties, vocabulary)
    positions = {
        (action, norm.key): (action, index)
        for action, component in linked.items()
        for index, norm in enumerate(component.norms)
    }
    diagnostics.extend(check_penalties(penalties, list(linked.values()), references.provisions, is_half_read))
    diagnostics.extend(check_milder(linked.values(), derived.values(), references.provisions))
    program = Program(
        laws=dict(sorted(source.laws.items())),
        vocabulary=vocabulary,
        components=linked,
        derived={fact: derived[fact] for action, fact in order if not action} | everywhere,
        effective={name: tuple(sorted(positions[slot] for slot in slots)) for name, slots in sorted(effective.items())},
        content_hash=source.content_hash,
        external=tuple(
            ExternalApplication(
                r.rule.id, r.rule.at, r.external, r.rule.when, r.scope, r.force, r.rule.summary, r.rule.span
            )
            for r in read.external
        ),
        days_off=source.days_off,
        delegations=tuple(dict.fromkeys(_delegations(source))),
        event_clauses=tuple(
            EventClause(rule.at, rule.governed_by.name, rule.summary)
            for rule in _rules(source)
            if rule.effect == "states" and rule.presumes and isinstance(rule.governed_by, Fact)
        ),
        gaps=find_gaps(source.articles, locks),
        provisions={law: references.provisions.of_text(law) for law in sorted(source.laws)},
        clauses=clauses,
        bringing=bringing,
    )
    return Linked(program, without_consequences(diagnostics, source))


def _list_clauses(source: Source, references: References) -> tuple[ListClause, ...]:
    """The clauses that apply several provisions, with what puts each of them in motion."""
    found = (
        ListClause(
            rule.at,
            rule.apply,
            tuple(references.read_condition(condition, ()) for condition in rule.when),
            rule.summary,
            rule.force,
            tuple(target for construal in rule.construe for target in construal.targets),
        )
        for rule in _rules(source)
        if len(rule.apply) > 1
    )
    return tuple(dict.fromkeys(found))


def _bringing(source: Source, references: References) -> tuple[BroughtUnder, ...]:
    """What brings a case under a law as a whole."""
    return tuple(
        BroughtUnder(
            rule.at,
            tuple(references.read_condition(condition, ()) for condition in rule.when),
            rule.summary,
            rule.note,
            rule.force,
        )
        for rule in _rules(source)
        if rule.whole_law
    )


def _delegations(source: Source) -> Iterator[Delegation]:
    """What each provision leaves to others."""
    rules = _rules(source)
    speaking: dict[Citation, list[Citation]] = defaultdict(list)
    for rule in rules:
        if rule.effect not in ("delegate", "states"):
            speaking[rule.at.article_citation()].append(rule.at)
    for rule in rules:
        if rule.effect == "delegate":
            own = any(rule.at.covers(at) or at.covers(rule.at) for at in speaking[rule.at.article_citation()])
            yield Delegation(rule.at, rule.text, rule.summary, rule.force, own, rule.within)


# --- norms ------------------------------------------------------------------------------------------------------------


def _rules(source: Source) -> list[Rule]:
    """Every rule of the rulebook, in the order of the laws."""
    return sorted((rule for article in source.articles for rule in article.rules), key=lambda rule: (rule.at, rule.id))


def _components(
    read: Instances, stated: Sequence[Draft], references: References, punished: Set[str]
) -> dict[str, Ordered]:
    """For each declared action its norms and orders; `stated` are the norms that rules state.

    Of these rules, by id, some are `punished` by a penalty for them alone.
    """
    drafts = [*stated, *exemptions(stated, references)]
    drafts += contrary_norms(stated, references)
    drafts += restriction_norms(stated, references.vocabulary, punished)
    by_action: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_action[draft.norm.action].append(draft)
    disapplied = [r for r in read.readings if r.rule.effect == "disapply"]
    disapplied += [r for r in read.external if any(p.order.relation == "despite" for p in r.orders)]
    places = Places(drafts)
    removals: dict[str, list[tuple[Reading, list[Target]]]] = defaultdict(list)
    named = [(r, [t for placed in r.orders for t in targets_of(placed, references)]) for r in disapplied]
    for reading, targets in named:
        for action, meant in places.by_action(targets).items():
            removals[action].append((reading, meant))
    replaced: dict[str, list[tuple[Draft, list[Target]]]] = defaultdict(list)
    replacers: list[tuple[Draft, list[Target]]] = []
    instead = [(d, [one for one in d.orders if one.order.relation == "instead_of"]) for d in stated]
    spoken = {(d.norm.rule, chain, d.norm.action) for d, orders in instead if orders for chain in d.chains}
    for draft, placed_orders in instead:
        targets = [t for placed in placed_orders for t in targets_of(placed, references)]
        if targets:
            replacers.append((draft, targets))
        for action, meant in places.by_action(targets).items():
            # Of each action that the rule speaks of itself, what it says of that one takes the place (S6).
            if not any((draft.norm.rule, chain, action) in spoken for chain in draft.chains):
                replaced[action].append((draft, meant))
    in_turn = Naming(named), Naming(replacers)
    found: dict[str, Ordered] = {}
    for action in sorted({*references.vocabulary.actions, *by_action}):
        about = by_action[action]
        removing = [disapplying(reading, targets, action, about) for reading, targets in removals[action]]
        removing += [replacing(d, action, about, targets) for d, targets in replaced[action]]
        about = [*about, *_with_removers([one for one in removing if one is not None], action, *in_turn)]
        found[action] = order_norms(sorted(about, key=lambda d: order_of(d.norm)), references)
    return found


def _with_removers(
    removing: list[Draft],
    action: str,
    named: Naming[Reading],
    replacers: Naming[Draft],
) -> Iterator[Draft]:
    """What removes norms about an action, and what disapplies that, or takes its place, in turn."""
    known = {draft.origin for draft in removing}
    while removing:
        yield from removing
        places = Places(removing)
        found = [disapplying(r, places.by_action(meant)[action], action, removing) for r, meant in named.of(removing)]
        found += [
            replacing(d, action, removing, places.by_action(meant)[action]) for d, meant in replacers.of(removing)
        ]
        removing = [draft for draft in found if draft is not None and draft.origin not in known]
        known |= {draft.origin for draft in removing}


def _through_fictions(component: Ordered, fictions: Fictions, done: Fact | None, given: bool) -> Ordered:
    """What fictions reach read through them. `done` records the performance; `given`: by a rule."""
    written = {draft.norm.key: draft.norm.citation for draft in component.drafts}

    def through(norm: Norm) -> Norm:
        # What exempts from a duty is read as what excludes its case is: where the duty stands.
        place = norm.citation if norm.exempts is None else written.get(norm.exempts[0], norm.citation)
        read = map_norm(norm, lambda node: fictions.read(node, place, norm.sources))
        if done is None or read.deadline is None:
            return read
        by_rule = fictions.read(done, place, norm.sources)
        return replace(read, deadline=replace(read.deadline, done=by_rule)) if by_rule != done or given else read

    return replace(component, drafts=tuple(replace(d, norm=through(d.norm)) for d in component.drafts))


def _performance(action: str, defined: Collection[str], vocabulary: Vocabulary) -> tuple[Fact | None, bool]:
    """The fact that records that an action was done, if one does, and whether rules define it."""
    declared = vocabulary.actions.get(action)
    known = vocabulary.facts.get(declared.done) if declared is not None else None
    return (None, False) if known is None else (Fact(known.name, type=known.type), known.name in defined)


def _marked(component: Ordered, mark: Change) -> Ordered:
    return replace(component, drafts=tuple(replace(d, norm=map_norm(d.norm, mark)) for d in component.drafts))


def _marked_fact(fact: DerivedFact, mark: Change) -> DerivedFact:
    return replace(fact, derivations=tuple(map_derivation(d, mark) for d in fact.derivations))


def _read_penalty(penalty: LinkedPenalty, fictions: Fictions) -> LinkedPenalty:
    return map_penalty(penalty, lambda node: fictions.read(node, penalty.citation, ()))


def _exempting(component: Ordered) -> Iterator[tuple[Draft, Standing]]:
    """The exemptions from duties by what excludes, each with what has that."""
    duties = {draft.norm.key: draft.norm for draft in component.drafts if draft.norm.direction == "must"}
    for draft in component.drafts:
        if draft.norm.exempts is not None:
            yield from ((draft, has) for has in exempting_at(draft, duties[draft.norm.exempts[0]]))


def _asks(condition: Expression, place: str) -> bool:
    return any(isinstance(node, Applies) and node.citation == place for node in walk(condition))


def _effective(
    ordered: Mapping[str, Ordered], derived: Mapping[str, DerivedFact], references: References
) -> dict[str, tuple[Slot, ...]]:
    """The norms that stand at each provision used in `… applies`, read through the clauses it is used through."""
    found: dict[str, tuple[Slot, ...]] = {}
    exempting: dict[str, list[Standing]] = defaultdict(list)
    for draft, has in (one for component in ordered.values() for one in _exempting(component)):
        exempting[name_of(draft.norm)].append(has)
    for name, (place, applied) in references.applied.items():
        slots: list[Slot] = []
        for action, component in ordered.items():
            for draft in component.drafts:
                norm = draft.norm
                if norm.exempts is not None and any(_asks(node, name) for node in of_norm(norm)):
                    at = []  # what asks whether the rule at its place applies is no part of that
                elif norm.exempts is not None:
                    # The exemption by a proviso is meant where the proviso is named, not where what has it is.
                    at = [one for one in exempting[name_of(norm)] if not place.covers(one[2])]
                else:
                    at = [] if norm.derived else having(draft)
                asked = [one for one in applied if one.asks_of(draft.kinds)]
                stands = any(one.stands_at(c, rule, norm.citation, place) for one in asked for c, rule, _ in at)
                if norm.direction != "disapply" and stands:
                    slots.append((action, norm.key))
        found[name] = tuple(slots)
    norms = [d.norm for c in ordered.values() for d in c.drafts]
    named = {name_of(norm): norm for norm in norms}
    asking = [node for norm in norms if norm.direction == "disapply" or norm.derived for node in norm.when]
    asking += [node for fact in derived.values() for one in fact.derivations for node in of_derivation(one)]
    for node in (node for condition in asking for node in walk(condition)):
        if isinstance(node, Applies) and node.citation in named:
            meant = named[node.citation]
            found[node.citation] = ((meant.action, meant.key),)
    return found


# --- derived facts ----------------------------------------------------------------------------------------------------


def _derived(
    defined: Mapping[str, Sequence[Defining]],
    grounds: Mapping[str, DerivedFact],
    fictions: Fictions,
    vocabulary: Vocabulary,
) -> dict[str, DerivedFact]:
    found: dict[str, DerivedFact] = dict(grounds)
    for fact, definings in defined.items():
        if fact in vocabulary.facts:
            type_ = vocabulary.facts[fact].type
            found[fact] = DerivedFact(fact, type_, tuple(defining.derivation for defining in definings))
    for name, fact_read in list(found.items()):
        derivations = tuple(
            fictions.read_derivation(derivation, stated=fictions.deemed_by(derivation.rule))
            for derivation in fact_read.derivations
        )
        found[name] = replace(fact_read, derivations=derivations)
    found.update(fictions.facts)
    return found


def _with_questions(vocabulary: Vocabulary, unanswered: Mapping[str, Citation]) -> Vocabulary:
    """The vocabulary with a question for each provision that conditions refer to and no rule answers."""
    questions = {
        name: FactDeclaration(name, YES_NO, f"Does the case fall under {citation}?", label=f"falls under {citation}")
        for name, citation in unanswered.items()
    }
    return replace(vocabulary, facts={**vocabulary.facts, **questions}) if questions else vocabulary


# --- components -------------------------------------------------------------------------------------------------------


def _arrange(
    order: Iterable[Slot],
    ordered: Mapping[str, Ordered],
    penalties: Sequence[LinkedPenalty],
    vocabulary: Vocabulary,
) -> dict[str, Component]:
    places: dict[str, list[str]] = defaultdict(list)
    for action, key in order:
        if action:
            places[action].append(key)
    bitten = {key for component in ordered.values() for key in component.bitten}
    found: dict[str, Component] = {}
    for action, component in ordered.items():
        position = {key: index for index, key in enumerate(places[action])}
        drafts = sorted(component.drafts, key=lambda d: position[d.norm.key])
        standing = Places(drafts)
        new = {old: position[draft.norm.key] for old, draft in enumerate(component.drafts)}
        beats = [replace(b, beater=new[b.beater], beaten=new[b.beaten]) for b in component.beats]
        declared = vocabulary.actions.get(action)
        found[action] = Component(
            action=action,
            default=declared.default if declared else "silent",
            norms=tuple(_finished(draft.norm, vocabulary) for draft in drafts),
            beats=tuple(sorted(beats, key=_beat_order)),
            penalties=tuple(p for p in penalties if punishes(p, standing)),
            kept_as_text=_kept(component, bitten),
        )
    return found


def _beat_order(beat: Beat) -> tuple[object, ...]:
    return (beat.beater, beat.beaten, beat.relation, beat.part)


def _kept(component: Ordered, bitten: Collection[OrderKey]) -> tuple[tuple[str, str], ...]:
    # What a rule takes the place of may be about another action; then it is not idle for having nothing to do here.
    idle = [kept for kept in component.kept if kept.order.order.relation != "instead_of" or kept.key not in bitten]
    return tuple(sorted({(f"{k.order.at} {k.order.order.relation} {k.target}", k.reason) for k in idle}))


def _finished(norm: Norm, vocabulary: Vocabulary) -> Norm:
    return replace(norm, requires=tuple(_requirement(r, vocabulary) for r in norm.requires))


def _requirement(requirement: LinkedRequirement, vocabulary: Vocabulary) -> LinkedRequirement:
    parameters = _parameters(requirement.condition, vocabulary)
    # A duration of any family is compared whole, not by its number: there is no one scale to bound it on.
    on_a_scale = all(vocabulary.facts[n].type != DURATION for n in parameters)
    bounds = find_bounds(requirement.condition, frozenset(parameters)) if on_a_scale else ()
    return replace(requirement, parameters=parameters, bound=bounds[0] if len(bounds) == 1 else None)


def _parameters(condition: Expression, vocabulary: Vocabulary) -> tuple[str, ...]:
    names = dict.fromkeys(facts_in(condition))
    return tuple(sorted(n for n in names if (declared := vocabulary.facts.get(n)) is not None and declared.parameter))
