"""A case as the reference interpreter sees it: facts with presumptions, derived facts, triggers of norms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from mutandis.calendar import DaysOff
from mutandis.condition.tree import Expression
from mutandis.datatypes import DataType
from mutandis.evaluate.reference.expressions import (
    NotKnown,
    Range,
    Result,
    Truth,
    and_,
    as_declared,
    evaluate,
    is_known,
    not_,
    or_,
    waits,
)
from mutandis.link.program import Derivation, DerivedFact, LinkedExclusion, LinkedGround, Norm, Program
from mutandis.rulebook.model import Interval
from mutandis.values import Duration, Unknown

_NUMERIC = ("count", "money", "number", "duration")


class NeedsChoiceError(Exception):
    """A derived fact has several values (S28); the decision is made under each."""

    def __init__(self, fact: str, values: tuple[object, ...], places: tuple[str, ...]) -> None:
        super().__init__(fact)
        self.fact = fact
        self.values = values
        self.places = places


@dataclass(slots=True)
class Case:
    """One case in one rulebook at one clock. `choices` fixes derived facts whose rules disagree."""

    program: Program
    facts: Mapping[str, object]
    at: dt.date | None
    version: dt.date
    choices: Mapping[str, object] = field(default_factory=dict)
    asking: object = None  # the function that tells whether a norm is effective, set by `decide`
    derived: dict[str, Result] = field(default_factory=dict)
    fictions: dict[str, tuple[object, str]] = field(default_factory=dict)
    norms_asked: dict[str, Truth] = field(default_factory=dict)
    holidays: frozenset[dt.date] | None = None

    @property
    def days_off(self) -> DaysOff:
        """Those that last days move off: the caller's holidays, else the rulebook's calendar."""
        return self.program.days_off_with(self.holidays)

    # --- facts --------------------------------------------------------------------------------------------------------

    def is_parameter(self, name: str) -> bool:
        """True for a fact that says how the asked action is to be done (S13)."""
        declared = self.program.vocabulary.facts.get(name)
        return declared is not None and declared.parameter

    def fact(self, name: str, type_: DataType | None) -> Result:
        """The value of a stated or derived fact."""
        if name in self.program.derived:
            if name not in self.derived:
                self.derived[name] = self._derive(self.program.derived[name])
            return self.derived[name]
        declared = self.program.vocabulary.facts.get(name)
        if name in self.facts:
            value = self.facts[name]
            if not isinstance(value, Unknown):
                return value
        elif declared is not None and declared.has_presumption:
            return declared.presume
        if self.is_parameter(name):
            return NotKnown(parameters=frozenset({name}))
        why = NotKnown(frozenset({name}))
        kind = declared.type if declared is not None else type_
        if kind is None or kind.kind not in _NUMERIC or (kind.kind == "duration" and kind.family is None):
            return why
        low = declared.minimum if declared is not None else None
        high = declared.maximum if declared is not None else None
        return Range(0 if low is None and kind.kind != "number" else low, high, why)

    def _derive(self, derived: DerivedFact) -> Result:
        sure: list[tuple[object, str]] = []
        possible: list[Result] = []
        pending = NotKnown()
        for derivation in derived.derivations:
            triggered = self.trigger(derivation)
            for entry in derivation.entries:
                if triggered is False:
                    continue
                in_force = self.in_force(entry.force, derivation.governed_by)
                holds = and_([triggered, in_force, True if entry.when is None else evaluate(entry.when, self)])
                if holds is False:
                    continue
                value = as_declared(evaluate(entry.value, self), entry.value, derived.type)
                if holds is True:
                    sure.append((value, str(entry.citation)))
                else:
                    possible.append(value)
                    pending = pending | waits(holds)
        if derived.name in self.choices:
            return self.choices[derived.name]
        distinct = tuple(v for i, (v, _) in enumerate(sure) if v not in [w for w, _ in sure[:i]])
        if len(distinct) > 1 and all(is_known(v) for v in distinct):
            raise NeedsChoiceError(derived.name, distinct, tuple(dict.fromkeys(place for _, place in sure)))
        if derived.base and not sure:
            possible.append(self.fact(derived.base, derived.type))
        elif not sure:
            possible.append(False if derived.type.kind == "yes_no" else None)
        if len(distinct) == 1 and (not possible or all(is_known(v) and v == distinct[0] for v in possible)):
            if derived.base and is_known(distinct[0]):
                self.fictions[derived.name] = (distinct[0], sure[0][1])
            return distinct[0]
        if not sure and len(possible) == 1:
            return possible[0]
        if not sure and all(is_known(v) and v == possible[0] for v in possible):
            return possible[0]
        for value in (*distinct, *possible):
            pending = pending | waits(value)
        return pending

    # --- triggers -----------------------------------------------------------------------------------------------------

    def in_force(self, force: Interval, governed_by: Expression | None) -> Truth:
        """Whether an interval holds on the version date, or on the event that governs (S40)."""
        if force.since is None and force.until is None:
            return True
        if governed_by is None:
            return force.holds(self.version)
        event = evaluate(governed_by, self)
        if isinstance(event, dt.datetime):
            event = event.date()
        if isinstance(event, dt.date):
            return force.holds(event)
        return waits(event)

    def all_hold(self, conditions: tuple[Expression, ...]) -> Truth:
        """All of `conditions`, strong Kleene."""
        return and_([evaluate(c, self) for c in conditions])

    def ground(self, ground: LinkedGround, governed_by: Expression | None) -> Truth:
        """One numbered ground: in force, its `when`, one of its own grounds, not its `unless`."""
        parts = [self.in_force(ground.force, governed_by)]
        parts.append(True if ground.when is None else evaluate(ground.when, self))
        if ground.grounds:
            parts.append(or_([self.ground(g, governed_by) for g in ground.grounds]))
        if ground.unless is not None:
            parts.append(not_(evaluate(ground.unless, self)))
        return and_(parts)

    def exclusion(self, exclusion: LinkedExclusion, governed_by: Expression | None) -> Truth:
        """One `unless`: in force, its `when`, one of its grounds."""
        parts = [self.in_force(exclusion.force, governed_by)]
        parts.append(True if exclusion.when is None else evaluate(exclusion.when, self))
        if exclusion.grounds:
            parts.append(or_([self.ground(g, governed_by) for g in exclusion.grounds]))
        return and_(parts)

    def base(self, norm: Norm) -> Truth:
        """In force and every `when`; for wording that is not held, at most not known (S41)."""
        parts = [self.in_force(norm.force, norm.governed_by), self.all_hold(norm.when)]
        if norm.opaque:
            parts.append(NotKnown(wording=frozenset({norm.rule})))
        return and_(parts)

    def trigger(self, rule: Derivation) -> Truth:
        """The trigger of a derivation; no order reaches inside one (S9 keeps them apart)."""
        parts = [self.in_force(rule.force, rule.governed_by), self.all_hold(rule.when)]
        if rule.grounds:
            parts.append(or_([self.ground(g, rule.governed_by) for g in rule.grounds]))
        parts.extend(not_(self.exclusion(e, rule.governed_by)) for e in rule.exclusions)
        if rule.opaque:
            parts.append(NotKnown(wording=frozenset({rule.rule})))
        return and_(parts)

    def effective(self, citation: str) -> Truth:
        """`P applies` (S38)."""
        if citation not in self.norms_asked:
            self.norms_asked[citation] = self.asking(self, citation)  # type: ignore[operator]  # set by `decide`
        return self.norms_asked[citation]


def as_shown(value: object, type_: DataType | None) -> object:
    """A value as a person reads it: base units of a known family become a `Duration`."""
    if type_ is not None and type_.kind == "duration" and type_.family is not None and isinstance(value, (int,)):
        return Duration(value, type_.family)
    return value
