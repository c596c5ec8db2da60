"""The calendar of Korea that ships: against the library `holidays`, and against the rules on substitute days."""

from __future__ import annotations

import datetime as dt

import holidays
import pytest
from tests.shipped import shipped

from mutandis.calendar.days_off import DaysOff, move

DAY = dt.timedelta(days=1)
SUBSTITUTED = {
    # On a Saturday or Sunday, from this day on.
    "Independence Movement Day": dt.date(2021, 8, 4),
    "Liberation Day": dt.date(2021, 8, 4),
    "National Foundation Day": dt.date(2021, 8, 4),
    "Hangul Day": dt.date(2021, 8, 4),
    "Buddha's Birthday": dt.date(2023, 5, 4),
    "Christmas Day": dt.date(2023, 5, 4),
    "Children's Day": dt.date(2013, 11, 5),
}


@pytest.fixture(scope="module")
def kr() -> DaysOff:
    return shipped().program.days_off


def test_it_has_every_holiday_from_2000_to_2030_and_no_other(kr: DaysOff) -> None:
    known = holidays.country_holidays("KR", years=range(2000, 2031))
    assert (kr.name, kr.first, kr.last) == ("kr", dt.date(2000, 1, 1), dt.date(2030, 12, 31))
    assert sorted(kr.days) == sorted(known)


def test_every_holiday_names_the_provision_that_makes_it_one(kr: DaysOff) -> None:
    assert all(why.label and why.provision.startswith("ext:public-holidays-") for why in kr.days.values())


def test_a_substitute_day_is_the_first_working_day_after_what_it_stands_for(kr: DaysOff) -> None:
    substitutes = {day: why.label for day, why in kr.days.items() if why.label.startswith("substitute day for ")}
    assert len(substitutes) > 30
    for day, label in substitutes.items():
        assert day.weekday() < 5
        before = day - DAY
        passed = []
        while (why := kr.why_off(before)) is not None:
            passed.append(why.label)
            before -= DAY
        assert label.removeprefix("substitute day for ") in passed, day


@pytest.mark.parametrize("label", SUBSTITUTED)
def test_a_holiday_on_a_weekend_has_a_substitute_since_the_law_gives_it_one(kr: DaysOff, label: str) -> None:
    seen = 0
    for day, why in kr.days.items():
        if why.label != label or day < SUBSTITUTED[label] or day.weekday() < 5:
            continue
        following = next(d for d in (day + k * DAY for k in range(1, 9)) if d.weekday() < 5)
        assert kr.days[following].label == f"substitute day for {label}", day
        seen += 1
    assert seen


def test_saturdays_move_a_last_day_since_the_civil_act_says_so(kr: DaysOff) -> None:
    assert kr.is_off(dt.date(2007, 12, 15)) is False
    assert kr.is_off(dt.date(2007, 12, 22)) is True


def test_seollal_of_2026_is_passed_over(kr: DaysOff) -> None:
    moved = move(dt.date(2026, 2, 14), kr)
    assert (moved.nearest, moved.farthest) == (dt.date(2026, 2, 19), dt.date(2026, 2, 19))
    assert [why.label for _, why in moved.passed_over] == ["Saturday", "Sunday", "Seollal", "Seollal", "Seollal"]


def test_beyond_2030_a_last_day_is_not_known_upward(kr: DaysOff) -> None:
    assert move(dt.date(2030, 12, 31), kr).farthest == dt.date(2030, 12, 31)
    assert move(dt.date(2031, 1, 2), kr).farthest is None
