"""The answers to what is asked: the engine's own functions put to a version of a rulebook, their results as JSON text.

A decision is written by the engine's writer and checked by nothing again. What can take long is given a way to be
broken off, `over`, which is asked between two cases.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from mutandis.calendar.written import read_day, read_time
from mutandis.decide.json_text import as_json
from mutandis.decide.result import Decision, Verdict, as_data
from mutandis.diagnostics import CaseError
from mutandis.explain import as_markdown, as_text, explain, explain_value, value_as_text
from mutandis.facts.writing import written
from mutandis.questions.decider import declaration_of
from mutandis.questions.next_question import Question, next_question
from mutandis.questions.of_value import ANY_OTHER, when_value, why_not_value
from mutandis.questions.when import ALLOWING, when
from mutandis.questions.why_not import Change, WhyNot, why_not
from mutandis_log.entry import Entry
from mutandis_service.models import (
    ALWAYS,
    PARTS,
    ActionQuestion,
    AssessQuestion,
    BatchQuestion,
    CaseQuestion,
    DecideQuestion,
    ExplainQuestion,
    ExplainValueQuestion,
    NextQuestion,
    Stated,
    ValueQuestion,
    WhenQuestion,
    WhenValueQuestion,
    WhyNotQuestion,
    WhyNotValueQuestion,
)
from mutandis_service.problems import ProblemError, wrong_case
from mutandis_service.rulebooks import Version

_WANTED: Mapping[str, frozenset[Verdict]] = {
    "allowed": frozenset(ALLOWING),
    "permitted": frozenset({Verdict.PERMITTED, Verdict.CONDITIONAL}),
    "forbidden": frozenset({Verdict.FORBIDDEN, Verdict.FORBIDDEN_BY_DEFAULT}),
    "required": frozenset({Verdict.REQUIRED}),
    "exempt": frozenset({Verdict.EXEMPT}),
}


def setting_of(asked: CaseQuestion | BatchQuestion) -> dict[str, Any]:
    """The dates and the bearer of a question, as the engine takes them."""
    return {**dates_of(asked), "by": asked.by}


def dates_of(asked: Stated | BatchQuestion) -> dict[str, Any]:
    """The dates of a question, as the engine takes them."""
    return {
        "at": None if asked.at is None else read_time(asked.at),
        "law_as_of": None if asked.law_as_of is None else read_day(asked.law_as_of),
        "holidays": None if asked.holidays is None else frozenset(map(read_day, asked.holidays)),
    }


def decision_text(decision: Decision, parts: Iterable[str] | None = None) -> str:
    """The decision as JSON text: whole as the engine writes it, or some of its parts, in their order, and what every
    answer has."""
    if parts is None:
        return as_json(decision)
    wanted = {*parts, *ALWAYS}
    return "{" + ",".join(f'"{name}":{as_json(getattr(decision, name))}' for name in PARTS if name in wanted) + "}"


def text_on_record(entry: Entry, parts: Iterable[str] | None) -> str:
    """The answer of an entry as JSON text: whole, or the parts that are asked for."""
    if entry.kind == "assessment" and parts is not None:
        return f"[{','.join(_parts_of(one, parts) for one in json.loads(entry.answer))}]"
    return entry.answer if parts is None else _parts_of(json.loads(entry.answer), parts)


def _parts_of(decision: dict[str, Any], parts: Iterable[str]) -> str:
    cited = dict.fromkeys(place for one in decision["cited"] for place in one["provisions"])
    told, wanted = {**decision, "citations": list(cited)}, {*parts, *ALWAYS}
    return json.dumps({name: told[name] for name in PARTS if name in wanted}, ensure_ascii=False, separators=(",", ":"))


def told_text(entry: Entry | None, decision: Decision, parts: Iterable[str] | None) -> str:
    """What is answered: the decision, or where the question had been answered before, what was answered then."""
    return decision_text(decision, parts) if entry is None or not entry.is_earlier else text_on_record(entry, parts)


def decide(version: Version, asked: DecideQuestion) -> Decision:
    """The decision about one action. Raises `CaseError`, as every function here."""
    return version.rulebook.decide(asked.action, asked.facts, **setting_of(asked))


def assess(version: Version, asked: AssessQuestion) -> tuple[Decision, ...]:
    """The decisions about every action that the law speaks to; with `open` also those that are not settled."""
    found = version.rulebook.assess(asked.facts, **setting_of(asked))
    return tuple(d for d in found if asked.open or d.verdict is not Verdict.UNDETERMINED)


def next_question_text(version: Version, asked: NextQuestion) -> str:
    """The next question with what it is asked for, or null, and what is still possible."""
    facts, dates = _read(version, asked)
    found = next_question(version.rulebook, asked.action, facts, asked=tuple(asked.asked), **dates)
    decision = version.rulebook.decide(asked.action, facts, **dates)
    return _dump(
        {
            "question": None if found is None else _question_data(version, found),
            "verdict": decision.verdict.value,
            "reachable": [verdict.value for verdict in decision.reachable],
        }
    )


def _question_data(version: Version, found: Question) -> dict[str, object]:
    return {
        "fact": found.fact,
        "text": found.text,
        "label": found.label,
        "type": found.type.kind,
        "choices": [{"value": value, "label": label} for value, label in found.choices],
        "unit": found.unit,
        "owner": found.owner,
        "reasons": [as_data(reason) for reason in found.reasons],
        "outcomes": [
            {"value": _fact_data(version, found.fact, value), "verdicts": [one.value for one in verdicts]}
            for value, verdicts in found.outcomes
        ],
    }


def why_not_text(version: Version, asked: WhyNotQuestion, seconds: float) -> str:
    """The smallest changes found in so many seconds that give the wanted verdict, each with the decision it gives."""
    facts, dates = _read(version, asked)
    found = why_not(
        version.rulebook,
        asked.action,
        facts,
        _WANTED[asked.wanted],
        findings=asked.findings,
        most_changes=asked.most_changes,
        most_results=asked.most_results,
        most_seconds=seconds,
        **dates,
    )
    return _dump(_why_not_data(version, found))


def _change_data(version: Version, change: Change) -> dict[str, object]:
    return {
        "fact": change.fact,
        "label": change.label,
        "before": _fact_data(version, change.fact, change.before),
        "after": _fact_data(version, change.fact, change.after),
        "owner": change.owner,
    }


def _fact_data(version: Version, fact: str, value: object) -> object:
    """The value of a fact as facts take it: a length or a sum with its unit, which a number alone would not tell."""
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        vocabulary = version.rulebook.vocabulary
        return written(value, declaration_of(vocabulary, fact), vocabulary)
    return as_data(value)


def _why_not_data(version: Version, found: WhyNot) -> dict[str, object]:
    results = [
        {
            "changes": [_change_data(version, change) for change in result.changes],
            "verdict": result.decision.verdict.value,
            "citations": list(result.decision.citations),
        }
        for result in found.results
    ]
    return {
        "verdict": found.decision.verdict.value,
        "wanted": [verdict.value for verdict in found.wanted],
        "results": results,
        "impossible": found.impossible,
        "searched_to": found.searched_to,
        "decisions": found.decisions,
        "left_out": list(found.left_out),
    }


def when_text(version: Version, asked: WhenQuestion) -> str:
    """All time as stretches with one verdict each, with all facts as they are."""
    facts, dates = _read(version, asked)
    return as_json(when(version.rulebook, asked.action, facts, around=dates.pop("at"), **dates))


def explanation_text(version: Version, asked: ExplainQuestion) -> str:
    """The tree from the verdict to each fact: as data, or `{"text": ...}`."""
    facts, dates = _read(version, asked)
    decision = version.rulebook.decide(asked.action, facts, **dates)
    tree = explain(decision, version.rulebook.program, facts, at=dates["at"], law_as_of=dates["law_as_of"])
    if asked.form == "data":
        return as_json(tree)
    write = as_text if asked.form == "text" else as_markdown
    return _dump({"text": write(tree, whole=not asked.brief)})


def value_text(version: Version, asked: ValueQuestion) -> str:
    """What the fact comes to."""
    return as_json(version.rulebook.value(asked.fact, asked.facts, **dates_of(asked)))


def why_not_value_text(version: Version, asked: WhyNotValueQuestion, seconds: float) -> str:
    """The smallest changes found in so many seconds that give the wanted value, each with the value they give."""
    found = why_not_value(
        version.rulebook,
        asked.fact,
        version.rulebook.read(asked.facts),
        asked.wanted if "wanted" in asked.model_fields_set else ANY_OTHER,
        findings=asked.findings,
        most_changes=asked.most_changes,
        most_results=asked.most_results,
        most_seconds=seconds,
        **dates_of(asked),
    )
    results = [
        {"changes": [_change_data(version, change) for change in result.changes], "value": as_data(result.value)}
        for result in found.results
    ]
    return _dump(
        {
            "value": as_data(found.value),
            "wanted": as_data(found.wanted),
            "results": results,
            "impossible": found.impossible,
            "searched_to": found.searched_to,
            "decisions": found.decisions,
            "left_out": list(found.left_out),
        }
    )


def when_value_text(version: Version, asked: WhenValueQuestion) -> str:
    """All time as stretches with one value each, with all other facts as they are."""
    dates = dates_of(asked)
    facts = version.rulebook.read(asked.facts)
    return as_json(when_value(version.rulebook, asked.fact, facts, around=dates.pop("at"), **dates))


def value_explanation_text(version: Version, asked: ExplainValueQuestion) -> str:
    """The tree from the value to each fact: as data, or `{"text": ...}`."""
    dates = dates_of(asked)
    facts = version.rulebook.read(asked.facts)
    version.rulebook.value(asked.fact, facts, **dates)  # what is wrong with the question is told by it
    tree = explain_value(asked.fact, version.rulebook.program, facts, at=dates["at"], law_as_of=dates["law_as_of"])
    return as_json(tree) if asked.form == "data" else _dump({"text": value_as_text(tree)})


def _read(version: Version, asked: ActionQuestion) -> tuple[Any, dict[str, Any]]:
    """The facts, read once, and the dates; what is asked about is checked, since not all questions do it themselves."""
    setting = setting_of(asked)
    version.rulebook.prepare(asked.action, **setting)
    return version.rulebook.read(asked.facts), setting


def batch(version: Version, asked: BatchQuestion, over: Callable[[], bool]) -> list[Decision | ProblemError]:
    """The decision about each case, or what is wrong with it. Raises `ProblemError` once time is `over`."""
    setting = setting_of(asked)
    deciders: dict[dt.date | None, Callable[[Any], Decision]] = {}
    found: list[Decision | ProblemError] = []
    for case in asked.cases:
        if over():
            raise ProblemError(
                "too-slow", f"{len(found):,} of {len(asked.cases):,} cases were decided in time", "ask about fewer"
            )
        at = setting["at"] if case.at is None else read_time(case.at)
        decide_one = deciders.get(at)
        if decide_one is None:
            decide_one = deciders[at] = version.rulebook.prepare(asked.action, **{**setting, "at": at})
        try:
            found.append(decide_one(case.facts))
        except CaseError as error:
            found.append(wrong_case(error))
    return found


def batch_text(asked: BatchQuestion, answers: Sequence[Decision | ProblemError], entries: Sequence[Entry] = ()) -> str:
    """The answers of a batch in the order of its cases, and how many there are of each verdict; with what the decisions
    have on record, where they do."""
    results: list[str] = []
    kept = iter(entries)
    for number, (case, answer) in enumerate(zip(asked.cases, answers, strict=True)):
        head = f'{{"id":{_dump(number if case.id is None else case.id)},'
        if isinstance(answer, ProblemError):
            results.append(f'{head}"problem":{_dump(answer.as_data())}}}')
        else:
            entry = next(kept, None)
            record = "" if entry is None else f',"record":"{entry.receipt}"'
            results.append(f'{head}"decision":{told_text(entry, answer, asked.parts)}{record}}}')
    counts = Counter("error" if isinstance(a, ProblemError) else a.verdict.value for a in answers)
    return f'{{"results":[{",".join(results)}],"counts":{_dump(dict(sorted(counts.items())))}}}'


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
