"""Writes a condition in its one canonical form, on one line.

Reading what is written gives the same tree again; writing what was read in canonical form gives the same text. Only the
parentheses that are needed are written, and those around an `and` that stands inside an `or` and around `the end of …`
in a sum, which nobody should have to know the precedence for.
"""

from __future__ import annotations

from typing import Final

from mutandis.condition import forms_logic, forms_values
from mutandis.condition.forms import PRODUCT, Place, Written
from mutandis.condition.tree import And, Arithmetic, Expression, Or

_WRITTEN: Final[dict[type, Written]] = {**forms_logic.WRITTEN, **forms_values.WRITTEN}


def render(tree: Expression) -> str:
    """The condition `tree`, checked or not, as text.

    >>> from mutandis.condition.tree import Compare, Length, Name
    >>> render(Compare("<=", Name("leave.days"), Length(20, "day")))
    'leave.days <= 20 days'
    """
    return render_around(tree, _place)


def render_around(tree: Expression, place: Place) -> str:
    """`tree` as text, each of its parts as `place` gives it."""
    return _WRITTEN[type(tree)][1](tree, place)


def render_lines(tree: Expression) -> tuple[str, ...]:
    """The same in lines, one for each operand of an outermost `and` or `or`; joined with spaces they are `render`'s."""
    if not isinstance(tree, And | Or):
        return (render(tree),)
    word = "and" if isinstance(tree, And) else "or"
    first, *rest = forms_logic.operands_of(tree, _place)
    return (first, *(f"{word} {operand}" for operand in rest))


def _place(node: Expression, at_least: int) -> str:
    binding = _WRITTEN[type(node)][0]
    if isinstance(node, Arithmetic) and node.operator in ("*", "/"):
        binding = PRODUCT
    text = render(node)
    return text if binding >= at_least else f"({text})"
