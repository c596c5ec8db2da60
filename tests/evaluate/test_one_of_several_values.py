"""A value that one of several entries gives, it not being known which, lies between theirs (S28, S54)."""

from __future__ import annotations

import pytest
from tests.evaluate.books import VOCABULARY, book, decide, rule, verdict

from mutandis.values import Duration, Sum

CASES = "as: {{1: {{when: {}, value: {}}}, 2: {{when: {}, value: {}}}}}"
TERM = "requires: how.days <= it.used"


def _days(number: int) -> Duration:
    return Duration(number, "days")


def _cases(fact: str, *said: str) -> str:
    return rule("(1)", f"define: {fact}", CASES.format(*said))


def test_a_limit_that_one_of_two_cases_sets_has_an_inner_and_an_outer_value() -> None:
    rules = book(_cases("it.used", "it.a", "5 days", "not it.a", "10 days"), rule("(2)", "may: do thing", TERM))
    open_ = decide(rules)
    (limit,) = open_.limits
    assert (open_.verdict.value, limit.inner, limit.outer) == ("conditional", _days(5), _days(10))
    asked = [decide(rules, {"how.days": days}) for days in (5, 6, 11)]
    assert [one.verdict.value for one in asked] == ["permitted", "undetermined", "forbidden"]
    assert [one.missing for one in asked] == [(), ("it.a",), ()]
    # Both cases are what the answer rests on; while it waits for which it is, both are open.
    roles = [{(a.role, a.provision) for a in one.authority if a.role in ("defines", "open")} for one in asked]
    assert roles[0] == roles[2] == {("defines", "act/1(1)1"), ("defines", "act/1(1)2")}
    assert roles[1] >= {("open", "act/1(1)1"), ("open", "act/1(1)2")}
    assert not any(role == "defines" for role, _ in roles[1])


@pytest.mark.parametrize(
    ("first", "second"),
    [("it.a", "not it.a"), ("it.count <= 3", "it.count > 3"), ("it.kind is red", "it.kind is not red")],
)
def test_of_two_cases_one_of_which_denies_the_other_one_holds(first: str, second: str) -> None:
    rules = book(
        _cases("it.fee", first, "5 won", second, "10 won"), rule("(2)", "may: do thing", "when: it.fee >= 5 won")
    )
    assert verdict(rules) == "permitted"
    gap = book(
        _cases("it.fee", first, "5 won", "it.b", "10 won"), rule("(2)", "may: do thing", "when: it.fee >= 5 won")
    )
    assert verdict(gap) == "undetermined"  # it may be that neither holds


def test_what_both_cases_demand_must_hold_for_one_of_them_to() -> None:
    rules = book(
        rule("(1)", "define: it.fee", "when: it.c", CASES.format("it.a", "5 won", "not it.a", "10 won")),
        rule("(2)", "may: do thing", "when: it.fee >= 5 won"),
    )
    assert verdict(rules, {"it.c": True}) == "permitted"
    assert "it.c" in decide(rules).missing
    assert verdict(rules, {"it.c": False}) == "undetermined"  # no value at all: that cannot be reckoned


def test_cases_that_agree_whichever_holds_give_the_value() -> None:
    alike = book(_cases("it.fee", "it.a", "7 won", "not it.a", "7 won"))
    assert alike.value("it.fee", {}).value == Sum(7, "won")


def test_a_fiction_that_may_act_leaves_a_number_between_both() -> None:
    rules = book(
        rule("(1)", "deem: it.count", "as: 3", "when: it.a"), rule("(2)", "may: do thing", "when: it.count >= 3")
    )
    asked = [decide(rules, {"it.count": count}) for count in (5, 2)]
    assert [one.verdict.value for one in asked] == ["permitted", "undetermined"]
    assert [one.fictions for one in asked] == [(), ()]


BANDS = """as:
      1: {when: it.count < 3, value: 5 won}
      2: {when: it.count >= 3 and it.count < 9, value: 10 won}
      3: {when: it.count >= 9, value: 20 won}"""
COLOURS = """as:
      1: {when: [it.kind is red, it.a], value: 5 won}
      2: {when: [it.kind is red, not it.a], value: 10 won}
      3: {when: it.kind is blue, value: 20 won}
      4: {when: 'it.kind is one of [green]', value: 20 won}"""


