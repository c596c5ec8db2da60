"""What rules define of a term holds for the members of lists of it, member by member."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import decide

from mutandis.api import Rulebook
from mutandis.diagnostics import CaseError, Diagnostic, Severity
from mutandis.explain import explain
from mutandis.link.linker import link
from mutandis.link.program import Program
from mutandis.oracle import Oracle
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source

LAW = "law: ferry\ntitle: Ferries Act\nshort: Ferries\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  harbour_master: {role: yes, label: harbour master}
  sailor:
    label: sailor
    attributes:
      age: {type: count, question: How old is the sailor?}
      licensed: {type: yes/no, question: Has the sailor a licence?}
      papers: {type: list of paper, question: Which papers has the sailor?}
      adult: {type: yes/no, label: is of age}
      qualified: {type: yes/no, label: is qualified}
      share: {type: count, label: share}
  paper:
    label: paper
    attributes:
      stamped: {type: yes/no, question: Is it stamped?}
      good: {type: yes/no, label: is good}
  ferry:
    label: ferry
    attributes:
      crew: {type: list of sailor, question: Who is on board?}
      storm: {type: yes/no, question: Is there a storm?}
actions:
  let_sail ferry: {label: let the ferry sail, default: forbidden, by: harbour_master}
"""
QUALIFIED = """
  - at: (1)
    summary: Whoever is 18 and has a licence is qualified.
    define: sailor.qualified
    when: [sailor.age >= 18, sailor.licensed]
"""
SAILS = """
  - at: (2)
    summary: A ferry sails when everybody on board is qualified.
    may: let_sail ferry
    when: every s in ferry.crew has (s.qualified)
"""
ABLE: dict[str, object] = {"age": 30, "licensed": True}


def source_of(*rules: str) -> Source:
    article = "law: ferry\narticle: 1\ntitle: Crew\nrules:" + "".join(rules)
    return load_text({"ferry/law.yaml": LAW, "ferry/vocabulary.yaml": VOCABULARY, "ferry/001-crew.yaml": article})


def linked(*rules: str) -> tuple[Program | None, list[Diagnostic]]:
    source = source_of(*rules)
    found = link(source)
    return found.program, [d for d in (*source.diagnostics, *found.diagnostics) if d.severity is Severity.ERROR]


def ferries(*rules: str) -> Rulebook:
    program, errors = linked(*rules)
    assert program is not None and not errors, "\n".join(map(str, errors))
    return Rulebook(program)


def sails(rulebook: Rulebook, *crew: dict[str, object], **more: object) -> str:
    return decide(rulebook, {"ferry": {"crew": list(crew), **more}}, "let_sail ferry").verdict.value


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return ferries(QUALIFIED, SAILS)


def test_a_definition_is_worked_out_for_each_member(book: Rulebook) -> None:
    assert sails(book, ABLE, {"age": 18, "licensed": True}) == "permitted"
    assert sails(book, ABLE, {"age": 18, "licensed": False}) == "forbidden_by_default"
    assert sails(book, ABLE, {"age": 17, "licensed": True}) == "forbidden_by_default"
    assert sails(book) == "permitted"


def test_what_a_member_leaves_open_is_asked_of_that_member(book: Rulebook) -> None:
    decision = decide(book, {"ferry": {"crew": [ABLE, {"age": 40}]}}, "let_sail ferry")
    assert decision.verdict.value == "undetermined"
    assert decision.missing == ("ferry.crew[2].licensed",)
    assert decision.irrelevant == ()


def test_the_place_of_the_definition_is_told_with_the_member(book: Rulebook) -> None:
    told = decide(book, {"ferry": {"crew": [ABLE, {"age": 18, "licensed": False}]}}, "let_sail ferry").authority
    defines = [(one.provision, one.facts, one.conditions) for one in told if one.role == "defines"]
    assert defines == [("ferry/1(1)", ("ferry.crew[2].qualified",), ("sailor.licensed",))]
    told = decide(book, {"ferry": {"crew": [ABLE, ABLE]}}, "let_sail ferry").authority
    assert [one.facts for one in told if one.role == "defines"] == [
        ("ferry.crew[1].qualified",),
        ("ferry.crew[2].qualified",),
    ]


def test_an_explanation_shows_the_definition_member_by_member(book: Rulebook) -> None:
    facts = {"ferry": {"crew": [ABLE, {"age": 18, "licensed": False}]}}
    at, read = dt.date(2020, 3, 1), book.read(facts)
    decision = book.decide("let_sail ferry", read, at=at)
    (norm,) = explain(decision, book.program, read, at=at).others
    shown = {fact.name: fact.value for fact in norm.conditions[0].facts}
    assert shown["ferry.crew[1].qualified"] == "yes"
    assert shown["ferry.crew[2].qualified"] == "no"
    assert not [name for name in shown if name.startswith("sailor.")]


