"""Books on which engine or oracle once went wrong, cut down by hand: both give the answer of the language pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.oracle.agreement import DAY, STATED, Case, answers_of, compare, load
from tests.oracle.books import files
from tests.oracle.books_by_hand import BOOKS
from tests.oracle.books_of_bearers import OF_BEARERS
from tests.oracle.books_of_clauses import OF_CLAUSES
from tests.oracle.books_of_fictions import OF_FICTIONS
from tests.oracle.books_of_kinds import OF_KINDS
from tests.oracle.books_of_penalties import OF_PENALTIES
from tests.oracle.books_of_places import OF_PLACES
from tests.oracle.books_of_provisos import OF_PROVISOS
from tests.oracle.by_hand import book_of, loaded

from mutandis.diagnostics import Severity
from mutandis.explain import as_text, explain
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text
from mutandis.values import Period

FACTS: dict[str, Any] = {
    **{name: next(iter(values)) for name, values in STATED.items()},
    **dict.fromkeys(("it.a", "it.b", "it.c", "it.presumed", "cat.muted", "fox.muted", "dog.muted"), False),
    "it.parts": ({"ok": True, "size": 1},),
}


ALL = {**BOOKS, **OF_CLAUSES, **OF_FICTIONS, **OF_KINDS, **OF_PLACES, **OF_PROVISOS}


@pytest.mark.parametrize(("text", "action", "facts", "verdict"), ALL.values(), ids=ALL)
def test_both_answer_as_the_language_says(text: str, action: str, facts: dict[str, Any], verdict: str) -> None:
    rulebook, oracle = loaded(text)
    said = {**FACTS, **facts}
    before_the_law = dt.date(2014, 1, 1) if "milder" in text else None
    case = Case(action, said, (), DAY, before_the_law)
    assert oracle.decide(action, said, DAY, law_as_of=before_the_law).verdict == verdict
    assert compare(rulebook, oracle, case) is None


@pytest.mark.parametrize(("text", "action", "facts", "penalties"), OF_PENALTIES.values(), ids=OF_PENALTIES)
def test_both_threaten_as_the_language_says(text: str, action: str, facts: dict[str, Any], penalties: set[str]) -> None:
    rulebook, oracle = loaded(text)
    said = {**FACTS, **facts}
    assert oracle.decide(action, said, DAY).penalties == penalties
    assert compare(rulebook, oracle, Case(action, said, (), DAY, None)) is None


def test_what_a_penalty_waits_for_does_not_matter_where_nothing_is_broken() -> None:
    loaded = load(
        book_of("""
- {at: act/1(1), must: tell dog, when: it.a}
- {at: act/2(1), penalty: {of: 1(1), any: [fine up to 100 won]}, when: it.b}
""")
    )
    assert loaded is not None
    answer = loaded[1].decide("tell dog", {"it.a": False}, DAY)
    assert (answer.verdict, answer.penalties) == ("silent", frozenset())


@pytest.mark.parametrize(("text", "action", "facts", "by", "verdict"), OF_BEARERS.values(), ids=OF_BEARERS)
def test_both_answer_about_a_bearer(text: str, action: str, facts: dict[str, Any], by: str, verdict: str) -> None:
    rulebook, oracle = loaded(text)
    said = {**FACTS, **facts}
    assert oracle.decide(action, said, DAY, by=by).verdict == verdict
    assert compare(rulebook, oracle, Case(action, said, (), DAY, None, by=by)) is None


@pytest.mark.parametrize(
    ("away_until", "verdict"), [(dt.date(2020, 2, 29), "permitted"), (dt.date(2020, 1, 31), "forbidden")]
)
def test_both_leave_out_the_days_that_a_period_is_interrupted(away_until: dt.date, verdict: str) -> None:
    rulebook, oracle = loaded("""
