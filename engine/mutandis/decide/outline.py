"""The outline of a decision: verdict, what is reachable and citations, which hang on no names and no figures of a case.

Cases that wait for other facts, or for other grounds of one norm, mostly have the same outline; so few are worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from mutandis.dataclass import dataclass
from mutandis.decide.names import Names
from mutandis.decide.order import Reading
from mutandis.decide.plan import GroundSlot, NormSlots, Plan
from mutandis.decide.result import Verdict
from mutandis.decide.shape import Core, core_of
from mutandis.decide.ternary import TRUE, frozen

MOST_CORES = 1 << 16
"""How many cores are remembered of one plan."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a decision says at first sight; `is_timed` where it rests on a norm with a deadline."""

    verdict: Verdict
    reachable: tuple[Verdict, ...]
    citations: tuple[str, ...]
    is_timed: bool


def is_plain(slots: NormSlots) -> bool:
    """True for a norm that stands or falls as a whole: of its truths only the trigger and what is breached matter."""
    return not slots.part_beats and all(place is None for place in slots.exempting)


@dataclass(slots=True)
class Outlines:
    """The outlines of one plan.

    They are asked for with the base of a plain norm (`is_plain`) standing for its trigger, its exclusions false, and
    `UNDEFINED` for whatever is not known, save that a requirement says what it waits for if that may be a parameter.
    """

    plan: Plan
    cores: dict[object, Core] = field(default_factory=dict)
    _wholes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        grounds = [g for slots in self.plan.norms if is_plain(slots) for g in slots.grounds]
        self._wholes = tuple(ground.truth for ground in all_grounds(grounds))

    def of(self, truths: Sequence[int], numbers: tuple[object, ...], open_: frozenset[str], names: Names) -> Outline:
        """The outline of a case with these truths, bounds and open parameters."""
        stripped = list(truths)
        for place in self._wholes:
            stripped[place] = TRUE  # the base says whether one of them holds
        key = (tuple(stripped), open_, frozen(numbers) if open_ else ())
        core = self.cores.get(key)
        if core is None:
            reading = Reading(self.plan, names, stripped, numbers, open_)
            statuses = reading.run()
            core = core_of(reading, statuses, reading.reachable(statuses))
            if len(self.cores) < MOST_CORES:
                self.cores[key] = core
        citations = core.citations(Reading(self.plan, names, truths, numbers, open_))
        is_timed = any(self.plan.norms[position].norm.has_time for position, _ in core.picked)
        return Outline(core.verdict, core.reachable, citations, is_timed)


def all_grounds(grounds: Sequence[GroundSlot]) -> list[GroundSlot]:
    """Grounds and the grounds inside them."""
    return [one for ground in grounds for one in (ground, *all_grounds(ground.inner))]
