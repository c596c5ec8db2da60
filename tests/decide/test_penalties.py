"""On whom a penalty falls, and whom it leaves alone (S48)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.backends.solver_agreement import agree
from tests.evaluate.books import book, decide, rule
from tests.shipped import DAY, shipped

from mutandis.api import Rulebook
from mutandis.decide.result import Verdict
from mutandis.explain import as_text, explain
from mutandis.link.linked import Linked
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


GATE = """
law: act
article: 1
title: The gate
rules:
  - {at: main, id: carrying, summary: No., must_not: [carry parcel, carry chest], when: parcel.heavy}
  - {at: main, id: at night, summary: No., must_not: carry parcel, when: parcel.at_night, penalty: [fine up to 3 won]}
  - {at: main, id: pictures, summary: No., must_not: film gate, penalty: [fine up to 1 won]}
  - {at: main, id: two, summary: S., when: parcel.heavy, penalty: {of: main, rule: carrying, any: [fine up to 2 won]}}
  - {at: main, id: four, summary: S., when: parcel.at_night,
     penalty: {of: main, rule: NIGHTS, any: [fine up to 4 won]}}
  - {at: main, id: anything, summary: Nine., penalty: {of: main, any: [fine up to 9 won]}}
"""
GATE_WORDS = """
terms:
  parcel:
    label: parcel
    attributes: {heavy: {type: yes/no, question: Heavy?}, at_night: {type: yes/no, question: Late?}}
  chest: {label: chest}
  gate: {label: gate}
actions:
  carry parcel: {label: carry parcel, default: silent}
  carry chest: {label: carry chest, default: silent}
  film gate: {label: film gate, default: silent}
"""


def _gate(nights: str = "at night") -> Linked:
    law = "law: act\ntitle: An Act\nshort: Act\nrank: 1\ninstruments: []\n"
    source = load_text(
        {"act/law.yaml": law, "act/vocabulary.yaml": GATE_WORDS, "act/001.yaml": GATE.replace("NIGHTS", nights)}
    )
    assert not source.diagnostics
    return link(source)


@pytest.mark.parametrize(
    ("action", "heavy", "late", "told"),
    [
        ("carry parcel", True, False, [2, 9]),
        ("carry parcel", False, True, [3, 4, 9]),
        ("carry parcel", True, True, [2, 3, 4, 9]),
        ("carry chest", True, True, [2, 9]),
        ("film gate", True, True, [1, 9]),
    ],
)
def test_of_several_bans_at_one_place_a_penalty_is_for_the_one_that_it_names_or_stands_beside(
    action: str, heavy: bool, late: bool, told: list[int]
) -> None:
    program = _gate().program
    assert program is not None
    for reference in (False, True):
        facts = {"parcel.heavy": heavy, "parcel.at_night": late}
        decision = Rulebook(program).decide(action, facts, at=DAY, reference=reference)
        found = sorted(int(option.split()[-2]) for threat in decision.penalties for option in threat.options)
        assert found == told


def test_the_solver_says_so_too() -> None:
    program = _gate().program
    assert program is not None
    found = agree(Rulebook(program), ["carry parcel", "carry chest", "film gate"], cases=100)
    assert found.differences == [] and found.lowered == 3, found


def test_a_penalty_for_a_rule_that_there_is_not_is_one_for_nothing() -> None:
    (told,) = _gate("at nigt").diagnostics
    assert (told.slug, "no rule at act/1 main with the id `at nigt` binds anybody" in told.message) == (
        "penalty-for-nothing",
        True,
    )


@pytest.mark.parametrize(
    ("action", "amounts"),
    [
        ("try_to_carry_in goods", ("imprisonment_with_labour up to 3 years", "fine up to 30000000 won")),
        (
            "try_to_film_or_photograph facility_interior",
            ("imprisonment_with_labour up to 1 year", "fine up to 10000000 won"),
        ),
    ],
)
def test_an_attempt_has_the_ceilings_of_the_crime_attempted_whatever_else_there_is(
    action: str, amounts: tuple[str, ...]
) -> None:
    facts: dict[str, object] = {
        "goods.kind": "unmanned_aerial_vehicle",
        "goods.carrying_in_permitted": False,
        "goods.meant_for_inmate": True,
        "goods.carried_in_habitually": True,
        "facility_interior.recording_permitted_by_warden": False,
    }
    (threat,) = shipped().decide(action, facts, at=DAY, by="person").penalties
    assert threat.options == amounts


def test_an_attempt_to_film_is_not_punished_as_one_to_bring_liquor_again() -> None:
    facts: dict[str, object] = {
        "goods.kind": "liquor",
        "goods.meant_for_inmate": True,
        "goods.carried_in_habitually": True,
        "facility_interior.recording_permitted_by_warden": False,
    }
    decided = {
        action: [threat.options[0] for threat in shipped().decide(action, facts, at=DAY).penalties]
        for action in ("try_to_carry_in goods", "try_to_film_or_photograph facility_interior")
    }
    assert list(decided.values()) == [
        ["imprisonment_with_labour up to 2 years"],
        ["imprisonment_with_labour up to 1 year"],
    ]


@pytest.mark.parametrize(
    ("late", "sure", "waiting"), [(None, [9], [("parcel.at_night",)]), (True, [4, 9], []), (False, [9], [])]
)
def test_a_penalty_of_which_it_is_not_known_whether_it_is_due_is_open(
    late: bool | None, sure: list[int], waiting: list[tuple[str, ...]]
) -> None:
    program = _gate("pictures").program
    assert program is not None
    facts = {} if late is None else {"parcel.at_night": late}
    decision = Rulebook(program).decide("film gate", facts, at=DAY)
    threatened = [int(option.split()[-2]) for threat in decision.penalties for option in threat.options]
    assert sorted(threatened) == sorted([1, *sure])
    assert [one.facts for one in decision.authority if one.role == "open" and one.punishes] == waiting
    assert decision.missing == ()
    outline = as_text(explain(decision, program, facts, at=DAY))
    assert ("penalty, Act Art. 1, may be due: it depends on parcel at night" in outline) is (late is None)


def test_words_for_a_wording_that_is_not_held_make_no_penalty_of_it() -> None:
    rules = book(
        rule("(1)", "define: it.read", "when: it.a", "not_held: penalty", "until: 2030-01-01"),
        rule("(2)", "must_not: tell thing", "when: it.read"),
    )
    decision = decide(rules, {"it.a": True}, "tell thing")
    told = [(one.role, one.provision, one.text, one.punishes) for one in decision.authority]
    assert ("open", "act/1(1)", "penalty", False) in told
    assert "may be due" not in as_text(explain(decision, rules.program, {"it.a": True}, at=DAY))
