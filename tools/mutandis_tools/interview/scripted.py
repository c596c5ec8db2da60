"""Answers from a file, so that an interview can be repeated and tested.

The file is YAML: a fact's name and its answer, nested or dotted as in a case. A fact it does not name is answered with
"don't know".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import CaseError, Diagnostic
from mutandis.questions.next_question import Question
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode, read_yaml
from mutandis_tools.interview.session import DONT_KNOW, Leave, Said


@dataclass(frozen=True, slots=True)
class ScriptedRespondent:
    """Answers every question from `answers`, by fact."""

    answers: Mapping[str, object]

    def respond(self, question: Question, problem: str) -> Said | Leave:
        """The answer of the file. Raises `CaseError` if the vocabulary does not allow it."""
        if problem:
            raise CaseError([diagnose("wrong-fact-type", problem, f"mend the answer for `{question.fact}`")])
        return Said(self.answers.get(question.fact, DONT_KNOW))


def read_answers(data: bytes, file: str) -> tuple[dict[str, object], tuple[Diagnostic, ...]]:
    """The answers of a file by dotted fact name, and what is wrong with it."""
    read = read_yaml(data, file)
    faults = list(read.diagnostics)
    answers: dict[str, object] = {}
    for document in read.documents:
        if isinstance(document, MappingNode):
            answers.update(_flat(document, ""))
        else:
            faults.append(
                diagnose(
                    "wrong-shape", "answers are pairs of a fact and its answer", "write `name: value`", document.span
                )
            )
    return answers, tuple(faults)


def _flat(node: MappingNode, prefix: str) -> Iterator[tuple[str, object]]:
    for key, value in node.entries:
        if isinstance(value, MappingNode) and not prefix:
            yield from _flat(value, f"{key.text}.")
        else:
            yield prefix + key.text, _plain(value)


def _plain(node: YamlNode) -> object:
    match node:
        case ScalarNode(text=text):
            return text
        case SequenceNode(items=items):
            return [_plain(item) for item in items]
        case MappingNode(entries=entries):
            return {key.text: _plain(value) for key, value in entries}
