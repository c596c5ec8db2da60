"""What a decision says, in terms: the order among norms, the table of verdicts, citations, limits and deadlines.

The same as `decide.order` and `decide.shape` work out of one case in which every parameter is given. Where a truth may
be open (an order among absent values, wording that is not held), what may come of it is gone through as there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import field
from itertools import product

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.nodes import Terms
from mutandis.backends.solver.terms import NotLowered, Term, Truth, Value
from mutandis.backends.solver.told import Atom, NormTerms, Status, Telling
from mutandis.dataclass import dataclass
from mutandis.decide.order import OUTSIDE
from mutandis.decide.plan import BeatSlot, Plan, plan_component
from mutandis.decide.result import Verdict
from mutandis.link.program import Component

VERDICTS = tuple(Verdict)
MOST_OPEN = 5
"""How many open pieces are gone through in every way; with more, claims keep to cases in which none is open."""
MOST_OPEN_WORDINGS = 7
"""The same where some of it is wording that is not held, which is open in every case."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is decided about one action, over all cases: the number of the verdict, and what is told with it.

    `cited` has each citation with its bearers and chains, `limits` and `deadlines` each with
    its values and where it has them: one place may set several; `measured` are bounds on periods and members of lists,
    of periods counted by hours their length. `statuses` and `picked` are by norm. `clash` is where rules give a fact
    different values; `open_` where a truth is open.
    """

    verdict: Term
    cited: Mapping[Atom, Term]
    limits: Mapping[Atom, Sequence[tuple[Term, Value]]]
    measured: Mapping[Atom, Sequence[tuple[Term, Value]]]
    deadlines: Mapping[Atom, Sequence[tuple[Term, Value | None]]]
    breaches: Mapping[Atom, Term]
    penalties: Mapping[Atom, Term]
    statuses: list[Status]
    picked: list[Term]
    norms: list[NormTerms]
    plan: Plan
    clash: Term
    open_: Term
    only_settled: bool


@dataclass(slots=True)
class Ordering:
    """Works out the order among the norms of one component."""

    terms: Terms
    component: Component
    plan: Plan = field(init=False)
    norms: list[NormTerms] = field(default_factory=list)
    fixed: Mapping[tuple[int, str, int], Truth] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.plan = plan_component(self.terms.program, self.component)
        for norm in self.component.norms:
            if norm.milder:
                raise NotLowered("the milder of two laws")
            lowered, truth = self.terms.parts.norm(norm, True), self.terms.truth
            self.norms.append(
                NormTerms(
                    norm,
                    lowered,
                    truth(lowered.base),
                    [truth(g.holds()) for g in lowered.grounds],
                    [truth(x) for x in lowered.exclusions],
                    [truth(q.holds) for q in lowered.requires],
                )
            )

    # --- the order ----------------------------------------------------------------------------------------------------

    def run(self) -> list[Status]:
        """Every norm's status, beaters first."""
        done: list[Status] = []
        for position, slots in enumerate(self.plan.norms):
            status = Status(self._triggered(position, done))
            for beat in slots.beats:
                if beat.relation == "lifts":
                    continue
                bite = self._bites(beat, done)
                weakens = beat.relation in ("despite", "rank") and slots.direction == "must"
                if weakens and self.plan.norms[beat.beater].direction == "need_not":
                    status.weak = s.any_true([status.weak, bite])
                else:
                    status.removed = s.any_true([status.removed, bite])
            status.effective = s.all_true([status.triggered, s.negated(status.removed)])
            if slots.direction in ("may", "must"):
                status.ok = self._ok(position, done)
            done.append(status)
        return done

    def pieces(self) -> list[tuple[tuple[int, str, int], Truth]]:
        """What of the component may not be known, in order."""
        found: list[tuple[tuple[int, str, int], Truth]] = []
        for position, (slots, norm) in enumerate(zip(self.plan.norms, self.norms, strict=True)):
            if self._silent(norm) is True:
                continue  # it speaks to no case, so nothing turns on its parts
            if slots.part_beats:
                found.append(((position, "base", 0), norm.base))
                found += [((position, "ground", k), g) for k, g in enumerate(norm.grounds)]
                found += [((position, "exclusion", k), x) for k, x in enumerate(norm.exclusions)]
            else:
                found.append(((position, "trigger", 0), self._trigger(norm)))
            if slots.direction in ("may", "must", "limits"):
                found.append(((position, "own", 0), self._own(position)))
        return [(key, truth) for key, truth in found if not truth.settled]

    def _matters(self, key: tuple[int, str, int], truth: Truth) -> Term:
        """Where a piece is open, and its norm may speak to the case: nothing turns on the requirements of others."""
        norm = self.norms[key[0]]
        return s.both([truth.open, s.no(norm.base.no if key[1] != "own" else self._silent(norm))])

    def _silent(self, norm: NormTerms) -> Term:
        """Where a norm surely does not speak to the case, whatever beats its parts."""
        grounds = s.both([ground.no for ground in norm.grounds]) if norm.grounds else False
        return s.either([norm.base.no, grounds])

    @staticmethod
    def _trigger(norm: NormTerms) -> Truth:
        parts = [norm.base, *map(s.negated, norm.exclusions)]
        if norm.grounds:
            parts.append(s.any_true(norm.grounds))
        return s.all_true(parts)

    def _own(self, position: int) -> Truth:
        fixed = self.fixed.get((position, "own", 0))
        if fixed is not None:
            return fixed
        norm = self.norms[position]
        if norm.norm.opaque and norm.norm.direction == "limits":
            return s.OPEN
        return s.all_true(norm.requires)

    def _triggered(self, position: int, done: list[Status]) -> Truth:
        slots, norm = self.plan.norms[position], self.norms[position]
        if not slots.part_beats:
            return self._chosen(position, "trigger", 0, self._trigger(norm))
        felled = [(beat, self._bites(beat, done)) for beat in slots.part_beats]

        def standing(part: str, index: int, truth: Truth) -> Truth:
            found = [self._chosen(position, part, index, truth)]
            for beat, bite in felled:
                if index in (beat.grounds if part == "ground" else beat.exclusions):
                    found.append(s.negated(bite))
            return s.all_true(found)

        parts = [self._chosen(position, "base", 0, norm.base)]
        if norm.grounds:
            parts.append(s.any_true([standing("ground", k, g) for k, g in enumerate(norm.grounds)]))
        parts += [s.negated(standing("exclusion", k, x)) for k, x in enumerate(norm.exclusions)]
        return s.all_true(parts)

    def _bites(self, beat: BeatSlot, done: list[Status]) -> Truth:
        status = done[beat.beater]
        if beat.relation not in ("despite", "rank"):
            return status.effective
        match self.plan.norms[beat.beater].direction:
            case "may":
                return s.all_true([status.effective, status.ok])
            case "must":
                return s.all_true([status.effective, s.any_true([s.negated(status.weak), status.ok])])
            case _:
                return status.effective

    def _ok(self, position: int, done: list[Status]) -> Truth:
        parts = [self._own(position)]
        for limit in self.plan.norms[position].limits:
            if limit < len(done):
                parts.append(s.any_true([s.negated(done[limit].effective), self._own(limit)]))
        return s.all_true(parts)

    # --- the verdict --------------------------------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        """What is decided. Raises `NotLowered`."""
        statuses = self.run()
        pieces = self.pieces()
        wordings = [(key, truth) for key, truth in pieces if self.norms[key[0]].norm.opaque]
        only_settled = len(pieces) > (MOST_OPEN_WORDINGS if wordings else MOST_OPEN)
        others = [(key, truth) for key, truth in pieces if (key, truth) not in wordings] if only_settled else []
        open_ = s.either([self._matters(key, truth) for key, truth in others])
        if not only_settled:
            reachable = self._reachable(statuses, pieces)
        elif len(wordings) > MOST_OPEN:
            raise NotLowered("an order among many norms whose wording is not held")
        else:
            settled = self._with({key: s.truth(truth.yes) for key, truth in others})
            statuses = settled.run()
            reachable = settled._reachable(statuses, wordings)
        verdict = self._one_of(reachable)
        picked = self._picked(statuses, verdict)
        everything = [s.either([one, two]) for one, two in zip(picked, self._restoring(statuses, picked), strict=True)]
        determined = s.no(s.equal(verdict, _number(Verdict.UNDETERMINED)))
        telling = Telling(
            self.terms, self.component, self.plan, self.norms, statuses, lambda beat: self._bites(beat, statuses)
        )
        places = telling.places(everything)
        core = [s.both([determined, p]) for p in picked]
        return Outcome(
            verdict=verdict,
            cited=telling.cited(places, [s.both([determined, p]) for p in everything]),
            limits=telling.limits(core),
            measured=telling.measured(core),
            deadlines=telling.deadlines(core),
            breaches=telling.breaches([s.both([p, self._tells_breaches(verdict)]) for p in core]),
            penalties=telling.penalties(core, places),
            statuses=statuses,
            picked=[s.both([determined, p]) for p in everything],
            norms=self.norms,
            plan=self.plan,
            clash=s.either(self.terms.clashes.values()),
            open_=open_,
            only_settled=only_settled,
        )

    @staticmethod
    def _tells_breaches(verdict: Term) -> Term:
        telling = (Verdict.REQUIRED, Verdict.FORBIDDEN, Verdict.CONFLICT)
        return s.either([s.equal(verdict, _number(one)) for one in telling])

    def _with(self, fixed: Mapping[tuple[int, str, int], Truth]) -> Ordering:
        """The same where these pieces are known."""
        other = copy(self)
        other.fixed = fixed
        return other

    def _reachable(
        self, statuses: list[Status], pieces: list[tuple[tuple[int, str, int], Truth]]
    ) -> dict[Verdict, Term]:
        """Where each verdict can be reached."""
        if not pieces:
            code, outside = self._table(statuses)
            return {
                v: s.either([s.both([s.no(outside), s.equal(code, _number(v))]), s.both([outside, v in OUTSIDE])])
                for v in VERDICTS
            }
        found: dict[Verdict, list[Term]] = {v: [] for v in VERDICTS}
        for choice in product((False, True), repeat=len(pieces)):
            chosen = {
                key: s.truth(s.choose(truth.open, bit, truth.yes))
                for (key, truth), bit in zip(pieces, choice, strict=True)
            }
            other = self._with({**self.fixed, **chosen})
            admitted = s.no(other._exempts_from_itself())
            code, outside = self._table(other.run())
            for verdict in VERDICTS:
                reached = s.choose(outside, verdict in OUTSIDE, s.equal(code, _number(verdict)))
                found[verdict].append(s.both([admitted, reached]))
        return {v: s.either(where) for v, where in found.items()}

    def _exempts_from_itself(self) -> Term:
        """Where a duty and the exemptions by its own exclusions are chosen as they cannot all be (S2)."""
        found: list[Term] = []
        for position, (slots, norm) in enumerate(zip(self.plan.norms, self.norms, strict=True)):
            granted = [
                exclusion if at is None else self._chosen(at, "trigger", 0, self._trigger(self.norms[at]))
                for at, exclusion in zip(slots.exempting, norm.exclusions, strict=True)
            ]
            if not granted:
                continue
            parts = [self._chosen(position, "base", 0, norm.base)]
            if norm.grounds:
                parts.append(s.any_true([self._chosen(position, "ground", k, g) for k, g in enumerate(norm.grounds)]))
            if slots.part_beats:
                for k, (at, exclusion) in enumerate(zip(slots.exempting, norm.exclusions, strict=True)):
                    if at is not None:
                        excluded = self._chosen(position, "exclusion", k, exclusion)
                        found.append(_differ(granted[k], s.all_true([*parts, excluded])))
                continue
            trigger = self._chosen(position, "trigger", 0, self._trigger(norm))
            found.append(_differ(trigger, s.all_true([*parts, s.negated(s.any_true(granted))])))
        return s.either(found)

    def _chosen(self, norm: int, part: str, index: int, truth: Truth) -> Truth:
        return self.fixed.get((norm, part, index), truth)

    def _table(self, statuses: list[Status]) -> tuple[Term, Term]:
        """The number of the verdict where every status is settled, and where it is left to law outside."""
        forbid: list[Term] = []
        require: list[Term] = []
        exempt: list[Term] = []
        ok: list[Term] = []
        bad: list[Term] = []
        outside: list[Term] = []
        for slots, status in zip(self.plan.norms, statuses, strict=True):
            effective, weak = status.effective.yes, status.weak.yes
            match slots.direction:
                case "must_not":
                    forbid.append(effective)
                case "need_not":
                    exempt.append(effective)
                case "may" | "must":
                    permits = effective
                    if slots.direction == "must":
                        require.append(s.both([effective, s.no(weak)]))
                        permits = s.both([effective, weak])
                    ok.append(s.both([permits, status.ok.yes]))
                    bad.append(s.both([permits, s.no(status.ok.yes)]))
                case "disapply" if slots.norm.external:
                    outside.append(effective)
        f, r, e, p_ok, p_bad = (s.either(part) for part in (forbid, require, exempt, ok, bad))
        rows = (
            (s.either([s.both([r, s.either([f, e])]), s.both([f, p_ok])]), Verdict.CONFLICT),
            (f, Verdict.FORBIDDEN),
            (r, Verdict.REQUIRED),
            (p_ok, Verdict.PERMITTED),
            (p_bad, Verdict.FORBIDDEN),
        )
        if self.component.default == "forbidden":
            found: Term = _number(Verdict.FORBIDDEN_BY_DEFAULT)
        else:
            found = s.choose(e, _number(Verdict.EXEMPT), _number(Verdict.SILENT))
        for where, verdict in reversed(rows):
            found = s.choose(where, _number(verdict), found)
        return found, s.either(outside)

    @staticmethod
    def _one_of(reachable: Mapping[Verdict, Term]) -> Term:
        """The one verdict that can be reached; `UNDETERMINED` where there are several."""
        found: Term = _number(Verdict.UNDETERMINED)
        possible = [(v, where) for v, where in reachable.items() if where is not False]
        for verdict, where in possible:
            alone = s.both([where, *(s.no(other) for v, other in possible if v is not verdict)])
            found = s.choose(alone, _number(verdict), found)
        return found

    # --- citations ----------------------------------------------------------------------------------------------------

    def _picked(self, statuses: list[Status], verdict: Term) -> list[Term]:
        """Where each norm is one the verdict is made of."""
        sure, perhaps = self._classes(statuses, True), self._classes(statuses, False)
        some = {name: s.either(where.values()) for name, where in sure.items()}

        def pick(name: str) -> dict[int, Term]:
            return {p: s.choose(some[name], sure[name].get(p, False), where) for p, where in perhaps[name].items()}

        at = {v: s.equal(verdict, _number(v)) for v in VERDICTS}
        found: list[list[Term]] = [[] for _ in self.norms]

        def add(where: Term, picks: Mapping[int, Term]) -> None:
            for position, term in picks.items():
                found[position].append(s.both([where, term]))

        require, exempt, ok = pick("require"), pick("exempt"), pick("ok")
        pairs = (("require", "forbid"), ("require", "exempt"), ("ok", "forbid"))
        certain = [s.both([some[a], some[b]]) for a, b in pairs]
        likely = [s.both([s.either(perhaps[a].values()), s.either(perhaps[b].values())]) for a, b in pairs]
        left: Term = at[Verdict.CONFLICT]
        for (one, other), where in zip((*pairs, *pairs), (*certain, *likely), strict=True):
            add(s.both([left, where]), pick(one))
            add(s.both([left, where]), pick(other))
            left = s.both([left, s.no(where)])
        forbidden = at[Verdict.FORBIDDEN]
        add(s.both([forbidden, some["forbid"]]), sure["forbid"])
        breached = s.both([forbidden, s.no(some["forbid"]), some["permit"]])
        add(breached, sure["permit"])
        add(breached, self._weakening(sure["permit"], exempt))
        neither = s.both([forbidden, s.no(some["forbid"]), s.no(some["permit"])])
        may_forbid = s.either(perhaps["forbid"].values())
        add(s.both([neither, may_forbid]), perhaps["forbid"])
        add(s.both([neither, s.no(may_forbid)]), perhaps["permit"])
        add(at[Verdict.REQUIRED], require)
        add(at[Verdict.PERMITTED], ok)
        add(at[Verdict.PERMITTED], self._weakening(ok, exempt))
        add(at[Verdict.EXEMPT], exempt)
        for name in ("forbid", "require", "exempt", "permit"):
            add(at[Verdict.UNDETERMINED], sure[name])
        return [s.either(where) for where in found]

    def _classes(self, statuses: list[Status], sure: bool) -> dict[str, dict[int, Term]]:
        found: dict[str, dict[int, Term]] = {"forbid": {}, "require": {}, "exempt": {}, "permit": {}, "ok": {}}
        for position, (slots, status) in enumerate(zip(self.plan.norms, statuses, strict=True)):
            there = status.effective.yes if sure else s.no(status.effective.no)
            weak = status.weak.yes if sure else s.no(status.weak.no)
            match slots.direction:
                case "must_not":
                    found["forbid"][position] = there
                case "need_not":
                    found["exempt"][position] = there
                case "may" | "must":
                    permits = there
                    if slots.direction == "must":
                        found["require"][position] = s.both([there, s.no(weak)])
                        permits = s.both([there, weak])
                    found["permit"][position] = permits
                    ok = status.ok.yes if sure else s.no(status.ok.no)
                    found["ok"][position] = s.both([permits, ok])
        return found

    def _weakening(self, permits: Mapping[int, Term], exempt: Mapping[int, Term]) -> dict[int, Term]:
        weakened: dict[int, list[Term]] = {}
        for position, where in permits.items():
            slots = self.plan.norms[position]
            if slots.direction == "must":
                for beat in (*slots.beats, *slots.part_beats):
                    if beat.beater in exempt:
                        weakened.setdefault(beat.beater, []).append(where)
        return {p: s.both([exempt[p], s.either(where)]) for p, where in weakened.items()}

    def _restoring(self, statuses: list[Status], picked: list[Term]) -> list[Term]:
        found: list[Term] = [False for _ in picked]
        for position in reversed(range(len(picked))):
            slots = self.plan.norms[position]
            cited = s.either([picked[position], found[position]])
            for beat in slots.part_beats:
                holding = s.either([self.norms[position].exclusions[k].yes for k in beat.exclusions])
                bites = s.no(self._bites(beat, statuses).no)
                found[beat.beater] = s.either([found[beat.beater], s.both([cited, holding, bites])])
        return found


def _number(verdict: Verdict) -> int:
    return VERDICTS.index(verdict)


def _differ(one: Truth, other: Truth) -> Term:
    """Where both are settled and are not the same."""
    return s.both([s.no(one.open), s.no(other.open), s.no(s.equal(one.yes, other.yes))])
