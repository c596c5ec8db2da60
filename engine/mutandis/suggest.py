"""Which declared names a mistyped one may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

# Comparing is slow on long texts, and no name is this long.
_LONGEST = 80


def nearest_names(name: str, declared: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Up to `most` declared names close to `name`, nearest first; equal ones in alphabetical order.

    >>> nearest_names("vist", ["visit", "writing"])
    ('visit',)
    """
    if len(name) > _LONGEST:
        return ()
    return tuple(get_close_matches(name, sorted(set(declared)), n=most, cutoff=0.65))


def did_you_mean(name: str, declared: Iterable[str], otherwise: str) -> str:
    """A help line that names the nearest declared names, or `otherwise` where none is near."""
    return suggest(nearest_names(name, declared), otherwise)


def suggest(names: Sequence[str], otherwise: str) -> str:
    """A help line that names these names, or `otherwise` where there are none."""
    shown = [f"`{name}`" for name in names]
    if not shown:
        return otherwise
    return f"did you mean {shown[0]}?" if len(shown) == 1 else f"did you mean {', '.join(shown[:-1])} or {shown[-1]}?"
