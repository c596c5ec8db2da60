"""What a newcomer types about a prison: one plain word, and the action that is meant is among the first three."""

from __future__ import annotations

import pytest
from tests.shipped import shipped

from mutandis.questions.find import Finder

MEANT = {
    "phone": "make telephone_call",
    "letter": "receive correspondence",
    "mail": "censor correspondence",
    "solitary": "confine_in secured_cell",
    "lawyer": "ensure counsel_visits",
    "parole": "permit parole",
    "early release": "permit parole",
    "escape": "arrest inmate",
    "runaway": "arrest inmate",
    "medicine": "ensure medical_treatment",
    "psychiatrist": "ensure psychiatric_treatment",
    "hospital bill": "charge medical_expenses",
    "baby": "permit infant_rearing",
    "diapers": "provide rearing_goods",
    "pregnant": "take maternity_measure",
    "complaint": "apply_for warden_interview",
    "ombudsman": "file petition",
    "handcuffs": "use protective_equipment",
    "straitjacket": "use protective_equipment",
    "baton": "use security_device",
    "pepper spray": "use security_device",
    "gun": "use arms",
    "strip search": "undergo search",
    "frisk a visitor": "search outsider",
    "shower": "permit bathing",
    "yard": "take outdoor_exercise",
    "razor": "buy own_goods",
    "canteen": "buy own_goods",
    "toilet": "equip ward",
    "heating": "equip ward",
    "blanket": "provide issued_bedclothes",
    "cellmate": "hold_in shared_cell",
    "wages": "pay work_bonus",
    "job outside": "arrange outside_attendance",
    "furlough": "grant temporary_release",
    "weekend at home": "grant temporary_release",
    "hunger strike": "have_fed_against_will inmate",
    "force feed": "have_fed_against_will inmate",
    "vaccination": "vaccinate inmate",
    "covid": "isolate inmate",
    "quarantine": "isolate inmate",
    "earthquake": "grant emergency_release",
    "execution by hanging": "execute death_penalty",
    "church": "attend religious_event",
    "priest": "receive religious_counselling",
    "bible": "restrict religious_possession",
    "journalist": "conduct observation",
    "interpreter": "give special_treatment",
    "wheelchair": "give special_treatment",
    "period": "provide hygiene_goods",
    "appeal papers": "ensure litigation_documents",
    "own suit in court": "wear plain_clothes",
    "contraband": "confiscate goods",
    "parcel": "permit_delivery_of sent_property",
    "punishment": "break_off_execution_of disciplinary_action",
    "good behaviour": "grant reward",
    "good conduct points": "raise treatment_level",
    "halfway house": "hold_in halfway_facility",
    "burial": "bury_temporarily corpse",
    "bus fare": "pay travel_expenses",
    "retaliation": "treat_unfavourably inmate",
    "eavesdrop": "listen_to visit",
    "glass between us": "hold_with_partition visit",
}


@pytest.fixture(scope="module")
def finder() -> Finder:
    return Finder(shipped().program)


@pytest.mark.parametrize("words", MEANT)
def test_the_action_that_is_meant_is_among_the_first_three(words: str, finder: Finder) -> None:
    assert MEANT[words] in [one.action for one in finder.find(words, most=3).actions]


def test_what_was_gathered_and_written_finds_the_same(finder: Finder) -> None:
    program = shipped().program
    again = Finder(program, finder.as_data())
    for words in MEANT:
        assert again.find(words) == finder.find(words)
