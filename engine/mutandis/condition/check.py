"""Gives every node of a condition its type, and every name its meaning.

Relies on a complete vocabulary. What does not go together becomes a diagnostic at the node it concerns; a part that is
already faulty is let through in silence, so that one mistake is told once. The tables of types are
in `type_rules` and `reckoning_types`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mutandis.condition import check_logic, check_values
from mutandis.condition.checker import Checker, Checks, Scope
from mutandis.condition.guards import NOTHING
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType
from mutandis.diagnostics import Diagnostic, Severity, sort_diagnostics
from mutandis.vocabulary import Vocabulary

_CHECKS: Final = Checks({**check_logic.CHECKS, **check_values.CHECKS}, check_logic.COMPARED)


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
    is_condition = expected is not None and expected.kind == "yes_no"
    checker = Checker(vocabulary, law, article, parameters_allowed, _CHECKS, is_condition)
    scope = Scope(variables, present)
    checked = checker.check(tree, scope, expected)
    if expected is not None:
        checker.require(checked, expected)
    diagnostics = sort_diagnostics(checker.diagnostics)
    faulty = any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return Checked(None if faulty else checked, diagnostics)
