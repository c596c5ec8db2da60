"""A decision written out from the statuses of its norms: what is cited, why, and on what it rests (S29).

Everything here is payload; the verdict comes from `norms`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from mutandis.calendar import civil_last_day, compare_times
from mutandis.citation import Citation
from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.evaluate import result as r
from mutandis.evaluate.milder import has_milder, milder_of, under_each_law
from mutandis.evaluate.reference.case import Case, NeedsChoiceError, as_shown
from mutandis.evaluate.reference.expressions import NotKnown, Range, Truth, and_, evaluate, is_known, not_, or_, waits
from mutandis.evaluate.reference.norms import (
    Reach,
    Reading,
    Status,
    bites,
    has_open_bound,
    limits_on,
    reach,
    read,
    run,
    variables,
)
from mutandis.link.program import Component, LinkedGround, LinkedRequirement, Norm, Program
from mutandis.values import UNKNOWN, Unknown

RELATIONS = {"<": "less_than", "<=": "at_most", ">": "more_than", ">=": "at_least", "is": "exactly"}
MOST_CHOICES = 64
CAUSES = ("facts", "wording", "parameters", "undefined")


def decide(
    program: Program,
    action: str,
    facts: Mapping[str, object],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> r.Decision:
    """The decision about `action` in a case of native facts. Raises `KeyError` for an action that is not declared.

    `at` is the clock, `law_as_of` the version date (default: the day of `at`, else the law as last held), `by` the
    bearer asked about (norms of others are left out).
    """
    component = for_bearer(program, program.components[action], by)
    day = at.date() if isinstance(at, dt.datetime) else at
    version = law_as_of or day or dt.date.max
    if not has_milder(component):
        return _decide_on(program, component, facts, at, version, holidays)
    then, now = (_decide_on(program, c, facts, at, version, holidays) for c in under_each_law(component))
    declared = program.vocabulary.actions.get(action)
    return milder_of(then, now, declared is not None and declared.adverse)


def _decide_on(
    program: Program,
    component: Component,
    facts: Mapping[str, object],
    at: dt.date | None,
    version: dt.date,
    holidays: frozenset[dt.date] | None,
) -> r.Decision:
    """The decision by one component, under each value where rules give one fact several (S28)."""
    pending: list[dict[str, object]] = [{}]
    decided: list[r.Decision] = []
    places: list[str] = []
    while pending:
        choices = pending.pop(0)
        case = Case(program, facts, at, version, choices, asking=effective_somewhere)
        try:
            decided.append(_decide(component, case, holidays))
        except NeedsChoiceError as conflict:
            places.extend(p for p in conflict.places if p not in places)
            if len(pending) + len(decided) < MOST_CHOICES:
                pending.extend({**choices, conflict.fact: value} for value in conflict.values)
    return _under_each_value(decided, sorted(places))


def _under_each_value(decided: list[r.Decision], places: list[str]) -> r.Decision:
    """The one decision made of those under each value that rules give one fact (S28).

    The same verdict under every value stands; none in common is a conflict; where facts are still missing, what they
    have in common may come out, and a conflict may.
    """
    first = decided[0]
    common = frozenset(first.reachable).intersection(*(d.reachable for d in decided))
    if len(decided) == 1 or (common and all(len(d.reachable) == 1 for d in decided)):
        return first
    clash = r.Note(places[0], f"the rules at {', '.join(places)} give one fact different values")
    notes = (clash, *first.notes)
    if not common:
        return replace(first, verdict=r.Verdict.CONFLICT, reachable=(r.Verdict.CONFLICT,), cause="values", notes=notes)
    missing = {name for d in decided for name in d.missing}
    return replace(
        first,
        verdict=r.Verdict.UNDETERMINED,
        reachable=tuple(v for v in r.Verdict if v in common or v == r.Verdict.CONFLICT),
        cause=next(c for c in CAUSES if any(d.cause == c for d in decided)),
        notes=notes,
        missing=tuple(sorted(missing)),
        irrelevant=tuple(pair for pair in first.irrelevant if pair[0] not in missing),
    )


def for_bearer(program: Program, component: Component, by: str | None) -> Component:
    """The component without the norms of other bearers; positions in `beats` follow."""
    if by is None:
        return component
    kin = {*program.vocabulary.kinds_of(by), *program.vocabulary.sub_kinds(by)}
    return _keeping(component, [i for i, n in enumerate(component.norms) if not n.by or kin & set(n.by)])


def _keeping(component: Component, keep: list[int]) -> Component:
    place = {old: new for new, old in enumerate(keep)}
    return replace(
        component,
        norms=tuple(component.norms[i] for i in keep),
        beats=tuple(
            replace(b, beater=place[b.beater], beaten=place[b.beaten])
            for b in component.beats
            if b.beater in place and b.beaten in place
        ),
    )


def effective_somewhere(case: Case, citation: str) -> Truth:
    """`P applies`: whether a norm at that place is effective (S38)."""
    truths: list[Truth] = []
    for action, position in case.program.effective.get(citation, ()):
        component, place = what_it_rests_on(case.program.components[action], position)
        reading = read(component, case)
        status = run(reading)[place]
        if len(status.effective) == 1:
            truths.append(True in status.effective)
        else:
            why = NotKnown()
            for variable in variables(reading):
                why = why | variable.waits
            truths.append(why)
    return or_(truths)


def what_it_rests_on(component: Component, position: int) -> tuple[Component, int]:
    """The norm with what beats it and the limits that bind these, nothing else; and where it then stands.

    Other norms of the action may ask about this very one (S9 forbids circles of norms, not of actions).
    """
    kept: set[int] = set()
    pending = {position}
    while pending:
        i = pending.pop()
        kept.add(i)
        found = {b.beater for b in component.beats if b.beaten == i}
        if component.norms[i].direction in ("may", "must"):
            lifted = {b.beaten for b in component.beats if b.relation == "lifts" and b.beater == i}
            found |= {k for k, n in enumerate(component.norms) if n.direction == "limits" and k not in lifted}
        pending |= found - kept
    return _keeping(component, sorted(kept)), sorted(kept).index(position)


@dataclass(frozen=True, slots=True)
class _View:
    """What the payload is written from."""

    reading: Reading
    statuses: tuple[Status, ...]
    reach: Reach
    verdict: r.Verdict

    @property
    def case(self) -> Case:
        return self.reading.case

    def norms(self) -> Iterator[tuple[int, Norm, Status]]:
        for i, (norm, status) in enumerate(zip(self.reading.component.norms, self.statuses, strict=True)):
            yield i, norm, status


def _decide(component: Component, case: Case, holidays: frozenset[dt.date] | None) -> r.Decision:
    reading = read(component, case)
    reached = reach(reading)
    statuses = run(reading)
    settled = len(reached.verdicts) == 1
    verdict = next(iter(reached.verdicts)) if settled else r.Verdict.UNDETERMINED
    view = _View(reading, statuses, reached, verdict)
    cited = _cited(view)
    breaches = _breaches(view, cited)
    unmet: tuple[str, ...] = ()
    nearest: Norm | None = None
    deadlines = _deadlines(view, cited, holidays)
    breaches += tuple(
        r.Breach(d.norm, d.provision, f"{d.relation} {r.as_data(d.due)}")
        for d in deadlines
        if d.passed and any(n.key == d.norm and n.direction == "must" for n in component.norms)
    )
    if verdict == r.Verdict.FORBIDDEN_BY_DEFAULT:
        nearest, unmet = _nearest(view)
    if verdict == r.Verdict.CONDITIONAL:
        unmet = _open_requirements(view, cited)
    basis = _basis(view, cited, nearest)
    missing = _missing(view)
    reads = _reads(view, basis, cited)
    for name in reads:
        if name in case.program.derived:
            case.fact(name, None)  # whether a fiction was read does not depend on what was looked at first
    return r.Decision(
        action=component.action,
        verdict=verdict,
        reachable=tuple(v for v in r.Verdict if v in reached.verdicts),
        cause="" if settled else _cause(view, missing),
        cited=tuple(c for _, c in cited),
        limits=_limits(view, cited),
        breaches=breaches,
        deadlines=deadlines,
        penalties=_penalties(view, cited, breaches),
        beaten=_beaten(view),
        findings=_findings(case, reads),
        fictions=tuple(
            r.Fiction(case.program.derived[f].base, as_shown(v, case.program.derived[f].type), place)
            for f, (v, place) in sorted(case.fictions.items())
            if f in reads
        ),
        presumptions=_presumptions(case, reads),
        notes=_notes(view, basis, reads),
        missing=missing,
        irrelevant=_irrelevant(view, missing),
        considered=tuple(_considered(view, i, n, s) for i, n, s in view.norms()),
        nearest=str(nearest.citation) if nearest is not None else "",
        unmet=unmet,
        outside=tuple(dict.fromkeys(str(e) for _, n, s in view.norms() if True in s.effective for e in n.external)),
        content_hash=case.program.content_hash,
    )


# --- citations --------------------------------------------------------------------------------------------------------


def _sure(status: Status) -> bool:
    return status.effective == frozenset({True})


def _cited(view: _View) -> list[tuple[int, r.Cited]]:
    """The effective norms of the deciding class, by position (S29)."""
    groups: dict[str, list[int]] = {"F": [], "R": [], "E": [], "ok": [], "P": [], "weak": []}
    for i, norm, status in view.norms():
        if not _sure(status):
            continue
        weak = status.weak == frozenset({True})
        match norm.direction:
            case "must_not":
                groups["F"].append(i)
            case "need_not":
                groups["E"].append(i)
            case "must" if not weak:
                groups["R"].append(i)
            case "may" | "must":
                groups["P"].append(i)
                if "F" not in status.ok:
                    groups["ok"].append(i)
                if weak:
                    groups["weak"].append(i)
    picked: list[tuple[int, str]] = []
    match view.verdict:
        case r.Verdict.CONFLICT:
            if groups["R"] and groups["F"]:
                sides = ("R", "F")
            elif groups["R"] and groups["E"]:
                sides = ("R", "E")
            else:
                sides = ("ok", "F")
            picked = [(i, "decides") for i in groups[sides[0]]] + [(i, "opposes") for i in groups[sides[1]]]
        case r.Verdict.FORBIDDEN:
            picked = [(i, "decides") for i in groups["F"] or groups["P"]]
        case r.Verdict.REQUIRED:
            picked = [(i, "decides") for i in groups["R"]]
        case r.Verdict.PERMITTED | r.Verdict.CONDITIONAL:
            ok = [i for i in groups["ok"] if "T" in view.statuses[i].ok]
            if view.verdict == r.Verdict.CONDITIONAL:  # also those whose bound is not known yet: they may allow more
                ok = [i for i in groups["P"] if {"T", "C"} & view.statuses[i].ok]
            picked = [(i, "decides") for i in ok]
            weakeners = {
                b.beater
                for b in view.reading.component.beats
                if b.beaten in ok and b.beaten in groups["weak"] and b.beater in groups["E"]
            }
            picked += [(i, "weakens") for i in sorted(weakeners)]
        case r.Verdict.EXEMPT:
            picked = [(i, "decides") for i in groups["E"]]
        case r.Verdict.UNDETERMINED:
            picked = [(i, "decides") for i in sorted(groups["F"] + groups["R"] + groups["E"] + groups["P"])]
    return [(i, _cite(view, i, role)) for i, role in picked]


def _cite(view: _View, position: int, role: str) -> r.Cited:
    norm = view.reading.component.norms[position]
    held = _held(view, position)
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


def _held(view: _View, position: int) -> tuple[Citation, ...]:
    """The places of the grounds that hold and are not felled, innermost where they have grounds of their own."""
    norm, parts = view.reading.component.norms[position], view.reading.parts[position]
    felled = {
        place
        for beat in view.reading.beats_on(position)
        if bites(view.reading, beat, list(view.statuses)) == frozenset({True})
        for place in beat.part
    }
    places: list[Citation] = []
    for ground, truth in zip(norm.grounds, parts.grounds, strict=True):
        if truth is True and ground.citation not in felled:
            places.extend(_innermost(view.case, norm, ground))
    return tuple(dict.fromkeys(places))


def _innermost(case: Case, norm: Norm, ground: LinkedGround) -> list[Citation]:
    inner = [g for g in ground.grounds if case.ground(g, norm.governed_by) is True]
    return [place for g in inner for place in _innermost(case, norm, g)] or [ground.citation]


# --- requirements -----------------------------------------------------------------------------------------------------


def _requirements(view: _View, position: int) -> list[tuple[int, LinkedRequirement]]:
    """The norm's own requirements and those of the limits that may bind it, with the position of their norm."""
    norms = view.reading.component.norms
    own = [(position, q) for q in norms[position].requires]
    limits = [i for i in limits_on(view.reading, position) if True in view.statuses[i].effective]
    return own + [(i, q) for i in limits for q in norms[i].requires]


