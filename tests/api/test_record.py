"""A decision on record: plain data that decides again to the same answer, and tells where it does not."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction

import pytest
from tests.evaluate.books import book, rule

from mutandis import DecisionRecord, Duration, MutandisError, OpenList, Rulebook, __version__, as_data
from mutandis.diagnostics import CaseError
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text

MAY = rule("(1)", "may: do thing", "when: it.a", "requires: how.days <= 10 days")
AT = dt.datetime(2020, 3, 1, 10, 30)
FACTS: dict[str, object] = {"it.a": True, "how.days": dt.timedelta(days=4), "it.count": 3, "it.until": None}


def through_json(record: DecisionRecord) -> DecisionRecord:
    return DecisionRecord.of_data(json.loads(json.dumps(record.as_data())))


def test_a_record_has_question_rulebook_program_and_the_whole_answer() -> None:
    rulebook = book(MAY)
    holidays = [dt.date(2020, 3, 3), dt.date(2020, 3, 2)]
    record = rulebook.record("do thing", FACTS, at=AT, law_as_of=dt.date(2019, 1, 1), by="warden", holidays=holidays)
    data = record.as_data()
    assert data.pop("answer") == as_data(
        rulebook.decide("do thing", FACTS, at=AT, law_as_of=dt.date(2019, 1, 1), by="warden", holidays=holidays)
    )
    assert data == {
        "record": 1,
        "program": __version__,
        "rulebook": rulebook.content_hash,
        "action": "do thing",
        "by": "warden",
        "at": "2020-03-01T10:30:00",
        "law_as_of": "2019-01-01",
        "holidays": ["2020-03-02", "2020-03-03"],
        "facts": {"it.a": "yes", "how.days": "4 days", "it.count": 3, "it.until": "none"},
    }
    assert through_json(record) == record
    again = rulebook.decide_again(json.loads(json.dumps(record.as_data())))
    assert again.is_identical and again.same_rulebook and again.same_program
    assert again.decision == rulebook.decide("do thing", FACTS, at=AT, law_as_of=dt.date(2019, 1, 1), by="warden")


def test_another_answer_is_told_place_by_place() -> None:
    record = book(MAY).record("do thing", FACTS)
    amended = book(rule("(1)", "may: do thing", "when: it.a", "requires: how.days <= 3 days"))
    again = amended.decide_again(through_json(record))
    assert not again.is_identical and not again.same_rulebook
    told = {change.place: (change.kind, change.recorded, change.now) for change in again.changes}
    assert told["verdict"] == ("changed", "permitted", "forbidden")
    assert told["limits[0].outer"] == ("changed", "10 days", "3 days")
    assert told["breaches[0]"][0] == "new"
    assert "content_hash" not in told


def test_another_rulebook_with_the_same_answer_is_told_as_that() -> None:
    record = book(MAY).record("do thing", FACTS)
    other = book(MAY, rule("(2)", "must: tell thing", "when: it.b"))
    again = other.decide_again(record)
    assert again.is_identical and not again.same_rulebook


def test_an_answer_of_another_program_is_told() -> None:
    data = {**book(MAY).record("do thing", FACTS).as_data(), "program": "0.0.9"}
    again = book(MAY).decide_again(data)
    assert again.is_identical and again.same_rulebook and not again.same_program


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"it": None, "it.read": False},
        {"it": "none"},
        {"part": "none"},
        {"it.usual": "unknown", "it.count": "unknown"},
        {"it.span": "2 months"},
        {"it.span": Duration(90, "hours")},
        {"how.level": Fraction(1, 3), "how.heard": False},
        {"how.level": Fraction(-5, 4)},
        {"it.parts": [{"good": True, "days": "3 days"}, {"days": "unknown"}, {}]},
        {"it.parts": OpenList(({"good": False},))},
        {"it.parts": {"open": True, "members": []}},
        {"it.parts": "none"},
        {"it.parts": "unknown"},
    ],
)
def test_facts_are_written_so_that_they_are_read_alike(facts: dict[str, object]) -> None:
    rulebook = book(MAY, rule("(2)", "define: it.read", "when: it.a"))
    record = through_json(rulebook.record("do thing", facts))
    assert rulebook.read(record.facts).native == rulebook.read(facts).native
    assert rulebook.decide_again(record).is_identical


SHOP = """
terms:
  shop:
    attributes:
      open: {type: period, question: From when until when?}
      counted: {type: period, counting: both_ends, question: From when until when?}
      colours: {type: one of, values: [red, blue], several: yes, question: Which colours?}
      fee: {type: money, unit: won, question: How much?}
      rent: {type: money, unit: dollars, question: How much?}
      at: {type: moment, question: When?}
      place: {type: provision, question: Under what?}
      name: {type: text, question: What is it called?}
      shifts: {type: list of shift, question: Which shifts?}
  shift: {attributes: {length: {type: duration, unit: minutes, question: How long?}}}
