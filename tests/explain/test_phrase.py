"""Conditions in words say what the condition says, by labels and without signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from tests.strategies.conditions import conditions

from mutandis.condition.tree import Expression, Fact, Present
from mutandis.datatypes import DataType
from mutandis.decide.result import Verdict
from mutandis.explain.denial import denied
from mutandis.explain.phrase import Phrases
from mutandis.explain.words import GLOSSES, penalty_in_words, verdict_name
from mutandis.rulebook.fields.case import VERDICTS
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source
from mutandis.vocabulary import FactDeclaration, Vocabulary

LAW = """\
law: park
title: Parks Act
short: Parks
rank: 1
instruments:
  - {id: Act No. 1, promulgated: 2020-01-01, enforced: 2020-01-01}
"""
VOCABULARY = """\
terms:
  keeper: {role: yes, label: keeper of the animal}
  walk:
    label: walk
    attributes:
      length: {type: duration, unit: hours, question: How long?}
      supervised: {type: yes/no, question: Supervised?}
  animal:
    label: animal
    attributes:
      kind:
        type: one of
        values: {big_dog: dog of more than twenty kilograms, small_dog: smaller dog, ferret: ferret}
        question: What animal is it?
      bitten_on: {type: date, optional: yes, label: day on which it last bit somebody, question: When did it bite?}
      fed_at: {type: moment, optional: yes, label: feeding, says: "the animal was fed at {value}", question: When?}
      born_on: {type: date, optional: yes, says: "its birthday is on {value}", label: day of birth, question: Born?}
      ran_on: {type: date, optional: yes, says: "the animal ran away on {value}", label: day of flight, question: Fled?}
      seen_on: {type: date, question: When was it seen?}
      tame: {type: yes/no, says: the animal is tame, question: Is it tame?}
      on_lead: {type: yes/no, question: Is it on a lead?}
      age: {type: count, says: "the animal is {value} years old", question: How old is it?}
      shown_by: {type: one of, values: {owner: its owner, finder: who found it}, question: Who shows it?}
      worn:
        type: one of
        several: yes
        values: {lead: a lead, muzzle: a muzzle}
        says: the animal wears {value}
        question: What does it wear?
      eaten:
        type: one of
        several: yes
        values: {meat: meat, grass: grass}
        label: food of the animal
        question: What does it eat?
      fur: {type: one of, values: {short: short, curly: curly or wavy}, says: "its fur is {value}", question: Fur?}
      let_in_under: {type: provision, optional: yes, says: "the animal was let in under {value}", question: Under what?}
      kept_as:
        type: one of
        values: {pet: {label: a pet, provision: 1(1)1}, guard: {label: a guard, provision: 1(1)2}, food: food}
        says: "the animal is kept as: {value}"
        question: As what is it kept?
      balance: {type: number, min: -5, question: What is its balance?}
      fees_owed: {type: money, unit: won, question: What is owed?}
      walks: {type: list of walk, question: Which walks?}
actions:
  let_off animal: {label: let the animal off its lead, default: forbidden, by: keeper}
"""
RULES = """\
law: park
article: 1
title: Leads
rules:
  - at: (1)
    summary: Animals may be let off.
    may: let_off animal
    by: keeper
    when: |
      CONDITION
