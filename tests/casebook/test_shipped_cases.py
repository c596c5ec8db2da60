"""Every case of the shipped rulebook holds, by the compiled rulebook and by the definition."""

from __future__ import annotations

import functools

import pytest

from mutandis.api import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.rulebook.case_file import CaseFile
from mutandis_tools.casebook.run import run_case
from mutandis_tools.opening import Opened, open_rulebook


@functools.cache
def _shipped() -> tuple[Opened, Rulebook]:
    opened = open_rulebook(None)
    assert opened.linked.program is not None
    return opened, Rulebook(opened.linked.program)


def _id(case: CaseFile) -> str:
    return f"{case.span.file}:{case.span.line}"


@pytest.mark.parametrize("case", open_rulebook(None).cases.cases, ids=_id)
def test_the_case_holds(case: CaseFile) -> None:
    opened, rulebook = _shipped()
    outcome = run_case(opened, rulebook, case)
    assert (outcome.status, [*outcome.differences, *outcome.diagnostics]) == ("passed", [])


@pytest.mark.parametrize("case", open_rulebook(None).cases.cases, ids=_id)
def test_the_definition_agrees(case: CaseFile) -> None:
    opened, rulebook = _shipped()
    outcome = run_case(opened, rulebook, case, interpreter(rulebook.program))
    assert (outcome.status, [*outcome.differences, *outcome.diagnostics]) == ("passed", [])
