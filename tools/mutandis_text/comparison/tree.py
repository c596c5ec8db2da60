"""Provisions as the comparison sees them: a tree of fingerprints, from a document or from a lock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mutandis.dataclass import dataclass
from mutandis.rulebook.lock import Lock
from mutandis_text.characters.wording import EMPTY_HASH, compare_sketches, compare_words, cut_words
from mutandis_text.comparison.lock import lock_document
from mutandis_text.comparison.units import LockedUnit, is_heading, name_place, walk_locked
from mutandis_text.document import StatuteDocument

_SENTENCE = re.compile(r"(.*\S) (?:proviso|latter)(?:#\d+)?")
_PARTS = (
    re.compile(r"(.*)\([^()]*\)(?:#\d+)?"),
    re.compile(r"(.*\))\d+(?:-\d+)*(?:#\d+)?"),
    re.compile(r"(.*)\.\d+(?:-\d+)*(?:#\d+)?"),
    re.compile(r"(.*/addenda-[^/]+)/.+"),
)
_MOST_COMPARED = 900
"""Longer lists are compared in order only, to keep the cost of a comparison linear."""

_PLACE = re.compile(r"(?i)(?:sub-?)?paragraphs?|articles?|items?|\d+(?:-\d+)*|[()]")
_FEWEST_WORDS = 6
"""Two wordings of fewer words beside the places they name may be alike by chance."""


@dataclass(frozen=True, slots=True)
class Node:
    """One provision, division or title. `words` is None where only a lock is held; `text` and `title` (the heading's
    words) likewise. `is_heading`: a title or a division, which is told by its heading alone.

    `deep` is the fingerprint of the provision with all below it, own numbers left out: equal for a provision that was
    only renumbered. `hashes` are those of its wordings, to tell how much of two provisions is common. `order` is its
    place in the whole text.
    """

    id: str
    label: str
    state: str
    wording: str
    heading: str
    history: str
    sketch: str
    words: tuple[str, ...] | None
    text: str | None
    title: str | None
    is_heading: bool
    children: tuple[Node, ...]
    deep: int
    hashes: frozenset[str]
    order: int

    def walk(self) -> Iterator[Node]:
        """The provision and everything below it, in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


def tree_of_document(document: StatuteDocument) -> tuple[Node, ...]:
    """The roots (articles, addenda) of a document, with its words."""
    return _build(lock_document(document), {unit.id: unit for unit in walk_locked(document)})


def tree_of_lock(lock: Lock) -> tuple[Node, ...]:
    """The roots of a lock; what is gone is left out."""
    return _build(lock, None)


def drop_headings(roots: Iterable[Node]) -> tuple[Node, ...]:
    """The roots without title, divisions and annexes, for a comparison with a lock that does not have them."""
    return tuple(root for root in roots if not root.is_heading and not name_place(root.id))


def parent_id(name: str) -> str:
    """The id of the provision that `name` stands in; empty for an article or an addendum.

    >>> parent_id("act/77(1)2"), parent_id("act/108.8"), parent_id("act/96(2) proviso"), parent_id("act/77")
    ('act/77(1)', 'act/108', 'act/96(2)', '')
    """
    sentence = _SENTENCE.fullmatch(name)
    if sentence:
        return sentence[1]
    for part in _PARTS:
        match = part.fullmatch(name)
        if match:
            return match[1]
    return ""


def root_of(name: str) -> str:
    """The article, article of addenda or annex that a provision stands in; itself where it is one.

    >>> root_of("act/95(4) proviso"), root_of("act/addenda-8728/4(1)"), root_of("act/table-1.2"), root_of("act/title")
    ('act/95', 'act/addenda-8728/4', 'act/table-1', 'act/title')
    """
    while parent := parent_id(name):
        if "/addenda-" in parent and "/" not in parent.partition("/addenda-")[2]:
            break
        name = parent
    return name


def addenda_of(name: str) -> str:
    """The number of the addenda that a provision stands in; empty for one that stands in none.

    >>> addenda_of("act/addenda-8728/4(1)"), addenda_of("act/addenda-8728(2)"), addenda_of("act/95(4)")
    ('8728', '8728', '')
    """
    return re.split(r"[/( ]", name.partition("/addenda-")[2], maxsplit=1)[0]


