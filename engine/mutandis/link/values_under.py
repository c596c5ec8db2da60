"""`X falls under P` becomes the values of X that the provisions in P create (S37)."""

from __future__ import annotations

from mutandis.citation import CitationRange, parse_citation
from mutandis.condition.tree import Attribute, Choice, Expression, Fact, FallsUnder, OneOf
from mutandis.datatypes import YES_NO
from mutandis.link.provisions import values_created_by
from mutandis.link.rewriting import Variables, rewrite_in_scope
from mutandis.vocabulary import FactDeclaration, Vocabulary


def expand_values(node: Expression, vocabulary: Vocabulary) -> Expression:
    """`node` with each `X falls under P` as a list of values; one of an undeclared or other fact stays as it stands."""

    def change(part: Expression, variables: Variables) -> Expression | None:
        if not isinstance(part, FallsUnder) or part.subject is None:
            return None
        declared = _declaration(part.subject, variables, vocabulary)
        if declared is None or declared.type.kind != "enum":
            return None
        ranges = [CitationRange(parse_citation(first), parse_citation(last)) for first, last in part.ranges]
        choices = tuple(Choice(value, type=declared.type) for value in values_created_by(declared, ranges))
        return OneOf(part.subject, choices, part.negated, span=part.span, type=YES_NO)

    return rewrite_in_scope(node, change, vocabulary)


def _declaration(subject: Expression, variables: Variables, vocabulary: Vocabulary) -> FactDeclaration | None:
    if isinstance(subject, Fact):
        return vocabulary.facts.get(subject.name)
    if isinstance(subject, Attribute):
        return vocabulary.facts.get(f"{variables.get(subject.variable, '')}.{subject.attribute}")
    return None
