"""Explaining a decision: the tree from the verdict down to each fact, and the tree in words.

Each name is imported when it is first used: words for a decision take nothing of what builds a tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mutandis.explain.build import explain as explain
    from mutandis.explain.build import explain_value as explain_value
    from mutandis.explain.explanation import Explanation as Explanation
    from mutandis.explain.explanation import ShownFact as ShownFact
    from mutandis.explain.text import as_markdown as as_markdown
    from mutandis.explain.text import as_text as as_text
    from mutandis.explain.text import value_as_text as value_as_text

_HOMES = {
    "explain": "build",
    "explain_value": "build",
    "Explanation": "explanation",
    "ShownFact": "explanation",
    "as_markdown": "text",
    "as_text": "text",
    "value_as_text": "text",
}

__all__ = ["Explanation", "ShownFact", "as_markdown", "as_text", "explain", "explain_value", "value_as_text"]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module `mutandis.explain` has no attribute `{name}`")
    from importlib import import_module

    return getattr(import_module(f"mutandis.explain.{home}"), name)
