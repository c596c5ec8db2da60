"""Running the program in the test's own process, on the made-up statute of a library."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from mutandis_tools.main import build_app

LIBRARY = Path(__file__).parents[1] / "library"
Run = Callable[..., Result]


@pytest.fixture
def library() -> Path:
    """The folder of the made-up rulebook."""
    return LIBRARY


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the program with these arguments; without a rulebook among them, on the library's."""
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("MUTANDIS_RULEBOOK", os.fspath(LIBRARY))
    monkeypatch.setenv("MUTANDIS_CACHE", "off")

    def invoke(*arguments: object) -> Result:
        return CliRunner().invoke(build_app(), [str(argument) for argument in arguments])

    return invoke
