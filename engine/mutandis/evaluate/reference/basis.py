"""What a decision rests on, and what it is still missing (docs/language/evaluation.md, *Basis*)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.decide import result as r
from mutandis.evaluate.reference.case import Case, as_shown
from mutandis.evaluate.reference.expressions import evaluate, is_known, or_, waits
from mutandis.evaluate.reference.norms import (
    Status,
    has_open_bound,
    limits_on,
)
from mutandis.evaluate.reference.view import View, is_sure, requirements
from mutandis.link.program import LinkedGround, Norm, Program
from mutandis.values import UNKNOWN, Unknown


def nearest_permission(view: View) -> tuple[Norm | None, tuple[str, ...]]:
    """The permission with the fewest failing conditions, and these."""
    best: tuple[int, int, Norm, tuple[str, ...]] | None = None
    for i, norm, _ in view.norms():
        if norm.direction not in ("may", "must") or norm.derived:
            continue
        failing = _failing(view, i)
        if best is None or len(failing) < best[0]:
            best = (len(failing), i, norm, failing)
    return (best[2], best[3]) if best is not None else (None, ())


def _failing(view: View, position: int) -> tuple[str, ...]:
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


def considered_norm(view: View, position: int, norm: Norm, status: Status) -> r.Considered:
    """What became of one norm, and why."""
    reason: tuple[str, ...] = ()
    if status.triggered == frozenset({False}):
        state, reason = "not_triggered", _failing(view, position)
    elif status.effective == frozenset({False}) and status.triggered == frozenset({True}):
        state = "beaten"
    elif is_sure(status) and norm.direction == "must" and status.weak == frozenset({True}):
        state = "weakened"
    elif is_sure(status):
        state = "effective"
    else:
        state = "unknown"
        waiting = waits(view.reading.parts[position].trigger)
        reason = tuple(sorted(waiting.facts | waiting.parameters | waiting.wording))
    return r.Considered(norm.key, str(norm.citation), norm.direction, state, reason)


def basis_of(view: View, cited: list[tuple[int, r.Cited]], nearest: Norm | None) -> list[int]:
    """The positions of the norms the decision rests on."""
    positions = [i for i, _ in cited]
    if view.verdict == r.Verdict.UNDETERMINED:
        positions += [i for i, _, s in view.norms() if len(s.effective) > 1 or (True in s.effective and len(s.ok) > 1)]
    positions += [i for i, n, _ in view.norms() if nearest is not None and n is nearest]
    return list(dict.fromkeys(positions))


def _expressions(view: View, position: int, held_only: bool) -> Iterable[t.Expression]:
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


def facts_of_basis(view: View, basis: list[int], cited: list[tuple[int, r.Cited]]) -> dict[str, None]:
    """Every fact that the basis reads, through derived facts."""
    sure = {i for i, _ in cited} if view.verdict != r.Verdict.UNDETERMINED else set()
    limits = [j for i in basis for j in limits_on(view.reading, i) if is_sure(view.statuses[j])]
    own = [e for i in basis for e in _expressions(view, i, i in sure)]
    return facts_read(view.case.program, own + [e for j in dict.fromkeys(limits) for e in _expressions(view, j, True)])


def findings_in(case: Case, reads: dict[str, None]) -> tuple[r.Finding, ...]:
    """The facts read that the law leaves to somebody's judgement."""
    found = []
    for name in reads:
        declared = case.program.vocabulary.facts.get(name)
        if declared is not None and declared.found_by:
            value = case.facts.get(name)
            found.append(r.Finding(name, declared.found_by, None if isinstance(value, Unknown) else value))
    return tuple(found)


def presumptions_in(case: Case, reads: dict[str, None]) -> tuple[r.Presumption, ...]:
    """The facts read that were presumed."""
    found = []
    for name in reads:
        declared = case.program.vocabulary.facts.get(name)
        if declared is not None and declared.has_presumption and name not in case.facts:
            place = str(declared.presumed_from) if declared.presumed_from is not None else ""
            found.append(r.Presumption(name, as_shown(declared.presume, declared.type), place))
    return tuple(found)


def notes_in(view: View, basis: list[int], reads: dict[str, None]) -> tuple[r.Note, ...]:
    """The notes of the basis and of the derivations it reads."""
    norms = view.reading.component.norms
    found = [r.Note(str(norms[i].citation), norms[i].note) for i in basis if norms[i].note]
    for name in reads:
        derived = view.case.program.derived.get(name)
        for d in derived.derivations if derived is not None else ():
            if d.note:
                found.append(r.Note(str(d.citation), d.note))
    return tuple(dict.fromkeys(found))


# --- what is missing --------------------------------------------------------------------------------------------------


def _unknown_facts(view: View) -> list[str]:
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


def missing_facts(view: View) -> tuple[str, ...]:
    """The unknown facts that can still change the verdict, sorted."""
    if view.verdict != r.Verdict.UNDETERMINED:
        return ()
    names: set[str] = set(view.reach.deciding.facts)
    case = view.case
    for i, norm, status in view.norms():
        if norm.direction in ("may", "must") and True in status.effective and len(status.ok) > 1:
            for _, requirement in requirements(view, i):
                if requirement.bound is not None and has_open_bound(case, requirement):
                    names |= waits(evaluate(requirement.bound.limit, case)).facts
    if not names and not view.reach.deciding.wording:
        names |= view.reach.deciding.parameters
    return tuple(sorted(names))


def cause_of(view: View, missing: tuple[str, ...]) -> str:
    """Why several verdicts are left."""
    case = view.case
    if any(not case.is_parameter(name) for name in missing):
        return "facts"
    outside = any(n.direction == "disapply" and n.external and True in s.effective for _, n, s in view.norms())
    if outside or view.reach.deciding.wording:
        return "wording"
    if missing or any("C" in s.ok for _, _, s in view.norms() if True in s.effective):
        return "parameters"
    return "undefined"


def irrelevant_facts(view: View, missing: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The unknown facts that no longer matter, each with the reason."""
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
            elif is_sure(status):
                reasons[f"{norm.citation} applies either way"] = None
            else:
                reasons[f"{norm.citation} is open"] = None
        found.append((name, "; ".join(reasons)))
    return tuple(found)
