"""Fingerprints of wording: a hash that says whether it is the same, a sketch that says how alike two are.

Wording is normalised first, so that another typeface of quotation marks or another line break is no change. A sketch
is sixteen bytes of a minimum hash over pairs of words; from it the share of common pairs can be estimated, and nothing
of the text can be read back. The length of both is a compromise with a line that a person can read under `git diff`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " ", "\u00ad": None})
_WORDS = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d+[.,]\d+(?!\d)|°[CF]\b|\w+(?:['\-/]\w+)*|[^\w\s]")
_LANES = 16
_LANE_BYTES = 4
_SHINGLE = 2


def normalise_wording(text: str) -> str:
    """The text with plain quotation marks and dashes, and single spaces.

    >>> normalise_wording("the “Act” ,  etc.")
    'the "Act" , etc.'
    """
    return re.sub(r"\s+", " ", text.translate(_QUOTES)).strip()


def hash_wording(text: str) -> str:
    """Sixteen hexadecimal digits of the SHA-256 of the normalised text."""
    return hashlib.sha256(normalise_wording(text).encode()).hexdigest()[:16]


EMPTY_HASH = hash_wording("")
"""The hash of a provision that has no wording of its own (only parts, or deleted)."""


def cut_words(text: str) -> tuple[str, ...]:
    """The words and signs of a text, as differences between two wordings are told."""
    quoted = re.sub(r"‘([^‘’]*)’", r'"\1"', text)  # as an apostrophe, its marks would stand by themselves
    return tuple(_WORDS.findall(normalise_wording(quoted)))


def shingles(words: Sequence[str]) -> frozenset[str]:
    """Pairs of neighbouring words, without regard to capitals; a single word stands for itself."""
    lower = [word.lower() for word in words if word[0].isalnum()]
    if len(lower) < _SHINGLE:
        return frozenset(lower)
    return frozenset(" ".join(lower[at : at + _SHINGLE]) for at in range(len(lower) - _SHINGLE + 1))


def sketch_wording(text: str) -> str:
    """The sketch of a text, 32 hexadecimal digits; `-` for a text without words."""
    pairs = shingles(cut_words(text))
    if not pairs:
        return "-"
    lowest = [2 ** (8 * _LANE_BYTES)] * _LANES
    for pair in pairs:
        digest = hashlib.blake2b(pair.encode(), digest_size=_LANES * _LANE_BYTES).digest()
        for lane in range(_LANES):
            value = int.from_bytes(digest[lane * _LANE_BYTES : (lane + 1) * _LANE_BYTES], "big")
            lowest[lane] = min(lowest[lane], value)
    return bytes(value & 0xFF for value in lowest).hex()


def compare_sketches(one: str, other: str) -> float:
    """An estimate of what `compare_words` says of the two texts, from 0 to 1."""
    if len(one) != 2 * _LANES or len(other) != 2 * _LANES:
        return 0.0
    equal = sum(one[at : at + 2] == other[at : at + 2] for at in range(0, 2 * _LANES, 2))
    # A byte agrees by chance once in 256. Equal minima estimate common over all pairs (Jaccard), hence the last step.
    share = max(0.0, (equal / _LANES - 1 / 256) / (1 - 1 / 256))
    return 2 * share / (1 + share)


def compare_words(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of common word pairs (Dice), from 0 to 1."""
    first, second = shingles(one), shingles(other)
    if not first and not second:
        return 1.0
    return 2 * len(first & second) / (len(first) + len(second))
