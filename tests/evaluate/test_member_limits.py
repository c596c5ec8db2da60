"""What every member of a list must have is told as a limit on each member that it binds, with its figures."""

from __future__ import annotations

from datetime import date

import pytest
from tests.evaluate.books import book as book_of
from tests.evaluate.books import decide, rule

from mutandis.amounts import spell_duration
from mutandis.api import Rulebook
from mutandis.decide.result import Decision
from mutandis.link.linker import link
from mutandis.questions import allowed_ranges
from mutandis.rulebook.load import load_text
from mutandis.values import Duration
from mutandis_tools.names import Names
from mutandis_tools.report.decision_outline import outline_decision

LAW = "law: park\ntitle: Parks Act\nshort: Parks\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  keeper: {role: yes, label: keeper}
  stay:
    label: stay
    attributes:
      kind: {type: one of, values: [tent, van, cabin], question: In what?}
      days: {type: duration, unit: days, question: For how long?, says: 'the stay is for {value}'}
      beds: {type: count, question: How many beds?}
      long: {type: yes/no, label: may be long}
      most: {type: duration, unit: days, label: most days}
  booking:
    label: booking
    attributes:
      stays: {type: list of stay, parameter: yes, question: Which stays?}
      member: {type: yes/no, question: Is it a member's?}
actions:
  take booking: {label: take the booking, default: forbidden, by: keeper}
"""
RULES = """law: park
article: 1
title: Stays
rules:
  - {at: (1), summary: Bookings are taken., may: take booking, by: keeper}
  - at: (2)
    summary: Tents stay for ten days, those of members twice as long.
    limits: take booking
    requires: every s in booking.stays has (s.kind is not tent or s.days <= s.most or (s.long and s.days <= s.most * 2))
  - at: (3)
    summary: At least two beds in a cabin.
    limits: take booking
    requires: every s in booking.stays has (s.kind is not cabin or s.beds >= 2)
  - {at: (4), summary: Ten days., define: stay.most, as: 10 days}
  - {at: (5), summary: Members' stays may be long., define: stay.long, when: booking.member}
"""


def of_rules(rules: str) -> Rulebook:
    source = load_text({"park/law.yaml": LAW, "park/vocabulary.yaml": VOCABULARY, "park/001-stays.yaml": rules})
    found = link(source)
    assert found.program is not None, found.diagnostics
    return Rulebook(found.program)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return of_rules(RULES)


def _decided(book: Rulebook, *stays: dict[str, object], **more: object) -> Decision:
    return decide(book, {"booking": {"stays": list(stays), **more}}, "take booking", at=date(2023, 6, 1))


def _told(decision: Decision) -> list[tuple[object, ...]]:
    def said(value: object) -> object:
        return spell_duration(value) if isinstance(value, Duration) else value

    return [
        (one.provision, one.parameter, one.relation, *map(said, (one.inner, one.outer, one.actual, one.margin)))
        for one in decision.limits
    ]


def _days(number: int) -> Duration:
    return Duration(number, "days")


def test_the_member_that_exceeds_the_limit_is_told_with_by_how_much(book: Rulebook) -> None:
    decision = _decided(book, {"kind": "van", "days": _days(90)}, {"kind": "tent", "days": _days(37)}, member=False)
    assert decision.verdict.value == "forbidden"
    assert [one.provision for one in decision.breaches] == ["park/1(2)"]
    told = ("park/1(2)", "booking.stays[2].days", "at_most", "10 days", "10 days", "37 days", "-27 days")
    assert _told(decision) == [told]


def test_what_is_kept_is_told_with_what_is_left(book: Rulebook) -> None:
    decision = _decided(book, {"kind": "tent", "days": _days(12)}, {"kind": "cabin", "beds": 3}, member=True)
    assert decision.verdict.value == "permitted"
    assert _told(decision) == [
        ("park/1(2)", "booking.stays[1].days", "at_most", "20 days", "20 days", "12 days", "8 days"),
        ("park/1(3)", "booking.stays[2].beds", "at_least", 2, 2, 3, 1),
    ]
    assert all(one.binding for one in decision.limits)


def test_the_definition_that_raises_a_members_limit_is_told(book: Rulebook) -> None:
    decision = _decided(book, {"kind": "tent", "days": _days(5)}, member=True)
    defines = [one.provision for one in decision.authority if one.role == "defines"]
    assert "park/1(5)" in defines  # without it five days are within the limit still, but ten are the most


def test_where_it_is_not_known_which_bound_applies_both_are_told(book: Rulebook) -> None:
    decision = _decided(book, {"kind": "tent", "days": _days(5)})
    assert decision.verdict.value == "permitted"
    assert _told(decision) == [("park/1(2)", "booking.stays[1].days", "at_most", "10 days", "20 days", "5 days", None)]


def test_a_member_of_which_it_is_not_known_whether_it_is_bound_has_no_limit(book: Rulebook) -> None:
    assert _told(_decided(book, {"days": _days(5)}, member=False)) == []


def test_an_amount_that_is_not_said_has_its_limit(book: Rulebook) -> None:
    decision = _decided(book, {"kind": "tent"}, member=False)
    assert decision.verdict.value == "conditional"
    told = ("park/1(2)", "booking.stays[1].days", "at_most", "10 days", "10 days", None, None)
    assert _told(decision) == [told]
    spoiled = _decided(book, {"kind": "tent"}, {"kind": "tent", "days": _days(11)}, member=False)
    assert (spoiled.verdict.value, [one.parameter for one in spoiled.limits]) == (
        "forbidden",
        ["booking.stays[2].days"],  # whatever the first one is for
    )
    facts = book.read({"booking": {"stays": [{"kind": "tent"}], "member": False}})
    assert allowed_ranges(book, "take booking", facts) == ()  # no parameter of the action has a range of its own


@pytest.mark.parametrize("condition", ["s.beds <= 3", "3 >= s.beds", "not (s.beds > 3)", "s.beds + 1 <= 4"])
def test_a_bound_is_told_however_it_is_written(condition: str) -> None:
    book = of_rules(RULES.replace("(s.kind is not cabin or s.beds >= 2)", f"({condition})"))
    decision = _decided(book, {"kind": "cabin", "beds": 2}, member=False)
    assert _told(decision) == [("park/1(3)", "booking.stays[1].beds", "at_most", 3, 3, 2, 1)]


def test_a_breach_is_not_told_by_another_limit_that_is_kept() -> None:
    several = "requires: [every s in booking.stays has (s.days <= 10 days), every s in booking.stays has (s.beds >= 2)]"
    place = RULES.index("requires: every s in booking.stays has (s.kind is not tent")
    book = of_rules(RULES[:place] + several + RULES[RULES.index("\n", place) :])
    decision = _decided(book, {"kind": "tent", "days": _days(5), "beds": 1}, member=False)
    assert decision.verdict.value == "forbidden"
    outline = outline_decision(decision, Names(book.laws, book.vocabulary, book.program))
    told = [item.text for section in outline.sections for item in section.items if item.text.startswith("not met")]
    assert len(told) == 1 and "beds" in told[0] and "days" not in told[0]


@pytest.mark.parametrize(
    ("body", "where_it_is", "where_it_is_not"),
    [
        ("if p.good then p.days <= 30 days else p.days <= 20 days", ["30 days"], ["20 days"]),
        ("if p.good then (it.a or p.days <= 30 days) else p.days <= 20 days", ["30 days"], ["20 days"]),
        ("not (p.good and p.days > 30 days)", ["30 days"], []),
    ],
)
def test_a_choice_and_what_is_denied_together_bind_as_the_ways_they_are(
    body: str, where_it_is: list[str], where_it_is_not: list[str]
) -> None:
    of_parts = book_of(rule("(1)", "may: do thing", f"requires: every p in it.parts has ({body})"))
    for good, bounds in ((True, where_it_is), (False, where_it_is_not)):
        found = decide(of_parts, {"it.a": False, "it.parts": [{"good": good, "days": 10}]}).limits
        assert [spell_duration(one.outer) for one in found if isinstance(one.outer, Duration)] == bounds


def test_an_amount_known_within_bounds_bounds_a_member_by_its_ends() -> None:
    of_parts = book_of(
        rule("(1)", "may: do thing", "requires: every p in it.parts has (p.days <= it.used)"),
        rule("(2)", "define: it.used", "as: if it.a then 5 days else 9 days"),
    )
    (found,) = decide(of_parts, {"it.parts": [{"days": 3}]}).limits
    assert (found.inner, found.outer) == (Duration(5, "days"), Duration(9, "days"))
    assert found.margin is None
