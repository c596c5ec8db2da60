"""What an expression means, by walking its tree.

Said in words in docs/language/evaluation.md, "Values and the two kinds of not knowing".

Slow and plain on purpose: this is the definition the compiler is held against. An expression yields a value, `None`
(none), a `Range` or a `NotKnown`; it never raises for anything a case can say.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from mutandis.calendar import (
    CIVIL,
    Counting,
    DaysOff,
    compare_times,
    counting_of,
    day_of,
    reckon,
    reckon_back,
    share_of_days,
)
from mutandis.citation import parse_citation, parse_citation_range
from mutandis.condition import tree as t
from mutandis.datatypes import DataType
from mutandis.values import Duration, Number, OpenList, Period, Unknown

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Not known, and what it waits for: facts, open parameters, wording that is not held (norm keys)."""

    facts: frozenset[str] = NOTHING
    parameters: frozenset[str] = NOTHING
    wording: frozenset[str] = NOTHING

    def __or__(self, other: NotKnown) -> NotKnown:
        return NotKnown(self.facts | other.facts, self.parameters | other.parameters, self.wording | other.wording)


@dataclass(frozen=True, slots=True)
class Range:
    """A number or day of which only bounds are known, both included, None without bound; and what it waits for."""

    low: Any
    high: Any
    why: NotKnown


Result = Any  # a value of values.py, None, a Range or a NotKnown
Truth = bool | NotKnown


class Scope(Protocol):
    """What an expression is read in: the facts of the case, the clock, the norms it may ask about."""

    @property
    def at(self) -> dt.date | None: ...

    @property
    def days_off(self) -> DaysOff: ...

    def fact(self, name: str, type_: DataType | None) -> Result: ...

    def is_parameter(self, name: str) -> bool: ...

    def effective(self, citation: str) -> Truth: ...


@dataclass(frozen=True, slots=True)
class Member:
    """A list member bound to a variable: its facts, its place in the list, whether the list is a parameter."""

    facts: Mapping[str, object]
    name: str
    parameter: bool


Bindings = Mapping[str, Member]


def waits(value: Result) -> NotKnown:
    """What `value` waits for; nothing if it is known."""
    if isinstance(value, NotKnown):
        return value
    return value.why if isinstance(value, Range) else NotKnown()


def is_known(value: Result) -> bool:
    """True for a plain value or none."""
    return not isinstance(value, (NotKnown, Range))


def not_(value: Truth) -> Truth:
    """Strong Kleene `not`."""
    return value if isinstance(value, NotKnown) else not value


def and_(values: list[Truth]) -> Truth:
    """Strong Kleene `and`; what waits is the union over what is not known."""
    if any(v is False for v in values):
        return False
    open_ = [v for v in values if isinstance(v, NotKnown)]
    return _union(open_) if open_ else True


def or_(values: list[Truth]) -> Truth:
    """Strong Kleene `or`."""
    return not_(and_([not_(v) for v in values]))


def _union(values: list[NotKnown]) -> NotKnown:
    total = NotKnown()
    for value in values:
        total = total | value
    return total


