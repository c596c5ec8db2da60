"""Names, logic, lists and provisions: how these nodes of a condition are checked."""

from __future__ import annotations

from typing import Final

from mutandis.condition.checker import Check, Checker, ComparedCheck, Scope
from mutandis.condition.guards import NOTHING, path_of, present_beside, present_if
from mutandis.condition.names import declaration_of, resolve_name
from mutandis.condition.provisions import faults_of_creation, read_range
from mutandis.condition.tree import (
    And,
    Applies,
    Attribute,
    Choice,
    Expression,
    Fact,
    FallsUnder,
    If,
    Name,
    Not,
    NumberOf,
    Or,
    Quantified,
    TotalOf,
)
from mutandis.condition.type_rules import join_types
from mutandis.condition.type_words import Fault
from mutandis.dataclass import replace
from mutandis.datatypes import COUNT, YES_NO, DataType
from mutandis.source import Span

DEEPEST_QUANTIFIER: Final = 2
"""How many quantifiers may stand inside each other (S47)."""


def check_name(checker: Checker, node: Name, scope: Scope, against: DataType | None) -> Expression:
    """The fact, attribute, value or clock that the name stands for."""
    resolved = resolve_name(node, against, checker.vocabulary, scope.variables, checker.law)
    if isinstance(resolved, Fault):
        return checker.typed(node, resolved)
    return checker.check_parameter(resolved, scope)


def check_not(checker: Checker, node: Not, scope: Scope) -> Expression:
    """`not` of a yes/no condition."""
    operand = checker.check(node.operand, scope)
    checker.require(operand, YES_NO)
    return replace(node, operand=operand, type=YES_NO)


def check_and(checker: Checker, node: And, scope: Scope) -> Expression:
    """Each part may rely on what the others make sure of."""
    return replace(node, operands=_beside(checker, node.operands, scope, True), type=YES_NO)


def check_or(checker: Checker, node: Or, scope: Scope) -> Expression:
    """Each part matters only where the others are false, and may rely on that."""
    return replace(node, operands=_beside(checker, node.operands, scope, False), type=YES_NO)


def _beside(checker: Checker, operands: tuple[Expression, ...], scope: Scope, truth: bool) -> tuple[Expression, ...]:
    """The yes/no parts of `and` (the others true) or `or` (the others false)."""
    checked = []
    for operand, present in zip(operands, present_beside(operands, truth), strict=True):
        one = checker.check(operand, scope.where(present))
        checker.require(one, YES_NO)
        checked.append(one)
    return tuple(checked)


def check_if(checker: Checker, node: If, scope: Scope, against: DataType | None) -> Expression:
    """Each branch may rely on the condition, or on its contrary."""
    condition = checker.check(node.condition, scope)
    checker.require(condition, YES_NO)
    where, otherwise = (scope.where(present_if(node.condition, truth)) for truth in (True, False))
    consequent = checker.check(node.consequent, where, against)
    alternative = checker.check(node.alternative, otherwise, against)
    node = replace(node, condition=condition, consequent=consequent, alternative=alternative)
    one, other = _type_within(consequent, where), _type_within(alternative, otherwise)
    if one is None or other is None:
        return replace(node, type=None)
    return checker.typed(node, join_types(one, other))


def check_quantified(checker: Checker, node: Quantified, scope: Scope) -> Expression:
    """A yes/no question of each member."""
    source, inner = _enter(checker, node.variable, node.source, node.span, scope)
    body = _body(checker, node.body, source, inner)
    return replace(node, source=source, body=body, type=YES_NO)


def check_number_of(checker: Checker, node: NumberOf, scope: Scope) -> Expression:
    """How many members there are, or how many of them fulfil a condition."""
    if node.variable is None or node.body is None:
        source = checker.check(node.source, scope)
        checker.require_kind(source, ("list",), "a list", "name a fact of the type `list of TERM`")
        return replace(node, source=source, type=COUNT)
    source, inner = _enter(checker, node.variable, node.source, node.span, scope)
    body = _body(checker, node.body, source, inner)
    return replace(node, source=source, body=body, type=COUNT)


