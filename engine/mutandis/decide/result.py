"""What a decision says.

Plain frozen records in the law's words. Every tuple is in a fixed order (the law's, or as stated), so the same
rulebook, facts and dates give the same decision byte for byte. `as_data` turns any of them into JSON's own types.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from mutandis.amounts import spell_duration, spell_sum
from mutandis.dataclass import dataclass
from mutandis.values import Duration, Period, Sum, Unknown

if TYPE_CHECKING:
    from mutandis.vocabulary import Division


class Verdict(StrEnum):
    """The rows of the verdict table (S18 to S27), and `undetermined` where several are still reachable."""

    CONFLICT = "conflict"
    FORBIDDEN = "forbidden"
    REQUIRED = "required"
    PERMITTED = "permitted"
    CONDITIONAL = "conditional"
    FORBIDDEN_BY_DEFAULT = "forbidden_by_default"
    EXEMPT = "exempt"
    SILENT = "silent"
    UNDETERMINED = "undetermined"


NOTHING_SAID = frozenset({Verdict.SILENT, Verdict.FORBIDDEN_BY_DEFAULT})
"""The verdicts on actions that no norm speaks to in the case."""


@dataclass(frozen=True, slots=True)
class SourceStep:
    """A clause by which a provision applies: its citation and what it construes as what."""

    citation: str
    construals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision the answer rests on. `provisions` are exact: the grounds that hold, or the norm's own place.

    `direction` is the norm's; `role` says why it is cited: `decides`, `opposes` (the other side of a conflict),
    `weakens` (an exemption that made a duty a permission), `restores` (it felled an exclusion of a norm cited),
    `perhaps` (one of several of which it is not known which applies; the verdict is the same under each).
    `chains` are the clauses it applies by, outermost first.
    """

    norm: str
    provisions: tuple[str, ...]
    direction: str
    role: Literal["decides", "opposes", "weakens", "restores", "perhaps"]
    summary: str
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    chains: tuple[tuple[SourceStep, ...], ...] = ()
    external: tuple[str, ...] = ()


AuthorityRole = Literal["decides", "opens", "kept", "defines", "dates", "open", "stops_short", "left_to", "not_encoded"]
"""Why a place is told (S29): `decides`, the norm and the ground that hold; `opens`, what took an opposing norm, limit
or disapplication out of the way; `kept`, a limit or requirement that binds and is met; `defines`, what gave a fact its
value, or did not reach; `dates`, what puts this wording in force or keeps an older one; `open`, a norm still open;
`stops_short`, the norm that came nearest, or the clause that leaves the case out; `left_to`, a delegation;
`not_encoded`, where nothing speaks or permits, a place that could and has no rules."""


@dataclass(frozen=True, slots=True)
class Authority:
    """One place an answer rests on, and why it is told.

    `facts` are, for `open`, what the place waits for, and for `defines`, the fact that it gives its value.
    `conditions` are, in words of conditions, what was met (`kept`) or failed (`stops_short`, a definition that did not
    reach); `kept_away_by` the exclusions and norms that keep what stops short away. `chains` are the clauses the place
    applies by, outermost first. `text` says to whom a matter is left, which instrument it is, or why a
    place has no rules.
    """

    role: AuthorityRole
    provision: str
    summary: str = ""
    chains: tuple[tuple[SourceStep, ...], ...] = ()
    facts: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    kept_away_by: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class Beaten:
    """A norm that was triggered and gave way, what beat it and how (`despite`, `instead_of`, `disapply`, `rank`)."""

    norm: str
    provision: str
    direction: str
    by: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on one parameter, and the provision it stands in.

    `inner` is the bound that surely leaves the action allowed, `outer` the one that possibly does (S16); equal when
    everything it depends on is known, None where nothing is sure. `relation` is `at_most`, `at_least`, `less_than`,
    `more_than` or `exactly`. `actual` is the value given, `margin` what is left of it (negative: exceeded); None while
    the parameter is open. `binding` marks the tightest one on its parameter within its permission. `norm` is the
    permission.
    """

    norm: str
    provision: str
    parameter: str
    relation: str
    inner: object
    outer: object
    actual: object = None
    margin: object = None
    binding: bool = False


@dataclass(frozen=True, slots=True)
class Breach:
    """A requirement that fails: of a permission, a limit on it, a duty, or a deadline that has passed."""

    norm: str
    provision: str
    condition: str


@dataclass(frozen=True, slots=True)
class CountingStep:
    """One thing done in counting (`first_day_out`, `moved`; `calendar.counting.What` has them) and the place it has."""

    what: str
    provision: str


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A day off that a last day moved off: what day it is, and the provision that makes it one."""

    day: dt.date
    label: str
    provision: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How a due day came about: from the event at `start`, `first` the first day counted, `nominal` the last of them.

    `length` is the period's, `passed_over` the days off that the nominal day moved off.
    """

    start: dt.date
    length: Duration
    first: dt.date
    nominal: dt.date
    steps: tuple[CountingStep, ...]
    passed_over: tuple[PassedOver, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineDue:
    """When a duty falls due, or how often it comes again.

    `relation` is `by`, `on`, `before`, `words` (the law says it in words: `without_delay`) or `recurs` (how often, in
    words).

    `due` is a date or moment, None while `unknown_for` facts are missing or the law has words.

    `latest` is the same day, or None where it is not known upward: no calendar tells whether the day is a holiday
    (S43). `passed` is None while it cannot be told. `counted` tells how the day was reckoned, where it was.
    """

    norm: str
    provision: str
    relation: str
    words: str
    due: dt.date | None
    latest: dt.date | None
    passed: bool | None
    unknown_for: tuple[str, ...] = ()
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class Threat:
    """A penalty for what the decision forbids or finds breached: its place, what it punishes, and the alternatives."""

    provision: str
    of: tuple[str, ...]
    options: tuple[str, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact the law leaves to somebody's judgement, whose it is, and what the case says of it (None: not said)."""

    fact: str
    owner: str
    value: object = None


