"""Manners of Dutch, French, British, Japanese and European law in English: numbers, places told in words, fractions."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import (
    LAMPS,
    kinds_of_clauses,
    quantities_in,
    read_small,
    references_from,
    targets_from,
    told,
)

from mutandis.rulebook.load import load_text
from mutandis_text.characters.wording import cut_words
from mutandis_text.comparison.units import name_place
from mutandis_text.comparison.word_difference import join_words
from mutandis_text.document import print_statute, walk_provisions
from mutandis_text.references.find import find_references
from mutandis_text.structure.reader import read_statute
from mutandis_tools.amendment.hints import find_article, gather_hints
from mutandis_tools.amendment.skeleton import print_skeleton
from mutandis_tools.amendment.vocabulary_words import Words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Article 4:84, second paragraph, of the Water Act holds.", [("cites", "ext:water-act/4-84(2)")]),
        (
            "Work under Articles 4:81 and 4:84 of the Water Act is paid.",
            [("under", "ext:water-act/4-81 ext:water-act/4-84")],
        ),
        ("Article L. 211-1 of the Oil Code holds.", [("cites", "ext:oil-code/L211-1")]),
        (
            "Articles L. 211-1 to L. 211-4 and R. 123-5 of the Oil Code hold.",
            [("cites", "ext:oil-code/L211-1 ext:oil-code/L211-4 ext:oil-code/R123-5")],
        ),
        ("Work under the first paragraph of Article 1 is paid.", [("under", "1(1)")]),
        ("The first and second paragraphs of Article 1 hold.", [("cites", "1(1) 1(2)")]),
        ("Articles 1, first paragraph, and 2 apply mutatis mutandis.", [("mutatis mutandis", "1(1) 2")]),
        ("In derogation from the second paragraph of Article 2, oil is dark.", [("notwithstanding", "2")]),
        ("Contrary to what is provided in Article 2, oil is dark.", [("notwithstanding", "2")]),
        ("A keeper who, contrary to Article 2, sells oil leaves.", [("cites", "2")]),
        ("contrary to Article 2, sells oil;", [("cites", "2")]),
        ("The second subparagraph of Article 1(1) holds.", [("cites", "1(1)")]),
        (
            "Oil under Article 1(1), first subparagraph, of Directive 2008/98/EC is clean.",
            [("under", "ext:directive-2008-98-ec/1(1)")],
        ),
        (
            "Article 8 of Regulation (EU) No 182/2011 holds. Article 5 of that Regulation does too.",
            [("cites", "ext:regulation-eu-no-182-2011/8"), ("cites", "ext:regulation-eu-no-182-2011/5")],
        ),
        (
            "Article 8 of Directive 2008/98/EC holds, as Article 5 of that Directive does.",
            [("cites", "ext:directive-2008-98-ec/8"), ("cites", "ext:directive-2008-98-ec/5")],
        ),
        (
            "Oil as defined in point (1) of Article 3 of Directive 2008/98/EC is clean.",
            [("cites", "ext:directive-2008-98-ec/3.1")],
        ),
        ("Oil set out in Annex II, point 3, is clean.", [("cites", "annex-ii.3")]),
        ("Oil under Article 1, paragraph (1) or paragraph (2) of Article 1 is clean.", [("under", "1(1) 1(2)")]),
        ("Oil in Article 1, paragraph (1), subparagraph 1 is clean.", [("cites", "1(1)1")]),
        (
            "Section 236(3) to (8) of the Water Act 1972 holds.",
            [("cites", "ext:water-act-1972/section-236")],
        ),
        (
            "Sections 3(1)(a) and 4(1) and (2) of the Oil Act 1960 hold.",
            [("cites", "ext:oil-act-1960/section-3 ext:oil-act-1960/section-4")],
        ),
        ("The Harbour Dues Regulations 1998 hold.", [("cites", "ext:harbour-dues-regulations-1998")]),
        (
            "Oil that is specified by Order of the Ministry of Oil is clean.",
            [("delegation", "ext:order-of-the-ministry-of-oil")],
        ),
        ("Oil is sold pursuant to the provisions of Cabinet Order.", [("delegation", "ext:cabinet-order")]),
        ("The keeper sends a report on this Act to the States General.", [("cites", "lamp")]),
    ],
)
def test_a_phrase_of_such_a_hand(words: str, expected: list[tuple[str, str]]) -> None:
    assert told(words) == expected


def test_a_part_without_a_number_is_a_leftover_with_that_reason() -> None:
    report = find_references(
        read_small(LAMPS.replace("{here}", "The oil referred to in the first subparagraph is clean."))
    )
    (leftover,) = [one for one in report.leftovers if "subparagraph" in one.raw]
    assert (leftover.why, leftover.explained) == ("a part without a number", True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The fee is ½ of the price.", ["1/2 share exact"]),
        ("The fee is 2½ per cent of the price.", ["5/2 percent share exact"]),
        ("The fee is 1 1/2 times the price.", ["3/2 share exact"]),
        ("The fee is ⁵⁄₁₂ of the price.", ["5/12 share exact"]),
        ("The fee is one and two thirds times the price.", ["5/3 time count exact"]),
        ("Five and two thirds of the members leave.", ["5 count exact", "2/3 share exact"]),
        ("The fee is ten per mille of the price.", ["10 permille share exact"]),
        ("The fee is 5 ‰ of the price.", ["5 permille share exact"]),
        ("The fee is no more than a twelfth of the price.", ["1/12 share at_most"]),
        ("It is told on the twentieth day of May.", ["May 20 date exact"]),
        ("A field has 100 m2 or more.", ["100 m2 count at_least"]),
        ("A town has fewer than 2 000 lamps.", ["2000 lamp count less_than"]),
        ("A bottle holds less than 0,1 litres.", ["1/10 litre count less_than"]),
        ("The deposit is EUR 0,50 at most.", ["1/2 euro money at_most"]),
        ("The deposit is EUR 1,500.", ["1500 euro money exact"]),
        ("Water of 25 degrees Celsius or higher is warm.", ["25 degrees Celsius count at_least"]),
        ("Oil is kept at 85 °C.", ["85 °C count exact"]),
        ("A relative within the third degree leaves.", ["3 degree rank at_most"]),
        ("A fine not exceeding level 3 is due.", ["3 level rank at_most"]),
        ("Work is extended, at most by one year.", ["1 year limit at_most"]),
        (
            "It is paid no later than on the last working day of the month.",
            ["last working day of the month deadline at_most"],
        ),
        ("It is told no later than the end of the period of 3 working days.", ["3 day deadline at_most"]),
        ("It shall not be made earlier than four weeks after the sale.", ["4 week minimum at_least"]),
        ("The Harbour Dues Regulations 1998 (S.I. 1998/1234) hold.", []),
        ("Section 5 of the Harbours Act 1964 (c. 40) holds.", []),
        ("At least one corps is kept.", ["1 corps count at_least"]),
        ("The aid shall be reduced by one hundredth per day.", ["1/100 per day share exact"]),
        ("A row of " + "9" * 5000 + " lamps.", []),
        ("Help is brought to a keeper who had one.", []),
        (
            "It pays no less than:\n1. EUR 550 in May;\n2. oil of EUR 9.",
            ["550 euro money at_least", "9 euro money exact"],
        ),
        ("The stay shall not exceed the following periods:\n1. 30 days for a boy.", ["30 day limit at_most"]),
    ],
)
def test_a_quantity_of_such_a_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("The keeper has to grant a day of leave.", "must:"),
        ("The price is payable no later than the end of the month.", "must:"),
        ("A decision is taken within eight weeks of receipt.", "must:"),
        ("Sale is not permitted if the oil is dark.", "must_not:"),
        ("A person who has worked for five years is entitled to sit in the tower.", "may:"),
        ("When an heir has applied, the permission is deemed to have been granted to the heir.", "deem:"),
        ("The fee shall not be higher than EUR 5.", "limits:"),
        ("This Act may be cited as the Lamp Act.", "states:"),
        ("A fine not exceeding one million won shall be imposed on a keeper who sleeps.", "penalty:"),
        ("The keeper shall decide within ten days; the period may be extended by up to ten days.", "must:"),
        ("This Act enters into force on a day which may differ.", "states:"),
        ("For the purposes of lamps, the following definitions apply:\n1. “oil” means fat.", "define:"),
        ("Matters necessary for lamps are specified by Cabinet Order.", "delegate: cabinet_order"),
    ],
)
def test_a_rule_begins_with_the_key_it_needs(words: str, line: str) -> None:
    document = read_small(f"Article 1 (Lamps)\n{words}")
    article = find_article(document, "1")
    assert article is not None
    assert f"  #   {line}" in print_skeleton(article, gather_hints(document)).splitlines()


def test_annexes_may_stand_right_behind_the_last_article() -> None:
    document = read_small("Article 1 (Lamps)\nLamps are as in Annex I.", after="ANNEX I\nDesign\n1. Tall.\n2. Short.\n")
    assert [one.body.id for one in document.annexes] == ["lamp/annex-i"]
    assert [child.id for child in document.annexes[0].body.children] == ["lamp/annex-i.1", "lamp/annex-i.2"]


def test_a_list_below_a_sentence_without_an_end_is_that_sentences() -> None:
    document = read_small("Article 1 (Lamps)\nKeepers learn. In particular, they must\n1. light lamps;\n2. be silent.")
    lead = document.articles[0].list_lead
    assert lead is not None
    assert (lead.sentence, lead.certain) == (1, True)


def _ids(body: str) -> list[str]:
    document = read_small(body)
    assert print_statute(document) == document.source
    return [one.id.removeprefix("lamp/") for one in walk_provisions(document, addenda=False)]


def test_whole_sentences_in_figures_below_a_heading_are_paragraphs() -> None:
    marks = "1. A shoal is marked.\n\nIt has a bell.\n\n2. Paragraph 1 has an exception:\n(a) ice;\n(b) fog."
    body = f"Article 1\nMarks and bells\n\n{marks}"
    document = read_small(body)
    assert _ids(body) == ["1", "1(1)", "1(2)", "1(2)(a)", "1(2)(b)"]
    assert document.articles[0].heading == "Marks and bells"
    assert document.articles[0].children[0].text == "A shoal is marked. It has a bell."
    assert _ids("Article 1 (Marks)\nThe marks are as follows:\n1. A lamp.\n2. A bell.") == ["1", "1.1", "1.2"]
    assert _ids("Article 1 (Marks)\n1. A lamp;\n2. A bell.") == ["1", "1.1", "1.2"]
    assert _ids("Article 1 (Terms)\n1. “Oil” means fat.\n2. “Lamp” means a light.") == ["1", "1(1)", "1(2)"]


def test_wording_below_a_number_is_no_heading() -> None:
    for words in (
        "A lamp burns.",
        "The lamps of the harbor master\nBurn by night.",
        "Lamps shall burn\nAnd bells ring.",
    ):
        document = read_small(f"Article 1\n{words}")
        assert document.articles[0].heading is None


def test_a_heading_may_stand_above_its_article() -> None:
    document = read_small("(Purpose)\nArticle 1 Lamps burn.\n(Bells)\nArticle 2 (1) Bells ring.\n(2) They ring twice.")
    assert [one.heading for one in document.articles] == ["Purpose", "Bells"]
    assert [child.id for child in document.articles[1].children] == ["lamp/2(1)", "lamp/2(2)"]
    assert print_statute(document) == document.source


def test_articles_of_a_chapter_begin_anew() -> None:
    body = (
        "Chapter 1. General provisions\nArticle 1:1\nLamps burn.\nArticle 1:2\nBells ring.\n"
        "Chapter 2. Final provisions\nArticle 2:1\nArticle 1:2 holds."
    )
    document = read_small(body)
    assert _ids(body) == ["1-1", "1-2", "2-1"]
    assert [one.title for one in document.divisions] == ["General provisions", "Final provisions"]
    assert "number-gap" not in [one.slug for one in document.diagnostics]
    assert targets_from("2-1", body) == [("lamp/1-2",)]


def test_a_place_told_in_words_in_an_article_that_is_not_there_is_broken() -> None:
    (found,) = references_from("3", LAMPS.replace("{here}", "The first paragraph of Article 99 holds."))
    assert found.broken == "there is no Article 99"


def test_each_line_of_a_head_may_begin_with_a_day_of_enforcement() -> None:
    head = "LAMP ACT\n\n[Enforcement Date 1. Mar, 2019] [Act No. 5, 3. Sep, 2018, Newly Enacted]\n"
    head += "[Enforcement Date 1. Jan, 2022] [Act No. 9, 8. Jun, 2021, Partial Amendment]\n\n"
    head += "Article 1 (Lamps)\nA lamp burns.\n"
    assert [one.number for one in read_statute(head, "lamp").head.instruments] == ["5", "9"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("The provisions then in force remain applicable to acts done before that day.", "former law"),
        (
            "Article 1 applies to lamps that are sold on or after the date on which this Act takes effect.",
            "applicability",
        ),
    ],
)
def test_the_kind_of_a_clause(words: str, kind: str) -> None:
    assert kinds_of_clauses(words) == [kind]


def test_signs_stand_as_they_are_printed() -> None:
    words = cut_words("‘oil’ of EUR 0,50 or £350 at 85 °C")
    assert join_words(words) == '"oil" of EUR 0,50 or £350 at 85 °C'
    assert name_place("lamp/annex-ii.1") == "attached Annex II, entry 1"


def test_a_long_row_of_ordinals_or_figures_is_read_once() -> None:
    words = "The " + "first, " * 3000 + f"lamp of Article {'9' * 5000} (1) and Article 1{'0' * 70}."
    report = find_references(read_small(LAMPS.replace("{here}", words)))
    assert report.references[0].broken is not None


def test_the_committee_is_the_one_of_the_heading() -> None:
    terms = {
        "tower_committee": "tower committee",
        "oil_committee": "oil committee",
    }
    vocabulary = load_text(
        {
            "vocabulary.yaml": "terms:\n"
            + "".join(f"  {name}: {{label: {said}, role: true}}\n" for name, said in terms.items())
        }
    ).vocabulary
    words = Words(vocabulary, "lamp")
    assert words.suggest("The committee shall hear the keeper.").by == ""
    assert (
        words.suggest("The committee shall hear the keeper.", "Establishment of the Oil Committee").by
        == "oil_committee"
    )
