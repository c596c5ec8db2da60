"""Holding an interview with anybody who can answer: a person at a terminal, or a file of answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Final, Protocol, final

from mutandis.dataclass import dataclass
from mutandis.diagnostics import CaseError
from mutandis.explain.spoken import Spoken
from mutandis.questions.next_question import Interview, Question
from mutandis_tools.names import Names
from mutandis_tools.report.lines import Line, Piece, line, printable

DONT_KNOW: Final = "unknown"
"""How an answer says that nobody knows, here as in a case file."""


@final
class Leave:
    """An answer that ends the interview."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was written: a value of the fact, or `DONT_KNOW`."""

    value: object


class Respondent(Protocol):
    """Whoever answers."""

    def respond(self, question: Question, problem: str) -> Said | Leave:
        """The answer to `question`; `problem` says what was wrong with the answer before, empty at first."""
        ...


@dataclass(frozen=True, slots=True)
class Recorder:
    """Passes questions on to `respondent`, and has in `said` what was answered to each, as it was written."""

    respondent: Respondent
    said: dict[str, object] = field(default_factory=dict)

    def respond(self, question: Question, problem: str) -> Said | Leave:
        """The answer of the respondent; one given again takes the place of the one before."""
        answer = self.respondent.respond(question, problem)
        self.said.pop(question.fact, None)
        if isinstance(answer, Said) and answer.value != DONT_KNOW:
            self.said[question.fact] = answer.value
        return answer


def hold_interview(
    interview: Interview, respondent: Respondent, names: Names, tell: Callable[[tuple[Line, ...]], None]
) -> Interview:
    """Ask until the answer is settled, nothing is left to ask, or the respondent leaves.

    `tell` shows each question with the reason it is asked before it is put. An answer that the vocabulary does not
    allow is asked for again.
    """
    number = 1
    spoken = names.spoken(interview.decision.action)
    while interview.question is not None:
        question = interview.question
        tell(_introduction(question, number, names, spoken))
        problem = ""
        while True:
            answer = respondent.respond(question, problem)
            if isinstance(answer, Leave):
                return interview
            try:
                interview = interview.answer(answer.value)
            except CaseError as error:
                problem = "; ".join(f"{d.message}: {d.help}" for d in error.diagnostics)
                continue
            break
        number += 1
    return interview


def _introduction(question: Question, number: int, names: Names, spoken: Spoken | None) -> tuple[Line, ...]:
    lines = [line(Piece(f"{number}. ", "quiet"), Piece(printable(question.text or question.label), "strong"))]
    if question.owner:
        lines.append(line("   ", Piece(f"for the {names.party(question.owner)} to find", "quiet")))
    phrases = {} if spoken is None else {r.condition: spoken.condition(r.condition) for r in question.reasons}
    for reason in question.reasons:
        place, condition = names.provision(reason.provision), printable(phrases.get(reason.condition, reason.condition))
        lines.append(line("   ", Piece("asked for ", "quiet"), Piece(place, "place"), Piece(f": {condition}", "quiet")))
    return tuple(lines)


def answers_text(interview: Interview, names: Names) -> tuple[Line, ...]:
    """What was said in the interview, fact by fact."""
    said = [(name, interview.facts.get(name)) for name in interview.asked]
    return tuple(
        line("  ", Piece(printable(names.fact(name)), "fact"), ": ", printable(names.value(name, value)))
        for name, value in said
    )
