"""The conditions and values of a file where they stand: which one is at a place, and what its words are.

Everything is told from the trees that the file was read as; a condition that does not read has none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Literal

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.link.rule_parts import located_expressions
from mutandis.rulebook.yaml_source import MappingNode, ScalarNode, SequenceNode, YamlNode
from mutandis.source import NOWHERE
from mutandis.vocabulary import Vocabulary
from mutandis_tools.editor.sheet import Sheet

WordKind = Literal[
    "property", "parameter", "enumMember", "number", "string", "keyword", "operator", "variable", "namespace"
]
KINDS: tuple[WordKind, ...] = (
    "property",
    "parameter",
    "enumMember",
    "number",
    "string",
    "keyword",
    "operator",
    "variable",
    "namespace",
)
"""What a word of a condition is, in the words editors have for it; `namespace` is a provision."""

_WORD = re.compile(r'"[^"]*"|[\w./-]*\w(?:\([0-9a-z-]+\)[0-9]*)*|(?:\([0-9a-z-]+\))+[0-9]*|<=|>=|[<>+*/-]')


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a condition: row and column from 0, its length in characters."""

    row: int
    column: int
    length: int
    kind: WordKind


def expressions_of(sheet: Sheet) -> Iterator[t.Expression]:
    """Every expression of the file as written."""
    for rule in sheet.rules:
        for _, expression in located_expressions(rule):
            yield expression


@dataclass(frozen=True, slots=True)
class Found:
    """The smallest condition or value around a place, and the term that each variable bound around it stands for."""

    node: t.Expression
    members: Mapping[str, str]


def find_around(sheet: Sheet, row: int, column: int) -> Found | None:
    """The smallest expression around the place that is more than a name or a literal, or that is all there is."""
    for root in expressions_of(sheet):
        if _holds(root, row, column):
            return _smallest(root, row, column, {})
    return None


def _smallest(node: t.Expression, row: int, column: int, members: Mapping[str, str]) -> Found:
    inside = dict(members)
    if isinstance(node, t.Quantified | t.NumberOf | t.TotalOf):
        term = node.source.type.term if node.source.type is not None else None
        if node.variable is not None and term:
            inside[node.variable] = term
    for child in t.children(node):
        if t.children(child) and _holds(child, row, column):
            return _smallest(child, row, column, inside)
    return Found(node, members)


def _holds(node: t.Expression, row: int, column: int) -> bool:
    span = node.span
    return span != NOWHERE and (span.line, span.column) <= (row + 1, column + 1) <= (span.end_line, span.end_column)


# --- words ------------------------------------------------------------------------------------------------------------


def words_of(sheet: Sheet, vocabulary: Vocabulary) -> tuple[Word, ...]:
    """The words of all conditions and values of the file, in its order."""
    leaves: dict[tuple[int, int], tuple[int, WordKind]] = {}
    variables: set[str] = set()
    for root in expressions_of(sheet):
        for node in t.walk(root):
            if isinstance(node, t.Quantified | t.NumberOf | t.TotalOf) and node.variable:
                variables.add(node.variable)
            kind = _kind(node, vocabulary)
            if kind is not None and node.span.line == node.span.end_line and node.span != NOWHERE:
                leaves[node.span.line, node.span.column] = (node.span.end_column, kind)
    if not leaves:
        return ()
    starts = sorted(leaves)
    found: list[Word] = []
    for document in sheet.documents:
        for scalar in _scalars(document):
            begins = bisect_right(starts, (scalar.span.line, scalar.span.column - 1))
            if begins < len(starts) and starts[begins] < (scalar.span.end_line, scalar.span.end_column):
                found.extend(_words(scalar, leaves, variables))
    return tuple(sorted(set(found), key=lambda word: (word.row, word.column)))


def _words(
    scalar: ScalarNode, leaves: Mapping[tuple[int, int], tuple[int, WordKind]], variables: set[str]
) -> Iterator[Word]:
    assert scalar.origin is not None  # `_scalars` gives no other
    end, kind_inside = (0, 0), "keyword"
    for match in _WORD.finditer(scalar.text):
        line, column = scalar.origin.position(match.start())
        leaf = leaves.get((line, column))
        if leaf is not None:
            end, kind_inside = (line, leaf[0]), leaf[1]
        if (line, column) < end:
            kind: WordKind = kind_inside  # type: ignore[assignment]
        else:
            kind = _plain_kind(match.group(), variables)
        yield Word(line - 1, column - 1, len(match.group()), kind)


def _plain_kind(word: str, variables: set[str]) -> WordKind:
    if word in variables:
        return "variable"
    if word.startswith("("):
        return "namespace"
    if word[0].isdigit():
        return "namespace" if "(" in word or "/" in word else "number"
    if word.startswith('"'):
        return "string"
    return "keyword" if word[0].isalpha() and "/" not in word else "namespace" if word[0].isalpha() else "operator"


def _kind(node: t.Expression, vocabulary: Vocabulary) -> WordKind | None:
    match node:
        case t.Fact(name=name):
            declared = vocabulary.facts.get(name)
            return "parameter" if declared is not None and declared.parameter else "property"
        case t.Attribute():
            return "property"
        case t.Choice():
            return "enumMember"
        case t.Amount() | t.Money() | t.Rate() | t.Length() | t.Day() | t.Instant() | t.WorkingDays():
            return "number"
        case t.Text():
            return "string"
        case t.Today() | t.Now() | t.Truth():
            return "keyword"
        case _:
            return None


def _scalars(node: YamlNode) -> Iterator[ScalarNode]:
    match node:
        case ScalarNode():
            if node.origin is not None:
                yield node
        case SequenceNode(items=items):
            for item in items:
                yield from _scalars(item)
        case MappingNode(entries=entries):
            for _, value in entries:
                yield from _scalars(value)
