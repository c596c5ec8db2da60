"""Which rulebook answers: named, by the variable, around the file, around the person, shipped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from mutandis_tools.location import NoRulebookError, locate_rulebook

LAW = """\
law: hostel
title: Hostels Act
short: Hostels
rank: 1
instruments:
  - {id: Act No. 1, promulgated: 2020-01-01, enforced: 2020-01-01}
"""
VOCABULARY = """\
terms:
  lodger: {role: yes, label: lodger}
  call:
    label: call
    attributes:
      at_night: {type: yes/no, question: Is it night?}
actions:
  make call: {label: make a call, default: silent, by: lodger}
"""
RULES = """\
law: hostel
article: 1
title: Calls
rules:
  - at: main
    summary: No calls at night.
    must_not: make call
    by: lodger
    when: call.at_night
"""
CASE = """\
case: A call at night
law: hostel
facts: {call.at_night: yes}
ask: {decide: make call, by: lodger}
expect: {verdict: forbidden}
"""


@pytest.fixture
def hostel(tmp_path: Path) -> Path:
    """A rulebook with one law and one case."""
    root = tmp_path / "hostel"
    (root / "hostel" / "cases").mkdir(parents=True)
    for name, text in (("law", LAW), ("vocabulary", VOCABULARY), ("001-calls", RULES), ("cases/calls", CASE)):
        (root / "hostel" / f"{name}.yaml").write_text(text)
    return root


@pytest.fixture
def nobody(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The program without a rulebook named."""
    monkeypatch.delenv("MUTANDIS_RULEBOOK")
    return run


