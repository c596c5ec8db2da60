"""A decision's conditions in words: it tells them as they are written, and the program has what was written.

What a norm fails on, and what is breached, stand in a decision as text. Looked up among the conditions about its
action, then among those of definitions, the text leads back to the condition and so to its words; nothing is parsed
again. Definitions that the action's conditions read come first, and none is looked at for longer than it is needed.
"""

from __future__ import annotations

from collections.abc import Iterator

from mutandis.condition import tree as t
from mutandis.condition.render import render
from mutandis.decide.result import EXCLUDED_BY, NO_GROUND, NOT_IN_FORCE
from mutandis.explain.phrase import Phrases
from mutandis.link.program import Derivation, Norm, Program
from mutandis.link.reads import of_trigger, references, times_of


class Spoken:
    """Words for what decisions about one action, or (no action) the value of one fact, say of conditions."""

    def __init__(self, program: Program, action: str = "", fact: str = "") -> None:
        self._phrases = Phrases(program.vocabulary, program.laws)
        self._program = program
        self._action = action
        self._fact = fact
        self._written: dict[str, t.Expression] = {}
        self._further: Iterator[t.Expression] = self._conditions()

    def condition(self, text: str) -> str:
        """The condition that is written as `text`, in words; what is no condition of the action stays as it is."""
        if text in (NOT_IN_FORCE, NO_GROUND) or text.startswith(EXCLUDED_BY):
            return text
        while text not in self._written and (further := next(self._further, None)) is not None:
            _gather(further, self._written)
        node = self._written.get(text)
        if node is not None:
            return self._phrases.condition(node)
        head, colon, rest = text.partition(": ")
        return f"{head}: {self.condition(rest)}" if colon else text

    def _conditions(self) -> Iterator[t.Expression]:
        """All conditions that may be told, those first that are the likeliest."""
        program, component = self._program, self._program.components.get(self._action)
        read: list[t.Expression] = [t.Fact(self._fact)] if self._fact else []
        for norm in component.norms if component is not None else ():
            for condition in (*conditions_of(norm), *times_of(norm.force, norm.governed_by)):
                read.append(condition)
                yield condition
                named = program.named_norm(condition.citation) if isinstance(condition, t.Applies) else None
                yield from named.when if named is not None else ()
        near, _ = references(program, read)
        for name in (*(n for n in program.derived if n in near), *(n for n in program.derived if n not in near)):
            for derivation in program.derived[name].derivations:
                yield from conditions_of_definition(derivation)


def conditions_of_definition(derivation: Derivation) -> Iterator[t.Expression]:
    """Every condition of a definition: its own, its entries', grounds' and exclusions'."""
    yield from of_trigger(derivation)
    for entry in derivation.entries:
        yield from (one for one in (entry.when, entry.value) if one is not None)


def conditions_of(norm: Norm) -> Iterator[t.Expression]:
    """Every condition of a norm: its own, its grounds', exclusions' and requirements'."""
    yield from of_trigger(norm)
    yield from (requirement.condition for requirement in norm.requires)


def _gather(node: t.Expression, found: dict[str, t.Expression]) -> None:
    if node.type is None or node.type.kind == "yes_no":
        found.setdefault(render(node), node)
        for child in t.children(node):
            _gather(child, found)
