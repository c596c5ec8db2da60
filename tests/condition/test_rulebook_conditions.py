"""Every condition of the rulebook that ships is written in a form that reads as the same condition again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

from mutandis.condition.parse import parse_condition
from mutandis.condition.render import render
from mutandis.condition.tree import Node
from mutandis.rulebook.load import load_source

RULEBOOK = Path(__file__).parents[2] / "rulebook"


def conditions_in(part: object) -> Iterator[Node]:
    """The outermost conditions held anywhere in a part of the rulebook."""
    if isinstance(part, Node):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from conditions_in(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from conditions_in(getattr(part, field.name))


def test_every_condition_of_the_rulebook_survives_being_written_and_read() -> None:
    seen = 0
    for condition in conditions_in(load_source(RULEBOOK).articles):
        text = render(condition)  # type: ignore[arg-type]  # every Node is an Expression
        parsed = parse_condition(text)
        assert parsed.tree is not None, (text, parsed.diagnostics)
        assert render(parsed.tree) == text
        seen += 1
    assert seen > 50
