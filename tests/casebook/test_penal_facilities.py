"""The second rulebook that ships: picked by its name, apart from the first, and all its cases hold."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mutandis import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.diagnostics import Severity
from mutandis.resources import is_rulebook_of_its_own, rulebook_folder, rulebook_names
from mutandis.rulebook.case_file import CaseFile
from mutandis.rulebook.load import load_source
from mutandis_tools.casebook.run import run_case
from mutandis_tools.location import NoRulebookError, locate_rulebook
from mutandis_tools.main import build_app
from mutandis_tools.opening import Opened, open_rulebook

NAME = "penal-facilities"
FOLDER = Path(str(rulebook_folder(NAME)))


@functools.cache
def opened() -> tuple[Opened, Rulebook]:
    found = open_rulebook(FOLDER)
    assert found.linked.program is not None
    return found, Rulebook(found.linked.program)


def test_it_is_named_and_no_part_of_the_rulebook_around_it() -> None:
    assert rulebook_names() == (NAME,)
    assert is_rulebook_of_its_own(rulebook_folder(NAME)) and not is_rulebook_of_its_own(rulebook_folder() / "act")
    around = load_source(rulebook_folder())
    assert "typology" not in around.laws and not any(name.startswith(NAME) for name in around.files)
    assert set(load_source(rulebook_folder(NAME)).laws) == {"typology"}


def test_a_program_loads_it_by_its_name() -> None:
    rulebook = Rulebook.load(NAME)
    assert set(rulebook.laws) == {"typology"} and "act" in Rulebook.load().laws
    found = rulebook.value("sentence.legal_basis", {"sentence.kind": "rodong_kyohwa"})
    assert (found.value, found.provisions) == ("criminal_code", ("typology/6(3)",))


def test_what_lies_at_the_path_goes_before_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    law = tmp_path / NAME / "harbour" / "law.yaml"
    law.parent.mkdir(parents=True)
    law.write_text("law: harbour\ntitle: Harbour Act\nshort: Harbour\nrank: 1\n", encoding="utf-8")
    (tmp_path / NAME / "vocabulary.yaml").write_text("terms: {ship: {label: ship}}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert set(Rulebook.load(NAME).laws) == {"harbour"}
    assert locate_rulebook(Path(NAME)).path == Path(NAME)


def test_the_command_finds_it_by_name_and_says_which_names_there_are() -> None:
    assert locate_rulebook(Path(NAME)).path == FOLDER
    assert locate_rulebook(None, None, {"MUTANDIS_RULEBOOK": NAME}).path == FOLDER
    with pytest.raises(NoRulebookError) as told:
        locate_rulebook(Path("penal-facilitys"))
    assert told.value.help.endswith("or the name of one that ships: penal-facilities")
    with pytest.raises(FileNotFoundError, match="no rulebook called `nowhere`"):
        rulebook_folder("nowhere")


def test_the_command_decides_a_case_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    ran = CliRunner().invoke(build_app(), ["decide", "re-education-for-life", "--rulebook", NAME])
    assert ran.exit_code == 0
    assert "re-education camp" in ran.stdout and "Typology Art. 6 (1)" in ran.stdout


@pytest.mark.parametrize("command", [["test", NAME], ["check", NAME], ["diff", NAME, NAME]])
def test_a_rulebook_is_named_as_an_argument_too(command: list[str]) -> None:
    ran = CliRunner().invoke(build_app(), command)
    assert ran.exit_code == 0, ran.output


def test_nothing_is_wrong_with_it() -> None:
    found, _ = opened()
    told = (*found.source.diagnostics, *found.linked.diagnostics)
    # What a description defines no rule of it reads: that is noted of each such fact, and of nothing else.
    assert {(fault.severity, fault.slug) for fault in told} == {(Severity.NOTE, "unread-fact")}


@pytest.mark.parametrize("case", open_rulebook(FOLDER).cases.cases, ids=lambda case: case.name)
def test_the_case_holds(case: CaseFile) -> None:
    found, rulebook = opened()
    for deciding in (None, interpreter(rulebook.program)):
        outcome = run_case(found, rulebook, case, deciding)
        assert (outcome.status, [*outcome.differences, *outcome.diagnostics]) == ("passed", [])
