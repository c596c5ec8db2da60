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
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from mutandis.api import Rulebook
from mutandis.decide.result import Decision, FactValue, Verdict
from mutandis.facts import Facts
from mutandis.link.program import Program
from mutandis.rulebook.case_file import CaseFile
from mutandis.vocabulary import Vocabulary
from mutandis_tools.casebook.difference import Difference, compare_decision, compare_sets, same_value
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


def assess_case(assessor: Assessor, case: CaseFile, facts: Facts) -> tuple[Decision, ...]:
    """The decision about every action that some norm speaks to in this case, by name of the action."""
    return assessor.assess(
        facts, at=case.at, law_as_of=case.law_as_of, by=case.ask.by or None, holidays=_holidays(case)
    )


def _compare_words(case: CaseFile, actual: str) -> Iterator[Difference]:
    if case.expect.value is not None and case.expect.value != actual:
        yield Difference("value", case.expect.value, actual)


def _compare_assessment(decider: Assessor, case: CaseFile, facts: Facts, before: Facts | None) -> Iterator[Difference]:
    decisions = assess_case(decider, case, facts)
    settled = [d for d in decisions if d.verdict is not Verdict.UNDETERMINED]
    actual = {
        "cites": tuple(dict.fromkeys(place for d in settled for place in d.citations)),
        "penalties": tuple(dict.fromkeys(p.provision for d in settled for p in d.penalties)),
        "breaches": tuple(dict.fromkeys(b.provision for d in settled for b in d.breaches)),
    }
    if not actual.keys() >= dict(case.expect.lists).keys():
        then = () if case.after is None or before is None else assess_case(decider, asked_alike(case), before)
        actual |= changes(case.law, then, decisions)
    for key, wanted in case.expect.lists:
        yield from compare_sets(key, wanted, actual[key])


def asked_alike(case: CaseFile) -> CaseFile:
    """The case from which one goes on, asked for the same bearer."""
    assert case.after is not None
    return replace(case.after, ask=case.ask)


_STANDS: Mapping[str, frozenset[Verdict]] = {
    "must": frozenset({Verdict.REQUIRED}),
    "may": frozenset({Verdict.PERMITTED, Verdict.CONDITIONAL}),
    "must_not": frozenset({Verdict.FORBIDDEN}),
}


def changes(law: str, then: Iterable[Decision], now: Iterable[Decision]) -> dict[str, tuple[str, ...]]:
    """By `must`, `may` and `must_not` the actions of which that holds now by the law and did not then; as `no_longer`
    those of which one of these held, and none does.
    """
    before, after = _standing(law, then), _standing(law, now)
    found = {
        key: tuple(action for action, stands in after.items() if stands == key and before.get(action) != key)
        for key in _STANDS
    }
    return {**found, "no_longer": tuple(action for action in before if action not in after)}


def _standing(law: str, decisions: Iterable[Decision]) -> dict[str, str]:
    own = f"{law}/"
    return {
        one.action: key
        for one in decisions
        for key, verdicts in _STANDS.items()
        if one.verdict in verdicts and any(place.startswith(own) for place in one.citations)
    }


def value_in_case(rulebook: Rulebook, case: CaseFile, facts: Facts) -> FactValue:
    """The value of the case's fact, on its dates."""
    return rulebook.value(case.ask.subject, facts, at=case.at, law_as_of=case.law_as_of, holidays=_holidays(case))


def _compare_value(rulebook: Rulebook, case: CaseFile, facts: Facts) -> Iterator[Difference]:
    found = value_in_case(rulebook, case, facts)
    if case.expect.value is not None and not _is_value(case.expect.value, found, rulebook.vocabulary):
        yield Difference("value", case.expect.value, _said(found))
    actual = {"cites": found.provisions, "missing": found.missing}
    for key, wanted in case.expect.lists:
        if key in actual:
            yield from compare_sets(key, wanted, actual[key])
        else:
            yield Difference(key, ", ".join(wanted), "a value, which says nothing of it")


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
