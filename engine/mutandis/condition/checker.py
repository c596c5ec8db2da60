"""What every check of a condition does: tells faults, types nodes, asks of operands that they are there and fit.

A checked node whose `type` is None is faulty, and its fault is already told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from mutandis.calendar.counting import CIVIL, Counting
from mutandis.condition.guards import path_of
from mutandis.condition.names import Variables, declaration_of, fault_of_hyphen, hyphened_name
from mutandis.condition.tree import Arithmetic, Attribute, Expression, Fact, If, Name
from mutandis.condition.type_rules import fault_of_fit
from mutandis.condition.type_words import Fault, describe_type
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import DataType, Kind
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.source import Span
from mutandis.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds at a node: the bound variables, the optional names made sure of, the quantifiers around it."""

    variables: Variables
    present: frozenset[str]
    depth: int = 0

    def where(self, present: frozenset[str]) -> Scope:
        """The same with more names made sure of."""
        return replace(self, present=self.present | present) if present else self


Node = TypeVar("Node", bound=Expression)

Check = Callable[["Checker", Any, Scope], Expression]
"""How a kind of node is checked where it stands."""

ComparedCheck = Callable[["Checker", Any, Scope, DataType | None], Expression]
"""The same for a node that also reads the type of what it is compared with."""


@dataclass(frozen=True, slots=True)
class Checks:
    """How each kind of node is checked."""

    plain: Mapping[type, Check]
    compared: Mapping[type, ComparedCheck]


class Checker:
    """Checks one condition."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        law: str,
        article: str,
        parameters_allowed: bool,
        checks: Checks,
        is_condition: bool = True,
    ) -> None:
        self.vocabulary = vocabulary
        self.law = law
        self.article = article
        self.parameters_allowed = parameters_allowed
        self.checks = checks
        self.is_condition = is_condition
        self.diagnostics: list[Diagnostic] = []

    def check(self, node: Expression, scope: Scope, against: DataType | None = None) -> Expression:
        """The checked node. `against` is the type of what a bare name here is compared with."""
        if isinstance(node, Name | If):
            return self.checks.compared[type(node)](self, node, scope, against)
        hyphened = hyphened_name(node)
        if hyphened:
            return self.typed(node, fault_of_hyphen(hyphened, against, self.vocabulary))
        return self.checks.plain[type(node)](self, node, scope)

    def tell(self, slug: str, message: str, help: str, span: Span) -> None:
        """Note a fault."""
        self.diagnostics.append(diagnose(slug, message, help, span))

    def tell_fault(self, fault: Fault, span: Span) -> None:
        """Note a fault that a rule of types has found."""
        self.tell(fault.slug, fault.message, fault.help, span)

    def tell_all(self, faults: Iterable[Fault], span: Span) -> None:
        """Note several faults at one place."""
        for fault in faults:
            self.tell_fault(fault, span)

    def typed(self, node: Node, outcome: DataType | Fault | None) -> Node:
        """The node with its type; a fault is told at the node and leaves it without."""
        if isinstance(outcome, Fault):
            self.tell_fault(outcome, node.span)
            outcome = None
        return replace(node, type=outcome)

    def require(self, node: Expression, expected: DataType) -> bool:
        """True if the node can serve as `expected`; told if not. A faulty node passes."""
        fault = None if node.type is None else fault_of_fit(node.type, expected)
        if fault is not None:
            self.tell_fault(fault, node.span)
        return fault is None

    def check_parameter(self, node: Expression, scope: Scope) -> Expression:
        """The node; told if it is a parameter where none is allowed (S13)."""
        declared = declaration_of(node, self.vocabulary, scope.variables)
        if declared is not None and declared.parameter and not self.parameters_allowed:
            said = "decide whether the rule applies" if self.is_condition else "give a fact its value"
            condition = "move the condition to `requires`, to a rule with `limits`, or to `deadline`"
            value = "reckon where it is bounded, in `requires` or `limits`; what a case just states is no `parameter`"
            self.tell(
                "misplaced-parameter",
                f"`{path_of(node)}` says how the action is to be done, and cannot {said}",
                condition if self.is_condition else value,
                node.span,
            )
        return node

    def check_against(self, node: Expression, other: Expression, scope: Scope) -> Expression:
        """The node, compared with `other`; a bare name beside something faulty is not blamed."""
        if other.type is None and is_bare(node):
            return replace(node, type=None)
        return self.check(node, scope, other.type)

    def check_operand(self, node: Expression, scope: Scope, what: str) -> Expression:
        """A part of arithmetic or of a measure, which must be there (S33)."""
        checked = self.check(node, scope)
        self.require_present(checked, scope, what)
        return checked

    def require_present(self, node: Expression, scope: Scope, what: str) -> None:
        """Told if the node may be none and nothing around it rules that out (S33)."""
        path = path_of(node)
        if node.type is None or not node.type.optional or path in scope.present:
            return
        shown = f"`{path}`" if path else "this"
        guard = path or "fact"
        inside = f"guard it: `{guard} is present and …`, or `{guard} is none or …`"
        beside = f"say beside it when there is one: `when: {guard} is present`"
        self.tell(
            "unguarded-optional-fact",
            f"{shown} may be none, and {what} needs a value",
            inside if self.is_condition else beside,
            node.span,
        )

    def require_kind(self, node: Expression, kinds: tuple[Kind, ...], wanted: str, help: str) -> bool:
        """True if the node is of one of the kinds, and holds one value; told if not. A faulty node passes as False."""
        if node.type is None:
            return False
        if node.type.kind in kinds and not node.type.several:
            return True
        self.tell("type-mismatch", f"{describe_type(node.type)} stands where {wanted} is asked for", help, node.span)
        return False

    def counting_of(self, node: Expression, scope: Scope) -> Counting:
        """How a period from the date or moment `node` is counted: as its declaration says, else by the Civil Act."""
        match node:
            case Fact() | Attribute():
                declared = declaration_of(node, self.vocabulary, scope.variables)
                return declared.counting if declared is not None and declared.counting is not None else CIVIL
            case Arithmetic(counting=counting):
                return counting
            case If(consequent=consequent):
                return self.counting_of(consequent, scope)
            case _:
                return CIVIL

    def fact(self, name: str, span: Span) -> Expression:
        """A fact that a declaration names; what is wrong with it was told there."""
        declared = self.vocabulary.facts.get(name)
        return Fact(name, span=span, type=declared.type if declared is not None else None)


def is_bare(node: Expression) -> bool:
    """True for a word that may be the name of a value."""
    return isinstance(node, Name) and "." not in node.text and node.text not in ("today", "now")
