"""Versions of the law in which nothing differs are not put to the solver; where anything does they are."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, rule

from mutandis import Rulebook
from mutandis_tools.comparison import semantic
from mutandis_tools.comparison.semantic import SemanticDifference, compare_meaning

SINCE = "since: 2022-01-01"
PLAIN = rule("(1)", "may: do thing", "when: it.a")
OLD, NEW = dt.date(2021, 12, 31), dt.date(2022, 1, 1)


def _asked(monkeypatch: pytest.MonkeyPatch, was: str, is_: str, *rest: str) -> tuple[SemanticDifference, set[object]]:
    """What is said of a rule that was one and is another, and the versions that were put to the solver."""
    days: set[object] = set()
    ask = semantic._Comparison._version

    def noted(self: semantic._Comparison, day: dt.date | None) -> None:
        days.add(day)
        ask(self, day)

    monkeypatch.setattr(semantic._Comparison, "_version", noted)
    return compare_meaning(book(PLAIN, was, *rest), book(PLAIN, is_, *rest)), days


def test_a_rule_that_is_not_in_force_makes_no_version_another(monkeypatch: pytest.MonkeyPatch) -> None:
    ban = ("must_not: do thing", SINCE, "despite: (1)")
    found, days = _asked(monkeypatch, rule("(2)", *ban, "when: it.b"), rule("(2)", *ban, "when: it.c"))
    assert days == {NEW} and found.actions[0].standing == "differs"


def test_the_day_of_a_rule_makes_the_versions_between_others(monkeypatch: pytest.MonkeyPatch) -> None:
    ban = ("must_not: do thing", "despite: (1)", "when: it.b")
    found, days = _asked(monkeypatch, rule("(2)", *ban, SINCE), rule("(2)", *ban, "since: 2023-01-01"))
    assert days == {NEW} and {w.case.law_as_of for w in found.actions[0].witnesses} == {NEW}


@pytest.mark.parametrize(
    ("was", "is_"),
    [
        ("define: part.good\nwhen: part.days > 3 days", "define: part.good\nwhen: part.days > 4 days"),
        ("define: it.read\nwhen: it.b", "define: it.read\nwhen: it.c"),
        ("must_not: keep thing\nwhen: it.b", "must_not: keep thing\nwhen: it.c"),
    ],
)
def test_what_is_read_through_others_makes_every_version_another(
    monkeypatch: pytest.MonkeyPatch, was: str, is_: str
) -> None:
    """A definition of members of a list, one of a fact, and a norm that is asked about."""
    late = rule("(3)", "must_not: do thing", SINCE, "when: it.d")
    reads = rule("(4)", "must: tell thing", "when: it.read or (2) applies or at least 1 x in it.parts where (x.good)")
    told = rule("(5)", "must: tell thing", SINCE, "when: it.d")
    before, after = (rule("(2)", *one.split("\n")) for one in (was, is_))
    found, days = _asked(monkeypatch, before, after, late, reads, told)
    assert {OLD, NEW} <= days
    assert next(one for one in found.actions if one.name == "tell thing").standing == "differs"


def test_what_lies_between_other_bounds_is_not_the_same() -> None:
    """Under a wording that is not held the count is at most 5, or at most 3; the present law leaves no doubt."""

    def counted(most: int) -> Rulebook:
        open_ = ("not_held: the earlier wording", "until: 2022-01-01")
        return book(
            rule("(1)", "define: it.read", *open_),
            rule("(1)", "define: it.read", SINCE),
            rule("(2)", "define: it.judged", *open_),
            rule("(2)", "define: it.judged", "when: it.b", SINCE),
            rule(
                "(3)",
                "define: it.count",
                f"as: if it.judged then (if it.read then 1 else {most}) else (if it.read then 1 else 3)",
            ),
            rule("(4)", "must: tell thing", "when: it.count > 4"),
        )

    (told,) = compare_meaning(counted(5), counted(3)).actions
    assert told.standing == "differs" and {w.case.law_as_of for w in told.witnesses} == {OLD}
