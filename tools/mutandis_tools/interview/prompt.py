"""A person at a terminal (questionary behind it)."""

from __future__ import annotations

import questionary

from mutandis.dataclass import dataclass
from mutandis.questions.next_question import Question
from mutandis_tools.interview.session import DONT_KNOW, Leave, Said
from mutandis_tools.report.lines import printable

_UNKNOWN, _LEAVE = "I don't know", "Stop here"
_FORMS = {
    "date": "a day, e.g. 2020-03-01",
    "moment": "a moment, e.g. 2020-03-01T10:00",
    "count": "a number",
    "number": "a number",
    "money": "a sum",
    "duration": "a length of time, e.g. 8 days",
    "provision": "a provision, e.g. act/108.5",
    "period": "a period",
    "text": "a text",
}


@dataclass(frozen=True, slots=True)
class TerminalRespondent:
    """Asks with arrow keys where there are choices, by typing where there are none."""

    def respond(self, question: Question, problem: str) -> Said | Leave:
        """What the person says; interrupting leaves the interview."""
        if question.choices:
            return self._choose(question)
        form = _FORMS.get(question.type.kind, "a value")
        if question.type.kind == "duration" and question.unit:
            form = f"a number of {question.unit}"
        told = f"{printable(problem)} " if problem else ""
        none = ", `none` if there is none" if question.type.optional else ""
        answer = questionary.text(f"{told}({form}{none}; empty: don't know)").ask()
        if answer is None:
            return Leave()
        written = answer.strip()
        if written.isdigit() and question.type.kind in ("duration", "money") and question.unit:
            written = f"{written} {question.unit}"
        return Said(written or DONT_KNOW)

    def _choose(self, question: Question) -> Said | Leave:
        offered = [questionary.Choice(printable(label), value) for value, label in question.choices]
        if question.type.several:
            picked = questionary.checkbox("all that hold; none picked: don't know", choices=offered).ask()
            return Leave() if picked is None else Said(picked or DONT_KNOW)
        offered.append(questionary.Choice(_UNKNOWN, DONT_KNOW))
        offered.append(questionary.Choice(_LEAVE, _LEAVE))
        answer = questionary.select("", choices=offered, qmark="").ask()
        return Leave() if answer in (None, _LEAVE) else Said(answer)
