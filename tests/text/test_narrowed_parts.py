"""An enforcement date or a clause for a part of a provision: `Article 2 (limited to subparagraph 5)`."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.text.inline_statutes import quantities_in, read_small, references_from

from mutandis_text.references.find import find_references
from mutandis_text.time.history import list_transitions
from mutandis_text.time.instruments import list_instruments

BODY = """Article 1 (Lamps)
(1) A lamp burns.
(2) A lamp is one of the following:
1. A lamp of brass;
2. A lamp of tin.
Article 2 (Bells)
A bell rings.
Article 3 (Boats)
(1) A boat is small.
(2) A boat is blue: Provided, That a ferry is red.
"""
ADDENDA = """ADDENDA
Article 1 (Enforcement Date)
This Act shall enter into force on the date of its promulgation: Provided, That {named} shall enter into force on May 1,
2003.
Article 2 (Transitional Measures)
Notwithstanding the amended provisions of {named}, the previous provisions shall apply to lamps that burn already.
"""


@pytest.mark.parametrize(
    ("named", "meant"),
    [
        ("Article 1 (2) (limited to subparagraph 2)", "1(2)2"),
        ("Articles 1 (limited to paragraph (2)), 2 and 3 (1)", "1(2), 2, 3(1)"),
        ("Article 1 (limited to matters under paragraph (1)) and Article 2", "1(1), 2"),
        ("Article 3 (excluding paragraph (1))", "3(2)"),
        ("Articles 1 (excluding paragraph (2) 1) and 2", "1(1), 1(2)2, 2"),
        ("Article 2 (limited to the boats under Article 3)", "2, 3"),
        ("Articles 1 and 3 (1)", "1, 3(1)"),
        ("Articles 2 and 3 (proviso to paragraph (2))", "2, 3(2) proviso"),
    ],
)
def test_a_part_and_a_clause_are_about_what_the_bracket_leaves(named: str, meant: str) -> None:
    document = read_small(BODY, after=ADDENDA.replace("{named}", named))
    report = find_references(document)
    (record,) = list_instruments(document, report)
    expected = tuple(f"lamp/{one}" for one in meant.split(", "))
    assert [(part.provisions, part.on) for part in record.parts] == [(expected, dt.date(2003, 5, 1))]
    (clause,) = list_transitions(document, (record,), report)
    assert clause.governs == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("No boat lies within a 100 meter radius from the tower.", ["100 meter count at_most"]),
        (
            "A plot of 200 square meters lies within a 5 meter radius.",
            ["200 square meter count exact", "5 meter count at_most"],
        ),
        ("Where at least two fall under it, a bell rings.", ["2 count at_least"]),
        ("A report is due from 720 hours to 48 hours before the fair.", ["48 to 720 hour limit between"]),
    ],
)
def test_what_is_measured_is_told_by_its_measure(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected


@pytest.mark.parametrize(
    ("range_", "meant"),
    [
        ("Article 2 (1) through (6)", "2(1), 2(2), 2(3), 2(4), 2(6)"),
        ("Article 2 (2) through (9)", "2(2), 2(3), 2(4), 2(9)"),
        ("Article 2 (1) 1 through 5", "2(1)1, 2(1)2, 2(1)3, 2(1)5"),
    ],
)
def test_a_range_whose_end_is_gone_has_what_the_text_holds_of_it(range_: str, meant: str) -> None:
    body = (
        f"Article 1 (Lamps)\n{range_} shall apply mutatis mutandis to lamps.\nArticle 2 (Bells)\n"
        "(1) A bell is one of the following:\n1. A bell of iron;\n2. A bell of tin;\n3. A bell of wood.\n"
        "(2) A bell rings.\n(3) A bell is clean.\n(4) A bell is old.\n"
    )
    (found,) = references_from("1", body)
    assert found.targets == tuple(f"lamp/{one}" for one in meant.split(", "))


def test_a_bracket_between_the_place_and_the_verb_hides_no_definition() -> None:
    body = (
        'Article 1 (Lamps)\n"Lamps prescribed by Presidential Decree" in Article 3 of the Salt Act (hereinafter'
        ' referred to as the "Act") means:\n1. A lamp of brass;\n2. A lamp of tin.'
    )
    terms = [term for one in find_references(read_small(body)).references for term in one.terms]
    assert terms == ["Lamps prescribed by Presidential Decree", "Act"]
