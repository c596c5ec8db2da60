"""What a provision leaves to others is told where it can reach the case, and nowhere else (S29)."""

from __future__ import annotations

import datetime as dt

from tests.evaluate.books import book, decide, rule

from mutandis.decide.result import Decision


def _left(decision: Decision) -> list[str]:
    return [one.provision for one in decision.authority if one.role == "left_to"]


def test_a_delegation_that_names_its_paragraphs_is_told_beside_these_alone() -> None:
    rules = book(
        rule("(1)", "must: do thing", "when: it.a"),
        rule("(2)", "must_not: do thing", "when: it.b"),
        rule("(3)", "delegate: decree", "within: (1)"),
    )
    assert _left(decide(rules, {"it.a": True, "it.b": False})) == ["act/1(3)"]
    assert _left(decide(rules, {"it.a": False, "it.b": True})) == []


def test_one_that_names_none_is_about_its_article() -> None:
    rules = book(rule("(1)", "must: do thing", "when: it.a"), rule("(2)", "delegate: decree"))
    assert _left(decide(rules, {"it.a": True})) == ["act/1(2)"]
    assert _left(decide(rules, {"it.a": False})) == ["act/1(2)"]


GROUNDS = (
    rule("(1)", "may: do thing", "when: it.a", "grounds: {1: it.b, 2: it.c}"),
    rule("(1)2", "delegate: decree"),
)


def test_further_grounds_reach_a_case_that_lacks_a_ground_alone() -> None:
    rules = book(*GROUNDS)
    assert _left(decide(rules, {"it.a": True, "it.b": False, "it.c": False})) == ["act/1(1)2"]
    assert _left(decide(rules, {"it.a": False, "it.b": False, "it.c": False})) == []
    assert _left(decide(rules, {"it.a": True, "it.b": False, "it.c": True})) == ["act/1(1)2"]
    assert _left(decide(rules, {"it.a": True, "it.b": True, "it.c": False})) == []


def test_they_reach_none_from_which_the_provision_is_taken_away() -> None:
    rules = book(*GROUNDS, rule("(2)", "despite: (1)", "when: it.d"))
    facts: dict[str, object] = {"it.a": True, "it.b": False, "it.c": True}
    assert _left(decide(rules, facts | {"it.d": True})) == []
    assert _left(decide(rules, facts | {"it.d": False})) == ["act/1(1)2"]


def test_what_is_left_of_the_conditions_of_a_provision_reaches_whom_they_fail() -> None:
    rules = book(rule("(1)", "may: do thing", "when: it.a"), rule("(1)", "delegate: decree"))
    assert _left(decide(rules, {"it.a": False})) == ["act/1(1)"]


def test_what_a_definition_leaves_in_its_own_sentence_is_told_with_the_figure_that_it_gave() -> None:
    rules = book(
        rule("(1)", "must: do thing", "when: it.due < today"),
        rule("(2)", "define: it.due", "as: it.on + 1 month"),
        rule("(2)", "delegate: decree"),
    )
    decision = decide(rules, {"it.on": "2026-02-11"}, at=dt.date(2026, 3, 31))
    assert [(one.provision, one.text) for one in decision.authority if one.role == "defines"] == [
        ("act/1(2)", "2026-03-11")
    ]
    assert _left(decision) == ["act/1(2)"]
