"""A person at a terminal (questionary behind it)."""

from __future__ import annotations

import re

import questionary

from mutandis.dataclass import dataclass
from mutandis.facts.read import MOST_MEMBERS
from mutandis.questions.next_question import Question
from mutandis_tools.interview.session import DONT_KNOW, Back, Leave, Said
from mutandis_tools.report.lines import printable
from mutandis_tools.typed_value import read_typed

_UNKNOWN, _BACK, _LEAVE = "I don't know", "Go back", "Stop here"
_SPAN = re.compile(r"(\S+)\s+(?:to|until)\s+(\S+)")
_FORMS = {
    "date": "a day, e.g. 2020-03-01",
    "moment": "a moment, e.g. 2020-03-01T10:00",
    "count": "a number",
    "number": "a number",
    "money": "a sum",
    "duration": "a length of time, e.g. 8 days",
    "provision": "a provision, e.g. act/108.5",
    "period": "from when to when, e.g. 2020-03-01 to 2020-03-15",
    "list": "how many there are; or each in brackets, as a case file has them",
    "text": "a text",
}


@dataclass(frozen=True, slots=True)
class TerminalRespondent:
    """Asks with arrow keys where there are choices, by typing where there are none."""

    def respond(self, question: Question, problem: str) -> Said | Back | Leave:
        """What the person says; interrupting leaves the interview."""
        if question.choices:
            return self._choose(question, problem)
        kind = question.type.kind
        form = _FORMS.get(kind, "a value")
        if kind == "duration" and question.unit:
            form = f"a number of {question.unit}"
        none = ", `none` if there is none" if question.type.optional else ""
        answer = questionary.text(f"{_told(problem)}({form}{none}; empty: don't know; `back`)").ask()
        if answer is None:
            return Leave()
        written = answer.strip()
        if written == "back":
            return Back()
        return Said(_value(written, question) if written else DONT_KNOW)

    def _choose(self, question: Question, problem: str) -> Said | Back | Leave:
        offered = [questionary.Choice(printable(label), value) for value, label in question.choices]
        if question.type.several:
            offered.append(questionary.Choice(_BACK, _BACK))
            asked = f"{_told(problem)}all that hold; none picked: don't know"
            picked = questionary.checkbox(asked, choices=offered).ask()
            if picked is None:
                return Leave()
            return Back() if _BACK in picked else Said(picked or DONT_KNOW)
        offered += [questionary.Choice(_UNKNOWN, DONT_KNOW), questionary.Choice(_BACK, _BACK)]
        offered.append(questionary.Choice(_LEAVE, _LEAVE))
        answer = questionary.select(_told(problem), choices=offered, qmark="").ask()
        if answer == _BACK:
            return Back()
        return Leave() if answer in (None, _LEAVE) else Said(answer)


def _told(problem: str) -> str:
    return f"{printable(problem)} " if problem else ""


def _value(written: str, question: Question) -> object:
    """An answer as a case file would have it; what does not read stays as it was typed, for its reader to tell."""
    kind = question.type.kind
    if written.isdecimal():
        if kind in ("duration", "money") and question.unit:
            return f"{written} {question.unit}"
        if kind == "list" and int(written) <= MOST_MEMBERS:
            return [{} for _ in range(int(written))]
    if kind == "period" and (span := _SPAN.fullmatch(written)) is not None:
        return {"from": span[1], "until": span[2]}
    try:
        return read_typed("answer.value", written)["answer.value"]
    except (ValueError, KeyError):
        return written
