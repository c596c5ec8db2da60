"""What a derived fact is where none of its entries holds for certain: one of their values, if nothing is left out."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import floor
from typing import Final, NamedTuple

from mutandis.datatypes import DataType
from mutandis.ir import nodes as n
from mutandis.ir.component import LoweredBranch
from mutandis.ir.lower import NUMERIC, StatedFact

_MOST_TESTS: Final = 64
"""By so many conditions the entries of a fact are told apart; where they need more, nothing is said of them."""
_SIGNS: Final[dict[str, Callable[[Fraction, Fraction], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    "is": operator.eq,
}
_Path = tuple[tuple[n.Node, bool], ...]
"""The conditions that were decided on the way, each with how."""


class _Told(NamedTuple):
    """A value by conditions: `whole` where it is that of an entry in every case, `helps` where it is so on both sides
    of some condition, so that the value lies between two entries where the condition is not known."""

    value: n.Node
    whole: bool = False
    helps: bool = False


def unless_left_out(
    branches: tuple[LoweredBranch, ...], otherwise: n.Node, type_: DataType, facts: Mapping[str, StatedFact]
) -> n.Node:
    """What a fact is where no entry holds for certain: the value of one that may, by the conditions that tell them
    apart, where these leave nothing out. Where an entry holds for certain, nobody asks. `facts` are those that are
    read: an amount lies between its ends.
    """
    entries = [(n.all_of([branch.trigger, entry.when]), entry.value) for branch in branches for entry in branch.entries]
    entries = [(holds, value) for holds, value in entries if not n.is_fixed(holds, False)]
    tests = iter(range(_MOST_TESTS))

    def told(path: _Path, shared: tuple[n.Node, ...] = ()) -> _Told:
        truths = [_truth(holds, path) for holds, _ in entries]
        if True in truths:
            return _Told(entries[truths.index(True)][1], whole=True)
        undecided = [holds for (holds, _), truth in zip(entries, truths, strict=True) if truth is None]
        if not undecided or next(tests, None) is None:
            return _Told(otherwise)
        test = next(iter(shared), None) or next(_open(undecided[0], path))
        yes, no = told((*path, (test, True)), shared[1:]), told((*path, (test, False)), shared[1:])
        if not (yes.whole and no.whole) and not (yes.helps or no.helps):
            return _Told(otherwise)
        is_last = len(entries) == 2 and yes.whole and no.whole  # if one of two fails for certain, the other holds
        found = no.value if is_last else n.If(test, yes.value, no.value, type_)
        return _Told(found, yes.whole and no.whole, helps=True)

    if len(entries) < 2:
        return otherwise
    first, *rest = (list(_demands(holds)) for holds, _ in entries)
    shared = tuple([demand for demand in first if all(demand in other for other in rest)])
    read = {part: None for holds, _ in entries for part in n.walk(holds) if isinstance(part, n.Read)}
    return told(
        tuple(end for part in read if part.source == "fact" for end in _ends(part, facts[part.name])), shared
    ).value


def _ends(read: n.Read, fact: StatedFact) -> _Path:
    """That an amount is neither less nor more than it may be."""
    low, high = n.Constant(fact.low, read.type), n.Constant(fact.high, read.type)
    sides = (n.Compare("<=", low, read), n.Compare("<=", read, high))
    return tuple((side, True) for side, end in zip(sides, (fact.low, fact.high), strict=True) if end is not None)


def _demands(node: n.Node) -> Iterator[n.Node]:
    if isinstance(node, n.All):
        for operand in node.operands:
            yield from _demands(operand)
    else:
        yield node


def _truth(node: n.Node, path: _Path) -> bool | None:
    """What a condition comes to after those of the path; None where that is not said."""
    words = _words(node)
    if words is not None:
        return _among(*words, path)
    line = _on_a_line(node)
    if line is not None:
        return _beside(line, path)
    for test, truth in path:
        if node == test or _denies(node, test):
            return truth is (node == test)
    if isinstance(node, n.Not):
        inner = _truth(node.operand, path)
        return None if inner is None else not inner
    if not isinstance(node, n.All | n.Any):
        return True if n.is_fixed(node, True) else False if n.is_fixed(node, False) else None
    truths, settling = [_truth(operand, path) for operand in node.operands], isinstance(node, n.Any)
    return settling if settling in truths else None if None in truths else not settling


def _open(node: n.Node, path: _Path) -> Iterator[n.Node]:
    """The plain conditions in a condition that the path leaves open."""
    if _truth(node, path) is not None:
        return
    if isinstance(node, n.Not | n.All | n.Any) and _words(node) is None:
        for operand in node.operands if isinstance(node, n.All | n.Any) else (node.operand,):
            yield from _open(operand, path)
    else:
        yield node


def _denies(one: n.Node, other: n.Node) -> bool:
    """True where exactly one of two comparisons holds whenever both are known."""
    if not isinstance(one, n.Compare) or not isinstance(other, n.Compare):
        return False
    return {one.sign, other.sign} == {"<", "<="} and (one.left, one.right) == (other.right, other.left)


def _words(node: n.Node) -> tuple[n.Node, frozenset[object]] | None:
    """The one of several words that a condition is about, and those of them that it allows."""
    if isinstance(node, n.Any) and node.operands:
        found = [words for words in map(_words, node.operands) if words is not None]
        if len(found) == len(node.operands) and all(subject == found[0][0] for subject, _ in found):
            return found[0][0], frozenset[object]().union(*(allowed for _, allowed in found))
    elif isinstance(node, n.Compare) and node.sign == "is" and isinstance(node.right, n.Constant):
        type_ = node.left.type
        if type_.values and not (type_.optional or type_.open or type_.several):
            return node.left, frozenset({node.right.value})
    return None


def _among(subject: n.Node, allowed: Iterable[object], path: _Path) -> bool | None:
    left = frozenset[object](subject.type.values)
    for test, truth in path:
        words = _words(test)
        if words is not None and words[0] == subject:
            left = left & words[1] if truth else left - words[1]
    return True if left <= frozenset(allowed) else False if left.isdisjoint(allowed) else None


class _OnALine(NamedTuple):
    """A comparison of what has a value, an amount, with a number of its own kind."""

    subject: n.Node
    number: Fraction
    sign: str
    number_first: bool

    def holds(self, point: Fraction) -> bool:
        """True where the comparison holds of that amount."""
        return _SIGNS[self.sign](*((self.number, point) if self.number_first else (point, self.number)))


def _on_a_line(node: n.Node) -> _OnALine | None:
    if not isinstance(node, n.Compare):
        return None
    for subject, constant in ((node.left, node.right), (node.right, node.left)):
        if isinstance(subject, n.Constant) or not isinstance(constant, n.Constant) or subject.type.optional:
            continue
        value = constant.value
        if subject.type.kind in NUMERIC and isinstance(value, int | Fraction) and not isinstance(value, bool):
            return _OnALine(subject, Fraction(value), node.sign, subject is node.right)
    return None


def _beside(line: _OnALine, path: _Path) -> bool | None:
    """What a comparison comes to after those of the path with the same amount; None where that is not said.

    An amount is tried at each number of the comparisons, between them and beyond; a count is whole.
    """
    subject = line.subject
    others = [(other, truth) for test, truth in path if (other := _on_a_line(test)) and other.subject == subject]
    numbers = sorted({line.number, *(other.number for other, _ in others)})
    if isinstance(subject, n.Read) and subject.source == "fact" and subject.type.kind == "count":
        points = {Fraction(floor(number) + step) for number in numbers for step in (-1, 0, 1)}
    else:
        between = [(low + high) / 2 for low, high in pairwise(numbers)]
        points = {*numbers, *between, numbers[0] - 1, numbers[-1] + 1}
    left = [point for point in points if all(other.holds(point) is truth for other, truth in others)]
    found = {line.holds(point) for point in left}
    return None if len(found) == 2 else found != {False}
