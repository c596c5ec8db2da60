"""The parts of a decision that are worked out when somebody looks at them: plain frozen records, as in `result`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from mutandis.dataclass import dataclass
from mutandis.decide.result import SourceStep
from mutandis.values import Duration

if TYPE_CHECKING:
    from mutandis.link.program import Direction, Relation

Fate = Literal["effective", "not_triggered", "beaten", "weakened", "unknown"]
"""What became of a norm: it holds, it is not triggered, another goes before it, it is made less by one, or open."""

AuthorityRole = Literal["decides", "opens", "kept", "defines", "dates", "open", "stops_short", "left_to", "not_encoded"]
"""Why a place is told (S29): `decides`, the norm and the ground that hold; `opens`, what took an opposing norm, limit
or disapplication out of the way; `kept`, a limit or requirement that binds and is met; `defines`, what gave a fact its
value, or did not reach; `dates`, what puts this wording in force or keeps an older one; `open`, a norm still open;
`stops_short`, the norm that came nearest, what keeps one away, or the clause that leaves the case out; `left_to`, a
delegation, or a clause that hands the case to law that is not held;
`not_encoded`, where nothing speaks or permits, a place that could and has no rules."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One place an answer rests on, and why it is told."""

    role: AuthorityRole
    """Why the place is told."""
    provision: str
    """The place."""
    summary: str = ""
    """The rule's summary; empty where none stands there."""
    chains: tuple[tuple[SourceStep, ...], ...] = ()
    """The clauses it applies by, outermost first; several where instances merged."""
    facts: tuple[str, ...] = ()
    """For `open`, what the place waits for; for `decides`, what its own requirements wait for; for `defines`, the fact
    that it gives its value; for `kept`, what a requirement that is still to be met waits for."""
    conditions: tuple[str, ...] = ()
    """For `kept`, what was met; for `stops_short`, a definition that did not reach and, of several limits or duties one
    of which is breached, `open`: what failed."""
    kept_away_by: tuple[str, ...] = ()
    """For `stops_short`, the exclusions and norms that keep it away."""
    text: str = ""
    """For `left_to`, to whom; for `dates`, which instrument; for `defines`, the value, or `counting` where it is said
    how time is counted; for `open`, what `not_held` says of a wording; for `not_encoded`, why."""
    punishes: bool = False
    """For `open`, true of a penalty of which it is not known whether it is due."""


@dataclass(frozen=True, slots=True)
class Beaten:
    """A norm that was triggered and gave way, what beat it and how (`despite`, `instead_of`, `disapply`, `rank`)."""

    norm: str
    """The norm."""
    provision: str
    """Its place."""
    direction: Direction
    by: tuple[tuple[str, Relation], ...]
    """What beat it, and how."""


@dataclass(frozen=True, slots=True)
class CountingStep:
    """One thing done in counting (`first_day_out`, `moved`; `calendar.counting.What` has them) and the place it has."""

    what: str
    """What was done: `first_day_out`, `eve_of_the_same_day`, `moved` and others."""
    provision: str
    """The place that says so; empty where the rulebook has none."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A day off that a last day moved off: what day it is, and the provision that makes it one."""

    day: dt.date
    """The day."""
    label: str
    """What day it is."""
    provision: str
    """What makes it a day off; empty where that is not known."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How a due day came about."""

    start: dt.date
    """The event."""
    length: Duration
    """The length of the period, `1 month`."""
    first: dt.date
    """The first day counted, or the instant."""
    nominal: dt.date
    """The last day by the calendar alone."""
    steps: tuple[CountingStep, ...]
    """What was done in counting, in order."""
    passed_over: tuple[PassedOver, ...] = ()
    """Days off that the nominal day moved off."""


