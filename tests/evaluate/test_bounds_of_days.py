"""A day of which only a bound is known, because no calendar covers it, bounds what is reckoned from it."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, decide, rule

END = "the end of 14 days after it.on"  # of Sunday 2020-02-16: Monday 2020-03-02, or later if that is a holiday


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        (f"2021-03-02 <= ({END}) + 12 months", "permitted"),
        (f"2021-03-03 <= ({END}) + 12 months", "undetermined"),
        (f"({END}) + 1 day < 2020-03-03", "forbidden_by_default"),
        (f"({END}) - 1 year >= 2019-03-02", "permitted"),
        (f"2020-03-16 <= the end of 2 weeks after {END}", "permitted"),
        (f"2020-03-17 <= the end of 2 weeks after {END}", "undetermined"),
        ("the end of 1 week before the end of 14 days before it.on <= 2020-01-24", "permitted"),
        ("the end of 1 week before the end of 14 days before it.on <= 2020-01-23", "undetermined"),
        (f"2020-03-04 <= the end of 2 working days after {END}", "permitted"),
        (f"2020-03-05 <= the end of 2 working days after {END}", "undetermined"),
        (f"({END}) - it.on >= 15 days", "permitted"),
        (f"({END}) - it.on >= 16 days", "undetermined"),
        (f"it.on - ({END}) > -15 days", "forbidden_by_default"),
        (f"the later of {END} and 2020-02-20 >= 2020-03-02", "permitted"),
        (f"the earlier of {END} and 2020-02-20 <= 2020-02-20", "permitted"),
        (f"the earlier of {END} and 2020-04-20 > 2020-03-01", "permitted"),
        (f"the earlier of {END} and 2020-04-20 > 2020-04-20", "forbidden_by_default"),
    ],
)
def test_a_bound_is_carried_through(condition: str, verdict: str) -> None:
    permission = book(rule("(1)", "may: do thing", f"when: {condition}"))
    assert decide(permission, {"it.on": "2020-02-16"}).verdict.value == verdict
    found = permission.decide_table("do thing", {"it.on": [dt.date(2020, 2, 16)]}, at=dt.date(2020, 3, 1))
    assert found.verdict.to_list() == [verdict]


LATER = "the end of 21 days after it.on"


@pytest.mark.parametrize(
    ("condition", "more"),
    [
        (f"(if it.a then {END} else {LATER}) >= 2020-02-20", ()),
        (f"(if it.a then {END} else {LATER}) >= 2020-03-02", ()),
        (f"(if it.a then {END} else 2020-03-05) >= 2020-02-20", ()),
        ("(if it.a then 2020-03-03 else 2020-03-05) >= 2020-02-20", ()),
        ("it.due >= 2020-02-20", (f"as: (if it.a then {END} else {LATER})",)),
        ("it.due >= 2020-02-20", (f"as: {END}\nwhen: it.a", f"as: {LATER}\nwhen: not it.a")),
    ],
)
def test_of_two_days_either_of_which_it_may_be_none_is_known_in_a_table_either(
    condition: str, more: tuple[str, ...]
) -> None:
    definitions = [rule(f"({k})", "define: it.due", one) for k, one in enumerate(more, 2)]
    permission = book(rule("(1)", "may: do thing", f"when: {condition}"), *definitions)
    assert decide(permission, {"it.on": "2020-02-16"}).verdict.value == "undetermined"
    found = permission.decide_table("do thing", {"it.on": [dt.date(2020, 2, 16)]}, at=dt.date(2020, 3, 1))
    assert found.verdict.to_list() == ["undetermined"]


@pytest.mark.parametrize(
    "condition",
    [
        "the end of 48 hours after (the earlier of it.on and it.due) < 2020-02-11",
        "the end of 48 hours before (the later of it.on and it.due) > 2020-02-20",
        f"now <= the end of 48 hours after {END}",
        f"now >= the end of 1 hour before the end of 2 working days after {END}",
        "today <= the end of 2 days after it.seen",
    ],
)
def test_a_bound_of_a_day_is_none_of_a_moment(condition: str) -> None:
    counted_by_hours = rule("(2)", "define: it.seen", f"as: {END}")
    permission = book(rule("(1)", "may: do thing", f"when: {condition}"), counted_by_hours)
    now = dt.datetime(2020, 3, 1, 10)
    assert decide(permission, {"it.on": "2020-02-16"}, at=now).verdict.value == "undetermined"
    found = permission.decide_table("do thing", {"it.on": [dt.date(2020, 2, 16)]}, at=now)
    assert found.verdict.to_list() == ["undetermined"]


def test_the_definition_that_bounds_a_day_is_told() -> None:
    permission = book(
        rule("(1)", "may: do thing", "when: today <= it.due"),
        rule("(2)", "define: it.due", f"as: {END}"),
    )
    decision = decide(permission, {"it.on": "2020-02-16"})
    assert decision.verdict.value == "permitted"
    assert [one.provision for one in decision.authority if one.role == "defines"] == ["act/1(2)"]


def test_what_does_not_take_the_place_of_a_definition_is_not_told() -> None:
    rules = (
        rule("(1)", "may: do thing", "when: today <= it.due"),
        rule("(2)", "define: it.due", "as: it.on + 20 days"),
        rule(
            "(2) proviso", "define: it.due", "instead_of: (2)", "inferred: it is a proviso", "when: it.a", "as: it.on"
        ),
    )
    told = {
        a: [one.provision for one in decide(book(*rules), {"it.on": "2020-03-01", "it.a": a}).authority]
        for a in (True, False)
    }
    assert told == {True: ["act/1(1)", "act/1(2) proviso"], False: ["act/1(1)", "act/1(2)"]}
