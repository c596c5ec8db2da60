"""The milder law (S42): a case decided under the wording of its day and under the present one, the better taken.

Norms marked `milder` are read at the event that governs them, and on the version date instead. Which of two verdicts is
better for the person depends on whether the action is against them (`adverse`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from mutandis.dataclass import replace
from mutandis.decide.counterfactual import answer_of
from mutandis.decide.dated import instruments
from mutandis.decide.limits import is_upper, tightness
from mutandis.decide.result import Decision, Limit, Note, PlainDecision, Verdict
from mutandis.link.program import Program
from mutandis.link.reads import compared_in

_BURDEN = {
    Verdict.FORBIDDEN: 0,
    Verdict.FORBIDDEN_BY_DEFAULT: 0,
    Verdict.SILENT: 1,
    Verdict.EXEMPT: 1,
    Verdict.CONDITIONAL: 2,
    Verdict.PERMITTED: 3,
    Verdict.REQUIRED: 4,
    Verdict.CONFLICT: 5,
}
"""How much a verdict on an action against the person burdens them; of one in their favour, the other way round."""


def under_each_law(program: Program) -> tuple[Program, Program]:
    """The program under the law of the events that govern what is compared, and under that of the version date.

    What follows from a compared norm for another action, what is threatened by its rule, and whether a case falls under
    it, are read as the norm is.
    """
    compared = {norm.rule for one in program.components.values() for norm in one.norms if norm.milder}
    then, now = dict(program.components), dict(program.components)
    for action, component in program.components.items():
        norms = component.norms
        if any(norm.milder for norm in norms):
            then[action] = replace(component, norms=tuple(replace(norm, milder=False) for norm in norms))
            of_now = (replace(n, milder=False, governed_by=None) if n.milder else n for n in norms)
            now[action] = replace(component, norms=tuple(of_now))
        if any(one.rule in compared for one in component.penalties):
            threats = (replace(one, governed_by=None) if one.rule in compared else one for one in component.penalties)
            now[action] = replace(now[action], penalties=tuple(threats))
    earlier, present_ = dict(program.derived), dict(program.derived)
    for name, fact in program.derived.items():
        if any(one.milder for one in fact.derivations):
            plain = tuple(replace(one, milder=False) for one in fact.derivations)
            earlier[name] = replace(fact, derivations=plain)
            present = (replace(one, milder=False, governed_by=None) if one.milder else one for one in fact.derivations)
            present_[name] = replace(fact, derivations=tuple(present))
    return replace(program, components=then, derived=earlier), replace(program, components=now, derived=present_)


def told_of(program: Program, action: str, then: Decision, now: Decision) -> Decision:
    """The better of two decisions about the action, with the instruments between the two laws where these differ."""
    declared = program.vocabulary.actions.get(action)
    found = milder_of(then, now, declared is not None and declared.adverse)
    if answer_of(then).parts == answer_of(now).parts:
        return found
    norms = compared_in(program, program.components[action])
    ended = [norm for norm in norms if norm.force.until is not None]
    turned = [(norm, norm.force.until) for norm in ended] or [(norm, norm.force.since) for norm in norms]
    dates = [one for norm, day in turned for one in instruments(program, norm, day)]
    return PlainDecision.of(found, authority=tuple(dict.fromkeys((*found.authority, *dates))))


def milder_of(then: Decision, now: Decision, adverse: bool) -> Decision:
    """The better of two decisions for the person, of permissions within limits by these; the present law's on a tie.

    Where the present law is best already, the earlier is not asked. Where one of them is not settled, every better
    verdict of a pair is still reachable, and what is missing for either is missing.
    """

    def burden(verdict: Verdict) -> int:
        if verdict is Verdict.CONFLICT:
            return _BURDEN[verdict]
        return _BURDEN[verdict] if adverse else -_BURDEN[verdict]

    best = min(burden(verdict) for verdict in _BURDEN)
    if all(burden(verdict) == best for verdict in now.reachable):
        return now
    reached = {min(now_, then_, key=burden) for now_ in now.reachable for then_ in then.reachable}
    if len(reached) == 1:
        (verdict,) = reached
        settled, other = (now, then) if now.reachable == (verdict,) else (then, now)
        return _within_both(other, settled, adverse) if verdict is Verdict.CONDITIONAL else settled
    told = Note("", "the earlier and the present wording are compared, and the better one for the person applies")
    missing = tuple(sorted({*then.missing, *now.missing}))
    return PlainDecision.of(
        now,
        verdict=Verdict.UNDETERMINED,
        reachable=tuple(verdict for verdict in Verdict if verdict in reached),
        cause=then.cause or now.cause,
        missing=missing,
        irrelevant=tuple(one for one in now.irrelevant if one.fact not in missing),
        notes=(*now.notes, told),
    )


def _within_both(other: Decision, settled: Decision, adverse: bool) -> Decision:
    """Of two permissions within limits the one whose limits are surely the better for the person, the tighter or wider.

    Where neither is in every respect, both stand: against a person what either leaves open is not permitted, in their
    favour what either permits is. Of an `other` that is not settled it is open whether it bounds, or permits, at all.
    """
    if Verdict.CONDITIONAL not in other.reachable or _said(other) == _said(settled):
        return settled
    is_open = other.reachable != settled.reachable
    if is_open:
        opened = (replace(one, outer=None) if adverse else replace(one, inner=None) for one in other.limits)
        other = PlainDecision.of(other, limits=tuple(opened))
    if not (settled.unmet or other.unmet) and all(len({one.norm for one in d.limits}) <= 1 for d in (settled, other)):
        if _surely_better(settled, other, adverse):
            return settled
        if not is_open and _surely_better(other, settled, adverse):
            return other
    both = (*settled.limits, *other.limits)
    if adverse:
        least = _tightest(both, "outer")
        both = tuple(
            replace(one, binding=one.binding and any(_rank(e, "outer") == least[_bounded(e)] for e in _ends(one)))
            for one in both
        )
    names = ("cited", "unmet", "authority", "findings", "presumptions", "fictions", "notes")
    parts = {name: tuple(dict.fromkeys((*getattr(settled, name), *getattr(other, name)))) for name in names}
    return PlainDecision.of(settled, limits=both, **parts)


def _said(decision: Decision) -> object:
    """What a permission is within, whichever norm gives it."""
    return {replace(one, norm="") for one in decision.limits}, decision.unmet


def _surely_better(one: Decision, than: Decision, adverse: bool) -> bool:
    """True where the limits of one decision are the better for the person whatever the bounds of both come to."""
    tight, wide = (one, than) if adverse else (than, one)
    most, least = _tightest(tight.limits, "outer"), _tightest(wide.limits, "inner")
    return all(most.get(side, _LOOSEST) <= least.get(side, _LOOSEST) for side in most.keys() | least.keys())


_TIGHTEST: tuple[object, ...] = ((-1,),)
"""How tight a bound is that surely leaves nothing."""
_LOOSEST: tuple[object, ...] = ((2,),)
"""How tight no bound at all is."""

_Edge = Literal["inner", "outer"]


def _tightest(limits: Iterable[Limit], edge: _Edge) -> dict[tuple[str, bool], tuple[object, ...]]:
    """How tight the tightest of the bounds is, by what they bound."""
    found: dict[tuple[str, bool], tuple[object, ...]] = {}
    for one in (end for limit in limits for end in _ends(limit)):
        found[_bounded(one)] = min(found.get(_bounded(one), _LOOSEST), _rank(one, edge))
    return found


def _rank(limit: Limit, edge: _Edge) -> tuple[object, ...]:
    bound = limit.inner if edge == "inner" else limit.outer
    return _TIGHTEST if bound is None and edge == "inner" else tightness(replace(limit, inner=bound, outer=bound))


def _ends(limit: Limit) -> tuple[Limit, ...]:
    """A limit from one side as it is; an exact one from above and from below."""
    if limit.relation != "exactly":
        return (limit,)
    return replace(limit, relation="at_most"), replace(limit, relation="at_least")


def _bounded(limit: Limit) -> tuple[str, bool]:
    """What a limit bounds: a parameter, from above or from below."""
    return limit.parameter, is_upper(limit)
