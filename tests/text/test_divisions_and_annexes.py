"""Chapters, attached tables and forms, and definitions, as targets and scopes of references."""

from __future__ import annotations

import datetime

import pytest
from tests.text.inline_statutes import ADDENDUM, read_small, references_from, targets_from

from mutandis.diagnostics import Severity
from mutandis_text.comparison.compare import compare_documents
from mutandis_text.comparison.units import walk_locked
from mutandis_text.document import print_statute, walk_units
from mutandis_text.quantities.find import find_quantities
from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.instruments import list_instruments

CHAPTERS = """CHAPTER I GENERAL PROVISIONS
Article 1 (Purpose)
Lamps burn.
CHAPTER II LICENCES
SECTION 1 Keepers
Article 2 (Licences)
(1) A keeper (hereafter in this Chapter referred to as "holder") holds a licence.
(2) A holder (hereafter referred to as "bearer" in this Section) rests.
SECTION 2 Boats
Article 3 (Boats)
{here}
CHAPTER III FEES
SECTION 1 Sums
Article 4 (Fees)
A fee is due.
Article 5 Deleted. <by Act No. 100, Jan. 5, 2001>
"""


@pytest.mark.parametrize(
    ("phrase", "targets"),
    [
        ("The provisions of this Chapter", "2 3"),
        ("This Section", "3"),
        ("Chapter III", "4"),
        ("Chapters I and III", "1 4"),
        ("Chapters I through III", "1 2 3 4"),
        ("Section 1", "2"),
        ("Section 1 of Chapter III", "4"),
        ("the preceding Chapter", "1"),
        ("the following Chapter", "4"),
        ("Chapter II of this Act", "2 3"),
    ],
)
def test_a_chapter_stands_for_its_live_articles(phrase: str, targets: str) -> None:
    (found,) = references_from("3", CHAPTERS.replace("{here}", f"{phrase} shall apply mutatis mutandis to boats."))
    assert (found.targets, found.kind.value) == (tuple(f"lamp/{one}" for one in targets.split()), "mutatis mutandis")
    assert found.broken is None


@pytest.mark.parametrize(
    ("phrase", "why"),
    [
        ("Chapter IX", "there is no Chapter 9"),
        ("Chapters II through IX", "there is no Chapter 9"),
        ("this Part", "lamp/3 stands in no Part"),
    ],
)
def test_a_chapter_that_is_not_there_is_broken(phrase: str, why: str) -> None:
    (found,) = references_from("3", CHAPTERS.replace("{here}", f"{phrase} applies to boats."))
    assert found.broken == why


def test_a_chapter_of_another_law_is_that_laws() -> None:
    body = CHAPTERS.replace("{here}", "Section 2 of Chapter IV of the Ship Act applies.")
    assert targets_from("3", body) == [("ext:ship-act/chapter-4/section-2",)]


def test_a_term_of_a_chapter_holds_in_that_chapter() -> None:
    body = CHAPTERS.replace("{here}", "Boats rest.")
    assert targets_from("2(1)", body) == [("lamp/2", "lamp/3")]
    assert targets_from("2(2)", body) == [("lamp/2",)]


ANNEXED = f"""{ADDENDUM}[Attached Table 1] Fares (Related to Article 1)
Fares by size of lamp:
1. Small lamp: 500 won
2. Large lamp: 900 won
<Attached Form 2>
"""


@pytest.mark.parametrize(
    ("phrase", "targets"),
    [
        ("attached Table 1", "lamp/table-1"),
        ("the attached Table 1", "lamp/table-1"),
        ("Table 1", "lamp/table-1"),
        ("subparagraph 2 of attached Table 1", "lamp/table-1.2"),
        ("attached Table 1 subparagraph 2", "lamp/table-1.2"),
        ("attached Form 2", "lamp/form-2"),
        ("attached Table 4 of the Ship Act", "ext:ship-act/table-4"),
    ],
)
def test_attached_tables_and_forms_are_targets(phrase: str, targets: str) -> None:
    body = f"Article 1 (Fares)\nFares are as prescribed in {phrase}."
    (found,) = references_from("1", body, after=ANNEXED)
    assert (found.targets, found.broken) == ((targets,), None)


def test_a_form_that_is_not_attached_is_broken_where_the_text_has_annexes() -> None:
    body = "Article 1 (Fares)\nApply in attached Form 3."
    (found,) = references_from("1", body, after=ANNEXED)
    assert found.broken == "the text has no attached Form 3"
    (found,) = references_from("1", body)
    assert found.broken is None


