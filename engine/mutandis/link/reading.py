"""A rule read in a context: where it stands, through an `apply` clause, or on a kind of its action's object.

The shapes that the passes of linking hand on. A rule read through clauses keeps the chain of clauses, outermost first,
and the levels of substitution, innermost first: the clause nearest to the rule construes it first (S36).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mutandis.citation import Citation, CitationRange
from mutandis.condition.tree import Expression
from mutandis.link.construe import Construing
from mutandis.link.program import Norm, Step
from mutandis.rulebook.model import ALWAYS, Exclusion, Interval, Order, Rule
from mutandis.source import Span


@dataclass(frozen=True, slots=True)
class Application:
    """One `apply` clause of a chain: the rule as written, and the provisions it applies as read in that chain."""

    rule: Rule
    ranges: tuple[CitationRange, ...]

    def reaches(self, cited: CitationRange) -> bool:
        """True if all of `cited` lies inside what the clause applies."""
        return any(r.covers(cited.first) and r.covers(cited.last) for r in self.ranges)


Chain = tuple[Application, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One layer of substitution: the id and place of the clause that makes it, and the provisions it reaches.

    No clause: a kind is read as one of its sub-kinds. `own_words` marks text of the clause itself, whose every
    reference is read with its construals (S37).
    """

    construing: Construing
    clause: str = ""
    at: Citation | None = None
    ranges: tuple[CitationRange, ...] = ()
    own_words: bool = False

    def reaches(self, cited: CitationRange) -> bool:
        """True if a reference to `cited` is read with this level's construals."""
        return self.own_words or any(r.covers(cited.first) and r.covers(cited.last) for r in self.ranges)


Levels = tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """An order, its place, and the clauses (outermost first) and levels it is read through."""

    order: Order
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
    span: Span = field(default=Span("", 0, 0, 0, 0), compare=False)
