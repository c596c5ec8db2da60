"""Manners of treaty, penal, tax and traffic acts, of rules with forms, and of ordinances."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.text.inline_statutes import (
    ADDENDUM,
    instruments_of,
    quantities_in,
    read_small,
    references_from,
    told,
)

from mutandis_text.references.find import find_references
from mutandis_text.time.history import list_transitions
from mutandis_text.time.instruments import list_instruments

BODY = """Article 1 (Lamps)
(1) A lamp is one of the following:
1. A lamp of brass:
(a) A tall one:
1) With a wick;
2) Without a wick;
(b) A short one;
2. A lamp of tin.
Article 2 (Oil)
(1) Oil is clean.
(2) Oil is clear.
Article 3 (Towers)
{here}
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "Acts under Articles 7 (Theft), 8 through 9 and 12 (2) of Chapter XII of Part II of the Penal Act harm.",
            [("under", "ext:penal-act/7 ext:penal-act/8 ext:penal-act/9 ext:penal-act/12(2)")],
        ),
        (
            "Crimes under Article 7 of the Salt Act, and attempts under Article 9 thereof (limited to attempts of"
            " crimes under Articles 2 and 3) are grave.",
            [
                ("under", "ext:salt-act/7"),
                ("under", "ext:salt-act/9"),
                ("under", "ext:salt-act/2 ext:salt-act/3"),
            ],
        ),
        (
            "Article 5, paragraphs 1 and 3 of the Convention on Salt and Article 9, paragraph 2, subparagraph (c), of"
            " the Protocol hold.",
            [
                ("cites", "ext:convention-on-salt/5(1) ext:convention-on-salt/5(3)"),
                ("cites", "ext:protocol/9(2)c"),
            ],
        ),
        (
            "A hall of the Convention Center is lit under the Salt Convention Act.",
            [("under", "ext:salt-convention-act")],
        ),
        (
            "Article 4, Paragraph (1), Subparagraph 2 of the Act on Salt holds.",
            [("cites", "ext:act-on-salt/4(1)2")],
        ),
        ("A lamp under Article 1 (1) 1 (a) 1) or 2) is tall.", [("under", "1(1)1(a)(1) 1(1)1(a)(2)")]),
        (
            "Article 1 (1) 1 (a) 1) holds, other than 2) of the same item.",
            [("cites", "1(1)1(a)(1)"), ("excluding", "1(1)1(a)(2)")],
        ),
        (
            "Oil (hereafter in this Article, Article 2 (1), and Article 9, the same shall apply) is dear.",
            [("definition", "3 2(1) 9")],
        ),
        (
            "Lamps (hereafter in Articles 2, 3 (1) 1 through 4 and 148-2, the same shall apply) burn.",
            [("definition", "2 3(1)1 3(1)4 148-2")],
        ),
        (
            "Article 7 (1) 2 (a) of the Salt Act and items (b) through (d) of the same subparagraph hold.",
            [
                ("cites", "ext:salt-act/7(1)2(a)"),
                ("cites", "ext:salt-act/7(1)2(b) ext:salt-act/7(1)2(c) ext:salt-act/7(1)2(d)"),
            ],
        ),
        ("Article 9 of the Salt Act notwithstanding, oil is clean.", [("notwithstanding", "ext:salt-act/9")]),
        (
            'The term "lamp of the sea" (hereinafter referred to as "lamp") means a light.',
            [("definition", ""), ("definition", "")],
        ),
        (
            "Subparagraphs 1 (excluding crimes under Article 2 (2)) through 3 of Article 1 (1) hold.",
            [("cites", "1(1)1 1(1)2 1(1)3"), ("excluding", "2(2)")],
        ),
        ("A keeper uses attached Forms No. 2-2 and No. 2-3.", [("cites", "form-2-2 form-2-3")]),
        ("Article 7 of the Addenda to the Lamp Act (Act No. 98) shall be deleted.", [("cites", "addenda-98/7")]),
        ("Laws that cite the former provisions of the Lamp Act hold.", [("cites", "lamp")]),
    ],
)
def test_a_phrase_of_such_a_hand(words: str, expected: list[tuple[str, str]]) -> None:
    found = [
        (kind, targets.removeprefix("lamp") if kind == "definition" else targets) for kind, targets in told(words, BODY)
    ]
    assert found == expected


def test_a_term_before_its_short_form_is_defined_too() -> None:
    words = 'The term "lamp of the sea" (hereinafter referred to as "lamp") means a light.'
    found = references_from("3", BODY.replace("{here}", words))
    assert [one.terms for one in found] == [("lamp",), ("lamp of the sea",)]


def test_items_of_a_provision_that_is_not_there_are_named_by_its_place() -> None:
    words = "Article 7 (1) 2 (a) holds, and so do items (b) through (d) of the same subparagraph."
    found = references_from("3", BODY.replace("{here}", words))
    assert found[-1].targets == ("lamp/7(1)2(b)", "lamp/7(1)2(c)", "lamp/7(1)2(d)")


def test_an_entry_of_the_same_subparagraph_may_be_one_of_an_annex() -> None:
    words = "Subparagraph 2 (b) of attached Table 2, or item (c) of the same subparagraph holds."
    after = ADDENDUM + "[Attached Table 2] Kinds (Related to Article 3)\n1. Oil\n2. Lamps\n"
    (found,) = references_from("3", BODY.replace("{here}", words), after=after)
    assert (found.targets, found.broken) == (("lamp/table-2.2(b)", "lamp/table-2.2(c)"), None)


