"""Manners of codes, of acts on assemblies, offices and custody, and of their addenda."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.text.inline_statutes import (
    LAMPS,
    instruments_of,
    kinds_of_clauses,
    quantities_in,
    read_small,
    references_from,
    told,
)

from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_text.time.history import list_transitions
from mutandis_text.time.instruments import list_instruments


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            'The "board" in subparagraph 2 of Article 1 (1), 1 (2), the proviso to Article 1 (2) and paragraph (1) of'
            ' the same Article, 1-2 (1), 5 subparagraph 6-2, and 7 (2) shall be read as "keeper".',
            [("proviso", "1(1)2 1(2) 1(2) proviso 1(1) 1-2(1) 5.6-2 7(2)")],
        ),
        (
            "A grant under Article 7 (2) and (5) (limited to where the provisions apply mutatis mutandis pursuant to"
            " Article 8 (2)) of the Salt Act is a grant; so is one under Article 9 of the same Act.",
            [
                ("under", "ext:salt-act/7(2) ext:salt-act/7(5)"),
                ("under", "ext:salt-act/8(2)"),
                ("under", "ext:salt-act/9"),
            ],
        ),
        (
            "Article 7 of the Salt Act holds where Article 2 does, but Article 8 of the aforesaid Act does not.",
            [("cites", "ext:salt-act/7"), ("cites", "2"), ("cites", "ext:salt-act/8")],
        ),
        (
            "A firm under subparagraph 2 of Article 2 of the Salt Regulation and Fair Trade Act is large.",
            [("under", "ext:salt-regulation-and-fair-trade-act/2.2")],
        ),
        (
            "A keeper under Article 33, subparagraphs 1 to 3-2 of the Salt Act is barred.",
            [("under", "ext:salt-act/33.1 ext:salt-act/33.2 ext:salt-act/33.3 ext:salt-act/33.3-2")],
        ),
        (
            "A keeper who violates Article 1 (1) or (2) (applicable mutatis mutandis under Article 2), or 3 is fined.",
            [("cites", "1(1) 1(2) 3"), ("under", "2")],
        ),
        (
            "The amended provisions of Article 2, and Article 1, paragraph (2) shall hold.",
            [("cites", "2 1(2)")],
        ),
        (
            "A keeper may object, Article 9 of the Salt Act notwithstanding.",
            [("notwithstanding", "ext:salt-act/9")],
        ),
        ("A keeper under Article 2, Item 3 of the Salt Act is old.", [("under", "ext:salt-act/2.3")]),
        (
            "A keeper under Article 7 (1) of the Salt Act uses attached Form 1; so does one under paragraph (3) of the"
            " same Article.",
            [("under", "ext:salt-act/7(1)"), ("cites", "form-1"), ("under", "ext:salt-act/7(3)")],
        ),
        (
            "It ends under Articles 7 (1) and 8 of the Salt Act (in cases of subparagraph 1 of Article 7 (2), soon).",
            [("under", "ext:salt-act/7(1) ext:salt-act/8"), ("cites", "ext:salt-act/7(2)1")],
        ),
        (
            "A crime under Articles 7-2 (Theft) through 10 of the Penal Act is grave.",
            [("under", "ext:penal-act/7-2 ext:penal-act/8 ext:penal-act/9 ext:penal-act/10")],
        ),
        (
            "Acts in Articles 7 and 8 (limited to attempts of Article 7) among crimes of arson provided for in Chapter"
            " I of Part II of the Penal Act are grave.",
            [
                ("cites", "ext:penal-act/7 ext:penal-act/8"),
                ("cites", "ext:penal-act/7"),
                ("cites", "ext:penal-act/part-2/chapter-1"),
            ],
        ),
        (
            "Acts of Articles 7 (Arson) and 8, among crimes of arson, theft and so on in Chapter I of Part II of the"
            " Penal Act, are grave.",
            [("cites", "ext:penal-act/7 ext:penal-act/8"), ("cites", "ext:penal-act/part-2/chapter-1")],
        ),
        (
            "Acts of Article 7 (1) (Arson), 8 (Theft) or 9 (Attempts; limited to those of Articles 7 and 8) of the"
            " Penal Act are grave.",
            [
                ("cites", "ext:penal-act/7(1) ext:penal-act/8 ext:penal-act/9"),
                ("cites", "ext:penal-act/7 ext:penal-act/8"),
            ],
        ),
        (
            "Fines of attached Table 6 of the Salt Act and Article 5 of the Salt Act hold, but subparagraph 1 of the"
            " said Table does not.",
            [("cites", "ext:salt-act/table-6"), ("cites", "ext:salt-act/5"), ("cites", "ext:salt-act/table-6.1")],
        ),
        (
            "A case of Article 1 (2), or Article 1 (1) (only where it is under subparagraph 1 thereof) holds.",
            [("cites", "1(2) 1(1)"), ("under", "1(1)1")],
        ),
        (
            "A keeper errs in violation of Article 1 (2) as applied mutatis mutandis in Article 2.",
            [("cites", "1(2)"), ("cites", "2")],
        ),
        (
            "It ends on a day of Article 7, subparagraph 3 or Article 8 of the Salt Act.",
            [("cites", "ext:salt-act/7.3 ext:salt-act/8")],
        ),
        ("Article 2 bis and Article 1 hold.", [("cites", "2-2"), ("cites", "1")]),
    ],
)
def test_a_phrase_of_such_a_hand(words: str, expected: list[tuple[str, str]]) -> None:
    found = told(words)
    if expected[0][1] == "2-2":
        assert " ".join(targets for _, targets in found) == "2-2 1"
        return
    assert found == expected


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ('"Crimes" referred to in Article 1 (1) 2 are the following: All.', "Crimes"),
        ('"Means" in the main sentence of Article 1 (2) thereof refers to a device.', "Means"),
        ("A home for keepers in Article 2 means a house.", "home for keepers"),
    ],
)
def test_a_term_of_another_provision_is_defined(words: str, term: str) -> None:
    found = references_from("3", LAMPS.replace("{here}", words))
    assert [one.terms for one in found if one.kind.value == "definition"] == [(term,)]


def test_a_branch_may_be_printed_in_latin() -> None:
    body = (
        "Article 1 (Lamps) A lamp burns.\nArticle 1 bis (Oil) Oil is clean.\nArticle 1 ter (Wicks)\nA wick is long.\n"
    )
    document = read_small(body)
    assert [(one.id, one.text) for one in document.articles] == [
        ("lamp/1", "A lamp burns."),
        ("lamp/1-2", "Oil is clean."),
        ("lamp/1-3", "A wick is long."),
    ]


def test_columns_of_a_table_are_no_wording() -> None:
    body = (
        "Article 1 (Lamps) |\n(1) | A lamp is one of the following: |\n1. | Tall; |\n2. | Short. |\n"
        "(2) | It burns. |\nArticle 2 (Rates)\nOil | 5 won\nTin | 6 won."
    )
    first, second = read_small(body).articles
    assert [one.text for one in first.children] == ["A lamp is one of the following:", "It burns."]
    assert [one.text for one in first.children[0].children] == ["Tall;", "Short."]
    assert second.text == "Oil | 5 won Tin | 6 won."


def test_a_shop_of_statutes_prints_buttons_between_articles_and_numbers_on_lines_of_their_own() -> None:
    text = (
        "Lamp Act\n\n\nPublished: 2013-04-05\n\nSubscribe to a Premium Membership Today!\n\nKey Benefits:\n\n"
        "CHAPTER I LAMPS\nlaw view\n Article 1 (Lamps)   print\n(1)\nA lamp is one of the following:\n1.\nTall;\n2.\n"
        "Short.\n(2)\nIt burns.\nlaw view\n Article 2 (Oil)   print\nOil is clean.\n"
    )
    document = read_statute(text, "lamp")
    assert document.head.title == "Lamp Act"
    assert [one.title for one in document.divisions] == ["LAMPS"]
    first, second = document.articles
    assert [one.text for one in first.children] == ["A lamp is one of the following:", "It burns."]
    assert [one.text for one in first.children[0].children] == ["Tall;", "Short."]
    assert second.text == "Oil is clean."


def test_a_day_that_is_not_read_is_not_that_of_the_instrument() -> None:
    (record,) = instruments_of(
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001: Provided, That Article 1 shall enter into force on"
        " the first day of the term of the tenth Council, and the amended provisions of Article 2 on the day of its"
        " first session.\n"
    )
    assert record.enforced == dt.date(2001, 5, 1)
    assert [(part.provisions, part.on) for part in record.parts] == [(("lamp/1",), None), (("lamp/2",), None)]


def test_terms_named_respectively_are_several() -> None:
    words = 'There are two kinds (hereinafter referred to as "lamp" and "bell of iron", respectively).'
    (found,) = references_from("3", LAMPS.replace("{here}", words))
    assert (found.terms, found.words) == (("lamp", "bell of iron"), "lamp, bell of iron")


def test_a_heading_may_begin_with_a_word_for_what_is_gone() -> None:
    document = read_small("Article 1 (Lamps)\nA lamp burns.\nArticle 2 (Repealed Acts)\nThe Oil Act is repealed.")
    assert [(one.heading, one.text) for one in document.articles] == [
        ("Lamps", "A lamp burns."),
        ("Repealed Acts", "The Oil Act is repealed."),
    ]


def test_the_last_of_a_row_of_days_may_be_that_of_the_next_year() -> None:
    (record,) = instruments_of(
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001: Provided, That Article 1 shall enter into force on"
        " July 1, 2001, and Article 2 as from the first day of the year following the promulgation.\n"
    )
    assert [part.on for part in record.parts] == [dt.date(2001, 7, 1), dt.date(2002, 1, 1)]


def test_each_clause_of_a_proviso_has_a_day_of_its_own() -> None:
    (record,) = instruments_of(
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001: Provided, That Article 1 shall enter into force"
        " starting with the first election of 2002, and Article 2 three months after the date of its promulgation.\n"
    )
    assert [(part.provisions, part.on) for part in record.parts] == [
        (("lamp/1",), None),
        (("lamp/2",), dt.date(2001, 4, 6)),
    ]


def test_a_main_sentence_may_name_a_second_day() -> None:
    (record,) = instruments_of(
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001, but the amended provisions of Article 2 shall enter"
        " into force on July 1, 2001.\n"
    )
    assert [(part.provisions, part.on) for part in record.parts] == [(("lamp/2",), dt.date(2001, 7, 1))]
    (record,) = instruments_of(
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001, and Article 2 applies to what happens after this Act"
        " enters into force.\n"
    )
    assert record.parts == ()


def test_days_of_enforcement_may_stand_in_several_provisions() -> None:
    after = (
        "ADDENDA\nArticle 1 (Enforcement Date)\n(1) This Act shall enter into force on May 1, 2001.\n"
        "(2) The amended provisions of Article 1 shall enter into force on the dates classified as follows:\n"
        "1. Towers of 300 lamps or more: July 1, 2001;\n2. Others under Article 2: January 1, 2002.\n"
        "(3) The amended provisions of Article 2 shall enter into force on the date of promulgation.\n"
        "Article 2 (Cases)\nArticle 2 shall apply to new cases.\n"
    )
    (record,) = instruments_of(after)
    assert record.enforced == dt.date(2001, 5, 1)
    assert [(part.provisions, part.on) for part in record.parts] == [
        (("lamp/1",), None),
        (("lamp/2",), dt.date(2001, 1, 5)),
    ]
    document = read_small("Article 1 (Lamps)\nA lamp burns.\nArticle 2 (Oil)\nOil is clean.", after=after)
    report = find_references(document)
    clauses = list_transitions(document, list_instruments(document, report), report)
    assert [one.provision for one in clauses] == ["lamp/addenda-100/2"]


def test_acts_amended_by_the_addenda_are_no_part_of_this_one() -> None:
    (record,) = instruments_of(
        "ADDENDA\nArticle 1 (Enforcement Date)\nThis Act shall enter into force on May 1, 2001: Provided, That among"
        " the Acts amended under Article 2 of the Addenda, an Act that is not yet in force shall enter into force on"
        " the date on which it does.\nArticle 2 (Amendment to Other Acts)\nThe Oil Act is amended as follows: None.\n"
    )
    assert record.parts == ()


def test_provisions_named_in_a_bracket_alone_are_governed() -> None:
    after = (
        "ADDENDA\nArticle 1\nThis Act shall enter into force on May 1, 2001.\nArticle 2 (Cases)\n"
        "The provisions on lamps (Articles 1 and 2) shall apply to new cases.\n"
    )
    document = read_small("Article 1 (Lamps)\nA lamp burns.\nArticle 2 (Oil)\nOil is clean.", after=after)
    report = find_references(document)
    (clause,) = list_transitions(document, list_instruments(document, report), report)
    assert clause.governs == ("lamp/1", "lamp/2")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("If any statute refers to the previous Act, it is deemed to refer to this Act.", "other laws"),
        ("This Act shall, except as otherwise provided, apply also to matters that arose before.", "applicability"),
        ("The rights of the Board shall be succeeded to by the Council.", "carry over"),
        ("Article 1 shall remain in effect until December 31, 2021.", "applicability"),
        ("A company of Article 1 shall, within six months, amend its articles of incorporation.", "task"),
    ],
)
def test_the_kind_of_a_clause(words: str, kind: str) -> None:
    assert kinds_of_clauses(words) == [kind]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The day shall be told three days prior to the meeting.", ["3 day deadline at_least"]),
        ("A notice must be sent at least two weeks before the vote.", ["2 week deadline at_least"]),
        ("Where a keeper left three days before the storm, he returns.", ["3 day duration exact"]),
        ("A keeper shall rest for three days before the watch.", ["3 day duration exact"]),
        ("A keeper elected for the first time serves.", []),
        ("A bill is named as one subject to haste.", []),
        ("A keeper who has not passed five years since he left is barred.", ["5 year lapse exact"]),
        (
            "The retirement age of a pilot shall be 65, and that of keepers, other than pilots, shall be 63.",
            ["65 year age exact", "63 year age exact"],
        ),
        ("A report is due within the thirty days preceding the end.", ["30 day deadline at_most"]),
        ("A boy is aged 14 or older but not older than 18.", ["14 year age at_least", "18 year age at_most"]),
        (
            "A watch shall not exceed four hours, and no more than two sessions shall be held.",
            ["4 hour limit at_most", "2 session count at_most"],
        ),
        (
            "The stay shall not exceed three months, and that under paragraph (1) 3 one month.",
            ["3 month limit at_most", "1 month limit at_most"],
        ),
        ("A stay is extended within the scope of six months.", ["6 month limit at_most"]),
        ("The stay shall in no case exceed two years.", ["2 year limit at_most"]),
        (
            "The maximum shall not exceed ten years, and the minimum five years.",
            ["10 year limit at_most", "5 year limit at_most"],
        ),
        (
            "A fine shall be not exceeding 10 won, 5 won in the case of a boy, and one won in the case of a child.",
            ["10 won money at_most", "5 won money at_most", "1 won money at_most"],
        ),
        (
            "A tower has at least 50 but less than 300 keepers.",
            ["50 keeper count at_least", "300 keeper count less_than"],
        ),
        (
            "It shall be applied for during the two days beginning 24 days before the vote.",
            ["2 day duration exact", "24 day duration exact"],
        ),
        ("A day set by a decree not later than 2012.", []),
        (
            "A fine is not exceeding 100 won, or 3/100 of the sales, whichever is greater.",
            ["100 won money at_most", "3/100 share at_most"],
        ),
        ("A fine is one tenth of the sum.", ["1/10 share exact"]),
        ("It ends for one on whom no fine was imposed, as if he were one.", []),
        ("A share of a general programming one.", []),
        ("A test is due of anyone 65 or older but younger than 75.", ["65 year age at_least", "75 year age less_than"]),
        ("It is told in one daily newspaper if it is urgent.", ["1 newspaper count exact"]),
        ("A fee shall be rounded up to 1,000 won.", ["1000 won money exact"]),
        (
            "It is sent within seven days (if the keeper is ill, 14 days).",
            ["7 day deadline at_most", "14 day deadline at_most"],
        ),
    ],
)
def test_a_quantity_of_such_a_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected
