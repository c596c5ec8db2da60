"""A missing fact is asked for with the place that demands it."""

from __future__ import annotations

import datetime as dt

from tests.evaluate.books import book, rule
from tests.shipped import shipped

from mutandis.decide.result import Verdict
from mutandis.explain.naming import waiting_for

DAY = dt.date(2023, 6, 1)


def test_what_the_manner_of_a_duty_waits_for_has_the_place_that_demands_it() -> None:
    facts = {"supervised_person.standing": "probationer", "immediate_arrest.at": "2023-06-01T09:00"}
    decision = shipped().decide("file approval_request", facts, at=DAY)
    assert decision.missing == ("approval_request.to_local_prosecutor",)
    assert waiting_for(decision, decision.missing[0]) == ("probation-decree/30 main",)
    plan = shipped().decide("establish master_plan", {"master_plan.previous_established_on": "2021-03-02"}, at=DAY)
    places = {fact: waiting_for(plan, fact) for fact in plan.missing}
    assert places["master_plan.other_matters_deemed_necessary"] == ("act/5-2(2)10",)
    assert len(places["master_plan.contains"]) == 10


def test_what_is_open_is_told_once_with_the_words_of_its_place() -> None:
    facts: dict[str, object] = {"goods.kind": "tobacco"}
    facts |= {"goods.unsuitable_to_destroy": True, "goods.for_criminal_procedure": False}
    decision = shipped().decide("hold_in_custody goods", facts, at=DAY, by="warden")
    told = {}
    for one in decision.authority:
        if one.role == "open":
            assert one.provision not in told
            told[one.provision] = one.summary
    assert told["act/26(1)"].startswith("Inmates may have") and told["act/25(1)"].startswith("Money and valuables")


def test_a_limit_that_waits_for_what_its_requirement_waits_for_is_told_by_the_place_of_that() -> None:
    facts: dict[str, object] = {
        "conduct.on": "2023-05-30",
        "conduct.breaks_ordinance": True,
        "conduct.already_disciplined": False,
        "earlier_action.execution_began_on": "none",
        "proposed_action.kind": "warning",
        "decision.actions": "unknown",
        "proposed_action.committee_resolved": True,
        "proposed_action.minimum_necessary": True,
        "proposed_action.considered": ["motive", "seriousness", "situation_after", "other_conditions"],
    }
    decision = shipped().decide("impose proposed_action", facts, at=dt.date(2023, 6, 20), by="warden")
    told = {one.provision for one in decision.authority if one.role == "open"}
    assert decision.missing == ("decision.actions",)
    assert told == {"act/109(1)", *(f"act/108.{kind}" for kind in range(4, 14))}


def test_each_ban_that_may_apply_waits_for_what_tells_whether_it_does() -> None:
    facts: dict[str, object] = {
        f"correspondence.{name}": False for name in ("harms_rehabilitation", "banned_by_ruling")
    }
    facts |= {"correspondence.harms_security_or_order": False, "correspondence.permission_obtained": False}
    facts["correspondence.between_inmates_of_one_facility"] = True
    imposed = ("correspondence.prohibited_under", "correspondence.sending_restricted_under", "disciplinary_action.kind")
    facts |= dict.fromkeys(imposed, "unknown")
    decision = shipped().decide("send correspondence", facts, at=DAY, by="inmate")
    waits = {one.provision: one.facts for one in decision.authority if one.role == "open"}
    assert decision.verdict is Verdict.FORBIDDEN
    assert waits["act/43(5)"] == ("correspondence.prohibited_under",)
    assert "correspondence.prohibited_under" not in waits["act/112(1)"]
    assert [one.provision for one in decision.authority if one.role == "stops_short"] == ["act/43(2)"]


def test_what_cannot_be_reckoned_names_the_norm_and_the_definitions_that_gave_nothing() -> None:
    loaded = book(
        rule("(1)", "define: it.due", "as: {when: it.until is present, value: it.until}"),
        rule("(2)", "must_not: tell thing", "when: it.on > it.due"),
    )
    decision = loaded.decide("tell thing", {"it.on": "2020-03-01", "it.until": "none"}, at=DAY)
    told = [(one.role, one.provision, one.conditions) for one in decision.authority]
    assert (decision.verdict, decision.cause, decision.missing) == (Verdict.UNDETERMINED, "undefined", ())
    assert told == [("open", "act/1(2)", ()), ("defines", "act/1(1)", ("it.until is present",))]


def test_what_the_limits_of_a_power_beside_a_ban_wait_for_is_told_with_their_places() -> None:
    loaded = book(
        rule("(1)", "may: do thing", "requires: how.days <= 5 days"),
        rule("(2)", "must_not: do thing"),
        rule("(3)", "limits: do thing", "requires: how.level <= 3"),
    )
    decision = loaded.decide("do thing", {}, at=DAY)
    assert (decision.verdict, decision.cause) == (Verdict.UNDETERMINED, "parameters")
    assert decision.missing == ("how.days", "how.level")
    waits = {one.provision: one.facts for one in decision.authority if one.role == "open"}
    assert waits == {"act/1(1)": ("how.days",), "act/1(3)": ("how.level",)}
    for days, found in ((5, Verdict.CONFLICT), (6, Verdict.FORBIDDEN)):
        settled = loaded.decide("do thing", {"how.days": days, "how.level": 3}, at=DAY)
        assert settled.verdict is found and not [one for one in settled.authority if one.role == "open"]
