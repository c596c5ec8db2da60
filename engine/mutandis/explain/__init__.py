"""Explaining a decision: the tree from the verdict down to each fact, and the tree in words."""

from mutandis.explain.build import explain
from mutandis.explain.explanation import Explanation
from mutandis.explain.text import as_markdown, as_text

__all__ = ["Explanation", "as_markdown", "as_text", "explain"]
