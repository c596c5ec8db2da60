"""The references and the instruments of the three official texts, where they are at hand."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from functools import cache

import pytest
from tests.text.official_texts import LAWS, official_text

from mutandis_text.references.find import Reference, ReferenceReport, find_references
from mutandis_text.references.kinds import ReferenceKind
from mutandis_text.time.enforcement import count_from
from mutandis_text.time.history import ClauseKind, list_history, list_transitions
from mutandis_text.time.instruments import InstrumentRecord, list_instruments


@cache
def _report(law: str) -> ReferenceReport:
    return find_references(official_text(law))


def _at(law: str, place: str) -> list[Reference]:
    return [r for r in _report(law).references if r.origin == f"{law}/{place}"]


def _records(law: str) -> dict[str, InstrumentRecord]:
    document = official_text(law)
    return {record.number: record for record in list_instruments(document, _report(document.law))}


@pytest.mark.parametrize("law", LAWS)
def test_every_word_that_could_refer_is_a_reference_or_explained(law: str) -> None:
    assert [one for one in _report(law).leftovers if not one.explained] == []


@pytest.mark.parametrize(
    ("law", "broken"),
    [
        ("act", ["act/26(3)", "act/111(7)", "act/120(4)"]),
        ("juvenile-decree", ["juvenile-decree/52(2)", "juvenile-decree/addenda-20830/2"]),
        ("probation-decree", []),
    ],
)
def test_the_broken_references_are_these(law: str, broken: list[str]) -> None:
    assert [r.origin for r in _report(law).broken] == broken


@pytest.mark.parametrize(("law", "count"), [("act", 283), ("juvenile-decree", 215), ("probation-decree", 198)])
def test_the_number_of_references_is_the_documented_one(law: str, count: int) -> None:
    assert len(_report(law).references) == count


@pytest.mark.parametrize(
    ("law", "place", "targets"),
    [
        ("act", "86(2)", "63 64 65 70 71 72 73 74 75 76"),
        ("act", "96(4)", "95(4) 95(5) 95(6)"),
        ("act", "88", "82 84 85"),
        ("act", "49(3)", "43(7)"),
        ("act", "29(2)", "28"),
        ("juvenile-decree", "39(3)", "39(1) 39(2)"),
        ("probation-decree", "39(1)", "16 17 18 19 20"),
        ("probation-decree", "39(2)", "21 22 23 24 25 26 27 28 29 30 31 32 33 35"),
        ("probation-decree", "47", "36-2(1) 36-2(3) 36-2(4) 36-2(5) 36-2(6)"),
    ],
)
def test_mutatis_mutandis_clauses_apply_exactly_these(law: str, place: str, targets: str) -> None:
    applied = [r for r in _at(law, place) if r.kind is ReferenceKind.MUTATIS_MUTANDIS]
    assert [r.targets for r in applied] == [tuple(f"{law}/{one}" for one in targets.split(" "))]


def test_two_acts_named_in_one_clause_are_two_references() -> None:
    applied = [r for r in _at("juvenile-decree", "101") if r.kind is ReferenceKind.MUTATIS_MUTANDIS]
    assert [r.targets for r in applied] == [
        ("ext:act-on-the-establishment-and-operation-of-public-interest-corporations",),
        ("ext:civil-act",),
    ]


def test_construal_clauses_are_read_pair_by_pair() -> None:
    (clause,) = [r for r in _at("act", "29(2)") if r.kind is ReferenceKind.MUTATIS_MUTANDIS]
    assert [(pair.sources, pair.targets) for pair in clause.construals] == [
        (("deceased inmate", "fugitive"), ("released person",)),
        (("money and valuables",), ("valuables provisionally held",)),
        (("heir", "family member"), ("released person or family member of a released person",)),
    ]


def test_the_proviso_of_a_list_holds_only_where_there_is_one() -> None:
    (found,) = [r for r in _at("act", "43(7)") if r.kind is ReferenceKind.PROVISO]
    assert found.targets == ("act/43(1) proviso", "act/43(5)")


def test_in_the_decrees_the_act_is_the_parent() -> None:
    for law, parent in (
        ("juvenile-decree", "act-on-the-treatment-of-protected-juveniles"),
        ("probation-decree", "probation-act"),
    ):
        references = [r for r in _report(law).references if r.target == "parent"]
        assert {target.split("/")[0] for r in references for target in r.targets} == {f"ext:{parent}"}


# --- instruments and time ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "number", "enforced"),
    [
        ("act", "8728", "2008-12-22"),
        ("act", "9136", "2008-12-22"),
        ("act", "9847", "2010-12-30"),
        ("act", "10865", "2011-10-19"),
        ("act", "11005", "2012-08-05"),
        ("act", "13235", "2015-06-28"),
        ("act", "14170", "2016-11-30"),
        ("act", "15259", "2018-06-20"),
        ("act", "16345", "2019-10-24"),
        ("juvenile-decree", "22564", "2010-12-30"),
        ("juvenile-decree", "31625", "2021-04-21"),
        ("probation-decree", "15217", "1997-01-01"),
        ("probation-decree", "15589", "1998-01-01"),
        ("probation-decree", "26326", "2015-07-01"),
    ],
)
def test_instruments_are_enforced_on_the_day_their_addenda_say(law: str, number: str, enforced: str) -> None:
    assert str(_records(law)[number].enforced) == enforced


@pytest.mark.parametrize(
    ("law", "number", "provision", "enforced"),
    [
        ("act", "16345", "act/95(2)", "2019-04-23"),
        ("act", "16345", "act/95(2) proviso", "2019-04-23"),
        ("act", "16345", "act/108.8", "2019-04-23"),
        ("act", "16345", "act/108.9", "2019-10-24"),
        ("act", "16345", "act/95(1)", "2019-10-24"),
        ("probation-decree", "25412", "probation-decree/36-2(1)", "2014-07-08"),
        ("probation-decree", "25412", "probation-decree/51(2)10", "2014-07-08"),
        ("probation-decree", "25412", "probation-decree/51(2)10-2", "2014-06-30"),
        ("probation-decree", "25731", "probation-decree/51(2)4-2", "2014-11-19"),
        ("probation-decree", "26326", "probation-decree/51(1)", "2015-07-01"),
    ],
)
def test_parts_of_an_instrument_are_enforced_on_days_of_their_own(
    law: str, number: str, provision: str, enforced: str
) -> None:
    assert str(_records(law)[number].enforced_for(provision)) == enforced


def test_the_counting_convention_meets_two_days_that_other_instruments_fix_outright() -> None:
    """The Act of 2007 `one year after`; the Act that amends it before then says the day itself. The Act of 29 December
    2009 `one year after`; the decree made to go with it on its day says that day too."""
    act, decree = _records("act"), _records("juvenile-decree")
    first, second = act["8728"], act["9847"]
    assert first.promulgated and second.promulgated
    assert count_from(first.promulgated, 1, "year") == act["9136"].enforced
    assert count_from(second.promulgated, 1, "year") == decree["22564"].enforced
    for fixed in (act["9136"], decree["22564"]):
        assert fixed.phrase and fixed.phrase.fixed


def test_every_instrument_of_the_three_texts_has_both_days() -> None:
    counted = Counter(
        law for law in LAWS for record in _records(law).values() if record.promulgated and record.enforced
    )
    assert counted == {"act": 13, "juvenile-decree": 13, "probation-decree": 18}


def test_misprints_of_the_addenda_are_read_by_the_head_and_told() -> None:
    records = _records("probation-decree")
    assert "prints the number 15598" in " ".join(records["15589"].notes)
    assert "prints the year 1015" in " ".join(records["26326"].notes)


def test_a_provision_tells_by_which_instrument_it_was_changed_and_since_when() -> None:
    document = official_text("act")
    past = {p.provision: p for p in list_history(document, list_instruments(document, _report(document.law)))}
    assert [(e.kind.value, e.instrument, e.since) for e in past["act/95(2)"].events] == [
        ("amended", "Act No. 16345", dt.date(2019, 4, 23))
    ]
    assert [(e.kind.value, e.instrument) for e in past["act/16(3)"].events] == [
        ("newly_inserted", "Act No. 13235"),
        ("amended", "Act No. 15259"),
    ]


def test_an_annotation_with_only_a_date_names_the_instrument_of_that_day() -> None:
    document = official_text("juvenile-decree")
    past = {p.provision: p for p in list_history(document, list_instruments(document, _report(document.law)))}
    assert ("amended", "Presidential Decree No. 31625", dt.date(2021, 4, 21)) in [
        (e.kind.value, e.instrument, e.since) for e in past["juvenile-decree/2"].events
    ]


@pytest.mark.parametrize(
    ("law", "clauses"),
    [
        (
            "act",
            {
                "8728/2": ("applicability", "76"),
                "8728/3": ("former law", "28"),
                "8728/4(1)": ("former law", ""),
                "8728/4(2)": ("carry over", ""),
                "8728/4(3)": ("carry over", ""),
                "8728/6": ("other laws", ""),
                "13235/2": ("applicability", "29"),
                "13235/3": ("applicability", "128(1) 128(2) 128(3)"),
                "14281/2": ("applicability", "112(4) 108.14"),
                "15259/2": ("applicability", "16-2"),
                "16345/2": ("task", "5-2"),
            },
        ),
        ("probation-decree", {"15217(2)": ("other laws", "")}),
    ],
)
def test_transitional_clauses_are_listed_with_what_they_govern(law: str, clauses: dict[str, tuple[str, str]]) -> None:
    document = official_text(law)
    report = _report(document.law)
    found = list_transitions(document, list_instruments(document, report), report)
    assert {
        one.provision.removeprefix(f"{law}/addenda-"): (
            one.kind,
            " ".join(t.removeprefix(f"{law}/") for t in one.governs),
        )
        for one in found
    } == {name: (ClauseKind(kind), governs) for name, (kind, governs) in clauses.items()}
