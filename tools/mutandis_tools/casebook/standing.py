"""What of an assessment a person has still to be told.

A decision about a duty stays `required` once the duty is done: it says whether it was done in time. Told over all
actions, it is over, as is a power that was used; a power beside the duty is not. And what is decided about a wider kind
is decided about each of its sub-kinds; where that is the same, it is told once.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping

from mutandis.backends.engine import Engine
from mutandis.backends.explained import is_timed, reads_throughout
from mutandis.calendar.dates import compare_times
from mutandis.decide.question import Question
from mutandis.decide.result import Decision, Verdict
from mutandis.link.program import Program
from mutandis.vocabulary import Vocabulary

_MAY_BE_DONE = frozenset({Verdict.REQUIRED, Verdict.PERMITTED, Verdict.CONDITIONAL})


def is_performed(decision: Decision, facts: Mapping[str, object], at: dt.date | None, vocabulary: Vocabulary) -> bool:
    """True for what was done by the case's clock, as the fact that records it says, unless the duty comes again."""
    action = vocabulary.actions.get(decision.action)
    if action is None or not action.done or decision.verdict not in _MAY_BE_DONE:
        return False
    if any(due.relation == "recurs" for due in decision.deadlines):
        return False
    done = facts.get(action.done)
    if isinstance(done, dt.date):
        return at is None or compare_times(done, at) <= 0
    return done is True


def over(
    decisions: Iterable[Decision], facts: Mapping[str, object], at: dt.date | None, program: Program
) -> frozenset[str]:
    """The actions that were done; those that nothing but the duty to do one excluded (to refuse whom to admit); those
    that one might have done in its place, of a group whose actions exclude each other (to readmit elsewhere whom one
    reformatory readmitted); and those that nothing but a choice allowed of which another was done (to store whom one
    may bury or store).
    """
    found, vocabulary = tuple(decisions), program.vocabulary
    done = {one.action: one for one in found if is_performed(one, facts, at, vocabulary)}
    groups = {_group(one, vocabulary): one for one in done.values()}
    excluded = (one for one in found if one.verdict is Verdict.FORBIDDEN and _group(one, vocabulary) in groups)
    alike = (one.action for one in excluded if one.citations == groups[_group(one, vocabulary)].citations)
    instead = (one.action for one in found if one.verdict in _MAY_BE_DONE and _group(one, vocabulary) in groups)
    chosen = (other for one in done.values() for other in _instead_of(one, found, program))
    return frozenset(done).union(alike, instead, chosen)


def powers_left(decision: Decision) -> tuple[str, ...]:
    """The provisions that allow what a duty demanded, and still do once the duty is done: to inspect a new inmate is
    over with the inspection, to inspect for the sake of security is not.
    """
    if decision.verdict is not Verdict.REQUIRED:
        return ()
    granted = (one.provision for one in decision.considered if one.direction == "may" and one.status == "effective")
    return tuple(dict.fromkeys(granted))


def _instead_of(done: Decision, found: Iterable[Decision], program: Program) -> Iterator[str]:
    """The actions of a set of which one suffices that this one stands in, allowed at the same places and no other."""
    others = _choices_with(done.action, program)
    for one in found:
        if one.action in others and one.verdict in _MAY_BE_DONE and one.citations == done.citations:
            yield one.action


def _choices_with(action: str, program: Program) -> frozenset[str]:
    """The actions of the sets of which one suffices that this one stands in, itself among them."""
    component = program.components.get(action)
    norms = component.norms if component is not None else ()
    return frozenset(other for norm in norms for other in norm.any_group)


def _group(decision: Decision, vocabulary: Vocabulary) -> str:
    return _group_of(decision.action, vocabulary)


def _group_of(name: str, vocabulary: Vocabulary) -> str:
    action = vocabulary.actions.get(name)
    return (action.group if action is not None else "") or name


Said = tuple[object, ...]
"""What is said of an action: how it stands, at which places, and whether it was done."""


def told_once(
    decisions: Iterable[Decision], vocabulary: Vocabulary, done: Collection[str] = ()
) -> tuple[Decision, ...]:
    """The decisions without those about a sub-kind that say what is said of its wider kind; `done` are over."""
    found = tuple(decisions)
    said: dict[str, Said] = {one.action: (one.verdict, one.citations, one.action in done) for one in found}
    kept = said_once(said, said, vocabulary)
    return tuple(one for one in found if one.action in kept)


def said_once(actions: Iterable[str], said: Mapping[str, Said], vocabulary: Vocabulary) -> tuple[str, ...]:
    """The actions without the sub-kinds of others among them of which the same is said."""
    among = tuple(actions)
    of_all = {action: said[action] for action in among}
    return tuple(
        one for one in among if all(of_all.get(wider) != said[one] for wider in wider_actions(one, vocabulary))
    )


def wider_actions(action: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The same done to each wider kind, nearest first: `provide daily_goods` of `provide issued_clothing`."""
    declared = vocabulary.actions.get(action)
    kinds = () if declared is None else vocabulary.kinds_of(declared.term)[1:]
    return tuple(f"{declared.verb} {kind}" for kind in kinds if declared is not None)


def may_differ(engine: Engine, then: Question, now: Question, changed: Iterable[str]) -> tuple[str, ...]:
    """The actions, by name, that may stand otherwise `now` than `then` where the facts `changed` in between, with those
    that they exclude or stand in a choice with. Both questions are about the same bearer; nothing that rules give is
    stated.
    """
    facts, vocabulary = frozenset(changed), engine.program.vocabulary
    is_later = then.at != now.at  # and may have passed a day on which something was done
    found: dict[str, str] = {}
    for action in engine.rounds.of(now.by).actions:
        declared = vocabulary.actions.get(action)
        unit = engine.unit(action, now.by, now.version)
        if is_timed(unit):
            is_touched = True
        else:
            days = engine.versions(action, now.by)
            is_amended = bisect_right(days, then.version) != bisect_right(days, now.version)
            done = declared.done if declared is not None else ""
            is_touched = (
                is_amended
                or not reads_throughout(unit).isdisjoint(facts)
                or (bool(done) and (is_later or done in facts))
            )
        if is_touched:
            found[action] = declared.group if declared is not None else ""
    groups = set(found.values()) - {""}
    chosen = {other for name in found for other in _choices_with(name, engine.program)}
    return tuple(
        name
        for name in engine.rounds.of(now.by).actions
        if name in found or name in chosen or _group_of(name, vocabulary) in groups
    )
