"""Which cases of files an amendment is put to, and cases that are tried where nothing is proved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.evaluate import books
from tests.evaluate.books import book, rule

from mutandis import suggest
from mutandis.api import Rulebook
from mutandis.facts.read import FactsRead
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.comparison import outcomes
from mutandis_tools.comparison.dependence import lowered_on, touched_by_amendment
from mutandis_tools.comparison.outcomes import Side, compare_outcomes
from mutandis_tools.comparison.searched import cases_at_corners
from mutandis_tools.comparison.semantic import Effort, compare_meaning
from mutandis_tools.opening import Opened, open_rulebook, read_case

LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n"
WORDS = """
terms:
  it:
    label: it
    attributes:
      a: {type: yes/no, question: A?}
      b: {type: yes/no, question: B?}
      under: {type: provision, optional: yes, question: Under which?}
      parts: {type: list of part, question: Which parts?}
  part:
    label: part
    attributes:
      days: {type: duration, unit: days, max: 60, question: How long?}
  warden: {role: yes, label: warden}
  thing: {label: thing}
actions:
  do thing: {label: do it, default: forbidden, by: warden}
  keep thing: {label: keep it, default: silent}
"""
RULES = """law: act
article: 1
title: An article
rules:
  - at: (1)
    summary: A may.
    may: do thing
    when: it.a
  - at: (2)
    summary: B must.
    must: keep thing
    when: it.b
"""
CASES = """case: says a
tests: [1(1)]
law: act
facts: {it: {a: yes}}
ask: {decide: do thing, by: warden}
expect: {verdict: permitted}
---
case: says nothing
tests: [1(1)]
law: act
facts: {it.b: yes}
ask: {decide: do thing}
expect: {verdict: undetermined}
---
case: has parts
tests: [1(2)]
law: act
facts: {it.parts: [{days: 50 days}], it.b: yes}
ask: {decide: keep thing}
expect: {verdict: required}
---
case: is under a place
tests: [1(2)]
law: act
facts: {it.under: act/1(2), it.b: yes}
ask: {decide: keep thing}
expect: {verdict: required}
"""


def _opened(folder: Path, words: str = WORDS, rules: str = RULES) -> Opened:
    for name, text in {
        "act/law.yaml": LAW,
        "act/vocabulary.yaml": words,
        "act/001-article.yaml": rules,
        "act/cases/cases.yaml": CASES,
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return open_rulebook(folder)


def _side(opened: Opened) -> Side:
    assert opened.linked.program is not None, opened.linked.diagnostics
    return Side(opened, Rulebook(opened.linked.program))


AMENDMENTS = {
    "a presumption": ((WORDS.replace("A?", "A?, presume: yes"), RULES), {"says a", "says nothing"}, {"says nothing"}),
    "words": ((WORDS.replace("A?", "Is it A?"), RULES), set(), set()),
    "a bound of members": ((WORDS.replace("max: 60", "max: 40"), RULES), {"has parts"}, {"has parts"}),
    "a provision less": (
        (WORDS, RULES.replace("at: (1)", "at: (3)").replace("at: (2)", "at: (1)")),
        {"says a", "says nothing", "has parts", "is under a place"},
        {"says a", "has parts", "is under a place"},
    ),
}


@pytest.mark.parametrize("name", AMENDMENTS)
def test_cases_are_put_to_both_that_can_come_out_otherwise(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (words, rules), expected, told = AMENDMENTS[name]
    old, new = _side(_opened(tmp_path / "old")), _side(_opened(tmp_path / "new", words, rules))
    read: set[str] = set()

    def reading(opened: Opened, case: CaseFile) -> FactsRead:
        read.add(case.name)
        return read_case(opened, case)

    monkeypatch.setattr(outcomes, "read_case", reading)
    touched = touched_by_amendment(old.rulebook.program, new.rulebook.program, {})
    found = compare_outcomes(old, new, new.opened.cases.cases, touched)
    assert read == expected
    assert {one.case.name for one in found} == told


@pytest.mark.parametrize("is_new", [True, False])
def test_of_a_name_that_the_other_rulebook_does_not_have_nothing_that_was_meant_is_looked_for(
    is_new: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = WORDS.replace("      a: {type: yes/no, question: A?}\n", "")
    sides = [
        _side(_opened(tmp_path / "with")),
        _side(_opened(tmp_path / "without", other, RULES.replace("it.a", "it.b"))),
    ]
    old, new = reversed(sides) if is_new else sides
    monkeypatch.delattr(suggest, "get_close_matches")
    touched = touched_by_amendment(old.rulebook.program, new.rulebook.program, {})
    cases = [case for case in new.opened.cases.cases if case.name == "says a"]
    (found,) = compare_outcomes(old, new, cases, touched)
    assert (found.old is None, found.new is None) == (is_new, not is_new)
    assert found.refused == ("" if is_new else "the vocabulary has no fact `it.a`")


def test_provisions_are_tried_where_a_fact_names_one() -> None:
    """Words that conditions name, such as a kind, are no provisions: a case with one could not be decided."""
    under = "      under: {type: provision, optional: yes, question: Under which?}\n"
    vocabulary = books.VOCABULARY.replace("      a: {", under + "      a: {", 1)
    old, new = (
        book(
            rule("(1)", "may: do thing", "when: it.kind is red and it.under falls under (2)", f"unless: {unless}"),
            rule("(2)", "may: keep thing", "when: it.b"),
            vocabulary=vocabulary,
        )
        for unless in ("it.a", "it.a and it.b")
    )
    (found,) = compare_meaning(old, new, effort=Effort(steps=1, cases=400)).actions
    assert (found.standing, found.tried) == ("differs", 400)
    named = [witness.case.facts.get("it.under") for witness in found.witnesses]
    assert "act/1(2)" in named and set(named) <= {"act/1(2)", None}


PIECE = """  piece:
    label: piece
    attributes:
      whole: {type: yes/no, question: Is it whole?}
      size: {type: duration, unit: days, question: How long?}
  part:
    label: part
    kind_of: piece