"""


def _source(condition: str) -> Source:
    rules = RULES.replace("CONDITION", condition)
    source = load_text({"park/law.yaml": LAW, "park/vocabulary.yaml": VOCABULARY, "park/001-leads.yaml": rules})
    assert source.diagnostics == ()
    return source


def _phrase(condition: str) -> str:
    source = _source(condition)
    return Phrases(source.vocabulary, source.laws).condition(source.articles[0].rules[0].when[0])


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("animal.kind is one of [small_dog, ferret]", "the kind of the animal is smaller dog or ferret"),
        ("animal.kind is not one of [small_dog, ferret]", "the kind of the animal is neither smaller dog nor ferret"),
        ("animal.tame", "the animal is tame"),
        ("not animal.on_lead", "not: animal on lead"),
        ("animal.age is 3", "the animal is 3 years old"),
        ("animal.age >= 3", "the age of the animal is at least 3"),
        ("animal.age >= 3 and animal.age < 9", "the age of the animal is at least 3 and less than 9"),
        ("animal.age is not 3", "the animal is not 3 years old"),
        ("animal.shown_by is owner", "animal shown by its owner"),
        (
            "animal.age <= 9 - (animal.age - 2)",
            "the age of the animal is at most 9 minus (the age of the animal minus 2)",
        ),
        (
            "animal.age <= 2 + (if animal.tame then 1 else 3)",
            "the age of the animal is at most 2 plus (1 if the animal is tame, otherwise 3)",
        ),
        (
            "animal.age <= (if animal.tame then 9 else 5) + 2",
            "the age of the animal is at most (9 if the animal is tame, otherwise 5) plus 2",
        ),
        (
            "animal.age >= 3 and animal.age <= (if animal.tame then 9 else 5)",
            "the age of the animal is at least 3; and (the age of the animal is at most 9 if the animal is tame, "
            "otherwise 5)",
        ),
        (
            "animal.age <= the larger of (if animal.tame then 9 else 5) and 4",
            "the age of the animal is at most the larger of (9 if the animal is tame, otherwise 5) and 4",
        ),
        (
            "today <= animal.seen_on + (if animal.tame then 3 days else 5 days)",
            "at most (3 days if the animal is tame, otherwise 5 days) have passed since the day of “animal seen”",
        ),
        (
            "animal.age is (if animal.tame then 9 else 5)",
            "the animal is (9 if the animal is tame, otherwise 5) years old",
        ),
        ("animal.fees_owed > 10000 won", "the fees owed of the animal are more than 10,000 won"),
        (
            "animal.bitten_on is none or (animal.bitten_on is present and animal.bitten_on + 1 year < today)",
            "there is no day on which it last bit somebody, or more than 1 year has passed since the day on which it "
            "last bit somebody",
        ),
        ("animal.fed_at is present", "the animal was fed"),
        ("animal.fed_at is none", "the animal was not fed"),
        ("animal.ran_on is present", "the animal ran away"),
        ("animal.ran_on is none", "there is no day of flight"),
        ("animal.born_on is present", "there is a day of birth"),
        (
            "if animal.ran_on is present then animal.ran_on is a saturday else today is a saturday",
            "the day of flight (today, where none is given) is a Saturday",
        ),
        (
            "if animal.ran_on is present then animal.ran_on is a saturday else today is a sunday",
            "if the animal ran away, then the day of flight is a Saturday; otherwise today is a Sunday",
        ),
        ("today <= animal.seen_on + 3 days", "at most 3 days have passed since the day of “animal seen”"),
        ("animal.seen_on >= 2020-02-01", "the day of “animal seen” is on or after 2020-02-01"),
        (
            "animal.tame and (animal.on_lead or animal.age is 2)",
            "the animal is tame; and (animal on lead, or the animal is 2 years old)",
        ),
        ("not (animal.tame or animal.on_lead)", "none of this: the animal is tame; animal on lead"),
        (
            "not ((animal.tame or animal.on_lead) and animal.age is 3)",
            "(none of this: the animal is tame; animal on lead), or the animal is not 3 years old",
        ),
        ("not (animal.tame and animal.age is 2)", "the animal is not tame, or the animal is not 2 years old"),
        (
            "animal.age is 2 and not (animal.tame and animal.age is 3)",
            "the animal is 2 years old; and (the animal is not tame, or the animal is not 3 years old)",
        ),
        (
            "not (animal.ran_on is present and animal.ran_on < today)",
            "there is no day of flight, or the day of flight is on or after today",
        ),
        ("animal.ran_on is present and animal.ran_on is today", "the animal ran away today"),
        ("animal.fur is one of [short, curly]", "its fur is short; or curly or wavy"),
        (
            "animal.tame or animal.fur is one of [short, curly]",
            "the animal is tame, or (its fur is short; or curly or wavy)",
        ),
        ("no w in animal.walks has (w.supervised)", "for none of the walks of the animal: supervised"),
        (
            "every w in animal.walks has (w.length <= 2 hours and w.supervised)",
            "for every walk: its length is at most 2 hours and supervised",
        ),
        ("(the number of animal.walks) < 3", "the number of walks of the animal is less than 3"),
        ("animal.worn is lead", "the animal wears a lead"),
        ("animal.worn is not lead", "the animal does not wear a lead"),
        ("animal.worn is one of [lead, muzzle]", "the animal wears a lead or a muzzle"),
        ("animal.eaten is meat", "the food of the animal includes meat"),
        ("animal.eaten is meat and animal.eaten is grass", "the food of the animal includes meat and grass"),
        (
            "animal.tame and animal.eaten is meat and animal.eaten is grass",
            "the animal is tame; and the food of the animal includes meat and grass",
        ),
        (
            "animal.eaten is meat and animal.eaten is not grass",
            "the food of the animal includes meat and the food of the animal does not include grass",
        ),
        ("animal.let_in_under falls under 1(1)", "the animal was let in under Parks Art. 1 (1)"),
        ("not animal.let_in_under falls under 1(1)", "the animal was not let in under Parks Art. 1 (1)"),
        ("not animal.on_lead or animal.age is 2", "if animal on lead, then the animal is 2 years old"),
        ("not animal.tame or not animal.age is 2", "the animal is not tame, or the animal is not 2 years old"),
        ("animal.let_in_under is present", "the animal was let in"),
        ("animal.let_in_under is none", "the animal was not let in"),
        ("animal.age > 0", "there is some age of the animal"),
        ("animal.balance > 0", "the balance of the animal is more than 0"),
        ("animal.age - 3 > 0", "the age of the animal minus 3 is more than 0"),
        (
            "today <= the end of the month following that of animal.seen_on",
            "today is on or before the end of the month following that of the day of “animal seen”",
        ),
        ("case falls under 1(1)1 to 1(1)2", "the case falls under Parks Art. 1 (1) 1 to 2"),
        ("animal.age is 2 or not animal.tame", "the animal is 2 years old, or the animal is not tame"),
        ("animal.kept_as falls under 1(1)", "the animal is kept as: a pet or a guard (Parks Art. 1 (1))"),
        ("not animal.kept_as falls under 1(1)1", "the animal is kept as: not a pet (Parks Art. 1 (1) 1)"),
        ("case falls under 1(1)", "the case falls under Parks Art. 1 (1)"),
        (
            "today - animal.seen_on + 1 day <= 3 days",
            "the time from the day of “animal seen” to today plus 1 day is at most 3 days",
        ),
    ],
)  # fmt: skip
def test_a_condition_is_told_in_words(condition: str, words: str) -> None:
    assert _phrase(condition) == words


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("the fee has been paid", "the fee has not been paid"),
        ("the symptoms have disappeared", "the symptoms have not disappeared"),
        ("the goods are likely to decay", "the goods are not likely to decay"),
        ("the person can comply with the matter", "the person cannot comply with the matter"),
        ("the person has the money for the way home", "the person does not have the money for the way home"),
        ("the marker states the name", "the marker does not state the name"),
        ("the juvenile's record shows a breach", "the juvenile's record does not show a breach"),
        ("the juvenile tries to leave", "the juvenile does not try to leave"),
        ("the bridge crosses the river", "the bridge does not cross the river"),
        ("a court has ordered it", "no court has ordered it"),
        ("there is a ground for not returning", "there is no ground for not returning"),
        ("there are reasons against it", "there are no reasons against it"),
        ("there is good reason to wait", "there is no good reason to wait"),
        ("there is another risk", "there is no other risk"),
        ("there has been a flood", "there has been no flood"),
        ("there are too few officers", "there are not too few officers"),
        ("the inmate is: sentenced inmate", "the inmate is not: sentenced inmate"),
        ("the disease is no longer contagious", "the disease is still contagious"),
        ("the goods are dangerous, or likely to cause a fire", ""),
        ("the goods are dangerous or likely to cause a fire", "the goods are not dangerous or likely to cause a fire"),
        ("only a part is restricted", ""),
        ("the juvenile must be protected from others", ""),
        ("the visitor may hinder education", ""),
        ("what tells who a person is has been erased", ""),
        ("the inmate, who is ill, has asked for it", ""),
        ("the juvenile or the guardian has asked for it", ""),
        ("the inmate lied to have others punished", ""),
        ("the parties intend to meet", ""),
        ("the goods decay", ""),
        ("somebody has found it", ""),
        ("animal on lead", ""),
    ],
)
def test_a_statement_is_denied_only_where_it_is_plain_how(statement: str, told: str) -> None:
    assert denied(statement) == told


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        ("tame", "the animal is tame"),
        ("on_lead", "animal on lead"),
        ("bitten_on", "day on which it last bit somebody"),
        ("age", "age of the animal"),
    ],
)
def test_a_fact_read_as_of_a_provision_keeps_its_words(fact: str, words: str) -> None:
    source = _source("animal.tame")
    phrases = Phrases(source.vocabulary, source.laws)
    assert phrases.told(f"animal.{fact}") == words
    assert phrases.told(f"§animal.{fact} as of park/1(1)") == f"{words} (as of Parks Art. 1 (1))"


@given(conditions())
def test_every_condition_has_words(expression: Expression) -> None:
    assert Phrases(Vocabulary({}, {}, {}), {}).condition(expression)


def test_a_verdict_has_one_name_on_the_screen_in_cases_and_in_json() -> None:
    assert {verdict_name(verdict).replace(" ", "_") for verdict in Verdict} == {*VERDICTS}
    assert set(GLOSSES) == set(Verdict)


def test_a_penalty_reads_as_a_sentence() -> None:
    assert penalty_in_words("imprisonment_with_labour up to 2 years") == "imprisonment with labour of up to 2 years"


def test_a_construal_is_told_by_labels_and_what_stays_itself_goes_without_saying() -> None:
    source = _source("animal.tame")
    pairs = [
        ("animal", "keeper"),
        ("animal", "walk"),
        ("animal.tame", "case falls under park/1(1)1 to park/1(1)2, ext:dog-act/3(1)"),
        ("let_off animal", "big_dog"),
        ("park/1(1)", "park/1(1)"),
    ]
    assert Phrases(source.vocabulary, source.laws).construals(pairs) == (
        "animal as keeper of the animal or walk, "
        "“the animal is tame” as case falls under Parks Art. 1 (1) 1 to 2, Dog Act Art. 3 (1), "
        "“let the animal off its lead” as big dog"
    )


def test_a_note_calls_facts_by_their_words() -> None:
    source = _source("animal.tame")
    phrases = Phrases(source.vocabulary, source.laws)
    assert phrases.note("`animal.bitten_on` is taken\n as given, not `animal.nobody`") == (
        "“day on which it last bit somebody” is taken as given, not `animal.nobody`"
    )


def test_an_article_is_left_out_at_the_beginning_of_a_noun_alone() -> None:
    until = FactDeclaration("guardian.ill_until", DataType("date", optional=True), "Until when?")
    condition = Present(Fact("guardian.ill_until", type=until.type), negated=True)
    phrases = Phrases(Vocabulary({}, {until.name: until}, {}), {})
    assert phrases.condition(condition) == "there is no “guardian ill until”"


@pytest.mark.parametrize(
    ("range_", "told"),
    [
        ("park/3 to 5", "Parks Art. 3 to 5"),
        ("park/3(1) to 3(2)", "Parks Art. 3 (1) to (2)"),
        ("park/3(1) to 5(2)", "Parks Art. 3 (1) to Art. 5 (2)"),
        ("park/2.1 to 4.3", "Parks Art. 2, subparagraph 1 to Art. 4, subparagraph 3"),
    ],
)
def test_the_last_of_a_range_is_told_so_that_an_article_is_no_item(range_: str, told: str) -> None:
    source = _source("animal.tame")
    assert Phrases(source.vocabulary, source.laws).provision(range_) == told
