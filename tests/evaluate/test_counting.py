"""Counting as the vocabulary declares it: corresponding days, ends of periods, periods, suspensions (S43, S50, S51)."""

from __future__ import annotations

import datetime as dt

import pytest

from mutandis import CaseError, Rulebook
from mutandis.decide.result import as_data
from mutandis.diagnostics import Severity
from mutandis.link.linker import link
from mutandis.questions import when
from mutandis.rulebook.load import load_text
from mutandis.values import Period

LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  host: {role: yes, label: host}
  person:
    label: person
    attributes:
      born_on: {type: date, counting: age, question: When was the person born?}
      held_since: {type: date, counting: {clock: sentence, by: act/1}, question: Since when?}
      told_on: {type: date, question: When was the person told?}
      billed_on: {type: date, counting: {clock: civil, end of month: clamp, by: act/1}, question: When was it billed?}
      hearing_on: {type: date, question: When is the hearing?}
      claimed_on: {type: date, optional: yes, question: When was it claimed?}
  stay:
    label: stay
    attributes:
      period: {type: period, parameter: yes, counting: {clock: both_ends, by: act/1}, question: From when until when?}
      plain: {type: period, question: From when until when?}
      strike_from: {type: date, optional: yes, question: On what day did a strike begin?}
      strike_until: {type: date, optional: yes, question: On what day did it end?}
      stopped_from: {type: date, optional: yes}
      stopped_until: {type: date, optional: yes}
      audited:
        type: period
        counting: both_ends
        suspended: {from: stay.stopped_from, until: stay.stopped_until}
        question: From when until when was it audited?
      parts: {type: list of part, question: Which parts?}
  part:
    label: part
    attributes:
      period: {type: period, counting: both_ends, question: From when until when?}
actions:
  do stay: {label: do it, default: forbidden, by: host}
"""
STRIKE = """  - at: (2)
    summary: The days of a strike do not count.
    define: stay.stopped_from
    when: stay.strike_from is present
    as: stay.strike_from
  - at: (2)
    id: act/1(2)#last
    summary: Until its last day.
    define: stay.stopped_until
    when: stay.strike_until is present
    as: stay.strike_until