- {at: act/1(1), may: keep cat, requires: it.service is present and it.service is within 10 days}
""")
    away = {"it.away_from": dt.date(2020, 1, 31), "it.away_until": away_until, "it.ended": None, "it.filed": None}
    said = {**FACTS, "it.service": Period(dt.date(2020, 1, 30), dt.date(2020, 3, 5)), **away}
    assert oracle.decide("keep cat", said, DAY).verdict == verdict
    assert compare(rulebook, oracle, Case("keep cat", said, (), DAY, None)) is None


@pytest.mark.parametrize(
    ("deadline", "last"),
    [  # 2020-02-01 is a Saturday, and 2020-03-01 a Sunday
        ("{by: it.filed + 1 month, clock: as it falls}", dt.date(2020, 2, 29)),
        ("by it.filed + 1 month", dt.date(2020, 3, 2)),
        ("{by: it.began + 1 month, clock: as it falls}", dt.date(2020, 3, 1)),
        ("by it.began + 1 month", dt.date(2020, 3, 2)),
        ("{by: it.born + 1 month, clock: as it falls}", dt.date(2020, 2, 29)),
        ("on it.filed + 1 month", dt.date(2020, 3, 1)),
    ],
)
def test_a_deadline_that_stays_as_it_falls_is_the_last_day_of_its_period(deadline: str, last: dt.date) -> None:
    rulebook, oracle = loaded(f"""
- {{at: act/1(1), must: tell fox, deadline: {deadline}}}
""")
    said = {**FACTS, **dict.fromkeys(("it.filed", "it.began", "it.born"), dt.date(2020, 2, 1))}
    for day, late in ((last, False), (last + dt.timedelta(days=1), True)):
        case = Case("tell fox", {**said, "fox.told_on": day}, (), dt.date(2020, 3, 9), None)
        assert compare(rulebook, oracle, case) is None
        assert bool(oracle.decide("tell fox", case.facts, case.at).breaches) is late
    (due,) = rulebook.decide("tell fox", said, at=DAY, trusted=True, holidays=()).deadlines
    assert due.due == last


def test_bounds_that_leave_an_open_parameter_no_value_are_breached_between_them() -> None:
    rulebook, oracle = loaded("""
- {at: act/2(2), must: tell cat, requires: {1: 2 * how.number <= 5, 2: how.number >= it.count}}
- {at: act/3(1), penalty: {of: 2(2)1, any: [fine up to 100 won]}}
""")
    case = Case("tell cat", {**FACTS, "it.count": 3}, ("how.number",), DAY, None)
    assert compare(rulebook, oracle, case) is None
    decision = rulebook.decide("tell cat", case.stated, at=DAY, trusted=True)
    assert [one.provision for one in decision.breaches] == ["act/2(2)1", "act/2(2)2"]
    assert not decision.penalties  # it may be the other that is breached


def test_a_part_of_wording_that_is_not_held_may_have_been_there() -> None:
    rulebook, oracle = loaded("""
- {at: decree/1(1), define: it.share, as: 1, unless: {at: (1) proviso, when: it.a}, since: 2020-03-01,
   governed_by: it.began}
- {at: decree/1(1), define: it.share, not_held: an earlier wording, until: 2020-03-01, governed_by: it.began}
- {at: decree/1(2), must: sell dog, when: not (case falls under decree/1(1) proviso)}
""")
    case = Case("sell dog", {**FACTS, "it.began": dt.date(2020, 2, 29)}, (), DAY, None)
    assert compare(rulebook, oracle, case) is None
    decision = rulebook.decide("sell dog", {"it": {"began": "2020-02-29", "a": False}}, at=DAY)
    assert {str(verdict) for verdict in decision.reachable} == {"required", "silent"}


@pytest.mark.parametrize(
    ("fact", "asked"), [("it.flag", "it.flag"), ("part.good", "any p in it.parts has (p.good)")], ids=["fact", "member"]
)
def test_a_definition_that_is_not_held_may_have_given_another_value_which_is_no_conflict(fact: str, asked: str) -> None:
    rulebook, oracle = loaded(f"""
