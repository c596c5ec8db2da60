"""What an answer rests on is told, place by place, each with its role (S29)."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given, settings
from tests.evaluate.books import book, rule
from tests.shipped import DAY, places_told, shipped
from tests.strategies.laws import EXAMPLES, law, only, with_component
from tests.strategies.programs import FIRST, SECOND, clocks, programs
from tests.strategies.vocabulary import known_facts

from mutandis.backends.engine import Engine
from mutandis.citation import parse_citation
from mutandis.decide.result import Decision, Verdict
from mutandis.link.program import Norm, Program

few = settings(law, max_examples=max(EXAMPLES // 3, 1))
"""Each example decides once for every norm taken out."""
BOTH = pytest.mark.parametrize("action", [FIRST, SECOND])


ARMS: dict[str, object] = {
    "arms.against_inmate": True,
    "inmate.riot_hard_to_contain": True,
    "arms.unavoidable_against_grave_danger": True,
    "arms.ordered_by": "none",
    "arms.no_time_for_order": True,
    "arms.warned_beforehand": True,
    "arms.minimum_extent": True,
    "arms.last_means": True,
}


def test_the_proviso_that_lifts_a_limit_opens_and_the_other_limits_are_kept() -> None:
    told = places_told("use arms", ARMS)
    assert ("opens", "act/101(3) proviso") in told
    assert {("kept", "act/101(4)"), ("kept", "act/101(5)")} <= told
    assert ("left_to", "act/101(6)") in told


def test_an_order_that_was_given_is_kept_and_the_proviso_is_not_told() -> None:
    told = places_told("use arms", {**ARMS, "arms.ordered_by": "warden", "arms.no_time_for_order": False})
    assert ("kept", "act/101(3)") in told
    assert not any(place == "act/101(3) proviso" for _, place in told)


def test_a_requirement_met_without_a_figure_is_kept() -> None:
    facts: dict[str, object] = {
        "juvenile_call.undesirable_conduct": True,
        "juvenile_call.warned_before": True,
        "juvenile_call.other_party_told_reason": True,
    }
    decision = shipped().decide("discontinue juvenile_call", facts, at=DAY)
    assert decision.verdict is Verdict.PERMITTED
    kept = [one for one in decision.authority if one.role == "kept"]
    assert [one.provision for one in kept] == ["juvenile-decree/39-2(3)"]
    assert len(kept[0].conditions) == 2


def test_the_value_that_a_provision_creates_is_defined_there() -> None:
    told = places_told("respect presumption_of_innocence", {"inmate.class": "unsentenced"})
    assert ("defines", "act/2.3") in told


def test_an_exception_that_keeps_a_ban_away_opens_an_answer_of_silence() -> None:
    facts: dict[str, object] = {
        "inmate.class": "unsentenced",
        "inmate.objects_to_haircut": True,
        "haircut.especially_necessary": True,
    }
    decision = shipped().decide("force haircut", facts, at=DAY)
    assert decision.verdict is Verdict.SILENT
    assert [f.fact for f in decision.findings] == ["haircut.especially_necessary"]
    assert ("opens", "act/83 main") in {(one.role, one.provision) for one in decision.authority}
    [near] = [one for one in decision.authority if one.role == "stops_short"]
    assert near.provision == "act/83 main"
    assert near.conditions == ("not haircut.especially_necessary",)
    assert near.kept_away_by == ()  # it stands in the same sentence: a place would name itself


def test_what_brings_a_case_under_the_law_is_told_in_every_answer_of_that_law() -> None:
    cell: dict[str, object] = {"facility.kind": "police_cell"}
    assert ("defines", "act/87 main") in places_told("permit bathing", cell)  # no rule about bathing asks where it is
    assert ("defines", "act/87 main") not in places_told("permit bathing", {"facility.kind": "detention_center"})
    assert ("defines", "act/87 main") not in places_told("permit bathing", {})
    given: dict[str, object] = {**cell, "donation.donors_position_known": True, "donor.on_probation": True}
    others = places_told("accept donation", {**given, "donation.given_to": "head_of_probation_office"})
    assert ("decides", "probation-decree/36-2(2)1") in others
    assert ("defines", "act/87 main") not in others


def test_whoever_was_moved_to_a_treatment_and_custody_facility_is_under_the_act_by_its_own_paragraph() -> None:
    moved: dict[str, object] = {
        "facility.kind": "treatment_custody_facility",
        "treatment_custody_facility.transferred_under": parse_citation("act/37(2)"),
    }
    assert ("defines", "act/37(3)") in places_told("permit bathing", moved)
    del moved["treatment_custody_facility.transferred_under"]
    assert ("defines", "act/37(3)") not in places_told("permit bathing", moved)


def test_what_keeps_a_permission_away_stops_short_and_opens_nothing() -> None:
    facts: dict[str, object] = {
        "juvenile.status": "protected",
        "juvenile.disposition": 8,
        "juvenile.admitted_on": dt.date(2023, 3, 3),
        "school_term.begins_on": dt.date(2023, 3, 2),
        "juvenile.has_equal_ability": True,
    }
    decision = shipped().decide("enrol_in higher_course", facts, at=DAY)
    assert decision.verdict is Verdict.FORBIDDEN_BY_DEFAULT
    assert {(one.role, one.provision) for one in decision.authority} == {
        ("stops_short", "juvenile-decree/63(1)"),
        ("stops_short", "juvenile-decree/63(3)"),
    }


def test_a_ground_that_a_proviso_fells_keeps_nothing_away() -> None:
    facts: dict[str, object] = {
        "juvenile.status": "protected",
        "juvenile.under_disciplinary_measures": True,
        "juvenile.appeal_pending": True,
        "juvenile.reappeal": True,
        "juvenile.hospitalized_outside": False,
        "juvenile.commuting_for_treatment": False,
        "transfer_of_juvenile.petitioned_by": "juvenile",
        "transfer_of_juvenile.instructed": False,
        "transfer_of_juvenile.intended": False,
        "transfer_of_juvenile.treatment_specially_requires": False,
        "transfer_of_juvenile.minister_permits": True,
    }
    told = places_told("carry_out transfer_of_juvenile", facts)
    assert told == {("decides", "juvenile-decree/16(2)3"), ("opens", "juvenile-decree/16(2)3")}


def test_a_place_of_which_a_part_is_breached_is_not_kept() -> None:
    facts: dict[str, object] = {
        "executive_board.chief_directors": 1,
        "executive_board.standing_directors": 1,
        "executive_board.directors": 16,
        "executive_board.ex_officio_directors": 1,
        "executive_board.auditors": 2,
    }
    decision = shipped().decide("constitute executive_board", facts, at=DAY)
    assert [breach.provision for breach in decision.breaches] == ["juvenile-decree/93(1)3"]
    kept = {one.provision for one in decision.authority if one.role == "kept"}
    assert kept == {f"juvenile-decree/93(1){k}" for k in (1, 2, 4)}


def test_what_hands_a_case_to_law_that_is_not_held_is_told_and_no_fact_is_missing() -> None:
    decision = shipped().decide("intercept juvenile_petition", {}, at=dt.date(2008, 6, 21))
    assert decision.verdict is Verdict.UNDETERMINED
    assert [(one.role, one.provision) for one in decision.authority] == [
        ("dates", "juvenile-decree/addenda-20830/1 main")
    ]
    later = shipped().decide("issue school_certificate", {}, at=dt.date(2008, 6, 21))
    assert later.verdict is Verdict.UNDETERMINED
    assert later.missing == ()


def test_a_value_is_given_by_the_grounds_that_hold() -> None:
    found = shipped().value("observance.prescribed_by_decree", {"observance.matter": "attend_school"}, at=DAY)
    assert found.value is True
    assert found.provisions == ("probation-decree/19.4",)


def test_a_list_that_leaves_an_article_out_stops_short() -> None:
    facts: dict[str, object] = {
        "inmate.class": "sentenced",
        "inmate.under_investigation_or_trial": True,
        "inmate.objects_to_haircut": True,
    }
    assert {("stops_short", "act/83 main"), ("stops_short", "act/88 main")} <= places_told("force haircut", facts)


DONOR: dict[str, object] = {"donation.donors_position_known": False, "donor.on_probation": True}


def test_a_list_that_leaves_a_paragraph_out_stops_short_where_the_case_is_about_what_it_reads() -> None:
    about_it = places_told("accept donation", {**DONOR, "donation.given_to": "agency"})
    assert ("stops_short", "probation-decree/47 main") in about_it
    about_others = places_told("accept donation", {**DONOR, "donation.given_to": "head_of_probation_office"})
    assert ("stops_short", "probation-decree/36-2(2)1") in about_others
    assert ("stops_short", "probation-decree/47 main") not in about_others


def test_of_equals_the_permission_that_the_stated_facts_point_to_stops_short() -> None:
    facts: dict[str, object] = {
        "inmate.class": "sentenced",
        "sentence.kind": "imprisonment_without_labour",
        "work.requested": False,
    }
    decision = shipped().decide("assign work", facts, at=DAY)
    assert decision.nearest == "act/67 main"
    assert decision.unmet == ("work.requested",)


@pytest.mark.parametrize("stated", ["inmate.received_from", "inmate.new_inmate"])
def test_of_equals_the_permission_that_fails_on_what_can_still_change_stops_short(stated: str) -> None:
    facts: dict[str, object] = {
        "inmate.received_from": None,
        "identification_measure.necessary_for_confinement": False,
        stated: {"inmate.received_from": None, "inmate.new_inmate": False}[stated],
    }
    decision = shipped().decide("photograph inmate", facts, at=DAY)
    assert decision.nearest == "act/19(2)"
    assert decision.unmet == ("identification_measure.necessary_for_confinement",)


def test_the_ground_that_holds_stops_short_where_the_rest_keeps_the_norm_away() -> None:
    cash = {
        "goods_of_juvenile.kind": "cash",
        "goods_of_juvenile.hinders_safety_or_order": False,
        "money_of_juvenile.permitted": True,
    }
    short = [
        one
        for one in shipped().decide("possess goods_of_juvenile", cash, at=DAY).authority
        if one.role == "stops_short"
    ]
    assert [(one.provision, one.kept_away_by) for one in short] == [
        ("juvenile-decree/17-2.2", ("juvenile-decree/34 main",))
    ]


def test_an_exception_at_the_place_of_another_rule_is_told_in_the_words_of_that_rule() -> None:
    facts: dict[str, object] = {
        "goods.correspondence_or_book": True,
        "goods.within_ministers_scope": True,
        "goods.found_under": None,
    }
    freed = shipped().decide("hold_in_custody goods", facts, at=DAY)
    assert [(one.provisions, one.summary.partition(",")[0]) for one in freed.cited] == [
        (("act/26(1)",), "Inmates may have correspondence")
    ]
    assert any(one.provision == "act/25(1)" and one.text.startswith('"Money and valuables"') for one in freed.notes)


def test_what_keeps_a_permission_away_at_the_place_of_another_rule_is_told_in_the_words_of_that_rule() -> None:
    letter = {
        "correspondence.between_inmates_of_one_facility": True,
        "correspondence.permission_obtained": True,
        "correspondence.banned_by_ruling": False,
        "correspondence.harms_rehabilitation": False,
        "correspondence.harms_security_or_order": True,
        "correspondence.prohibited_under": None,
        "correspondence.sending_restricted_under": None,
        "disciplinary_action.being_executed": False,
    }
    decision = shipped().decide("send correspondence", letter, at=DAY)
    proviso = [one.summary for one in decision.authority if one.provision == "act/43(1) proviso"]
    assert proviso == ["Inmates may correspond, unless a ruling, rehabilitation or security stands against it."]


@pytest.mark.parametrize(
    ("by", "text"), [("warden", "for Minister of Justice"), ("minister_of_justice", None), (None, None)]
)
def test_whose_permission_it_is_stops_short_where_the_law_says_nothing_of_the_bearer(
    by: str | None, text: str | None
) -> None:
    decision = shipped().decide("designate classification_facility", {}, at=DAY, by=by)
    assert decision.verdict is (Verdict.PERMITTED if text is None else Verdict.SILENT)
    told = [(one.provision, one.text) for one in decision.authority if one.role == "stops_short"]
    assert told == ([] if text is None else [("act/61 main", text)])


def test_each_place_still_open_waits_for_its_own_facts() -> None:
    decision = shipped().decide("hold_at correctional_institution", {"inmate.class": "unsentenced"}, at=DAY)
    waits = {one.provision: one.facts for one in decision.authority if one.role == "open"}
    assert waits.get("act/12(1)1") == ("detention_center.absent_at_seat_of_court",)


def test_of_two_norms_one_of_which_applies_none_is_said_to_decide() -> None:
    facts: dict[str, object] = {"release.ground": "pardon", "release.documents_arrived_at": "2023-06-01T08:00"}
    decision = shipped().decide("release inmate", facts, at=dt.datetime(2023, 6, 1, 10))
    assert decision.verdict is Verdict.REQUIRED
    assert {c.role for c in decision.cited} == {"perhaps"}
    told = {one.provision: one.facts for one in decision.authority if one.role == "open"}
    assert told == {
        "act/124(1) proviso": ("release.designated_at",),
        "act/124(1)": ("release.designated_at",),
    }


def _is_told(norm: Norm, told: set[str]) -> bool:
    """True if the norm's place, or a place of one of its parts, is told."""
    parts = {str(e.citation) for e in norm.exclusions} | {str(r.citation) for r in norm.requires}
    return not told.isdisjoint(parts) or any(norm.citation.covers(parse_citation(place)) for place in told)


