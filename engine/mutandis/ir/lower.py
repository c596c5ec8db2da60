"""From a linked condition to nodes of the norm IR.

What differs by type is decided here, once for all back ends: what is moved in the calendar and what is reckoned, where
a length takes its family along because the other side's is known only in the case. What a condition reads is noted, so
that nobody has to look for it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import field
from fractions import Fraction
from typing import Literal

from mutandis.calendar.counting import Counting
from mutandis.calendar.days_off import WEEKDAYS
from mutandis.citation import parse_citation_range
from mutandis.condition import tree as t
from mutandis.condition.literals import literal_number
from mutandis.dataclass import dataclass
from mutandis.datatypes import COUNT, DATE, DAYS, DURATION, MOMENT, NUMBER, PERIOD, UNIT_IN_BASE, YES_NO, DataType
from mutandis.ir import nodes as n
from mutandis.link.program import TRIGGER, DerivedFact, Program
from mutandis.link.reads import as_stated, given_name
from mutandis.values import UNKNOWN, Duration, Number

NUMERIC = ("count", "money", "number", "duration")
_POINTS = ("date", "moment")


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact that a case may state.

    `absent` is what it is where the case does not say: what is presumed, else `UNKNOWN`. One that is not known waits
    for itself as `kind`; where it is `numeric`, it lies between `low` and `high` (None: no bound).
    """

    name: str
    type: DataType
    kind: Literal["fact", "parameter"]
    absent: object
    numeric: bool
    low: int | None
    high: int | None


