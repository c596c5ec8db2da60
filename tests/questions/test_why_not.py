"""What would have to be different flips the verdict, and nothing smaller does."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.strategies.laws import law
from tests.strategies.programs import FIRST, Shape, clocks, programs
from tests.strategies.vocabulary import known_facts

from mutandis import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.decide.result import Verdict
from mutandis.diagnostics import CaseError
from mutandis.link.linker import link
from mutandis.link.program import Program
from mutandis.questions import Decider, WhyNot, when, why_not
from mutandis.rulebook.load import load_text
from mutandis.values import UNKNOWN

DAY = dt.date(2020, 3, 1)
CHILD = {"reader.class": "child", "reader.fees_owed": 0, "book.rare": True, "loan.length": 10}


def changes(answer: WhyNot) -> list[list[tuple[str, object, object]]]:
    """Fact, value now and value then, of each result."""
    return [[(c.fact, c.before, c.after) for c in result.changes] for result in answer.results]


def test_the_smallest_change_is_named_and_was_decided_again(library: Decider) -> None:
    answer = why_not(library, "lend book", CHILD, Verdict.PERMITTED, at=DAY)
    assert changes(answer) == [[("book.rare", True, False)]]
    assert answer.results[0].decision.verdict == Verdict.PERMITTED
    assert answer.results[0].decision.citations == ("statute/1(1)2",)


def test_a_fact_that_is_fixed_is_not_changed(library: Decider) -> None:
    guest = {**CHILD, "reader.class": "guest", "book.rare": False}
    answer = why_not(library, "lend book", guest, Verdict.PERMITTED, at=DAY)
    assert answer.results == ()
    assert answer.impossible


@pytest.mark.parametrize(("owed", "nearest"), [(10001, 10000), (50000, 10000)])
def test_a_number_moves_to_the_nearest_bound(library: Decider, owed: int, nearest: int) -> None:
    facts = {"reader.class": "adult", "reader.fees_owed": owed, "loan.length": 10}
    answer = why_not(library, "lend book", facts, Verdict.PERMITTED, at=DAY)
    assert changes(answer) == [[("reader.fees_owed", owed, nearest)]]


def test_two_facts_change_where_one_is_not_enough(library: Decider) -> None:
    facts = {**CHILD, "reader.fees_owed": 20000}
    answer = why_not(library, "lend book", facts, Verdict.PERMITTED, at=DAY)
    assert changes(answer) == [[("reader.fees_owed", 20000, 10000), ("book.rare", True, False)]]


def test_an_unknown_fact_may_be_what_decides(library: Decider) -> None:
    answer = why_not(library, "repair book", {}, Verdict.REQUIRED, at=DAY, findings=True)
    assert changes(answer) == [[("book.damaged", UNKNOWN, True)]]
    assert answer.results[0].changes[0].owner == "librarian"


def test_a_finding_is_changed_only_where_that_is_asked_for(library: Decider) -> None:
    answer = why_not(library, "repair book", {"book.damaged": False}, Verdict.REQUIRED, at=DAY)
    assert (answer.results, answer.left_out) == ((), ("book.damaged",))


BONUS = {
    "shop/law.yaml": """\
law: shop
title: Shops Act
short: Shops
rank: 1
instruments:
  - {id: Act No. 1, promulgated: 2020-01-01, enforced: 2020-01-01}
""",
    "shop/vocabulary.yaml": """\
terms:
  keeper: {role: yes, label: keeper}
  bonus:
    label: bonus
    attributes:
      considered:
        type: one of
        several: yes
        values: {work: work, result: result, record: record, age: age, health: health, other: other}
        question: What was considered?
actions:
  grant bonus: {label: grant a bonus, default: forbidden, by: keeper}
""",
    "shop/001-bonus.yaml": """\
law: shop
article: 1
title: Bonus
rules:
  - at: main
    summary: A bonus for which three things were considered may be granted.
    may: grant bonus
    by: keeper
    when:
      - bonus.considered is work
      - bonus.considered is result
      - bonus.considered is record
      - not (bonus.considered is age)
