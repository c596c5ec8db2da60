"""Logs to try: in a file of SQLite, and in a PostgreSQL that is started for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.postgres import Postgres, postgres

from mutandis import Rulebook
from mutandis_log import DecisionLog, Draft

__all__ = ["postgres"]

LIBRARY = Path(__file__).parents[1] / "library"
ADULT: dict[str, object] = {"reader.class": "adult", "reader.fees_owed": "0 won", "loan.length": "10 days"}


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The rulebook of a library."""
    return Rulebook.load(LIBRARY)


def draft_of(book: Rulebook, facts: dict[str, object] | None = None, key: str = "", asker: str = "desk") -> Draft:
    """What is put on record of a decision about lending a book."""
    record = book.record("lend book", facts or ADULT)
    question = {"action": "lend book", "by": None, "at": None, "law_as_of": None, "holidays": None}
    decision = book.decide("lend book", facts or ADULT)
    return Draft.of_decision(decision, record.facts, question, asker=asker, key=key)


@pytest.fixture(params=["sqlite", "postgresql"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[DecisionLog]:
    """An empty log in each kind of database."""
    if request.param == "sqlite":
        place = str(tmp_path / "decisions.sqlite")
    else:
        server: Postgres = request.getfixturevalue("postgres")
        place = server.url
    opened = DecisionLog(place)
    yield opened
    if request.param == "postgresql":
        with opened._engine.begin() as connection:
            for table in ("decision_log", "decision_log_marks"):
                connection.exec_driver_sql(f"TRUNCATE {table}")
    opened.close()
