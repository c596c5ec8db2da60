"""Manners of acts on customs, insurance, rehabilitation, personal data and drugs, and of a decree with tables."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.text.inline_statutes import LAMPS, instruments_of, kinds_and_targets, quantities_in, read_small

from mutandis_text.document import walk_provisions
from mutandis_text.quantities.find import find_quantities
from mutandis_text.references.find import find_references
from mutandis_text.time.history import list_transitions
from mutandis_text.time.instruments import list_instruments


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Articles 7, 8, 9, Article 1 (2), and Articles 2 and 3 do not apply.", ["7 8 9", "1(2) 2 3"]),
        ("A keeper under Articles 7, 8 and Article 1 (1) is free.", ["7 8 1(1)"]),
        ("It errs in violation of Article 1, subparagraph 2 or 3, 4 (1) or 8 (1).", ["1.2 1.3 4(1) 8(1)"]),
        ("A stair of attached Table 1, subparagraph 2 or 3 (a), is wide.", ["table-1.2 table-1.3(a)"]),
        (
            "A stair of attached Table 1 subparagraph 2 (a) and (c) and attached Form 3 is wide.",
            ["table-1.2(a) table-1.2(c) form-3"],
        ),
        ("A stair of attached Tables 1 subparagraph 2 and 3 is wide.", ["table-1.2 table-3"]),
        (
            "A report of Article 1 (2) (including where a person other than a keeper is to make it under the proviso"
            " thereof) is due.",
            ["1(2)", "1(2) proviso"],
        ),
        (
            'The "oil" in subparagraph 1 of Article 1 (1) shall be read as "wax", and the "tin" in subparagraph 2'
            ' thereof as "lead".',
            ["1(1)1", "1(1)2"],
        ),
    ],
)
def test_the_targets_of_a_phrase(words: str, expected: list[str]) -> None:
    assert [targets for _, targets in kinds_and_targets("3", LAMPS.replace("{here}", words))] == expected


def test_a_bracket_that_excludes_what_is_under_a_provision_excludes_it() -> None:
    words = "A request under Article 1 (excluding any request referred to in Article 1 (2)) is free."
    found = kinds_and_targets("3", LAMPS.replace("{here}", words))
    assert found == [("under", "1"), ("excluding", "1(2)")]


def test_letters_below_an_entry_of_a_table_are_entries() -> None:
    table = "[Attached Table 1]\nLamps\n1. Tall ones:\n(a) Of brass, of 3 meters;\n(b) Of tin;\n2. Short ones.\n"
    after = f"ADDENDUM\nThis Act shall enter into force on the date of its promulgation.\n\n{table}"
    document = read_small("Article 1 (Lamps)\nA lamp of attached Table 1, subparagraph 1 (b), burns.", after=after)
    found = [one.id for one in walk_provisions(document, addenda=False, annexes=True)]
    assert found[1:] == [f"lamp/table-1{end}" for end in ("", ".1", ".1(a)", ".1(b)", ".2")]
    report = find_references(document)
    assert [one.targets for one in report.references if one.origin == "lamp/1"] == [("lamp/table-1.1(b)",)]
    assert report.broken == ()
    assert [one.provision for one in find_quantities(document)] == ["lamp/table-1.1(a)"]


def test_a_day_behind_a_day_is_left_to_a_decree_for_its_own_part() -> None:
    (record,) = instruments_of(
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001: Provided, That the amended provisions of Article 1"
        " shall enter into force on July 1, 2001 and the provisions of Article 2 on the date prescribed by Presidential"
        " Decree within one year from the date of promulgation.\n"
    )
    assert [(part.provisions, part.on) for part in record.parts] == [
        (("lamp/1",), dt.date(2001, 7, 1)),
        (("lamp/2",), None),
    ]


def test_what_other_laws_cite_is_deemed_to_cite_this_one() -> None:
    after = (
        "ADDENDA\nArticle 1 (Enforcement Date)\nThis Act shall enter into force on May 1, 2001.\nArticle 2 (Acts)\n"
        "Where other statutes cite the former Oil Act, they shall be deemed to cite this Act.\n"
    )
    document = read_small("Article 1 (Lamps)\nA lamp burns.", after=after)
    report = find_references(document)
    clauses = list_transitions(document, list_instruments(document, report), report)
    assert [one.kind.value for one in clauses] == ["other laws"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A tower grows by at least one tenth.", ["1/10 share at_least"]),
        (
            "Notice is given within 15 days (where oil is needed, one and a half months).",
            ["15 day deadline at_most", "3/2 month deadline at_most"],
        ),
        (
            "A keeper whose fees exceed two million won (one million won for boys) is paid.",
            ["2000000 won money more_than", "1000000 won money more_than"],
        ),
        (
            "A third or subsequent violation costs 5 won, a first violation 2 won.",
            ["3 violation rank exact", "5 won money exact", "1 violation rank exact", "2 won money exact"],
        ),
        ("The rate rises by not more than 40 percentage points.", ["40 percentage point count at_most"]),
        ("It may be done until the expiration of one year from the fog.", ["1 year deadline at_most"]),
        ("It is done within the period of six months.", ["6 month deadline at_most"]),
        ("Keepers under 30 or not less than 65 years of age rest.", ["30 year age less_than", "65 year age at_least"]),
        ("A share is paid half-yearly.", ["1/2 year frequency exact"]),
        (
            "The Board has nine Commissioners, including two standing Commissioners.",
            ["9 commissioner count exact", "2 commissioner count exact"],
        ),
        ("The term is renewed for one further term only.", ["1 term count at_most"]),
        ("Every floor shall have one within the range of five floors.", ["5 floor count at_most"]),
    ],
)
def test_a_quantity_of_such_a_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected
