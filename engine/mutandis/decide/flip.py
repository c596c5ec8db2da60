"""Verdicts that come out otherwise: from what to what, and on what the new answer rests that the old one did not.

One record serves a population that two rulebooks decide and a log that is decided again; they differ in what a sample
is: the row of a table, the number of an entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Generic, NamedTuple, TypeVar

from mutandis.dataclass import dataclass

ABSENT: Final = "absent"
"""What stands for a verdict where a rulebook has no such action, or does not speak of it."""
Sampled = TypeVar("Sampled")


class Told(NamedTuple):
    """What one answer says of an action: the verdict, the places it rests on (`rests_on`), the facts it waits for."""

    verdict: str
    places: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class Turned(NamedTuple):
    """What flips have in common that are counted as one; the fields are those of `Flip`."""

    action: str
    before: str
    after: str
    by: tuple[str, ...]
    no_longer: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flip(Generic[Sampled]):
    """Cases whose verdict on an action is another, all by the same provisions, with the first few of them.

    `by` are the provisions on which the new answer rests and the old one did not, be it that they are breached;
    `no_longer` those that it no longer rests on; `missing` the facts that the new answer waits for.
    """

    action: str
    before: str
    after: str
    by: tuple[str, ...]
    no_longer: tuple[str, ...]
    missing: tuple[str, ...]
    count: int
    samples: tuple[Sampled, ...]


BREACHED = " breached"
"""What marks, behind a provision, that it is breached."""


def rests_on(cited: Iterable[str], breached: Iterable[str]) -> tuple[str, ...]:
    """The provisions that an answer cites, and those it finds breached, marked so, each once."""
    return tuple(dict.fromkeys([*cited, *(place + BREACHED for place in breached)]))


def turned(action: str, before: Told, after: Told) -> Turned:
    """From what to what a verdict went, and by what."""
    by = tuple(place for place in after.places if place not in before.places)
    no_longer = tuple(place for place in before.places if place not in after.places)
    return Turned(action, before.verdict, after.verdict, by, no_longer, after.missing)


class Flips(Generic[Sampled]):
    """Flips as they are counted; of each kind the first `most` samples are kept."""

    __slots__ = ("_counts", "_samples", "most")

    def __init__(self, most: int) -> None:
        self.most = most
        self._counts: dict[Turned, int] = {}
        self._samples: dict[Turned, list[Sampled]] = {}

    def take(self, kind: Turned, samples: Iterable[Sampled], count: int = 1) -> None:
        """Count so many of one kind, of which `samples` are the first."""
        kept = self._samples.setdefault(kind, [])
        kept.extend(list(samples)[: self.most - len(kept)])
        self._counts[kind] = self._counts.get(kind, 0) + count

    def counted(self) -> tuple[Flip[Sampled], ...]:
        """What was counted, most first."""
        found = [Flip(*kind, count, tuple(self._samples[kind])) for kind, count in self._counts.items()]
        return tuple(
            sorted(found, key=lambda flip: (-flip.count, flip.action, flip.before, flip.after, flip.by, flip.no_longer))
        )