def evaluate(node: t.Expression, scope: Scope, bound: Bindings | None = None) -> Result:
    """The meaning of `node` in `scope`, with list members bound to the variables of `bound`."""
    at = scope.at
    bindings: Bindings = bound or {}

    def see(child: t.Expression) -> Result:
        return evaluate(child, scope, bindings)

    match node:
        case t.Truth(value=v) | t.Amount(value=v) | t.Day(value=v) | t.Instant(value=v) | t.Text(value=v):
            return v
        case t.Choice(value=v):
            return v
        case t.Money(amount=v):
            return v
        case t.Length():
            return node.duration if node.type is not None and node.type.family is None else node.duration.amount
        case t.Today():
            return day_of(at) if at is not None else NotKnown(frozenset({"today"}))
        case t.Now():
            return at if isinstance(at, dt.datetime) else NotKnown(frozenset({"now"}))
        case t.Fact(name=name):
            return scope.fact(name, node.type)
        case t.Attribute(variable=variable, attribute=attribute):
            return _attribute(bindings[variable], attribute, node.type)
        case t.Not(operand=a):
            return not_(see(a))
        case t.And(operands=many):
            return and_([see(a) for a in many])
        case t.Or(operands=many):
            return or_([see(a) for a in many])
        case t.Compare(operator=operator, left=a, right=b):
            return compare(operator, _widen(see(a), a, b), _widen(see(b), b, a))
        case t.OneOf(left=a, values=many, negated=negated):
            left = see(a)
            found = or_([compare("is", _widen(left, a, v), _widen(see(v), v, a)) for v in many])
            return not_(found) if negated else found
        case t.Present(operand=a, negated=negated):
            value = see(a)
            if isinstance(value, NotKnown):
                return value
            if isinstance(value, Range):
                return value.why
            return (value is None) is negated
        case t.WithinAfter(subject=a, length=b, side=side, anchor=c):
            subject, anchor = see(a), see(c)
            end = add(anchor, see(b), b.type, 1 if side == "after" else -1, node.counting)
            first, last = (anchor, end) if side == "after" else (end, anchor)
            return and_([compare("<=", first, subject), compare("<=", subject, last)])
        case t.EndOf(length=b, side=side, anchor=a):
            return _end_of(see(a), see(b), b.type, side, node.counting, scope)
        case t.PeriodWithin(period=a, length=b):
            spans = [(see(first), see(last)) for first, last in node.suspended]
            return _period_within(see(a), see(b), node, spans, scope)
        case t.Arithmetic(operator=operator, left=a, right=b):
            return _arithmetic(operator, see(a), see(b), node)
        case t.If(condition=c, consequent=a, alternative=b):
            condition = see(c)
            yes, no = _as_type(see(a), a, node), _as_type(see(b), b, node)
            if not isinstance(condition, NotKnown):
                return yes if condition else no
            if is_known(yes) and is_known(no) and yes == no:
                return yes
            return condition | waits(yes) | waits(no)
        case t.FractionOf(share=share, start=a, end=b, rounding=rounding):
            start, end = see(a), see(b)
            if isinstance(start, dt.date) and isinstance(end, dt.date):
                return share_of_days(share, start, end, rounding)
            return waits(start) | waits(end)
        case t.Quantified(quantifier=quantifier, number=number, variable=variable, source=source, body=body):
            truths, open_ = _members(source, variable, body, scope, bindings)
            return quantify(quantifier, number, truths, open_)
        case t.NumberOf(variable=variable, source=source, body=body):
            truths, open_ = _members(source, variable, body, scope, bindings)
            sure = sum(1 for truth in truths if truth is True)
            unsure = [truth for truth in truths if isinstance(truth, NotKnown)]
            if not unsure and open_ is None:
                return sure
            why = _union(unsure) | (open_ or NotKnown())
            return Range(sure, None if open_ is not None else sure + len(unsure), why)
        case t.TotalOf(value=value, variable=variable, source=source, body=body):
            return _total(value, variable, source, body, scope, bindings)
        case t.FallsUnder(subject=subject, ranges=ranges, negated=negated) if subject is not None:
            place = see(subject)
            if not isinstance(place, str):
                return False if place is None else place
            cited = parse_citation(place)
            under = any(parse_citation_range(f"{a} to {b}" if a != b else a).covers(cited) for a, b in ranges)
            return under is not negated
        case t.Applies(citation=citation):
            return scope.effective(citation)
        case _:
            raise TypeError(f"not a linked expression: {node!r}")


# --- comparison -------------------------------------------------------------------------------------------------------


def compare(operator: str, left: Result, right: Result) -> Truth:
    """`left operator right`; ranges are decided when every pair of values agrees."""
    if operator in ("is", "is not"):
        return _same(left, right) if operator == "is" else not_(_same(left, right))
    if operator in (">", ">="):
        return compare("<" if operator == ">" else "<=", right, left)
    if left is None or right is None:
        return waits(left) | waits(right)
    if isinstance(left, Range) or isinstance(right, Range):
        return _compare_ranges(operator, left, right)
    if isinstance(left, NotKnown) or isinstance(right, NotKnown):
        return waits(left) | waits(right)
    if isinstance(left, Duration) or isinstance(right, Duration):
        if left.family != right.family:
            return NotKnown()
        left, right = left.amount, right.amount
    if isinstance(left, dt.date):
        order = compare_times(left, right)
        return order < 0 if operator == "<" else order <= 0
    return bool(left < right if operator == "<" else left <= right)


def _compare_ranges(operator: str, left: Result, right: Result) -> Truth:
    mine, theirs = _ends(left), _ends(right)
    if mine is None or theirs is None:
        return waits(left) | waits(right)
    (low, high), (other_low, other_high) = mine, theirs
    strict = operator == "<"
    if high is not None and other_low is not None and (high < other_low or (not strict and high == other_low)):
        return True
    if low is not None and other_high is not None and (low > other_high or (strict and low == other_high)):
        return False
    return waits(left) | waits(right)


