"""The library's rulebook, decided by the compiled rulebook and by the interpreter."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutandis.api import Rulebook
from mutandis.backends.interpret import interpreter
from mutandis.questions import Decider

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return Rulebook.load(LIBRARY)


@pytest.fixture(params=["compiled", "reference"])
def library(request: pytest.FixtureRequest, rulebook: Rulebook) -> Decider:
    return rulebook if request.param == "compiled" else interpreter(rulebook.program)
