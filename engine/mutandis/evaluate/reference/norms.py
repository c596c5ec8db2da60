"""The order among norms and the verdict table (S2 to S27, S31), on sets of possible statuses.

`States` holds, for one component in one case, what each norm may be: in or out, removed, weakened, ok. With every fact
known all sets have one member and this is plain defeasible logic; with facts missing the same pass is sound.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

from mutandis.datatypes import UNIT_IN_BASE
from mutandis.decide.result import Verdict
from mutandis.evaluate.reference.case import Case
from mutandis.evaluate.reference.expressions import NotKnown, Range, Result, Truth, and_, evaluate, not_, or_, waits
from mutandis.link.program import Beat, Component, LinkedRequirement

IN_OUT = frozenset({True, False})
YES = frozenset({True})
NO = frozenset({False})
Possible = frozenset[bool]
Outcome = str  # "T" holds, "C" depends on open parameters, "F" fails
WORSE = {"F": 0, "C": 1, "T": 2}
ALL_OUTCOMES = frozenset("TCF")
OUTSIDE = frozenset({Verdict.FORBIDDEN, Verdict.REQUIRED, Verdict.PERMITTED, Verdict.EXEMPT, Verdict.SILENT})
MOST_ENUMERATED = 8

OPPOSING = frozenset(
    {
        ("must_not", "may"),
        ("may", "must_not"),
        ("must_not", "must"),
        ("must", "must_not"),
        ("must", "need_not"),
        ("need_not", "must"),
    }
)


def possible(truth: Truth) -> Possible:
    """The truth values `truth` may still take."""
    return IN_OUT if isinstance(truth, NotKnown) else frozenset({truth})


def outcomes(truth: Truth) -> frozenset[Outcome]:
    """What a requirement may come to."""
    if not isinstance(truth, NotKnown):
        return frozenset({"T" if truth else "F"})
    facts = bool(truth.facts or truth.wording) or not truth.parameters
    if truth.parameters:
        return ALL_OUTCOMES if facts else frozenset({"C"})
    return frozenset({"T", "F"})


def worse(one: frozenset[Outcome], other: frozenset[Outcome]) -> frozenset[Outcome]:
    """The worse of two outcomes, over all choices."""
    return frozenset(min(a, b, key=lambda o: WORSE[o]) for a in one for b in other)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a case says of one norm: base, grounds, exclusions, and its requirements (those without an open bound)."""

    base: Truth
    grounds: tuple[Truth, ...]
    exclusions: tuple[Truth, ...]
    requires: tuple[Truth, ...]
    own: frozenset[Outcome] | None = None  # the outcome of its own requirements, where an enumeration fixes it

    @property
    def trigger(self) -> Truth:
        """The trigger where nothing is felled."""
        some = or_(list(self.grounds)) if self.grounds else True
        return and_([self.base, some, *[not_(e) for e in self.exclusions]])


@dataclass(frozen=True, slots=True)
class Reading:
    """One component read in one case."""

    component: Component
    case: Case
    parts: tuple[Parts, ...]

    def beats_on(self, position: int) -> list[Beat]:
        """The beats whose victim stands at `position`."""
        return [b for b in self.component.beats if b.beaten == position]

    def felled_in_part(self, position: int) -> bool:
        """True if some beat can fell only a ground or exclusion of the norm."""
        return any(b.part for b in self.beats_on(position))


@dataclass(frozen=True, slots=True)
class Status:
    """What one norm may be. `ok` only for permissions and duties."""

    triggered: Possible
    removed: Possible
    weak: Possible
    effective: Possible
    ok: frozenset[Outcome]


def has_open_bound(case: Case, requirement: LinkedRequirement) -> bool:
    """True if the requirement is judged by its bound: linear in a parameter that the case leaves open."""
    return requirement.bound is not None and _is_open(case, requirement.bound.parameter)


def _is_open(case: Case, parameter: str) -> bool:
    return isinstance(case.fact(parameter, None), NotKnown)


def read(component: Component, case: Case) -> Reading:
    """Evaluate every condition of the component once."""
    parts = tuple(
        Parts(
            base=case.base(norm),
            grounds=tuple(case.ground(g, norm.governed_by) for g in norm.grounds),
            exclusions=tuple(case.exclusion(e, norm.governed_by) for e in norm.exclusions),
            requires=tuple(True if has_open_bound(case, r) else evaluate(r.condition, case) for r in norm.requires),
        )
        for norm in component.norms
    )
    return Reading(component, case, parts)


