"""What is remembered of the values of facts changes no reading, from the first case to the last."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.facts.test_facts import VOCABULARY

from mutandis.datatypes import YES_NO
from mutandis.facts import remembered
from mutandis.facts.read import read_facts
from mutandis.facts.remembered import Remembered
from mutandis.link.program import DerivedFact

CASES: list[dict[str, object]] = [
    {"inmate.class": "sentenced", "inmate.excellent": "yes", "inmate.age": "20", "inmate.born_on": "2000-01-01"},
    {"inmate": {"class": " sentenced ", "excellent": True, "age": 20, "born_on": dt.date(2000, 1, 1)}},
    {"inmate": {"labels": ["a"], "released_on": "none", "name": "unknown"}, "visit.notice": "2 weeks"},
    {"inmate": {"released_on": None, "rate": "3/2", "name": "x" * 100}, "visit.notice": 14},
]


def test_a_case_is_read_alike_whatever_was_read_before() -> None:
    known = Remembered()
    for case in CASES * 3:
        expected = read_facts(case, VOCABULARY)
        again = known.read(case)
        assert read_facts(case, VOCABULARY, remembered=known) == expected
        assert again is None or list(again.items()) == list(expected.facts.items())
    known_by_heart = known.read({"inmate": {"class": "sentenced", "excellent": "yes"}})
    assert known_by_heart is not None and known_by_heart.plain
    assert dict(known_by_heart) == {"inmate.class": "sentenced", "inmate.excellent": True}


def test_several_words_are_read_without_further_care_once_the_fact_is_known() -> None:
    known = Remembered()
    case: dict[str, object] = {"inmate": {"labels": ["b", "a"]}}
    assert known.read(case) is None
    expected = read_facts(case, VOCABULARY, remembered=known).facts
    assert known.read(case) == expected and known.read({"inmate": {"labels": ["c"]}}) is None


def test_a_derived_fact_is_known_by_heart_as_one() -> None:
    known, derived = Remembered(), {"inmate.excellent": DerivedFact("inmate.excellent", YES_NO, ())}
    for case in ({"inmate.excellent": "yes"}, {"inmate": {"excellent": True, "age": 20}}, {"inmate.age": 20}):
        expected = read_facts(case, VOCABULARY, derived=derived, remembered=known).facts
        again = known.read(case)
        assert again is not None and dict(again) == dict(expected)
        assert again.plain == expected.plain == ("inmate.age" in case)


@pytest.mark.parametrize(
    "case",
    [
        {"inmate.excellent": 1},
        {"inmate.age": True},
        {"inmate.class": "sentence"},
        {"inmate.class": ["sentenced"]},
        {"inmate.class": "sentenced", "inmate": {"class": "sentenced"}},
        {"inmate": "there"},
        {"inmate": {"shoe_size": 3}},
    ],
)
def test_what_is_wrong_is_told_as_if_nothing_were_remembered(case: dict[str, object]) -> None:
    known = Remembered()
    read_facts({"inmate": {"excellent": True, "age": 1, "class": "sentenced"}}, VOCABULARY, remembered=known)
    read_facts({"inmate.age": 20}, VOCABULARY, remembered=known)
    expected = read_facts(case, VOCABULARY)
    assert expected.diagnostics
    assert known.read(case) is None
    assert read_facts(case, VOCABULARY, remembered=known) == expected


def test_a_bounded_number_of_values_is_remembered_and_no_long_one() -> None:
    known = Remembered()
    for number in range(3 * remembered.MOST_READINGS):
        read_facts({"inmate.name": f"name {number}"}, VOCABULARY, remembered=known)
    read_facts({"inmate.name": "x" * 1000}, VOCABULARY, remembered=known)
    kept = [f"name {n}" for n in range(3 * remembered.MOST_READINGS) if known.reading("inmate.name", f"name {n}")]
    assert 0 < len(kept) <= remembered.MOST_READINGS
    assert known.reading("inmate.name", "x" * 1000) is None
