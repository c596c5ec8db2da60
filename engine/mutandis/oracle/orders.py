"""Which norm goes before which by its words, by rank, or because it restricts a right (S5 to S8, S37)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mutandis.citation import CitationRange
from mutandis.oracle.construal import Construed, Reading, applies, stands_of
from mutandis.oracle.norms import Norm, Place
from mutandis.rulebook.law import Law

OPPOSED = ("FP", "PF", "FR", "RF", "RE", "ER")  # S5


@dataclass(frozen=True)
class Orders:
    """What the rules of a rulebook say of order among its norms, whatever the case."""

    laws: Mapping[str, Law]
    norms: list[Norm]

    def named(self, norm: Norm, places: list[Place], relation: str) -> bool:
        """Whether an order of the norm, or of a clause that leads to it, names one of the places as it stands (S37)."""
        return any(True for _ in self.naming(norm, places, relation))

    def naming(self, norm: Norm, places: list[Place], relation: str) -> Iterator[tuple[str, CitationRange]]:
        """What these orders name by it, each with the rule whose order it is."""
        if norm.exclusion is not None or norm.restricts:
            return  # neither has the orders of its rule
        if places[0][1].is_of(norm.reading):
            return  # what one reading says, of another action or sub-kind too, is no other rule's
        yield from (
            (start.written.id, cited)
            for start in stands_of(norm.reading)
            for order in start.rule.orders
            for cited in order.targets
            for citation, end in places
            if order.relation == relation
            and cited.covers(citation)
            and cited.first.is_of(end.written.at)
            # What stands at the order's own place is meant where the order names that very place.
            and (citation != start.written.at or cited.first == cited.last == citation)
            # What a clause applies does not go before it.
            and not applies(end.rule, start.written)
            and self.meets(start, end, cited)
        )

    def takes_place(self, norm: Norm, places: list[Place]) -> bool:
        """Whether an order of the norm disapplies one of the places, or puts the norm in its stead (S6)."""
        instead = norm.source is None and self.named(norm, places, "instead_of")
        return instead or (norm.direction == "X" and self.named(norm, places, "despite"))

    def meets(self, start: Reading, end: Reading, cited: CitationRange) -> bool:
        """Whether what stands in `start` and is said of `end` means this instance of it."""
        same = 0
        while same < min(len(start.path), len(end.path)) and start.path[same].agrees(end.path[same]):
            same += 1
        outside = cited.outside if isinstance(cited, Construed) else None
        if any(applies(step.read, end.written) for step in start.path[same:outside]):
            return False  # inside the range an instance of its own is meant
        return not any(applies(step.read, start.written) for step in end.path[same:])

    def goes_before(self, other: Norm, norm: Norm) -> bool:
        """By words, at either end."""
        return self.named(other, norm.places, "despite") or self.named(norm, other.places, "subject_to")

    def may_beat(self, other: Norm, norm: Norm) -> bool:
        if other.direction == norm.direction and norm.direction in "LDM":
            return self.goes_before(other, norm)
        if other.direction + norm.direction not in OPPOSED:
            return False
        if other.restricts or norm.restricts:  # a restriction goes before the right, unless words say otherwise
            ordered = self.speaks_of(norm, other, "despite", "subject_to", "instead_of")
            return self.goes_before(other, norm) or (
                not ordered and other.restricts is not self.gives_back(other, norm)
            )
        # What a clause applies has the rank of the law that applies it: of several clauses, the outermost's.
        ranks = [self.laws[one.places[:2][-1][0].law].rank for one in (other, norm)]
        return self.goes_before(other, norm) or (ranks[0] < ranks[1] and not self.speaks_of(norm, other))

    def gives_back(self, one: Norm, other: Norm) -> bool:
        """Whether an order that bites, in whatever reading, puts the right's place before its restriction's (S3)."""
        ban, right = (one, other) if one.restricts else (other, one)
        at_right, at_ban = ([n for n in self.norms if n.places[0][0] == of.places[0][0]] for of in (right, ban))
        pairs = [(a, b) for a in at_right for b in at_ban if b.action == ban.action]
        return any(
            a.direction != "X" and self.concerns(a, b) and self.words(a, b, "instead_of") for a, b in pairs
        ) or any(
            self.words(a, b, "despite") or self.words(b, a, "subject_to")
            for a, b in pairs
            if a.action == b.action and a.direction + b.direction in OPPOSED
        )

    def speaks_of(self, one: Norm, other: Norm, *relations: str) -> bool:
        """Whether words order the two either way, or a part of one (S8)."""
        relations = relations or ("despite", "subject_to")
        return self.words(one, other, *relations) or self.words(other, one, *relations)

    def words(self, norm: Norm, other: Norm, *relations: str) -> bool:
        """Whether an order of the norm names the other, or a part of it; a restriction has none."""
        return any(self.named(norm, [*other.places, *parts_of(other)], relation) for relation in relations)

    def about(self, action: str) -> list[Norm]:
        """The norms about an action, what removes one or a part of one, and what removes that in turn (S6)."""
        found = [norm for norm in self.norms if norm.action == action]
        for norm in found:
            places = [norm.places, *([place] for place in parts_of(norm))]
            found += [
                other
                for other in self.norms
                if other not in found
                and self.concerns(other, norm)
                and any(self.takes_place(other, part) for part in places)
            ]
        return found

    def concerns(self, other: Norm, norm: Norm) -> bool:
        """Whether `other` can take the place of the norm: of definitions those of the same fact, and where the other's
        rule speaks of the norm's action, what it says of that."""
        if norm.action in other.spoken and norm.action != other.action:
            return False
        kinds = {other.direction, norm.direction}
        return other.direction == "X" or not kinds & {"D", "M"} or (len(kinds) == 1 and other.action == norm.action)


def parts_of(norm: Norm) -> list[Place]:
    """Its rule's grounds and what excludes it, and those of its clauses; an exemption rests on its exclusion alone."""
    if norm.restricts:
        return []
    itself, *clauses = stands_of(norm.reading)
    exempting = norm.exclusion
    parts: list[tuple[Reading, Any]] = [(one, part) for one in clauses for part in one.rule.grounds]
    parts += [(itself, part) for part in _all_grounds(itself.rule.grounds) if exempting is None]
    excluding = [(one, part) for one in (itself, *clauses) for part in one.rule.unless if exempting is None]
    for one, exclusion in [(norm.stands[0], exempting)] if exempting is not None else excluding:
        parts += [(one, exclusion), *((one, part) for part in _all_grounds(exclusion.grounds))]
    return [(part.citation, one) for one, part in parts]


def _all_grounds(grounds: Iterable[Any]) -> Iterator[Any]:
    for ground in grounds:
        yield ground
        yield from _all_grounds(ground.grounds)
