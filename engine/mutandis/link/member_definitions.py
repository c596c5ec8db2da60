"""Definitions and presumptions hold for the members of lists: where a list variable reads such an attribute, it is
marked.
"""

from __future__ import annotations

from collections.abc import Mapping

from mutandis.condition.tree import Attribute, Expression, Fact
from mutandis.link.program import DerivedFact
from mutandis.link.reads import defined_of_members
from mutandis.link.rewriting import Variables, rewrite_in_scope, updated
from mutandis.link.rule_parts import Change
from mutandis.vocabulary import Vocabulary


def reading_definitions(derived: Mapping[str, DerivedFact], vocabulary: Vocabulary) -> Change | None:
    """The change that marks such attributes in an expression; None where no list has members with any."""
    terms = set(vocabulary.lists.values())
    facts = [one for name, one in vocabulary.facts.items() if name.partition(".")[0] in terms and one.has_presumption]
    defined = {one.name: one.type for one in facts}
    defined |= {name: one.type for name, one in defined_of_members(derived, vocabulary).items()}
    if not defined:
        return None

    def mark(node: Expression, scope: Variables) -> Expression | None:
        if not isinstance(node, Attribute):
            return None
        name = f"{scope.get(node.variable, '')}.{node.attribute}"
        return updated(node, defined=Fact(name, type=defined[name], span=node.span)) if name in defined else None

    return lambda node: rewrite_in_scope(node, mark, vocabulary)
