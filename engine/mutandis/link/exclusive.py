"""Whether two norms or two definitions can ever hold together, as far as their words show.

Only what is plain counts: a fact that has to have two values, a condition beside its negation, intervals of force
that do not overlap, one excluding what the other demands. Whoever is not shown to be exclusive may meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Protocol

from mutandis.calendar.days_off import WEEKDAYS
from mutandis.condition.tree import And, Choice, Compare, Expression, Fact, KindOfDay, Not, OneOf, Or, Present, Truth
from mutandis.link.program import LinkedExclusion, LinkedGround
from mutandis.link.rewriting import negation
from mutandis.link.spans import span_of
from mutandis.rulebook.law import ALWAYS, Interval
from mutandis.vocabulary import Vocabulary

_CONTRARY_OPERATORS = frozenset(
    frozenset(pair) for pair in (("<", ">="), ("<", ">"), ("<", "is"), ("<=", ">"), (">", "is"), ("is", "is not"))
)


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
        both = [*a, *b]
        if not is_contradictory(both, vocabulary) and not _excluded(both, one) and not _excluded(both, other):
            return both
    return None


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
    return all(condition in literals for condition in literals_of(conditions))


def _excluded(literals: Sequence[Expression], triggered: Triggered) -> bool:
    return any(
        exclusion.when is not None
        and not exclusion.grounds
        and exclusion.force == ALWAYS
        and excludes([exclusion.when], literals)
        for exclusion in triggered.exclusions
    )


def _contradict(one: Expression, other: Expression, vocabulary: Vocabulary) -> bool:
    if negation(one) == other or one == negation(other):
        return True
    values, others = values_left(one, vocabulary), values_left(other, vocabulary)
    if values is not None and others is not None and values[0] == others[0]:
        return not values[1] & others[1]
    span, span_too = span_of(one), span_of(other)
    if span is not None and span_too is not None and span[0] == span_too[0] and span[1].unit == span_too[1].unit:
        return span[1].meet(span_too[1]).is_empty
    match one, other:
        case Compare(operator=a, left=left, right=right), Compare(operator=b, left=left_too, right=right_too):
            return left == left_too and right == right_too and frozenset((a, b)) in _CONTRARY_OPERATORS
        case Present(operand=a, negated=is_none), Present(operand=b, negated=is_none_too):
            return a == b and is_none != is_none_too
        case KindOfDay(operand=a, kind=kind, negated=denied), KindOfDay(operand=b, kind=kind_too, negated=denied_too):
            return a == b and _kinds_apart(kind, denied, kind_too, denied_too)
        case _:
            return False


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
