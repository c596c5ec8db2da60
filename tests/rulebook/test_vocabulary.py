"""Terms, facts and actions: what is declared, inherited, merged and refused."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from tests.rulebook.texts import LAW, VOCABULARY, faults, load

from mutandis.citation import Citation, CitationRange
from mutandis.datatypes import DataType
from mutandis.rulebook.load import load_text


def test_a_sub_kind_has_the_attributes_of_its_kind_as_facts_of_its_own() -> None:
    facts = load().vocabulary.facts
    assert {name for name in facts if name.endswith(".in_progress")} == {
        "contact.in_progress",
        "visit.in_progress",
        "call.in_progress",
    }
    assert facts["call.in_progress"].question == "Is the call taking place?"
    assert facts["visit.in_progress"].span == facts["contact.in_progress"].span


def test_a_sub_kind_has_the_actions_of_its_kind_with_label_and_record_its_own() -> None:
    actions = load().vocabulary.actions
    assert list(actions) == ["suspend contact", "suspend visit", "suspend call", "inform inmate"]
    suspend = actions["suspend call"]
    assert (suspend.label, suspend.done, suspend.by) == ("suspend the call", "call.suspended_at", "warden")


def test_a_group_is_one_set_for_each_sub_kind() -> None:
    text = VOCABULARY + "  resume contact: {default: silent, group: course}\n"
    text = text.replace("done: contact.suspended_at}", "done: contact.suspended_at, group: course}")
    actions = load(vocabulary=text).vocabulary.actions
    assert actions["suspend visit"].group == actions["resume visit"].group != actions["suspend call"].group
    assert actions["suspend contact"].group == "course"


def test_a_sub_kind_refines_what_it_inherits_key_by_key() -> None:
    text = (
        VOCABULARY.replace("      announced_on:", "      in_progress: {found_by: warden}\n      announced_on:")
        + "  suspend call: {label: cut the call off}\n"
    )
    source = load(vocabulary=text)
    assert faults(source) == []
    assert source.vocabulary.facts["visit.in_progress"].found_by == "warden"
    assert source.vocabulary.facts["visit.in_progress"].question == "Is the visit taking place?"
    assert source.vocabulary.facts["call.in_progress"].found_by == ""
    assert source.vocabulary.actions["suspend call"].label == "cut the call off"
    assert source.vocabulary.actions["suspend call"].default == "forbidden"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("{type: yes/no}", DataType("yes_no")),
        ("{type: one of, values: [a, b]}", DataType("enum", values=("a", "b"))),
        ("{type: one of, values: {a: A, b: {label: B}}, several: yes, open: yes}",
         DataType("enum", values=("a", "b"), several=True, open=True)),
        ("{type: count}", DataType("count")),
        ("{type: number, optional: yes}", DataType("number", optional=True)),
        ("{type: money, unit: won}", DataType("money", currency="won")),
        ("{type: duration, unit: weeks}", DataType("duration", family="days")),
        ("{type: duration, unit: years}", DataType("duration", family="months")),
        ("{type: duration, unit: any}", DataType("duration")),
        ("{type: period}", DataType("period")),
        ("{type: provision}", DataType("provision")),
        ("{type: list of call, open: yes}", DataType("list", term="call", open=True)),
    ],
)  # fmt: skip
def test_types_are_read(written: str, expected: DataType) -> None:
    source = load(vocabulary=VOCABULARY.replace("      age:", f"      sort: {written}\n      age:"))
    assert faults(source) == []
    assert source.vocabulary.facts["inmate.sort"].type == expected


@pytest.mark.parametrize(
    ("written", "presumed"),
    [
        ("{type: yes/no, presume: no}", False),
        ("{type: one of, values: [a, b], presume: b}", "b"),
        ("{type: duration, unit: weeks, presume: 2 weeks}", 14),
        ("{type: duration, unit: years, presume: 2}", 24),
        ("{type: money, presume: 300 won}", 300),
        ("{type: money, unit: euros, presume: 3 euros}", 3),
        ("{type: money, unit: euros, min: 1 euro, presume: 5/2 euros}", Fraction(5, 2)),
        ("{type: number, presume: 1/3}", Fraction(1, 3)),
        ("{type: date, optional: yes, presume: none}", None),
    ],
)
def test_presumptions_are_values_of_the_fact(written: str, presumed: object) -> None:
    fact = load(vocabulary=VOCABULARY.replace("      age:", f"      sort: {written}\n      age:")).vocabulary.facts[
        "inmate.sort"
    ]
    assert (fact.has_presumption, fact.presume) == (True, presumed)


def test_a_presumption_and_a_value_name_the_provision_they_come_from() -> None:
    text = VOCABULARY.replace(
        "      age:",
        "      sort: {type: yes/no, presume: {value: no, from: 12(2)}}\n"
        "      act: {type: one of, values: {a: {provision: 108.14}}}\n      age:",
    )
    facts = load(vocabulary=text).vocabulary.facts
    assert facts["inmate.sort"].presumed_from == Citation("act", "12", "2")
    place = Citation("act", "108", subparagraph="14")
    assert facts["inmate.act"].value_provisions == (("a", CitationRange(place, place)),)


def test_bounds_are_in_base_units() -> None:
    text = VOCABULARY.replace(
        "      age:", "      stay: {type: duration, unit: weeks, min: 1, max: 20 days}\n      age:"
    )
    fact = load(vocabulary=text).vocabulary.facts["inmate.stay"]
    assert (fact.minimum, fact.maximum) == (7, 20)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("{role: yes}", "{rôle: yes}", ("unknown-key", "2:12")),
        ("type: count", "type: integer", ("unknown-type", "7:19")),
        ("type: count", "type: duration", ("missing-key", "7:19")),
        ("type: count", "type: count, unit: days", ("misplaced-key", "7:32")),
        ("type: count", "type: count, found_by: wardn", ("unknown-term", "7:36")),
        ("type: count", "type: count, found_by: call", ("not-a-role", "7:36")),
        ("type: count", "type: count, presume: many", ("bad-presumption", "7:35")),
        ("type: count", "type: number, min: 1, max: 3, presume: 7/2", ("bad-presumption", "7:52")),
        ("type: count", "type: number, min: 1, max: 3, presume: 1/2", ("bad-presumption", "7:52")),
        ("type: count", "type: list of visitor", ("unknown-term", "7:19")),
        ("type: count", "type: one of", ("missing-key", "7:19")),
        ("type: count", "type: one of, values: [today]", ("reserved-word", "7:36")),
        ("[sentenced, ", "[sentenced, sentenced, ", ("duplicate-declaration", "6:49")),
        ("[sentenced, ", "[Sentenced, ", ("bad-name", "6:38")),
        ("kind_of: contact\n", "kind_of: kontact\n", ("unknown-kind", "14:14")),
        ("label: contact\n", "kind_of: visit\n", ("circular-kind", "9:14")),
        ("  suspend contact", "  suspend kontact", ("unknown-term", "23:3")),
        ("  suspend contact", "  Suspend contact", ("bad-name", "23:3")),
        ("default: silent", "default: quiet", ("unknown-value", "24:28")),
        ("default: silent, ", "", ("missing-key", "24:3")),
        ("by: warden}", "by: call}", ("not-a-role", "24:40")),
        ("done: contact.suspended_at", "done: contact.stopped_at", ("undeclared-fact", "23:87")),
        ("done: contact.suspended_at", "done: inmate.age", ("wrong-shape", "23:87")),
        ("done: contact.suspended_at", "done: contact.suspended_at, continuing: yes", ("misplaced-key", "23:121")),
    ],
)  # fmt: skip
def test_a_faulty_declaration_is_found_at_its_place(old: str, new: str, found: tuple[str, str]) -> None:
    assert old in VOCABULARY
    assert found in faults(load(vocabulary=VOCABULARY.replace(old, new, 1)))


def test_one_fault_in_a_kind_is_told_once_not_for_every_sub_kind() -> None:
    text = VOCABULARY.replace('{type: yes/no, question: "Is', '{type: yesno, question: "Is')
    assert faults(load(vocabulary=text)) == [("unknown-type", "11:27")]


def test_a_law_adds_to_the_shared_vocabulary() -> None:
    shared = (
        "terms:\n  visit: {label: visit}\n  inmate:\n    attributes:\n"
        "      class: {type: one of, values: {juvenile: protected juvenile}}\n"
    )
    source = load(**{"vocabulary.yaml": shared})
    assert faults(source) == []
    assert source.vocabulary.facts["inmate.class"].type.values[0] == "juvenile"
    assert "sentenced" in source.vocabulary.facts["inmate.class"].type.values


def test_laws_that_contradict_each_other_are_told_of_both_places() -> None:
    files = {
        "act/law.yaml": LAW,
        "decree/law.yaml": LAW.replace("act", "decree"),
        "act/vocabulary.yaml": "terms:\n  visit: {label: visit}\n",
        "decree/vocabulary.yaml": "terms:\n  visit: {label: call}\n",
    }
    (fault,) = load_text(files).diagnostics
    assert (fault.slug, str(fault.span)) == ("duplicate-declaration", "decree/vocabulary.yaml:2:18")
    assert str(fault.labels[0].span) == "act/vocabulary.yaml:2:18"


def test_a_fact_without_a_question_is_a_warning_unless_rules_define_it() -> None:
    asked = [d.message for d in load().diagnostics]
    assert asked == ["the fact `visit.lawful` has no question", "the fact `visit.due_on` has no question"]
    defined = load("  - at: (1)\n    summary: A rule.\n    define: visit.lawful\n    when: visit.in_progress\n")
    assert [d.message for d in defined.diagnostics] == asked[1:]
    assert defined.vocabulary.facts["visit.lawful"].derived
    assert next(f for f in defined.vocabulary.terms["visit"].attributes if f.name == "visit.lawful").derived


def test_instruments_keep_their_dates_and_parts() -> None:
    law = LAW + (
        "instruments:\n  - id: Act No. 1\n    promulgated: 2019-04-23\n    enforced: 2019-10-24\n"
        "    enforced_parts:\n      - provisions: [52(1), 64(2) to 64(3)]\n        on: 2019-04-23\n"
    )
    (instrument,) = load_text({"act/law.yaml": law}).laws["act"].instruments
    assert instrument.enforced == dt.date(2019, 10, 24)
    assert [(str(part), day.isoformat()) for part, day in instrument.enforced_parts] == [
        ("act/52(1)", "2019-04-23"),
        ("act/64(2) to act/64(3)", "2019-04-23"),
    ]


def test_each_misspelt_key_of_a_part_is_told_what_it_may_have_meant() -> None:
    law = LAW + (
        "instruments:\n  - id: Act No. 1\n    promulgated: 2019-04-23\n    enforced: 2019-10-24\n"
        "    enforced_parts:\n      - provision: 12\n        onn: 2020-07-01\n"
    )
    found = load_text({"act/law.yaml": law}).diagnostics
    assert [(one.slug, one.help) for one in found] == [
        ("unknown-key", "did you mean `provisions`?"),
        ("unknown-key", "did you mean `on`?"),
    ]


@pytest.mark.parametrize(
    ("law", "found"),
    [
        ("law: act\ntitle: A\nshort: A\n", ("missing-key", "1:1")),
        (LAW.replace("act", "decree"), ("wrong-law", "1:6")),
        (LAW.replace("rank: 1", "rank: first"), ("wrong-shape", "4:7")),
        (LAW + "parent: code\n", ("unknown-value", "5:9")),
        (LAW + "instruments:\n  - {id: A, promulgated: 2019-02-29}\n", ("bad-date", "6:26")),
        (LAW + "instruments:\n  - {id: A, promulgated: 2019-02-28}\n  - {id: A, promulgated: 2019-02-28}\n",
         ("duplicate-declaration", "7:10")),
    ],
)  # fmt: skip
def test_a_faulty_law_file_is_found_at_its_place(law: str, found: tuple[str, str]) -> None:
    assert faults(load_text({"act/law.yaml": law})) == [found]


def test_what_stands_beside_a_key_of_one_file_hides_no_fault_of_another() -> None:
    files = {
        "act/law.yaml": LAW,
        "dec/law.yaml": LAW.replace("act", "dec"),
        "act/vocabulary.yaml": "terms:\n  visit:\n    attributes:\n    length: {type: count, question: How long?}\n",
        "dec/vocabulary.yaml": "terms:\n  call:\n    attributes: 12\n",
    }
    found = [(d.slug, str(d.span)) for d in load_text(files).diagnostics if d.severity == "error"]
    assert found == [("unknown-key", "act/vocabulary.yaml:4:5"), ("wrong-shape", "dec/vocabulary.yaml:3:17")]
