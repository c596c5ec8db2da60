"""The facts that an answer turns on: judgements, presumptions, fictions and definitions, each tried otherwise (S29).

A finding is told if the answer would be another with it turned or unknown; a definition if it would be another with its
fact read as if the definition had come out the other way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from mutandis.amounts import spell_duration, spell_number, spell_sum
from mutandis.citation import CitationRange
from mutandis.condition.render import render
from mutandis.condition.tree import Expression
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import DataType
from mutandis.decide.asked import Asked
from mutandis.decide.conditions import conditions_of_unit, conjuncts, is_truth, truths_in
from mutandis.decide.counterfactual import may_turn_on_unknown, otherwise, tried_of, turns_on
from mutandis.decide.explains import Explains
from mutandis.decide.held import (
    Reaching,
    entries_that_hold,
    felling,
    given_way,
    held_grounds,
    held_places,
    kept_away_by,
    lacking_of,
    may_hold,
    rivals,
)
from mutandis.decide.limits import shown
from mutandis.decide.members import Member, members_of, with_member
from mutandis.decide.order import OUT
from mutandis.decide.presumed import presumed_event, presumption_of
from mutandis.decide.result import NO_GROUND, Verdict
from mutandis.decide.result_parts import Fiction, Finding, Presumption
from mutandis.decide.ternary import FALSE, NONE, TRUE, Range, is_known
from mutandis.link.program import TRIGGER, BroughtUnder, Derivation, DerivedFact, LinkedEntry, Program
from mutandis.link.read_through import PresumedEvent, facts_read
from mutandis.link.reads import given_name, lists_with_definitions
from mutandis.values import UNKNOWN, Duration, Sum, Unknown
from mutandis.vocabulary import FactDeclaration


@dataclass(frozen=True, slots=True, eq=False)
class Origin:
    """Whence a derived fact has its value, or why it has none.

    `held` are the derivations that gave its value, each with the places of the grounds that hold; `short` those that
    did not reach, each with the conditions that failed, or where none did, the places of the exclusions that hold
    (where others gave it, of those that would have given another value but for these); `felled` is what fells
    exclusions of those that gave it.
    """

    held: tuple[tuple[Derivation, tuple[str, ...]], ...]
    short: tuple[Reaching, ...]
    felled: tuple[Derivation, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """A derived fact that the answer turns on."""

    name: str
    derived: DerivedFact
    value: object
    origin: Origin

    @property
    def figure(self) -> str:
        """The value as `figure_of` has it."""
        return figure_of(self.value, self.derived.type)


def is_one_of_several(derived: DerivedFact, value: object, entries: Sequence[int]) -> bool:
    """True of the value of a fact, or its bounds, where it is not known which of several entries gives it."""
    given = value is not NONE and (is_known(value) or isinstance(value, Range))
    return given and not derived.base and not is_truth(derived) and TRUE not in entries


def figure_of(value: object, type_: DataType) -> str:
    """A day, a moment, an amount or one of several words as written; else empty."""
    value = shown(value, type_)
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Duration):
        return spell_duration(value)
    if isinstance(value, Sum):
        return spell_sum(value)
    if type_.kind in ("number", "count") and isinstance(value, int | Fraction):
        return spell_number(value)
    return value if type_.kind == "enum" and isinstance(value, str) else ""


@dataclass(slots=True, eq=False)
class _Triable:
    """Which of the facts that a unit reads can be tried, by what would be told of them."""

    found: list[tuple[str, FactDeclaration]] = field(default_factory=list)
    presumed: list[tuple[str, FactDeclaration]] = field(default_factory=list)
    valued: list[tuple[str, FactDeclaration, dict[str, CitationRange]]] = field(default_factory=list)
    derived: list[tuple[str, DerivedFact]] = field(default_factory=list)
    lists: dict[str, tuple[str, frozenset[str]]] = field(default_factory=dict)
    of_members: dict[str, tuple[FactDeclaration, ...]] = field(default_factory=dict)


def turning_of(asked: Asked) -> Turning:
    """What a decision turns on: one for all its parts, which try the same facts otherwise."""
    found: Turning | None = asked.worked_out.get("turning")
    if found is None:
        found = asked.worked_out["turning"] = Turning(asked)
    return found


class Turning:
    """What one decision turns on; each part is worked out when asked for."""

    __slots__ = ("_members", "_on", "asked")

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self._on: dict[str, bool] = {}
        self._members: tuple[tuple[Member, str, FactDeclaration], ...] | None = None

    @property
    def program(self) -> Program:
        """The linked rulebook."""
        return self.asked.program

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts of the case."""
        return self.asked.facts

    def findings(self) -> tuple[Finding, ...]:
        """The judgements that the answer turns on, in order of first reading."""
        found: list[Finding] = []
        for name, declared in self._triable().found:
            if self._turns_on(name, declared):
                value = self.asked.facts.get(name)
                owner = self._owner_of(name, declared.found_by)
                found.append(Finding(name, owner, None if isinstance(value, Unknown) else value))
        for member, attribute, declared in self._of_members_told():
            if declared.found_by:
                owner = self._owner_of(declared.name, declared.found_by)
                found.append(Finding(f"{member.place}.{attribute}", owner, member.stated.get(attribute)))
        return tuple(found)

    def _owner_of(self, name: str, owner: str) -> str:
        """Who finds a fact: as the norms that apply and read it have it, through the clauses that bring them (S34)."""
        statuses, norms = self.asked.shape.statuses, self.asked.unit.plan.norms
        for status, slots, read in zip(statuses, norms, self.asked.unit.explained.facts_by_norm(), strict=True):
            if status.effective != OUT and name in read:
                for step in reversed(slots.norm.sources[0] if slots.norm.sources else ()):
                    owner = dict(step.construals).get(owner, owner)
                return owner
        return owner

    def presumptions(self) -> tuple[Presumption, ...]:
        """The facts nobody gave whose presumption the answer turns on (S30)."""
        found: list[Presumption] = []
        for name, declared in self._triable().presumed:
            if name not in self.asked.facts and self._turns_on(name, declared):
                found.append(presumption_of(name, declared))
        for member, attribute, declared in self._of_members_told():
            if declared.has_presumption and attribute not in member.given:
                found.append(presumption_of(f"{member.place}.{attribute}", declared))
        found.extend(presumed_event(one) for one in self.events())
        return tuple(found)

    def _of_members_told(self) -> tuple[tuple[Member, str, FactDeclaration], ...]:
        if self._members is None:
            self._members = tuple(self._members_turned_on())
        return self._members

    def _members_turned_on(self) -> Iterator[tuple[Member, str, FactDeclaration]]:
        """The attributes of members, found by somebody or presumed, that the answer turns on."""
        facts = self.asked.facts
        for name, attributes in self._triable().of_members.items():
            for member in members_of(facts, name, attributes[0].name.partition(".")[0]):
                for declared in attributes:
                    attribute = declared.name.partition(".")[2]
                    if not declared.found_by and attribute in member.given:
                        continue
                    value = member.stated.get(attribute, UNKNOWN if attribute in member.given else declared.absent)
                    tried = [with_member(facts, member, attribute, v) for v in otherwise(value, declared)]
                    if self._would_change([({name: one}, {}) for one in tried]):
                        yield member, attribute, declared

    def events(self) -> Iterator[PresumedEvent]:
        """The events nobody dated that the answer takes to be under the law applied, because a clause presumes it
        (S49). That something has not been is told by the presumption that it would end.
        """
        for one in self.asked.unit.explained.events():
            if one.not_yet or one.fact in self.asked.facts:
                continue
            if self._would_change([({}, {given_name(one.fact, one.clause): True})]):
                yield one

    def valued(self) -> tuple[tuple[str, str, str], ...]:
        """The values that a provision creates and the answer turns on: fact, value, provision."""
        found: list[tuple[str, str, str]] = []
        for name, declared, places in self._triable().valued:
            stated = self.asked.facts.get(name)
            values = sorted(stated) if isinstance(stated, frozenset) else [stated]
            named = [value for value in values if isinstance(value, str) and value in places]
            if named and self._turns_on(name, declared):
                found.extend((name, value, str(places[value])) for value in named)
        return tuple(found)

    def fictions(self, turns: tuple[Turn, ...]) -> tuple[Fiction, ...]:
        """The facts that the answer turns on and that are read as other values (S39), by name."""
        found: list[Fiction] = []
        for turn in sorted(turns, key=lambda turn: turn.name):
            held = turn.origin.held
            if turn.derived.base and held:
                said = turn.value == TRUE if is_truth(turn.derived) else shown(turn.value, turn.derived.type)
                found.append(Fiction(turn.derived.base, said, str(held[0][0].entries[0].citation)))
        return tuple(found)

    def brought_under(self) -> tuple[BroughtUnder, ...]:
        """What brings the case under a law of the action's norms as a whole."""
        bringing, stated = conditions_of_unit(self.asked.unit).bringing, self.asked.facts.keys()
        return tuple(
            one
            for one, reads in bringing.items()
            if not reads.isdisjoint(stated) and all(truth == TRUE for truth in self.truths(list(one.when)))
        )

    def definitions(self) -> tuple[Turn, ...]:
        """The derived facts that the answer turns on, in order of first reading."""
        turns = {name: self._turn(name, derived) for name, derived in self._triable().derived}
        untold = [name for name, turn in turns.items() if turn is None]
        concurring, derived = self._concurring(untold), self.asked.program.derived
        by_days = self._read_by_days_without_value() if untold else frozenset()
        wanting = {name for name in untold if name in concurring or self._is_undefined(name, by_days)}
        found = [turn or (self._told(name, derived[name]) if name in wanting else None) for name, turn in turns.items()]
        return tuple([turn for turn in found if turn is not None])

    def derived_in_order(self) -> tuple[str, ...]:
        """The derived facts that can be tried, in order of first reading."""
        return tuple([name for name, _ in self._triable().derived])

    def _is_undefined(self, name: str, by_days: frozenset[str]) -> bool:
        """True of a fact that no definition gives the value it should have, where the answer, or the due day of a duty
        that is owed, waits for nothing else; `by_days` are those that such days read."""
        if self.asked.program.derived[name].type.optional:
            return False
        if self.asked.shape.cause != "undefined" and name not in by_days:
            return False
        values, detail, _ = self.asked.detail()
        return name in detail.derived and values[detail.derived[name][0]] is NONE

    def _read_by_days_without_value(self) -> frozenset[str]:
        from mutandis.decide.payload import deadlines  # which is told besides what the answer turns on

        asked = self.asked
        lacking = {d.norm for d in deadlines(asked) if d.is_lacking}
        if not lacking:
            return frozenset()
        norms = [slots.norm for slots in asked.unit.plan.norms if slots.norm.key in lacking]
        days = [norm.deadline.expression for norm in norms if norm.deadline is not None]
        return frozenset(facts_read(asked.program, [day for day in days if day is not None]))

    def _concurring(self, untold: Sequence[str]) -> frozenset[str]:
        """The yes/no facts that hold and of which the answer turns on none by itself, since each would do without the
        others: those that would, and what they rest on.
        """
        quiet = [name for name in untold if self._holds(name)]
        if len(quiet) < 2 or not self._would_change([({}, dict.fromkeys(quiet, False))]):
            return frozenset()
        enough = [n for n in quiet if not self._would_change([({}, {**dict.fromkeys(quiet, False), n: True})])]
        found = set(enough)
        for one in enough:
            others = dict.fromkeys((other for other in enough if other != one), False)
            behind = (name for name in quiet if name not in enough)
            found |= {name for name in behind if self._would_change([({}, {**others, name: False})])}
        return frozenset(found)

    def _holds(self, name: str) -> bool:
        values, detail, _ = self.asked.detail()
        derived = self.asked.program.derived[name]
        is_chosen = self.asked.choices is not None and name in self.asked.choices
        return (
            is_truth(derived)
            and not derived.base
            and not is_chosen
            and name in detail.derived
            and bool(values[detail.derived[name][0]] == TRUE)
        )

    def of_members(self) -> Iterator[tuple[str, Turn]]:
        """The definitions read of members of lists that the answer turns on, each with where the member stands."""
        lists = self._triable().lists
        if not lists:
            return
        order = self.asked.unit.explained.facts_in_order()
        for name in lists:
            term, defined = lists[name]
            for member in members_of(self.asked.facts, name, term):
                for fact in [f for f in order if f.startswith(f"{term}.") and f.partition(".")[2] in defined]:
                    attribute = fact.partition(".")[2]
                    turn = None if attribute in member.stated else self._turn_of(member, attribute, fact)
                    if turn is not None:
                        yield f"{member.place}.{attribute}", turn

    def _turn_of(self, member: Member, attribute: str, fact: str) -> Turn | None:
        asked, derived = self.asked, self.asked.program.derived[fact]
        facts, again = member.as_case(asked.facts), asked.looked_at_again(member.differs_in(asked.facts))
        alone = Turning(Asked(asked.shape, asked.numbers, facts, asked.setting, again=again))
        giving = [d for d in (alone._giving(derived, one) for one in derived.derivations) if d is not None]
        held = [(d, held_places(alone, d)) for d in giving]
        if is_truth(derived):
            tried: list[object] = [not held]
        else:
            tried = [None] if held else [UNKNOWN]
        listed = [with_member(asked.facts, member, attribute, value) for value in tried]
        if not self._would_change([({member.name: one}, {}) for one in listed]):
            return None
        short = () if held else alone._short(derived, derived.derivations)
        return Turn(fact, derived, None, Origin(tuple(held), short, alone._felled(giving)))

    def _giving(self, derived: DerivedFact, derivation: Derivation) -> Derivation | None:
        """A derivation cut down to the entries that give the fact a value in the case (of a yes/no fact, yes)."""
        own = [*derivation.when]
        if any(truth != TRUE for truth in self.truths(own)):
            return None
        if derivation.grounds and not any(held_grounds(self, g) for g in derivation.grounds):
            return None
        if not self._in_force([derivation]) or kept_away_by(self, derivation, self.asked.unit.version):
            return None
        found: list[LinkedEntry] = []
        for entry in derivation.entries:
            parts = [*([entry.when] if entry.when is not None else []), *([entry.value] if is_truth(derived) else [])]
            if all(truth == TRUE for truth in self.truths(parts)):
                found.append(entry)
        return replace(derivation, entries=tuple(found)) if found else None

    # --- trying otherwise ---------------------------------------------------------------------------------------------

    def _triable(self) -> _Triable:
        memory = self.asked.unit.memory
        found: _Triable | None = memory.get("triable")
        if found is None:
            found = memory["triable"] = _triable(self.asked.unit)
        return found

    def _turns_on(self, name: str, declared: FactDeclaration) -> bool:
        if name not in self._on:
            value = self.asked.facts.get(name, declared.absent)
            is_idle = value is UNKNOWN and not may_turn_on_unknown(self.asked, name)
            self._on[name] = not is_idle and self._would_change([({name: v}, {}) for v in otherwise(value, declared)])
        return self._on[name]

    def _would_change(self, changes: list[tuple[dict[str, object], dict[str, object]]]) -> bool:
        return turns_on(self.asked, changes)

    def _turn(self, name: str, derived: DerivedFact) -> Turn | None:
        asked = self.asked
        if asked.choices is not None and name in asked.choices:
            return None
        values, detail, _ = asked.detail()
        if name not in detail.derived:
            return None
        place, entries = detail.derived[name]
        is_open = is_one_of_several(derived, values[place], [values[k] for k in entries])
        if is_open and asked.shape.verdict is Verdict.UNDETERMINED:
            return None  # what may give the value is told as open
        tried = tried_of(derived, values[place], [values[k] == TRUE for k in entries], asked.unit.version, asked)
        tried += given_way(self, derived, self._in_force(derived.derivations), self.facts, asked.unit.version)
        return self._told(name, derived) if self._would_change([({}, {name: v}) for v in tried]) else None

    def _told(self, name: str, derived: DerivedFact) -> Turn:
        asked = self.asked
        values, detail, _ = asked.detail()
        place, entries = detail.derived[name]
        truths = [values[k] for k in entries]
        may = is_one_of_several(derived, values[place], truths)
        holding = tuple([truth != FALSE if may else truth == TRUE for truth in truths])
        key = (name, holding, truths_in(asked))
        origin = asked.shape.kept("origins", key, lambda: self._origin(derived, holding))
        return Turn(name, derived, values[place], origin)

    def _origin(self, derived: DerivedFact, holding: Sequence[bool]) -> Origin:
        held, short = entries_that_hold(derived, holding)
        giving, version = tuple((d, held_places(self, d)) for d in held), self.asked.unit.version
        if not held and not derived.base:  # of fictions that are kept away, as of rivals
            return Origin((), self._short(derived, short))
        return Origin(
            giving, rivals(self, is_truth(derived), giving, self._in_force(short), version), self._felled(held)
        )

    def _felled(self, held: Iterable[Derivation]) -> tuple[Derivation, ...]:
        derived, version = self.asked.program.derived, self.asked.unit.version
        names = dict.fromkeys(name for one in held for name in felling(self, one, version))
        return tuple(one for name in names for one in derived[name].derivations)

    def _short(self, derived: DerivedFact, derivations: Sequence[Derivation]) -> tuple[Reaching, ...]:
        """The derivations that did not reach, with what failed: those that can be in force, where any can."""
        found: list[Reaching] = []
        for one in self._in_force(derivations) or derivations:
            failed, lacking = self._failed(derived, one)
            away = () if failed else kept_away_by(self, one, self.asked.unit.version)
            found.append((one, failed or (() if away else lacking), away))
        return tuple(found)

    def _in_force(self, derivations: Sequence[Derivation]) -> list[Derivation]:
        """The derivations that can be in force."""
        version, reigns = self.asked.unit.version, conditions_of_unit(self.asked.unit).reigns
        return [d for d in derivations if d.can_hold(version) and FALSE not in self.truths(reigns[id(d)])]

    def truths(self, conditions: list[Expression]) -> tuple[int, ...]:
        """The truth of each condition in the case."""
        if not conditions:
            return ()
        asked = self.asked
        places = conditions_of_unit(asked.unit).places
        found = truths_in(asked)
        return tuple([found[places[id(condition)]] for condition in conditions])

    def _failed(self, derived: DerivedFact, derivation: Derivation) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The conditions of a derivation that fail, in words of conditions; and all that do not hold."""
        conditions = [*derivation.when, *(e.when for e in derivation.entries if e.when is not None)]
        if is_truth(derived):
            # The value of an entry that is for other cases says nothing here.
            whens = [entry.when for entry in derivation.entries if entry.when is not None]
            apart = {id(when) for when, truth in zip(whens, self.truths(whens), strict=True) if truth == FALSE}
            conditions += [entry.value for entry in derivation.entries if id(entry.when) not in apart]
        lacking = lacking_of(conditions, self.truths(conditions))
        failed = [condition for condition, fails in lacking.items() if fails]
        if derivation.grounds and not any(may_hold(self, g) for g in derivation.grounds):
            only = derivation.grounds[0]
            parts = conjuncts(only.when) if len(derivation.grounds) == 1 and only.when is not None else []
            fails = [render(c) for c, truth in zip(parts, self.truths(parts), strict=True) if truth == FALSE]
            failed += fails or [NO_GROUND]
        return tuple(failed), tuple(lacking)


def _triable(unit: Explains) -> _Triable:
    program, found = unit.program, _Triable()
    lists = lists_with_definitions(program)
    for name in unit.explained.facts_in_order():
        if name in lists:
            found.lists[name] = lists[name]
        if name in program.derived:
            # What goes before a definition is told where it gives the value; where it does not, nothing rests on it.
            # A norm that goes before grounds or exclusions is told by its effect on the norms they belong to.
            if not name.startswith(TRIGGER):
                found.derived.append((name, program.derived[name]))
            continue
        declared = program.vocabulary.facts.get(name)
        if declared is None:
            continue
        attributes = triable_of(program, declared.type.term)
        if attributes:
            found.of_members[name] = attributes
        if declared.found_by:
            found.found.append((name, declared))
        if declared.has_presumption:
            found.presumed.append((name, declared))
        if declared.value_provisions:
            found.valued.append((name, declared, dict(declared.value_provisions)))
    return found


def triable_of(program: Program, term: str | None) -> tuple[FactDeclaration, ...]:
    """The attributes of the members of a list of the term that somebody finds or that are presumed, and nothing
    defines.
    """
    if term is None:
        return ()
    facts, derived = program.vocabulary.facts, program.derived
    own = [facts[name] for name in facts if name.startswith(f"{term}.")]
    own = [one for one in own if one.name not in derived or derived[one.name].base]
    return tuple([one for one in own if one.found_by or one.has_presumption])
