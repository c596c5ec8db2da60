"""What an editor is told of a rulebook, asked of the desk itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutandis_tools.editor.answers import definition, find_symbols, references, symbols
from mutandis_tools.editor.completion import propose
from mutandis_tools.editor.conditions import words_of
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.edits import applied
from mutandis_tools.editor.fixes import fixes_of
from mutandis_tools.editor.folds import Fold, folds_of
from mutandis_tools.editor.hints import hints_of
from mutandis_tools.editor.hover import hover
from mutandis_tools.editor.lenses import Casebook, lenses_of, report_of
from mutandis_tools.editor.renames import rename_at, target_at
from mutandis_tools.editor.words import citation_at
from mutandis_tools.renaming.made import RenamingError
from mutandis_tools.wordings import OfficialTexts

VISITS, CALLS, CASES = "act/001-visits.yaml", "act/002-calls.yaml", "act/cases/visits.yaml"
NO_TEXTS = OfficialTexts({})


def place(desk: Desk, name: str, needle: str, shift: int = 1) -> tuple[int, int]:
    text = desk.text(name)
    before = text[: text.index(needle) + shift]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def renamed(desk: Desk, name: str, needle: str, new: str, shift: int = 1) -> dict[str, str]:
    """The files that a renaming at a place changes, as they are then."""
    edits = rename_at(desk, target_at(desk, name, *place(desk, name, needle, shift)), new)
    return {file: applied(desk.text(file), listed) for file, listed in edits.items()}


# --- renaming ---------------------------------------------------------------------------------------------------------


def test_a_fact_is_renamed_by_its_attribute_in_every_file(desk: Desk) -> None:
    texts = renamed(desk, VISITS, "stay.reason", "cause", len("stay.r"))
    assert set(texts) == {"act/vocabulary.yaml", VISITS, CASES}
    assert "stay.cause is illness" in texts[VISITS] and "stay.cause is work" in texts[VISITS]
    assert "cause: illness" in texts[CASES] and "      cause:\n" in texts["act/vocabulary.yaml"]
    assert all("stay.reason" not in text for text in texts.values())


def test_a_fact_of_a_kind_is_renamed_for_all_of_them(desk: Desk) -> None:
    texts = renamed(desk, "act/vocabulary.yaml", "overheard:", "heard")
    assert set(texts) == {"act/vocabulary.yaml", VISITS, CALLS, CASES}
    assert all("overheard:" not in text and "t.overheard" not in text for text in texts.values())
    assert "call.heard" in texts[CALLS] and "visit.heard: yes" in texts[CASES]


def test_a_term_is_renamed_with_its_facts_and_actions(desk: Desk) -> None:
    texts = renamed(desk, CALLS, "call.overheard", "telephone_call")
    assert set(texts) == {"act/vocabulary.yaml", CALLS}
    assert "  telephone_call: {kind_of: contact, label: call}" in texts["act/vocabulary.yaml"]
    assert "visit: telephone_call" in texts[CALLS] and "when: telephone_call.overheard" in texts[CALLS]


def test_an_action_is_renamed_by_its_verb_and_its_object_is_the_term(desk: Desk) -> None:
    texts = renamed(desk, "act/vocabulary.yaml", "stop contact", "end")
    assert "  end contact: {" in texts["act/vocabulary.yaml"]
    assert "may: end visit" in texts[VISITS] and "must_not: end visit" in texts[VISITS]
    assert "{decide: end visit}" in texts[CASES]
    assert target_at(desk, VISITS, *place(desk, VISITS, "stop visit", 6)).kind == "term"


def test_a_case_is_renamed_where_it_stands(desk: Desk) -> None:
    texts = renamed(desk, CASES, "An overheard", "A visit that somebody hears")
    assert set(texts) == {CASES} and texts[CASES].startswith("case: A visit that somebody hears\n")


@pytest.mark.parametrize(
    ("needle", "shift", "new", "why"),
    [
        ("summary", 1, "x", "nothing here has a name of its own"),
        ("stop visit", 1, "end", "`stop visit` is inherited from `stop contact`"),
        ("stay.days", 6, "reason", "`stay.reason` is declared already"),
        ("stay.days", 6, "Days", "is no other name for an attribute"),
        ("stay.days", 1, "visit", "`visit` is declared already"),
        ("stay.days", 1, "work", "`work` is a value of `stay.reason` as well"),
        ("stay.days", 1, "is", "is no name of a term"),
    ],
)
def test_what_cannot_be_renamed_is_refused_with_the_reason(
    desk: Desk, needle: str, shift: int, new: str, why: str
) -> None:
    with pytest.raises(RenamingError, match=why) as refused:
        renamed(desk, VISITS, needle, new, shift)
    assert refused.value.help


def test_a_fact_that_comes_from_a_kind_is_refused_before_a_name_is_asked_for(desk: Desk) -> None:
    with pytest.raises(RenamingError, match=r"`visit\.overheard` is inherited from `contact\.overheard`"):
        target_at(desk, VISITS, *place(desk, VISITS, "visit.overheard", len("visit.o")))


def test_a_rulebook_with_errors_is_not_renamed_in(desk: Desk) -> None:
    desk.type(VISITS, desk.text(VISITS).replace("stay.days > 30 days", "stay.days > 30"))
    with pytest.raises(RenamingError, match=r"the rulebook has errors: act/001-visits\.yaml:11"):
        renamed(desk, CALLS, "call.overheard", "telephone_call")


def test_what_is_typed_and_not_saved_is_renamed_too(desk: Desk) -> None:
    desk.type(VISITS, desk.text(VISITS).replace("when: visit.overheard", "when: not call.overheard"))
    assert "when: not telephone.overheard" in renamed(desk, CALLS, "call.overheard", "telephone")[VISITS]


# --- telling ----------------------------------------------------------------------------------------------------------


def test_a_condition_is_told_in_words_with_its_type(desk: Desk) -> None:
    told = hover(desk, NO_TEXTS, VISITS, *place(desk, VISITS, "> 30 days", 0))
    assert told == "**a condition**: the days of the stay are more than 30 days"
    both = hover(desk, NO_TEXTS, VISITS, *place(desk, VISITS, "and stay.reason"))
    assert both == ("**a condition**: the days of the stay are more than 30 days and the reason of the stay is illness")


def test_a_fact_is_told_with_who_reads_it(desk: Desk) -> None:
    told = hover(desk, NO_TEXTS, VISITS, *place(desk, VISITS, "stay.reason"))
    assert told.split("\n\n") == [
        "**stay.reason**: a value out of [illness, work]",
        "reason",
        "What is the reason of the stay?",
        "Read by Act Art. 1 (1) 1, Act Art. 1 (2)",
        "**a condition**: the reason of the stay is illness",
    ]


def test_a_citation_is_told_with_its_rules_its_wording_and_what_depends_on_it(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "act.txt").write_text("Article 1 (Visits)\n(1) A warden may stop it.\n", encoding="utf-8")
    texts = OfficialTexts({"MUTANDIS_TEXTS": str(tmp_path)})
    texts.read("act")
    told = hover(desk, texts, CALLS, *place(desk, CALLS, "1(1)"))
    assert told.split("\n\n") == [
        "**Act Art. 1 (1)** Visits",
        "Act Art. 1 (1): may stop visit. A visit that is overheard may be stopped.",
        "> A warden may stop it.",
        "Depended on by Act Art. 1 (2), Act Art. 2",
    ]


@pytest.mark.parametrize(
    ("line", "needle", "cited"),
    [
        ("    despite: [43, 44]", "44", "44"),
        ("    apply: 63 to 65", "65", "65"),
        ("    when: case falls under 43 or x.y", "43", "43"),
        ("      - 43", "43", "43"),
        ("    when: x.days <= 20 days", "20", None),
        ("    summary: Up to 20 days a year.", "20", None),
        ("    summary: As under (1) 2.", "(1)", "(1)"),
    ],
)
def test_a_bare_number_is_a_citation_where_provisions_are_named(line: str, needle: str, cited: str | None) -> None:
    found = citation_at(line, line.index(needle) + 1)
    assert (found.text if found is not None else None) == cited


def test_provisions_are_proposed_for_what_a_case_falls_under(desk: Desk) -> None:
    text = desk.text(VISITS).replace("stay.days > 30 days", "case falls under 1 and stay.days > 30 days")
    desk.type(VISITS, text)
    row, column = place(desk, VISITS, "case falls under 1", len("case falls under 1"))
    assert "(1)" in {one.label for one in propose(desk, VISITS, row, column).listed}


@pytest.mark.parametrize(
    ("file", "written", "proposed", "not_proposed"),
    [
        (VISITS, "  - at: (3)\n    when: ", "visit.overheard", "stop visit"),
        (VISITS, "  - at: (3)\n    when: visit.", "visit.overheard", "stay.days"),
        (VISITS, "  - at: (3)\n    when:\n      - not (visit.", "visit.overheard", "stop visit"),
        (VISITS, "  - at: (3)\n    when: stay.reason is one of [", "illness", "stop visit"),
        (VISITS, "  - at: (3)\n    when: any m in stay.calls has (m.", "m.overheard", "visit.overheard"),
        (VISITS, "  - at: (3)\n    apply: 2\n    construe:\n      ", "visit", "when"),
        (VISITS, "  - at: (3)\n    apply: 2\n    construe:\n      visit: c", "contact", "stop call"),
        (VISITS, "  - at: (3)\n    apply: 2\n    construe:\n      stop visit: ", "stop call", "contact"),
        (VISITS, "  - at: (3)\n    apply: 2\n    construe:\n      visit.overheard: ", "call.overheard", "stay.days"),
        (VISITS, "excused:\n  - ", "reason", "when"),
        (CASES, "---\ncase: x\nlaw: act\nask: {when: ", "stop visit", "visit.overheard"),
        ("act/divisions.yaml", "divisions:\n  one:\n    terms:\n      - ", "visit", "stop visit"),
        ("act/divisions.yaml", "divisions:\n  one:\n    actions: [", "stop visit", "stay.days"),
    ],
)
def test_what_is_proposed_fits_the_place(desk: Desk, file: str, written: str, proposed: str, not_proposed: str) -> None:
    lists = "      calls: {type: list of call, question: Which calls?}\n"
    vocabulary = desk.text("act/vocabulary.yaml").replace("      ended_on:", f"{lists}      ended_on:")
    (desk.root / "act/vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    fresh = Desk(desk.root)
    text = (fresh.text(file) if file != "act/divisions.yaml" else "") + written
    fresh.type(file, text)
    row, column = text.count("\n"), len(text) - text.rfind("\n") - 1
    labels = [one.label for one in propose(fresh, file, row, column).listed]
    assert proposed in labels and not_proposed not in labels
    assert len(set(labels)) == len(labels)


def test_a_construal_shows_what_is_read_as_what(desk: Desk) -> None:
    (hint,) = hints_of(desk, CALLS)
    assert (hint.row, hint.text) == (8, "stop visit → stop call, visit.overheard → call.overheard")


def test_a_role_that_is_read_as_another_shows_where_it_stands(desk: Desk) -> None:
    desk.type(CALLS, desk.text(CALLS).replace("      visit: call\n", "      visit: call\n      warden: inmate\n"))
    assert [hint.text for hint in hints_of(desk, CALLS)][1:] == ["in act/1(1)"]


def test_the_words_of_conditions_are_told_apart(desk: Desk) -> None:
    sheet = desk.sheet(VISITS)
    found = words_of(sheet, desk.standing.vocabulary)
    words = [(sheet.line(one.row)[one.column : one.column + one.length], one.kind) for one in found]
    assert words[:9] == [
        ("visit.overheard", "property"),
        ("stay.days", "property"),
        (">", "operator"),
        ("30", "number"),
        ("days", "number"),
        ("and", "keyword"),
        ("stay.reason", "property"),
        ("is", "keyword"),
        ("illness", "enumMember"),
    ]
    assert words[-4:] == [
        ("today", "keyword"),
        ("stay.reason", "property"),
        ("is", "keyword"),
        ("work", "enumMember"),
    ]


def test_what_is_indented_folds_and_so_do_comments_and_documents() -> None:
    lines = ["# a", "# b", "a:", "  - b: 1", "    c: |", "      d", "", "e: 2", "---", "f:", "  g: 1"]
    assert folds_of(lines) == (
        Fold(0, 7),
        Fold(0, 1, True),
        Fold(2, 5),
        Fold(3, 5),
        Fold(4, 5),
        Fold(9, 10),
    )


def test_a_lens_tells_the_cases_of_a_rule_and_how_they_end(desk: Desk) -> None:
    casebook = Casebook(desk.standing)
    first, second = lenses_of(desk, casebook, desk.sheet(VISITS).rules)
    assert (first.text, first.runs) == ("2 cases, 1 does not pass · applied by 2 main", "act/1(1)")
    assert (second.text, second.runs) == ("no case names it", "")
    report, is_good = report_of(desk, casebook, next(desk.sheet(VISITS).rules).at)
    assert not is_good
    assert report.split("\n") == [
        "Act Art. 1 (1): 2 cases, 1 does not pass",
        "A visit that nobody hears (act/cases/visits.yaml:12)",
        "  verdict: expected permitted, got forbidden_by_default",
    ]


def test_a_lens_counts_cases_of_the_parts_of_its_provision_and_clauses_that_apply_the_whole(visits: Path) -> None:
    calls, cases = visits / CALLS, visits / CASES
    calls.write_text(calls.read_text().replace("apply: 1(1)", "apply: 1"))
    named = cases.read_text().replace("[1(1)]", "[2]", 1).replace("[1(1)]", "[1(1)2]")
    cases.write_text(named)
    desk = Desk(visits)
    assert lenses_of(desk, Casebook(desk.standing), desk.sheet(VISITS).rules) == ()  # what others say is not read yet
    desk.take(*desk.read_whole({}))
    casebook = Casebook(desk.standing)
    told = [one.text for name in (VISITS, CALLS) for one in lenses_of(desk, casebook, desk.sheet(name).rules)]
    assert told == [
        "1 case, 1 does not pass · applied by 2 main",
        "no case names it · applied by 2 main",
        "1 case, it passes",
    ]


def test_what_bears_the_words_as_its_name_is_found_first(desk: Desk) -> None:
    assert [one.name for one in find_symbols(desk, "visit")][:3] == ["visit", "visit.overheard", "stop visit"]
    assert [one.name for one in find_symbols(desk, "art. 2")] == ["Act Art. 2 Calls"]


def test_names_are_found_where_they_are_declared_and_used(desk: Desk) -> None:
    (declared,) = definition(desk, VISITS, *place(desk, VISITS, "stay.days"))
    assert (declared.file, declared.line) == ("act/vocabulary.yaml", 13)
    named = references(desk, VISITS, *place(desk, VISITS, "stay.reason"))
    assert [str(one) for one in named] == ["act/001-visits.yaml:11:34", "act/001-visits.yaml:18:11"]
    assert [one.name for one in find_symbols(desk, "overheard")] == [
        "contact.overheard",
        "visit.overheard",
        "call.overheard",
        "An overheard visit",
    ]
    assert [one.name for one in find_symbols(desk, "Governor")] == ["warden"]
    (article,) = symbols(desk, VISITS)
    assert [one.name for one in article.inside] == [
        "Act Art. 1 (1): may stop visit",
        "Act Art. 1 (2): must_not stop visit",
    ]


# --- mending ----------------------------------------------------------------------------------------------------------


def mended(desk: Desk, name: str, old: str, new: str) -> dict[str, str]:
    """Each fix that is proposed where `new` was typed for `old`: its title, and the line that it changes."""
    good = desk.text(name)
    assert old in good
    desk.type(name, good.replace(old, new, 1))
    found: dict[str, str] = {}
    for fault in desk.faults(name):
        for fix in fixes_of(desk, fault):
            ((file, edits),) = fix.edits.items()
            after = applied(desk.text(file), edits).split("\n")
            changed = [line for line in after if line not in desk.text(file).split("\n")]
            found[fix.title] = "\n".join(changed)
    return found


@pytest.mark.parametrize(
    ("old", "new", "title", "line"),
    [
        ("30 days", "30", "Write `30 days`", "      1: stay.days > 30 days and stay.reason is illness"),
        ("30 days", "30 dyas", "Write `days`", "      1: stay.days > 30 days and stay.reason is illness"),
        ("is illness", "is ilness", "Write `illness`", "      1: stay.days > 30 days and stay.reason is illness"),
        ("days and", "days AND", "Write `and`", "      1: stay.days > 30 days and stay.reason is illness"),
        ("stop visit", "stop_visit", "Write `stop visit`", "    may: stop visit"),
        ("title: Visits", "titel: Visits", "Write `title`", "title: Visits"),
        ("when:", "wen:", "Write `when`", "    when: visit.overheard"),
        (
            "when: visit.overheard",
            "when: visit.overheard: yes",
            "Write `visit.overheard`",
            "    when: visit.overheard",
        ),
        (
            "when: visit.overheard",
            "when: >\n      visit.overheard",
            "Put it on its own lines after `|`",
            "    when: |",
        ),
        (
            "stay.ended_on is present and ",
            "",
            "Guard it: `stay.ended_on is present and …`",
            "      2: stay.ended_on is present and stay.ended_on <= today",
        ),
        (
            "stay.days > 30 days",
            "stay.nights > 30 days",
            "Declare `stay.nights` in act/vocabulary.yaml: duration",
            "      nights: {type: duration, unit: days, question: What is the nights of the stay?}",
        ),
        (
            "visit.overheard",
            "stay.longed_for",
            "Declare `stay.longed_for` in act/vocabulary.yaml: yes/no",
            '      longed_for: {type: yes/no, question: "Does it hold of the stay: longed for?"}',
        ),
    ],
)
def test_a_slip_has_a_fix_that_mends_it(desk: Desk, old: str, new: str, title: str, line: str) -> None:
    assert mended(desk, VISITS, old, new).get(title) == line


def test_a_slip_in_a_case_is_mended(desk: Desk) -> None:
    assert mended(desk, CASES, "visit.overheard: yes", "visit.overherd: yes") == {
        "Write `visit.overheard`": "  visit.overheard: yes"
    }


def test_a_power_and_a_ban_are_ordered_by_despite_at_either(desk: Desk) -> None:
    desk.type(VISITS, desk.text(VISITS).replace("    despite: (1)\n", ""))
    desk.take(*desk.read_whole(dict(desk.typed)))
    (fault,) = desk.faults(VISITS)
    first, second = fixes_of(desk, fault)
    assert [first.title, second.title] == [
        "Add `despite: (2)` to Act Art. 1 (1)",
        "Add `despite: (1)` to Act Art. 1 (2)",
    ]
    assert (
        applied(desk.text(VISITS), second.edits[VISITS]).count("    despite: (1)\n    when: stay.reason is work") == 1
    )


# --- what is wrong ----------------------------------------------------------------------------------------------------


def test_what_the_whole_told_of_a_file_moves_along_while_it_is_typed(desk: Desk) -> None:
    desk.type(VISITS, desk.text(VISITS).replace("    despite: (1)\n", ""))
    desk.take(*desk.read_whole(dict(desk.typed)))
    (told,) = desk.faults(VISITS)
    desk.type(VISITS, "# a remark\n" + desk.text(VISITS))
    (moved,) = desk.faults(VISITS)
    assert (moved.slug, moved.span.line) == (told.slug, told.span.line + 1)
    desk.type(VISITS, desk.text(VISITS).replace("at: (1)", "at: (3)"))
    assert desk.faults(VISITS) == ()


def test_a_file_by_itself_is_told_the_same_as_with_the_whole(desk: Desk) -> None:
    desk.type(VISITS, desk.text(VISITS).replace("stay.reason is illness", "stay.reason is ilness"))
    at_once = desk.faults(VISITS)
    standing, faults = desk.read_whole(dict(desk.typed))
    desk.take(standing, faults)
    assert desk.faults(VISITS) == at_once == tuple(one for one in faults if one.span.file == VISITS)


def test_without_the_whole_a_file_is_held_against_the_vocabulary(visits: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTANDIS_CACHE", "off")
    desk = Desk(visits)
    assert not desk.is_whole
    desk.type(VISITS, desk.text(VISITS) or (visits / VISITS).read_text(encoding="utf-8"))
    assert desk.faults(VISITS) == ()
    desk.type(VISITS, desk.text(VISITS).replace("stay.days", "stay.dayz"))
    assert [one.slug for one in desk.faults(VISITS)] == ["unknown-name"]


@pytest.mark.parametrize(
    ("written", "mended"),
    [("stay.reason is at work", "stay.reason is work"), ("（stay.reason is work)", "(stay.reason is work)")],
)
def test_a_label_and_a_sign_of_double_width_are_mended(desk: Desk, written: str, mended: str) -> None:
    vocabulary = desk.text("act/vocabulary.yaml").replace("work: work}", "work: at work}")
    (desk.root / "act/vocabulary.yaml").write_text(vocabulary, encoding="utf-8")
    fresh = Desk(desk.root)
    fresh.take(*fresh.read_whole({}))
    fresh.type(VISITS, fresh.text(VISITS).replace("when: stay.reason is work", f"when: {written}"))
    (fix,) = fixes_of(fresh, fresh.faults(VISITS)[0])
    (edits,) = fix.edits.values()
    assert f"when: {mended}" in applied(fresh.text(VISITS), edits)
