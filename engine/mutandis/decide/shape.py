"""What a decision says that follows from its truths alone: verdict, citations, breaches, what gave way, what is
missing.

A shape is worked out once per combination of truths and then shared by all decisions that have it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import field
from typing import Any, Final, Literal, Protocol, TypeVar

from mutandis.citation import Citation
from mutandis.condition.render import render
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType, Family
from mutandis.decide.bounds import CONDITIONAL, FAILS, HOLDS
from mutandis.decide.names import Names, Waits, united
from mutandis.decide.order import EITHER, IN, OUT, Reading, Status
from mutandis.decide.plan import BeatSlot, BoundSlot, Detail, GroundSlot, NormSlots, Plan, RequirementSlot
from mutandis.decide.result import (
    NOTHING_SAID,
    Beaten,
    Breach,
    Cited,
    Considered,
    Decision,
    Fate,
    Limit,
    LimitRelation,
    SourceStep,
    Verdict,
)
from mutandis.decide.ternary import FALSE, TRUE, Gap
from mutandis.link.program import Program

Kept = TypeVar("Kept")

MOST_KEPT = 1024
"""How many of one kind a shape remembers of what is told of its cases."""
_NOT_YET = object()
RELATIONS: Final[dict[str, LimitRelation]] = {
    "<": "less_than",
    "<=": "at_most",
    ">": "more_than",
    ">=": "at_least",
    "is": "exactly",
}


class Explains(Protocol):
    """What explanations ask of the unit that decided; `memory` keeps what they work out from the unit alone."""

    @property
    def program(self) -> Program: ...
    @property
    def plan(self) -> Plan: ...
    @property
    def memory(self) -> dict[str, Any]: ...
    @property
    def version(self) -> dt.date: ...
    def detail(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
    ) -> tuple[tuple[Any, ...], Detail, Names]: ...
    def truths_of(
        self,
        conditions: tuple[Expression, ...],
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
    ) -> tuple[int, ...]: ...
    def decide_again(
        self,
        facts: Mapping[str, object],
        at: dt.date | None,
        holidays: frozenset[dt.date] | None,
        choices: Mapping[str, object] | None,
        in_doubt: bool,
    ) -> Decision: ...
    def events(self) -> tuple[tuple[str, str, dt.date | None, dt.date | None], ...]: ...
    def facts_in_order(self) -> tuple[str, ...]: ...
    def facts_by_norm(self) -> list[tuple[str, ...]]: ...


@dataclass(frozen=True, slots=True)
class LimitTemplate:
    """A limit without its numbers: where its value and the parameter's stand among the numbers.

    `family` is set where these are base units of a duration, `currency` where they are sums.
    """

    norm: str
    provision: str
    parameter: str
    relation: LimitRelation
    family: Family | None
    value: int
    actual: int
    currency: str | None = None

    @property
    def upper(self) -> bool:
        """True for a bound from above."""
        return self.relation in ("less_than", "at_most", "exactly")


Role = Literal["decides", "opposes", "weakens", "restores", "perhaps"]


@dataclass(slots=True, eq=False)
class Shape:
    """The settled part of a unit's decisions.

    `picked` are the cited norms with their roles, `deciding` what can still turn the verdict. It `speaks` where the law
    says something about the action.
    `memory` keeps what explanations work out from the shape alone, `limits_by_numbers` the limits that were asked for.
    """

    unit: Explains
    reading: Reading
    statuses: list[Status]
    deciding: Waits
    verdict: Verdict
    reachable: tuple[Verdict, ...]
    picked: tuple[tuple[int, Role], ...]
    cited: tuple[Cited, ...]
    citations: tuple[str, ...]
    breaches: tuple[Breach, ...]
    limits: tuple[tuple[LimitTemplate, ...], ...]
    missing: tuple[str, ...]
    cause: str
    speaks: bool
    has_deadlines: bool
    is_total: bool
    memory: dict[str, object] = field(default_factory=dict)
    limits_by_numbers: dict[object, tuple[Limit, ...]] = field(default_factory=dict)

    def kept(self, kind: str, key: Hashable, work: Callable[[], Kept]) -> Kept:
        """What `work` makes of `key`, worked out once: of one kind the shape remembers so many at most."""
        known = self.memory.get(kind)
        if known is None:
            known = self.memory[kind] = {}
        assert isinstance(known, dict)
        found = known.get(key, _NOT_YET)
        if found is _NOT_YET:
            found = work()
            if len(known) >= MOST_KEPT:
                known.clear()
            known[key] = found
        kept: Kept = found
        return kept

    @property
    def core(self) -> tuple[int, ...]:
        """The cited norms that the verdict is made of: all but those that only restore one."""
        return tuple(position for position, role in self.picked if role != "restores")

    def requirements(self, position: int) -> list[tuple[int, RequirementSlot]]:
        """The norm's own requirements and those of the limits that may bind it, with the position of their norm."""
        return _requirements(self.reading, self.statuses, position)


