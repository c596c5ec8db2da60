"""In which words an addendum says when its instrument takes effect."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.text.inline_statutes import instruments_of, quantities_in

from mutandis_text.time.enforcement import find_enforcement


@pytest.mark.parametrize(
    ("words", "day"),
    [
        (
            "This Act shall enter into force on the date on which six months have lapsed since its promulgation.",
            "2001-07-06",
        ),
        (
            "This Act shall enter into force when six months have expired since the day of its promulgation.",
            "2001-07-06",
        ),
        ("This Act shall enter into force six months after it is promulgated.", "2001-07-06"),
        ("This Act shall enter into force on and after January 1, 2002.", "2002-01-01"),
        ("This Act shall take effect on the 1st day of January, 2002.", "2002-01-01"),
        ("This Act shall take effect on the 1st of January, 2002.", "2002-01-01"),
        ("This Act shall be effective as of January 1, 2002.", "2002-01-01"),
        ("This Act shall be effective from the date of its promulgation.", "2001-01-05"),
        ("The enforcement date of this Act shall be January 1, 2002.", "2002-01-01"),
        ("This Act shall enter into force one hundred days after its promulgation.", "2001-04-16"),
        ("This Act shall enter into force one and a half years after its promulgation.", "2002-07-06"),
        ("This Act shall enter into force on January 1 of the year following its promulgation.", "2002-01-01"),
    ],
)
def test_the_day_an_instrument_takes_effect(words: str, day: str) -> None:
    (record,) = instruments_of(f"ADDENDUM\n{words}\n")
    assert record.enforced == dt.date.fromisoformat(day)


def test_a_length_of_years_and_months_after_such_date_and_one_that_is_the_longest() -> None:
    provided = "These Rules shall enter into force on the date of their promulgation: Provided, That Article 5 shall"
    for rest, days in (
        (" enter into force one year and six months after such date.", ["2001-01-05", "2002-07-06"]),
        (" be read again within six months after such date.", ["2001-01-05"]),
    ):
        found = find_enforcement(provided + rest)
        assert [str(one.date(dt.date(2001, 1, 5))) for one in found] == days


@pytest.mark.parametrize(
    "words",
    [
        "This Act shall enter into force on the first day of the month following the month in which six months have"
        " elapsed from its promulgation.",
        "Article 1 shall be effective until December 31, 2002.",
    ],
)
def test_a_day_that_no_length_alone_gives_is_left_open(words: str) -> None:
    assert [one.enforced for one in instruments_of(f"ADDENDUM\n{words}\n")] == [None]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A bell rings from the 1st day of March, 2001.", ["2001-03-01 date exact"]),
        ("A bell rings once or twice each year.", ["1 to 2 time per year frequency between"]),
    ],
)
def test_a_quantity_in_such_words(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Article 5 shall remain in force for one year thereafter",
        "Article 5 shall remain in force for twenty-five days thereafter",
        "Article 5 shall remain in force for one year and six months thereafter",
        "Article 5 shall remain in force for another two years thereafter",
        "Article 5 shall remain in force for a period of 15 years thereafter",
        "the keeper shall look at Article 5 every two years thereafter",
        "the keeper shall print Article 5 within six months thereafter",
    ],
)
def test_how_long_something_goes_on_thereafter_is_no_day_of_enforcement(words: str) -> None:
    text = f"This Act shall enter into force six months after its promulgation: Provided, That {words}."
    assert [text[one.start : one.end] for one in find_enforcement(text)] == ["six months after its promulgation"]
