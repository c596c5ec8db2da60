"""The order among norms and the verdict table in SQL (S2 to S31), of rows in which all that decides is known.

For actions whose norms may come to too many things together to have each decided beforehand. The truths of a database
are those of Kleene, which the sets of `decide.order` are too: what is null may be either. A verdict or a citation that
would hang on such a truth is left open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from sqlglot import exp

from mutandis.dataclass import dataclass
from mutandis.decide.plan import BeatSlot, NormSlots, Plan
from mutandis.decide.result import Verdict
from mutandis.sql.expressions import PREFIX

Pieces = list[tuple[exp.Expression | None, str]]
"""The places that are cited, each with the condition under which it is (None: always)."""
Part = tuple[exp.Expression, int]
"""A norm that is cited, by its position, and where it is."""


def trigger_of(norm: int) -> str:
    """The column that says whether a norm is triggered: of one of which parts give way, whether its base holds."""
    return f"{PREFIX}trigger{norm}"


def own_of(norm: int) -> str:
    """The column that says whether a norm's own requirements are met."""
    return f"{PREFIX}own{norm}"


def ground_of(norm: int, index: int) -> str:
    """The column that says whether a ground holds, of a norm of which parts give way."""
    return f"{PREFIX}ground{norm}_{index}"


def exclusion_of(norm: int, index: int) -> str:
    """The column that says whether an exclusion holds, of a norm of which parts give way."""
    return f"{PREFIX}exclusion{norm}_{index}"