- {{at: act/2(1), define: {fact}, until: 2020-03-10, not_held: an earlier wording}}
- {{at: act/2(3), define: {fact}}}
- {{at: decree/1(2), must: mute cat, unless: {{when: {asked}}}}}
""")
    case = Case("mute cat", FACTS, (), DAY, None)
    assert {answer.verdict for answer in answers_of(oracle, case)} == {"forbidden_by_default", "conflict"}
    assert compare(rulebook, oracle, case) is None
    reachable = {str(v) for v in rulebook.decide("mute cat", FACTS, at=DAY, trusted=True).reachable}
    assert "forbidden_by_default" in reachable
    assert "conflict" not in reachable


def test_what_takes_the_place_of_a_norm_is_compared_with_it() -> None:
    rulebook, oracle = loaded("""
- {at: act/1(2), must_not: do fox, instead_of: act/1(3), since: 2020-03-01, governed_by: it.began, milder: 'yes'}
- {at: act/1(3), may: tell fox}
""")
    began, as_of = {**FACTS, "it.began": dt.date(2020, 3, 5)}, dt.date(2019, 6, 1)
    assert oracle.decide("tell fox", began, DAY, law_as_of=as_of).verdict == "permitted"
    assert compare(rulebook, oracle, Case("tell fox", began, (), DAY, as_of)) is None


def test_whether_a_norm_applies_waits_for_a_parameter_on_which_it_hangs() -> None:
    rulebook, oracle = loaded("""
- {at: act/1(2), may: mute dog}
- {at: act/2(3), may: burn dog, requires: how.number >= 3}
- {at: decree/1(1), must_not: burn dog, instead_of: act/1(2)}
""")
    assert compare(rulebook, oracle, Case("mute dog", FACTS, ("how.number",), DAY, None)) is None
    decision = rulebook.decide("mute dog", {}, at=DAY)
    assert {str(verdict) for verdict in decision.reachable} == {"permitted", "forbidden_by_default"}
    assert decision.missing == ("how.number",)


def test_a_part_of_wording_that_is_not_held_may_apply() -> None:
    rulebook, oracle = loaded("""
- {at: act/1(2), must: tell fox, until: 2020-03-10, not_held: an earlier wording}
- {at: act/1(2) proviso, despite: act/2(1), unless: {when: it.a}}
- {at: act/2(1), may: do fox}
- {at: act/2(2), may: burn fox, when: act/1(2) proviso applies}
""")
    assert compare(rulebook, oracle, Case("burn fox", {**FACTS, "it.a": True}, (), DAY, None)) is None
    decision = rulebook.decide("burn fox", {"it": {"a": True}}, at=DAY)
    assert {str(verdict) for verdict in decision.reachable} == {"permitted", "forbidden_by_default"}


def test_a_proviso_of_wording_that_is_not_held_may_apply() -> None:
    rulebook, oracle = loaded("""
- {at: act/2(1), must_not: bar cat, unless: {at: (1) proviso, when: it.c}, since: 2020-03-10}
- {at: act/2(1), must_not: bar cat, not_held: an earlier wording, until: 2020-03-10}
- {at: decree/1(1), must_not: tell cat, when: act/2(1) proviso applies}
""")
    assert compare(rulebook, oracle, Case("tell cat", FACTS, (), DAY, None)) is None
    decision = rulebook.decide("tell cat", {"it": {"c": True}}, at=DAY)
    assert {str(verdict) for verdict in decision.reachable} == {"forbidden", "silent"}


def test_whether_an_exemption_stands_goes_with_the_ground_that_may_give_way() -> None:
    rulebook, oracle = loaded("""
