"""Finding actions and facts by a person's own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.shipped import shipped as shipped_rulebook

from mutandis import Rulebook
from mutandis.questions.find import Finder, Found

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture(scope="module")
def shipped() -> Finder:
    return Finder(shipped_rulebook().program)


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("a friend wants to visit", "receive visit"),
        ("handcuffs", "use protective_equipment"),
        ("take a photo inside", "film_or_photograph facility_interior"),
        ("haircut", "force haircut"),
        ("arrest a fugitive", "arrest inmate"),
        ("phone call of a juvenile", "permit juvenile_call"),
        ("bury the body", "bury_temporarily corpse"),
        ("room and board", "provide room_and_board"),
        ("drone", "carry_in goods"),
    ],
)
def test_the_action_is_among_the_first(words: str, action: str, shipped: Finder) -> None:
    found = shipped.find(words, most=5)
    assert action in [one.action for one in found.actions]


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("let a boy use a specially prepared room", "grant improved_treatment"),
        ("keep a convict here until he is moved to another prison", "hold_at correctional_institution"),
        ("give a prisoner a cell of his own", "hold_in single_cell"),
        ("give an inmate blankets", "provide issued_bedclothes"),
        ("hand the belongings of a runaway to his family", "deliver money_and_valuables"),
        ("move a mentally ill prisoner to a hospital", "transfer_to treatment_custody_facility"),
        ("feed an inmate on hunger strike by force", "have_fed_against_will inmate"),
        ("visit without glass", "hold_without_partition visit"),
        ("cut off a phone call of a prisoner", "suspend telephone_call"),
        ("stop a letter", "prohibit correspondence"),
        ("keep a baby in prison", "permit infant_rearing"),
        ("halfway house before release", "hold_in open_institution"),
        ("home leave", "grant temporary_release"),
        ("call an inmate back from leave", "revoke temporary_release"),
        ("hang a condemned man", "execute death_penalty"),
        ("search a cell", "search place_of_confinement"),
        ("tie an inmate to a bed", "use protective_equipment"),
        ("shoot at an escaping inmate", "use arms"),
        ("punish an inmate for fighting", "impose proposed_action"),
        ("strike a punishment from the record", "invalidate disciplinary_action"),
        ("talk to the warden", "hold warden_interview"),
        ("complain to the minister", "file petition"),
        ("somebody wants to complain to the minister", "file petition"),
        ("release somebody early for good behaviour", "permit parole"),
        ("bring a convict before the parole board", "apply_for_review_of parole"),
        ("bus fare for a released person", "pay travel_expenses"),
        ("smuggle cigarettes in", "carry_in goods"),
        ("look into a cell of remand prisoners", "show ward"),
        ("come back late from leave", "return_from permitted_absence"),
        ("put a fifth bed in a room", "admit_to living_quarters"),
        ("take in a new boy at the reformatory", "admit newcomer"),
        ("hand over a copy of the detention permit", "submit detention_permit_copy"),
        ("change the treatment plan of a juvenile", "revise individual_plan"),
        ("tell the parents what is in the plan", "notify_of individual_plan"),
        ("punish a juvenile for complaining", "impose disadvantage"),
        ("put off the transfer because he is ill", "suspend transfer_of_juvenile"),
        ("search a girl's clothes", "examine clothing"),
        ("throw away cigarettes of a juvenile", "discard goods_of_juvenile"),
        ("look into a visitor's bag", "inspect visitor_effects"),
        ("lock up a raging juvenile in the padded room", "admit_to stability_space"),
        ("report a riot", "report accident"),
        ("put up a gravestone", "set_up grave_marker"),
        ("how long may an investigation last", "conduct investigation"),
        ("stop an investigation because he is sick", "suspend investigation"),
        ("object to a biased committee member", "file challenge"),
        ("call a meeting of the committee", "convene treatment_meeting"),
        ("throw a member out of the committee", "dismiss committee_member"),
        ("bring a birthday cake for my son", "permit carried_goods"),
        ("let him have bus money", "permit money_of_juvenile"),
        ("visit my son for an hour", "hold interview"),
        ("keep a letter from an accomplice", "keep juvenile_letter"),
        ("cut off a phone call", "discontinue juvenile_call"),
        ("go home for a week", "permit outing"),
        ("tell the guardian that the child is seriously ill", "notify_of illness"),
        ("put a sick juvenile in quarantine", "isolate juvenile"),
        ("give the money back at release", "give_back property_in_custody"),
        ("destroy worthless shoes", "have_destroyed property_in_custody"),
        ("sign a receipt for money taken from a juvenile", "have_signed custody_certificate"),
        ("buy books with donated cash", "purchase_with cash_for_goods"),
        ("write the report on the classification review", "prepare review_report"),
        ("send the file of the juvenile to the reformatory", "forward management_register"),
        ("pass the final year", "determine graduation"),
        ("sit the school leaving exam", "take qualification_examination"),
        ("let him work in a factory outside", "permit work_commuting"),
        ("teach the parents", "plan guardian_education"),
        ("bring back a juvenile whose parole was revoked", "readmit_at former_reformatory"),
        ("what must stand in the statutes of the association", "include_matters_in articles_of_association"),
        ("reelect the chief director", "reappoint executive"),
        ("audit the association's money", "audit subsidy_use"),
        ("budget of the association", "submit business_plan"),
        ("give a receipt to a donor", "issue donation_receipt"),
        ("foreign visitors", "permit foreigners_visit"),
        ("see a doctor regularly", "conduct regular_checkup"),
        ("train teachers", "have_trained teaching_staff"),
        ("let him off the punishment because he is ill", "exempt_from execution_of_discipline"),
        ("send the school register after release", "send entire_register"),
        ("hire a clerk for the commission", "appoint commission_clerk"),
        ("train probation officers", "operate training_programme"),
        ("court asks for an investigation of the defendant", "notify subject_details"),
        ("report to the probation office", "appear_at probation_office"),
        ("tell the probation office that I move", "submit move_report"),
        ("new address in another district", "submit transfer_report"),
        ("help a probationer in need with money", "provide emergency_relief"),
        ("ask for an arrest warrant", "submit arrest_request"),
        ("release the arrested person", "discharge supervised_person"),
        ("put him back in prison after parole is revoked", "redetain supervised_person"),
        ("tell the police that probation is over", "notify_by_search end_of_probation"),
        ("stay longer in the shelter", "provide room_and_board"),
        ("ask the prison about the family of a prisoner", "request inmate_particulars"),
        ("receipt for a gift to the agency", "issue receipt"),
        ("use the resident number of a probationer", "handle personal_information"),
        ("do the rest of the community service", "execute remaining_order"),
        ("tell the court who runs the community service", "send entrustment_notice"),
        ("summon by telephone", "use other_summons"),
        ("my son wants to change to another reformatory", "carry_out transfer_of_juvenile"),
        ("turn a drunk visitor away", "permit interview"),
        ("fight among juveniles is being investigated", "conduct investigation"),
        ("special food on New Year", "provide special_meal"),
        ("weekend at home", "permit outing"),
        ("get back my watch", "give_back property_in_custody"),
        ("high school equivalency test", "take qualification_examination"),
        ("hiking trip with juveniles", "have_take_part_in special_activity"),
        ("journalists from abroad visit", "permit foreigners_visit"),
        ("association sells coffee for profit", "perform profitable_business"),
        ("the chairman is on holiday", "exercise office_of_chair"),
        ("no alcohol as a condition", "make observance_change_request"),
        ("right to remain silent", "tell_of right_to_silence"),
        ("give money to the probation office", "accept donation"),
        ("bed and food for a released person", "provide room_and_board"),
        ("unpaid work order at an old people's home", "execute remaining_order"),
        ("look into a prisoner's home before parole", "perform background_investigation"),
        ("find a knife under the mattress", "discard goods_of_juvenile"),
        ("stop the isolation", "end stay"),
        ("sack a lazy committee member", "dismiss committee_member"),
        ("funeral of my grandfather, may I go", "permit outing"),
        ("a church gives bibles", "accept donated_goods"),
        ("apprenticeship outside", "conduct training_outside"),
        ("rules of the association changed", "revise articles_of_association"),
        ("new flat", "submit move_report"),
        ("child in a home gets another measure", "file revision_request"),
        ("hospital bills of a released person", "provide self_reliance_support"),
        ("balance sheet", "attach fund_documents"),
    ],
)
def test_words_of_people_that_the_law_does_not_use(words: str, action: str, shipped: Finder) -> None:
    found = shipped.find(words, most=5)
    assert action in [one.action for one in found.actions]


def test_other_words_are_those_of_the_action_its_term_and_the_kinds_of_that(tmp_path: Path) -> None:
    vocabulary = tmp_path / "vocabulary.yaml"
    vocabulary.write_text(
        """\
