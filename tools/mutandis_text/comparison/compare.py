"""Says what a newer text changed, provision by provision, against a lock or an older text.

A provision that was renumbered or moved is recognised and never told as deleted and inserted. With only the lock at
hand the wording itself is not known: a rewording is told, its words are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from mutandis.dataclass import dataclass
from mutandis.rulebook.lock import Lock
from mutandis_text.comparison.lock import has_headings
from mutandis_text.comparison.matching import Matching, Pair, match_trees
from mutandis_text.comparison.partners import find_partners
from mutandis_text.comparison.tree import Node, drop_headings, parent_id, tree_of_document, tree_of_lock
from mutandis_text.comparison.word_difference import WordEdit, find_word_edits
from mutandis_text.document import StatuteDocument


class ChangeOf(StrEnum):
    """What happened to a provision. `annotation only` is told where nothing else changed; `heading only` is told of a
    heading that changed alone or with the place, `heading` of one that changed with the wording. `punctuation only` is
    told where the words are those that they were and another sign ends them: the last of a list that goes on now."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    REWORDED = "reworded"
    HEADING_TOO = "heading"
    HEADING = "heading only"
    PUNCTUATION = "punctuation only"
    ANNOTATION = "annotation only"


SAME_WORDS = frozenset((ChangeOf.HEADING, ChangeOf.PUNCTUATION, ChangeOf.ANNOTATION))
"""What leaves a provision to say what it said."""

_ENDING = frozenset(".;:,")


@dataclass(frozen=True, slots=True)
class ProvisionChange:
    """One provision that changed. `old` or `new` is None where it stands in one text alone.

    `follows`: it was renumbered only because the provision it stands in was. `edits` are the word-level differences
    (all added or all removed of what stands in one text alone), empty where a text is not at hand. `headings` are the
    headings before and after where they differ and are known; the rest of a provision's words is in its edits.
    `partner` is, of a deleted provision, the one whose wording has its words now (merged), and of an inserted one, the
    one whose wording had them (split off), by its id in the newer text.
    """

    old: str | None
    new: str | None
    changes: tuple[ChangeOf, ...]
    follows: bool = False
    edits: tuple[WordEdit, ...] = ()
    headings: tuple[str, str] | None = None
    partner: str | None = None

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
    tree = tree_of_document(new)
    return _compare(new.law, match_trees(tree_of_lock(lock), tree if has_headings(lock) else drop_headings(tree)))


def count_changes(comparison: Comparison) -> dict[str, int]:
    """How many provisions are unchanged and how many changed in each way; a provision can count twice."""
    counts = Counter(change.value for one in comparison.changes for change in one.changes)
    return {"unchanged": comparison.unchanged, **{kind.value: counts[kind.value] for kind in ChangeOf}}


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
        told[pair.new.id] = ProvisionChange(
            pair.old.id, pair.new.id, changes, follows, _edits(pair, changes), _headings(pair, changes)
        )
    for pair in matching.frames:
        origins.setdefault(pair.new.id, pair.old.id)
        if pair.old.heading == pair.new.heading:
            continue
        headings, one = _headings(pair, (ChangeOf.HEADING,)), told.get(pair.new.id)
        if one is None:
            told[pair.new.id] = ProvisionChange(pair.old.id, pair.new.id, (ChangeOf.HEADING,), headings=headings)
        elif not {ChangeOf.HEADING, ChangeOf.HEADING_TOO} & set(one.changes):
            kind = ChangeOf.HEADING_TOO if ChangeOf.REWORDED in one.changes else ChangeOf.HEADING
            told[pair.new.id] = replace(one, changes=(*one.changes, kind), headings=headings)
    for node in matching.only_new:
        # A stub that says `Deleted` or where something went to is no provision of its own.
        if node.state == "live":
            told[node.id] = ProvisionChange(None, node.id, (ChangeOf.INSERTED,), edits=_all(node.words, added=True))
    gone = [
        ProvisionChange(node.id, None, (ChangeOf.DELETED,), edits=_all(node.words, added=False))
        for node in matching.only_old
        if node.state == "live"
    ]
    found = _with_partners((*told.values(), *gone))
    told, gone = {one.new: one for one in found if one.new}, [one for one in found if one.new is None]
    return Comparison(law, _in_order(matching, told, gone), unchanged, origins, _has_words(matching))


