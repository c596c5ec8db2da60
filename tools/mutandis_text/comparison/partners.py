"""Finds where the words of a deleted provision went, and where those of an inserted one were: merged, or split off.

A merge leaves one provision with the words of two, and a split the reverse. Each is told as what it is of its provision
(deleted and reworded, reworded and inserted), and the two are told to belong together. Needs the words of both texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from mutandis_text.comparison.word_difference import WordEdit

_MOST_PAIRS = 100_000
_FEWEST_WORDS = 4
_SURE = 0.5
"""The share of a provision's word pairs that another gained, or lost, for the two to belong together."""


Edited = Mapping[str, Sequence[WordEdit]]
"""Provisions that changed, by id, each with the difference of its wording."""


def find_partners(parts: Edited, others: Edited, *, gained: bool) -> dict[str, str]:
    """For each of `parts` (deleted, or inserted) the one of `others` that gained, or lost, most of its words."""
    found: dict[str, str] = {}
    if len(parts) * len(others) > _MOST_PAIRS:
        return found
    wholes = [(other, _pairs(edits, old=not gained), _pairs(edits, old=gained)) for other, edits in others.items()]
    pieces = [(part, _pairs(edits, old=gained)) for part, edits in parts.items()]
    for name, said in pieces:
        if len(said) < _FEWEST_WORDS - 1:
            continue
        shares = [(len(said & holding - without) / len(said), other) for other, holding, without in wholes]
        share, best = max(shares, default=(0.0, ""))
        if share >= _SURE:
            found[name] = best
    return found


def _pairs(edits: Iterable[WordEdit], *, old: bool) -> frozenset[tuple[str, str]]:
    words = [word.lower() for edit in edits for word in (edit.old if old else edit.new) if word.isalnum()]
    return frozenset(pairwise(words))