@dataclass(frozen=True, slots=True)
class InOrder:
    """What the norms of a plan come to, from the columns named above."""

    plan: Plan

    def stages(self) -> list[dict[str, exp.Expression]]:
        """Columns to add, stage by stage: how each norm stands, beaters first, and what is said together."""
        stages: list[dict[str, exp.Expression]] = []
        level: list[int] = []
        for position, slots in enumerate(self.plan.norms):
            rests_on = [b.beater for b in (*slots.beats, *slots.part_beats)]
            rests_on += [limit for limit in slots.limits if limit < position]
            level.append(max((level[one] + 1 for one in rests_on), default=0))
            while len(stages) <= level[-1]:
                stages.append({})
            stages[level[-1]].update(self._status(position, slots))
        return [*stages, self._together(), {f"{PREFIX}conflict": self._conflict()}]

    def outside(self) -> exp.Expression:
        """Where law that the rulebook does not hold may decide."""
        disapplying = [p for p, s in enumerate(self.plan.norms) if s.direction == "disapply" and s.norm.external]
        return _any(_not(_fails(_effective(p))) for p in disapplying)

    def verdicts(self) -> list[tuple[Verdict, exp.Expression, list[Part]]]:
        """The verdicts that there may be, each with where it is given and the norms that are cited for it, in order."""
        conflict, f, r, e, p, ok = (
            exp.column(f"{PREFIX}{name}") for name in ("conflict", "forbid", "require", "exempt", "permit", "ok")
        )
        plain = [_not(conflict), _not(f), _not(r)]
        permits, bans, duties, exempt = self._permits(), self._of("must_not"), self._duties(), self._of("need_not")
        settled = [_any([_not(_holds(one)), _not(_is_null(_ok(position)))]) for one, position in permits]
        allowing = [(_all([one, _ok(position)]), position) for one, position in permits]
        found = [
            (Verdict.CONFLICT, conflict, self._clashing()),
            (Verdict.FORBIDDEN, _all([_not(conflict), f]), bans),
            (Verdict.REQUIRED, _all([_not(conflict), _not(f), r]), duties),
            (Verdict.PERMITTED, _all([*plain, ok, *settled]), [*allowing, *self._weakening(allowing)]),
            (Verdict.FORBIDDEN, _all([*plain, p, _not(ok)]), [*permits, *self._weakening(permits)]),
            (Verdict.EXEMPT, _all([*plain, _not(p), e]), exempt),
        ]
        silent, others = Verdict.SILENT, [*plain, _not(p), _not(e)]
        if self.plan.component.default == "forbidden":
            silent, others = Verdict.FORBIDDEN_BY_DEFAULT, [*plain, _not(p)]
            del found[-1]
        return [*(one for one in found if one[2]), (silent, _all(others), [])]

    def restoring(self, cited: list[Part]) -> list[Part]:
        """What felled an exclusion that holds, of the norms cited or of one of these."""
        where: dict[int, list[exp.Expression]] = {}
        for condition, position in cited:
            where.setdefault(position, []).append(condition)
        found: list[Part] = []
        for position in reversed(range(len(self.plan.norms))):  # beaters stand before those that they beat
            if position not in where:
                continue
            for beat in self.plan.norms[position].part_beats:
                holding = _any(_holds(exp.column(exclusion_of(position, k))) for k in sorted(beat.exclusions))
                felled = _all([_any(where[position]), holding, _not(_fails(self.bites(beat)))])
                if beat.exclusions:
                    where.setdefault(beat.beater, []).append(felled)
                    found.append((felled, beat.beater))
        return sorted(found, key=lambda part: part[1])

    def bites(self, beat: BeatSlot) -> exp.Expression:
        """Whether a beater bites."""
        effective = _effective(beat.beater)
        if beat.relation not in ("despite", "rank"):
            return effective
        match self.plan.norms[beat.beater].direction:
            case "may":
                return _all([effective, _ok(beat.beater)])
            case "must":
                return _all([effective, _any([_not(self._weak(beat.beater)), _ok(beat.beater)])])
        return effective

    def standing(self, position: int, grounds: Sequence[Pieces]) -> Pieces:
        """The places of a norm of which parts give way: those of its grounds that stand, or else its own."""
        slots = self.plan.norms[position]
        found: Pieces = []
        stand: list[exp.Expression] = []
        for index, places in enumerate(grounds):
            felled = _any(_holds(self.bites(b)) for b in slots.part_beats if index in b.grounds)
            stands = _all([_holds(exp.column(ground_of(position, index))), _not(felled)])
            stand.append(stands)
            found += [(both(stands, where), text) for where, text in places]
        return [*found, (_not(_any(stand)), str(slots.norm.citation))]

    # --- one norm -----------------------------------------------------------------------------------------------------

    def _status(self, position: int, slots: NormSlots) -> dict[str, exp.Expression]:
        weak: list[exp.Expression] = []
        removed: list[exp.Expression] = []
        for beat in slots.beats:
            if beat.relation == "lifts":
                continue
            yields = slots.direction == "must" and self._yields(beat)
            (weak if yields else removed).append(self.bites(beat))
        effective = _all([self._triggered(position, slots), *map(_not, removed)])
        found = {f"{PREFIX}effective{position}": effective}
        if weak:
            found[f"{PREFIX}weak{position}"] = _any(weak)
        if slots.direction in ("may", "must"):
            limits = [limit for limit in slots.limits if limit < position]
            kept = [_any([_not(_effective(limit)), exp.column(own_of(limit))]) for limit in limits]
            found[f"{PREFIX}ok{position}"] = _all([exp.column(own_of(position)), *kept])
        return found

    def _triggered(self, position: int, slots: NormSlots) -> exp.Expression:
        base = exp.column(trigger_of(position))
        if not slots.part_beats:
            return base
        grounds = [
            _all(
                [exp.column(ground_of(position, k)), *(_not(self.bites(b)) for b in slots.part_beats if k in b.grounds)]
            )
            for k in range(len(slots.grounds))
        ]
        exclusions = [
            _all(
                [
                    exp.column(exclusion_of(position, k)),
                    *(_not(self.bites(b)) for b in slots.part_beats if k in b.exclusions),
                ]
            )
            for k in range(len(slots.exclusions))
        ]
        return _all([base, *([_any(grounds)] if grounds else []), *map(_not, exclusions)])

    # --- all norms ----------------------------------------------------------------------------------------------------

    def _together(self) -> dict[str, exp.Expression]:
        norms = list(enumerate(self.plan.norms))
        duties = [_all([_effective(p), _not(self._weak(p))]) for p, s in norms if s.direction == "must"]
        permits = self._permits()
        told = {
            "forbid": _any(one for one, _ in self._of("must_not")),
            "exempt": _any(one for one, _ in self._of("need_not")),
            "require": _any(duties),
            "permit": _any(one for one, _ in permits),
            "ok": _any(_all([one, _ok(p)]) for one, p in permits),
        }
        return {f"{PREFIX}{name}": said for name, said in told.items()}

    def _conflict(self) -> exp.Expression:
        f, r, e, ok = (exp.column(f"{PREFIX}{name}") for name in ("forbid", "require", "exempt", "ok"))
        return _any([_all([r, _any([f, e])]), _all([f.copy(), ok])])

    def _clashing(self) -> list[Part]:
        """The two classes that clash: the first pair of which both surely are there."""
        forbid, exempt, require = self._of("must_not"), self._of("need_not"), self._duties()
        ok = [(_all([one, _ok(position)]), position) for one, position in self._permits()]
        found: list[Part] = []
        before: list[exp.Expression] = []
        for one, other in ((require, forbid), (require, exempt), (ok, forbid)):
            if not one or not other:
                continue
            clash = _all([_holds(_any(c for c, _ in one)), _holds(_any(c for c, _ in other))])
            mine = _all([clash, *map(_not, before)])
            found += [(_all([mine, condition]), position) for condition, position in (*one, *other)]
            before.append(clash)
        return found

    def _of(self, direction: str) -> list[Part]:
        return [(_effective(p), p) for p, slots in enumerate(self.plan.norms) if slots.direction == direction]

    def _duties(self) -> list[Part]:
        """The duties that are not surely weakened."""
        return [(_all([one, _not(_holds(self._weak(p)))]), p) for one, p in self._of("must")]

    def _permits(self) -> list[Part]:
        """Permissions, and duties that are weakened to one."""
        found: list[Part] = []
        for position, slots in enumerate(self.plan.norms):
            if slots.direction == "may":
                found.append((_effective(position), position))
            elif slots.direction == "must" and self._may_be_weak(position):
                found.append((_all([_effective(position), self._weak(position)]), position))
        return found

    def _weak(self, position: int) -> exp.Expression:
        return exp.column(f"{PREFIX}weak{position}") if self._may_be_weak(position) else exp.false()

    def _may_be_weak(self, position: int) -> bool:
        slots = self.plan.norms[position]
        return slots.direction == "must" and any(self._yields(beat) for beat in slots.beats)

    def _yields(self, beat: BeatSlot) -> bool:
        """Whether the beater makes a permission of a duty, and does not remove it."""
        return beat.relation in ("despite", "rank") and self.plan.norms[beat.beater].direction == "need_not"

    def _weakening(self, permits: list[Part]) -> list[Part]:
        """The exemptions that made permissions of the duties among these."""
        where: dict[int, list[exp.Expression]] = {}
        for condition, position in permits:
            slots = self.plan.norms[position]
            if slots.direction == "must":
                for beater in {beat.beater for beat in chain(slots.beats, slots.part_beats)}:
                    if self.plan.norms[beater].direction == "need_not":
                        where.setdefault(beater, []).append(condition)
        return [(_all([_effective(one), _any(map(_holds, where[one]))]), one) for one in sorted(where)]


