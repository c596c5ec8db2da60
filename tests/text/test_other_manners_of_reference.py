"""References in other translators' manners: circled numbers, `that paragraph`, `its proviso`, `the same Table`."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import read_small, references_from, targets_from

from mutandis_text.references.find import find_references

BODY = """Article 1 (Lamps) ① A lamp burns oil. ② is what a keeper says.
② A lamp may rest: Provided, That a lamp of a harbor shall not. In such cases, a bell rings.
③ A lamp is one of the following:
(i) A lamp of brass;
(ii) A lamp of tin.
Article 2 (Bells)
(1) A bell is one of the following:
1. A bell of iron;
2. A bell of wood.
(2) A bell rings.
Article 3 (Towers)
{here}
"""
TABLE = "[Attached Table 1] Fees (Related to Article 2)\n1. Small bells\n2. Large bells\n(a) Of iron\n"


def told(words: str) -> list[tuple[str, str, bool]]:
    """Kind, targets (of this law in short), and whether it is broken."""
    body = BODY.replace("{here}", words)
    after = f"ADDENDUM <Act No. 100, Jan. 5, 2001>\nThis Act shall enter into force at once.\n{TABLE}"
    return [
        (one.kind.value, " ".join(one.targets).replace("lamp/", ""), one.broken is not None)
        for one in references_from("3", body, after=after)
    ]


def test_a_number_in_a_circle_opens_a_paragraph() -> None:
    article = read_small(BODY).articles[0]
    assert [(one.id, one.number) for one in article.children] == [
        ("lamp/1(1)", "1"),
        ("lamp/1(2)", "2"),
        ("lamp/1(3)", "3"),
    ]
    assert article.children[0].text == "A lamp burns oil. ② is what a keeper says."


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Paragraph ② of Article 1 holds.", [("cites", "1(2)", False)]),
        ("Article 1 ③ (ii) holds.", [("cites", "1(3)(ii)", False)]),
        ("Subparagraphs (i) and (ii) of paragraph (3) of Article 1 hold.", [("cites", "1(3)(i) 1(3)(ii)", False)]),
        (
            "Article 2 (1) and subparagraph 2 of that paragraph hold.",
            [("cites", "2(1) 2(1)2", False)],
        ),
        ("Article 5 (1) of the Ship Act and such paragraph hold.", [("cites", "ext:ship-act/5(1)", False)] * 2),
        (
            "Article 1 (2) (excluding its proviso) holds.",
            [("cites", "1(2)", False), ("excluding", "1(2) proviso", False)],
        ),
        (
            "Article 1 (2) holds, and the latter part thereof too.",
            [("cites", "1(2)", False), ("cites", "1(2) latter", False)],
        ),
        (
            "Article 2 (1) (limited to bells falling under subparagraph 1) holds.",
            [("cites", "2(1)", False), ("cites", "2(1)1", False)],
        ),
        ("The part other than the subparagraphs of Article 2 (1) holds.", [("cites", "2(1)", False)]),
        ("A bell of neither subparagraph of Article 2 (1) is dumb.", [("cites", "2(1)1 2(1)2", False)]),
        (
            "Attached Table 1 holds, and subparagraph 2 (a) of the same Table.",
            [("cites", "table-1", False), ("cites", "table-1.2(a)", False)],
        ),
        (
            "Article 2 applied mutatis mutandis under Article 1 (1) holds.",
            [("cites", "2", False), ("under", "1(1)", False)],
        ),
        (
            "Article 2 (including where the same Article applies mutatis mutandis pursuant to Article 1 (1)) holds.",
            [("cites", "2", False), ("cites", "2", False), ("under", "1(1)", False)],
        ),
        (
            "Article 5 of the Enforcement Rule of the Ship Act holds.",
            [("cites", "ext:enforcement-rule-of-the-ship-act/5", False)],
        ),
        ("The keeper shall see that paragraph (2) of Article 2 holds.", [("cites", "2(2)", False)]),
        ("Matters prescribed by municipal ordinance hold.", [("delegation", "ext:municipal-ordinance", False)]),
        ("The terms used in this Act mean the following.", [("cites", "lamp", False)]),
        ("The term “wick” refers to a thread.", [("definition", "lamp", False)]),
        ('"Wick" shall mean a thread.', [("definition", "lamp", False)]),
        ('"Wick" is a thread.', [("definition", "lamp", False)]),
        ('"Wick" is construed as "thread".', []),
        (
            "The Salt Act, the Oil Act and the Act on Bells shall apply mutatis mutandis.",
            [("mutatis mutandis", f"ext:{one}", False) for one in ("salt-act", "oil-act", "act-on-bells")],
        ),
        (
            "As for what is not in this Act, the Salt Act and the Oil Act shall apply mutatis mutandis.",
            [
                ("cites", "lamp", False),
                ("mutatis mutandis", "ext:salt-act", False),
                ("mutatis mutandis", "ext:oil-act", False),
            ],
        ),
        (
            "A keeper acts under this Act or Article 5 of the Salt Act.",
            [("under", "lamp", False), ("under", "ext:salt-act/5", False)],
        ),
        (
            'A form under Article 6 of the Salt Act (hereinafter referred to as "form") and Article 3 of the Oil Act.',
            [("under", "ext:salt-act/6", False), ("definition", "lamp", False), ("under", "ext:oil-act/3", False)],
        ),
        (
            "Article 7 of the Salt Act and Article 3 of the Enforcement Decree thereof hold.",
            [("cites", "ext:salt-act/7", False), ("cites", "ext:enforcement-decree-of-the-salt-act/3", False)],
        ),
        (
            "Article 2 of the Enforcement Rules of this Act holds.",
            [("cites", "ext:enforcement-rules-of-the-lamp-act/2", False)],
        ),
        (
            "The Salt Act (excluding Articles 1 and 2) does not hold.",
            [("cites", "ext:salt-act", False), ("excluding", "ext:salt-act/1 ext:salt-act/2", False)],
        ),
        ("Article 3 of the Land Use Regulation Act holds.", [("cites", "ext:land-use-regulation-act/3", False)]),
        (
            "A keeper shall be deemed a public servant in applying Article 5 of the Salt Act.",
            [("deeming", "ext:salt-act/5", False)],
        ),
        ("Article 2 (1) 1* and 2 hold.", [("cites", "2(1)1 2(1)2", False)]),
        ("Article 2 of the Addenda to the Salt Act holds.", [("cites", "ext:salt-act/addenda/2", False)]),
        (
            "Article 2 (1) shall not apply to bells under Article 1 (1), except for subparagraph 2.",
            [("cites", "2(1)", False), ("under", "1(1)", False), ("excluding", "2(1)2", False)],
        ),
    ],
)
def test_a_phrase_of_another_translator(words: str, expected: list[tuple[str, str, bool]]) -> None:
    assert told(words) == expected


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("A lamp of attached Table 1 and attached Form 2 is bright; so is one of the same Table.", "lamp/table-1"),
        ("A lamp of attached Table 1 and attached Form 2 is bright; so is one of the same Form.", "lamp/form-2"),
        (
            "A lamp of attached Forms 2 and 3 of the Salt Act is bright; so is one of the said Form.",
            "ext:salt-act/form-3",
        ),
        (
            "A lamp of attached Table 1 and attached Form 2 of the Salt Act is bright; so is one of the same Table.",
            "ext:salt-act/table-1",
        ),
    ],
)
def test_the_same_table_is_the_table_named_last_whatever_form_was_named_since(words: str, last: str) -> None:
    body = BODY.replace("{here}", words)
    after = (
        f"ADDENDUM <Act No. 100, Jan. 5, 2001>\nThis Act shall enter into force at once.\n{TABLE}[Attached Form 2]\n"
    )
    found = references_from("3", body, after=after)[-1]
    assert (found.targets, found.broken) == ((last,), None)


def test_the_same_table_is_broken_where_only_a_form_was_named() -> None:
    body = BODY.replace("{here}", "A lamp of attached Form 2 is bright; so is one of the same Table.")
    found = references_from("3", body)[-1]
    assert found.broken == "no attached Table was named before"


def test_the_decree_of_the_same_act_is_not_the_rule_that_names_it() -> None:
    body = (
        "Article 1 (Purpose)\nThis Rule goes by the Salt Act and Article 2 of the Enforcement Decree of the same Act."
    )
    found = targets_from("1", body, "ENFORCEMENT RULE OF THE SALT ACT")
    assert found == [("lamp",), ("ext:salt-act",), ("ext:enforcement-decree-of-the-salt-act/2",)]


ADDENDA = """ADDENDA <Act No. 100, Jan. 5, 2001>
Article 1 (Enforcement Date)
Article 2 (1) and Article 3 of the Addenda shall enter into force at once.
Article 2 (Others)
The Salt Act is amended as follows:
Article 4 is newly inserted as follows:
"4. A bell under Article 2 (1).
5. A bell under Article 2 (2)."
Article 3 (Rest)
A bell may rest.
"""


def test_the_addenda_named_behind_a_list_are_those_of_what_stands_there() -> None:
    body = BODY.replace("{here}", "A tower stands.")
    assert targets_from("addenda-100/1", body, after=ADDENDA) == [("lamp/2(1)", "lamp/addenda-100/3")]


def test_a_quotation_goes_on_over_sentences() -> None:
    report = find_references(read_small(BODY.replace("{here}", "A tower stands."), after=ADDENDA))
    named = [one.targets for one in report.references if one.origin.startswith("lamp/addenda-100/2")]
    assert named == [("ext:salt-act",), ("ext:salt-act/4",)]
    assert {one.why for one in report.leftovers} == {"the wording of another law, quoted by an amendment"}


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("Article 2 of the former Salt Act", "ext:former-salt-act/2"),
        ("The former Article 2 of the Salt Act", "ext:salt-act/2"),
        ("Article 2 of the previous Act", "lamp/2"),
        ("The previous Article 2", "lamp/2"),
    ],
)
def test_a_former_article_and_an_article_of_a_former_law_are_earlier_wordings(words: str, target: str) -> None:
    (found,) = references_from("3", BODY.replace("{here}", f"{words} holds."))
    assert (found.targets, found.earlier, found.broken) == ((target,), True, None)


@pytest.mark.parametrize("named", ["(main sentence)", "(limited to the main sentence)", "(only the main sentence)"])
def test_a_sentence_in_brackets_behind_a_number_is_named_and_the_list_goes_on(named: str) -> None:
    body = (
        "Article 1 (Lamps)\n(1) A lamp burns: Provided, That it is out in the day.\n(2) A lamp is red.\n"
        "Article 2 (Bells)\nA bell rings.\nArticle 3 (Horns)\nA horn sounds.\nArticle 4 (Fines)\n"
        f"Whoever violates Article 1 (1) {named} or (2), 2, or 3 is fined."
    )
    assert targets_from("4", body) == [("lamp/1(1)", "lamp/1(2)", "lamp/2", "lamp/3")]
    proviso = body.replace("main sentence", "proviso")
    assert targets_from("4", proviso) == [("lamp/1(1) proviso", "lamp/1(2)", "lamp/2", "lamp/3")]


def test_a_term_is_the_words_in_quotation_marks_wherever_it_is_used() -> None:
    (found,) = references_from("1", 'Article 1 (Words)\nThe term "quay" in this Act means a wall at which boats lie.')[
        -1:
    ]
    assert found.terms == ("quay",)


def test_a_list_goes_on_before_a_member_that_names_its_sentence() -> None:
    body = (
        "Article 1 (Lamps)\n(1) A lamp burns: Provided, That it is out in the day.\n(2) A lamp is red.\n"
        "Article 2 (Bells)\nA bell rings.\nArticle 3 (Horns)\nA horn sounds.\nArticle 4 (Boats)\n"
        "In Articles 2, 3, the proviso to Article 1 (1), and Article 1 (2), a boat is a lamp."
    )
    named = {name for targets in targets_from("4", body) for name in targets}
    assert named == {"lamp/2", "lamp/3", "lamp/1(1) proviso", "lamp/1(2)"}
