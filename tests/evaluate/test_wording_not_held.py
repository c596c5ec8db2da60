"""Wording that is not held stays open wherever it is read, and only where it could have spoken (S38, S41)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from mutandis import Decision, Rulebook, Verdict
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

DEFINITIONS_VOCABULARY = """
terms:
  master: {role: yes, label: master}
  ferry:
    label: ferry
    attributes:
      length: {type: count, min: 1, max: 400, question: How long is it in metres?}
      crew: {type: count, question: How many crew has it?}
      licensed: {type: yes/no, question: Is it licensed?}
      inspected_on: {type: date, question: When was it inspected?}
      large: {type: yes/no, label: the ferry is large}
      least_crew: {type: count, label: least crew of the ferry}
      class: {type: one of, values: {sea: sea, lake: lake}, label: class of the ferry}
      due_on: {type: date, label: day of the next inspection}
actions:
  sail ferry: {label: let the ferry sail, default: forbidden, by: master}
  tow ferry: {label: tow the ferry, default: forbidden, by: master}
  pay ferry: {label: pay the toll, default: silent, by: master}
  moor ferry: {label: moor the ferry, default: silent, by: master}
  inspect ferry: {label: inspect the ferry, default: silent, by: master}
"""
DEFINITIONS = """
law: act
article: 1
title: Ferries
rules:
  - {at: (1), summary: Large., define: ferry.large, when: ferry.length > 20, since: 2020-01-01}
  - {at: (2), summary: Crew., define: ferry.least_crew, as: ferry.length / 2 - 1, since: 2020-01-01}
  - {at: (3), summary: Class., define: ferry.class, as: sea, since: 2020-01-01}
  - {at: (4), summary: Due., define: ferry.due_on, as: ferry.inspected_on + 1 year, since: 2020-01-01}
  - {at: (5), summary: Fiction., deem: ferry.licensed, as: yes, when: ferry.length < 5, since: 2020-01-01}
---
law: act
article: 2
title: Sailing
rules:
  - {at: (1), summary: Sail., may: sail ferry, when: [ferry.crew >= ferry.least_crew]}
  - {at: (2), summary: Tow., may: tow ferry, when: [ferry.licensed]}
  - {at: (3), summary: Pay., must: pay ferry, when: [ferry.large]}
  - {at: (4), summary: Moor., must: moor ferry, when: [ferry.class is sea]}
  - {at: (5), summary: Inspect., must: inspect ferry, when: [ferry.due_on < 2019-05-01]}
"""
NOT_HELD = "  - {at: %s, id: 'old%s', summary: Old., %s: %s, not_held: replaced by Act No. 2, until: 2020-01-01%s}\n"

LAW = "law: act\ntitle: An Act\nshort: Act\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  warden: {role: yes, label: warden}
  inmate:
    role: yes
    label: inmate
    attributes:
      class:
        type: one of
        values: {sentenced: sentenced, unsentenced: unsentenced}
        question: Which class?
  cell:
    label: cell
    attributes:
      stay: {type: duration, unit: days, parameter: yes, question: For how long?}
actions:
  use cell: {label: use the cell, default: forbidden, by: warden}
  clean cell: {label: clean the cell, default: forbidden, by: warden}
"""
RULES = """
law: act
article: 1
title: Cells
rules:
  - at: (1)
    id: act/1(1)#before
    summary: An earlier power over the sentenced.
    may: use cell
    when: inmate.class is sentenced
    not_held: the wording of 2010
    until: 2020-01-01
  - at: (1)
    id: act/1(1)#since
    summary: The present power.
    may: use cell
    grounds:
      2: inmate.class is sentenced
    since: 2020-01-01
  - at: (2)
    id: act/1(2)#before
    summary: An earlier cap.
    limits: use cell
    not_held: the wording of 2010
    until: 2021-01-01
  - at: (2)
    id: act/1(2)#since
    summary: Ten days.
    limits: use cell
    requires: cell.stay <= 10 days
    since: 2021-01-01
  - at: (3)
    summary: Whoever falls under (1) cleans.
    may: clean cell
    when: case falls under PLACE
"""


def decide(action: str, day: dt.date, kind: str = "sentenced", place: str = "(1)") -> Decision:
    files = {
        "act/law.yaml": LAW,
        "act/vocabulary.yaml": VOCABULARY,
        "act/cells/001-cells.yaml": RULES.replace("PLACE", place),
    }
    linked = link(load_text(files))
    assert linked.program is not None, linked.diagnostics
    book = Rulebook(linked.program)
    facts = {"inmate.class": kind, "cell.stay": "5 days"}
    decision = book.decide(action, facts, at=day)
    assert decision == book.decide(action, facts, at=day, reference=True)
    return decision


def test_earlier_wording_is_open_only_for_those_it_spoke_of() -> None:
    assert decide("use cell", dt.date(2019, 12, 31)).cause == "wording"
    assert decide("use cell", dt.date(2019, 12, 31), "unsentenced").verdict is Verdict.FORBIDDEN_BY_DEFAULT


def test_an_earlier_cap_leaves_a_power_open_until_the_present_one() -> None:
    before = decide("use cell", dt.date(2020, 12, 31))
    assert (before.verdict, before.cause) == (Verdict.UNDETERMINED, "wording")
    assert set(before.reachable) == {Verdict.PERMITTED, Verdict.FORBIDDEN}
    assert decide("use cell", dt.date(2021, 1, 1)).verdict is Verdict.PERMITTED


@pytest.mark.parametrize("place", ["(1)", "(1)2"])
def test_a_reference_to_wording_not_held_is_open_too(place: str) -> None:
    before = decide("clean cell", dt.date(2019, 12, 31), place=place)
    assert (before.verdict, before.cause) == (Verdict.UNDETERMINED, "wording")
    assert decide("clean cell", dt.date(2020, 1, 1), place=place).verdict is Verdict.PERMITTED


