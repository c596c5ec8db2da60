"""The service on the made-up statute of a library, asked through HTTP without a network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from mutandis_service import Settings, create_app
from mutandis_service.callers import Authenticate
from mutandis_service.rulebooks import Rulebooks

LIBRARY = Path(__file__).parents[1] / "library"
Serve = Callable[..., TestClient]

ADULT = {"reader": {"class": "adult", "fees_owed": "0 won"}, "loan": {"length": "10 days"}}
"""An adult who asks for a book for ten days."""


@pytest.fixture(scope="session")
def loaded() -> Rulebooks:
    """The library's rulebook, loaded once."""
    return Rulebooks.of([f"library={LIBRARY}"])


@pytest.fixture
def serve(loaded: Rulebooks) -> Iterator[Serve]:
    """Serve with these settings; on the library's rulebook where none is named."""
    with ExitStack() as running:

        def start(*, authenticate: Authenticate | None = None, **settings: object) -> TestClient:
            chosen = Settings(**settings)  # type: ignore[arg-type] # a test names them
            rulebooks = None if chosen.rulebooks else loaded
            app = create_app(chosen, authenticate=authenticate, rulebooks=rulebooks)
            return running.enter_context(TestClient(app, raise_server_exceptions=False))

        yield start


@pytest.fixture
def client(serve: Serve) -> TestClient:
    """The service as it is without any settings."""
    return serve()