# --- the linear pass --------------------------------------------------------------------------------------------------


def run(reading: Reading, open_as: Outcome = "C") -> tuple[Status, ...]:
    """Every norm's possible statuses, beaters first; outcome C of a permission is read as `open_as`."""
    done: list[Status] = []
    for position, norm in enumerate(reading.component.norms):
        whole = [b for b in reading.beats_on(position) if not b.part]
        triggered = _triggered(reading, position, done)
        removed, weak = NO, NO
        for beat in whole:
            if beat.relation == "lifts":
                continue
            bite = bites(reading, beat, done)
            exempts = reading.component.norms[beat.beater].direction == "need_not"
            if exempts and norm.direction == "must" and beat.relation in ("despite", "rank"):
                weak = _either(weak, bite)
            else:
                removed = _either(removed, bite)
        effective = frozenset(t and not r for t in triggered for r in removed)
        status = Status(triggered, removed, weak, effective, frozenset({"T"}))
        if norm.direction in ("may", "must"):
            ok = _ok(reading, position, done)
            status = replace(status, ok=frozenset(open_as if o == "C" else o for o in ok))
        done.append(status)
    return tuple(done)


def _either(one: Possible, other: Possible) -> Possible:
    return frozenset(a or b for a in one for b in other)


def _triggered(reading: Reading, position: int, done: list[Status]) -> Possible:
    norm, parts = reading.component.norms[position], reading.parts[position]
    if not reading.felled_in_part(position):
        return possible(parts.trigger)
    bites_on = [(b, bites(reading, b, done)) for b in reading.beats_on(position) if b.part]

    def standing(place: object, truth: Truth) -> Possible:
        may_be = possible(truth)
        for beat, bite in bites_on:
            if place in beat.part:
                may_be = frozenset(v and not b for v in may_be for b in bite)
        return may_be

    some = YES
    if norm.grounds:
        some = NO
        for ground, truth in zip(norm.grounds, parts.grounds, strict=True):
            some = _either(some, standing(ground.citation, truth))
    excluded = NO
    for exclusion, truth in zip(norm.exclusions, parts.exclusions, strict=True):
        excluded = _either(excluded, standing(exclusion.citation, truth))
    return frozenset(b and s and not e for b in possible(parts.base) for s in some for e in excluded)


def bites(reading: Reading, beat: Beat, done: list[Status]) -> Possible:
    """Whether the beater bites.

    Effective, and for a permission (or a weakened duty) under `despite` or rank, ok (S10).
    """
    beater, status = reading.component.norms[beat.beater], done[beat.beater]
    if beat.relation not in ("despite", "rank"):
        return status.effective
    ok = frozenset(o == "T" for o in status.ok)
    if beater.direction == "may":
        return frozenset(e and o for e in status.effective for o in ok)
    if beater.direction == "must":
        return frozenset(e and (not w or o) for e in status.effective for w in status.weak for o in ok)
    return status.effective


# --- ok and bounds ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Span:
    """Allowed values of an open parameter. An end is None where there is none; `open_low`/`open_high` exclude it."""

    low: Result = None
    high: Result = None
    open_low: bool = False
    open_high: bool = False

    @property
    def is_empty(self) -> bool:
        """True if no value is left."""
        if self.low is None or self.high is None:
            return False
        return bool(self.low > self.high or (self.low == self.high and (self.open_low or self.open_high)))

    def cut_high(self, value: Result, strict: bool) -> Span:
        """The span below `value`."""
        if self.high is None or value < self.high or (value == self.high and strict):
            return replace(self, high=value, open_high=strict)
        return self

    def cut_low(self, value: Result, strict: bool) -> Span:
        """The span above `value`."""
        if self.low is None or value > self.low or (value == self.low and strict):
            return replace(self, low=value, open_low=strict)
        return self


def grain(case: Case, parameter: str) -> int | dt.timedelta | None:
    """The step between values of a parameter: a number of base units, a day, or None."""
    declared = case.program.vocabulary.facts[parameter]
    match declared.type.kind:
        case "count" | "money":
            return 1
        case "duration" if declared.type.family is not None:
            return UNIT_IN_BASE[declared.unit.removesuffix("s")][1] if declared.unit else 1
        case "date":
            return dt.timedelta(days=1)
        case _:
            return None


