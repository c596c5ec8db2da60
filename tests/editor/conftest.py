"""A small rulebook of its own for each test of the editor."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mutandis_tools.editor.desk import Desk

BOOK = Path(__file__).parents[1] / "fixtures" / "diagnostics" / "unguarded-optional-fact" / "good"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A rulebook of one law with one article, and an empty shared vocabulary."""
    root = tmp_path / "book"
    shutil.copytree(BOOK, root)
    (root / "vocabulary.yaml").write_text("terms: {}\n", encoding="utf-8")
    return root


LAW = "law: act\ntitle: Visits Act\nshort: Act\nrank: 1\n"
VOCABULARY = """\
terms:
  warden: {role: yes, label: warden, also: governor}
  inmate: {role: yes, label: inmate}
  contact:
    label: contact
    attributes:
      overheard: {type: yes/no, question: 'Is the {term} overheard?', says: 'the {term} is overheard'}
  visit: {kind_of: contact, label: visit}
  call: {kind_of: contact, label: call}
  stay:
    label: stay
    attributes:
      days: {type: duration, unit: days, question: How long is the stay?}
      ended_on: {type: date, optional: yes, question: When did the stay end?}
      reason:
        type: one of
        values: {illness: illness, work: work}
        question: What is the reason of the stay?
actions:
  stop contact: {label: stop the contact, default: forbidden, by: warden}
"""
ARTICLE_1 = """\
law: act
article: 1
title: Visits
rules:
  - at: (1)
    summary: A visit that is overheard may be stopped.
    may: stop visit
    by: warden
    when: visit.overheard
    grounds:
      1: stay.days > 30 days and stay.reason is illness
      2: stay.ended_on is present and stay.ended_on <= today
  - at: (2)
    summary: Nobody stops a visit during work.
    must_not: stop visit
    by: warden
    despite: (1)
    when: stay.reason is work
"""
ARTICLE_2 = """\
law: act
article: 2
title: Calls
rules:
  - at: main
    summary: The provision on visits goes for calls.
    apply: 1(1)
    construe:
      visit: call
    when: call.overheard
"""
CASES = """\
case: An overheard visit
law: act
tests: [1(1)]
at: 2024-05-01
facts:
  visit.overheard: yes
  stay: {days: 40 days, reason: illness, ended_on: none}
ask: {decide: stop visit}
expect:
  verdict: permitted
---
case: A visit that nobody hears
law: act
tests: [1(1)]
at: 2024-05-01
facts:
  visit.overheard: no
  stay: {days: 40 days, reason: illness, ended_on: none}
ask: {decide: stop visit}
expect:
  verdict: permitted
"""


@pytest.fixture
def visits(tmp_path: Path) -> Path:
    """A rulebook in which calls are treated as visits; the second of its cases does not pass."""
    root = tmp_path / "visits"
    for name, text in {
        "vocabulary.yaml": "terms: {}\n",
        "act/law.yaml": LAW,
        "act/vocabulary.yaml": VOCABULARY,
        "act/001-visits.yaml": ARTICLE_1,
        "act/002-calls.yaml": ARTICLE_2,
        "act/cases/visits.yaml": CASES,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def desk(visits: Path) -> Desk:
    """The rulebook at the desk, read as a whole."""
    desk = Desk(visits)
    desk.take(*desk.read_whole({}))
    return desk
