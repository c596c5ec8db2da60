"""Numbers for the names that a unit of compiled code can wait for: facts, parameters, wording not held.

A unit numbers its own names when it is compiled; what only the case brings (the attributes of list members) is numbered
for the one decision.
"""

from __future__ import annotations

from dataclasses import field

from mutandis.dataclass import dataclass
from mutandis.decide.ternary import TRUE, UNDEFINED, is_settled, waits_for


@dataclass(frozen=True, slots=True)
class Waits:
    """What a truth waits for, by kind."""

    facts: frozenset[str]
    parameters: frozenset[str]
    wording: frozenset[str]


NOTHING = Waits(frozenset(), frozenset(), frozenset())


@dataclass(slots=True)
class Names:
    """The numbers of the names of one unit, or of one decision on top of them."""

    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    facts: int = 0
    parameters: int = 0
    wording: int = 0

    def truth_of(self, kind: str, name: str) -> int:
        """The truth that waits for `name`, which is a `fact`, `parameter` or `wording`."""
        number = self.numbers.get((kind, name))
        if number is None:
            number = len(self.numbers) + 1
            self.numbers[kind, name] = number
            match kind:
                case "fact":
                    self.facts |= 1 << number
                case "parameter":
                    self.parameters |= 1 << number
                case _:
                    self.wording |= 1 << number
        return waits_for(number)

    def truth(self, name: str, parameter: bool) -> int:
        """The truth that waits for a name the case brought."""
        return self.truth_of("parameter" if parameter else "fact", name)

    def copy(self) -> Names:
        """The same numbers, to add those of one decision to."""
        return Names(dict(self.numbers), self.facts, self.parameters, self.wording)

    def waits(self, truth: int) -> Waits:
        """The names that `truth` waits for."""
        if is_settled(truth):
            return NOTHING
        bits = ~truth
        found: dict[str, set[str]] = {"fact": set(), "parameter": set(), "wording": set()}
        for (kind, name), number in self.numbers.items():
            if bits >> number & 1:
                found[kind].add(name)
        return Waits(frozenset(found["fact"]), frozenset(found["parameter"]), frozenset(found["wording"]))

    def is_waited_for(self, truth: int, kind: str, name: str) -> bool:
        """True where `truth` waits for that name, among others or alone."""
        number = self.numbers.get((kind, name))
        return number is not None and not is_settled(truth) and ~truth >> number & 1 == 1

    def named(self, truth: int) -> int | Waits:
        """A truth without numbers: itself if it is settled, else the names that it waits for."""
        return truth if is_settled(truth) else self.waits(truth)

    def numbered(self, named: int | Waits) -> int:
        """A truth that others named, in the numbers of these names."""
        if isinstance(named, int):
            return named
        truth = UNDEFINED
        for kind, found in (("fact", named.facts), ("parameter", named.parameters), ("wording", named.wording)):
            for name in sorted(found):
                truth &= self.truth_of(kind, name)
        return truth


def united(truths: list[int]) -> int:
    """What all of `truths` wait for, as one truth; -1 if they are all settled."""
    result = TRUE
    for truth in truths:
        if not is_settled(truth):
            result &= truth
    return result
