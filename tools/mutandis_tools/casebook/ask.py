"""Asking the question of a case and comparing the answer.

`decide` compares the decision. The other questions have their answer in words, which `expect.value` names:

- `value`: the derived fact's value;
- `when`: the first day, from the case's clock on (without a clock: of all time), with the expected `verdict`; `never`;
- `next_question`: the fact asked for next; `none` if nothing is left to ask;
- `why_not`: the smallest change that gives the expected `verdict`: `fact: value`, joined by `; `; `none`;
- `assess`: none; `cites` lists every provision cited over all actions that any norm speaks of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from mutandis.evaluate.facts import Facts
from mutandis.evaluate.reference.case import Case, as_shown
from mutandis.evaluate.reference.decision import effective_somewhere
from mutandis.evaluate.reference.expressions import is_known
from mutandis.evaluate.result import Decision, Verdict
from mutandis.questions.decider import Decider
from mutandis.questions.next_question import next_question
from mutandis.questions.when import when
from mutandis.questions.why_not import why_not
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.casebook.difference import Difference, compare_decision, compare_sets, same_value
from mutandis_tools.report.names import say

_SILENT = (Verdict.SILENT, Verdict.FORBIDDEN_BY_DEFAULT)


def decide_case(decider: Decider, case: CaseFile, facts: Facts, action: str = "") -> Decision:
    """The decision about the case's action, or about `action`, on its dates."""
    return decider.decide(
        action or case.ask.subject,
        facts,
        at=case.at,
        law_as_of=case.law_as_of,
        by=case.ask.by or None,
        holidays=frozenset(case.holidays) if case.holidays is not None else None,
    )


def ask_case(decider: Decider, case: CaseFile, facts: Facts) -> tuple[tuple[Difference, ...], Decision | None]:
    """The differences from what the case expects, and the decision where it asks for one."""
    match case.ask.question:
        case "decide":
            decision = decide_case(decider, case, facts)
            return compare_decision(case.expect, decision, decider.program.vocabulary), decision
        case "assess":
            return tuple(_compare_assessment(decider, case, facts)), None
        case "value":
            return tuple(_compare_value(decider, case, facts)), None
        case "when":
            return tuple(_compare_words(case, _when(decider, case, facts))), None
        case "next_question":
            return tuple(_compare_words(case, _next(decider, case, facts))), None
        case "why_not":
            return tuple(_compare_words(case, _why_not(decider, case, facts))), None


def assess_case(decider: Decider, case: CaseFile, facts: Facts) -> tuple[Decision, ...]:
    """The decision about every action that some norm speaks to in this case, by name of the action."""
    actions = [name for name in sorted(decider.program.components) if decider.program.components[name].norms]
    decisions = (decide_case(decider, case, facts, action) for action in actions)
    return tuple(d for d in decisions if d.verdict not in _SILENT)


def _compare_words(case: CaseFile, actual: str) -> Iterator[Difference]:
    if case.expect.value is not None and case.expect.value != actual:
        yield Difference("value", case.expect.value, actual)


def _compare_assessment(decider: Decider, case: CaseFile, facts: Facts) -> Iterator[Difference]:
    decisions = assess_case(decider, case, facts)
    settled = [d for d in decisions if d.verdict is not Verdict.UNDETERMINED]
    actual = {
        "cites": tuple(dict.fromkeys(place for d in settled for place in d.citations)),
        "penalties": tuple(dict.fromkeys(p.provision for d in settled for p in d.penalties)),
        "breaches": tuple(dict.fromkeys(b.provision for d in settled for b in d.breaches)),
    }
    for key, wanted in case.expect.lists:
        if key in actual:
            yield from compare_sets(key, wanted, actual[key])
        else:
            yield Difference(key, ", ".join(wanted), "an assessment, which says nothing of it")


def _compare_value(decider: Decider, case: CaseFile, facts: Facts) -> Iterator[Difference]:
    wanted = case.expect.value
    if wanted is None:
        return
    program, name = decider.program, case.ask.subject
    day = case.at.date() if isinstance(case.at, dt.datetime) else case.at
    version = case.law_as_of or day or dt.date.max
    reading = Case(program, facts, case.at, version, asking=effective_somewhere)
    declared = program.vocabulary.facts[name]
    value = reading.fact(name, declared.type)
    if not is_known(value):
        if wanted != "unknown":
            yield Difference("value", wanted, "unknown")
        return
    shown = as_shown(value, declared.type)
    if not same_value(wanted, shown, name, program.vocabulary):
        yield Difference("value", wanted, say(shown))


def _when(decider: Decider, case: CaseFile, facts: Facts) -> str:
    ask = case.ask
    answer = when(decider, ask.subject, facts, law_as_of=case.law_as_of, by=ask.by or None, holidays=_holidays(case))
    wanted = Verdict(case.expect.verdict or Verdict.PERMITTED.value)
    spell = answer.next(wanted, case.at if case.at is not None else dt.date.min)
    if spell is None:
        return "never"
    if case.at is not None and spell.holds(case.at):
        return say(case.at)
    return "always" if spell.first is None else say(spell.first)


def _next(decider: Decider, case: CaseFile, facts: Facts) -> str:
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


def _why_not(decider: Decider, case: CaseFile, facts: Facts) -> str:
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
