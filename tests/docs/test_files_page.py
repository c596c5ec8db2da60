"""The page on files is what the schemas say."""

from __future__ import annotations

from tests.docs.files_page import PAGE, files_page


def test_the_page_on_files_is_what_the_schemas_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == files_page()


def test_every_key_of_a_rule_has_a_meaning_on_the_page() -> None:
    rows = [row for row in files_page().splitlines() if row.startswith("| `")]
    assert len(rows) > 60
    assert [row for row in rows if row.endswith("|  |")] == []
