"""Packaged data is found wherever the library lies."""

from __future__ import annotations

import json

import pytest

from mutandis.resources import data_folder, rulebook_folder, schema_text


def test_the_rulebook_that_ships_is_found() -> None:
    assert rulebook_folder().joinpath("act").joinpath("law.yaml").is_file()


def test_a_schema_is_found_by_its_kind() -> None:
    assert json.loads(schema_text("rules"))["$id"] == "urn:mutandis:schema:rules"


def test_data_that_does_not_ship_is_not_found() -> None:
    with pytest.raises(FileNotFoundError):
        schema_text("nothing")
    with pytest.raises(FileNotFoundError):
        data_folder("nothing")