@dataclass(slots=True)
class Lowering:
    """Lowers the conditions of one program, and notes what they read, in order of first reading.

    `day` is the version date, as which an event is read that a clause presumes to be under the law applied (S49);
    one that is presumed not to have been is none. `plain` are the facts that are read also where a case does not state
    them. `always` are the clocks that are read whatever a case states: while `ending`, what is lowered matters only
    where it states an event that ends what is presumed.
    """

    program: Program
    day: dt.date
    facts: dict[str, StatedFact] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)
    derived: dict[str, None] = field(default_factory=dict)
    applies: dict[str, None] = field(default_factory=dict)
    clocks: set[str] = field(default_factory=set)
    always: set[str] = field(default_factory=set)
    waits: dict[tuple[str, str], None] = field(default_factory=dict)
    members: bool = False
    ending: bool = False
    define: Callable[[DerivedFact], n.Node] | None = None
    _member: tuple[str, str] | None = None
    _named: dict[str, str] = field(default_factory=dict)
    _of: dict[str, str] = field(default_factory=dict)

    def type_of(self, node: t.Expression) -> DataType:
        """The type of a fact as declared, else the one the checker set. Raises `TypeError` for an unchecked tree."""
        if isinstance(node, t.Fact):
            if node.name in self.program.derived:
                return self.program.derived[node.name].type
            if node.name in self.program.vocabulary.facts:
                return self.program.vocabulary.facts[node.name].type
        if node.type is not None:
            return node.type
        raise TypeError(f"not a checked expression: {node!r}")

    def lower(self, node: t.Expression) -> n.Node:
        """The node that says the same. Raises `TypeError` for what no linked condition holds."""
        match node:
            case t.Truth(value=value):
                return n.Constant(value, YES_NO)
            case t.Unheld(rule=rule):
                return self.unsettled("wording", rule, self.type_of(node))
            case t.Amount(value=value) | t.Day(value=value) | t.Instant(value=value) | t.Text(value=value):
                return n.Constant(value, self.type_of(node))
            case t.Choice(value=value):
                return n.Constant(value, self.type_of(node))
            case t.Money(amount=amount) | t.Rate(value=amount):
                return n.Constant(amount, self.type_of(node))
            case t.Length():
                type_ = self.type_of(node)
                return n.Constant(node.duration if type_.family is None else node.duration.amount, type_)
            case t.Today():
                return self._clock("today", DATE)
            case t.Now():
                return self._clock("now", MOMENT)
            case t.Fact(name=name) if self._member is not None and name.startswith(f"{self._member[0]}."):
                return self._attribute(self._member[1], name, self.type_of(node))
            case t.Fact(name=name) if self._member is not None and self.define is not None and name.startswith(TRIGGER):
                return self.define(self.program.derived[name])  # what goes before others may be about the member too
            case t.Fact(name=name, presumed=clause) if clause:
                type_ = self.type_of(node)
                read = self.read(name, type_, plain=False)
                given = n.Read("given", given_name(as_stated(self.program, name), clause), YES_NO)
                undated = None if node.not_yet else self._version(type_)
                return n.If(given, read, n.Constant(undated, type_), type_)
            case t.Fact(name=name):
                return self.read(name, self.type_of(node))
            case t.Attribute(variable=variable, attribute=attribute, defined=defined):
                variable = self._named.get(variable, variable)
                if defined is not None:
                    return self._attribute(variable, defined.name, self.type_of(node))
                self.members, type_ = True, self.type_of(node)
                ends = self._ends(f"{self._of[variable]}.{attribute}", type_)
                return n.Attribute(variable, attribute, type_, ends=ends)
            case t.Not(operand=a):
                return n.Not(self.lower(a))
            case t.And(operands=many):
                return n.All(tuple([self.lower(a) for a in many]))
            case t.Or(operands=many):
                return n.Any(tuple([self.lower(a) for a in many]))
            case t.Compare(operator=operator, left=a, right=b):
                left, right = self.lower(a), self.lower(b)
                return _compared(operator, _beside(left, right), _beside(right, left))
            case t.OneOf(left=a, values=many, negated=negated):
                return _negated(self._one_of(self.lower(a), [self.lower(v) for v in many]), negated)
            case t.Present(operand=a, negated=negated):
                return _negated(n.Present(self.lower(a)), negated)
            case t.WorkingDays(number=number):
                return n.Constant(number, DAYS)
            case t.KindOfDay(operand=a, kind=kind, negated=negated):
                day = self.lower(a)
                if kind in WEEKDAYS:
                    return _negated(n.Operation("on_weekday", (day,), (WEEKDAYS.index(kind),), YES_NO), negated)
                waits = self.unsettled("fact", "holidays")
                asked = (day, self._clock("days_off", DATE))
                is_off = n.Operation("on_free_day", asked, (kind == "holiday", waits), YES_NO)
                return _negated(is_off, negated is not (kind == "working day"))
            case t.WithinAfter(subject=a, length=t.WorkingDays(), side=side, anchor=c):
                subject, anchor, after = self.lower(a), self.lower(c), side == "after"
                end = self._working_days(node.length, anchor, after)
                first, last = (anchor, end) if after else (end, anchor)
                return n.All((n.Compare("<=", first, subject), n.Compare("<=", subject, last)))
            case t.EndOf(length=t.WorkingDays(), side=side, anchor=a):
                return self._working_days(node.length, self.lower(a), side == "after")
            case t.WithinAfter(subject=a, length=b, side=side, anchor=c):
                subject, anchor, after = self.lower(a), self.lower(c), side == "after"
                end = _moved(anchor, self.lower(b), 1 if after else -1, node.counting)
                first, last = (anchor, end) if after else (end, anchor)
                return n.All((n.Compare("<=", first, subject), n.Compare("<=", subject, last)))
            case t.EndOf(length=b, side=side, anchor=a):
                length, days_off = self.lower(b), self._clock("days_off", DATE)
                waits = self.unsettled("fact", "holidays")
                settings = (length.type.family, side == "after", node.counting, waits)
                return n.Operation("end_of", (self.lower(a), length, days_off), settings, self.type_of(node))
            case t.PeriodWithin(period=a, length=b, suspended=suspended):
                length = self.lower(b)
                open_ = self._waiting(a.name) if isinstance(a, t.Fact) else None
                days = tuple([self.lower(day) for span in suspended for day in span])
                spans = n.Operation("spans", days, (), PERIOD)
                operands = (self.lower(a), length, self._clock("at", MOMENT), spans)
                return n.Operation("period_within", operands, (length.type.family, open_, node.counting), YES_NO)
            case t.Arithmetic(operator="/", left=a, right=b):
                times = n.Constant(Fraction(1) / (literal_number(b) or 1), NUMBER)
                return _reckoned("*", self.lower(a), times, self.type_of(node), node.counting)
            case t.Arithmetic(operator=operator, left=a, right=b):
                return _reckoned(operator, self.lower(a), self.lower(b), self.type_of(node), node.counting)
            case t.If(condition=c, consequent=a, alternative=b):
                type_ = self.type_of(node)
                return n.If(self.lower(c), held_as(self.lower(a), type_), held_as(self.lower(b), type_), type_)
            case t.Quantified():
                return self._quantified(node)
            case t.NumberOf(variable=variable, source=source, body=body):
                members, name = self._members(source), self.standing_for(variable or "", source)
                inner = None if variable is None or body is None else self.lower(body)
                return n.Count(name, members, inner)
            case t.TotalOf(value=value, variable=variable, source=source, body=body):
                members, name = self._members(source), self.standing_for(variable, source)
                inner = None if body is None else self.lower(body)
                summed = self.lower(value)
                return n.Total(name, members, summed, inner, summed.type)
            case t.FallsUnder(subject=subject, ranges=ranges, negated=negated) if subject is not None:
                parsed = tuple(parse_citation_range(a if a == b else f"{a} to {b}") for a, b in ranges)
                return n.Operation("falls_under", (self.lower(subject),), (parsed, negated), YES_NO)
            case t.Applies(citation=citation):
                self.applies[citation] = None
                return n.Read("applies", citation, YES_NO)
            case _ if node.operation:
                parts = tuple([self.lower(part) for part in t.children(node)])
                fixed = tuple([getattr(node, name) for name in node.settings])
                return n.Operation(node.operation, parts, fixed, self.type_of(node))
            case _:
                raise TypeError(f"not a linked expression: {node!r}")

    def read(self, name: str, type_: DataType, *, plain: bool = True) -> n.Read:
        """A fact, stated or derived; one that is not `plain` is read only where the case states it."""
        if plain:
            self.plain.add(name)
        if name in self.program.derived:
            self.derived[name] = None
            return n.Read("derived", name, type_)
        if name not in self.facts:
            self.facts[name] = stated = self._stated(name, type_)
            self.waits[stated.kind, name] = None
        return n.Read("fact", name, type_)

    def _stated(self, name: str, type_: DataType) -> StatedFact:
        declared = self.program.vocabulary.facts.get(name)
        parameter = declared is not None and declared.parameter
        ends = self._ends(name, type_)
        return StatedFact(
            name,
            type_,
            "parameter" if parameter else "fact",
            UNKNOWN if declared is None else declared.absent,
            not parameter and ends is not None,
            *(ends or (None, None)),
        )

    def _ends(self, name: str, type_: DataType) -> tuple[int | None, int | None] | None:
        """The least and the most that a fact may be, or an attribute of a member, as declared; None: no number."""
        if type_.kind not in NUMERIC or (type_.kind == "duration" and type_.family is None):
            return None
        declared = self.program.vocabulary.facts.get(name)
        low, high = (None, None) if declared is None else (declared.minimum, declared.maximum)
        return 0 if low is None and type_.kind != "number" else low, high

    def _version(self, type_: DataType) -> dt.date:
        """The version date, as a day or as the moment at which that day begins."""
        return dt.datetime.combine(self.day, dt.time()) if type_.kind == "moment" else self.day

    def _clock(self, name: str, type_: DataType) -> n.Read:
        self.clocks.add(name)
        if not self.ending:
            self.always.add(name)
        if name in ("today", "now"):
            self.waits["fact", name] = None
        return n.Read("clock", name, type_)

    def unsettled(
        self, kind: Literal["fact", "parameter", "wording"], name: str, type_: DataType = YES_NO
    ) -> n.Unsettled:
        """What waits for the name, mostly a truth."""
        self.waits[kind, name] = None
        return n.Unsettled(kind, name, type_)

    def _working_days(self, length: t.Expression, anchor: n.Node, after: bool) -> n.Node:
        """The last of so many working days."""
        operands = (anchor, self.lower(length), self._clock("days_off", DATE))
        return n.Operation("end_of_working_days", operands, (after, self.unsettled("fact", "holidays")), DATE)

    def _waiting(self, name: str) -> n.Unsettled:
        declared = self.program.vocabulary.facts.get(name)
        return self.unsettled("parameter" if declared is not None and declared.parameter else "fact", name)

    def _one_of(self, left: n.Node, values: list[n.Node]) -> n.Node:
        # Widening looks at each value's own type; they are all of one type, so the first serves for the left side.
        subject = _beside(left, values[0]) if values else left
        return n.Any(tuple([n.Compare("is", subject, _beside(value, left)) for value in values]))

    # --- lists --------------------------------------------------------------------------------------------------------

    def _members(self, source: t.Expression) -> n.Node:
        """A list with its name, whether it is a parameter, and what further members of an open one wait for."""
        self.members = True
        if isinstance(source, t.Fact):
            name, waiting = source.name, self._waiting(source.name)
        else:
            name = source.attribute if isinstance(source, t.Attribute) else ""
            waiting = self.unsettled("fact", name)
        return n.Operation(
            "members", (self.lower(source),), (name, waiting.kind == "parameter", waiting), self.type_of(source)
        )

    def standing_for(self, variable: str, source: t.Expression) -> str:
        """A list variable as the nodes have it: within a definition read of a member, none that stands outside it."""
        if self._member is not None:
            self._named[variable] = variable = f"{variable} of {self._member[1]}"
        self._of[variable] = self.type_of(source).term or ""
        return variable

    def _attribute(self, variable: str, name: str, type_: DataType) -> n.Node:
        """An attribute of the member that the node variable stands for; what it does not state its definition gives."""
        self.members = True
        derived = self.program.derived.get(name)
        term, attribute = name.split(".", 1)
        if derived is None or self.define is None or derived.base:
            declared = self.program.vocabulary.facts[name]
            presumed = n.Constant(declared.presume, type_) if declared.has_presumption else None
            return n.Attribute(variable, attribute, type_, presumed, presumed is not None, self._ends(name, type_))
        outer = self._member, self._named
        self._member, self._named = (term, variable), {}
        otherwise = self.define(derived)
        self._member, self._named = outer
        return n.Attribute(variable, attribute, type_, otherwise, ends=self._ends(name, type_))

    def _quantified(self, node: t.Quantified) -> n.Node:
        members, variable = self._members(node.source), self.standing_for(node.variable, node.source)
        body = self.lower(node.body)
        match node.quantifier:
            case "any":
                return n.Some(variable, members, body)
            case "no":
                return n.Not(n.Some(variable, members, body))
            case "every":
                return n.Not(n.Some(variable, members, n.Not(body)))
        count, number = n.Count(variable, members, body), n.Constant(node.number or 0, COUNT)
        match node.quantifier:
            case "at least":
                return n.Compare("<=", number, count)
            case "at most":
                return n.Compare("<=", count, number)
            case _:
                return n.Compare("is", count, number)


