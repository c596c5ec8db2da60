"""Reading every rule in every context in which it binds: where it stands, through `apply` clauses, on sub-kinds.

An `apply` clause gives an instance of each rule it reaches; a clause that reaches a clause gives a chain (S36). The
clause's conditions, read with its own construals, become the scope of the instance (S37); its orders bind the instance
too. A rule on a kind binds each sub-kind, read as that sub-kind and not shown as a citation chain. The number of
instances is bounded, so that no short file can exhaust memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import field

from mutandis.condition.render import render
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass, replace
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.clause_scope import ClauseScope, read_clause, read_external, scope_of
from mutandis.link.construe import (
    Construing,
    construe_action,
)
from mutandis.link.falls_under import References
from mutandis.link.narrowing import narrowings
from mutandis.link.reading import (
    Application,
    Chain,
    Kinds,
    Level,
    Levels,
    PlacedOrder,
    Reading,
    about,
    level_of,
    picks_of,
    skeleton,
)
from mutandis.link.timeline import force_of
from mutandis.rulebook.model import CARRIED_OVER, Rule
from mutandis.vocabulary import Vocabulary

MAX_INSTANCES = 10_000
"""A statute of 200 articles that applies half of itself twice over stays under 2,000; five times that is a mistake."""

MAX_CHOICES = 1_000
"""In how many ways the clauses of one chain may combine what they construe as several; the laws need 4 at most."""

DEEPEST_CHAIN = 60
"""How many clauses may lead to a rule, one by the other. The laws have chains of three."""


@dataclass(slots=True)
class Instances:
    """What reading all rules gave: the readings, the clauses whose targets lie outside the rulebook, and faults."""

    readings: list[Reading] = field(default_factory=list)
    external: list[Reading] = field(default_factory=list)
    chains: list[tuple[Chain, Levels]] = field(default_factory=list)
    out_of_force: list[Reading] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    full: bool = False
    scopes: dict[str, ClauseScope] = field(default_factory=dict)

    def scope(self, chain: Chain, levels: Levels, name: str, references: References) -> ClauseScope:
        """What `chain` brings to a rule of which it construes nothing as several; worked out once."""
        if name not in self.scopes:
            self.scopes[name] = scope_of(chain, levels, name, references)
        return self.scopes[name]


def read_rules(references: References) -> Instances:
    """Every rule of the rulebook in every context in which it binds."""
    found = Instances()
    for rule in references.provisions.rules:
        if found.full:
            break
        if rule.effect == "apply":
            _follow(rule, (), (), references, found)
        elif rule.effect in (*CARRIED_OVER, "penalty"):
            _add(rule, (), (), references, found)
    found.readings.sort(key=lambda r: (r.rule.at.sort_key(), r.key, r.rule.actions, r.rule.target))
    return found


def _follow(clause: Rule, chain: Chain, outer: Levels, references: References, found: Instances) -> None:
    """Reads what `clause` applies, itself read through `chain` (outermost first) and `outer` (innermost first)."""
    if any(application.rule.id == clause.id for application in chain):
        found.diagnostics.append(_circle(clause, chain))
        return
    if len(chain) >= DEEPEST_CHAIN:
        _report_full(clause, chain, found)
        return
    ranges = tuple(r for target in clause.apply for r, _ in references.bind(target, outer))
    applied = references.provisions.applied(ranges)
    chain = (*chain, Application(clause, frozenset(rule.id for rule in applied)))
    levels = (level_of(clause, ranges), *outer)
    if _choices(levels) > MAX_CHOICES:
        _report_full(clause, (), found)
        return
    found.chains.append((chain, levels))
    if clause.external:
        around = scope_of(chain[:-1], outer, _name(chain[:-1], outer, outer), references)
        reading = _reading(clause, chain[:-1], outer, around, clause.id, references)
        found.external.append(replace(reading, rule=read_clause(clause, levels, references)))
    for target in applied:
        if target.effect == "apply":
            _follow(target, chain, levels, references, found)
        elif target.effect in CARRIED_OVER:
            _add(target, chain, levels, references, found)
        if found.full:
            return


def _add(rule: Rule, chain: Chain, levels: Levels, references: References, found: Instances) -> None:
    """Reads `rule` through `chain`: each of its actions, each choice among several, each sub-kind."""
    singles = [replace(rule, actions=(action,)) for action in rule.actions] if len(rule.actions) > 1 else [rule]
    clauses = [application.rule for application in reversed(chain)]
    wider = _wider(singles, levels, references) if len(singles) > 1 else {}
    for single in singles:
        # What is taken of several is taken in the whole of a set of which one suffices (S35).
        for narrowed in narrowings(rule if rule.any_of else single, levels, references.vocabulary, clauses):
            ways = tuple(_with_kinds(single, narrowed, references))
            for through in ways:
                if len(found.readings) >= MAX_INSTANCES:
                    _report_full(rule, chain, found)
                    return
                name = _name(chain, levels, through)
                term, kind = _kind_of(levels, through)
                if len(wider.get((_verb(single), kind), ())) > 1:  # the rule is about several kinds that have this one
                    name += f" of {term}"
                picked = _picked(chain, through)
                event = _event(single, picked, through, references)
                compared = single.milder and any(one.rule.grounds for one in picked)
                if event is not None or compared:
                    apart = f"{name} on {'' if event is None else render(event)}{', compared' if compared else ''}"
                    scope = scope_of(picked, through, apart, references, event, compared)
                elif through != levels:
                    scope = scope_of(picked, through, name, references)
                else:
                    scope = found.scope(picked, through, name, references)
                reading = _reading(single, picked, through, scope, single.id + name, references)
                if len(ways) > 1:
                    reading = replace(reading, kinds=_kinds(reading.rule, narrowed, ways[1:], references.vocabulary))
                if reading.force.is_empty:
                    found.out_of_force.append(reading)
                    continue
                if rule.any_of:
                    reading = replace(reading, any_group=_any_group(rule, through))
                found.readings.append(reading)


def _picked(chain: Chain, levels: Levels) -> Chain:
    """The chain with what each of its clauses takes of several."""
    own = reversed(levels[: len(chain)])
    picks = [picks_of(level.construing) for level in own]
    return tuple(replace(one, picks=taken) if taken else one for one, taken in zip(chain, picks, strict=True))


def _event(rule: Rule, chain: Chain, levels: Levels, references: References) -> Expression | None:
    """The event of the rule's own, where it chooses the wordings of grounds that clauses of the chain have."""
    if rule.governed_by is None or not any(clause.rule.grounds for clause in chain):
        return None
    return references.read_value(rule.governed_by, levels)


