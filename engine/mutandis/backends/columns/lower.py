"""From the norm IR to expressions over columns: truths and values with what they wait for.

What has no expression (periods, lists in lists, products of facts) stands in a column of its own, filled by walking its
node on the distinct combinations of what it reads; an `Outside` says which and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import field
from fractions import Fraction
from math import ceil
from typing import Any, TypeVar

from mutandis.backends.columns.amounts import in_parts, reckoned, rounded, whole
from mutandis.backends.columns.applies import applies
from mutandis.backends.columns.days import OffDays, end_of, moved_moment, on_free_day, on_weekday
from mutandis.backends.columns.members import Listed, attribute, attribute_truth, count, some, total
from mutandis.backends.columns.nodes import NOT_KNOWN, Maker, NotLowered, X, is_lit
from mutandis.backends.columns.settle import settle_truths, settle_values
from mutandis.backends.columns.terms import (
    LARGEST,
    MOST_DAYS,
    Outside,
    Truth,
    Value,
    ends_of,
    extreme,
    joined,
    known_between,
    least_and_most,
    none_of,
    pending,
    sort_of,
    unknown_of,
    within_reach,
)
from mutandis.backends.unit import Unit
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType
from mutandis.decide.names import Names
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered, LoweredFact
from mutandis.ir.lower import StatedFact
from mutandis.link.reads import given_fact
from mutandis.values import UNKNOWN

_Lowered = TypeVar("_Lowered", Truth, Value)
_IN_WORDS = {
    "end_of_unit": "asks for the end of a month, quarter or year of the calendar",
    "end_of_working_days": "counts working days",
}


@dataclass(slots=True)
class ColumnLowering:
    """Lowers the nodes of one unit for tables that have columns for the facts in `stated`.

    They say of `nones` that there is none, of `unknowns` that they are unknown. `clock` are today and now, as literals
    or columns. `conflicts` are where rules give a derived fact several values; it is asked about `within` norms.
    `lowered` has what is read, where that is not what the unit reads; without `lists` nothing goes through members.
    """

    unit: Unit
    names: Names
    stated: frozenset[str]
    nones: frozenset[str]
    unknowns: frozenset[str]
    clock: dict[str, X]
    maker: Maker
    off: OffDays
    outsides: dict[n.Node, Outside] = field(default_factory=dict)
    conflicts: list[X] = field(default_factory=list)
    within: tuple[str, ...] = ()
    lowered: Lowered | None = None
    lists: bool = True
    _members: dict[str, Listed] = field(default_factory=dict)
    _facts: dict[str, StatedFact] = field(default_factory=dict)
    _derived: dict[str, LoweredFact] = field(default_factory=dict)
    _truths: dict[n.Node, Truth] = field(default_factory=dict)
    _read: dict[tuple[str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        lowered = self.lowered or self.unit.lowered
        self._facts = {fact.name: fact for fact in lowered.facts}
        self._derived = {fact.name: fact for fact in lowered.derived}

    def inside(self, unit: Unit, citation: str) -> ColumnLowering:
        """Lowers the nodes of a unit that tells whether the norms at a place apply, of the same columns."""
        said = self.stated, self.nones, self.unknowns
        return ColumnLowering(
            unit, self.names, *said, self.clock, self.maker, self.off, within=(*self.within, citation), lists=False
        )

    def fact(self, name: str) -> StatedFact:
        """A fact that is read."""
        return self._facts[name]

    # --- members of lists ---------------------------------------------------------------------------------------------

    def of_member(self, variable: str, of: Listed, body: n.Node) -> Truth:
        """A truth about a member of a list. Raises `NotLowered`."""
        return self._within_list(variable, of, lambda: self.truth(body))

    def value_of_member(self, variable: str, of: Listed, value: n.Node) -> Value:
        """A value of a member of a list. Raises `NotLowered`."""
        return self._within_list(variable, of, lambda: self.value(value))

    def _within_list(self, variable: str, of: Listed, lower: Callable[[], _Lowered]) -> _Lowered:
        """Lower what is about a member: what is met of one list is not that of another, and is found with the whole."""
        if self._members:
            raise NotLowered("goes through the members of lists for each member of a list")
        outer, self._truths, self._members = self._truths, {}, {variable: of}
        try:
            return lower()
        finally:
            self._truths, self._members = outer, {}

    # --- truths -------------------------------------------------------------------------------------------------------

    def truth(self, node: n.Node) -> Truth:
        """What a truth comes to."""
        found = self._truths.get(node)
        if found is None:
            try:
                found = self._truth(node)
            except NotLowered as reason:
                if self._members:
                    raise
                found = self._outside(node, str(reason))
            self._truths[node] = found
        return found

    def _truth(self, node: n.Node) -> Truth:
        m = self.maker
        match node:
            case n.Constant(value=value):
                return self._settled(m.lit(bool(value), "truth"))
            case n.Unsettled(kind=kind, name=name):
                return Truth(m.null, m.lit(self.names.truth_of(kind, name), "waits"))
            case n.Not(operand=a):
                inner = self.truth(a)
                return Truth(m.negate(inner.known), inner.waits)
            case n.All(operands=many):
                return joined(m, m.all_of, [self.truth(a) for a in many])
            case n.Any(operands=many):
                return joined(m, m.any_of, [self.truth(a) for a in many])
            case n.Compare(left=a, right=b) if n.is_truth(a) and n.is_truth(b):
                left, right = self.truth(a), self.truth(b)
                return pending(m, m.compare("eq", left.known, right.known), left.waits, right.waits)
            case n.Compare(sign="is", left=a, right=b):
                return self._same(self.value(a), self.value(b))
            case n.Compare(sign=sign, left=a, right=b):
                return self._less(self.value(a), self.value(b), sign == "<")
            case n.Present(operand=a) if n.is_truth(a):
                inner = self.truth(a)
                known = m.case(m.is_null(inner.known), m.null, m.true)
                return Truth(known, inner.waits)
            case n.Present(operand=a):
                value = self.value(a)
                known = m.case(value.none, m.false, m.case(m.is_null(value.value), m.null, m.true))
                return pending(m, known, value.waits)
            case n.If(condition=c, yes=a, no=b):
                return self._chosen_truth(self.truth(c), self.truth(a), self.truth(b))
            case n.Operation(name="falls_under", operands=(subject,), settings=(ranges, negated)):
                place = self.value(subject)
                known = m.case(place.none, m.false, m.among(place.value, "under", (ranges, negated)))
                return pending(m, known, place.waits)
            case n.Read(source="fact", name=name):
                return self._stated_truth(self._facts[name])
            case n.Read(source="derived", name=name):
                return self._derived_truth(self._derived[name])
            case n.Read(source="given", name=name):
                return self._settled(self._given(given_fact(name)))
            case n.Read(source="applies", name=citation):
                return applies(self, citation, self.unit.applications.effective(citation, self.unit.version))
            case n.Some():
                return some(self, node)
            case n.Attribute(variable=variable) if variable in self._members:
                return attribute_truth(self, self._members[variable], node)
            case n.Operation(name="on_weekday", operands=(day,), settings=(number,)) if isinstance(number, int):
                return on_weekday(m, self.value(day), number)
            case n.Operation(name="on_free_day", operands=(day, _), settings=(holiday, n.Unsettled() as open_)):
                waits = self.names.truth_of(open_.kind, open_.name)
                return on_free_day(m, self.value(day), self.off, bool(holiday), waits)
            case n.Operation(name="period_within"):
                raise NotLowered("measures a period")
            case n.Operation(name=name):
                raise NotLowered(f"asks for `{name}`")
            case _:
                raise NotLowered(f"has a {type(node).__name__.lower()} that columns do not have")

    def _settled(self, known: X) -> Truth:
        return Truth(known, self.maker.settled)

    def _outside(self, node: n.Node, reason: str) -> Truth:
        found = self.outsides.get(node)
        if found is None:
            found = self.outsides[node] = Outside(f"|outside {len(self.outsides)}", node, reason)
        m = self.maker
        column = m.col(found.column, "waits")
        return Truth(m.make("truth_of", (column,), "truth"), m.make("waits_of", (column,), "waits"))

    def _chosen_truth(self, condition: Truth, yes: Truth, no: Truth) -> Truth:
        m = self.maker
        open_ = m.is_null(condition.known)
        agreed = m.case(m.compare("eq", yes.known, no.known), yes.known, m.null)
        known = m.case(open_, agreed, m.case(condition.known, yes.known, no.known))
        waits = m.case(
            open_, m.waits(condition.waits, yes.waits, no.waits), m.case(condition.known, yes.waits, no.waits)
        )
        return pending(m, known, waits)

    def _stated_truth(self, fact: StatedFact) -> Truth:
        m = self.maker
        waits = m.lit(self.names.truth_of(fact.kind, fact.name), "waits")
        known = m.col(fact.name, "truth") if fact.name in self.stated else m.null
        if fact.absent is not UNKNOWN:
            known = m.first_known(known, m.lit(fact.absent is True, "truth"))
        return pending(m, known, waits)

    def _given(self, fact: str) -> X:
        """Whether a row says anything of a fact, be it that it is none or unknown."""
        m = self.maker
        said = [m.col(none_of(fact), "truth")] if fact in self.nones else []
        if fact in self.unknowns:
            said.append(m.col(unknown_of(fact), "truth"))
        if fact in self.stated:
            declared = self._facts.get(fact)
            sort = (sort_of(declared.type) if declared is not None else None) or "word"
            said.append(m.negate(m.is_null(m.col(fact, sort))))
        return m.any_of(*said)

    def _derived_truth(self, fact: LoweredFact) -> Truth:
        m, key = self.maker, ("derived", fact.name)
        if key not in self._read:
            entries = [
                (joined(m, m.all_of, [self.truth(b.trigger), self.truth(e.when)]), self.truth(e.value))
                for b in fact.branches
                for e in b.entries
            ]
            self._read[key], clash = settle_truths(m, entries, self.truth(fact.otherwise))
            self.conflicts.append(clash)
        found: Truth = self._read[key]
        return found

    # --- comparisons --------------------------------------------------------------------------------------------------

    def _less(self, left: Value, right: Value, strict: bool) -> Truth:
        m = self.maker
        left, right = self._alike(left, right)
        op, opposite = ("lt", "le") if strict else ("le", "lt")
        known = m.compare(op, left.value, right.value)  # type: ignore[arg-type]  # one of the three
        if left.low is not None or right.low is not None:
            low, high = ends_of(left)
            other_low, other_high = ends_of(right)
            surely = m.compare(op, high, other_low)  # type: ignore[arg-type]  # one of the three
            never = m.compare(opposite, other_high, low)  # type: ignore[arg-type]  # one of the three
            if not (is_lit(surely, None) and is_lit(never, None)):
                known = m.case(surely, m.true, m.case(never, m.false, m.null))
        return pending(m, known, left.waits, right.waits)

    def _same(self, left: Value, right: Value) -> Truth:
        m = self.maker
        if left.several:
            if right.value.op != "lit" or right.value.setting is None:
                raise NotLowered("asks for a member of several that only the case knows")
            known = m.among(left.value, "is", (right.value.setting,))
        elif right.value.op == "lit" and left.value.sort == "word" and right.value.setting is not None:
            known = m.among(left.value, "is", (right.value.setting,))
        elif left.value.op == "lit" and left.value.sort == "word" and left.value.setting is not None:
            known = m.among(right.value, "is", (left.value.setting,))
        else:
            if right.several:
                raise NotLowered("compares with several values")
            left, right = self._alike(left, right)
            known = m.compare("eq", left.value, right.value)
            if left.low is not None or right.low is not None:
                low, high = ends_of(left)
                other_low, other_high = ends_of(right)
                apart = m.any_of(m.holds(m.compare("lt", high, other_low)), m.holds(m.compare("lt", other_high, low)))
                known = m.case(apart, m.false, known)
        if not (is_lit(left.none, False) and is_lit(right.none, False)):
            one = m.all_of(left.none, m.negate(m.is_null(right.value)))
            other = m.all_of(right.none, m.negate(m.is_null(left.value)))
            known = m.case(m.all_of(left.none, right.none), m.true, m.case(m.any_of(one, other), m.false, known))
        return pending(m, known, left.waits, right.waits)

    def _alike(self, left: Value, right: Value) -> list[Value]:
        """Two values as they are compared: a day and a moment by the day, numbers in parts of one size."""
        if {left.value.sort, right.value.sort} == {"date", "moment"}:
            return [self._of_day(left), self._of_day(right)]
        return in_parts(self.maker, left, right)

    def _of_day(self, value: Value) -> Value:
        low, high = (None if end is None else self.maker.day(end) for end in (value.low, value.high))
        return value._replace(value=self.maker.day(value.value), low=low, high=high)

    # --- values -------------------------------------------------------------------------------------------------------

    def value(self, node: n.Node) -> Value:
        """What a value comes to. Raises `NotLowered`."""
        m = self.maker
        match node:
            case n.Constant(value=value, type=type_):
                return self._constant(value, type_)
            case n.Read(source="fact", name=name):
                return self._stated(self._facts[name])
            case n.Read(source="derived", name=name):
                return self._derived_value(self._derived[name])
            case n.Read(source="clock", name=name) if name in self.clock:
                known = self.clock[name]
                waits = m.case(m.is_null(known), m.lit(self.names.truth_of("fact", name), "waits"), m.settled)
                return Value(known, m.false, waits)
            case n.Read(source="clock"):
                raise NotLowered("reads the calendar of days off")
            case n.If(condition=c, yes=a, no=b):
                return self._chosen(self.truth(c), self.value(a), self.value(b))
            case n.Operation(name="moved", operands=(a, b), settings=(family, sign, counting)):
                return self._moved(self.value(a), self.value(b), family, sign, counting)
            case n.Unsettled(kind=kind, name=name, type=type_):
                sort = sort_of(type_)
                if sort is None or type_.several:
                    raise NotLowered(f"has a {type_.kind} that no column holds")
                gap, waits = m.lit(None, sort), m.lit(self.names.truth_of(kind, name), "waits")
                if sort != "number":
                    return Value(gap, m.false, waits)
                return Value(gap, m.false, waits, gap, gap, LARGEST)
            case n.Operation(name="between", operands=(a, b)):
                left, right = self.value(a), self.value(b)
                if left.value.sort == right.value.sort == "moment":
                    raise NotLowered("reckons the minutes between two moments")
                left, right = self._of_day(left), self._of_day(right)
                days = m.days_between(left.value, right.value)
                waits = m.waits(left.waits, right.waits)
                (low, high), (other_low, other_high) = ends_of(left), ends_of(right)
                ends = m.days_between(low, other_high), m.days_between(high, other_low)
                return Value(days, m.false, waits, *ends, MOST_DAYS)
            case n.Operation(name="share", operands=(a, b), settings=(part, rounding)) if isinstance(part, Fraction):
                left, right = self.value(a), self.value(b)
                days = m.share(m.day(left.value), m.day(right.value), part, str(rounding))
                open_ = m.waits(m.lit(NOT_KNOWN, "waits"), left.waits, right.waits)
                waits = m.case(m.is_null(days), open_, m.settled)
                return Value(days, m.false, waits, days, days, within_reach(MOST_DAYS * ceil(abs(part))))
            case n.Operation(name="reckoned", operands=(a, b), settings=(operator, is_length)):
                return reckoned(m, str(operator), self.value(a), self.value(b), is_length=bool(is_length))
            case n.Operation(name="rounded", operands=(a, b), settings=(rounding,)):
                how: Any = rounding
                return rounded(m, self.value(a), self.value(b), how)
            case n.Operation(name="end_of", operands=(a, b, _), settings=(family, after, counting, open_)):
                assert isinstance(open_, n.Unsettled)  # what an end waits for that no calendar covers
                waits = self.names.truth_of(open_.kind, open_.name)
                said: Any = family, after, counting
                return end_of(m, self.value(a), whole(m, self.value(b)), self.off, *said, waits)
            case n.Operation(name="extreme", operands=(a, b), settings=(least,)):
                left, right = in_parts(m, self.value(a), self.value(b))
                return extreme(m, left, right, most=not least)
            case n.Operation(name=name):
                raise NotLowered(_IN_WORDS.get(name, f"reckons `{name}`"))
            case n.Count():
                return count(self, node)
            case n.Total():
                return total(self, node)
            case n.Attribute(variable=variable) if variable in self._members:
                return attribute(self, self._members[variable], node)
            case _:
                raise NotLowered(f"has a {type(node).__name__.lower()} that columns do not have")

    def _constant(self, value: object, type_: DataType) -> Value:
        m, sort = self.maker, sort_of(type_)
        if sort is None:
            raise NotLowered(f"has a {type_.kind} that no column holds")
        if value is None:
            return Value(m.lit(None, sort), m.true, m.lit(NOT_KNOWN, "waits"))
        if sort == "number":
            if not isinstance(value, int | Fraction) or max(abs(value.numerator), value.denominator) > LARGEST:
                raise NotLowered("reckons with numbers too large for columns")
            found = m.lit(value.numerator, sort)
            return Value(found, m.false, m.settled, found, found, abs(value.numerator), per=value.denominator)
        return Value(m.lit(value, sort), m.false, m.settled)

    def _stated(self, fact: StatedFact) -> Value:
        m, sort = self.maker, sort_of(fact.type)
        if sort is None:
            raise NotLowered(f"reads `{fact.name}`, a {fact.type.kind}")
        known = m.col(fact.name, sort) if fact.name in self.stated else m.lit(None, sort)
        none = m.col(none_of(fact.name), "truth") if fact.name in self.nones else m.false
        if fact.absent is None:
            none = m.is_null(known)
        elif fact.absent is not UNKNOWN:
            presumed = self._constant(fact.absent, fact.type).value
            known = m.case(none, m.lit(None, sort), m.first_known(known, presumed))
        gap = m.lit(self.names.truth_of(fact.kind, fact.name), "waits")
        not_known = m.case(none, m.lit(NOT_KNOWN, "waits"), gap)
        waits = m.case(m.is_null(known), not_known, m.settled)
        if sort != "number":
            return Value(known, none, waits, several=fact.type.several)
        low, high = (
            known if end is None or not fact.numeric else self._bounded(known, none, end)
            for end in (fact.low, fact.high)
        )
        return Value(known, none, waits, low, high, LARGEST)

    def _bounded(self, known: X, none: X, end: int) -> X:
        m = self.maker
        return m.case(none, m.lit(None, "number"), m.first_known(known, m.lit(end, "number")))

    def _chosen(self, condition: Truth, yes: Value, no: Value) -> Value:
        m = self.maker
        if yes.several or no.several or yes.value.sort != no.value.sort:
            raise NotLowered("chooses between values of two kinds")
        yes, no = in_parts(m, yes, no)
        open_ = m.is_null(condition.known)
        both_none = m.all_of(yes.none, no.none)
        agreed = m.holds(m.any_of(both_none, m.compare("eq", yes.value, no.value)))

        def pick(of: Callable[[Value], X | None], open_as: X) -> X:
            one, other = of(yes), of(no)
            assert one is not None and other is not None  # two values of one sort
            return m.case(open_, open_as, m.case(condition.known, one, other))

        value = pick(lambda v: v.value, m.case(agreed, yes.value, m.lit(None, yes.value.sort)))
        none = pick(lambda v: v.none, both_none)
        waits = m.case(
            open_, m.waits(condition.waits, yes.waits, no.waits), m.case(condition.known, yes.waits, no.waits)
        )
        waits = m.case(m.is_null(value), m.case(none, m.lit(NOT_KNOWN, "waits"), waits), m.settled)
        if value.sort != "number" and yes.low is None and no.low is None:
            return Value(value, none, waits)
        open_ends = value, value
        if value.sort == "number":  # of two amounts it may be either
            open_ends = least_and_most(m, [(m.true, yes), (m.true, no)])
        low, high = (pick(lambda v: ends_of(v)[0], open_ends[0]), pick(lambda v: ends_of(v)[1], open_ends[1]))
        return Value(value, none, waits, low, high, max(yes.most, no.most), per=yes.per)

    def _moved(self, start: Value, length: Value, family: Any, sign: Any, counting: Any) -> Value:
        m, length = self.maker, whole(self.maker, length)
        if start.value.sort == "moment" or family == "hours":
            return moved_moment(m, start, length, family, sign)
        if family not in ("days", "months"):
            raise NotLowered("moves by what only the case knows to be days or hours")
        mode = "clamp"
        if family == "months":
            if length.value.op != "lit":
                raise NotLowered("moves by months that only the case knows")
            amount = length.value.setting
            if not isinstance(amount, int):
                raise NotLowered("moves by a part of a month")
            mode = counting.corresponding(dt.date(2000, 1, 2), 1 if sign * amount >= 0 else -1)
        signed = m.reckon("mul", length.value, m.lit(sign, "number"))
        moved = m.moved(start.value, signed, str(family), mode)
        low, high = (end and m.moved(end, signed, str(family), mode) for end in (start.low, start.high))
        if low is not None and high is not None:
            moved = known_between(m, moved, low, high)
        waits = m.case(m.is_null(moved), m.waits(m.lit(NOT_KNOWN, "waits"), start.waits, length.waits), m.settled)
        return Value(moved, m.false, waits, low, high)

    def _derived_value(self, fact: LoweredFact) -> Value:
        m, key = self.maker, ("derived", fact.name)
        if key not in self._read:
            if sort_of(fact.type) is None or fact.type.several:
                raise NotLowered(f"reads `{fact.name}`, a {fact.type.kind}")
            entries = [
                (joined(m, m.all_of, [self.truth(b.trigger), self.truth(e.when)]), self.value(e.value))
                for b in fact.branches
                for e in b.entries
            ]
            self._read[key], clash = settle_values(m, entries, self.value(fact.otherwise))
            self.conflicts.append(clash)
        found: Value = self._read[key]
        return found
