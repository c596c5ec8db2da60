"""What comes of two values in terms: one of them, whether they are one, what they are reckoned to."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.months import divided
from mutandis.backends.solver.terms import Lowered, NotLowered, Span, Term, Truth, Value, Words
from mutandis.dataclass import replace
from mutandis.ir.lower import StatedFact

NUMBERS = ("count", "money", "number", "duration")


def merged(condition: Term, yes: Lowered, other: Lowered) -> Lowered:
    """`yes` where the condition holds, else `other`; the two are of one kind, or one is none."""
    if isinstance(yes, Value) and isinstance(other, Value):
        kind = other.kind if yes.none is True else yes.kind
        both_there = yes.none is not True and other.none is not True
        if both_there and yes.kind != other.kind and {yes.kind, other.kind} - set(NUMBERS):
            raise NotLowered("a choice between a day and a moment")
        high = None if yes.high is None and other.high is None else s.choose(condition, yes.top, other.top)
        return Value(
            kind,
            s.choose(condition, yes.term, other.term),
            s.choose(condition, yes.none, other.none),
            s.choose(condition, yes.gap, other.gap),
            high,
        )
    if isinstance(yes, Value) and yes.none is True:
        return _none_where(condition, other)
    if isinstance(other, Value) and other.none is True:
        return _none_where(s.no(condition), yes)
    if isinstance(yes, Words) and isinstance(other, Words):
        mine, theirs = dict(yes.members), dict(other.members)
        members = tuple((w, s.choose(condition, mine.get(w, False), theirs.get(w, False))) for w in {**mine, **theirs})
        return Words(members, s.choose(condition, yes.none, other.none), s.choose(condition, yes.gap, other.gap))
    if isinstance(yes, Span) and isinstance(other, Span):
        ends = [s.choose(condition, a, b) for a, b in ((yes.start, other.start), (yes.until, other.until))]
        return Span(ends[0], ends[1], s.choose(condition, yes.none, other.none))
    if yes == other:
        return yes
    raise NotLowered("a choice between lists")


def not_stated(fact: StatedFact, like: Value | Words) -> Lowered:
    """What is not known, as a fact is that a case does not state; of an amount, and of what is still to be chosen, more
    is known than that."""
    if fact.numeric or fact.kind == "parameter":
        raise NotLowered(f"`{fact.name}` where nothing is presumed of it, which lies between two ends")
    return Words((), gap=True) if isinstance(like, Words) else Value(like.kind, 0, gap=True)


def spread(found: Value, possible: list[tuple[Term, Value]], open_: Term, gap: Term) -> Value:
    """Where `open_`, what lies between the least and the most of the amounts that may be it; else `found`."""
    least, most, seen = found.term, found.top, False
    for may, value in possible:
        least = s.choose(may, s.choose(s.both([seen, least <= value.term]), least, value.term), least)
        most = s.choose(may, s.choose(s.both([seen, most >= value.top]), most, value.top), most)
        seen = s.either([seen, may])
    missing = s.either([s.both([may, value.missing]) for may, value in possible])
    return replace(
        found,
        term=s.choose(open_, least, found.term),
        gap=s.choose(open_, missing, gap),
        high=s.choose(open_, most, found.top),
    )


def _none_where(condition: Term, value: Lowered) -> Lowered:
    none = s.either([condition, value.none])
    if isinstance(value, Words):  # where it is none, it is known to be
        return replace(value, none=none, gap=s.both([s.no(condition), value.gap]))
    return replace(value, none=none)


def in_same_parts(one: Value, other: Value) -> tuple[Value, Value]:
    """The same two values, each in the parts of the two."""
    parts = lcm(one.parts, other.parts)
    return _finer(one, parts // one.parts), _finer(other, parts // other.parts)


def _finer(value: Value, times: int) -> Value:
    """The same in so many times more parts."""
    if times == 1:
        return value
    high = None if value.high is None else value.high * times
    return replace(value, term=value.term * times, high=high, parts=value.parts * times)


def identical(one: Value, other: Value) -> Term:
    """Where the two are one value, or both none; of what lies between two bounds, where they have the same."""
    same = [s.no(other.none), s.equal(one.term, other.term)]
    if one.high is not None or other.high is not None:
        same.append(s.equal(one.top, other.top))
    return s.choose(one.none, other.none, s.both(same))


def same_truth(one: Truth, other: Truth) -> Truth:
    yes = s.either([s.both([one.yes, other.yes]), s.both([one.no, other.no])])
    differ = s.either([s.both([one.yes, other.no]), s.both([one.no, other.yes])])
    return s.truth(yes) if one.settled and other.settled else Truth(yes, differ)


def sum_of(parts: Iterable[Term]) -> Term:
    found: Term = 0
    for part in parts:
        if not (isinstance(part, int) and part == 0):
            found = found + part
    return found


def reckoned(left: Value, right: Value, operator: str, duration: bool, kind: str) -> Value:
    """What two numbers come to, in the parts of the two. Raises `NotLowered`."""
    gap = s.either([left.missing, right.missing])
    if operator == "*":
        is_left = isinstance(left.term, int | Fraction) and not isinstance(right.term, Fraction)
        factor, other = (left, right) if is_left else (right, left)
        if not isinstance(factor.term, int | Fraction):
            raise NotLowered("a product of two facts")
        times = Fraction(factor.term)
        if isinstance(other.term, Fraction) or (other.high is not None and times < 0):
            raise NotLowered("a product of what may not be known")
        if isinstance(other.term, int):  # both are written out
            times, other = times * other.term, replace(other, term=1)
        product = other.term * times.numerator
        if times.denominator == 1:
            high = None if other.high is None else other.high * times.numerator
            return Value(kind, product, False, gap, high, left.parts * right.parts)
        if not duration or other.high is not None:
            raise NotLowered("a part of a number that need not be whole")
        quotient, rest = divided(product, times.denominator)
        return Value(kind, quotient, False, s.either([gap, s.no(rest == 0)]))
    if left.kind == "share" or right.kind == "share":
        raise NotLowered("a number that is not whole")
    left, right = in_same_parts(left, right)
    if operator == "+":
        high = None if left.high is None and right.high is None else left.top + right.top
        return Value(kind, left.term + right.term, False, gap, high, left.parts)
    high = None if left.high is None and right.high is None else left.top - right.term
    return Value(kind, left.term - right.top, False, gap, high, left.parts)


def extreme(left: Value, right: Value, least: bool) -> Value:
    """The smaller, or the larger, of two, in the parts of the two. Raises `NotLowered`."""
    if left.high is not None or right.high is not None or left.kind != right.kind:
        raise NotLowered("the smaller of what may not be known")
    left, right = in_same_parts(left, right)
    first = left.term <= right.term if least else left.term >= right.term
    gap = s.either([left.missing, right.missing])
    return Value(left.kind, s.choose(first, left.term, right.term), False, gap, parts=left.parts)
