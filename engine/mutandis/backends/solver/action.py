"""One action of one rulebook over all cases: the way in to what is lowered here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.case import CaseTerms, in_order
from mutandis.backends.solver.nodes import Terms
from mutandis.backends.solver.outcome import Ordering, Outcome
from mutandis.backends.solver.terms import NotLowered, Truth
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.link.cone import cone_of
from mutandis.link.program import Component, LinkedGround, Program
from mutandis.link.reads import of_component, of_deadlines, of_derivation


@dataclass(slots=True)
class Lowering:
    """The actions of one program on one version date, over the variables of one case.

    `renamed` has the facts that the case calls otherwise, `called` tells how the program calls a provision of the case.
    """

    program: Program
    day: dt.date
    case: CaseTerms
    renamed: Mapping[str, str] = field(default_factory=dict)
    called: Callable[[str], str] = str
    terms: Terms = field(init=False)
    _asked: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.terms = Terms(self.program, self.day, self.case, self._applies, dict(self.renamed), self.called)

    def outcome(self, action: str) -> Outcome:
        """What is decided about the action. Raises `NotLowered`, and `KeyError` for an action not declared."""
        return self.outcome_of(self.program.components[action])

    def outcome_of(self, component: Component) -> Outcome:
        """The same of what is said of an action, or of a part of that. Raises `NotLowered`."""
        try:
            return Ordering(self.terms, component).outcome()
        except RecursionError:
            raise NotLowered("conditions that are nested too deep") from None

    def _applies(self, citation: str) -> Truth:
        """`P applies`: whether a norm at that place is effective (S38)."""
        if citation in self._asked:
            raise NotLowered(f"{citation}, which asks about itself")
        self._asked.add(citation)
        found: list[Truth] = []
        for action, position in self.program.effective.get(citation, ()):
            component, place = cone_of(self.program.components[action], position)
            found.append(Ordering(self.terms, component).run()[place].effective)
        self._asked.discard(citation)
        return s.any_true(found)


def provisions_of(programs: Iterable[Program]) -> tuple[str, ...]:
    """Every provision that rulebooks name, in the order of the law."""
    return in_order(place for program in programs for place in _named(program))


def _named(program: Program) -> Iterator[str]:
    pending: list[t.Expression] = []
    for component in program.components.values():
        pending += [*of_component(component), *of_deadlines(component)]
        for norm in component.norms:
            yield str(norm.citation)
            for ground in norm.grounds:
                yield from _places(ground)
            yield from (str(exclusion.citation) for exclusion in norm.exclusions)
        for penalty in component.penalties:
            yield str(penalty.citation)
            yield from (str(end) for one in penalty.of for end in (one.first, one.last))
    for derived in program.derived.values():
        yield from (str(entry.citation) for derivation in derived.derivations for entry in derivation.entries)
        pending += [one for derivation in derived.derivations for one in of_derivation(derivation)]
    while pending:  # what conditions compare provisions with, of laws outside too
        node = pending.pop()
        if isinstance(node, t.FallsUnder):
            yield from (end for ends in node.ranges for end in ends)
        pending.extend(t.children(node))


def _places(ground: LinkedGround) -> Iterator[str]:
    yield str(ground.citation)
    for inner in ground.grounds:
        yield from _places(inner)
