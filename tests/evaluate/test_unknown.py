"""What is not known, none, presumed, or partly known (S30 to S33, S41, S47)."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from tests.evaluate.books import book, decide, rule, verdict

from mutandis.api import Rulebook
from mutandis.decide.result import as_data
from mutandis.decide.result_parts import Irrelevant, Stand
from mutandis.values import OpenList


def asked(condition: str) -> Rulebook:
    """A rulebook that permits where the condition holds."""
    return book(rule("(1)", "may: do thing", f"when: {condition}"))


def test_a_fact_that_is_not_given_leaves_both_verdicts_and_is_missing() -> None:
    decision = decide(asked("it.a"))
    assert (decision.verdict.value, decision.cause) == ("undetermined", "facts")
    assert {v.value for v in decision.reachable} == {"permitted", "forbidden_by_default"}
    assert decision.missing == ("it.a",)


def test_a_false_part_of_all_and_a_true_part_of_any_settle_what_the_others_leave_open() -> None:
    assert verdict(asked("it.a and it.b"), {"it.a": False}) == "forbidden_by_default"
    assert verdict(asked("it.a or it.b"), {"it.a": True}) == "permitted"
    assert decide(asked("it.a and it.b"), {"it.a": True}).missing == ("it.b",)


@pytest.mark.parametrize(
    ("figure", "one"), [("it.mark", "1"), ("it.count", "1"), ("it.fee", "1 won"), ("it.used", "1 day")]
)
def test_an_unknown_figure_lies_within_what_the_vocabulary_allows(figure: str, one: str) -> None:
    assert verdict(asked(f"{figure} + {one} >= {one}"), {}) == "permitted"
    assert verdict(asked(f"{figure} + {one} < {one}"), {}) == "forbidden_by_default"
    assert verdict(asked(f"{figure} + {one} > {one}"), {}) == "undetermined"


def test_an_unknown_number_is_at_most_what_the_vocabulary_allows() -> None:
    assert verdict(asked("it.mark * 2 <= 20"), {}) == "permitted"
    assert verdict(asked("it.mark * 2 < 20"), {}) == "undetermined"


TERM = "if it.a then 10 days else (if it.b then 15 days else 12 days)"


@pytest.mark.parametrize(
    ("used", "said", "expected"),
    [
        (10, {}, "permitted"),
        (15, {}, "undetermined"),
        (16, {}, "forbidden_by_default"),
        (13, {"it.b": False}, "forbidden_by_default"),
        (13, {"it.b": True}, "undetermined"),
        (13, {"it.a": False}, "undetermined"),
        (12, {"it.a": False}, "permitted"),
        (None, {}, "undetermined"),
    ],
)
def test_an_open_choice_of_two_amounts_lies_between_them(
    used: int | None, said: dict[str, object], expected: str
) -> None:
    asking = asked(f"it.used <= ({TERM})")
    facts = {**said, **({} if used is None else {"it.used": dt.timedelta(days=used)})}
    assert verdict(asking, facts) == expected
    assert asking.columns("do thing").is_whole
    row = {"it.used": [used], "it.a": [said.get("it.a")], "it.b": [said.get("it.b")]}
    schema = {"it.used": pl.Int64, "it.a": pl.Boolean, "it.b": pl.Boolean}
    table = asking.decide_table("do thing", pl.DataFrame(row, schema=schema)).frame("verdict")
    assert table["verdict"].to_list() == [expected]


def test_a_limit_that_is_an_open_choice_is_known_within_bounds() -> None:
    decision = decide(book(rule("(1)", "may: do thing", f"requires: how.days <= ({TERM})")))
    assert str(decision.verdict) == "conditional"
    (limit,) = decision.limits
    assert (as_data(limit.inner), as_data(limit.outer)) == ("10 days", "15 days")


def test_what_no_longer_matters_is_told_apart_with_the_reason() -> None:
    decision = decide(asked("it.a or it.b"), {"it.a": True})
    assert decision.irrelevant == (Irrelevant("it.b", (Stand("act/1(1)", "effective"),)),)
    beaten = book(
        rule("(1)", "may: do thing", "when: it.b"), rule("(2)", "must_not: do thing", "despite: (1)", "when: it.a")
    )
    assert decide(beaten, {"it.a": True}).irrelevant == (Irrelevant("it.b", (Stand("act/1(1)", "beaten"),)),)


def test_a_presumption_acts_only_on_what_is_not_given_and_is_reported() -> None:
    decision = decide(asked("it.usual"))
    assert decision.verdict.value == "permitted"
    assert [(p.fact, p.value) for p in decision.presumptions] == [("it.usual", True)]
    assert decide(asked("it.usual"), {"it.usual": "unknown"}).missing == ("it.usual",)
    assert verdict(asked("it.usual"), {"it.usual": False}) == "forbidden_by_default"


@pytest.mark.parametrize(
    ("said", "expected"),
    [({"it.until": "2020-01-01"}, "permitted"), ({"it.until": "none"}, "forbidden_by_default"), ({}, "undetermined")],
)
def test_is_present_is_true_of_a_value_false_of_none_and_unknown_otherwise(
    said: dict[str, object], expected: str
) -> None:
    assert verdict(asked("it.until is present"), said) == expected


def test_a_guard_keeps_none_out_of_a_comparison() -> None:
    rules = asked("it.until is present and it.until <= today")
    assert verdict(rules, {"it.until": "none"}) == "forbidden_by_default"


def test_attributes_of_a_term_that_is_none_are_none_and_its_yes_no_facts_false() -> None:
    rules = asked("not it.a and it.until is none")
    assert verdict(rules, {"it": "none"}) == "permitted"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (({"good": True}, {"good": True}), "permitted"),
        (({"good": True}, {}), "undetermined"),
        (({"good": True},), "forbidden_by_default"),
        (OpenList(({"good": True},)), "undetermined"),
        (OpenList(({"good": True}, {"good": True})), "permitted"),
    ],
)
def test_a_count_over_a_partly_known_list_is_an_interval(parts: object, expected: str) -> None:
    rules = asked("at least 2 x in it.parts where (x.good)")
    assert verdict(rules, {"it.parts": parts}) == expected
    assert verdict(asked("(the number of x in it.parts where (x.good)) >= 2"), {"it.parts": parts}) == expected


@pytest.mark.parametrize(
    ("quantifier", "holds_of"),
    [
        ("any x in it.parts has", [1, 2, 3]),
        ("no x in it.parts has", [0]),
        ("every x in it.parts has", [3]),
        ("at least 2 x in it.parts where", [2, 3]),
        ("at most 2 x in it.parts where", [0, 1, 2]),
        ("exactly 2 x in it.parts where", [2]),
        ("exactly 0 x in it.parts where", [0]),
        ("at most 0 x in it.parts where", [0]),
        ("at least 0 x in it.parts where", [0, 1, 2, 3]),
    ],
)
def test_a_quantifier_holds_of_so_many_members_and_of_no_other_number(quantifier: str, holds_of: list[int]) -> None:
    rules = asked(f"{quantifier} (x.good)")
    parts = [[{"good": place < good} for place in range(3)] for good in range(4)]
    held = [good for good, listed in enumerate(parts) if verdict(rules, {"it.parts": listed}) == "permitted"]
    assert held == holds_of


def test_a_total_over_a_partly_known_list_decides_where_every_value_agrees() -> None:
    rules = asked("(the total of x.days for x in it.parts) <= 10 days")
    assert verdict(rules, {"it.parts": ({"days": 4}, {"days": 6})}) == "permitted"
    assert verdict(rules, {"it.parts": ({"days": 11}, {})}) == "forbidden_by_default"
    assert decide(rules, {"it.parts": ({"days": 4}, {})}).missing == ("it.parts[2].days",)


def test_a_total_may_reckon_with_what_stands_outside_the_list() -> None:
    rules = asked("(the total of x.days * it.count for x in it.parts) <= 10 days")
    parts = ({"days": 4}, {"days": 1})
    assert verdict(rules, {"it.parts": parts, "it.count": 2}) == "permitted"
    assert verdict(rules, {"it.parts": parts, "it.count": 3}) == "forbidden_by_default"
    assert decide(rules, {"it.parts": parts}).missing == ("it.count",)


def test_a_number_within_its_declared_bounds_decides_where_every_value_agrees() -> None:
    assert verdict(asked("it.count >= 0")) == "permitted"
    assert decide(asked("it.count >= 1")).missing == ("it.count",)


def test_every_unknown_that_cannot_change_the_answer_is_left_out_of_what_is_missing() -> None:
    rules = book(
        rule("(1)", "may: do thing", "when: it.a"),
        rule("(2)", "must_not: do thing", "despite: (1)", "when: it.b"),
        rule("(3)", "must_not: do thing", "despite: (1)", "when: it.c"),
    )
    decision = decide(rules, {"it.b": True})
    assert decision.verdict.value == "forbidden"
    assert {one.fact for one in decision.irrelevant} == {"it.a", "it.c"}


def test_two_permissions_on_one_condition_are_no_two_chances() -> None:
    rules = book(
        rule("(1)", "may: do thing", "when: it.a", "requires: it.b"),
        rule("(2)", "may: do thing", "when: it.a", "requires: it.b"),
    )
    assert decide(rules).missing == ("it.a", "it.b")


def test_more_than_eight_unknown_conditions_leave_a_sound_answer() -> None:
    many = [rule(f"({n})", "may: do thing", f"when: it.count is {n} and it.a") for n in range(1, 11)]
    decision = decide(book(*many))
    assert {v.value for v in decision.reachable} == {"permitted", "forbidden_by_default"}
    assert decision.missing == ("it.a", "it.count")


def test_wording_that_is_not_held_leaves_the_answer_open_for_wording_only_where_it_can_change_it() -> None:
    earlier = rule("(2)", "must_not: do thing", "until: 2020-06-01", "despite: (1)", "not_held: Act No. 1")
    rules = book(rule("(1)", "may: do thing"), earlier)
    open_ = decide(rules)
    assert (open_.verdict.value, open_.cause) == ("undetermined", "wording")
    assert decide(rules, at=dt.date(2020, 6, 1)).verdict.value == "permitted"
    settled = book(rule("(1)", "must_not: do thing"), earlier.replace("despite: (1)\n", ""))
    assert verdict(settled) == "forbidden"


def test_a_finding_is_said_with_the_role_whose_it_is() -> None:
    (finding,) = decide(asked("it.judged"), {"it.judged": True}).findings
    assert (finding.fact, finding.owner, finding.value) == ("it.judged", "warden", True)


def test_a_date_that_leaves_the_calendar_is_not_known_and_asks_for_nothing() -> None:
    decision = decide(asked("it.on + 9000 years > today"), {"it.on": "2020-01-01"})
    assert (decision.verdict.value, decision.cause, decision.missing) == ("undetermined", "undefined", ())


def test_what_a_duty_demands_and_nobody_said_is_missing_though_the_verdict_is_settled() -> None:
    owed = book(
        rule("(1)", "must: do thing", "when: it.a", "requires: {1: how.heard, 2: how.days >= it.used}"),
        rule("(2)", "limits: do thing", "requires: how.from_day is a saturday"),
    )
    said: dict[str, object] = {"it.a": True}
    decision = decide(owed, said)
    assert (decision.verdict.value, decision.cause, decision.breaches) == ("required", "", ())
    assert decision.missing == ("how.from_day", "how.heard", "it.used")  # the days are told as a limit
    assert [limit.parameter for limit in decision.limits] == ["how.days"]
    assert not {one.fact for one in decision.irrelevant} & set(decision.missing)
    more = said | {"how.heard": False, "how.from_day": "2020-03-07", "it.used": "2 days"}
    broken = decide(owed, more)
    assert (broken.verdict.value, broken.missing) == ("required", ())
    assert [breach.provision for breach in broken.breaches] == ["act/1(1)1"]
    assert decide(owed, {"it.a": False}).missing == ()


def test_a_requirement_whose_parameter_is_open_is_still_to_be_kept() -> None:
    allowed = book(rule("(1)", "may: do thing", "when: it.a", "requires: {1: how.days <= 5 days, 2: how.heard}"))
    kept = [one for one in decide(allowed, {"it.a": True, "how.heard": True}).authority if one.role == "kept"]
    assert [(one.provision, one.facts) for one in kept] == [("act/1(1)1", ("how.days",)), ("act/1(1)2", ())]


def test_what_a_bound_waits_for_is_not_missing_where_the_limit_is_kept_whatever_it_is() -> None:
    rules = book(rule("(1)", "must: do thing", "requires: how.days <= it.used + 5 days"))
    assert decide(rules, {"how.days": "3 days"}).missing == ()
    assert decide(rules, {"how.days": "6 days"}).missing == ("it.used",)
