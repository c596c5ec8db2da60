"""What a name in a condition stands for: the clock, a fact, an attribute of a list member, a value.

A dotted name is a fact or, where its first part is a bound variable, an attribute of the list member. A bare name is
the clock or a value of the fact it is compared with; it never reads as anything else.
"""

from __future__ import annotations

from collections.abc import Mapping

from mutandis.condition.tree import Attribute, Choice, Expression, Fact, Name, Now, Today
from mutandis.condition.type_rules import Fault, describe_type
from mutandis.datatypes import DATE, MOMENT, DataType
from mutandis.suggest import did_you_mean, nearest_names, suggest
from mutandis.vocabulary import FactDeclaration, Vocabulary

Variables = Mapping[str, str]
"""Bound variables, each with the term its list is of."""

_YES_NO_WORDS = frozenset({"yes", "no", "true", "false"})


def resolve_name(
    name: Name, against: DataType | None, vocabulary: Vocabulary, variables: Variables
) -> Expression | Fault:
    """The node that `name` stands for, with its type. `against` is the type of what it is compared with."""
    match name.text:
        case "today":
            return Today(span=name.span, type=DATE)
        case "now":
            return Now(span=name.span, type=MOMENT)
        case text if "." in text:
            return _resolve_dotted(name, vocabulary, variables)
        case text if text in variables:
            return Fault(
                "unknown-name",
                f"`{text}` is a whole member of a list",
                f"name one of its attributes, such as `{text}.{_an_attribute(variables[text], vocabulary)}`",
            )
        case _:
            return _resolve_bare(name, against, vocabulary)


def declaration_of(node: Expression, vocabulary: Vocabulary, variables: Variables) -> FactDeclaration | None:
    """The declaration of the fact or attribute that `node` is, None for anything else."""
    match node:
        case Fact(name=name):
            return vocabulary.facts.get(name)
        case Attribute(variable=variable, attribute=attribute) if variable in variables:
            return vocabulary.facts.get(f"{variables[variable]}.{attribute}")
        case _:
            return None


def _resolve_dotted(name: Name, vocabulary: Vocabulary, variables: Variables) -> Expression | Fault:
    head, _, attribute = name.text.partition(".")
    term = variables.get(head, head)
    declared = vocabulary.facts.get(f"{term}.{attribute}")
    if declared is None:
        return _undeclared(name.text, head, attribute, term, vocabulary)
    if head in variables:
        return Attribute(head, attribute, span=name.span, type=declared.type)
    return Fact(name.text, span=name.span, type=declared.type)


def _undeclared(text: str, head: str, attribute: str, term: str, vocabulary: Vocabulary) -> Fault:
    """Suggests the term's own attributes first, then the same attribute of another term, then any name that is near."""
    near = [f"{head}.{other}" for other in nearest_names(attribute, _attributes(term, vocabulary))]
    if head == term:
        near += [fact for fact in vocabulary.facts if fact.endswith(f".{attribute}")]
    if term in vocabulary.terms:
        return Fault(
            "unknown-name",
            f"`{text}` is not declared: {term} has no attribute `{attribute}`",
            suggest(near[:3], f"declare `{attribute}` for {term} in the vocabulary, or use another"),
        )
    terms = nearest_names(term, vocabulary.terms)
    near.sort(key=lambda fact: fact.partition(".")[0] not in terms)
    return Fault(
        "unknown-name",
        f"`{text}` is not declared: there is no term `{term}`",
        suggest(near[:3] or nearest_names(text, vocabulary.facts), f"declare the term `{term}`, or use another"),
    )


def _resolve_bare(name: Name, against: DataType | None, vocabulary: Vocabulary) -> Expression | Fault:
    text = name.text
    if against is not None and against.kind == "enum":
        if text in against.values or against.open:
            single = DataType("enum", values=against.values, open=against.open)
            return Choice(text, span=name.span, type=single)
        listed = f"the values are {', '.join(against.values)}"
        return Fault(
            "unknown-choice",
            f"`{text}` is not a value here",
            did_you_mean(text, against.values, listed),
        )
    if text in _YES_NO_WORDS:
        return Fault(
            "type-mismatch",
            f"`{text}` is not a value in a condition",
            "a yes/no fact stands by itself: write `term.fact`, or `not term.fact`",
        )
    if text in vocabulary.terms:
        example = f"`{text}.{_an_attribute(text, vocabulary)}`"
        return Fault("unknown-name", f"`{text}` is a term, not a fact", f"name one of its facts, such as {example}")
    holders = [fact for fact, declared in vocabulary.facts.items() if text in declared.type.values]
    if holders:
        return Fault(
            "unknown-name",
            f"`{text}` is a value, not a fact",
            f"say of which fact: `{holders[0]} is {text}`",
        )
    if against is not None:
        return Fault(
            "unknown-name",
            f"`{text}` is a bare name where {describe_type(against)} is asked for",
            did_you_mean(text, vocabulary.facts, "name a fact with its term (`term.fact`), or write the value"),
        )
    return Fault(
        "unknown-name",
        f"`{text}` is not declared",
        did_you_mean(text, vocabulary.facts, "name a fact with its term: `term.fact`"),
    )


def _attributes(term: str, vocabulary: Vocabulary) -> list[str]:
    prefix = f"{term}."
    return [fact.removeprefix(prefix) for fact in vocabulary.facts if fact.startswith(prefix)]


def _an_attribute(term: str, vocabulary: Vocabulary) -> str:
    return next(iter(_attributes(term, vocabulary)), "fact")