def _ends(value: Result) -> tuple[Any, Any] | None:
    if isinstance(value, Range):
        return value.low, value.high
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return value, value
    if isinstance(value, dt.date):
        return day_of(value), day_of(value)
    return None


def _same(left: Result, right: Result) -> Truth:
    if isinstance(left, Range) or isinstance(right, Range):
        if left is None or right is None:
            return waits(left) | waits(right)
        apart = or_([_compare_ranges("<", left, right), _compare_ranges("<", right, left)])
        return False if apart is True else waits(left) | waits(right)
    if isinstance(left, NotKnown) or isinstance(right, NotKnown):
        return waits(left) | waits(right)
    if left is None or right is None:
        return left is right
    if isinstance(left, frozenset):
        return right in left
    if isinstance(left, Duration) and isinstance(right, Duration) and left.family != right.family:
        return NotKnown()
    if isinstance(left, dt.date) and isinstance(right, dt.date):
        return compare_times(left, right) == 0
    return bool(left == right)


# --- durations, dates, numbers ----------------------------------------------------------------------------------------


def _family(node: t.Expression) -> str | None:
    return node.type.family if node.type is not None and node.type.kind == "duration" else None


def _widen(value: Result, node: t.Expression, other: t.Expression) -> Result:
    """A plain number of base units becomes a `Duration` where the other side's family is not known before the case."""
    family, theirs = _family(node), other.type
    mixed = theirs is not None and theirs.kind == "duration" and theirs.family is None
    return _as_duration(value, family) if mixed and family is not None else value


def _as_duration(value: Result, family: Any) -> Result:
    if isinstance(value, (int, Fraction)) and not isinstance(value, bool):
        return Duration(value, family)
    return value.why if isinstance(value, Range) else value


def _as_type(value: Result, node: t.Expression, whole: t.Expression) -> Result:
    if whole.type is not None and whole.type.kind == "duration" and whole.type.family is None and _family(node):
        return _as_duration(value, _family(node))
    return value


def as_declared(value: Result, node: t.Expression, type_: DataType | None) -> Result:
    """`value` of `node` as a fact of type `type_` holds it: widened where the fact's family is not known beforehand."""
    if type_ is not None and type_.kind == "duration" and type_.family is None and _family(node):
        return _as_duration(value, _family(node))
    return value


def add(start: Result, length: Result, type_: DataType | None, sign: int = 1, counting: Counting = CIVIL) -> Result:
    """A date or moment plus (`sign` 1) or minus (-1) a duration of type `type_`."""
    if not isinstance(start, dt.date) or not is_known(length) or length is None:
        return waits(start) | waits(length)
    family = length.family if isinstance(length, Duration) else (type_.family if type_ is not None else None)
    amount = length.amount if isinstance(length, Duration) else length
    if family is None:
        return NotKnown()
    try:
        return counting.advance(start, family, sign * amount)
    except OverflowError:
        return NotKnown()