def test_of_bands_that_leave_nothing_out_the_value_lies_between_those_that_may_hold() -> None:
    rules = book(rule("(1)", "define: it.fee", BANDS), rule("(2)", "may: do thing", "when: it.fee <= 20 won"))
    assert verdict(rules) == "permitted"
    for most, said in ((9, "undetermined"), (4, "forbidden_by_default"), (5, "undetermined")):
        rules = book(rule("(1)", "define: it.fee", BANDS), rule("(2)", "may: do thing", f"when: it.fee <= {most} won"))
        assert verdict(rules) == said
    open_ = book(
        rule("(1)", "define: it.fee", BANDS.replace("it.count >= 9", "it.count > 9")),
        rule("(2)", "may: do thing", "when: it.fee <= 20 won"),
    )
    assert verdict(open_) == "undetermined"  # nine has no value


def test_words_and_conditions_that_leave_nothing_out_together_give_one_of_their_values() -> None:
    asked: list[tuple[int, dict[str, object], str]] = [
        (5, {}, "permitted"),
        (10, {}, "undetermined"),
        (10, {"it.a": False}, "permitted"),
        (20, {"it.kind": "red"}, "forbidden_by_default"),
    ]
    for least, facts, said in asked:
        rules = book(
            rule("(1)", "define: it.fee", COLOURS), rule("(2)", "may: do thing", f"when: it.fee >= {least} won")
        )
        assert verdict(rules, facts) == said


@pytest.mark.parametrize(
    ("said", "leaves_nothing_out"),
    [
        (("it.count is 0", "it.count > 0"), True),  # a count is nothing at least
        (("it.count <= 3", "it.count >= 4"), True),  # and whole
        (("it.count < 4", "3 < it.count"), True),
        (("it.count <= 3", "it.count >= 5"), False),
        (("it.count > 0", "it.count < 0"), False),
        (("it.mark < 5", "it.mark is 5", "it.mark > 5"), True),
        (("it.mark < 5", "it.mark > 5"), False),
        (("it.mark <= 3", "it.mark >= 4"), False),  # a number may lie between
        (("it.mark < 5", "it.mark >= 5 and it.mark <= 10"), True),  # the vocabulary says that it is at most 10
        (("it.mark is 0", "it.mark > 0"), True),  # and at least 0
        (("it.mark < 5", "it.mark >= 5 and it.mark <= 9"), False),
        (("it.used is 0 days", "it.used > 0 days"), True),
        (("it.used < 3 days", "it.used is 3 days"), False),
        (("it.span <= 5 days", "it.span >= 1 month"), False),  # of which it is not known how long they are
        (("it.mark <= 5 and it.a", "it.mark <= 5 and not it.a", "it.mark > 5"), True),
        (("it.mark <= 5 and it.a", "it.mark < 5 and not it.a", "it.mark > 5"), False),
    ],
)
def test_amounts_that_leave_nothing_out_together_give_one_of_their_values(
    said: tuple[str, ...], leaves_nothing_out: bool
) -> None:
    entries = ", ".join(f"{n}: {{when: {one}, value: {5 + n} won}}" for n, one in enumerate(said, 1))
    rules = book(
        rule("(1)", "define: it.fee", f"as: {{{entries}}}"), rule("(2)", "may: do thing", "when: it.fee > 5 won")
    )
    assert verdict(rules) == ("permitted" if leaves_nothing_out else "undetermined")


def test_what_an_amount_of_a_definition_cannot_be_is_not_presumed() -> None:
    """What is reckoned may be less than nothing, though what is stated is not."""
    taken = rule("(3)", "define: it.read_count", "as: it.count - 3")
    entries = "as: {1: {when: it.read_count is 0, value: 6 won}, 2: {when: it.read_count > 0, value: 7 won}}"
    counted = VOCABULARY.replace("      mark:", "      read_count: {type: count, question: How many?}\n      mark:", 1)
    may = rule("(2)", "may: do thing", "when: it.fee > 5 won")
    rules = book(rule("(1)", "define: it.fee", entries), may, taken, vocabulary=counted)
    asked: list[tuple[dict[str, object], str]] = [
        ({}, "undetermined"),
        ({"it.count": 3}, "permitted"),
        ({"it.count": 4}, "permitted"),
    ]
    for facts, said in asked:
        assert verdict(rules, facts) == said
