"""From when, and until when, a verdict holds is solved for, and right on the day before, the day and the day after."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluate.books import LAW, VOCABULARY, article, book, rule
from tests.strategies.laws import law
from tests.strategies.programs import FIRST, Shape, programs
from tests.strategies.vocabulary import DAYS_AT_MONTH_ENDS, known_facts

from mutandis import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.calendar.dates import day_of
from mutandis.decide.result import Verdict
from mutandis.link.linker import link
from mutandis.link.program import Program
from mutandis.questions import Decider, allowed_ranges, when
from mutandis.rulebook.load import load_text

LENT: dict[str, object] = {
    "book.lent_on": dt.date(2020, 1, 31),
    "book.asked_for_by_another": True,
    "book.returned_on": None,
}
DAY = dt.timedelta(days=1)


def test_a_duty_begins_on_the_day_its_term_is_over(library: Decider) -> None:
    spells = when(library, "return book", LENT).spells
    assert [(s.verdict, s.first, s.last) for s in spells] == [
        (Verdict.SILENT, None, dt.date(2020, 2, 29)),
        (Verdict.REQUIRED, dt.date(2020, 3, 1), None),
    ]
    assert spells[1].citations == ("statute/1(2)",)


def test_the_day_before_the_day_and_the_day_after_decide_as_said(library: Decider) -> None:
    answer = when(library, "return book", LENT)
    first = answer.holding(Verdict.REQUIRED)[0].first
    assert first is not None
    for day in (first - DAY, first, first + DAY):
        assert library.decide("return book", LENT, at=day).verdict == answer.at(day).verdict


def test_a_law_speaks_from_the_day_of_its_enforcement(library: Decider) -> None:
    before, after = when(library, "repair book", {"book.damaged": True}).spells
    assert (before.verdict, before.first, before.last) == (Verdict.SILENT, None, dt.date(2019, 12, 31))
    assert (after.verdict, after.first, after.last) == (Verdict.REQUIRED, dt.date(2020, 1, 1), None)


def test_with_the_version_of_the_law_fixed_what_no_day_changes_is_one_stretch(library: Decider) -> None:
    (spell,) = when(library, "repair book", {"book.damaged": True}, law_as_of=dt.date(2020, 1, 1)).spells
    assert (spell.verdict, spell.first, spell.last) == (Verdict.REQUIRED, None, None)


def test_the_next_stretch_is_the_one_running_or_the_first_to_come(library: Decider) -> None:
    answer = when(library, "return book", LENT)
    assert answer.next(Verdict.REQUIRED, dt.date(2020, 1, 1)) == answer.spells[1]
    assert answer.next(Verdict.SILENT, dt.date(2020, 3, 1)) is None
    assert answer.next({Verdict.SILENT, Verdict.REQUIRED}, dt.date(2020, 3, 1)) == answer.spells[1]


def test_an_open_parameter_has_a_largest_value(library: Decider) -> None:
    facts = {"reader.class": "adult", "reader.fees_owed": 0}
    (allowed,) = allowed_ranges(library, "lend book", facts)
    assert (allowed.parameter, allowed.least, allowed.most) == ("loan.length", None, 30)
    assert allowed.provisions == ("statute/1(1)",)
    for days, verdict in ((30, Verdict.PERMITTED), (31, Verdict.FORBIDDEN)):
        assert library.decide("lend book", {**facts, "loan.length": days}).verdict == verdict


def test_a_parameter_that_is_given_has_no_range(library: Decider) -> None:
    facts = {"reader.class": "adult", "reader.fees_owed": 0, "loan.length": 3}
    assert allowed_ranges(library, "lend book", facts) == ()


@law
@given(
    programs(Shape(most_norms=3, simple=False)),
    known_facts(),
    st.lists(st.sampled_from(DAYS_AT_MONTH_ENDS), min_size=1, max_size=3),
    st.integers(-40, 40),
)
def test_every_day_decides_as_its_stretch_says(
    program: Program, facts: dict[str, object], days: list[dt.date], offset: int
) -> None:
    decider = interpreter(program)
    answer = when(decider, FIRST, facts)
    edges = [d for s in answer.spells for d in (s.first, s.last) if d is not None]
    for day in [*days, *(d + offset * DAY for d in days), *edges]:
        at = day
        if any(isinstance(edge, dt.datetime) for edge in edges) and not isinstance(day, dt.datetime):
            at = dt.datetime(day.year, day.month, day.day, 12)
        assert decider.decide(FIRST, facts, at=at).verdict == answer.at(at).verdict


@law
@given(programs(Shape(most_norms=3)), known_facts())
def test_stretches_follow_each_other_without_gap_and_differ(program: Program, facts: dict[str, object]) -> None:
    answer = when(interpreter(program), FIRST, facts)
    spells = answer.spells
    first, last = spells[0].first, spells[-1].last
    if answer.within is None:
        assert first is None and last is None
    else:  # the answer turns with the kind of day, which now and then is drawn
        assert first is not None and last is not None
        assert (day_of(first), day_of(last)) == answer.within
    for one, next_ in pairwise(spells):
        assert one.last is not None and next_.first is not None
        assert next_.first - one.last in (DAY, dt.timedelta(minutes=1))
        assert (one.verdict, one.citations) != (next_.verdict, next_.citations)


def test_the_most_of_a_sum_is_exact() -> None:
    rules = book(rule("(1)", "may: do thing", "requires: how.level < 49/2"))
    (level,) = allowed_ranges(rules, "do thing", {})
    assert (level.most, level.excludes_most) == (Fraction(49, 2), True)
    files = {
        "act/law.yaml": LAW,
        "act/vocabulary.yaml": VOCABULARY.replace(
            "level: {type: number, parameter: yes", "level: {type: money, unit: euros, parameter: yes"
        ),
        "act/001-article.yaml": article(rule("(1)", "may: do thing", "requires: how.level <= 49/2 euros")),
    }
    program = link(load_text(files)).program
    assert program is not None
    (sum_,) = allowed_ranges(Rulebook(program), "do thing", {})
    assert (sum_.most, sum_.excludes_most) == (Fraction(49, 2), False)


CHOSEN = "if it.until is present then it.until is a sunday else today is a sunday"
KINDS_OF_DAYS: tuple[tuple[dict[str, object], str, bool], ...] = (
    ({"it.until": dt.date(2020, 3, 1)}, CHOSEN, False),  # a Sunday
    ({"it.until": dt.date(2020, 3, 2)}, CHOSEN, False),
    ({"it.until": None}, CHOSEN, True),
    ({}, CHOSEN, True),
    ({"it.a": False}, "it.a and today is a sunday", False),
    ({"it.a": True}, "it.a and today is a sunday", True),
)


@pytest.mark.parametrize(("facts", "condition", "turns"), KINDS_OF_DAYS)
def test_an_answer_turns_with_the_kind_of_day_only_where_it_is_the_clock_s(
    facts: dict[str, object], condition: str, turns: bool
) -> None:
    rules = book(rule("(1)", "may: do thing"), rule("(2)", "must_not: do thing", f"when: '{condition}'"))
    answer = when(rules, "do thing", facts)
    assert (answer.within is not None) is turns
    assert turns or len(answer.spells) == 1


def test_a_moment_of_the_last_day_lies_in_its_stretch(library: Decider) -> None:
    found = when(library, "return book", LENT)
    before, after = dt.datetime(2020, 2, 29, 23, 59), dt.datetime(2020, 3, 1)
    assert [found.at(moment).verdict for moment in (before, after)] == [Verdict.SILENT, Verdict.REQUIRED]
    assert found.next(Verdict.SILENT, before) is found.spells[0]
    assert found.next(Verdict.SILENT, after) is None
