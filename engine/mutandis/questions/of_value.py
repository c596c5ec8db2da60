"""The same questions about the value of a fact: what would have to be different for another, and from when each holds.

They are put to what gives values, a `Rulebook`. The fact itself is what is asked about and is not among the changes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, Protocol

from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.datatypes import BASE_UNIT, DataType
from mutandis.decide.limits import shown
from mutandis.decide.question import checked, known_fact
from mutandis.decide.result_parts import FactValue
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import CaseError, MutandisError
from mutandis.facts import Facts
from mutandis.facts.written import Misfit, read_value
from mutandis.link.program import Program
from mutandis.questions.decider import Decider, Matter, read
from mutandis.questions.when import stretches
from mutandis.questions.why_not import (
    MOST_CHANGES,
    MOST_DECISIONS,
    MOST_RESULTS,
    Change,
    Search,
    end_of,
    find_changes,
)
from mutandis.values import UNKNOWN, Duration, Sum

ANY_OTHER: Final = UNKNOWN
"""Wanted is whatever other value the fact can come to."""


class Valuer(Decider, Protocol):
    """Gives the values of facts by one linked program."""

    def value(
        self,
        fact: str,
        facts: object,
        *,
        at: dt.date | None = None,
        law_as_of: dt.date | None = None,
        holidays: frozenset[dt.date] | None = None,
    ) -> FactValue: ...


@dataclass(frozen=True, slots=True)
class ValueChanges:
    """Facts that together give a wanted value, none of them alone, and the value they give."""

    changes: tuple[Change, ...]
    weight: int
    value: FactValue


@dataclass(frozen=True, slots=True)
class WhyNotValue:
    """The answer to why a fact has no other value; the members are those of `WhyNot`.

    `wanted` is the value that is missed, `ANY_OTHER` where any is.
    """

    value: FactValue
    wanted: object
    results: tuple[ValueChanges, ...]
    impossible: bool
    searched_to: int
    decisions: int
    left_out: tuple[str, ...] = ()

    @property
    def is_met(self) -> bool:
        """True where the fact has the wanted value as things stand."""
        return self.value.known and self.value.value == self.wanted


@dataclass(frozen=True, slots=True)
class ValueSpell:
    """A stretch of time with one value: first and last day (or minute), both included; None where it has no end."""

    value: FactValue
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class WhenValue:
    """All time, as stretches with one value each, in order.

    Where the value turns for ever, with the kind of day or with every day (or minute), `within` has the first and the
    last that were looked at.
    """

    fact: str
    spells: tuple[ValueSpell, ...]
    within: tuple[dt.date, dt.date] | None = None


def why_not_value(
    valuer: Valuer,
    fact: str,
    facts: Mapping[str, object],
    wanted: object = ANY_OTHER,
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    holidays: frozenset[dt.date] | None = None,
    most_results: int = MOST_RESULTS,
    most_changes: int = MOST_CHANGES,
    most_decisions: int = MOST_DECISIONS,
    most_seconds: float | None = None,
    findings: bool = False,
) -> WhyNotValue:
    """What would have to be different for the fact to have the value `wanted`, written as a case writes it, the
    smallest changes first; of a yes/no fact the other value is wanted where none is named.

    `most_…` and `findings` are as for `why_not`. Raises `CaseError` for a fact that the rulebook does not have and a
    value that the fact cannot have.
    """
    matter = _matter_of(valuer, fact, facts, at, law_as_of, holidays)
    now = _value_of(valuer, matter)
    goal = _wanted_of(matter.program, matter.fact, wanted)
    if goal is ANY_OTHER and now.known and isinstance(now.value, bool):
        goal = not now.value
    answer = WhyNotValue(now, goal, (), False, 0, 1)
    if answer.is_met:
        return answer
    # Where the fact passes the wanted value, or leaves its own, is looked for as where a condition turns.
    mark = now.value if goal is ANY_OTHER else goal
    matter = replace(matter, landmarks=_landmarks(matter.program, matter.fact, mark))

    def gives(value: FactValue) -> bool:
        if goal is ANY_OTHER:
            return value.known and not (now.known and value.value == now.value)
        return value.known and value.value == goal

    def may(value: FactValue) -> bool:
        return not value.known or gives(value)

    search = Search(matter, lambda one: _value_of(valuer, one), gives, may, most_decisions, end_of(most_seconds))
    found = find_changes(search, most_results=most_results, most_changes=most_changes, findings=findings)
    results = tuple(ValueChanges(one.changes, one.weight, one.answer) for one in found.results)
    return WhyNotValue(now, goal, results, found.impossible, found.searched_to, search.made + 1, found.left_out)


def when_value(
    valuer: Valuer,
    fact: str,
    facts: Mapping[str, object],
    *,
    law_as_of: dt.date | None = None,
    holidays: frozenset[dt.date] | None = None,
    around: dt.date | None = None,
) -> WhenValue:
    """The value of the fact at every time, with all other facts as they are.

    As `when`; where it changes every day (or minute), thirty-five from `around` on are looked at. Raises `CaseError`
    for a fact that the rulebook does not have.
    """
    matter = _matter_of(valuer, fact, facts, None, law_as_of, holidays)
    found = stretches(matter, lambda one: _value_of(valuer, one), _what, lambda value: value.provisions, around)
    spells = tuple(ValueSpell(one.answer, one.first, one.last) for one in found.stretches)
    return WhenValue(matter.fact, spells, found.within)


def _what(value: FactValue) -> object:
    return (value.known, value.value, value.conflicting)


def _matter_of(
    valuer: Valuer,
    fact: str,
    facts: Mapping[str, object],
    at: dt.date | None,
    law_as_of: dt.date | None,
    holidays: frozenset[dt.date] | None,
) -> Matter:
    program = getattr(valuer, "program", None)
    if not isinstance(program, Program) or not hasattr(valuer, "value"):
        raise MutandisError(f"`valuer` is a rulebook, as `Rulebook.load` gives it, not `{str(valuer)[:40]}`")
    if not isinstance(facts, Mapping) or not all(isinstance(name, str) for name in facts):
        raise MutandisError(f"`facts` are facts by their names, as `Rulebook.read` gives them, not `{str(facts)[:40]}`")
    asked = checked(program, "", at, law_as_of, None, holidays)
    return Matter(valuer, "", read(program, facts), at, law_as_of, None, asked.holidays, known_fact(program, fact))


def _value_of(valuer: Valuer, matter: Matter) -> FactValue:
    facts = Facts(dict(matter.facts))
    return valuer.value(matter.fact, facts, at=matter.at, law_as_of=matter.law_as_of, holidays=matter.holidays)


def _landmarks(program: Program, fact: str, value: object) -> tuple[t.Expression, ...]:
    """The comparison of an ordered fact with a value, as a condition would have it."""
    declared = program.vocabulary.facts.get(fact)
    literal = None if declared is None else _literal(value, declared.type)
    return () if literal is None else (t.Compare("is", t.Fact(fact, type=literal.type), literal),)


def _literal(value: object, type_: DataType) -> t.Expression | None:
    match value:
        case bool() | None:
            return None
        case Sum(amount=amount, currency=currency):
            return t.Money(amount, currency, type=type_)
        case int() | Fraction():
            return t.Amount(value, type=type_)
        case dt.datetime():
            return t.Instant(value, type=type_)
        case dt.date():
            return t.Day(value, type=type_)
        case Duration(amount=int() as amount, family=family):
            return t.Length(amount, BASE_UNIT[family], type=type_)
        case _:
            return None


def _wanted_of(program: Program, fact: str, wanted: object) -> object:
    """The wanted value as answers have it."""
    declared = program.vocabulary.facts.get(fact)
    if wanted is ANY_OTHER or declared is None:
        return wanted
    read = read_value(fact, declared, wanted)
    if isinstance(read, Misfit):
        raise CaseError([diagnose(read.slug, read.message, read.help)])
    return shown(read, declared.type)
