"""Reading and writing are inverse to each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.strategies.conditions import conditions

from mutandis.condition.parse import parse_condition
from mutandis.condition.render import render
from mutandis.condition.tree import Expression


@settings(max_examples=200, deadline=None)
@given(conditions())
def test_reading_what_was_written_gives_the_same_tree(tree: Expression) -> None:
    parsed = parse_condition(render(tree))
    assert parsed.diagnostics == ()
    assert parsed.tree == tree


@settings(max_examples=100, deadline=None)
@given(conditions())
def test_writing_what_was_read_in_canonical_form_gives_the_same_text(tree: Expression) -> None:
    text = render(tree)
    again = parse_condition(text).tree
    assert again is not None
    assert render(again) == text


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("a.b  and   not(c.d)", "a.b and not c.d"),
        ("((a.b)) or (c.d and e.f)", "a.b or (c.d and e.f)"),
        ("a.b or c.d and e.f", "a.b or (c.d and e.f)"),
        ("(a.b or c.d) and e.f", "(a.b or c.d) and e.f"),
        ("a.b and (c.d and e.f)", "a.b and (c.d and e.f)"),
        ("(a.b - c.d) - e.f <= 1 days", "a.b - c.d - e.f <= 1 day"),
        ("a.b - (c.d - e.f) <= (2 * 3) * 4", "a.b - (c.d - e.f) <= 2 * 3 * 4"),
        ("(a.b + c.d) * 6/4 > 20000 won", "(a.b + c.d) * 3/2 > 20000 won"),
        ("the number of l.m >= 1", "(the number of l.m) >= 1"),
        ("a.b is not present", "a.b is none"),
        ("a.b is not none", "a.b is present"),
        ("a.b is not within 3 day after c.d", "not a.b is within 3 days after c.d"),
        ("43(5) does not apply", "not 43(5) applies"),
        ("(not a.b) is true", "(not a.b) is true"),
        ("if a.b then c.d else (if e.f then g.h else i.j)", "if a.b then c.d else if e.f then g.h else i.j"),
        ("case falls under (1)  proviso , 97(1)2   to 97(1)4", "case falls under (1) proviso, 97(1)2 to 97(1)4"),
        (r'a.b is "say \"x\" \\ y"', r'a.b is "say \"x\" \\ y"'),
        ("a.b\n  and\n  c.d", "a.b and c.d"),
    ],
)
def test_the_canonical_form(written: str, canonical: str) -> None:
    tree = parse_condition(written).tree
    assert tree is not None
    assert render(tree) == canonical