- {at: decree/1(2), must: mute dog, grounds: {1: it.b, 2: it.c}, unless: {when: it.a}}
- {at: decree/1(3), must: mute dog, instead_of: decree/1(2)1, when: it.presumed}
""")
    facts = {**FACTS, "it.a": True, "it.b": True, "it.presumed": True}
    for open_ in (("it.presumed",), ("it.c",), ("it.presumed", "it.c"), ("it.a", "it.b", "it.presumed")):
        assert compare(rulebook, oracle, Case("mute dog", facts, open_, DAY, None), wide=True) is None, open_


@pytest.mark.parametrize(
    ("goes_before", "verdict"),
    [
        ("may: sell cat, instead_of: act/2(1)1", "silent"),
        ("may: tell cat, despite: act/2(1)1", "permitted"),
        ("despite: act/2(1)1, when: it.a", "silent"),
    ],
)
def test_what_goes_before_a_ground_of_a_clause_is_told(goes_before: str, verdict: str) -> None:
    rulebook, _ = loaded(f"""
- {{at: act/1(1), must_not: tell fox}}
- {{at: act/2(1), apply: act/1(1), construe: {{fox: cat}}, grounds: {{1: it.a, 2: it.b}}}}
- {{at: act/2(2), {goes_before}}}
""")
    facts: dict[str, object] = {"it.a": True, "it.b": False}
    decision = rulebook.decide("tell cat", facts, at=DAY)
    assert str(decision.verdict) == verdict
    role = "decides" if verdict == "permitted" else "defines"  # a place that decides is told once
    assert (role, "act/2(2)") in {(one.role, one.provision) for one in decision.authority}
    told = as_text(explain(decision, rulebook.program, facts, at=DAY), whole=True)
    assert "a ground of Act Art. 2 (1) holds" in told
    assert "#" not in told


def test_a_permission_that_takes_the_place_of_what_excludes_a_limit_on_it_waits_for_itself() -> None:
    book = book_of("""
- {at: act/1(1), limits: keep fox, unless: {at: (1) proviso, when: it.c}, requires: how.heard}
- {at: act/2(1), may: keep fox, instead_of: act/1(1) proviso}
""")
    assert load(book) is None


def test_grounds_of_clauses_that_refer_to_each_other_are_refused() -> None:
    book = book_of("""
- {at: act/1(1), apply: act/3(1), construe: {cat: fox}, grounds: {1: case falls under act/1(2)1}}
- {at: act/1(2), apply: act/3(1), construe: {fox: dog}, grounds: {1: case falls under act/1(1)1}}
- {at: act/3(1), may: keep cat}
""")
    linked = link(load_text(files(book)))
    assert linked.program is None
    assert {fault.slug for fault in linked.diagnostics if fault.severity is Severity.ERROR} == {"circle"}


def test_a_definition_by_references_that_run_in_a_circle_is_refused() -> None:
    book = book_of("""
- {at: act/1(1), define: it.share, as: 1, when: case falls under act/2(1)}
- {at: act/1(2), define: it.share, as: 2, when: it.a}
- {at: act/2(1), may: keep cat, when: case falls under act/2(2)}
- {at: act/2(2), may: keep cat, when: case falls under act/2(1)}
""")
    linked = link(load_text(files(book)))
    assert linked.program is None
    assert "circle" in {fault.slug for fault in linked.diagnostics if fault.severity is Severity.ERROR}


def test_nothing_applies_in_a_proviso_to_wording_that_is_not_held_and_is_disapplied() -> None:
    rulebook, oracle = loaded("""
- {at: act/1(3), define: it.flag}
- {at: act/2(1), despite: act/2}
- {at: act/2(2), must_not: sell fox, until: 2020-03-10, not_held: it.a}
- {at: act/2(2) proviso, penalty: {of: act/1(3), any: warning}}
- {at: decree/1(1), must_not: bar dog, when: not act/2(2) proviso applies}
""")
    case = Case("bar dog", FACTS, (), DAY, None)
    assert {answer.verdict for answer in answers_of(oracle, case)} == {"forbidden"}
    assert compare(rulebook, oracle, case) is None
