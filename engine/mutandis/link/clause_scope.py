"""What the clauses of a chain bring to everything they apply: scope, force, orders, notes, law outside.

A clause's conditions are read with its own construals and those of the clauses around it (S37); force is where all of
them are in force; a wording not held anywhere in the chain leaves the whole of it open (S41).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mutandis.citation import Citation, CitationRange
from mutandis.condition.render import render
from mutandis.condition.tree import Expression, Fact
from mutandis.dataclass import dataclass, replace
from mutandis.link.falls_under import References
from mutandis.link.linked_parts import except_grounds, link_grounds, one_of_grounds
from mutandis.link.program import Step
from mutandis.link.reading import Chain, Levels, PlacedOrder
from mutandis.link.timeline import force_of
from mutandis.rulebook.law import ALWAYS, Interval
from mutandis.rulebook.model import Construal, Exclusion, Rule

GROUNDS = "§grounds of "
"""Begins the name of the fact that the grounds of something hold."""
_STANDING = ", as they stand for "


@dataclass(frozen=True, slots=True)
class ClauseScope:
    """The contribution of a chain of clauses, outermost first; of no clauses, nothing."""

    steps: tuple[Step, ...] = ()
    conditions: tuple[Expression, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    force: Interval = ALWAYS
    governed_by: Expression | None = None
    external: tuple[Citation, ...] = ()
    orders: tuple[PlacedOrder, ...] = ()
    notes: tuple[str, ...] = ()
    opaque: str = ""
    milder: bool = False


def scope_of(
    chain: Chain,
    levels: Levels,
    name: str,
    references: References,
    event: Expression | None = None,
    milder: bool = False,
) -> ClauseScope:
    """What `chain` brings, its clauses read through `levels` (innermost first; a level for a kind comes last).

    `name` tells the chain, as narrowed, from every other. `event` governs the rule that is applied, where it has one of
    its own; it then chooses the wordings of the clauses too (S40). `milder` where the rule's wordings are compared.
    """
    conditions: list[Expression] = []
    exclusions: list[Exclusion] = []
    external: list[Citation] = []
    orders: list[PlacedOrder] = []
    force = ALWAYS
    levels_of = [levels[len(chain) - 1 - depth :] for depth in range(len(chain))]
    milder = milder or any(application.rule.milder for application in chain)
    reads = [read_clause(one.rule, through, references) for one, through in zip(chain, levels_of, strict=True)]
    governed_by = next((read.governed_by for read in reads if read.governed_by is not None), None)
    for depth, (application, through, read) in enumerate(zip(chain, levels_of, reads, strict=True)):
        clause = application.rule
        conditions.extend(read.when)
        if read.grounds:
            grounds, chosen_by = link_grounds(read.grounds), event or governed_by
            holds = one_of_grounds(read.id, read.at, grounds, chosen_by, read.summary, read.span, milder)
            conditions.append(references.add(f"{GROUNDS}{read.id}{name}", holds))
        exclusions.extend(read.unless)
        force = force.meet(force_of(clause, references.laws))
        external.extend(e for cited in clause.external for e in read_external(cited, through[1:]))
        orders.extend(PlacedOrder(order, clause.id, clause.at, chain[:depth], through[1:]) for order in clause.orders)
    clauses = [application.rule for application in chain]
    return ClauseScope(
        steps=tuple(step_of(clause) for clause in clauses),
        conditions=tuple(dict.fromkeys(conditions)),
        exclusions=tuple(exclusions),
        force=force,
        governed_by=governed_by,
        external=tuple(external),
        orders=tuple(orders),
        notes=tuple(clause.note for clause in clauses if clause.note),
        opaque=next((clause.opaque for clause in clauses if clause.opaque), ""),
        milder=milder,
    )


def read_clause(clause: Rule, levels: Levels, references: References) -> Rule:
    """The clause's own words, read through `levels`, of which the first is its own."""
    in_words = (replace(levels[0], own_words=True), *levels[1:])
    return references.read_rule(replace(clause, entries=(), deadline=None), in_words)


def read_external(cited: Citation, levels: Levels) -> tuple[Citation, ...]:
    """The provision outside the rulebook that `cited` means, read through `levels`."""
    found: tuple[CitationRange, ...] = (CitationRange(cited, cited),)
    for level in levels:
        found = tuple(t for part in found for t in level.construing.provisions(part) or (part,))
    return tuple(part.first for part in found)


def step_of(clause: Rule) -> Step:
    """The clause as one link of a citation chain, with its construals as written."""
    construals = tuple(pair for construal in clause.construe for pair in _pairs(construal))
    return Step(clause.at, construals, clause.summary)


def _pairs(construal: Construal) -> Iterator[tuple[str, str]]:
    if construal.condition is not None:
        yield (construal.source, render(construal.condition))
    for target in construal.targets if construal.condition is None else ():
        yield (construal.source, target)


def on_standing_grounds(
    when: tuple[Expression, ...], places: Collection[Citation], bites: Expression, name: str, references: References
) -> tuple[Expression, ...]:
    """The conditions of what comes by clauses, and is called `name`, the grounds of these at `places` holding only
    while `bites` does not (S5)."""

    def standing(node: Expression) -> Expression:
        if not isinstance(node, Fact) or not node.name.startswith(GROUNDS):
            return node
        grounds = references.written(node.name)
        kept = except_grounds(grounds.grounds, places, bites)
        if kept == grounds.grounds:
            return node
        own = node.name.partition(_STANDING)[0]  # what went before other grounds of it holds as well
        return references.add(f"{own}{_STANDING}{name}", replace(grounds, grounds=kept))

    return tuple(map(standing, when))
