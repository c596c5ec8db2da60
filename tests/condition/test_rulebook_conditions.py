"""Every condition of the rulebook that ships is written in a form that reads as the same condition again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

from mutandis.condition.check import check_condition
from mutandis.condition.parse import parse_condition
from mutandis.condition.render import render
from mutandis.condition.tree import Expression, Fact
from mutandis.link.rewriting import rewrite
from mutandis.rulebook.load import load_source

RULEBOOK = Path(__file__).parents[2] / "rulebook"


def conditions_in(part: object) -> Iterator[Expression]:
    """The outermost conditions held anywhere in a part of the rulebook."""
    if isinstance(part, Expression):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from conditions_in(item)
    elif is_dataclass(part):
        for field in fields(part):
            yield from conditions_in(getattr(part, field.name))


def _unmarked(node: Expression) -> Expression | None:
    """A fact without the clause that presumes its day: that stands at the rule, not in the condition."""
    return replace(node, presumed="", not_yet=False) if isinstance(node, Fact) and node.presumed else None


def test_every_condition_of_the_rulebook_survives_being_written_and_read() -> None:
    source = load_source(RULEBOOK)
    seen = 0
    for condition in conditions_in(source.articles):
        text = render(condition)
        parsed = parse_condition(text)
        assert parsed.tree is not None, (text, parsed.diagnostics)
        assert render(parsed.tree) == text
        # Guards may stand in other items of the list, so what they make sure of is taken as given.
        again = check_condition(
            parsed.tree,
            vocabulary=source.vocabulary,
            expected=condition.type,
            law="act",
            article="1",
            parameters_allowed=True,
            present=frozenset(source.vocabulary.facts),
        )
        assert again.tree == rewrite(condition, _unmarked)
        seen += 1
    assert seen > 50
