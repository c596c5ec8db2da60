"""The pages on reading and counting say what the tools do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.text.official_texts import LAWS, official_text

from mutandis_text.findings import FINDING_KINDS
from mutandis_text.quantities.find import find_quantities
from mutandis_text.structure.inventory import take_inventory

_PAGES = Path(__file__).resolve().parents[2] / "docs" / "text"


def test_every_finding_stands_in_the_table_once() -> None:
    page = (_PAGES / "reading.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (MUT6\d\d) \| ([a-z-]+) \| (\w+) \|", page, re.MULTILINE)
    assert rows == [(kind.code, kind.slug, kind.severity.value) for kind in sorted(FINDING_KINDS, key=lambda k: k.code)]


@pytest.mark.parametrize(("column", "law"), list(enumerate(LAWS)))
def test_the_table_of_counts_is_what_the_inventory_says(column: int, law: str) -> None:
    page = (_PAGES / "counting.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z ,():-]+?) \| (\d+) \| (\d+) \| (\d+) \|$", page, re.MULTILINE)
    told = {name: int(figures[column]) for name, *figures in rows}
    found = take_inventory(official_text(law))
    assert told == {
        "articles live": found.articles["live"],
        "articles deleted": found.articles["deleted"],
        "articles moved away": found.articles["moved"],
        "paragraphs": found.counts["paragraphs"],
        "subparagraphs": found.counts["subparagraphs"],
        "items, sub-items": found.counts["items"] + found.counts["subitems"],
        "provisos": found.counts["provisos"],
        "latter parts": found.counts["latter_parts"],
        "paragraphs deleted": found.deleted_parts["paragraphs"],
        "addenda (instruments)": found.addenda,
        "in addenda: articles": found.in_addenda["articles"],
        "in addenda: paragraphs": found.in_addenda["paragraphs"],
        "in addenda: provisos": found.in_addenda["provisos"],
        "in addenda: latter parts": found.in_addenda["latter_parts"],
    }


@pytest.mark.parametrize(("law", "count"), [("act", 80), ("juvenile-decree", 42), ("probation-decree", 17)])
def test_the_number_of_quantities_in_each_body(law: str, count: int) -> None:
    assert sum(not one.in_addenda for one in find_quantities(official_text(law))) == count
