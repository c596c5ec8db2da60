"""Reading every rule in every context in which it binds: where it stands, through `apply` clauses, on sub-kinds.

An `apply` clause gives an instance of each rule it reaches; a clause that reaches a clause gives a chain (S36). The
clause's conditions, read with its own construals, become the scope of the instance (S37); its orders bind the instance
too. A rule on a kind binds each sub-kind, read as that sub-kind and not shown as a citation chain. The number of
instances is bounded, so that no short file can exhaust memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mutandis.citation import Citation, CitationRange
from mutandis.condition.render import render
from mutandis.condition.tree import Expression, Truth
from mutandis.datatypes import YES_NO
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.construe import (
    Construing,
    construe_action,
    construe_rule,
    narrow,
    read_construals,
    tokens_in,
    tokens_of_name,
)
from mutandis.link.falls_under import References
from mutandis.link.linked_parts import link_grounds
from mutandis.link.program import Derivation, LinkedEntry, Step
from mutandis.link.reading import Application, Chain, Level, Levels, PlacedOrder, Reading
from mutandis.link.rule_parts import values_of
from mutandis.link.timeline import force_of
from mutandis.rulebook.model import Construal, Exclusion, Rule

MAX_INSTANCES = 20_000
"""A statute of 200 articles that applies half of itself twice over stays under 2,000; ten times that is a mistake."""

_INSTANTIATED = ("may", "must", "must_not", "need_not", "limits", "define", "deem", "disapply")
"""Effects that an `apply` clause carries over. Penalties are not inherited (S37)."""


@dataclass(slots=True)
class Instances:
    """What reading all rules gave: the readings, the clauses whose targets lie outside the rulebook, and faults."""

    readings: list[Reading] = field(default_factory=list)
    external: list[Reading] = field(default_factory=list)
    chains: list[tuple[Chain, Levels]] = field(default_factory=list)
    out_of_force: list[Reading] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    full: bool = False


def read_rules(references: References) -> Instances:
    """Every rule of the rulebook in every context in which it binds."""
    found = Instances()
    for rule in references.provisions.rules:
        if rule.effect == "apply":
            _follow(rule, (), (), references, found)
        elif rule.effect in (*_INSTANTIATED, "penalty"):
            _add(rule, (), (), references, found)
    found.readings.sort(key=lambda r: (r.rule.at.sort_key(), r.key, r.rule.actions, r.rule.target))
    return found


def _follow(clause: Rule, chain: Chain, outer: Levels, references: References, found: Instances) -> None:
    """Reads what `clause` applies, itself read through `chain` (outermost first) and `outer` (innermost first)."""
    if any(application.rule.id == clause.id for application in chain):
        found.diagnostics.append(_circle(clause, chain))
        return
    ranges = tuple(r for target in clause.apply for r, _ in references.bind(target, outer))
    construing = read_construals(clause.construe, clause.at)
    chain = (*chain, Application(clause, ranges))
    levels = (Level(construing, clause, ranges), *outer)
    found.chains.append((chain, levels))
    if clause.external:
        own = (replace(levels[0], own_words=True), *outer)
        found.external.append(_context(clause, chain[:-1], outer, references, clause.id, own))
    seen: set[str] = set()
    for target in (rule for r in ranges for rule in references.provisions.rules_in(r)):
        if target.id in seen:
            continue
        seen.add(target.id)
        target = _united(target, ranges, references)
        if target.effect == "apply":
            _follow(target, chain, levels, references, found)
        elif target.effect in _INSTANTIATED:
            _add(target, chain, levels, references, found)
        if found.full:
            return


def _united(target: Rule, ranges: tuple[CitationRange, ...], references: References) -> Rule:
    # Two listed places may each mean a part of one rule: the instance has both parts.
    parts = [rule for r in ranges for rule in references.provisions.rules_in(r) if rule.id == target.id]
    if len(parts) == 1:
        return target
    grounds = {g.citation: g for part in parts for g in part.grounds}
    entries = {e.citation: e for part in parts for e in part.entries}
    requires = {(r.citation, r.condition): r for part in parts for r in part.requires}
    unless = {(x.citation, x.when): x for part in parts for x in part.unless}
    return replace(
        target,
        grounds=tuple(grounds.values()) if all(part.grounds for part in parts) else (),
        entries=tuple(entries.values()),
        requires=tuple(requires.values()),
        unless=tuple(unless.values()),
    )


def _add(rule: Rule, chain: Chain, levels: Levels, references: References, found: Instances) -> None:
    singles = [replace(rule, actions=(action,)) for action in rule.actions] or [rule]
    any_group = _any_group(rule, levels) if rule.any_of else ()
    for single in singles:
        for narrowed in _narrowings(single, levels, references):
            for through in _with_kinds(single, narrowed, references):
                if len(found.readings) >= MAX_INSTANCES:
                    _report_full(rule, chain, found)
                    return
                key = _key(single, chain, levels, through)
                reading = _context(single, chain, through, references, key, ())
                if reading.force.is_empty:
                    found.out_of_force.append(reading)
                    continue
                group = any_group if through == narrowed else _any_group(rule, through)
                found.readings.append(replace(reading, any_group=group))


def _context(rule: Rule, chain: Chain, levels: Levels, references: References, key: str, own: Levels) -> Reading:
    """`rule` read through `chain`. For a clause shown in its own right, `own` is the levels that start with itself."""
    read = references.read_rule(rule, own or levels)
    force = force_of(rule, references.laws)
    scope: list[Expression] = []
    exclusions: list[Exclusion] = []
    external = [e for cited in rule.external for e in _external(cited, levels)]
    orders = [PlacedOrder(order, rule.at, chain, levels) for order in rule.orders]
    governed_by = read.governed_by
    notes = [rule.note] if rule.note else []
    opaque = rule.opaque
    offset = len(chain)
    for depth, application in enumerate(chain):
        clause = application.rule
        through = levels[offset - 1 - depth :]
        in_words = (replace(through[0], own_words=True), *through[1:])
        as_read = references.read_rule(replace(clause, entries=(), deadline=None), in_words)
        scope.extend(as_read.when)
        if clause.grounds:
            scope.append(_grounds_of_clause(clause, as_read, in_words, references))
        exclusions.extend(as_read.unless)
        force = force.meet(force_of(clause, references.laws))
        governed_by = governed_by or as_read.governed_by
        external.extend(e for cited in clause.external for e in _external(cited, through[1:]))
        orders.extend(PlacedOrder(order, clause.at, chain[:depth], through[1:]) for order in clause.orders)
        notes.extend([clause.note] if clause.note else [])
        opaque = opaque or clause.opaque
    law = references.laws.get((chain[0].rule if chain else rule).at.law)
    return Reading(
        key=key,
        rule=read,
        written=rule,
        levels=levels,
        chain=chain,
        steps=tuple(step_of(application.rule) for application in chain),
        scope=tuple(dict.fromkeys(scope)),
        scope_exclusions=tuple(exclusions),
        force=force,
        governed_by=governed_by,
        external=tuple(sorted(set(external))),
        orders=tuple(orders),
        notes=tuple(dict.fromkeys(notes)),
        opaque=opaque,
        rank=law.rank if law else 1,
    )


def _grounds_of_clause(clause: Rule, as_read: Rule, levels: Levels, references: References) -> Expression:
    name = f"§grounds of {clause.id}" + "".join(f" under {level.clause.id}" for level in levels[1:] if level.clause)
    true = Truth(True, type=YES_NO)
    return references.add(
        name,
        Derivation(
            rule=clause.id,
            citation=clause.at,
            kind="ground",
            entries=(LinkedEntry(clause.at, None, true),),
            grounds=link_grounds(as_read.grounds),
            summary=clause.summary,
            span=clause.span,
        ),
    )


def step_of(clause: Rule) -> Step:
    """The clause as one link of a citation chain, with its construals as written."""
    construals = tuple(pair for construal in clause.construe for pair in _pairs(construal))
    return Step(clause.at, construals, clause.summary)


def _pairs(construal: Construal) -> Iterator[tuple[str, str]]:
    if construal.condition is not None:
        yield (construal.source, render(construal.condition))
    for target in construal.targets if construal.condition is None else ():
        yield (construal.source, target)


# --- fanning out ------------------------------------------------------------------------------------------------------


def _narrowings(rule: Rule, levels: Levels, references: References) -> list[Levels]:
    """`levels` with each token that the action, the target or a value names made one thing (S35)."""
    skeleton = replace(
        rule,
        when=(),
        grounds=(),
        requires=(),
        unless=(),
        governed_by=None,
        entries=tuple(replace(entry, when=None) for entry in rule.entries),
    )
    states: list[tuple[Levels, Rule]] = [((), skeleton)]
    for level in levels:
        following: list[tuple[Levels, Rule]] = []
        for narrowed, read in states:
            for construing in narrow(level.construing, _value_tokens(read)):
                through = (*narrowed, replace(level, construing=construing))
                following.append((through, construe_rule(read, construing, references.vocabulary)))
        states = following
    return [narrowed for narrowed, _ in states]


def _value_tokens(rule: Rule) -> set[str]:
    names = (*rule.actions, rule.target)
    return {t for name in names for t in tokens_of_name(name)} | {t for v in values_of(rule) for t in tokens_in(v)}


def _any_group(rule: Rule, levels: Levels) -> tuple[str, ...]:
    actions: tuple[str, ...] = rule.actions
    for level in levels:
        construing = replace(level.construing, names=level.construing.wide)
        actions = tuple(dict.fromkeys(a for action in actions for a in construe_action(action, construing)))
    return tuple(sorted(actions))


def _with_kinds(rule: Rule, levels: Levels, references: References) -> Iterator[Levels]:
    """`levels`, and `levels` with the object of the action (or the target's term) read as each sub-kind."""
    yield levels
    vocabulary = references.vocabulary
    skeleton = replace(rule, when=(), grounds=(), requires=(), unless=(), entries=(), deadline=None, governed_by=None)
    for level in levels:
        skeleton = construe_rule(skeleton, level.construing, vocabulary)
    action = skeleton.actions[0] if skeleton.actions else ""
    verb, _, term = action.partition(" ")
    attribute = ""
    if not action:
        term, _, attribute = skeleton.target.partition(".")
    for kind in vocabulary.sub_kinds(term) if term else ():
        declared = f"{verb} {kind}" in vocabulary.actions if action else f"{kind}.{attribute}" in vocabulary.facts
        if kind != term and declared:
            names = ((term, (kind,)),)
            yield (*levels, Level(Construing(names=names, wide=names), own_words=True))


def _key(rule: Rule, chain: Chain, written: Levels, levels: Levels) -> str:
    key = rule.id + "".join(f" < {application.rule.id}" for application in reversed(chain))
    chosen = [
        f"{source}={targets[0]}"
        for level, wide in zip(levels, written, strict=False)
        for (source, targets), (_, all_targets) in zip(level.construing.names, wide.construing.names, strict=True)
        if targets != all_targets
    ]
    key += f" [{', '.join(chosen)}]" if chosen else ""
    return key + "".join(
        f" as {targets[0]}" for level in levels[len(written) :] for _, targets in level.construing.names
    )


def _external(cited: Citation, levels: Levels) -> tuple[Citation, ...]:
    found: tuple[CitationRange, ...] = (CitationRange(cited, cited),)
    for level in levels:
        found = tuple(t for part in found for t in level.construing.provisions(part) or (part,))
    return tuple(part.first for part in found)


# --- faults -----------------------------------------------------------------------------------------------------------


def _circle(clause: Rule, chain: Chain) -> Diagnostic:
    clauses = [application.rule for application in chain]
    start = next(i for i, rule in enumerate(clauses) if rule.id == clause.id)
    circle = clauses[start:]
    first = min(range(len(circle)), key=lambda i: circle[i].id)
    circle = circle[first:] + circle[:first]
    edges = [f"{a.at} applies {b.at}" for a, b in zip(circle, [*circle[1:], circle[0]], strict=True)]
    return diagnose(
        "circle",
        "references run in a circle: " + ", ".join(edges),
        "narrow one of the clauses so that it no longer reaches the other",
        circle[0].span,
        [Label(rule.span, edge) for rule, edge in zip(circle, edges, strict=True)],
        str(circle[0].at),
    )


def _report_full(rule: Rule, chain: Chain, found: Instances) -> None:
    if not found.full:
        found.full = True
        clause = chain[0].rule if chain else rule
        found.diagnostics.append(
            diagnose(
                "too-many-instances",
                f"applying provisions to each other gives more than {MAX_INSTANCES} norms",
                "apply fewer provisions at once, or construe a term as fewer others",
                clause.span,
                (),
                str(clause.at),
            )
        )
