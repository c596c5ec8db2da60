"""Norms and the order among them (S1 to S12)."""

from __future__ import annotations

import pytest
from tests.evaluate.books import book, decide, rule, verdict

MAY = rule("(1)", "may: do thing")
YES = {"it.a": True, "it.b": True, "it.c": True, "it.d": True}


@pytest.mark.parametrize(
    ("a", "b", "c", "expected"),
    [
        (True, True, False, "permitted"),
        (True, False, False, "forbidden_by_default"),
        (False, True, False, "forbidden_by_default"),
        (True, True, True, "forbidden_by_default"),
    ],
)
def test_a_norm_is_triggered_by_all_its_conditions_unless_excluded(a: bool, b: bool, c: bool, expected: str) -> None:
    rules = book(rule("(1)", "may: do thing", "when: [it.a, it.b]", "unless: it.c"))
    assert verdict(rules, {"it.a": a, "it.b": b, "it.c": c}) == expected


def test_one_ground_is_enough_and_each_that_holds_is_cited() -> None:
    rules = book(rule("(1)", "may: do thing", "grounds:", "  1: it.a", "  2: it.b", "  3: it.c"))
    assert decide(rules, {"it.a": False, "it.b": True, "it.c": True}).citations == ("act/1(1)2", "act/1(1)3")
    assert verdict(rules, {"it.a": False, "it.b": False, "it.c": False}) == "forbidden_by_default"


def test_a_ground_inside_a_ground_is_cited_innermost() -> None:
    grounds = ["grounds:", "  1:", "    when: it.a", "    grounds:", "      (a): it.b", "      (b): it.c"]
    rules = book(rule("(1)", "may: do thing", *grounds))
    assert decide(rules, {"it.a": True, "it.b": False, "it.c": True}).citations == ("act/1(1)1(b)",)
    assert verdict(rules, {"it.a": False, "it.b": True, "it.c": True}) == "forbidden_by_default"


def test_an_exclusion_of_a_duty_exempts_at_its_own_place() -> None:
    rules = book(rule("(1)", "must: tell thing", "unless:", "  at: (1) proviso", "  when: it.a"))
    freed = decide(rules, {"it.a": True}, "tell thing")
    assert (freed.verdict.value, freed.citations) == ("exempt", ("act/1(1) proviso",))
    assert verdict(rules, {"it.a": False}, "tell thing") == "required"


def test_of_several_actions_one_of_which_suffices_each_is_permitted() -> None:
    rules = book(rule("(1)", "must: {any: [keep thing, burn thing]}"))
    assert verdict(rules, {}, "keep thing") == "permitted"
    assert verdict(rules, {}, "burn thing") == "permitted"


def test_a_duty_forbids_the_other_members_of_its_group_and_a_power_exempts_from_them() -> None:
    duty, power = book(rule("(1)", "must: keep thing")), book(rule("(1)", "may: keep thing"))
    assert verdict(duty, {}, "burn thing") == "forbidden"
    assert verdict(power, {}, "burn thing") == "exempt"


def test_a_proviso_beats_the_permission_it_despises() -> None:
    rules = book(MAY, rule("(1) proviso", "must_not: do thing", "despite: (1)", "when: it.a"))
    banned = decide(rules, {"it.a": True})
    assert (banned.verdict.value, banned.citations) == ("forbidden", ("act/1(1) proviso",))
    assert [(b.provision, b.by) for b in banned.beaten] == [("act/1(1)", (("act/1(1) proviso", "despite"),))]
    assert verdict(rules, {"it.a": False}) == "permitted"


def test_a_proviso_to_a_proviso_restores_the_main_rule() -> None:
    rules = book(
        MAY,
        rule("(2)", "must_not: do thing", "despite: (1)", "when: it.a"),
        rule("(3)", "may: do thing", "despite: (2)", "when: it.b"),
    )
    restored = decide(rules, {"it.a": True, "it.b": True})
    assert (restored.verdict.value, set(restored.citations)) == ("permitted", {"act/1(1)", "act/1(3)"})