def _answer(decision: Decision) -> tuple[object, ...]:
    return decision.verdict, decision.reachable, decision.breaches, decision.limits


@few
@given(programs(apart=True), known_facts(parameters=False), clocks)
@BOTH
def test_taking_out_a_norm_that_is_not_told_changes_nothing(
    action: str, program: Program, facts: dict[str, object], at: dt.date
) -> None:
    before = Engine(program).decide(action, facts, at=at)
    assume(before.verdict is not Verdict.UNDETERMINED and before.cause != "values")
    component = program.components[action]
    told = {one.provision for one in before.authority}
    for position, norm in enumerate(component.norms):
        if not _is_told(norm, told):
            rest = [k for k in range(len(component.norms)) if k != position]
            after = Engine(with_component(program, only(component, rest))).decide(action, facts, at=at)
            assert _answer(after) == _answer(before), norm.key


@few
@given(programs(apart=True), known_facts(parameters=False), clocks)
@BOTH
def test_taking_out_what_decides_changes_the_answer_or_another_place_told_concurs(
    action: str, program: Program, facts: dict[str, object], at: dt.date
) -> None:
    before = Engine(program).decide(action, facts, at=at)
    assume(before.verdict is not Verdict.UNDETERMINED and before.cause != "values" and before.cited)
    component = program.components[action]
    told = {one.provision for one in before.authority} | {one.provision for one in before.beaten}
    for cited in before.cited:
        rest = [k for k, norm in enumerate(component.norms) if norm.key != cited.norm]
        after = Engine(with_component(program, only(component, rest))).decide(action, facts, at=at)
        if _answer(after) == _answer(before):
            assert told & set(after.citations)


