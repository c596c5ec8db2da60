"""Every rule of meaning that code, tests or pages cite by its number has its text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "language" / "meaning.md"
ROWS = re.findall(r"^\| S(\d+) \| \S", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_rules_stand_in_order_and_once() -> None:
    assert [int(number) for number in ROWS] == list(range(1, 55))


@pytest.mark.parametrize("folder", ["engine", "tools", "tests", "docs"])
def test_every_rule_cited_has_its_text(folder: str) -> None:
    files = [path for ending in ("py", "md") for path in (ROOT / folder).rglob(f"*.{ending}")]
    cited = {
        (number, path.relative_to(ROOT).as_posix())
        for path in files
        for number in re.findall(r"\bS(\d{1,2})\b", path.read_text(encoding="utf-8"))
    }
    assert {one for one in cited if one[0] not in ROWS} == set()
