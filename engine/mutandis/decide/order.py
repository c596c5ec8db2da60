"""The order among norms and the verdict table (S2 to S31), on sets of possible statuses held as small ints.

A status that may be either way is 3, one that surely holds 2, one that surely does not 1. With everything known this is
plain defeasible logic; what comes out is remembered per combination of truths, so it is written for clarity first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import field
from functools import cache, partial
from itertools import product
from typing import TYPE_CHECKING

from mutandis.dataclass import dataclass, replace
from mutandis.decide.names import NOTHING, Names, Waits, united
from mutandis.decide.plan import BoundSlot, NormSlots, Plan
from mutandis.decide.result import Verdict
from mutandis.decide.ternary import FALSE, TRUE, UNDEFINED, either, is_settled, negate

if TYPE_CHECKING:  # few decisions leave a parameter open
    from mutandis.decide.requirements import Open

OUT = 1
IN = 2
EITHER = 3
FAILS = 1
CONDITIONAL = 2
HOLDS = 4
"""Outcomes of a requirement; sets of them are sums."""
MOST_ENUMERATED = 8
OUTSIDE = frozenset({Verdict.FORBIDDEN, Verdict.REQUIRED, Verdict.PERMITTED, Verdict.EXEMPT, Verdict.SILENT})
"""What may be said under law that the rulebook does not hold."""


def may_be(truth: int) -> int:
    """The set of what a truth may still turn out to be."""
    return IN if truth == TRUE else OUT if truth == FALSE else EITHER


def _or(one: int, other: int) -> int:
    return ((one | other) & IN) | (one & other & OUT)


def _and(one: int, other: int) -> int:
    return ((one | other) & OUT) | (one & other & IN)


def _not(one: int) -> int:
    return (one & IN) >> 1 | (one & OUT) << 1


def worse(one: int, other: int) -> int:
    """The worse of two outcomes, over all choices."""
    found = (one | other) & FAILS
    if (one & CONDITIONAL and other & (CONDITIONAL | HOLDS)) or (other & CONDITIONAL and one & HOLDS):
        found |= CONDITIONAL
    return found | (one & other & HOLDS)


@dataclass(slots=True)
class Status:
    """What one norm may be. `ok` is a set of outcomes, of permissions and duties only."""

    triggered: int
    removed: int = OUT
    weak: int = OUT
    effective: int = OUT
    ok: int = HOLDS


@dataclass(frozen=True, slots=True)
class Unknown:
    """One thing not known: a norm's trigger, base, ground or exclusion, or how its own requirements come out."""

    norm: int
    part: str
    index: int
    values: tuple[int, ...]
    waits: int


