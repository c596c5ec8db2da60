"""Finds which provision of a newer text is which of the older one.

Level by level: children of matched provisions are aligned in order (a provision inserted in the middle shifts the
numbers behind it), what is left is looked for elsewhere by its fingerprint and then by likeness, and only then does an
equal number alone make a pair. Cost: the identical ends of every list are paired off first, so it grows with the text
and, inside a changed stretch, with the square of that stretch.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from mutandis.dataclass import dataclass
from mutandis_text.characters.wording import EMPTY_HASH
from mutandis_text.comparison.tree import Node, addenda_of, liken, liken_apart_from_places, liken_own, parent_id

_ALIKE = 0.5
"""Half the word pairs in common: the same provision reworded."""

_SURE = 0.65
"""Found elsewhere in the text a provision must be more alike than where it stood."""

_SURE_ELSEWHERE = 0.75
"""The same where it stands at another level (a paragraph that became an article, a sentence that became a proviso)."""

_LABEL = 0.2
_MOST_CELLS = 1_000_000
"""A stretch whose alignment would need more comparisons is paired by number alone."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The same provision before and after; `crossed`: it changed its place among its siblings or its parent."""

    old: Node
    new: Node
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class Matching:
    """Pairs in the order of the new text, and what stands in one text alone, in reading order.

    `frames` are articles (and other holders) without wording of their own that hold in one text what stood under their
    number in the other: `act/2` became `act/2(1)`, and `act/2` now only holds it. They are in neither list.
    """

    pairs: tuple[Pair, ...]
    only_old: tuple[Node, ...]
    only_new: tuple[Node, ...]
    frames: tuple[Pair, ...] = ()


def match_trees(old: Sequence[Node], new: Sequence[Node]) -> Matching:
    """Match all provisions of two texts."""
    found: dict[str, Pair] = {}
    taken: set[str] = set()
    stack: list[tuple[Sequence[Node], Sequence[Node]]] = [(old, new)]

    def pair(one: Node, other: Node, *, crossed: bool = False) -> None:
        found[other.id] = Pair(one, other, crossed)
        taken.add(one.id)
        stack.append((one.children, other.children))

    def settle() -> None:
        while stack:
            before, after = stack.pop()
            free_before = [node for node in before if node.id not in taken]
            free_after = [node for node in after if node.id not in found]
            for one, other in _align(free_before, free_after):
                pair(one, other)

    settle()
    for search in (_find_equal, _find_alike):
        for one, other in search(_free(old, taken), _free(new, found)):
            if one.id not in taken and other.id not in found:
                pair(one, other, crossed=True)
                settle()
    by_id = {node.id: node for node in _free(old, taken)}
    for other in _free(new, found):
        same = by_id.get(other.id)
        if same is None or same.id in taken or other.id in found:
            continue
        parent = parent_id(other.id)
        # The number means the same only inside the same provision.
        if not parent or parent not in found or found[parent].old.id == parent:
            pair(same, other)
            settle()
    pairs = sorted(found.values(), key=lambda match: match.new.order)
    frames = tuple(_frames(pairs, _free(old, taken), _free(new, found)))
    old_frames, new_frames = {pair.old.id for pair in frames}, {pair.new.id for pair in frames}
    only_old = tuple(node for node in _free(old, taken) if node.id not in old_frames)
    return Matching(tuple(pairs), only_old, tuple(n for n in _free(new, found) if n.id not in new_frames), frames)


def _frames(pairs: Sequence[Pair], old: Sequence[Node], new: Sequence[Node]) -> Iterator[Pair]:
    by_old = {pair.old.id: pair.old for pair in pairs}
    by_new = {pair.new.id: pair for pair in pairs}
    for node in new:
        before = by_old.get(node.id)
        if before is not None and _is_frame(node) and any(_came_from(by_new, c.id, node.id) for c in node.walk()):
            yield Pair(before, node)
    held = {pair.old.id: pair.new for pair in pairs}
    for node in old:
        after = by_new.get(node.id)
        below = (held.get(child.id) for child in node.walk())
        if after is not None and _is_frame(node) and any(one is not None and one.id == node.id for one in below):
            yield Pair(node, after.new)


