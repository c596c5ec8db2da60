"""Which bounds on a parameter a requirement amounts to (S14).

A comparison that is linear in one parameter is an interval: what the parameter is multiplied with goes to the other
side, a negative coefficient turns the relation round, strictness stays. Only steps that lose nothing are taken. Months
cannot be moved across a comparison of dates, since months differ in length; a duration is not divided, since its
base unit is whole. What cannot be moved is no bound, and the requirement stays a condition like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Literal

from mutandis.calendar.counting import CIVIL, Counting
from mutandis.condition.reckoning_types import type_of_arithmetic
from mutandis.condition.tree import (
    Amount,
    And,
    Arithmetic,
    Compare,
    Expression,
    Fact,
    Length,
    Money,
    Not,
    Operator,
    WithinAfter,
    walk,
)
from mutandis.dataclass import dataclass
from mutandis.datatypes import BASE_UNIT, COUNT, NUMBER, DataType, Kind
from mutandis.link.program import Bound
from mutandis.link.spans import CONTRARY

Relation = Literal["<", "<=", ">", ">=", "is"]

_TURNED: Final[dict[Relation, Relation]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "is": "is"}
_DIVISIBLE: Final[frozenset[Kind]] = frozenset({"count", "number", "money"})
_POINTS: Final[frozenset[Kind]] = frozenset({"date", "moment"})
_MEASURES: Final[frozenset[Kind]] = _DIVISIBLE | {"duration"}


def find_bounds(condition: Expression, parameters: frozenset[str]) -> tuple[Bound, ...]:
    """The bounds that together say the same as `condition`, a checked tree; none if it is no conjunction of bounds.

    `parameters` are the names of the facts that are parameters. `x is within N after y` gives two bounds.
    """
    found: list[Bound] = []
    for comparison in _comparisons(condition):
        bound = None if comparison is None else _bound(comparison, parameters)
        if bound is None:
            return ()
        found.append(bound)
    return tuple(found)


def _comparisons(condition: Expression) -> Iterator[Compare | None]:
    """The comparisons whose conjunction the condition is; None for a part that is none."""
    match condition:
        case And(operands=operands):
            for operand in operands:
                yield from _comparisons(operand)
        case Not(operand=Compare(operator=operator, left=left, right=right)):
            yield Compare(CONTRARY[operator], left, right, span=condition.span, type=condition.type)
        case Compare():
            yield condition
        case WithinAfter(subject=subject, length=length, side="after", anchor=anchor):
            yield Compare(">=", subject, anchor)
            yield _compare("<=", subject, _sum("+", anchor, length, condition.counting))
        case WithinAfter(subject=subject, length=length, anchor=anchor):
            yield _compare(">=", subject, _sum("-", anchor, length, condition.counting))
            yield Compare("<=", subject, anchor)
        case _:
            yield None


def _compare(operator: Operator, left: Expression, right: Expression | None) -> Compare | None:
    return None if right is None else Compare(operator, left, right)


# --- linear forms -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Term:
    """A whole subexpression without parameters, so many times."""

    times: Fraction
    expression: Expression


@dataclass(frozen=True, slots=True)
class _Linear:
    """`coefficient` times the parameter, plus the terms."""

    parameter: Fact | None
    coefficient: Fraction
    terms: tuple[_Term, ...]

    def times(self, factor: Fraction) -> _Linear:
        """All of it so many times."""
        terms = tuple(_Term(term.times * factor, term.expression) for term in self.terms)
        return _Linear(self.parameter, self.coefficient * factor, terms)

    def plus(self, other: _Linear) -> _Linear | None:
        """Both together; None if they speak of two parameters."""
        if self.parameter and other.parameter and self.parameter != other.parameter:
            return None
        return _Linear(
            self.parameter or other.parameter, self.coefficient + other.coefficient, self.terms + other.terms
        )


def _linear(node: Expression, parameters: frozenset[str]) -> _Linear | None:
    """The linear form of `node`, None if it has none (or none that is exact)."""
    if not _mentions(node, parameters):
        return _Linear(None, Fraction(0), (_Term(Fraction(1), node),))
    match node:
        case Fact():
            return _Linear(node, Fraction(1), ())
        case Arithmetic(operator="*", left=left, right=right):
            factor, other = (_constant(left), right) if _constant(left) is not None else (_constant(right), left)
            form = _linear(other, parameters)
            return None if factor is None or form is None else form.times(factor)
        case Arithmetic(operator="/", left=left, right=Amount(value=divisor)):
            form = _linear(left, parameters)
            return None if form is None else form.times(Fraction(1) / divisor)
        case Arithmetic(operator="/"):
            return None
        case Arithmetic(operator=operator, left=left, right=right):
            if not _moves_exactly(node):
                return None
            first, second = _linear(left, parameters), _linear(right, parameters)
            if first is None or second is None:
                return None
            return first.plus(second.times(Fraction(-1 if operator == "-" else 1)))
        case _:
            return None


def _mentions(node: Expression, parameters: frozenset[str]) -> bool:
    return any(isinstance(part, Fact) and part.name in parameters for part in walk(node))


def _constant(node: Expression) -> Fraction | None:
    """The number that `node` writes out, if it does."""
    match node:
        case Amount(value=value):
            return Fraction(value)
        case Arithmetic(operator="*", left=left, right=right):
            first, second = _constant(left), _constant(right)
            return None if first is None or second is None else first * second
        case _:
            return None


def _moves_exactly(node: Arithmetic) -> bool:
    """True unless a duration that may be months, or hours, is added to a date: neither can be taken back exactly."""
    if node.left.type is None or node.right.type is None:
        return False
    if node.left.type.kind not in _POINTS or node.right.type.kind != "duration":
        return True
    exact = ("days",) if node.left.type.kind == "date" else ("days", "hours")
    return node.right.type.family in exact


# --- from a comparison to a bound -------------------------------------------------------------------------------------


def _bound(comparison: Compare, parameters: frozenset[str]) -> Bound | None:
    if comparison.operator == "is not":
        return None
    left, right = _linear(comparison.left, parameters), _linear(comparison.right, parameters)
    if left is None or right is None:
        return None
    # coefficient * parameter + terms  relation  0
    form = left.plus(right.times(Fraction(-1)))
    if form is None or form.parameter is None or form.coefficient == 0 or form.parameter.type is None:
        return None
    relation: Relation = comparison.operator if form.coefficient > 0 else _TURNED[comparison.operator]
    moved = tuple(term for term in form.times(-1 / form.coefficient).terms)
    limit = _limit(form.parameter.type, form.coefficient, moved, _sides(comparison))
    return None if limit is None else Bound(form.parameter.name, relation, limit)


def _sides(comparison: Compare) -> frozenset[Kind]:
    return frozenset(side.type.kind for side in (comparison.left, comparison.right) if side.type is not None)


def _limit(
    parameter: DataType, coefficient: Fraction, terms: tuple[_Term, ...], compared: frozenset[Kind]
) -> Expression | None:
    """The sum of the terms as an expression of the parameter's type, None if it has no exact one."""
    if compared == _POINTS or parameter.several or parameter.kind not in _POINTS | _MEASURES:
        return None  # A date meets a moment by the day, which no interval of moments says.
    divided = abs(coefficient) != 1 or any(abs(term.times) != 1 for term in terms)
    if divided and parameter.kind not in _DIVISIBLE:
        return None
    limit = _total(sorted(terms, key=_reading_order), parameter)
    if limit is None or limit.type is None:
        return None
    return limit if _same_kind(limit.type, parameter) else None