"""


def book(condition: str, more: str = "", vocabulary: str = VOCABULARY) -> Rulebook:
    """The rulebook in which the stay may be done when the condition holds."""
    rules = "law: act\narticle: 1\ntitle: A\nrules:\n  - at: (1)\n    summary: A.\n    may: do stay\n"
    rules += f"    when: {condition}\n"
    files = {"act/law.yaml": LAW, "act/vocabulary.yaml": vocabulary, "act/001.yaml": rules + more}
    source = load_text(files)
    linked = link(source)
    errors = [str(d) for d in (*source.diagnostics, *linked.diagnostics) if d.severity is Severity.ERROR]
    assert linked.program is not None and not errors, errors
    return Rulebook(linked.program)


def verdict(rulebook: Rulebook, facts: dict[str, object], at: dt.date, holidays: list[dt.date] | None = None) -> str:
    """The verdict, on which both evaluators agree."""
    found = rulebook.decide("do stay", facts, at=at, holidays=holidays)
    expected = rulebook.decide("do stay", facts, at=at, holidays=holidays, reference=True)
    assert as_data(found) == as_data(expected)
    return found.verdict.value


def first_day(rulebook: Rulebook, facts: dict[str, object], around: dt.date) -> dt.date:
    """The day on which the verdict turns to permitted, within a week of `around`."""
    days = [around + dt.timedelta(days=k) for k in range(-7, 8)]
    assert verdict(rulebook, facts, days[0]) == "forbidden_by_default"
    return next(day for day in days if verdict(rulebook, facts, day) == "permitted")


# --- corresponding days -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "of_age"),
    [("2004-02-29", "2023-03-01"), ("2005-02-28", "2024-02-28"), ("2004-03-31", "2023-03-31")],
)
def test_an_age_is_reached_on_the_birthday_or_the_day_after_the_month_that_lacks_it(born: str, of_age: str) -> None:
    rulebook = book("person.born_on + 19 years <= today")
    assert first_day(rulebook, {"person.born_on": born}, dt.date.fromisoformat(of_age)) == dt.date.fromisoformat(of_age)


@pytest.mark.parametrize(("since", "served"), [("2023-02-28", "2023-08-28"), ("2023-08-31", "2024-03-01")])
def test_months_of_which_the_first_day_counts_are_served_when_the_day_after_them_comes(since: str, served: str) -> None:
    rulebook = book("person.held_since + 6 months <= today")
    facts: dict[str, object] = {"person.held_since": since}
    assert first_day(rulebook, facts, dt.date.fromisoformat(served)) == dt.date.fromisoformat(served)


@pytest.mark.parametrize(
    ("fact", "last"), [("person.told_on", dt.date(2023, 3, 31)), ("person.billed_on", dt.date(2023, 3, 28))]
)
def test_a_month_from_the_last_of_february_ends_with_march_unless_the_statute_clamps_it(
    fact: str, last: dt.date
) -> None:
    rulebook = book(f"today <= {fact} + 1 month")
    assert verdict(rulebook, {fact: "2023-02-28"}, last) == "permitted"
    assert verdict(rulebook, {fact: "2023-02-28"}, last + dt.timedelta(days=1)) == "forbidden_by_default"


# --- ends of periods --------------------------------------------------------------------------------------------------


def test_the_end_of_a_period_moves_off_a_day_off() -> None:
    rulebook = book("today <= the end of 1 month after person.told_on")
    facts: dict[str, object] = {"person.told_on": "2026-01-14"}
    seollal = [dt.date(2026, 2, day) for day in (16, 17, 18)]
    assert verdict(rulebook, facts, dt.date(2026, 2, 19), seollal) == "permitted"
    assert verdict(rulebook, facts, dt.date(2026, 2, 20), seollal) == "forbidden_by_default"


def test_without_a_calendar_the_end_is_known_downward_alone() -> None:
    rulebook = book("today <= the end of 1 month after person.told_on")
    facts: dict[str, object] = {"person.told_on": "2026-01-14"}
    assert verdict(rulebook, facts, dt.date(2026, 2, 16)) == "permitted"
    late = rulebook.decide("do stay", facts, at=dt.date(2026, 2, 17))
    assert (late.verdict.value, late.missing) == ("undetermined", ("holidays",))


def test_backward_the_end_of_a_period_is_mirrored() -> None:
    rulebook = book("today < the end of 1 week before person.hearing_on")
    facts: dict[str, object] = {"person.hearing_on": "2024-03-15"}
    # Counted from the 14th back, the week ends with the beginning of the 8th, a Friday.
    assert verdict(rulebook, facts, dt.date(2024, 3, 7), []) == "permitted"
    assert verdict(rulebook, facts, dt.date(2024, 3, 8), []) == "forbidden_by_default"
    assert verdict(rulebook, facts, dt.date(2024, 3, 7), [dt.date(2024, 3, 8)]) == "forbidden_by_default"
    assert verdict(rulebook, facts, dt.date(2024, 3, 9)) == "forbidden_by_default"


# --- periods ----------------------------------------------------------------------------------------------------------


def test_a_period_is_counted_as_declared_whatever_the_case_leaves_out() -> None:
    rulebook = book("stay.strike_from is none", "    requires: stay.period is within 7 days\n")
    for last, expected in ((dt.date(2023, 5, 15), "permitted"), (dt.date(2023, 5, 16), "forbidden")):
        for period in ({"from": "2023-05-09", "until": last.isoformat()}, Period(dt.date(2023, 5, 9), last)):
            facts: dict[str, object] = {"stay.period": period, "stay.strike_from": "none"}
            assert verdict(rulebook, facts, dt.date(2023, 5, 16)) == expected


def test_a_case_that_counts_otherwise_is_told() -> None:
    rulebook = book("stay.strike_from is none", "    requires: stay.period is within 7 days\n")
    with pytest.raises(CaseError, match="is counted as `both_ends`, by act/1, not as `civil`"):
        rulebook.read({"stay.period": {"from": "2023-05-09", "until": "2023-05-16", "counting": "civil"}})
    with pytest.raises(CaseError, match="is counted as `both_ends`, not as `burden`"):
        rulebook.read({"stay.parts": [{"period": {"from": "2023-05-09", "counting": "burden"}}]})
    stated = {"from": "2023-05-09T09:00", "until": "2023-05-10T09:00", "counting": "hours"}
    assert rulebook.read({"stay.period": stated}).native["stay.period"]


def test_where_nothing_is_declared_the_case_may_say_how_it_is_counted() -> None:
    rulebook = book("stay.plain is within 1 month")
    for counting, last in (("burden", "2023-02-28"), ("civil", "2023-02-28")):
        period = {"from": "2023-01-31", "until": last, "counting": counting}
        assert verdict(rulebook, {"stay.plain": period}, dt.date(2023, 3, 1)) == "permitted"
        period["until"] = "2023-03-01"
        assert verdict(rulebook, {"stay.plain": period}, dt.date(2023, 3, 1)) == "forbidden_by_default"


# --- suspensions that rules derive ------------------------------------------------------------------------------------

AUDIT: dict[str, object] = {"stay.audited": {"from": "2023-03-01", "until": "2023-03-14"}}


@pytest.mark.parametrize(
    ("strike", "expected"),
    [
        ({"stay.strike_from": "2023-03-06", "stay.strike_until": "2023-03-10"}, "permitted"),
        ({"stay.strike_from": "2023-03-06", "stay.strike_until": "2023-03-07"}, "forbidden_by_default"),
        ({"stay.strike_from": "none", "stay.strike_until": "none"}, "forbidden_by_default"),
        ({"stay.strike_from": "2023-03-06", "stay.strike_until": "none"}, "permitted"),
        ({"stay.strike_from": "2023-03-11", "stay.strike_until": "none"}, "permitted"),
        ({"stay.strike_from": "2023-03-12", "stay.strike_until": "none"}, "forbidden_by_default"),
    ],
)
def test_a_period_leaves_out_the_days_that_a_rule_derives(strike: dict[str, object], expected: str) -> None:
    rulebook = book("stay.audited is within 10 days", STRIKE)
    assert verdict(rulebook, {**AUDIT, **strike}, dt.date(2023, 4, 1)) == expected


def test_a_period_leaves_out_every_span_that_is_named() -> None:
    two = "[{from: stay.strike_from, until: stay.strike_until}, {from: person.told_on, until: person.claimed_on}]"
    named = VOCABULARY.replace("{from: stay.stopped_from, until: stay.stopped_until}", two)
    rulebook = book("stay.audited is within 10 days", vocabulary=named)
    strike: dict[str, object] = {"stay.strike_from": "2023-03-02", "stay.strike_until": "2023-03-03"}
    for told, claimed, expected in (
        ("2023-03-06", "2023-03-07", "permitted"),
        ("2023-03-06", "2023-03-06", "forbidden_by_default"),
    ):
        facts = {**AUDIT, **strike, "person.told_on": told, "person.claimed_on": claimed}
        assert verdict(rulebook, facts, dt.date(2023, 4, 1)) == expected


def test_what_might_be_left_out_keeps_a_period_that_is_too_long_open_and_no_other() -> None:
    rulebook = book("stay.audited is within 10 days", STRIKE)
    assert rulebook.decide("do stay", AUDIT, at=dt.date(2023, 4, 1)).missing == (
        "stay.strike_from",
        "stay.strike_until",
    )
    assert verdict(rulebook, AUDIT, dt.date(2023, 4, 1)) == "undetermined"
    short: dict[str, object] = {"stay.audited": {"from": "2023-03-01", "until": "2023-03-10"}}
    assert verdict(rulebook, short, dt.date(2023, 4, 1)) == "permitted"


# --- the last day as a limit ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("until", "expected", "margin"),
    [(None, "conditional", None), ("2023-05-14", "permitted", "1 day"), ("2023-05-17", "forbidden", "-2 days")],
)
def test_a_period_has_its_last_day_as_a_limit_whether_or_not_it_has_an_end(
    until: str | None, expected: str, margin: str | None
) -> None:
    rulebook = book("stay.strike_from is none", "    requires: stay.period is within 7 days\n")
    facts = {"stay.period": {"from": "2023-05-09", "until": until}, "stay.strike_from": "none"}
    decision = rulebook.decide("do stay", facts, at=dt.date(2023, 5, 10))
    assert decision.verdict.value == expected
    assert as_data(decision.limits) == [
        {
            "norm": decision.limits[0].norm,
            "provision": "act/1(1)",
            "parameter": "stay.period",
            "relation": "at_most",
            "inner": "2023-05-15",
            "outer": "2023-05-15",
            "actual": until,
            "margin": margin,
            "binding": True,
        }
    ]
    assert decision.unmet == ()


def test_the_last_day_of_a_period_leaves_out_the_days_that_a_rule_derives() -> None:
    rulebook = book("stay.strike_from is present", "    requires: stay.audited is within 10 days\n" + STRIKE)
    strike = {"stay.strike_from": "2023-03-06", "stay.strike_until": "2023-03-10"}
    (limit,) = rulebook.decide("do stay", {**AUDIT, **strike}, at=dt.date(2023, 4, 1)).limits
    assert limit.outer == dt.date(2023, 3, 15)
    unknown = rulebook.decide("do stay", {**AUDIT, "stay.strike_from": "2023-03-06"}, at=dt.date(2023, 4, 1))
    assert unknown.limits == ()
    strike["stay.strike_until"] = "none"  # it goes on, and so does the period
    assert rulebook.decide("do stay", {**AUDIT, **strike}, at=dt.date(2023, 4, 1)).limits == ()


# --- from when, and until when ----------------------------------------------------------------------------------------


def test_hours_from_a_moment_are_told_to_the_minute() -> None:
    rulebook = book("stay.strike_from is none", "    requires: stay.period is within 24 hours\n")
    period = {"from": "2023-06-01T09:00", "counting": "hours"}
    facts = rulebook.read({"stay.period": period, "stay.strike_from": "none"}).native
    first, second = when(rulebook, "do stay", facts).spells
    assert (first.verdict.value, first.last) == ("conditional", dt.datetime(2023, 6, 2, 9, 0))
    assert (second.verdict.value, second.first) == ("forbidden", dt.datetime(2023, 6, 2, 9, 1))
    assert second.citations == ("act/1(1)",)
