"""The conditions that what is told of a case may ask about, read in one go: those of norms by their parts, those of
their grounds, of the derived facts, and of the clauses that leave an article out.

Which these are is worked out once a unit. What is told then follows from the truths found, so that cases in which they
are alike are told alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field

from mutandis.citation import Citation
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.decide.asked import Asked
from mutandis.decide.explains import Explains
from mutandis.link.program import BroughtUnder, DerivedFact, LinkedGround, ListClause, Program
from mutandis.link.read_through import facts_read
from mutandis.link.reads import times_of
from mutandis.rulebook.model import SPEAKING


@dataclass(slots=True, eq=False)
class Conditions:
    """The conditions of a unit, and where the truth of each stands among those found.

    `times` are those of the time of a norm that an event governs, by position, `reigns` those of such a definition, by
    its identity; `leaving_out` the clauses that leave the
    place of a norm out; `bringing` what brings a case under a law as a whole, with the facts it reads.
    """

    expressions: tuple[t.Expression, ...] = ()
    places: dict[int, int] = field(default_factory=dict)
    times: dict[int, list[t.Expression]] = field(default_factory=dict)
    reigns: dict[int, list[t.Expression]] = field(default_factory=dict)
    leaving_out: dict[Citation, list[ListClause]] = field(default_factory=dict)
    bringing: dict[BroughtUnder, frozenset[str]] = field(default_factory=dict)


def conditions_of_unit(unit: Explains) -> Conditions:
    """The conditions of a unit, gathered once."""
    found: Conditions | None = unit.memory.get("conditions")
    if found is None:
        found = unit.memory["conditions"] = _gathered(unit)
    return found


def truths_in(asked: Asked) -> tuple[int, ...]:
    """The truth that each of the unit's conditions has in the case, read once a decision."""
    found: tuple[int, ...] | None = asked.worked_out.get("truths")
    if found is None:
        unit = asked.unit
        expressions, again = conditions_of_unit(unit).expressions, asked.looked_at_again()
        found = unit.explained.truths_of(expressions, asked.facts, *asked.setting, again)
        asked.worked_out["truths"] = found
    return found


def conjuncts(condition: t.Expression) -> list[t.Expression]:
    """The parts of a conjunction."""
    if isinstance(condition, t.And):
        return [part for operand in t.children(condition) for part in conjuncts(operand)]
    return [condition]


def parts_of(program: Program, condition: t.Expression) -> Iterator[t.Expression]:
    """The parts of a conjunction; of one that another norm applies, what that norm is conditional on."""
    for part in conjuncts(condition):
        norm = program.named_norm(part.citation) if isinstance(part, t.Applies) else None
        if norm is None or norm.grounds or norm.exclusions:
            yield part
        else:
            for inner in norm.when:
                yield from parts_of(program, inner)


def is_truth(derived: DerivedFact) -> bool:
    """True for a derived yes/no fact: its entries are conditions too."""
    return derived.type.kind == "yes_no"


def _gathered(unit: Explains) -> Conditions:
    program, found = unit.program, Conditions()
    wanted: list[t.Expression] = []
    for position, slots in enumerate(unit.plan.norms):
        norm = slots.norm
        if norm.citation not in found.leaving_out:
            clauses = [clause for clause in program.clauses if clause.leaves_out(norm.citation) is not None]
            found.leaving_out[norm.citation] = clauses
            wanted += [condition for clause in clauses for condition in clause.when]
        for exclusion in norm.exclusions:
            wanted += [] if exclusion.when is None else [exclusion.when]
            wanted += _of_grounds(exclusion.grounds)
        if slots.direction in SPEAKING:
            found.times[position] = times_of(norm.force, norm.governed_by)
            wanted += found.times[position]
        if slots.direction in SPEAKING or norm.governed_by is not None:
            wanted += [part for condition in norm.when for part in parts_of(program, condition)]
            wanted += _of_grounds(norm.grounds)
    laws = {slots.norm.citation.law for slots in unit.plan.norms}
    for one in program.bringing:
        if one.citation.law in laws and one.force.holds(unit.version):
            found.bringing[one] = frozenset(facts_read(program, one.when))
            wanted += one.when
    for name in unit.explained.facts_in_order():
        derived = program.derived.get(name)
        for derivation in derived.derivations if derived is not None else ():
            found.reigns[id(derivation)] = times_of(derivation.force, derivation.governed_by)
            wanted += found.reigns[id(derivation)]
            wanted += derivation.when
            wanted += _of_grounds(derivation.grounds)
            for excluding in derivation.exclusions:
                wanted += [] if excluding.when is None else [excluding.when, *conjuncts(excluding.when)]
                wanted += _of_grounds(excluding.grounds)
            wanted += [entry.when for entry in derivation.entries if entry.when is not None]
            if derived is not None and is_truth(derived):
                wanted += [entry.value for entry in derivation.entries]
    found.expressions = tuple({id(condition): condition for condition in wanted}.values())
    found.places = {id(condition): place for place, condition in enumerate(found.expressions)}
    return found


def _of_grounds(grounds: Iterable[LinkedGround]) -> Iterator[t.Expression]:
    for ground in grounds:
        if ground.when is not None:
            yield ground.when
            yield from conjuncts(ground.when)
        if ground.unless is not None:
            yield ground.unless
        yield from _of_grounds(ground.grounds)