def domain(case: Case, parameter: str) -> Span:
    """All values the vocabulary allows the parameter."""
    declared = case.program.vocabulary.facts[parameter]
    low = declared.minimum
    if low is None and (declared.type.kind in ("count", "money") or declared.type.family is not None):
        low = 0
    return Span(low, declared.maximum)


def _settle(value: Result, relation: str, step: int | dt.timedelta | None) -> tuple[Result, bool]:
    """A limit as a closed end on the parameter's grain where it has one: `< 5 days` is at most 4."""
    strict = relation in ("<", ">")
    if step is None:
        return value, strict
    if isinstance(step, dt.timedelta):
        return (value - step if relation == "<" else value + step) if strict else value, False
    units = Fraction(value) / step
    down = units.numerator // units.denominator
    whole = units == down
    if relation in ("<", "<="):
        count = down - 1 if strict and whole else down
    else:
        count = down if whole and not strict else down + 1
    return count * step, False


def cut(span: Span, case: Case, requirement: LinkedRequirement, generous: bool) -> Span | None:
    """`span` under one bound, at its most generous or least generous value; None if that is not known at all."""
    bound = requirement.bound
    if bound is None:
        return span
    value = evaluate(bound.limit, case)
    step = grain(case, bound.parameter)
    relations = ("<=", ">=") if bound.relation == "is" else (bound.relation,)
    for relation in relations:
        end = value
        if isinstance(value, Range):
            upper = relation in ("<", "<=")
            end = value.high if upper is generous else value.low
            if end is None:
                if generous:
                    continue
                return None
        elif isinstance(value, NotKnown) or value is None:
            if generous:
                continue
            return None
        if bound.relation == "is":
            span = span.cut_high(end, False) if relation == "<=" else span.cut_low(end, False)
            continue
        settled, strict = _settle(end, relation, step)
        span = span.cut_high(settled, strict) if relation in ("<", "<=") else span.cut_low(settled, strict)
    return span


def limits_on(reading: Reading, position: int) -> list[int]:
    """The positions of the limits that bind the norm at `position` (those lifted for it left out)."""
    lifted = {b.beaten for b in reading.component.beats if b.relation == "lifts" and b.beater == position}
    norms = reading.component.norms
    return [i for i, n in enumerate(norms) if n.direction == "limits" and i not in lifted]


def _ok(reading: Reading, position: int, done: list[Status]) -> frozenset[Outcome]:
    case, norms = reading.case, reading.component.norms
    result = _own(reading, position)
    inner: list[tuple[LinkedRequirement, Possible]] = [(r, YES) for r in norms[position].requires]
    for limit in limits_on(reading, position):
        effective = done[limit].effective if limit < len(done) else NO
        if True not in effective:
            continue
        own = _own(reading, limit)
        result = worse(result, own if False not in effective else own | {"T"})
        inner.extend((r, effective) for r in norms[limit].requires)
    parameters = dict.fromkeys(r.bound.parameter for r, _ in inner if r.bound is not None and has_open_bound(case, r))
    for parameter in parameters:
        mine = [(r, e) for r, e in inner if r.bound is not None and r.bound.parameter == parameter]
        result = worse(result, _bound_outcomes(case, parameter, mine))
    return result


def _own(reading: Reading, position: int) -> frozenset[Outcome]:
    if (fixed := reading.parts[position].own) is not None:
        return fixed
    norm = reading.component.norms[position]
    if norm.opaque and norm.direction == "limits":  # what it demanded is not held either
        return frozenset({"T", "F"})
    result = frozenset({"T"})
    for truth in reading.parts[position].requires:
        result = worse(result, outcomes(truth))
    return result


def _bound_outcomes(case: Case, parameter: str, bounds: list[tuple[LinkedRequirement, Possible]]) -> frozenset[Outcome]:
    everything = domain(case, parameter)
    inner: Span | None = everything
    outer = everything
    for requirement, effective in bounds:
        if False not in effective:
            outer = cut(outer, case, requirement, True) or outer
        if inner is not None:
            inner = cut(inner, case, requirement, False)
    if outer.is_empty:
        return frozenset({"F"})
    whole = frozenset({"T"}) if outer == everything else frozenset()
    if inner is None or inner.is_empty:
        return frozenset({"C", "F"}) | whole
    return frozenset({"T"}) if inner == everything else frozenset({"C"}) | whole


