"""Which declared names a mistyped one may stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher, get_close_matches

# Comparing is slow on long texts, and no name is this long.
_LONGEST = 80
_MARGIN = 0.15
"""How much farther than the nearest name another may be: one letter in six."""


def nearest_names(name: str, declared: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` declared names close to `name`, nearest first; equal ones in alphabetical order.

    >>> nearest_names("vist", ["visit", "writing"])
    ('visit',)
    """
    if len(name) > _LONGEST:
        return ()
    near = get_close_matches(name, sorted(set(declared)), n=most, cutoff=0.65)
    matcher = SequenceMatcher(b=name)
    closeness = []
    for one in near:
        matcher.set_seq1(one)
        closeness.append(matcher.ratio())
    return tuple(one for one, ratio in zip(near, closeness, strict=True) if ratio > closeness[0] - _MARGIN)


def same_words(one: str, other: str) -> bool:
    """True for texts of the same words in any order, whatever articles and capitals they have.

    >>> same_words("Class of the inmate", "inmate class"), same_words("", "")
    (True, False)
    """
    words = _words(one)
    return bool(words) and words == _words(other)


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", text.lower())) - {"a", "an", "the", "of"}


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
