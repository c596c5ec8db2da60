"""Which days of a case are the first and the last of one thing, by their names: a term that began and ends.

Nothing is decided by it. Cases in which things begin before they end are shown before others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_FIRST, _LAST = frozenset({"began", "begins", "since", "from"}), frozenset({"ends", "ended", "until"})


def firsts_and_lasts(facts: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Facts of one term that say when something begins, each with those that say when it ends."""
    words = {name: frozenset(name.rpartition(".")[2].split("_")) for name in facts}
    for first, said in words.items():
        if said & _FIRST:
            term = first.rpartition(".")[0]
            yield from ((first, last) for last, other in words.items() if other & _LAST and last.startswith(f"{term}."))
