"""What makes an answer one through a clause, whose finding it then is, and which of several grounds stops short."""

from __future__ import annotations

import datetime as dt

from tests.shipped import shipped

DAY = dt.date(2023, 6, 1)


def _told(action: str, facts: dict[str, object]) -> set[tuple[str, str]]:
    return {(one.role, one.provision) for one in shipped().decide(action, facts, at=DAY).authority}


def test_of_grounds_that_all_fail_the_one_stops_short_of_which_there_is_something() -> None:
    facts: dict[str, object] = {
        "candidate.considerable_knowledge_and_experience": True,
        "candidate.legal_profession_service": "0 years",
        "candidate.professor_service": "0 years",
        "candidate.teacher_service": "179 months",
        "candidate.official_in_listed_service": False,
        "candidate.agency_grade_three_service": "0 years",
    }
    assert ("stops_short", "probation-decree/3(1)3") in _told("appoint senior_standing_member", facts)
    two = {**facts, "candidate.professor_service": "4 years"}
    assert ("stops_short", "probation-decree/3(1)") in _told("appoint senior_standing_member", two)


def test_what_would_only_add_a_norm_of_the_same_place_is_not_told_and_by_which_clauses_is() -> None:
    facts: dict[str, object] = {
        "supervised_person.standing": "mandated_person",
        "supervised_person.arrested_by_officer": True,
        "supervised_person.taken_to_office": True,
        "supervised_person.investigation_under_way": True,
        "supervised_person.detention_unnecessary": True,
    }
    decision = shipped().decide("discharge supervised_person", facts, at=DAY)
    defined = [(one.provision, one.conditions) for one in decision.authority if one.role == "defines"]
    assert defined == [("probation-decree/27(1)", ()), ("probation-decree/39(1)", ())]


def test_whose_finding_it_is_is_read_through_the_clause() -> None:
    facts: dict[str, object] = {
        "donor.consents_to_other_purpose": True,
        "donation.received": True,
        "donation.purpose_stated": True,
        "donation.purpose_impracticable": True,
        "donation.extenuating_circumstances": False,
    }
    for whom in ("agency", "head_of_probation_office"):
        found = shipped().decide("spend_on other_purpose", {**facts, "donation.given_to": whom}, at=DAY).findings
        assert {one.owner for one in found if one.fact == "donation.purpose_impracticable"} == {whom}
