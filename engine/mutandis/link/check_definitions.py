"""Check: definitions and fictions that may give one fact different values in one case (S28)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from mutandis.condition.render import render
from mutandis.condition.tree import Expression, Fact, Not, Or
from mutandis.dataclass import replace
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic, Label
from mutandis.link.exclusive import where_they_meet
from mutandis.link.program import TRIGGER, Derivation, DerivedFact, LinkedEntry, Step
from mutandis.link.reading import place_through
from mutandis.link.rewriting import conjunction
from mutandis.link.spans import common_point
from mutandis.vocabulary import Vocabulary

Sources = tuple[tuple[Step, ...], ...]
"""The chains of clauses through which a definition is read."""


def check_definitions(facts: Mapping[str, DerivedFact], vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """`definitions-that-differ`, once for a pair of rules.

    Wording that is not held says no value, so nothing is told of it. Where one rule gives two values because a clause
    reads it otherwise, nothing is told of the pairs that this makes with other rules.
    """
    told: set[frozenset[str]] = set()
    read_otherwise: set[frozenset[Sources]] = set()
    for fact in facts.values():
        pairs = sorted(combinations(entries_of(fact, facts), 2), key=lambda pair: pair[0][0].rule != pair[1][0].rule)
        for (one, value), (other, value_too) in pairs:
            pair, ways = frozenset({one.rule, other.rule}), frozenset({one.sources, other.sources})
            if value.value == value_too.value or pair in told or ways in read_otherwise:
                continue
            if _gives_way(one, other, facts) or _gives_way(other, one, facts):
                continue
            meeting = where_they_meet(one, other, vocabulary)
            if meeting is not None:
                told.add(pair)
                if len(pair) == 1 and len(ways) == 2:
                    read_otherwise.add(ways)
                yield _differ(fact, (one, value), (other, value_too), common_point(meeting))


def entries_of(fact: DerivedFact, facts: Mapping[str, DerivedFact]) -> list[tuple[Derivation, LinkedEntry]]:
    """Each entry with its derivation, narrowed to where the entry's own words hold; what these refer to spelled out."""
    return [
        (
            replace(
                derivation,
                when=tuple(_spelled_out((*derivation.when, *([entry.when] if entry.when is not None else [])), facts)),
                force=derivation.force.meet(entry.force),
            ),
            entry,
        )
        for derivation in fact.derivations
        if derivation.kind != "ground" and not derivation.opaque
        for entry in derivation.entries
    ]


def _spelled_out(
    conditions: Iterable[Expression], facts: Mapping[str, DerivedFact], within: frozenset[str] = frozenset()
) -> Iterator[Expression]:
    """The conditions; of a reference to one place, what has to hold there. Of a circle (`within` it) nothing is."""
    for condition in conditions:
        name = condition.name if isinstance(condition, Fact) and condition.name not in within else ""
        match facts.get(name):
            case DerivedFact(derivations=(Derivation(kind="ground", entries=(entry,)) as place,)):
                alone = [ground.when for ground in place.grounds] if len(place.grounds) == 1 else []
                inside = [*place.when, *(when for when in (entry.when, *alone) if when is not None)]
                yield from _spelled_out(inside, facts, within | {name})
            case _ if isinstance(condition, Or):
                parts = [conjunction([*_spelled_out([one], facts, within)]) for one in condition.operands]
                yield replace(condition, operands=tuple(parts))
            case _:
                yield condition


def _gives_way(weak: Derivation, strong: Derivation, facts: Mapping[str, DerivedFact]) -> bool:
    """True if an order, or what the one says of itself, makes it give way wherever the other gives a value."""
    named = [x.when for x in weak.exclusions] + [one.operand for one in weak.when if isinstance(one, Not)]
    names = [one.name for one in named if isinstance(one, Fact)]
    stronger = (d for name in names if name.startswith(TRIGGER) for d in facts[name].derivations)
    if any((d.rule, d.sources) == (strong.rule, strong.sources) for d in stronger):
        return True
    # `not P applies` and `case does not fall under P`, of the place of the other.
    asked = {f"§{strong.citation}", f"§{strong.citation} applies"}
    return any(d.rule == strong.rule for name in names if name in asked for d in facts[name].derivations)


def _differ(
    fact: DerivedFact,
    one: tuple[Derivation, LinkedEntry],
    other: tuple[Derivation, LinkedEntry],
    point: tuple[Expression, Expression] | None,
) -> Diagnostic:
    name = fact.base or fact.name
    where = f"both hold where `{render(point[0])}` is {render(point[1])}" if point else "nothing keeps them apart"
    (first, value), (second, value_too) = one, other
    help_ = "say in their conditions which holds when, or write `instead_of` at the one that goes before"
    if first.rule == second.rule and first.sources != second.sources:
        clause = (second.sources or first.sources)[0][0].citation
        term = name.partition(".")[0]
        help_ = f"if the value is that of what {clause} construes, define it of that; or construe `{term}` there"
    return diagnose(
        "definitions-that-differ",
        f"{place_through(first.sources, value.citation)} gives `{name}` as `{render(value.value)}` and "
        f"{place_through(second.sources, value_too.citation)} as `{render(value_too.value)}`; {where}",
        help_,
        first.span,
        [Label(first.span, "one value"), Label(second.span, "the other")] if first.span != second.span else (),
        str(value.citation),
    )
