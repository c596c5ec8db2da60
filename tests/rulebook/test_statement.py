"""A fact states itself, in its own words or in those of its labels."""

from __future__ import annotations

import pytest
from tests.rulebook.texts import VOCABULARY, faults, load

from mutandis.rulebook.statement import statement_of, statement_with
from mutandis.vocabulary import Vocabulary
from mutandis_tools.chapters.wording import in_words
from mutandis_tools.names import Names

SAID = (
    VOCABULARY.replace('place?"}', 'place?", says: "the {term} is taking place"}')
    .replace("question: How old?", 'question: How old?, says: "the inmate is {value} years old"')
    .replace("  call: {kind_of: contact, label: call}", "  call: {kind_of: contact, label: telephone call}")
)


def said() -> Vocabulary:
    source = load(vocabulary=SAID)
    assert faults(source) == []
    return source.vocabulary


@pytest.mark.parametrize(
    ("fact", "value", "stated", "with_value"),
    [
        ("visit.in_progress", "yes", "the visit is taking place", "the visit is taking place"),
        ("call.in_progress", "no", "the telephone call is taking place", "the telephone call is taking place: no"),
        ("inmate.age", "17", "inmate: age", "the inmate is 17 years old"),
        ("inmate.class", "sentenced", "inmate: class", "inmate: class: sentenced"),
        ("visit.lawful", "yes", "visit: lawful", "visit: lawful: yes"),
        ("visit.unheard_of", "yes", "visit: unheard of", "visit: unheard of: yes"),
    ],
)
def test_a_fact_is_told_by_its_statement_inherited_with_the_label_of_its_term(
    fact: str, value: str, stated: str, with_value: str
) -> None:
    assert statement_of(said(), fact) == stated
    assert statement_with(said(), fact, value) == with_value


def test_a_sub_kind_may_state_its_fact_otherwise() -> None:
    text = SAID.replace("      announced_on:", "      in_progress: {says: they are talking}\n      announced_on:")
    facts = load(vocabulary=text).vocabulary.facts
    assert facts["visit.in_progress"].says == "they are talking"
    assert facts["call.in_progress"].says == "the telephone call is taking place"


def test_the_sentence_of_a_yes_no_fact_has_no_gap() -> None:
    text = VOCABULARY.replace('place?"}', 'place?", says: "the {term} is {value}"}')
    source = load(vocabulary=text)
    assert faults(source) == [("wrong-shape", "11:82")]
    assert source.vocabulary.facts["visit.in_progress"].says == ""


def test_conditions_of_the_chapters_read_as_sentences() -> None:
    rules = (
        "  - at: (1)\n    summary: A rule.\n    must: inform inmate\n    when: visit.in_progress and inmate.age < 18\n"
    )
    source = load(rules, SAID)
    (condition,) = source.articles[0].rules[0].when
    assert (
        in_words(condition, Names({}, source.vocabulary))
        == "the visit is taking place and the age of the inmate is less than 18"
    )