terms:
  contact: {label: contact, also: togetherness}
  visit: {label: visit, kind_of: contact, also: meeting, attributes: {long: {type: yes/no, question: Is it long?}}}
  parcel: {label: parcel}
actions:
  permit contact: {label: permit the contact, also: allow, default: forbidden}
  permit parcel: {label: permit the parcel, default: forbidden}
""",
        encoding="utf-8",
    )
    (tmp_path / "law.yaml").unlink(missing_ok=True)
    finder = Finder(Rulebook.load(tmp_path).program)
    assert [one.action for one in finder.find("allow").actions] == ["permit contact", "permit visit"]
    assert [one.action for one in finder.find("meeting").actions] == ["permit visit"]
    assert [one.action for one in finder.find("togetherness").actions] == ["permit contact", "permit visit"]
    assert [one.fact for one in finder.find("meeting").facts] == ["visit.long"]
    assert finder.find("packet") == Found((), ())


def test_what_is_found_is_told_with_its_label_bearer_and_articles(shipped: Finder) -> None:
    first = shipped.find("visit", most=1).actions[0]
    assert (first.action, first.label, first.by) == ("receive visit", "be visited", "inmate")
    assert "act/41" in first.articles


def test_words_that_nothing_has_find_nothing(shipped: Finder) -> None:
    assert shipped.find("xyzzy") == shipped.find("") == shipped.find("of the") == Found((), ())


def test_words_of_a_question_find_the_fact() -> None:
    found = Rulebook.load(LIBRARY).find("fees owed")
    assert found.facts[0].fact == "reader.fees_owed"
    assert found.facts[0].question
