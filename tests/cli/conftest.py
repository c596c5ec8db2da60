"""Running the program in the test's own process, on the made-up statute of a library."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.evaluate.books import LAW, VOCABULARY
from typer.testing import CliRunner, Result

from mutandis_tools.main import build_app

LIBRARY = Path(__file__).parents[1] / "library"
Run = Callable[..., Result]


def write_book(folder: Path, files: Mapping[str, str]) -> Path:
    """The folder of a new rulebook of one law, `act`, in the words of `tests.evaluate.books` where the files (text by
    path in the folder of the law) bring no others.
    """
    for name, text in {"law.yaml": LAW, "vocabulary.yaml": VOCABULARY, **files}.items():
        path = folder / "act" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


@pytest.fixture
def library() -> Path:
    """The folder of the made-up rulebook."""
    return LIBRARY


@pytest.fixture(scope="session")
def kept_of_the_laws(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shipped rulebook is kept when one of the tests has read it."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def run_on_the_laws(run: Run, monkeypatch: pytest.MonkeyPatch, kept_of_the_laws: Path) -> Run:
    """Run the program, without a rulebook among the arguments on the shipped one, as whoever has run it before."""
    monkeypatch.delenv("MUTANDIS_RULEBOOK")
    monkeypatch.setenv("MUTANDIS_CACHE", os.fspath(kept_of_the_laws))
    return run


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
