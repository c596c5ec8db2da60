"""Typography of the publisher that the three texts do not show; the statutes here are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutandis_text.document import (
    DivisionKind,
    PieceRole,
    Provision,
    StatuteDocument,
    print_statute,
    walk_provisions,
    walk_units,
)
from mutandis_text.structure.load import load_statute
from mutandis_text.structure.reader import read_statute

_STATUTES = Path(__file__).parent / "statutes"


def _read(body: str, head: str = "LAMP ACT\nAct No. 1, Jan. 2, 2000\n") -> StatuteDocument:
    return read_statute(head + body, "lamp")


def _ids(document: StatuteDocument) -> list[str]:
    return [unit.id for unit in walk_units(document)]


def _node(document: StatuteDocument, own: str) -> Provision:
    return next(node for node in walk_provisions(document) if node.id == own)


def _slugs(document: StatuteDocument) -> list[str]:
    return [one.slug for one in document.diagnostics]


def test_a_statute_with_every_division_and_list_level_and_print_noise() -> None:
    document = load_statute(_STATUTES / "lighthouse-act.txt")
    assert document.head.title == "LIGHTHOUSE KEEPERS ACT"
    assert [one.numbers for one in document.head.instruments] == [("7799", "7800"), ("8120",), ("9001",)]
    assert [one.id.removeprefix("lighthouse-act/") for one in document.divisions] == [
        "part-1",
        "part-1/chapter-1",
        "part-1/chapter-1/section-1",
        "part-1/chapter-1/section-1/subsection-1",
        "part-1/chapter-1/section-1/subsection-2",
        "part-1/chapter-2-2",
        "part-1/chapter-3",
    ]
    assert document.divisions[-1].title == "PENALTIES"
    assert [unit.id.removeprefix("lighthouse-act/") for unit in walk_units(document)] == [
        *("1", "2", "2(1)", "2(1)1", "2(1)1(a)", "2(1)1(b)", "2(1)1(b)(i)", "2(1)1(b)(ii)", "2(1)1(c)"),
        *("2(1)2", "2(1)2-2", "2(1)2-2 latter", "2(2)", "2(2) proviso", "2(3)", "2(4)", "2(5)"),
        *("3", "3(1)", "3(2)", "4", "5", "6", "6-2", "7", "7 proviso", "7 latter", "7.1", "7.2", "8"),
        *("addenda-8120", "addenda-8120(1)", "addenda-20080328"),
    ]
    noise = [document.slice(piece.extent).strip() for piece in document.pieces if piece.role is PieceRole.NOISE]
    assert noise == ["Korea Law Viewer", "홈  |  뒤로가기  |  인쇄", "Print", "1 / 4", "Page 2 of 4", "3 / 4"]
    assert [one.severity.value for one in document.diagnostics] == ["note"]


def test_blank_lines_between_all_lines_and_a_head_of_two_lines() -> None:
    document = load_statute(_STATUTES / "ferry-rules.txt")
    assert document.head.title == "FERRY RULES"
    assert document.head.instruments[0].kind == "Ordinance of the Ministry of Ports"
    assert document.addenda[0].id == "ferry-rules/addenda-12"
    assert document.addenda[0].inferred
    told = [(one.slug, one.span.line, one.span.column) for one in document.diagnostics]
    assert told == [
        ("list-lead-unsure", 15, 110),
        ("unnumbered-line", 22, 1),
        ("number-gap", 24, 1),
        ("addenda-instrument-inferred", 27, 1),
        ("unfinished-wording", 27, 1),
    ]


@pytest.mark.parametrize("name", ["lighthouse-act", "ferry-rules"])
def test_the_made_up_statutes_print_back(name: str) -> None:
    source = (_STATUTES / f"{name}.txt").read_bytes().decode("utf-8")
    assert print_statute(read_statute(source, name)) == source


def test_wrapped_numbers_stay_wording() -> None:
    document = _read(
        "Article 1 (Lamps)\n(1) A lamp under paragraph\n(2) of this Article or subparagraph\n1. of Article 2\n"
        "(1) of the Harbor Act burns.\n(2) It burns\nArticle 2 (Oil) of the Harbor Act notwithstanding.\n"
    )
    assert _ids(document) == ["lamp/1", "lamp/1(1)", "lamp/1(2)"]
    assert _node(document, "lamp/1(2)").text == "It burns Article 2 (Oil) of the Harbor Act notwithstanding."


def test_an_article_that_opens_with_a_citation_of_itself_in_capitals_is_one_article() -> None:
    document = _read("Article 1 (Lamps)\nArticle 5 (1) and (3) through (6) shall apply.\nArticle 2 (Oil)\nOil burns.\n")
    assert _ids(document) == ["lamp/1", "lamp/2"]


@pytest.mark.parametrize(
    ("line", "number", "heading"),
    [
        ("Article 1(Purpose)\nText here.", "1", "Purpose"),
        ("\u00a0Article 1 (Purpose)\nText here.", "1", "Purpose"),
        ("Article 1 (Purpose) Text here.", "1", "Purpose"),
        ("Article 1 (Purpose (and Scope))\nText here.", "1", "Purpose (and Scope)"),
        ("Article 1 (A Purpose so Long\nthat It Is Wrapped)\nText here.", "1", "A Purpose so Long that It Is Wrapped"),
        ("Article 1 Purpose of Lamps\nText here.", "1", "Purpose of Lamps"),
        ("Article 1\nText here.", "1", None),
        ("Article 1. Text here.", "1", None),
    ],
)
def test_forms_of_article_headings(line: str, number: str, heading: str | None) -> None:
    article = _read(line + "\n").articles[0]
    assert (article.number, article.heading, article.text) == (number, heading, "Text here.")


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("Article 2 Deleted. <Jan. 3, 2001>", ["2"]),
        ("Articles 2 and 3 Deleted. <by Act No. 2, Jan. 3, 2001>", ["2", "3"]),
        ("Articles 2 through 4 Deleted. <Jan. 3, 2001>", ["2", "3", "4"]),
        ("Articles 2, 3 and 4 Deleted.", ["2", "3", "4"]),
        ("Articles 1-2 through 1-4 Deleted.", ["1-2", "1-3", "1-4"]),
        ("Article 2 (Oil) Deleted. <Jan. 3, 2001>", ["2"]),
        ("Article 2 (Deleted)", ["2"]),
        ("Articles 2 and 3 (Deleted) <Jan. 3, 2001>", ["2", "3"]),
        ("Articles 2 – 4 Deleted.", ["2", "3", "4"]),
        ("Article 2 <Deleted by Act No. 2, Jan. 3, 2001>", ["2"]),
        ("Article 2\n[Deleted on Jan. 3, 2001]", ["2"]),
    ],
)
def test_forms_of_deleted_articles(line: str, gone: list[str]) -> None:
    document = _read(f"Article 1 (Lamps)\nLamps burn.\n{line}\n")
    assert [a.number for a in document.articles if a.status.value == "deleted"] == gone


@pytest.mark.parametrize(
    "line",
    [
        "Article 2\n[Previous Article 2 moved to Article 5 <Jan. 3, 2001>]",
        "Article 2 [Moved to Article 5 <Jan. 3, 2001>]",
        "Article 2 Moved to Article 5. <Jan. 3, 2001>",
    ],
)
def test_forms_of_moved_articles(line: str) -> None:
    article = _read(f"Article 1 (Lamps)\nLamps burn.\n{line}\n").articles[1]
    assert article.status.value == "moved"
    assert [(m.origin, m.target) for note in article.notes for m in note.moves] == [("lamp/2", "lamp/5")]


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("(2) Deleted. <by Act No. 2, Jan. 3, 2001>", ["lamp/1(2)"]),
        ("(2) and (3) Deleted. <Jan. 3, 2001>", ["lamp/1(2)", "lamp/1(3)"]),
        ("(2) through (4) Deleted.", ["lamp/1(2)", "lamp/1(3)", "lamp/1(4)"]),
        ("(2) Oil lamps:\n1. Deleted; <by Act No. 2, Jan. 3, 2001>\n2. One.", ["lamp/1(2)1"]),
        ("(2) Oil lamps:\n1. and 2. Deleted. <Jan. 3, 2001>\n3. One.", ["lamp/1(2)1", "lamp/1(2)2"]),
        ("(2) Oil lamps:\n1 through 3. Deleted.\n4. One.", ["lamp/1(2)1", "lamp/1(2)2", "lamp/1(2)3"]),
    ],
)
def test_forms_of_deleted_parts(line: str, gone: list[str]) -> None:
    document = _read(f"Article 1 (Lamps)\n(1) Lamps burn.\n{line}\n")
    assert [node.id for node in walk_provisions(document) if node.status.value == "deleted"] == gone


def test_the_letter_i_after_h_is_an_item_and_a_numeral_below_an_item() -> None:
    letters = "\n".join(f"({letter}) Kind {letter};" for letter in "abcdefghi")
    document = _read(
        f"Article 1 (Lamps)\nThe following:\n1. Kinds:\n{letters}\n2. Of:\n(a) Oil:\n(i) Whale;\n(ii) Seal;\n(b) Gas.\n"
    )
    ids = _ids(document)
    assert "lamp/1.1(i)" in ids
    assert ids[-5:] == ["lamp/1.2", "lamp/1.2(a)", "lamp/1.2(a)(i)", "lamp/1.2(a)(ii)", "lamp/1.2(b)"]


def test_a_list_of_contents_before_the_text_is_noise() -> None:
    contents = "PART I LAMPS\nArticle 1 (Oil)\nArticle 2 (Gas)\nArticle 3 (Wax)\n"
    body = "PART I LAMPS\nArticle 1 (Oil)\nOil burns.\nArticle 2 (Gas)\nGas burns.\nArticle 3 (Wax)\nWax burns.\n"
    document = _read(contents + body)
    assert _ids(document) == ["lamp/1", "lamp/2", "lamp/3"]
    assert [one.id for one in document.divisions] == ["lamp/part-1"]
    assert "contents-list" in _slugs(document)


def test_annotations_keep_their_instruments() -> None:
    document = _read(
        "Article 1 (Lamps)\nLamps burn. <Newly Inserted by Act Nos. 7 & 8, Jan. 3, 2001; Amended\n"
        "by Act No. 9, May 4, 2002>\n[This Article Newly Inserted on Jan. 3, 2001]\n"
    )
    article = document.articles[0]
    assert [(a.kind.value, [i.numbers for i in a.instruments]) for a in article.annotations] == [
        ("newly_inserted", [("7", "8")]),
        ("amended", [("9",)]),
    ]
    assert article.text == "Lamps burn."
    assert article.notes[0].kind.value == "newly_inserted"


def test_addenda_in_every_form() -> None:
    document = _read(
        "Article 1 (Lamps)\nLamps burn.\nADDENDUM\nThis Act shall enter into force on May 1, 2000.\n"
        "ADDENDA <Act No. 2, Feb. 3, 2001>\nArticle 1 (Enforcement Date)\nAt once. (Proviso Omitted.)\n"
        "Articles 2 through 4 Omitted.\nArticle 5(Transitional Measures)\n"
        "(1) Old lamps: Provided, That new ones burn.\n(2) Omitted.\n"
        "ADDENDA <Act Nos. 3 & 4, Mar. 3, 2002>\n1. (Enforcement Date) At once.\n2. (Lamps) Later.\n"
    )
    assert [one.id for one in document.addenda] == ["lamp/addenda-1", "lamp/addenda-2", "lamp/addenda-3-4"]
    assert [i for i in _ids(document) if "addenda" in i] == [
        *("lamp/addenda-1", "lamp/addenda-2", "lamp/addenda-2/1", "lamp/addenda-2/5", "lamp/addenda-2/5(1)"),
        *("lamp/addenda-2/5(1) proviso", "lamp/addenda-3-4", "lamp/addenda-3-4.1", "lamp/addenda-3-4.2"),
    ]
    omitted = [one for node in walk_provisions(document) for o in node.omissions for one in o.ids]
    assert omitted == [
        *(
            "lamp/addenda-2/2",
            "lamp/addenda-2/3",
            "lamp/addenda-2/4",
            "lamp/addenda-2/1 proviso",
            "lamp/addenda-2/5(2)",
        ),
    ]


def test_lines_that_cannot_be_placed_are_told_and_kept() -> None:
    document = _read("Article 1 (Lamps)\n(1) The following burn:\n1. Oil;\n2. Gas.\nAll of them burn brightly.\n")
    assert _node(document, "lamp/1(1)").text == "The following burn: All of them burn brightly."
    assert [(d.slug, d.span.line) for d in document.diagnostics if d.severity.value == "warning"] == [
        ("unnumbered-line", 7)
    ]


def test_an_annotation_behind_a_heading_does_not_stand_for_the_text() -> None:
    document = _read(
        "Article 1 (Lamps) <Amended by Act No. 2, Jan. 3, 2001>\nLamps burn.\nArticle 2 (Oil)\n(1) Oil burns.\n"
    )
    assert document.articles[0].text == "Lamps burn."
    assert document.articles[0].annotations[0].kind.value == "amended"
    assert "unnumbered-line" not in _slugs(document)


def test_subparagraphs_with_a_round_bracket_and_roman_signs_of_chapters() -> None:
    document = _read("CHAPTER Ⅱ LAMPS\nArticle 1 (Lamps)\nThe following burn:\n1) Oil;\n2) Gas.\n")
    assert _ids(document) == ["lamp/1", "lamp/1.1", "lamp/1.2"]
    assert document.divisions[0].id == "lamp/chapter-2"


def test_a_preamble_is_kept_in_the_head_and_told() -> None:
    document = _read("We keep the lamps.\nArticle 1 (Lamps)\nLamps burn.\n")
    assert ("read-as-noise", 3) in [(one.slug, one.span.line) for one in document.diagnostics]


def test_subsections_without_chapters_stand_under_the_law() -> None:
    document = _read("Section 1 Lamps\nArticle 1 (Oil)\nOil burns.\nSub-Section 2 Gas\nArticle 2 (Gas)\nGas burns.\n")
    assert [(one.kind, one.articles) for one in document.divisions] == [
        (DivisionKind.SECTION, ("lamp/1",)),
        (DivisionKind.SUBSECTION, ("lamp/2",)),
    ]


@pytest.mark.parametrize(
    ("head", "title", "numbers"),
    [
        ("LAMP ACT\n", "LAMP ACT", []),
        ("LAMP ACT Act No. 7, Jan. 2, 2000 Amended by Act No. 8, May 3, 2001\n", "LAMP ACT", ["7", "8"]),
        ("Print\nLAMP AND\nOIL ACT\n\n[Act No. 7, 2000. 1. 2.]\n", "LAMP AND OIL ACT", ["7"]),
        ("인쇄\nLamp Act\nEnacted by Act No. 7, Jan. 2, 2000\nAct No. 9, Dec. 3, 2002\n", "Lamp Act", ["7", "9"]),
    ],
)
def test_forms_of_heads(head: str, title: str, numbers: list[str]) -> None:
    found = _read("Article 1 (Oil)\nOil burns.\n", head).head
    assert (found.title, [one.number for one in found.instruments]) == (title, numbers)
