"""`divisions.yaml`: which division handles which matter, read strictly and told by every decision."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from tests.shipped import shipped

from mutandis import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.bundle.container import unpack
from mutandis.bundle.program import program_of
from mutandis.decide.json_text import as_json
from mutandis.decide.result import as_data
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text
from mutandis_tools.comparison.declarations import compare_declarations

LAW = "law: act\ntitle: Harbour Act\nshort: Harbour\nrank: 1\n"
VOCABULARY = """\
terms:
  warden: {role: yes}
  contact: {label: contact}
  visit: {kind_of: contact, label: visit}
  call: {kind_of: contact, label: call}
  cell: {label: cell}
actions:
  stop contact: {label: stop the contact, default: forbidden, by: warden}
  watch visit: {label: watch the visit, default: forbidden, by: warden}
  open cell: {label: open the cell, default: forbidden, by: warden}
"""
RULES = """\
law: act
article: 1
title: Contact
rules:
  - {at: main, summary: All may be done., may: [stop visit, stop call, watch visit, open cell], by: warden}
"""
DIVISIONS = """\
service: Harbour Service
source: its letterhead
divisions:
  security:
    title: Security Division
    part: Policy
    duties: visits and calls
    terms: contact
  watch:
    title: Watch Division
    duties: watching
    part: Watch
    actions: watch visit
"""


def book(divisions: str = DIVISIONS) -> dict[str, str]:
    return {
        "vocabulary.yaml": VOCABULARY,
        "act/law.yaml": LAW,
        "act/001-contact.yaml": RULES,
        "act/divisions.yaml": divisions,
    }


def loaded() -> Rulebook:
    linked = link(load_text(book()))
    assert linked.program is not None
    return Rulebook(linked.program)


def test_an_action_goes_by_its_own_name_before_the_nearest_kind() -> None:
    rulebook = loaded()
    handled = {
        action: None if declared.division is None else declared.division.name
        for action, declared in rulebook.vocabulary.actions.items()
    }
    assert handled == {
        "stop contact": "security",
        "stop visit": "security",
        "stop call": "security",
        "watch visit": "watch",
        "open cell": None,
    }


def test_a_decision_tells_the_division_as_data_and_after_a_bundle() -> None:
    rulebook = loaded()
    decision = rulebook.decide("stop call", {})
    expected = {
        "name": "security",
        "title": "Security Division",
        "service": "Harbour Service",
        "part": "Policy",
        "duties": "visits and calls",
        "source": "its letterhead",
    }
    assert decision.handled_by is not None and asdict(decision.handled_by) == expected
    again = Rulebook(program_of(unpack(rulebook.to_bundle(), "a bundle"))).decide("stop call", {})
    for one in (decision, again, interpreter(rulebook.program).decide("stop call", {}, None, None, None, None)):
        data = as_data(one)
        assert isinstance(data, dict) and data["handled_by"] == expected
        assert json.loads(as_json(one)) == data
    assert rulebook.decide("open cell", {}).handled_by is None


@pytest.mark.parametrize(
    ("old", "new", "slug", "line"),
    [
        ("terms: contact", "terms: contakt", "unknown-term", 8),
        ("actions: watch visit", "actions: watch cell", "unknown-action", 13),
        ("actions: watch visit", "actions: visit", "wrong-shape", 13),
        ("part: Watch", "terms: contact", "duplicate-declaration", 12),
        ("    duties: watching\n", "", "missing-key", 10),
        ("part: Policy", "bureau: Policy", "unknown-key", 6),
        ("service: Harbour Service\n", "", "missing-key", 1),
        ("duties: watching", "duties: [watching]", "wrong-shape", 11),
    ],
)
def test_what_is_wrong_is_told_in_place(old: str, new: str, slug: str, line: int) -> None:
    assert DIVISIONS.count(old) == 1
    found = load_text(book(DIVISIONS.replace(old, new))).diagnostics
    assert [(d.slug, d.span.file, d.span.line) for d in found] == [(slug, "act/divisions.yaml", line)]


def test_a_comparison_tells_who_handles_an_action_now_and_once_what_a_division_is() -> None:
    moved = DIVISIONS.replace("    part: Watch\n", "    part: Watch\n    terms: cell\n").replace(
        "title: Watch Division", "title: Guard Division"
    )
    found = compare_declarations(load_text(book()), load_text(book(moved)), (), ())
    assert [(one.about, one.name, one.kind, one.text) for one in found] == [
        ("action", "open cell", "changed", "`open cell` is handled by “watch”, was handled by nothing"),
        ("division", "watch", "changed", "title of the division `watch`: “Guard Division”, was “Watch Division”"),
    ]


def test_every_action_of_the_shipped_act_has_a_division_but_those_no_duty_reaches() -> None:
    rulebook = shipped()
    actions = rulebook.vocabulary.actions
    spoken_of = [
        action for action, c in rulebook.program.components.items() if any(n.citation.law == "act" for n in c.norms)
    ]
    without = {action.partition(" ")[2] for action in spoken_of if actions[action].division is None}
    assert without == {
        "corpse",
        "death_penalty",
        "disclosure_of_information",
        "family_member",
        "funeral_expenses",
        "other_relative",
    }
    assert [a for a in spoken_of if a.endswith(" family_member") and actions[a].division is None] == [
        "tell_of_death family_member"
    ]
    for action, declared in actions.items():
        laws = {n.citation.law for n in rulebook.program.components[action].norms if n.citation}
        assert declared.division is None or laws <= {"act"}, action


@pytest.mark.parametrize(
    ("action", "division"),
    [
        ("file petition", "Classification & Examination Division"),
        ("permit parole", "Classification & Examination Division"),
        ("entrust entrusted_duties", "Classification & Examination Division"),
        ("assign work", "Vocational Training Division"),
        ("receive visit", "Security Division"),
        ("use protective_equipment", "Security Division"),
        ("vaccinate inmate", "Health Care Division"),
        ("ensure medical_treatment", "Health Care Division"),
        ("provide issued_clothing", "Welfare Division"),
        ("provide food", "Welfare Division"),
        ("conduct education", "Social Reintegration Division"),
        ("conduct psychological_therapy", "Psychological Treatment Division"),
        ("establish master_plan", "General Affairs & Planning Division"),
        ("hold interview", ""),
        ("appear_at probation_office", ""),
    ],
)
def test_the_divisions_of_the_service_that_ships(action: str, division: str) -> None:
    found = shipped().vocabulary.actions[action].division
    assert (found.title if found is not None else "") == division