@dataclass(slots=True)
class Reading:
    """What one case says of a component: truths and numbers in the plan's order, the parameters left open.

    `fixed` overrides what is not known, while possibilities are enumerated; `closed`: the parameters have taken values,
    which give the truths at the places `given`, and with which what waits for facts too and is chosen to hang on them
    comes to these outcomes.
    """

    plan: Plan
    names: Names
    truths: Sequence[int]
    numbers: Sequence[object]
    open: frozenset[str]
    fixed: Mapping[tuple[int, str, int], int] = field(default_factory=dict)
    closed: int = 0
    given: Collection[int] = ()

    def trigger(self, norm: int) -> int:
        """The trigger as a truth, where nothing is felled."""
        slots, truths = self.plan.norms[norm], self.truths
        found = truths[slots.base]
        if slots.grounds:
            found &= either(*[truths[g.truth] for g in slots.grounds])
        for exclusion in slots.exclusions:
            found &= negate(truths[exclusion])
        return found

    def own(self, norm: int) -> int:
        """What the norm's own requirements may come to, open bounds left out."""
        chosen = self.fixed.get((norm, "own", 0))
        if chosen is not None:
            return self._own_with_values(norm, chosen) if self.closed and chosen != FAILS else chosen
        if self._demands_what_is_not_held(norm):
            return HOLDS | FAILS
        found = HOLDS
        for requirement in self.plan.norms[norm].requires:
            found = worse(found, self._outcomes(self.truths[requirement.truth]))
        return found

    def _own_with_values(self, norm: int, chosen: int) -> int:
        """What was chosen, bounds aside, now that parameters have values: of facts alone nothing fails it then."""
        found, hanging = HOLDS, self.closed if chosen == CONDITIONAL else HOLDS
        for requirement in self.plan.norms[norm].requires:
            outcome = self._outcomes(self.truths[requirement.truth])
            if requirement.truth not in self.given:
                outcome = hanging if outcome & CONDITIONAL else HOLDS if outcome & HOLDS else FAILS
            found = worse(found, outcome)
        return found

    def _demands_what_is_not_held(self, norm: int) -> bool:
        slots = self.plan.norms[norm]
        return slots.norm.opaque != "" and slots.direction == "limits"

    def _outcomes(self, truth: int) -> int:
        if is_settled(truth):
            return HOLDS if truth else FAILS
        bits = ~truth
        if not bits & self.names.parameters:
            return HOLDS | FAILS
        return HOLDS | CONDITIONAL | FAILS if bits & (self.names.facts | self.names.wording) else CONDITIONAL

    # --- the linear pass ----------------------------------------------------------------------------------------------

    def run(
        self, open_as: int = CONDITIONAL, known: Sequence[Status] = (), again: Collection[int] = ()
    ) -> list[Status]:
        """Every norm's possible statuses, beaters first; a conditional outcome is read as `open_as`.

        Where statuses are `known`, only those of the norms in `again` are found anew, and of a norm that is surely not
        triggered nothing but that.
        """
        done = list(known)
        for position in again if known else range(len(self.plan.norms)):
            slots, status = self.plan.norms[position], Status(self._triggered(position, done))
            done[position : position + 1] = [status]
            if known and status.triggered == OUT:
                continue
            for beat in slots.beats:
                if beat.relation == "lifts":
                    continue
                bite = self.bites(beat.beater, beat.relation, done)
                weakens = beat.relation in ("despite", "rank") and slots.direction == "must"
                if weakens and self.plan.norms[beat.beater].direction == "need_not":
                    status.weak = _or(status.weak, bite)
                else:
                    status.removed = _or(status.removed, bite)
            status.effective = _and(status.triggered, _not(status.removed))
            if slots.direction in ("may", "must"):
                ok = self._ok(position, done)
                status.ok = (ok & ~CONDITIONAL) | open_as if ok & CONDITIONAL else ok
        return done

    def resting_on(self, changed: Collection[int]) -> list[int]:
        """The norms at the positions `changed` and those whose status may follow from theirs, in order."""
        found = set(changed)
        for position, slots in enumerate(self.plan.norms):
            beaters = [beat.beater for beat in (*slots.beats, *slots.part_beats)]
            if not (found.isdisjoint(beaters) and found.isdisjoint(slots.limits)):
                found.add(position)
        return sorted(found)

    def _triggered(self, position: int, done: list[Status]) -> int:
        slots = self.plan.norms[position]
        if not slots.part_beats:
            return self._chosen(position, "trigger", 0, self.trigger(position))
        standing = self._standing(position, done)
        found = self._called(position, standing)
        for index, exclusion in enumerate(slots.exclusions):
            found = _and(found, _not(standing("exclusion", index, self.truths[exclusion])))
        return found

    def _standing(self, position: int, done: list[Status]) -> Callable[[str, int, int], int]:
        """Whether a ground or exclusion of the norm, whose truth is given, holds and is not felled."""
        felled = [(beat, self.bites(beat.beater, beat.relation, done)) for beat in self.plan.norms[position].part_beats]

        def standing(part: str, index: int, truth: int) -> int:
            found = self._chosen(position, part, index, truth)
            for beat, bite in felled:
                if index in (beat.grounds if part == "ground" else beat.exclusions):
                    found = _and(found, _not(bite))
            return found

        return standing

    def bites(self, beater: int, relation: str, done: list[Status]) -> int:
        """Whether the beater bites: effective and, as a permission under `despite` or rank, ok (S10)."""
        status = done[beater]
        if relation not in ("despite", "rank"):
            return status.effective
        ok = (IN if status.ok & HOLDS else 0) | (OUT if status.ok & (CONDITIONAL | FAILS) else 0)
        match self.plan.norms[beater].direction:
            case "may":
                return _and(status.effective, ok)
            case "must":
                return _and(status.effective, _or(_not(status.weak), ok))
            case _:
                return status.effective

    def _ok(self, position: int, done: list[Status]) -> int:
        norms = self.plan.norms
        found = self.own(position)
        bounds: dict[str, list[tuple[BoundSlot, bool]]] = {}
        for requirement in norms[position].requires:
            self._gather(bounds, requirement.bound, True)
        for limit in norms[position].limits:
            effective = done[limit].effective if limit < position else OUT
            if not effective & IN:
                continue
            own = self.own(limit)
            found = worse(found, own if effective == IN else own | HOLDS)
            for requirement in norms[limit].requires:
                self._gather(bounds, requirement.bound, effective == IN)
        for parameter, mine in bounds.items():
            from mutandis.decide.bounds import OpenBound, outcomes

            open_ = [OpenBound(bound.relation, self.numbers[bound.value], sure) for bound, sure in mine]
            found = worse(found, outcomes(self.plan.parameters[parameter], open_))
        return found

    def _gather(self, bounds: dict[str, list[tuple[BoundSlot, bool]]], bound: BoundSlot | None, sure: bool) -> None:
        if bound is not None and bound.parameter in self.open:
            bounds.setdefault(bound.parameter, []).append((bound, sure))

    # --- verdicts -----------------------------------------------------------------------------------------------------

    def verdicts(self, statuses: list[Status]) -> frozenset[Verdict]:
        """Every verdict that the linear pass, which found these statuses, cannot rule out."""
        if not any(s.ok & CONDITIONAL and s.effective & IN for s in statuses):
            return self._table(statuses)
        from mutandis.decide.worlds import worlds

        # What is triggered whatever is open: a norm that is not has no part in what comes out.
        gives_way = any(slots.part_beats for slots in self.plan.norms)
        freely = self.run(HOLDS | FAILS) if gives_way else statuses
        triggered = [position for position, s in enumerate(freely) if s.triggered & IN]
        found = worlds(self.plan, self.numbers, self._open_among(triggered))
        if found is None:  # too many: all that is open holds, or all of it fails
            tables = [self._table(self.run(HOLDS)), self._table(self.run(FAILS))]
        else:
            hanging = any(part == "own" and value == CONDITIONAL for (_, part, _), value in self.fixed.items())
            again = self.resting_on([position for position in triggered if self.plan.norms[position].requires])
            in_world = cache(lambda world, as_: self._in(dict(world), as_, statuses, again))  # worlds may be alike
            tables = [
                in_world(tuple(world.items()), as_)
                for world in found
                for as_ in ((HOLDS, FAILS) if hanging else (HOLDS | FAILS,))
            ]
        # Two values may leave the same verdicts open and yet lead to different ones of them.
        together: set[frozenset[Verdict]] = {frozenset()}
        for table in tables:
            together = {one | {verdict} for one in together for verdict in table}
        return frozenset(verdict for one in together for verdict in _open(one))

    def open_parts(self) -> Open:
        """What of the requirements hangs on parameters that the case leaves open."""
        return self._open_among(range(len(self.plan.norms)))

    def _open_among(self, norms: Collection[int]) -> Open:
        from mutandis.decide.requirements import open_in

        return open_in(self.plan, self.truths, self.open, self.names.parameters, norms)

    def _in(
        self, world: Mapping[int, int], hanging: int, statuses: list[Status], again: list[int]
    ) -> frozenset[Verdict]:
        truths = list(self.truths)
        for place, truth in world.items():
            truths[place] = truth
        closed = replace(self, truths=truths, open=frozenset(), closed=hanging, given=world.keys())
        return closed._table(closed.run(known=statuses, again=again))

    def _table(self, statuses: list[Status]) -> frozenset[Verdict]:
        f = r = e = p = p_ok = p_bad = outside = OUT
        for slots, status in zip(self.plan.norms, statuses, strict=True):
            effective = status.effective
            if effective == OUT:
                continue
            ok = (IN if status.ok & HOLDS else 0) | (OUT if status.ok & (CONDITIONAL | FAILS) else 0)
            match slots.direction:
                case "must_not":
                    f = _or(f, effective)
                case "need_not":
                    e = _or(e, effective)
                case "may":
                    p = _or(p, effective)
                    p_ok = _or(p_ok, _and(effective, ok))
                    p_bad = _or(p_bad, _and(effective, _not(ok)))
                case "must":
                    weak = _and(effective, status.weak)
                    r = _or(r, _and(effective, _not(status.weak)))
                    p = _or(p, weak)
                    p_ok = _or(p_ok, _and(weak, ok))
                    p_bad = _or(p_bad, _and(weak, _not(ok)))
                case "disapply" if slots.norm.external:
                    outside = _or(outside, effective)
        if outside == IN:
            return OUTSIDE
        found = _rows((f, r, e, p_ok, p_bad), p, self.plan.component.default)
        return found | OUTSIDE if outside & IN else found

    def whether_effective(self, position: int, statuses: list[Status]) -> int:
        """Whether the norm at `position` is effective, as a truth; `statuses` are those that the linear pass finds.

        Whatever values open parameters take: with one a permission goes before others, with another not.
        """
        hanging = [p for p, status in enumerate(statuses) if status.ok & CONDITIONAL and status.effective & IN]
        effective = (self.run(HOLDS | FAILS) if hanging else statuses)[position].effective
        if effective in (IN, OUT):
            return TRUE if effective == IN else FALSE
        slots = [self.plan.norms[one] for norm in hanging for one in (norm, *self.plan.norms[norm].limits)]
        requires = [requirement for one in slots for requirement in one.requires]
        waits = [self.truths[requirement.truth] for requirement in requires]
        bounds = [requirement.bound.parameter for requirement in requires if requirement.bound is not None]
        waits += [self.names.truth(parameter, True) for parameter in bounds if parameter in self.open]
        return UNDEFINED & united([*waits, *(unknown.waits for unknown in self.unknown())])

    def unknown(self) -> tuple[Unknown, ...]:
        """What is not known in the component, in order."""
        found: list[Unknown] = []
        for position, slots in enumerate(self.plan.norms):
            trigger = self.trigger(position)
            if slots.part_beats:
                pieces = [("base", 0, self.truths[slots.base])]
                pieces += [("ground", k, self.truths[g.truth]) for k, g in enumerate(slots.grounds)]
                pieces += [("exclusion", k, self.truths[e]) for k, e in enumerate(slots.exclusions)]
            else:
                pieces = [("trigger", 0, trigger)]
            found.extend(Unknown(position, part, k, (OUT, IN), v) for part, k, v in pieces if not is_settled(v))
            if slots.direction not in ("may", "must", "limits") or trigger == FALSE:
                continue
            own = self.own(position)
            values = tuple(o for o in (FAILS, CONDITIONAL, HOLDS) if own & o)
            if len(values) > 1:
                waits = UNDEFINED & united([self.truths[q.truth] for q in slots.requires])
                if slots.norm.opaque:
                    waits &= united([self.truths[slots.base]])
                found.append(Unknown(position, "own", 0, values, waits))
        return tuple(found)

    def reach(self, statuses: list[Status]) -> tuple[frozenset[Verdict], Waits]:
        """The verdicts still reachable, and the names that can change which (S31); the linear pass found `statuses`."""
        verdicts, unknown, by_choice = self._choices(statuses)
        if by_choice is None:
            return verdicts, self.names.waits(united([u.waits for u in unknown]))
        return verdicts, self._deciding(unknown, by_choice, verdicts)

    def reachable(self, statuses: list[Status]) -> frozenset[Verdict]:
        """The verdicts still reachable, whatever names they wait for."""
        return self._choices(statuses)[0]

    def _choices(
        self, statuses: list[Status]
    ) -> tuple[frozenset[Verdict], tuple[Unknown, ...], dict[tuple[int, ...], frozenset[Verdict]] | None]:
        """The verdicts still reachable, what is not known, and the verdicts that each choice of it leads to.

        None for the last where choices are not gone through: there is nothing to choose, or too much.
        """
        verdicts = self.verdicts(statuses)
        if len(verdicts) == 1:
            return verdicts, (), None
        unknown = self.unknown()
        if len(unknown) > MOST_ENUMERATED:
            return verdicts, unknown, None
        by_choice: dict[tuple[int, ...], frozenset[Verdict]] = {}
        again = self.resting_on([u.norm for u in unknown])
        for choice in product(*(u.values for u in unknown)):
            fixed = {(u.norm, u.part, u.index): value for u, value in zip(unknown, choice, strict=True)}
            chosen = replace(self, fixed=fixed)
            if not chosen.exempts_from_itself():
                by_choice[choice] = chosen.verdicts(chosen.run(known=statuses, again=again))
        return frozenset().union(*by_choice.values()), unknown, by_choice

    def exempts_from_itself(self) -> bool:
        """True if a duty and the exemptions by its own exclusions are chosen as they cannot all be (S2).

        An exemption is triggered exactly if its exclusion holds in a duty that would be triggered without it, on a
        ground that stands.
        """
        return any(slots.exempting and self._disagree(at, slots) for at, slots in enumerate(self.plan.norms))

    def _disagree(self, duty: int, slots: NormSlots) -> bool:
        gives_way = any(beat.grounds for beat in slots.part_beats)
        called = self._called(duty, self._standing(duty, self.run()) if gives_way else partial(self._chosen, duty))
        holding = OUT
        for index, (at, exclusion) in enumerate(zip(slots.exempting, slots.exclusions, strict=True)):
            truth = self.truths[exclusion]
            granted = may_be(truth) if at is None else self._chosen(at, "trigger", 0, self.trigger(at))
            excluding = self._chosen(duty, "exclusion", index, truth)
            if slots.part_beats and at is not None and not granted & _and(called, excluding):
                return True
            holding = _or(holding, granted)
        triggered = self._chosen(duty, "trigger", 0, self.trigger(duty))
        return not slots.part_beats and not triggered & _and(called, _not(holding))

    def _called(self, norm: int, standing: Callable[[str, int, int], int]) -> int:
        """Whether a norm is triggered but for its exclusions, its grounds as far as they stand."""
        slots = self.plan.norms[norm]
        found = self._chosen(norm, "base", 0, self.truths[slots.base])
        if slots.grounds:
            some = OUT
            for index, ground in enumerate(slots.grounds):
                some = _or(some, standing("ground", index, self.truths[ground.truth]))
            found = _and(found, some)
        return found

    def _chosen(self, norm: int, part: str, index: int, truth: int) -> int:
        """What is chosen of a part while possibilities are enumerated, else what its truth may be."""
        return self.fixed.get((norm, part, index), may_be(truth))

    def _deciding(
        self,
        unknown: tuple[Unknown, ...],
        by_choice: Mapping[tuple[int, ...], frozenset[Verdict]],
        verdicts: frozenset[Verdict],
    ) -> Waits:
        """The names for which fixing all that waits for them, in some way, leaves fewer verdicts."""
        waits = [self.names.waits(u.waits) for u in unknown]

        def narrows(group: list[int]) -> bool:
            left: dict[tuple[int, ...], frozenset[Verdict]] = {}
            for choice, found in by_choice.items():
                key = tuple(choice[k] for k in group)
                left[key] = left.get(key, frozenset()) | found
            return any(found != verdicts for found in left.values())

        def deciding(named: list[frozenset[str]]) -> frozenset[str]:
            return frozenset(
                name
                for name in frozenset().union(*named)
                if narrows([k for k, names in enumerate(named) if name in names])
            )

        found = Waits(
            deciding([w.facts for w in waits]),
            deciding([w.parameters for w in waits]),
            deciding([w.wording for w in waits]),
        )
        nameless = [k for k, w in enumerate(waits) if w == NOTHING]
        if found == NOTHING and not (nameless and narrows(nameless)):
            return self.names.waits(united([u.waits for u in unknown]))
        return found


