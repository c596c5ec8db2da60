"""Holding an interview with anybody who can answer: a person at a terminal, or a file of answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Protocol, final

from mutandis.dataclass import dataclass
from mutandis.diagnostics import CaseError
from mutandis.explain.spoken import Spoken
from mutandis.questions.decider import fact_of
from mutandis.questions.next_question import Interview, Question
from mutandis_tools.names import Names
from mutandis_tools.report.lines import Line, Piece, line, printable

DONT_KNOW: Final = "unknown"
"""How an answer says that nobody knows, here as in a case file."""


@final
class Leave:
    """An answer that ends the interview."""

    __slots__ = ()


@final
class Back:
    """An answer that takes the one before back."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was written: a value of the fact, or `DONT_KNOW`."""

    value: object


class Respondent(Protocol):
    """Whoever answers."""

    def respond(self, question: Question, problem: str) -> Said | Back | Leave:
        """The answer to `question`; `problem` says what was wrong with the answer before, empty at first."""
        ...


def hold_interview(
    interview: Interview, respondent: Respondent, names: Names, tell: Callable[[tuple[Line, ...]], None]
) -> Interview:
    """Ask until the answer is settled, nothing is left to ask, or the respondent leaves.

    `tell` shows each question with the reason it is asked before it is put. An answer that the vocabulary does not
    allow is asked for again, and so is the one before when the respondent goes back.
    """
    before: list[Interview] = []
    spoken = names.spoken(interview.decision.action)
    while interview.question is not None:
        question = interview.question
        tell(_introduction(question, len(before) + 1, names, spoken))
        problem = ""
        while True:
            answer = respondent.respond(question, problem)
            if isinstance(answer, Leave):
                return interview
            if isinstance(answer, Back):
                if before:
                    interview = before.pop()
                    break
                problem = "this is the first question."
                continue
            try:
                following = interview.answer(answer.value)
            except CaseError as error:
                problem = "; ".join(f"{d.message}: {d.help}" for d in error.diagnostics)
                continue
            before.append(interview)
            interview = following
            break
    return interview


def _introduction(question: Question, number: int, names: Names, spoken: Spoken | None) -> tuple[Line, ...]:
    lines = [line(Piece(f"{number}. ", "quiet"), Piece(printable(question.text or question.label), "strong"))]
    listed, of_member, rest = question.fact.rpartition("[")
    if of_member:
        number_in_list = rest.partition("]")[0]
        lines.append(line("   ", Piece(f"of {printable(names.fact(listed))}, no. {number_in_list}", "quiet")))
    if question.owner:
        lines.append(line("   ", Piece(f"for the {names.party(question.owner)} to find", "quiet")))
    phrases = {} if spoken is None else {r.condition: spoken.condition(r.condition) for r in question.reasons}
    for reason in question.reasons:
        place, condition = names.provision(reason.provision), printable(phrases.get(reason.condition, reason.condition))
        lines.append(line("   ", Piece("asked for ", "quiet"), Piece(place, "place"), Piece(f": {condition}", "quiet")))
    return tuple(lines)


def answers_text(interview: Interview, names: Names) -> tuple[Line, ...]:
    """What was said in the interview, fact by fact."""
    said = [(name, fact_of(interview.facts, name)) for name in interview.asked]
    return tuple(
        line("  ", Piece(printable(names.fact(name)), "fact"), ": ", printable(names.value(name, value)))
        for name, value in said
    )
