"""In an answer that is not settled, the definitions that it waits for are told with what they wait for (S29)."""

from __future__ import annotations

import datetime as dt

from tests.evaluate.books import book, rule
from tests.shipped import DAY, shipped

from mutandis import Rulebook
from mutandis.decide.result import Verdict
from mutandis.explain.naming import waiting_for


def _open(loaded: Rulebook, facts: dict[str, object], action: str = "tell thing") -> dict[str, tuple[str, ...]]:
    decision = loaded.decide(action, facts, at=dt.date(2023, 6, 1))
    assert decision.verdict is Verdict.UNDETERMINED
    return {one.provision: one.facts for one in decision.authority if one.role == "open"}


def test_a_definition_that_waits_for_a_missing_fact_is_told_with_it() -> None:
    loaded = book(rule("(1)", "define: it.read", "as: it.a"), rule("(2)", "may: tell thing", "when: it.read"))
    assert _open(loaded, {}) == {"act/1(1)": ("it.a",), "act/1(2)": ("it.a",)}
    decision = loaded.decide("tell thing", {}, at=dt.date(2023, 6, 1))
    assert waiting_for(decision, "it.a") == ("act/1(2)", "act/1(1)")
    assert [one for one in loaded.decide("tell thing", {"it.a": True}).authority if one.role == "open"] == []


def test_a_day_that_a_definition_gives_waits_for_its_condition_and_for_what_it_is_reckoned_from() -> None:
    loaded = book(
        rule("(1)", "define: it.due", "as: {when: it.d, value: it.on + 1 month}"),
        rule("(2)", "must_not: tell thing", "when: it.due <= today"),
    )
    assert _open(loaded, {})["act/1(1)"] == ("it.d", "it.on")
    assert _open(loaded, {"it.d": True})["act/1(1)"] == ("it.on",)
    assert _open(loaded, {"it.on": "2023-01-01"})["act/1(1)"] == ("it.d",)


def test_a_definition_whose_value_makes_no_other_answer_is_not_told() -> None:
    loaded = book(
        rule("(1)", "define: it.read", "as: it.a"),
        rule("(2)", "may: tell thing", "when: it.read or it.b"),
        rule("(3)", "must_not: tell thing", "when: it.c"),
    )
    assert _open(loaded, {"it.b": True}) == {"act/1(3)": ("it.c",)}
    assert _open(loaded, {"it.c": False}) == {"act/1(1)": ("it.a",), "act/1(2)": ("it.a", "it.b")}


def test_a_definition_that_waits_for_holidays_or_the_clock_is_told_with_them() -> None:
    loaded = book(
        rule("(1)", "define: it.read", "grounds: {1: it.a, 2: today is a day off}"),
        rule("(2)", "define: it.read", "when: it.b"),
        rule("(3)", "may: tell thing", "when: it.read"),
    )
    assert _open(loaded, {"it.a": False}) == {
        "act/1(1)2": ("holidays",),
        "act/1(2)": ("it.b",),
        "act/1(3)": ("holidays", "it.b"),
    }
    undated = {one.provision: one.facts for one in loaded.decide("tell thing", {"it.b": False}).authority}
    assert undated["act/1(1)2"] == ("today",)
    due = book(
        rule("(1)", "define: it.due", "as: {when: it.a, value: the end of 3 days after it.on}"),
        rule("(2)", "may: tell thing", "when: it.due < today"),
    )
    assert _open(due, {"it.on": "2023-05-27"})["act/1(1)"] == ("holidays", "it.a")


def test_of_several_definitions_those_that_may_give_the_value_are_told() -> None:
    loaded = book(
        rule("(1)", "define: it.read", "as: it.a", "when: it.c"),
        rule("(2)", "define: it.read", "as: it.b"),
        rule("(3)", "may: tell thing", "when: it.read"),
    )
    assert _open(loaded, {"it.a": True, "it.c": False}) == {"act/1(2)": ("it.b",), "act/1(3)": ("it.b",)}


def test_what_the_bound_on_an_open_parameter_waits_for_is_told_at_its_place() -> None:
    loaded = book(rule("(1)", "may: do thing", "requires: how.days <= 20 days + it.used"))
    assert _open(loaded, {}, "do thing") == {"act/1(1)": ("it.used",)}


def test_a_definition_that_counts_members_waits_for_what_they_leave_open() -> None:
    loaded = book(
        rule("(1)", "define: it.read", "when: '(the total of p.days for p in it.parts) > 5 days'"),
        rule("(2)", "may: tell thing", "when: it.read"),
    )
    waits = ("it.parts[2].days",)
    assert _open(loaded, {"it.parts": [{"days": 4}, {}]}) == {"act/1(1)": waits, "act/1(2)": waits}


def test_a_definition_behind_a_definition_is_told_and_each_of_its_grounds_waits_for_its_own() -> None:
    facts: dict[str, object] = {"visitor_goods.found_in_inspection": True, "visitor_goods.kind": "other"}
    facts["reformatory_visitor.refuses_keeping"] = True
    decision = shipped().decide("prohibit access", facts, at=DAY, by="director")
    waits = {one.provision: one.facts for one in decision.authority if one.role == "open"}
    hinders, obstructs = "visitor_goods.hinders_safety_or_order", "visitor_goods.obstructs_education_or_return"
    assert waits["juvenile-decree/17-3(4)"] == (hinders, obstructs)
    assert waits["juvenile-decree/17-2.1"] == (hinders,)
    assert waits["juvenile-decree/17-2.2"] == (obstructs,)


def test_of_the_grounds_of_a_definition_those_that_may_hold_are_told() -> None:
    grounds = "grounds: {1: {when: it.b}, 2: {when: it.c}}"
    loaded = book(rule("(1)", "define: it.read", "as: yes", grounds), rule("(2)", "may: tell thing", "when: it.read"))
    assert _open(loaded, {}) == {"act/1(1)1": ("it.b",), "act/1(1)2": ("it.c",), "act/1(2)": ("it.b", "it.c")}
    assert _open(loaded, {"it.b": False}) == {"act/1(1)2": ("it.c",), "act/1(2)": ("it.c",)}


def test_of_a_definition_by_cases_those_that_may_hold_are_told() -> None:
    loaded = book(
        rule(
            "(1)",
            "define: it.fee",
            "as: {1: {when: it.count < 3, value: 1 won}, 2: {when: it.count >= 3, value: 2 won}}",
            "unless: {at: (1) proviso, when: it.a}",
        ),
        rule("(2)", "may: tell thing", "when: it.fee <= 2 won"),
    )
    assert _open(loaded, {"it.count": 3}) == {"act/1(1)2": ("it.a",), "act/1(2)": ("it.a",)}
