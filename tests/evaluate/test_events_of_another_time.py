"""Transitional clauses presume that their event lies in the time of the law applied (S49)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import DAY, book, decide, rule

from mutandis.decide.result_parts import Authority, Presumption
from mutandis.rulebook.load import load_text
from mutandis.values import UNKNOWN

DUTY = rule("(1)", "must: tell thing", "when: it.a")
CLAUSE = rule("(2)", "despite: (1)", "when: it.on < 2010-05-01", "presume: under this law")
LATER = Presumption("it.on", "2010-05-01 or later", "act/1(2)")
EARLIER = Presumption("it.on", "before 2010-05-01", "act/1(2)")


def test_an_event_nobody_dates_is_of_the_law_that_is_applied_and_that_is_told() -> None:
    found = decide(book(DUTY, CLAUSE), {"it.a": True}, "tell thing")
    assert (found.verdict.value, found.missing, found.presumptions) == ("required", (), (LATER,))


def test_the_law_that_is_applied_is_that_of_the_version_date() -> None:
    found = decide(book(DUTY, CLAUSE), {"it.a": True}, "tell thing", law_as_of=dt.date(2010, 4, 30))
    assert (found.verdict.value, found.presumptions) == ("silent", (EARLIER,))
    found = decide(book(DUTY, CLAUSE), {"it.a": True}, "tell thing", law_as_of=dt.date(2010, 5, 1))
    assert (found.verdict.value, found.presumptions) == ("required", (LATER,))


@pytest.mark.parametrize(
    ("on", "verdict"), [(dt.date(2010, 4, 30), "silent"), (dt.date(2010, 5, 1), "required")], ids=["before", "after"]
)
def test_a_day_that_is_stated_is_taken_and_nothing_is_presumed(on: dt.date, verdict: str) -> None:
    found = decide(book(DUTY, CLAUSE), {"it.a": True, "it.on": on}, "tell thing")
    assert (found.verdict.value, found.presumptions) == (verdict, ())


def test_who_says_that_it_is_unknown_is_told_what_depends_on_it() -> None:
    found = decide(book(DUTY, CLAUSE), {"it.a": True, "it.on": UNKNOWN}, "tell thing")
    assert (found.verdict.value, found.missing, found.presumptions) == ("undetermined", ("it.on",), ())


def test_what_does_not_turn_on_it_is_not_told() -> None:
    assert decide(book(DUTY, CLAUSE), {"it.a": False}, "tell thing").presumptions == ()


def test_only_the_clause_reads_the_day_so() -> None:
    barred = rule("(3)", "must_not: tell thing", "when: today > it.on + 30 days", "despite: (1)")
    found = decide(book(DUTY, CLAUSE, barred), {"it.a": True}, "tell thing")
    assert (found.verdict.value, found.missing) == ("undetermined", ("it.on",))
    due = rule("(1)", "must: tell thing", "when: it.a", "deadline: by it.on + 3 days")
    found = decide(book(due, CLAUSE), {"it.a": True}, "tell thing")
    assert (found.verdict.value, found.missing, found.presumptions) == ("required", ("it.on",), (LATER,))


def test_one_clause_speaks_for_itself() -> None:
    other = rule("(3)", "despite: (1)", "when: it.on < 2012-01-01")
    found = decide(book(DUTY, CLAUSE, other), {"it.a": True}, "tell thing")
    assert (found.verdict.value, found.missing) == ("undetermined", ("it.on",))


def test_the_event_may_stand_in_a_conjunction() -> None:
    clause = rule("(2)", "despite: (1)", "when: it.b and it.on < 2010-05-01", "presume: under this law")
    found = decide(book(DUTY, clause), {"it.a": True, "it.b": True}, "tell thing")
    assert (found.verdict.value, found.presumptions) == ("required", (LATER,))


def test_that_there_is_an_event_is_presumed_with_its_day() -> None:
    asks = "when: it.until is present and it.until >= 2010-05-01"
    presumed = book(rule("(2)", "may: tell thing", asks, "presume: under this law"))
    asked: tuple[dict[str, object], ...] = ({}, {"it.until": None}, {"it.until": dt.date(2010, 4, 30)})
    assert [decide(presumed, facts, "tell thing").verdict.value for facts in asked] == ["permitted", "silent", "silent"]
    assert decide(book(rule("(2)", "may: tell thing", asks)), {}, "tell thing").verdict.value == "undetermined"


WORDINGS = (
    rule("(1)", "must: tell thing", "id: old", "governed_by: it.on", "until: 2010-05-01"),
    rule("(1)", "must_not: tell thing", "id: new", "governed_by: it.on", "since: 2010-05-01"),
)
CHOICE = rule(
    "(2)", "states: the day by which paragraph (1) is chosen", "governed_by: it.on", "presume: under this law"
)


@pytest.mark.parametrize(
    ("law_as_of", "verdict", "between"),
    [(None, "forbidden", "2010-05-01 or later"), (dt.date(2010, 4, 30), "required", "before 2010-05-01")],
    ids=["today", "then"],
)
def test_a_clause_that_states_the_event_presumes_it_for_every_rule_the_event_governs(
    law_as_of: dt.date | None, verdict: str, between: str
) -> None:
    found = decide(book(*WORDINGS, CHOICE), {}, "tell thing", law_as_of=law_as_of)
    assert (found.verdict.value, found.presumptions) == (verdict, (Presumption("it.on", between, "act/1(2)"),))
    assert decide(book(*WORDINGS), {}, "tell thing").missing == ("it.on",)


def test_the_clause_by_which_a_wording_is_chosen_is_told() -> None:
    found = decide(book(*WORDINGS, CHOICE), {"it.on": dt.date(2010, 4, 30)}, "tell thing", at=DAY)
    dates = [one for one in found.authority if one.role == "dates"]
    assert dates == [
        Authority("dates", "act/1(1)", text="no longer in force on 2010-05-01"),
        Authority("dates", "act/1(2)", "A rule.", facts=("it.on",)),
    ]


def test_a_ban_whose_event_is_of_another_time_is_what_comes_nearest() -> None:
    found = decide(book(WORDINGS[1], CHOICE), {"it.on": dt.date(2010, 4, 30)}, "tell thing")
    short = [one for one in found.authority if one.role in ("stops_short", "dates")]
    assert [(one.role, one.provision) for one in short] == [("stops_short", "act/1(1)"), ("dates", "act/1(2)")]


def test_of_a_milder_law_too_the_event_is_presumed() -> None:
    old = rule("(1)", "may: do thing", "governed_by: it.on", "milder: yes", "until: 2010-05-01", "id: old")
    new = rule(
        "(1)", "may: do thing", "governed_by: it.on", "milder: yes", "since: 2010-05-01", "id: new", "when: it.a"
    )
    found = decide(book(old, new, CHOICE), {"it.a": False})
    assert (found.verdict.value, found.missing) == ("forbidden_by_default", ())


def test_nothing_else_can_be_presumed() -> None:
    source = load_text(
        {
            "act/law.yaml": "law: act\ntitle: The Act\nshort: Act\nrank: 1\n",
            "act/vocabulary.yaml": "terms:\n  it: {attributes: {on: {type: date, question: On what day?}}}\n"
            "actions:\n  tell it: {default: silent}\n",
            "act/001.yaml": "law: act\narticle: 1\ntitle: One\nrules:\n  - at: (1)\n    summary: A rule.\n"
            "    must: tell it\n    when: it.on < 2010-05-01\n    presume: later\n",
        }
    )
    (fault,) = source.diagnostics
    assert (fault.slug, fault.message, fault.span.line if fault.span else 0) == (
        "wrong-shape",
        "`presume` of a rule is `later`",
        9,
    )


def test_a_condition_that_cannot_be_read_is_told_once() -> None:
    clause = rule("(2)", "despite: (1)", "when: it.on < 2010-05-01 and it.until <", "presume: under this law")
    with pytest.raises(AssertionError) as refused:
        book(DUTY, clause)
    assert "MUT094" not in str(refused.value)
