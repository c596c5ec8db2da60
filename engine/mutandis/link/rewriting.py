"""Walking an expression, or changing parts of it.

Whoever construes a term, resolves a reference or reads a fact through a fiction rewrites trees in the same way: top
down, a node that is replaced is not entered again. Spans and types of nodes that stay are kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import is_
from typing import Any, TypeVar

from mutandis.condition.tree import (
    And,
    Applies,
    Attribute,
    Expression,
    Fact,
    FallsUnder,
    Not,
    NumberOf,
    Or,
    Quantified,
    TotalOf,
    Truth,
    has_parts,
    mapped,
    walk,
)
from mutandis.dataclass import replace
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


def _inside(node: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """`node` with `change` made to what is directly inside it; a definition of a member stays one."""
    changed = mapped(node, change)
    if isinstance(changed, Attribute) and not isinstance(changed.defined, Fact | None):
        return node
    return changed


def rewrite(node: Expression, change: Callable[[Expression], Expression | None]) -> Expression:
    """`node` with every part for which `change` gives a replacement replaced; None means: look inside."""
    changed = change(node)
    if changed is not None:
        return changed
    return _inside(node, lambda part: rewrite(part, change)) if has_parts(node) else node


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
        case _ if not has_parts(node):
            return node
        case _:
            return _inside(node, lambda part: rewrite_in_scope(part, change, vocabulary, scope))
    return _inside(
        node, lambda part: rewrite_in_scope(part, change, vocabulary, scope if part is node.source else inner)
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


def provisions_in(node: Expression) -> Iterator[tuple[str, str]]:
    """The provisions that `node` refers to by `falls under` and `applies`, as first and last citation."""
    for part in walk(node):
        if isinstance(part, FallsUnder):
            yield from part.ranges
        elif isinstance(part, Applies):
            yield (part.citation, part.citation)
