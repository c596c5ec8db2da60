"""A requirement that is met in several ways bounds a parameter by those that are open in the case."""

from __future__ import annotations

from datetime import date

import pytest
from tests.evaluate.books import decide, rulebook_of

from mutandis.api import Rulebook
from mutandis.decide.result import Decision
from mutandis.values import Sum

LAW = "law: rent\ntitle: Rents Act\nshort: Rents\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  owner: {role: yes, label: owner}
  flat:
    label: flat
    attributes:
      tense: {type: yes/no, question: Is the market tense?}
      kind: {type: one of, values: [new, old, listed], question: What kind?}
      before: {type: money, question: What was the rent?}
      told_on: {type: date, question: When was it told?}
      rooms: {type: list of room, question: Which rooms?}
  room: {label: room, attributes: {size: {type: count, question: How large?}}}
  lease:
    label: lease
    attributes:
      rent: {type: money, parameter: yes, question: What rent?}
      years: {type: count, parameter: yes, question: For how many years?}
      signed_on: {type: date, parameter: yes, question: Signed when?}
      months: {type: count, parameter: yes, presume: 4, question: How many months?}
      weeks: {type: count, parameter: yes, question: How many weeks?}
actions:
  raise lease: {label: raise the rent, default: forbidden, by: owner}
  sign lease: {label: sign, default: forbidden, by: owner}
  renew lease: {label: renew, default: forbidden, by: owner}
  let lease: {label: let, default: forbidden, by: owner}
  end lease: {label: end, default: forbidden, by: owner}
  move lease: {label: move, default: forbidden, by: owner}
"""
RULES = """law: rent
article: 1
title: Rents
rules:
  - {at: (1), summary: It is raised., may: raise lease, by: owner}
  - at: (2)
    summary: By a fifth, in tense markets by less.
    limits: raise lease
    requires:
      1: lease.rent <= flat.before * 6/5
      2: not flat.tense or lease.rent <= flat.before * 11/10
  - at: (3)
    summary: It is signed.
    may: sign lease
    by: owner
    requires: lease.signed_on is within 3 days after flat.told_on
  - at: (4)
    summary: It is renewed.
    may: renew lease
    by: owner
    requires: if flat.kind is new then lease.years <= 3 else lease.years <= 5
  - at: (5)
    summary: It is let.
    may: let lease
    by: owner
    requires:
      1: lease.years <= 9 or (lease.years <= 10 and at most 1 r in flat.rooms where (r.size > 9))
      2: flat.kind is not listed or (lease.years >= 2 and lease.years <= 7)
  - at: (6)
    summary: It is ended.
    may: end lease
    by: owner
    requires: flat.kind is new or lease.months <= 5
  - at: (7)
    summary: It is moved.
    may: move lease
    by: owner
    requires: flat.kind is new or lease.weeks <= 5
  - {at: (8), summary: Two weeks., define: lease.weeks, as: 2}