def both(one: exp.Expression, other: exp.Expression | None) -> exp.Expression:
    """Where both hold (None: always)."""
    return one if other is None else _all([one, other])


def _effective(norm: int) -> exp.Expression:
    return exp.column(f"{PREFIX}effective{norm}")


def _ok(norm: int) -> exp.Expression:
    return exp.column(f"{PREFIX}ok{norm}")


def _all(many: Iterable[exp.Expression]) -> exp.Expression:
    parts = [one.copy() for one in many if not _says(one, True)]
    if len(parts) < 2:
        return parts[0] if parts else exp.true()
    return exp.paren(exp.and_(*parts, copy=False))


def _any(many: Iterable[exp.Expression]) -> exp.Expression:
    parts = [one.copy() for one in many if not _says(one, False)]
    if len(parts) < 2:
        return parts[0] if parts else exp.false()
    return exp.paren(exp.or_(*parts, copy=False))


def _says(one: exp.Expression, value: bool) -> bool:
    return isinstance(one, exp.Boolean) and bool(one.this) is value


def _not(one: exp.Expression) -> exp.Expression:
    if isinstance(one, exp.Boolean):
        return exp.false() if one.this else exp.true()
    return exp.paren(exp.Not(this=exp.paren(one.copy())))


def _holds(one: exp.Expression) -> exp.Expression:
    """Whether it surely holds."""
    return one if isinstance(one, exp.Boolean) else exp.Coalesce(this=one.copy(), expressions=[exp.false()])


def _fails(one: exp.Expression) -> exp.Expression:
    """Whether it surely does not hold."""
    return _holds(_not(one))


def _is_null(one: exp.Expression) -> exp.Expression:
    return exp.paren(exp.Is(this=exp.paren(one.copy()), expression=exp.null()))
