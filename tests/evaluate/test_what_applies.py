"""`P applies`: a norm is effective there, a definition or fiction gives a value, an exclusion excludes."""

from __future__ import annotations

import pytest
from tests.evaluate.books import book, rule, verdict


def asked(reference: str, *rules: str) -> list[str]:
    """What is said of `tell thing`, which must be done where the reference holds, under a to c in turn."""
    rulebook = book(rule("(9)", "must: tell thing", f"when: {reference}"), *rules)
    cases = [{"it.a": True, "it.b": True}, {"it.a": True, "it.b": False}, {"it.a": False, "it.b": True}]
    return [verdict(rulebook, {"it.c": False, "it.d": False, **case}, "tell thing") for case in cases]


YES, NO = "required", "silent"
UNLESS = ("when: it.a", "unless: {at: (1) proviso, when: it.b}")


@pytest.mark.parametrize("effect", ["must: keep thing", "may: do thing", "must_not: keep thing", "define: it.read"])
def test_a_proviso_applies_where_it_keeps_its_rule_away(effect: str) -> None:
    assert asked("(1) proviso applies", rule("(1)", effect, *UNLESS)) == [YES, NO, NO]
    # That the case falls under it says nothing of the rest of the rule.
    assert asked("case falls under (1) proviso", rule("(1)", effect, *UNLESS)) == [YES, NO, YES]


@pytest.mark.parametrize("effect", ["must: keep thing", "may: do thing", "must_not: keep thing", "define: it.read"])
def test_a_paragraph_does_not_apply_where_its_proviso_does(effect: str) -> None:
    assert asked("(1) applies", rule("(1)", effect, *UNLESS)) == [NO, YES, NO]


def test_a_definition_applies_while_it_gives_a_value_and_nothing_goes_before_it() -> None:
    first = rule("(1)", "define: it.due", "as: it.on", "when: it.a")
    second = rule("(2)", "define: it.due", "as: 2020-01-01", "when: it.b", "instead_of: (1)")
    assert asked("(1) applies", first) == [YES, YES, NO]
    assert asked("(1) applies", first, second) == [NO, YES, NO]
    assert asked("case falls under (1)", first, second) == [YES, YES, NO]


def test_a_fiction_applies_while_something_is_read_by_it() -> None:
    first = rule("(1)", "deem: it.kind", "as: red", "when: it.a")
    second = rule("(2)", "deem: it.kind", "as: green", "when: it.b", "despite: (1)")
    assert asked("(1) applies", first) == [YES, YES, NO]
    assert asked("(1) applies", first, second) == [NO, YES, NO]


@pytest.mark.parametrize(
    ("value", "falls"),
    [("yes", [YES, YES, NO]), ("no", [YES, YES, NO]), ("it.b", [YES, NO, NO]), ("not it.b", [NO, YES, NO])],
)
def test_a_case_falls_under_a_definition_whose_conditions_are_met(value: str, falls: list[str]) -> None:
    # What a definition reckons is a condition of it; what it says outright is not.
    defined = rule("(1)", "define: it.read", f"as: {value}", "when: it.a")
    assert asked("case falls under (1)", defined) == falls
    assert asked("(1) applies", defined) == falls


def test_a_disapplication_that_is_disapplied_removes_nothing() -> None:
    duty = rule("(1)", "must: tell thing", "when: it.a")
    away = rule("(2)", "despite: (1)", "when: it.a")
    back = rule("(3)", "despite: (2)", "when: it.b")
    again = rule("(4)", "instead_of: (3)", "must: keep thing", "when: it.c")
    for facts, expected in [
        ({"it.a": True, "it.b": False}, NO),
        ({"it.a": True, "it.b": True}, YES),
        ({"it.a": True, "it.b": True, "it.c": True}, NO),
    ]:
        case: dict[str, object] = {"it.c": False, **facts}
        assert verdict(book(duty, away, back, again), case, "tell thing") == expected
