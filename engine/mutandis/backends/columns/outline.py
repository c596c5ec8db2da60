"""What an outline takes of the slots of a plan (`decide.outline`): far fewer combinations occur than of the slots."""

from __future__ import annotations

from mutandis.backends.columns.nodes import Maker, X
from mutandis.backends.columns.plan import ColumnPlan
from mutandis.backends.columns.terms import may_wait_for
from mutandis.dataclass import dataclass
from mutandis.decide.names import Names
from mutandis.decide.outline import all_grounds, is_plain
from mutandis.decide.plan import NormSlots, Plan


@dataclass(frozen=True, slots=True)
class OutlineSlots:
    """`truths` in the order of the plan, null where not known; of those at `heeded` it matters what they wait for."""

    truths: tuple[X, ...]
    heeded: tuple[int, ...]


def outline_slots(plan: Plan, columns: ColumnPlan, names: Names) -> OutlineSlots:
    """The slots that the outlines of a plan are worked out from."""
    m = columns.lowering.maker
    truths = [m.false] * plan.truths
    heeded: list[int] = []
    for slots in plan.norms:
        if is_plain(slots):
            _plain(m, slots, columns, truths)
        else:
            for place in (slots.base, *slots.places()[0]):
                truths[place] = columns.slots[place].known
        for requirement in slots.requires:
            if may_wait_for(columns.slots[requirement.truth].waits, names.parameters):
                truths[requirement.truth] = columns.slots[requirement.truth].known
                heeded.append(requirement.truth)
    return OutlineSlots(tuple(truths), tuple(heeded))


def _plain(m: Maker, slots: NormSlots, columns: ColumnPlan, truths: list[X]) -> None:
    def known(place: int) -> X:
        return columns.slots[place].known

    trigger = m.all_of(known(slots.base), *(m.negate(known(place)) for place in slots.exclusions))
    if slots.grounds:
        trigger = m.all_of(trigger, m.any_of(*(known(ground.truth) for ground in slots.grounds)))
    truths[slots.base] = trigger
    idle = m.fails(trigger)
    for ground in all_grounds(slots.grounds):
        truths[ground.truth] = m.all_of(m.negate(idle), m.holds(known(ground.truth)))
    for requirement in slots.requires:
        truths[requirement.truth] = m.case(idle, m.false, known(requirement.truth))
