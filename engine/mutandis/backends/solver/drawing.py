"""Random values of the facts of a complete case: about the values that conditions name, or anywhere in the bounds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import field

from mutandis.dataclass import dataclass

_NEAR = 0.6
_USUAL = 400


@dataclass(frozen=True, slots=True)
class Near:
    """Values that conditions name: numbers, lengths in days, and days by their ordinals."""

    numbers: Sequence[int] = ()
    lengths: Sequence[int] = ()
    days: Sequence[int] = ()


@dataclass(slots=True)
class Drawing:
    """Draws the values of one case: most of its days lie about one of them, at lengths that conditions name."""

    rng: random.Random
    days: tuple[int, int]
    near: Near = field(default_factory=Near)
    _anchor: int = 0

    def __post_init__(self) -> None:
        named = [day for day in self.near.days if self.days[0] <= day <= self.days[1]]
        self._anchor = self.rng.choice(named) if named and self.rng.random() < _NEAR else self.rng.randint(*self.days)

    def happens(self, share: float = 0.5) -> bool:
        """Yes, in that share of cases."""
        return self.rng.random() < share

    def day(self) -> int:
        """The ordinal of a day."""
        if not self.near.lengths or not self.happens(_NEAR):
            return self.rng.randint(*self.days)
        apart = self.rng.choice(self.near.lengths) + self.rng.choice((-1, 0, 0, 1))
        return min(max(self._anchor + self.rng.choice((-1, 1)) * apart, self.days[0]), self.days[1])

    def minute(self) -> int:
        """The minute of a day, often its first."""
        return self.rng.choice((0, self.rng.randint(0, 1439)))

    def number(self, low: int, high: int) -> int:
        """A number between two."""
        named = [number for number in self.near.numbers if low <= number <= high]
        if named and self.happens(_NEAR):
            return self.rng.choice(named)
        return self.rng.randint(low, min(high, low + (_USUAL if self.happens(0.7) else 10**6)))
