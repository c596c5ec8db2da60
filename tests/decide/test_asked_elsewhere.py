"""What an answer owes to norms of other actions that its conditions ask about is told (S29, decision 198)."""

from __future__ import annotations

import pytest
from tests.evaluate.books import book, decide, rule

from mutandis.decide.result import Decision, Verdict

RULES = book(
    rule("(1)", "must_not: tell thing", "when: it.a", "grounds: {1: it.b, 2: it.c}"),
    rule("(2)", "may: tell thing", "despite: (1)", "when: it.d"),
    rule("(3)", "must_not: keep thing", "when: (1) applies"),
    rule("(4)", "must: keep thing", "when: it.judged and not (1) applies"),
)
CASE: dict[str, object] = {"it.a": True, "it.b": False, "it.c": True, "it.d": False, "it.judged": True}


def _told(decision: Decision) -> set[tuple[str, str]]:
    return {(one.role, one.provision) for one in decision.authority}


def test_a_norm_elsewhere_that_applies_defines_by_the_ground_that_holds() -> None:
    decision = decide(RULES, CASE, action="keep thing")
    assert decision.verdict is Verdict.FORBIDDEN
    assert _told(decision) == {("decides", "act/1(3)"), ("defines", "act/1(1)2")}


def test_what_keeps_one_away_opens_the_answer() -> None:
    decision = decide(RULES, {**CASE, "it.d": True}, action="keep thing")
    assert decision.verdict is Verdict.REQUIRED
    assert _told(decision) == {("decides", "act/1(4)"), ("opens", "act/1(2)")}


def test_where_nothing_speaks_it_stops_short_kept_away() -> None:
    decision = decide(RULES, {**CASE, "it.d": True, "it.judged": False}, action="keep thing")
    assert decision.verdict is Verdict.SILENT
    (short,) = [one for one in decision.authority if one.role == "stops_short" and one.kept_away_by]
    assert (short.provision, short.kept_away_by) == ("act/1(1)2", ("act/1(2)",))


BY_GROUNDS = book(
    rule("(1)", "must_not: tell thing", "unless: {at: (1) proviso, grounds: {1: it.b, 2: it.c}}"),
    rule("(3)", "must_not: keep thing", "when: (1) applies"),
    rule("(4)", "must: keep thing", "when: it.judged and not (1) applies"),
)


def test_an_exclusion_that_keeps_one_away_is_told_by_the_grounds_that_hold() -> None:
    decision = decide(BY_GROUNDS, CASE, action="keep thing")
    assert _told(decision) == {("decides", "act/1(4)"), ("opens", "act/1(1)2")}
    silent = decide(BY_GROUNDS, {**CASE, "it.judged": False}, action="keep thing")
    (short,) = [one for one in silent.authority if one.role == "stops_short" and one.kept_away_by]
    assert (short.provision, short.kept_away_by) == ("act/1(1)", ("act/1(1)2",))


@pytest.mark.parametrize("changes", [{"it.a": False}, {"it.a": False, "it.d": True}])
def test_one_that_its_own_conditions_keep_away_is_not_told(changes: dict[str, object]) -> None:
    decision = decide(RULES, {**CASE, **changes}, action="keep thing")
    assert _told(decision) == {("decides", "act/1(4)")}


def test_what_lets_a_norm_elsewhere_stand_opens_the_answer() -> None:
    rules = book(
        rule("(1)", "must_not: keep thing", "when: (2) applies"),
        rule("(2)", "may: tell thing"),
        rule("(3)", "must_not: tell thing", "despite: (2)"),
        rule("(4)", "despite: (3)", "when: it.a"),
    )
    assert _told(decide(rules, {"it.a": True}, action="keep thing")) == {
        ("decides", "act/1(1)"),
        ("defines", "act/1(2)"),
        ("opens", "act/1(4)"),
    }
    assert decide(rules, {"it.a": False}, action="keep thing").verdict is Verdict.SILENT


def test_what_lets_a_duty_stand_opens_what_follows_from_it() -> None:
    rules = book(
        rule("(1)", "must: keep thing"),
        rule("(2)", "must_not: keep thing", "despite: (1)"),
        rule("(3)", "despite: (2)", "when: it.a"),
    )
    assert _told(decide(rules, {"it.a": True}, action="burn thing")) == {
        ("decides", "act/1(1)"),
        ("opens", "act/1(3)"),
    }


