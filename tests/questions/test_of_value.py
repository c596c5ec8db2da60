"""Why a fact has no other value, and from when it has each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from mutandis import CaseError, Rulebook
from mutandis.questions import when_value, why_not_value
from mutandis.questions.of_value import WhyNotValue
from mutandis.values import Duration, Sum

TAX = Path(__file__).parents[1] / "fixtures" / "tax"
AT = dt.date(2022, 1, 10)
MARRIED: dict[str, Any] = {
    "taxpayer.income": "24050 dollars",
    "taxpayer.legally_married": True,
    "taxpayer.files_alone": True,
    "taxpayer.houses_child": True,
    "taxpayer.apart_for": "5 months",
}
LAW = "law: act\ntitle: The Act\nshort: Act\nrank: 1\ninstruments: []\n"
VOCABULARY = """
terms:
  it:
    label: it
    attributes:
      began: {type: date, question: When did it begin?}
      short: {type: yes/no, question: Is it short?}
      sound: {type: yes/no, question: Is it sound?, found_by: clerk}
      old: {type: yes/no, question: Is it old?}
      age: {type: duration, unit: days, question: How old is it?}
  clerk: {label: clerk, role: yes}
actions: {}
"""
RULES = """
law: act
article: 1
title: Age
rules:
  - at: (1)
    summary: What began a year ago is old.
    define: it.old
    when: it.began + 1 year <= today and it.sound
    unless: it.short
  - {at: (2), summary: Its age., define: it.age, as: today - it.began}
"""


@pytest.fixture(scope="module")
def tax() -> Rulebook:
    return Rulebook.load(TAX)


@pytest.fixture(scope="module")
def ages(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    folder = tmp_path_factory.mktemp("ages")
    (folder / "act").mkdir()
    for name, text in {"act/law.yaml": LAW, "vocabulary.yaml": VOCABULARY, "act/001-age.yaml": RULES}.items():
        (folder / name).write_text(text, "utf-8")
    return Rulebook.load(folder)


def changes(answer: WhyNotValue) -> list[tuple[dict[str, object], object]]:
    return [({c.fact: c.after for c in one.changes}, one.value.value) for one in answer.results]


def test_another_value_is_told_with_the_change_that_gives_it_and_its_place(tax: Rulebook) -> None:
    answer = why_not_value(tax, "taxpayer.status", tax.read(MARRIED), at=AT)
    assert answer.value.value == "married"
    assert changes(answer)[:1] == [({"taxpayer.legally_married": False}, "single")]
    assert changes(answer)[1][1] == "single" and set(changes(answer)[1][0]) == {"taxpayer.apart_for"}
    assert "revenue/3(b)" in answer.results[1].value.provisions


def test_an_amount_is_sought_where_it_is_passed(tax: Rulebook) -> None:
    facts = tax.read({**MARRIED, "taxpayer.apart_for": "0 months"})
    answer = why_not_value(tax, "taxpayer.tax", facts, "3000 dollars", at=AT)
    assert (answer.value.value, answer.wanted) == (Sum(2000, "dollars"), Sum(3000, "dollars"))
    changed, value = changes(answer)[0]
    assert value == Sum(3000, "dollars") and set(changed) == {"taxpayer.income"}
    assert changes(why_not_value(tax, "taxpayer.tax", facts, at=AT))[0][1] != Sum(2000, "dollars")


def test_what_is_so_needs_no_change_and_what_cannot_be_is_told(tax: Rulebook, ages: Rulebook) -> None:
    met = why_not_value(tax, "taxpayer.status", tax.read(MARRIED), "married", at=AT)
    assert met.is_met and not met.results
    with pytest.raises(CaseError, match="widowed"):
        why_not_value(tax, "taxpayer.status", tax.read(MARRIED), "widowed", at=AT)
    with pytest.raises(CaseError, match=r"taxpayer\.stats"):
        why_not_value(tax, "taxpayer.stats", tax.read(MARRIED), at=AT)
    stated = why_not_value(ages, "it.short", ages.read({"it.short": True}), at=AT)
    assert stated.impossible and stated.wanted is False


def test_a_finding_is_changed_where_that_is_asked_for_alone(ages: Rulebook) -> None:
    facts = ages.read({"it": {"began": "2020-01-01", "short": False, "sound": False}})
    kept = why_not_value(ages, "it.old", facts, at=AT)
    assert kept.impossible and kept.left_out == ("it.sound",)
    assert changes(why_not_value(ages, "it.old", facts, at=AT, findings=True)) == [({"it.sound": True}, True)]


def test_all_time_is_told_as_stretches_with_one_value_each(ages: Rulebook) -> None:
    facts = ages.read({"it": {"began": "2020-03-01", "short": False, "sound": True}})
    answer = when_value(ages, "it.old", facts)
    assert [(one.value.value, one.first, one.last) for one in answer.spells] == [
        (False, None, dt.date(2021, 2, 28)),
        (True, dt.date(2021, 3, 1), None),
    ]
    assert answer.spells[1].value.provisions == ("act/1(1)",) and answer.within is None


def test_of_what_changes_with_every_day_thirty_five_are_shown(ages: Rulebook) -> None:
    answer = when_value(ages, "it.age", ages.read({"it.began": "2020-03-01"}), around=dt.date(2020, 3, 11))
    assert answer.within == (dt.date(2020, 3, 11), dt.date(2020, 4, 14))
    assert [one.first for one in answer.spells] == [dt.date(2020, 3, 11) + dt.timedelta(days=k) for k in range(35)]
    assert answer.spells[0].value.value == Duration(10, "days")
