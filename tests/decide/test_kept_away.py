"""What keeps something away that an answer would otherwise turn on, and what holds on more than one ground (S29)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, rule

from mutandis import Rulebook

LISTED = rule("(1)", "must_not: burn thing", "grounds: {1: it.a, 2: it.b, 3: it.c}")
REFERRING = book(LISTED, rule("(2)", "must: tell thing", "when: case falls under (1)2 to (1)3"))


def told(rulebook: Rulebook, facts: dict[str, object], action: str = "tell thing") -> list[tuple[str, str]]:
    """Role and place of what is told, without the law."""
    found = rulebook.decide(action, facts).authority
    return [(one.role, one.provision.removeprefix("act/1")) for one in found]


def test_of_several_places_that_each_would_be_enough_all_are_told() -> None:
    both = told(REFERRING, {"it.a": True, "it.b": True, "it.c": True})
    assert both == [("decides", "(2)"), ("defines", "(1)2"), ("defines", "(1)3")]
    assert told(REFERRING, {"it.a": True, "it.b": False, "it.c": True}) == [("decides", "(2)"), ("defines", "(1)3")]


def test_what_the_places_that_would_be_enough_rest_on_is_told_too() -> None:
    chain = book(
        rule("(1)", "define: it.read", "when: it.a"),
        LISTED.replace("(1)", "(2)").replace("it.b", "it.read"),
        rule("(3)", "must: tell thing", "when: case falls under (2)2 to (2)3"),
    )
    both = told(chain, {"it.a": True, "it.c": True})
    assert both == [("decides", "(3)"), ("defines", "(2)2"), ("defines", "(2)3"), ("defines", "(1)")]


def test_what_holds_and_decides_nothing_is_not_told_with_another() -> None:
    rules = book(
        rule("(1)", "define: it.read", "when: it.a"),
        LISTED.replace("(1)", "(2)"),
        rule("(3)", "must: tell thing", "when: it.d or it.read or case falls under (2)3"),
    )
    assert told(rules, {"it.a": True, "it.c": True, "it.d": True}) == [("decides", "(3)")]


def test_an_exclusion_keeps_a_definition_away_whatever_else_is_not_known() -> None:
    rules = book(
        rule("(1)", "define: it.read", "when: it.a", "unless: {at: (1) proviso, when: it.b}"),
        rule("(2)", "must_not: tell thing", "when: it.read"),
    )
    found = rules.decide("tell thing", {"it.b": True}).authority
    (defined,) = [one for one in found if one.provision == "act/1(1)"]
    assert (defined.conditions, defined.kept_away_by) == ((), ("act/1(1) proviso",))


def test_what_lifts_an_exclusion_is_told_though_nobody_knows_whether_it_holds() -> None:
    rules = book(
        rule("(1)", "must: tell thing", "unless: {at: (1) proviso, when: it.a}"),
        rule("(2)", "despite: (1) proviso", "when: it.b"),
    )
    assert told(rules, {"it.b": True}) == [("decides", "(1)"), ("opens", "(2)")]
    assert told(rules, {"it.a": False, "it.b": True}) == [("decides", "(1)")]


@pytest.mark.parametrize("known", [{"it.a": True}, {}])
def test_what_keeps_a_norm_away_that_a_condition_asks_about_is_told_though_more_is_not_known(
    known: dict[str, object],
) -> None:
    rules = book(
        rule("(1)", "must_not: burn thing", "when: it.a", "unless: {at: (1) proviso, when: it.b}"),
        rule("(2)", "may: do thing", "when: (1) applies"),
    )
    short = [place for role, place in told(rules, {**known, "it.b": True}, "do thing") if role == "stops_short"]
    assert short == ["(1)", "(2)"]


def test_what_keeps_a_duty_away_opens_what_it_would_have_excluded() -> None:
    rules = book(
        rule("(1)", "must: keep thing", "when: it.a"),
        rule("(2)", "must: burn thing", "when: it.b", "despite: (1)", "unless: {at: (2) proviso, when: it.c}"),
    )
    facts: dict[str, object] = {"it.a": True, "it.b": True, "it.c": True}
    assert told(rules, facts, "keep thing") == [("decides", "(1)"), ("opens", "(2) proviso")]
    assert told(rules, {**facts, "it.b": False}, "keep thing") == [("decides", "(1)")]


def test_what_keeps_away_a_ban_that_would_only_be_one_more_is_not_told() -> None:
    loaded = book(
        rule("(1)", "must_not: tell thing", "when: it.a", "unless: {at: (1) proviso, when: it.b}"),
        rule("(2)", "must_not: tell thing", "when: it.c"),
    )
    facts: dict[str, object] = {"it.a": True, "it.b": True, "it.c": True}
    assert told(loaded, facts) == [("decides", "(2)")]
    assert ("opens", "(1) proviso") in told(loaded, {**facts, "it.c": False})


def test_what_keeps_the_definition_of_a_member_away_is_told_of_the_answer_that_turns_on_it() -> None:
    counted = book(
        rule("(1)", "define: part.good", "when: part.days >= 2 days", "unless: {at: (2), when: part.days > 9 days}"),
        rule("(3)", "must: tell thing", "when: at least 2 p in it.parts where (p.good)"),
    )
    decision = counted.decide("tell thing", {"it.parts": [{"days": "3 days"}, {"days": "10 days"}]})
    defines = [(one.provision, one.facts, one.kept_away_by) for one in decision.authority if one.role == "defines"]
    assert ("act/1(1)", ("it.parts[2].good",), ("act/1(2)",)) in defines


def test_of_members_the_wording_that_defines_is_told_and_not_the_one_before() -> None:
    counted = book(
        rule("(1)", "define: part.good", "when: part.days >= 2 days", "until: 2019-01-01"),
        rule("(1) latter", "define: part.good", "when: part.days >= 5 days", "since: 2019-01-01"),
        rule("(3)", "must: tell thing", "when: at least 2 p in it.parts where (p.good)"),
    )
    decision = counted.decide("tell thing", {"it.parts": [{"days": "3 days"}, {"days": "10 days"}]})
    defines = [(one.provision, one.facts, one.conditions) for one in decision.authority if one.role == "defines"]
    assert defines == [
        ("act/1(1) latter", ("it.parts[1].good",), ("part.days >= 5 days",)),
    ]


def test_an_exclusion_that_leaves_the_value_to_another_definition_is_told() -> None:
    rules = book(
        rule("(1)", "define: it.read", "as: false", "when: it.a", "unless: {at: (1) proviso, when: it.b}"),
        rule("(2)", "define: it.read", "when: it.c", "subject_to: (1)", "inferred: so it is"),
        rule("(3)", "must: tell thing", "when: it.read"),
    )
    facts: dict[str, object] = {"it.a": True, "it.b": True, "it.c": True}
    kept = [("decides", "(3)"), ("defines", "(2)"), ("defines", "(1)"), ("defines", "(1) proviso")]
    assert told(rules, facts) == kept
    assert told(rules, {**facts, "it.a": False}) == kept[:2]
    value = rules.value("it.read", facts)
    assert [(one.provision, one.kept_away_by) for one in value.rests_on] == [
        ("act/1(1)", ("act/1(1) proviso",)),
        ("act/1(1) proviso", ()),
    ]
    assert rules.value("it.read", {**facts, "it.a": False}).rests_on == ()


def test_an_exclusion_of_an_amount_is_told_where_another_would_stand_without_it() -> None:
    rules = book(
        rule(
            "(1)",
            "define: it.fee",
            "as: {1: {when: it.a, value: 5 won}, 2: {when: not it.a, value: 7 won}}",
            "unless: it.b",
        ),
        rule("(2)", "define: it.fee", "as: 9 won", "when: it.b"),
        rule("(3)", "define: it.fee", "as: 9 won", "when: it.b", "unless: it.c"),
        rule("(4)", "must: tell thing", "when: it.fee >= 9 won"),
    )
    found = told(rules, {"it.a": True, "it.b": True, "it.c": True})
    assert found == [("decides", "(4)"), ("defines", "(2)"), ("defines", "(1)")]


DEEMED = book(
    rule("(1)", "define: it.read", "when: it.a"),
    rule("(2)", "deem: it.a", "as: yes", "when: it.b", "unless: {at: (3), when: it.c}"),
    rule("(4)", "must_not: tell thing", "when: it.read"),
    rule("(5)", "define: it.due", "as: it.on + 3 days"),
    rule("(6)", "deem: it.on", "as: it.done_on", "when: it.b", "unless: {at: (7), when: it.c}"),
)
KEPT_AWAY = [("defines", "(2)"), ("defines", "(3)")]


def test_a_fiction_that_an_exclusion_keeps_away_is_told_with_it() -> None:
    kept: dict[str, object] = {"it.a": False, "it.b": True, "it.c": True}
    assert [one for one in told(DEEMED, kept) if one in KEPT_AWAY] == KEPT_AWAY
    (fiction,) = [one for one in DEEMED.decide("tell thing", kept).authority if one.provision == "act/1(2)"]
    assert (fiction.facts, fiction.kept_away_by) == (("it.a",), ("act/1(3)",))


@pytest.mark.parametrize(
    "facts",
    [{"it.a": True, "it.b": True, "it.c": True}, {"it.a": False, "it.b": False, "it.c": True}],
    ids=["is so without it", "would not reach either"],
)
def test_a_fiction_that_would_change_nothing_is_not_told_though_an_exclusion_holds(facts: dict[str, object]) -> None:
    assert not {*told(DEEMED, facts)} & {*KEPT_AWAY}


def test_a_value_that_rests_on_a_fact_tells_the_fiction_of_it_that_is_kept_away() -> None:
    facts: dict[str, object] = {
        "it.on": dt.date(2024, 5, 2),
        "it.done_on": dt.date(2024, 6, 3),
        "it.b": True,
        "it.c": True,
    }
    found = DEEMED.value("it.due", facts)
    assert [one.provision for one in found.rests_on] == ["act/1(6)", "act/1(7)"]
    alike = DEEMED.value("it.due", {**facts, "it.done_on": dt.date(2024, 5, 2)})
    assert not alike.rests_on


FELLED = book(
    rule("(1)", "must_not: tell thing", "when: it.a", "unless: {at: (2), grounds: {1: it.b, 2: it.c}}"),
    rule("(3)", "despite: (2)1", "when: it.d"),
)


@pytest.mark.parametrize(
    ("facts", "places"),
    [
        ({"it.a": True, "it.b": True, "it.c": True, "it.d": True}, {"(1)", "(2)2"}),
        ({"it.a": True, "it.b": True, "it.c": True, "it.d": False}, {"(1)", "(2)1", "(2)2"}),
        ({"it.a": True, "it.b": True, "it.c": False, "it.d": True}, {"(1)", "(3)"}),
        ({"it.a": False, "it.b": True, "it.c": False, "it.d": True}, {"(1)"}),
    ],
    ids=["another ground excludes", "nothing fells it", "nothing else excludes", "fails besides"],
)
def test_what_fells_one_ground_of_an_exclusion_is_told_where_no_other_excludes(
    facts: dict[str, object], places: set[str]
) -> None:
    authority = FELLED.decide("tell thing", facts).authority
    named = {one.provision for one in authority} | {place for one in authority for place in one.kept_away_by}
    assert named == {f"act/1{place}" for place in places}
