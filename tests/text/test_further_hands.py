"""Manners of further hands: lists left out, entries that go through another list, schedules, what stands ahead."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import (
    ADDENDUM,
    quantities_in,
    read_small,
    references_from,
    targets_from,
    told,
)

from mutandis_text.references.find import find_references
from mutandis_text.time.history import list_transitions
from mutandis_text.time.instruments import list_instruments

BODY = """CHAPTER I LAMPS
Article 1 (Lamps)
(1) A lamp is one of the following:
1. A lamp of brass:
(a) With a wick;
(b) Without a wick;
2. A lamp of tin.
(2) A lamp burns at night. In such cases, a bell rings.
Article 2 (Oil)
(1) Oil is clean.
(2) Oil is clear: Provided, That oil of fish is not.
Article 3 (Bells)
A bell is one of the following:
1. A bell of iron;
2. A bell of wood.
Article 4 (Towers)
{here}
CHAPTER II BOATS
Article 5 (Boats)
(1) A boat is small.
(2) A boat is blue.
Article 5-2 (Rafts)
A raft is brown.
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "The provisions, with the exception of those of Chapter II, Article 2 and Article 3, hold.",
            [("excluding", "5 5-2"), ("excluding", "2 3")],
        ),
        ("Except for Chapter II, Articles 2 and 3 shall hold.", [("excluding", "5 5-2"), ("cites", "2 3")]),
        (
            "A lamp (excluding those falling under subparagraph 2 of Article 3 and those under the proviso to Article"
            " 2 (2)) is lit.",
            [("excluding", "3.2"), ("excluding", "2(2) proviso")],
        ),
        ("Articles 3, subparagraphs 1 and 2 hold.", [("cites", "3.1 3.2")]),
        ("In applying Article 3, paragraphs (1) and (2) of Article 2 hold.", [("cites", "3"), ("cites", "2(1) 2(2)")]),
        ("A tower under this Article or 5-2 stands.", [("under", "4 5-2")]),
        ("A tower under this Article and 3 doors stand.", [("under", "4")]),
        ("Articles 1 through the preceding Article hold.", [("cites", "1 2 3")]),
        ("The two preceding Articles hold.", [("cites", "2 3")]),
        ("Article 2 (1) and (2) hold, and so do the said paragraphs.", [("cites", "2(1) 2(2)")] * 2),
        (
            "Article 5 (1) and (2) of the Ship Act and those paragraphs hold.",
            [("cites", "ext:ship-act/5(1) ext:ship-act/5(2)")] * 2,
        ),
        (
            "Articles 2 (excluding paragraph (2) of the said Article) and 3 hold.",
            [("cites", "2 3"), ("excluding", "2(2)")],
        ),
        (
            "Article 2 (1) (including paragraph (2) of the same Article), or 5 (1) holds.",
            [("cites", "2(1) 5(1)"), ("cites", "2(2)")],
        ),
        (
            "A crime under Part II, Chapter I or II of the Criminal Act is grave.",
            [("under", "ext:criminal-act/part-2/chapter-1 ext:criminal-act/part-2/chapter-2")],
        ),
        ("Articles 2 and 3 of these Rules shall apply mutatis mutandis.", [("mutatis mutandis", "2 3")]),
        ("Oil listed in Schedule 2 burns.", [("cites", "schedule-2")]),
        ('The term "lamp, etc." means a lamp or a torch.', [("definition", "lamp")]),
        (
            "Articles 1 (1), 2 (proviso to paragraph (2)), and 5 (1) hold.",
            [("cites", "1(1) 2 5(1)"), ("proviso", "2(2) proviso")],
        ),
        (
            "Article 5 (2), Articles 6, 7 and 9 of the Salt Act shall apply mutatis mutandis.",
            [("mutatis mutandis", "ext:salt-act/5(2) ext:salt-act/6 ext:salt-act/7 ext:salt-act/9")],
        ),
        (
            "Pursuant to Article 5 (2), Articles 2 and 3 shall apply mutatis mutandis.",
            [("under", "5(2)"), ("mutatis mutandis", "2 3")],
        ),
        ("Article 3 of the Ordinance on Towers holds.", [("cites", "ext:ordinance-on-towers/3")]),
        (
            "The main sentence, with the exception of the subparagraphs, of Article 1 (1) holds.",
            [("cites", "1(1)")],
        ),
        ("Article 2 (1), (2) or Article 5 (1) or (2) holds.", [("cites", "2(1) 2(2) 5(1) 5(2)")]),
        (
            "A bell under subparagraph 1, or any of subparagraphs 2 and 3, of Article 8 of the Bell Act rings.",
            [("under", "ext:bell-act/8.1 ext:bell-act/8.2 ext:bell-act/8.3")],
        ),
    ],
)
def test_a_phrase_of_a_further_hand(words: str, expected: list[tuple[str, str]]) -> None:
    assert told(words, BODY, "4") == expected