def _reading(rule: Rule, chain: Chain, levels: Levels, scope: ClauseScope, key: str, references: References) -> Reading:
    read = references.read_rule(rule, levels)
    external = [e for cited in rule.external for e in read_external(cited, levels)]
    law = references.laws.get((chain[0].rule if chain else rule).at.law)
    return Reading(
        key=key,
        rule=read,
        written=rule,
        levels=levels,
        chain=chain,
        steps=scope.steps,
        scope=scope.conditions,
        scope_exclusions=scope.exclusions,
        force=force_of(rule, references.laws).meet(scope.force),
        governed_by=read.governed_by or scope.governed_by,
        external=tuple(sorted({*external, *scope.external})),
        orders=(*(PlacedOrder(order, rule.id, rule.at, chain, levels) for order in rule.orders), *scope.orders),
        notes=tuple(dict.fromkeys(note for note in (rule.note, *scope.notes) if note)),
        opaque=rule.opaque or scope.opaque,
        milder=rule.milder or scope.milder,
        rank=law.rank if law else 1,
    )


# --- fanning out ------------------------------------------------------------------------------------------------------


def _choices(levels: Levels) -> int:
    return math.prod(len(targets) for level in levels for _, targets in level.construing.names if targets)


def _any_group(rule: Rule, levels: Levels) -> tuple[str, ...]:
    actions: tuple[str, ...] = rule.actions
    for level in levels:
        actions = tuple(dict.fromkeys(a for action in actions for a in construe_action(action, level.construing)))
    return tuple(sorted(actions))


