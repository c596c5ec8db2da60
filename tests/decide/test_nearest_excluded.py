"""What stops short counts the exclusions that hold, whatever else fails; an entry for other cases has no value."""

from __future__ import annotations

from tests.evaluate.books import DAY, book, rule


def test_an_exclusion_that_holds_counts_of_a_norm_that_fails_besides() -> None:
    away = "unless: {at: (2), when: it.c}"
    loaded = book(
        rule("(1)", "must: do thing", "when: it.a", away),
        rule("(3)", "must: do thing", "when: [it.a, it.b]", "instead_of: (1)", away),
    )
    decision = loaded.decide("do thing", {"it.a": True, "it.b": False, "it.c": True}, at=DAY)
    told = [(one.provision, one.conditions, one.kept_away_by) for one in decision.authority]
    assert told == [("act/1(2)", (), ()), ("act/1(1)", (), ("act/1(2)",))]


def test_the_value_of_an_entry_for_other_cases_does_not_fail() -> None:
    short, long = "{when: part.days < 5 days, value: it.a}", "{when: part.days >= 5 days, value: it.b}"
    loaded = book(
        rule("(1)", "define: part.good", f"as: [{short}, {long}]"),
        rule("(2)", "must: tell thing", "when: any p in it.parts has (p.good)"),
    )
    decision = loaded.decide("tell thing", {"it.parts": [{"days": "3 days"}], "it.a": False, "it.b": False}, at=DAY)
    (defines,) = [one for one in decision.authority if one.role == "defines"]
    assert defines.conditions == ("part.days >= 5 days", "it.a")


def test_of_equals_the_one_that_fails_on_what_is_stated_comes_nearer_than_one_that_fails_on_a_presumption() -> None:
    presumed, stated = (
        rule("(1)", "must: tell thing", "when: not it.usual"),
        rule("(2)", "must: tell thing", "when: it.a"),
    )
    for loaded in (book(presumed, stated), book(stated, presumed)):
        decision = loaded.decide("tell thing", {"it.a": False}, at=DAY)
        assert [(one.role, one.provision) for one in decision.authority] == [("stops_short", "act/1(2)")]
        # What the case states itself is no presumption.
        stating = loaded.decide("tell thing", {"it.usual": True}, at=DAY)
        assert {one.role for one in stating.authority} == {"open"}


def test_of_equal_grounds_the_one_that_fails_on_what_is_stated_comes_nearer() -> None:
    grounds = "grounds: {(a): {when: [it.a, not it.usual]}, (b): {when: [it.a, it.b]}}"
    loaded = book(rule("(1)", "must: tell thing", grounds))
    decision = loaded.decide("tell thing", {"it.a": True, "it.b": False}, at=DAY)
    assert [(one.role, one.provision) for one in decision.authority] == [("stops_short", "act/1(1)(b)")]
