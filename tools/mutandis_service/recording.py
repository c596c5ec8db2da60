"""Putting answers on record before they are given, and giving again what is on record under an idempotency key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from mutandis.decide.result import Decision
from mutandis.facts.writing import written_facts
from mutandis_log.entry import FACT, Draft, Entry
from mutandis_service.answers import dates_of
from mutandis_service.models import AssessQuestion, BatchQuestion, CaseQuestion
from mutandis_service.problems import ProblemError
from mutandis_service.rulebooks import Version


def _question(version: Version, asked: CaseQuestion | BatchQuestion, at: str | None) -> dict[str, Any]:
    holidays = dates_of(asked)["holidays"]
    return {
        "by": asked.by,
        "at": at,
        "law_as_of": asked.law_as_of,
        "known_on": asked.known_on,
        "holidays": None if holidays is None else sorted(day.isoformat() for day in holidays),
        "name": version.named.told,
    }


def _facts(version: Version, stated: dict[str, Any]) -> dict[str, object]:
    book = version.rulebook
    return written_facts(book.read(stated).native, book.vocabulary, book.program.derived)


def draft_of_decision(
    version: Version,
    asked: CaseQuestion | BatchQuestion,
    decision: Decision,
    facts: dict[str, Any],
    at: str | None,
    asker: str,
    key: str,
) -> Draft:
    """What is put on record of one decision."""
    question = {"action": decision.action, **_question(version, asked, at)}
    return Draft.of_decision(decision, _facts(version, facts), question, asker=asker, key=key)


def draft_of_assessment(
    version: Version, asked: AssessQuestion, decisions: Iterable[Decision], asker: str, key: str
) -> Draft:
    """What is put on record of an assessment: every decision in it, whole."""
    question = {**_question(version, asked, asked.at), "open": asked.open}
    facts = _facts(version, asked.facts)
    return Draft.of_assessment(decisions, version.hash, facts, question, asker=asker, key=key)


def check_same_question(entry: Entry, draft: Draft) -> None:
    """Raise `ProblemError` where an idempotency key was used for another question, or its answer is no longer whole."""
    said = {name: leaf.text for name, leaf in entry.leaves.items() if name.startswith(FACT)}
    now = {name: text for name, text in draft.says.items() if name.startswith(FACT)}
    # By which rulebook and program is no part of what was asked.
    was_asked, is_asked = (
        {k: v for k, v in one.items() if k not in ("rulebook", "program", "name")}
        for one in (entry.question, draft.question)
    )
    if entry.redacted:
        raise ProblemError("key-used", f"the answer under this key (entry {entry.seq}) was redacted", "use another key")
    if (entry.kind, was_asked, said) != (draft.kind, is_asked, now):
        raise ProblemError("key-used", f"entry {entry.seq} has another question under this key", "use another key")


def drafts_of_batch(
    version: Version, asked: BatchQuestion, answers: Sequence[Decision | ProblemError], asker: str, key: str
) -> list[Draft]:
    """What is put on record of a batch: each decision, under the batch's idempotency key and its own number."""
    return [
        draft_of_decision(
            version, asked, answer, case.facts, case.at or asked.at, asker, f"{key}/{number}" if key else ""
        )
        for number, (case, answer) in enumerate(zip(asked.cases, answers, strict=True))
        if not isinstance(answer, ProblemError)
    ]