def test_a_beaten_norm_beats_nothing() -> None:
    rules = book(
        rule("(1)", "must: tell thing"),
        rule("(2)", "must_not: tell thing", "despite: (1)"),
        rule("(3)", "may: tell thing", "despite: (2)", "when: it.a"),
    )
    assert verdict(rules, {"it.a": True}, "tell thing") == "required"
    assert verdict(rules, {"it.a": False}, "tell thing") == "forbidden"


def test_subject_to_is_the_same_order_written_at_the_other_end() -> None:
    rules = book(rule("(1)", "may: do thing", "subject_to: (2)"), rule("(2)", "must_not: do thing"))
    assert verdict(rules) == "forbidden"


def test_two_permissions_never_destroy_each_other() -> None:
    rules = book(
        rule("(1)", "may: do thing", "requires: how.days <= 20 days"),
        rule("(2)", "may: do thing", "despite: (1)", "requires: how.days < 5 days"),
    )
    eight = decide(rules, {"how.days": 8})
    assert (eight.verdict.value, eight.citations) == ("permitted", ("act/1(1)",))
    assert decide(rules, {"how.days": 4}).citations == ("act/1(1)", "act/1(2)")


def test_despite_of_a_ground_fells_that_ground_only() -> None:
    rules = book(
        rule("(1)", "may: do thing", "grounds:", "  1: it.a", "  2: it.b"),
        rule("(2)", "must_not: do thing", "despite: (1)2", "when: it.c"),
    )
    assert verdict(rules, {"it.a": False, "it.b": True, "it.c": True}) == "forbidden"
    # The ban felled ground 2 and stands unordered beside ground 1.
    assert verdict(rules, {"it.a": True, "it.b": True, "it.c": True}) == "conflict"


def test_instead_of_removes_in_the_same_direction_even_where_its_own_requirement_fails() -> None:
    rules = book(MAY, rule("(2)", "may: do thing", "instead_of: (1)", "when: it.a", "requires: how.heard"))
    unheard = decide(rules, {"it.a": True, "how.heard": False})
    assert unheard.verdict.value == "forbidden"
    assert [b.provision for b in unheard.breaches] == ["act/1(2)"]
    assert verdict(rules, {"it.a": False, "how.heard": False}) == "permitted"


def test_a_higher_law_beats_a_lower_one_that_opposes_it_without_an_order() -> None:
    rules = book(rule("(1)", "must_not: do thing"), decree=rule("(1)", "may: do thing"))
    ranked = decide(rules)
    assert (ranked.verdict.value, ranked.citations) == ("forbidden", ("act/1(1)",))
    assert ranked.beaten[0].by == (("act/1(1)", "rank"),)


def test_an_exemption_of_a_higher_law_leaves_of_a_duty_that_it_may_be_done() -> None:
    weakened = decide(book(rule("(1)", "need_not: do thing"), decree=rule("(1)", "must: do thing")))
    assert weakened.verdict.value == "permitted"
    assert [(cite.role, cite.provisions) for cite in weakened.cited] == [
        ("decides", ("decree/1(1)",)),
        ("weakens", ("act/1(1)",)),
    ]


def test_a_permission_of_a_higher_law_goes_before_a_ban_only_if_its_requirement_is_met() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: it.a"), decree=rule("(1)", "must_not: do thing"))
    assert verdict(rules, {"it.a": True}) == "permitted"
    failed = decide(rules, {"it.a": False})
    assert (failed.verdict.value, failed.citations) == ("forbidden", ("decree/1(1)",))


def test_a_lower_law_may_say_that_it_goes_before_a_higher_one() -> None:
    rules = book(rule("(1)", "must_not: do thing"), decree=rule("(1)", "may: do thing", "despite: act/1(1)"))
    assert verdict(rules) == "permitted"