@dataclass(frozen=True, slots=True)
class DeadlineDue:
    """When a duty falls due, or how often it comes again.

    `relation` is `words` where the law says it in words (`without_delay`), `recurs` where they say how often.
    """

    norm: str
    """The duty."""
    provision: str
    """Where it stands."""
    relation: Literal["by", "on", "before", "words", "recurs"]
    words: str
    """The law's own words; else empty."""
    due: dt.date | None
    """A date or a moment to the minute; null while it is not known."""
    latest: dt.date | None
    """The last day once holidays are known; null where they are not, and while the day is not known."""
    passed: bool | None
    """Null while it cannot be told."""
    unknown_for: tuple[str, ...] = ()
    """Facts that the day waits for, and `holidays` where no calendar tells whether the last day is one; once it is
    past, the one that would tell whether the duty was done."""
    counted: Counted | None = None
    """How the day was reckoned; null where it was stated."""
    wording: tuple[str, ...] = ()
    """Provisions of which the wording that the day waits for is not held."""
    done: dt.date | bool | None = None
    """When the duty was done, or whether it was, by the fact that records it; null while the case does not say."""

    @property
    def is_lacking(self) -> bool:
        """True of a day that is not known and waits for nothing: no rule gives it, or it is beyond the calendar."""
        has_day = self.relation not in ("words", "recurs")
        return has_day and self.due is None and not self.unknown_for and not self.wording


@dataclass(frozen=True, slots=True)
class Threat:
    """A penalty for what a decision forbids or finds breached: its place, what it punishes, whom, the alternatives."""

    provision: str
    """Where it stands."""
    of: tuple[str, ...]
    """What it punishes."""
    options: tuple[str, ...]
    """The alternatives."""
    summary: str = ""
    """The rule's summary."""
    by: tuple[str, ...] = ()
    """On whom it falls; empty: the law does not say."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact the law leaves to somebody's judgement, whose it is, and what the case says of it."""

    fact: str
    """The fact."""
    owner: str
    """Whose finding it is."""
    value: object = None


@dataclass(frozen=True, slots=True)
class Fiction:
    """A fact that was read as another value (S39), and the provision that says so."""

    fact: str
    """The fact."""
    value: object
    provision: str
    """What says so."""


@dataclass(frozen=True, slots=True)
class Presumption:
    """A fact nobody gave, read as presumed (S30)."""

    fact: str
    """The fact."""
    value: object
    provision: str
    """What says so; empty where the vocabulary does."""


@dataclass(frozen=True, slots=True)
class FactValue:
    """What a fact comes to in a case, and by which provisions.

    `value` is None for none, and where it is not known (`known` tells). `provisions` are the entries that give it,
    empty for a stated fact. Where no rule gives it, so that it is no or none, they have the place that came nearest,
    and `failed` is what fails there, in words of conditions. `missing` are the facts it waits for, `wording` the places
    whose wording it waits for, which the rulebook does not hold (S41), `conflicting` the values that rules give it
    where they differ (S28). `rests_on` are the definitions of other facts without which the value would be another,
    however many steps away, each with the role `defines` and its fact; `presumptions` are what nobody gave and the
    value would be another without.
    """

    fact: str
    known: bool
    value: object
    provisions: tuple[str, ...]
    missing: tuple[str, ...] = ()
    conflicting: tuple[object, ...] = ()
    failed: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()
    rests_on: tuple[Authority, ...] = ()
    presumptions: tuple[Presumption, ...] = ()


@dataclass(frozen=True, slots=True)
class Considered:
    """A norm about the action and what became of it."""

    norm: str
    """The norm."""
    provision: str
    """Its place."""
    direction: Direction
    status: Fate
    reason: tuple[str, ...] = ()
    """Conditions that do not hold, or what it waits for."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How a norm stands that reads a fact."""

    provision: str
    """Where the norm stands."""
    status: Fate
    """As of a norm considered."""


@dataclass(frozen=True, slots=True)
class Irrelevant:
    """An unknown fact that can no longer change the verdict, and how each norm that reads it stands."""

    fact: str
    """The fact."""
    because: tuple[Stand, ...]