def test_a_member_that_states_against_the_definition_is_a_diagnostic(book: Rulebook) -> None:
    with pytest.raises(CaseError) as error:
        sails(book, ABLE, {"age": 18, "licensed": False, "qualified": True})
    (one,) = error.value.diagnostics
    assert one.code == "MUT131"
    assert "`ferry.crew[2].qualified` is stated" in one.message
    assert "ferry/1(1)" in one.message


def test_what_a_member_states_is_taken_as_given_and_told(book: Rulebook) -> None:
    decision = decide(book, {"ferry": {"crew": [ABLE, {"qualified": True}]}}, "let_sail ferry")
    assert decision.verdict.value == "permitted"
    assert [note.text for note in decision.notes] == [
        "`ferry.crew[2].qualified` is taken as given, in place of this definition"
    ]


def test_what_a_member_and_what_the_case_states_are_both_told() -> None:
    calm = """
  - at: (3)
    summary: There is a storm when nobody says otherwise.
    define: ferry.storm
    when: sailor.licensed
  - at: (4)
    summary: Nobody sails in a storm.
    must_not: let_sail ferry
    when: ferry.storm
"""
    facts: dict[str, object] = {"ferry": {"crew": [{"qualified": True}], "storm": False}}
    decision = decide(ferries(QUALIFIED, SAILS, calm), facts, "let_sail ferry")
    assert [note.provision for note in decision.notes] == ["ferry/1(3)", "ferry/1(1)"]


def test_the_facts_of_the_case_are_not_those_of_a_member(book: Rulebook) -> None:
    facts = {"ferry": {"crew": [{"age": 18}]}, "sailor": {"age": 18, "licensed": True}}
    assert decide(book, facts, "let_sail ferry").missing == ("ferry.crew[1].licensed",)


def test_definitions_rest_on_definitions_and_on_facts_of_the_case() -> None:
    adult = """
  - at: (3)
    summary: Whoever is 18 is of age, in a storm whoever is 21.
    define: sailor.adult
    when: sailor.age >= 21 or (sailor.age >= 18 and not ferry.storm)
"""
    book = ferries(QUALIFIED.replace("sailor.age >= 18", "sailor.adult"), adult, SAILS)
    assert sails(book, {"age": 18, "licensed": True}, storm=False) == "permitted"
    assert sails(book, {"age": 18, "licensed": True}, storm=True) == "forbidden_by_default"


def test_values_are_defined_of_members_too() -> None:
    share = """
  - at: main
    summary: Two shares from 30 on, one for the others.
    define: sailor.share
    as:
      1: {when: sailor.age >= 30, value: 2}
      2: {when: sailor.age < 30, value: 1}
"""
    enough = """
  - at: (4)
    summary: With three shares.
    may: let_sail ferry
    when: (the total of s.share for s in ferry.crew) >= 3
"""
    book = ferries(share, enough)
    assert sails(book, {"age": 30}, {"age": 20}) == "permitted"
    assert sails(book, {"age": 29}, {"age": 20}) == "forbidden_by_default"
    assert sails(book, {"age": 30}, {}) == "permitted"  # one share or two
    assert sails(book, {"age": 29}, {}) == "undetermined"
    told = decide(book, {"ferry": {"crew": [{"age": 30}, {"age": 20}]}}, "let_sail ferry").authority
    assert [(one.provision, one.facts) for one in told if one.role == "defines"] == [
        ("ferry/1.1", ("ferry.crew[1].share",)),
        ("ferry/1.2", ("ferry.crew[2].share",)),
    ]


def test_a_list_within_a_member_has_its_own_variable() -> None:
    good = """
  - at: (3)
    summary: A stamped paper is good.
    define: paper.good
    when: paper.stamped
"""
    papers = """
  - at: (1)
    summary: Whoever has a good paper and is 18 is qualified.
    define: sailor.qualified
    when: any s in sailor.papers has (s.good and sailor.age >= 18)
"""
    book = ferries(good, papers, SAILS)
    stamped = {"stamped": True}
    assert sails(book, {"age": 18, "papers": [{"stamped": False}, stamped]}) == "permitted"
    assert sails(book, {"age": 17, "papers": [stamped]}) == "forbidden_by_default"
    assert sails(book, {"age": 18, "papers": []}) == "forbidden_by_default"


def test_a_definition_of_a_member_by_all_members_is_a_circle() -> None:
    crew = """
  - at: (1)
    summary: Whoever sails with the qualified is qualified.
    define: sailor.qualified
    when: any x in ferry.crew has (x.qualified)
"""
    program, errors = linked(crew)
    assert program is None
    assert [error.slug for error in errors] == ["circle"]


def test_the_second_reading_says_the_same(book: Rulebook) -> None:
    oracle = Oracle(source_of(QUALIFIED, SAILS))
    for licensed in (True, False):
        facts = book.read({"ferry": {"crew": [ABLE, {"age": 18, "licensed": licensed}]}})
        verdict = oracle.decide("let_sail ferry", facts, dt.date(2020, 3, 1)).verdict
        assert verdict == ("permitted" if licensed else "forbidden_by_default")
