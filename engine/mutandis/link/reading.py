"""A rule read in a context: where it stands, through an `apply` clause, or on a kind of its action's object.

The shapes that the passes of linking hand on. A rule read through clauses keeps the chain of clauses, outermost first,
and the levels of substitution, innermost first: the clause nearest to the rule construes it first (S36).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from typing import Any

from mutandis.citation import Citation, CitationRange
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass, replace
from mutandis.link.construe import Construing, construe_rule, read_construals
from mutandis.link.linked_parts import link_exclusions, link_grounds, part_places
from mutandis.link.program import Direction, Norm, Step
from mutandis.rulebook.law import ALWAYS, Interval
from mutandis.rulebook.model import Exclusion, Order, Rule
from mutandis.source import Span
from mutandis.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Application:
    """One `apply` clause of a chain: the rule as written, and the rules that it applies, in whole or part, by id.

    `picks` are the sources of which the clause construes several things, each with the one that this reading takes.
    """

    rule: Rule
    applied: frozenset[str]
    picks: tuple[tuple[str, str], ...] = ()

    def agrees(self, other: Application) -> bool:
        """True for the same clause, unless the two readings take different things for one source (S35, S37)."""
        return self.is_taken_as(other.rule.id, other.picks)

    def is_taken_as(self, clause: str, picks: tuple[tuple[str, str], ...]) -> bool:
        """The same of a clause by its rule's id."""
        taken = dict(picks)
        return self.rule.id == clause and all(taken.get(source, one) == one for source, one in self.picks)


Chain = tuple[Application, ...]


def picks_of(construing: Construing) -> tuple[tuple[str, str], ...]:
    """What was taken of the sources that are construed as several things."""
    pairs = zip(construing.names, construing.wide, strict=True)
    return tuple((source, targets[0]) for (source, targets), (_, wide) in pairs if targets != wide)


def stands_within(chain: Chain, prefix: Chain) -> bool:
    """True if `chain` goes on from `prefix`, each clause with the same choices."""
    return len(chain) >= len(prefix) and all(a.agrees(b) for a, b in zip(prefix, chain, strict=False))


def shared(one: Chain, other: Chain) -> int:
    """With how many clauses both begin, each with the same choices."""
    differing = (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if not a.agrees(b))
    return next(differing, min(len(one), len(other)))


def clause_grounds(chain: Chain) -> set[Citation]:
    """The places of the grounds of the clauses, but for what stands in a clause's opening words."""
    return {ground.citation for one in chain for ground in one.rule.grounds if ground.citation != one.rule.at}


def place_through(sources: tuple[tuple[Step, ...], ...], citation: Citation) -> str:
    """A place after those of the clauses through which it is read, by the first of the chains."""
    through = sources[0] if sources else ()
    return " → ".join(str(one) for one in (*(step.citation for step in through), citation))


def name_of(norm: Norm) -> str:
    """A name for one norm in an `applies`, which no provision can have."""
    return f"{norm.key} on {norm.action}"


def about(rule: Rule) -> str:
    """The term that a rule is about, by its actions or what it defines; empty where it is about none, or several."""
    terms = {action.partition(" ")[2] for action in rule.actions} or {rule.target.partition(".")[0]}
    return terms.pop() if len(terms) == 1 else ""


Through = tuple[str, tuple[tuple[str, str], ...]]
"""A clause by its rule's id, and what was taken of what it construes as several."""


def is_read_through(chain: Chain, clauses: Sequence[Through]) -> bool:
    """True if `chain` goes on from `clauses`."""
    met = all(application.is_taken_as(*clause) for application, clause in zip(chain, clauses, strict=False))
    return met and len(chain) >= len(clauses)


@dataclass(frozen=True, slots=True)
class Level:
    """One layer of substitution: the id and place of the clause that makes it, and the provisions it reaches.

    No clause: a kind is read as one of its sub-kinds. `own_words` marks text of the clause itself, whose every
    reference is read with its construals (S37). `governed_by` is the event by which the clause picks wordings (S40),
    `milder` whether it has them compared (S42).
    """

    construing: Construing
    clause: str = ""
    at: Citation | None = None
    ranges: tuple[CitationRange, ...] = ()
    own_words: bool = False
    governed_by: Expression | None = None
    milder: bool = False

    def reaches(self, cited: CitationRange) -> bool:
        """True if a reference to `cited` is read with this level's construals."""
        return self.own_words or any(r.covers(cited.first) and r.covers(cited.last) for r in self.ranges)


Levels = tuple[Level, ...]
Kinds = tuple[str, ...]
"""Of which kind a rule is read, and of which others what it says of that one is read; empty where it is read of one."""


def level_of(clause: Rule, ranges: tuple[CitationRange, ...] = (), *, own_words: bool = False) -> Level:
    """The layer that a clause makes of what it applies, or of its own words."""
    construing = read_construals(clause.construe, clause.at)
    return Level(construing, clause.id, clause.at, ranges, own_words, clause.governed_by, clause.milder)


def skeleton(rule: Rule, levels: Levels, vocabulary: Vocabulary) -> Rule:
    """What a rule read through `levels` says of what, without its conditions."""
    bare = replace(rule, when=(), grounds=(), requires=(), unless=(), entries=(), deadline=None, governed_by=None)
    for level in levels:
        bare = construe_rule(bare, level.construing, vocabulary)
    return bare