def held_as(node: n.Node, type_: DataType) -> n.Node:
    """`node` as a fact of type `type_` holds it: a length keeps its family where the fact's is known in the case."""
    family = node.type.family
    if type_.kind != "duration" or type_.family is not None or node.type.kind != "duration" or family is None:
        return node
    if isinstance(node, n.Constant) and isinstance(node.value, Number):
        return n.Constant(Duration(node.value, family), DURATION)
    return n.Operation("widened", (node,), (family,), DURATION)


def _beside(node: n.Node, other: n.Node) -> n.Node:
    return held_as(node, other.type)


def _negated(node: n.Node, negated: bool) -> n.Node:
    return n.Not(node) if negated else node


def _compared(operator: t.Operator, left: n.Node, right: n.Node) -> n.Node:
    match operator:
        case "is" | "is not":
            return _negated(n.Compare("is", left, right), operator == "is not")
        case "<" | "<=":
            return n.Compare(operator, left, right)
        case ">":
            return n.Compare("<", right, left)
        case _:
            return n.Compare("<=", right, left)


def _moved(start: n.Node, length: n.Node, sign: int, counting: Counting) -> n.Node:
    type_ = MOMENT if start.type.kind == "moment" or length.type.family == "hours" else DATE
    return n.Operation("moved", (start, length), (length.type.family, sign, counting), type_)


def _reckoned(operator: str, left: n.Node, right: n.Node, type_: DataType, counting: Counting) -> n.Node:
    if left.type.kind in _POINTS:
        if right.type.kind == "duration":
            return _moved(left, right, 1 if operator == "+" else -1, counting)
        return n.Operation("between", (left, right), (), type_)
    operands = (left, right) if operator == "*" else (_beside(left, right), _beside(right, left))
    found = n.Operation("reckoned", operands, (operator, type_.kind == "duration"), type_)
    per = left.type.per or right.type.per
    if operator != "*" or per is None or "duration" not in (left.type.kind, right.type.kind):
        return found
    # A rate over a time in base units: as many of its own units as the base has.
    own = n.Constant(Fraction(1, UNIT_IN_BASE[per][1]), NUMBER)
    return n.Operation("reckoned", (found, own), ("*", False), type_)