@pytest.mark.parametrize("whose", ["the Act", "the same Act", "the said Act"])
def test_a_short_name_of_the_decree_of_an_act_named_by_a_short_name(whose: str) -> None:
    body = (
        'Article 1 (Lamps)\n(1) A lamp is lit under Article 3 of the Salt Act (hereinafter referred to as the "Act") or'
        f' Article 4 of the Enforcement Decree of {whose} (hereinafter referred to as the "Decree").\n'
        "(2) Article 5 of the Decree holds.\n"
    )
    (found,) = references_from("1(2)", body, title="ENFORCEMENT RULES OF THE SALT ACT")
    assert found.targets == ("ext:enforcement-decree-of-the-salt-act/5",)


def test_the_constitution_names_itself() -> None:
    body = "Article 1\n(1) A proposal to amend the Constitution shall be public.\n"
    (found,) = references_from("1(1)", body, title="CONSTITUTION OF THE HARBOR")
    assert found.targets == ("lamp",)


def test_numbers_of_one_line_open_provisions() -> None:
    body = (
        "Article 1 (Lamps) (1) A lamp burns. (2) A lamp under paragraph (1) is one of the following: 1. Tall; 2. Short."
        "\n(3) Oil is clear.\nArticle 2 (Oil) The oil of paragraph (1). (2) It is clean.\n"
    )
    document = read_small(body)
    first, second = document.articles
    assert [one.id for one in first.children] == ["lamp/1(1)", "lamp/1(2)", "lamp/1(3)"]
    assert second.children == ()


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("one year and six months after the date of its promulgation", dt.date(2002, 7, 6)),
        ("on the first day of the month following the month of promulgation", dt.date(2001, 2, 1)),
        ("on the date prescribed by Presidential Decree within a period not exceeding a year after promulgation", None),
        ("on the date set by Presidential Decree, which shall not exceed one year from its promulgation", None),
        ("on the date on which the Salt Convention enters into force with respect to the Harbor", None),
        ("on the date the Salt Act enters into force", None),
    ],
)
def test_a_day_of_enforcement(words: str, day: dt.date | None) -> None:
    (record,) = instruments_of(f"ADDENDUM\nThis Act shall enter into force {words}.\n")
    assert record.enforced == day
    (record,) = instruments_of(
        "ADDENDUM\nThis Act shall enter into force on May 1, 2001: Provided, That the amended provisions of Article 2"
        f" shall enter into force {words}.\n"
    )
    assert [(part.provisions, part.on) for part in record.parts] == [(("lamp/2",), day)]
    left = "The addendum names no one day for 2."
    assert (left in record.notes) is (day is None)


def test_addenda_without_an_instrument_are_those_of_the_founding_one_wherever_they_stand() -> None:
    after = (
        "ADDENDA <Act No. 200, Mar. 3, 2003>\nThis Act shall enter into force on May 1, 2003.\n"
        "ADDENDA\nArticle 1 (Cases)\nThis Act shall apply to cases that begin after it enters into force.\n"
        "Article 2 (Enforcement Date)\nThis Act shall enter into force on June 1, 2001.\n"
    )
    assert [(one.id, one.enforced) for one in instruments_of(after)] == [
        ("Act No. 100", dt.date(2001, 6, 1)),
        ("Act No. 200", dt.date(2003, 5, 1)),
    ]


def test_the_day_of_enforcement_is_no_task_where_no_instrument_is_known() -> None:
    after = "ADDENDA <Oil>\nArticle 1 (Cases)\nThis Act shall apply to new cases.\nArticle 2\n"
    after += "This Act shall take effect on May 1, 2001.\n"
    document = read_small("Article 1 (Lamps)\nA lamp burns.", after=after)
    report = find_references(document)
    clauses = list_transitions(document, list_instruments(document, report), report)
    assert [one.kind.value for one in clauses] == ["applicability"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A boat has less than 19 gross tons.", ["19 gross ton count less_than"]),
        ("A store is kept at not more than minus 18℃.", ["-18 ℃ count at_most"]),
        ("A fine is not more than an amount equivalent to 20/100 of the sum.", ["1/5 share at_most"]),
        ("A plan turns a boat into one that is new.", []),
        ("Members are told by 7 days prior to the meeting.", ["7 day deadline at_least"]),
        (
            "The Council has one Chairperson and one Vice-Chairperson.",
            ["1 chairperson count exact", "1 vice-chairperson count exact"],
        ),
        (
            "A fee is at least US$ 500 but not exceeding US$ 1,000.",
            ["500 dollar money at_least", "1000 dollar money at_most"],
        ),
        ("The fee is 30 dollars.", ["30 dollar money exact"]),
        ("The Protocol of 1996 thereto holds.", []),
        (
            "The rate is 14/100 (25/100 in the case of subparagraph 1-2, or 30/100 in the case of another).",
            ["7/50 share exact", "1/4 share exact", "3/10 share exact"],
        ),
        (
            "A plan is due by the end of February of the following year.",
            ["end of February of the following year deadline at_most"],
        ),
        (
            "The plan of each year is due by the end of February of the following year.",
            ["end of February, each year deadline at_most"],
        ),
    ],
)
def test_a_quantity_of_such_a_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected
