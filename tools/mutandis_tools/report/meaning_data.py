"""What an amendment makes otherwise of each action, as data (`schemas/comparison.schema.json`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from mutandis.decide.result import as_data
from mutandis.facts.writing import written_facts
from mutandis.vocabulary import Vocabulary
from mutandis_tools.comparison.answers import Answer, value_told
from mutandis_tools.comparison.semantic import SemanticDifference, SubjectDifference
from mutandis_tools.comparison.witness import Witness

Held = Callable[[Witness], str | None]
"""The case of a file that comes out otherwise as a witness does."""


def meaning_data(found: SemanticDifference, vocabulary: Vocabulary, held_by: Held) -> dict[str, object]:
    """Every action and every fact of which anything was asked, with all of its cases."""
    return {
        "same": len(found.same),
        "renumbered": dict(found.renaming.places),
        "renamed": dict(found.renaming.facts),
        "stated": list(found.stated),
        "widened": list(found.widened),
        "actions": [_subject_data(one, vocabulary, held_by) for one in found.actions],
        "values": [_subject_data(one, vocabulary, held_by) for one in found.values],
    }


def _subject_data(one: SubjectDifference, vocabulary: Vocabulary, held_by: Held) -> dict[str, object]:
    kind, name = one.subject
    return {
        kind: name,
        "standing": one.standing,
        "complete": one.complete,
        "tried": one.tried,
        "reasons": list(one.reasons),
        "bounds": list(one.bounds),
        "witnesses": [_witness_data(witness, vocabulary, held_by(witness)) for witness in one.witnesses],
    }


def _witness_data(witness: Witness, vocabulary: Vocabulary, held_by: str | None) -> dict[str, object]:
    return {
        "aspect": witness.aspect,
        "facts": written_facts(witness.case.facts, vocabulary),
        "at": as_data(witness.case.at),
        "law_as_of": as_data(witness.case.law_as_of),
        "by": witness.case.by,
        "spans": {
            name: [None if end is None else written_facts({name: end}, vocabulary)[name] for end in ends]
            for name, ends in witness.spans.items()
        },
        "fewest": witness.fewest,
        "held_by": held_by,
        "old": _answer_data(witness.old),
        "new": _answer_data(witness.new),
    }


def _answer_data(answer: Answer) -> dict[str, object]:
    def listed(atoms: Iterable[tuple[Any, ...]], *keys: str) -> list[dict[str, object]]:
        return [dict(zip(keys, map(as_data, atom), strict=True)) for atom in sorted(atoms, key=str)]

    if answer.value:
        return {"value": value_told(answer), "cites": [str(atom[0]) for atom in sorted(answer.citations, key=str)]}
    return {
        "verdict": answer.verdict,
        "cites": listed(answer.citations, "provision", "by", "to", "chains"),
        "limits": listed(answer.limits, "provision", "parameter", "relation", "bound"),
        "deadlines": listed(answer.deadlines, "provision", "relation", "words", "due"),
        "breaches": listed(answer.breaches, "provision", "late"),
        "penalties": listed(answer.penalties, "provision", "options", "by"),
    }