def _is_frame(node: Node) -> bool:
    return node.wording == EMPTY_HASH and bool(node.children)


def _came_from(pairs: dict[str, Pair], name: str, origin: str) -> bool:
    return name in pairs and pairs[name].old.id == origin


def _free(roots: Sequence[Node], taken: set[str] | dict[str, Pair]) -> list[Node]:
    return [node for root in roots for node in root.walk() if node.id not in taken]


def _find_equal(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Equal with all below; a text that several provisions share is too little to go by."""
    before: dict[int, list[Node]] = defaultdict(list)
    after: dict[int, list[Node]] = defaultdict(list)
    for nodes, table in ((old, before), (new, after)):
        for node in nodes:
            if _says_something(node):
                table[node.deep].append(node)
    only = [(one[0], after[deep][0]) for deep, one in before.items() if len(one) == 1 and len(after[deep]) == 1]
    return [(one, other) for one, other in only if _of_one_instrument(one, other)]


def _find_alike(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node, Node]]:
    """The most alike first, outermost first among equals."""
    old = [node for node in old if _says_something(node)]
    new = [node for node in new if _says_something(node)]
    if len(old) * len(new) > _MOST_CELLS:
        return []
    scored: list[tuple[float, int, int]] = []
    for i, one in enumerate(old):
        for j, other in enumerate(new):
            # An equal id is left to the last step: there it is a provision rewritten, not one that moved.
            if one.id == other.id or one.is_heading is not other.is_heading or not _of_one_instrument(one, other):
                continue
            sure = _SURE if _same_level(one, other) else _SURE_ELSEWHERE
            # Cheap first: two wordings of very different length are not alike.
            if _could_be_alike(one, other, sure):
                score = liken(one, other)
                if score < sure and _has_sentences_only(one) and _has_sentences_only(other):
                    score = max(score, liken_own(one, other))  # its proviso may be a provision of its own now
                if _ALIKE <= score < sure:
                    score = liken_apart_from_places(one, other)
                if score >= sure:
                    scored.append((-score, i, j))
    return [(old[i], new[j]) for _, i, j in sorted(scored)]


def _of_one_instrument(one: Node, other: Node) -> bool:
    """False for clauses of the addenda of two instruments: they say the same often, and none was ever moved."""
    return addenda_of(one.id) == addenda_of(other.id)


def _says_something(node: Node) -> bool:
    if node.state in ("deleted", "moved"):
        return False
    length = len(node.words) if node.words is not None else 2 * (node.wording != EMPTY_HASH)
    return length > 2 or bool(node.children) or (node.words is None and node.sketch != "-")


def _same_level(one: Node, other: Node) -> bool:
    return _level(one.label) == _level(other.label)


def _could_be_alike(one: Node, other: Node, sure: float) -> bool:
    if one.children or other.children or one.words is None or other.words is None:
        return True
    shorter, longer = sorted((len(one.words), len(other.words)))
    # Twice the shorter over the sum is the most that two sets of word pairs can have in common.
    return 2 * shorter >= (sure - _SLACK) * (shorter + longer)


_SLACK = 0.15
"""Words and pairs of words differ in number by repeated pairs and signs."""

_NAMED_LEVEL = re.compile(r"[a-z]+(?=-|#|$)")


def _level(label: str) -> str:
    """What a label numbers: `(` a paragraph or item, `.` a subparagraph, a word for `proviso`, `chapter-2`, `table`."""
    named = _NAMED_LEVEL.match(label.rpartition("/")[2])
    return named[0] if named else label[:1] if label[:1] in ("(", ".") else ""


# --- alignment in order -----------------------------------------------------------------------------------------------


def _align(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node, Node]]:
    pairs: list[tuple[Node, Node]] = []
    low = 0
    while low < min(len(old), len(new)) and _identical(old[low], new[low]):
        pairs.append((old[low], new[low]))
        low += 1
    high_old, high_new = len(old), len(new)
    while high_old > low and high_new > low and _identical(old[high_old - 1], new[high_new - 1]):
        high_old, high_new = high_old - 1, high_new - 1
        pairs.append((old[high_old], new[high_new]))
    pairs.extend(_align_gaps(old[low:high_old], new[low:high_new]))
    return pairs


def _identical(one: Node, other: Node) -> bool:
    return one.label == other.label and one.deep == other.deep


def _align_gaps(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node, Node]]:
    """Between provisions that are identical and unique, each stretch is aligned by itself."""
    places = {(node.label, node.deep): at for at, node in enumerate(new)}
    pairs: list[tuple[Node, Node]] = []
    at_old = at_new = 0
    for index, node in enumerate(old):
        place = places.get((node.label, node.deep), -1)
        # Only an anchor that keeps the order of those before it; one far ahead would hide what moved.
        if place < at_new or abs((place - at_new) - (index - at_old)) > 3:
            continue
        pairs.extend(_align_stretch(old[at_old:index], new[at_new:place]))
        pairs.append((node, new[place]))
        at_old, at_new = index + 1, place + 1
    pairs.extend(_align_stretch(old[at_old:], new[at_new:]))
    return pairs


def _align_stretch(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[Node, Node]]:
    """The alignment in order with the greatest total likeness (dynamic programming)."""
    if not old or not new:
        return []
    if len(old) * len(new) > _MOST_CELLS:
        by_label = {node.label: node for node in new}
        return [(node, by_label[node.label]) for node in old if node.label in by_label]
    scores = [[_score(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], scores[i][j] + best[i + 1][j + 1])
    pairs: list[tuple[Node, Node]] = []
    i = j = 0
    while i < len(old) and j < len(new):
        if scores[i][j] > 0 and best[i][j] == scores[i][j] + best[i + 1][j + 1]:
            pairs.append((old[i], new[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _went_over(frame: Node, whole: Node) -> bool:
    """True where what one only holds in parts is the other's own wording: that part is the same provision."""
    if not _is_frame(frame) or not _has_sentences_only(whole) or whole.wording == EMPTY_HASH:
        return False
    return any(liken_own(child, whole) >= _SURE_ELSEWHERE for child in frame.children)


def _has_sentences_only(node: Node) -> bool:
    """True for a provision without parts, or with a proviso and the like."""
    return all(child.label.isalpha() for child in node.children)


def _score(one: Node, other: Node) -> float:
    """Likeness, a little more for an equal number; nothing for two that are not alike."""
    if not _same_level(one, other) or not _of_one_instrument(one, other):
        return 0.0
    if "deleted" in (one.state, other.state) or "moved" in (one.state, other.state):
        # A stub can only be the provision of its own number.
        return 1.0 + _LABEL if one.label == other.label and one.state == other.state else 0.0
    if one.label.isalpha() and one.label == other.label:
        return max(liken(one, other), 0.1) + _LABEL
    if one.is_heading:
        # Two chapters of the same number in the same place; a new one between them shifts those behind it.
        likeness = liken(one, other)
        return likeness + (_LABEL if one.label == other.label else 0.0) if likeness >= _ALIKE else 0.0
    if _went_over(one, other) or _went_over(other, one):
        return 0.0
    likeness = liken(one, other)
    same_label = one.label == other.label
    if same_label and one.heading == other.heading != "-":
        # Number and heading together make an article the same one, whatever became of its paragraphs.
        likeness = max(likeness, _ALIKE)
    if likeness < _ALIKE:
        return 0.0
    return likeness + (_LABEL if same_label else 0.0)