def test_the_order_is_named_variable_around_the_file_around_the_person_shipped(
    hostel: Path, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, variable = hostel / "hostel" / "cases" / "calls.yaml", {"MUTANDIS_RULEBOOK": str(library)}
    monkeypatch.chdir(tmp_path)
    assert locate_rulebook(hostel, case, variable).path == hostel
    assert locate_rulebook(None, case, variable).path == library
    assert locate_rulebook(None, case, {}).path == hostel
    assert locate_rulebook(None, tmp_path / "loose.yaml", {}).path is None
    monkeypatch.chdir(hostel / "hostel" / "cases")
    assert locate_rulebook(None, tmp_path / "loose.yaml", {}).path == hostel
    assert locate_rulebook(None, None, {}).path == hostel


def test_a_rulebook_is_found_from_a_file_that_lies_beside_its_laws(hostel: Path) -> None:
    assert locate_rulebook(None, hostel / "loose.yaml", {}).path == hostel


def test_what_is_no_rulebook_is_refused(hostel: Path, tmp_path: Path) -> None:
    for path, message in (
        (tmp_path / "none", "there is no rulebook folder"),
        (tmp_path / "none.bundle", "there is no bundle"),
        (hostel / "hostel", "is the folder of one law"),
        (hostel / "hostel" / "cases", "holds no rulebook"),
    ):
        with pytest.raises(NoRulebookError, match=message):
            locate_rulebook(path, None, {})
        with pytest.raises(NoRulebookError, match=f"{message}.*MUTANDIS_RULEBOOK|MUTANDIS_RULEBOOK.*{message}"):
            locate_rulebook(None, None, {"MUTANDIS_RULEBOOK": str(path)})


@pytest.mark.parametrize(
    "command",
    [
        ("decide", "--list"), ("test",), ("check",), ("coverage",), ("show", "act/1"), ("graph", "act/1"),
        ("diff", "OLD"), ("assess", "a-call"), ("explain", "a-call"), ("why-not", "a-call"), ("when", "a-call"),
        ("ask", "make call"), ("chapters", "--out", "pages"), ("bundle", "file.bundle"),
    ],
    ids=lambda one: str(one[0]),
)  # fmt: skip
def test_a_path_that_does_not_exist_is_wrong_use_in_every_command(
    nobody: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, library: Path, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("MUTANDIS_RULEBOOK", str(tmp_path / "none"))
    monkeypatch.chdir(tmp_path)
    result = nobody(*(library if part == "OLD" else part for part in command))
    assert result.exit_code == 2
    assert "none`, which MUTANDIS_RULEBOOK names" in result.output


@pytest.mark.parametrize("command", ["decide", "test", "assess", "explain", "why-not", "when"])
def test_a_case_in_a_rulebook_is_answered_by_that_rulebook(nobody: Run, hostel: Path, command: str) -> None:
    result = nobody(command, hostel / "hostel" / "cases" / "calls.yaml")
    assert result.exit_code == 0, result.output
    assert result.output.rstrip().endswith(f", {hostel}")


def test_the_bearer_and_the_law_of_a_case_must_be_the_rulebooks(nobody: Run, hostel: Path, library: Path) -> None:
    case = hostel / "hostel" / "cases" / "calls.yaml"
    other = nobody("decide", case, "--rulebook", library)
    assert other.exit_code == 1
    assert "the rulebook has no law `hostel`" in other.output
    assert "name the rulebook that has it with `--rulebook`" in other.output
    assert other.output.endswith("\n1 error\n")
    case.write_text(CASE.replace("by: lodger", "by: lodgr"))
    checked = nobody("check", hostel)
    assert checked.exit_code == 1
    assert "the vocabulary has no role `lodgr`" in checked.output
    assert "did you mean `lodger`?" in checked.output
    assert f"{case}:4:" in checked.output


@pytest.mark.parametrize(
    ("expected", "unknown"),
    [
        ("by: [lodgr]", "the vocabulary has no role `lodgr`"),
        ("to: [lodger, call]", "the vocabulary has no role `call`"),
        ("falls_on: lodgr", "the vocabulary has no role `lodgr`"),
        ("missing: [holidays, call.at_nigt]", "the vocabulary has no fact `call.at_nigt`"),
        ("limits: [{at: 1, parameter: call.at_nigt}]", "the vocabulary has no fact `call.at_nigt`"),
    ],
)
def test_what_a_case_expects_of_roles_and_facts_must_be_the_rulebooks(
    nobody: Run, hostel: Path, expected: str, unknown: str
) -> None:
    case = hostel / "hostel" / "cases" / "calls.yaml"
    case.write_text(CASE.replace("forbidden", f"forbidden, {expected}"))
    checked = nobody("check", hostel)
    assert checked.exit_code == 1
    assert unknown in checked.output
    column = len("expect: {verdict: forbidden, ") + expected.index(unknown.split("`")[1]) + 1
    assert f"{case}:5:{column}" in checked.output
    case.write_text(CASE.replace("forbidden", "forbidden, by: [lodger], missing: [], falls_on: []"))
    assert nobody("check", hostel).exit_code == 0


def test_one_bad_case_ends_no_run(nobody: Run, hostel: Path) -> None:
    case = hostel / "hostel" / "cases" / "calls.yaml"
    bad = CASE.replace("A call at night", "Nobody").replace("by: lodger", "by: lodgr")
    wrong = CASE.replace("A call at night", "Wrong").replace("forbidden", "permitted")
    case.write_text("---\n".join((CASE, bad, wrong)))
    tested = nobody("test", hostel)
    assert tested.exit_code == 1
    assert "3 cases: 1 passed, 1 failed, 1 broken\n" in tested.output
    (case.parent / "unreadable.yaml").write_text("case: x\nlaw: hostel\nask: {decide: make call\n")
    assert "4 cases: 1 passed, 1 failed, 2 broken\n" in nobody("test", hostel).output
    decided = nobody("decide", case)
    assert decided.exit_code == 1
    assert decided.output.count("make a call: forbidden") == 2
    assert "the vocabulary has no role `lodgr`" in decided.output


def test_the_place_of_a_fault_is_the_path_that_was_typed(
    nobody: Run, hostel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = hostel / "hostel" / "cases" / "calls.yaml"
    case.write_text(CASE.replace("at_night", "at_nigt"))
    monkeypatch.chdir(hostel.parent)
    for command in ("decide", "test"):
        assert "--> hostel/hostel/cases/calls.yaml:3:" in nobody(command, "hostel/hostel/cases/calls.yaml").output
    monkeypatch.chdir(hostel / "hostel")
    assert "--> cases/calls.yaml:3:" in nobody("decide", "cases/calls.yaml").output


def test_one_file_of_a_rulebook_can_be_checked(nobody: Run, hostel: Path) -> None:
    rules = hostel / "hostel" / "001-calls.yaml"
    case = hostel / "hostel" / "cases" / "calls.yaml"
    rules.write_text(RULES.replace("call.at_night", "call.at_nigt"))
    result = nobody("check", rules)
    assert result.exit_code == 1
    assert "MUT050" in result.output
    assert nobody("check", case).exit_code == 0
    shutil.copy(rules, hostel.parent / "loose.yaml")
    assert nobody("check", hostel.parent / "loose.yaml").exit_code == 2


def test_a_bundle_serves_where_a_rulebook_decides(nobody: Run, hostel: Path, tmp_path: Path) -> None:
    case, bundle = hostel / "hostel" / "cases" / "calls.yaml", tmp_path / "hostel.bundle"
    assert nobody("bundle", bundle, "--rulebook", hostel).exit_code == 0
    for command in ("decide", "test", "assess", "explain", "why-not", "when"):
        folder, file = (nobody(command, case, "--rulebook", book) for book in (hostel, bundle))
        assert (file.exit_code, file.output.replace(str(bundle), str(hostel))) == (folder.exit_code, folder.output)
    looked = nobody("show", "hostel/1", "--rulebook", bundle)
    assert looked.exit_code == 2
    assert "has no rule files to look at" in looked.output