def check_total_of(checker: Checker, node: TotalOf, scope: Scope) -> Expression:
    """A sum over the members, of what can be added to its own kind."""
    source, inner = _enter(checker, node.variable, node.source, node.span, scope)
    if source.type is None or source.type.kind != "list":
        return replace(node, source=source, type=None)
    body = None if node.body is None else _body(checker, node.body, source, inner)
    made_sure = NOTHING if node.body is None else present_if(node.body, True)
    value = checker.check_operand(node.value, inner.where(made_sure), "`the total of`")
    summed = checker.require_kind(
        value,
        ("count", "number", "money", "duration"),
        "a number, a sum or a duration",
        "total what can be added up: counts, numbers, sums of money, durations",
    )
    total = replace(value.type, optional=False) if summed and value.type is not None else None
    return replace(node, value=value, source=source, body=body, type=total)


def _enter(checker: Checker, variable: str, source: Expression, span: Span, scope: Scope) -> tuple[Expression, Scope]:
    """The checked list, and the scope in which `variable` is one of its members."""
    checked = checker.check(source, scope)
    checker.require_kind(checked, ("list",), "a list", "name a fact of the type `list of TERM`")
    if variable in scope.variables or variable in checker.vocabulary.terms:
        what = "another member around it" if variable in scope.variables else "a term"
        checker.tell("variable-taken", f"`{variable}` already names {what}", "choose another name for the member", span)
    if scope.depth >= DEEPEST_QUANTIFIER:
        checker.tell(
            "quantifiers-too-deep",
            f"this asks through the members of more than {DEEPEST_QUANTIFIER} lists at once",
            "define a fact for the inner question, and name it here",
            span,
        )
    term = (checked.type.term if checked.type is not None else None) or ""
    inner = replace(scope, variables={**scope.variables, variable: term}, depth=scope.depth + 1)
    return checked, inner


def _body(checker: Checker, body: Expression, source: Expression, scope: Scope) -> Expression:
    """What is said of a member; not looked at where the list itself is faulty."""
    if source.type is None or source.type.kind != "list":
        return body
    checked = checker.check(body, scope)
    checker.require(checked, YES_NO)
    return checked


def check_falls_under(checker: Checker, node: FallsUnder, scope: Scope) -> Expression:
    """The citations made absolute; a subject whose value a provision creates, or is (S38)."""
    ranges = [read_range(first, last, checker.law, checker.article) for first, last in node.ranges]
    checker.tell_all([fault for fault in ranges if isinstance(fault, Fault)], node.span)
    pairs = tuple(
        written if isinstance(read, Fault) else (str(read.first), str(read.last))
        for read, written in zip(ranges, node.ranges, strict=True)
    )
    subject = None if node.subject is None else checker.check(node.subject, scope)
    if subject is not None and subject.type is not None:
        declared = declaration_of(subject, checker.vocabulary, scope.variables)
        asked = [read for read in ranges if not isinstance(read, Fault)]
        checker.tell_all(faults_of_creation(subject.type, declared, asked), subject.span)
    return replace(node, subject=subject, ranges=pairs, type=YES_NO)


def check_applies(checker: Checker, node: Applies, _: Scope) -> Expression:
    """The citation made absolute."""
    read = read_range(node.citation, node.citation, checker.law, checker.article)
    if isinstance(read, Fault):
        checker.tell_fault(read, node.span)
        return replace(node, type=YES_NO)
    return replace(node, citation=str(read.first), type=YES_NO)


def _type_within(node: Expression, scope: Scope) -> DataType | None:
    """The type of a branch, where what stands around it makes sure of a fact that may be none (S33)."""
    if node.type is not None and node.type.optional and path_of(node) in scope.present:
        return replace(node.type, optional=False)
    return node.type


def check_resolved(checker: Checker, node: Fact | Attribute | Choice, scope: Scope) -> Expression:
    """A node that an earlier check has resolved, or a program has built; its type is its declaration's."""
    declared = declaration_of(node, checker.vocabulary, scope.variables)
    if declared is not None:
        return checker.check_parameter(replace(node, type=declared.type), scope)
    if node.type is None:
        checker.tell("unknown-name", f"`{path_of(node)}` is not declared", "declare it in the vocabulary", node.span)
    return node


CHECKS: Final[dict[type, Check]] = {
    Fact: check_resolved,
    Attribute: check_resolved,
    Choice: check_resolved,
    Not: check_not,
    And: check_and,
    Or: check_or,
    Quantified: check_quantified,
    NumberOf: check_number_of,
    TotalOf: check_total_of,
    FallsUnder: check_falls_under,
    Applies: check_applies,
}
COMPARED: Final[dict[type, ComparedCheck]] = {Name: check_name, If: check_if}
