"""`P applies` over columns: whether a norm elsewhere is effective (S38), from what it rests on.

The order among norms is that of `decide.order`, whose sets of possible statuses are truths here: surely, surely not,
and null for either. What hangs on the values of open parameters, or on what has no expression, is left to be walked.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from mutandis.backends.columns.nodes import NOT_KNOWN, Maker, NotLowered, X
from mutandis.backends.columns.terms import MOST_NAMES, Truth, joined, only_for
from mutandis.dataclass import dataclass
from mutandis.decide.plan import BeatSlot
from mutandis.ir import nodes as n

if TYPE_CHECKING:
    from mutandis.backends.columns.lower import ColumnLowering
    from mutandis.backends.unit import Unit


_ASKS: Final = "asks whether a norm elsewhere applies"


def applies(lowering: ColumnLowering, citation: str, places: Sequence[tuple[Unit, int]]) -> Truth:
    """Whether a norm at the place is effective, where `places` are its units and positions. Raises `NotLowered`."""
    if citation in lowering.within:
        raise NotLowered(f"{_ASKS} that asks the same")
    m = lowering.maker
    return joined(m, m.any_of, [_effective(lowering, citation, unit, place) for unit, place in places])


def _effective(lowering: ColumnLowering, citation: str, unit: Unit, place: int) -> Truth:
    if len(lowering.names.numbers) + len(unit.names.numbers) > MOST_NAMES:
        raise NotLowered(f"{_ASKS}, and waits for too many names")
    inner = lowering.inside(unit, citation)
    cone = _Cone(inner, unit)
    statuses = cone.run()
    for fact in unit.lowered.derived:
        read = n.Read("derived", fact.name, fact.type)
        inner.truth(read if n.is_truth(read) else n.Present(read))
    if inner.outsides:
        why = next(iter(inner.outsides.values())).reason
        raise NotLowered(why if why.startswith(_ASKS) else f"{_ASKS} that {why}")
    lowering.conflicts += inner.conflicts
    m, effective = lowering.maker, statuses[place].effective
    waits = m.waits(m.lit(NOT_KNOWN, "waits"), *(one for status in statuses for one in status.waits))
    return Truth(effective, m.case(m.is_null(effective), waits, m.settled))


@dataclass(slots=True)
class _Status:
    """What a norm may be (`decide.order.Status`), and what it waits for; `ok` is None where it has no expression."""

    effective: X
    weak: X
    own: X
    ok: X | None
    waits: list[X]


@dataclass(slots=True)
class _Cone:
    """A norm and what it rests on, beaters first."""

    lowering: ColumnLowering
    unit: Unit

    @property
    def m(self) -> Maker:
        """The maker of expressions."""
        return self.lowering.maker

    def run(self) -> list[_Status]:
        """The status of every norm."""
        done: list[_Status] = []
        for position, slots in enumerate(self.unit.plan.norms):
            trigger, waits = self._trigger(position, done)
            weak: list[X] = []
            removed: list[X] = []
            for beat in slots.beats:
                if beat.relation == "lifts":
                    continue
                bite = self._bites(beat, done)
                weakens = beat.relation in ("despite", "rank") and slots.direction == "must"
                yields = weakens and self.unit.plan.norms[beat.beater].direction == "need_not"
                (weak if yields else removed).append(bite)
            m = self.m
            own = Truth(m.true, m.settled)
            if slots.direction in ("may", "must", "limits"):
                own = self._own(position)
                waits.append(m.case(m.fails(trigger), m.settled, own.waits))
            effective = m.all_of(trigger, m.negate(m.any_of(*removed)))
            ok = self._ok(position, own.known, done)
            done.append(_Status(effective, m.any_of(*weak), own.known, ok, waits))
        return done

    def _trigger(self, position: int, done: list[_Status]) -> tuple[X, list[X]]:
        """Whether the norm is triggered, and what its parts wait for."""
        slots, norm = self.unit.plan.norms[position], self.unit.lowered.norms[position]
        m, truth = self.m, self.lowering.truth
        base = truth(norm.base)
        grounds, exclusions = [truth(g.holds()) for g in norm.grounds], [truth(e) for e in norm.exclusions]
        if not slots.part_beats:
            parts = [base, *(Truth(m.negate(e.known), e.waits) for e in exclusions)]
            if grounds:
                parts.append(joined(m, m.any_of, grounds))
            whole = joined(m, m.all_of, parts)
            return whole.known, [whole.waits]
        felled = [(beat, m.negate(self._bites(beat, done))) for beat in slots.part_beats]
        standing = [m.all_of(g.known, *(b for beat, b in felled if k in beat.grounds)) for k, g in enumerate(grounds)]
        excluded = [
            m.all_of(e.known, *(b for beat, b in felled if k in beat.exclusions)) for k, e in enumerate(exclusions)
        ]
        found = m.all_of(base.known, *([m.any_of(*standing)] if grounds else []), *map(m.negate, excluded))
        return found, [base.waits, *(one.waits for one in (*grounds, *exclusions))]

    def _bites(self, beat: BeatSlot, done: Sequence[_Status]) -> X:
        m, status = self.m, done[beat.beater]
        if beat.relation not in ("despite", "rank"):
            return status.effective
        match self.unit.plan.norms[beat.beater].direction:
            case "may":
                return m.all_of(status.effective, _known(status.ok))
            case "must":
                return m.all_of(status.effective, m.any_of(m.negate(status.weak), _known(status.ok)))
        return status.effective

    def _own(self, position: int) -> Truth:
        """Whether the norm's own requirements hold, bounds on open parameters left out; conditional ones do not."""
        slots, norm = self.unit.plan.norms[position], self.unit.lowered.norms[position]
        m, names = self.m, self.lowering.names
        if slots.norm.opaque and slots.direction == "limits":
            raise NotLowered(f"{_ASKS} under a limit that is not held")
        found: list[tuple[Truth, X]] = []
        for slot, requirement in zip(slots.requires, norm.requires, strict=True):
            holds, parameters = self.lowering.truth(requirement.holds), names.parameters
            if slot.bound is not None:
                parameter = slot.bound.parameter
                parameters &= names.truth_of("parameter", parameter)
                value = self.lowering.value(n.Read("fact", parameter, self.unit.plan.parameters[parameter].type))
                open_ = m.all_of(m.is_null(value.value), m.negate(value.none))
                holds = Truth(m.case(open_, m.true, holds.known), m.case(open_, m.settled, holds.waits))
            found.append((holds, only_for(m, holds.waits, parameters)))
        # A requirement that waits for parameters alone is conditional (S16), which is no second outcome.
        known = m.all_of(*(m.case(conditional, m.false, holds.known) for holds, conditional in found))
        open_ = m.any_of(*(m.all_of(m.is_null(h.known), m.negate(conditional)) for h, conditional in found))
        fails = m.any_of(*(m.fails(holds.known) for holds, _ in found))
        waits = m.waits(*(holds.waits for holds, _ in found))
        return Truth(known, m.case(m.all_of(open_, m.negate(fails)), waits, m.settled))

    def _ok(self, position: int, own: X, done: Sequence[_Status]) -> X | None:
        """How its requirements and those of the limits on it come out; None where that hangs on parameters."""
        m, slots = self.m, self.unit.plan.norms[position]
        found = [own]
        bounds = [slot.bound for slot in slots.requires]
        for limit in slots.limits:
            if limit < len(done):
                found.append(m.any_of(m.negate(done[limit].effective), done[limit].own))
                bounds += [slot.bound for slot in self.unit.plan.norms[limit].requires]
        return None if any(bound is not None for bound in bounds) else m.all_of(*found)


def _known(ok: X | None) -> X:
    if ok is None:
        raise NotLowered(f"{_ASKS} that a limit on a parameter decides")
    return ok
