"""Conditions that only say that a fact is there which another one reads: in words they go without saying."""

from __future__ import annotations

from mutandis.condition import tree as t


def without_guards(parts: tuple[t.Expression, ...]) -> tuple[t.Expression, ...]:
    """The conditions of an `and` less those that only say that a fact is there which another one reads."""
    kept = tuple(
        part
        for part in parts
        if not (
            isinstance(part, t.Present)
            and not part.negated
            and any(_reads(other, part.operand) for other in parts if other is not part)
        )
    )
    return kept or parts


def _reads(node: t.Expression, wanted: t.Expression) -> bool:
    """True if `node` can only hold where `wanted` is there."""
    match node:
        case t.Or(operands=parts):
            return all(_reads(part, wanted) for part in parts)
        case t.Present(negated=negated):
            return not negated and node.operand == wanted
        case t.Not() | t.If():
            return False
        case _:
            return node == wanted or any(_reads(child, wanted) for child in t.children(node))
