"""A number of a member that nobody said lies between its `min` and its `max`, in rows, columns and the solver alike."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from tests.backends.solver_agreement import agree
from tests.evaluate.books import decide

from mutandis.api import Rulebook
from mutandis.decide.result import Verdict
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  clerk: {role: yes, label: clerk}
  holder:
    label: holder
    attributes:
      stakes: {type: list of stake, question: Which stakes?}
      votes: {type: count, label: votes}
  stake:
    label: stake
    attributes:
      share: {type: number, min: -1, max: 1, question: What share?}
      seats: {type: count, min: 2, max: 5, question: How many seats?}
      held: {type: duration, unit: days, max: 30, question: Held how long?}
      votes: {type: count, max: 3, label: votes, question: How many votes?}
      ours: {type: yes/no, question: Ours?}
  file: {label: file}
actions:
  open file: {label: open, default: silent, by: clerk}
  close file: {label: close, default: silent, by: clerk}
  read file: {label: read, default: silent, by: clerk}
  send file: {label: send, default: silent, by: clerk}
"""
RULES = """
law: act
article: 1
title: Files
rules:
  - {at: (1), summary: Opens., must: open file, when: (the total of s.share for s in holder.stakes) <= 2}
  - {at: (2), summary: Closes., must: close file, when: any s in holder.stakes has (s.seats >= 2 and s.held <= 30 days)}
  - {at: (3), summary: Reads., must: read file, when: holder.votes <= 6}
  - {at: (4), summary: Votes of all., define: holder.votes, as: the total of s.votes for s in holder.stakes}
  - {at: (5), summary: Ours have three., define: stake.votes, as: 3, when: stake.ours}
  - {at: (6), summary: Sends., must: send file, when: no s in holder.stakes has (s.held > 20 days)}
"""
ACTIONS = ("open file", "close file", "read file", "send file")
CASES: tuple[tuple[str, list[dict[str, object]], Verdict, tuple[str, ...]], ...] = (
    ("open file", [{}, {"share": 1}], Verdict.REQUIRED, ()),
    ("open file", [{}, {}, {}], Verdict.UNDETERMINED, tuple(f"holder.stakes[{k}].share" for k in (1, 2, 3))),
    ("close file", [{}], Verdict.REQUIRED, ()),
    ("close file", [{"seats": 5}], Verdict.REQUIRED, ()),
    ("read file", [{"votes": 1}, {"ours": True}], Verdict.REQUIRED, ()),
    ("send file", [{}], Verdict.UNDETERMINED, ("holder.stakes[1].held",)),
)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "act/1.yaml": RULES})
    found = link(source)
    assert found.program is not None and not source.diagnostics, (source.diagnostics, found.diagnostics)
    return Rulebook(found.program)


@pytest.mark.parametrize(("action", "members", "verdict", "missing"), CASES)
def test_a_member_s_number_has_its_declared_range(
    book: Rulebook, action: str, members: list[dict[str, object]], verdict: Verdict, missing: tuple[str, ...]
) -> None:
    found = decide(book, {"holder.stakes": members}, action)
    assert (found.verdict, found.missing) == (verdict, missing)


@pytest.mark.parametrize("action", ACTIONS)
def test_columns_give_a_member_s_number_the_same_range(book: Rulebook, action: str) -> None:
    lists: list[Any] = [members for _, members, _, _ in CASES] + [[], [{"ours": False}], [{"held": 21}, {"share": -1}]]
    column = pl.Series("holder.stakes", lists, dtype=pl.Object)
    found = book.decide_table(action, column.to_frame()).verdict.to_list()
    assert found == [book.decide(action, {"holder.stakes": members}).verdict.value for members in lists]


def test_the_solver_gives_a_member_s_number_the_same_range(book: Rulebook) -> None:
    found = agree(book, list(ACTIONS), cases=60)
    assert found.differences == [] and found.lowered == len(ACTIONS)
