"""What kind of day a day is, and working days (S43): the calendar is asked, not the user."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import LAW, book, decide, rule

from mutandis.link.linker import link
from mutandis.oracle import Oracle
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source

HOLIDAYS = frozenset({dt.date(2026, 2, 16), dt.date(2026, 2, 17), dt.date(2026, 2, 18), dt.date(2026, 8, 15)})


def on(condition: str, day: str, holidays: frozenset[dt.date] | None = HOLIDAYS) -> str:
    permission = book(rule("(1)", "may: do thing", f"when: {condition}"))
    return decide(permission, {"it.on": day}, at=dt.date(2026, 2, 13), holidays=holidays).verdict.value


@pytest.mark.parametrize(
    ("condition", "day", "holds"),
    [
        ("it.on is a saturday", "2026-02-14", True),
        ("it.on is a saturday", "2026-02-15", False),
        ("it.on is a holiday", "2026-02-14", False),
        ("it.on is a holiday", "2026-02-17", True),
        ("it.on is a saturday and it.on is a holiday", "2026-08-15", True),
        ("it.on is a day off", "2026-02-15", True),
        ("it.on is not a day off", "2026-02-19", True),
        ("it.on is a working day", "2026-02-19", True),
        ("it.on is not a working day", "2026-02-18", True),
        ("today is a friday", "2026-02-15", True),
        ("it.on is within 3 working days after today", "2026-02-12", False),
        ("it.on is within 3 working days after today", "2026-02-23", True),
        ("it.on is within 3 working days after today", "2026-02-24", False),
        ("it.on is within 2 working days before today", "2026-02-11", True),
        ("it.on is within 2 working days before today", "2026-02-10", False),
        ("it.on is the end of 1 working day after today", "2026-02-19", True),
    ],
)
def test_the_kind_of_a_day_follows_from_its_date(condition: str, day: str, holds: bool) -> None:
    assert on(condition, day) == ("permitted" if holds else "forbidden_by_default")


def test_where_no_calendar_covers_a_day_weekends_are_known_and_holidays_are_not() -> None:
    assert on("it.on is a sunday", "2026-02-15", None) == "permitted"
    assert on("it.on is a day off", "2026-02-15", None) == "permitted"
    assert on("it.on is a day off", "2026-02-16", None) == "undetermined"
    assert on("it.on is a holiday", "2026-02-15", None) == "undetermined"
    assert on("it.on is within 2 working days after today", "2026-02-17", None) == "permitted"
    assert on("it.on is within 2 working days after today", "2026-02-18", None) == "undetermined"


def test_a_day_that_is_not_known_waits_for_its_fact_and_for_the_holidays() -> None:
    permission = book(rule("(1)", "may: do thing", "when: it.on is a day off"))
    assert decide(permission, {}, holidays=HOLIDAYS).missing == ("it.on",)
    assert decide(permission, {"it.on": "2026-02-16"}).missing == ("holidays",)


def test_a_deadline_in_working_days_tells_what_it_passed_over() -> None:
    duty = book(rule("(1)", "must: do thing", "deadline: by the end of 2 working days after it.on"))
    (due,) = decide(duty, {"it.on": "2026-02-13"}, holidays=HOLIDAYS).deadlines
    assert (due.due, due.latest) == (dt.date(2026, 2, 20), dt.date(2026, 2, 20))
    assert due.counted is not None
    assert [day.day.day for day in due.counted.passed_over] == [14, 15, 16, 17, 18]
    (due,) = decide(duty, {"it.on": "2026-02-13"}).deadlines
    assert (due.due, due.latest, due.passed) == (dt.date(2026, 2, 17), None, None)


ATTRIBUTES = "terms: {it: {label: it, attributes: {on: {type: date, question: On?}}}, thing: {label: thing}}"


def written(*rules: str) -> Source:
    """A rulebook of these rules, each `effect` and `when`, read and not yet linked."""
    listed = "".join(f"  - at: ({n})\n    summary: S.\n    {rule}\n" for n, rule in enumerate(rules, 1))
    source = load_text(
        {
            "act/law.yaml": LAW,
            "act/vocabulary.yaml": f"{ATTRIBUTES}\nactions: {{do thing: {{label: do it, default: forbidden}}}}\n",
            "act/001.yaml": f"law: act\narticle: 1\ntitle: A\nrules:\n{listed}",
        }
    )
    assert not source.diagnostics
    return source


def test_the_oracle_says_the_same() -> None:
    source = written("may: do thing\n    when: it.on is within 3 working days after today or it.on is a monday")
    for day in range(10, 28):
        on_day = dt.date(2026, 2, day)
        answer = Oracle(source).decide("do thing", {"it.on": on_day}, dt.date(2026, 2, 13), holidays=HOLIDAYS)
        within = dt.date(2026, 2, 13) <= on_day <= dt.date(2026, 2, 23)
        assert (answer.verdict == "permitted") is (within or on_day.weekday() == 0), day


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("a monday", "a tuesday", False),
        ("a day off", "a working day", False),
        ("a monday", "not a monday", False),
        ("a monday", "a holiday", True),
    ],
)
def test_what_holds_on_days_that_are_never_one_is_not_asked_for_an_order(one: str, other: str, told: bool) -> None:
    source = written(f"may: do thing\n    when: it.on is {one}", f"must_not: do thing\n    when: it.on is {other}")
    assert [d.code for d in link(source).diagnostics] == (["MUT089"] if told else [])


def test_any_expression_of_a_day_has_a_kind_of_day() -> None:
    weekend = "(if it.until is present then it.until else today) is a day off"
    permission = book(rule("(1)", "may: do thing", f"when: {weekend}"))
    friday, sunday = dt.date(2026, 2, 13), dt.date(2026, 2, 15)
    for until, today, expected in [
        (sunday, friday, "permitted"),
        (None, sunday, "permitted"),
        (friday, sunday, "forbidden_by_default"),
    ]:
        assert decide(permission, {"it.until": until}, at=today, holidays=HOLIDAYS).verdict.value == expected
    assert on("it.on + 2 days is a day off", "2026-02-13") == "permitted"
    assert on("(the later of it.on and today) is a sunday", "2026-02-13") == "forbidden_by_default"
