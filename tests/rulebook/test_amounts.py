"""Amounts of a made-up tax act: bands, a reduction in steps, a status with lettered conditions, dollars and euros."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rulebook.texts import LAW, VOCABULARY, faults, load

from mutandis.amounts import round_to, spell_number
from mutandis.api import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.decide.result import as_data
from mutandis.diagnostics import CaseError
from mutandis.explain.phrase import Phrases
from mutandis.link.linker import link
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.load import load_text
from mutandis.values import Sum
from mutandis_tools.casebook.run import run_case
from mutandis_tools.opening import open_rulebook

TAX = Path(__file__).parents[1] / "fixtures" / "tax"
OPENED = open_rulebook(TAX)


@pytest.mark.parametrize("case", OPENED.cases.cases, ids=lambda case: case.name)
def test_the_tax_comes_to_what_the_act_says(case: CaseFile) -> None:
    book = Rulebook.load(TAX)
    for decider in (book, interpreter(book.program)):
        outcome = run_case(OPENED, book, case, decider)
        assert (outcome.status, [*outcome.differences, *outcome.diagnostics]) == ("passed", [])


def test_the_act_is_encoded_without_a_diagnostic() -> None:
    told = [*OPENED.source.diagnostics, *OPENED.linked.diagnostics, *OPENED.cases.diagnostics]
    # What the Act works out for the taxpayer, no rule of it reads: notes say so, and nothing else is told.
    assert [(found.slug, found.message.split("`")[1]) for found in told] == [
        ("unread-fact", "taxpayer.tax"),
        ("unread-fact", "taxpayer.interest"),
    ]
    assert len(OPENED.cases.cases) > 20


def test_a_sum_is_told_with_its_currency_and_with_the_place_that_rounds() -> None:
    facts = {"taxpayer.unpaid": "333.33 dollars", "taxpayer.late_for": "1 month"}
    found = Rulebook.load(TAX).value("taxpayer.interest", facts)
    assert found.value == Sum(Fraction(166, 100), "dollars")
    assert (as_data(found.value), found.provisions) == ("1.66 dollars", ("revenue/4(a)",))


def test_amounts_read_as_words() -> None:
    phrases = Phrases(OPENED.source.vocabulary, OPENED.source.laws)
    values = {
        str(entry.citation): phrases.noun(entry.value)
        for article in OPENED.source.articles
        for rule in article.rules
        for entry in rule.entries
    }
    assert values["revenue/2(a)"] == (
        "(4,050 dollars times (50 minus (the smaller of the steps of the reduction and 50))) divided by 50, "
        "rounded half up to 1 dollars"
    )
    assert values["revenue/4(b)"] == (
        "9/100 per year if “taxpayer late for” is more than 1 year and 6 months, otherwise 3/50 per year"
    )


def test_currencies_are_not_mixed_in_a_case() -> None:
    book = Rulebook.load(TAX)
    written = book.decide("report account", {"account.balance": "20000 euros"})
    assert written == book.decide("report account", {"account.balance": 20000})
    assert written == book.decide("report account", {"account.balance": Sum(20000, "euros")})
    with pytest.raises(CaseError) as refused:
        book.decide("report account", {"account.balance": "20000 dollars"})
    assert [d.slug for d in refused.value.diagnostics] == ["wrong-unit"]


def test_a_sum_that_is_not_whole_is_rounded_in_its_own_currency() -> None:
    terms = VOCABULARY.replace(
        "      age:",
        "      wage: {type: money, unit: francs, question: What wage?}\n"
        "      tax: {type: money, unit: francs, label: tax}\n      age:",
    )
    rule = (
        "law: act\narticle: 1\ntitle: T\nrules:\n  - {at: main, summary: s, define: inmate.tax, as: inmate.wage / 3}\n"
    )
    source = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": terms, "act/001-tax.yaml": rule})
    (told,) = [one for one in link(source).diagnostics if one.slug == "amount-not-whole"]
    assert "to 10 francs" in told.help


def test_a_rate_is_declared_with_the_time_it_is_for() -> None:
    text = VOCABULARY.replace("      age:", "      rate: {type: number, unit: year, question: What rate?}\n      age:")
    assert load(vocabulary=text).vocabulary.facts["inmate.rate"].type.per == "year"
    wrong = load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": text.replace("unit: year", "unit: fortnight")})
    assert [slug for slug, _ in faults(wrong)] == ["unknown-value"]


@given(
    st.fractions(max_denominator=1000),
    st.fractions(min_value=Fraction(1, 100), max_value=1000, max_denominator=100),
)
def test_what_is_rounded_is_a_multiple_as_near_as_the_way_of_rounding_asks(value: Fraction, step: Fraction) -> None:
    up, down = round_to(value, step, "up"), round_to(value, step, "down")
    assert down <= value <= up < down + 2 * step
    for found in (up, down, round_to(value, step, "half up"), round_to(value, step, "half to even")):
        assert (Fraction(found) / step).denominator == 1
    assert abs(round_to(value, step, "half up") - value) <= step / 2
    assert abs(round_to(value, step, "half to even") - value) <= step / 2


@given(st.fractions(max_denominator=4000))
def test_a_number_is_spelt_exactly(value: Fraction) -> None:
    assert Fraction(spell_number(value)) == value