@dataclass(frozen=True, slots=True)
class Fiction:
    """A fact that was read as another value (S39), and the provision that says so."""

    fact: str
    value: object
    provision: str


@dataclass(frozen=True, slots=True)
class Presumption:
    """A fact nobody gave, read as presumed (S30)."""

    fact: str
    value: object
    provision: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the text leaves open at a place the decision turns on, and how it was read."""

    provision: str
    text: str


@dataclass(frozen=True, slots=True)
class FactValue:
    """What a fact comes to in a case, and by which provisions.

    `value` is None for none, and where it is not known (`known` tells). `provisions` are the entries that give it,
    empty for a stated fact. Where no rule gives it, so that it is no or none, they have the place that came nearest,
    and `failed` is what fails there, in words of conditions. `missing` are the facts it waits for, `wording` the places
    whose wording it waits for, which the rulebook does not hold (S41), `conflicting` the values that rules give it
    where they differ (S28).
    """

    fact: str
    known: bool
    value: object
    provisions: tuple[str, ...]
    missing: tuple[str, ...] = ()
    conflicting: tuple[object, ...] = ()
    failed: tuple[str, ...] = ()
    wording: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Considered:
    """A norm about the action and what became of it: `effective`, `not_triggered`, `beaten`, `weakened`, `unknown`.

    `reason` is, for a norm not triggered, the conditions that do not hold; for an unknown one, those not known.
    """

    norm: str
    provision: str
    direction: str
    status: str
    reason: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stand:
    """How the norm at `provision` stands: `status` as in `Considered`."""

    provision: str
    status: str


@dataclass(frozen=True, slots=True)
class Irrelevant:
    """An unknown fact that can no longer change the verdict, and how each norm that reads it stands."""

    fact: str
    because: tuple[Stand, ...]


@dataclass(frozen=True, eq=False)
class Decision:
    """The answer to one question about one action in one case: what every decision has, however it is held.

    `reachable` has every verdict the unknown facts still allow (one member: settled); `cause` says why several are
    left: `facts`, `wording`, `values`, `parameters`, empty when settled. `missing` are unknown facts that can still
    change the verdict; `irrelevant` unknown facts that no longer can, with the reasons. `nearest` names, for
    `forbidden_by_default`, the permission that came closest; `unmet` what it failed on. `outside` names law outside the
    rulebook it points to. `authority` is every place the answer rests on, each with its role. `handled_by` is
    the division that the matter falls to, where the law's file names one. Decisions are equal when all of this is.
    """

    __slots__ = ()

    action: str
    verdict: Verdict
    reachable: tuple[Verdict, ...]
    cause: str
    cited: tuple[Cited, ...]
    limits: tuple[Limit, ...]
    breaches: tuple[Breach, ...]
    deadlines: tuple[DeadlineDue, ...]
    penalties: tuple[Threat, ...]
    beaten: tuple[Beaten, ...]
    findings: tuple[Finding, ...]
    fictions: tuple[Fiction, ...]
    presumptions: tuple[Presumption, ...]
    notes: tuple[Note, ...]
    missing: tuple[str, ...]
    irrelevant: tuple[Irrelevant, ...]
    considered: tuple[Considered, ...]
    nearest: str
    unmet: tuple[str, ...]
    outside: tuple[str, ...]
    authority: tuple[Authority, ...]
    handled_by: Division | None
    content_hash: str

    @property
    def citations(self) -> tuple[str, ...]:
        """Every provision cited, in the order of the decision, once."""
        return tuple(dict.fromkeys(p for c in self.cited for p in c.provisions))

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if isinstance(other, Decision) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.action, self.verdict, self.cited))

    def __reduce__(self) -> tuple[type[Decision], tuple[object, ...]]:
        return PlainDecision, self._parts()

    def _parts(self) -> tuple[object, ...]:
        return tuple([getattr(self, name) for name in Decision.__dataclass_fields__])


class PlainDecision(Decision):
    """A decision with every part written down."""

    __slots__ = tuple(Decision.__dataclass_fields__)

    @classmethod
    def of(cls, decision: Decision, **changes: object) -> PlainDecision:
        """The same decision with some parts changed."""
        parts: dict[str, Any] = {name: getattr(decision, name) for name in Decision.__dataclass_fields__}
        return cls(**{**parts, **changes})


def as_data(value: object) -> object:
    """`value` in JSON's own types: dates in ISO form, `8 days`, `30 won`, fractions as `3/2`, sets sorted."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Unknown):
        return "unknown"
    if isinstance(value, Duration):
        return spell_duration(value)
    if isinstance(value, Sum):
        return spell_sum(value)
    if isinstance(value, Period):
        return {
            "from": as_data(value.start),
            "until": as_data(value.until),
            "suspensions": [[as_data(a), as_data(b)] for a, b in value.suspensions],
            "counting": value.clock or "civil",
            "basis": value.basis,
        }
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value) if value.denominator != 1 else value.numerator
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(k): as_data(v) for k, v in value.items()}
    if isinstance(value, (frozenset, set)):
        return sorted(str(as_data(v)) for v in value)
    if isinstance(value, (tuple, list)):
        return [as_data(v) for v in value]
    return value
