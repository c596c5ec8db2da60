"""Legal fictions: a fact read as another value wherever the fiction reaches (S39).

A fiction is a derived fact that falls back to the fact as stated (`§inmate.class as of act/87`). What stands within its
reach reads that fact instead; the fiction itself reads the fact as stated. Where several fictions of one fact reach the
same place, they are read together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from mutandis.citation import Citation, CitationRange
from mutandis.condition.tree import Expression, Fact, Truth
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import YES_NO
from mutandis.link.clause_scope import GROUNDS
from mutandis.link.definitions import Defining, derivation_of, order_definitions
from mutandis.link.falls_under import References
from mutandis.link.linked_parts import map_derivation
from mutandis.link.orders import OrderKey
from mutandis.link.program import TRIGGER, Derivation, DerivedFact, Norm, Step
from mutandis.link.read_through import DEEMED
from mutandis.link.reading import Chain, Kinds, Reading
from mutandis.link.reads import of_derivation, of_norm
from mutandis.link.rewriting import facts_in, rewrite

Sources = tuple[tuple[Step, ...], ...]


@dataclass(frozen=True, slots=True)
class Fiction:
    """One fiction: the fact, its derivation, and its reach: provisions with the clauses they are read through.

    An empty reach is everywhere. `within` is the reach as written.
    """

    fact: str
    derivation: Derivation
    reach: tuple[tuple[CitationRange, tuple[Step, ...]], ...]
    key: str
    chain: Chain = ()
    within: tuple[CitationRange, ...] = ()
    kinds: Kinds = ()

    def depth(self, place: Citation, chain: tuple[Step, ...]) -> int:
        """With how many of the clauses of `chain` it reaches what stands at `place` and comes by these; -1 if not."""
        if not self.reach:
            return 0
        within = (
            len(prefix)
            for cited, prefix in self.reach
            if chain[: len(prefix)] == prefix
            and any(cited.covers(p) for p in (place, *(step.citation for step in chain[len(prefix) :])))
        )
        return max(within, default=-1)


@dataclass(slots=True)
class Fictions:
    """The fictions of a rulebook, the orders that decided among them, and the derived facts that readers need.

    Where a fiction does not reach it goes before none.
    """

    all: tuple[Fiction, ...]
    references: References
    bitten: frozenset[OrderKey] = frozenset()
    facts: dict[str, DerivedFact] = field(default_factory=dict)

    def read(self, node: Expression, place: Citation, sources: Sources, stated: str = "") -> Expression:
        """`node` as read at `place`: every fact that a fiction reaches read through it, except `stated`."""
        if not self.all:
            return node

        def change(part: Expression) -> Expression | None:
            if not isinstance(part, Fact) or part.name == stated:
                return None
            if part.name.startswith(GROUNDS):
                return self._grounds(part, place, sources, stated)
            reaching = self._reaching(part.name, place, sources)
            return replace(part, name=self._fact(part.name, reaching)) if reaching else None

        return rewrite(node, change)

    def _grounds(self, holds: Fact, place: Citation, sources: Sources, stated: str) -> Fact | None:
        """That grounds hold which are asked about at `place`; None where they are read there as where they stand."""
        written = self.references.written(holds.name)
        read = map_derivation(written, lambda node: self.read(node, place, sources, stated))
        if read == self.read_derivation(written):
            return None
        through = sorted(_facts_of(read) - _facts_of(written))
        name = f"{holds.name} through {', '.join(through) or 'no fiction'}"
        self.facts[name] = DerivedFact(name, YES_NO, (read,))
        return replace(holds, name=name)

    def _reaching(self, fact: str, place: Citation, sources: Sources) -> list[Fiction]:
        """The fictions through which what stands at `place`, or comes by one of `sources`, reads the fact.

        What a clause applies together with a fiction is read through that fiction as the clause has it, not as it
        stands (S37).
        """
        there, found = [f for f in self.all if f.fact == fact], set[str]()
        for chain in sources or ((),):
            depths = [(f, f.depth(place, chain)) for f in there]
            deepest: dict[str, int] = {}
            for f, depth in depths:
                deepest[f.derivation.rule] = max(depth, deepest.get(f.derivation.rule, -1))
            found.update(f.key for f, depth in depths if depth == deepest[f.derivation.rule] >= 0)
        return [f for f in there if f.key in found]

    def reaching(self, norm: Norm) -> frozenset[str]:
        """The keys of the fictions through which the norm and its performance read facts."""
        names = {fact for node in of_norm(norm) for fact in facts_in(node)}
        if norm.deadline is not None and norm.action in self.references.vocabulary.actions:
            names.add(self.references.vocabulary.actions[norm.action].done)
        return frozenset(f.key for name in names for f in self._reaching(name, norm.citation, norm.sources))

    def read_derivation(self, derivation: Derivation, stated: str = "") -> Derivation:
        """`derivation` with every expression read at its place, `stated` as stated."""
        place, sources = derivation.citation, derivation.sources
        return map_derivation(derivation, lambda node: self.read(node, place, sources, stated))

    def everywhere(self) -> Iterator[DerivedFact]:
        """Of each fact that is deemed something everywhere, what leads to how it is read where nothing stands."""
        for fact in dict.fromkeys(f.fact for f in self.all if not f.reach):
            name = self._fact(fact, [f for f in self.all if f.fact == fact and not f.reach])
            yield DerivedFact(f"{DEEMED}{fact}", self.references.vocabulary.facts[fact].type, (), name)

    def deemed_by(self, rule: str) -> str:
        """The fact that a rule reads as another value, itself reading it as stated; empty where it is no fiction."""
        return next((fiction.fact for fiction in self.all if fiction.derivation.rule == rule), "")

    def standing(self) -> Iterator[tuple[Kinds, Chain, Derivation]]:
        """Each fiction with the clauses it is read through, as it applies: what goes before it within some provisions
        alone leaves it standing elsewhere."""
        for one in self.all:
            away = {f.key for f in self.all if f.fact == one.fact and f.within and f.within != one.within}
            yield one.kinds, one.chain, self._without(one.derivation, frozenset(away), one.key)

    def _without(
        self, derivation: Derivation, away: frozenset[str], label: str, entered: frozenset[str] = frozenset()
    ) -> Derivation:
        """The derivation where the fictions whose keys are `away` do not reach, and so go before nothing."""

        def change(part: Expression) -> Expression | None:
            if not isinstance(part, Fact) or not part.name.startswith((TRIGGER, GROUNDS)):
                return None
            if part.name.removeprefix(f"{TRIGGER} ") in away:
                return Truth(False, type=YES_NO)
            written, name = self.references.written(part.name), f"{part.name} as of {label}"
            read = written if name in entered else self._without(written, away, label, entered | {name})
            if read == written:  # it does not turn on them; or it runs in a circle, which is told elsewhere
                return None
            own = self.read_derivation(read, stated=self.deemed_by(read.rule))
            self.facts[name] = DerivedFact(name, YES_NO, (own,))
            return replace(part, name=name)

        if not away:
            return derivation
        read = map_derivation(derivation, lambda node: rewrite(node, change))
        left = [one for one in read.exclusions if not (isinstance(one.when, Truth) and not one.when.value)]
        return read if len(left) == len(read.exclusions) else replace(read, exclusions=tuple(left))

    def _fact(self, fact: str, reaching: Sequence[Fiction]) -> str:
        labels = dict.fromkeys(_label(fiction) for fiction in reaching)
        name = f"§{fact} as of {', '.join(labels)}"
        keys = tuple(fiction.key for fiction in reaching)
        same_place = [f for f in self.all if f.fact == fact and _label(f) in labels]
        if len(same_place) != len(reaching):  # a place with fictions of different reach: name the rules themselves
            name = f"§{fact} as of {', '.join(keys)}"
        if name not in self.facts:
            declared = self.references.vocabulary.facts[fact]
            self.facts[name] = DerivedFact(name, declared.type, (), fact)  # entered before its parts may ask for it
            away = frozenset(f.key for f in self.all if f.fact == fact and f.key not in keys)
            here = (self._without(fiction.derivation, away, name) for fiction in reaching)
            derivations = tuple(self.read_derivation(one, stated=fact) for one in here)
            self.facts[name] = replace(self.facts[name], derivations=derivations)
        return name


def find_fictions(readings: Iterable[Reading], disapplying: Sequence[Defining], references: References) -> Fictions:
    """The fictions among `readings`, in the order of the law."""
    by_fact: dict[str, list[Defining]] = defaultdict(list)
    for one in _deeming(readings, references):
        by_fact[one.reading.rule.target].append(one)
    found: list[Fiction] = []
    bitten: set[OrderKey] = set()
    for defining in by_fact.values():
        found += (_fiction(one, references) for one in order_definitions(defining, disapplying, references, bitten))
    found.sort(key=lambda f: (f.derivation.citation.sort_key(), f.key))
    return Fictions(tuple(found), references, frozenset(bitten))


def unordered_fictions(readings: Iterable[Reading], references: References) -> Fictions:
    """The fictions among `readings` before any order among them: enough to tell what each reaches."""
    return Fictions(tuple(_fiction(one, references) for one in _deeming(readings, references)), references)


def _deeming(readings: Iterable[Reading], references: References) -> Iterator[Defining]:
    for reading in readings:
        if reading.rule.effect == "deem" and reading.rule.target in references.vocabulary.facts:
            yield Defining(reading, derivation_of(reading, "deem", references))


def _fiction(one: Defining, references: References) -> Fiction:
    read = one.reading
    reach = _reach(read, references)
    return Fiction(read.rule.target, one.derivation, reach, read.key, read.chain, read.written.within, read.kinds)


def _reach(reading: Reading, references: References) -> tuple[tuple[CitationRange, tuple[Step, ...]], ...]:
    reach: list[tuple[CitationRange, tuple[Step, ...]]] = []
    for written in reading.written.within:
        for cited, through in references.bind(written, reading.levels):
            clauses = sum(bool(level.clause) for level in through)
            reach.append((cited, reading.steps[:clauses]))
    return tuple(reach)


def _facts_of(derivation: Derivation) -> set[str]:
    return {fact for node in of_derivation(derivation) for fact in facts_in(node)}


def _label(fiction: Fiction) -> str:
    place = fiction.derivation.citation
    clauses = [step.citation for chain in fiction.derivation.sources for step in chain if step.citation != place]
    return f"{place} under {clauses[0]}" if clauses else str(place)
