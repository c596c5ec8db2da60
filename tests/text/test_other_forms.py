"""Lists in roman numerals, pages copied with their buttons, addenda with a title, another publisher's paragraphs."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import read_small

from mutandis_text.document import PieceRole, StatuteDocument, print_statute, walk_provisions
from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.history import list_history
from mutandis_text.time.instruments import list_instruments


def _ids(document: StatuteDocument) -> list[str]:
    return [one.id.removeprefix("lamp/") for one in walk_provisions(document, addenda=False)]


def _slugs(document: StatuteDocument) -> list[str]:
    return [one.slug for one in document.diagnostics if one.severity.value != "note"]


def test_a_list_in_roman_numerals_right_below_an_article_keeps_every_entry() -> None:
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi")
    entries = "\n".join(f"({roman}) A lamp number {roman};" for roman in romans)
    document = read_small(f"Article 1 (Kinds)\nThe kinds of lamps are as follows:\n{entries}")
    assert _ids(document) == ["1", *(f"1({roman})" for roman in romans)]
    assert _slugs(document) == []


def test_sub_items_in_roman_numerals_stay_below_their_item() -> None:
    document = read_small(
        "Article 1 (Kinds)\nThe kinds are as follows:\n1. Lamps being:\n(a) Red ones, namely:\n(i) Dark;\n(ii) Light;\n"
        "(iii) Pale;\n(b) Green ones."
    )
    assert _ids(document) == ["1", "1.1", "1.1(a)", "1.1(a)(i)", "1.1(a)(ii)", "1.1(a)(iii)", "1.1(b)"]
    assert _slugs(document) == []


@pytest.mark.parametrize(
    ("entries", "ids"),
    [
        ("(i) One;\n(ii) Two;\n(iv) Four.", ["1(i)", "1(ii)", "1(iv)"]),
        ("(a) One;\n(b) Two;\n(d) Four.", ["1(a)", "1(b)", "1(d)"]),
    ],
)
def test_a_gap_among_items_is_told(entries: str, ids: list[str]) -> None:
    document = read_small(f"Article 1 (Kinds)\nThe kinds are as follows:\n{entries}")
    assert _ids(document)[1:] == ids
    assert _slugs(document) == ["number-gap"]


def test_a_line_with_a_number_that_was_read_as_wording_is_told() -> None:
    document = read_small("Article 1 (Kinds)\nThe kinds are as follows:\n1. Lamps.\n(vii) Bells are kinds.")
    assert "numbers-out-of-order" in _slugs(document)


def test_a_button_behind_a_heading_is_noise() -> None:
    document = read_small(
        "Article 1 (Purpose)   print\nLamps burn.\nArticle 2 (Bells)   print\n(1) Bells ring.\n(2) Or not."
    )
    assert _ids(document) == ["1", "2", "2(1)", "2(2)"]
    noise = [document.slice(one.extent) for one in document.pieces if one.role is PieceRole.NOISE]
    assert noise == ["print", "print"]
    assert [one.slug for one in document.diagnostics].count("read-as-noise") == 2
    assert print_statute(document) == document.source


def test_paragraphs_of_another_publisher_are_told_and_not_passed_over() -> None:
    document = read_small(
        "Article 1 (Marks)\nMarks:\n1. A shoal is marked.\n2. It is not at night.\n".replace(":", ".")
    )
    assert _slugs(document) == ["other-form"]
    listed = read_small("Article 1 (Marks)\nThe marks are as follows:\n1. A lamp.\n2. A bell.\n")
    assert _slugs(listed) == []


_TITLED = """QUAYS ACT

Act No. 10, Feb. 1, 2011

Amended by Act No. 20, May 7, 2014

Act No. 30, Jan. 9, 2015

Article 1 (Reports)
A user shall report. <Amended by Act No. 20, May 7, 2014; Act No. 30, Jan. 9, 2015>
ADDENDA
This Act shall enter into force on the date of its promulgation.
ADDENDA {first}
Article 1 (Enforcement Date)
This Act shall enter into force one month after the date of its promulgation.
ADDENDUM {second}
This Act shall enter into force on March 1, 2015.
"""


def test_the_title_of_the_amending_act_may_stand_before_or_behind_its_number() -> None:
    text = _TITLED.format(
        first="(Harbor Organization Act) <Act No. 20, May 7, 2014>",
        second="<Act No. 30, Jan. 9, 2015> (Coast Guard Act)",
    )
    document = read_statute(text, "quays")
    assert [one.id for one in document.addenda] == ["quays/addenda-10", "quays/addenda-20", "quays/addenda-30"]
    assert _slugs(document) == []
    records = list_instruments(document, find_references(document))
    assert [str(one.enforced) for one in records] == ["2011-02-01", "2014-06-08", "2015-03-01"]
    (past,) = list_history(document, records)
    assert [str(event.since) for event in past.events] == ["2014-06-08", "2015-03-01"]
    assert print_statute(document) == text
