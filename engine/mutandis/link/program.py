"""The linked rulebook: what evaluation reads, and nothing it does not need.

For every action there is a `Component`: all norms about it (instances of `apply` clauses, norms on its kinds and
derived contraries included) in an order in which beaters come first (S10), with the orders that bite. Derived facts and
fictions are `Derivation`s, by fact. Lowering starts here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from typing import Final, Literal

from mutandis.calendar.days_off import UNKNOWN_HOLIDAYS, DaysOff, days_off_with
from mutandis.citation import Citation, CitationRange, Listed
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import DataType
from mutandis.rulebook.law import ALWAYS, Deadline, Interval, Law, PenaltyOption
from mutandis.source import NOWHERE, Span
from mutandis.vocabulary import Vocabulary

Direction = Literal["must_not", "must", "may", "need_not", "limits", "disapply"]

Relation = Literal["despite", "instead_of", "disapply", "rank", "lifts"]
"""How a norm goes before another."""


@dataclass(frozen=True, slots=True)
class Step:
    """One link of a citation chain.

    The clause that applies, and what it construes as what (`visit` → `telephone_call`).
    """

    citation: Citation
    construals: tuple[tuple[str, str], ...]
    summary: str


@dataclass(frozen=True, slots=True)
class LinkedGround:
    """A ground after linking: one condition (its own when, sub-grounds and unless folded apart), one place.

    Holds when it is in force, `when` holds, one of `grounds` does (if any), and `unless` does not.
    """

    citation: Citation
    when: Expression | None
    grounds: tuple[LinkedGround, ...] = ()
    unless: Expression | None = None
    force: Interval = ALWAYS


@dataclass(frozen=True, slots=True)
class LinkedExclusion:
    """An `unless` after linking; same meaning as a ground."""

    citation: Citation
    when: Expression | None
    grounds: tuple[LinkedGround, ...] = ()
    force: Interval = ALWAYS


@dataclass(frozen=True, slots=True)
class Bound:
    """A requirement that is a linear comparison in one parameter (S14): `parameter relation limit`.

    `limit` is an expression without parameters, of the parameter's own type, already divided by the coefficient.
    For `relation` "<" and ">" the value of `limit` itself is excluded.
    """

    parameter: str
    relation: Literal["<", "<=", ">", ">=", "is"]
    limit: Expression


@dataclass(frozen=True, slots=True)
class LinkedRequirement:
    """One thing the action must satisfy.

    `parameters` are the parameter facts it mentions; `bound` is set where it is linear in one of them.
    """

    citation: Citation
    condition: Expression
    parameters: tuple[str, ...] = ()
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class Norm:
    """One norm about one action.

    `key` is unique in its component and stable: the rule's id, the chain and the construals. `sources` are the chains
    (outermost clause first) it comes by, empty for a rule read where it stands; several when instances merged (S36).
    `derived` says why a norm exists that nobody wrote: `contrary`, `restriction`, `in force` (S3) or `unless` (S2).
    `when` is a tuple of conditions, all of which must hold; the scope of an applying clause is among them.
    `exempts` is, of an exemption that an exclusion yields, the key of the duty and which of its exclusions it is.
    `rank` is the law's (S8). `any_group` names the duty set of `{any: [...]}` (S1): such a norm is directed `may`.
    """

    key: str
    rule: str
    citation: Citation
    direction: Direction
    action: str
    summary: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    when: tuple[Expression, ...] = ()
    grounds: tuple[LinkedGround, ...] = ()
    exclusions: tuple[LinkedExclusion, ...] = ()
    requires: tuple[LinkedRequirement, ...] = ()
    deadline: Deadline | None = None
    recurs: str = ""
    force: Interval = ALWAYS
    governed_by: Expression | None = None
    sources: tuple[tuple[Step, ...], ...] = ()
    external: tuple[Citation, ...] = ()
    derived: Literal["", "contrary", "unless", "restriction", "in force"] = ""
    exempts: tuple[str, int] | None = None
    any_group: tuple[str, ...] = ()
    rank: int = 1
    opaque: str = ""
    milder: bool = False
    note: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def has_time(self) -> bool:
        """Whether it falls due, or comes again."""
        return self.deadline is not None or bool(self.recurs)


@dataclass(frozen=True, slots=True)
class Beat:
    """`beater` and `beaten` are positions in the component's norms.

    `relation`: `despite` and `rank` bite between opposing norms, or from a limit on a limit (S5, S8); `instead_of`
    removes whatever its direction (S6); `disapply` removes too. `part` narrows it to the grounds or exclusions at
    the given places; empty: the whole norm. For a `despite` from a permission onto a limit, the limit is lifted
    for that permission alone (`lifts`), see docs/decisions.
    """

    beater: int
    beaten: int
    relation: Relation
    part: tuple[Citation, ...] = ()
    inferred: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class LinkedPenalty:
    """A penalty, and the provisions whose breach it punishes; `when` tuple: all must hold.

    `rules` are the ids of the rules there whose breach alone it punishes; empty where each is meant.
    """

    rule: str
    citation: Citation
    of: tuple[CitationRange, ...]
    options: tuple[PenaltyOption, ...]
    when: tuple[Expression, ...]
    rules: tuple[str, ...] = ()
    grounds: tuple[LinkedGround, ...] = ()
    exclusions: tuple[LinkedExclusion, ...] = ()
    by: tuple[str, ...] = ()
    force: Interval = ALWAYS
    governed_by: Expression | None = None
    summary: str = ""
    span: Span = field(default=NOWHERE, compare=False)

    def is_for(self, rule: str, place: Citation) -> bool:
        """True if it punishes the breach at `place` of the rule with this id."""
        return (not self.rules or rule in self.rules) and any(one.covers(place) for one in self.of)


@dataclass(frozen=True, slots=True)
class Component:
    """Everything said about one action.

    Invariant: in `norms` a beater precedes what it beats, limits precede permissions.
    """

    action: str
    default: Literal["forbidden", "silent"]
    norms: tuple[Norm, ...]
    beats: tuple[Beat, ...]
    penalties: tuple[LinkedPenalty, ...] = ()
    kept_as_text: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LinkedEntry:
    """One value of a derivation."""

    citation: Citation
    when: Expression | None
    value: Expression
    force: Interval = ALWAYS


@dataclass(frozen=True, slots=True)
class Derivation:
    """One rule (or ground) that gives a derived fact a value.

    It is triggered like a norm, and then its value is that of every
    entry whose `when` holds.

    `kind`: `define`; `deem` (S39); `ground`, the condition a `case falls under …` stands for (S38), always yes/no.
    `opaque`: of a rule whose wording is not held; then its trigger is at most not known (S41).
    """

    rule: str
    citation: Citation
    kind: Literal["define", "deem", "ground"]
    entries: tuple[LinkedEntry, ...]
    when: tuple[Expression, ...] = ()
    grounds: tuple[LinkedGround, ...] = ()
    exclusions: tuple[LinkedExclusion, ...] = ()
    force: Interval = ALWAYS
    governed_by: Expression | None = None
    sources: tuple[tuple[Step, ...], ...] = ()
    summary: str = ""
    note: str = ""
    opaque: str = ""
    milder: bool = False
    span: Span = field(default=NOWHERE, compare=False)

    def can_hold(self, version: dt.date) -> bool:
        """True if it is in force on a version date, or an event may put it in force (S40)."""
        return self.governed_by is not None or self.force.holds(version)


TRIGGER: Final = "§trigger of"
"""How the name begins of a derived fact that holds while a derivation gives a value, or a norm goes before others, for
what gives way to it. No answer is tried without one."""


@dataclass(frozen=True, slots=True)
class DerivedFact:
    """A fact that rules give. `base` is the fact as stated, which a fiction falls back to (deem); empty for the others.

    A define that nothing triggers leaves a yes/no fact false and any other fact none. Names of derived facts that no
    vocabulary declares begin with `§`: `§act/95(1)2` (a ground), `§inmate.class as of act/87` (a fiction's reading); an
    instance under construal has its construals in the name. Conditions refer to them by `Fact` nodes like any other.
    """

    name: str
    type: DataType
    derivations: tuple[Derivation, ...]
    base: str = ""


@dataclass(frozen=True, slots=True)
class ExternalApplication:
    """A clause that applies provisions outside the rulebook, which a decision it bears on names (S39).

    `when` is the clause's own trigger, `scope` that of the clauses it is itself applied by.
    """

    rule: str
    citation: Citation
    targets: tuple[Citation, ...]
    when: tuple[Expression, ...] = ()
    scope: tuple[Expression, ...] = ()
    force: Interval = ALWAYS
    summary: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Delegation:
    """A place that leaves a matter to another instrument or person: `to` whom, in the rulebook's words.

    One `in_passing` stands in a provision that has rules of its own, and is about these; others are about the article,
    or, where the text names them, about the parts `within` it.
    """

    citation: Citation
    to: str
    summary: str = ""
    force: Interval = ALWAYS
    in_passing: bool = False
    within: tuple[CitationRange, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """A place of the law that no rule speaks for: not modelled, for a reason, or (no reason) not encoded."""

    citation: Citation
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EventClause:
    """A transitional clause that states by which event a wording is chosen, and presumes that it is under this law."""

    citation: Citation
    event: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class ListClause:
    """A clause that applies a list of provisions, so that what the list leaves out can be told.

    `when` is the clause's own trigger; `read_as` what it puts in the place of the words of the list.
    """

    citation: Citation
    targets: tuple[CitationRange, ...]
    when: tuple[Expression, ...]
    summary: str = ""
    force: Interval = ALWAYS
    read_as: tuple[str, ...] = ()

    def leaves_out(self, place: Citation) -> Citation | None:
        """What holds `place` and is left out: its paragraph, where the list names other parts of its article; its
        article, where that stands between the first and the last of the list.
        """
        own = [t for t in self.targets if t.first.law == place.law]
        if not own or any(t.covers(place) or place.covers(t.first) for t in own):
            return None
        if any(t.first.article == place.article for t in own):
            return Citation(place.law, place.article, place.paragraph) if place.paragraph else None
        articles = [t.first.article_order() for t in own]
        return place.article_citation() if min(articles) < place.article_order() < max(articles) else None


@dataclass(frozen=True, slots=True)
class BroughtUnder:
    """A definition or fiction that brings the cases in which `when` holds under its law as a whole."""

    citation: Citation
    when: tuple[Expression, ...]
    summary: str = ""
    note: str = ""
    force: Interval = ALWAYS


@dataclass(frozen=True, slots=True)
class Program:
    """The linked rulebook. `components` by action name, `derived` by fact name in an order in which a derivation reads
    only earlier ones (S9, S39).

    `days_off` are those that last days move off, unless a caller gives holidays.
    `provisions` are, of each law, those that its own text has or had and those that rules speak for; of a law whose
    text is not at hand there are none listed, and any may be in it.
    No linked condition holds a `FallsUnder` of the case: each has become a reading of `§…` facts. `effective` says, for
    every citation used in `… applies`, which norms stand there: action and position in its component.
    """

    laws: Mapping[str, Law]
    vocabulary: Vocabulary
    components: Mapping[str, Component]
    derived: Mapping[str, DerivedFact]
    effective: Mapping[str, tuple[tuple[str, int], ...]]
    content_hash: str
    external: tuple[ExternalApplication, ...] = ()
    days_off: DaysOff = UNKNOWN_HOLIDAYS
    delegations: tuple[Delegation, ...] = ()
    clauses: tuple[ListClause, ...] = ()
    bringing: tuple[BroughtUnder, ...] = ()
    event_clauses: tuple[EventClause, ...] = ()
    gaps: tuple[Gap, ...] = ()
    provisions: Listed = field(default_factory=dict)

    def taking(self, stated: Iterable[str]) -> Program:
        """The program with those of the facts `stated` that it derives taken as given: their definitions are out (S30).

        Whatever reads them reads what a case states.
        """
        names = self.derived_among(stated)
        return replace(self, derived=_Without(self.derived, names)) if names else self

    def derived_among(self, stated: Iterable[str]) -> frozenset[str]:
        """Those of the facts that a case states which it derives."""
        return frozenset([name for name in stated if name in self.derived and name in self.vocabulary.facts])

    def named_norm(self, name: str) -> Norm | None:
        """The norm that a condition made while linking asks about, by its name; None for a place that a rule cites."""
        stands = self.effective.get(name, ()) if "#" in name else ()
        return self.components[stands[0][0]].norms[stands[0][1]] if len(stands) == 1 else None

    def days_off_with(self, holidays: frozenset[dt.date] | None) -> DaysOff:
        """The days off with the holidays that a caller gives; the rulebook's own where it gives none."""
        return days_off_with(self.days_off, holidays)


class _Without(Mapping[str, DerivedFact]):
    """Derived facts without some; a bundle decodes none for it."""

    __slots__ = ("_all", "_names")

    def __init__(self, derived: Mapping[str, DerivedFact], names: frozenset[str]) -> None:
        self._all, self._names = derived, names

    def __getitem__(self, name: str) -> DerivedFact:
        if name in self._names:
            raise KeyError(name)
        return self._all[name]

    def __contains__(self, name: object) -> bool:
        return name not in self._names and name in self._all

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._all if name not in self._names)

    def __len__(self) -> int:
        return len(self._all) - len(self._names)