def _same_kind(limit: DataType, parameter: DataType) -> bool:
    if parameter.kind in ("count", "number"):
        return limit.kind in ("count", "number")
    if parameter.kind == "duration":
        # A length in any unit may turn out to be of another family: then the two have no order (S44).
        return limit.kind == "duration" and limit.family == parameter.family is not None
    return limit.kind == parameter.kind


def _reading_order(term: _Term) -> tuple[bool, bool]:
    """What is taken away comes last, and a date comes before what is added to it."""
    is_point = term.expression.type is not None and term.expression.type.kind in _POINTS
    return (term.times < 0, not is_point)


def _total(terms: list[_Term], parameter: DataType) -> Expression | None:
    """The terms added up; None where the types do not allow it, or lose something."""
    total: Expression | None = None
    for term in terms:
        part = _scaled(term.expression, abs(term.times))
        if total is None and term.times > 0:
            total = part
            continue
        total = _sum("+" if term.times > 0 else "-", _zero(parameter) if total is None else total, part)
        if total is None or (isinstance(total, Arithmetic) and not _moves_exactly(total)):
            return None
    return _zero(parameter) if total is None else total


def _scaled(node: Expression, times: Fraction) -> Expression:
    if times == 1:
        return node
    if isinstance(node, Amount):
        return _amount(node.value * times)
    type_ = NUMBER if node.type is None or node.type.kind == "count" else node.type
    return Arithmetic("*", node, _amount(times), type=type_)


def _amount(value: Fraction) -> Amount:
    whole = value.denominator == 1
    return Amount(value.numerator if whole else value, type=COUNT if whole and value >= 0 else NUMBER)


def _zero(parameter: DataType) -> Expression | None:
    """Nothing, as a value of the parameter's type; dates and durations of no known family have none."""
    match parameter:
        case DataType(kind="count" | "number"):
            return Amount(0, type=COUNT)
        case DataType(kind="money", currency=str(currency)):
            return Money(0, currency, type=DataType("money", currency=currency))
        case DataType(kind="duration", family=family) if family is not None:
            return Length(0, BASE_UNIT[family], type=DataType("duration", family=family))
        case _:
            return None


def _sum(
    operator: Literal["+", "-"], left: Expression | None, right: Expression, counting: Counting = CIVIL
) -> Expression | None:
    """`left operator right` with its type, None if it has none."""
    if left is None or left.type is None or right.type is None:
        return None
    outcome = type_of_arithmetic(operator, left.type, right.type)
    return Arithmetic(operator, left, right, counting, type=outcome) if isinstance(outcome, DataType) else None
