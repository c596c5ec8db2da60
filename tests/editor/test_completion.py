"""What is proposed at a place: keys and values as the table of fields has them, and what was typed is among it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from mutandis.rulebook.fields import DOCUMENTS
from mutandis.rulebook.fields.table import Table
from mutandis_tools.editor.completion import Proposals, propose
from mutandis_tools.editor.desk import Desk
from mutandis_tools.editor.spots import spot_at

RULES, CASES, LAW, VOCABULARY = "act/001-visits.yaml", "act/cases/visits.yaml", "act/law.yaml", "act/vocabulary.yaml"
RULE = "rules:\n  - at: (3)\n    summary: Something.\n"


def proposed(desk: Desk, file: str, written: str, below: str = "") -> Proposals:
    """What is proposed at the end of `written`, with `below` after it in the file."""
    desk.type(file, written + below)
    return propose(desk, file, written.count("\n"), len(written) - written.rfind("\n") - 1)


@pytest.mark.parametrize(
    ("file", "written", "there", "not_there"),
    [
        # keys, in blocks and in `{}`
        (RULES, f"{RULE}    penalty: {{", "of", "when"),
        (RULES, f"{RULE}    penalty: {{of: 1(1), ", "any", "of"),
        (RULES, f"{RULE}    must: stop visit\n    deadline:\n      ", "clock", "when"),
        (RULES, f"{RULE}    may: stop visit\n    ", "requires", "as"),
        (RULES, f"{RULE}    define: stay.days\n    as:\n      1: {{when: visit.overheard, ", "value", "when"),
        (RULES, "law: act\n", "not_modelled", "rules: {}"),
        (RULES, "law: act\narticle: 1\nexcused:\n  - at: (1)\n    ", "reason", "when"),
        (LAW, "law: act\n", "instruments", "law"),
        (LAW, "law: act\ninstruments:\n  - id: Act No. 1\n    ", "promulgated", "short"),
        (LAW, "law: act\ninstruments:\n  - id: Act No. 1\n    enforced_parts:\n      - ", "provisions", "id"),
        ("calendar/kr.yaml", "calendar: kr\n", "weekly", "calendar"),
        ("calendar/kr.yaml", "weekly:\n  ", "sunday", "label"),
        ("calendar/kr.yaml", "weekly:\n  sunday:\n    ", "since", "weekly"),
        ("act/divisions.yaml", "divisions:\n  one:\n    ", "duties", "service"),
        (VOCABULARY, "terms:\n  stay:\n    attributes:\n      days: {type: duration, ", "unit", "type"),
        (VOCABULARY, "terms:\n  stay:\n    attributes:\n      on:\n        counting:\n          ", "clock", "type"),
        (CASES, "case: x\nlaw: act\nask: {", "decide", "facts"),
        (CASES, "case: x\nexpect:\n  limits:\n    - ", "margin", "verdict"),
        (CASES, "case: x\nfacts:\n  stay: {", "days", "stay.days"),
        # values
        (RULES, f"{RULE}    must: stop ", "stop visit", "stay.days"),
        (RULES, f"{RULE}    must:\n      - ", "stop visit", "stay.days"),
        (RULES, f"{RULE}    may: {{any: [", "stop visit", "stay.days"),
        (RULES, "law: ", "act", "warden"),
        (RULES, f"{RULE}    whole_law: ", "yes", "act"),
        (RULES, f"{RULE}    presume: ", "under this law", "yes"),
        (RULES, f"{RULE}    presume: not ", "not yet", "under this law"),
        (RULES, f"{RULE}    delegate: ", "presidential_decree", "act"),
        (RULES, f"{RULE}    define: stay.reason\n    as: ", "illness", "warden"),
        (RULES, f"{RULE}    deadline: ", "without_delay", "stop visit"),
        (RULES, f"{RULE}    deadline: by ", "stay.ended_on", "stop visit"),
        (RULES, f"{RULE}    deadline: by ", "stay.ended_on", "by"),
        (RULES, f"{RULE}    deadline: by ", "stay.ended_on", "without_delay"),
        (RULES, f"{RULE}    deadline: b", "by", "stop visit"),
        (RULES, f"{RULE}    by:\n      - ", "warden", "stay"),
        (RULES, f"{RULE}    must: stop visit\n    apply: 1(", "1(1)", "2"),
        (VOCABULARY, "actions:\n  stop stay: {default: ", "silent", "yes"),
        (VOCABULARY, "terms:\n  stay:\n    attributes:\n      days: {type: list of ", "list of call", "date"),
        (VOCABULARY, "terms:\n  stay:\n    attributes:\n      days: {type: money, unit: ", "days", "stay"),
        (VOCABULARY, "terms:\n  stay:\n    kind_of: ", "contact", "stop visit"),
        (CASES, "case: x\nfacts:\n  stay: {reason: ", "illness", "stay.days"),
        (CASES, "case: x\nask: {decide: stop visit, by: ", "warden", "stay"),
        (CASES, "case: x\nexpect:\n  missing: [", "stay.days", "stop visit"),
        (CASES, "case: x\nexpect:\n  verdict: ", "conflict", "stay.days"),
        # conditions
        (RULES, f"{RULE}    when: stay.reason ", "is one of", "stay.days"),
        (RULES, f"{RULE}    when: stay.days ", "<=", "is one of"),
        (RULES, f"{RULE}    when: stay.ended_on ", "is present", "is one of"),
        (RULES, f"{RULE}    when: stay.ended_on is ", "present", "illness"),
        (RULES, f"{RULE}    when: stay.reason is illness ", "and", "stay.days"),
        (RULES, f"{RULE}    when: case ", "falls under", "stay.days"),
        (RULES, f"{RULE}    when: today <= the end of ", "the month following that of", "month of"),
        (RULES, f"{RULE}    when: today <= the end of ", "stay.days", "of"),
        (RULES, f"{RULE}    when: today <= the end of the qu", "quarter of", "the quarter of"),
        (RULES, f"{RULE}    when: today <= the end of the half-year ", "preceding that of", "stay.ended_on"),
        (RULES, f"{RULE}    when: today <= the end of the month of ", "stay.ended_on", "quarter of"),
        (RULES, f"{RULE}    when: ", "case falls under", "and"),
    ],
)
def test_what_is_proposed_goes_there(desk: Desk, file: str, written: str, there: str, not_there: str) -> None:
    labels = [one.label for one in proposed(desk, file, written).listed]
    assert there in labels and not_there not in labels
    assert len(set(labels)) == len(labels)


def test_a_whole_action_takes_the_place_of_what_was_typed_of_it(desk: Desk) -> None:
    text = f"{RULE}    must: [stop vi"
    found = proposed(desk, RULES, text)
    assert [one.label for one in found.listed] == ["stop visit"]
    assert text[text.rfind("\n") + 1 :][found.start :] == "stop vi"


def test_to_whom_matters_are_left_is_proposed_however_it_is_written(visits: Path) -> None:
    file = visits / "act" / "002-calls.yaml"
    left = '  - {at: (2), summary: Left to rules of the house., delegate: "rules_of_the_house"}\n'
    note = "  - at: (3)\n    summary: Left too.\n    note: |\n      delegate: nobody\n    delegate: the_warden\n"
    file.write_text(file.read_text(encoding="utf-8") + left + note, encoding="utf-8")
    desk = Desk(visits)
    desk.take(*desk.read_whole({}))
    assert desk.standing.delegates == ("rules_of_the_house", "the_warden")
    labels = [one.label for one in proposed(desk, RULES, f"{RULE}    delegate: ").listed]
    assert "rules_of_the_house" in labels and "nobody" not in labels


@pytest.mark.parametrize("law", ["act/001", "act/law", "act/vocabulary", "act/cases"])
def test_nothing_is_proposed_in_a_comment(desk: Desk, law: str) -> None:
    file = next(name for name in (RULES, CASES, LAW, VOCABULARY) if name.startswith(law))
    assert proposed(desk, file, "# a remark ").listed == ()


def test_what_stands_behind_a_cursor_in_braces_is_given(desk: Desk) -> None:
    lines = ["ask: {de, by: warden}"]
    assert spot_at(lines, 0, len("ask: {de")).given == ("by",)


def test_a_value_in_braces_of_several_lines_stands_under_its_keys(desk: Desk) -> None:
    lines = ["facts:", "  stay: {days: 3 days,", "    reason: "]
    assert spot_at(lines, 2, len(lines[2])).path == ("facts", "stay", "reason")


SHIPPED = Path(__file__).parents[2] / "rulebook"
TABLES = [form for one in DOCUMENTS.values() for form in (one.table, *one.named.values()) if isinstance(form, Table)]
FIELDS = {key for table in TABLES for key in table.keys}


@pytest.mark.parametrize(
    "file",
    [
        "act/law.yaml",
        "act/divisions.yaml",
        "act/contact/042-suspension-of-visits.yaml",
        "act/discipline/108-kinds.yaml",
        "act/addenda/8728-4-earlier-breaches.yaml",
        "calendar/kr.yaml",
    ],
)
def test_every_key_that_stands_in_a_file_is_proposed_where_it_stands(file: str) -> None:
    desk = Desk(SHIPPED)
    text = (SHIPPED / file).read_text(encoding="utf-8")
    desk.type(file, text)
    sheet = desk.sheet(file)
    missed, seen = [], 0
    for row, line in enumerate(sheet.lines):
        key = re.match(r"(\s*(?:- )*)([a-z_]+):(?:\s|$)", line)
        if key is None or key[2] not in FIELDS or "construe" in spot_at(sheet.lines, row, len(key[1])).path:
            continue
        # The line as it is before its key is typed, the others as they are.
        lines = (*sheet.lines[:row], key[1], *sheet.lines[row + 1 :])
        desk._sheets[file] = replace(sheet, text="\n".join(lines))
        desk.typed[file] = desk._sheets[file].text
        labels = [one.label for one in propose(desk, file, row, len(key[1])).listed]
        seen += 1
        if key[2] not in labels:
            missed.append(f"{row + 1}: {line.strip()[:60]}")
    assert seen > 5 and missed == []