# --- verdicts ---------------------------------------------------------------------------------------------------------


def table(f: bool, r: bool, e: bool, p_ok: bool, p: bool, default: str) -> Verdict:
    """The verdict table (S18 to S27): the first row that holds."""
    rows = (
        (r and f, Verdict.CONFLICT),
        (r and e, Verdict.CONFLICT),
        (f and p_ok, Verdict.CONFLICT),
        (f, Verdict.FORBIDDEN),
        (r, Verdict.REQUIRED),
        (p_ok, Verdict.PERMITTED),
        (p, Verdict.FORBIDDEN),
        (default == "forbidden", Verdict.FORBIDDEN_BY_DEFAULT),
        (e, Verdict.EXEMPT),
        (True, Verdict.SILENT),
    )
    return next(verdict for holds, verdict in rows if holds)


def _classes(reading: Reading, statuses: tuple[Status, ...]) -> frozenset[Verdict]:
    f = r = e = p_ok = p_bad = p = NO
    outside = NO
    for norm, status in zip(reading.component.norms, statuses, strict=True):
        effective = status.effective
        ok = frozenset(o == "T" for o in status.ok)
        match norm.direction:
            case "must_not":
                f = _either(f, effective)
            case "need_not":
                e = _either(e, effective)
            case "may":
                p = _either(p, effective)
                p_ok = _either(p_ok, frozenset(a and b for a in effective for b in ok))
                p_bad = _either(p_bad, frozenset(a and not b for a in effective for b in ok))
            case "must":
                r = _either(r, frozenset(a and not w for a in effective for w in status.weak))
                weak = frozenset(a and w for a in effective for w in status.weak)
                p = _either(p, weak)
                p_ok = _either(p_ok, frozenset(a and b for a in weak for b in ok))
                p_bad = _either(p_bad, frozenset(a and not b for a in weak for b in ok))
            case "disapply" if norm.external:
                outside = _either(outside, effective)
    # A permission that may be effective is effective and ok, or effective and breached, where it can be that.
    verdicts = frozenset(
        table(has_f, has_r, has_e, is_ok, is_ok or is_bad, reading.component.default)
        for has_f, has_r, has_e, is_ok, is_bad in product(f, r, e, p_ok, p_bad)
        if (is_ok or is_bad) in p
    )
    if outside == YES:
        return OUTSIDE
    return verdicts | OUTSIDE if True in outside else verdicts


def _combine(v: Verdict, w: Verdict) -> frozenset[Verdict]:
    """The verdicts for an open parameter: `v` where it passes, `w` where it fails (S17)."""
    if v != w and (v, w) == (Verdict.PERMITTED, Verdict.FORBIDDEN):
        return frozenset({Verdict.CONDITIONAL})
    return frozenset({v, w})


def linear(reading: Reading) -> frozenset[Verdict]:
    """Every verdict the linear pass cannot rule out."""
    statuses = run(reading)
    if not any("C" in s.ok and True in s.effective for s in statuses):
        return _classes(reading, statuses)
    passing, failing = _classes(reading, run(reading, "T")), _classes(reading, run(reading, "F"))
    return frozenset(x for v in passing for w in failing for x in _combine(v, w))


@dataclass(frozen=True, slots=True)
class Variable:
    """One thing not known: a norm's trigger, one of its parts, or the outcome of its own requirements."""

    position: int
    part: str  # trigger, base, ground, exclusion, own
    index: int
    values: tuple[object, ...]
    waits: NotKnown


def variables(reading: Reading) -> tuple[Variable, ...]:
    """What is not known in the component, in order."""
    found: list[Variable] = []
    for i, (norm, parts) in enumerate(zip(reading.component.norms, reading.parts, strict=True)):
        if reading.felled_in_part(i):
            pieces = [("base", 0, parts.base)]
            pieces += [("ground", k, v) for k, v in enumerate(parts.grounds)]
            pieces += [("exclusion", k, v) for k, v in enumerate(parts.exclusions)]
        else:
            pieces = [("trigger", 0, parts.trigger)]
        found.extend(Variable(i, n, k, (False, True), v) for n, k, v in pieces if isinstance(v, NotKnown))
        own = _own(reading, i)
        if len(own) > 1 and True in possible(parts.trigger) and norm.direction in ("may", "must", "limits"):
            why = waits(parts.base) if norm.opaque else NotKnown()
            for truth in parts.requires:
                why = why | waits(truth)
            found.append(Variable(i, "own", 0, tuple(sorted(own)), why))
    return tuple(found)


