"""Which declared names a mistyped one may stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

# Comparing is slow on long texts, and no name is this long.
_LONGEST = 80
_CLOSE = 0.65
"""How much of two names their common letters must be for the one to be near the other."""
MOST_REMEMBERED = 16_384
"""Of how many names the letters are remembered: more than a rulebook declares."""
_MARGIN = 0.15
"""How much farther than the nearest name another may be: one letter in six."""


def nearest_names(name: str, declared: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` declared names close to `name`, nearest first; equal ones in alphabetical order.

    >>> nearest_names("vist", ["visit", "writing"])
    ('visit',)
    """
    return _nearest(name, tuple(sorted(set(declared))), most) if len(name) <= _LONGEST else ()


@lru_cache(128)  # one slip comes again in every row of a table, and in every case of a batch
def _nearest(name: str, declared: tuple[str, ...], most: int) -> tuple[str, ...]:
    letters, length = _letters(name), len(name)
    # What has too few letters in common has too few in order; to count them is a hundred times as fast.
    may_be = [o for o in declared if 2 * (letters & _letters(o)).bit_count() >= _CLOSE * (length + len(o))]
    near = get_close_matches(name, may_be, n=most, cutoff=_CLOSE)
    matcher = SequenceMatcher(b=name)
    closeness = []
    for one in near:
        matcher.set_seq1(one)
        closeness.append(matcher.ratio())
    return tuple(one for one, ratio in zip(near, closeness, strict=True) if ratio > closeness[0] - _MARGIN)


@lru_cache(MOST_REMEMBERED)
def _letters(name: str) -> int:
    """The letters of a name as bits, the second and third of a kind as bits of their own: two names have at most so
    many letters in common as bits. Letters whose numbers are alike by 64 count as of one kind."""
    bits, counts = 0, dict[int, int]()
    for letter in name:
        kind = ord(letter) % 64
        bits |= 1 << kind + 64 * counts.get(kind, 0)
        counts[kind] = counts.get(kind, 0) + 1
    return bits


def same_words(one: str, other: str) -> bool:
    """True for texts of the same words in any order, whatever articles and capitals they have.

    >>> same_words("Class of the inmate", "inmate class"), same_words("", "")
    (True, False)
    """
    words = _words(one)
    return bool(words) and words == _words(other)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.lower())) - {"a", "an", "the", "of"}


def by_label(
    known: dict[frozenset[str], set[str]], names: Iterable[str], labels: Callable[[str], Iterable[str]], label: str
) -> set[str]:
    """The names that a person may call by this label; which have which is `known` once it was asked for."""
    if not known:
        found: dict[frozenset[str], set[str]] = {}
        for name in names:
            for one in labels(name):
                found.setdefault(_words(one), set()).add(name)
        known.update(found)
    words = _words(label)
    return known.get(words, set()) if words else set()


def did_you_mean(name: str, declared: Iterable[str], otherwise: str) -> str:
    """A help line that names the nearest declared names, or `otherwise` where none is near."""
    return suggest(nearest_names(name, declared), otherwise)


def did_you_mean_here(name: str, declared: Iterable[str], is_at_home: Callable[[str], bool], otherwise: str) -> str:
    """A help line that names the nearest declared names at home, else one that is not, told as such."""
    names = list(declared)
    near = nearest_names(name, [one for one in names if is_at_home(one)])
    if near:
        return suggest(near, otherwise)
    foreign = nearest_names(name, names, most=1)
    return f"`{foreign[0]}` is declared, for another law; {otherwise}" if foreign else otherwise


def suggest(names: Sequence[str], otherwise: str) -> str:
    """A help line that names these names, or `otherwise` where there are none."""
    shown = [f"`{name}`" for name in names]
    if not shown:
        return otherwise
    return f"did you mean {shown[0]}?" if len(shown) == 1 else f"did you mean {', '.join(shown[:-1])} or {shown[-1]}?"
