"""A decision's conditions in words: it tells them as they are written, and the program has what was written.

What a norm fails on, and what is breached, stand in a decision as text. Looked up among the conditions about its
action, then among those of definitions, the text leads back to the condition and so to its words; nothing is parsed
again.
"""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.explain.phrase import Phrases
from mutandis.link.program import Derivation, Norm, Program
from mutandis.link.reads import of_exclusion, of_ground, times_of


class Spoken:
    """Words for what decisions about one action, or (no action) values of facts, say of conditions."""

    def __init__(self, program: Program, action: str = "") -> None:
        self._phrases = Phrases(program.vocabulary, program.laws)
        self._program = program
        self._action = action
        self._written: dict[str, t.Expression] | None = None
        self._defining: dict[str, t.Expression] | None = None

    def condition(self, text: str) -> str:
        """The condition that is written as `text`, in words; what is no condition of the action stays as it is."""
        node = self._conditions().get(text) or self._definitions().get(text)
        if node is not None:
            return self._phrases.condition(node)
        head, colon, rest = text.partition(": ")
        return f"{head}: {self.condition(rest)}" if colon else text

    def _conditions(self) -> dict[str, t.Expression]:
        if self._written is None:
            found: dict[str, t.Expression] = {}
            component = self._program.components.get(self._action)
            for norm in component.norms if component is not None else ():
                for condition in (*conditions_of(norm), *times_of(norm.force, norm.governed_by)):
                    _gather(condition, found)
                    named = self._program.named_norm(condition.citation) if isinstance(condition, t.Applies) else None
                    for inner in named.when if named is not None else ():
                        _gather(inner, found)
            self._written = found
        return self._written

    def _definitions(self) -> dict[str, t.Expression]:
        if self._defining is None:
            self._defining = {}
            for derived in self._program.derived.values():
                for condition in (c for d in derived.derivations for c in conditions_of_definition(d)):
                    _gather(condition, self._defining)
        return self._defining


def conditions_of_definition(derivation: Derivation) -> Iterator[t.Expression]:
    """Every condition of a definition: its own, its entries', grounds' and exclusions'."""
    yield from derivation.when
    for ground in derivation.grounds:
        yield from of_ground(ground)
    for exclusion in derivation.exclusions:
        yield from of_exclusion(exclusion)
    for entry in derivation.entries:
        yield from (one for one in (entry.when, entry.value) if one is not None)


def conditions_of(norm: Norm) -> Iterator[t.Expression]:
    """Every condition of a norm: its own, its grounds', exclusions' and requirements'."""
    yield from norm.when
    yield from (requirement.condition for requirement in norm.requires)
    for ground in norm.grounds:
        yield from of_ground(ground)
    for exclusion in norm.exclusions:
        yield from of_exclusion(exclusion)


def _gather(node: t.Expression, found: dict[str, t.Expression]) -> None:
    if node.type is None or node.type.kind == "yes_no":
        found.setdefault(render(node), node)
        for child in t.children(node):
            _gather(child, found)
