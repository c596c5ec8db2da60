"""The facts of a form: complete for every case that settles, typed, and as a schema that valid facts meet."""

from __future__ import annotations

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import LIBRARY
from tests.evaluate.books import book as small_book
from tests.evaluate.books import rule
from tests.shipped import shipped

from mutandis import CaseError, Rulebook
from mutandis.questions.facts_of import facts_data

BOOK = Rulebook.load(LIBRARY)
FACTS = {one.name: one for one in BOOK.facts_of("lend book")}


def test_facts_of_an_action_have_what_a_form_shows() -> None:
    fees = FACTS["reader.fees_owed"]
    assert (fees.type.kind, fees.type.currency, fees.question) == (
        "money",
        "won",
        "How much does the reader owe in fees?",
    )
    kind = FACTS["reader.class"]
    assert kind.choices and all(label for _, label in kind.choices)
    data = {str(one["name"]): one for one in facts_data(FACTS.values())}
    assert data["reader.fees_owed"]["type"] == "money"
    assert "owner" not in data["reader.fees_owed"]


def test_the_schema_takes_facts_that_are_read_and_refuses_those_that_are_not() -> None:
    schema = Draft202012Validator(BOOK.facts_schema("lend book"))
    right = {"reader": {"class": "adult", "fees_owed": 20000}}
    assert list(schema.iter_errors(right)) == []
    assert BOOK.decide("lend book", right).verdict.value == "forbidden"
    for wrong in ({"reader": {"class": "adlt"}}, {"reader": {"fees_owed": "3 days"}}):
        assert list(schema.iter_errors(wrong))
        with pytest.raises(CaseError):
            BOOK.decide("lend book", wrong)


def test_whatever_a_decision_misses_is_among_the_facts_and_every_schema_is_one() -> None:
    facts = set(shipped().vocabulary.facts) - set(shipped().program.derived)
    for action in shipped().vocabulary.actions:
        missing = {name.partition("[")[0] for name in shipped().decide(action, {}).missing} & facts
        assert missing <= {one.name for one in shipped().facts_of(action)}, action
        Draft202012Validator.check_schema(shipped().facts_schema(action))


def test_a_derived_fact_that_has_a_question_may_be_stated_in_place_of_what_it_follows_from() -> None:
    facts = {one.name: one for one in shipped().facts_of("wear plain_clothes")}
    assert (facts["inmate.class"].is_derived, facts["inmate.held_upon"].is_derived) == (True, False)
    data = {str(one["name"]): one for one in facts_data(facts.values())}
    assert data["inmate.class"]["derived"] is True
    assert "derived" not in data["inmate.held_upon"]
    schema = shipped().facts_schema("wear plain_clothes")
    inmate = schema["properties"]["inmate"]["properties"]  # type: ignore[index]  # an object, as every term is
    assert inmate["class"]["x-derived"] is True
    assert list(Draft202012Validator(schema).iter_errors({"inmate": {"class": "sentenced"}})) == []
    assert "goods.in_first_class" not in {one.name for one in shipped().facts_of("possess goods")}  # has no question


WRITTEN = (
    ("fee", "won", ("1 won", "2/3 won", "0.5 won", "1000", 7), ("3 euros", "1 won 2", "7 days")),
    ("used", "days", ("3 days", "1 week and 2 days", 4), ("3 hours", "1 month", "3 days and 2 hours")),
    ("span", "days", ("3 days", "1 year and 2 months", "2 hours and 5 minutes"), ("3 days and 2 hours", "3 won")),
    ("began", "", ("2020-01-01T10:00", "2020-01-01 10:00", "2020-01-01T10:00:30"), ("2020-01-01", "10:00")),
)


@pytest.mark.parametrize(("name", "unit", "read", "refused"), WRITTEN)
def test_the_schema_takes_what_is_read_and_refuses_what_is_not(
    name: str, unit: str, read: tuple[object, ...], refused: tuple[object, ...]
) -> None:
    asked = (
        "it.began > it.on" if name == "began" else f"it.{name} > 2{f' {unit}' if unit not in ('', 'any') else ' days'}"
    )
    made = small_book(rule("(1)", "may: do thing", f"when: {asked}"))
    schema = Draft202012Validator(made.facts_schema("do thing"))
    for value in read:
        made.decide("do thing", {"it": {name: value}})
        assert list(schema.iter_errors({"it": {name: value}})) == [], value
    for value in refused:
        assert list(schema.iter_errors({"it": {name: value}})), value
        with pytest.raises(CaseError):
            made.decide("do thing", {"it": {name: value}})


def test_an_action_that_is_none_is_told() -> None:
    with pytest.raises(CaseError, match="lend boook"):
        BOOK.facts_of("lend boook")


def test_the_schema_of_a_list_takes_every_way_to_write_one_that_is_read() -> None:
    schema = Draft202012Validator(shipped().facts_schema("pay condolence_money"))
    name = next(one.name for one in shipped().facts_of("pay condolence_money") if one.type.kind == "list")
    term, _, attribute = name.partition(".")
    read: list[object] = [[], [{}], {"open": True, "members": [{}]}, {"open": False, "members": []}, {"open": True}, {}]
    read.append({"members": [{}]})
    for value in read:
        assert list(schema.iter_errors({term: {attribute: value}})) == [], value
        shipped().decide("pay condolence_money", {term: {attribute: value}})
    for value in ({"open": False}, {"open": 3, "members": []}, {"more": True, "members": []}, {"members": {}}, 7):
        assert list(schema.iter_errors({term: {attribute: value}})), value
        with pytest.raises(CaseError):
            shipped().decide("pay condolence_money", {term: {attribute: value}})
