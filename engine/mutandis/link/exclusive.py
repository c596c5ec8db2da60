"""Whether two norms or two definitions can ever hold together, as far as their words show.

Only what is plain counts: a fact that has to have two values, a condition beside its negation, intervals of force
that do not overlap, one excluding what the other demands. Whoever is not shown to be exclusive may meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Final, Protocol

from mutandis.calendar.days_off import WEEKDAYS
from mutandis.citation import parse_citation_range
from mutandis.condition.tree import (
    And,
    Arithmetic,
    Choice,
    Compare,
    EndOf,
    Expression,
    Fact,
    FallsUnder,
    KindOfDay,
    Length,
    Not,
    OneOf,
    Operator,
    Or,
    Present,
    Truth,
    WithinAfter,
)
from mutandis.link.program import LinkedExclusion, LinkedGround
from mutandis.link.rewriting import negation
from mutandis.link.spans import CONTRARY, Span, number_of, span_of, span_where
from mutandis.rulebook.law import ALWAYS, Interval
from mutandis.vocabulary import Vocabulary

_CONTRARY_OPERATORS = frozenset(
    frozenset(pair) for pair in (("<", ">="), ("<", ">"), ("<", "is"), ("<=", ">"), (">", "is"), ("is", "is not"))
)
_TURNED: Final[dict[Operator, Operator]] = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "is": "is"}
_MOST_CHOICES: Final = 16
"""In so many ways alternatives inside conditions are taken together."""


class Triggered(Protocol):
    """What holds when it is in force, all of `when` and one of `grounds` hold, and none of `exclusions`."""

    @property
    def force(self) -> Interval: ...
    @property
    def governed_by(self) -> Expression | None: ...
    @property
    def when(self) -> tuple[Expression, ...]: ...
    @property
    def grounds(self) -> tuple[LinkedGround, ...]: ...
    @property
    def exclusions(self) -> tuple[LinkedExclusion, ...]: ...


def can_meet(one: Triggered, other: Triggered, vocabulary: Vocabulary) -> bool:
    """False if the two plainly never hold in one case."""
    return where_they_meet(one, other, vocabulary) is not None


def where_they_meet(one: Triggered, other: Triggered, vocabulary: Vocabulary) -> list[Expression] | None:
    """Plain conditions under which both may hold; None if they plainly never do."""
    same_clock = one.governed_by == other.governed_by
    if same_clock and one.force.meet(other.force).is_empty:
        return None
    for a, b in product(alternatives(one.when, one.grounds), alternatives(other.when, other.grounds)):
        for both in _chosen([*a, *b]):
            if not is_contradictory(both, vocabulary) and not _excluded(both, one) and not _excluded(both, other):
                return both
    return None


def _chosen(literals: list[Expression]) -> Iterator[list[Expression]]:
    """The literals with one operand in the place of each `or`; as they are where that would be too many."""
    plain = [literal for literal in literals if not isinstance(literal, Or)]
    choices = [literal.operands for literal in literals if isinstance(literal, Or)]
    if prod(map(len, choices)) > _MOST_CHOICES:
        yield literals
        return
    for chosen in product(*choices):
        yield [*plain, *literals_of(chosen)]


def alternatives(when: Sequence[Expression], grounds: Sequence[LinkedGround]) -> list[list[Expression]]:
    """The conjunctions of plain conditions under which something holds: one, or one for each ground."""
    trunk = list(literals_of(when))
    if not grounds:
        return [trunk]
    return [[*trunk, *literals_of([ground.when] if ground.when is not None else [])] for ground in grounds]


def literals_of(conditions: Iterable[Expression]) -> Iterator[Expression]:
    """The conjuncts of `conditions`; of a denied `or`, the denial of all it offers."""
    for condition in conditions:
        match condition:
            case And(operands=operands):
                yield from literals_of(operands)
            case Not(operand=Or(operands=operands)):
                yield from literals_of(negation(operand) for operand in operands)
            case _:
                yield condition


def is_contradictory(literals: Sequence[Expression], vocabulary: Vocabulary) -> bool:
    """True if `literals` plainly cannot all hold."""
    if Truth(False) in literals:
        return True
    if any(_contradict(a, b, vocabulary) for i, a in enumerate(literals) for b in literals[i + 1 :]):
        return True
    if any(isinstance(literal, Not) and excludes([literal.operand], literals) for literal in literals):
        return True
    choices = [literal.operands for literal in literals if isinstance(literal, Or)]
    return any(all(any(_contradict(a, b, vocabulary) for b in literals) for a in operands) for operands in choices)


def excludes(conditions: Sequence[Expression], literals: Sequence[Expression]) -> bool:
    """True if whatever satisfies `literals` satisfies all of `conditions`."""
    return all(
        condition in literals
        or (isinstance(condition, Or) and any(excludes([one], literals) for one in condition.operands))
        for condition in literals_of(conditions)
    )


def _excluded(literals: Sequence[Expression], triggered: Triggered) -> bool:
    return any(_is_met(exclusion, literals) for exclusion in triggered.exclusions)


def _is_met(part: LinkedExclusion | LinkedGround, literals: Sequence[Expression]) -> bool:
    """True if whatever satisfies `literals` satisfies an exclusion, or a ground of one, with one of its grounds."""
    own = [part.when] if part.when is not None else []
    is_plain = part.force == ALWAYS and (isinstance(part, LinkedExclusion) or part.unless is None)
    return (
        bool(own or part.grounds)
        and is_plain
        and excludes(own, literals)
        and (not part.grounds or any(_is_met(ground, literals) for ground in part.grounds))
    )


def _contradict(one: Expression, other: Expression, vocabulary: Vocabulary) -> bool:
    if negation(one) == other or one == negation(other):
        return True
    values, others = values_left(one, vocabulary), values_left(other, vocabulary)
    if values is not None and others is not None and values[0] == others[0]:
        return not values[1] & others[1]
    span, span_too = span_of(one) or number_of(one), span_of(other) or number_of(other)
    if span is not None and span_too is not None and span[0] == span_too[0] and span[1].unit == span_too[1].unit:
        return span[1].meet(span_too[1]).is_empty
    if any(_apart(a, b) for a in _distances(one) for b in _distances(other)):
        return True
    match one, other:
        case Compare(operator=a, left=left, right=right), Compare(operator=b, left=left_too, right=right_too):
            return left == left_too and right == right_too and frozenset((a, b)) in _CONTRARY_OPERATORS
        case Present(operand=a, negated=is_none), Present(operand=b, negated=is_none_too):
            return a == b and is_none != is_none_too
        case FallsUnder(subject=a, ranges=x, negated=False), FallsUnder(subject=b, ranges=y, negated=False):
            is_one = a is not None and a == b and a.type is not None and not a.type.several
            return is_one and not any(_overlap(first, second) for first, second in product(x, y))
        case KindOfDay(operand=a, kind=kind, negated=denied), KindOfDay(operand=b, kind=kind_too, negated=denied_too):
            return a == b and _kinds_apart(kind, denied, kind_too, denied_too)
        case _:
            return False


_Distance = tuple[Expression, Expression, bool, Span]
"""What lies how far from what, and whether as the end of a legal period."""


def _distances(literal: Expression) -> Iterator[_Distance]:
    """How far a literal says that one thing lies from another: `x <= y + 14 days`. However long a month is, more of
    them reach no less far."""
    denied = isinstance(literal, Not)
    match literal.operand if isinstance(literal, Not) else literal:
        case WithinAfter(subject=subject, length=Length() as length, side=side, anchor=anchor) if not denied:
            family, far = length.duration.family, Fraction(length.duration.amount)
            near = Fraction(0)
            yield (
                subject,
                anchor,
                False,
                Span(family, *((near, False, far) if side == "after" else (-far, False, near))),
            )
        case Compare(operator=operator, left=left, right=right) if not isinstance(right, Choice):
            operator = CONTRARY[operator] if denied else operator
            for relation, subject, other in ((operator, left, right), (_TURNED.get(operator), right, left)):
                anchor, unit, far = _moved(other)
                span = span_where(relation, unit, far) if relation is not None else None
                if span is not None:
                    yield subject, anchor, isinstance(other, EndOf), span


def _moved(node: Expression) -> tuple[Expression, object, Fraction]:
    """What a day or an amount is reckoned from, in which family, and how far it is moved."""
    match node:
        case Arithmetic(operator="+" | "-" as sign, left=anchor, right=Length() as length):
            back = sign == "-"
        case EndOf(length=Length() as length, side=side, anchor=anchor):
            back = side == "before"
        case _:
            return node, None, Fraction(0)
    far = Fraction(length.duration.amount)
    return anchor, length.duration.family, -far if back else far


def _apart(one: _Distance, other: _Distance) -> bool:
    """True if the two say of the same things what cannot both be."""
    (*things, span), (*things_too, span_too) = one, other
    is_on_one_line = span.unit == span_too.unit or None in (span.unit, span_too.unit)
    return things == things_too and is_on_one_line and span.meet(span_too).is_empty


def _overlap(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """True if a place may lie in both ranges of provisions."""
    a, b = (parse_citation_range(first if first == last else f"{first} to {last}") for first, last in (one, other))
    return any(a.covers(end) for end in (b.first, b.last)) or any(b.covers(end) for end in (a.first, a.last))


def _kinds_apart(kind: str, denied: bool, other: str, other_denied: bool) -> bool:
    """True if no day is of the one kind (denied: of another) and of the other."""
    if kind == other:
        return denied != other_denied
    if denied or other_denied:
        return denied == other_denied and {kind, other} == {"day off", "working day"}
    return {kind, other} <= set(WEEKDAYS) or {kind, other} in ({"day off", "working day"}, {"holiday", "working day"})


def values_left(literal: Expression, vocabulary: Vocabulary) -> tuple[str, frozenset[str]] | None:
    """The fact that a literal narrows to some of its values, and these values."""
    denied = isinstance(literal, Not)
    atom = literal.operand if isinstance(literal, Not) else literal
    match atom:
        case Compare(operator="is" | "is not" as operator, left=Fact(name=name), right=Choice(value=value)):
            named = frozenset({value})
            denied ^= operator == "is not"
        case OneOf(left=Fact(name=name), values=choices, negated=negated):
            if not all(isinstance(choice, Choice) for choice in choices):
                return None
            named = frozenset(choice.value for choice in choices if isinstance(choice, Choice))
            denied ^= negated
        case _:
            return None
    declared = vocabulary.facts.get(name)
    if declared is None or declared.type.several or (denied and declared.type.open):
        return None
    return name, frozenset(declared.type.values) - named if denied else named
