"""What a bound on an open parameter comes to, where the vocabulary bounds it too."""

from __future__ import annotations

import datetime as dt

import pytest

from mutandis.datatypes import COUNT, DATE, DAYS, NUMBER, DataType
from mutandis.decide.bounds import OpenBound, outcomes
from mutandis.decide.order import CONDITIONAL, FAILS, HOLDS
from mutandis.vocabulary import FactDeclaration


def _parameter(type_: DataType, unit: str = "", low: int | None = 0, high: int | None = 3) -> FactDeclaration:
    return FactDeclaration("how.many", type_, "?", unit=unit, parameter=True, minimum=low, maximum=high)


@pytest.mark.parametrize(
    ("relation", "value", "outcome"),
    [
        ("<", 4, HOLDS),  # less than four is at most three, which is all there is
        ("<", 3, CONDITIONAL),
        ("<=", 3, HOLDS),
        ("<=", 2, CONDITIONAL),
        ("<", 0, FAILS),
        (">", 0, CONDITIONAL),
        (">=", 0, HOLDS),
        (">=", 1, CONDITIONAL),
        (">", 3, FAILS),
        ("is", 2, CONDITIONAL),
        ("is", 4, FAILS),
    ],
)
@pytest.mark.parametrize("parameter", [_parameter(COUNT), _parameter(DAYS, "days")], ids=["count", "days"])
def test_a_bound_is_held_against_every_value_there_is(
    parameter: FactDeclaration, relation: str, value: int, outcome: int
) -> None:
    assert outcomes(parameter, [OpenBound(relation, value, True)]) == outcome


def test_less_than_leaves_numbers_and_days_their_last_value() -> None:
    number = _parameter(NUMBER)
    assert outcomes(number, [OpenBound("<", 3, True)]) == CONDITIONAL
    assert outcomes(number, [OpenBound("<", 3, True), OpenBound(">", 2, True)]) == CONDITIONAL  # two and a half
    assert outcomes(_parameter(COUNT), [OpenBound("<", 3, True), OpenBound(">", 2, True)]) == FAILS


def test_days_between_two_days_that_are_left_out() -> None:
    day, third = dt.date(2020, 3, 2), dt.date(2020, 3, 4)
    open_ended = _parameter(DATE, low=None, high=None)
    assert outcomes(open_ended, [OpenBound(">", day, True), OpenBound("<", third, True)]) == CONDITIONAL
    assert outcomes(open_ended, [OpenBound(">", day, True), OpenBound("<", day + dt.timedelta(1), True)]) == FAILS
