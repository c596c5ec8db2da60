"""What a clause applies of a rule of which it names a part, and which instances an order through clauses binds."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.oracle.agreement import load_files
from tests.oracle.books import files
from tests.oracle.by_hand import book_of

from mutandis import Rulebook

DAY = dt.date(2020, 3, 2)


def book(text: str) -> Rulebook:
    return load_files(files(book_of(text)))


WITH_PROVISO = """
- {{at: act/1(1), may: keep fox, grounds: {{1: it.b, 2: {{when: it.c, grounds: {{(a): fox.wild, (b): it.flag}}}}}},
   unless: {{at: (1) proviso, when: it.a}}}}
- {{at: act/1(2), apply: {applied}, construe: {{fox: dog}}}}
- {{at: act/1(3), define: it.flag, as: not it.presumed}}
"""


@pytest.mark.parametrize(
    ("applied", "facts", "verdict"),
    [
        ("(1)", {"b": True}, "permitted"),
        ("(1)", {"b": True, "a": True}, "forbidden_by_default"),
        ("(1) proviso", {"b": True}, "forbidden_by_default"),
        ("(1) main", {"b": True, "a": True}, "permitted"),
        ("[(1) main, (1) proviso]", {"b": True, "a": True}, "forbidden_by_default"),
        ("(1)1", {"b": True}, "permitted"),
        ("(1)1", {"b": True, "a": True}, "forbidden_by_default"),
        ("(1)1", {"c": True}, "forbidden_by_default"),
        ("(1)2(a)", {"c": True}, "permitted"),
        ("(1)2(b)", {"c": True}, "forbidden_by_default"),
    ],
)
def test_a_part_is_applied_alone(applied: str, facts: dict[str, bool], verdict: str) -> None:
    said = {"it": {"a": False, "b": False, "c": False, "presumed": True, **facts}, "dog": {"wild": True}}
    decision = book(WITH_PROVISO.format(applied=applied)).decide("keep dog", said, at=DAY)
    assert decision.verdict == verdict


@pytest.mark.parametrize(("own", "verdict"), [("", "forbidden_by_default"), ("at: (1) proviso, ", "permitted")])
def test_what_excludes_in_the_main_sentence_is_applied_with_it_and_a_proviso_is_not(own: str, verdict: str) -> None:
    law = book(
        f"- {{at: act/1(1) main, may: keep fox, unless: {{{own}when: it.a}}}}\n"
        "- {at: act/1(2), apply: (1) main, construe: {fox: dog}}\n"
    )
    assert law.decide("keep dog", {"it": {"a": True}}, at=DAY).verdict == verdict


THROUGH_ANOTHER = """
- {at: decree/1(1), apply: [decree/2(1), decree/2(2)], construe: {fox: cat}}
- {at: decree/2(1), apply: act/1(1)}
- {at: decree/2(2), must_not: burn fox, despite: act/1(1)}
- {at: act/1(1), may: burn fox}
"""


@pytest.mark.parametrize("animal", ["fox", "cat"])
def test_an_order_binds_what_a_further_clause_brings_as_it_binds_the_norms_themselves(animal: str) -> None:
    decision = book(THROUGH_ANOTHER).decide(f"burn {animal}", {}, at=DAY)
    assert (decision.verdict, decision.citations) == ("forbidden", ("decree/2(2)",))


def test_an_exclusion_goes_with_the_conditions_of_its_own_rule() -> None:
    rulebook = book("""
- {at: act/2(3), despite: decree/1(2), when: it.a, unless: {at: (3) proviso, when: it.b}}
- {at: act/2(3), need_not: mute cat}
- {at: decree/1(2), must: sell cat, when: act/2(3) proviso applies}
""")
    kept_away = rulebook.decide("sell cat", {"it": {"a": True, "b": True}}, at=DAY)
    nothing_to_keep = rulebook.decide("sell cat", {"it": {"a": False, "b": True}}, at=DAY)
    assert (kept_away.verdict, nothing_to_keep.verdict) == ("required", "silent")


def test_a_duty_to_do_one_of_several_is_no_right_against_whom_it_is_owed_to() -> None:
    rulebook = book("- {at: act/1(1), must: {any: [sell cat, bar cat]}, to: clerk}")
    assert rulebook.decide("burn cat", {}, at=DAY).verdict == "forbidden_by_default"


def test_a_limit_may_ask_whether_what_takes_its_place_applies() -> None:
    rulebook = book("""
- {at: act/2(1), may: burn dog, instead_of: act/2(2)}
- {at: act/2(2), limits: burn dog, when: act/2(1) applies, requires: it.a}
""")
    assert rulebook.decide("burn dog", {"it": {"a": False}}, at=DAY).verdict == "permitted"
