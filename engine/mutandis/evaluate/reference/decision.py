"""A decision, from the facts of a case: under each value rules disagree on, under each law compared, written out.

The verdict comes from `norms`, what stands beside it from `payload` and `basis`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from mutandis.decide import result as r
from mutandis.decide.milder import has_milder, milder_of, under_each_law
from mutandis.evaluate.reference.basis import (
    basis_of,
    cause_of,
    considered_norm,
    facts_of_basis,
    findings_in,
    irrelevant_facts,
    missing_facts,
    nearest_permission,
    notes_in,
    presumptions_in,
)
from mutandis.evaluate.reference.case import Case, NeedsChoiceError, as_shown
from mutandis.evaluate.reference.expressions import NotKnown, Truth, or_
from mutandis.evaluate.reference.norms import (
    reach,
    read,
    run,
    variables,
)
from mutandis.evaluate.reference.payload import (
    beaten_norms,
    breaches_of,
    cited_norms,
    deadlines_of,
    limits_of,
    open_requirements,
    penalties_of,
    restoring_norms,
)
from mutandis.evaluate.reference.view import View
from mutandis.link.program import Component, Norm, Program

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
        case = Case(program, facts, at, version, choices, asking=effective_somewhere, holidays=holidays)
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
        return r.PlainDecision.of(
            first, verdict=r.Verdict.CONFLICT, reachable=(r.Verdict.CONFLICT,), cause="values", notes=notes
        )
    missing = {name for d in decided for name in d.missing}
    return r.PlainDecision.of(
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


def _decide(component: Component, case: Case, holidays: frozenset[dt.date] | None) -> r.Decision:
    reading = read(component, case)
    reached = reach(reading)
    statuses = run(reading)
    settled = len(reached.verdicts) == 1
    verdict = next(iter(reached.verdicts)) if settled else r.Verdict.UNDETERMINED
    view = View(reading, statuses, reached, verdict)
    deciding = cited_norms(view)
    cited = deciding + restoring_norms(view, deciding)
    breaches = breaches_of(view, deciding)
    unmet: tuple[str, ...] = ()
    nearest: Norm | None = None
    deadlines = deadlines_of(view, deciding, holidays)
    breaches += tuple(
        r.Breach(d.norm, d.provision, f"{d.relation} {r.as_data(d.due)}")
        for d in deadlines
        if d.passed and any(n.key == d.norm and n.direction == "must" for n in component.norms)
    )
    if verdict == r.Verdict.FORBIDDEN_BY_DEFAULT:
        nearest, unmet = nearest_permission(view)
    if verdict == r.Verdict.CONDITIONAL:
        unmet = open_requirements(view, deciding)
    basis = basis_of(view, cited, nearest)
    missing = missing_facts(view)
    reads = facts_of_basis(view, basis, cited)
    for name in reads:
        if name in case.program.derived:
            case.fact(name, None)  # whether a fiction was read does not depend on what was looked at first
    return r.PlainDecision(
        action=component.action,
        verdict=verdict,
        reachable=tuple(v for v in r.Verdict if v in reached.verdicts),
        cause="" if settled else cause_of(view, missing),
        cited=tuple(c for _, c in cited),
        limits=limits_of(view, deciding),
        breaches=breaches,
        deadlines=deadlines,
        penalties=penalties_of(view, deciding, breaches),
        beaten=beaten_norms(view),
        findings=findings_in(case, reads),
        fictions=tuple(
            r.Fiction(case.program.derived[f].base, as_shown(v, case.program.derived[f].type), place)
            for f, (v, place) in sorted(case.fictions.items())
            if f in reads
        ),
        presumptions=presumptions_in(case, reads),
        notes=notes_in(view, basis, reads),
        missing=missing,
        irrelevant=irrelevant_facts(view, missing),
        considered=tuple(considered_norm(view, i, n, s) for i, n, s in view.norms()),
        nearest=str(nearest.citation) if nearest is not None else "",
        unmet=unmet,
        outside=tuple(dict.fromkeys(str(e) for _, n, s in view.norms() if True in s.effective for e in n.external)),
        content_hash=case.program.content_hash,
    )