def test_etc_is_part_of_a_term() -> None:
    (found,) = references_from("1", 'Article 1 (Lamps)\nThe term "lamp, etc." means a lamp or a torch.')
    assert found.terms == ("lamp, etc.",)


def test_items_named_behind_following_are_those_of_the_list_below() -> None:
    body = "Article 1 (Keepers)\n1. A keeper falling under the following items (a) through (c):\n(a) A\n(b) B\n(c) C\n"
    assert targets_from("1.1", body) == [("lamp/1.1(a)", "lamp/1.1(b)", "lamp/1.1(c)")]


def test_the_corresponding_subparagraph_is_that_of_the_list_below() -> None:
    words = (
        "The time shall be as set forth in the corresponding subparagraph:\n1. A lamp: One night;\n2. A bell: A day."
    )
    report = find_references(read_small(BODY.replace("{here}", words), after=ADDENDUM))
    assert [one.why for one in report.leftovers] == ["announces the list below"]


def test_what_stands_under_the_former_part_is_under_that_of_the_same_provision() -> None:
    body = "Article 1 (Lamps)\nA lamp may be lit. The lamp under the former part shall be red.\n"
    named = [one.targets for one in find_references(read_small(body)).references if one.origin.startswith("lamp/1")]
    assert named == [("lamp/1 former",)]


def test_the_latter_part_of_what_is_not_there_keeps_its_name() -> None:
    (found,) = references_from("4", BODY.replace("{here}", "The latter part of Article 9 (2) holds."))
    assert (found.targets, found.broken) == (("lamp/9(2) latter",), "there is no Article 9")


FINES = """Article 6 (Acts)
No keeper shall do the following:
1. Sell oil;
2. Drink oil;
3. Spill oil.
Article 7 (Fines)
A keeper who violates {named} shall be fined as follows:
1. In cases of subparagraph {one}, 10,000 won;
1-2. In cases of subparagraph 2, 5,000 won;
2. In cases falling under any of subparagraphs 2 and 3, 1,000 won.
"""


def test_a_list_may_go_through_the_subparagraphs_that_its_opening_names() -> None:
    body = FINES.replace("{named}", "Article 6").replace("{one}", "1")
    assert targets_from("7.1", body) == [("lamp/6.1",)]
    assert targets_from("7.1-2", body) == [("lamp/6.2",)]
    assert targets_from("7.2", body) == [("lamp/6.2", "lamp/6.3")]


def test_a_list_that_speaks_of_its_own_entries_goes_on_doing_so() -> None:
    body = FINES.replace("{named}", "Article 6").replace("{one}", "2")
    assert targets_from("7.1", body) == [("lamp/7.2",)]
    other = FINES.replace("{named}", "this Act").replace("{one}", "1")
    assert targets_from("7.1", other) == [("lamp/7.1",)]


def test_a_range_of_which_the_text_has_no_end_holds_what_stands_between() -> None:
    found = references_from("4", BODY.replace("{here}", "Articles 2 through 6, and Article 5 (2) through (4) hold."))
    assert [one.targets for one in found] == [
        ("lamp/2", "lamp/3", "lamp/4", "lamp/5", "lamp/5-2", "lamp/6", "lamp/5(2)", "lamp/5(4)")
    ]


def test_a_schedule_is_an_annex_with_entries() -> None:
    after = f"{ADDENDUM}[Schedule 2] Kinds of Oil (Related to Article 2)\n1. Oil of seeds\n2. Oil of fish\n"
    body = BODY.replace("{here}", "Oil under subparagraph 2 of Schedule 2 burns.")
    assert targets_from("4", body, after=after) == [("lamp/schedule-2.2",)]
    assert [annex.body.id for annex in read_small(body, after=after).annexes] == ["lamp/schedule-2"]


def test_an_omission_may_stand_in_angle_brackets() -> None:
    after = "ADDENDUM\nThis Act shall enter into force on the date of its promulgation. <Proviso Omitted.>\n"
    document = read_small("Article 1 (Lamps)\nA lamp burns.", after=after)
    addendum = document.addenda[0].body
    assert addendum.text == "This Act shall enter into force on the date of its promulgation."
    assert [one.what for one in addendum.omissions] == ["proviso"]
    assert [one.code for one in document.diagnostics] == ["MUT623"]


def test_the_title_of_the_amending_act_may_stand_behind_its_number() -> None:
    after = "ADDENDA <Act No. 200, Mar. 3, 2003> (Harbor Act)\nThis Act shall enter into force on May 1, 2003.\n"
    addendum = read_small("Article 1 (Lamps)\nA lamp burns.", after=after).addenda[0]
    assert (addendum.id, addendum.body.heading) == ("lamp/addenda-200", "Harbor Act")
    assert addendum.body.text == "This Act shall enter into force on May 1, 2003."


