"""`mutandis test`: cases run, differences told, JUnit written."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from tests.cli.conftest import Run

WRONG = """\
case: Wrong in every way
law: statute
at: 2020-03-01
facts:
  reader: {class: adult, fees_owed: 0 won}
  loan: {length: 10 days}
ask: {decide: lend book}
expect:
  verdict: forbidden
  cites: [1(1)2]
  limits: [{at: 1(1), parameter: loan.length, at_most: 29 days}]
---
case: Says what nobody declared
law: statute
facts: {reader.height: 3}
ask: {decide: lend book}
"""


def test_cases_that_hold_are_only_counted(run: Run, library: Path) -> None:
    result = run("test", library)
    assert (result.exit_code, result.output.splitlines()[0]) == (0, "8 cases: 8 passed")


def test_differences_show_what_was_expected_and_what_was_decided(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(WRONG)
    result = run("test", path)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == "FAILED Wrong in every way"
    assert lines[1].endswith("wrong.yaml:1")
    assert [line.split() for line in lines[2:4]] == [["verdict", "expected", "forbidden"], ["got", "permitted"]]
    assert [line.split() for line in lines[4:6]] == [["cites", "expected", "statute/1(1)2"], ["got", "statute/1(1)1"]]
    assert "at_most 29 days" in lines[6]
    assert "at_most 30 days, margin 20 days" in lines[7]
    assert "BROKEN Says what nobody declared" in result.output
    assert "MUT130 unknown-fact" in result.output
    assert lines[-2] == "2 cases: 0 passed, 1 failed, 1 broken"


def test_junit_has_a_suite_for_each_file(run: Run, tmp_path: Path) -> None:
    path, report = tmp_path / "wrong.yaml", tmp_path / "report.xml"
    path.write_text(WRONG)
    run("test", path, "--junit", report)
    (suite,) = ET.parse(report).getroot()
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("2", "1", "1")
    failure = suite[0].find("failure")
    assert failure is not None and failure.text is not None
    assert "verdict: expected forbidden, got permitted" in failure.text


def test_cases_can_be_chosen_by_name(run: Run, library: Path) -> None:
    assert run("test", library, "--only", "adult").output.startswith("1 case: 1 passed\n")
    assert run("test", library, "--only", "zebra").exit_code == 2


def test_the_reference_interpreter_gives_the_same_answers(run: Run, library: Path) -> None:
    assert run("test", library, "--reference").output == run("test", library).output


def test_a_folder_of_cases_beside_is_decided_by_the_rulebook_named(run: Run, library: Path, tmp_path: Path) -> None:
    """What `diff --save-cases` wrote is put to either rulebook before anybody keeps it."""
    saved = tmp_path / "saved" / "more"
    saved.mkdir(parents=True)
    text = (
        "case: for {days} days\ntests: ['1']\nlaw: statute\nfacts: {{loan.length: {days} days, reader.class: adult}}\n"
    )
    text += "ask: {{decide: lend book}}\nexpect: {{verdict: {verdict}}}\n"
    (saved.parent / "a.yaml").write_text(text.format(days=10, verdict="undetermined"))
    (saved / "b.yaml").write_text(text.format(days=99, verdict="permitted"))
    result = run("test", saved.parent, "--rulebook", library)
    assert result.exit_code == 1 and "2 cases: 1 passed, 1 failed" in result.output, result.output
    assert "FAILED for 99 days\n" in result.output and "b.yaml:1\n" in result.output
