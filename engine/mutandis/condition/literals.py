"""What a literal of the condition language says."""

from __future__ import annotations

from fractions import Fraction

from mutandis.condition.tree import Amount, Expression, Length, Money


def literal_number(node: Expression) -> int | Fraction | None:
    """The number behind a literal, in the base unit of its type; None for what is no such literal."""
    if isinstance(node, Length):
        return node.duration.amount
    return node.value if isinstance(node, Amount) else node.amount if isinstance(node, Money) else None
