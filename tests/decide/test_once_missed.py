"""What faults planted in deciding once passed: each test fails with one of them."""

from __future__ import annotations

import pytest
from tests.evaluate.books import book, decide, rule

from mutandis.decide.milder import milder_of
from mutandis.decide.result import Verdict
from mutandis.decide.ternary import Gap, Range, waits_for


def test_of_two_permissions_the_one_without_an_open_limit_is_cited() -> None:
    found = decide(
        book(
            rule("(1)", "may: do thing", "when: it.a"),
            rule("(2)", "may: do thing", "when: it.b", "requires: how.days <= 3 days"),
        ),
        {"it.a": True, "it.b": True},
    )
    assert (found.verdict, found.citations) == (Verdict.PERMITTED, ("act/1(1)",))


def test_both_sides_of_a_conflict_decide() -> None:
    found = decide(book(rule("(1)", "must: do thing"), rule("(2)", "must_not: do thing")))
    assert found.verdict is Verdict.CONFLICT
    assert {(one.role, one.provision) for one in found.authority} == {("decides", "act/1(1)"), ("decides", "act/1(2)")}


def test_a_requirement_of_the_place_that_decides_is_not_kept_beside_it() -> None:
    found = decide(
        book(rule("(1)", "may: do thing", "grounds: {1: it.a, 2: it.b}", "requires: [it.c]")),
        {"it.a": True, "it.b": False, "it.c": True},
    )
    assert found.citations == ("act/1(1)1",)
    assert [one.provision for one in found.authority if one.role == "kept"] == []


def test_a_norm_without_a_ground_that_holds_says_so() -> None:
    found = decide(
        book(rule("(1)", "may: do thing", "when: it.c", "grounds: {1: it.a, 2: it.b}")),
        {"it.a": False, "it.b": False, "it.c": True},
    )
    (norm,) = found.considered
    assert norm.reason == ("no ground holds",)


def test_under_law_of_another_rulebook_it_may_be_permitted() -> None:
    found = decide(
        book(
            rule("(1)", "must_not: do thing", "when: it.a"),
            rule("(2)", "apply: ext:former-act/1", "despite: 1(1)", "when: it.b"),
        ),
        {"it.a": True, "it.b": True},
    )
    assert Verdict.PERMITTED in found.reachable


@pytest.mark.parametrize("adverse", [True, False])
def test_a_conflict_is_never_the_milder_law(adverse: bool) -> None:
    permitted = decide(book(rule("(1)", "may: do thing")))
    conflict = decide(book(rule("(1)", "must: do thing"), rule("(2)", "must_not: do thing")))
    assert milder_of(permitted, conflict, adverse).verdict is Verdict.PERMITTED
    assert milder_of(conflict, permitted, adverse).verdict is Verdict.PERMITTED


def test_a_range_times_what_is_not_known_is_not_known() -> None:
    number = Range(1, 3, waits_for(1))
    product = number * Gap(waits_for(2))
    assert isinstance(product, Gap) and not isinstance(product, Range)
    assert product.truth == waits_for(1) & waits_for(2)
