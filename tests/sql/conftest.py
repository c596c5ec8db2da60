"""The rulebook whose queries are tried, and a PostgreSQL to try them in."""

from __future__ import annotations

import pytest
from tests.postgres import postgres
from tests.shipped import shipped

from mutandis import Rulebook

__all__ = ["postgres"]


@pytest.fixture(scope="session")
def book() -> Rulebook:
    """The shipped rulebook."""
    return shipped()
