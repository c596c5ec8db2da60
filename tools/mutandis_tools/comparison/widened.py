"""What a fact can newly be: the older rules asked as if they knew it, so that a new kind has its cases.

A kind of facility that a definition newly names could not be stated before. Compared only in cases that both can state,
such an amendment would come out as none at all.
"""

from __future__ import annotations

from dataclasses import replace

from mutandis.link.program import Program
from mutandis.vocabulary import FactDeclaration
from mutandis_tools.comparison.renaming import Renaming


def with_new_values(old: Program, new: Program, renaming: Renaming) -> tuple[Program, tuple[str, ...]]:
    """The older program with what its facts can newly be, of which its rules say nothing, and those facts by their new
    names. What it could say of them before it says still.
    """
    facts = old.vocabulary.facts
    wider: dict[str, FactDeclaration] = {}
    names: list[str] = []
    for name, fact in new.vocabulary.facts.items():
        was = facts.get(renaming.old_fact(name))
        if was is not None and (found := _widened(was, fact)) != was:
            wider[was.name] = found
            names.append(name)
    if not wider:
        return old, ()
    return replace(old, vocabulary=replace(old.vocabulary, facts={**facts, **wider})), tuple(names)


def _widened(was: FactDeclaration, now: FactDeclaration) -> FactDeclaration:
    """The older declaration with the values and bounds of the newer one, where these leave out nothing it has."""
    if was.type == now.type and (was.minimum, was.maximum) == (now.minimum, now.maximum):
        return was
    if replace(was.type, values=()) != replace(now.type, values=()) or not set(was.type.values) <= set(now.type.values):
        return was
    if not (_is_looser(was.minimum, now.minimum, -1) and _is_looser(was.maximum, now.maximum, 1)):
        return was
    return replace(was, type=now.type, minimum=now.minimum, maximum=now.maximum)


def _is_looser(was: int | None, now: int | None, sign: int) -> bool:
    return now is None or (was is not None and sign * now >= sign * was)