def _ferries(at: str, effect: str, fact: str, more: str = "") -> Rulebook:
    stub = NOT_HELD % (at, at, effect, fact, more)
    rules = DEFINITIONS.replace("---\n", f"{stub}---\n")
    linked = link(load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": DEFINITIONS_VOCABULARY, "act/1.yaml": rules}))
    assert linked.program is not None, linked.diagnostics
    return Rulebook(linked.program)


FACTS = {"ferry.length": 30, "ferry.crew": 25, "ferry.licensed": True, "ferry.inspected_on": dt.date(2018, 3, 1)}
BEFORE, SINCE = dt.date(2019, 12, 31), dt.date(2020, 1, 1)
STUBS = (
    ("pay ferry", "(1)", "define", "ferry.large"),
    ("sail ferry", "(2)", "define", "ferry.least_crew"),
    ("moor ferry", "(3)", "define", "ferry.class"),
    ("inspect ferry", "(4)", "define", "ferry.due_on"),
    ("tow ferry", "(5)", "deem", "ferry.licensed"),
)


@pytest.mark.parametrize(("action", "at", "effect", "fact"), STUBS)
def test_a_definition_whose_earlier_wording_is_not_held_is_open_and_told(
    action: str, at: str, effect: str, fact: str
) -> None:
    book = _ferries(at, effect, fact)
    before = book.decide(action, FACTS, at=BEFORE)
    assert before == book.decide(action, FACTS, at=BEFORE, reference=True)
    assert (before.verdict, before.cause, before.missing) == (Verdict.UNDETERMINED, "wording", ())
    told = [(one.provision, one.text) for one in before.authority if one.role == "open"]
    assert (f"act/1{at}", "replaced by Act No. 2") in told
    since = book.decide(action, FACTS, at=SINCE)
    assert since == book.decide(action, FACTS, at=SINCE, reference=True)
    assert since.verdict in (Verdict.REQUIRED, Verdict.PERMITTED) and not since.cause


@pytest.mark.parametrize(("action", "at", "effect", "fact"), STUBS)
def test_without_the_stub_an_undated_past_reads_as_no(action: str, at: str, effect: str, fact: str) -> None:
    others = next(stub for stub in STUBS if stub[0] != action)
    before = _ferries(*others[1:]).decide(action, FACTS, at=BEFORE)
    assert before.cause != "wording"


def test_the_value_of_such_a_definition_waits_for_the_wording(tmp_path: Path) -> None:
    book = _ferries("(1)", "define", "ferry.large")
    found = book.value("ferry.large", FACTS, at=BEFORE)
    assert (found.known, found.missing, found.wording) == (False, (), ("act/1(1)",))
    assert book.value("ferry.large", FACTS, at=SINCE).value is True
    Path(tmp_path, "old.bundle").write_bytes(book.to_bundle())
    bundled = Rulebook.load_bundle(tmp_path / "old.bundle")
    assert bundled.value("ferry.large", FACTS, at=BEFORE) == found


def test_what_such_a_definition_gave_may_be_known_and_when_it_spoke_too() -> None:
    known = _ferries("(1)", "define", "ferry.large", ", as: no")
    assert known.decide("pay ferry", FACTS, at=BEFORE).verdict is Verdict.SILENT
    narrow = _ferries("(1)", "define", "ferry.large", ", when: ferry.length > 100")
    assert narrow.decide("pay ferry", FACTS, at=BEFORE).verdict is Verdict.SILENT
    assert narrow.decide("pay ferry", {**FACTS, "ferry.length": 101}, at=BEFORE).cause == "wording"


def test_a_stated_fact_takes_the_place_of_a_definition_that_is_not_held() -> None:
    book = _ferries("(1)", "define", "ferry.large")
    assert book.decide("pay ferry", {**FACTS, "ferry.large": True}, at=BEFORE).verdict is Verdict.REQUIRED
    assert book.decide("pay ferry", {**FACTS, "ferry.large": False}, at=BEFORE).verdict is Verdict.SILENT


OTHERS = """
law: act
article: 1
title: Ferries
rules:
  - {at: (1), summary: Licensed., may: sail ferry, despite: (2), when: ferry.licensed}
  - {at: (2), id: old, summary: Old., must_not: sail ferry, not_held: replaced by Act No. 2, until: 2020-01-01}
  - {at: (2), summary: Long., must_not: sail ferry, when: ferry.length > 100, since: 2020-01-01}
"""


def test_wording_not_held_is_told_beside_the_facts_that_an_answer_waits_for() -> None:
    files = {"act/law.yaml": LAW, "act/vocabulary.yaml": DEFINITIONS_VOCABULARY, "act/1.yaml": OTHERS}
    linked = link(load_text(files))
    assert linked.program is not None, linked.diagnostics
    book = Rulebook(linked.program)
    before = book.decide("sail ferry", {}, at=BEFORE)
    assert (before.cause, before.missing) == ("facts", ("ferry.licensed",))
    assert Verdict.FORBIDDEN in before.reachable
    assert {(one.role, one.provision) for one in before.authority} == {
        ("open", "act/1(1)"),
        ("open", "act/1(2)"),
        ("dates", "act/1(2)"),
    }
    # Where the permission goes before it, whatever it said, it has no part in the answer.
    licensed = book.decide("sail ferry", {"ferry.licensed": True}, at=BEFORE)
    assert licensed.verdict is Verdict.PERMITTED
    assert {one.provision for one in licensed.authority if one.role == "open"} == set()