@dataclass(frozen=True, slots=True)
class Core:
    """The verdict of a reading, the verdicts that are reachable, how each norm stands, and the norms cited."""

    verdict: Verdict
    reachable: tuple[Verdict, ...]
    statuses: list[Status]
    picked: tuple[tuple[int, Role], ...]

    def citations(self, reading: Reading) -> tuple[str, ...]:
        """The provisions that the verdict rests on, as places."""
        cited = (place for position, _ in self.picked for place in _provisions(reading, self.statuses, position))
        return tuple(dict.fromkeys(cited))


def core_of(reading: Reading, reachable: frozenset[Verdict]) -> Core:
    """What follows from a reading without the names that it waits for."""
    statuses = reading.run()
    verdict = next(iter(reachable)) if len(reachable) == 1 else Verdict.UNDETERMINED
    picked = _picked(reading, statuses, verdict)
    if verdict is not Verdict.UNDETERMINED:
        picked = tuple((p, role if statuses[p].effective == IN else "perhaps") for p, role in picked)
    restoring = _restoring(reading, statuses, verdict, [position for position, _ in picked])
    picked += tuple((p, "restores") for p in restoring)
    return Core(verdict, tuple(v for v in Verdict if v in reachable), statuses, picked)


def shape_of(unit: Explains, reading: Reading, is_total: bool) -> Shape:
    """The shape that a reading of a unit's plan has; `is_total` where nothing in it is unknown."""
    reachable, deciding = reading.reach()
    found = core_of(reading, reachable)
    verdict, statuses, picked = found.verdict, found.statuses, found.picked
    core = [position for position, role in picked if role != "restores"]
    cited = tuple(_cite(reading, statuses, position, role) for position, role in picked)
    missing: tuple[str, ...] = ()
    if verdict is Verdict.UNDETERMINED:
        missing = _missing(reading, statuses, deciding)
    elif verdict is Verdict.REQUIRED:
        missing = _missing_of_duties(reading, statuses, core)
    return Shape(
        unit=unit,
        reading=reading,
        statuses=statuses,
        deciding=deciding,
        verdict=verdict,
        reachable=found.reachable,
        picked=picked,
        cited=cited,
        citations=tuple(dict.fromkeys(place for c in cited for place in c.provisions)),
        breaches=_breaches(reading, statuses, verdict, cited[: len(core)], core),
        limits=_limits(reading, statuses, verdict, core),
        missing=missing,
        cause=_cause(reading, statuses, deciding, missing) if verdict is Verdict.UNDETERMINED else "",
        speaks=verdict not in NOTHING_SAID,
        has_deadlines=any(reading.plan.norms[position].norm.has_time for position in core),
        is_total=is_total,
    )


# --- citations --------------------------------------------------------------------------------------------------------


