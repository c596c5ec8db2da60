"""Definitions hold for the members of lists: where a list variable reads a defined attribute, it is marked."""

from __future__ import annotations

from collections.abc import Mapping

from mutandis.condition.tree import Attribute, Expression, Fact
from mutandis.link.program import DerivedFact
from mutandis.link.rewriting import Variables, rewrite_in_scope, updated
from mutandis.link.rule_parts import Change
from mutandis.vocabulary import Vocabulary


def list_terms(vocabulary: Vocabulary) -> frozenset[str]:
    """The terms that some list has as members."""
    return frozenset(declared.type.term for declared in vocabulary.facts.values() if declared.type.term)


def defined_of_members(derived: Mapping[str, DerivedFact], vocabulary: Vocabulary) -> Mapping[str, DerivedFact]:
    """The derived facts, by name, that are attributes of members of lists. A fiction is no definition."""
    terms = list_terms(vocabulary)
    return {name: fact for name, fact in derived.items() if not fact.base and name.partition(".")[0] in terms}


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