def test_a_permission_beats_only_if_its_own_requirements_and_the_limits_hold() -> None:
    rules = book(
        rule("(1)", "must_not: do thing"),
        rule("(2)", "may: do thing", "despite: (1)", "requires: how.heard"),
        rule("(3)", "limits: do thing", "requires: how.days <= 10 days"),
    )
    assert verdict(rules, {"how.heard": True, "how.days": 10}) == "permitted"
    assert verdict(rules, {"how.heard": False, "how.days": 10}) == "forbidden"
    assert decide(rules, {"how.heard": True, "how.days": 11}).citations == ("act/1(1)",)


def test_an_exemption_weakens_a_duty_to_a_permission() -> None:
    rules = book(rule("(1)", "must: tell thing"), rule("(2)", "need_not: tell thing", "despite: (1)", "when: it.a"))
    weak = decide(rules, {"it.a": True}, "tell thing")
    assert weak.verdict.value == "permitted"
    assert [(c.provisions, c.role) for c in weak.cited] == [(("act/1(1)",), "decides"), (("act/1(2)",), "weakens")]


def test_a_ban_makes_a_duty_fall() -> None:
    rules = book(rule("(1)", "must: tell thing"), rule("(2)", "must_not: tell thing", "despite: (1)"))
    assert verdict(rules, {}, "tell thing") == "forbidden"


def test_a_limit_gives_way_only_to_a_limit_or_its_own_exclusion() -> None:
    rules = book(
        MAY,
        rule("(2)", "limits: do thing", "requires: how.days <= 15 days"),
        rule("(2) proviso", "limits: do thing", "despite: (2)", "when: it.a", "requires: how.days <= 22 days"),
    )
    assert verdict(rules, {"it.a": False, "how.days": 20}) == "forbidden"
    assert verdict(rules, {"it.a": True, "how.days": 20}) == "permitted"
    assert verdict(rules, {"it.a": True, "how.days": 23}) == "forbidden"


def test_a_permission_that_despises_a_limit_lifts_it_for_itself_alone() -> None:
    rules = book(
        rule("(1)", "may: do thing", "when: it.a"),
        rule("(2)", "may: do thing", "when: it.b", "despite: (3)"),
        rule("(3)", "limits: do thing", "requires: how.days <= 10 days"),
    )
    assert verdict(rules, {"it.a": True, "it.b": False, "how.days": 11}) == "forbidden"
    assert decide(rules, {"it.a": True, "it.b": True, "how.days": 11}).citations == ("act/1(2)",)


def test_a_rule_that_only_disapplies_removes_what_it_names() -> None:
    rules = book(MAY, rule("(2)", "despite: (1)", "when: it.a"))
    assert verdict(rules, {"it.a": True}) == "forbidden_by_default"
    assert verdict(rules, {"it.a": False}) == "permitted"


def test_one_permission_that_holds_is_enough_beside_one_that_is_breached() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: how.heard"), rule("(2)", "may: do thing"))
    assert decide(rules, {"how.heard": False}).citations == ("act/1(2)",)


def test_a_duty_stays_required_with_its_breaches_listed() -> None:
    rules = book(rule("(1)", "must: do thing", "requires: how.heard", "deadline: by it.on + 3 days"))
    facts: dict[str, object] = {"how.heard": False, "it.on": "2020-02-01", "it.done_on": "none"}
    late = decide(rules, facts, holidays=frozenset())
    assert late.verdict.value == "required"
    assert [(b.provision, b.condition) for b in late.breaches] == [
        ("act/1(1)", "how.heard"),
        ("act/1(1)", "by 2020-02-04"),
    ]


def test_norms_of_another_bearer_are_left_out_where_one_is_asked_about() -> None:
    rules = book(rule("(1)", "may: do thing", "by: doctor"))
    assert decide(rules, by="doctor").verdict.value == "permitted"
    assert decide(rules, by="warden").verdict.value == "forbidden_by_default"