def _picked(reading: Reading, statuses: list[Status], verdict: Verdict) -> tuple[tuple[int, Role], ...]:
    """The norms of the deciding class that surely are effective, by position; else those that may be (S29)."""
    sure, perhaps = _classes(reading, statuses, True), _classes(reading, statuses, False)
    require, exempt = (sure[k] or perhaps[k] for k in ("require", "exempt"))
    match verdict:
        case Verdict.CONFLICT:
            pairs = (("require", "forbid"), ("require", "exempt"), ("ok", "forbid"))
            certain = [pair for pair in pairs if sure[pair[0]] and sure[pair[1]]]
            likely = [p for p in pairs if (sure[p[0]] or perhaps[p[0]]) and (sure[p[1]] or perhaps[p[1]])]
            one, other = (sure[k] or perhaps[k] for k in (*certain, *likely)[0])
            return (*((p, "decides") for p in one), *((p, "opposes") for p in other))
        case Verdict.FORBIDDEN:
            chosen = sure["forbid"]
            if not chosen and (breached := sure["permit"]):
                return (*((p, "decides") for p in breached), *_weakening(reading, breached, exempt))
            chosen = chosen or perhaps["forbid"] or perhaps["permit"]
        case Verdict.REQUIRED:
            chosen = require
        case Verdict.PERMITTED | Verdict.CONDITIONAL:
            if verdict is Verdict.PERMITTED:
                # Where no one permission is ok whatever the open values, several are together.
                ok = sure["ok"] or perhaps["ok"] or [p for p in sure["permit"] if statuses[p].ok & CONDITIONAL]
            else:  # also those whose bound is not known yet: they may allow more
                permit = sure["permit"] or perhaps["permit"]
                ok = [p for p in permit if statuses[p].ok & (HOLDS | CONDITIONAL)]
            return (*((p, "decides") for p in ok), *_weakening(reading, ok, exempt))
        case Verdict.EXEMPT:
            chosen = exempt
        case Verdict.UNDETERMINED:
            chosen = sorted(sure["forbid"] + sure["require"] + sure["exempt"] + sure["permit"])
        case _:
            chosen = []
    return tuple((p, "decides") for p in chosen)


def _weakening(reading: Reading, permits: list[int], exempt: list[int]) -> list[tuple[int, Role]]:
    """The exemptions that made permissions of the duties among `permits`."""
    weakened = [p for p in permits if reading.plan.norms[p].direction == "must"]
    weakeners = {b.beater for p in weakened for b in _all_beats(reading.plan.norms[p])} & set(exempt)
    return [(p, "weakens") for p in sorted(weakeners)]


def _classes(reading: Reading, statuses: list[Status], sure: bool) -> dict[str, list[int]]:
    """The positions of bans, duties, exemptions and permissions that are effective: surely, or perhaps."""
    found: dict[str, list[int]] = {"forbid": [], "require": [], "exempt": [], "permit": [], "ok": []}
    for position, (slots, status) in enumerate(zip(reading.plan.norms, statuses, strict=True)):
        if status.effective != IN if sure else not status.effective & IN:
            continue
        weak = status.weak == IN if sure else status.weak & IN
        match slots.direction:
            case "must_not":
                found["forbid"].append(position)
            case "need_not":
                found["exempt"].append(position)
            case "must" if not weak:
                found["require"].append(position)
            case "may" | "must":
                found["permit"].append(position)
                if status.ok & HOLDS and not (sure and status.ok & FAILS):
                    found["ok"].append(position)
    return found


def _restoring(reading: Reading, statuses: list[Status], verdict: Verdict, cited: list[int]) -> list[int]:
    """What felled an exclusion that holds, of the norms cited or of one of these."""
    if verdict is Verdict.UNDETERMINED:
        return []
    known, found, pending = set(cited), [], sorted(cited)
    while pending:
        slots = reading.plan.norms[pending.pop(0)]
        holding = {index for index, place in enumerate(slots.exclusions) if reading.truths[place] == TRUE}
        for beat in slots.part_beats:
            felled = beat.exclusions & holding and reading.bites(beat.beater, beat.relation, statuses) & IN
            if felled and beat.beater not in known:
                known.add(beat.beater)
                found.append(beat.beater)
                pending.append(beat.beater)
    return sorted(found)


def _all_beats(slots: NormSlots) -> tuple[BeatSlot, ...]:
    return (*slots.beats, *slots.part_beats)


def _provisions(reading: Reading, statuses: list[Status], position: int) -> tuple[str, ...]:
    """The places of the grounds that hold and are not felled; of the norm itself where there are none."""
    slots = reading.plan.norms[position]
    felled = {
        index
        for beat in slots.part_beats
        if reading.bites(beat.beater, beat.relation, statuses) == IN
        for index in beat.grounds
    }
    places = [
        place
        for index, ground in enumerate(slots.grounds)
        if reading.truths[ground.truth] == TRUE and index not in felled
        for place in _innermost(reading, ground)
    ]
    return tuple(str(place) for place in dict.fromkeys(places)) or (str(slots.norm.citation),)


