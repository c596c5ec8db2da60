"""What goes before a definition is read of the members of lists too, and what is presumed and found of them is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.evaluate.books import decide

from mutandis.api import Rulebook
from mutandis.decide.result import Decision, Verdict
from mutandis.diagnostics import Severity
from mutandis.explain import as_text, explain
from mutandis.link.linker import link
from mutandis.oracle import Oracle
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source
from mutandis.values import UNKNOWN

LAW = "law: court\ntitle: Courts Act\nshort: Courts\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  court: {role: yes, label: court}
  panel: {label: panel, attributes: {members: {type: list of member, question: Who sits?}}}
  member:
    label: member
    attributes:
      judge: {type: yes/no, question: Is the member a judge?}
      related: {type: yes/no, presume: no, question: Is the member related to a party?}
      far_removed: {type: yes/no, presume: no, question: Are they far removed?}
      fit: {type: yes/no, found_by: court, question: Is the member fit?}
      may_sit: {type: yes/no, label: may sit}
      fee: {type: count, label: fee}
      bonus: {type: count, optional: yes, label: bonus}
  matter: {label: matter, attributes: {agreed: {type: yes/no, question: Do the parties agree?}}}
  case: {label: case}
actions:
  hear case: {label: hear the case, default: forbidden, by: court}
  pay member: {label: pay the member, default: forbidden, by: court}
"""
ARTICLE = """
law: court
article: 1
title: Panels
rules:
  - {at: (1), summary: A panel hears., may: hear case, by: court, when: every m in panel.members has (m.may_sit)}
  - at: (2)
    summary: Judges may sit, but not kin of a party.
    define: member.may_sit
    when: member.judge
    unless: {at: (3), when: member.related}
  - {at: (4), summary: Paragraph 3 does not apply to far kin., despite: (3), when: member.far_removed}
  - {at: (5), summary: Nor where the parties agree., despite: (3), when: matter.agreed}
  - {at: (6), summary: Who is fit is paid., may: pay member, by: court, when: any m in panel.members has (m.fit)}
"""


def source_of(*more: str) -> Source:
    article = ARTICLE + "".join(more)
    return load_text({"court/law.yaml": LAW, "court/vocabulary.yaml": VOCABULARY, "court/001.yaml": article})


def courts(*more: str) -> Rulebook:
    source = source_of(*more)
    linked = link(source)
    told = [d for d in (*source.diagnostics, *linked.diagnostics) if d.severity is Severity.ERROR]
    assert linked.program is not None and not told, "\n".join(map(str, told))
    return Rulebook(linked.program)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return courts()


def hears(book: Rulebook, *members: Mapping[str, object], agreed: bool | None = False) -> Decision:
    said = {} if agreed is None else {"matter": {"agreed": agreed}}
    facts = {"panel": {"members": list(members)}, **said}
    decision = decide(book, facts, "hear case")
    assert decision == book.decide("hear case", facts, reference=True)
    return decision


def told(decision: Decision) -> set[tuple[str, str]]:
    return {(one.role, one.provision) for one in decision.authority}


JUDGE: dict[str, object] = {"judge": True}


def test_what_fells_an_exclusion_of_a_definition_is_read_of_the_member(book: Rulebook) -> None:
    far = {"judge": True, "related": True, "far_removed": True}
    decision = hears(book, JUDGE, far)
    assert decision.verdict.value == "permitted"
    assert ("opens", "court/1(4)") in told(decision)
    near = hears(book, far, {"judge": True, "related": True})
    assert near.verdict.value == "forbidden_by_default"
    assert {("defines", "court/1(2)"), ("defines", "court/1(3)")} <= told(near)
    assert [one.fact for one in near.presumptions] == ["panel.members[2].far_removed"]


def test_what_fells_an_exclusion_of_a_definition_is_told_of_the_case_and_of_members(book: Rulebook) -> None:
    kin = {"judge": True, "related": True}
    assert ("opens", "court/1(5)") in told(hears(book, kin, agreed=True))
    assert not {place for role, place in told(hears(book, JUDGE, agreed=True)) if role == "opens"}
    alone = courts("  - {at: (7), summary: Alone., may: pay member, by: court, when: member.may_sit}\n")
    facts = {"member": kin, "matter": {"agreed": True}, "panel": {"members": []}}
    assert ("opens", "court/1(5)") in told(decide(alone, facts, "pay member"))


def test_a_definition_that_goes_before_another_does_so_member_by_member() -> None:
    rules = """
  - {at: (7), summary: Ten., define: member.fee, as: "10"}
  - {at: (8), summary: None for kin., define: member.fee, as: "0", when: member.related, despite: (7)}
  - at: (9)
    summary: Paid where the fees come to ten.
    may: pay member
    by: court
    when: (the total of m.fee for m in panel.members) is 10
"""
    book = courts(rules)
    for members, verdict in (
        ([{"related": True, "fit": False}, {"fit": False}], "permitted"),
        ([{"fit": False}, {"fit": False}], "forbidden_by_default"),
    ):
        assert decide(book, {"panel": {"members": members}}, "pay member").verdict.value == verdict


def test_an_amount_that_something_keeps_away_is_told_with_what_does() -> None:
    rules = """
  - {at: (7), summary: Ten., define: member.bonus, as: "10", unless: {at: (8), when: member.related}}
  - {at: (9), summary: Paid., may: pay member, by: court, when: member.bonus is present}
"""
    facts = {"member": {"related": True}, "panel": {"members": []}}
    decision = decide(courts(rules), facts, "pay member")
    assert decision.verdict.value == "forbidden_by_default"
    (one,) = [one for one in decision.authority if one.provision == "court/1(7)"]
    assert (one.role, one.kept_away_by) == ("defines", ("court/1(8)",))
    assert ("defines", "court/1(8)") in told(decision)


def test_the_oracle_reads_members_the_same(book: Rulebook) -> None:
    oracle = Oracle(source_of())
    for related in (True, False, None):
        for far_removed in (True, False, None):
            said = {"judge": True, "related": related, "far_removed": far_removed}
            member = {name: value for name, value in said.items() if value is not None}
            facts = {"panel.members": (member,), "matter.agreed": False}
            expected = oracle.decide("hear case", facts, None).verdict
            assert hears(book, member).verdict.value == expected


def test_what_is_said_to_be_unknown_of_a_member_is_not_presumed_where_its_definition_is_read(book: Rulebook) -> None:
    kin: dict[str, object] = {"judge": True, "related": UNKNOWN, "far_removed": False}
    decision = hears(book, kin)
    assert (decision.verdict, decision.missing) == (Verdict.UNDETERMINED, ("panel.members[1].related",))
    text = as_text(
        explain(decision, book.program, book.read({"panel": {"members": [kin]}, "matter": {"agreed": False}}))
    )
    assert "may sit, members of the panel, no. 1: not known" in text
    stated = hears(book, {**kin, "may_sit": False})  # nothing in the case is against it
    assert stated.verdict is Verdict.FORBIDDEN_BY_DEFAULT
