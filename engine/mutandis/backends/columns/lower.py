"""From the norm IR to expressions over columns: truths and values with what they wait for.

What has no expression (lists, periods, days off, `P applies`, parts of numbers) stands in a column of its own, filled by
walking its node on the distinct combinations of what it reads; an `Outside` says which and why.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from mutandis.backends.columns.nodes import NOT_KNOWN, Maker, NotLowered, Sort, X, is_lit
from mutandis.datatypes import DataType
from mutandis.decide.names import Names
from mutandis.decide.ternary import NONE, Gap, Range
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered, LoweredFact
from mutandis.ir.lower import StatedFact
from mutandis.values import UNKNOWN

LARGEST = 10**12
"""No whole number of a column is larger: what is then reckoned with it stays within 64 bits."""
MOST_REACHED = 2**62

SORTS: dict[str, Sort] = {
    "yes_no": "truth",
    "enum": "word",
    "text": "word",
    "provision": "word",
    "count": "number",
    "number": "number",
    "money": "number",
    "duration": "number",
    "date": "date",
    "moment": "moment",
}
"""What a column of each kind holds. Periods, lists and lengths whose family only the case knows are kept outside."""


def sort_of(type_: DataType) -> Sort | None:
    """What a column of the type holds; None where it has no expression."""
    return None if type_.kind == "duration" and type_.family is None else SORTS.get(type_.kind)


def none_of(fact: str) -> str:
    """The column that says where a fact is known to be none."""
    return f"{fact}|none"


class Truth(NamedTuple):
    """A truth: true, false or null, and what it waits for where it is null (-1 elsewhere)."""

    known: X
    waits: X


class Value(NamedTuple):
    """A value, null where it is none or not known; whether it is none; what it waits for.

    `low` and `high` bound what is not known (None: the kind has no bounds), `most` the size of a number.
    """

    value: X
    none: X
    waits: X
    low: X | None = None
    high: X | None = None
    most: int = 0
    several: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """A truth that is found by walking its node: the column it stands in, and why it has no expression."""

    column: str
    node: n.Node
    reason: str


@dataclass(slots=True)
class ColumnLowering:
    """Lowers the nodes of one unit for tables that have columns for the facts in `stated`, and say `none` of `nones`.

    `clock` are today and now as literals or columns. `conflicts` are where rules give a derived fact several values.
    """

    lowered: Lowered
    names: Names
    stated: frozenset[str]
    nones: frozenset[str]
    clock: dict[str, X]
    maker: Maker
    outsides: dict[n.Node, Outside] = field(default_factory=dict)
    conflicts: list[X] = field(default_factory=list)
    _facts: dict[str, StatedFact] = field(default_factory=dict)
    _derived: dict[str, LoweredFact] = field(default_factory=dict)
    _truths: dict[n.Node, Truth] = field(default_factory=dict)
    _read: dict[tuple[str, str], Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._facts = {fact.name: fact for fact in self.lowered.facts}
        self._derived = {fact.name: fact for fact in self.lowered.derived}

    # --- truths -------------------------------------------------------------------------------------------------------

    def truth(self, node: n.Node) -> Truth:
        """What a truth comes to."""
        found = self._truths.get(node)
        if found is None:
            try:
                found = self._truth(node)
            except NotLowered as reason:
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
                return self._joined(m.all_of, [self.truth(a) for a in many])
            case n.Any(operands=many):
                return self._joined(m.any_of, [self.truth(a) for a in many])
            case n.Compare(left=a, right=b) if n.is_truth(a) and n.is_truth(b):
                left, right = self.truth(a), self.truth(b)
                return self._pending(m.compare("eq", left.known, right.known), left.waits, right.waits)
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
                return self._pending(known, value.waits)
            case n.If(condition=c, yes=a, no=b):
                return self._chosen_truth(self.truth(c), self.truth(a), self.truth(b))
            case n.Operation(name="falls_under", operands=(subject,), settings=(ranges, negated)):
                place = self.value(subject)
                known = m.case(place.none, m.false, m.among(place.value, "under", (ranges, negated)))
                return self._pending(known, place.waits)
            case n.Read(source="fact", name=name):
                return self._stated_truth(self._facts[name])
            case n.Read(source="derived", name=name):
                return self._derived_truth(self._derived[name])
            case n.Read(source="applies"):
                raise NotLowered("asks whether a norm elsewhere applies")
            case n.Some() | n.Count() | n.Total():
                raise NotLowered("goes through the members of a list")
            case n.Operation(name="period_within"):
                raise NotLowered("measures a period")
            case _:
                raise NotLowered(f"{type(node).__name__.lower()} of a kind that columns do not have")

    def _settled(self, known: X) -> Truth:
        return Truth(known, self.maker.settled)

    def _pending(self, known: X, *waits: X) -> Truth:
        """A truth that waits for all of these where it is not known."""
        m = self.maker
        return Truth(known, m.case(m.is_null(known), m.waits(*waits), m.settled))

    def _joined(self, join: Callable[..., X], many: list[Truth]) -> Truth:
        known = join(*(truth.known for truth in many))
        return self._pending(known, *(truth.waits for truth in many))

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
        return self._pending(known, waits)

    def _stated_truth(self, fact: StatedFact) -> Truth:
        m = self.maker
        waits = m.lit(self.names.truth_of(fact.kind, fact.name), "waits")
        known = m.col(fact.name, "truth") if fact.name in self.stated else m.null
        if fact.absent is not UNKNOWN:
            known = m.first_known(known, m.lit(fact.absent is True, "truth"))
        return self._pending(known, waits)

    def _derived_truth(self, fact: LoweredFact) -> Truth:
        key = ("derived", fact.name)
        if key not in self._read:
            entries = [
                (self._joined(self.maker.all_of, [self.truth(b.trigger), self.truth(e.when)]), self.truth(e.value))
                for b in fact.branches
                for e in b.entries
            ]
            self._read[key] = self._settle_truth(entries, self.truth(fact.otherwise))
        found: Truth = self._read[key]
        return found

    def _settle_truth(self, entries: list[tuple[Truth, Truth]], otherwise: Truth) -> Truth:
        """What entries give a yes/no fact: what all that may hold agree on (`operations.derived_truth`)."""
        m = self.maker
        entries = [(holds, value) for holds, value in entries if not is_lit(holds.known, False)]
        if not entries:
            return otherwise
        if is_lit(otherwise.known, False) and all(is_lit(value.known, True) for _, value in entries):
            return self._joined(m.any_of, [holds for holds, _ in entries])
        sure_any = m.any_of(*(m.holds(holds.known) for holds, _ in entries))

        def agree(is_so: Callable[[X], X]) -> X:
            each = (m.any_of(m.fails(holds.known), is_so(value.known)) for holds, value in entries)
            return m.all_of(*each, m.any_of(sure_any, is_so(otherwise.known)))

        def some(is_so: Callable[[X], X]) -> X:
            return m.any_of(*(m.all_of(m.holds(holds.known), is_so(value.known)) for holds, value in entries))

        if len(entries) > 1:
            self.conflicts.append(m.all_of(some(m.holds), some(m.fails), m.negate(some(m.is_null))))
        known = m.case(agree(m.holds), m.true, m.case(agree(m.fails), m.false, m.null))
        parts = [m.case(m.fails(holds.known), m.settled, m.waits(holds.waits, value.waits)) for holds, value in entries]
        return self._pending(known, *parts, m.case(sure_any, m.settled, otherwise.waits))

    # --- comparisons --------------------------------------------------------------------------------------------------

    def _less(self, left: Value, right: Value, strict: bool) -> Truth:
        m = self.maker
        left, right = self._by_day(left, right)
        op, opposite = ("lt", "le") if strict else ("le", "lt")
        known = m.compare(op, left.value, right.value)  # type: ignore[arg-type]  # one of the three
        if left.low is not None or right.low is not None:
            low, high = _ends(left)
            other_low, other_high = _ends(right)
            surely = m.compare(op, high, other_low)  # type: ignore[arg-type]  # one of the three
            never = m.compare(opposite, other_high, low)  # type: ignore[arg-type]  # one of the three
            if not (is_lit(surely, None) and is_lit(never, None)):
                known = m.case(surely, m.true, m.case(never, m.false, m.null))
        return self._pending(known, left.waits, right.waits)

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
            left, right = self._by_day(left, right)
            known = m.compare("eq", left.value, right.value)
            if left.low is not None or right.low is not None:
                low, high = _ends(left)
                other_low, other_high = _ends(right)
                apart = m.any_of(m.holds(m.compare("lt", high, other_low)), m.holds(m.compare("lt", other_high, low)))
                known = m.case(apart, m.false, known)
        if not (is_lit(left.none, False) and is_lit(right.none, False)):
            one = m.all_of(left.none, m.negate(m.is_null(right.value)))
            other = m.all_of(right.none, m.negate(m.is_null(left.value)))
            known = m.case(m.all_of(left.none, right.none), m.true, m.case(m.any_of(one, other), m.false, known))
        return self._pending(known, left.waits, right.waits)

    def _by_day(self, left: Value, right: Value) -> tuple[Value, Value]:
        if {left.value.sort, right.value.sort} != {"date", "moment"}:
            return left, right
        return left._replace(value=self.maker.day(left.value)), right._replace(value=self.maker.day(right.value))

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
            case n.Operation(name="between", operands=(a, b)):
                left, right = self.value(a), self.value(b)
                if left.value.sort == right.value.sort == "moment":
                    raise NotLowered("reckons the minutes between two moments")
                days = m.days_between(m.day(left.value), m.day(right.value))
                waits = m.waits(left.waits, right.waits)
                return Value(days, m.false, waits, days, days, 4_000_000)
            case n.Operation(name="reckoned", operands=(a, b), settings=(operator, _)):
                return self._reckoned(str(operator), self.value(a), self.value(b))
            case n.Operation(name=name):
                raise NotLowered(f"reckons `{name}`")
            case n.Count() | n.Total() | n.Attribute():
                raise NotLowered("goes through the members of a list")
            case _:
                raise NotLowered(f"{type(node).__name__.lower()} of a kind that columns do not have")

    def _constant(self, value: object, type_: DataType) -> Value:
        m, sort = self.maker, sort_of(type_)
        if sort is None:
            raise NotLowered(f"has a {type_.kind} that no column holds")
        if value is None:
            return Value(m.lit(None, sort), m.true, m.lit(NOT_KNOWN, "waits"))
        if sort == "number":
            if isinstance(value, Fraction) and value.denominator == 1:
                value = value.numerator
            if not isinstance(value, int) or abs(value) > LARGEST:
                raise NotLowered("reckons with parts of a number")
            found = m.lit(value, sort)
            return Value(found, m.false, m.settled, found, found, abs(value))
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
        if yes.low is None or no.low is None:
            return Value(value, none, waits)
        low, high = pick(lambda v: v.low, value), pick(lambda v: v.high, value)
        return Value(value, none, waits, low, high, max(yes.most, no.most))

    def _moved(self, start: Value, length: Value, family: object, sign: int, counting: Any) -> Value:
        m = self.maker
        if start.value.sort != "date" or family not in ("days", "months"):
            raise NotLowered("moves a moment")
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
        waits = m.case(m.is_null(moved), m.waits(m.lit(NOT_KNOWN, "waits"), start.waits, length.waits), m.settled)
        return Value(moved, m.false, waits)

    def _reckoned(self, operator: str, left: Value, right: Value) -> Value:
        m = self.maker
        op: Any = {"+": "add", "-": "sub", "*": "mul"}[operator]
        value = m.reckon(op, left.value, right.value)
        waits = m.waits(left.waits, right.waits)
        (low, high), (other_low, other_high) = _ends(left), _ends(right)
        if op == "mul":
            if right.value.op != "lit":
                left, right, (low, high) = right, left, (other_low, other_high)
            factor = right.value.setting
            if right.value.op != "lit" or not isinstance(factor, int):
                raise NotLowered("multiplies two numbers of the case")
            ends = [m.reckon("mul", end, right.value) for end in (low, high)]
            if factor < 0:
                ends.reverse()
            if factor == 0 or is_lit(left.none, True):
                raise NotLowered("multiplies by nothing")
            return Value(value, m.false, waits, ends[0], ends[1], self._within(left.most * abs(factor)))
        least, most = (other_low, other_high) if op == "add" else (other_high, other_low)
        reached = self._within(left.most + right.most)
        return Value(value, m.false, waits, m.reckon(op, low, least), m.reckon(op, high, most), reached)

    def _within(self, reached: int) -> int:
        if reached > MOST_REACHED:
            raise NotLowered("reckons beyond 64 bits")
        return reached

    def _derived_value(self, fact: LoweredFact) -> Value:
        key = ("derived", fact.name)
        if key not in self._read:
            if sort_of(fact.type) is None or fact.type.several:
                raise NotLowered(f"reads `{fact.name}`, a {fact.type.kind}")
            entries = [
                (self._joined(self.maker.all_of, [self.truth(b.trigger), self.truth(e.when)]), self.value(e.value))
                for b in fact.branches
                for e in b.entries
            ]
            self._read[key] = self._settle_value(entries, self.value(fact.otherwise))
        found: Value = self._read[key]
        return found

    def _settle_value(self, entries: list[tuple[Truth, Value]], otherwise: Value) -> Value:
        """What entries give a derived fact: what all that may hold agree on (`operations.derived`)."""
        m = self.maker
        entries = [(holds, value) for holds, value in entries if not is_lit(holds.known, False)]
        if not entries:
            return otherwise
        if any(v.several or v.value.sort != otherwise.value.sort for _, v in entries):
            raise NotLowered("gives a fact values of two kinds")
        sure_any = m.any_of(*(m.holds(holds.known) for holds, _ in entries))
        candidates = [(m.negate(m.fails(holds.known)), value) for holds, value in entries]
        candidates.append((m.negate(sure_any), otherwise))

        def first(of: Callable[[Value], X | None], last: X) -> X:
            for may, value in reversed(candidates):
                part = of(value)
                assert part is not None  # all are of one sort
                last = m.case(may, part, last)
            return last

        nothing = m.lit(None, otherwise.value.sort)
        value, none = first(lambda v: v.value, nothing), first(lambda v: v.none, m.false)

        def alike(one: Value) -> X:
            same = m.holds(m.compare("eq", one.value, value))
            return m.any_of(m.all_of(one.none, none), same)

        agree = m.all_of(*(m.any_of(m.negate(may), alike(v)) for may, v in candidates))
        if len(entries) > 1:
            self.conflicts.append(self._values_clash(entries))
        known, is_none = m.case(agree, value, nothing), m.all_of(agree, none)
        parts = [m.case(m.fails(h.known), m.settled, m.waits(h.waits, v.waits)) for h, v in entries]
        pending = m.waits(*parts, m.case(sure_any, m.settled, otherwise.waits))
        waits = m.case(m.is_null(known), m.case(is_none, m.lit(NOT_KNOWN, "waits"), pending), m.settled)
        if otherwise.value.sort != "number":
            return Value(known, is_none, waits)
        # Bounds are those of the one that holds, where there is one.
        count = m.lit(0, "number")
        for may, _ in candidates:
            count = m.reckon("add", count, m.case(may, m.lit(1, "number"), m.lit(0, "number")))
        single = m.compare("eq", count, m.lit(1, "number"))
        ends = [m.case(single, first(lambda v, k=k: _ends(v)[k], nothing), known) for k in (0, 1)]  # type: ignore[misc]
        return Value(known, is_none, waits, ends[0], ends[1], max(v.most for _, v in candidates))

    def _values_clash(self, entries: list[tuple[Truth, Value]]) -> X:
        m = self.maker
        sure = [(m.holds(holds.known), value) for holds, value in entries]
        gap = m.any_of(
            *(m.all_of(s, m.is_null(v.value), m.negate(v.none)) for s, v in sure),
        )
        pairs: list[X] = []
        for place, (one, left) in enumerate(sure):
            for other, right in sure[:place]:
                if left.value is right.value and left.none is right.none:
                    continue
                differ = m.any_of(
                    m.fails(m.compare("eq", left.value, right.value)),
                    m.all_of(left.none, m.negate(m.is_null(right.value))),
                    m.all_of(right.none, m.negate(m.is_null(left.value))),
                )
                pairs.append(m.all_of(one, other, differ))
        return m.all_of(m.any_of(*pairs), m.negate(gap))


def _ends(value: Value) -> tuple[X, X]:
    return value.low or value.value, value.high or value.value


def gap_of(waits: int, low: object, high: object) -> object:
    """The value of `ternary` for what a row has of a value that is null there."""
    if waits == NOT_KNOWN:
        return NONE
    return Gap(waits) if low is None and high is None else Range(low, high, waits)


def reads_of(nodes: Iterable[n.Node], lowered: Lowered) -> tuple[set[str], set[str], set[str], set[str]]:
    """What nodes read, through derived facts too: stated facts, derived facts, clocks, norms elsewhere."""
    facts: set[str] = set()
    derived: set[str] = set()
    clocks: set[str] = set()
    applies: set[str] = set()
    by_name = {fact.name: fact for fact in lowered.derived}
    pending = list(nodes)
    while pending:
        for node in n.walk(pending.pop()):
            match node:
                case n.Read(source="fact", name=name):
                    facts.add(name)
                case n.Read(source="clock", name=name):
                    clocks.add(name)
                case n.Read(source="applies", name=name):
                    applies.add(name)
                case n.Read(source="derived", name=name) if name not in derived:
                    derived.add(name)
                    fact = by_name[name]
                    pending.append(fact.otherwise)
                    for branch in fact.branches:
                        pending.append(branch.trigger)
                        for entry in branch.entries:
                            pending += [entry.when, entry.value]
    return facts, derived, clocks, applies
