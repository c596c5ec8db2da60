"""The facts of one case, checked once: what a caller holds, and (`read`, `written`) how it is read.

This module itself imports nothing, so that a rulebook can tell them from raw ones at no cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Facts(Mapping[str, object]):
    """The facts of one case, checked once: an immutable mapping from fact name to run-time value.

    Give it to as many questions as you like; it is not checked again. `plain` is True where it is known that none of
    them is a fact that rules derive, so that nothing is taken as given in place of its definition.
    """

    __slots__ = ("native", "plain")

    def __init__(self, native: dict[str, object], plain: bool = False) -> None:
        # Invariant: nobody writes to `native` once it is here; the compiled code reads it without the mapping's detour.
        self.native = native
        self.plain = plain

    def __getitem__(self, name: str) -> object:
        return self.native[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.native)

    def __len__(self) -> int:
        return len(self.native)

    def __repr__(self) -> str:
        return f"Facts({self.native!r})"
