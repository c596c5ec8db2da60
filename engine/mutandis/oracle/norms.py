"""The norms that rules make: bans, duties, permissions, exemptions, and what follows from them (S1 to S4)."""

from collections.abc import Iterator
from dataclasses import dataclass

from mutandis.citation import Citation, CitationRange
from mutandis.dataclass import replace
from mutandis.oracle.construal import Reading, covers, stands_of
from mutandis.rulebook.model import Exclusion, Ground, Rule
from mutandis.vocabulary import Vocabulary

DIRECTIONS = {"must_not": "F", "must": "R", "may": "P", "need_not": "E", "limits": "L"}
OTHERS = {"define": "D", "deem": "M", "disapply": "X", "apply": "X"}  # a clause disapplies if its law is outside
Place = tuple[Citation, Reading]  # a place, and what stands there
Ranges = tuple[CitationRange, ...]


@dataclass(frozen=True, eq=False)
class Norm:
    """What a reading says of one action or fact: F R P E L; X disapplies, D defines, M deems.

    A contrary, and the ban of a restriction (`restricts`), have what they follow from as `source`; an exemption, the
    exclusion that yields it. `spoken` are all actions that its rule speaks of.
    """

    direction: str
    action: str
    reading: Reading
    source: "Norm | None" = None
    exclusion: Exclusion | None = None
    restricts: bool = False
    spoken: frozenset[str] = frozenset()

    @property
    def places(self) -> list[Place]:
        """Its own place and those of the clauses that lead to it."""
        own, *clauses = stands_of(self.reading)
        first = self.exclusion.citation if self.exclusion else own.written.at
        return [(first, own), *((one.written.at, one) for one in clauses)]

    @property
    def stands(self) -> list[Reading]:
        """What has it, and the clauses that lead there: its rule; of an exemption, the rule or clause that excludes."""
        own, *clauses = stands_of(self.reading)
        if self.exclusion is None or self.exclusion in own.rule.unless:
            return [own, *clauses]
        depth = next(i for i, one in enumerate(clauses) if self.exclusion in one.rule.unless)
        return [clauses[depth], *clauses[:depth]]

    @property
    def says_it_anyway(self) -> bool:
        """True of a definition of which the clauses that apply it construe nothing, with no orders of their own."""
        path = self.reading.path
        return bool(path) and self.reading.rule == self.reading.written and not any(one.read.orders for one in path)

    def part(self, place: Citation) -> list[Place]:
        """A part of its rule, such as a ground."""
        return [(place, self.reading)]


def rules_of(reading: Reading) -> list[Rule]:
    """The rule and the clauses that lead to it, as read."""
    return [one.rule for one in stands_of(reading)]


def norms_of(reading: Reading, vocabulary: Vocabulary) -> Iterator[Norm]:
    """What a reading of a rule says, one by one, and what follows from it."""
    rule, actions = reading.rule, vocabulary.actions
    if rule.effect in OTHERS and (rule.effect != "apply" or rule.external):
        yield Norm(OTHERS[rule.effect], rule.target, reading)
    by_kind = [(verb, kind) for verb, _, kind in (named.partition(" ") for named in rule.actions)]
    spoken = frozenset(f"{verb} {term}" for verb, kind in by_kind for term in vocabulary.sub_kinds(kind))
    for verb, kind in by_kind:
        for term in vocabulary.sub_kinds(kind):  # a rule on a kind binds its sub-kinds, and is read of them
            action = f"{verb} {term}"
            if action not in actions:
                continue  # read through a clause, and never in force
            read = replace(reading.of((kind, term)), term=term)
            norm = Norm("P" if rule.any_of else DIRECTIONS[rule.effect], action, read, spoken=spoken)
            yield norm
            if norm.direction == "R":
                unless = (one for part in rules_of(read) for one in part.unless)
                yield from (Norm("E", action, read, exclusion=one) for one in unless)
            for right in actions[action].restricts if norm.direction in "RP" else ():
                yield Norm("F", right, read, source=norm, restricts=True)
            for other in actions if actions[action].group and norm.direction in "RP" else ():
                if other == action or actions[other].group != actions[action].group:
                    continue
                if rule.any_of and other in read.rule.actions:
                    continue  # those of a set say nothing of each other
                # A duty forbids what excludes it, or all of a set; a right, what those do whom it binds.
                all_of = all(one in actions and actions[one].group == actions[other].group for one in read.rule.actions)
                duty = rule.effect == "must" and (all_of or not rule.any_of)
                forbids = duty or (rule.effect == "may" and actions[other].by in rule.to)
                yield Norm("F" if forbids else "E", other, read, source=norm)


def named_parts(grounds: tuple[Ground, ...], cited: Ranges) -> Iterator[Ground]:
    """The outermost grounds that are cited."""
    for ground in grounds:
        yield from (ground,) if covers(cited, ground.citation) else named_parts(ground.grounds, cited)
