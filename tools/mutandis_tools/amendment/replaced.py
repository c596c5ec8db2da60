"""A word that an amendment replaces wherever it stands: told once, not at every provision that has it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from mutandis.dataclass import dataclass
from mutandis_text.comparison.compare import ChangeOf, ProvisionChange
from mutandis_text.comparison.word_difference import join_words

_SO_MANY = 4
"""In so many provisions the same words stand for the same others where they were replaced throughout."""

Pair = tuple[str, str]
"""Words before and after."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The words replaced throughout, and the provisions of which nothing else changed, by their ids."""

    pairs: tuple[Pair, ...]
    provisions: tuple[str, ...]


def find_replaced(changes: Iterable[ProvisionChange]) -> Replaced:
    """What was replaced in so many provisions that it is one change; a word is the same with or without a capital."""
    words = {
        change.id: dict.fromkeys(_pairs(change)) for change in changes if set(change.changes) == {ChangeOf.REWORDED}
    }
    often = Counter(plain for pairs in words.values() for plain in {_plain(pair) for pair in pairs})
    found = {name: pairs for name, pairs in words.items() if pairs and all(often[_plain(p)] >= _SO_MANY for p in pairs)}
    told: Mapping[Pair, Pair] = {_plain(pair): pair for pairs in reversed(found.values()) for pair in reversed(pairs)}
    return Replaced(tuple(told.values()), tuple(found))


def _pairs(change: ProvisionChange) -> Iterator[Pair]:
    for edit in change.edits:
        if edit.kind != "kept":
            yield join_words(edit.old), join_words(edit.new)


def _plain(pair: Pair) -> Pair:
    """The words in small letters, without an ending that both have (`keepers` for `watchers`, `keeper's`)."""
    old, new = pair[0].lower(), pair[1].lower()
    for ending in ("'s", "s"):
        if old.endswith(ending) and new.endswith(ending) and min(len(old), len(new)) > len(ending) + 2:
            return old.removesuffix(ending), new.removesuffix(ending)
    return old, new