actions: {close shop: {default: forbidden}}
"""
LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\n"
RULE = "law: act\narticle: 1\ntitle: A\nrules:\n  - {at: (1), summary: S., may: close shop}\n"


@pytest.mark.parametrize(
    "facts",
    [
        {"shop.open": {"from": "2020-01-01", "suspensions": [["2020-01-03", "2020-01-04"]], "basis": "act/1(1)"}},
        {"shop.open": {"from": "2020-01-01T08:00", "until": "2020-01-02T08:00", "counting": "hours"}},
        {"shop.counted": {"from": "2020-01-01", "until": "2020-01-02"}},
        {"shop.colours": ["red", "blue"]},
        {"shop.colours": []},
        {"shop.fee": Fraction(7407, 200), "shop.rent": "12.5 dollars"},
        {"shop.at": dt.datetime(2020, 1, 1, 8, 15, 30, 250)},
        {"shop.place": "act/1(1)", "shop.name": "yes: no"},
        {"shop.shifts": [{"length": "90 minutes"}, {"length": "2 hours"}]},
    ],
)
def test_every_type_of_fact_is_written_and_read_alike(facts: dict[str, object]) -> None:
    program = link(load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": SHOP, "act/001.yaml": RULE})).program
    assert program is not None
    rulebook = Rulebook(program)
    record = through_json(rulebook.record("close shop", facts))
    assert rulebook.read(record.facts).native == rulebook.read(facts).native


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"record": 2}, "a record of the form 2; this program reads the form 1"),
        ({"at": "2020-02-30"}, "`at` of a record: there is no day `2020-02-30`"),
        ({"at": "2020-02-03T25:00"}, "`at` of a record: there is no moment `2020-02-03T25:00`"),
        ({"law_as_of": 3}, "`law_as_of` of a record: there is no day `3`"),
        ({"holidays": "2020-03-01"}, "`holidays` of a record is a list of days, or null"),
        ({"facts": []}, "`facts` of a record is an object"),
        ({"action": None}, "`action` of a record is a text"),
        ({"more": 1}, "a record of a decision has `more`, which no record has"),
    ],
)
def test_what_is_no_record_is_told(change: dict[str, object], said: str) -> None:
    rulebook = book(MAY)
    data = {**rulebook.record("do thing", FACTS).as_data(), **change}
    with pytest.raises(MutandisError) as told:
        rulebook.decide_again(data)
    assert str(told.value) == said


def test_a_part_that_is_absent_and_data_that_is_none_are_told() -> None:
    rulebook = book(MAY)
    data = rulebook.record("do thing", FACTS).as_data()
    del data["facts"]
    with pytest.raises(MutandisError, match="lacks `facts`"):
        rulebook.decide_again(data)
    with pytest.raises(MutandisError, match="no record of a decision"):
        DecisionRecord.of_data([data])


def test_facts_that_the_rulebook_does_not_have_are_told_as_those_of_any_case() -> None:
    data = {**book(MAY).record("do thing", FACTS).as_data(), "facts": {"it.gone": "yes"}}
    with pytest.raises(CaseError, match=r"it\.gone"):
        book(MAY).decide_again(data)
