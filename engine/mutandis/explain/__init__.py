"""Explaining a decision: the tree from the verdict down to each fact, and the tree in words."""

from mutandis.explain.build import explain, explain_value
from mutandis.explain.explanation import Explanation, ShownFact
from mutandis.explain.text import as_markdown, as_text, value_as_text

__all__ = ["Explanation", "ShownFact", "as_markdown", "as_text", "explain", "explain_value", "value_as_text"]
