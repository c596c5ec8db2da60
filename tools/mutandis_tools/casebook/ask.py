"""Asking the question of a case and comparing the answer.

`decide` compares the decision. The other questions have their answer in words, which `expect.value` names:

- `value`: the derived fact's value; `cites` lists the places that give it, `missing` what it waits for;
- `when`: the first day, from the case's clock on (without a clock: of all time), with the expected `verdict`; `never`;
- `next_question`: the fact asked for next; `none` if nothing is left to ask;
- `why_not`: the smallest change that gives the expected `verdict`: `fact: value`, joined by `; `; `none`;
- `assess`: none; `cites` lists every provision cited over all actions that any norm speaks of, and `must`, `may`,
  `must_not` and `no_longer` what has changed since the case from which it goes on, of what the case's own law says.

What answers a question is imported where it is asked: deciding takes none of it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from mutandis.api import Rulebook
from mutandis.backends.engine import Engine
from mutandis.decide.question import Question, checked
from mutandis.decide.result import Decision, Verdict
from mutandis.decide.result_parts import FactValue
from mutandis.facts import Facts
from mutandis.link.program import Program
from mutandis.rulebook.case_file import CaseFile
from mutandis.vocabulary import Vocabulary
from mutandis_tools.casebook.difference import Difference, compare_decision, compare_sets, same_value
from mutandis_tools.casebook.standing import may_differ, over, powers_left, said_once
from mutandis_tools.names import say


class Assessor(Protocol):
    """Decides cases by one linked program, about one action or all."""

    @property
    def program(self) -> Program: ...

    def decide(
        self,
        action: str,
        facts: Mapping[str, object],
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> Decision: ...

    def assess(
        self,
        facts: Mapping[str, object],
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        by: str | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> tuple[Decision, ...]: ...


def decide_case(decider: Assessor, case: CaseFile, facts: Facts) -> Decision:
    """The decision about the case's action, on its dates."""
    return decider.decide(
        case.ask.subject,
        facts,
        at=case.at,
        law_as_of=case.law_as_of,
        by=case.ask.by or None,
        holidays=_holidays(case),
    )


def ask_case(
    rulebook: Rulebook, case: CaseFile, facts: Facts, decider: Assessor | None = None, before: Facts | None = None
) -> tuple[tuple[Difference, ...], Decision | None]:
    """The differences from what the case expects, and the decision where it asks for one.

    `decider` decides in the rulebook's stead (the interpreter); values are the rulebook's own. `before` are the facts
    of the case from which it goes on.
    """
    decider = decider or rulebook
    match case.ask.question:
        case "decide":
            decision = decide_case(decider, case, facts)
            return compare_decision(case.expect, decision, decider.program.vocabulary), decision
        case "assess":
            return tuple(_compare_assessment(decider, case, facts, before)), None
        case "value":
            return tuple(_compare_value(rulebook, case, facts)), None
        case "when":
            return tuple(_compare_words(case, _when(decider, case, facts))), None
        case "next_question":
            return tuple(_compare_words(case, _next(decider, case, facts))), None
        case "why_not":
            return tuple(_compare_words(case, _why_not(decider, case, facts))), None


def assess_case(
    assessor: Assessor, case: CaseFile, facts: Facts, among: tuple[str, ...] | None = None
) -> tuple[Decision, ...]:
    """The decision about every action that some norm speaks to in this case, by name of the action; `among` these."""
    if among is not None and isinstance(assessor, Engine):
        return assessor.answers(question_of(assessor, case), facts.native, among)
    return assessor.assess(
        facts, at=case.at, law_as_of=case.law_as_of, by=case.ask.by or None, holidays=_holidays(case)
    )


def _compare_words(case: CaseFile, actual: str) -> Iterator[Difference]:
    if case.expect.value is not None and case.expect.value != actual:
        yield Difference("value", case.expect.value, actual)


def _compare_assessment(decider: Assessor, case: CaseFile, facts: Facts, before: Facts | None) -> Iterator[Difference]:
    wanted_keys = dict(case.expect.lists).keys()
    actual: dict[str, tuple[str, ...]] = {}
    if not wanted_keys.isdisjoint(_TOLD):
        said = [d for d in assess_case(decider, case, facts) if d.verdict is not Verdict.UNDETERMINED]
        actual = {key: tuple(dict.fromkeys(p for d in said for p in told(d))) for key, told in _TOLD.items()}
    if not wanted_keys <= actual.keys():
        actual |= _changes(decider, case, facts, before)
    for key, wanted in case.expect.lists:
        yield from compare_sets(key, wanted, actual[key])


_TOLD: Mapping[str, Callable[[Decision], Iterable[str]]] = {
    "cites": lambda d: d.citations,
    "penalties": lambda d: [p.provision for p in d.penalties],
    "breaches": lambda d: [b.provision for b in d.breaches],
}


def asked_alike(case: CaseFile) -> CaseFile:
    """The case from which one goes on, asked about the same law for the same bearer."""
    assert case.after is not None
    return replace(case.after, law=case.law, ask=case.ask)


_STANDS: Mapping[str, frozenset[Verdict]] = {
    "must": frozenset({Verdict.REQUIRED}),
    "may": frozenset({Verdict.PERMITTED, Verdict.CONDITIONAL}),
    "must_not": frozenset({Verdict.FORBIDDEN}),
}


Standing = Mapping[str, tuple[str, tuple[str, ...]]]
"""By action `must`, `may` or `must_not`, and the places that say so."""


