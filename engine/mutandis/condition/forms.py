"""How conditions are written: what binds how tightly.

How each kind of node is written stands beside how it is read, in `forms_logic` and `forms_values`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from mutandis.condition.tree import Expression

# How tightly a construct binds. A part that binds less tightly than its place asks for goes into parentheses.
BRANCH, EITHER, BOTH, NEGATION, STATEMENT, CHOSEN, SUM, PRODUCT, ATOM = range(9)

Place = Callable[[Expression, int], str]
"""A part of what is written, in a place that asks it to bind so tightly."""

Written = tuple[int, Callable[[Any, Place], str]]
"""How tightly a node binds, and how it is written around its parts."""

ANYTHING: Final = BRANCH
"""The place that any part may stand in as it is."""