def _arithmetic(operator: str, left: Result, right: Result, node: t.Arithmetic) -> Result:
    kinds = (node.left.type.kind if node.left.type else None, node.right.type.kind if node.right.type else None)
    if kinds[0] in ("date", "moment") and kinds[1] == "duration":
        return add(left, right, node.right.type, 1 if operator == "+" else -1, node.counting)
    if kinds[0] == "duration" and kinds[1] in ("date", "moment"):
        return add(right, left, node.left.type, 1, node.counting)
    if left is None or right is None:
        return waits(left) | waits(right)
    if kinds[0] in ("date", "moment"):
        if not (isinstance(left, dt.date) and isinstance(right, dt.date)):
            return waits(left) | waits(right)
        if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
            seconds = (left - right).total_seconds()
            return int(seconds // 60) if seconds % 60 == 0 else NotKnown()
        return (day_of(left) - day_of(right)).days
    left = _widen(left, node.left, node.right) if operator != "*" else left
    right = _widen(right, node.right, node.left) if operator != "*" else right
    if isinstance(left, NotKnown) or isinstance(right, NotKnown):
        return waits(left) | waits(right)
    if isinstance(left, Duration) or isinstance(right, Duration):
        return _duration_arithmetic(operator, left, right)
    duration = node.type is not None and node.type.kind == "duration"
    if not isinstance(left, Range) and not isinstance(right, Range):
        return _whole(_number(operator, left, right), duration)
    return _range_arithmetic(operator, left, right, duration)


def _number(operator: str, left: Number, right: Number) -> Number:
    if operator == "+":
        return left + right
    return left - right if operator == "-" else left * right


def _whole(value: Number, duration: bool) -> Result:
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return NotKnown() if duration and isinstance(value, Fraction) else value


def _duration_arithmetic(operator: str, left: Result, right: Result) -> Result:
    if isinstance(left, Duration) and isinstance(right, Duration):
        if operator == "*" or left.family != right.family:
            return NotKnown()
        return Duration(_number(operator, left.amount, right.amount), left.family)
    length, factor = (left, right) if isinstance(left, Duration) else (right, left)
    if operator != "*" or isinstance(factor, Range):
        return waits(factor)
    amount = _whole(length.amount * factor, True)
    return amount if isinstance(amount, NotKnown) else Duration(amount, length.family)


def _range_arithmetic(operator: str, left: Result, right: Result, duration: bool) -> Result:
    why = waits(left) | waits(right)
    (low, high), (other_low, other_high) = _ends(left) or (None, None), _ends(right) or (None, None)
    if operator == "*":
        if isinstance(left, Range) and isinstance(right, Range):
            return why
        inner, factor = (left, right) if isinstance(left, Range) else (right, left)
        ends = [None if e is None else e * factor for e in (inner.low, inner.high)]
        if factor < 0:
            ends.reverse()
        return 0 if factor == 0 else Range(ends[0], ends[1], why)
    if operator == "-":
        other_low, other_high = (
            None if other_high is None else -other_high,
            None if other_low is None else -other_low,
        )
    return Range(
        None if low is None or other_low is None else low + other_low,
        None if high is None or other_high is None else high + other_high,
        why,
    )


# --- periods and lists ------------------------------------------------------------------------------------------------


def _end_of(
    anchor: Result, length: Result, type_: DataType | None, side: str, counting: Counting, scope: Scope
) -> Result:
    if not isinstance(anchor, dt.date) or not is_known(length) or length is None or type_ is None:
        return waits(anchor) | waits(length)
    assert type_.family is not None  # the checker asks for one
    try:
        count = reckon if side == "after" else reckon_back
        found = count(anchor, type_.family, length, counting, days_off=scope.days_off)
    except OverflowError:
        return NotKnown()
    if found.latest is not None:
        return found.last
    why = NotKnown(frozenset({"holidays"}))
    return Range(found.last, None, why) if side == "after" else Range(None, found.last, why)


def _period_within(
    period: Result, length: Result, node: t.PeriodWithin, spans: list[tuple[Result, Result]], scope: Scope
) -> Truth:
    if not isinstance(period, Period) or not is_known(length) or length is None or period.start is None:
        return waits(period) | waits(length)
    type_ = node.length.type
    family = length.family if isinstance(length, Duration) else (type_.family if type_ is not None else None)
    amount = length.amount if isinstance(length, Duration) else length
    if family is None:
        return NotKnown()
    # A span whose days are not known can only make the last day later.
    known, open_ = _suspensions(spans)
    counting = node.counting or counting_of(period.clock or "civil")
    if period.clock == "hours":
        counting = counting_of("hours")
    try:
        last = reckon(period.start, family, amount, counting, suspensions=(*period.suspensions, *known)).nominal
    except OverflowError:
        return NotKnown()
    if period.until is not None:
        return True if compare_times(period.until, last) <= 0 else _union(open_) if open_ else False
    if scope.at is not None and compare_times(scope.at, last) > 0:
        return _union(open_) if open_ else False
    name = node.period.name if isinstance(node.period, t.Fact) else ""
    if not name:
        return NotKnown()
    return NotKnown(parameters=frozenset({name})) if scope.is_parameter(name) else NotKnown(frozenset({name}))


def _suspensions(spans: list[tuple[Result, Result]]) -> tuple[list[tuple[dt.date, dt.date]], list[NotKnown]]:
    """The spans that are known, one without a last day going on for good, and what the others wait for."""
    known: list[tuple[dt.date, dt.date]] = []
    open_: list[NotKnown] = []
    for first, last in spans:
        if first is None:
            continue
        if isinstance(first, NotKnown) or isinstance(last, NotKnown):
            open_.append(waits(first) | waits(last))
        else:
            known.append((day_of(first), dt.date.max if last is None else day_of(last)))
    return known, open_


def _attribute(member: Member, attribute: str, type_: DataType | None) -> Result:
    value = member.facts.get(attribute, NotKnown)
    if value is not NotKnown and not isinstance(value, Unknown):
        return value
    name = frozenset({f"{member.name}.{attribute}"})
    why = NotKnown(parameters=name) if member.parameter else NotKnown(name)
    counted = type_ is not None and (type_.kind in ("count", "money") or (type_.kind == "duration" and type_.family))
    return Range(0, None, why) if counted and not member.parameter else why


def _list(source: t.Expression, scope: Scope, bindings: Bindings) -> tuple[list[Member], NotKnown | None]:
    """The members known, and what waits for further ones (None: the list is closed)."""
    value = evaluate(source, scope, bindings)
    name = source.name if isinstance(source, t.Fact) else source.attribute if isinstance(source, t.Attribute) else ""
    parameter = isinstance(source, t.Fact) and scope.is_parameter(name)
    if value is None:
        return [], None
    if isinstance(value, (NotKnown, Range)):
        return [], waits(value)
    members = value.members if isinstance(value, OpenList) else value
    bound = [Member(facts, f"{name}[{i}]", parameter) for i, facts in enumerate(members, 1)]
    if not isinstance(value, OpenList):
        return bound, None
    return bound, NotKnown(parameters=frozenset({name})) if parameter else NotKnown(frozenset({name}))


def _members(
    source: t.Expression, variable: str | None, body: t.Expression | None, scope: Scope, bindings: Bindings
) -> tuple[list[Truth], NotKnown | None]:
    members, open_ = _list(source, scope, bindings)
    if variable is None or body is None:
        return [True] * len(members), open_
    return [evaluate(body, scope, {**bindings, variable: member}) for member in members], open_


def quantify(quantifier: str, number: int | None, truths: list[Truth], open_: NotKnown | None) -> Truth:
    """`any`, `every`, `no`, `at least n`, `at most n`, `exactly n` over the truths of the members."""
    unsure = [v for v in truths if isinstance(v, NotKnown)]
    why = _union(unsure) | (open_ or NotKnown())
    low = sum(1 for v in truths if v is True)
    high = None if open_ is not None else low + len(unsure)
    if quantifier == "every":
        low = sum(1 for v in truths if v is False)
        return False if low else (why if unsure or open_ is not None else True)
    wanted = number or 0
    match quantifier:
        case "any":
            return True if low >= 1 else (why if high is None or high >= 1 else False)
        case "no":
            return False if low >= 1 else (why if high is None or high >= 1 else True)
        case "at least":
            return True if low >= wanted else (why if high is None or high >= wanted else False)
        case "at most":
            return False if low > wanted else (why if high is None or high > wanted else True)
        case _:
            if low > wanted or (high is not None and high < wanted):
                return False
            return True if low == high else why


def _total(
    value: t.Expression,
    variable: str,
    source: t.Expression,
    body: t.Expression | None,
    scope: Scope,
    bindings: Bindings,
) -> Result:
    members, open_ = _list(source, scope, bindings)
    low: Number | None = 0
    high: Number | None = 0
    why = open_ or NotKnown()
    families: set[Any] = set()
    for member in members:
        inner = {**bindings, variable: member}
        counts = True if body is None else evaluate(body, scope, inner)
        if counts is False:
            continue
        amount = evaluate(value, scope, inner)
        why = why | waits(amount) | waits(counts)
        if isinstance(amount, Duration):
            families.add(amount.family)
            amount = amount.amount
        ends = _ends(amount) or (None, None)
        floor, ceiling = ends
        if isinstance(counts, NotKnown):
            floor = None if floor is None else min(0, floor)
            ceiling = None if ceiling is None else max(0, ceiling)
        low = None if low is None or floor is None else low + floor
        high = None if high is None or ceiling is None else high + ceiling
    if open_ is not None:
        high = None
        low = low if low is not None and value.type is not None and value.type.kind != "number" else None
    mixed = value.type is not None and value.type.kind == "duration" and value.type.family is None
    if len(families) > 1 or (mixed and not families):
        return why
    if why == NotKnown() and low is not None and low == high:
        return Duration(low, families.pop()) if families else low
    if families or (low is None and high is None):
        return why
    return Range(low, high, why)
