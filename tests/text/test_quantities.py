"""Quantities in made-up sentences: value, unit, role, bound; citations are none."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import read_small

from mutandis_text.quantities.find import find_quantities
from mutandis_text.quantities.numerals import print_value
from mutandis_text.quantities.written import print_quantity
from mutandis_text.structure.reader import read_statute


def _shown(sentence: str) -> list[str]:
    document = read_statute(f"LAMP ACT\nArticle 1 (Lamps)\n{sentence}\n", "lamp")
    shown: list[str] = []
    for one in find_quantities(document):
        values = one.date or "-".join(print_value(value) for value in one.values)
        parts = (values, one.unit, one.role.value, one.bound.value, one.per or "")
        shown.append(" ".join(part for part in parts if part))
    return shown


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It shall not exceed 15 days.", ["15 day limit at_most"]),
        ("It shall last for not less than fifteen days.", ["15 day minimum at_least"]),
        ("No lamp shall burn for more than 3 hours.", ["3 hour limit at_most"]),
        ("A lamp that burns for more than 3 hours is warm.", ["3 hour minimum more_than"]),
        ("It is filed within 72 hours after the fire.", ["72 hour deadline at_most"]),
        ("It begins after the lapse of two years.", ["2 year lapse exact"]),
        ("Serve 1/3 of the term.", ["1/3 share exact"]),
        ("Serve two-thirds of the term.", ["2/3 share exact"]),
        ("Pay one half of it.", ["1/2 share exact"]),
        ("At least 50 percent of it.", ["50 percent share at_least"]),
        ("A majority of the members.", ["1/2 share more_than"]),
        ("A fine not exceeding 20 million won.", ["20000000 won money at_most"]),
        ("A fine of up to 1,500,000 won.", ["1500000 won money at_most"]),
        ("A fine of five hundred thousand won.", ["500000 won money exact"]),
        ("It has five to seven members.", ["5-7 member count between"]),
        ("It has at least five but not more than seven members.", ["5-7 member count between"]),
        ("It has not less than 5 nor more than 9 members.", ["5-9 member count between"]),
        ("It lasts between two and six months.", ["2-6 month limit between"]),
        ("Persons aged 19 years or older.", ["19 year age at_least"]),
        ("Persons under the age of 19.", ["19 year age less_than"]),
        ("Over 12-year old persons.", ["12 year age more_than"]),
        ("It is done at least once a week.", ["1 time frequency at_least week"]),
        ("A report every two years.", ["2 year frequency exact"]),
        ("Up to 20 days per year.", ["20 day limit at_most year"]),
        ("Twenty-one persons or fewer.", ["21 person count at_most"]),
        ("Officials of Grade VII or higher.", ["7 grade rank at_least"]),
        ("It enters into force on January 2, 2003.", ["2003-01-02 date date exact"]),
        ("Once lit, a lamp burns under Article 15 (2) 3 or 4 and Articles 20 through 22.", ["1 time count exact"]),
        ("Once the lamp is lit, paragraph (1) and subparagraphs 2 and 3 apply at once.", []),
        ("Article 5 and 10 days.", ["10 day duration exact"]),
        ("It lasts two and a half years.", ["5/2 year duration exact"]),
        ("It lasts 2 and half years.", ["5/2 year duration exact"]),
        ("It lasts twenty-one and a half days.", ["43/2 day duration exact"]),
        ("It has seven and half of them shall be women.", ["7 count exact", "1/2 share exact"]),
        ("The consent of one and third persons.", ["1 count exact"]),
        ("Two and third parties agree.", ["2 count exact"]),
        ("No one may put out another one's lamp under any one of the following.", []),
    ],
)
def test_quantities(sentence: str, expected: list[str]) -> None:
    assert _shown(sentence) == expected


def test_a_quantity_stands_in_the_sentence_that_holds_it() -> None:
    body = "(1) For 3 days: Provided, That 2 days suffice:\n1. 5 lamps.\n(2) Deleted. <May 4, 2001>"
    text = f"LAMP ACT\nArticle 1 (Lamps)\n{body}"
    document = read_statute(text, "lamp")
    found = find_quantities(document)
    assert [(one.provision, document.slice(one.extent)) for one in found] == [
        ("lamp/1(1)", "3 days"),
        ("lamp/1(1) proviso", "2 days"),
        ("lamp/1(1)1", "5 lamps"),
    ]


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Hours may be ordered within the limit of 300 hours.", [("limit", "at_most", "300 hour")]),
        ("An order may be extended only on one occasion.", [("count", "at_most", "1 occasion")]),
        ("Report by the end of February.", [("deadline", "at_most", "end of February, each year")]),
        ("Report by the end of the following month.", [("deadline", "at_most", "end of the following month")]),
        (
            "Report by the end of the month following the month of purchase.",
            [("deadline", "at_most", "end of the following month")],
        ),
        ("The report is renewed each quarter.", [("frequency", "exact", "1 time per quarter")]),
        ("Buoys are painted every year.", [("frequency", "exact", "1 time per year")]),
        ("Every month the head reports.", [("frequency", "exact", "1 time per month")]),
        ("Buoys are seen at least once every year.", [("frequency", "at_least", "1 time per year")]),
        ("The last day of each month counts.", []),
    ],
)
def test_calendar_periods_limits_and_recurrence(sentence: str, told: list[tuple[str, str, str]]) -> None:
    document = read_small(f"Article 1 (Buoys)\n{sentence}")
    found = [(q.role.value, q.bound.value, print_quantity(q)) for q in find_quantities(document) if not q.in_addenda]
    assert found == told