def _breaches(view: _View, cited: list[tuple[int, r.Cited]]) -> tuple[r.Breach, ...]:
    wanted = view.verdict == r.Verdict.REQUIRED or (
        view.verdict in (r.Verdict.FORBIDDEN, r.Verdict.CONFLICT, r.Verdict.UNDETERMINED)
    )
    found: list[r.Breach] = []
    for i, cite in cited if wanted else ():
        if cite.direction not in ("may", "must"):
            continue
        for owner, requirement in _requirements(view, i):
            sure = owner == i or _sure(view.statuses[owner])
            if sure and _fails(view.case, requirement):
                found.append(r.Breach(cite.norm, str(requirement.citation), render(requirement.condition)))
    return tuple(dict.fromkeys(found))


def _fails(case: Case, requirement: LinkedRequirement) -> bool:
    return not has_open_bound(case, requirement) and evaluate(requirement.condition, case) is False


def _open_requirements(view: _View, cited: list[tuple[int, r.Cited]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for i, _ in cited:
        for _, requirement in _requirements(view, i):
            if has_open_bound(view.case, requirement):
                continue
            value = evaluate(requirement.condition, view.case)
            if isinstance(value, NotKnown) and value.parameters:
                found[render(requirement.condition)] = None
    return tuple(found)


def _limits(view: _View, cited: list[tuple[int, r.Cited]]) -> tuple[r.Limit, ...]:
    if view.verdict == r.Verdict.UNDETERMINED:
        bearers = [i for i, n, s in view.norms() if n.direction in ("may", "must") and True in s.effective]
    else:
        bearers = [i for i, c in cited if c.direction in ("may", "must")]
    found: list[r.Limit] = []
    for i in bearers:
        mine = [_limit(view, i, q) for _, q in _requirements(view, i) if q.bound is not None]
        found.extend(_mark_binding([limit for limit in mine if limit is not None]))
    return tuple(found)


def _limit(view: _View, position: int, requirement: LinkedRequirement) -> r.Limit | None:
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


def _deadlines(
    view: _View, cited: list[tuple[int, r.Cited]], holidays: frozenset[dt.date] | None
) -> tuple[r.DeadlineDue, ...]:
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
        latest = due
        if deadline.clock == "civil" and not isinstance(due, dt.datetime):
            due, latest = civil_last_day(due, holidays)
        passed = _passed(view, deadline.relation, due, latest)
        found.append(r.DeadlineDue(cite.norm, place, deadline.relation, "", due, latest, passed))
    return tuple(found)


def _passed(view: _View, relation: str, due: dt.date, latest: dt.date) -> bool | None:
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

    first, last = late(due), late(latest)
    return first if first == last else None


def _penalties(view: _View, cited: list[tuple[int, r.Cited]], breaches: tuple[r.Breach, ...]) -> tuple[r.Threat, ...]:
    norms = view.reading.component.norms
    broken = {b.norm for b in breaches}
    punishable = [
        (norms[i], (norms[i].citation, *_held(view, i)))
        for i, c in cited
        if not norms[i].sources and (c.direction == "must_not" or (c.direction == "must" and c.norm in broken))
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


def _beaten(view: _View) -> tuple[r.Beaten, ...]:
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


# --- what it rests on -------------------------------------------------------------------------------------------------


def _nearest(view: _View) -> tuple[Norm | None, tuple[str, ...]]:
    best: tuple[int, int, Norm, tuple[str, ...]] | None = None
    for i, norm, _ in view.norms():
        if norm.direction not in ("may", "must") or norm.derived:
            continue
        failing = _failing(view, i)
        if best is None or len(failing) < best[0]:
            best = (len(failing), i, norm, failing)
    return (best[2], best[3]) if best is not None else (None, ())


def _failing(view: _View, position: int) -> tuple[str, ...]:
    """Why the norm is not triggered, in words of its conditions."""
    norm, parts, case = view.reading.component.norms[position], view.reading.parts[position], view.case
    if case.in_force(norm.force, norm.governed_by) is False:
        return ("not in force",)
    failing = [render(c) for c in norm.when if evaluate(c, case) is False]
    if norm.grounds and or_(list(parts.grounds)) is False:
        failing.append("no ground holds")
    for exclusion, truth in zip(norm.exclusions, parts.exclusions, strict=True):
        if truth is True:
            failing.append(f"excluded by {exclusion.citation}")
    return tuple(failing)


def _considered(view: _View, position: int, norm: Norm, status: Status) -> r.Considered:
    reason: tuple[str, ...] = ()
    if status.triggered == frozenset({False}):
        state, reason = "not_triggered", _failing(view, position)
    elif status.effective == frozenset({False}) and status.triggered == frozenset({True}):
        state = "beaten"
    elif _sure(status) and norm.direction == "must" and status.weak == frozenset({True}):
        state = "weakened"
    elif _sure(status):
        state = "effective"
    else:
        state = "unknown"
        waiting = waits(view.reading.parts[position].trigger)
        reason = tuple(sorted(waiting.facts | waiting.parameters | waiting.wording))
    return r.Considered(norm.key, str(norm.citation), norm.direction, state, reason)


def _basis(view: _View, cited: list[tuple[int, r.Cited]], nearest: Norm | None) -> list[int]:
    positions = [i for i, _ in cited]
    if view.verdict == r.Verdict.UNDETERMINED:
        positions += [i for i, _, s in view.norms() if len(s.effective) > 1 or (True in s.effective and len(s.ok) > 1)]
    positions += [i for i, n, _ in view.norms() if nearest is not None and n is nearest]
    return list(dict.fromkeys(positions))


def _expressions(view: _View, position: int, held_only: bool) -> Iterable[t.Expression]:
    norm, parts = view.reading.component.norms[position], view.reading.parts[position]
    yield from norm.when
    for ground, truth in zip(norm.grounds, parts.grounds, strict=True):
        if truth is True or not held_only:
            yield from ground_expressions(ground)
    for exclusion in norm.exclusions:
        if exclusion.when is not None:
            yield exclusion.when
        for ground in exclusion.grounds:
            yield from ground_expressions(ground)
    for requirement in norm.requires:
        yield requirement.condition
    if norm.deadline is not None and norm.deadline.expression is not None:
        yield norm.deadline.expression
    if norm.governed_by is not None:
        yield norm.governed_by


def ground_expressions(ground: LinkedGround) -> Iterator[t.Expression]:
    """Every condition of a ground and of the grounds inside it."""
    if ground.when is not None:
        yield ground.when
    if ground.unless is not None:
        yield ground.unless
    for inner in ground.grounds:
        yield from ground_expressions(inner)


def facts_read(program: Program, expressions: Iterable[t.Expression]) -> dict[str, None]:
    """Every fact the expressions read, through derived facts and `… applies`, in order of first reading."""
    found: dict[str, None] = {}
    pending = list(expressions)
    while pending:
        node = pending.pop(0)
        if isinstance(node, t.Fact) and node.name not in found:
            found[node.name] = None
            if (derived := program.derived.get(node.name)) is not None:
                if derived.base:
                    pending.append(t.Fact(derived.base))
                for d in derived.derivations:
                    pending.extend(d.when)
                    pending.extend(e for g in d.grounds for e in ground_expressions(g))
                    for x in d.exclusions:
                        pending.extend([] if x.when is None else [x.when])
                        pending.extend(e for g in x.grounds for e in ground_expressions(g))
                    for entry in d.entries:
                        pending.extend([entry.value] if entry.when is None else [entry.when, entry.value])
                    pending.extend([] if d.governed_by is None else [d.governed_by])
        elif isinstance(node, t.Applies):
            for action, position in program.effective.get(node.citation, ()):
                norm = program.components[action].norms[position]
                pending.extend(norm.when)
                pending.extend(e for g in norm.grounds for e in ground_expressions(g))
                pending.extend(x.when for x in norm.exclusions if x.when is not None)
        pending.extend(t.children(node))
    return found


def _reads(view: _View, basis: list[int], cited: list[tuple[int, r.Cited]]) -> dict[str, None]:
    sure = {i for i, _ in cited} if view.verdict != r.Verdict.UNDETERMINED else set()
    limits = [j for i in basis for j in limits_on(view.reading, i) if _sure(view.statuses[j])]
    own = [e for i in basis for e in _expressions(view, i, i in sure)]
    return facts_read(view.case.program, own + [e for j in dict.fromkeys(limits) for e in _expressions(view, j, True)])


def _findings(case: Case, reads: dict[str, None]) -> tuple[r.Finding, ...]:
    found = []
    for name in reads:
        declared = case.program.vocabulary.facts.get(name)
        if declared is not None and declared.found_by:
            value = case.facts.get(name)
            found.append(r.Finding(name, declared.found_by, None if isinstance(value, Unknown) else value))
    return tuple(found)


def _presumptions(case: Case, reads: dict[str, None]) -> tuple[r.Presumption, ...]:
    found = []
    for name in reads:
        declared = case.program.vocabulary.facts.get(name)
        if declared is not None and declared.has_presumption and name not in case.facts:
            place = str(declared.presumed_from) if declared.presumed_from is not None else ""
            found.append(r.Presumption(name, as_shown(declared.presume, declared.type), place))
    return tuple(found)


def _notes(view: _View, basis: list[int], reads: dict[str, None]) -> tuple[r.Note, ...]:
    norms = view.reading.component.norms
    found = [r.Note(str(norms[i].citation), norms[i].note) for i in basis if norms[i].note]
    for name in reads:
        derived = view.case.program.derived.get(name)
        for d in derived.derivations if derived is not None else ():
            if d.note:
                found.append(r.Note(str(d.citation), d.note))
    return tuple(dict.fromkeys(found))


# --- what is missing --------------------------------------------------------------------------------------------------


def _unknown_facts(view: _View) -> list[str]:
    """Unknown facts the component reads, parameters left out, in order."""
    case = view.case
    everything = [e for i, _, _ in view.norms() for e in _expressions(view, i, False)]
    names: list[str] = []
    for name in facts_read(case.program, everything):
        if name in case.program.derived or case.is_parameter(name):
            continue
        if not is_known(case.fact(name, None)) or case.facts.get(name) is UNKNOWN:
            names.append(name)
    return names


def _missing(view: _View) -> tuple[str, ...]:
    if view.verdict != r.Verdict.UNDETERMINED:
        return ()
    names: set[str] = set(view.reach.deciding.facts)
    case = view.case
    for i, norm, status in view.norms():
        if norm.direction in ("may", "must") and True in status.effective and len(status.ok) > 1:
            for _, requirement in _requirements(view, i):
                if requirement.bound is not None and has_open_bound(case, requirement):
                    names |= waits(evaluate(requirement.bound.limit, case)).facts
    if not names and not view.reach.deciding.wording:
        names |= view.reach.deciding.parameters
    return tuple(sorted(names))


def _cause(view: _View, missing: tuple[str, ...]) -> str:
    case = view.case
    if any(not case.is_parameter(name) for name in missing):
        return "facts"
    outside = any(n.direction == "disapply" and n.external and True in s.effective for _, n, s in view.norms())
    if outside or view.reach.deciding.wording:
        return "wording"
    if missing or any("C" in s.ok for _, _, s in view.norms() if True in s.effective):
        return "parameters"
    return "undefined"


def _irrelevant(view: _View, missing: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for name in _unknown_facts(view):
        if name in missing:
            continue
        reasons: dict[str, None] = {}
        for i, norm, status in view.norms():
            if name not in facts_read(view.case.program, _expressions(view, i, False)):
                continue
            if status.triggered == frozenset({False}):
                reasons[f"{norm.citation} is not triggered"] = None
            elif status.effective == frozenset({False}):
                reasons[f"{norm.citation} gives way"] = None
            elif _sure(status):
                reasons[f"{norm.citation} applies either way"] = None
            else:
                reasons[f"{norm.citation} is open"] = None
        found.append((name, "; ".join(reasons)))
    return tuple(found)
