"""Gives every node of a condition its type, and every name its meaning.

Relies on a complete vocabulary. What does not go together becomes a diagnostic at the node it concerns; a part that is
already faulty is let through in silence, so that one mistake is told once. The tables of types are in `type_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast

from mutandis.calendar import CIVIL, Counting
from mutandis.condition.guards import NOTHING, path_of, present_beside, present_if
from mutandis.condition.names import (
    Variables,
    declaration_of,
    fault_of_adjective,
    fault_of_hyphen,
    fault_of_unit,
    hyphened_name,
    resolve_name,
)
from mutandis.condition.provisions import faults_of_creation, read_range
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
from mutandis.condition.type_rules import (
    Fault,
    describe_type,
    fault_of_comparison,
    fault_of_division,
    fault_of_fit,
    fault_of_scaling,
    fault_of_step,
    join_types,
    type_of_arithmetic,
    type_of_extreme,
    type_of_rounded,
)
from mutandis.datatypes import COUNT, DATE, DAYS, MOMENT, NUMBER, TEXT, YES_NO, DataType, Kind
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Severity, sort_diagnostics
from mutandis.source import Span
from mutandis.vocabulary import Vocabulary

DEEPEST_QUANTIFIER: Final = 2
"""How many quantifiers may stand inside each other (S47)."""


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
    checker = _Checker(vocabulary, law, article, parameters_allowed)
    scope = _Scope(variables, present)
    checked = checker.check(tree, scope, expected)
    if expected is not None:
        checker.require(checked, expected)
    diagnostics = sort_diagnostics(checker.diagnostics)
    faulty = any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
    return Checked(None if faulty else checked, diagnostics)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What holds at a node: the bound variables, the optional names made sure of, the quantifiers around it."""

    variables: Variables
    present: frozenset[str]
    depth: int = 0

    def where(self, present: frozenset[str]) -> _Scope:
        """The same with more names made sure of."""
        return replace(self, present=self.present | present) if present else self


_N = TypeVar("_N", bound=Expression)


