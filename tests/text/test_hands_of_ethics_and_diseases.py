"""Manners of acts on public service and on diseases: classes, days behind other days, rows without a joint."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.text.inline_statutes import LAMPS, instruments_of, kinds_and_targets, quantities_in


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "A keeper takes a measure under Article 2, Article 1 (1) 1 or (2).",
            [("under", "2"), ("under", "1(1)1 1(2)")],
        ),
        (
            "A fact (excluding those related to a keeper under subparagraph 1 of Article 1 (1)) is told.",
            [("excluding", "1(1)1")],
        ),
    ],
)
def test_a_phrase_of_such_a_hand(words: str, expected: list[tuple[str, str]]) -> None:
    assert kinds_and_targets("3", LAMPS.replace("{here}", words)) == expected


def test_a_day_counted_from_promulgation_and_one_behind_another_day() -> None:
    (record,) = instruments_of(
        "ADDENDUM\nThis Act shall enter into force on the date of its promulgation: Provided, That the amended"
        " provisions of Article 1 shall enter into force three months thereafter and those of Article 2 on the 14th"
        " day after promulgation.\n"
    )
    assert record.enforced == dt.date(2001, 1, 5)
    assert [(part.provisions, part.on) for part in record.parts] == [
        (("lamp/1",), None),
        (("lamp/2",), dt.date(2001, 1, 19)),
    ]
    assert record.parts[1].phrase.words == "day 14 after promulgation"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A class 1 lamp burns.", ["1 class rank exact"]),
        (
            "A fire is told within 24 hours for classes 2 and 3.",
            ["24 hour deadline at_most", "2 class rank exact", "3 class rank exact"],
        ),
        ('"Class 1 lamp" means a lamp.', []),
        ("A class 1 day nursery and class 2 persons.", ["1 class rank exact", "2 class rank exact"]),
        ("A horn has a noise level 65 decibels or more.", ["65 decibel count at_least"]),
        ("A horn has a noise level 65 dB(A) or more.", ["65 dB(A) count at_least"]),
        ("A horn sounds at water level 3 meters.", ["3 meter count exact"]),
        ("A horn sounds at water level 3.5 meters.", ["7/2 meter count exact"]),
        ("A horn sounds at water level 3 to 5 meters.", ["3 to 5 meter count between"]),
        ("A keeper has a class 1 to 30 persons.", ["1 to 30 person count between"]),
        ("A school has 3 classes.", ["3 class count exact"]),
        ("A keeper who errs for the third time leaves.", ["3 time rank exact"]),
        ("A keeper elected for the first time stays.", []),
        ("Where oil is dear, a keeper who sells it tells others three days in advance.", ["3 day deadline at_least"]),
        ("A spouse (including one in a foreign land) is told.", []),
        (
            "Two standing Commissioners (one Chairperson) sit.",
            ["2 commissioner count exact", "1 chairperson count exact"],
        ),
    ],
)
def test_a_quantity_of_such_a_hand(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected
