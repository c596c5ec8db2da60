"""A clause that applies a list of provisions is told where the list leaves out what would have spoken."""

from __future__ import annotations

import pytest
from tests.evaluate.books import LAW, VOCABULARY, decide

from mutandis.api import Rulebook
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

ARTICLES = """
law: act
article: 1
title: What is applied
rules:
  - {at: (1), summary: s, must: keep thing, when: it.a}
  - {at: (2), summary: s, may: do thing, when: it.b}
  - {at: (3), summary: s, must: burn thing, when: it.a}
---
law: act
article: 2
title: The clause
rules:
  - {at: main, summary: s, apply: [1(1), 1(3)], construe: {thing: part}, when: case falls under 1(1)}
"""


@pytest.mark.parametrize("falls_under", [True, False])
def test_a_list_is_told_by_what_puts_its_clause_in_motion(falls_under: bool) -> None:
    actions = "  keep part: {label: keep it, default: silent}\n  burn part: {label: burn it, default: silent}\n"
    source = load_text(
        {"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY + actions, "act/001-articles.yaml": ARTICLES}
    )
    linked = link(source)
    assert linked.program is not None, linked.diagnostics
    decision = decide(Rulebook(linked.program), {"it.a": falls_under, "it.b": False})
    told = [one.provision for one in decision.authority if one.text.startswith("leaves out")]
    assert decision.verdict.value == "forbidden_by_default"
    assert told == (["act/2 main"] if falls_under else [])