def _cite(reading: Reading, statuses: list[Status], position: int, role: Role) -> Cited:
    norm = reading.plan.norms[position].norm
    return Cited(
        norm=norm.key,
        provisions=_provisions(reading, statuses, position),
        direction=norm.direction,
        role=role,
        summary=norm.summary,
        by=norm.by,
        to=norm.to,
        chains=tuple(tuple(SourceStep(str(s.citation), s.construals) for s in chain) for chain in norm.sources),
        external=tuple(str(e) for e in norm.external),
    )


def _innermost(reading: Reading, slot: GroundSlot) -> list[Citation]:
    inner = [g for g in slot.inner if reading.truths[g.truth] == TRUE]
    return [place for g in inner for place in _innermost(reading, g)] or [slot.ground.citation]


def beaten(shape: Shape) -> tuple[Beaten, ...]:
    """The norms that were triggered and gave way, and to what."""
    reading, found = shape.reading, []
    for slots, status in zip(reading.plan.norms, shape.statuses, strict=True):
        gave_way = status.removed == IN or (slots.direction == "must" and status.weak == IN)
        if status.triggered != IN or not gave_way:
            continue
        by = tuple(
            (str(reading.plan.norms[b.beater].norm.citation), b.relation)
            for b in slots.beats
            if b.relation != "lifts" and reading.bites(b.beater, b.relation, shape.statuses) == IN
        )
        found.append(Beaten(slots.norm.key, str(slots.norm.citation), slots.direction, by))
    return tuple(found)


# --- requirements -----------------------------------------------------------------------------------------------------


def _requirements(reading: Reading, statuses: list[Status], position: int) -> list[tuple[int, RequirementSlot]]:
    slots = reading.plan.norms[position]
    found = [(position, requirement) for requirement in slots.requires]
    for limit in slots.limits:
        if statuses[limit].effective & IN:
            found.extend((limit, requirement) for requirement in reading.plan.norms[limit].requires)
    return found


def is_open(reading: Reading, bound: BoundSlot | None) -> bool:
    """True for a bound on a parameter that the case leaves open."""
    return bound is not None and bound.parameter in reading.open


def _breaches(
    reading: Reading, statuses: list[Status], verdict: Verdict, cited: tuple[Cited, ...], positions: list[int]
) -> tuple[Breach, ...]:
    if verdict not in (Verdict.REQUIRED, Verdict.FORBIDDEN, Verdict.CONFLICT, Verdict.UNDETERMINED):
        return ()
    found: dict[Breach, None] = {}
    for position, cite in zip(positions, cited, strict=True):
        if cite.direction not in ("may", "must"):
            continue
        for owner, slot in _requirements(reading, statuses, position):
            if owner != position and statuses[owner].effective != IN:
                continue
            if not is_open(reading, slot.bound) and reading.truths[slot.truth] == FALSE:
                condition = render(slot.requirement.condition)
                found[Breach(cite.norm, str(slot.requirement.citation), condition)] = None
    return tuple(found)


def _limits(
    reading: Reading, statuses: list[Status], verdict: Verdict, positions: list[int]
) -> tuple[tuple[LimitTemplate, ...], ...]:
    norms, order = reading.plan.norms, list(reading.plan.parameters)
    if verdict is Verdict.UNDETERMINED:
        positions = [p for p, status in enumerate(statuses) if status.effective & IN]
    groups: list[tuple[LimitTemplate, ...]] = []
    for position in positions:
        if norms[position].direction not in ("may", "must"):
            continue
        group = tuple(
            LimitTemplate(
                norms[position].norm.key,
                str(slot.requirement.citation),
                slot.bound.parameter,
                RELATIONS[slot.bound.relation],
                _family(reading.plan.parameters[slot.bound.parameter].type),
                slot.bound.value,
                reading.plan.bounds + order.index(slot.bound.parameter),
                reading.plan.parameters[slot.bound.parameter].type.currency,
            )
            for _, slot in _requirements(reading, statuses, position)
            if slot.bound is not None
        )
        if group:
            groups.append(group)
    return tuple(groups)


def _family(type_: DataType) -> Family | None:
    return type_.family if type_.kind == "duration" else None


# --- what is missing --------------------------------------------------------------------------------------------------


