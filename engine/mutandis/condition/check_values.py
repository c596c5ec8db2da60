"""Comparisons, time and amounts: how these nodes of a condition are checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast

from mutandis.condition.checker import Check, Checker, Scope, is_bare
from mutandis.condition.names import declaration_of, fault_of_adjective, fault_of_unit
from mutandis.condition.reckoning_types import (
    fault_of_division,
    fault_of_scaling,
    fault_of_sign,
    fault_of_step,
    type_of_arithmetic,
    type_of_rounded,
)
from mutandis.condition.tree import (
    Amount,
    Arithmetic,
    Attribute,
    Compare,
    Day,
    EndOf,
    EndOfUnit,
    Expression,
    Extreme,
    Fact,
    FractionOf,
    Instant,
    KindOfDay,
    Length,
    Money,
    Now,
    OneOf,
    PeriodWithin,
    Present,
    Rate,
    Rounded,
    Text,
    Today,
    Truth,
    WithinAfter,
    WorkingDays,
)
from mutandis.condition.type_rules import fault_of_comparison, type_of_extreme
from mutandis.dataclass import replace
from mutandis.datatypes import COUNT, DATE, DAYS, MOMENT, NUMBER, TEXT, YES_NO, DataType

_WITHIN_HELP: Final = "write `x is within 12 hours after y`, x and y being dates or moments"
_END_HELP: Final = "write `the end of 1 year after y`, y being a date or a moment"
_UNIT_HELP: Final = "write `the end of the month of y`, y being a date or a moment"
_DAY_HELP: Final = "write `x is a saturday`, x being a date or a moment"
_PERIOD_HELP: Final = "write `period is within 15 days`, or say from when: `x is within 15 days after y`"


def check_compare(checker: Checker, node: Compare, scope: Scope) -> Expression:
    """Both sides of one kind; order only on what has one, and on what is there (S33)."""
    fault = fault_of_adjective(node.left, node.right, checker.vocabulary)
    if fault is not None:
        checker.tell_fault(fault, node.span)
        return replace(node, type=None)
    left, right = _pair(checker, node.left, node.right, scope)
    node = replace(node, left=left, right=right, type=YES_NO)
    if left.type is None or right.type is None:
        return node
    fault = fault_of_comparison(node.operator, left.type, right.type)
    if fault is not None:
        checker.tell_fault(fault, node.span)
    elif node.operator not in ("is", "is not"):
        checker.require_present(left, scope, f"`{node.operator}`")
        checker.require_present(right, scope, f"`{node.operator}`")
    return node


def _pair(checker: Checker, left: Expression, right: Expression, scope: Scope) -> tuple[Expression, Expression]:
    """Both sides, a bare name on either read as a value of the other."""
    if is_bare(left) and not is_bare(right):
        checked = checker.check(right, scope)
        return checker.check_against(left, checked, scope), checked
    checked = checker.check(left, scope)
    return checked, checker.check_against(right, checked, scope)


def check_one_of(checker: Checker, node: OneOf, scope: Scope) -> Expression:
    """Each value comparable with the subject."""
    left = checker.check(node.left, scope)
    values = tuple(checker.check_against(value, left, scope) for value in node.values)
    for value in values:
        if left.type is not None and value.type is not None:
            fault = fault_of_comparison("is", left.type, value.type)
            if fault is not None:
                checker.tell_fault(fault, value.span)
    return replace(node, left=left, values=values, type=YES_NO)


def check_present(checker: Checker, node: Present, scope: Scope) -> Expression:
    """`is present` and `is none` ask about a fact."""
    operand = checker.check(node.operand, scope)
    if operand.type is not None and not isinstance(operand, Fact | Attribute):
        checker.tell(
            "type-mismatch",
            "only a fact can be present or none",
            "name the fact itself: `term.fact is present`",
            operand.span,
        )
    return replace(node, operand=operand, type=YES_NO)


def check_within_after(checker: Checker, node: WithinAfter, scope: Scope) -> Expression:
    """Dates or moments, a duration between them; hours only between moments."""
    subject = checker.check_operand(node.subject, scope, "`is within`")
    length = checker.check_operand(node.length, scope, "`is within`")
    anchor = checker.check_operand(node.anchor, scope, "`is within`")
    for point in (subject, anchor):
        checker.require_kind(point, ("date", "moment"), "a date or a moment", _WITHIN_HELP)
    if checker.require_kind(length, ("duration",), "a duration", _WITHIN_HELP):
        days_only = [part for part in (subject, anchor) if part.type is not None and part.type.kind == "date"]
        if days_only and length.type is not None and length.type.family == "hours":
            checker.tell(
                "inexact-duration-comparison",
                "hours are counted between dates, which have no time of day",
                "count in days, or use facts of the type moment",
                days_only[0].span,
            )
    counting = checker.counting_of(anchor, scope)
    return replace(node, subject=subject, length=length, anchor=anchor, counting=counting, type=YES_NO)


def check_end_of(checker: Checker, node: EndOf, scope: Scope) -> Expression:
    """A duration after or before a date or moment: a day, or for hours a moment."""
    length = checker.check_operand(node.length, scope, "`the end of`")
    anchor = checker.check_operand(node.anchor, scope, "`the end of`")
    node = replace(node, length=length, anchor=anchor, counting=checker.counting_of(anchor, scope), type=None)
    measured = checker.require_kind(length, ("duration",), "a duration", _END_HELP)
    if not checker.require_kind(anchor, ("date", "moment"), "a date or a moment", _END_HELP) or not measured:
        return node
    if length.type is None or length.type.family is None:
        checker.tell(
            "type-mismatch", "a period in any unit has no end that is known beforehand", _END_HELP, length.span
        )
        return node
    return replace(node, type=MOMENT if length.type.family == "hours" else DATE)


def check_end_of_unit(checker: Checker, node: EndOfUnit, scope: Scope) -> Expression:
    """A date or a moment, whose month, quarter, half-year or year is meant: a day."""
    anchor = checker.check_operand(node.anchor, scope, "`the end of`")
    is_day = checker.require_kind(anchor, ("date", "moment"), "a date or a moment", _UNIT_HELP)
    return replace(node, anchor=anchor, type=DATE if is_day else None)


def check_kind_of_day(checker: Checker, node: KindOfDay, scope: Scope) -> Expression:
    """A date or a moment, of which the day is asked for."""
    operand = checker.check_operand(node.operand, scope, f"`is a {node.kind}`")
    checker.require_kind(operand, ("date", "moment"), "a date or a moment", _DAY_HELP)
    return replace(node, operand=operand, type=YES_NO)


def check_period_within(checker: Checker, node: PeriodWithin, scope: Scope) -> Expression:
    """A period and a duration."""
    period = checker.check_operand(node.period, scope, "`is within`")
    length = checker.check_operand(node.length, scope, "`is within`")
    checker.require_kind(period, ("period",), "a period", _PERIOD_HELP)
    checker.require_kind(length, ("duration",), "a duration", "write `period is within 15 days`")
    declared = declaration_of(period, checker.vocabulary, scope.variables)
    counting = declared.counting if declared is not None else None
    spans = declared.suspended if declared is not None else ()
    suspended = tuple((checker.fact(first, node.span), checker.fact(last, node.span)) for first, last in spans)
    return replace(node, period=period, length=length, counting=counting, suspended=suspended, type=YES_NO)


def check_arithmetic(checker: Checker, node: Arithmetic, scope: Scope) -> Expression:
    """`+`, `-`, `*`, `/`, by the table of types."""
    left = checker.check_operand(node.left, scope, f"`{node.operator}`")
    right = checker.check_operand(node.right, scope, f"`{node.operator}`")
    node = replace(node, left=left, right=right, type=None)
    if left.type is None or right.type is None:
        return node
    outcome = type_of_arithmetic(node.operator, left.type, right.type)
    points = [part for part in (left, right) if part.type is not None and part.type.kind in ("date", "moment")]
    if len(points) == 1:
        node = replace(node, counting=checker.counting_of(points[0], scope))
    return checker.typed(node, fault_of_division(node) or fault_of_scaling(node) or fault_of_sign(node) or outcome)


def check_rounded(checker: Checker, node: Rounded, scope: Scope) -> Expression:
    """A number or a sum, and the step it is rounded to."""
    value = checker.check_operand(node.value, scope, "`round`")
    step = checker.check_against(node.step, value, scope)
    node = replace(node, value=value, step=step)
    if value.type is None or step.type is None:
        return replace(node, type=None)
    fault = fault_of_step(step)
    if fault is not None:
        checker.tell_fault(fault, step.span)
        return replace(node, type=None)
    return checker.typed(node, type_of_rounded(value.type, step))


def check_extreme(checker: Checker, node: Extreme, scope: Scope) -> Expression:
    """Two values that can be ordered."""
    left = checker.check_operand(node.left, scope, f"`the {node.which} of`")
    right = checker.check_operand(node.right, scope, f"`the {node.which} of`")
    node = replace(node, left=left, right=right)
    if left.type is None or right.type is None:
        return replace(node, type=None)
    return checker.typed(node, type_of_extreme(node.which, left.type, right.type))


def check_money(checker: Checker, node: Money, _: Scope) -> Expression:
    """A sum in a currency that some fact is declared in; `1 dollar` where that is `dollars`."""
    declared = checker.vocabulary.currencies
    found = next((name for name in (node.currency, f"{node.currency}s") if name in declared), None)
    if found is not None:
        return replace(node, currency=found, type=DataType("money", currency=found))
    return checker.typed(node, fault_of_unit(node.currency, declared))


def check_fraction(checker: Checker, node: FractionOf, scope: Scope) -> Expression:
    """A share of the days between two dates."""
    start = checker.check_operand(node.start, scope, "`fraction`")
    end = checker.check_operand(node.end, scope, "`fraction`")
    for point in (start, end):
        checker.require_kind(point, ("date",), "a date", "write `fraction(1/3, from DATE to DATE, round up)`")
    return replace(node, start=start, end=end, type=DAYS)


def _literal(type_of: Callable[[Any], DataType]) -> Check:
    return lambda _checker, node, _scope: cast(Expression, replace(node, type=type_of(node)))


CHECKS: Final[dict[type, Check]] = {
    Today: _literal(lambda _: DATE),
    Now: _literal(lambda _: MOMENT),
    Truth: _literal(lambda _: YES_NO),
    Amount: _literal(lambda node: COUNT if isinstance(node.value, int) and node.value >= 0 else NUMBER),
    Money: check_money,
    Rate: _literal(lambda node: DataType("number", per=node.unit)),
    Length: _literal(lambda node: DataType("duration", family=node.duration.family)),
    Day: _literal(lambda _: DATE),
    Instant: _literal(lambda _: MOMENT),
    Text: _literal(lambda _: TEXT),
    Compare: check_compare,
    OneOf: check_one_of,
    Present: check_present,
    WithinAfter: check_within_after,
    EndOf: check_end_of,
    EndOfUnit: check_end_of_unit,
    WorkingDays: _literal(lambda _: DAYS),
    KindOfDay: check_kind_of_day,
    PeriodWithin: check_period_within,
    Arithmetic: check_arithmetic,
    Rounded: check_rounded,
    Extreme: check_extreme,
    FractionOf: check_fraction,
}