def fix(reading: Reading, choice: Mapping[Variable, object]) -> Reading:
    """The reading with these variables fixed."""
    parts = list(reading.parts)
    for variable, value in choice.items():
        old = parts[variable.position]
        truth = value is True
        match variable.part:
            case "trigger":
                new = replace(old, base=truth, grounds=(), exclusions=())
            case "base":
                new = replace(old, base=truth)
            case "ground":
                new = replace(old, grounds=_put(old.grounds, variable.index, truth))
            case "exclusion":
                new = replace(old, exclusions=_put(old.exclusions, variable.index, truth))
            case _:
                new = replace(old, own=frozenset({str(value)}))
        parts[variable.position] = new
    return replace(reading, parts=tuple(parts))


def _put(old: tuple[Truth, ...], index: int, truth: bool) -> tuple[Truth, ...]:
    return (*old[:index], truth, *old[index + 1 :])


@dataclass(frozen=True, slots=True)
class Reach:
    """The verdicts still reachable, and what can still change which: facts, parameters, wording."""

    verdicts: frozenset[Verdict]
    deciding: NotKnown


Choice = tuple[object, ...]


def reach(reading: Reading) -> Reach:
    """The reachable verdicts: by the linear pass, then by enumeration where few things are unknown (S31)."""
    verdicts = linear(reading)
    unknown = variables(reading)
    if len(verdicts) == 1:
        return Reach(verdicts, NotKnown())
    if len(unknown) > MOST_ENUMERATED:
        return Reach(verdicts, _waits_of(unknown))
    by_choice = {
        choice: linear(fix(reading, dict(zip(unknown, choice, strict=True))))
        for choice in product(*(v.values for v in unknown))
        if not _duty_and_its_exemption(reading, dict(zip(unknown, choice, strict=True)))
    }
    verdicts = frozenset().union(*by_choice.values())
    return Reach(verdicts, _deciding(unknown, by_choice, verdicts))


def _duty_and_its_exemption(reading: Reading, choice: Mapping[Variable, object]) -> bool:
    """True if the choice triggers both a duty and the exemption that its own exclusion grants: each shuts the other."""
    triggered = {v.position for v, value in choice.items() if v.part == "trigger" and value is True}
    norms = reading.component.norms
    exempted = {norms[i].key.partition("; unless ")[0] for i in triggered if norms[i].derived == "unless"}
    return any(norms[i].direction == "must" and norms[i].key in exempted for i in triggered)


def _waits_of(unknown: tuple[Variable, ...]) -> NotKnown:
    total = NotKnown()
    for variable in unknown:
        total = total | variable.waits
    return total


def _deciding(
    unknown: tuple[Variable, ...], by_choice: Mapping[Choice, frozenset[Verdict]], verdicts: frozenset[Verdict]
) -> NotKnown:
    """The names that decide: fixing everything that waits for the name, in some way, leaves fewer verdicts.

    All that waits for one name is fixed together: two permissions on one condition are no two chances. Where no name
    decides by itself and nothing that waits for no name does, all of them decide together.
    """

    def narrows(group: list[int]) -> bool:
        left: dict[Choice, frozenset[Verdict]] = {}
        for choice, found in by_choice.items():
            key = tuple(choice[k] for k in group)
            left[key] = left.get(key, frozenset()) | found
        return any(found != verdicts for found in left.values())

    def deciding(kind: str) -> frozenset[str]:
        waiting: dict[str, list[int]] = {}
        for k, variable in enumerate(unknown):
            for name in getattr(variable.waits, kind):
                waiting.setdefault(name, []).append(k)
        return frozenset(name for name, group in waiting.items() if narrows(group))

    found = NotKnown(deciding("facts"), deciding("parameters"), deciding("wording"))
    nameless = [k for k, variable in enumerate(unknown) if variable.waits == NotKnown()]
    if found == NotKnown() and not (nameless and narrows(nameless)):
        return _waits_of(unknown)
    return found