def liken(one: Node, other: Node) -> float:
    """How alike two provisions are with all below them, from 0 to 1."""
    if one.deep == other.deep:
        return 1.0
    own = liken_own(one, other)
    if not one.children and not other.children:
        return own
    larger = max(len(one.hashes), len(other.hashes))
    shared = len(one.hashes & other.hashes) / larger if larger else 0.0
    below = max(shared, _liken_children(one, other)) if shared < 1 else shared
    if one.wording == other.wording == EMPTY_HASH:
        heading = 0.3 if one.heading == other.heading != "-" else 0.0
        return min(1.0, below + heading)
    return (own + below) / 2


def liken_apart_from_places(one: Node, other: Node) -> float:
    """The likeness of two wordings without the places they name: what moves names the same ones in another way."""
    if one.words is None or other.words is None or one.children or other.children:
        return 0.0
    left, right = (tuple(word for word in node.words or () if not _PLACE.fullmatch(word)) for node in (one, other))
    return compare_words(left, right) if min(len(left), len(right)) >= _FEWEST_WORDS else 0.0


def _liken_children(one: Node, other: Node) -> float:
    """Each child of the shorter list with its likest of the longer; so parts that were reworded are recognised too."""
    shorter, longer = sorted((one.children, other.children), key=len)
    if not shorter:
        return 0.0
    if len(shorter) * len(longer) > _MOST_COMPARED:
        likest = [liken_own(a, b) for a, b in zip(shorter, longer, strict=False)]
    else:
        likest = [max(liken_own(child, candidate) for candidate in longer) for child in shorter]
    return sum(likest) / len(longer)


def liken_own(one: Node, other: Node) -> float:
    """How alike two provisions are in their own wording alone, from 0 to 1."""
    if one.is_heading or other.is_heading:
        if one.is_heading is not other.is_heading:
            return 0.0
        if one.heading == other.heading:
            return 1.0
    elif one.wording == other.wording:
        return 1.0 if one.wording != EMPTY_HASH or one.state == other.state else 0.0
    if one.words is not None and other.words is not None:
        return compare_words(one.words, other.words)
    return compare_sketches(one.sketch, other.sketch)


def _build(lock: Lock, units: dict[str, LockedUnit] | None) -> tuple[Node, ...]:
    below: dict[str, list[str]] = {}
    order = {p.id: at for at, p in enumerate(lock.provisions)}
    known = {p.id: p for p in lock.provisions if p.state != "gone"}
    roots: list[str] = []
    for name in known:
        parent = parent_id(name)
        if parent and parent in known:
            below.setdefault(parent, []).append(name)
        else:
            roots.append(name)

    def grow(name: str) -> Node:
        provision = known[name]
        children = tuple(grow(child) for child in below.get(name, ()))
        unit = units[name] if units is not None else None
        heads = is_heading(name)
        said = None if unit is None else (unit.heading or "") if heads else unit.text
        parent = parent_id(name)
        own = provision.heading if heads else provision.wording
        deep = hash((own, provision.state, tuple((_kind(c.label), c.deep) for c in children)))
        hashes = frozenset(_hashes(provision.wording, children))
        return Node(
            name,
            name.removeprefix(parent).strip() if parent in known else name.partition("/")[2],
            provision.state,
            provision.wording,
            provision.heading,
            provision.history,
            provision.sketch,
            cut_words(said) if said is not None else None,
            unit.text if unit is not None else None,
            unit.heading or "" if unit is not None else None,
            heads,
            children,
            deep,
            hashes,
            order[name],
        )

    return tuple(grow(root) for root in roots)


def _kind(label: str) -> str:
    """The level a label shows, without its number: `(1)` and `(2)` are alike, `proviso` is not."""
    return re.sub(r"\d+(?:-\d+)*|(?<=\()[a-z]{1,4}(?=\))", "", label)


def _hashes(wording: str, children: Iterable[Node]) -> Iterator[str]:
    if wording != EMPTY_HASH:
        yield wording
    for child in children:
        yield from child.hashes
