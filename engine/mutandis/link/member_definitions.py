"""Definitions hold for the members of lists: where a list variable reads a defined attribute, it is marked."""

from __future__ import annotations

from collections.abc import Mapping

from mutandis.condition.tree import Attribute, Expression, Fact
from mutandis.link.program import DerivedFact
from mutandis.link.reads import defined_of_members
from mutandis.link.rewriting import Variables, rewrite_in_scope, updated
from mutandis.link.rule_parts import Change
from mutandis.vocabulary import Vocabulary


def reading_definitions(derived: Mapping[str, DerivedFact], vocabulary: Vocabulary) -> Change | None:
    """The change that marks defined attributes in an expression; None where no list has members with any."""
    defined = defined_of_members(derived, vocabulary)
    if not defined:
        return None

    def mark(node: Expression, scope: Variables) -> Expression | None:
        if not isinstance(node, Attribute):
            return None
        fact = defined.get(f"{scope.get(node.variable, '')}.{node.attribute}")
        return None if fact is None else updated(node, defined=Fact(fact.name, type=fact.type, span=node.span))

    return lambda node: rewrite_in_scope(node, mark, vocabulary)
