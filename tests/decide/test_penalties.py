"""On whom a penalty falls, and whom it leaves alone (S48)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.decide.shipped import DAY, shipped

from mutandis.api import Rulebook
from mutandis.decide.result import Verdict
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

CASH: dict[str, object] = {"goods.kind": "cash", "goods.usable_for_absconding_or_contact": False}
TELEPHONE: dict[str, object] = {
    "goods.kind": "electronic_or_communication_equipment",
    "goods.carrying_in_permitted": False,
    "goods.meant_for_inmate": False,
    "goods.carried_in_habitually": False,
}


@pytest.mark.parametrize("by", [None, "inmate", "person"])
def test_a_penalty_is_told_with_whom_it_falls_on(by: str | None) -> None:
    (threat,) = shipped().decide("possess goods", CASH, at=DAY, by=by).penalties
    assert (threat.provision, threat.by) == ("act/132(2)", ("inmate",))


def test_whoever_is_no_inmate_is_not_punished_as_one() -> None:
    decision = shipped().decide("possess goods", CASH, at=DAY, by="outsider")
    assert decision.verdict is Verdict.FORBIDDEN
    assert decision.penalties == ()


@pytest.mark.parametrize("by", ["outsider", "inmate", "correctional_officer", "judge"])
def test_what_anybody_is_punished_with_falls_on_each_kind_of_person(by: str) -> None:
    (threat,) = shipped().decide("carry_in goods", TELEPHONE, at=DAY, by=by).penalties
    assert (threat.provision, threat.by) == ("act/133(1)", ("person",))


POACHING = """
law: act
article: 1
title: Poaching
rules:
  - {at: (1), id: act/1(1)#before, summary: No., must_not: poach game, when: act.poaching, governed_by: act.on,
     until: 2020-01-01, penalty: [fine up to 100 won]}
  - {at: (1), id: act/1(1)#since, summary: No., must_not: poach game, when: act.poaching, governed_by: act.on,
     since: 2020-01-01, penalty: [fine up to 200 won]}
  - {at: (2), id: act/1(2)#before, summary: A year., penalty: {of: (1), any: [prison up to 1 year]},
     governed_by: act.on, until: 2020-01-01}
  - {at: (2), id: act/1(2)#since, summary: Two., penalty: {of: (1), any: [prison up to 2 years]},
     governed_by: act.on, since: 2020-01-01}
"""
GAME = """
terms:
  act: {label: act, attributes: {poaching: {type: yes/no, question: Poaching?}, on: {type: date, question: When?}}}
  game: {label: game}
actions:
  poach game: {label: poach game, default: silent}
"""


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2019-12-31", ["fine up to 100 won", "prison up to 1 year"]),
        ("2020-01-01", ["fine up to 200 won", "prison up to 2 years"]),
    ],
)
def test_a_penalty_is_that_of_the_day_which_governs_it(on: str, told: list[str]) -> None:
    law = "law: act\ntitle: An Act\nshort: Act\nrank: 1\ninstruments: []\n"
    source = load_text({"act/law.yaml": law, "act/vocabulary.yaml": GAME, "act/001.yaml": POACHING})
    linked = link(source)
    assert linked.program is not None and not source.diagnostics
    for reference in (False, True):
        decision = Rulebook(linked.program).decide(
            "poach game", {"act.poaching": True, "act.on": on}, at=dt.date(2023, 1, 1), reference=reference
        )
        assert [option for threat in decision.penalties for option in threat.options] == told