def test_what_keeps_a_duty_away_opens_what_it_would_forbid_whether_or_not_its_condition_is_known() -> None:
    rules = book(
        rule("(1)", "must: keep thing", "when: it.a", "unless: {at: (1) proviso, when: it.b}"),
        rule("(2)", "may: burn thing"),
    )
    opened = {("decides", "act/1(2)"), ("opens", "act/1(1) proviso")}
    assert _told(decide(rules, {"it.b": True}, action="burn thing")) == opened
    assert _told(decide(rules, {"it.a": True, "it.b": True}, action="burn thing")) == opened
    assert _told(decide(rules, {"it.a": False, "it.b": True}, action="burn thing")) == {("decides", "act/1(2)")}


def test_what_fells_an_exclusion_of_a_norm_elsewhere_opens_the_answer() -> None:
    rules = book(
        rule("(1)", "must_not: keep thing", "when: (2) applies"),
        rule("(2)", "may: tell thing", "unless: {at: (2) proviso, when: it.a}"),
        rule("(3)", "despite: (2) proviso"),
    )
    assert _told(decide(rules, {"it.a": True}, action="keep thing")) == {
        ("decides", "act/1(1)"),
        ("defines", "act/1(2)"),
        ("opens", "act/1(3)"),
    }


STEPS = book(
    rule("(1)", "must_not: keep thing", "when: (2) applies"),
    rule("(2)", "must_not: tell thing", "when: (3) applies"),
    rule("(3)", "may: do thing", "grounds: {1: it.a, 2: it.b}"),
    rule("(4)", "must_not: do thing", "despite: (3)", "when: it.c"),
    rule("(5)", "despite: (4)", "when: it.d"),
)


def test_norms_are_told_however_many_steps_away_they_are() -> None:
    facts: dict[str, object] = {"it.a": False, "it.b": True, "it.c": True, "it.d": True}
    assert _told(decide(STEPS, facts, action="keep thing")) == {
        ("decides", "act/1(1)"),
        ("defines", "act/1(2)"),
        ("defines", "act/1(3)2"),
        ("opens", "act/1(5)"),
    }


def test_in_an_open_answer_each_norm_elsewhere_that_is_open_is_told_with_what_it_waits_for() -> None:
    facts: dict[str, object] = {"it.a": False, "it.b": True, "it.c": True}
    decision = decide(STEPS, facts, action="keep thing")
    assert decision.verdict is Verdict.UNDETERMINED
    still = {one.provision: one.facts for one in decision.authority if one.role == "open"}
    assert still == {"act/1(1)": ("it.d",), "act/1(2)": ("it.d",), "act/1(5)": ("it.d",)}


def test_a_judgement_that_goes_before_a_norm_elsewhere_is_listed() -> None:
    rules = book(
        rule("(1)", "must_not: keep thing", "when: (2) applies"),
        rule("(2)", "may: tell thing"),
        rule("(3)", "must_not: tell thing", "despite: (2)", "when: it.judged"),
    )
    for judged, verdict in ((True, Verdict.SILENT), (False, Verdict.FORBIDDEN)):
        decision = decide(rules, {"it.judged": judged}, action="keep thing")
        assert decision.verdict is verdict
        assert [finding.fact for finding in decision.findings] == ["it.judged"]


def test_what_a_permission_elsewhere_requires_in_vain_stops_short() -> None:
    rules = book(
        rule("(1)", "must_not: keep thing", "when: (2) applies"),
        rule("(2)", "must_not: do thing"),
        rule("(3)", "may: do thing", "despite: (2)"),
        rule("(4)", "limits: do thing", "requires: it.a"),
    )
    assert _told(decide(rules, {"it.a": False}, action="keep thing")) == {
        ("decides", "act/1(1)"),
        ("defines", "act/1(2)"),
        ("stops_short", "act/1(4)"),
    }
    assert decide(rules, {"it.a": True}, action="keep thing").verdict is Verdict.SILENT
