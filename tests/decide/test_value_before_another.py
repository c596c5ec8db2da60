"""A value that goes before another: its definition is told where the other would make another answer."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import DAY, book, decide, rule

RULES = (
    rule("(1)", "must_not: tell thing", "when: it.until is present and it.until < today"),
    rule("(2)", "define: it.until", "as: it.on"),
    rule("(3)", "define: it.until", "as: it.due", "when: it.a", "instead_of: (2)"),
)


def told(days: int) -> tuple[str, list[str]]:
    """The verdict where the later value is today's day and the other is so many days before it, and what defines."""
    facts: dict[str, object] = {"it.a": True, "it.due": DAY, "it.on": DAY - dt.timedelta(days)}
    decision = decide(book(*RULES), facts, "tell thing")
    return decision.verdict.value, [one.provision for one in decision.authority if one.role == "defines"]


def test_a_day_that_is_not_past_is_told_where_the_other_would_be() -> None:
    assert told(days=9) == ("silent", ["act/1(3)"])


def test_it_is_not_where_the_other_would_make_the_same_answer() -> None:
    assert told(days=0) == ("silent", [])


LATER = ("define: it.until", "as: 2030-01-01", "when: it.a", "instead_of: (2)")
PAST = dt.date(2020, 2, 1)


@pytest.mark.parametrize(("year", "defining"), [(2019, ["act/1(3)"]), (2021, [])])
def test_a_value_that_an_event_governs_counts_where_the_event_puts_it_in_force(year: int, defining: list[str]) -> None:
    rules = book(
        RULES[0],
        rule("(2)", "define: it.until", "as: it.due", "governed_by: it.on", "until: 2020-01-01"),
        rule("(3)", *LATER),
    )
    facts: dict[str, object] = {"it.a": True, "it.due": PAST, "it.on": dt.date(year, 6, 1)}
    decision = decide(rules, facts, "tell thing")
    told = [one.provision for one in decision.authority if one.role == "defines"]
    assert (decision.verdict.value, told) == ("silent", defining)
    without = decide(rules, {**facts, "it.a": False}, "tell thing")
    assert without.verdict.value == ("forbidden" if defining else "silent")


@pytest.mark.parametrize(("due", "resting"), [(PAST, ["act/1(3)"]), (dt.date(2020, 4, 1), [])])
def test_a_value_question_rests_on_it_too(due: dt.date, resting: list[str]) -> None:
    rules = book(
        rule("(1)", "define: it.read", "when: it.until is present and it.until < today"),
        rule("(2)", "define: it.until", "as: it.due"),
        rule("(3)", *LATER),
    )
    found = rules.value("it.read", {"it.a": True, "it.due": due}, at=DAY)
    assert found.value is False
    assert [one.provision for one in found.rests_on] == resting
