"""Limits beside the bounds of requirements, in terms: how long a period may last, what each member of a list may have,
and what a requirement that is met in several ways allows of a parameter.

The same as `decide.period_limits`, `decide.member_limits` and `decide.ways` tell of one case that states everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.joining import merged
from mutandis.backends.solver.nodes import Terms
from mutandis.backends.solver.terms import Listed, NotLowered, Term, Value
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.decide.conditions import conjuncts
from mutandis.decide.member_limits import OnMembers, bounding_in
from mutandis.decide.period_limits import measures_in
from mutandis.decide.requirements import RELATIONS
from mutandis.decide.ways import Ways, ways_in
from mutandis.link.program import Bound, LinkedRequirement
from mutandis.link.rewriting import rewrite

Measured = tuple[str, str, Term, Value]
"""What is bounded, how (`at_most`), where it is, and by what."""
_MEMBER = "\u00a7member"


@dataclass(frozen=True, slots=True)
class Measures:
    """What one requirement bounds so."""

    terms: Terms
    requirement: LinkedRequirement

    def of(self) -> Iterator[Measured]:
        """All that the requirement bounds so."""
        yield from (*self._of_periods(), *self._of_members(), *self._of_all_ways())

    def _of_periods(self) -> Iterator[Measured]:
        """The last day of each period; of one counted by hours its length, which comes to the same."""
        for node in measures_in(self.requirement.condition):
            if not isinstance(node.period, t.Fact) or not isinstance(node.length, t.Length):
                continue
            last = self.terms.bound_on_period(node)
            yield node.period.name, "at_most", s.no(last.missing), last

    def _of_members(self) -> Iterator[Measured]:
        """The bound on each member that a list may have."""
        for part in conjuncts(self.requirement.condition):
            for one in bounding_in(self.terms.program, part):
                assert isinstance(part, t.Quantified)  # as `bounding_in` finds them
                lowering, source = self.terms.parts.lowering, t.Fact(one.name)
                lowering.standing_for(_MEMBER, source)
                listed = self.terms.value(lowering.lower(source))
                if not isinstance(listed, Listed):
                    raise NotLowered("a list within a list")
                for place in range(self.terms.case.members):
                    there = s.both([s.no(listed.none), listed.count > place])
                    bounds = self.terms.of_member(_MEMBER, listed, place, lambda: list(self._of_member(one, part)))  # noqa: B023
                    for parameter, relation, where, value in bounds:
                        attribute = parameter.partition(".")[2]
                        yield f"{one.name}[{place + 1}].{attribute}", relation, s.both([there, where]), value

    def _of_all_ways(self) -> Iterator[Measured]:
        """The bounds on a parameter that some of the ways to meet a requirement have: those of the one way that is
        open, or the widest of several that have one each on the same parameter."""
        for ways in ways_in(self.requirement):
            if ways is not None:
                yield from self._of_ways(ways)

    def _of_ways(self, ways: Ways) -> Iterator[Measured]:
        asked = iter([self.terms.parts.lowering.lower(one) for one in ways.expressions])
        bound: list[Term] = []
        holding: dict[object, tuple[tuple[Bound, ...], list[tuple[Term, list[Value]]]]] = {}
        for bounds in ways.bounds:
            holds = self.terms.truth(next(asked))
            lowered = [self.terms.value(next(asked)) for _ in bounds]
            if not bounds:
                bound.append(holds.no)
                continue
            values = [value for value in lowered if isinstance(value, Value)]
            if len(values) < len(lowered):
                raise NotLowered("a limit that is a set")
            # Ways that each have one bound of a kind come to the widest; one with several stands alone.
            one = (bounds[0].parameter, bounds[0].relation) if len(bounds) == 1 else len(holding)
            holding.setdefault(one, (bounds, []))[1].append((holds.yes, values))
        for kind, (bounds, entries) in holding.items():
            here = s.either([where for where, _ in entries])
            others = s.either([where for key, (_, held) in holding.items() if key != kind for where, _ in held])
            for k, each in enumerate(bounds):
                widest = _widest([(where, v[k]) for where, v in entries], each.relation in ("<", "<="))
                yield each.parameter, RELATIONS[each.relation], s.both([*bound, here, s.no(others)]), widest

    def _of_member(self, one: OnMembers, part: t.Quantified) -> Iterator[Measured]:
        """What bounds the member in hand, which is no parameter: by what is bounded and how, the widest that holds."""
        stated = {
            f"{one.term}.{node.attribute}": node
            for node in t.walk(part.body)
            if isinstance(node, t.Attribute) and node.variable == part.variable
        }

        def read(node: t.Expression) -> t.Expression | None:
            held = stated.get(node.name) if isinstance(node, t.Fact) else None
            return None if held is None else replace(held, variable=_MEMBER)

        lower = self.terms.parts.lowering.lower
        bound = s.both([self.terms.truth(lower(rewrite(way, read))).no for way in one.unbound])
        holding: dict[tuple[str, str], list[tuple[Term, Value]]] = {}
        for limit, when in zip(one.bounds, one.expressions[::2], strict=True):
            value = self.terms.value(lower(rewrite(limit.limit, read)))
            if not isinstance(value, Value):
                raise NotLowered("a limit that is a set")
            where = self.terms.truth(lower(rewrite(when, read))).yes
            holding.setdefault((limit.parameter, limit.relation), []).append((where, value))
        for (parameter, relation), entries in holding.items():
            if stated[parameter].defined is not None:
                continue  # a member states no such value
            others = s.either(
                [where for key, held in holding.items() if key != (parameter, relation) for where, _ in held]
            )
            here = s.both([bound, s.either([where for where, _ in entries]), s.no(others)])
            yield parameter, RELATIONS[relation], here, _widest(entries, relation in ("<", "<="))


def _widest(entries: list[tuple[Term, Value]], upper: bool) -> Value:
    """Of the values that hold the one that lets the most."""

    def wider(one: tuple[Term, Value], other: tuple[Term, Value]) -> tuple[Term, Value]:
        (here, mine), (there, its) = one, other
        more = its.term >= mine.term if upper else its.term <= mine.term
        found = merged(s.both([there, s.either([s.no(here), more])]), its, mine)
        assert isinstance(found, Value)  # as both are
        return s.either([here, there]), found

    return reduce(wider, entries)[1]
