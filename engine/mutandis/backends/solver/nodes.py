"""A node of the norm IR as a term: what `backends.operations` finds in one case, over all cases at once.

What is not lowered raises `NotLowered`, and whoever asked says so and searches instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import field
from fractions import Fraction
from typing import TypeVar

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.case import CaseTerms
from mutandis.backends.solver.joining import (
    NUMBERS,
    extreme,
    identical,
    in_same_parts,
    merged,
    not_stated,
    reckoned,
    same_truth,
    spread,
    sum_of,
)
from mutandis.backends.solver.months import DAY_IN_MINUTES
from mutandis.backends.solver.reckoning import Reckoner
from mutandis.backends.solver.rounding import has_parts, in_parts, is_part, rounded
from mutandis.backends.solver.terms import Listed, Lowered, NotLowered, Span, Term, Truth, Value, Words
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.ir import nodes as n
from mutandis.ir.component import LoweredFact, PartsLowering
from mutandis.ir.lower import StatedFact
from mutandis.link.program import Program
from mutandis.link.reads import given_fact
from mutandis.values import UNKNOWN

_T = TypeVar("_T")
_POINTS = ("date", "moment")


@dataclass(slots=True)
class Terms:
    """Lowers the nodes of one program on one version date, over the variables of `case`.

    `applies` finds the truth of `P applies`; `clashes` tells where rules give a fact different values. `called` tells
    how the program calls a provision of the case.
    """

    program: Program
    day: dt.date
    case: CaseTerms
    applies: Callable[[str], Truth]
    renamed: dict[str, str] = field(default_factory=dict)
    called: Callable[[str], str] = str
    parts: PartsLowering = field(init=False)
    clashes: dict[str, Term] = field(default_factory=dict)
    _derived: dict[str, Truth | Lowered] = field(default_factory=dict)
    _truths: dict[object, Truth] = field(default_factory=dict)
    _members: dict[str, tuple[Listed, int]] = field(default_factory=dict)
    _provisions: list[str] = field(default_factory=list)
    _reckoner: Reckoner = field(init=False)

    def __post_init__(self) -> None:
        self.parts = PartsLowering(self.program, self.day)
        self._reckoner = Reckoner(self.case)

    # --- truths -------------------------------------------------------------------------------------------------------

    def truth(self, node: n.Node) -> Truth:
        """A node that is yes or no."""
        key = (node, *((variable, of.name, place) for variable, (of, place) in self._members.items()))
        found = self._truths.get(key)
        if found is None:
            found = self._truths[key] = self._truth(node)
        return found

    def _truth(self, node: n.Node) -> Truth:
        match node:
            case n.Constant(value=value):
                return s.truth(bool(value))
            case n.Read() | n.Attribute():
                read = self._read(node) if isinstance(node, n.Read) else self._attribute(node)
                if isinstance(read, Truth):
                    return read
                raise NotLowered("a value that is read as a condition")
            case n.Unsettled():
                return s.OPEN
            case n.Not(operand=a):
                return s.negated(self.truth(a))
            case n.All(operands=many):
                return s.all_true([self.truth(a) for a in many])
            case n.Any(operands=many):
                return s.any_true([self.truth(a) for a in many])
            case n.Compare(sign=sign, left=a, right=b):
                if n.is_truth(a) and n.is_truth(b):
                    return same_truth(self.truth(a), self.truth(b))
                left, right = self.bound(a), self.bound(b)
                return self.same(left, right) if sign == "is" else self.less(left, right, sign == "<")
            case n.Present(operand=a):
                if n.is_truth(a):
                    held = self.truth(a)
                    return s.YES if held.settled else Truth(s.either([held.yes, held.no]), False)
                value = self.value(a)
                gap = value.gap if isinstance(value, Value | Words) else False
                return s.open_where(s.no(value.none), gap)
            case n.If(condition=c, yes=a, no=b):
                return s.chosen_truth(self.truth(c), self.truth(a), self.truth(b))
            case n.Operation(name="falls_under", operands=(place,), settings=(ranges, negated)):
                return self._falls_under(self.value(place), ranges, bool(negated))
            case n.Operation(name="period_within", operands=(a, b, _, spans), settings=(family, _, counting)):
                uncounted = [self._value(day) for day in n.children(spans)]
                return self._reckoner.within(self.value(a), self._number(b), family, counting, uncounted)
            case n.Operation(name="on_weekday", operands=(day,), settings=(int(weekday),)):
                return self._on_one_of(self._value(day), (weekday,))
            case n.Operation(name="on_free_day", operands=(day, _), settings=(holiday, _)):
                self.case.has_days_off = True
                return self._on_one_of(self._value(day), () if holiday else (5, 6))
            case n.Some(variable=variable, members=members, body=body):
                return s.any_true(
                    [s.all_true([s.truth(there), found]) for there, found in self._each(variable, members, body)]
                )
            case _:
                raise NotLowered(f"`{node.name}`" if isinstance(node, n.Operation) else type(node).__name__)

    def _on_one_of(self, day: Value, weekdays: tuple[int, ...]) -> Truth:
        """Whether a day is one of the days of the week, Monday being 0; no holidays besides weekends."""
        if day.kind != "date":
            raise NotLowered("the day of the week of a moment")
        found = s.either([s.equal(day.term % 7, (weekday + 1) % 7) for weekday in weekdays])
        return s.open_where(found, day.missing)

    def same(self, left: Lowered, right: Lowered) -> Truth:
        """Whether two values are one."""
        if isinstance(left, Words) and isinstance(right, Value):
            there = s.either([s.both([held, s.equal(right.term, self.case.word(word))]) for word, held in left.members])
            found = s.choose(left.none, right.none, s.both([s.no(right.none), there]))
            return s.open_where(found, s.either([left.gap, right.gap]))
        if not isinstance(left, Value) or not isinstance(right, Value):
            raise NotLowered("an equality of lists, periods or sets")
        if left.high is not None or right.high is not None:
            below, above = self.less(left, right, True), self.less(right, left, True)
            apart = s.any_true([below, above])
            return Truth(s.both([below.no, above.no]), apart.yes)
        one, other = self._beside(*in_same_parts(left, right))
        same = s.choose(left.none, right.none, s.both([s.no(right.none), s.equal(one, other)]))
        return s.open_where(same, s.either([left.gap, right.gap]))

    def less(self, left: Lowered, right: Lowered, strict: bool) -> Truth:
        """Whether one value is less than another, or no more where not `strict`."""
        if not isinstance(left, Value) or not isinstance(right, Value):
            raise NotLowered("an order of lists, periods or sets")
        gap = s.either([left.missing, right.missing])
        left, right = in_same_parts(left, right)
        one, other = self._beside(left, right)
        if left.high is None and right.high is None:
            return s.open_where(one < other if strict else one <= other, gap)
        known = s.no(gap)
        high, low = left.top, right.top
        yes = high < other if strict else high <= other
        never = one >= low if strict else one > low
        return Truth(s.both([known, yes]), s.both([known, never]))

    def _beside(self, left: Value, right: Value) -> tuple[Term, Term]:
        """The terms of two values that are compared: a date meets a moment by the day."""
        if left.kind == right.kind or left.kind not in _POINTS or right.kind not in _POINTS:
            return left.term, right.term
        day = self.case.calendar.day_of
        return (day(left.term), right.term) if left.kind == "moment" else (left.term, day(right.term))

    def _falls_under(self, place: Lowered, ranges: object, negated: bool) -> Truth:
        if not isinstance(place, Value) or not isinstance(ranges, tuple):
            raise NotLowered("a provision that is none")
        stretches = [s.both([place.term >= a, place.term <= b]) for a, b in self.case.covered(ranges, self._called())]
        inside = s.either(stretches)
        return s.open_where(s.both([s.no(place.none), s.no(inside) if negated else inside]), place.gap)

    # --- values -------------------------------------------------------------------------------------------------------

    def value(self, node: n.Node) -> Lowered:
        """A node that is not yes or no."""
        match node:
            case n.Constant(value=value, type=type_):
                return self._constant(value, type_.kind)
            case n.Read() | n.Attribute():
                read = self._read(node) if isinstance(node, n.Read) else self._attribute(node)
                if isinstance(read, Truth):
                    raise NotLowered("a condition that is read as a value")
                return read
            case n.Unsettled(type=type_):
                if type_.several:
                    return Words(tuple((word, False) for word in type_.values), gap=True)
                if type_.kind in ("list", "period"):
                    raise NotLowered(f"a {type_.kind} whose wording is not held")
                return Value(type_.kind, 0, False, True)
            case n.If(condition=c, yes=a, no=b):
                return self._chosen(self.truth(c), self.value(a), self.value(b))
            case n.Count(variable=variable, members=members, body=body):
                return self._count(variable, members, body)
            case n.Total(variable=variable, members=members, value=summed, body=body):
                return self._total(variable, members, summed, body, node.type.kind)
            case n.Operation(name="moved", operands=(a, b), settings=(family, sign, counting)):
                return self._reckoner.moved(self._value(a), self._length(b), family, sign == 1, counting)
            case n.Operation(name="end_of", operands=(a, b, _), settings=(family, after, counting, _)):
                return self._reckoner.end_of(self._value(a), self._length(b), family, bool(after), counting)
            case n.Operation(name="end_of_unit", operands=(a,), settings=(months, shift)):
                return self._reckoner.end_of_unit(self._value(a), months, shift)
            case n.Operation(name="end_of_working_days", operands=(a, b, _), settings=(after, _)):
                return self._reckoner.end_of_working_days(self._value(a), self._length(b), bool(after))
            case n.Operation(name="between", operands=(a, b)):
                return self._between(self._value(a), self._value(b))
            case n.Operation(name="share", operands=(a, b), settings=(part, rounding)):
                return self._reckoner.share(self._value(a), self._value(b), part, rounding)
            case n.Operation(name="reckoned", operands=(a, b), settings=(operator, duration), type=type_):
                return reckoned(self._number(a), self._number(b), str(operator), bool(duration), type_.kind)
            case n.Operation(name="rounded", operands=(a, step), settings=(how,)):
                return rounded(a, step, str(how), self._number)
            case n.Operation(name="extreme", operands=(a, b), settings=(least,)):
                return extreme(self._value(a), self._value(b), bool(least))
            case n.Operation(name=name):
                raise NotLowered(f"`{name}`")
            case _:
                raise NotLowered(type(node).__name__)

    def bound(self, node: n.Node) -> Lowered:
        """The same of what something is compared with, or bounded by: a number that need not be whole."""
        return in_parts(node, self._number) if has_parts(node) else self.value(node)

    def _value(self, node: n.Node) -> Value:
        found = self.value(node)
        if not isinstance(found, Value):
            raise NotLowered("arithmetic with lists, periods or sets")
        return found

    def _number(self, node: n.Node) -> Value:
        if is_part(node):
            return Value("share", node.value)
        found = self._value(node)
        if found.kind == "duration" and node.type.family is None:
            raise NotLowered("a length that may be in days or months")
        return found

    def _length(self, node: n.Node) -> Value:
        """A length that a day moves by, or a period has: of which bounds alone are known, not known."""
        found = self._number(node)
        apart = False if found.high is None else s.no(s.equal(found.term, found.high))
        return replace(found, gap=s.either([found.gap, apart]), high=None)

    def _called(self) -> list[str]:
        """How the program calls each provision of the case, asked once."""
        if not self._provisions:
            self._provisions += map(self.called, self.case.provisions)
        return self._provisions

    def _constant(self, value: object, kind: str) -> Lowered:
        match value:
            case None:
                return Value(kind, 0, True)
            case str():
                is_place = kind == "provision"
                return Value(kind, self.case.provision(value, self._called()) if is_place else self.case.word(value))
            case dt.datetime():
                return Value("moment", value.toordinal() * DAY_IN_MINUTES + value.hour * 60 + value.minute)
            case dt.date():
                return Value("date", value.toordinal())
            case bool():
                raise NotLowered("a condition that is read as a value")
            case int():
                return Value(kind, value)
            case Fraction() if value.denominator == 1:
                return Value(kind, value.numerator)
            case _:
                raise NotLowered(f"the value {value}")

    def _chosen(self, condition: Truth, yes: Lowered, other: Lowered) -> Lowered:
        found = merged(condition.yes, yes, other)
        if condition.settled:
            return found
        if not isinstance(found, Value) or not isinstance(yes, Value) or not isinstance(other, Value):
            raise NotLowered("a choice among lists that may not be known")
        agree = s.both([s.no(yes.gap), s.no(other.gap), identical(yes, other)])
        if agree is True or found.kind not in NUMBERS:
            return replace(found, gap=s.either([s.choose(condition.open, s.no(agree), found.gap)]))
        return spread(found, [(True, yes), (True, other)], s.both([condition.open, s.no(agree)]), found.gap)

    def last_of(self, node: n.Operation) -> Term:
        """The last day of the period that a day plus or minus a length ends, by the calendar alone."""
        start, length = (self._value(node.operands[0]), self._length(node.operands[1]))
        family, sign, counting = node.settings
        return self._reckoner.last(start, family, length.term, counting, sign == 1)

    def bound_on_period(self, node: t.PeriodWithin) -> Value:
        """The last day that the period can have that a measure is about."""
        match self.parts.lowering.lower(node):
            case n.Operation(operands=(a, b, _, spans), settings=(family, _, counting)):
                period, uncounted = self.value(a), [self._value(day) for day in n.children(spans)]
                if isinstance(period, Span):
                    return self._reckoner.bound_on(period, self._length(b), family, counting, uncounted)
        raise NotLowered("a period that is no fact")

    def _between(self, left: Value, right: Value) -> Value:
        gap = s.either([left.missing, right.missing])
        if left.kind == right.kind:
            return Value("duration", left.term - right.term, False, gap)
        one, other = self._beside(left, right)
        return Value("duration", one - other, False, gap)

    # --- lists --------------------------------------------------------------------------------------------------------

    def _each(self, variable: str, members: n.Node, body: n.Node | None) -> list[tuple[Term, Truth]]:
        """Whether there is each member that a list may have, and whether the body holds of it."""
        return [
            (there, s.YES if body is None else self.of_member(variable, listed, place, lambda: self.truth(body)))
            for listed, place, there in self._places(members)
        ]

    def _places(self, members: n.Node) -> list[tuple[Listed, int, Term]]:
        source = members.operands[0] if isinstance(members, n.Operation) and members.name == "members" else None
        if not isinstance(source, n.Read) or source.source != "fact":
            raise NotLowered("a list within a list")
        listed = self._read(source)
        if not isinstance(listed, Listed):
            raise NotLowered("a list within a list")
        return [
            (listed, place, s.both([s.no(listed.none), listed.count > place])) for place in range(self.case.members)
        ]

    def of_member(self, variable: str, listed: Listed, place: int, found: Callable[[], _T]) -> _T:
        """What is found while a variable stands for that member of a list."""
        outer = self._members.get(variable)
        self._members[variable] = listed, place
        try:
            return found()
        finally:
            if outer is None:
                del self._members[variable]
            else:
                self._members[variable] = outer

    def _count(self, variable: str, members: n.Node, body: n.Node | None) -> Value:
        each = self._each(variable, members, body)
        low = sum_of(s.choose(s.both([there, held.yes]), 1, 0) for there, held in each)
        if all(held.settled for _, held in each):
            return Value("count", low)
        return Value("count", low, high=sum_of(s.choose(s.both([there, s.no(held.no)]), 1, 0) for there, held in each))

    def _total(self, variable: str, members: n.Node, summed: n.Node, body: n.Node | None, kind: str) -> Value:
        parts: list[Term] = []
        gaps: list[Term] = []
        for (listed, place, there), (_, held) in zip(
            self._places(members), self._each(variable, members, body), strict=True
        ):
            amount = self.of_member(variable, listed, place, lambda: self._value(summed))
            if not held.settled or amount.high is not None:
                raise NotLowered("a sum over members that may not count")
            counts = s.both([there, held.yes])
            parts.append(s.choose(counts, amount.term, 0))
            gaps.append(s.both([counts, amount.missing]))
        return Value(kind, sum_of(parts), False, s.either(gaps))

    def _attribute(self, node: n.Attribute) -> Truth | Lowered:
        if node.otherwise is not None and not node.presumed:  # a complete case states no more than it is asked for
            return self.truth(node.otherwise) if n.is_truth(node.otherwise) else self.value(node.otherwise)
        listed, place = self._members[node.variable]
        return self.case.attribute(listed, place, node.name, node.type, self.program.vocabulary)

    # --- what is read -------------------------------------------------------------------------------------------------

    def _read(self, node: n.Read) -> Truth | Lowered:
        match node.source:
            case "fact":
                return self._stated(self.parts.lowering.facts[node.name])
            case "applies":
                return self.applies(node.name)
            case "clock":
                day, minute = self.case.clock()
                if node.name == "today":
                    return Value("date", day)
                if node.name == "now":
                    return Value("moment", self.case.calendar.moment(day, minute))
            case "derived":
                return self.derived(node.name)
            case "given":
                fact = given_fact(node.name)
                return self.case.says(self.renamed.get(fact, fact))
        raise NotLowered(f"the clock `{node.name}`")

    def _stated(self, fact: StatedFact) -> Truth | Lowered:
        name = self.renamed.get(fact.name, fact.name)
        read = self.case.stated(name, fact.type, self.program.vocabulary.facts.get(fact.name))
        given = self.case.given.get(name)
        if given is None:
            return read
        if isinstance(read, Value | Words):
            absent = None if fact.absent is UNKNOWN else self._constant(fact.absent, fact.type.kind)
            return merged(given, read, absent or not_stated(fact, read))
        if not isinstance(read, Truth) or fact.kind == "parameter":
            raise NotLowered(f"the presumption of `{fact.name}`, a {fact.type.kind}")
        if fact.absent is UNKNOWN:
            return Truth(s.both([given, read.yes]), s.both([given, read.no]))
        return s.truth(s.choose(given, read.yes, bool(fact.absent)))

    def derived(self, name: str) -> Truth | Lowered:
        """The value of a derived fact."""
        if name not in self._derived:
            if any(one.milder for one in self.program.derived[name].derivations):
                raise NotLowered("the milder of two laws")
            outer, self._members = self._members, {}
            self._derived[name] = self._settle(self.parts.derived(self.program.derived[name]))
            self._members = outer
        return self._derived[name]

    def clash_of(self, name: str) -> Term:
        """Where rules give a derived fact different values."""
        self.derived(name)
        return self.clashes.get(name, False)

    def left_out(self, name: str) -> Term:
        """Where no entry of the rules that give a derived fact holds."""
        return s.both([holds.no for holds in self.entries_of(name)])

    def entries_of(self, name: str) -> list[Truth]:
        """Whether each entry of the rules that give a derived fact holds."""
        return [holds for holds, _ in self._entries(self.parts.derived(self.program.derived[name]))]

    def _entries(self, fact: LoweredFact) -> list[tuple[Truth, n.Node]]:
        return [
            (s.all_true([self.truth(branch.trigger), self.truth(entry.when)]), entry.value)
            for branch in fact.branches
            for entry in branch.entries
        ]

    def _settle(self, fact: LoweredFact) -> Truth | Lowered:
        """The value that the rules give a derived fact (S28)."""
        entries = self._entries(fact)
        holding = [(holds, node) for holds, node in entries if holds.no is not True]
        if fact.type.kind == "yes_no":
            return self._settle_truth(fact, [(holds, self.truth(node)) for holds, node in holding])
        return self._settle_value(fact, [(holds, self.value(node)) for holds, node in holding])

    def _settle_truth(self, fact: LoweredFact, entries: list[tuple[Truth, Truth]]) -> Truth:
        none_sure = s.no(s.either([holds.yes for holds, _ in entries]))
        otherwise = self.truth(fact.otherwise)
        self._note_clash(
            fact.name,
            s.either([s.both([holds.yes, value.yes]) for holds, value in entries]),
            s.either([s.both([holds.yes, value.no]) for holds, value in entries]),
            s.either([s.both([holds.yes, value.open]) for holds, value in entries]),
        )
        if all(holds.settled and value.settled for holds, value in entries) and otherwise.settled:
            given = s.either([s.both([holds.yes, value.yes]) for holds, value in entries])
            return s.truth(s.either([given, s.both([none_sure, otherwise.yes])]))
        possible = [(s.no(holds.no), value) for holds, value in entries] + [(none_sure, otherwise)]
        return Truth(
            s.both([s.choose(may, value.yes, True) for may, value in possible]),
            s.both([s.choose(may, value.no, True) for may, value in possible]),
        )

    def _settle_value(self, fact: LoweredFact, entries: list[tuple[Truth, Lowered]]) -> Lowered:
        found = self.value(fact.otherwise)
        for holds, value in reversed(entries):
            found = merged(s.no(holds.no), value, found)
        plain = [(holds, value) for holds, value in entries if isinstance(value, Value)]
        if len(plain) < len(entries) or not isinstance(found, Value):
            if len(entries) > 1:
                raise NotLowered(f"`{fact.name}`, which several rules give lists or sets")
            return self._open_with(entries[0][0], found) if entries else found
        clash: list[Term] = []
        for place, (holds, value) in enumerate(plain):
            for other_holds, other in plain[:place]:
                differ = s.both([s.no(value.gap), s.no(other.gap), s.no(identical(value, other))])
                clash.append(s.both([holds.yes, other_holds.yes, differ]))
        sure_gap = s.either([s.both([holds.yes, value.gap]) for holds, value in plain])
        self._note_clash(fact.name, s.either(clash), True, sure_gap)
        if all(holds.settled for holds, _ in plain):
            twice = s.either([s.both([a.yes, b.yes]) for k, (a, _) in enumerate(plain) for b, _ in plain[:k]])
            return replace(found, gap=s.either([found.gap, s.both([twice, sure_gap])]))
        none_sure = s.no(s.either([holds.yes for holds, _ in plain]))
        otherwise = self.value(fact.otherwise)
        assert isinstance(otherwise, Value)  # as what was merged with it
        possible = [(s.no(holds.no), value) for holds, value in plain] + [(none_sure, otherwise)]
        agree = s.both([s.choose(may, s.both([s.no(v.gap), identical(v, found)]), True) for may, v in possible])
        if found.kind not in NUMBERS:
            return replace(found, gap=s.no(agree))
        return spread(found, possible, s.both([none_sure, s.no(agree)]), s.no(agree))

    @staticmethod
    def _open_with(holds: Truth, found: Lowered) -> Lowered:
        """What a rule gives, not known where it is not known whether the rule speaks."""
        if holds.settled:
            return found
        if not isinstance(found, Words):
            raise NotLowered("a list or a period that may not be known")
        return replace(found, gap=s.either([found.gap, holds.open]))

    def _note_clash(self, name: str, one: Term, other: Term, gap: Term) -> None:
        clash = s.both([one, other, s.no(gap)])
        if clash is not False:
            self.clashes[name] = clash
