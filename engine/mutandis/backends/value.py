"""What one fact comes to in a case, and the provisions that give it: `Engine.value`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from mutandis.backends.unit import Unit
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.decide.conflict import places_of
from mutandis.decide.held import held_places
from mutandis.decide.limits import shown
from mutandis.decide.question import Question
from mutandis.decide.result_parts import FactValue
from mutandis.decide.ternary import TRUE, ValueConflict, is_known, is_settled
from mutandis.link.program import Program
from mutandis.link.read_through import definitions_not_held

if TYPE_CHECKING:
    from mutandis.backends.engine import Engine


def value_of(engine: Engine, fact: str, facts: Mapping[str, object], asked: Question) -> FactValue:
    """What `fact` comes to in a case of native facts. Raises `KeyError` for a fact that is not declared."""
    if not engine.statable.isdisjoint(facts):
        engine, _ = engine.taking_stated(asked, facts)
    program = engine.program
    at, holidays, version = asked.at, asked.holidays, asked.version
    derived = program.derived.get(fact)
    type_ = derived.type if derived is not None else program.vocabulary.facts[fact].type
    try:
        values, detail, names = engine.reader(fact, version).explained.detail(facts, at, holidays, None, settle=False)
    except ValueConflict as conflict:
        clash = program.derived[conflict.fact]
        conflicting = tuple(shown(value, clash.type) for value in conflict.values) if clash is derived else ()
        return FactValue(fact, False, None, tuple(places_of(program, conflict)), (), conflicting)
    place, entries = detail.derived[fact] if derived is not None else (detail.done[0], [])
    held = [k for k, entry in enumerate(entries) if values[entry] == TRUE]
    given = [(d, e) for d in derived.derivations for e in d.entries] if derived is not None else []
    case = _AskedOfFact(engine.reader(fact, version), facts, at, holidays)
    places = (held_places(case, replace(d, entries=(e,))) for d, e in (given[k] for k in held))
    provisions = tuple(dict.fromkeys(place for some in places for place in some))
    value = values[place]
    truth = value if type_.kind == "yes_no" else TRUE if is_known(value) else value.truth
    if not is_settled(truth):
        waits = names.waits(truth)
        missing = tuple(sorted(waits.facts | waits.parameters))
        wording = dict.fromkeys(str(d.citation) for d in definitions_not_held(program, waits.wording))
        return FactValue(fact, False, None, provisions, missing, wording=tuple(wording))
    failed: tuple[str, ...] = ()
    if derived is not None and derived.derivations and not held and not derived.base:
        from mutandis.decide.nearest import nearest_definition  # what is known by a rule needs none of it

        near, failed = nearest_definition(case, derived, version)
        provisions = (str(near),)
    told = value == TRUE if type_.kind == "yes_no" else shown(value, type_)
    return FactValue(fact, True, told, provisions, failed=failed)


@dataclass(frozen=True, slots=True)
class _AskedOfFact:
    """The case of a question about one fact, for the conditions of its definitions."""

    unit: Unit
    facts: Mapping[str, object]
    at: dt.date | None
    holidays: frozenset[dt.date] | None

    @property
    def program(self) -> Program:
        return self.unit.program

    def truths(self, conditions: list[t.Expression]) -> tuple[int, ...]:
        return (
            self.unit.explained.truths_of(tuple(conditions), self.facts, self.at, self.holidays, None)
            if conditions
            else ()
        )