def kind_of_asker(rule: Rule | None, levels: Levels, vocabulary: Vocabulary) -> str:
    """The term that a rule read through `levels` is about, if it has kinds or is one; of a clause the sub-kind that
    what it applies is read of. Empty where that is none."""
    term = "" if rule is None else about(skeleton(rule, levels, vocabulary))
    if not term and levels and not levels[-1].clause:
        ((_, (term,)),) = levels[-1].construing.names
    kinds = vocabulary.kinds_of(term)
    return term if kinds and len(vocabulary.sub_kinds(kinds[-1])) > 1 else ""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a reference means of what stands at a place: the levels it is read through, and of which rules, by id.

    No rules: of all. A clause that applies some of them alone leaves the others as they stand (S37). `about`: where
    it is asked whether something applies, the term that the asking rule is about, if it has kinds or is one.
    """

    levels: Levels = ()
    rules: frozenset[str] | None = None
    about: str = ""

    @property
    def clauses(self) -> tuple[Through, ...]:
        """The clauses that something is read through, outermost first."""
        return tuple((level.clause, picks_of(level.construing)) for level in reversed(self.levels) if level.clause)

    @property
    def through(self) -> str:
        """The levels and rules in words, as the name of a derived fact ends."""
        text = ""
        for level in self.levels:
            names = [f"{source}={'|'.join(targets)}" for source, targets in level.construing.names]
            names += [f"{source}=condition" for source, _ in level.construing.conditions]
            names += [f"{source}={'|'.join(map(str, targets))}" for source, targets in level.construing.citations]
            under = f" under {level.at}" if level.clause else " as"
            text += f"{under}[{', '.join(names)}]"
        text += f" as to {self.about}" if self.about else ""
        return text if self.rules is None else f"{text} of {', '.join(sorted(self.rules))}"

    def asks_of(self, kinds: Kinds) -> bool:
        """False of a reading of another kind, where the rule is read of the very kind that is asked about (S38)."""
        return self.about not in kinds[1:]

    def takes_in(self, rule: str) -> bool:
        """True if the rule is among those meant."""
        return self.rules is None or rule in self.rules

    def stands_at(self, chain: Chain, rule: str, own: Citation, place: Citation) -> bool:
        """True if the rule at `own`, read through `chain`, is meant by a reference to `place`.

        A clause that applies others is itself a provision: "96 (4) applies" when what it applies does, by whatever
        further clauses. Read through a clause that is not among those of the reference, it is another instance.
        """
        clauses = self.clauses
        if not is_read_through(chain, clauses):
            return False
        if len(chain) == len(clauses):
            return place.covers(own) and self.takes_in(rule)
        nearest = chain[len(clauses)].rule
        return place.covers(nearest.at) and self.takes_in(nearest.id)


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """An order, the rule that gives it, and the clauses (outermost first) and levels it is read through."""

    order: Order
    rule: str
    at: Citation
    chain: Chain
    levels: Levels


@dataclass(frozen=True, slots=True)
class Reading:
    """A rule as it binds in one context. `rule` has one action or one target, with every substitution made.

    `scope` are the conditions of the clauses of the chain, `scope_exclusions` their own `unless`. `any_group` is the
    duty set of `{any: [...]}`. `key` tells readings of one rule apart.
    """

    key: str
    rule: Rule
    written: Rule
    levels: Levels = ()
    chain: Chain = ()
    steps: tuple[Step, ...] = ()
    scope: tuple[Expression, ...] = ()
    scope_exclusions: tuple[Exclusion, ...] = ()
    force: Interval = ALWAYS
    governed_by: Expression | None = None
    external: tuple[Citation, ...] = ()
    any_group: tuple[str, ...] = ()
    orders: tuple[PlacedOrder, ...] = ()
    notes: tuple[str, ...] = ()
    opaque: str = ""
    milder: bool = False
    rank: int = 1
    kinds: Kinds = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A norm on the way into its component, with what orders need to know: its chains and the orders it carries."""

    norm: Norm
    chains: tuple[Chain, ...]
    orders: tuple[PlacedOrder, ...]
    origin: str
    """Key of the reading it comes from; derived norms share their origin's."""
    parts: tuple[Citation, ...] = ()
    """Places of its grounds and exclusions, for orders that name a part."""
    kinds: Kinds = ()
    span: Span = field(default=Span("", 0, 0, 0, 0), compare=False)


def draft_of(reading: Reading, key: str, direction: Direction, action: str, **own: Any) -> Draft:
    """What a reading says of an action, as a norm: what every norm has of its rule and clauses, and `own` fields."""
    rule = reading.rule
    norm = Norm(
        key=key,
        rule=rule.id,
        citation=rule.at,
        direction=direction,
        action=action,
        summary=rule.summary,
        by=rule.by,
        to=rule.to,
        when=tuple(dict.fromkeys((*reading.scope, *rule.when))),
        grounds=link_grounds(rule.grounds),
        exclusions=(*link_exclusions(rule.unless), *link_exclusions(reading.scope_exclusions)),
        force=reading.force,
        governed_by=reading.governed_by,
        sources=(reading.steps,) if reading.steps else (),
        external=reading.external,
        rank=reading.rank,
        opaque=reading.opaque,
        milder=reading.milder,
        note="\n".join(reading.notes),
        span=rule.span,
        **own,
    )
    parts = tuple(part_places(norm.grounds, norm.exclusions))
    return Draft(norm, (reading.chain,), reading.orders, reading.key, parts, reading.kinds)


def are_of_one_reading(one: Draft, other: Draft) -> bool:
    """True for what one rule says, by the same clauses, of several actions or of sub-kinds: no order is among these."""
    return one.norm.rule == other.norm.rule and not set(one.chains).isdisjoint(other.chains)
