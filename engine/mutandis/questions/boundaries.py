"""Where the comparisons that read a value change their answer, found without trying every value.

A comparison is monotone in each side, so the point at which it turns is found by halving the interval: some forty
evaluations for any number, twenty-two for any day. Only candidates come from here; every answer built on them is
decided again by the decider.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Final

from mutandis.backends.interpret.case import Case
from mutandis.calendar.dates import day_of
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass
from mutandis.datatypes import DATE, UNIT_IN_BASE, YES_NO, Family
from mutandis.decide.members import members_of
from mutandis.decide.ternary import ValueConflict
from mutandis.link.program import Program
from mutandis.link.reads import of_derivation
from mutandis.link.rewriting import element_term, facts_in, rewrite_in_scope
from mutandis.questions.decider import Matter, declaration_of, fact_of
from mutandis.values import Duration, Period
from mutandis.vocabulary import FactDeclaration

_FARTHEST: dict[Family, int] = {"hours": 10**9, "days": 10**6, "months": 10**5}
"""Longer than any stretch of the calendar, in base units, so that every turn against a date lies below it."""
_MOST_NUMBER = 2**50
_MINUTE = dt.timedelta(minutes=1)
_FIRST_MOMENT = dt.datetime(1, 1, 1)
_LAST_MINUTE = (dt.datetime(9999, 12, 31, 23, 59) - _FIRST_MOMENT) // _MINUTE
_OverList = t.Quantified | t.NumberOf | t.TotalOf
_MOST_OF_MEMBERS: Final = 500
"""So many comparisons are looked through for members, each once for all that are alike in what it reads."""
_ORDERED = ("count", "number", "money", "date", "moment", "duration", "period")


@dataclass(frozen=True, slots=True)
class Axis:
    """The values a fact can have, numbered from `low` to `high` in their order."""

    low: int
    high: int
    value: Callable[[int], object]


def moment_at(minute: int) -> dt.datetime:
    """The moment so many minutes after the calendar begins."""
    return _FIRST_MOMENT + minute * _MINUTE


DAYS_OF_CALENDAR: Final = Axis(1, dt.date.max.toordinal(), dt.date.fromordinal)
MINUTES_OF_CALENDAR: Final = Axis(0, _LAST_MINUTE, moment_at)

# The clock stays a thousand years off both ends of the calendar, where adding a term of years to it would leave it.
CLOCK_DAYS: Final = Axis(dt.date(1001, 1, 1).toordinal(), dt.date(8999, 12, 31).toordinal(), dt.date.fromordinal)
CLOCK_MINUTES: Final = Axis((CLOCK_DAYS.low - 1) * 1440, CLOCK_DAYS.high * 1440 - 1, moment_at)


def axes(declared: FactDeclaration, current: object, at: dt.date | None) -> tuple[Axis, ...]:
    """The axes of an ordered fact; none for the other types. `current` lends a period its start."""
    kind, family = declared.type.kind, declared.type.family
    low = declared.minimum if declared.minimum is not None else 0
    high = declared.maximum
    match kind:
        case "count" | "money":
            return (Axis(low, high if high is not None else _MOST_NUMBER, lambda k: k),)
        case "number":
            low = declared.minimum if declared.minimum is not None else -_MOST_NUMBER
            return (Axis(low, high if high is not None else _MOST_NUMBER, lambda k: k),)
        case "date":
            return (DAYS_OF_CALENDAR,)
        case "moment":
            return (MINUTES_OF_CALENDAR,)
        case "duration" if family is not None:
            return (_lengths(low, high if high is not None else _FARTHEST[family], declared),)
        case "duration":
            families: tuple[Family, ...] = ("hours", "days", "months")
            if isinstance(current, Duration):
                families = (current.family,)
            return tuple(Axis(low, _FARTHEST[f], _length_of(f)) for f in families)
        case "period":
            return _ends(current, at)
        case _:
            return ()


def _lengths(low: int, high: int, declared: FactDeclaration) -> Axis:
    """Lengths in the unit a person is asked in: days where base units are days, years where they are months."""
    size = UNIT_IN_BASE[declared.unit.removesuffix("s")][1] if declared.unit.removesuffix("s") in UNIT_IN_BASE else 1
    return Axis(-(-low // size), high // size, lambda k: k * size)


def _length_of(family: Family) -> Callable[[int], object]:
    return lambda amount: Duration(amount, family)


def _ends(current: object, at: dt.date | None) -> tuple[Axis, ...]:
    """Periods from the start known (else the clock's), by their last day."""
    held = current if isinstance(current, Period) else None
    start = held.start if held is not None and held.start is not None else at
    if start is None:
        return ()
    base = held if held is not None else Period(start, None)
    from_, spans, clock, basis = start, base.suspensions, base.clock, base.basis
    if isinstance(from_, dt.datetime) and clock == "hours":
        return (
            Axis(
                (from_ - _FIRST_MOMENT) // _MINUTE,
                _LAST_MINUTE,
                lambda k: Period(from_, moment_at(k), spans, clock, basis),
            ),
        )
    day = from_.date() if isinstance(from_, dt.datetime) else from_
    return (
        Axis(
            day.toordinal(),
            dt.date.max.toordinal(),
            lambda k: Period(from_, dt.date.fromordinal(k), spans, clock, basis),
        ),
    )


def comparisons(condition: t.Expression) -> Iterator[t.Expression]:
    """The comparisons in `condition` that have an order, each as one or two that are monotone.

    Those inside the body of a quantifier are left out: they speak of members, not of one fact (`_of_members`).
    """
    match condition:
        case t.Compare(operator=operator, left=a, right=b):
            yield from _compared(operator, a, b)
        case t.OneOf(left=a, values=many):
            for b in many:
                yield from _compared("is", a, b)
        case t.WithinAfter(subject=a, length=b, side=side, anchor=c):
            if isinstance(b, t.WorkingDays):
                far: t.Expression = t.EndOf(b, side, c, type=DATE)
            else:
                far = t.Arithmetic("+" if side == "after" else "-", c, b, condition.counting, type=c.type)
            first, last = (c, far) if side == "after" else (far, c)
            yield t.Compare("<=", first, a)
            yield t.Compare("<=", a, last)
        case t.PeriodWithin():
            yield condition
        case _:
            pass
    if isinstance(condition, _OverList):
        return
    for child in t.children(condition):
        yield from comparisons(child)


def _compared(operator: str, left: t.Expression, right: t.Expression) -> Iterator[t.Expression]:
    kinds = {side.type.kind for side in (left, right) if side.type is not None}
    if not kinds & set(_ORDERED):
        return
    if operator in ("<", ">="):
        yield t.Compare("<", left, right)
    elif operator in ("<=", ">"):
        yield t.Compare("<=", left, right)
    else:
        yield t.Compare("<", left, right)
        yield t.Compare("<=", left, right)


def turns(holds: Callable[[int], object], low: int, high: int) -> tuple[int, ...]:
    """Every k of at most two in [low, high) with `holds(k)` true (or false) and `holds(k + 1)` not, or the other way.

    Finds both where a three-valued answer goes from true over unknown to false; an answer that turns and turns back
    inside the interval is not seen.

    >>> turns(lambda k: k <= 20, 0, 2**40)
    (20,)
    """
    found: set[int] = set()
    for wanted in (True, False):
        first, last = holds(low) is wanted, holds(high) is wanted
        if first == last:
            continue
        below, above = low, high
        while above - below > 1:
            middle = (below + above) // 2
            if (holds(middle) is wanted) == first:
                below = middle
            else:
                above = middle
        found.add(below)
    return tuple(sorted(found))


def _case_of(matter: Matter) -> Case:
    return Case(matter.program, matter.facts, matter.at, matter.law_as_of, matter.holidays)


def _value_in(case: Case, condition: t.Expression) -> object:
    """What `condition` comes to in the case; None where the rules disagree about a value."""
    try:
        return case.value(condition)
    except ValueConflict:
        return None


def fact_turns(matter: Matter, name: str) -> tuple[object, ...]:
    """The values of an ordered fact on both sides of every turn, in order, with everything else as it is."""
    declared = declaration_of(matter.program.vocabulary, name)
    if declared is None:
        return ()
    found: list[object] = []
    atoms, case, leading = _atoms_reading(matter, name), _case_of(matter), _facts_leading_to(matter, name)
    said_of_members = [one for one in _of_members(matter) if not leading.isdisjoint(facts_in(one[0]))]
    for axis in axes(declared, fact_of(matter.facts, name), matter.at):
        places: set[int] = set()
        for atom in atoms:

            def holds(k: int, atom: t.Expression = atom, axis: Axis = axis) -> object:
                return _value_in(case.having(matter.having(name, axis.value(k)).facts, matter.at), atom)

            for low, high in pairwise(_marks(matter, axis, fact_of(matter.facts, name))):
                places.update(turns(holds, low, high))
        for atom, of_member in said_of_members:

            def holds_of(
                k: int, atom: t.Expression = atom, axis: Axis = axis, facts: Mapping[str, object] = of_member
            ) -> object:
                return _value_in(case.having({**facts, name: axis.value(k)}, matter.at), atom)

            places.update(turns(holds_of, axis.low, axis.high))
        found.extend(axis.value(k) for k in sorted({p + step for p in places for step in (0, 1)}))
        found.extend(_exact(case, name, atoms) if declared.type.kind == "number" else ())
    if declared.type.kind in ("date", "moment"):
        found.extend(_days_of_other_kinds(matter, name))
    return tuple(dict.fromkeys(found))


def _marks(matter: Matter, axis: Axis, held: object) -> list[int]:
    """The ends of an axis, and on one of days or moments between them the value held, the clock, and the first and last
    day of the calendar: beyond it a last day that may move off a holiday is known on neither side.
    """
    calendar = matter.program.days_off_with(matter.holidays)
    days = [day for day in (held, matter.at, calendar.first, calendar.last) if isinstance(day, dt.date)]
    if axis is DAYS_OF_CALENDAR:
        found = {day.toordinal() for day in days}
    elif axis is MINUTES_OF_CALENDAR:
        found = {(day_of(day).toordinal() - 1) * 1440 for day in days}
    else:
        found = set[int]()
    return sorted({axis.low, *found, axis.high})


def parts_of_days_asked(matter: Matter) -> Iterator[t.Expression]:
    """Every part of the days of which a condition of the matter asks what kind of day they are."""
    for condition in matter.conditions():
        for node in t.walk(condition):
            if isinstance(node, t.KindOfDay):
                yield from t.walk(node.operand)


def turns_for_ever(matter: Matter) -> bool:
    """True where a condition asks what kind of day it is of a day that may depend on the clock, or how far such a day
    is from the end of its own month."""
    case = _case_of(matter).having(matter.facts, None)

    def by_the_clock(node: t.Expression) -> list[t.Expression]:
        derived = matter.program.derived
        return [
            part
            for part in t.walk(node)
            if isinstance(part, t.Today | t.Now) or (isinstance(part, t.Fact) and part.name in derived)
        ]

    def turns(node: t.Expression) -> bool:
        if isinstance(node, t.KindOfDay):
            return bool(by_the_clock(node.operand))
        if not isinstance(node, t.Compare | t.OneOf | t.WithinAfter):
            return False
        in_units = [by_the_clock(one.anchor) for one in t.walk(node) if isinstance(one, t.EndOfUnit)]
        return any(in_units) and len(by_the_clock(node)) > min(map(len, filter(None, in_units)))

    return any(turns(node) for condition in matter.conditions() for node in _not_given(case, condition))


def _not_given(case: Case, node: t.Expression) -> Iterator[t.Expression]:
    """The parts of a condition on which its answer can turn, without those for which the facts of a case are enough."""
    if _is_given(case, node):
        return
    if isinstance(node, t.If) and _is_given(case, node.condition):
        chosen = node.consequent if _value_in(case, node.condition) else node.alternative
        yield from _not_given(case, chosen)
        return
    yield node
    for part in t.children(node):
        yield from _not_given(case, part)


def _is_given(case: Case, node: t.Expression) -> bool:
    """True for a truth that facts of the case settle by themselves: it reads no member, and nothing that rules give."""
    of_rules = case.program.derived
    read = [part for part in t.walk(node) if isinstance(part, t.Fact | t.Attribute | t.Applies)]
    is_plain = all(isinstance(part, t.Fact) and not part.presumed and part.name not in of_rules for part in read)
    return node.type == YES_NO and is_plain and isinstance(_value_in(case, node), bool)


def _days_of_other_kinds(matter: Matter, name: str) -> Iterator[object]:
    """The week after a day of which some condition asks what kind of day it is: every kind but a holiday is in it."""
    held = fact_of(matter.facts, name)
    day = held if isinstance(held, dt.date) else matter.at
    leading = _facts_leading_to(matter, name)
    asked = parts_of_days_asked(matter)
    if day is not None and any(isinstance(part, t.Fact) and part.name in leading for part in asked):
        yield from (day + dt.timedelta(days=k) for k in range(1, 8))


def _atoms_reading(matter: Matter, name: str) -> tuple[t.Expression, ...]:
    """The comparisons of the matter that read the fact, directly or through derived facts."""
    leading = _facts_leading_to(matter, name)
    read = matter.once("comparisons", lambda: _with_facts(a for c in matter.conditions() for a in comparisons(c)))
    found = [atom for atom, facts in read.items() if not facts.isdisjoint(leading)]
    found += [atom for atom, facts in _with_facts(_room_left(matter)).items() if not facts.isdisjoint(leading)]
    return tuple(dict.fromkeys(found))


def _with_facts(conditions: Iterable[t.Expression]) -> dict[t.Expression, frozenset[str]]:
    """Each condition once, with the facts that it reads."""
    return {one: frozenset(facts_in(one)) for one in dict.fromkeys(conditions)}


def _room_left(matter: Matter) -> Iterator[t.Expression]:
    """Whether a bound leaves an open parameter any value: compared with the ends of the parameter's own domain."""
    facts = matter.program.vocabulary.facts
    for norm in matter.norms:
        for requirement in norm.requires:
            bound = requirement.bound
            if bound is None or matter.is_known(bound.parameter):
                continue
            declared = facts[bound.parameter]
            low = declared.minimum if declared.minimum is not None else 0
            for end in (low, declared.maximum):
                if end is not None and declared.type.kind in ("count", "money", "number", "duration"):
                    edge = t.Amount(end, type=declared.type)
                    yield from _compared(bound.relation, edge, bound.limit)


def _facts_leading_to(matter: Matter, name: str) -> frozenset[str]:
    """The fact itself and every derived fact that reads it."""
    found = {name}
    for derived, base, read in matter.once("derived", lambda: _derived_by(matter.program)):
        if base in found or not read.isdisjoint(found):
            found.add(derived)
    return frozenset(found)


def _derived_by(program: Program) -> list[tuple[str, str, frozenset[str]]]:
    """Each derived fact with what it continues and the facts that its rules read."""
    return [
        (
            derived.name,
            derived.base,
            frozenset(
                name
                for derivation in derived.derivations
                for condition in of_derivation(derivation)
                for name in facts_in(condition)
            ),
        )
        for derived in program.derived.values()
    ]


def _exact(case: Case, name: str, atoms: tuple[t.Expression, ...]) -> Iterator[object]:
    """The other side's value where a number stands alone on one side: its turn may lie between whole numbers."""
    for atom in atoms:
        if isinstance(atom, t.Compare):
            for mine, other in ((atom.left, atom.right), (atom.right, atom.left)):
                if isinstance(mine, t.Fact) and mine.name == name:
                    value = _value_in(case, other)
                    if isinstance(value, int | Fraction):
                        yield value


_OfMember = tuple[t.Expression, Mapping[str, object]]
"""A comparison in what is said of the members of a list, and the facts of the case with those of one member."""


def _of_members(matter: Matter) -> list[_OfMember]:
    """The comparisons in what is said, or defined, of members, for each member; once for those that are alike in it."""
    vocabulary = matter.program.vocabulary

    def as_fact(node: t.Expression, variables: Mapping[str, str]) -> t.Expression | None:
        if isinstance(node, t.Attribute) and node.variable in variables:
            return t.Fact(f"{variables[node.variable]}.{node.attribute}", type=node.type)
        return None

    def asked() -> tuple[list[_OverList], dict[t.Expression, frozenset[str]]]:
        conditions = [rewrite_in_scope(condition, as_fact, vocabulary) for condition in matter.conditions()]
        lists = [node for condition in conditions for node in t.walk(condition) if isinstance(node, _OverList)]
        return list(dict.fromkeys(lists)), _with_facts(c for condition in conditions for c in comparisons(condition))

    lists, plain = matter.once("of members", asked)
    found: dict[tuple[object, ...], _OfMember] = {}

    def add(node: _OverList, facts: Mapping[str, object]) -> None:
        source = node.source
        term = element_term(source, {}, vocabulary)
        if not isinstance(source, t.Fact) or not term:
            return
        said = [part for part in (node.body, getattr(node, "value", None)) if part is not None]
        atoms = _with_facts(atom for part in said for atom in comparisons(part))
        atoms |= {atom: read for atom, read in plain.items() if any(name.startswith(f"{term}.") for name in read)}
        inner = [one for part in said for one in t.walk(part) if isinstance(one, _OverList)]
        for member in members_of(facts, source.name, term):
            of_member = member.as_case(facts)
            for atom, read in atoms.items():
                found.setdefault((atom, *(str(of_member.get(name)) for name in sorted(read))), (atom, of_member))
            for one in inner:
                add(one, of_member)

    for one in lists:
        add(one, matter.facts)
    return list(found.values())[:_MOST_OF_MEMBERS]


def clock_turns(matter: Matter, *, to_the_minute: bool) -> tuple[int, ...]:
    """The days (as ordinals), or minutes, after which some comparison with the clock has another answer."""
    axis = CLOCK_MINUTES if to_the_minute else CLOCK_DAYS
    places, case = set[int](), _case_of(matter)
    own = dict.fromkeys(atom for condition in matter.conditions() for atom in comparisons(condition))
    for atom, facts in (*((atom, matter.facts) for atom in own), *_of_members(matter)):

        def holds(k: int, atom: t.Expression = atom, facts: Mapping[str, object] = facts) -> object:
            at = axis.value(k)
            return _value_in(case.having(facts, at if isinstance(at, dt.date) else None), atom)

        places.update(turns(holds, axis.low, axis.high))
    return tuple(sorted(places))
