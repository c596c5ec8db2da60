"""A rulebook read beside another: case files that both have in the same words are what the other read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import LIBRARY

from mutandis.rulebook import rereading
from mutandis.rulebook.case_file import CasesRead, cases_of, load_cases
from mutandis.rulebook.yaml_source import YamlFile
from mutandis_tools.opening import open_kept, open_rulebook
from mutandis_tools.store.known_cases import KnownCases

CASES = "statute/cases/001-lending.yaml"


def _copies(folder: Path) -> tuple[Path, Path]:
    """The library twice, with a second case file that stays as it is."""
    roots = folder / "old", folder / "new"
    for root in roots:
        shutil.copytree(LIBRARY, root)
        shutil.copy(root / CASES, root / "statute/cases/002-more.yaml")
    return roots


def test_only_a_case_file_that_says_something_else_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = _copies(tmp_path)
    (new / CASES).write_text((new / CASES).read_text().replace("10 days", "11 days"))
    read: list[str] = []
    again = KnownCases(open_rulebook(old).cases)
    wrapped = cases_of

    def counted(yaml_file: YamlFile, name: str) -> CasesRead:
        read.append(name)
        return wrapped(yaml_file, name)

    monkeypatch.setattr(rereading, "cases_of", counted)
    found, fresh = load_cases(new, again), load_cases(new)
    assert read == [CASES]
    assert found.cases == fresh.cases and found.files == fresh.files
    assert [case.places for case in found.cases] == [case.places for case in fresh.cases]
    assert [case.span for case in found.cases] == [case.span for case in fresh.cases]


def test_a_file_with_faults_is_read_again_and_has_them(tmp_path: Path) -> None:
    old, new = _copies(tmp_path)
    for root in (old, new):
        (root / CASES).write_text((root / CASES).read_text().replace("verdict: permitted", "verdict: allowed", 1))
    found = load_cases(new, KnownCases(open_rulebook(old).cases))
    assert found.diagnostics == load_cases(new).diagnostics != ()


def test_a_rulebook_opened_beside_another_is_kept_as_one_opened_alone(tmp_path: Path) -> None:
    old, new = _copies(tmp_path)
    (new / CASES).write_text((new / CASES).read_text().replace("10 days", "11 days"))
    beside = open_kept(open_rulebook(old).location)
    first = open_kept(open_rulebook(new).location, again=lambda: KnownCases(beside.cases))
    again = open_kept(open_rulebook(new).location)
    assert first.cases.cases == again.cases.cases == load_cases(new).cases