def test_acts_that_are_repealed_are_one_clause_and_nobodys_task() -> None:
    after = (
        "ADDENDA\nArticle 1 (Enforcement Date)\nThis Act shall enter into force on the date of its promulgation.\n"
        "Article 2 (Repeal of Other Acts)\nThe following Acts shall be repealed:\n1. The Oil Act;\n2. The Wick Act.\n"
        "Article 3 (Repeal of the Bell Act)\nThe Bell Act shall be repealed.\n"
    )
    document = read_small("Article 1 (Lamps)\nA lamp burns.", after=after)
    report = find_references(document)
    clauses = list_transitions(document, list_instruments(document, report), report)
    assert [(one.provision, one.kind.value) for one in clauses] == [
        ("lamp/addenda-100/2", "other"),
        ("lamp/addenda-100/3", "other"),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A keeper of grades within the top 10 percent is praised.", ["10 percent share at_most"]),
        ("A keeper raises a child aged not more than eight.", ["8 year age at_most"]),
        ("A keeper is barred if three years have yet to elapse since the storm.", ["3 year lapse exact"]),
        ("The road is at least 4 m wide.", ["4 m count at_least"]),
        ("The floor bears 300 kg/㎡ or more.", ["300 kg/㎡ count at_least"]),
        ("A tower has one or two keepers.", ["1 to 2 keeper count between"]),
        ("An order is due on the fifth day before the hearing.", ["5 day rank exact"]),
        (
            "A plan is due by October 31 of the year preceding the year of the fog.",
            ["October 31 of the preceding year deadline at_most"],
        ),
        ("A keeper leaves by not later than 90 days before the vote.", ["90 day deadline at_least"]),
        (
            "A keeper has Grade 3, or a certificate of Grade 2 or higher.",
            ["3 grade rank exact", "2 grade rank at_least"],
        ),
        ("A tower keeps one rescue boat of wood.", ["1 boat count exact"]),
        ("A claim is one permitted by the court.", []),
        ("Remark 2 of the plan holds.", []),
        (
            "A watch lasts not less than two weeks but not more than two months.",
            ["2 week minimum at_least", "2 month limit at_most"],
        ),
        ("A watch lasts from two to three weeks.", ["2 to 3 week limit between"]),
        ("The 20th Council of keepers meets.", []),
        ("Where a keeper sets a term, or sets one in excess of it, it is void.", []),
        ("The sum is two trillion won or more.", ["2000000000000 won money at_least"]),
        ("A keeper shall not hold in excess of 10/100 of the boats.", ["1/10 share at_most"]),
        ("A keeper who holds in excess of 10/100 of the boats is rich.", ["1/10 share more_than"]),
        (
            "A keeper is barred if two years (four years in the case of a thief) have not passed.",
            ["2 year lapse exact", "4 year duration exact"],
        ),
    ],
)
def test_a_quantity_of_a_further_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected


@pytest.mark.parametrize("entry", ["10/100 (15/100 of a small boat)", "2.50 of it", "5-10-20 of them", "25/100"])
def test_an_entry_that_begins_with_a_figure_is_no_date_of_print(entry: str) -> None:
    document = read_small(f"Article 1 (Shares)\n(1) A keeper may hold one of the following:\n1. {entry};\n2. 1/2.")
    assert [one.text for one in document.articles[0].children[0].children] == [f"{entry};", "1/2."]


@pytest.mark.parametrize("printed", ["2019. 3. 15.", "15.3.2019", "10/24/19, 3:15 PM", "2019-03-15"])
def test_a_date_of_print_is_noise(printed: str) -> None:
    document = read_small(f"Article 1 (Shares)\nA keeper holds half.\n{printed}\nArticle 2 (Boats)\nA boat is small.")
    assert [one.text for one in document.articles] == ["A keeper holds half.", "A boat is small."]


def test_what_is_milder_now_applies_whatever_a_clause_before_says() -> None:
    after = (
        "ADDENDA\nArticle 1 (Enforcement Date)\nThis Act shall enter into force on the date of its promulgation.\n"
        "Article 2 (Transitional Measures)\n(1) The previous provisions shall apply to old acts.\n"
        "(2) Where the amended provisions are milder than the previous ones, the amended provisions shall apply.\n"
    )
    document = read_small("Article 1 (Lamps)\nA lamp burns.", after=after)
    report = find_references(document)
    kinds = [one.kind.value for one in list_transitions(document, list_instruments(document, report), report)]
    assert kinds == ["former law", "applicability"]