"""


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return rulebook_of({"rent/law.yaml": LAW, "rent/vocabulary.yaml": VOCABULARY, "rent/001-a.yaml": RULES})


def _decided(book: Rulebook, action: str, facts: dict[str, object]) -> Decision:
    return decide(book, facts, action, at=date(2024, 5, 2))


def _said(value: object) -> str:
    return f"{value.amount} {value.currency}" if isinstance(value, Sum) else str(value)


def _limits(book: Rulebook, action: str, facts: dict[str, object]) -> list[tuple[str, str, str, str, bool]]:
    found = _decided(book, action, facts).limits
    return [(one.provision, one.relation, _said(one.inner), _said(one.outer), one.binding) for one in found]


def test_the_way_that_is_open_bounds_the_parameter(book: Rulebook) -> None:
    facts: dict[str, object] = {"flat.before": "500 won", "flat.tense": True}
    assert _limits(book, "raise lease", facts) == [
        ("rent/1(2)1", "at_most", "600 won", "600 won", False),
        ("rent/1(2)2", "at_most", "550 won", "550 won", True),
    ]
    assert _decided(book, "raise lease", facts).unmet == ()


def test_a_requirement_that_is_met_otherwise_bounds_nothing(book: Rulebook) -> None:
    facts: dict[str, object] = {"flat.before": "500 won", "flat.tense": False, "lease.rent": "580 won"}
    assert _limits(book, "raise lease", facts) == [("rent/1(2)1", "at_most", "600 won", "600 won", True)]


def test_where_it_is_not_known_which_way_is_open_nothing_is_the_tightest(book: Rulebook) -> None:
    facts: dict[str, object] = {"flat.before": "500 won", "lease.rent": "580 won"}
    assert _limits(book, "raise lease", facts) == [("rent/1(2)1", "at_most", "600 won", "600 won", False)]


def test_what_is_asked_and_what_is_left_are_told(book: Rulebook) -> None:
    facts: dict[str, object] = {"flat.before": "500 won", "flat.tense": True, "lease.rent": "560 won"}
    decision = _decided(book, "raise lease", facts)
    assert str(decision.verdict) == "forbidden"
    assert [(_said(one.actual), _said(one.margin)) for one in decision.limits] == [
        ("560 won", "40 won"),
        ("560 won", "-10 won"),
    ]


def test_a_span_of_days_is_two_bounds(book: Rulebook) -> None:
    assert _limits(book, "sign lease", {"flat.told_on": "2024-05-02"}) == [
        ("rent/1(3)", "at_least", "2024-05-02", "2024-05-02", True),
        ("rent/1(3)", "at_most", "2024-05-05", "2024-05-05", True),
    ]


@pytest.mark.parametrize(("kind", "years"), [("new", "3"), ("old", "5")])
def test_a_choice_bounds_by_its_branch(book: Rulebook, kind: str, years: str) -> None:
    assert _limits(book, "renew lease", {"flat.kind": kind}) == [("rent/1(4)", "at_most", years, years, True)]


def test_of_several_ways_that_are_open_the_most_generous_bounds(book: Rulebook) -> None:
    rooms: dict[str, object] = {"flat.kind": "new", "flat.rooms": [{"size": 10}, {"size": 9}]}
    assert _limits(book, "let lease", rooms) == [("rent/1(5)1", "at_most", "10", "10", True)]
    rooms = {"flat.kind": "new", "flat.rooms": [{"size": 10}, {"size": 10}]}
    assert _limits(book, "let lease", rooms) == [("rent/1(5)1", "at_most", "9", "9", True)]
    rooms = {"flat.kind": "new", "flat.rooms": [{"size": 10}, {}]}
    assert _limits(book, "let lease", rooms) == [("rent/1(5)1", "at_most", "9", "10", True)]


def test_a_way_of_two_bounds_has_both(book: Rulebook) -> None:
    listed: dict[str, object] = {"flat.kind": "listed", "flat.rooms": []}
    assert _limits(book, "let lease", listed) == [
        ("rent/1(5)1", "at_most", "10", "10", False),
        ("rent/1(5)2", "at_least", "2", "2", True),
        ("rent/1(5)2", "at_most", "7", "7", True),
    ]


@pytest.mark.parametrize(("facts", "actual", "margin"), [({}, "4", "1"), ({"lease.months": 5}, "5", "0")])
def test_what_is_presumed_of_a_parameter_is_what_it_is(
    book: Rulebook, facts: dict[str, object], actual: str, margin: str
) -> None:
    (one,) = _decided(book, "end lease", {"flat.kind": "old", **facts}).limits
    assert (one.parameter, str(one.outer), str(one.actual), str(one.margin)) == ("lease.months", "5", actual, margin)


def test_what_a_rule_gives_a_parameter_is_what_it_is(book: Rulebook) -> None:
    (one,) = _decided(book, "move lease", {"flat.kind": "old", "flat.rooms": []}).limits
    assert (one.parameter, str(one.outer), str(one.actual), str(one.margin)) == ("lease.weeks", "5", "2", "3")
