"""Answers from a file, so that an interview can be repeated and tested.

The file is YAML: a fact's name and its answer, nested or dotted as in a case. A fact it does not name is answered with
"don't know". An answer for what the vocabulary does not have is a fault, as it is in a case.
"""

from __future__ import annotations

from collections.abc import Mapping

from mutandis.dataclass import dataclass
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import CaseError, Diagnostic
from mutandis.facts.read import read_facts
from mutandis.link.program import Program
from mutandis.questions.decider import declaration_of
from mutandis.questions.next_question import Question
from mutandis.rulebook.case_file import by_dotted_name, read_written_facts
from mutandis.rulebook.yaml_source import MappingNode, read_yaml
from mutandis.source import NOWHERE, Span
from mutandis.suggest import did_you_mean
from mutandis.vocabulary import Vocabulary
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


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers of a file as written, by dotted fact name, and where each stands."""

    facts: dict[str, object]
    places: dict[str, Span]

    def place(self, name: str, slug: str = "") -> Span:
        """Where the answer for `name` stands, whatever is wrong with it."""
        return self.places.get(name, self.places.get(name.partition(".")[0], NOWHERE))


def read_answers(data: bytes, file: str) -> tuple[Answers, tuple[Diagnostic, ...]]:
    """The answers of a file, and what is wrong with it."""
    read = read_yaml(data, file)
    faults = list(read.diagnostics)
    answers = Answers({}, {})
    for document in read.documents:
        if isinstance(document, MappingNode):
            facts, places, _ = read_written_facts(document, faults)
            answers.places.update(places)
            answers.facts.update(by_dotted_name(facts))
        else:
            faults.append(
                diagnose(
                    "wrong-shape", "answers are pairs of a fact and its answer", "write `name: value`", document.span
                )
            )
    return answers, tuple(faults)


def check_answers(answers: Answers, vocabulary: Vocabulary, program: Program) -> tuple[Diagnostic, ...]:
    """What is wrong with answers that name no fact, or give one what it cannot have; asked for or not."""
    faults: list[Diagnostic] = []
    plain: dict[str, object] = {}
    for name, value in answers.facts.items():
        if name in vocabulary.facts:
            plain[name] = value
        elif declaration_of(vocabulary, name) is None:
            help_ = did_you_mean(name, vocabulary.facts, "answer for a fact that the vocabulary declares")
            faults.append(diagnose("unknown-fact", f"the vocabulary has no fact `{name}`", help_, answers.place(name)))
    known = program.provisions
    read = read_facts(plain, vocabulary, derived=program.derived, span_of=answers.place, provisions=known)
    return (*faults, *read.diagnostics)
