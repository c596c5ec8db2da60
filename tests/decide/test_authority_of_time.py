"""What an answer rests on is told with the instruments and wordings of its time (S29)."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.evaluate.books import book, rule
from tests.shipped import DAY, places_told, shipped

from mutandis.decide.result import Verdict


def test_of_instruments_of_one_day_only_those_that_made_the_wording_are_told() -> None:
    facts: dict[str, object] = {
        "conduct.on": "2008-12-23",
        "conduct.ended_on": "none",
        "conduct.breaks_criminal_law": True,
    }
    decision = shipped().decide("impose proposed_action", facts, at=dt.date(2009, 1, 12))
    told = {one.text.partition(",")[0] for one in decision.authority if one.role == "dates"}
    assert told == {"Act No. 8728", "Act No. 16345"}  # Act No. 9136, of the same day, did not touch Article 107


@pytest.mark.parametrize(("day", "dated"), [(dt.date(2010, 5, 3), True), (dt.date(2010, 5, 4), False)])
def test_a_wording_that_is_not_in_force_yet_is_told_with_the_day_from_which_it_is(day: dt.date, dated: bool) -> None:
    facts = {
        "inmate.injured_or_ill": True,
        "minor_treatment.prescribed_by_decree": True,
        "minor_treatment.given_at": "night",
    }
    for _ in range(2):  # the same shape, where it is no use that the wording comes into force
        decision = shipped().decide("give minor_treatment", facts, at=day)
        told = [(one.provision, one.text) for one in decision.authority if one.role == "dates"]
        assert told == ([("act/36(2)", "Act No. 10273, in force on 2010-05-04")] if dated else [])
        healthy = shipped().decide("give minor_treatment", {**facts, "inmate.injured_or_ill": False}, at=day)
        assert not [one for one in healthy.authority if one.role == "dates"]


@pytest.mark.parametrize(
    ("changed", "dated"), [({}, True), ({"matter": "other_particulars"}, False), ({"person_approves": False}, False)]
)
def test_what_a_norm_asks_about_comes_into_force_with_it(changed: dict[str, object], dated: bool) -> None:
    stated: dict[str, object] = {
        "needed_for_adequate_protection": True,
        "person_approves": True,
        "matter": "habitat",
        "request_received": True,
        "extenuating_circumstances": False,
    }
    facts = {f"inmate_particulars.{name}": value for name, value in (stated | changed).items()}
    decision = shipped().decide("give inmate_particulars", facts, by="head_of_institution", at=dt.date(2014, 11, 20))
    told = [(one.provision, one.text) for one in decision.authority if one.role == "dates"]
    day_after = "Presidential Decree No. 25731, in force on 2014-11-21"
    assert decision.verdict is Verdict.SILENT
    assert told == ([("probation-decree/46-2(2)", day_after)] if dated else [])


def test_a_wording_out_of_force_never_stops_short() -> None:
    facts: dict[str, object] = {
        "corpse.died_on": "2020-01-01",
        "corpse.resting_place": "stored_remains",
        "corpse.laid_on": "2020-02-01",
        "claimant_of_corpse.requested_on": "2023-05-01",
    }
    decision = shipped().decide("bury_naturally corpse", facts, at=DAY)
    assert decision.nearest == "act/128(3)2"


def test_the_addendum_by_which_a_wording_is_chosen_and_the_ban_it_keeps_away_are_told() -> None:
    right: dict[str, object] = {
        "inmate.class": "sentenced",
        "work_harm.death_from": True,
        "condolence_money.right_acquired_on": dt.date(2008, 12, 1),
    }
    told = places_told("give_as_security condolence_money", right, "entitled_person")
    assert {("dates", "act/addenda-8728/2 main"), ("stops_short", "act/76(1)")} <= told
    right["condolence_money.right_acquired_on"] = dt.date(2008, 12, 22)
    told = places_told("give_as_security condolence_money", right, "entitled_person")
    assert ("decides", "act/76(1)") in told


def test_a_definition_out_of_force_is_not_said_to_fall_short() -> None:
    facts = {"stay.ordered": True, "stay.ended": False, "stay.basis": "juvenile-decree/19(1)1"}
    facts |= {"juvenile.suicide_or_self_injury_likely": False}
    decision = shipped().decide("end stay", facts, at=DAY)
    told = [one.summary for one in decision.authority if one.role == "defines"]
    assert decision.verdict is Verdict.REQUIRED
    assert len(told) == 1 and "not held" not in told[0]


def test_a_wording_out_of_force_is_no_definition_that_did_not_reach() -> None:
    facts: dict[str, object] = {
        "inmate.appears_in_court": True,
        "inmate.obstructs_duties_by_force": False,
        "protective_equipment.kind": "ankle_protection",
        "protective_equipment.considered": ["age", "health", "conduct"],
        "protective_equipment.minimum_extent": True,
        "protective_equipment.meant_as_discipline": False,
        **{
            f"inmate.high_risk_of_{what}": False for what in ("absconding", "suicide", "self_injury", "injuring_others")
        },
        "inmate.high_risk_of_destroying_facilities": False,
        "inmate.high_risk_of_harming_security_or_order": False,
    }
    decision = shipped().decide("use protective_equipment", facts, at=DAY)
    assert decision.verdict is Verdict.FORBIDDEN
    defining = [(one.provision, one.summary) for one in decision.authority if one.role == "defines"]
    assert {place for place, _ in defining} == {"act/97(1)2", "act/97(1)3", "act/97(1)4", "act/98(1)3"}
    assert not [summary for _, summary in defining if "not held" in summary]
    assert ("left_to", "act/98(3)") in {(one.role, one.provision) for one in decision.authority}  # 98 (2) is breached


def test_the_instrument_of_a_wording_has_its_number_where_it_has_no_title() -> None:
    facts: dict[str, object] = {
        "claimant_of_corpse.relative": True,
        "claimant_of_corpse.requested_on": dt.date(2023, 5, 30),
        "corpse.died_on": dt.date(2023, 5, 20),
        "corpse.resting_place": None,
    }
    decision = shipped().decide("deliver corpse", facts, at=DAY)
    assert [one.text for one in decision.authority if one.provision == "act/128(1)" and one.role == "dates"] == [
        "Act No. 13235, in force on 2015-06-28"
    ]


def test_a_wording_to_come_that_may_speak_is_told_though_not_all_is_known() -> None:
    facts: dict[str, object] = {
        "inmate.held_upon": "arrest",
        "inmate.received_from": "police_agency",
        "inmate.criminal_suspect": True,
    }
    before = dt.date(2018, 6, 19)
    decision = shipped().decide("conduct summary_admission", facts, at=before)
    assert decision.verdict is Verdict.SILENT
    told = [(one.provision, one.text) for one in decision.authority if one.role == "dates"]
    assert told == [("act/16-2 main", "Act No. 15259, in force on 2018-06-20")]
    no_suspect = shipped().decide("conduct summary_admission", facts | {"inmate.criminal_suspect": False}, at=before)
    assert not [one for one in no_suspect.authority if one.role == "dates"]


def test_a_wording_to_come_that_would_speak_is_told_beside_what_comes_nearest() -> None:
    facts: dict[str, object] = {
        "donation.given_to": "agency",
        "donation.received": True,
        "donor.anonymous": False,
        "donor.known": True,
    }
    for by, near in ((None, ["probation-decree/36-2(1)"]), ("agency", [])):  # the duty is another's for the Agency
        decision = shipped().decide("issue receipt", facts, at=dt.date(2015, 6, 30), by=by)
        told = [(one.provision, one.text, len(one.chains)) for one in decision.authority if one.role == "dates"]
        assert told == [("probation-decree/36-2(1)", "Presidential Decree No. 26326, in force on 2015-07-01", 1)]
        assert [one.provision for one in decision.authority if one.role == "stops_short"] == near


REMAINS: dict[str, object] = {
    "death_notice.received_on": "2023-07-01",
    "claimant_of_corpse.requested_on": "none",
    "corpse.nobody_to_claim": False,
    "corpse.infection_prevention_needed": False,
}


@pytest.mark.parametrize("died", [{"corpse.died_on": "2023-06-30"}, {}])
def test_a_definition_of_another_time_than_that_of_its_event_is_out_of_the_running(died: dict[str, object]) -> None:
    decision = shipped().decide("store_remains_of corpse", REMAINS | died, at=dt.date(2023, 8, 30))
    (short,) = [one for one in decision.authority if one.role == "defines" and one.facts]
    assert (decision.verdict, short.provision) == (Verdict.FORBIDDEN, "act/128(2)2")
    assert short.conditions == ("today > the end of 60 days after death_notice.received_on",)


def test_a_wording_that_an_event_picks_is_dated_where_the_other_stood_at_the_whole_paragraph() -> None:
    facts: dict[str, object] = {
        "corpse.resting_place": "temporary_burial",
        "corpse.laid_on": "2021-06-06",
        "corpse.in_fixed_place": True,
        "claimant_of_corpse.requested_on": "none",
    }
    decision = shipped().decide("bury_with_others corpse", facts, at=dt.date(2023, 6, 8))
    told = {one.provision for one in decision.authority if one.role == "dates"}
    assert (decision.verdict, told) == (Verdict.PERMITTED, {"act/128(3)1", "act/addenda-13235/3 main"})


def test_a_rule_that_ends_by_itself_tells_when() -> None:
    ending = book(rule("(1)", "may: do thing", "until: 2020-02-01"))
    (told,) = ending.decide("do thing", {}, at=dt.date(2020, 3, 1)).authority
    assert (told.role, told.provision, told.text) == ("dates", "act/1(1)", "no longer in force on 2020-02-01")
    coming = book(rule("(1)", "may: do thing", "since: 2020-04-01"))
    (told,) = coming.decide("do thing", {}, at=dt.date(2020, 3, 1)).authority
    assert (told.role, told.text) == ("dates", "in force on 2020-04-01")


def test_the_wording_of_a_definition_that_an_event_picks_has_its_date() -> None:
    loaded = book(
        rule("(1)", "define: it.read", "when: it.count > 5", "until: 2020-01-01", "governed_by: it.on"),
        rule("(1)", "define: it.read", "when: it.count > 9", "since: 2020-01-01", "governed_by: it.on"),
        rule("(2)", "must: tell thing", "when: it.read"),
    )
    told = {}
    for day in ("2019-12-31", "2020-01-01"):
        decision = loaded.decide("tell thing", {"it.count": 7, "it.on": day}, at=DAY)
        told[str(decision.verdict)] = [(one.provision, one.text) for one in decision.authority if one.role == "dates"]
    assert told == {
        "required": [("act/1(1)", "no longer in force on 2020-01-01")],
        "silent": [("act/1(1)", "in force on 2020-01-01")],
    }