def test_the_limit_that_keeps_an_exception_from_going_before_a_ban_is_told_with_what_fails() -> None:
    rules = book(
        rule("(1)", "must_not: do thing", "when: it.a"),
        rule("(2)", "may: do thing", "when: it.b", "despite: (1)"),
        rule("(3)", "limits: do thing", "requires: [it.c, it.d]"),
    )
    facts: dict[str, object] = {"it.a": True, "it.b": True, "it.c": True, "it.d": False}
    decision = rules.decide("do thing", facts)
    assert (decision.verdict, decision.citations) == (Verdict.FORBIDDEN, ("act/1(1)",))
    short = [(one.provision, one.conditions) for one in decision.authority if one.role == "stops_short"]
    assert short == [("act/1(3)", ("it.d",))]
    assert rules.decide("do thing", {**facts, "it.d": True}).verdict is Verdict.PERMITTED
    doubtful = rules.decide("do thing", {"it.a": True, "it.c": True, "it.d": False})
    assert doubtful.verdict is Verdict.FORBIDDEN  # whether or not the exception reaches, which nobody said
    assert ("stops_short", "act/1(3)") in {(one.role, one.provision) for one in doubtful.authority}
    decided = rules.decide("do thing", {**facts, "it.b": False})
    assert decided.verdict is Verdict.FORBIDDEN
    assert ("stops_short", "act/1(3)") not in {(one.role, one.provision) for one in decided.authority}


