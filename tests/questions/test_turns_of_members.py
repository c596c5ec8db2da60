"""What is said of the members of a list turns with the clock, and with a day that it is compared with."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import VOCABULARY, book, rule

from mutandis import Rulebook, Verdict
from mutandis.questions import when, why_not

MEMBERS = VOCABULARY.replace(
    "      days: {type: duration, unit: days, question: How long?}\n",
    """      days: {type: duration, unit: days, question: How long?}
      on: {type: date, question: On which day was it?}
      recent: {type: yes/no, label: recent}
      marks: {type: list of mark, question: Which marks?}
  mark:
    label: mark
    attributes:
      on: {type: date, question: On which day was the mark given?}
""",
    1,
)
RECENT = "is within 30 days before today"
MAY, END = dt.date(2024, 5, 1), dt.date(2024, 5, 31)


def _book(*rules: str) -> Rulebook:
    return book(*rules, vocabulary=MEMBERS)


@pytest.mark.parametrize(
    ("condition", "member"),
    [
        (f"any p in it.parts has (p.on {RECENT})", {"on": "2024-05-01"}),
        (f"(the number of p in it.parts where (p.on {RECENT})) > 0", {"on": "2024-05-01"}),
        (f"(the total of p.days for p in it.parts where (p.on {RECENT})) >= 1 day", {"on": "2024-05-01", "days": 1}),
        ("any p in it.parts has (p.recent)", {"on": "2024-05-01"}),
        (f"any p in it.parts has (any m in p.marks has (m.on {RECENT}))", {"marks": [{"on": "2024-05-01"}]}),
    ],
)
def test_from_when_to_when_something_holds_of_members(condition: str, member: dict[str, object]) -> None:
    rules = _book(
        rule("(1)", "define: part.recent", f"when: part.on {RECENT}"),
        rule("(2)", "must: tell thing", f"when: {condition}"),
    )
    found = when(rules, "tell thing", dict(rules.read({"it.parts": [member]})))
    assert [(s.verdict.value, s.first, s.last) for s in found.spells] == [
        ("silent", None, MAY - dt.timedelta(1)),
        ("required", MAY, END),
        ("silent", END + dt.timedelta(1), None),
    ]


def test_a_day_that_members_are_compared_with_can_be_changed() -> None:
    rules = _book(rule("(1)", "must: tell thing", "when: any p in it.parts has (p.on is within 30 days before it.on)"))
    facts = dict(rules.read({"it.parts": [{"on": "2024-05-01"}], "it.on": "2023-01-01"}))
    (found,) = why_not(rules, "tell thing", facts, wanted=[Verdict.REQUIRED], at=MAY).results
    assert [(change.fact, change.after) for change in found.changes] == [("it.on", MAY)]
