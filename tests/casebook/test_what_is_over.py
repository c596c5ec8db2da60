"""What an assessment tells no longer: what was done, what only that excluded, what a wider kind says, who has left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

import pytest
from tests.shipped import shipped_opened

from mutandis.api import Rulebook
from mutandis.backends.sparing import sparing
from mutandis.decide.result import Verdict, as_data
from mutandis.facts import Facts
from mutandis.rulebook.case_file import read_cases
from mutandis_tools.casebook import ask
from mutandis_tools.casebook.run import facts_before
from mutandis_tools.casebook.standing import is_performed, over, powers_left, told_once
from mutandis_tools.opening import Opened, read_case
from mutandis_tools.report.assessment_text import assessment_text

DAY = dt.date(2020, 3, 2)
ARRIVED: dict[str, object] = {
    "inmate.held_upon": "final_judgment",
    "inmate.received_from": "court",
    "inmate.infectious_disease": False,
}


@pytest.fixture(scope="module")
def opened() -> Opened:
    return shipped_opened()


@pytest.fixture(scope="module")
def laws(opened: Opened) -> Rulebook:
    assert opened.linked.program is not None
    return Rulebook(opened.linked.program)


def ended(laws: Rulebook, facts: Mapping[str, object], at: dt.date = DAY) -> frozenset[str]:
    known = laws.read(facts)
    return over(laws.assess(facts, at=at, by="warden"), known, at, laws.program)


def test_what_was_done_is_over_and_what_only_it_excluded(laws: Rulebook) -> None:
    assert ended(laws, ARRIVED) == frozenset()
    done = {**ARRIVED, "inmate.admitted_on": DAY, "admission_notice.given_on": DAY}
    assert ended(laws, done) == {"admit inmate", "refuse inmate", "give admission_notice"}
    decision = laws.decide("give admission_notice", done, at=DAY)
    assert decision.verdict is Verdict.REQUIRED  # a decision says whether it was done in time (S12)


def test_of_a_choice_nothing_is_left_once_one_was_done(laws: Rulebook) -> None:
    died: dict[str, object] = {"corpse.died_on": dt.date(2020, 2, 20), "corpse.nobody_to_claim": True}
    unclaimed = {**died, "corpse.infection_prevention_needed": False, "claimant_of_corpse.requested_on": None}
    choice = {"bury_temporarily corpse", "store_remains_of corpse"}
    told = {one.action: one.verdict for one in laws.assess(unclaimed, at=DAY, by="warden") if one.action in choice}
    assert set(told) == choice and set(told.values()) == {Verdict.PERMITTED}
    assert ended(laws, unclaimed).isdisjoint(choice)
    assert choice <= ended(laws, {**unclaimed, "corpse.buried_on": dt.date(2020, 2, 28)})


def test_what_is_done_later_is_not_over_yet(laws: Rulebook) -> None:
    assert ended(laws, {**ARRIVED, "admission_notice.given_on": dt.date(2020, 3, 3)}) == frozenset()


def test_what_comes_again_is_never_over(laws: Rulebook) -> None:
    facts = {"master_plan.previous_established_on": dt.date(2020, 1, 6), "master_plan.established_on": DAY}
    decision = laws.decide("establish master_plan", facts, at=DAY)
    assert not is_performed(decision, laws.read(facts), DAY, laws.vocabulary)


@pytest.mark.parametrize(
    ("action", "other"),
    [
        ("admit inmate", {"inmate.confined_since": DAY}),
        ("store_remains_of corpse", {"corpse.buried_on": DAY, "corpse.laid_on": DAY}),
        ("consider opinions_on_plan", {"individual_plan.formulated": True}),
        ("compile_and_analyse classification_review", {"classification_review.conducted_on": DAY}),
        ("compose guardian_education", {"guardian_education.planned_on": DAY}),
        ("grant award", {"juvenile.awarded": True}),
        ("review reviewed_matter", {"reviewed_matter.resolved_on": DAY}),
        ("serve observance_document", {"observance.explained_on": DAY}),
        ("admonish supervised_person", {"observance.explained_on": DAY, "observance.document_served_on": DAY}),
        ("submit grounds_data", {"observance_change_request.made_on": DAY}),
        ("tell_of right_to_state_favourable_facts", {"right_to_silence.told_on": DAY}),
    ],
)
def test_what_records_another_act_ends_nothing(laws: Rulebook, action: str, other: dict[str, object]) -> None:
    due = replace(laws.decide(action, {}, at=DAY), verdict=Verdict.REQUIRED)
    assert not is_performed(due, laws.read(other), DAY, laws.vocabulary)


def test_a_kind_is_told_once(laws: Rulebook) -> None:
    found = laws.assess(ARRIVED, at=DAY, by="warden")
    whole, once = ({d.action for d in some} for some in (found, told_once(found, laws.vocabulary)))
    assert {"provide issued_clothing", "provide daily_goods"} <= whole
    assert "provide daily_goods" in once and "provide issued_clothing" not in once


def test_a_decision_says_of_a_duty_that_it_goes_on(laws: Rulebook) -> None:
    feeding = as_data(laws.decide("provide food", {}, at=DAY))
    notice = as_data(laws.decide("give admission_notice", ARRIVED, at=DAY))
    left = as_data(laws.decide("provide food", {"inmate.confined_in_correctional_facility": False}, at=DAY))
    assert [one["continuing"] for one in (feeding, notice, left) if isinstance(one, dict)] == [True, False, False]


def test_what_was_done_has_a_heading_of_its_own(opened: Opened, laws: Rulebook) -> None:
    decision = laws.decide("give admission_notice", ARRIVED, at=DAY)
    lines = assessment_text([decision], 0, opened.names, done={"give admission_notice": ()})
    told = ["".join(piece if isinstance(piece, str) else piece.text for piece in one) for one in lines]
    assert "Has been done" in told and "Must be done" not in told


def test_a_power_beside_a_duty_stays_once_the_duty_is_done(opened: Opened, laws: Rulebook) -> None:
    facts = {**ARRIVED, "search.necessary_for_security_and_order": True, "search.conducted_on": DAY}
    decision = laws.decide("search inmate", facts, at=DAY)
    read = laws.read(facts)
    assert over([decision], read, DAY, laws.program) == {"search inmate"}
    assert powers_left(decision) == ("act/93(1)",)
    lines = assessment_text([decision], 0, opened.names, done={decision.action: powers_left(decision)})
    told = ["".join(piece if isinstance(piece, str) else piece.text for piece in one) for one in lines]
    assert [one.strip() for one in told if one.endswith(")")] == [
        "inspect the inmate's body, clothes and belongings (by warden)  Act Art. 16 (2)",
        "inspect the inmate's body, clothes and belongings  Act Art. 93 (1)",
    ]
    unneeded = laws.decide("search inmate", {**facts, "search.necessary_for_security_and_order": False}, at=DAY)
    assert powers_left(unneeded) == ()


@pytest.mark.parametrize(
    ("fact", "done", "other"),
    [
        ("parolee.readmitted_on", "readmit_at former_reformatory", "readmit_at jeju_reformatory"),
        ("jeju_reformatory.readmitted_on", "readmit_at jeju_reformatory", "readmit_at former_reformatory"),
    ],
)
def test_what_might_have_been_done_in_its_place_is_over_with_it(
    laws: Rulebook, fact: str, done: str, other: str
) -> None:
    yes = ("revoked", "in_jeju", "main_residence_outside_jeju", "petition_filed")
    facts = {**{f"parolee.{one}": True for one in yes}, "parolee.released_from_jeju": False, fact: DAY}
    found = [laws.decide(action, facts, at=DAY) for action in (done, other)]
    assert {one.verdict for one in found} == {Verdict.PERMITTED}
    assert over(found, laws.read(facts), DAY, laws.program) == {done, other}


@pytest.mark.parametrize(
    ("action", "by", "facts"),
    [
        ("hold_in single_cell", "warden", {"facility.conditions_inadequate": False}),
        ("provide food", "warden", {}),
        ("give special_treatment", "warden", {"inmate.senior": True}),
        ("pursue rehabilitation_of_inmate", "warden", {"inmate.class": "sentenced"}),
        ("keep_clean body_and_clothing", "inmate", {}),
    ],
)
def test_who_is_no_longer_confined_has_no_rights_or_duties_of_an_inmate(
    laws: Rulebook, action: str, by: str, facts: dict[str, object]
) -> None:
    left = {**facts, "inmate.confined_in_correctional_facility": False}
    assert laws.decide(action, left, at=DAY, by=by).verdict in (Verdict.SILENT, Verdict.FORBIDDEN_BY_DEFAULT)


@pytest.mark.parametrize(
    ("action", "by", "facts"),
    [
        ("guard_electronically inmate", "warden", []),
        ("confine_in protective_cell", "warden", ["inmate.suicide_or_self_injury_risk"]),
        (
            "confine_in suppression_cell",
            "warden",
            ["inmate.coercive_power_exercised", "confinement.purpose_unattained", "inmate.destroys_facilities"],
        ),
        ("use arms", "correctional_officer", ["arms.against_inmate", "inmate.steals_arms"]),
        (
            "confine_separately inmate",
            "warden",
            ["disciplinary_action.being_executed", "disciplinary_action.separation_necessary"],
        ),
        ("restrict halfway_treatment", "warden", ["conduct.considerable_suspicion", "inmate.likely_to_harm_others"]),
        ("designate inmate_number", "warden", ["inmate.new_inmate"]),
        ("tell_of_confinement family_member", "warden", ["inmate.new_inmate", "family_member.within_definition"]),
        ("tell_of child_protection", "warden", ["inmate.new_inmate"]),
        ("assist child_protection", "warden", ["child_protection.request_intended"]),
        ("conduct summary_admission", "warden", ["inmate.new_inmate", "inmate.criminal_suspect"]),
        ("hold_without_partition visit", "warden", ["visit.by_minor_child"]),
        (
            "transfer_to treatment_custody_facility",
            "warden",
            ["treatment_custody_facility.necessary_for_mental_disease"],
        ),
        ("require emergency_work", "warden", ["disaster.occurred", "disaster.urgent_measure_needed"]),
        ("take_elsewhere inmate", "warden", ["disaster.no_escape_within_facility"]),
        (
            "hear_opinion_of external_specialist",
            "warden",
            ["classification_examination.in_hand", "classification_examination.opinion_necessary"],
        ),
        ("hold_at detention_center", "warden", []),
        ("assign work", "warden", ["work.requested"]),
        ("hold_at correctional_institution", "warden", ["placement.special_condition"]),
        ("restrict religious_event", "warden", ["religious_life.restriction_necessary_for_security_and_order"]),
        ("restrict radio", "warden", ["broadcast.restriction_necessary_for_security_and_order"]),
        ("hold_apart_from fellow_inmate", "warden", ["fellow_inmate.in_same_facility", "fellow_inmate.in_same_case"]),
        ("contact fellow_inmate", "inmate", ["fellow_inmate.in_same_case"]),
        ("wear plain_clothes", "inmate", []),
    ],
)
def test_what_befalls_an_inmate_befalls_nobody_who_has_left(
    laws: Rulebook, action: str, by: str, facts: list[str]
) -> None:
    held: dict[str, object] = {"inmate.class": "unsentenced", **dict.fromkeys(facts, True)}
    held |= {
        "inmate.confined_as_suspect_under": "ext:criminal-procedure-act/212",
        "inmate.proceeding_attended": "court",
        "inmate.sex": "male",
        "fellow_inmate.sex": "male",
        "fellow_inmate.class": "unsentenced",
    }
    left = {**held, "inmate.confined_in_correctional_facility": False}
    nothing = (Verdict.SILENT, Verdict.FORBIDDEN_BY_DEFAULT)
    assert laws.decide(action, held, at=DAY, by=by).verdict not in nothing
    assert laws.decide(action, left, at=DAY, by=by).verdict in nothing


@pytest.mark.parametrize(
    "action", ["conduct regular_checkup", "provide character_education", "implement phases_of_education"]
)
def test_whom_no_institution_holds_none_has_to_teach_or_examine(laws: Rulebook, action: str) -> None:
    held: dict[str, object] = {"juvenile.status": "protected"}
    left = {**held, "juvenile.in_institution": False}
    verdicts = [laws.decide(action, facts, at=dt.date(2021, 12, 1)).verdict for facts in (held, left)]
    assert verdicts == [Verdict.REQUIRED, Verdict.SILENT]


@pytest.mark.parametrize(
    ("action", "facts"),
    [
        ("grant improved_treatment", {"improved_treatment.kind": "prepared_installations", "juvenile.awarded": False}),
        ("grant improved_treatment", {"improved_treatment.kind": "prepared_installations", "juvenile.awarded": True}),
        ("notify_of individual_plan", {"individual_plan.notice_interferes_with_education": False}),
        ("revise individual_plan", {"individual_plan.revision_necessary": True}),
        ("enrol_in semester_at_admittance", {"juvenile.disposition": "9"}),
    ],
)
def test_what_an_institution_gives_or_plans_ends_with_the_stay(
    laws: Rulebook, action: str, facts: dict[str, object]
) -> None:
    held: dict[str, object] = {"juvenile.status": "protected", "individual_plan.formulated": True, **facts}
    stays, left = (
        laws.decide(action, {**held, "juvenile.in_institution": there}, at=dt.date(2021, 12, 1)).verdict
        for there in (True, False)
    )
    assert stays in (Verdict.REQUIRED, Verdict.PERMITTED, Verdict.CONDITIONAL)
    assert left in (Verdict.SILENT, Verdict.FORBIDDEN_BY_DEFAULT)


def test_what_is_owed_on_release_is_owed_to_who_has_left(laws: Rulebook) -> None:
    left = {"inmate.confined_in_correctional_facility": False, "owner.status": "released", "owner.status_since": DAY}
    kept = {**left, "valuables_held.retention_requested": False}
    assert laws.decide("return valuables_held", kept, at=DAY, by="warden").verdict is Verdict.REQUIRED


def test_what_reads_nothing_that_changed_is_left_out_of_a_comparison_and_changes_nothing(
    opened: Opened, laws: Rulebook
) -> None:
    story = [case for case in opened.cases.cases if case.span.file == "act/cases/days-6-a-flood.yaml" and case.after]
    assert len(story) > 6
    engine = sparing(laws.program)
    for case in story[::3]:
        facts, before = read_case(opened, case).facts, facts_before(opened, case)
        assert before is not None
        assert ask._changes(engine, case, facts, before) == ask._changes(laws, case, facts, before)
        among = ask._may_differ(engine, ask.asked_alike(case), case, before, facts)
        assert among is not None and len(among) < len(engine.rounds.of(case.ask.by).actions)


def test_a_stated_definition_leaves_nothing_out(laws: Rulebook, opened: Opened) -> None:
    case = next(c for c in opened.cases.cases if c.span.file == "act/cases/days-6-a-flood.yaml" and c.after)
    stated = Facts({"inmate.class": "sentenced"})
    assert ask._may_differ(sparing(laws.program), case, case, stated, stated) is None


def test_a_day_that_the_clock_passes_ends_what_was_stated_before(opened: Opened, laws: Rulebook) -> None:
    text = """\
case: He is released on the 2nd
law: act
at: 2020-03-02
facts:
  inmate.confined_in_correctional_facility: no
  owner.status: released
  owner.status_since: 2020-03-02
  valuables_held.retention_requested: no
  valuables_held.returned_on: 2020-03-03
ask: {assess: yes, by: warden}
---
case: On the 4th his things are his
after: He is released on the 2nd
law: act
at: 2020-03-04
ask: {assess: yes, by: warden}
"""
    *_, later = read_cases(text, "act/cases/story.yaml").cases
    facts, before = read_case(opened, later).facts, facts_before(opened, later)
    for decider in (laws, sparing(laws.program)):
        assert ask._changes(decider, later, facts, before)["no_longer"] == ("return valuables_held",)


def test_a_kind_of_which_something_else_was_done_is_told_too(laws: Rulebook) -> None:
    found = laws.assess(ARRIVED, at=DAY, by="warden")
    once = {d.action for d in told_once(found, laws.vocabulary, {"provide daily_goods"})}
    assert {"provide daily_goods", "provide issued_clothing"} <= once