def test_what_a_limit_still_waits_for_is_open_with_the_words_of_that_limit() -> None:
    facts: dict[str, object] = {
        "eligible_person.eligible": True,
        "eligible_person.relatives_and_friends_unable": True,
        "room_and_board.in_rehabilitation_facility": True,
        "room_and_board.room_food_clothes_given": True,
        "room_and_board.spiritual_education_conducted": True,
        "room_and_board.period": {"from": "2023-06-01", "until": "2023-11-30"},
        "room_and_board.extensions": "unknown",
    }
    decision = shipped().decide("provide room_and_board", facts, at=DAY)
    proviso = next(r for r in decision.authority if r.role == "open")
    assert decision.verdict is Verdict.UNDETERMINED
    assert [(r.provision, r.summary) for r in decision.authority if r.role == "open"] == [
        ("probation-decree/41(2) proviso", proviso.summary)
    ]
    assert proviso.summary.startswith("It may be extended up to three times")


def test_an_addendum_that_leaves_a_question_to_law_not_held_is_told() -> None:
    facts = {
        "owner.status": "released",
        "owner.status_since": dt.date(2015, 5, 20),
        "valuables_held.retention_requested": False,
    }
    decision = shipped().decide("return valuables_held", facts, at=dt.date(2015, 8, 3))
    assert (decision.verdict, decision.cause) == (Verdict.UNDETERMINED, "wording")
    assert ("dates", "act/addenda-13235/2 main") in {(one.role, one.provision) for one in decision.authority}


