"""Every case of the shipped rulebook holds, by the compiled rulebook and by the definition."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from tests.shipped import shipped_opened

from mutandis.api import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.resources import rulebook_folder
from mutandis.rulebook.case_file import CaseFile, is_case_file
from mutandis.rulebook.load import walk_rulebook
from mutandis_tools.casebook.ask import Assessor
from mutandis_tools.casebook.run import run_case
from mutandis_tools.opening import Opened


@functools.cache
def _shipped() -> tuple[Opened, Rulebook, Assessor]:
    opened = shipped_opened()
    assert opened.linked.program is not None
    rulebook = Rulebook(opened.linked.program)
    return opened, rulebook, interpreter(rulebook.program)


@functools.cache
def _by_file() -> dict[str, list[CaseFile]]:
    files: dict[str, list[CaseFile]] = {}
    for case in _shipped()[0].cases.cases:
        files.setdefault(str(case.span.file), []).append(case)
    return files


def _differing(file: str, decider: Assessor | None) -> Iterator[tuple[str, str, list[object]]]:
    opened, rulebook, _ = _shipped()
    for case in _by_file()[file]:
        outcome = run_case(opened, rulebook, case, decider)
        differences = [*outcome.differences, *outcome.diagnostics]
        if outcome.status != "passed" or differences:
            yield f"{file}:{case.span.line}", outcome.status, differences


_FILES = [name for name, _ in walk_rulebook(rulebook_folder(), []) if is_case_file(name)]
"""Known before any of them is read: whoever gathers the tests need not wait for the rulebook."""


def test_every_case_is_in_a_file_that_is_tried() -> None:
    assert sorted(_by_file()) == sorted(_FILES)


@pytest.mark.parametrize("file", _FILES)
def test_the_cases_hold(file: str) -> None:
    assert list(_differing(file, None)) == []


@pytest.mark.parametrize("file", _FILES)
def test_the_definition_agrees(file: str) -> None:
    assert list(_differing(file, _shipped()[2])) == []