""",
}


@pytest.mark.parametrize("now", [frozenset(), frozenset({"work"}), frozenset({"work", "result", "other"})])
def test_sets_of_a_fact_with_several_values_are_tried(now: frozenset[str]) -> None:
    program = link(load_text(BONUS)).program
    assert program is not None
    answer = why_not(interpreter(program), "grant bonus", {"bonus.considered": now}, Verdict.PERMITTED, at=DAY)
    ((change,),) = [result.changes for result in answer.results]
    assert change.after >= {"work", "result", "record"} if isinstance(change.after, frozenset) else False
    assert answer.results[0].decision.verdict == Verdict.PERMITTED


def test_a_date_moves_to_the_nearest_day(library: Decider) -> None:
    facts: dict[str, object] = {"book.lent_on": dt.date(2020, 2, 20), "book.asked_for_by_another": True}
    facts["book.returned_on"] = None
    answer = why_not(library, "return book", facts, Verdict.REQUIRED, at=DAY)
    assert changes(answer) == [[("book.lent_on", dt.date(2020, 2, 20), dt.date(2020, 1, 31))]]


def test_a_verdict_that_holds_already_needs_no_change(library: Decider) -> None:
    answer = why_not(library, "lend book", {**CHILD, "book.rare": False}, Verdict.PERMITTED, at=DAY)
    assert answer.results == ()
    assert not answer.impossible
    assert answer.decision.verdict == Verdict.PERMITTED


def test_a_search_that_may_not_decide_often_enough_says_how_far_it_came(library: Decider) -> None:
    facts = {**CHILD, "reader.fees_owed": 20000}
    answer = why_not(library, "lend book", facts, Verdict.PERMITTED, at=DAY, most_decisions=3)
    assert (answer.results, answer.impossible, answer.searched_to) == ((), False, 0)
    alone = why_not(library, "lend book", facts, Verdict.PERMITTED, at=DAY, most_changes=1)
    assert (alone.results, alone.impossible, alone.searched_to) == ((), False, 1)


@law
@given(programs(Shape(most_norms=3)), known_facts(), clocks, st.sampled_from((Verdict.PERMITTED, Verdict.FORBIDDEN)))
def test_every_result_flips_and_no_part_of_it_does(
    program: Program, facts: dict[str, object], at: dt.date, wanted: Verdict
) -> None:
    decider = interpreter(program)
    answer = why_not(decider, FIRST, facts, wanted, at=at, most_decisions=300, most_changes=2, findings=True)
    assume(answer.results)
    sizes = [len(result.changes) for result in answer.results]
    assert sizes == sorted(sizes)
    for result in answer.results:
        values = {c.fact: c.after for c in result.changes}
        assert decider.decide(FIRST, {**facts, **values}, at=at).verdict == wanted
        for size in range(len(values)):
            for part in combinations(values, size):
                changed = {**facts, **{name: values[name] for name in part}}
                assert decider.decide(FIRST, changed, at=at).verdict != wanted


@law
@given(programs(Shape(most_norms=3), apart=True), known_facts(), known_facts(), clocks)
def test_what_is_called_impossible_no_other_facts_give(
    program: Program, facts: dict[str, object], others: dict[str, object], at: dt.date
) -> None:
    answer = why_not(interpreter(program), FIRST, facts, Verdict.PERMITTED, at=at, most_decisions=2, findings=True)
    if answer.impossible:
        # Lists are the caller's: they stay as they are.
        changed = {**others, "it.parts": facts["it.parts"]}
        assert interpreter(program).decide(FIRST, changed, at=at).verdict != Verdict.PERMITTED


def test_a_search_that_runs_out_of_time_says_how_far_it_came(library: Decider) -> None:
    facts = {**CHILD, "reader.fees_owed": 20000}
    whole = why_not(library, "lend book", facts, Verdict.PERMITTED, at=DAY, most_seconds=600)
    assert whole.results
    assert whole.results == why_not(library, "lend book", facts, Verdict.PERMITTED, at=DAY).results
    cut = why_not(library, "lend book", facts, Verdict.PERMITTED, at=DAY, most_seconds=0)
    assert (cut.results, cut.searched_to, cut.impossible) == ((), 0, False)


APPEALS = {
    "act/law.yaml": "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n",
    "act/vocabulary.yaml": """
terms:
  party: {role: yes, label: party}
  appeal:
    label: appeal
    attributes:
      served_on: {type: date, question: Served when?}
      marks: {type: one of, several: yes, values: [late, long], question: Which marks?}
actions:
  file appeal: {label: file the appeal, default: forbidden, by: party}
""",
    "calendar/kr.yaml": """
calendar: kr
title: Days off
from: 2019-01-01
until: 2021-12-31
weekly:
  saturday: {label: Saturday, by: act/1(1)}
  sunday: {label: Sunday, by: act/1(1)}
kinds:
  other: {label: day off, by: act/1(1)}
days: {2020-03-02: other}
""",
    "act/001-appeals.yaml": """
law: act
article: 1
title: Appeals
rules:
  - at: (1)
    summary: Within fourteen days.
    may: file appeal
    when: today <= the end of 14 days after appeal.served_on
  - at: (2)
    summary: Not with both marks.
    must_not: file appeal
    when: [appeal.marks is late, appeal.marks is long]
    despite: (1)
    inferred: so it is
""",
}


def test_the_last_day_of_a_legal_period_is_found_between_days_of_which_no_calendar_tells() -> None:
    program = link(load_text(APPEALS)).program
    assert program is not None
    facts = {"appeal.served_on": "2020-01-06", "appeal.marks": []}
    answer = why_not(Rulebook(program), "file appeal", facts, Verdict.PERMITTED, at=dt.date(2020, 3, 3))
    assert changes(answer) == [[("appeal.served_on", dt.date(2020, 1, 6), dt.date(2020, 2, 15))]]  # ends on 3 March


def test_facts_as_a_case_writes_them_are_read() -> None:
    program = link(load_text(APPEALS)).program
    assert program is not None
    book = Rulebook(program)
    facts = {"appeal.served_on": "2020-03-02", "appeal.marks": ["long", "late"]}
    assert {spell.verdict for spell in when(book, "file appeal", facts).spells} >= {Verdict.FORBIDDEN}
    answer = why_not(book, "file appeal", facts, Verdict.PERMITTED, at=dt.date(2020, 3, 3))
    assert changes(answer)[0][0][0] == "appeal.marks"
    with pytest.raises(CaseError, match="2020-13-02"):
        why_not(book, "file appeal", {"appeal.served_on": "2020-13-02"}, Verdict.PERMITTED)