def test_a_limit_that_waits_for_a_parameter_is_told_with_its_place() -> None:
    facts: dict[str, object] = {
        f"eligible_person.{name}": True for name in ("eligible", "aid_insufficient", "relatives_and_friends_unable")
    }
    facts |= {
        f"room_and_board.{name}": True
        for name in ("in_rehabilitation_facility", "room_food_clothes_given", "spiritual_education_conducted")
    }
    decision = shipped().decide("provide room_and_board", {**facts, "room_and_board.extensions": []}, at=DAY)
    assert decision.verdict is Verdict.CONDITIONAL
    (kept,) = [one for one in decision.authority if one.role == "kept"]
    assert (kept.provision, kept.facts) == ("probation-decree/41(2)", ("room_and_board.period",))
    assert kept.conditions == decision.unmet


def test_what_is_not_known_is_not_said_to_fail() -> None:
    ended: dict[str, object] = {"confinement.cell": "suppression_cell", "confinement.purpose_unattained": False}
    decision = shipped().decide("end confinement", ended, at=DAY)
    assert decision.verdict is Verdict.REQUIRED
    fails = [one.conditions for one in decision.authority if (one.role, one.provision) == ("defines", "act/96(1)")]
    assert fails == [("confinement.purpose_unattained",)]  # force and grounds are not known

    outside: dict[str, object] = {"inmate.class": "unsentenced"}
    decision = shipped().decide("treat_by plan_for_individual_treatment", outside, at=DAY)
    assert decision.verdict is Verdict.SILENT
    (near,) = [one for one in decision.authority if one.role == "stops_short"]
    assert near.conditions == ("inmate.class is sentenced",)  # nobody said whether there is a plan


def test_grounds_that_are_not_known_are_not_said_to_fail() -> None:
    facts: dict[str, object] = {"inmate.confined_in_correctional_facility": False}
    decision = shipped().decide("grant reward", facts, at=DAY)
    (near,) = [one for one in decision.authority if one.role == "stops_short"]
    assert "no ground holds" not in near.conditions
    assert near.conditions


def test_an_exclusion_is_told_by_its_ground_that_holds() -> None:
    apart: dict[str, object] = {"visit.restricted_under": "none", "disciplinary_action.being_executed": False}
    for ground, fact in (("1", "visit.criminal_violation_likely"), ("4", "visit.would_harm_security_or_order")):
        decision = shipped().decide("receive visit", apart | {fact: True}, at=DAY, by="inmate")
        assert decision.verdict is Verdict.FORBIDDEN_BY_DEFAULT
        short = {one.provision: one.kept_away_by for one in decision.authority if one.role == "stops_short"}
        assert short == {f"act/41(1){ground}": (), "act/41(1)": (f"act/41(1){ground}",)}


def test_what_the_event_keeps_away_fails_on_nothing_that_is_not_known() -> None:
    facts: dict[str, object] = {"condolence_money.right_acquired_on": "2008-12-21"}
    decision = shipped().decide("seize condolence_money", facts, at=DAY, by="creditor")
    (near,) = [one for one in decision.authority if one.role == "stops_short"]
    assert near.conditions == ("condolence_money.right_acquired_on >= 2008-12-22",)
