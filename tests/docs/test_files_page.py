"""The page on files and the schemas are what the tables of fields say."""

from __future__ import annotations

import pytest
from tests.docs.files_page import PAGE, SCHEMAS, files_page, schema_file

from mutandis.rulebook.fields import DOCUMENTS


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_schema_is_what_the_table_of_its_fields_says(kind: str) -> None:
    assert SCHEMAS.joinpath(f"{kind}.schema.json").read_text(encoding="utf-8") == schema_file(kind)


def test_the_page_on_files_is_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == files_page()


def test_every_key_of_a_rule_has_a_meaning_on_the_page() -> None:
    rows = [row for row in files_page().splitlines() if row.startswith("| `")]
    assert len(rows) > 60
    assert [row for row in rows if row.endswith("|  |")] == []
