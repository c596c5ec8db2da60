"""The examples in docstrings hold."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

import mutandis
import mutandis_text
import mutandis_tools


def _modules() -> Iterator[str]:
    for package in (mutandis, mutandis_text, mutandis_tools):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield found.name


@pytest.mark.parametrize("name", sorted(_modules()))
def test_the_examples_of_the_module_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0
