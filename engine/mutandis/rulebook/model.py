"""The rulebook as its files say it: laws, vocabulary, articles, rules; conditions parsed and checked.

Nothing here is linked: an `apply` still names its targets, an order still names a citation. `link` makes norms of it.
All sequences keep the order of the file; every part keeps its span.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Final, Literal

from mutandis.calendar.days_off import UNKNOWN_HOLIDAYS, DaysOff
from mutandis.citation import Citation, CitationRange
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass
from mutandis.rulebook.law import ALWAYS, Deadline, Interval, Law, PenaltyOption
from mutandis.source import NOWHERE, Span
from mutandis.vocabulary import Vocabulary

if TYPE_CHECKING:
    from mutandis.diagnostics import Diagnostic

Effect = Literal[
    "may",
    "must",
    "must_not",
    "need_not",
    "limits",
    "define",
    "deem",
    "apply",
    "penalty",
    "delegate",
    "states",
    "disapply",
]
"""What a rule does; what goes for which effect is said here and nowhere else."""

SPEAKING: Final = ("may", "must", "must_not", "need_not")
"""Effects whose norms say whether an action is to be done, and so make the verdict."""

ON_ACTIONS: Final = (*SPEAKING, "limits")
"""Effects of a rule on actions."""

PERMITTING: Final = ("may", "must")
"""Effects that let an action be done."""

OPPOSED: Final = frozenset(map(frozenset, (("must_not", "may"), ("must_not", "must"), ("must", "need_not"))))
"""Effects that pull an action in two directions."""

CARRIED_OVER: Final = (*ON_ACTIONS, "define", "deem", "disapply")
"""Effects that an `apply` clause carries over. Penalties are not inherited (S37)."""

SITUATIONS: Final = (*SPEAKING, "define", "deem", "disapply")
"""Effects whose trigger describes a situation. A limit, a penalty or a clause that applies others describes none but by
its grounds."""

Presumed = Literal["", "under this law", "not yet"]
UNDER_THIS_LAW: Final = "under this law"
NOT_YET: Final = "not yet"
"""What a rule presumes of an event that a case does not date (S49): of a clause, that it is of the law applied; of a
fiction, that it has not been."""

BINDING: Final = (*ON_ACTIONS, "apply")
"""Effects that a case can fall under."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A numbered alternative. `when` all of, and one of `grounds` if there are any, and not `unless`.

    `citation` is its place (`act/77(1)2`); the ground `main` stands in the opening words and has the rule's place.
    """

    citation: Citation
    when: Expression | None
    grounds: tuple[Ground, ...] = ()
    unless: Expression | None = None
    force: Interval = ALWAYS
    label: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An `unless` with its own place: it excludes when `when` holds and, where there are grounds, one of them does."""

    citation: Citation
    when: Expression | None
    grounds: tuple[Ground, ...] = ()
    force: Interval = ALWAYS
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Requirement:
    """How the action must be done, and the place that says so."""

    citation: Citation
    condition: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One `as` of a define or deem: the value where `when` holds (None: always)."""

    citation: Citation
    when: Expression | None
    value: Expression
    force: Interval = ALWAYS
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Construal:
    """One line of `construe`: `source` a term, role, fact, action, enumerated value or citation; what it becomes.

    `targets` are names; `condition` is set instead where a yes/no fact becomes a condition.
    """

    source: str
    targets: tuple[str, ...]
    condition: Expression | None = None
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Order:
    """`despite`, `subject_to` or `instead_of`: what the rule beats, or is beaten by, or replaces."""

    relation: Literal["despite", "subject_to", "instead_of"]
    targets: tuple[CitationRange, ...]
    inferred: str = ""
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Penalty:
    """`of` the provisions it punishes the breach of (the rule itself where empty), and what it threatens.

    `rule` is the id, without the place, of the one rule there that is meant; empty where each is.
    """

    of: tuple[CitationRange, ...]
    options: tuple[PenaltyOption, ...]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of an article. `id` carries effect and object (`act/28(1)#inform heir`).

    `actions` are action names (`suspend visit`); `any_of` is True for `{any: [...]}`. `target` is the fact of a define
    or deem. `apply` holds the provisions applied, `external` those outside the rulebook. `opaque` says which earlier
    wording is not held (S41). `milder` marks a rule whose versions S42 compares. `presumes` says what is
    presumed of its event where a case does not date it (S49). `whole_law` marks what brings a
    case under the law as a whole. `spans` has where `apply`, `within` and a penalty's `of` name each provision.
    """

    id: str
    at: Citation
    effect: Effect
    summary: str
    span: Span = NOWHERE
    actions: tuple[str, ...] = ()
    any_of: bool = False
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    when: tuple[Expression, ...] = ()
    grounds: tuple[Ground, ...] = ()
    requires: tuple[Requirement, ...] = ()
    unless: tuple[Exclusion, ...] = ()
    orders: tuple[Order, ...] = ()
    deadline: Deadline | None = None
    recurs: str = ""
    force: Interval = ALWAYS
    governed_by: Expression | None = None
    note: str = ""
    target: str = ""
    entries: tuple[Entry, ...] = ()
    within: tuple[CitationRange, ...] = ()
    apply: tuple[CitationRange, ...] = ()
    external: tuple[Citation, ...] = ()
    construe: tuple[Construal, ...] = ()
    penalty: Penalty | None = None
    text: str = ""
    opaque: str = ""
    milder: bool = False
    presumes: Presumed = ""
    whole_law: bool = False
    spans: tuple[tuple[CitationRange, Span], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why the rules at a place leave out a quantity or references of its text.

    `quantity` is as `text quantities` prints it (`3 phase`), empty where the excuse is for `references`.
    """

    at: Citation
    quantity: str
    references: tuple[CitationRange, ...]
    reason: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Article:
    """An article's file: its rules and what it says of provisions without rules."""

    law: str
    number: str
    title: str
    rules: tuple[Rule, ...]
    not_modelled: tuple[tuple[Citation, str], ...] = ()
    excused: tuple[Excuse, ...] = ()
    span: Span = field(default=NOWHERE, compare=False)

    @property
    def citation(self) -> Citation:
        """The article as a provision."""
        return Citation(self.law, self.number)


@dataclass(frozen=True, slots=True)
class Source:
    """A loaded rulebook before linking, with everything found wrong on the way.

    `files` maps each file's name to its text, for showing a diagnostic in place. `content_hash` is over their texts.
    `days_off` is its calendar.
    """

    laws: dict[str, Law]
    vocabulary: Vocabulary
    articles: Sequence[Article]
    diagnostics: tuple[Diagnostic, ...]
    files: Mapping[str, str]
    content_hash: str
    days_off: DaysOff = UNKNOWN_HOLIDAYS
