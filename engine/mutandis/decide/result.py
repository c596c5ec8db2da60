"""What a decision says.

Plain frozen records in the law's words. Every tuple is in a fixed order (the law's, or as stated), so the same
rulebook, facts and dates give the same decision byte for byte. `as_data` turns any of them into JSON's own types;
`schemas/decision.schema.json` is made from the records and what stands beneath their fields.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass
from enum import Enum, StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal

from mutandis.dataclass import dataclass
from mutandis.values import Duration, Period, Sum, Unknown

if TYPE_CHECKING:
    from mutandis.decide.result_parts import (
        Authority,
        Beaten,
        Considered,
        DeadlineDue,
        Fiction,
        Finding,
        Irrelevant,
        Presumption,
        Threat,
    )
    from mutandis.link.program import Direction
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


Cause = Literal["", "facts", "wording", "values", "parameters", "undefined"]
"""Why several verdicts are left; empty where the answer is settled."""

NOTHING_SAID = frozenset({Verdict.SILENT, Verdict.FORBIDDEN_BY_DEFAULT})
"""The verdicts on actions that no norm speaks to in the case."""

NOT_IN_FORCE, NO_GROUND, EXCLUDED_BY = "not in force", "no ground holds", "excluded by "
"""Why a norm is kept away, where that is no condition; the last stands before the exclusion's place."""


@dataclass(frozen=True, slots=True)
class SourceStep:
    """A clause by which a provision applies: its citation and what it construes as what."""

    citation: str
    """The clause."""
    construals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """A provision the answer rests on.

    `role` says why it is cited: `decides`, `opposes` (the other side of a conflict), `weakens` (an exemption that made
    a duty a permission), `restores` (it felled an exclusion of a norm cited), `perhaps` (one of several of which it is
    not known which applies; the verdict is the same under each).
    """

    norm: str
    """The norm's key."""
    provisions: tuple[str, ...]
    """The grounds that hold, or the norm's own place."""
    direction: Direction
    role: Literal["decides", "opposes", "weakens", "restores", "perhaps"]
    summary: str
    """The rule's summary."""
    by: tuple[str, ...] = ()
    """Who bears it."""
    to: tuple[str, ...] = ()
    """The counterparties."""
    chains: tuple[tuple[SourceStep, ...], ...] = ()
    """The clauses it applies by, outermost first; several where instances merged."""
    external: tuple[str, ...] = ()
    """Law outside the rulebook that it applies."""


LimitRelation = Literal["at_most", "at_least", "less_than", "more_than", "exactly"]
"""How a parameter is bound."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A bound on one parameter, and the provision it stands in (S16)."""

    norm: str
    """The permission or duty it binds."""
    provision: str
    """Where the bound stands."""
    parameter: str
    """The parameter fact, or an attribute of a list member: `decision.actions[2].days`."""
    relation: LimitRelation
    inner: object
    """The bound that surely leaves the action allowed; null where nothing is sure."""
    outer: object
    """The bound that possibly does: the inner one once all is known that it depends on."""
    actual: object = None
    """The value given; null while the parameter is open."""
    margin: object = None
    """What is left of the bound (negative: exceeded); null while the parameter is open."""
    binding: bool = False
    """The tightest on its parameter within its permission; false of all where that is not known."""


@dataclass(frozen=True, slots=True)
class Breach:
    """A requirement that fails: of a permission, a limit on it, a duty, or a deadline that has passed."""

    norm: str
    """The norm."""
    provision: str
    """Where it stands."""
    condition: str
    """What fails."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the text leaves open at a place the decision turns on, and how it was read."""

    provision: str
    """The place."""
    text: str
    """The note."""


@dataclass(frozen=True, eq=False)
class Decision:
    """The answer to one question about one action in one case. Provisions are ids such as `act/77(1)1`.

    This is what every decision has, however it is held; decisions are equal when all of it is.
    """

    __slots__ = ()

    action: str
    """The action asked about, `verb term`."""
    verdict: Verdict
    reachable: tuple[Verdict, ...]
    """Every verdict that the unknown facts still allow; one where the answer is settled."""
    cause: Cause
    """Why several verdicts are left; empty where the answer is settled."""
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
    """Unknown facts that can still change the verdict, the day on which a duty that is owed is due, or whether it is
    kept."""
    irrelevant: tuple[Irrelevant, ...]
    """Unknown facts that can no longer change the verdict."""
    considered: tuple[Considered, ...]
    nearest: str
    """Of what nothing permits: the permission that came closest; else empty."""
    unmet: tuple[str, ...]
    """What the nearest permission failed on, or what a conditional one still waits for."""
    outside: tuple[str, ...]
    """Law outside the rulebook that the answer points to."""
    authority: tuple[Authority, ...]
    """Every place the answer rests on, each with its role."""
    handled_by: Division | None
    """The division of the service that the matter falls to; null where the law's file names none."""
    continuing: bool
    """True where a duty to do it is owed, or still may be, and goes on as long as its grounds hold: doing it once does
    not end it."""
    content_hash: str
    """The hash of the rulebook."""

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
    if isinstance(value, Duration | Sum):
        from mutandis.amounts import spell_duration, spell_sum

        return spell_duration(value) if isinstance(value, Duration) else spell_sum(value)
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
