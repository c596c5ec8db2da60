"""What a decision says besides its verdict: citations, breaches, limits, deadlines, penalties, what gave way (S29)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from mutandis.calendar import compare_times, move
from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.decide import result as r
from mutandis.evaluate.reference.case import Case, as_shown
from mutandis.evaluate.reference.expressions import NotKnown, Range, and_, evaluate, is_known, not_, or_, waits
from mutandis.evaluate.reference.norms import (
    bites,
    has_open_bound,
)
from mutandis.evaluate.reference.view import View, held_places, is_sure, requirements
from mutandis.link.program import LinkedRequirement

RELATIONS = {"<": "less_than", "<=": "at_most", ">": "more_than", ">=": "at_least", "is": "exactly"}


def cited_norms(view: View) -> list[tuple[int, r.Cited]]:
    """The effective norms of the deciding class, by position (S29).

    Where a settled verdict has none that surely is (one of several that take each other's place), those that may be.
    """
    sure, perhaps = _classes(view, sure=True), _classes(view, sure=False)

    def some(name: str) -> list[int]:
        return sure[name] or perhaps[name]

    picked: list[tuple[int, str]] = []
    match view.verdict:
        case r.Verdict.CONFLICT:
            pairs = (("R", "F"), ("R", "E"), ("ok", "F"))
            certain = [pair for pair in pairs if sure[pair[0]] and sure[pair[1]]]
            one, other = next(pair for pair in (*certain, *pairs) if some(pair[0]) and some(pair[1]))
            picked = [(i, "decides") for i in some(one)] + [(i, "opposes") for i in some(other)]
        case r.Verdict.FORBIDDEN:
            picked = [(i, "decides") for i in sure["F"] or sure["P"] or perhaps["F"] or perhaps["P"]]
        case r.Verdict.REQUIRED:
            picked = [(i, "decides") for i in some("R")]
        case r.Verdict.PERMITTED | r.Verdict.CONDITIONAL:
            ok = some("ok")
            if view.verdict == r.Verdict.CONDITIONAL:  # also those whose bound is not known yet: they may allow more
                ok = [i for i in some("P") if {"T", "C"} & view.statuses[i].ok]
            picked = [(i, "decides") for i in ok]
            weakeners = {
                b.beater
                for b in view.reading.component.beats
                if b.beaten in ok and b.beaten in some("weak") and b.beater in some("E")
            }
            picked += [(i, "weakens") for i in sorted(weakeners)]
        case r.Verdict.EXEMPT:
            picked = [(i, "decides") for i in some("E")]
        case r.Verdict.UNDETERMINED:
            picked = [(i, "decides") for i in sorted(sure["F"] + sure["R"] + sure["E"] + sure["P"])]
    return [(i, _cite(view, i, role)) for i, role in picked]


def _classes(view: View, *, sure: bool) -> dict[str, list[int]]:
    """The positions of bans, duties, exemptions and permissions that are effective: surely, or perhaps."""
    groups: dict[str, list[int]] = {"F": [], "R": [], "E": [], "ok": [], "P": [], "weak": []}
    for i, norm, status in view.norms():
        if not is_sure(status) if sure else True not in status.effective:
            continue
        weak = True in status.weak and (not sure or False not in status.weak)
        match norm.direction:
            case "must_not":
                groups["F"].append(i)
            case "need_not":
                groups["E"].append(i)
            case "must" if not weak:
                groups["R"].append(i)
            case "may" | "must":
                groups["P"].append(i)
                if "T" in status.ok and ("F" not in status.ok or not sure):
                    groups["ok"].append(i)
                if weak:
                    groups["weak"].append(i)
    return groups


def restoring_norms(view: View, cited: list[tuple[int, r.Cited]]) -> list[tuple[int, r.Cited]]:
    """What felled an exclusion that holds, of the norms cited or of one of these: without it they would be excluded."""
    if view.verdict == r.Verdict.UNDETERMINED:
        return []
    reading, known = view.reading, {i for i, _ in cited}
    found: list[int] = []
    pending = sorted(known)
    while pending:
        i = pending.pop(0)
        norm, parts = reading.component.norms[i], reading.parts[i]
        holding = {e.citation for e, v in zip(norm.exclusions, parts.exclusions, strict=True) if v is True}
        for beat in reading.beats_on(i):
            felled = holding & set(beat.part)
            if felled and beat.beater not in known and True in bites(reading, beat, list(view.statuses)):
                known.add(beat.beater)
                found.append(beat.beater)
                pending.append(beat.beater)
    return [(i, _cite(view, i, "restores")) for i in sorted(found)]


def _cite(view: View, position: int, role: str) -> r.Cited:
    norm = view.reading.component.norms[position]
    held = held_places(view, position)
    return r.Cited(
        norm=norm.key,
        provisions=tuple(str(c) for c in held) or (str(norm.citation),),
        direction=norm.direction,
        role=role,  # type: ignore[arg-type]  # one of the literals
        summary=norm.summary,
        by=norm.by,
        to=norm.to,
        chains=tuple(tuple(r.SourceStep(str(s.citation), s.construals) for s in chain) for chain in norm.sources),
        external=tuple(str(e) for e in norm.external),
    )


# --- requirements -----------------------------------------------------------------------------------------------------


def breaches_of(view: View, cited: list[tuple[int, r.Cited]]) -> tuple[r.Breach, ...]:
    """The requirements that fail, of the permissions and duties cited and of the limits that bind them."""
    wanted = view.verdict == r.Verdict.REQUIRED or (
        view.verdict in (r.Verdict.FORBIDDEN, r.Verdict.CONFLICT, r.Verdict.UNDETERMINED)
    )
    found: list[r.Breach] = []
    for i, cite in cited if wanted else ():
        if cite.direction not in ("may", "must"):
            continue
        for owner, requirement in requirements(view, i):
            sure = owner == i or is_sure(view.statuses[owner])
            if sure and _fails(view.case, requirement):
                found.append(r.Breach(cite.norm, str(requirement.citation), render(requirement.condition)))
    return tuple(dict.fromkeys(found))


def _fails(case: Case, requirement: LinkedRequirement) -> bool:
    return not has_open_bound(case, requirement) and evaluate(requirement.condition, case) is False


def open_requirements(view: View, cited: list[tuple[int, r.Cited]]) -> tuple[str, ...]:
    """The requirements that wait for parameters and set no bound on one."""
    found: dict[str, None] = {}
    for i, _ in cited:
        for _, requirement in requirements(view, i):
            if has_open_bound(view.case, requirement):
                continue
            value = evaluate(requirement.condition, view.case)
            if isinstance(value, NotKnown) and value.parameters:
                found[render(requirement.condition)] = None
    return tuple(found)


def limits_of(view: View, cited: list[tuple[int, r.Cited]]) -> tuple[r.Limit, ...]:
    """Every bound on a parameter, for each permission or duty cited (or possible, when undetermined)."""
    if view.verdict == r.Verdict.UNDETERMINED:
        bearers = [i for i, n, s in view.norms() if n.direction in ("may", "must") and True in s.effective]
    else:
        bearers = [i for i, c in cited if c.direction in ("may", "must")]
    found: list[r.Limit] = []
    for i in bearers:
        mine = [_limit(view, i, q) for _, q in requirements(view, i) if q.bound is not None]
        found.extend(_mark_binding([limit for limit in mine if limit is not None]))
    return tuple(found)


def _limit(view: View, position: int, requirement: LinkedRequirement) -> r.Limit | None:
    case, bound = view.case, requirement.bound
    if bound is None:
        return None
    value = evaluate(bound.limit, case)
    type_ = case.program.vocabulary.facts[bound.parameter].type
    upper = bound.relation in ("<", "<=", "is")
    inner = outer = value
    if isinstance(value, Range):
        inner, outer = (value.low, value.high) if upper else (value.high, value.low)
    elif isinstance(value, NotKnown):
        inner = outer = None
    actual = case.fact(bound.parameter, type_)
    given = actual if is_known(actual) else None
    margin: object = None
    if given is not None and is_known(value) and value is not None:
        margin = value - given if upper else given - value
        if isinstance(margin, dt.timedelta):
            margin = margin.days
            shown_margin = as_shown(margin, replace(type_, kind="duration", family="days"))
        else:
            shown_margin = as_shown(margin, type_)
    else:
        shown_margin = None
    return r.Limit(
        norm=view.reading.component.norms[position].key,
        provision=str(requirement.citation),
        parameter=bound.parameter,
        relation=RELATIONS[bound.relation],
        inner=as_shown(inner, type_),
        outer=as_shown(outer, type_),
        actual=as_shown(given, type_),
        margin=shown_margin,
    )


def _mark_binding(limits: list[r.Limit]) -> list[r.Limit]:
    marked = list(limits)
    for parameter in dict.fromkeys(limit.parameter for limit in limits):
        for relations, sign in ((("at_most", "less_than", "exactly"), 1), (("at_least", "more_than"), -1)):
            rivals = [(k, m) for k, m in enumerate(limits) if m.parameter == parameter and m.relation in relations]
            if rivals:
                best = min(rivals, key=lambda entry: (*_tightness(entry[1], sign), entry[0]))[0]
                marked[best] = replace(marked[best], binding=True)
    return marked


def _tightness(limit: r.Limit, sign: int) -> tuple[object, ...]:
    def rank(value: object) -> tuple[int, float]:
        if value is None:
            return (1, 0.0)
        amount = getattr(value, "amount", value)
        if isinstance(amount, dt.datetime):
            number = amount.replace(tzinfo=dt.UTC).timestamp()
        elif isinstance(amount, dt.date):
            number = float(amount.toordinal())
        else:
            number = float(amount)  # type: ignore[arg-type]  # a number
        return (0, sign * number)

    return (rank(limit.outer), rank(limit.inner), 0 if limit.relation in ("less_than", "more_than") else 1)


# --- deadlines, penalties, beaten -------------------------------------------------------------------------------------


def deadlines_of(
    view: View, cited: list[tuple[int, r.Cited]], holidays: frozenset[dt.date] | None
) -> tuple[r.DeadlineDue, ...]:
    """When what is cited falls due."""
    found: list[r.DeadlineDue] = []
    for i, cite in cited:
        deadline = view.reading.component.norms[i].deadline
        if deadline is None:
            continue
        place = str(view.reading.component.norms[i].citation)
        if deadline.expression is None:
            found.append(r.DeadlineDue(cite.norm, place, "words", deadline.words, None, None, None))
            continue
        due = evaluate(deadline.expression, view.case)
        if not isinstance(due, dt.date):
            waiting = waits(due)
            names = tuple(sorted(waiting.facts | waiting.parameters))
            found.append(r.DeadlineDue(cite.norm, place, deadline.relation, "", None, None, None, names))
            continue
        latest: dt.date | None = due
        if deadline.clock == "civil" and not isinstance(due, dt.datetime):
            due, latest, _ = move(due, view.case.program.days_off_with(holidays))
        passed = _passed(view, deadline.relation, due, latest)
        found.append(r.DeadlineDue(cite.norm, place, deadline.relation, "", due, latest, passed))
    return tuple(found)


def _passed(view: View, relation: str, due: dt.date, latest: dt.date | None) -> bool | None:
    """Whether the deadline was missed: done too late, or not done and the time is over; None if it cannot be told."""
    case = view.case
    declared = case.program.vocabulary.actions.get(view.reading.component.action)
    done = evaluate(t.Fact(declared.done), case) if declared is not None and declared.done else NotKnown()
    when = done if isinstance(done, dt.date) else case.at if done is None or done is False else None
    if done is True or when is None:
        return None

    def late(limit: dt.date) -> bool:
        order = compare_times(when, limit)
        if relation == "before":
            return order >= 0
        if relation == "on" and isinstance(done, dt.date):
            return order != 0
        return order > 0

    first = late(due)
    if latest is None:
        return None if first or relation == "on" else False
    return first if first == late(latest) else None


def penalties_of(view: View, cited: list[tuple[int, r.Cited]], breaches: tuple[r.Breach, ...]) -> tuple[r.Threat, ...]:
    """What is threatened for what the decision forbids or finds breached (S37: not by a clause)."""
    norms = view.reading.component.norms
    broken = {b.norm for b in breaches}
    punishable = [
        (norms[i], (norms[i].citation, *held_places(view, i)))
        for i, c in cited
        if not norms[i].sources
        and is_sure(view.statuses[i])
        and (c.direction == "must_not" or (c.direction == "must" and c.norm in broken))
    ]
    found: list[r.Threat] = []
    for penalty in view.reading.component.penalties:
        case = view.case
        parts = [case.in_force(penalty.force, None), case.all_hold(penalty.when)]
        if penalty.grounds:
            parts.append(or_([case.ground(g, None) for g in penalty.grounds]))
        parts.extend(not_(case.exclusion(e, None)) for e in penalty.exclusions)
        hit = [n for n, places in punishable if any(o.covers(place) for o in penalty.of for place in places)]
        if hit and and_(parts) is True:
            of = tuple(dict.fromkeys(str(n.citation) for n in hit))
            options = tuple(o.text for o in penalty.options)
            found.append(r.Threat(str(penalty.citation), of, options, penalty.summary))
    return tuple(found)


def beaten_norms(view: View) -> tuple[r.Beaten, ...]:
    """The norms that were triggered and gave way, and to what."""
    found: list[r.Beaten] = []
    for i, norm, status in view.norms():
        removed = status.removed == frozenset({True}) or (norm.direction == "must" and status.weak == frozenset({True}))
        if status.triggered != frozenset({True}) or not removed:
            continue
        by = tuple(
            (str(view.reading.component.norms[b.beater].citation), b.relation)
            for b in view.reading.beats_on(i)
            if not b.part and b.relation != "lifts" and bites(view.reading, b, list(view.statuses)) == frozenset({True})
        )
        found.append(r.Beaten(norm.key, str(norm.citation), norm.direction, by))
    return tuple(found)
