"""What a decision tells beside its verdict, in terms: citations, limits, deadlines, penalties.

The same as `decide.shape` and `decide.payload` make of one case in which every parameter is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.measured import Measures
from mutandis.backends.solver.months import off_the_weekend
from mutandis.backends.solver.nodes import Terms
from mutandis.backends.solver.terms import NotLowered, Term, Truth, Value
from mutandis.calendar.counting import Counting
from mutandis.citation import parse_citation
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.decide.plan import BeatSlot, Plan
from mutandis.decide.requirements import RELATIONS
from mutandis.ir import nodes as n
from mutandis.ir.component import LoweredGround, LoweredNorm
from mutandis.link.program import Component, LinkedGround, Norm
from mutandis.link.reads import done_by
from mutandis.rulebook.law import Deadline

Atom = tuple[Any, ...]
"""Something a decision tells, without its values: a citation, the place of a limit, a deadline."""


@dataclass(slots=True)
class Status:
    """What one norm may be."""

    triggered: Truth
    removed: Truth = s.NO
    weak: Truth = s.NO
    effective: Truth = s.NO
    ok: Truth = s.YES


@dataclass(slots=True)
class NormTerms:
    """One norm with what was lowered of it."""

    norm: Norm
    lowered: LoweredNorm
    base: Truth
    grounds: list[Truth]
    exclusions: list[Truth]
    requires: list[Truth]


@dataclass(frozen=True, slots=True)
class Telling:
    """What is told of the norms that a verdict is made of; `bites` is where one norm takes a part of another away."""

    terms: Terms
    component: Component
    plan: Plan
    norms: list[NormTerms]
    statuses: list[Status]
    bites: Callable[[BeatSlot], Truth]

    def places(self, picked: list[Term]) -> dict[int, dict[str, Term]]:
        """By norm that may be cited, where each of its places is: its grounds that hold, or its own."""
        found: dict[int, dict[str, Term]] = {}
        for position, where in enumerate(picked):
            if where is False:
                continue
            norm, lowered = self.norms[position].norm, self.norms[position].lowered
            places: dict[str, list[Term]] = {}
            for index, (ground, low) in enumerate(zip(norm.grounds, lowered.grounds, strict=True)):
                felled = s.either(
                    [self.bites(beat).yes for beat in self.plan.norms[position].part_beats if index in beat.grounds]
                )
                holds = s.both([self.terms.truth(low.holds()).yes, s.no(felled)])
                for place, term in self._innermost(ground, low):
                    places.setdefault(place, []).append(s.both([holds, term]))
            told = {place: s.either(terms) for place, terms in places.items()}
            own = str(norm.citation)
            none_told = s.no(s.either(told.values()))
            told[own] = s.either([told.get(own, False), none_told])
            found[position] = told
        return found

    def cited(self, places: Mapping[int, Mapping[str, Term]], picked: list[Term]) -> dict[Atom, Term]:
        """Where each citation is told."""
        found: dict[Atom, list[Term]] = {}
        for position, told in places.items():
            norm = self.norms[position].norm
            chains = tuple(tuple(str(step.citation) for step in chain) for chain in norm.sources)
            for place, term in told.items():
                found.setdefault((place, norm.by, norm.to, chains), []).append(s.both([picked[position], term]))
        return {atom: s.either(terms) for atom, terms in found.items()}

    def _innermost(self, ground: LinkedGround, lowered: LoweredGround) -> Iterable[tuple[str, Term]]:
        inner = [
            (self.terms.truth(low.holds()).yes, linked, low)
            for linked, low in zip(ground.grounds, lowered.inner, strict=True)
        ]
        yield str(ground.citation), s.no(s.either([holds for holds, _, _ in inner]))
        for holds, linked, low in inner:
            for place, term in self._innermost(linked, low):
                yield place, s.both([holds, term])

    # --- limits, deadlines, penalties ---------------------------------------------------------------------------------

    def limits(self, picked: list[Term]) -> dict[Atom, list[tuple[Term, Value]]]:
        """Each limit with its values, and where it has them."""
        found: dict[Atom, list[tuple[Term, Value]]] = {}
        for owner, told in self._owners(picked, lambda status: s.no(status.effective.no)):
            norm = self.norms[owner]
            for linked, low in zip(norm.norm.requires, norm.lowered.requires, strict=True):
                if linked.bound is None or low.limit is None:
                    continue
                value = self.terms.bound(low.limit)
                if not isinstance(value, Value):
                    raise NotLowered("a limit that is a set")
                atom = (str(linked.citation), linked.bound.parameter, RELATIONS[linked.bound.relation])
                found.setdefault(atom, []).append((told, value))
        return found

    def measured(self, picked: list[Term]) -> dict[Atom, list[tuple[Term, Value]]]:
        """What bounds a period, what each member of a list may have, and what bounds a parameter in some ways to meet a
        requirement: each limit with its values, as `limits`."""
        found: dict[Atom, list[tuple[Term, Value]]] = {}
        by_owner: dict[int, list[tuple[Atom, Term, Value]]] = {}  # one norm may limit several
        for owner, told in self._owners(picked, lambda status: status.effective.yes):
            if owner not in by_owner:
                by_owner[owner] = list(self._measured_by(owner))
            for atom, where, value in by_owner[owner]:
                found.setdefault(atom, []).append((s.both([told, where]), value))
        return found

    def _measured_by(self, owner: int) -> Iterator[tuple[Atom, Term, Value]]:
        for linked in self.norms[owner].norm.requires:
            for parameter, relation, where, value in Measures(self.terms, linked).of():
                yield (str(linked.citation), parameter, relation), where, value

    def _owners(self, picked: list[Term], binds: Callable[[Status], Term]) -> Iterator[tuple[int, Term]]:
        """The norms that say what they let be done or ask for, with those that limit them where these `bind`."""
        for position, where in enumerate(picked):
            slots = self.plan.norms[position]
            if slots.direction in ("may", "must") and where is not False:
                yield position, where
                yield from ((k, s.both([where, binds(self.statuses[k])])) for k in slots.limits)

    def deadlines(self, picked: list[Term]) -> dict[Atom, list[tuple[Term, Value | None]]]:
        """Each deadline with its days, and where it falls on them; None where it is told in words."""
        found: dict[Atom, list[tuple[Term, Value | None]]] = {}
        for norm, where in zip(self.norms, picked, strict=True):
            if where is False:
                continue
            if norm.norm.recurs:
                found.setdefault((str(norm.norm.citation), "recurs", norm.norm.recurs, ""), []).append((where, None))
            deadline = norm.norm.deadline
            if deadline is None:
                continue
            value = None if norm.lowered.deadline is None else self._due(deadline, norm.lowered.deadline)
            atom = (str(norm.norm.citation), deadline.relation, deadline.words, deadline.clock)
            found.setdefault(atom, []).append((where, value))
        return found

    def _due(self, deadline: Deadline, node: n.Node) -> Value:
        """The day or moment of a deadline: the end of a period (S43), moved off days off where it is said to be."""
        found, forward = self.terms.value(node), True
        if not isinstance(found, Value):
            raise NotLowered("a deadline that is no day")
        if found.missing is True:
            return found
        moves = deadline.clock == "civil"
        if deadline.relation == "by" and isinstance(node, n.Operation) and node.name == "moved":
            family, sign, counting = node.settings
            forward, by_hours = sign == 1, isinstance(counting, Counting) and counting.clock == "hours"
            if family != "hours" and (found.kind == "date" or not by_hours):  # from a moment too it ends with a day
                found = replace(found, kind="date", term=self.terms.last_of(node))
            moves = moves and isinstance(counting, Counting) and counting.moves
        if moves and found.kind == "date":
            self.terms.case.has_days_off = True
            found = replace(found, term=off_the_weekend(found.term, forward))
        return found

    def breaches(self, picked: list[Term]) -> dict[Atom, Term]:
        """Where a requirement of a norm, or of a limit on it, is broken, and where its time is over (`True`).

        `picked` where the verdict is one that tells what is broken.
        """
        found: dict[Atom, list[Term]] = {}
        for position, where in enumerate(picked):
            slots = self.plan.norms[position]
            if slots.direction not in ("may", "must") or where is False:
                continue
            for place, unmet in self._unmet(position):
                found.setdefault((place, False), []).append(s.both([where, unmet]))
            if slots.direction == "must" and (late := self._late(position)) is not False:
                found.setdefault((str(slots.norm.citation), True), []).append(s.both([where, late]))
        return {atom: s.either(terms) for atom, terms in found.items()}

    def penalties(self, picked: list[Term], told: Mapping[int, Mapping[str, Term]]) -> dict[Atom, Term]:
        """Where each penalty is threatened: for what is forbidden, or a duty whose requirements are not met or that is
        done too late; `picked` without what restores.
        """
        if not self.component.penalties:
            return {}
        broken: list[tuple[int, Term]] = []
        for position, where in enumerate(picked):
            slots = self.plan.norms[position]
            if slots.norm.sources or where is False or slots.direction not in ("must_not", "must"):
                continue
            hit = s.both([where, self.statuses[position].effective.yes])
            if slots.direction == "must":
                unmet = [term for _, term in self._unmet(position)]
                is_duty = self.statuses[position].weak.no  # and no permission that an exemption left of one
                hit = s.both([hit, is_duty, s.either([*unmet, self._late(position)])])
            broken.append((position, hit))
        found: dict[Atom, Term] = {}
        for penalty in self.component.penalties:
            trigger = self.terms.truth(self.terms.parts.trigger(penalty)).yes
            atom = (str(penalty.citation), tuple(option.text for option in penalty.options), penalty.by)
            hits = [
                s.both([where, s.either([is_so for at, is_so in places if penalty.is_for(rule, parse_citation(at))])])
                for position, where in broken
                for rule, own in [(self.norms[position].norm.rule, self.norms[position].norm.citation)]
                for places in [[(str(own), True), *told.get(position, {}).items()]]
            ]
            found[atom] = s.either([found.get(atom, False), s.both([s.either(hits), trigger])])
        return found

    def _late(self, position: int) -> Term:
        """Where a duty was surely done too late, or was not done and its time is over, as `decide.payload` tells."""
        norm = self.norms[position]
        deadline, recorded = norm.norm.deadline, done_by(self.terms.program, self.component.action)
        if deadline is None or norm.lowered.deadline is None or not recorded:
            return False
        due, node = self._due(deadline, norm.lowered.deadline), norm.lowered.done
        if node is None:  # whatever records the action says whether it was done
            node = self.terms.parts.lowering.lower(t.Fact(recorded))
        now = Value("moment", self.terms.case.calendar.moment(*self.terms.case.clock()))
        over = self.terms.less(due, now, deadline.relation != "before").yes
        if n.is_truth(node):
            return s.both([self.terms.truth(node).no, over])
        when = self.terms.value(node)
        if not isinstance(when, Value):
            raise NotLowered("what is done on no day")
        if deadline.relation == "on":
            late = self.terms.same(when, due).no
        else:
            late = self.terms.less(due, when, deadline.relation != "before").yes
        return s.either([s.both([when.none, over]), s.both([s.no(when.missing), late])])

    def _unmet(self, position: int) -> Iterator[tuple[str, Term]]:
        """Where each requirement of a norm, and of the limits that bind it, is not met; by its place."""
        for owner in (position, *self.plan.norms[position].limits):
            norm, binds = self.norms[owner], True if owner == position else self.statuses[owner].effective.yes
            for linked, requirement in zip(norm.norm.requires, norm.requires, strict=True):
                yield str(linked.citation), s.both([binds, requirement.no])
