"""Days and lengths, the ends of stretches, ranges of provisions, and grounds that always hold."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import DAY, book, rule, verdict

from mutandis.datatypes import YES_NO
from mutandis.ir import nodes as n


def day(later: int) -> dt.date:
    return DAY + dt.timedelta(days=later)


@pytest.mark.parametrize(("reckoned", "later"), [("it.on + 3 days", 3), ("it.on - 3 days", -3)])
def test_a_length_is_added_to_a_day_or_taken_off_once(reckoned: str, later: int) -> None:
    rules = book(rule("(1)", "may: do thing", f"when: it.due is {reckoned}"))
    found = {k for k in range(-8, 9) if verdict(rules, {"it.on": DAY, "it.due": day(k)}) == "permitted"}
    assert found == {later}


@pytest.mark.parametrize(("hours", "expected"), [(2, "permitted"), (3, "forbidden_by_default")])
def test_hours_are_added_to_a_moment(hours: int, expected: str) -> None:
    rules = book(rule("(1)", "may: do thing", f"when: it.began + {hours} hours <= now"))
    asked = {"it.began": dt.datetime(2020, 3, 1, 10, 0)}
    decision = rules.decide("do thing", asked, at=dt.datetime(2020, 3, 1, 12, 0))
    assert decision.verdict.value == expected


@pytest.mark.parametrize(("side", "first", "last"), [("after", 0, 3), ("before", -3, 0)])
def test_both_ends_of_a_stretch_are_within_it(side: str, first: int, last: int) -> None:
    rules = book(rule("(1)", "may: do thing", f"when: it.due is within 3 days {side} it.on"))
    found = [k for k in range(-6, 7) if verdict(rules, {"it.on": DAY, "it.due": day(k)}) == "permitted"]
    assert found == list(range(first, last + 1))


@pytest.mark.parametrize("named", ["(1)2 to (1)4", "(1)2, (1)3 to (1)4", "(1)2 to (1)3, (1)4"])
def test_a_range_of_provisions_has_its_ends_and_what_is_between(named: str) -> None:
    grounds = ("it.kind is red", "it.kind is green", "it.kind is blue", "it.a", "it.b")
    listed = rule("(1)", "may: keep thing", "grounds:", *(f"  {k}: {ground}" for k, ground in enumerate(grounds, 1)))
    asked = rule("(2)", "may: do thing", f"when: it.basis falls under {named}")
    rules = book(listed, asked)
    found = [k for k in range(1, 6) if verdict(rules, {"it.basis": f"act/1(1){k}"}) == "permitted"]
    assert found == [2, 3, 4]


def test_of_alternatives_only_what_never_holds_is_left_out() -> None:
    always, asked = n.Constant(True, YES_NO), n.Read("fact", "it.a", YES_NO)
    assert n.any_of([n.NEVER, asked]) is asked
    assert n.any_of([always, asked]) == n.Any((always, asked))
