"""The reference page shows conditions that read, in their canonical form, and names every word of the language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mutandis.condition.parse import parse_condition
from mutandis.condition.render import render
from mutandis.condition.reserved import RESERVED_WORDS

PAGE = (Path(__file__).parents[2] / "docs" / "language" / "conditions.md").read_text(encoding="utf-8")
EXAMPLES = [
    line
    for block in re.findall(r"^```condition\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_is_a_condition_in_canonical_form(example: str) -> None:
    parsed = parse_condition(example)
    assert parsed.tree is not None, parsed.diagnostics
    assert render(parsed.tree) == example


@pytest.mark.parametrize("word", sorted(RESERVED_WORDS))
def test_every_word_of_the_language_is_shown(word: str) -> None:
    code = " ".join(re.findall(r"`[^`\n]+`", PAGE) + EXAMPLES)
    assert re.search(rf"\b{word}\b", code), word
