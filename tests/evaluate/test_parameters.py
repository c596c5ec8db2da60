"""Parameters and the bounds on them (S13 to S17)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import LAW, VOCABULARY, article, book, decide, rule, verdict

from mutandis import Rulebook
from mutandis.decide.result import Limit, LimitRelation
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text
from mutandis.values import Duration

TWENTY = rule("(1)", "may: do thing", "requires: it.used + how.days <= 20 days")


def days(number: int) -> Duration:
    return Duration(number, "days")


def limit(
    at: str, relation: LimitRelation, bound: object, *, norm: str = "", binding: bool = True, **more: object
) -> Limit:
    """A limit on the days, known exactly."""
    return Limit(f"{norm or at}#do thing", at, "how.days", relation, bound, bound, binding=binding, **more)


def marked(rules: Rulebook, facts: dict[str, object]) -> list[str]:
    """Where the limits stand that are the tightest."""
    return [one.provision for one in decide(rules, facts).limits if one.binding]


def test_an_open_parameter_makes_the_permission_conditional_up_to_its_bound() -> None:
    decision = decide(book(TWENTY), {"it.used": 12})
    assert decision.verdict.value == "conditional"
    assert decision.limits == (limit("act/1(1)", "at_most", days(8)),)


@pytest.mark.parametrize(("asked", "expected"), [(7, "permitted"), (8, "permitted"), (9, "forbidden")])
def test_the_bound_is_kept_to_the_day(asked: int, expected: str) -> None:
    decision = decide(book(TWENTY), {"it.used": 12, "how.days": asked})
    assert decision.verdict.value == expected
    assert decision.limits == (limit("act/1(1)", "at_most", days(8), actual=days(asked), margin=days(8 - asked)),)


def test_a_bound_with_the_parameter_on_the_right_is_turned_round() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: 20 days - how.days >= it.used"))
    assert decide(rules, {"it.used": 12}).limits == (limit("act/1(1)", "at_most", days(8)),)


def test_less_than_five_days_leaves_four() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: how.days < 5 days"))
    assert decide(rules).limits == (limit("act/1(1)", "less_than", days(5)),)
    assert verdict(rules, {"how.days": 4}) == "permitted"
    assert verdict(rules, {"how.days": 5}) == "forbidden"


def test_less_than_one_day_leaves_none_on_a_grain_of_days_but_zero() -> None:
    zero = book(rule("(1)", "may: do thing", "requires: [how.days < 1 day, how.days > 0 days]"))
    assert verdict(zero) == "forbidden"


def test_a_bound_that_no_value_meets_forbids_and_one_that_all_meet_permits() -> None:
    assert verdict(book(TWENTY), {"it.used": 21}) == "forbidden"
    assert verdict(book(rule("(1)", "may: do thing", "requires: how.days <= 60 days"))) == "permitted"
    assert verdict(book(rule("(1)", "may: do thing", "requires: how.days <= 59 days"))) == "conditional"


def test_bounds_of_a_permission_and_of_limits_intersect_and_the_tighter_one_binds() -> None:
    rules = book(TWENTY, rule("(2)", "limits: do thing", "requires: how.days <= 5 days"))
    decision = decide(rules, {"it.used": 12})
    assert set(decision.limits) == {
        limit("act/1(1)", "at_most", days(8), binding=False),
        limit("act/1(2)", "at_most", days(5), norm="act/1(1)"),
    }
    assert verdict(rules, {"it.used": 12, "how.days": 6}) == "forbidden"


def test_no_limit_is_the_tightest_beside_a_requirement_that_may_bind_and_has_no_figure() -> None:
    rules = book(TWENTY, rule("(2)", "limits: do thing", "requires: how.days <= 3 days or how.level <= 2"))
    given: dict[str, object] = {"it.used": 12, "it.a": True}
    assert marked(rules, given) == []
    assert marked(rules, given | {"how.days": 2}) == []
    assert decide(rules, given).unmet
    rules = book(TWENTY, rule("(2)", "limits: do thing", "requires: not it.a or how.days <= 3 days"))
    assert marked(rules, {"it.used": 12}) == []
    assert marked(rules, given) == marked(rules, given | {"how.days": 2}) == ["act/1(2)"]
    assert marked(rules, {"it.used": 12, "it.a": False}) == ["act/1(1)"]
    heard = book(TWENTY, rule("(2)", "limits: do thing", "requires: how.heard"))
    assert marked(heard, {"it.used": 12}) == ["act/1(1)"]


def test_a_limit_that_only_may_apply_is_the_tightest_only_where_another_is_tighter() -> None:
    rules = book(TWENTY, rule("(2)", "limits: do thing", "when: it.b", "requires: how.days <= 5 days"))
    assert marked(rules, {"it.used": 12}) == []
    assert marked(rules, {"it.used": 12, "it.b": True}) == ["act/1(2)"]
    assert marked(rules, {"it.used": 18}) == ["act/1(1)"]


def test_across_permissions_bounds_are_listed_and_never_merged() -> None:
    rules = book(TWENTY, rule("(2)", "may: do thing", "requires: how.days < 5 days"))
    decision = decide(rules, {"it.used": 12})
    assert decision.verdict.value == "conditional"
    assert decision.limits == (
        limit("act/1(1)", "at_most", days(8)),
        limit("act/1(2)", "less_than", days(5)),
    )


def test_a_requirement_without_a_bound_on_an_open_parameter_is_conditional_and_named() -> None:
    decision = decide(book(rule("(1)", "may: do thing", "requires: how.heard")))
    assert (decision.verdict.value, decision.unmet) == ("conditional", ("how.heard",))
    assert verdict(book(rule("(1)", "may: do thing", "requires: how.heard")), {"how.heard": False}) == "forbidden"


def test_a_bound_that_depends_on_an_unknown_fact_has_an_inner_and_an_outer_value() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: how.days <= (if it.a then 5 days else 10 days)"))
    (known,) = decide(rules, {"it.a": False}).limits
    assert (known.inner, known.outer) == (days(10), days(10))
    (open_,) = decide(rules).limits
    assert (open_.inner, open_.outer) == (days(5), days(10))
    (counted,) = decide(book(TWENTY)).limits
    # Nobody knows how many days were used: at most 20 are left, and perhaps none.
    assert (counted.inner, counted.outer) == (None, days(20))


def test_an_unknown_bound_that_may_leave_nothing_is_undetermined_on_the_fact() -> None:
    decision = decide(book(TWENTY))
    assert decision.verdict.value == "undetermined"
    assert {v.value for v in decision.reachable} == {"conditional", "forbidden"}
    assert decision.missing == ("it.used",)


def test_under_a_bound_of_which_nothing_is_known_some_values_may_pass_and_others_fail() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: how.days >= it.used"))
    assert {v.value for v in decide(rules).reachable} == {"permitted", "conditional", "forbidden"}
    assert [verdict(rules, {"it.used": used}) for used in (0, 12, 61)] == ["permitted", "conditional", "forbidden"]


def test_a_plain_number_and_a_date_have_bounds_too() -> None:
    level = book(rule("(1)", "may: do thing", "requires: how.level < 5/2"))
    assert [(m.relation, str(m.inner)) for m in decide(level).limits] == [("less_than", "5/2")]
    assert verdict(level, {"how.level": "7/3"}) == "permitted"
    day = book(rule("(1)", "may: do thing", "requires: how.from_day > it.on + 1 month"))
    assert verdict(day, {"it.on": "2020-01-31", "how.from_day": "2020-02-29"}) == "forbidden"
    assert verdict(day, {"it.on": "2020-01-31", "how.from_day": "2020-03-01"}) == "permitted"


def test_a_limit_that_may_not_apply_leaves_the_permission_open_between_both_bounds() -> None:
    rules = book(TWENTY, rule("(2)", "limits: do thing", "when: it.a", "requires: how.heard"))
    decision = decide(rules, {"it.used": 0, "how.days": 3, "how.heard": False})
    assert {v.value for v in decision.reachable} == {"permitted", "forbidden"}
    assert decision.missing == ("it.a",)
    assert verdict(rules, {"it.used": 0, "how.days": 3, "how.heard": True}) == "permitted"


def test_what_is_undefined_is_not_left_to_the_parameter() -> None:
    rules = book(TWENTY, rule("(2)", "limits: do thing", "requires: not it.span < 0 hours"))
    decision = decide(rules, {"it.used": 12, "it.span": "0 days"})
    assert {verdict.value for verdict in decision.reachable} == {"conditional", "forbidden"}
    assert decide(rules, {"it.used": 12, "it.span": "0 days", "how.days": 8}).cause == "undefined"


def test_a_limit_of_a_length_in_any_unit_is_a_condition_without_a_bound() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: how.days <= it.span"))
    open_ = decide(rules, {"it.span": "5 days"})
    assert (open_.verdict.value, open_.limits, open_.unmet) == ("conditional", (), ("how.days <= it.span",))
    assert verdict(rules, {"it.span": "5 days", "how.days": "5 days"}) == "permitted"
    assert verdict(rules, {"it.span": "5 days", "how.days": "6 days"}) == "forbidden"
    assert decide(rules, {"how.days": "6 days"}).missing == ("it.span",)
    # Six days and two months have no order.
    assert decide(rules, {"it.span": "2 months", "how.days": "6 days"}).cause == "undefined"


def test_a_day_and_a_length_in_any_unit_give_a_day() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: how.from_day <= it.on + it.span"))
    lengths = {"30 hours": "2020-03-02", "1 day": "2020-03-02", "1 month": "2020-04-01"}
    for length, last in lengths.items():
        case: dict[str, object] = {"it.on": "2020-03-01", "it.span": length}
        assert [str(limit.inner) for limit in decide(rules, case).limits] == [last]
        assert verdict(rules, {**case, "how.from_day": last}) == "permitted"
        beyond = dt.date.fromisoformat(last) + dt.timedelta(days=1)
        assert verdict(rules, {**case, "how.from_day": beyond}) == "forbidden"


def test_a_bound_that_leaves_no_day_is_breached() -> None:
    least = rule("(2)", "limits: do thing", "requires: how.days >= 10 days")
    none_left = decide(book(TWENTY, least), {"it.used": 12})
    assert none_left.verdict.value == "forbidden"
    assert [breach.provision for breach in none_left.breaches] == ["act/1(1)", "act/1(2)"]
    beyond = decide(book(rule("(1)", "must: do thing", "requires: [how.days > 60 days, how.days < 60 days]")))
    assert [(breach.provision, breach.condition) for breach in beyond.breaches] == [
        ("act/1(1)", "how.days > 60 days"),
    ]


def test_a_limit_that_may_bind_and_would_leave_nothing_is_no_breach() -> None:
    least = rule("(2)", "limits: do thing", "when: it.a", "requires: how.days >= 10 days")
    assert decide(book(TWENTY, least), {"it.used": 12}).breaches == ()


def test_between_two_sums_there_may_be_hundredths() -> None:
    files = {
        "act/law.yaml": LAW,
        "act/vocabulary.yaml": VOCABULARY.replace(
            "from_day: ", "fee: {type: money, unit: euros, parameter: yes, question: Which fee?}\n      from_day: "
        ),
        "act/001-article.yaml": article(
            rule("(1)", "may: do thing", "requires: [how.fee > 0 euros, how.fee < 1/2 euros]")
        ),
    }
    program = link(load_text(files)).program
    assert program is not None
    rules = Rulebook(program)
    assert verdict(rules) == "conditional"
    assert verdict(rules, {"how.fee": "1/4 euros"}) == "permitted"
    assert verdict(rules, {"how.fee": "1/2 euros"}) == "forbidden"
