"""The variables that cases about one action have, in which lists are long enough, and the versions to ask about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from mutandis.backends.solver.bounds import MOST_MEMBERS, Bounds
from mutandis.backends.solver.case import CaseTerms
from mutandis.backends.solver.terms import NotLowered
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered, LoweredFact
from mutandis_tools.comparison.dependence import Node, Reads, days_of_force

LONGEST = 20
"""A list counted against more than this is not proved anything about."""


def versions_of(sides: Iterable[tuple[Reads, Node]]) -> list[dt.date | None]:
    """A day of every stretch between days on which something changes force; None where nothing ever does."""
    days = {day for reader, subject in sides for day in days_of_force(reader.program, reader.all(subject))}
    if not days:
        return [None]
    return [min(days) - dt.timedelta(days=1), *sorted(days)]


def case_about(
    lowered: Iterable[Lowered], provisions: tuple[str, ...], may_be_missing: frozenset[str] = frozenset()
) -> CaseTerms:
    """The variables of a case that is decided by what was lowered; `provisions` are those that the programs name.

    Raises `NotLowered`.
    """
    members = max(map(_counted_against, lowered)) + 1
    if members > LONGEST:
        raise NotLowered(f"a list that is counted against {members - 1}")
    members = max(members, MOST_MEMBERS)
    return CaseTerms(Bounds(members), provisions, may_be_missing, members)


def _counted_against(lowered: Lowered) -> int:
    """The largest number that a list's members are counted against."""
    if not lowered.members:
        return 0
    given = {fact.name: [fact.otherwise, *_values(fact)] for fact in lowered.derived}
    nodes = [node for norm in lowered.norms for node in (norm.base, *norm.parts())]
    nodes += [*lowered.penalties, *(d for norm in lowered.norms if (d := norm.deadline) is not None)]
    nodes += [when for fact in lowered.derived for when in _conditions(fact)]
    every = (node for top in chain(nodes, *given.values()) for node in n.walk(top))
    compared = [
        with_given for node in every if isinstance(node, n.Compare) and _counts(with_given := _reading(node, given))
    ]
    return max((_number(node) for some in compared for node in some), default=0)


def _values(fact: LoweredFact) -> Iterator[n.Node]:
    return (entry.value for branch in fact.branches for entry in branch.entries)


def _conditions(fact: LoweredFact) -> Iterator[n.Node]:
    for branch in fact.branches:
        yield branch.trigger
        yield from (entry.when for entry in branch.entries)


def _reading(node: n.Node, given: Mapping[str, list[n.Node]]) -> list[n.Node]:
    """All of a node, and of the values of the facts that it reads, through others too."""
    found, pending, seen = list[n.Node](), [node], set[str]()
    while pending:
        one = pending.pop()
        found.append(one)
        if isinstance(one, n.Read) and one.name in given and one.name not in seen:
            seen.add(one.name)
            pending += given[one.name]
        # What holds of a member that is counted bounds no list; nor do the steps of what is rounded.
        if not (isinstance(one, n.Operation) and one.name == "rounded"):
            pending += [one.members] if isinstance(one, n.Count) else n.children(one)
    return found


def _counts(nodes: Iterable[n.Node]) -> bool:
    return any(isinstance(node, n.Count) for node in nodes)


def _number(node: n.Node) -> int:
    """The whole number that a node is; 0 of one that is none."""
    if isinstance(node, n.Constant) and node.type.kind == "count" and isinstance(node.value, int):
        return node.value
    return 0
