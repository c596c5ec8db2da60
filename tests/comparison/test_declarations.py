"""What is declared otherwise: each part as it was and as it is, in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.evaluate.books import LAW, VOCABULARY, article, rule

from mutandis.calendar.days_off import DayOff
from mutandis.citation import CitationRange, parse_citation
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.case_question import Ask, Expectation
from mutandis.rulebook.load import load_text
from mutandis.rulebook.model import Source
from mutandis_tools.comparison.declarations import DeclarationChange, compare_declarations
from mutandis_tools.comparison.renaming import Renaming, find_renaming
from mutandis_tools.names import Names
from mutandis_tools.report.comparison_text import _in_words, _of_kinds


def _range(place: str) -> CitationRange:
    return CitationRange(parse_citation(f"act/{place}"), parse_citation(f"act/{place}"))


def _source(was: str = "", is_: str = "") -> Source:
    assert was in VOCABULARY
    return load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY.replace(was, is_) if was else VOCABULARY})


def _changes(was: str, is_: str) -> list[DeclarationChange]:
    return list(compare_declarations(_source(), _source(was, is_), (), ()))


@pytest.mark.parametrize(
    ("was", "is_", "part", "old", "new"),
    [
        ("a: {type: yes/no,", "a: {type: yes/no, presume: no,", "presumption", "nothing", "no"),
        ("usual: {type: yes/no, question: Usual?, presume: yes}", "usual: {type: yes/no, question: Usual?}",
         "presumption", "yes", "nothing"),
        ("count: {type: count,", "count: {type: yes/no,", "type", "a count", "a yes/no"),
        ("used: {type: duration, unit: days,", "used: {type: duration, unit: months,",
         "type", "a duration in days", "a duration in months"),
        ("on: {type: date,", "on: {type: date, optional: yes,", "type", "a date", "a date, which may be none"),
        ("found_by: warden", "found_by: doctor", "owner", "“warden”", "“doctor”"),
        ("parameter: yes, max: 60,", "parameter: yes, max: 90,", "bounds", "to 60 days", "to 90 days"),
        ("on: {type: date,", "on: {type: date, counting: {clock: sentence, by: act/1},",
         "counting", "as it is given", "as a sentence, with the whole of its first day, no last day put off (act/1)"),
        ("question: B?", "question: Or B?", "question", "“B?”", "“Or B?”"),
        ("{red: red, green: green, blue: blue}", "{red: red, blue: blue}", "choice", "green", None),
        ("{red: red, green: green, blue: blue}", "{red: red, green: green, blue: blue, grey: grey}",
         "choice", None, "grey"),
        ("{label: tell it, default: silent", "{label: tell it, default: forbidden", "default", "silent", "forbidden"),
    ],
)  # fmt: skip
def test_a_declaration_is_told_part_by_part(was: str, is_: str, part: str, old: str | None, new: str | None) -> None:
    found = [(one.part, one.was, one.now) for one in _changes(was, is_)]
    assert (part, old, new) in found, found
    assert not any("presumed nothing" in one.text for one in _changes(was, is_))
    assert all(one.text for one in _changes(was, is_))


def test_of_a_fact_that_rules_give_now_that_is_told() -> None:
    must, define = rule("(2)", "must: tell thing", "when: it.judged"), rule("(1)", "define: it.judged", "when: it.a")
    asked, given = (
        load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "act/001-article.yaml": article(*rules)})
        for rules in ((must,), (define, must))
    )
    for old, new, told in (
        (asked, given, "`it.judged` is given by rules, was by whoever states the case"),
        (given, asked, "`it.judged` is given by whoever states the case, was by rules"),
    ):
        assert [one.text for one in compare_declarations(old, new, (), ())] == [told]


def test_a_fact_under_another_name_is_no_other_fact_and_its_cases_say_the_same() -> None:
    old, new = _source(), _source("      judged: {", "      found: {")
    renaming = find_renaming(old.articles, new.articles, old.vocabulary, new.vocabulary)
    assert (renaming.places, renaming.facts) == ({}, {"it.judged": "it.found"})
    case = CaseFile(
        "One", "act", (), dt.date(2020, 1, 1), None, {"it": {"judged": "yes"}}, Ask("decide", "do thing"), Expectation()
    )
    now = replace(case, facts={"it": {"found": "yes"}})
    (change,) = compare_declarations(old, new, [case], [now], renaming)
    assert (change.part, change.was, change.now) == ("name", "it.judged", "it.found")
    other = replace(case, facts={"it": {"found": "no"}})
    assert [one.about for one in compare_declarations(old, new, [case], [other], renaming)] == ["fact", "case"]


CASE = CaseFile(
    "A case", "act", (_range("1(3)"),), None, None, {"it.place": "1(3)2", "it.a": "yes"}, Ask("decide", "do thing"),
    Expectation(verdict="permitted", lists=(("cites", ("act/1(3)2", "act/2(1)")),)),
)  # fmt: skip


def test_a_case_that_names_provisions_by_their_new_numbers_says_nothing_else() -> None:
    renaming = Renaming(places={"act/1(3)": "act/1(4)"})
    after = replace(
        CASE,
        tests=(_range("1(4)"),),
        facts={"it.place": "1(4)2", "it.a": "yes"},
        expect=replace(CASE.expect, lists=(("cites", ("act/1(4)2", "act/2(1)")),)),
    )
    told = [one.part for one in compare_declarations(_source(), _source(), [CASE], [after], renaming)]
    assert told == ["numbers"]
    for other in (replace(after, facts={**after.facts, "it.a": "no"}), replace(after, expect=CASE.expect)):
        (change,) = compare_declarations(_source(), _source(), [CASE], [other], renaming)
        assert change.part not in ("", "numbers")


def test_another_heading_and_what_is_said_in_place_of_a_rule_are_told() -> None:
    article = "law: act\narticle: 1\ntitle: Of things\nrules: []\nnot_modelled: {main: a purpose}\n"
    files = {"act/law.yaml": LAW, "act/vocabulary.yaml": VOCABULARY, "act/001-things.yaml": article}
    old = load_text(files)
    new = load_text(files | {"act/001-things.yaml": article.replace("Of things", "Things").replace("purpose", "scope")})
    found = compare_declarations(old, new, (), ())
    assert [(one.about, one.part, one.was, one.now) for one in found] == [
        ("article", "title", "Of things", "Things"),
        ("article", "not modelled", "a purpose", "a scope"),
    ]


def test_days_off_are_told_one_by_one_and_those_of_every_week() -> None:
    source = _source()
    day = dt.date(2024, 5, 1)
    was = replace(source.days_off, name="kr", first=day, last=day, days={day: DayOff("Labour Day")})
    now = replace(was, first=dt.date(2024, 1, 1), days={}, weekly=was.weekly[1:])
    found = compare_declarations(replace(source, days_off=was), replace(source, days_off=now), (), ())
    assert [(one.about, one.name, one.kind, one.part, one.was, one.now) for one in found] == [
        ("calendar", "kr", "removed", "day off", "Labour Day", None),
        ("calendar", "kr", "changed", "first", "2024-05-01", "2024-01-01"),
        ("calendar", "kr", "changed", "weekly", "Saturday, Sunday", "Sunday"),
    ]


def _dated(day: str, *parts: str) -> Source:
    """An act with one instrument, enforced on a day, and rules that begin, end, or have a ground on one."""
    instrument = f"instruments:\n  - {{id: Act No. 2, promulgated: 2020-10-20, enforced: {day}}}\n" if day else ""
    rules = (
        "{at: (1), summary: A., may: do thing, since: 2021-04-21}",
        "{at: (2), summary: B., may: keep thing, until: 2021-04-21}",
        "{at: (3), summary: C., may: burn thing, since: 2021-05-01}",
        *parts,
    )
    article = "law: act\narticle: 7\ntitle: An article\nrules:\n" + "".join(f"  - {one}\n" for one in rules)
    law = LAW.replace("instruments: []\n", instrument or "instruments: []\n")
    return load_text({"act/law.yaml": law, "act/vocabulary.yaml": VOCABULARY, "act/007-article.yaml": article})


@pytest.mark.parametrize(
    ("was", "is_", "told"),
    [
        (
            "",
            "2021-04-21",
            "the instrument `Act No. 2` is new, promulgated 2020-10-20, in force from 2021-04-21; "
            "rules that turn on the day: Act Art. 7 (1), Act Art. 7 (2)",
        ),
        (
            "2021-04-21",
            "2021-05-01",
            "Act No. 2 is in force from 2021-05-01, was from 2021-04-21; "
            "rules that begin or end on the new day: Act Art. 7 (3); rules that still begin or end on the old one, "
            "and are decided by that: Act Art. 7 (1), Act Art. 7 (2)",
        ),
    ],
)
def test_the_day_of_an_instrument_names_the_rules_that_turn_on_it(was: str, is_: str, told: str) -> None:
    new = _dated(is_)
    (change,) = compare_declarations(_dated(was), new, (), ())
    assert _in_words(change, change.text, *2 * (Names(new.laws, new.vocabulary),)) == told


def test_what_a_fact_says_stands_beside_its_name_where_it_is_more_than_the_name() -> None:
    spoken = VOCABULARY.replace("question: Usual?, presume: yes}", "question: Usual?, presume: yes, says: it goes on}")
    named, said = (load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": one}) for one in (VOCABULARY, spoken))
    without = _source("      usual: {type: yes/no, question: Usual?, presume: yes}\n")
    for source, told in ((named, "`it.usual`"), (said, "`it.usual` (it goes on)")):
        (change,) = compare_declarations(without, source, (), ())
        assert _in_words(change, change.text, *2 * (Names({}, source.vocabulary),)) == f"the fact {told} is new"


def test_who_finds_is_told_by_label_and_a_new_choice_with_its_own() -> None:
    owned = "      judged: {type: yes/no, question: Judged?, found_by: warden}\n"
    assert owned in VOCABULARY
    other = VOCABULARY.replace(owned, owned.replace("warden", "head_of_ward"))
    other = other.replace("  warden: {", "  head_of_ward: {role: yes, label: head of the ward}\n  warden: {")
    other = other.replace("blue: blue}", "blue: blue, dark_red: red as wine}")
    old, new = (load_text({"act/law.yaml": LAW, "act/vocabulary.yaml": one}) for one in (VOCABULARY, other))
    names = [Names({}, one.vocabulary) for one in (old, new)]
    told = {_in_words(change, change.text, *names) for change in compare_declarations(old, new, (), ())}
    assert "`it.judged` is for “head of the ward” to find, was for “warden”" in told
    assert "`it.kind` can now be `dark_red` (red as wine)" in told


def test_a_question_that_names_the_kind_is_told_once_for_its_sub_kinds() -> None:
    kinds = "  paper: {label: paper, attributes: {kept: {type: yes/no, question: 'Is the {term} kept?'}}}\n"
    kinds += "  note: {kind_of: paper, label: note}\n  bill: {kind_of: paper, label: long bill}\n  thing:"
    old, new = (_source("  thing:", kinds.replace("kept?", said)) for said in ("kept?", "kept by the warden?"))
    changes = [one for one in compare_declarations(old, new, (), ()) if one.part == "question"]
    assert len(changes) == 3
    (told,) = [text for _, text in _of_kinds(changes, new.vocabulary)]
    assert told.endswith(" (so too `bill.kept`, `note.kept`)") and "Is the paper kept by the warden?" in told
