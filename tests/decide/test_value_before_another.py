"""A value that goes before another: its definition is told where the other would make another answer."""

from __future__ import annotations

import datetime as dt

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
