"""Walking an expression, or changing parts of it.

Whoever construes a term, resolves a reference or reads a fact through a fiction rewrites trees in the same way: top
down, a node that is replaced is not entered again. Spans and types of nodes that stay are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import is_
from typing import Any, TypeVar

from mutandis.condition.tree import (
    And,
    Applies,
    Arithmetic,
    Attribute,
    Choice,
    Compare,
    EndOf,
    Expression,
    Extreme,
    Fact,
    FallsUnder,
    FractionOf,
    If,
    KindOfDay,
    Not,
    NumberOf,
    OneOf,
    Or,
    PeriodWithin,
    Present,
    Quantified,
    Rounded,
    TotalOf,
    Truth,
    WithinAfter,
    children,
)
from mutandis.datatypes import YES_NO
from mutandis.vocabulary import Vocabulary

Variables = Mapping[str, str]
"""The list variables in scope, and the term each stands for."""

_R = TypeVar("_R", bound=Any)


def updated(record: _R, **fields: Any) -> _R:
    """`record` with these fields; itself where each already is what it should be, member by member in a tuple.

    Most of a rulebook is read as it stands, and a copy of a rule costs more than a look at its parts.
    """
    for name, new in fields.items():
        old = getattr(record, name)
        if old is not new and not (
            isinstance(old, tuple) and isinstance(new, tuple) and len(old) == len(new) and all(map(is_, old, new))
        ):
            return replace(record, **fields)
    return record


def with_children(node: Expression, parts: Sequence[Expression]) -> Expression:
    """`node` with its direct subexpressions replaced, in the order of `tree.children`."""
    match node:
        case Not() | Present() | KindOfDay():
            return updated(node, operand=parts[0])
        case And() | Or():
            return updated(node, operands=tuple(parts))
        case Compare() | Arithmetic() | Extreme():
            return updated(node, left=parts[0], right=parts[1])
        case Rounded():
            return updated(node, value=parts[0], step=parts[1])
        case OneOf():
            return updated(node, left=parts[0], values=tuple(parts[1:]))
        case WithinAfter():
            return updated(node, subject=parts[0], length=parts[1], anchor=parts[2])
        case PeriodWithin():
            days = parts[2:]
            spans = tuple(zip(days[::2], days[1::2], strict=True))
            if all(
                a is b for span, old in zip(spans, node.suspended, strict=True) for a, b in zip(span, old, strict=True)
            ):
                spans = node.suspended
            return updated(node, period=parts[0], length=parts[1], suspended=spans)
        case EndOf():
            return updated(node, length=parts[0], anchor=parts[1])
        case If():
            return updated(node, condition=parts[0], consequent=parts[1], alternative=parts[2])
        case FractionOf():
            return updated(node, start=parts[0], end=parts[1])
        case Quantified():
            return updated(node, source=parts[0], body=parts[1])
        case NumberOf():
            return updated(node, source=parts[0], body=parts[1] if len(parts) > 1 else None)
        case TotalOf():
            return updated(node, value=parts[0], source=parts[1], body=parts[2] if len(parts) > 2 else None)
        case FallsUnder():
            return updated(node, subject=parts[0]) if parts else node
        case Attribute():
            defined = parts[0] if parts else None
            return updated(node, defined=defined) if isinstance(defined, Fact) else node
        case _:
            return node


def rewrite(node: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """`node` with every part for which `change` gives a replacement replaced; None means: look inside."""
    changed = change(node)
    if changed is not None:
        return changed
    parts = children(node)
    return with_children(node, [rewrite(part, change) for part in parts]) if parts else node


def walk(node: Expression) -> Iterator[Expression]:
    """`node` and everything inside it, outermost first."""
    yield node
    for part in children(node):
        yield from walk(part)


def facts_in(node: Expression | None) -> Iterator[str]:
    """The names of the facts that `node` reads."""
    if node is not None:
        for part in walk(node):
            if isinstance(part, Fact):
                yield part.name


def element_term(source: Expression, variables: Variables, vocabulary: Vocabulary) -> str:
    """The term of which `source`, a list, holds members; empty where the vocabulary does not say."""
    declared = None
    if isinstance(source, Fact):
        declared = vocabulary.facts.get(source.name)
    elif isinstance(source, Attribute):
        declared = vocabulary.facts.get(f"{variables.get(source.variable, '')}.{source.attribute}")
    return (declared.type.term or "") if declared else ""


def rewrite_in_scope(
    node: Expression,
    change: Callable[[Expression, Variables], Expression | None],
    vocabulary: Vocabulary,
    variables: Variables | None = None,
) -> Expression:
    """Like `rewrite`, telling `change` which list variables are in scope and of which term they are."""
    scope: Variables = variables or {}
    changed = change(node, scope)
    if changed is not None:
        return changed
    match node:
        case Quantified(variable=variable, source=source) | NumberOf(variable=variable, source=source):
            inner = {**scope, variable or "": element_term(source, scope, vocabulary)}
        case TotalOf(variable=variable, source=source):
            inner = {**scope, variable: element_term(source, scope, vocabulary)}
        case _:
            parts = children(node)
            return with_children(node, [rewrite_in_scope(p, change, vocabulary, scope) for p in parts])
    return with_children(
        node,
        [rewrite_in_scope(p, change, vocabulary, scope if p is node.source else inner) for p in children(node)],
    )


def conjunction(parts: Sequence[Expression]) -> Expression:
    """All of `parts`: `true` for none, the part itself for one, nested conjunctions flattened."""
    flat: list[Expression] = []
    for part in parts:
        flat.extend(part.operands if isinstance(part, And) else (part,))
    if not flat:
        return Truth(True, type=YES_NO)
    return flat[0] if len(flat) == 1 else And(tuple(flat), type=YES_NO)


def disjunction(parts: Sequence[Expression]) -> Expression:
    """Any of `parts`: `false` for none, the part itself for one, nested disjunctions flattened, equal ones once."""
    flat: list[Expression] = []
    for part in parts:
        for one in part.operands if isinstance(part, Or) else (part,):
            if one not in flat:
                flat.append(one)
    if not flat:
        return Truth(False, type=YES_NO)
    return flat[0] if len(flat) == 1 else Or(tuple(flat), type=YES_NO)


def negation(part: Expression) -> Expression:
    """Not `part`; a double negation falls away."""
    return part.operand if isinstance(part, Not) else Not(part, type=YES_NO)


def choices_in(node: Expression) -> Iterator[str]:
    """The enumerated values that `node` names."""
    for part in walk(node):
        if isinstance(part, Choice):
            yield part.value


def provisions_in(node: Expression) -> Iterator[tuple[str, str]]:
    """The provisions that `node` refers to by `falls under` and `applies`, as first and last citation."""
    for part in walk(node):
        if isinstance(part, FallsUnder):
            yield from part.ranges
        elif isinstance(part, Applies):
            yield (part.citation, part.citation)
