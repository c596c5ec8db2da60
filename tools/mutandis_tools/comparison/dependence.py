"""Which actions an amendment can touch: those of which anything differs that they are decided by.

What decides about an action are its norms in their order, the derived facts they read, the norms they ask about, and
how the facts are declared. Where all of that is the same, so is every decision, and nothing needs to be solved.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import field

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.ir.component import Lowered, lower_component
from mutandis.link.program import Component, Program
from mutandis.link.reads import done_by, of_component, of_deadlines, of_derivation
from mutandis.vocabulary import FactDeclaration

Node = tuple[str, str]
"""`action`, `fact` or `place`, and its name."""


@dataclass(slots=True)
class Reads:
    """What the parts of one program read where they stand."""

    program: Program
    _direct: dict[Node, frozenset[Node]] = field(default_factory=dict)

    def direct(self, node: Node) -> frozenset[Node]:
        """What a part reads itself."""
        found = self._direct.get(node)
        if found is None:
            found = self._direct[node] = frozenset(self._find(node))
        return found

    def all(self, node: Node) -> frozenset[Node]:
        """What a part reads, through others too; itself among it."""
        found, pending = {node}, [node]
        while pending:
            new = self.direct(pending.pop()) - found
            found |= new
            pending.extend(new)
        return frozenset(found)

    def _find(self, node: Node) -> Iterable[Node]:
        kind, name = node
        if kind == "action":
            component = self.program.components.get(name)
            if component is None:
                return ()
            done = [t.Fact(late)] if (late := done_too_late(self.program, component)) else []
            return self._named([*of_component(component), *of_deadlines(component), *done])
        if kind == "place":
            return [("action", action) for action, _ in self.program.effective.get(name, ())]
        derived = self.program.derived.get(name)
        if derived is not None:
            base = [("fact", derived.base)] if derived.base else []
            return [*base, *self._named([one for d in derived.derivations for one in of_derivation(d)])]
        declared = self.program.vocabulary.facts.get(name)
        if declared is not None and declared.type.kind == "list" and declared.type.term is not None:
            term = declared.type.term
            return [("fact", one) for one in self.program.vocabulary.facts if one.startswith(f"{term}.")]
        return ()

    @staticmethod
    def _named(expressions: Iterable[t.Expression]) -> list[Node]:
        found: dict[Node, None] = {}
        pending = list(expressions)
        while pending:
            node = pending.pop()
            if isinstance(node, t.Fact):
                found["fact", node.name] = None
            elif isinstance(node, t.Applies):
                found["place", node.citation] = None
            pending.extend(t.children(node))
        return list(found)


def done_too_late(program: Program, component: Component) -> str:
    """The fact that tells whether a duty was done too late; empty where nothing is due."""
    has_deadlines = any(norm.deadline is not None for norm in component.norms)
    return done_by(program, component.action) if has_deadlines else ""


def declared_as(fact: FactDeclaration | None) -> tuple[object, ...]:
    """What of a declaration bears on decisions: not its words, nor who finds it."""
    if fact is None:
        return ()
    return (
        fact.type,
        fact.parameter,
        (fact.has_presumption, fact.presume),
        (fact.minimum, fact.maximum),
        fact.counting,
        fact.suspended,
    )


def touched_actions(old: Program, new: Program) -> tuple[str, ...]:
    """The actions of both programs of which something differs, in the order of the new one.

    What was removed or is new is not among them.
    """
    after = Reads(new)
    if old.days_off != new.days_off:
        return tuple(name for name in new.components if name in old.components)
    differs: dict[Node, bool] = {}

    def is_other(node: Node) -> bool:
        known = differs.get(node)
        if known is None:
            known = differs[node] = not _same(node, old, new)
        return known

    # Where nothing differs that the one reads, the other reads the same.
    return tuple(
        name
        for name in new.components
        if name in old.components and any(is_other(node) for node in after.all(("action", name)))
    )


def _same(node: Node, old: Program, new: Program) -> bool:
    kind, name = node
    if kind == "action":
        before, after = old.components.get(name), new.components.get(name)
        if before is None or after is None:
            return before is after
        return before == after and done_too_late(old, before) == done_too_late(new, after)
    if kind == "place":
        return old.effective.get(name) == new.effective.get(name)
    if old.derived.get(name) != new.derived.get(name):
        return False
    return declared_as(old.vocabulary.facts.get(name)) == declared_as(new.vocabulary.facts.get(name))


def otherwise_on(program: Program, days: tuple[dt.date, dt.date]) -> tuple[str, ...]:
    """The actions whose law, as of two days, is not the same."""

    def lowered(component: Component, day: dt.date) -> Lowered:
        return lower_component(program, component, day, deadlines=True)

    reads = Reads(program)

    def is_other(action: str) -> bool:
        read = [name for kind, name in reads.all(("action", action)) if kind == "action"]
        return any(lowered(program.components[a], days[0]) != lowered(program.components[a], days[1]) for a in read)

    return tuple(action for action in program.components if is_other(action))