def _missing_of_duties(reading: Reading, statuses: list[Status], core: list[int]) -> tuple[str, ...]:
    """What it waits for whether a duty that is owed is done as it must be; an open bound is told as a limit."""
    names: set[str] = set()
    for position in core:
        for _, slot in _requirements(reading, statuses, position):
            waits = reading.names.waits(reading.truths[slot.truth])
            names |= waits.facts | waits.parameters
            if slot.bound is not None and is_open(reading, slot.bound):
                value = reading.numbers[slot.bound.value]
                if isinstance(value, Gap):
                    names |= reading.names.waits(value.truth).facts
    return tuple(sorted(names))


def _missing(reading: Reading, statuses: list[Status], deciding: Waits) -> tuple[str, ...]:
    names = set(deciding.facts)
    for position, (slots, status) in enumerate(zip(reading.plan.norms, statuses, strict=True)):
        if (
            slots.direction in ("may", "must")
            and status.effective & IN
            and status.ok not in (FAILS, CONDITIONAL, HOLDS)
        ):
            for _, slot in _requirements(reading, statuses, position):
                if slot.bound is not None and is_open(reading, slot.bound):
                    value = reading.numbers[slot.bound.value]
                    if isinstance(value, Gap):
                        names |= reading.names.waits(value.truth).facts
    if not names and not deciding.wording:
        names = set(deciding.parameters)
        if not names and not _is_left_to_outside_law(reading, statuses):
            names = _open_parameters(reading)
    return tuple(sorted(names))


def _is_left_to_outside_law(reading: Reading, statuses: list[Status]) -> bool:
    """True where a disapplication in favour of law that the rulebook does not hold may be effective."""
    pairs = zip(reading.plan.norms, statuses, strict=True)
    return any(s.direction == "disapply" and s.norm.external and status.effective & IN for s, status in pairs)


def _open_parameters(reading: Reading) -> set[str]:
    """The parameters that requirements wait for."""
    found = reading.open_parts()
    waits = reading.names.waits(united([reading.truths[place] for places in found.opaque for place in places]))
    return {*found.bounds, *waits.parameters}


def _cause(reading: Reading, statuses: list[Status], deciding: Waits, missing: tuple[str, ...]) -> str:
    if any(not _is_parameter(reading, name) for name in missing):
        return "facts"
    if deciding.wording or _is_left_to_outside_law(reading, statuses):
        return "wording"
    if missing or any(status.ok & CONDITIONAL and status.effective & IN for status in statuses):
        return "parameters"
    return "undefined"


def _is_parameter(reading: Reading, name: str) -> bool:
    return ("parameter", name) in reading.names.numbers and "[" not in name


def considered(shape: Shape, reasons: list[tuple[str, ...]]) -> tuple[Considered, ...]:
    """Every norm about the action and what became of it; `reasons` why one that is not triggered is not."""
    found: list[Considered] = []
    for position, (slots, status) in enumerate(zip(shape.reading.plan.norms, shape.statuses, strict=True)):
        reason: tuple[str, ...] = ()
        state: Fate
        if status.triggered == OUT:
            state, reason = "not_triggered", reasons[position]
        elif status.effective == OUT and status.triggered == IN:
            state = "beaten"
        elif status.effective == IN:
            state = "weakened" if slots.direction == "must" and status.weak == IN else "effective"
        else:
            state = "unknown"
            waits = shape.reading.names.waits(shape.reading.trigger(position))
            reason = tuple(sorted(waits.facts | waits.parameters | waits.wording))
        found.append(Considered(slots.norm.key, str(slots.norm.citation), slots.direction, state, reason))
    return tuple(found)


def why_irrelevant(status: Status) -> Fate:
    """How a norm that reads an unknown fact stands, so that the fact does not matter; statuses as in `Considered`."""
    if status.triggered == OUT:
        return "not_triggered"
    if status.effective == OUT:
        return "beaten"
    return "effective" if status.effective == IN else "unknown"


def outside(shape: Shape) -> tuple[str, ...]:
    """Law outside the rulebook that norms which may apply point to."""
    pairs = zip(shape.unit.plan.norms, shape.statuses, strict=True)
    return tuple(dict.fromkeys(str(e) for s, status in pairs if status.effective != OUT for e in s.norm.external))


def possible(status: Status) -> bool:
    """True where it is not known whether the norm is effective, or how its requirements come out."""
    return status.effective == EITHER or (status.effective == IN and status.ok not in (FAILS, CONDITIONAL, HOLDS))