def _with_partners(changes: Sequence[ProvisionChange]) -> list[ProvisionChange]:
    """The changes, with what was merged into another provision and what was split off told so."""
    deleted, inserted, reworded = (
        {one.id: one.edits for one in changes if what in one.changes and one.edits}
        for what in (ChangeOf.DELETED, ChangeOf.INSERTED, ChangeOf.REWORDED)
    )
    merged = find_partners(deleted, {**reworded, **inserted}, gained=True)
    split = find_partners(inserted, reworded, gained=False)
    return [
        replace(one, partner=merged.get(one.id))
        if ChangeOf.DELETED in one.changes
        else replace(one, partner=split.get(one.id))
        if ChangeOf.INSERTED in one.changes
        else one
        for one in changes
    ]


def _changes(pair: Pair, origins: Mapping[str, str]) -> tuple[ChangeOf, ...]:
    old, new = pair.old, pair.new
    if old.state != new.state:
        if "live" not in (old.state, new.state):
            return (ChangeOf.ANNOTATION,)
        return (ChangeOf.INSERTED,) if new.state == "live" else (ChangeOf.DELETED,)
    changes: list[ChangeOf] = []
    if old.id != new.id:
        parent = parent_id(new.id)
        same_parent = origins.get(parent, "") == parent_id(old.id)
        changes.append(ChangeOf.RENUMBERED if same_parent and not pair.crossed else ChangeOf.MOVED)
    if old.wording != new.wording:
        changes.append(ChangeOf.PUNCTUATION if _ends_otherwise(old.words, new.words) else ChangeOf.REWORDED)
    if old.heading != new.heading and not _took_over(old, new):
        changes.append(ChangeOf.HEADING_TOO if old.wording != new.wording else ChangeOf.HEADING)
    if old.history != new.history and not changes:
        changes.append(ChangeOf.ANNOTATION)
    return tuple(changes)


def _ends_otherwise(old: tuple[str, ...] | None, new: tuple[str, ...] | None) -> bool:
    """True where both wordings are known, and are the same but for the sign that ends them."""
    return bool(old) and bool(new) and _without_ending(old or ()) == _without_ending(new or ())


def _without_ending(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[:-1] if words[-1] in _ENDING else words


def _took_over(old: Node, new: Node) -> bool:
    """True where an article became a paragraph or the reverse: one has a heading, the other never has."""
    return "-" in (old.heading, new.heading) and not (old.id == new.id or old.is_heading)


def _edits(pair: Pair, changes: tuple[ChangeOf, ...]) -> tuple[WordEdit, ...]:
    old, new = pair.old.words, pair.new.words
    if old is None or new is None or pair.new.is_heading:
        return ()
    if ChangeOf.DELETED in changes:
        return _all(old, added=False)
    if ChangeOf.INSERTED in changes:
        return _all(new, added=True)
    worded = ChangeOf.REWORDED in changes or ChangeOf.PUNCTUATION in changes
    return find_word_edits(old, new) if worded else ()


def _all(words: tuple[str, ...] | None, *, added: bool) -> tuple[WordEdit, ...]:
    """The edit that adds or removes all of a wording; none where there is none, or it is not known."""
    if not words:
        return ()
    return (WordEdit("added", (), words),) if added else (WordEdit("removed", words, ()),)


def _headings(pair: Pair, changes: tuple[ChangeOf, ...]) -> tuple[str, str] | None:
    told = ChangeOf.HEADING in changes or ChangeOf.HEADING_TOO in changes
    if not told or pair.old.title is None or pair.new.title is None:
        return None
    return pair.old.title, pair.new.title


def _has_words(matching: Matching) -> bool:
    return any(pair.old.words is not None for pair in matching.pairs[:1])


def _in_order(
    matching: Matching, told: dict[str, ProvisionChange], gone: list[ProvisionChange]
) -> tuple[ProvisionChange, ...]:
    """In the order of the newer text; what is gone behind the last provision before it that is still there."""
    present = [*(pair.new for pair in matching.pairs), *matching.only_new]
    present += [pair.new for pair in matching.frames if all(pair.new is not one.new for one in matching.pairs)]
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
