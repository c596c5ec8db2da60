"""The verdict table, row by row (S18 to S29)."""

from __future__ import annotations

import pytest
from tests.evaluate.books import book, decide, rule, verdict

from mutandis.decide.order import _row as table


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("must: tell thing", "must_not: tell thing"),
        ("must: tell thing", "need_not: tell thing"),
        ("must_not: tell thing", "may: tell thing"),
    ],
)
def test_opposing_norms_without_an_order_conflict_and_both_sides_are_cited(first: str, second: str) -> None:
    decision = decide(book(rule("(1)", first), rule("(2)", second)), action="tell thing")
    assert decision.verdict.value == "conflict"
    assert {c.role for c in decision.cited} == {"decides", "opposes"}
    assert set(decision.citations) == {"act/1(1)", "act/1(2)"}


def test_a_permission_that_is_breached_does_not_conflict_with_a_ban() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: how.heard"), rule("(2)", "must_not: do thing"))
    assert decide(rules, {"how.heard": False}).citations == ("act/1(2)",)
    assert verdict(rules, {"how.heard": True}) == "conflict"


def test_norms_that_pull_the_same_way_never_conflict_and_are_all_cited() -> None:
    rules = book(rule("(1)", "must_not: tell thing"), rule("(2)", "must_not: tell thing"))
    decision = decide(rules, action="tell thing")
    assert (decision.verdict.value, decision.citations) == ("forbidden", ("act/1(1)", "act/1(2)"))


def test_a_ban_goes_before_a_default_and_a_duty_before_a_permission() -> None:
    rules = book(rule("(1)", "must: tell thing"), rule("(2)", "may: tell thing"))
    assert decide(rules, action="tell thing").citations == ("act/1(1)",)


def test_permissions_that_are_all_breached_forbid_and_cite_the_breaches() -> None:
    rules = book(
        rule("(1)", "may: do thing", "requires: how.heard"),
        rule("(2)", "may: do thing", "requires: how.days <= 5 days"),
    )
    decision = decide(rules, {"how.heard": False, "how.days": 6})
    assert decision.verdict.value == "forbidden"
    assert [(b.provision, b.condition) for b in decision.breaches] == [
        ("act/1(1)", "how.heard"),
        ("act/1(2)", "how.days <= 5 days"),
    ]


def test_by_default_the_nearest_permission_is_named_with_what_it_lacks() -> None:
    rules = book(
        rule("(1)", "may: do thing", "when: [it.a, it.b]"),
        rule("(2)", "may: do thing", "when: [it.a, it.c, it.d]"),
        rule("(3)", "may: do thing", "grounds:", "  1: it.c", "unless: it.d"),
    )
    decision = decide(rules, {"it.a": False, "it.b": True, "it.c": False, "it.d": True})
    assert decision.verdict.value == "forbidden_by_default"
    assert (decision.nearest, decision.unmet, decision.cited) == ("act/1(1)", ("it.a",), ())


def test_an_exemption_alone_exempts_and_without_any_norm_the_law_is_silent() -> None:
    rules = book(rule("(1)", "need_not: tell thing", "when: it.a"))
    assert verdict(rules, {"it.a": True}, "tell thing") == "exempt"
    assert verdict(rules, {"it.a": False}, "tell thing") == "silent"


def test_rules_that_give_a_fact_equal_values_merge() -> None:
    rules = book(
        rule("(1)", "define: it.read", "when: it.a"),
        rule("(2)", "define: it.read", "when: it.b"),
        rule("(3)", "may: do thing", "when: it.read"),
    )
    assert verdict(rules, {"it.a": True, "it.b": True}) == "permitted"
    assert verdict(rules, {"it.a": False, "it.b": False}) == "forbidden_by_default"


DISPUTED = (
    rule("(1)", "define: it.due", "as: it.on + 1 month"),
    rule("(2)", "define: it.due", "as: it.on + 30 days"),
    rule("(3)", "may: do thing", "when: it.due <= today"),
)


@pytest.mark.parametrize(
    ("on", "expected"),
    [("2020-01-31", "permitted"), ("2020-02-01", "conflict"), ("2020-02-02", "forbidden_by_default")],
)
def test_different_values_conflict_only_where_the_verdict_turns_on_them(on: str, expected: str) -> None:
    decision = decide(book(*DISPUTED), {"it.on": on})
    assert decision.verdict.value == expected
    if expected == "conflict":
        assert decision.cause == "values"
        assert decision.notes[0].text == "the rules at act/1(1), act/1(2) give one fact different values"


def test_different_values_leave_open_what_they_have_in_common_while_a_fact_is_missing() -> None:
    rules = book(*DISPUTED, rule("(4)", "must_not: do thing", "despite: (3)", "when: it.a"))
    open_ = decide(rules, {"it.on": "2020-02-01"})
    assert open_.verdict.value == "undetermined"
    assert {v.value for v in open_.reachable} == {"conflict", "forbidden"}
    assert open_.missing == ("it.a",)
    assert verdict(rules, {"it.on": "2020-02-01", "it.a": True}) == "forbidden"
    assert verdict(rules, {"it.on": "2020-02-01", "it.a": False}) == "conflict"


@pytest.mark.parametrize("flags", range(32))
def test_the_first_row_that_holds_decides(flags: int) -> None:
    f, r, e, ok, p = (bool(flags >> bit & 1) for bit in range(5))
    found = table(f, r, e, ok and p, p, "silent").value
    if (r and (f or e)) or (f and ok and p):
        assert found == "conflict"
    elif f:
        assert found == "forbidden"
    elif r:
        assert found == "required"
    elif p:
        assert found == ("permitted" if ok else "forbidden")
    else:
        assert found == ("exempt" if e else "silent")
        assert table(f, r, e, False, p, "forbidden").value == "forbidden_by_default"
