"""A fact that no rule gives a value is no, or none, by the place that came nearest and what fails there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.evaluate.books import book, decide, rule

from mutandis import Rulebook
from mutandis.decide.result_parts import FactValue
from mutandis.explain.words import NO_DAY
from mutandis_tools.names import Names
from mutandis_tools.report.decision_outline import due_in_words


def of(rulebook: Rulebook, facts: dict[str, object], fact: str = "it.read", **asked: dt.date) -> FactValue:
    return rulebook.value(fact, facts, **asked)  # type: ignore[arg-type]  # the keyword is a day


TWO = book(
    rule("(1)", "define: it.read", "when: it.a and it.b"),
    rule("(2)", "define: it.read", "when: [it.c, it.d, it.judged]"),
)


def test_the_definition_on_which_the_fewest_conditions_fail_comes_nearest() -> None:
    found = of(TWO, {"it.a": True, "it.b": False, "it.c": False})
    assert (found.known, found.value) == (True, False)
    assert (found.provisions, found.failed) == (("act/1(1)",), ("it.b",))


def test_of_definitions_the_one_that_stated_facts_point_to_goes_first() -> None:
    found = of(TWO, {"it.a": False, "it.b": False, "it.c": True, "it.d": False, "it.judged": False})
    assert (found.provisions, found.failed) == (("act/1(2)",), ("it.d", "it.judged"))


def test_what_holds_is_given_by_its_place_and_fails_nowhere() -> None:
    found = of(TWO, {"it.a": True, "it.b": True})
    assert (found.value, found.provisions, found.failed) == (True, ("act/1(1)",), ())


def test_of_grounds_the_place_of_the_nearest_is_told() -> None:
    grounds = book(rule("(1)", "define: it.read", "grounds:", "  1: it.kind is red", "  2: [it.kind is green, it.a]"))
    found = of(grounds, {"it.kind": "green", "it.a": False})
    assert (found.provisions, found.failed) == (("act/1(1)2",), ("it.a",))


def test_an_exclusion_that_keeps_a_definition_away_is_told() -> None:
    but = book(rule("(1)", "define: it.read", "when: it.a", "unless: {at: (1) proviso, when: it.b}"))
    found = of(but, {"it.a": True, "it.b": True})
    assert (found.value, found.failed) == (False, ("excluded by act/1(1) proviso",))


def test_an_exclusion_that_does_not_hold_keeps_nothing_away() -> None:
    but = book(rule("(1)", "define: it.read", "unless: [{at: (1) proviso, when: it.b}, {at: (2), when: it.c}]"))
    assert of(but, {"it.b": False, "it.c": True}).failed == ("excluded by act/1(2)",)


def test_what_keeps_a_definition_away_is_told_of_an_answer() -> None:
    but = book(
        rule("(1)", "define: it.read", "when: it.a", "unless: {at: (1) proviso, grounds: {1: it.b, 2: it.c}}"),
        rule("(2)", "must_not: tell thing", "when: it.read"),
    )
    facts: dict[str, object] = {"it.a": True, "it.b": False, "it.c": True}
    told = {(one.role, one.provision): one for one in but.decide("tell thing", facts).authority}
    assert told["defines", "act/1(1)"].kept_away_by == ("act/1(1)2",)  # by its ground that holds
    assert ("defines", "act/1(1)2") in told
    told = {(one.role, one.provision): one for one in but.decide("tell thing", {**facts, "it.a": False}).authority}
    assert told["defines", "act/1(1)"].conditions == ("it.a",)
    assert ("defines", "act/1(1)2") not in told  # without it the definition would not reach either


def test_a_rule_that_disapplies_a_definition_is_told_of_an_answer() -> None:
    but = book(
        rule("(1)", "define: it.read", "when: it.a"),
        rule("(2)", "despite: (1)", "when: it.b"),
        rule("(3)", "must_not: tell thing", "when: it.read"),
    )
    decision = but.decide("tell thing", {"it.a": True, "it.b": True})
    assert decision.verdict.value == "silent"
    assert ("defines", "act/1(2)") in {(one.role, one.provision) for one in decision.authority}


def test_a_fact_that_is_none_has_its_place_too() -> None:
    due = book(rule("(1)", "define: it.due", "as: it.on + 1 month", "when: it.a"))
    found = of(due, {"it.a": False, "it.on": "2020-03-01"}, "it.due")
    assert (found.known, found.value, found.provisions, found.failed) == (True, None, ("act/1(1)",), ("it.a",))


def test_a_wording_of_another_time_is_out_of_the_running() -> None:
    dated = book(
        rule("(1)", "define: it.read", "when: it.a", "until: 2010-01-01"),
        rule("(2)", "define: it.read", "when: [it.b, it.c]"),
    )
    found = of(dated, {"it.a": True, "it.b": False, "it.c": False}, at=dt.date(2020, 1, 1))
    assert (found.provisions, found.failed) == (("act/1(2)",), ("it.b", "it.c"))


@pytest.mark.parametrize(
    ("fact", "facts", "place"),
    [
        (
            "observance.prescribed_by_decree",
            {
                "observance.matter": "other",
                "observance.helpful_for_improvement": True,
                "observance.can_be_complied_with": False,
            },
            "probation-decree/19.8",
        ),
        ("inmate.within_definition", {"facility.kind": "other"}, "act/2.1"),
    ],
)
def test_so_in_the_laws(fact: str, facts: dict[str, object], place: str) -> None:
    found = Rulebook.load(Path(__file__).parents[2] / "rulebook").value(fact, facts)
    assert (found.value, found.provisions) == (False, (place,)) and found.failed


def test_where_none_is_in_force_the_day_is_told_on_which_one_came_or_went() -> None:
    dated = book(rule("(1)", "define: it.read", "when: it.a", "since: 2010-01-01", "until: 2020-01-01"))
    for version, told in (
        (dt.date(2009, 12, 31), "in force from 2010-01-01 on"),
        (dt.date(2020, 1, 1), "out of force from 2020-01-01 on"),
    ):
        found = of(dated, {"it.a": True}, law_as_of=version)
        assert (found.value, found.provisions, found.failed) == (False, ("act/1(1)",), (told,))


def test_a_due_day_that_no_rule_gives_tells_the_definition_that_gave_none() -> None:
    rules = book(
        rule("(1)", "define: it.due", "as: {when: it.a, value: it.on + 1 month}"),
        rule("(2)", "must: do thing", "deadline: by it.due"),
        rule("(3)", "may: tell thing", "when: it.due is present"),
    )
    found = rules.decide("do thing", {"it.a": False, "it.done_on": None})
    assert [(one.role, one.provision, one.conditions) for one in found.authority] == [
        ("decides", "act/1(2)", ()),
        ("defines", "act/1(1)", ("it.a",)),
    ]
    (due,) = found.deadlines
    assert due.is_lacking
    assert due_in_words(due, Names(rules.program.laws, rules.vocabulary)) == f"by {NO_DAY}; not done"
    waiting = rules.decide("do thing", {"it.done_on": None})
    assert [one.is_lacking for one in waiting.deadlines] == [False]
    assert [one.provision for one in waiting.authority] == ["act/1(2)"]


def test_a_day_in_words_is_not_lacking() -> None:
    (due,) = decide(book(rule("(1)", "must: tell thing", "deadline: immediately")), {}, "tell thing").deadlines
    assert (due.relation, due.due, due.is_lacking) == ("words", None, False)