def changes(then: Standing, now: Standing, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """By `must`, `may` and `must_not` the actions of which that holds now and did not then; as `no_longer` those of
    which one of these held, and none does. What the same places say of a wider kind is told of that alone.
    """
    found = {
        key: [one for one, (stands, _) in now.items() if stands == key and (one not in then or then[one][0] != key)]
        for key in _STANDS
    }
    found["no_longer"] = [action for action in then if action not in now]
    said = {**then, **now}
    return {key: said_once(actions, said, vocabulary) for key, actions in found.items()}


def _changes(decider: Assessor, case: CaseFile, facts: Facts, before: Facts | None) -> dict[str, tuple[str, ...]]:
    """What has changed since the case from which this one goes on; since nothing where there is none."""
    words = decider.program.vocabulary
    if case.after is None or before is None:
        return changes({}, _standing_of(assess_case(decider, case, facts), case, facts, decider.program), words)
    earlier = asked_alike(case)
    among = _may_differ(decider, earlier, case, before, facts)
    then, now = (
        _standing_of(assess_case(decider, asked, known, among), asked, known, decider.program)
        for asked, known in ((earlier, before), (case, facts))
    )
    return changes(then, now, words)


def _may_differ(
    decider: Assessor, earlier: CaseFile, case: CaseFile, before: Facts, facts: Facts
) -> tuple[str, ...] | None:
    if not isinstance(decider, Engine):
        return None
    names = before.native.keys() | facts.native.keys()
    if not decider.statable.isdisjoint(names):
        return None
    then, now = (question_of(decider, asked) for asked in (earlier, case))
    unlike = object()
    changed = [name for name in names if before.native.get(name, unlike) != facts.native.get(name, unlike)]
    return may_differ(decider, then, now, changed)


def question_of(engine: Engine, case: CaseFile) -> Question:
    """What the case asks about, of all actions."""
    return checked(engine.program, "", case.at, case.law_as_of, case.ask.by or None, _holidays(case))


def _standing_of(decisions: Iterable[Decision], case: CaseFile, facts: Facts, program: Program) -> Standing:
    """What holds by the case's law. A duty that has been done holds no longer, but for a power beside it."""
    own, found = f"{case.law}/", tuple(decisions)
    ended = over(found, facts, case.at, program)
    standing: dict[str, tuple[str, tuple[str, ...]]] = {}
    for one in found:
        is_over = one.action in ended
        verdict, places = (Verdict.PERMITTED, powers_left(one)) if is_over else (one.verdict, one.citations)
        for key, verdicts in _STANDS.items():
            if verdict in verdicts and any(place.startswith(own) for place in places):
                standing[one.action] = key, places
    return standing


def value_in_case(rulebook: Rulebook, case: CaseFile, facts: Facts) -> FactValue:
    """The value of the case's fact, on its dates."""
    return rulebook.value(case.ask.subject, facts, at=case.at, law_as_of=case.law_as_of, holidays=_holidays(case))


def _compare_value(rulebook: Rulebook, case: CaseFile, facts: Facts) -> Iterator[Difference]:
    found = value_in_case(rulebook, case, facts)
    if case.expect.value is not None and not _is_value(case.expect.value, found, rulebook.vocabulary):
        yield Difference("value", case.expect.value, _said(found))
    actual = {"cites": found.provisions, "missing": found.missing}
    for key, wanted in case.expect.lists:
        yield from compare_sets(key, wanted, actual[key])


def _is_value(wanted: str, found: FactValue, vocabulary: Vocabulary) -> bool:
    if not found.known or wanted == "unknown":
        return wanted == _said(found)
    return same_value(wanted, found.value, found.fact, vocabulary)


def _said(found: FactValue) -> str:
    if found.conflicting:
        return f"conflict: {' against '.join(say(value) for value in found.conflicting)}"
    return say(found.value) if found.known else "unknown"


def _when(decider: Assessor, case: CaseFile, facts: Facts) -> str:
    from mutandis.questions.when import when

    ask = case.ask
    answer = when(decider, ask.subject, facts, law_as_of=case.law_as_of, by=ask.by or None, holidays=_holidays(case))
    wanted = Verdict(case.expect.verdict or Verdict.PERMITTED.value)
    spell = answer.next(wanted, case.at if case.at is not None else dt.date.min)
    if spell is None:
        return "never"
    if case.at is not None and spell.holds(case.at):
        return say(case.at)
    return "always" if spell.first is None else say(spell.first)


def _next(decider: Assessor, case: CaseFile, facts: Facts) -> str:
    from mutandis.questions.next_question import next_question

    ask = case.ask
    asked = next_question(
        decider,
        ask.subject,
        facts,
        at=case.at,
        law_as_of=case.law_as_of,
        by=ask.by or None,
        holidays=_holidays(case),
    )
    return asked.fact if asked is not None else "none"


def _why_not(decider: Assessor, case: CaseFile, facts: Facts) -> str:
    from mutandis.questions.why_not import why_not

    ask = case.ask
    answer = why_not(
        decider,
        ask.subject,
        facts,
        Verdict(case.expect.verdict or Verdict.PERMITTED.value),
        at=case.at,
        law_as_of=case.law_as_of,
        by=ask.by or None,
        holidays=_holidays(case),
    )
    if not answer.results:
        return "none"
    return "; ".join(f"{change.fact}: {say(change.after)}" for change in answer.results[0].changes)


def _holidays(case: CaseFile) -> frozenset[dt.date] | None:
    return frozenset(case.holidays) if case.holidays is not None else None
