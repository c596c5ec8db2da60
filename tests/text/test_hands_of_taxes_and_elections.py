"""Manners of acts on taxes, wages, elections, borders and identification, and of their addenda."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import (
    LAMPS,
    kinds_and_targets,
    kinds_of_clauses,
    quantities_in,
    read_small,
    references_from,
)

from mutandis_text.document import walk_provisions
from mutandis_text.structure.reader import read_statute


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "A keeper to whom the Treaty relating to the Rescue of Sailors (hereinafter referred to as the"
            ' "Rescue Treaty") applies stays under Article 1 of the same Treaty.',
            [
                ("cites", "ext:treaty-relating-to-the-rescue-of-sailors"),
                ("definition", ""),
                ("under", "ext:treaty-relating-to-the-rescue-of-sailors/1"),
            ],
        ),
        (
            "A pilot under Article 5 of the Agreement between the Salt Republic and the Republic of Tin stays.",
            [("under", "ext:agreement-between-the-salt-republic-and-the-republic-of-tin/5")],
        ),
        (
            "Work pursuant to Articles 1, 2 and the latter part of Article 9 is paid.",
            [("under", "1 2 9 latter")],
        ),
        ("Work pursuant to Articles 1, 2 and paragraph (2) of Article 1 is paid.", [("under", "1 2 1(2)")]),
        (
            "A day in each subparagraph (excluding subparagraph 1) of Article 2 of the Salt Act is free.",
            [("cites", "ext:salt-act/2"), ("excluding", "ext:salt-act/2.1")],
        ),
        (
            "A crime under Articles 164 and 165 (limited to attempts of Article 164) of Chapter XIII Crimes of Arson"
            " by Night in Part II of the Penal Act is grave.",
            [
                ("under", "ext:penal-act/164 ext:penal-act/165"),
                ("cites", "ext:penal-act/164"),
            ],
        ),
        (
            "A crime under Article 2 (1) (excluding cases falling under subparagraph 2) or 4 of the Salt Act is grave.",
            [("under", "ext:salt-act/2(1) ext:salt-act/4"), ("excluding", "ext:salt-act/2(1)2")],
        ),
        (
            "A crime under Article 4 of the Salt Act (excluding attempted crimes of Article 2 of the same Act) is one.",
            [("under", "ext:salt-act/4"), ("excluding", "ext:salt-act/2")],
        ),
        (
            "Article 3 of the Presidential Residence Act holds, as prescribed by Presidential Decree.",
            [("cites", "ext:presidential-residence-act/3"), ("delegation", "ext:presidential-decree")],
        ),
    ],
)
def test_a_phrase_of_such_a_hand(words: str, expected: list[tuple[str, str]]) -> None:
    found = kinds_and_targets("3", LAMPS.replace("{here}", words))
    assert [(kind, "" if kind == "definition" else targets) for kind, targets in found] == expected


@pytest.mark.parametrize(
    "words",
    [
        'A day is fixed (referred to as "oil day" hereinafter).',
        'A day is fixed (to be called "oil day" hereinafter in this Act).',
    ],
)
def test_a_term_may_stand_before_hereinafter(words: str) -> None:
    (found,) = [one for one in references_from("3", LAMPS.replace("{here}", words)) if one.terms]
    assert found.terms == ("oil day",)


def test_a_section_may_be_about_what_is_done_against_something() -> None:
    headings = "CHAPTER I SEIZURE\n\nSection 1 Seizure against and without Boats\n"
    document = read_statute(f"LAMP ACT\n\n{headings}\nArticle 1 (Lamps)\nA lamp burns.\n", "lamp")
    assert [one.title for one in document.divisions] == ["SEIZURE", "Seizure against and without Boats"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Oil burns for one and a half hours.", ["3/2 hour duration exact"]),
        ("A keeper serves for two-and-a-half years.", ["5/2 year duration exact"]),
        ("The term is one year and a half.", ["3/2 year duration exact"]),
        ("A keeper pays one and one-third times the fee.", ["4/3 time count exact"]),
        ("A keeper pays double the fee, or a threefold fee.", ["2 time count exact", "3 time count exact"]),
        ("A double lamp burns.", []),
        ("The rate is 5 thousandths of the fee.", ["1/200 share exact"]),
        ("Interest is 3 per 10,000 a day.", ["3/10000 per day share exact"]),
        ("Leave is a quarter of a year.", ["1/4 year duration exact"]),
        ("The levy is due by the first day of February.", ["February 1 deadline at_most"]),
        ("A year begins on the 1st day of March each year.", ["March 1, each year date exact"]),
        ("Oil is sold on the 5th day of May of the following year.", ["May 5 of the following year date exact"]),
        ("A report is due by the 15th day of every second month.", ["15 day of every second month deadline at_most"]),
        (
            "Oil is sold on the 1st and 15th days of each month.",
            ["1 day of the month per month date exact", "15 day of the month per month date exact"],
        ),
        ("A fee is due by the last business day of each month.", ["last business day of the month deadline at_most"]),
        ("A fee is paid on the last working day of March.", ["last working day of March, each year date exact"]),
        (
            "A vote is held on the last Wednesday of April or the first Monday of every month.",
            ["last Wednesday of April date exact", "first Monday of the month, each month date exact"],
        ),
        (
            "Oil of more than 6 million won but not more than 9 million won is taxed.",
            ["6000000 won money more_than", "9000000 won money at_most"],
        ),
        ("A fine is from KRW 500,000 to KRW 900,000.", ["500000 to 900000 won money between"]),
        (
            "A tower of at least 50, but fewer than 300, keepers has a bell.",
            ["50 keeper count at_least", "300 keeper count less_than"],
        ),
        ("A stay is extended on one occasion only.", ["1 occasion count at_most"]),
        ("A term is extended (limited to four years).", ["4 year limit at_most"]),
        ("The rate is changed within a range of 50/100.", ["1/2 share at_most"]),
        ("The price falls by two-tenths at most.", ["1/5 share at_most"]),
        ("An appeal is filed within the peremptory term of one week.", ["1 week deadline at_most"]),
        ("It burns over two consecutive months.", ["2 month duration exact"]),
        ("One day's paid leave per month is granted.", ["1 day per month duration exact"]),
        ("A keeper of ten years or more 270 days rests.", ["10 year minimum at_least", "270 day duration exact"]),
        (
            "Leave ends within one year (for a keeper under paragraph (2), two years from the oath).",
            ["1 year deadline at_most", "2 year deadline at_most"],
        ),
        ('"One week" means seven days.', ["7 day duration exact"]),
    ],
)
def test_a_quantity_of_such_a_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("For a period that runs under this Act, the longer one shall prevail.", "other"),
        ("Notwithstanding Article 1, the fee for oil bought in 2012 shall be reduced by half.", "other"),
        ("The effects of acts done under the former provisions shall not be affected by this Act.", "carry over"),
        ("A keeper under Article 1 shall register within six months.", "task"),
    ],
)
def test_the_kind_of_a_clause(words: str, kind: str) -> None:
    assert kinds_of_clauses(words) == [kind]


DEEP = """Article 1 (Lamps)
(1) A lamp is one of the following:
1. A lamp of brass:
(a) A tall one:
1) A lamp on a pier:
(i) A red one;
(ii) A green one;
2) A lamp on a boat;
(b) A short one:
(i) Red:
1) Dark;
2) Bright;
(ii) Green;
2. A lamp of tin:
1) Old;
2) New:
(i) Red;
(ii) Green;
3) Sold.
Article 2 (Oil)
Oil is one of the following:
1) Clean oil:
(i) Of fish;
(ii) Of seed;
2) Other oil.
"""


def test_lists_below_sub_items_and_in_figures_with_one_bracket_are_entries() -> None:
    document = read_small(DEEP)
    found = [one.id.removeprefix("lamp/") for one in walk_provisions(document, addenda=False)]
    lamps = "1 1(1) 1(1)1 1(1)1(a) 1(1)1(a)(1) 1(1)1(a)(1)(i) 1(1)1(a)(1)(ii) 1(1)1(a)(2) 1(1)1(b) 1(1)1(b)(i)"
    lamps += " 1(1)1(b)(i)(1) 1(1)1(b)(i)(2) 1(1)1(b)(ii) 1(1)2 1(1)2(1) 1(1)2(2) 1(1)2(2)(i) 1(1)2(2)(ii) 1(1)2(3)"
    assert found == [*lamps.split(), "2", "2.1", "2.1(i)", "2.1(ii)", "2.2"]
    assert [one.slug for one in document.diagnostics if one.severity.value != "note"] == []
