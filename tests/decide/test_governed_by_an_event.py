"""Where the day of an event tells whether a rule is in force, and the answer turns on that, the instrument is told."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import LAW, VOCABULARY, article, decide, rule, rulebook_of

ACTS = """instruments:
  - {id: Act No. 1, promulgated: 2000-01-01, enforced: 2000-01-01}
  - {id: Act No. 2, promulgated: 2020-01-01, enforced: 2020-01-01}
"""
SINCE = ("since: 2020-01-01", "governed_by: it.on")
UNTIL = ("until: 2020-01-01", "governed_by: it.on")
BEFORE, AFTER = "2019-12-31", "2020-01-01"
SECOND = [("act/1(2)", "Act No. 2, in force on 2020-01-01")]


def dates(rules: tuple[str, ...], on: str, **facts: object) -> tuple[str, list[tuple[str, str]]]:
    files = {"act/law.yaml": LAW.replace("instruments: []\n", ACTS), "act/vocabulary.yaml": VOCABULARY}
    book = rulebook_of({**files, "act/001.yaml": article(*rules)})
    decision = decide(book, {"it.on": on, **facts}, at=dt.date(2023, 6, 1))
    return decision.verdict.value, [(one.provision, one.text) for one in decision.authority if one.role == "dates"]


@pytest.mark.parametrize("times", [SINCE, UNTIL])
def test_a_ban_that_is_in_force_or_not_by_an_event_is_dated_either_way(times: tuple[str, ...]) -> None:
    rules = (rule("(1)", "may: do thing"), rule("(2)", "must_not: do thing", "despite: (1)", *times))
    said = {dates(rules, on)[0] for on in (BEFORE, AFTER)}
    assert said == {"permitted", "forbidden"}
    # What an event picks has both its days: the law's first is the first of a rule that has only a last.
    assert [dates(rules, on)[1][-1:] for on in (BEFORE, AFTER)] == [SECOND, SECOND]


def test_a_permission_by_an_event_is_dated() -> None:
    rules = (rule("(2)", "may: do thing", *SINCE),)
    assert dates(rules, AFTER) == ("permitted", SECOND)
    assert dates(rules, BEFORE) == ("forbidden_by_default", [])  # that it fails on its day is told where it stops short


def test_a_limit_by_an_event_is_dated_where_it_binds_and_where_it_would() -> None:
    rules = (rule("(1)", "may: do thing"), rule("(2)", "limits: do thing", "requires: how.days <= 5 days", *SINCE))
    assert dates(rules, BEFORE, **{"how.days": "9 days"}) == ("permitted", SECOND)
    assert dates(rules, AFTER, **{"how.days": "9 days"}) == ("forbidden", SECOND)
    assert dates(rules, AFTER, **{"how.days": "5 days"}) == ("permitted", SECOND)
    assert dates(rules, BEFORE, **{"how.days": "5 days"}) == ("permitted", SECOND)


@pytest.mark.parametrize("kept", ["it.a", "not it.a"])
def test_a_norm_that_would_not_apply_on_any_day_is_not_dated(kept: str) -> None:
    ban = rule("(2)", "must_not: do thing", "despite: (1)", "when: it.b", f"unless: {kept}", *SINCE)
    rules = (rule("(1)", "may: do thing"), ban)
    assert dates(rules, BEFORE, **{"it.a": True, "it.b": False})[1] == []
    assert dates(rules, BEFORE, **{"it.a": True, "it.b": True})[1] == ([] if kept == "it.a" else SECOND)
    by_grounds = rule("(2)", "must_not: do thing", "despite: (1)", "grounds: {1: it.b, 2: it.c}", *SINCE)
    rules = (rule("(1)", "may: do thing"), by_grounds)
    assert dates(rules, BEFORE, **{"it.b": False, "it.c": False})[1] == []
    assert dates(rules, BEFORE, **{"it.b": False, "it.c": True})[1] == SECOND


def test_what_opens_the_answer_by_an_event_is_dated() -> None:
    rules = (
        rule("(1)", "may: do thing"),
        rule("(3)", "must_not: do thing", "despite: (1)"),
        rule("(2)", "despite: (3)", *SINCE),
    )
    assert dates(rules, AFTER) == ("permitted", SECOND)
    assert dates(rules, BEFORE) == ("forbidden", SECOND)


def test_a_definition_by_an_event_is_dated_where_it_gives_the_value_and_where_it_would() -> None:
    def rules(*more: str) -> tuple[str, ...]:
        return (
            rule("(1)", "define: it.fee", "as: 100 won"),
            rule("(2)", "define: it.fee", "as: 50 won", "instead_of: (1)", *more, *SINCE),
            rule("(3)", "may: do thing", "when: it.fee <= 60 won"),
        )

    assert dates(rules(), BEFORE) == ("forbidden_by_default", SECOND)
    assert dates(rules(), AFTER) == ("permitted", SECOND)
    for away in ("when: it.a", "unless: not it.a", "grounds: {1: it.a}"):
        assert dates(rules(away), BEFORE, **{"it.a": False}) == ("forbidden_by_default", [])
        assert dates(rules(away), BEFORE, **{"it.a": True}) == ("forbidden_by_default", SECOND)


def test_a_case_of_equal_truths_on_another_side_of_the_law_has_its_own_day() -> None:
    times = ("since: 2000-01-01", "until: 2020-01-01", "governed_by: it.on")
    rules = (rule("(1)", "may: do thing"), rule("(2)", "must_not: do thing", "despite: (1)", *times))
    assert dates(rules, "1999-12-31") == ("permitted", [("act/1(2)", "Act No. 1, in force on 2000-01-01")])
    assert dates(rules, "2020-01-01") == ("permitted", SECOND)
