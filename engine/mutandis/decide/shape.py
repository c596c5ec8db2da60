"""What a decision says that follows from its truths alone: verdict, citations, breaches, what gave way, what is
missing.

A shape is worked out once per combination of truths and then shared by all decisions that have it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import field
from typing import TYPE_CHECKING, TypeVar

from mutandis.dataclass import dataclass
from mutandis.decide.cited import Role, cite, picked_norms, places_of, restoring_norms
from mutandis.decide.names import Waits
from mutandis.decide.order import CONDITIONAL, EITHER, FAILS, HOLDS, IN, Reading, Status
from mutandis.decide.plan import RequirementSlot
from mutandis.decide.result import NOTHING_SAID, Breach, Cited, Limit, Verdict
from mutandis.decide.ternary import FALSE

if TYPE_CHECKING:
    from mutandis.decide.explains import Explains
    from mutandis.decide.requirements import LimitTemplate

Kept = TypeVar("Kept")

MOST_KEPT = 1024
"""How many of one kind a shape remembers of what is told of its cases."""
_BREACHING = (Verdict.REQUIRED, Verdict.FORBIDDEN, Verdict.CONFLICT, Verdict.UNDETERMINED)
_NOT_YET = object()


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
        from mutandis.decide.requirements import requirements_of

        return requirements_of(self.reading, self.statuses, position)


@dataclass(frozen=True, slots=True)
class Core:
    """The verdict of a reading, the verdicts that are reachable, how each norm stands, and the norms cited."""

    verdict: Verdict
    reachable: tuple[Verdict, ...]
    statuses: list[Status]
    picked: tuple[tuple[int, Role], ...]

    def citations(self, reading: Reading) -> tuple[str, ...]:
        """The provisions that the verdict rests on, as places."""
        cited = (place for position, _ in self.picked for place in places_of(reading, self.statuses, position))
        return tuple(dict.fromkeys(map(str, cited)))


def core_of(reading: Reading, statuses: list[Status], reachable: frozenset[Verdict]) -> Core:
    """What follows from a reading without the names that it waits for."""
    verdict = next(iter(reachable)) if len(reachable) == 1 else Verdict.UNDETERMINED
    picked = picked_norms(reading, statuses, verdict)
    if verdict is not Verdict.UNDETERMINED:
        picked = tuple((p, role if statuses[p].effective == IN else "perhaps") for p, role in picked)
    restoring = restoring_norms(reading, statuses, verdict, [position for position, _ in picked])
    picked += tuple((p, "restores") for p in restoring)
    return Core(verdict, tuple(v for v in Verdict if v in reachable), statuses, picked)


def shape_of(unit: Explains, reading: Reading, is_total: bool) -> Shape:
    """The shape that a reading of a unit's plan has; `is_total` where nothing in it is unknown."""
    statuses = reading.run()
    reachable, deciding = reading.reach(statuses)
    found = core_of(reading, statuses, reachable)
    verdict, picked = found.verdict, found.picked
    core = [position for position, role in picked if role != "restores"]
    cited = tuple(cite(reading, statuses, position, role) for position, role in picked)
    missing: tuple[str, ...] = ()
    cause = ""
    if verdict in (Verdict.UNDETERMINED, Verdict.REQUIRED):
        # Imported where something may be missing: most cases say enough.
        from mutandis.decide.missing import cause_of, missing_of, missing_of_duties

        if verdict is Verdict.REQUIRED:
            missing = missing_of_duties(reading, statuses, core)
        else:
            missing = missing_of(reading, statuses, deciding)
            cause = cause_of(reading, statuses, deciding, missing)
    breaches: tuple[Breach, ...] = ()
    limits: tuple[tuple[LimitTemplate, ...], ...] = ()
    if any(slots.requires for slots in reading.plan.norms):
        from mutandis.decide.requirements import limits_of  # where norms about the action require something

        required = (slot for slots in reading.plan.norms for slot in slots.requires)
        if verdict in _BREACHING and (reading.open or any(reading.truths[slot.truth] == FALSE for slot in required)):
            from mutandis.decide.breaches import breaches_of  # where something may be breached

            breaches = breaches_of(reading, statuses, cited[: len(core)], core)
        limits = limits_of(reading, statuses, verdict, core)
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
        breaches=breaches,
        limits=limits,
        missing=missing,
        cause=cause,
        speaks=verdict not in NOTHING_SAID,
        has_deadlines=any(reading.plan.norms[position].norm.has_time for position in core),
        is_total=is_total,
    )


def possible(status: Status) -> bool:
    """True where it is not known whether the norm is effective, or how its requirements come out."""
    return status.effective == EITHER or (status.effective == IN and status.ok not in (FAILS, CONDITIONAL, HOLDS))