class _Checker:
    """Checks one condition. A checked node whose `type` is None is faulty, and its fault is already told."""

    def __init__(self, vocabulary: Vocabulary, law: str, article: str, parameters_allowed: bool) -> None:
        self.vocabulary = vocabulary
        self.law = law
        self.article = article
        self.parameters_allowed = parameters_allowed
        self.diagnostics: list[Diagnostic] = []

    def check(self, node: Expression, scope: _Scope, against: DataType | None = None) -> Expression:
        """The checked node. `against` is the type of what a bare name here is compared with."""
        if isinstance(node, Name):
            return self.check_name(node, scope, against)
        if isinstance(node, If):
            return self.check_if(node, scope, against)
        hyphened = hyphened_name(node)
        if hyphened:
            return self.typed(node, fault_of_hyphen(hyphened, against, self.vocabulary))
        return _CHECKS[type(node)](self, node, scope)

    # --- telling ---

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

    def typed(self, node: _N, outcome: DataType | Fault | None) -> _N:
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

    # --- names and literals ---

    def check_name(self, node: Name, scope: _Scope, against: DataType | None) -> Expression:
        """The fact, attribute, value or clock that the name stands for."""
        resolved = resolve_name(node, against, self.vocabulary, scope.variables, self.law)
        if isinstance(resolved, Fault):
            return self.typed(node, resolved)
        return self.check_parameter(resolved, scope)

    def check_parameter(self, node: Expression, scope: _Scope) -> Expression:
        """The node; told if it is a parameter where none is allowed (S13)."""
        declared = declaration_of(node, self.vocabulary, scope.variables)
        if declared is not None and declared.parameter and not self.parameters_allowed:
            self.tell(
                "misplaced-parameter",
                f"`{path_of(node)}` says how the action is to be done, and cannot decide whether the rule applies",
                "move the condition to `requires`, to a rule with `limits`, or to `deadline`",
                node.span,
            )
        return node

    # --- logic ---

    def check_not(self, node: Not, scope: _Scope) -> Expression:
        """`not` of a yes/no condition."""
        operand = self.check(node.operand, scope)
        self.require(operand, YES_NO)
        return replace(node, operand=operand, type=YES_NO)

    def check_and(self, node: And, scope: _Scope) -> Expression:
        """Each part may rely on what the others make sure of."""
        return replace(node, operands=self.check_beside(node.operands, scope, True), type=YES_NO)

    def check_or(self, node: Or, scope: _Scope) -> Expression:
        """Each part matters only where the others are false, and may rely on that."""
        return replace(node, operands=self.check_beside(node.operands, scope, False), type=YES_NO)

    def check_beside(self, operands: tuple[Expression, ...], scope: _Scope, truth: bool) -> tuple[Expression, ...]:
        """The yes/no parts of `and` (the others true) or `or` (the others false)."""
        checked = []
        for operand, present in zip(operands, present_beside(operands, truth), strict=True):
            one = self.check(operand, scope.where(present))
            self.require(one, YES_NO)
            checked.append(one)
        return tuple(checked)

    def check_if(self, node: If, scope: _Scope, against: DataType | None) -> Expression:
        """Each branch may rely on the condition, or on its contrary."""
        condition = self.check(node.condition, scope)
        self.require(condition, YES_NO)
        where, otherwise = (scope.where(present_if(node.condition, truth)) for truth in (True, False))
        consequent = self.check(node.consequent, where, against)
        alternative = self.check(node.alternative, otherwise, against)
        node = replace(node, condition=condition, consequent=consequent, alternative=alternative)
        one, other = _type_within(consequent, where), _type_within(alternative, otherwise)
        if one is None or other is None:
            return replace(node, type=None)
        return self.typed(node, join_types(one, other))

    # --- comparison ---

    def check_pair(self, left: Expression, right: Expression, scope: _Scope) -> tuple[Expression, Expression]:
        """Both sides, a bare name on either read as a value of the other."""
        if _is_bare(left) and not _is_bare(right):
            checked = self.check(right, scope)
            return self.check_against(left, checked, scope), checked
        checked = self.check(left, scope)
        return checked, self.check_against(right, checked, scope)

    def check_against(self, node: Expression, other: Expression, scope: _Scope) -> Expression:
        """The node, compared with `other`; a bare name beside something faulty is not blamed."""
        if other.type is None and _is_bare(node):
            return replace(node, type=None)
        return self.check(node, scope, other.type)

    def check_compare(self, node: Compare, scope: _Scope) -> Expression:
        """Both sides of one kind; order only on what has one, and on what is there (S33)."""
        fault = fault_of_adjective(node.left, node.right, self.vocabulary)
        if fault is not None:
            self.tell_fault(fault, node.span)
            return replace(node, type=None)
        left, right = self.check_pair(node.left, node.right, scope)
        node = replace(node, left=left, right=right, type=YES_NO)
        if left.type is None or right.type is None:
            return node
        fault = fault_of_comparison(node.operator, left.type, right.type)
        if fault is not None:
            self.tell_fault(fault, node.span)
        elif node.operator not in ("is", "is not"):
            self.require_present(left, scope, f"`{node.operator}`")
            self.require_present(right, scope, f"`{node.operator}`")
        return node

    def check_one_of(self, node: OneOf, scope: _Scope) -> Expression:
        """Each value comparable with the subject."""
        left = self.check(node.left, scope)
        values = tuple(self.check_against(value, left, scope) for value in node.values)
        for value in values:
            if left.type is not None and value.type is not None:
                fault = fault_of_comparison("is", left.type, value.type)
                if fault is not None:
                    self.tell_fault(fault, value.span)
        return replace(node, left=left, values=values, type=YES_NO)

    def check_present(self, node: Present, scope: _Scope) -> Expression:
        """`is present` and `is none` ask about a fact."""
        operand = self.check(node.operand, scope)
        if operand.type is not None and not isinstance(operand, Fact | Attribute):
            self.tell(
                "type-mismatch",
                "only a fact can be present or none",
                "name the fact itself: `term.fact is present`",
                operand.span,
            )
        return replace(node, operand=operand, type=YES_NO)

    def check_within_after(self, node: WithinAfter, scope: _Scope) -> Expression:
        """Dates or moments, a duration between them; hours only between moments."""
        subject = self.check_operand(node.subject, scope, "`is within`")
        length = self.check_operand(node.length, scope, "`is within`")
        anchor = self.check_operand(node.anchor, scope, "`is within`")
        for point in (subject, anchor):
            self.require_kind(point, ("date", "moment"), "a date or a moment", _WITHIN_HELP)
        if self.require_kind(length, ("duration",), "a duration", _WITHIN_HELP):
            days_only = [part for part in (subject, anchor) if part.type is not None and part.type.kind == "date"]
            if days_only and length.type is not None and length.type.family == "hours":
                self.tell(
                    "inexact-duration-comparison",
                    "hours are counted between dates, which have no time of day",
                    "count in days, or use facts of the type moment",
                    days_only[0].span,
                )
        counting = self.counting_of(anchor, scope)
        return replace(node, subject=subject, length=length, anchor=anchor, counting=counting, type=YES_NO)

    def check_end_of(self, node: EndOf, scope: _Scope) -> Expression:
        """A duration after or before a date or moment: a day, or for hours a moment."""
        length = self.check_operand(node.length, scope, "`the end of`")
        anchor = self.check_operand(node.anchor, scope, "`the end of`")
        node = replace(node, length=length, anchor=anchor, counting=self.counting_of(anchor, scope), type=None)
        measured = self.require_kind(length, ("duration",), "a duration", _END_HELP)
        if not self.require_kind(anchor, ("date", "moment"), "a date or a moment", _END_HELP) or not measured:
            return node
        if length.type is None or length.type.family is None:
            self.tell(
                "type-mismatch", "a period in any unit has no end that is known beforehand", _END_HELP, length.span
            )
            return node
        return replace(node, type=MOMENT if length.type.family == "hours" else DATE)

    def check_kind_of_day(self, node: KindOfDay, scope: _Scope) -> Expression:
        """A date or a moment, of which the day is asked for."""
        operand = self.check_operand(node.operand, scope, f"`is a {node.kind}`")
        self.require_kind(operand, ("date", "moment"), "a date or a moment", _DAY_HELP)
        return replace(node, operand=operand, type=YES_NO)

    def counting_of(self, node: Expression, scope: _Scope) -> Counting:
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

    def check_period_within(self, node: PeriodWithin, scope: _Scope) -> Expression:
        """A period and a duration."""
        period = self.check_operand(node.period, scope, "`is within`")
        length = self.check_operand(node.length, scope, "`is within`")
        self.require_kind(period, ("period",), "a period", _PERIOD_HELP)
        self.require_kind(length, ("duration",), "a duration", "write `period is within 15 days`")
        declared = declaration_of(period, self.vocabulary, scope.variables)
        counting = declared.counting if declared is not None else None
        spans = declared.suspended if declared is not None else ()
        suspended = tuple((self.fact(first, node.span), self.fact(last, node.span)) for first, last in spans)
        return replace(node, period=period, length=length, counting=counting, suspended=suspended, type=YES_NO)

    def fact(self, name: str, span: Span) -> Expression:
        """A fact that a declaration names; what is wrong with it was told there."""
        declared = self.vocabulary.facts.get(name)
        return Fact(name, span=span, type=declared.type if declared is not None else None)

    # --- arithmetic ---

    def check_operand(self, node: Expression, scope: _Scope, what: str) -> Expression:
        """A part of arithmetic or of a measure, which must be there (S33)."""
        checked = self.check(node, scope)
        self.require_present(checked, scope, what)
        return checked

    def require_present(self, node: Expression, scope: _Scope, what: str) -> None:
        """Told if the node may be none and nothing around it rules that out (S33)."""
        path = path_of(node)
        if node.type is None or not node.type.optional or path in scope.present:
            return
        shown = f"`{path}`" if path else "this"
        guard = path or "fact"
        self.tell(
            "unguarded-optional-fact",
            f"{shown} may be none, and {what} needs a value",
            f"guard it: `{guard} is present and …`, or `{guard} is none or …`",
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

    def check_arithmetic(self, node: Arithmetic, scope: _Scope) -> Expression:
        """`+`, `-`, `*`, `/`, by the table of types."""
        left = self.check_operand(node.left, scope, f"`{node.operator}`")
        right = self.check_operand(node.right, scope, f"`{node.operator}`")
        node = replace(node, left=left, right=right, type=None)
        if left.type is None or right.type is None:
            return node
        outcome = type_of_arithmetic(node.operator, left.type, right.type)
        points = [part for part in (left, right) if part.type is not None and part.type.kind in ("date", "moment")]
        if len(points) == 1:
            node = replace(node, counting=self.counting_of(points[0], scope))
        return self.typed(node, fault_of_division(node) or fault_of_scaling(node) or outcome)

    def check_rounded(self, node: Rounded, scope: _Scope) -> Expression:
        """A number or a sum, and the step it is rounded to."""
        value = self.check_operand(node.value, scope, "`round`")
        step = self.check_against(node.step, value, scope)
        node = replace(node, value=value, step=step)
        if value.type is None or step.type is None:
            return replace(node, type=None)
        fault = fault_of_step(step)
        if fault is not None:
            self.tell_fault(fault, step.span)
            return replace(node, type=None)
        return self.typed(node, type_of_rounded(value.type, step))

    def check_extreme(self, node: Extreme, scope: _Scope) -> Expression:
        """Two values that can be ordered."""
        left = self.check_operand(node.left, scope, f"`the {node.which} of`")
        right = self.check_operand(node.right, scope, f"`the {node.which} of`")
        node = replace(node, left=left, right=right)
        if left.type is None or right.type is None:
            return replace(node, type=None)
        return self.typed(node, type_of_extreme(node.which, left.type, right.type))

    def check_money(self, node: Money, _: _Scope) -> Expression:
        """A sum in a currency that some fact is declared in; `1 dollar` where that is `dollars`."""
        declared = self.vocabulary.currencies
        found = next((name for name in (node.currency, f"{node.currency}s") if name in declared), None)
        if found is not None:
            return replace(node, currency=found, type=DataType("money", currency=found))
        return self.typed(node, fault_of_unit(node.currency, declared))

    def check_fraction(self, node: FractionOf, scope: _Scope) -> Expression:
        """A share of the days between two dates."""
        start = self.check_operand(node.start, scope, "`fraction`")
        end = self.check_operand(node.end, scope, "`fraction`")
        for point in (start, end):
            self.require_kind(point, ("date",), "a date", "write `fraction(1/3, from DATE to DATE, round up)`")
        return replace(node, start=start, end=end, type=DAYS)

    # --- lists ---

    def enter(self, variable: str, source: Expression, span: Span, scope: _Scope) -> tuple[Expression, _Scope]:
        """The checked list, and the scope in which `variable` is one of its members."""
        checked = self.check(source, scope)
        self.require_kind(checked, ("list",), "a list", "name a fact of the type `list of TERM`")
        if variable in scope.variables or variable in self.vocabulary.terms:
            what = "another member around it" if variable in scope.variables else "a term"
            self.tell(
                "variable-taken", f"`{variable}` already names {what}", "choose another name for the member", span
            )
        if scope.depth >= DEEPEST_QUANTIFIER:
            self.tell(
                "quantifiers-too-deep",
                f"this asks through the members of more than {DEEPEST_QUANTIFIER} lists at once",
                "define a fact for the inner question, and name it here",
                span,
            )
        term = (checked.type.term if checked.type is not None else None) or ""
        inner = replace(scope, variables={**scope.variables, variable: term}, depth=scope.depth + 1)
        return checked, inner

    def check_body(self, body: Expression, source: Expression, scope: _Scope) -> Expression:
        """What is said of a member; not looked at where the list itself is faulty."""
        if source.type is None or source.type.kind != "list":
            return body
        checked = self.check(body, scope)
        self.require(checked, YES_NO)
        return checked

    def check_quantified(self, node: Quantified, scope: _Scope) -> Expression:
        """A yes/no question of each member."""
        source, inner = self.enter(node.variable, node.source, node.span, scope)
        body = self.check_body(node.body, source, inner)
        return replace(node, source=source, body=body, type=YES_NO)

    def check_number_of(self, node: NumberOf, scope: _Scope) -> Expression:
        """How many members there are, or how many of them fulfil a condition."""
        if node.variable is None or node.body is None:
            source = self.check(node.source, scope)
            self.require_kind(source, ("list",), "a list", "name a fact of the type `list of TERM`")
            return replace(node, source=source, type=COUNT)
        source, inner = self.enter(node.variable, node.source, node.span, scope)
        body = self.check_body(node.body, source, inner)
        return replace(node, source=source, body=body, type=COUNT)

    def check_total_of(self, node: TotalOf, scope: _Scope) -> Expression:
        """A sum over the members, of what can be added to its own kind."""
        source, inner = self.enter(node.variable, node.source, node.span, scope)
        if source.type is None or source.type.kind != "list":
            return replace(node, source=source, type=None)
        body = None if node.body is None else self.check_body(node.body, source, inner)
        made_sure = NOTHING if node.body is None else present_if(node.body, True)
        value = self.check_operand(node.value, inner.where(made_sure), "`the total of`")
        summed = self.require_kind(
            value,
            ("count", "number", "money", "duration"),
            "a number, a sum or a duration",
            "total what can be added up: counts, numbers, sums of money, durations",
        )
        total = replace(value.type, optional=False) if summed and value.type is not None else None
        return replace(node, value=value, source=source, body=body, type=total)

    # --- provisions ---

    def check_falls_under(self, node: FallsUnder, scope: _Scope) -> Expression:
        """The citations made absolute; a subject whose value a provision creates, or is (S38)."""
        ranges = [read_range(first, last, self.law, self.article) for first, last in node.ranges]
        self.tell_all([fault for fault in ranges if isinstance(fault, Fault)], node.span)
        pairs = tuple(
            written if isinstance(read, Fault) else (str(read.first), str(read.last))
            for read, written in zip(ranges, node.ranges, strict=True)
        )
        subject = None if node.subject is None else self.check(node.subject, scope)
        if subject is not None and subject.type is not None:
            declared = declaration_of(subject, self.vocabulary, scope.variables)
            asked = [read for read in ranges if not isinstance(read, Fault)]
            self.tell_all(faults_of_creation(subject.type, declared, asked), subject.span)
        return replace(node, subject=subject, ranges=pairs, type=YES_NO)

    def check_applies(self, node: Applies, _: _Scope) -> Expression:
        """The citation made absolute."""
        read = read_range(node.citation, node.citation, self.law, self.article)
        if isinstance(read, Fault):
            self.tell_fault(read, node.span)
            return replace(node, type=YES_NO)
        return replace(node, citation=str(read.first), type=YES_NO)


_WITHIN_HELP: Final = "write `x is within 12 hours after y`, x and y being dates or moments"
_END_HELP: Final = "write `the end of 1 year after y`, y being a date or a moment"
_DAY_HELP: Final = "write `x is a saturday`, x being a date or a moment"
_PERIOD_HELP: Final = "write `period is within 15 days`, or say from when: `x is within 15 days after y`"


def _type_within(node: Expression, scope: _Scope) -> DataType | None:
    """The type of a branch, where what stands around it makes sure of a fact that may be none (S33)."""
    if node.type is not None and node.type.optional and path_of(node) in scope.present:
        return replace(node.type, optional=False)
    return node.type


def _is_bare(node: Expression) -> bool:
    return isinstance(node, Name) and "." not in node.text and node.text not in ("today", "now")


def _literal(type_of: Callable[[Any], DataType]) -> Callable[[_Checker, Any, _Scope], Expression]:
    return lambda _checker, node, _scope: cast(Expression, replace(node, type=type_of(node)))


def _already_resolved(checker: _Checker, node: Fact | Attribute | Choice, scope: _Scope) -> Expression:
    """A node that an earlier check has resolved, or a program has built; its type is its declaration's."""
    declared = declaration_of(node, checker.vocabulary, scope.variables)
    if declared is not None:
        return checker.check_parameter(replace(node, type=declared.type), scope)
    if node.type is None:
        checker.tell("unknown-name", f"`{path_of(node)}` is not declared", "declare it in the vocabulary", node.span)
    return node


_CHECKS: Final[dict[type, Callable[[_Checker, Any, _Scope], Expression]]] = {
    Fact: _already_resolved,
    Attribute: _already_resolved,
    Choice: _already_resolved,
    Today: _literal(lambda _: DATE),
    Now: _literal(lambda _: MOMENT),
    Truth: _literal(lambda _: YES_NO),
    Amount: _literal(lambda node: COUNT if isinstance(node.value, int) and node.value >= 0 else NUMBER),
    Money: _Checker.check_money,
    Rate: _literal(lambda node: DataType("number", per=node.unit)),
    Length: _literal(lambda node: DataType("duration", family=node.duration.family)),
    Day: _literal(lambda _: DATE),
    Instant: _literal(lambda _: MOMENT),
    Text: _literal(lambda _: TEXT),
    Not: _Checker.check_not,
    And: _Checker.check_and,
    Or: _Checker.check_or,
    Compare: _Checker.check_compare,
    OneOf: _Checker.check_one_of,
    Present: _Checker.check_present,
    WithinAfter: _Checker.check_within_after,
    EndOf: _Checker.check_end_of,
    WorkingDays: _literal(lambda _: DAYS),
    KindOfDay: _Checker.check_kind_of_day,
    PeriodWithin: _Checker.check_period_within,
    Arithmetic: _Checker.check_arithmetic,
    Rounded: _Checker.check_rounded,
    Extreme: _Checker.check_extreme,
    FractionOf: _Checker.check_fraction,
    Quantified: _Checker.check_quantified,
    NumberOf: _Checker.check_number_of,
    TotalOf: _Checker.check_total_of,
    FallsUnder: _Checker.check_falls_under,
    Applies: _Checker.check_applies,
}
"""How each node is checked."""
