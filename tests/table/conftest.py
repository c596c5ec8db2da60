"""What tests of tables share."""

from __future__ import annotations

import pytest
from tests.shipped import shipped

from mutandis import Rulebook


@pytest.fixture(scope="package")
def book() -> Rulebook:
    """The shipped rulebook."""
    return shipped()