def _with_kinds(rule: Rule, levels: Levels, references: References) -> Iterator[Levels]:
    """`levels`, and `levels` with the object of the action (or the target's term) read as each sub-kind."""
    yield levels
    vocabulary, bare = references.vocabulary, skeleton(rule, levels, references.vocabulary)
    action = bare.actions[0] if bare.actions else ""
    verb, _, term = action.partition(" ")
    attribute = ""
    if not action:
        term, _, attribute = bare.target.partition(".")
    for kind in vocabulary.sub_kinds(term) if term else ():
        declared = f"{verb} {kind}" in vocabulary.actions if action else f"{kind}.{attribute}" in vocabulary.facts
        if kind != term and declared:
            names = ((term, (kind,)),)
            yield (*levels, Level(Construing(names=names, wide=names), own_words=True))


def _kinds(read: Rule, levels: Levels, others: Iterable[Levels], vocabulary: Vocabulary) -> Kinds:
    """The kind that a rule was `read` of, and the others that what it says is read of: through `levels`, the wider one,
    if that is declared, and through `others` its sub-kinds."""
    own, found = about(read), [_kind_of(levels, through) for through in others]
    wide = found[0][0]
    declared = f"{_verb(read)} {wide}" in vocabulary.actions
    if not read.actions:
        declared = f"{wide}.{read.target.partition('.')[2]}" in vocabulary.facts
    kinds = [*([wide] if declared else []), *(kind for _, kind in found)]
    return (own, *(kind for kind in kinds if kind != own))


def _wider(singles: list[Rule], levels: Levels, references: References) -> dict[tuple[str, str], set[str]]:
    """By verb and sub-kind, the kinds of which the actions of one rule have it read."""
    found: dict[tuple[str, str], set[str]] = {}
    for single in singles:
        for through in _with_kinds(single, levels, references):
            term, kind = _kind_of(levels, through)
            if kind:
                found.setdefault((_verb(single), kind), set()).add(term)
    return found


def _verb(single: Rule) -> str:
    return single.actions[0].partition(" ")[0] if single.actions else ""


def _kind_of(levels: Levels, through: Levels) -> tuple[str, str]:
    """The kind, and its sub-kind that `through` reads in its place beyond `levels`; empty where it reads none."""
    if len(through) == len(levels):
        return "", ""
    ((term, targets),) = through[-1].construing.names
    return term, targets[0]


def _name(chain: Chain, written: Levels, levels: Levels) -> str:
    """What tells a reading through `levels` from the others of its rule: the clauses, the choices made, the kind."""
    name = "".join(f" < {application.rule.id}" for application in reversed(chain))
    chosen = [
        f"{source}={targets[0]}"
        for level, wide in zip(levels, written, strict=False)
        for (source, targets), (_, all_targets) in zip(level.construing.names, wide.construing.names, strict=True)
        if targets != all_targets
    ]
    name += f" [{', '.join(chosen)}]" if chosen else ""
    kinds = [targets[0] for level in levels[len(written) :] for _, targets in level.construing.names]
    return name + "".join(f" as {kind}" for kind in kinds)


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
                f"what applies here gives more than {MAX_INSTANCES} norms, or more than {MAX_CHOICES} readings of one, "
                f"or leads through more than {DEEPEST_CHAIN} clauses",
                "apply fewer provisions at once, or construe a term as fewer others",
                clause.span,
                (),
                str(clause.at),
            )
        )
