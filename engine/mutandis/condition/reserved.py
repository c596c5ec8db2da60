"""The words of the condition language, which name nothing else.

A vocabulary may not use them for a value of an enumeration, nor a condition for a variable; as part of a dotted name
(`order.number`) they are free.
"""

from __future__ import annotations

from typing import Final

CLOCK_WORDS: Final = frozenset({"today", "now"})
"""Names that stand for the day and the moment of the clock."""

RESERVED_WORDS: Final = CLOCK_WORDS | frozenset(
    (
        *("if", "then", "else", "and", "or", "not", "true", "false"),
        *("is", "one", "of", "present", "none", "within", "before", "after"),
        *("any", "every", "no", "at", "least", "most", "exactly", "in", "has", "where"),
        *("the", "number", "total", "end", "for", "fraction", "from", "to", "round", "up", "down"),
        *("case", "falls", "fall", "does", "under", "applies", "apply"),
    )
)
"""Every word of the language."""

CLOSING_WORDS: Final = frozenset({"present", "none", "true", "false", "applies", "apply", "today", "now"})
"""Words after which an operand is complete."""
