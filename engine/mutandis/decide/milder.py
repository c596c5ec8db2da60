"""The milder law (S42): a case decided under the wording of its day and under the present one, the better taken.

Norms marked `milder` are read at the event that governs them, and on the version date instead. Which of two verdicts is
better for the person depends on whether the action is against them (`adverse`).
"""

from __future__ import annotations

from dataclasses import replace

from mutandis.decide.authority import instruments
from mutandis.decide.counterfactual import answer_of
from mutandis.decide.limits import is_upper, tightness
from mutandis.decide.result import Decision, Limit, Note, PlainDecision, Verdict
from mutandis.link.program import Derivation, Norm, Program
from mutandis.link.reads import of_component, references

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
            present = (replace(n, milder=False, governed_by=None) if n.milder else n for n in norms)
            now[action] = replace(component, norms=tuple(present))
        if any(one.rule in compared for one in component.penalties):
            threats = (replace(one, governed_by=None) if one.rule in compared else one for one in component.penalties)
            now[action] = replace(now[action], penalties=tuple(threats))
    earlier, present_ = dict(program.derived), dict(program.derived)
    for name, fact in program.derived.items():
        if any(one.milder or one.rule in compared for one in fact.derivations):
            plain = tuple(replace(one, milder=False) for one in fact.derivations)
            earlier[name] = replace(fact, derivations=plain)
            moved = [
                replace(one, governed_by=None) if known.milder or one.rule in compared else one
                for one, known in zip(plain, fact.derivations, strict=True)
            ]
            present_[name] = replace(fact, derivations=tuple(moved))
    return replace(program, components=then, derived=earlier), replace(program, components=now, derived=present_)


def told_of(program: Program, action: str, then: Decision, now: Decision) -> Decision:
    """The better of two decisions about the action, with the instruments between the two laws where these differ."""
    declared = program.vocabulary.actions.get(action)
    found = milder_of(then, now, declared is not None and declared.adverse)
    if answer_of(then).parts == answer_of(now).parts:
        return found
    component = program.components[action]
    norms: list[Norm | Derivation] = [norm for norm in component.norms if norm.milder]
    names, _ = references(program, of_component(component))
    norms += [one for name in sorted(names) for one in program.derived[name].derivations if one.milder]
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
        if now.reachable == then.reachable == (Verdict.CONDITIONAL,):
            return _within_both(then, now, adverse)
        return now if now.reachable == (verdict,) else then
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


def _within_both(then: Decision, now: Decision, adverse: bool) -> Decision:
    """Of two permissions within limits the one whose limits are the better for the person, the tighter or the wider.

    Where neither is in every respect, both stand: against a person what either leaves open is not permitted, in their
    favour what either permits is.
    """
    if then.limits == now.limits and then.unmet == now.unmet:
        return now
    both = (*now.limits, *then.limits)
    if not (now.unmet or then.unmet) and all(len({one.norm for one in d.limits}) <= 1 for d in (now, then)):
        earlier, present = ({_bounded(one): tightness(one) for one in d.limits if one.binding} for d in (then, now))
        sides = earlier.keys() | present.keys()
        tighter = [earlier.get(side, _LOOSEST) <= present.get(side, _LOOSEST) for side in sides]
        wider = [earlier.get(side, _LOOSEST) >= present.get(side, _LOOSEST) for side in sides]
        if all(wider if adverse else tighter):
            return now
        if all(tighter if adverse else wider):
            return then
    if adverse:
        least: dict[tuple[str, bool], tuple[object, ...]] = {}
        for one in both:
            least[_bounded(one)] = min(least.get(_bounded(one), _LOOSEST), tightness(one))
        both = tuple(replace(one, binding=one.binding and tightness(one) == least[_bounded(one)]) for one in both)
    names = ("cited", "unmet", "authority", "findings", "presumptions", "fictions", "notes")
    parts = {name: tuple(dict.fromkeys((*getattr(now, name), *getattr(then, name)))) for name in names}
    return PlainDecision.of(now, limits=both, **parts)


_LOOSEST: tuple[object, ...] = ((2,),)
"""How tight no bound at all is."""


def _bounded(limit: Limit) -> tuple[str, bool]:
    """What a limit bounds: a parameter, from above or from below."""
    return limit.parameter, is_upper(limit)