def test_an_annex_has_entries_with_ids_and_quantities() -> None:
    document = read_small("Article 1 (Fares)\nFares are as prescribed in attached Table 1.", after=ANNEXED)
    table, form = document.annexes
    assert (table.body.id, table.body.heading, table.body.text) == (
        "lamp/table-1",
        "Fares (Related to Article 1)",
        "Fares by size of lamp:",
    )
    assert [(entry.id, entry.text) for entry in table.body.children] == [
        ("lamp/table-1.1", "Small lamp: 500 won"),
        ("lamp/table-1.2", "Large lamp: 900 won"),
    ]
    assert (form.body.id, form.body.children) == ("lamp/form-2", ())
    assert [unit.id for unit in walk_units(document, annexes=True)][-4:] == [
        "lamp/table-1",
        "lamp/table-1.1",
        "lamp/table-1.2",
        "lamp/form-2",
    ]
    assert print_statute(document) == document.source
    fares = [(q.provision, int(q.values[0])) for q in find_quantities(document) if q.unit == "won"]
    assert fares == [("lamp/table-1.1", 500), ("lamp/table-1.2", 900)]


@pytest.mark.parametrize(
    ("sentence", "terms", "scope"),
    [
        ('The term "ferry" means a ship.', ("ferry",), "lamp"),
        ("The term night ferry means a ship.", ("night ferry",), "lamp"),
        ('"Ferry" means a ship.', ("Ferry",), "lamp"),
        (
            'For the purposes of this Article, the terms "landing" and "quay" mean a place.',
            ("landing", "quay"),
            "lamp/1",
        ),
        ('"Day" in paragraph (1) means a day of work.', ("Day",), "lamp/1(1)"),
        (
            "Night care under Article 5 (1) 2 of the Ship Act, means care at night.",
            ("Night care",),
            "ext:ship-act/5(1)2",
        ),
        ('A "boat" as used in this Article means a raft.', ("boat",), "lamp/1"),
    ],
)
def test_a_definition_in_a_sentence_has_its_terms_and_its_scope(
    sentence: str, terms: tuple[str, ...], scope: str
) -> None:
    found = references_from("1(2)", f"Article 1 (Terms)\n(1) Lamps burn.\n(2) {sentence}")
    definitions = [(one.terms, one.targets) for one in found if one.kind.value == "definition"]
    assert definitions == [(terms, (scope,))]


@pytest.mark.parametrize("sentence", ["By means of a lamp, boats rest.", "It is the last means of help."])
def test_means_is_also_a_noun(sentence: str) -> None:
    assert references_from("1", f"Article 1 (Means)\n{sentence}") == []


@pytest.mark.parametrize("title", ["PREAMBLE", "The Preamble:"])
def test_a_preamble_has_an_id_and_a_fingerprint_and_a_bracket_before_the_instrument_is_no_title(title: str) -> None:
    text = (
        "LAMP ACT\n\n[Enforcement Date 1. Jan, 2002] [Act No. 100, 5. Jan, 2001]\n\n"
        f"{title}\n\nWe who keep lamps since the first day of May, Nineteen Hundred and Two, hereby agree.\n\n"
        "CHAPTER I Lamps\nArticle 1\nA lamp burns.\n"
        "ADDENDUM\nThis Act shall enter into force on the twenty-second day of May, in the year 2002.\n"
    )
    document = read_statute(text, "lamp")
    assert (document.head.title, print_statute(document)) == ("LAMP ACT", text)
    assert [one.code for one in document.diagnostics if one.severity is not Severity.NOTE] == []
    assert not any("stands before the title" in one.message for one in document.diagnostics)
    assert [unit.id for unit in walk_locked(document)][-1] == "lamp/preamble"
    dates = [(one.provision, one.date) for one in find_quantities(document) if one.date]
    assert dates == [("lamp/addenda-100", "2002-05-22"), ("lamp/preamble", "1902-05-01")]
    (record,) = list_instruments(document, find_references(document))
    assert (record.enforced or record.promulgated) == datetime.date(2002, 5, 22)
    newer = read_statute(text.replace("keep lamps", "keep towers"), "lamp")
    assert [one.id for one in compare_documents(document, newer).changes] == ["lamp/preamble"]


def test_a_book_is_a_division_above_its_parts() -> None:
    body = (
        "BOOK I GENERAL\nCHAPTER I Lamps\nArticle 1 (Lamps)\nA lamp burns.\nBOOK II TOWERS\nPART 1 Old Towers\n"
        "CHAPTER I Bells\nArticle 2 (Bells)\nA bell rings.\nArticle 3 (Bounds)\nThis Book shall not apply to boats.\n"
        "Article 4 (Lamps)\nChapter I of Book I shall apply mutatis mutandis.\n"
    )
    document = read_small(body)
    assert [one.id.removeprefix("lamp/") for one in document.divisions] == [
        "book-1",
        "book-1/chapter-1",
        "book-2",
        "book-2/part-1",
        "book-2/part-1/chapter-1",
    ]
    assert targets_from("3", body) == [("lamp/2", "lamp/3", "lamp/4")]
    assert targets_from("4", body) == [("lamp/1",)]
    newer = read_small(body.replace("BOOK II TOWERS", "BOOK II OLD TOWERS"))
    assert [one.id for one in compare_documents(document, newer).changes] == ["lamp/book-2"]