@cache
def _rows(which: tuple[int, ...], p: int, default: str) -> frozenset[Verdict]:
    """The rows that hold for what may be: of bans, duties, exemptions, permissions that are ok and that are not."""
    possible = [tuple(bool(v) for v in (0, 1) if one >> v & 1) for one in which]
    return frozenset(
        _row(has_f, has_r, has_e, is_ok, is_ok or is_bad, default)
        for has_f, has_r, has_e, is_ok, is_bad in product(*possible)
        if p & (IN if is_ok or is_bad else OUT)
    )


def _row(f: bool, r: bool, e: bool, p_ok: bool, p: bool, default: str) -> Verdict:
    """The first row of the verdict table that holds (S18 to S27)."""
    if (r and (f or e)) or (f and p_ok):
        return Verdict.CONFLICT
    if f:
        return Verdict.FORBIDDEN
    if r:
        return Verdict.REQUIRED
    if p:
        return Verdict.PERMITTED if p_ok else Verdict.FORBIDDEN
    if default == "forbidden":
        return Verdict.FORBIDDEN_BY_DEFAULT
    return Verdict.EXEMPT if e else Verdict.SILENT


def _open(verdicts: frozenset[Verdict]) -> frozenset[Verdict]:
    """The verdict where the values of open parameters lead to these: conditional if some pass and some fail (S17)."""
    if verdicts == {Verdict.PERMITTED, Verdict.FORBIDDEN}:
        return frozenset({Verdict.CONDITIONAL})
    return verdicts
