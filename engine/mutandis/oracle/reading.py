"""What a condition comes to when every fact it reads is known."""

import datetime as dt
import operator
from collections.abc import Iterator, Mapping
from dataclasses import field
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

from mutandis.citation import CitationRange, parse_citation
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.oracle.construal import Beside, Reading, Through
from mutandis.oracle.counting import (
    CIVIL,
    NoAnswer,
    day_of,
    end_of,
    is_of_kind,
    is_within,
    last_of,
    later,
    share,
    worked,
)
from mutandis.values import Duration, OpenList

EQUAL: Mapping[str, Any] = {"is": operator.eq, "is not": operator.ne}
ORDER: Mapping[str, Any] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
RECKON: Mapping[str, Any] = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": Fraction}


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition stands: in which reading, about which list members, and which fictions are not looked at."""

    reading: Reading
    members: Mapping[str, tuple[str, Mapping[str, object]]] = field(default_factory=dict)  # variable: term and member
    terms: Mapping[str, Mapping[str, object]] = field(default_factory=dict)  # term: the member it is, in a definition
    as_stated: frozenset[str] = frozenset()


def evaluate(node: Any, case: Any, scope: Scope) -> Any:
    """The value of an expression in the case. Durations are `Duration`, whatever their family; none is None."""

    def ev(part: Any, inner: Scope = scope) -> Any:
        return evaluate(part, case, inner)

    if getattr(node, "negated", False):  # what is said to be not so is not so: two values leave nothing else
        return not ev(replace(node, negated=False))
    match node:
        case t.Fact(name=name, presumed=clause):
            return case.version(node) if clause and case.is_undated(name, scope) else case.fact(name, scope)
        case t.Attribute():
            term, member = scope.members[node.variable]
            return case.fact(f"{term}.{node.attribute}", replace(scope, terms={**scope.terms, term: member}))
        case t.Truth() | t.Amount() | t.Day() | t.Instant() | t.Text() | t.Choice():
            return node.value
        case t.Money(amount=amount):
            return amount
        case t.Length():
            return node.duration
        case t.Today() | t.Now():
            if not isinstance(case.at, dt.datetime if isinstance(node, t.Now) else dt.date):
                raise NoAnswer("no clock")
            return case.at if isinstance(node, t.Now) else day_of(case.at)
        case t.Not(operand=operand):
            return not ev(operand)
        case t.And(operands=operands):
            return connect(operands, ev, False)
        case t.Or(operands=operands):
            return connect(operands, ev, True)
        case t.Compare(operator=sign, left=left, right=right):
            return compare(sign, ev(left), ev(right))
        case t.OneOf(left=left, values=values):
            return any(compare("is", ev(left), ev(one)) for one in values)
        case t.Present(operand=operand):
            return ev(operand) is not None
        case t.KindOfDay(operand=operand, kind=kind):
            day = ev(operand)
            if day is None:
                raise NoAnswer("none is no day")
            return is_of_kind(day_of(day), kind, case.holidays)
        case t.EndOf(length=t.WorkingDays(number=number), side=side, anchor=anchor):
            return worked(ev(anchor), number, side, case.holidays)
        case t.WithinAfter(subject=subject, length=t.WorkingDays(number=number), side=side, anchor=anchor):
            x, y = ev(subject), ev(anchor)
            if x is None or y is None:
                return False
            first, last = (y, worked(y, number, side, case.holidays))[:: 1 if side == "after" else -1]
            return compare("<=", first, x) and compare("<=", x, last)
        case t.EndOfUnit(anchor=anchor, months=months, shift=shift):
            day = ev(anchor)
            if day is None:
                raise NoAnswer("none is no day")
            return last_of(day_of(day), months, shift)
        case t.EndOf(length=length, side=side, anchor=anchor, counting=counting):
            span, y = ev(length), ev(anchor)
            if span is None or y is None:
                raise NoAnswer("none has no end")
            return end_of(y, span, side, counting, case.holidays)
        case t.WithinAfter(subject=subject, length=length, side=side, anchor=anchor):
            x, span, y = ev(subject), ev(length), ev(anchor)
            if x is None or span is None or y is None:
                return False
            first, last = sorted((y, reckon("+" if side == "after" else "-", y, span, node.counting)))
            return compare("<=", first, x) and compare("<=", x, last)
        case t.PeriodWithin(period=period, length=length):
            value, span = ev(period), ev(length)
            if value is None or span is None:
                return False
            days = [(ev(first), ev(last)) for first, last in node.suspended]
            left_out = tuple((first, last or dt.date.max) for first, last in days if first is not None)
            counted = replace(value, suspensions=value.suspensions + left_out)
            return is_within(counted, span, node.counting)
        case t.Arithmetic(operator=sign, left=left, right=right):
            return reckon(sign, ev(left), ev(right), node.counting)
        case t.Rounded(rounding=how, value=value, step=step):
            return rounded(how, ev(value), ev(step))
        case t.Extreme(is_least=least, left=left, right=right):
            first, second = ev(left), ev(right)
            return first if compare("<=", first, second) is least else second
        case t.If(condition=condition, consequent=consequent, alternative=alternative):
            return ev(consequent) if ev(condition) else ev(alternative)
        case t.FractionOf(start=start, end=end):
            first, last = ev(start), ev(end)
            return None if first is None or last is None else share(node, first, last)
        case t.Quantified(quantifier=quantifier, number=number, body=body):
            scopes = _members(node, case, scope)
            found, all_of = sum(bool(ev(body, one)) for one in scopes), len(scopes)
            counted = {
                "at least": found >= (number or 0),
                "at most": found <= (number or 0),
                "exactly": found == number,
            }
            return {"any": found > 0, "every": found == all_of, "no": found == 0, **counted}[quantifier]
        case t.NumberOf(body=body):
            return sum(body is None or bool(ev(body, one)) for one in _members(node, case, scope))
        case t.TotalOf(value=value, body=body):
            amounts = [ev(value, one) for one in _members(node, case, scope) if body is None or ev(body, one)]
            total: Any = Duration(0, node.type.family) if node.type and node.type.family else 0
            for amount in amounts:
                total = reckon("+", total, amount)
            return total
        case Beside(reference=reference, outside=outside):
            own = scope.reading
            return ev(reference, replace(scope, reading=replace(own, path=own.path[:outside])))
        case Through(reference=reference, mapped=mapped):
            read = (case.falls_under(_ranges(reference), scope, one) for one in _of_one_each(mapped, case))
            return any(read) is not reference.negated
        case t.FallsUnder(subject=None):
            return case.falls_under(_ranges(node), scope, None)
        case t.FallsUnder(subject=subject):
            value = ev(subject)
            held: Any = value if isinstance(value, frozenset) else () if value is None else (value,)
            return any(case.created_by(_full_name(subject, scope), one, _ranges(node)) for one in held)
        case t.Applies(citation=citation):
            return case.applies((CitationRange(parse_citation(citation), parse_citation(citation)),), scope)
    raise TypeError(f"{node!r} is no checked expression")


def connect(operands: Any, ev: Any, settles: bool) -> bool:
    """Whether one operand is what settles it (true for `or`); then what the others cannot say does not matter (S33)."""
    fault = None
    for one in operands:
        try:
            if bool(ev(one)) is settles:
                return settles
        except NoAnswer as found:
            fault = found
    if fault is not None:
        raise fault
    return not settles


def _full_name(node: Any, scope: Scope) -> str:
    return node.name if isinstance(node, t.Fact) else f"{scope.members[node.variable][0]}.{node.attribute}"


def _of_one_each(mapped: tuple[Mapping[str, Any], ...], case: Any) -> Iterator[tuple[Mapping[str, Any], ...]]:
    """The construals of clauses for each choice among several things; several values stay a list (S35)."""
    vocabulary = case.oracle.vocabulary
    of_one: list[list[Mapping[str, Any]]] = []
    for one in mapped:
        several = [
            source
            for source, read in one.items()
            if isinstance(read, tuple) and (source in vocabulary.terms or source in vocabulary.facts)
        ]
        choices = product(*([(target,) for target in one[source]] for source in several))
        of_one.append([{**one, **dict(zip(several, each, strict=True))} for each in choices])
    yield from product(*of_one)


def _ranges(node: t.FallsUnder) -> tuple[CitationRange, ...]:
    return tuple(CitationRange(parse_citation(first), parse_citation(last)) for first, last in node.ranges)


def _members(node: Any, case: Any, scope: Scope) -> list[Scope]:
    """For each member of the list, the scope in which the variable is that member."""
    found = evaluate(node.source, case, scope)
    if isinstance(found, OpenList):
        raise NoAnswer("an open list")
    term, variable = node.source.type.term, node.variable or ""
    return [replace(scope, members={**scope.members, variable: (term, one)}) for one in found or ()]


def compare(sign: str, left: Any, right: Any) -> bool:
    """Whether the comparison holds. Dates meet moments by the day; none equals nothing else."""
    if isinstance(left, frozenset):
        return (right in left) is (sign == "is")
    if left is None or right is None:
        if sign not in EQUAL:
            raise NoAnswer("none has no order")
        return bool(EQUAL[sign](left, right))
    if isinstance(left, dt.date) and isinstance(left, dt.datetime) != isinstance(right, dt.datetime):
        left, right = day_of(left), day_of(right)
    if isinstance(left, Duration):
        if left.family != right.family:
            raise NoAnswer("families that do not convert")
        left, right = left.amount, right.amount
    return bool({**EQUAL, **ORDER}[sign](left, right))


def rounded(how: str, value: Any, step: Any) -> Any:
    """The multiple of the step that the value is rounded to."""
    times = reckon("/", value, step)
    half = {"half up": floor(times + Fraction(1, 2)), "half to even": round(times)}
    return reckon("*", step, {"up": ceil(times), "down": floor(times), **half}[how])


def reckon(sign: str, left: Any, right: Any, counting: Any = CIVIL) -> Any:
    """The sum, difference, product or quotient."""
    match left, right:
        case (None, _) | (_, None):
            raise NoAnswer("none is no amount")
        case dt.date(), Duration():
            return later(left, right if sign == "+" else replace(right, amount=-right.amount), counting)
        case dt.datetime(), _:
            return Duration(Fraction((left - right) / dt.timedelta(minutes=1)), "hours")
        case dt.date(), _:
            return Duration((left - right).days, "days")
        case Duration(), Duration():
            if left.family != right.family:
                raise NoAnswer("families that do not convert")
            found = RECKON[sign](left.amount, right.amount)
            return found if sign == "/" else Duration(found, left.family)
        case (Duration() as length, factor) | (factor, Duration() as length):
            amount = RECKON[sign](length.amount, factor)
            if amount % 1:
                raise NoAnswer("part of a day or month")
            return replace(length, amount=amount)
    return RECKON[sign](left, right)
