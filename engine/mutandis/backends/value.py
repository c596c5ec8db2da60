"""What one fact comes to in a case, and the provisions that give it: `Engine.value`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from mutandis.backends.unit import Unit
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import DataType
from mutandis.decide.cited import chains_of
from mutandis.decide.conditions import is_truth
from mutandis.decide.conflict import places_of
from mutandis.decide.counterfactual import otherwise, tried_of
from mutandis.decide.held import did_not_reach, entries_that_hold, given_way, held_places, rivals
from mutandis.decide.limits import shown
from mutandis.decide.members import members_of, with_member
from mutandis.decide.names import NOTHING, Names
from mutandis.decide.plan import Detail
from mutandis.decide.presumed import presumed_event, presumption_of
from mutandis.decide.question import Question
from mutandis.decide.result_parts import Authority, FactValue, Presumption
from mutandis.decide.ternary import FALSE, NONE, TRUE, ValueConflict, is_known, is_settled
from mutandis.decide.turning import figure_of, triable_of
from mutandis.link.program import TRIGGER, Derivation, DerivedFact, Program
from mutandis.link.read_through import as_deemed, definitions_not_held
from mutandis.link.reads import given_name, times_of

if TYPE_CHECKING:
    from mutandis.backends.engine import Engine


def value_of(engine: Engine, fact: str, facts: Mapping[str, object], asked: Question) -> FactValue:
    """What `fact` comes to in a case of native facts, as it is deemed where a fiction reaches everywhere.

    Raises `KeyError` for a fact that is not declared.
    """
    if not engine.statable.isdisjoint(facts):
        engine, _ = engine.taking_stated(asked, facts)
    deemed = as_deemed(engine.program, fact)
    if deemed != fact and (found := _value_of(engine, deemed, facts, asked)) is not None:
        return replace(found, fact=fact)
    answer = _value_of(engine, fact, facts, asked)
    assert answer is not None  # only a fiction may leave it to the fact as stated
    return answer


def _value_of(engine: Engine, fact: str, facts: Mapping[str, object], asked: Question) -> FactValue | None:
    """The same of a fact as it stands, or of one as it is deemed: nothing where no fiction holds, or may."""
    program = engine.program
    at, holidays, version = asked.at, asked.holidays, asked.version
    derived = program.derived.get(fact)
    case = _AskedOfFact(engine.reader(fact, version), facts, at, holidays)
    type_ = case.type_of(fact)
    try:
        values, detail, names = case.unit.explained.detail(facts, at, holidays, None, settle=False)
    except ValueConflict as conflict:
        clash = program.derived[conflict.fact]
        conflicting = tuple(shown(value, clash.type) for value in conflict.values) if clash is derived else ()
        return FactValue(fact, False, None, tuple(places_of(program, conflict)), (), conflicting)
    place, entries = detail.derived[fact] if derived is not None else (detail.done[0], [])
    holds = [values[entry] == TRUE for entry in entries]
    if derived is not None and derived.base and all(values[entry] == FALSE for entry in entries):
        return None
    given = [(d, e) for d in derived.derivations for e in d.entries] if derived is not None else []
    own = _rivals(case, derived, holds, version) if derived is not None else ()
    rests_on = (*own, *_behind(case, fact, (values, detail, names), version))
    presumed = tuple(_presumed(case, fact, (values, detail, names)))
    places = (held_places(case, replace(d, entries=(e,))) for (d, e), is_so in zip(given, holds, strict=True) if is_so)
    provisions = tuple(dict.fromkeys(place for some in places for place in some))
    value = values[place]
    truth = value if type_.kind == "yes_no" else TRUE if is_known(value) else value.truth
    if not is_settled(truth):
        waits = names.waits(truth)
        missing = tuple(sorted(waits.facts | waits.parameters))
        wording = dict.fromkeys(str(d.citation) for d in definitions_not_held(program, waits.wording))
        return FactValue(
            fact, False, None, provisions, missing, wording=tuple(wording), rests_on=rests_on, presumptions=presumed
        )
    failed: tuple[str, ...] = ()
    if derived is not None and derived.derivations and not any(holds) and not derived.base:
        from mutandis.decide.nearest import nearest_definition  # what is known by a rule needs none of it

        near, failed = nearest_definition(case, derived, version)
        provisions = (str(near),)
    told = value == TRUE if type_.kind == "yes_no" else shown(value, type_)
    return FactValue(fact, True, told, provisions, failed=failed, rests_on=rests_on, presumptions=presumed)


_Found = tuple[tuple[Any, ...], Detail, Names]
"""What the detailed function finds, where it puts it, and the names it waits for."""


def _behind(case: _AskedOfFact, fact: str, found: _Found, version: dt.date) -> Iterator[Authority]:
    """The definitions of other facts that the value turns on."""
    values, detail, _ = found
    now, derived = _comes_to(fact, case, found), case.program.derived
    for name in reversed(detail.derived):
        if name == fact or name.startswith(TRIGGER):
            continue
        one, (place, entries) = derived[name], detail.derived[name]
        value, held = values[place], [values[entry] == TRUE for entry in entries]
        # What cannot be reckoned waits for nothing: then it is for what has no value and should have one.
        is_wanting = now == NOTHING and value is NONE and not one.type.optional and not one.base
        tried = tried_of(one, value, held, version, case)
        tried += given_way(case, one, _in_force(case, one.derivations, version), case.facts, version)
        if is_wanting or any(case.comes_to(fact, {name: other}) != now for other in tried):
            yield from _defined(case, one, value, held, version)


def _presumed(case: _AskedOfFact, fact: str, found: _Found) -> Iterator[Presumption]:
    """What nobody gave and the value turns on, of members of lists and of events too."""
    now, facts, vocabulary = _comes_to(fact, case, found), case.facts, case.program.vocabulary.facts
    read = {name: vocabulary[name] for name in case.unit.explained.behind([t.Fact(fact)]) if name in vocabulary}
    for name, declared in read.items():
        is_presumed = declared.has_presumption and name not in facts
        if is_presumed and case.turns(fact, now, name, otherwise(declared.presume, declared)):
            yield presumption_of(name, declared)
        if declared.type.kind == "list":
            term = declared.type.term or ""
            of_members = [one for one in triable_of(case.program, term) if one.has_presumption]
            for member in members_of(facts, name, term) if of_members else ():
                for one in of_members:
                    attribute = one.name.partition(".")[2]
                    tried = [with_member(facts, member, attribute, value) for value in otherwise(one.presume, one)]
                    if attribute not in member.given and case.turns(fact, now, name, tried):
                        yield presumption_of(f"{member.place}.{attribute}", one)
    for event in case.unit.explained.events():
        is_taken = not event.not_yet and event.fact not in facts
        if is_taken and case.comes_to(fact, {given_name(event.fact, event.clause): True}) != now:
            yield presumed_event(event)


def _defined(
    case: _AskedOfFact, derived: DerivedFact, value: object, held: list[bool], version: dt.date
) -> Iterator[Authority]:
    """What gave a fact its value; where nothing did, the definition that came nearest, and what fails there."""
    fact, given = (derived.base or derived.name,), [(d, e) for d in derived.derivations for e in d.entries]
    for derivation, entry in (one for one, holds in zip(given, held, strict=True) if holds):
        for place in held_places(case, replace(derivation, entries=(entry,))):
            figure, chains = figure_of(value, derived.type), chains_of(derivation.sources)
            yield Authority("defines", place, derivation.summary, chains, fact, text=figure)
    yield from _rivals(case, derived, held, version)
    if derived.derivations and not any(held) and not derived.base:
        from mutandis.decide.nearest import nearest_definition

        near, failed = nearest_definition(case, derived, version)
        yield Authority("defines", str(near), facts=fact, conditions=failed)


def _rivals(case: _AskedOfFact, derived: DerivedFact, held: Sequence[bool], version: dt.date) -> Iterator[Authority]:
    """The definitions of another value that nothing but an exclusion keeps away, beside what gave it, or a fiction."""
    if not any(held) and not derived.base:
        return
    giving, short = entries_that_hold(derived, held)
    able = _in_force(case, short, version)
    for rival in rivals(case, is_truth(derived), [(d, held_places(case, d)) for d in giving], able, version):
        yield from did_not_reach(rival, (derived.base or derived.name,))


def _in_force(case: _AskedOfFact, derivations: Iterable[Derivation], version: dt.date) -> Iterator[Derivation]:
    """The derivations that can be in force."""
    for one in derivations:
        if one.can_hold(version) and FALSE not in case.truths(times_of(one.force, one.governed_by)):
            yield one


def _comes_to(fact: str, case: _AskedOfFact, found: _Found) -> object:
    """The value of the fact as found; of one that is not known, what it waits for."""
    values, detail, names = found
    value = values[detail.derived[fact][0] if fact in detail.derived else detail.done[0]]
    truth = value if case.type_of(fact).kind == "yes_no" else TRUE if is_known(value) else value.truth
    return value if is_settled(truth) else names.waits(truth)


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

    def type_of(self, fact: str) -> DataType:
        """The type of a fact, stated or derived."""
        derived = self.program.derived.get(fact)
        return derived.type if derived is not None else self.program.vocabulary.facts[fact].type

    def comes_to(self, fact: str, chosen: Mapping[str, object]) -> object:
        """What the fact comes to where derived facts have the values chosen; values in conflict are no answer."""
        try:
            found = self.unit.explained.detail(self.facts, self.at, self.holidays, chosen, settle=False)
        except ValueConflict as conflict:
            return conflict
        return _comes_to(fact, self, found)

    def turns(self, fact: str, now: object, name: str, tried: list[object]) -> bool:
        """True where the fact comes to something else than `now` with one of the values tried for another."""
        return any(replace(self, facts={**self.facts, name: value}).comes_to(fact, {}) != now for value in tried)

    def truths(self, conditions: list[t.Expression]) -> tuple[int, ...]:
        return self.unit.explained.truths_of(tuple(conditions), self.facts, self.at, self.holidays, None)
