"""A missing fact is asked for with the place that demands it."""

from __future__ import annotations

import datetime as dt

from mutandis import Rulebook
from mutandis.explain.naming import waiting_for

DAY = dt.date(2023, 6, 1)


def test_what_the_manner_of_a_duty_waits_for_has_the_place_that_demands_it() -> None:
    shipped = Rulebook.load()
    facts = {"supervised_person.standing": "probationer", "immediate_arrest.at": "2023-06-01T09:00"}
    decision = shipped.decide("file approval_request", facts, at=DAY)
    assert decision.missing == ("approval_request.to_local_prosecutor",)
    assert waiting_for(decision, decision.missing[0]) == ("probation-decree/30 main",)
    plan = shipped.decide("establish master_plan", {"master_plan.previous_established_on": "2021-03-02"}, at=DAY)
    places = {fact: waiting_for(plan, fact) for fact in plan.missing}
    assert places["master_plan.other_matters_deemed_necessary"] == ("act/5-2(2)10",)
    assert len(places["master_plan.contains"]) == 10
