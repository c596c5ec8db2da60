"""That no provision speaks is said only where none could: what has no rules, or is left to others, is told instead."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from mutandis import Rulebook
from mutandis.citation import parse_citation
from mutandis.decide.result import Decision, as_data
from mutandis.decide.result_parts import Authority
from mutandis.explain.words import answer_in_words
from mutandis.link.linker import link
from mutandis.link.program import Gap, Program
from mutandis.rulebook.load import load_text
from mutandis.rulebook.lock import Lock, LockedProvision

LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\n"
VOCABULARY = """
terms:
  guard: {role: yes}
  gate: {attributes: {late: {type: yes/no, question: Late?}}}
  lamp: {}
actions:
  close gate: {default: silent}
  open gate: {default: forbidden}
  light lamp: {default: silent}
"""
RULES = """
  - {at: (1), summary: Late gates are closed., must: close gate, by: guard, when: gate.late}
  - {at: (2), summary: They may be opened early., may: open gate, when: not gate.late}
"""
LAMPS = "law: act\narticle: 2\ntitle: Lamps\nrules: [{at: main, summary: Lamps., may: light lamp, when: gate.late}]\n"
LISTED = ("act/1(1)", "act/1(2)", "act/2")


def program(more: str = "", listed: tuple[str, ...] = LISTED, rules: str = RULES) -> Program:
    gates = f"law: act\narticle: 1\ntitle: Gates\nrules:{rules}{more}"
    files = {"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "act/001.yaml": gates, "act/002.yaml": LAMPS}
    source = load_text(files)
    assert not source.diagnostics
    provisions = [LockedProvision(i, "live", "0" * 16, "-", "-", "-", "=", parse_citation(i)) for i in listed]
    gone = LockedProvision("act/8", "deleted", "0" * 16, "-", "-", "-", "=", parse_citation("act/8"))
    found = link(source, {"act": Lock("act", "", (*provisions, gone))})
    assert found.program is not None and not found.diagnostics
    return found.program


def decided(of: Program, action: str, late: bool) -> tuple[Decision, list[tuple[str, str, str]]]:
    decision = Rulebook(of).decide(action, {"gate.late": late})
    assert as_data(decision) == as_data(Rulebook(of).decide(action, {"gate.late": late}, reference=True))
    told = [(one.role, one.provision, one.text) for one in decision.authority]
    return decision, [one for one in told if one[0] in ("left_to", "not_encoded")]


def test_where_all_is_encoded_an_answer_of_silence_is_one() -> None:
    decision, told = decided(program(), "close gate", False)
    assert (answer_in_words(decision), told) == ("silent: not regulated", [])
    decision, told = decided(program(), "open gate", True)
    assert (answer_in_words(decision), told) == ("forbidden by default: nothing permits it", [])


def test_a_place_of_the_article_that_is_not_modelled_is_told_with_its_reason() -> None:
    one = program("not_modelled: {(3): the cases are left for later}\n", (*LISTED, "act/1(3)"))
    assert one.gaps == (Gap(parse_citation("act/1(3)"), "the cases are left for later"),)
    decision, told = decided(one, "close gate", False)
    assert told == [("not_encoded", "act/1(3)", "the cases are left for later")]
    assert answer_in_words(decision) == "silent: nothing encoded speaks to it"
    assert decided(one, "light lamp", False)[1] == []


def test_a_place_of_the_article_that_no_rule_stands_at_is_told() -> None:
    decision, told = decided(program(listed=(*LISTED, "act/1(3)")), "open gate", True)
    assert told == [("not_encoded", "act/1(3)", "")]
    assert answer_in_words(decision) == "forbidden by default: nothing encoded permits it"


def test_articles_without_rules_are_told_once_for_the_law_whatever_is_asked() -> None:
    one = program(listed=(*LISTED, "act/5", "act/7(1)", "act/7(2)", "act/9"))
    assert [str(gap.citation) for gap in one.gaps] == ["act/5", "act/7", "act/9"]
    for action in ("close gate", "light lamp"):
        assert decided(one, action, False)[1] == [("not_encoded", "act/5", "and 2 further articles of it")]


def test_what_the_article_leaves_to_others_is_told_where_nothing_speaks() -> None:
    delegation = "  - {at: (3), summary: Other matters of gates., delegate: presidential_decree}\n"
    one = program(rules=RULES + delegation, listed=(*LISTED, "act/1(3)"))
    decision, told = decided(one, "close gate", False)
    assert told == [("left_to", "act/1(3)", "presidential_decree")]
    assert answer_in_words(decision) == "silent: nothing encoded speaks to it"
    assert decided(one, "light lamp", False)[1] == []


def test_what_is_left_to_others_in_passing_is_told_of_its_own_place_and_while_in_force() -> None:
    passing = "  - {at: (2), summary: How early., delegate: ordinance}\n"
    later = "  - {at: (3), summary: Other matters., delegate: presidential_decree, since: 2031-01-01}\n"
    one = program(rules=RULES + passing + later, listed=(*LISTED, "act/1(3)"))
    assert decided(one, "close gate", True)[1] == [("left_to", "act/1(3)", "presidential_decree")]
    both = [("left_to", "act/1(2)", "ordinance"), ("left_to", "act/1(3)", "presidential_decree")]
    assert decided(one, "open gate", False)[1] == both
    assert decided(one, "open gate", True)[1] == both
    before = Rulebook(one).decide("open gate", {"gate.late": False}, at=dt.date(2030, 12, 31)).authority
    assert [(a.role, a.provision) for a in before] == [("decides", "act/1(2)"), ("left_to", "act/1(2)")]


def test_an_answer_that_something_speaks_needs_none_of_it() -> None:
    one = program("not_modelled: {(3): left for later}\n", (*LISTED, "act/1(3)", "act/5"))
    decision, told = decided(one, "close gate", True)
    assert (answer_in_words(decision), told) == ("required", [])


def test_a_bundle_keeps_what_is_not_encoded(tmp_path: Path) -> None:
    one = Rulebook(program(listed=(*LISTED, "act/5")))
    (tmp_path / "b").write_bytes(one.to_bundle())
    again = Rulebook.load_bundle(tmp_path / "b")
    assert again.program.gaps == one.program.gaps
    assert Authority("not_encoded", "act/5") in again.decide("close gate", {"gate.late": False}).authority


def test_what_a_latter_part_leaves_to_others_is_told_of_the_provision_it_is_a_part_of() -> None:
    latter = "  - {at: (2) latter, summary: How early., delegate: ordinance}\n"
    for late in (False, True):
        told = decided(program(rules=RULES + latter), "open gate", late)[1]
        assert told == [("left_to", "act/1(2) latter", "ordinance")]
    assert not [one for one in decided(program(rules=RULES + latter), "close gate", True)[1] if one[0] == "left_to"]
