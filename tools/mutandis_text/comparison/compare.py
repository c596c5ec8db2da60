"""Says what a newer text changed, provision by provision, against a lock or an older text.

A provision that was renumbered or moved is recognised and never told as deleted and inserted. With only the lock at
hand the wording itself is not known: a rewording is told, its words are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from mutandis.rulebook.lock import Lock
from mutandis_text.comparison.matching import Matching, Pair, match_trees
from mutandis_text.comparison.tree import parent_id, tree_of_document, tree_of_lock
from mutandis_text.comparison.word_difference import WordEdit, find_word_edits
from mutandis_text.document import StatuteDocument


class ChangeOf(StrEnum):
    """What happened to a provision. `heading` and `annotation` are told only where the wording stayed."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    HEADING = "heading only"
    ANNOTATION = "annotation only"


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """One provision that changed. `old` or `new` is None where it stands in one text alone.

    `follows`: it was renumbered only because the provision it stands in was. `edits` are the word-level differences,
    empty where a text is not at hand. `rules` stand on it; `referred_by` are the provisions that refer to it.
    """

    old: str | None
    new: str | None
    changes: tuple[ChangeOf, ...]
    follows: bool = False
    edits: tuple[WordEdit, ...] = ()
    rules: tuple[str, ...] = ()
    referred_by: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id in the newer text, or the old one of what is gone."""
        return self.new or self.old or ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that changed, in the order of the newer text, and how many provisions did not.

    `origins` maps every provision of the newer text that was there before to its old id.
    """

    law: str
    changes: tuple[ProvisionChange, ...]
    unchanged: int
    origins: Mapping[str, str]
    has_words: bool


def compare_documents(old: StatuteDocument, new: StatuteDocument) -> Comparison:
    """Compare two texts of a law."""
    return _compare(new.law, match_trees(tree_of_document(old), tree_of_document(new)))


def compare_with_lock(lock: Lock, new: StatuteDocument) -> Comparison:
    """Compare a text with the lock of an older one."""
    return _compare(new.law, match_trees(tree_of_lock(lock), tree_of_document(new)))


def _compare(law: str, matching: Matching) -> Comparison:
    origins = {pair.new.id: pair.old.id for pair in matching.pairs}
    told: dict[str, ProvisionChange] = {}
    unchanged = 0
    for pair in matching.pairs:
        changes = _changes(pair, origins)
        if not changes:
            unchanged += 1
            continue
        follows = changes == (ChangeOf.RENUMBERED,) and pair.old.label == pair.new.label
        edits: tuple[WordEdit, ...] = ()
        if ChangeOf.REWORDED in changes and pair.old.words is not None and pair.new.words is not None:
            edits = find_word_edits(pair.old.words, pair.new.words)
        told[pair.new.id] = ProvisionChange(pair.old.id, pair.new.id, changes, follows, edits)
    moved_away = set(origins.values())
    for node in matching.only_new:
        # The stub that marks where a provision stood before is no provision of its own.
        if node.state == "moved" and node.id in moved_away:
            continue
        told[node.id] = ProvisionChange(None, node.id, (ChangeOf.INSERTED,))
    gone = [ProvisionChange(node.id, None, (ChangeOf.DELETED,)) for node in matching.only_old]
    return Comparison(law, _in_order(matching, told, gone), unchanged, origins, _has_words(matching))


def _changes(pair: Pair, origins: Mapping[str, str]) -> tuple[ChangeOf, ...]:
    old, new = pair.old, pair.new
    if old.state != new.state:
        return (ChangeOf.INSERTED,) if new.state == "live" else (ChangeOf.DELETED,)
    changes: list[ChangeOf] = []
    if old.id != new.id:
        parent = parent_id(new.id)
        same_parent = origins.get(parent, "") == parent_id(old.id)
        changes.append(ChangeOf.RENUMBERED if same_parent and not pair.crossed else ChangeOf.MOVED)
    if old.wording != new.wording:
        changes.append(ChangeOf.REWORDED)
    elif old.heading != new.heading:
        changes.append(ChangeOf.HEADING)
    elif old.history != new.history and not changes:
        changes.append(ChangeOf.ANNOTATION)
    return tuple(changes)


def _has_words(matching: Matching) -> bool:
    return any(pair.old.words is not None for pair in matching.pairs[:1])


def _in_order(
    matching: Matching, told: dict[str, ProvisionChange], gone: list[ProvisionChange]
) -> tuple[ProvisionChange, ...]:
    """In the order of the newer text; what is gone behind the last provision before it that is still there."""
    present = [*(pair.new for pair in matching.pairs), *matching.only_new]
    place = {node.id: at for at, node in enumerate(sorted(present, key=lambda node: node.order))}
    keyed = [((place.get(change.new or "", 0), 0, 0), change) for change in told.values()]
    after = {pair.old.id: place[pair.new.id] for pair in matching.pairs}
    old_nodes = sorted((*(pair.old for pair in matching.pairs), *matching.only_old), key=lambda node: node.order)
    last = -1
    position: dict[str, tuple[int, int, int]] = {}
    for at, node in enumerate(old_nodes):
        last = after.get(node.id, last)
        position[node.id] = (last, 1, at)
    keyed += [(position[change.old or ""], change) for change in gone]
    return tuple(change for _, change in sorted(keyed, key=lambda pair: pair[0]))
