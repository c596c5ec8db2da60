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


@pytest.mark.parametrize("changes", [{"it.a": False}, {"it.a": False, "it.d": True}])
def test_one_that_its_own_conditions_keep_away_is_not_told(changes: dict[str, object]) -> None:
    decision = decide(RULES, {**CASE, **changes}, action="keep thing")
    assert _told(decision) == {("decides", "act/1(4)")}
