"""The clock, the version and the events; deadlines (S40, S43, S44)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, decide, rule, verdict

from mutandis.backends.explained import reads_throughout
from mutandis.backends.interpret import interpreter


@pytest.mark.parametrize(
    ("on", "today", "expected"),
    [
        ("2020-01-31", dt.date(2020, 2, 28), "forbidden_by_default"),
        ("2020-01-31", dt.date(2020, 2, 29), "permitted"),
        ("2019-01-31", dt.date(2019, 2, 27), "forbidden_by_default"),
        ("2019-01-31", dt.date(2019, 2, 28), "permitted"),
        ("2020-02-28", dt.date(2020, 3, 27), "forbidden_by_default"),
        ("2020-02-28", dt.date(2020, 3, 28), "permitted"),
        ("2020-02-29", dt.date(2020, 3, 30), "forbidden_by_default"),
        ("2020-02-29", dt.date(2020, 3, 31), "permitted"),
    ],
)
def test_a_month_from_the_last_of_one_is_the_next_and_otherwise_goes_by_the_number_of_the_day(
    on: str, today: dt.date, expected: str
) -> None:
    rules = book(rule("(1)", "may: do thing", "when: it.on + 1 month <= today"))
    assert decide(rules, {"it.on": on}, at=today).verdict.value == expected


def test_a_rule_is_in_force_from_its_first_day_to_the_day_before_its_last() -> None:
    rules = book(rule("(1)", "may: do thing", "since: 2020-01-01", "until: 2020-07-01"))
    found = [
        decide(rules, at=day).verdict.value
        for day in (dt.date(2019, 12, 31), dt.date(2020, 1, 1), dt.date(2020, 6, 30), dt.date(2020, 7, 1))
    ]
    assert found == ["forbidden_by_default", "permitted", "permitted", "forbidden_by_default"]


def test_the_version_asked_for_is_not_the_clock() -> None:
    rules = book(rule("(1)", "may: do thing", "since: 2020-06-01", "when: today < 2020-06-01"))
    assert decide(rules, at=dt.date(2020, 3, 1)).verdict.value == "forbidden_by_default"
    assert decide(rules, at=dt.date(2020, 3, 1), law_as_of=dt.date(2020, 6, 1)).verdict.value == "permitted"


def test_an_event_picks_the_version_where_it_governs_and_leaves_it_open_where_it_is_unknown() -> None:
    rules = book(rule("(1)", "may: do thing", "since: 2020-06-01", "governed_by: it.on"))
    assert verdict(rules, {"it.on": "2020-06-01"}) == "permitted"
    assert verdict(rules, {"it.on": "2020-05-31"}) == "forbidden_by_default"
    assert decide(rules).missing == ("it.on",)


def test_without_a_clock_what_reads_today_is_missing_it() -> None:
    rules = book(rule("(1)", "may: do thing", "when: it.on <= today"))
    assert decide(rules, {"it.on": "2020-01-01"}, at=None).missing == ("today",)


def test_without_an_hour_what_reads_now_is_missing_it() -> None:
    rules = book(rule("(1)", "may: do thing", "when: now >= 2020-03-01T09:30"))
    for at, missing in ((None, ("now",)), (dt.date(2020, 3, 1), ("now",)), (dt.datetime(2020, 3, 1, 9, 30), ())):
        assert decide(rules, at=at).missing == missing


def test_a_date_meets_a_moment_by_the_day() -> None:
    rules = book(rule("(1)", "may: do thing", "when: it.on < it.began"))
    assert verdict(rules, {"it.on": "2020-01-01", "it.began": "2020-01-01T09:00"}) == "forbidden_by_default"
    assert verdict(rules, {"it.on": "2020-01-01", "it.began": "2020-01-02T00:00"}) == "permitted"


DUE = rule("(1)", "must: tell thing", "deadline: by it.on + 3 days", "by: warden")


def test_a_deadline_is_a_concrete_day_and_passes_on_the_day_after() -> None:
    rules = book(rule("(1)", "must: do thing", "deadline: by it.on + 3 days"))
    facts: dict[str, object] = {"it.on": "2020-02-28", "it.done_on": "none"}
    for today, passed in ((dt.date(2020, 3, 2), False), (dt.date(2020, 3, 3), True)):
        (deadline,) = decide(rules, facts, at=today, holidays=frozenset()).deadlines
        assert (deadline.due, deadline.passed) == (dt.date(2020, 3, 2), passed)


@pytest.mark.parametrize(("done", "passed"), [("2020-03-02", False), ("2020-03-03", True), ("unknown", None)])
def test_what_was_done_decides_whether_a_deadline_was_kept(done: str, passed: bool | None) -> None:
    rules = book(rule("(1)", "must: do thing", "deadline: by it.on + 3 days"))
    facts: dict[str, object] = {"it.on": "2020-02-28", "it.done_on": done}
    decision = decide(rules, facts, at=dt.date(2020, 6, 1), holidays=frozenset())
    assert [d.passed for d in decision.deadlines] == [passed]
    assert len(decision.breaches) == (passed is True)


def test_whether_something_is_required_does_not_turn_on_when_it_is_due() -> None:
    rules = book(rule("(1)", "must: tell thing", "deadline: by it.on + 3 days", "by: warden", "when: it.a"))
    assert reads_throughout(interpreter(rules.program).unit("tell thing", None, dt.date(2020, 3, 1))) == frozenset(
        {"it.a"}
    )


def test_a_duty_is_required_while_its_deadline_is_still_unknown() -> None:
    decision = decide(book(DUE), action="tell thing")
    assert decision.verdict.value == "required"
    assert (decision.deadlines[0].due, decision.deadlines[0].unknown_for) == (None, ("it.on",))


def test_the_law_s_own_words_stay_words() -> None:
    rules = book(rule("(1)", "must: tell thing", "deadline: without_delay"))
    (deadline,) = decide(rules, action="tell thing").deadlines
    assert (deadline.relation, deadline.words) == ("words", "without_delay")


def test_a_share_of_a_span_is_whole_days_rounded_as_declared() -> None:
    for rounding, expected in (("up", "forbidden_by_default"), ("down", "permitted")):
        share = f"it.on + fraction(1/3, from it.on to 2020-01-31, round {rounding}) <= 2020-01-11"
        rules = book(rule("(1)", "may: do thing", f"when: {share}"))
        # From 1 to 31 January are 31 days, a third of which is 10 1/3.
        assert verdict(rules, {"it.on": "2020-01-01"}) == expected