"""


def test_what_rules_give_of_members_is_not_drawn() -> None:
    """A member that states what its other attributes deny could not be decided about; it may be given by its kind."""
    program = book(
        rule("(1)", "define: piece.size", "as: 5 days", "when: piece.whole"),
        rule("(2)", "may: do thing", "when: at least 1 x in it.parts where (x.size > 3 days)"),
        vocabulary=books.VOCABULARY.replace("  part:\n    label: part\n", PIECE),
    ).program
    lowered = lowered_on(program, ("action", "do thing"), dt.date.max)
    drawn = [case.facts.get("it.parts", ()) for case in cases_at_corners([(program, lowered)], 50, "seed", ())]
    members = [member for found in drawn if isinstance(found, tuple) for member in found]
    assert members and all(member.keys() == {"whole", "good", "days"} for member in members)


def test_cases_that_are_tried_state_what_is_asked_of_a_norm_elsewhere_and_of_members_now() -> None:
    """Else every such case waits for what it does not state, and nothing of what an amendment does is shown."""
    old, new = (
        book(
            rule("(1)", "may: do thing", f"when: at least {number} x in it.parts where (x.good) and not (2) applies"),
            rule("(2)", "may: keep thing", "when: it.b and it.count >= 7"),
        )
        for number in (1, 2)
    )
    (found,) = compare_meaning(old, new, effort=Effort(steps=1, cases=400)).actions
    assert found.tried == 400
    assert {(one.old.verdict, one.new.verdict) for one in found.witnesses} == {("permitted", "forbidden_by_default")}


def test_what_a_norm_elsewhere_counts_makes_lists_long_enough() -> None:
    """That norm counts nine; with three members none of them could have it hold."""
    old, new = (
        book(
            rule("(1)", "may: do thing", f"when: it.{fact} and (2) applies"),
            rule("(2)", "may: keep thing", "when: at least 9 x in it.parts where (x.good)"),
        )
        for fact in ("a", "b")
    )
    (found,) = compare_meaning(old, new).actions
    assert found.complete and {one.new.verdict for one in found.witnesses} == {"permitted", "forbidden_by_default"}
