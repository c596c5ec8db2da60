"""Manners of German, British and European law in English: dates, bounds, nouns of parts, names of laws, verbs."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import LAMPS, quantities_in, read_small, references_from, told

from mutandis_text.references.find import find_references
from mutandis_tools.amendment.hints import find_article, gather_hints
from mutandis_tools.amendment.skeleton import print_skeleton


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Oil is sold until 4 June 2019.", ["2019-06-04 date exact"]),
        ("Oil is counted by 30 June of each year.", ["June 30, each year deadline at_most"]),
        (
            "Oil is counted by 30 June of the year following the sale.",
            ["June 30 of the following year deadline at_most"],
        ),
        ("It ends on 30 November.", ["November 30 date exact"]),
        ("It is told no later than the third working day of August.", ["third working day of August deadline at_most"]),
        (
            "It is due on the third working day of each quarter.",
            ["third working day of the quarter, each quarter date exact"],
        ),
        ("It is due at the end of the calendar year.", ["end of the year date exact"]),
        ("A tower shall not be larger than 400 meters.", ["400 meter count at_most"]),
        ("A tower equal to or greater than 30 meters has a bell.", ["30 meter count at_least"]),
        ("A tower less than or equal to 30 meters has none.", ["30 meter count at_most"]),
        (
            "It holds for a period, not being less than 12 months nor more than 5 years.",
            ["12 month minimum at_least", "5 year limit at_most"],
        ),
        ("A keeper has attained the age of 18.", ["18 year age at_least"]),
        ("A keeper has not attained the age of 18.", ["18 year age less_than"]),
        ("The fee shall not exceed £250.", ["250 pound money at_most"]),
        ("In no event shall a boat exceed 12 knots.", ["12 knot count at_most"]),
        ("The board meets not less often than twice a year.", ["2 time per year frequency at_least"]),
        ("The fee shall not exceed 500,000 yen.", ["500000 yen money at_most"]),
        ("Oil contains no more than 0,5 mg/kg of tin.", ["1/2 mg/kg count at_most"]),
        ("Oil contains between 0.5 % and 1.5 % of tin.", ["1/2 to 3/2 percent share between"]),
        ("Oil of 1,500 liters is stored.", ["1500 liter count exact"]),
        ("Oil under Directive 2001/110/EC is clean.", []),
        ("Oil under Article 4 of Regulation (EU) No 182/2011 and the Water Act 1945 is clean.", []),
    ],
)
def test_a_quantity_of_such_a_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Work under subsection (1) of Article 1 is paid.", [("under", "1(1)")]),
        ("Work is paid under Article 1, subsection (2).", [("under", "1(2)")]),
        ("Work under Article 1 (1), number 2, is paid.", [("under", "1(1)2")]),
        ("Work referred to in Article 1 (1) numbers 1 and 2 is paid.", [("cites", "1(1)1 1(1)2")]),
        ("Work under Article 2, second sentence, of the Oil Act is paid.", [("under", "ext:oil-act/2 latter")]),
        (
            "Work under points (a) to (c) of Article 2 of the Oil Act is paid.",
            [("under", "ext:oil-act/2(a) ext:oil-act/2(b) ext:oil-act/2(c)")],
        ),
        (
            "Work under point (b) of the second subparagraph of Article 5(1) of the Oil Act is paid.",
            [("under", "ext:oil-act/5(1)(b)")],
        ),
        ("Work under paragraph (a) of Article 2 of the Oil Act is paid.", [("under", "ext:oil-act/2(a)")]),
        ("Work under points (a) and (b) of Annex II is paid.", [("under", "annex-ii(a) annex-ii(b)")]),
        (
            "Articles 12 and 14(2) of Directive 2001/110/EC hold.",
            [("cites", "ext:directive-2001-110-ec/12 ext:directive-2001-110-ec/14(2)")],
        ),
        (
            "Article 8 of Regulation (EU) No 182/2011, in conjunction with Article 4 thereof, holds.",
            [("cites", "ext:regulation-eu-no-182-2011/8"), ("cites", "ext:regulation-eu-no-182-2011/4")],
        ),
        (
            "Sections 12 to 14 of the Water Act 1945 hold.",
            [
                (
                    "cites",
                    "ext:water-act-1945/section-12 ext:water-act-1945/section-13 ext:water-act-1945/section-14",
                )
            ],
        ),
        ("Section 5(3)(a) and (b) of the Harbours Act 1964 holds.", [("cites", "ext:harbours-act-1964/section-5")]),
        ("Article 1 shall apply accordingly.", [("mutatis mutandis", "1")]),
        ("Article 1 applies to boats with the necessary modifications.", [("cites", "1")]),
        ("Article 1 shall apply with the necessary modifications.", [("mutatis mutandis", "1")]),
        ("Article 1 holds, with the proviso that oil is clean.", [("cites", "1")]),
        ("By way of derogation from Article 1, oil is dark.", [("notwithstanding", "1")]),
    ],
)
def test_a_phrase_of_such_a_hand(words: str, expected: list[tuple[str, str]]) -> None:
    assert told(words) == expected


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("'oil' means fat;", "oil"),
        ("‘lamp oil’ means fat;", "lamp oil"),
        ('"oil" includes wax;', "oil"),
        ('The term "oil" as used in this Act means fat.', "oil"),
        ('The term "oil" as used in this Act and the Salt Act means fat.', "oil"),
        ('"oil" has the meaning given by Article 2.', "oil"),
        ('"oil", in relation to a lamp, means fat.', "oil"),
    ],
)
def test_a_term_is_given_its_meaning(words: str, term: str) -> None:
    (found,) = [one for one in references_from("3", LAMPS.replace("{here}", words)) if one.terms]
    assert found.terms == (term,)


def test_an_apostrophe_opens_no_term() -> None:
    report = find_references(read_small(LAMPS.replace("{here}", "The keepers' oil means much to the owner's guests.")))
    assert [one for one in report.references if one.terms] == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("A permit is to be granted in text form.", "must:"),
        ("The keeper is obliged to light a lamp.", "must:"),
        ("It is the duty of the keeper to light a lamp.", "must:"),
        ("The keeper is entitled to demand oil.", "may:"),
        ("The keeper has the right to oil his lamp.", "may:"),
        ("It is prohibited to sell oil.", "must_not:"),
        ("The keeper is prohibited from selling oil.", "must_not:"),
        ("A person who sells oil is guilty of an offence.", "penalty:"),
        ("A person who sells oil is punished by a fine of not more than 100 yen.", "penalty:"),
        ("Whoever sells oil is liable to a civil penalty of 100 won.", "penalty:"),
        ("It shall be unlawful for any person to sell oil.", "must_not:"),
        ("A keeper is forbidden to sell oil.", "must_not:"),
        ("In no event shall a keeper sell oil.", "must_not:"),
        ("The court shall have the power to dismiss a keeper.", "may:"),
        ("The court is to notify the keeper.", "must:"),
        ("The purpose of this Act is to keep lamps.", "states:"),
        ("The offence may be punished by a fine of up to 100 won.", "penalty:"),
        ("Where oil is to be sold, the keeper may object.", "may:"),
        ("Lamps that are required to burn may be sold.", "may:"),
    ],
)
def test_a_rule_begins_with_the_key_it_needs(words: str, line: str) -> None:
    document = read_small(f"Article 1 (Lamps)\n{words}")
    article = find_article(document, "1")
    assert article is not None
    assert f"  #   {line}" in print_skeleton(article, gather_hints(document)).splitlines()
