"""Definitions hold for the members of lists: where a list variable reads a defined attribute, it is marked."""

from __future__ import annotations

from collections.abc import Mapping

from mutandis.condition.tree import Attribute, Expression, Fact
from mutandis.link.program import DerivedFact
from mutandis.link.rewriting import Variables, rewrite_in_scope, updated
from mutandis.link.rule_parts import Change
from mutandis.vocabulary import Vocabulary


def defined_of_members(derived: Mapping[str, DerivedFact], vocabulary: Vocabulary) -> Mapping[str, DerivedFact]:
    """The derived facts, by name, that are attributes of members of lists. A fiction is no definition."""
    terms = set(vocabulary.lists.values())
    # By name first: a fact of a bundle is read when it is looked at.
    named = [name for name in derived if name.partition(".")[0] in terms]
    return {name: derived[name] for name in named if not derived[name].base}


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
