"""Days and times of day that recur, lengths of two units, ages told in other words, units in signs."""

from __future__ import annotations

import pytest
from tests.text.inline_statutes import quantities_in

from mutandis_text.lines.instrument_grammar import read_date


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("A keeper shall report by January 31 of each year.", ["January 31, each year deadline at_most"]),
        ("The year of a tower begins on March 1 each year.", ["March 1, each year date exact"]),
        ("A plan is due not later than May 5 of the following year.", ["May 5 of the following year deadline at_most"]),
        ("The fee is due by the end of March each year.", ["end of March, each year deadline at_most"]),
        ("The fee is due by the 10th day of the following month.", ["10 day of the following month deadline at_most"]),
        (
            "A report is due no later than the 15th of the month following each quarter.",
            ["15 day of the following month deadline at_most"],
        ),
        ("Oil is bought on the fifth day of each month.", ["5 day of the month per month date exact"]),
        (
            "A bell rests from 10 p.m. to 6:30 a.m., and shall be oiled by 17:00.",
            ["22:00 date exact", "6:30 date exact", "17:00 deadline at_most"],
        ),
        ("The scale of the map is 1:20.", ["1 count exact", "20 count exact"]),
        ("A mill rests from 9:30 to 10:15.", ["9:30 date exact", "10:15 date exact"]),
        (
            "Plans are due by January 31, May 2 and the end of July of each year.",
            [
                "January 31, each year deadline at_most",
                "May 2, each year deadline at_most",
                "end of July, each year deadline at_most",
            ],
        ),
        (
            "A plan is made from May 1 to May 31 of the year following the fog.",
            ["May 1 date exact", "May 31 of the following year date exact"],
        ),
        (
            "A stay is shorter than one year and longer than 3 days.",
            ["1 year limit less_than", "3 day minimum more_than"],
        ),
        ("The number of keepers shall not be less than 20.", ["20 count at_least"]),
        (
            "A watch shall not exceed 10 hours, and that of a guard, 12 hours.",
            ["10 hour limit at_most", "12 hour limit at_most"],
        ),
        ("A boat sails at 60 km/h on a lane with one lane each way.", ["60 km/h count exact", "1 lane count exact"]),
        ("A person whose points reach 121 points or more is barred.", ["121 point count at_least"]),
        ("A keeper who reaches 40 leaves.", ["40 year age exact"]),
        ("Majority is attained at 19 years of age.", ["19 year age exact"]),
        ("A motion needs a majority of the keepers.", ["1/2 share more_than"]),
        ("A report is due in each half of a year.", []),
        ("A keeper shall, every half year, report.", ["1/2 year frequency exact"]),
        ("The bell may be rung for three months after the fog.", ["3 month duration exact"]),
        ("A bell like the previous one is cast.", []),
        ("An allowance is paid monthly for watches.", ["1 time per month frequency exact"]),
        ("A tower fell on the twenty-fifth day of May, Nineteen Hundred and Eight.", ["1908-05-25 date exact"]),
        ("A tower fell on the fifth day of May, nineteen sixty.", ["1960-05-05 date exact"]),
        ("A tower fell on the fifth day of May, nineteen hundred and sixty.", ["1960-05-05 date exact"]),
        ("A tower fell on the first day of May, twenty twenty-six.", ["2026-05-01 date exact"]),
        ("A bell rests by day (6:00 to 22:00).", ["6:00 date exact", "22:00 date exact"]),
        ("Books are kept for the period of ten years from the fog.", ["10 year duration exact"]),
        ("A keeper rests half a day.", ["1/2 day duration exact"]),
        ("Interest is due from the 31st day after the fog.", ["31 day rank exact"]),
        ("A school has 24 classes and 3 buses.", ["24 class count exact", "3 bus count exact"]),
        ("The seats are 20, which is all a hall has.", ["20 count exact"]),
        ("Twelve staff in charge of buses are kept.", ["12 staff count exact"]),
        ("A mill of 1,000 MW has a bell.", ["1000 MW count exact"]),
        ("A keeper shall report quarterly.", ["1 time per quarter frequency exact"]),
        ("A keeper plans once every five years.", ["1 time frequency exact", "5 year frequency exact"]),
        ("A keeper shall reply within a month.", ["1 month deadline at_most"]),
        (
            "A keeper served for not less than one year and six months.",
            ["1 year minimum at_least", "6 month minimum at_least"],
        ),
        (
            "A keeper is a person 18 years of age or older but under 70.",
            ["18 year age at_least", "70 year age less_than"],
        ),
        ("A child who has not reached 19 years of age may watch.", ["19 year age less_than"]),
        ("A keeper for whom one year has not passed may not ring.", ["1 year lapse exact"]),
        ("The term of a keeper is three years from the day of the oath.", ["3 year duration exact"]),
        ("The ban ends after two years.", ["2 year lapse exact"]),
        ("Three-tenths of the fee are paid back.", ["3/10 share exact"]),
        ("A tower has an area of 33 m² or more and a yard of 20㎡.", ["33 m² count at_least", "20 ㎡ count exact"]),
        ("A yard is at most 3,000 square meters.", ["3000 square meter count at_most"]),
        ("A kite flies at a height of 30 meters or below.", ["30 meter count at_most"]),
        ("Interest is five percent per annum.", ["5 percent per year share exact"]),
        (
            "A fine is not more than 3 percent of the sales or 100,000 won.",
            ["3 percent share at_most", "100000 won money at_most"],
        ),
        ("A keeper of KRW 5,000,000 or more pays ₩200.", ["5000000 won money at_least", "200 won money exact"]),
        ("The charge is 12/1,000 of the fee.", ["3/250 share exact"]),
        ("A keeper rings ５０ times.", ["50 time count exact"]),
        ("A yard of 1 hectare or larger has a bell.", ["1 hectare count at_least"]),
        ("A keeper stays at 15 meters per second or more.", ["15 meter per second count at_least"]),
        ("A keeper pays 1,200 won per cubic meter.", ["1200 won per cubic meter money exact"]),
        ("The bell is oiled at intervals of three months.", ["3 month frequency exact"]),
        ("A keeper reports no later than 14 days before.", ["14 day deadline at_least"]),
        ("A fall in which one or more persons die is told.", ["1 person count at_least"]),
        ("Three keepers watch, one of whom rings.", ["3 keeper count exact"]),
        (
            "Article 1 (2) (limited to the part concerning 30/100) and (3) hold.",
            ["3/10 share exact"],
        ),
        (
            "A plan is due by the end of November of the preceding year.",
            ["end of November of the preceding year deadline at_most"],
        ),
        ("The bells of December 31 of that year ring.", ["December 31 of that year date exact"]),
        ("A keeper pays within the first ten days of each month.", ["10 day deadline at_most"]),
        ("A person aged 65 or over who rings pays half.", ["65 year age at_least", "1/2 share exact"]),
        ("A keeper is a person aged between 18 and 60 who rings.", ["18 to 60 year age between"]),
        ("The minimum age is 18, and the maximum age is 60.", ["18 year age at_least", "60 year age at_most"]),
        ("A bell rings in at least 9 out of 10 storms.", ["9 count at_least", "10 storm count exact"]),
        (
            "A tower above 1,000 meters has snow for 100 days or more a year.",
            ["1000 meter count more_than", "100 day per year minimum at_least"],
        ),
        ("A club has at least nine and at most fifteen keepers.", ["9 to 15 keeper count between"]),
        ("A fine does not exceed twice the fee.", ["2 time count at_most"]),
        ("A keeper was warned within the preceding three years.", ["3 year deadline at_most"]),
        ("A keeper of two towers counts for one tower only.", ["2 tower count exact", "1 tower count exact"]),
        (
            "A bell is returned within 30 days, or 3 lamps are taken.",
            ["30 day deadline at_most", "3 lamp count exact"],
        ),
        ("The limit under this Act applies to 5 keepers.", ["5 keeper count exact"]),
        ("The decree limits the number of bells to 5.", ["5 count at_most"]),
        ("A head may limit the number of bells to 5.", ["5 count at_most"]),
        ("A gate opens at 12 o'clock a.m.", ["0:00 date exact"]),
        ("A gate opens at 12 o'clock p.m.", ["12:00 date exact"]),
        ("A gate opens at ten o'clock at night.", ["22:00 date exact"]),
        ("A gate opens at two o'clock at night.", ["2:00 date exact"]),
        ("A gate opens at twelve o'clock at night.", ["0:00 date exact"]),
        ("May a keeper 31 towers off ring? A keeper may 5 times.", ["31 tower count exact", "5 time count exact"]),
    ],
)
def test_a_quantity_in_other_words(words: str, expected: list[str]) -> None:
    assert quantities_in(words) == expected


@pytest.mark.parametrize(
    "text", ["fifth day of Marchx, nineteen sixty", "fifth day of May, sixty-five", "thirty-first day of April, 1960"]
)
def test_what_names_no_month_no_year_or_no_day_is_no_date(text: str) -> None:
    assert read_date(text) is None
