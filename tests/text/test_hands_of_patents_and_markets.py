"""Manners of patent, company, market, traffic, food and aviation acts: headings without brackets, lists in roman."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from tests.text.inline_statutes import (
    LAMPS,
    kinds_and_targets,
    kinds_of_clauses,
    quantities_in,
    read_small,
    references_from,
    told,
)

from mutandis_text.document import SentenceKind, walk_provisions
from mutandis_text.references.find import find_references
from mutandis_text.time.history import list_transitions
from mutandis_text.time.instruments import list_instruments

ROMAN = """Article 2 Kinds of lamps
A lamp is one of the following:
(i) "lamp" means a light;
(ii) "horn" means any of the following:
(a) one of brass; and
(b) one of tin.
Article 14 Oil
(1) Oil is of the following kinds (excluding those of item (ii)):
(i) clean oil; or
(ii) clear oil.
(2) Each of the subparagraphs of paragraph (1) is dear.
Article 15 Care of lamps shall be taken
by the keeper.
Article 16
{here}
"""


def test_headings_without_brackets_and_letters_below_roman_numbers() -> None:
    document = read_small(ROMAN.replace("{here}", "Lamps burn."))
    ids = [one.id.removeprefix("lamp/") for one in walk_provisions(document, addenda=False)]
    assert ids == [
        *("2", "2(i)", "2(ii)", "2(ii)(a)", "2(ii)(b)", "14", "14(1)", "14(1)(i)", "14(1)(ii)", "14(2)", "15", "16"),
    ]
    assert [one.heading for one in document.articles] == ["Kinds of lamps", "Oil", None, None]
    unread = [one.slug for one in document.diagnostics if one.severity.value == "error"]
    assert unread == []


def test_a_line_that_goes_on_below_is_no_heading() -> None:
    document = read_small("Article 1 (Lamps)\nLamps burn.\nArticle 2 Oil of any kind\nshall be clean.\n")
    assert [(one.id, one.heading) for one in document.articles] == [("lamp/1", "Lamps"), ("lamp/2", None)]
    assert document.articles[1].text == "Oil of any kind shall be clean."


def test_what_went_elsewhere_is_read_behind_a_gap_in_the_numbers() -> None:
    body = "Article 6-3 (Oil)\nOil is clean.\nArticle 8 Moved to Article 6-3. <by Act No. 200, Feb. 5, 2002>\n"
    document = read_small(body + "Article 9 (Lamps)\nLamps burn.\n")
    assert [(one.id, one.status.value) for one in document.articles] == [
        ("lamp/6-3", "live"),
        ("lamp/8", "moved"),
        ("lamp/9", "live"),
    ]


def test_entries_in_roman_numbers_are_subparagraphs_to_those_who_cite_them() -> None:
    assert told("All of the subparagraphs of Article 14 (1) hold.", ROMAN, "16") == [("cites", "14(1)(i) 14(1)(ii)")]
    assert kinds_and_targets("14(1)", ROMAN) == [("excluding", "14(1)(ii)")]
    assert kinds_and_targets("14(2)", ROMAN) == [("cites", "14(1)(i) 14(1)(ii)")]


@pytest.mark.parametrize("opening", ["; however,", ": however,"])
def test_a_small_however_behind_a_semicolon_opens_a_proviso(opening: str) -> None:
    document = read_small(f"Article 1 (Lamps)\nLamps burn{opening} a lamp of tin does not.\n")
    kinds = [one.kind for one in document.articles[0].sentences]
    assert kinds == [SentenceKind.MAIN, SentenceKind.PROVISO]


def test_a_small_however_before_provided_opens_none() -> None:
    document = read_small("Article 1 (Lamps)\nLamps burn; however, one does not: Provided, That it is of tin.\n")
    assert [one.text for one in document.articles[0].sentences] == [
        "Lamps burn; however, one does not:",
        "Provided, That it is of tin.",
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Irrespective of paragraph (1) of Article 1, a lamp burns.", [("notwithstanding", "1(1)")]),
        ("Regardless of whether he falls under Article 2, he stays.", [("cites", "2")]),
        (
            "Articles 1 (2) (proviso), 2 and the main sentence of 1 (2) hold.",
            [("proviso", "1(2) proviso 2 1(2)")],
        ),
        (
            "Articles 1 (2) (in the case of the proviso, limited to tin) and 2 hold.",
            [("cites", "1(2) 2"), ("proviso", "1(2) proviso")],
        ),
        (
            "Articles 1 (1) 1 and 1 (1) 2 (in the case of 1 (1) 2, except for tin) hold.",
            [("cites", "1(1)1 1(1)2"), ("cites", "1(1)2")],
        ),
        (
            "Articles 2, 3, subparagraph 2 of Article 1 (1) and Article 2 hold.",
            [("cites", "2 3 1(1)2")],
        ),
        (
            "Article 1 (1) 1 or paragraph (1) of Article 1, and 2 through 3 shall hold.",
            [("cites", "1(1)1 1(1) 2 3")],
        ),
        ("Paragraph (2) of Article 1, and 2 persons hold.", [("cites", "1(2)")]),
        ("The proviso to Article 1 (2), or 1 (1) holds.", [("proviso", "1(2) proviso 1(1)")]),
        ("The latter part of the proviso to Article 1 (2) holds.", [("proviso", "1(2) proviso")]),
        ("Cases applied mutatis mutandis in Article 2 hold.", [("cites", "2")]),
        ("Clauses (1) and (2) of Article 1 hold.", [("cites", "1(1) 1(2)")]),
        ("The clause 2 of a contract holds.", []),
        (
            "Data as prescribed in Ordinance of the Ministry of Oil is kept.",
            [("delegation", "ext:ordinance-of-the-ministry-of-oil")],
        ),
        (
            "A form is prescribed by Ordinance of the Ministry of Lamps, Oil and Towers or Presidential Decree.",
            [("delegation", "ext:ordinance-of-the-ministry-of-lamps-oil-and-towers")],
        ),
        (
            "A form is prescribed by Ordinance of the Ministry of Lamps and Ordinance of the Ministry of Oil.",
            [("delegation", "ext:ordinance-of-the-ministry-of-lamps")],
        ),
        (
            "A form is prescribed by Ordinance of the Ministry of Lamps, Presidential Decree and notice.",
            [("delegation", "ext:ordinance-of-the-ministry-of-lamps")],
        ),
        ("A fire under Annex 3 to the Convention on Salt is told.", [("under", "ext:convention-on-salt/annex-3")]),
        (
            "A lamp (excluding a lamp whose glass was broken under Article 1 (1) 2) burns.",
            [("excluding", "1(1)2")],
        ),
    ],
)
def test_a_phrase_of_such_a_hand(words: str, expected: list[tuple[str, str]]) -> None:
    assert told(words) == expected


def test_what_is_read_otherwise_where_something_is_applied_is_a_construal() -> None:
    words = 'In applying Articles 1 and 2 to a boat, "lamp" shall be read as "horn".'
    (found,) = references_from("3", LAMPS.replace("{here}", words))
    assert [(one.sources, one.targets) for one in found.construals] == [(("lamp",), ("horn",))]
    words = '"Lamp" in Article 1 (1) 1 and Article 2 is read as "horn".'
    (found,) = references_from("3", LAMPS.replace("{here}", words))
    assert [(one.sources, one.targets) for one in found.construals] == [(("Lamp",), ("horn",))]


def test_a_construal_is_told_once() -> None:
    words = 'Article 1 (1) shall apply mutatis mutandis. In such cases, "lamp" in Article 2 is read as "horn".'
    found = references_from("3", LAMPS.replace("{here}", words))
    assert [len(one.construals) for one in found] == [1]
    found = references_from("3 latter", LAMPS.replace("{here}", words))
    assert [len(one.construals) for one in found] == [0]


def test_a_term_with_a_clause_behind_it_is_defined() -> None:
    words = 'The expression "by night" in this Act, which tells a time, means from six to six.'
    found = references_from("3", LAMPS.replace("{here}", words))
    assert [one.terms for one in found if one.terms] == [("by night",)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("No fire burns within a radius of 300 meters.", ["300 meter count at_most"]),
        ("No fire burns within a 100-meter radius.", ["100 meter count at_most"]),
        ("A boat stays within 5 nautical miles.", ["5 nautical mile count at_most"]),
        ("A lamp shall not burn at or above 150 meters.", ["150 meter count at_least"]),
        ("A four-wheeled cart has three lamps.", ["3 lamp count exact"]),
        ("A keeper shall limit the time of a watch to eight hours.", ["8 hour limit at_most"]),
        ("A lamp of a firm with one hand hired by a keeper burns.", ["1 hand count exact"]),
        ("A firm excluding one whose trade is small is told.", []),
        ("A lamp, and one intended to burn by night, is lit.", []),
        ("A share falling short of 40/100 is small.", ["2/5 share less_than"]),
        ("A watch ends from the age of 31.", ["31 year age at_least"]),
        (
            "A pass is for ten years (five for a man of 65 years or older but younger than 75, three years for all).",
            [
                "10 year duration exact",
                "5 count exact",
                "65 year age at_least",
                "75 year age less_than",
                "3 year duration exact",
            ],
        ),
        (
            "No stay shall exceed four times in all, or two years in total.",
            ["4 time count at_most", "2 year limit at_most"],
        ),
        ("A sale shall be told to all one month prior thereto.", ["1 month deadline at_least"]),
        (
            "No one may light until 30 days (where the period is made shorter by the keeper of the port or"
            " is made longer by him, that period) have passed.",
            ["30 day lapse exact"],
        ),
        ("Fees are paid by the 31st day of each December.", ["December 31, each year deadline at_most"]),
        (
            "A permit is good up to and including the last day of May of the following year.",
            ["end of May of the following year deadline at_most"],
        ),
        (
            "Lamps burn from six o'clock in the evening to 5 o'clock in the morning.",
            ["18:00 date exact", "5:00 date exact"],
        ),
        ("Lamps of Class 1, 2 or 3 burn.", ["1 class rank exact", "2 class rank exact", "3 class rank exact"]),
        ("Fines are those of columns 1 and 2.", []),
    ],
)
def test_a_quantity_of_such_a_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        (
            "This Act shall enter into force on May 1, 2001: Provided, That the provisions of Article 2, and Article 1"
            " (2) among the provisions of Article 1 shall enter into force on July 1, 2001.",
            [("2 1(2)", dt.date(2001, 7, 1))],
        ),
        (
            "This Act shall enter into force on May 1, 2001: Provided, That Article 1 (limited to paragraph (2)) and"
            " Article 3 of the Addenda shall enter into force on July 1, 2001.",
            [("1(2) addenda-100/3", dt.date(2001, 7, 1))],
        ),
        (
            "This Act shall enter into force on May 1, 2001: Provided, That Articles 2 and 1, paragraph (2) shall take"
            " effect on the day on which this Act is promulgated.",
            [("2 1(2)", dt.date(2001, 1, 5))],
        ),
        (
            "This Act shall enter into force on May 1, 2001: Provided, That Article 2 shall enter into force on the"
            " date of its promulgation, and those of Article 1 (1) two years after such date.",
            [("2", dt.date(2001, 1, 5)), ("1(1)", dt.date(2003, 1, 6))],
        ),
        (
            "This Act shall enter into force on May 1, 2001: Provided, That the amended provisions of Articles 1 (1)"
            " and 2 shall enter into force on the dates classified as follows:\n"
            "1. Amended provisions of Article 1 (1): The date of promulgation;\n"
            "2. Amended provisions of Article 2: January 1, 2002.",
            [("1(1)", dt.date(2001, 1, 5)), ("2", dt.date(2002, 1, 1))],
        ),
    ],
)
def test_parts_with_a_day_of_their_own(words: str, parts: list[tuple[str, dt.date]]) -> None:
    body = "Article 1 (Lamps)\n(1) A lamp burns.\n(2) It is lit.\nArticle 2 (Oil)\nOil is clean.\n"
    after = f"ADDENDA\nArticle 1 (Enforcement Date)\n{words}\nArticle 3 (Lamps)\nLamps burn.\n"
    document = read_small(body, after=after)
    report = find_references(document)
    records = list_instruments(document, report)
    assert [
        (" ".join(part.provisions).replace("lamp/", ""), part.on) for record in records for part in record.parts
    ] == parts
    clauses = [one.provision for one in list_transitions(document, records, report)]
    assert clauses == ["lamp/addenda-100/3"]


def test_what_applies_from_a_case_on_is_told_behind_the_day_of_enforcement() -> None:
    after = (
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001: Provided, That the amended provisions of Article 2"
        " shall apply from oil bought after that.\n"
    )
    document = read_small("Article 1 (Lamps)\nA lamp burns.\nArticle 2 (Oil)\nOil is clean.", after=after)
    report = find_references(document)
    (clause,) = list_transitions(document, list_instruments(document, report), report)
    assert (clause.kind.value, clause.governs) == ("applicability", ("lamp/2",))


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (
            "Those on watch when this Act enters into force shall serve for the period under the former provisions.",
            "former law",
        ),
        ("The previous provisions apply to fires lit before this Act enters into force.", "former law"),
        ("A license given under the previous provisions shall be construed as one given under this Act.", "carry over"),
        ("Lamps whose term has ended under the former provisions shall not be protected by this Act.", "other"),
    ],
)
def test_a_clause_of_such_a_hand(words: str, kind: str) -> None:
    assert kinds_of_clauses(words) == [kind]


def test_a_long_sentence_is_looked_through_for_construals_once() -> None:
    document = read_small(f"Article 1 (Lamps)\n{'In applying Article 2, ' * 1000}a lamp is read as it burns.\n")
    began = time.process_time()
    find_references(document)
    # A guard, not a measurement: it takes some tenths; with the construals looked for anew each time, a minute.
    assert time.process_time() - began < 8
