"""A case read condition by condition: what it is when something in it is otherwise, and what periods between two days
that are not known wait for."""

from __future__ import annotations

import datetime as dt

from tests.strategies.vocabulary import VOCABULARY

from mutandis.backends.interpret.case import Case
from mutandis.backends.operations import runtime
from mutandis.calendar.days_off import UNKNOWN_HOLIDAYS
from mutandis.citation import parse_citation
from mutandis.condition import tree as t
from mutandis.datatypes import YES_NO
from mutandis.decide.names import Names
from mutandis.decide.ternary import Gap, Range
from mutandis.link.program import Derivation, DerivedFact, LinkedEntry, Program

BEFORE, SINCE = dt.date(2020, 2, 1), dt.date(2020, 4, 1)
PLACE = parse_citation("act/1(1)")
ENTRY = LinkedEntry(PLACE, None, t.Fact("it.a", type=YES_NO))
DEFINED = DerivedFact("it.b", YES_NO, (Derivation("act/1(1)", PLACE, "define", (ENTRY,)),))
PROGRAM = Program({}, VOCABULARY, {}, {"it.b": DEFINED}, {}, "", days_off=UNKNOWN_HOLIDAYS)


def test_a_case_that_states_a_derived_fact_besides_keeps_the_law_that_was_asked_for() -> None:
    case = Case(PROGRAM, {"it.a": False}, SINCE, BEFORE)
    stated = case.having({"it.a": False, "it.b": True}, SINCE)
    assert (case.fact("it.b"), stated.fact("it.b")) == (False, True)
    assert case.version == stated.version == BEFORE


def test_a_case_at_another_time_is_read_by_the_law_of_that_time() -> None:
    case = Case(PROGRAM, {"it.a": True}, BEFORE)
    assert case.having({"it.a": True}, SINCE).version == SINCE
    assert Case(PROGRAM, {"it.a": True}, BEFORE, BEFORE).having({"it.a": True}, SINCE).version == BEFORE


def test_what_was_lowered_serves_a_case_with_other_facts_under_the_same_law() -> None:
    case = Case(PROGRAM, {"it.a": True}, BEFORE)
    other = case.having({"it.a": False}, BEFORE)
    assert (case.fact("it.b"), other.fact("it.b")) == (True, False)
    assert other._parts is case._parts


def test_a_time_between_two_days_of_which_bounds_are_known_waits_for_both() -> None:
    names = Names()
    first, second = (Range(day, day + dt.timedelta(9), names.truth_of("fact", name)) for day, name in _DAYS)
    found = runtime("between")(second, first)
    assert isinstance(found, Range)
    assert (found.low, found.high) == (51, 69)
    assert names.waits(found.truth).facts == {"it.first", "it.second"}
    unbounded = runtime("between")(second, Gap(names.truth_of("fact", "it.third")))
    assert names.waits(unbounded.truth).facts == {"it.second", "it.third"}


_DAYS = ((BEFORE, "it.first"), (SINCE, "it.second"))
