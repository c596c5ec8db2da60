"""On whom a penalty falls, and whom it leaves alone (S48)."""

from __future__ import annotations

import pytest
from tests.decide.shipped import DAY, shipped

from mutandis.decide.result import Verdict

CASH: dict[str, object] = {"goods.kind": "cash", "goods.usable_for_absconding_or_contact": False}
TELEPHONE: dict[str, object] = {
    "goods.kind": "electronic_or_communication_equipment",
    "goods.carrying_in_permitted": False,
    "goods.meant_for_inmate": False,
    "goods.carried_in_habitually": False,
}


@pytest.mark.parametrize("by", [None, "inmate", "person"])
def test_a_penalty_is_told_with_whom_it_falls_on(by: str | None) -> None:
    (threat,) = shipped().decide("possess goods", CASH, at=DAY, by=by).penalties
    assert (threat.provision, threat.by) == ("act/132(2)", ("inmate",))


def test_whoever_is_no_inmate_is_not_punished_as_one() -> None:
    decision = shipped().decide("possess goods", CASH, at=DAY, by="outsider")
    assert decision.verdict is Verdict.FORBIDDEN
    assert decision.penalties == ()


@pytest.mark.parametrize("by", ["outsider", "inmate", "correctional_officer", "judge"])
def test_what_anybody_is_punished_with_falls_on_each_kind_of_person(by: str) -> None:
    (threat,) = shipped().decide("carry_in goods", TELEPHONE, at=DAY, by=by).penalties
    assert (threat.provision, threat.by) == ("act/133(1)", ("person",))
