"""Wording that is not held stays open wherever it is read, and only where it could have spoken (S38, S41)."""

from __future__ import annotations

import datetime as dt

import pytest

from mutandis import Decision, Rulebook, Verdict
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

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
