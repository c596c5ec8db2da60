"""Gives every node of a condition its type, and every name its meaning.

Relies on a complete vocabulary. What does not go together becomes a diagnostic at the node it concerns; a part that is
already faulty is let through in silence, so that one mistake is told once. The tables of types are in `type_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, cast

from mutandis.condition import check_logic as logic
from mutandis.condition import check_values as values
from mutandis.condition.checker import Checker, Checks, Scope
from mutandis.condition.guards import NOTHING, path_of
from mutandis.condition.names import declaration_of
from mutandis.condition.tree import (
    Amount,
    And,
    Applies,
    Arithmetic,
    Attribute,
    Choice,
    Compare,
    Day,
    EndOf,
    Expression,
    Extreme,
    Fact,
    FallsUnder,
    FractionOf,
    If,
    Instant,
    KindOfDay,
    Length,
    Money,
    Name,
    Not,
    Now,
    NumberOf,
    OneOf,
    Or,
    PeriodWithin,
    Present,
    Quantified,
    Rate,
    Rounded,
    Text,
    Today,
    TotalOf,
    Truth,
    WithinAfter,
    WorkingDays,
)
from mutandis.datatypes import COUNT, DATE, DAYS, MOMENT, NUMBER, TEXT, YES_NO, DataType
from mutandis.diagnostics import Diagnostic, Severity, sort_diagnostics
from mutandis.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Checked:
    """The tree with names resolved and types set, or None where an error stands among the diagnostics."""

    tree: Expression | None
    diagnostics: tuple[Diagnostic, ...]


def check_condition(
    tree: Expression,
    *,
    vocabulary: Vocabulary,
    expected: DataType | None,
    law: str,
    article: str,
    parameters_allowed: bool,
    variables: Mapping[str, str] = MappingProxyType({}),
    present: frozenset[str] = NOTHING,
) -> Checked:
    """Check `tree`, which stands in `article` of `law` and should be of the type `expected` (None: any).

    `variables` maps variables that are bound outside to the terms of their lists. `present` are optional facts that
    conditions elsewhere have made sure of (`guards.present_if`).
    """
    checker = Checker(vocabulary, law, article, parameters_allowed, _CHECKS)
    scope = Scope(variables, present)
    checked = checker.check(tree, scope, expected)
    if expected is not None:
        checker.require(checked, expected)
    diagnostics = sort_diagnostics(checker.diagnostics)
    faulty = any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return Checked(None if faulty else checked, diagnostics)


def _literal(type_of: Callable[[Any], DataType]) -> Callable[[Checker, Any, Scope], Expression]:
    return lambda _checker, node, _scope: cast(Expression, replace(node, type=type_of(node)))


def _already_resolved(checker: Checker, node: Fact | Attribute | Choice, scope: Scope) -> Expression:
    """A node that an earlier check has resolved, or a program has built; its type is its declaration's."""
    declared = declaration_of(node, checker.vocabulary, scope.variables)
    if declared is not None:
        return checker.check_parameter(replace(node, type=declared.type), scope)
    if node.type is None:
        checker.tell("unknown-name", f"`{path_of(node)}` is not declared", "declare it in the vocabulary", node.span)
    return node


_PLAIN: Final[dict[type, Callable[[Checker, Any, Scope], Expression]]] = {
    Fact: _already_resolved,
    Attribute: _already_resolved,
    Choice: _already_resolved,
    Today: _literal(lambda _: DATE),
    Now: _literal(lambda _: MOMENT),
    Truth: _literal(lambda _: YES_NO),
    Amount: _literal(lambda node: COUNT if isinstance(node.value, int) and node.value >= 0 else NUMBER),
    Money: values.check_money,
    Rate: _literal(lambda node: DataType("number", per=node.unit)),
    Length: _literal(lambda node: DataType("duration", family=node.duration.family)),
    Day: _literal(lambda _: DATE),
    Instant: _literal(lambda _: MOMENT),
    Text: _literal(lambda _: TEXT),
    Not: logic.check_not,
    And: logic.check_and,
    Or: logic.check_or,
    Compare: values.check_compare,
    OneOf: values.check_one_of,
    Present: values.check_present,
    WithinAfter: values.check_within_after,
    EndOf: values.check_end_of,
    WorkingDays: _literal(lambda _: DAYS),
    KindOfDay: values.check_kind_of_day,
    PeriodWithin: values.check_period_within,
    Arithmetic: values.check_arithmetic,
    Rounded: values.check_rounded,
    Extreme: values.check_extreme,
    FractionOf: values.check_fraction,
    Quantified: logic.check_quantified,
    NumberOf: logic.check_number_of,
    TotalOf: logic.check_total_of,
    FallsUnder: logic.check_falls_under,
    Applies: logic.check_applies,
}
_CHECKS: Final = Checks(_PLAIN, {Name: logic.check_name, If: logic.check_if})
"""How each node is checked."""
