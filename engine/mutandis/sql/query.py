"""The query that decides an action over a table of a database.

What norms come to (triggered or not, their requirements met or not, each maybe not known) is one number; for each such
number what is decided was worked out beforehand, by `decide/`. Citations are put together from the grounds that hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import product
from math import prod
from typing import Final

from sqlglot import exp

from mutandis.backends.columns.lower import ColumnLowering
from mutandis.backends.columns.nodes import NotLowered, Sort, X, is_lit, walk
from mutandis.backends.columns.plan import ColumnPlan, Stated, plan_columns
from mutandis.backends.columns.spans import USUAL_DAYS
from mutandis.backends.columns.terms import LARGEST, none_of, sort_of
from mutandis.backends.stated import Definition
from mutandis.backends.unit import Unit
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE
from mutandis.decide.plan import GroundSlot, NormSlots
from mutandis.decide.ternary import FALSE, TRUE, UNDEFINED
from mutandis.diagnostics import MutandisError
from mutandis.ir import nodes as n
from mutandis.sql.expressions import DIALECTS, PREFIX, ToSql, joined, summed
from mutandis.suggest import did_you_mean
from mutandis.vocabulary import FactDeclaration

MOST_COMBINATIONS: Final = 8_000
"""Of how many combinations of what norms come to the decisions are written into a query."""
SEPARATOR: Final = "; "
BAD: Final = f"{PREFIX}bad"
LEFT: Final = f"{PREFIX}left"
KEY: Final = f"{PREFIX}key"
DECIDED: Final = f"{PREFIX}decided"
DIGITS: Final = (FALSE, TRUE, UNDEFINED)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a database: its name, the facts it has columns for, those of which it says where there is none.

    `full` are facts that are known in every row. `kept` are the columns that stand beside the decision; none: those of
    the facts. With `underscores` a column is named with `_` for `.`. `clock` is the column with the day of each row.
    """

    name: str = "cases"
    facts: frozenset[str] = frozenset()
    nones: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()
    kept: tuple[str, ...] = ()
    underscores: bool = False
    clock: str | None = None


@dataclass(slots=True)
class _Norm:
    """A norm in a key: its digits, and for each combination of these the truths of its slots."""

    digits: list[_Digit]
    combinations: list[tuple[tuple[int, ...], dict[int, int]]]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class _Digit:
    """A truth in a key, and what it may come to: false, true, not known, or waiting for parameters (and for facts)."""

    x: X
    values: tuple[int, ...]
    of: tuple[int, ...]


Item = int | str
"""What is cited: a norm by its position, whose grounds are those that hold, or a place."""
Outcomes = dict[tuple[str, tuple[Item, ...]], list[int]]
"""What is decided, a verdict and what is cited, each with the keys that lead to it."""


def write_query(
    unit: Unit,
    facts: Mapping[str, FactDeclaration],
    table: Table,
    dialect: str,
    at: dt.date | None,
    definitions: Sequence[Definition],
) -> str:
    """The query. `definitions` are those of the derived facts that the table states, which the unit takes as given.

    Raises `MutandisError` where the action cannot be decided in SQL, which says why.
    """
    if dialect not in DIALECTS:
        help_ = did_you_mean(dialect, DIALECTS, f"one of {', '.join(DIALECTS)}")
        raise MutandisError(f"there is no dialect `{dialect}`: {help_}")
    return _Query(unit, facts, table, dialect, at, definitions).text()


@dataclass(slots=True)
class _Query:
    unit: Unit
    facts: Mapping[str, FactDeclaration]
    table: Table
    dialect: str
    at: dt.date | None
    definitions: Sequence[Definition]
    plan: ColumnPlan = field(init=False)

    def text(self) -> str:
        unit, table = self.unit, self.table
        if unit.compares:
            raise self._refused("compares the law of two days, of which the milder one decides")
        days = {name for name in table.facts if sort_of(self.facts[name].type) == "date"}
        stated = Stated(table.facts, table.nones, frozenset(), table.full, frozenset(days))
        maker = stated.maker(self.facts)
        today = maker.col("|today", "date")
        now = maker.lit(self.at if isinstance(self.at, dt.datetime) else None, "moment")
        if table.clock is None:
            at = self.at
            today = maker.lit(at.date() if isinstance(at, dt.datetime) else at, "date")
        self.plan = plan_columns(unit, unit.names.copy(), stated, {"today": today, "now": now}, maker, lists=False)
        several = frozenset(name for name in table.facts if self.facts[name].type.several)
        write = ToSql(maker, self.dialect, self._column, several)
        try:
            return self._written(write).sql(self.dialect, pretty=True)
        except NotLowered as reason:
            raise self._refused(str(reason)) from reason

    def _refused(self, reason: str) -> MutandisError:
        action = self.unit.plan.component.action
        return MutandisError(
            f"`{action}` cannot be decided in SQL, which has no expression for it: it {reason}; "
            "decide it with `mutandis batch` or `Rulebook.decide_table`"
        )

    def _written(self, write: ToSql) -> exp.Select:
        plan = self.plan
        reasons = {o.column: o.reason for o in plan.outsides}
        norms = [self._norm(slots) for slots in self.unit.plan.norms]
        outcomes = self._outcomes(norms)
        pieces = {
            position: self._places(slots)
            for position, slots in enumerate(self.unit.plan.norms)
            if any(position in items for _, items in outcomes)
        }
        digits = [digit for norm in norms for digit in norm.digits]
        tops: dict[str, X] = {f"{PREFIX}d{k}": digit.x for k, digit in enumerate(digits)}
        conditions: dict[X, str] = {}
        for places in pieces.values():
            for condition, _ in places:
                if condition is not None and condition.op != "lit":
                    conditions.setdefault(condition, f"{PREFIX}p{len(conditions)}")
        tops.update({name: x for x, name in conditions.items()})
        tops[BAD], tops[LEFT] = self._bad(), self._left(reasons)
        read = {str(x.setting) for x in walk(list(tops.values())) if x.op == "col"}
        if outside := dict.fromkeys(reason for column, reason in reasons.items() if column in read):
            raise NotLowered("; ".join(outside))
        steps = [
            *write.steps(tops),
            {KEY: summed([exp.column(f"{PREFIX}d{k}") for k in range(len(digits))], _places(digits))},
            {DECIDED: self._code(outcomes)},
        ]
        verdict, citations = self._told(outcomes, pieces, conditions)
        kept = self.table.kept or sorted(map(self._named, self.table.facts))
        told = exp.alias_(verdict, "verdict"), exp.alias_(citations, "citations")
        query = exp.select(*(exp.column(name, quoted=True) for name in kept), *told)
        before: exp.Expression = exp.to_table(self.table.name, dialect=self.dialect)
        for place, step in enumerate(filter(None, steps), 1):
            added = [exp.alias_(column, name) for name, column in step.items()]
            stage = exp.select(exp.Star(), *added).from_(before)
            if self.dialect == "postgres":
                stage = stage.offset(0)  # else the planner writes each step out wherever a later one reads it
            query.with_(f"{PREFIX}step{place}", as_=stage, copy=False)
            before = exp.to_table(f"{PREFIX}step{place}")
        return query.from_(before)

    # --- columns ------------------------------------------------------------------------------------------------------

    def _named(self, fact: str) -> str:
        return fact.replace(".", "_") if self.table.underscores else fact

    def _column(self, name: str) -> exp.Expression:
        """A column as the plan reckons with it."""
        if name == "|today":
            return exp.cast(exp.column(str(self.table.clock), quoted=True), "date")
        if name.endswith("|none"):
            said = exp.column(self._named(name.removesuffix("|none") + ".none"), quoted=True)
            return exp.Coalesce(this=said, expressions=[exp.false()])
        column: exp.Expression = exp.column(self._named(name), quoted=True)
        declared = self.facts[name]
        if declared.type.several:
            return exp.cast(column, "text[]")
        match sort_of(declared.type):
            case "date":
                return exp.cast(column, "date")
            case "number" if declared.type.kind == "duration":
                size = UNIT_IN_BASE[declared.unit.removesuffix("s")][1]
                column = exp.cast(column, "bigint")
                return column if size == 1 else exp.paren(exp.Mul(this=column, expression=exp.Literal.number(size)))
            case "number":
                return exp.cast(column, "bigint")
        return column

    def _bad(self) -> X:
        """Where a value is not allowed."""
        m = self.plan.lowering.maker
        found: list[X] = []
        for name in sorted(self.table.facts):
            declared = self.facts[name]
            type_, sort = declared.type, sort_of(declared.type)
            if type_.kind == "enum" and type_.values and not type_.open:
                said = m.col(name, "word")
                told = m.make("within", (said,), "truth", type_.values)
                found.append(m.negate(told if type_.several else m.among(said, "is", type_.values)))
            if sort == "number":
                low = declared.minimum
                if low is None and type_.kind in ("count", "duration"):
                    low = 0
                found += self._outside(name, "number", low, declared.maximum)
        return m.any_of(*map(m.holds, found))

    def _left(self, reasons: dict[str, str]) -> X:
        """Where the row engine has to decide: rules contradict each other, a limit is to be found, unusual values, a
        derived fact that is not stated, or against its definition. What has no expression is added to `reasons`."""
        m = self.plan.lowering.maker
        found = [self.plan.by_row, *(x for one in self.definitions for x in self._not_given(one, reasons))]
        is_open = dict(zip(self.unit.plan.parameters, self.plan.open, strict=True))
        for slots in self.unit.plan.norms:
            bounds = [q.bound.parameter for q in slots.requires if q.bound is not None]
            may_be_called = m.negate(m.fails(self._triggered(slots)))
            found += [m.all_of(is_open[parameter], may_be_called) for parameter in bounds]
        for name in sorted(self.table.facts):
            match sort_of(self.facts[name].type):
                case "date":
                    found += self._outside(name, "date", *map(dt.date.fromordinal, USUAL_DAYS))
                case "moment":
                    found += self._outside(name, "moment", *map(dt.datetime.fromordinal, USUAL_DAYS))
                case "word" if self.facts[name].type.kind == "provision":
                    found.append(m.negate(m.make("printed", (m.col(name, "word"),), "truth")))
                case "number":
                    found += self._outside(name, "number", -LARGEST, LARGEST)
        return m.any_of(*map(m.holds, found))

    def _outside(self, name: str, sort: Sort, low: object, high: object) -> list[X]:
        """Where the value of a fact is less than `low`, and where it is more than `high` (None: any is allowed)."""
        m = self.plan.lowering.maker
        column = m.col(name, sort)
        below = [] if low is None else [m.compare("lt", column, m.lit(low, sort))]
        return below if high is None else [*below, m.compare("lt", m.lit(high, sort), column)]

    def _not_given(self, definition: Definition, reasons: dict[str, str]) -> list[X]:
        """Where a derived fact is not stated, or something else follows."""
        base, name, type_ = self.plan.lowering, definition.node.name, definition.type
        m = base.maker
        stated = m.col(name, sort_of(type_) or "word")
        none = m.col(none_of(name), "truth") if name in base.nones else m.false
        found = [m.all_of(m.is_null(stated), m.negate(none))]
        if not definition.speaks:
            return found
        said = base.stated, base.nones, base.unknowns
        lowering = ColumnLowering(
            definition.reader,
            base.names,
            *said,
            base.clock,
            m,
            base.off,
            outsides=base.outsides,
            lowered=definition.lowered,
            lists=False,
        )
        read = n.Read("derived", name, type_)
        if n.is_truth(read):
            found.append(m.negate(m.compare("eq", lowering.truth(read).known, stated)))
        else:
            follows = lowering.value(read)
            found.append(m.all_of(m.holds(follows.none), m.negate(none)))
            found.append(m.all_of(none, m.negate(m.is_null(follows.value))))
            found.append(m.negate(m.compare("eq", follows.value, stated)))
        reasons.update({o.column: o.reason for o in lowering.outsides.values()})
        return found + lowering.conflicts

    # --- what norms come to -------------------------------------------------------------------------------------------

    def _norm(self, slots: NormSlots) -> _Norm:
        """What of a norm stands in the key: whether it is triggered and its requirements are met, or all its slots."""
        m, known = self.plan.lowering.maker, [slot.known for slot in self.plan.slots]
        requires = [q.truth for q in slots.requires]
        others = slots.places()[0]
        if slots.part_beats or any(at is not None for at in slots.exempting):
            places = [slots.base, *others]
            digits = [self._waiting(p) if p in requires else self._digit(known[p]) for p in places]
            self._few(prod(len(d.values) for d in digits))
            every = product(*(d.values for d in digits))
            return _Norm(digits, [(values, dict(zip(places, values, strict=True))) for values in every], True)
        triggered = self._triggered(slots)
        apart = [place for place in requires if self._waiting(place).of != DIGITS]
        together = [place for place in requires if place not in apart]
        met = m.all_of(*(known[place] for place in together))
        digits = [self._digit(triggered), self._digit(met), *map(self._waiting, apart)]
        self._few(prod(len(d.values) for d in digits))
        combinations: list[tuple[tuple[int, ...], dict[int, int]]] = []
        for values in product(*(d.values for d in digits)):
            trigger, own, *rest = values
            truths = dict.fromkeys(others, trigger if trigger == FALSE else TRUE)
            truths.update(dict.fromkeys(slots.exclusions, FALSE))
            truths.update(dict.fromkeys(together, own))
            truths.update(zip(apart, rest, strict=True))
            truths[slots.base] = trigger
            combinations.append((values, truths))
        return _Norm(digits, combinations, False)

    def _triggered(self, slots: NormSlots) -> X:
        """Whether a norm is triggered; of one that gives way in part, whether it may be."""
        m, known = self.plan.lowering.maker, [slot.known for slot in self.plan.slots]
        if slots.part_beats:
            return known[slots.base]
        grounds = [m.any_of(*(known[g.truth] for g in slots.grounds))] if slots.grounds else []
        return m.all_of(known[slots.base], *grounds, *(m.negate(known[e]) for e in slots.exclusions))

    def _few(self, count: int) -> None:
        if count > MOST_COMBINATIONS:
            raise NotLowered(f"has norms that may come to {count:,} things together")

    def _digit(self, x: X) -> _Digit:
        if x.op == "lit":
            values: tuple[int, ...] = (UNDEFINED if x.setting is None else TRUE if x.setting else FALSE,)
        else:
            values = (FALSE, TRUE) if x.sure else DIGITS
        return _Digit(self.plan.lowering.maker.make("digit", (x,), "number"), values, DIGITS)

    def _waiting(self, place: int) -> _Digit:
        """A requirement, told apart by whether it waits for parameters, for something else, or for both."""
        slot, names, m = self.plan.slots[place], self.plan.lowering.names, self.plan.lowering.maker
        plain = self._digit(slot.known)
        waits = [~x.setting for x in walk([slot.waits]) if x.op == "lit" and isinstance(x.setting, int)]
        bits = 0
        for found in waits:
            bits |= found
        if UNDEFINED not in plain.values or not bits & names.parameters:
            return plain
        others = names.facts | names.wording
        parameter = ~(_lowest(names.parameters) | 1)
        both = parameter & ~(_lowest(bits & others) | 1)
        values = (*plain.values, parameter, *([both] if bits & others else []))
        x = m.make("digit", (slot.known, slot.waits), "number", (~names.parameters, ~others))
        return _Digit(x, values, (*DIGITS, parameter, both))

    def _outcomes(self, norms: list[_Norm]) -> Outcomes:
        """What is decided for each combination of what norms come to."""
        self._few(prod(len(norm.combinations) for norm in norms))
        unit, names = self.unit, self.plan.lowering.names
        digits = [digit for norm in norms for digit in norm.digits]
        found: Outcomes = {}
        numbers = (None,) * (unit.plan.bounds + len(unit.plan.parameters))
        for chosen in product(*(norm.combinations for norm in norms)):
            truths = [FALSE] * unit.plan.truths
            for _, mine in chosen:
                for place, truth in mine.items():
                    truths[place] = truth
            shape = unit.shape_of_read(tuple(truths), numbers, 0, names)
            items: list[Item] = []
            for (position, _), cited in zip(shape.picked, shape.cited, strict=True):
                items += cited.provisions if norms[position].is_whole else [position]
            values = [value for values, _ in chosen for value in values]
            key = sum(d.of.index(v) * place for d, v, place in zip(digits, values, _places(digits), strict=True))
            found.setdefault((shape.verdict.value, tuple(dict.fromkeys(items))), []).append(key)
        return found

    def _places(self, slots: NormSlots) -> list[tuple[X | None, str]]:
        """The places that a norm is cited by, each with the condition under which it is (None: always)."""
        m, known = self.plan.lowering.maker, [slot.known for slot in self.plan.slots]

        def innermost(slot: GroundSlot, under: X) -> Iterator[tuple[X, str]]:
            holds = [m.holds(known[g.truth]) for g in slot.inner]
            for inner, inside in zip(slot.inner, holds, strict=True):
                yield from innermost(inner, m.all_of(under, inside))
            yield m.all_of(under, m.negate(m.any_of(*holds))), str(slot.ground.citation)

        holds = [m.holds(known[g.truth]) for g in slots.grounds]
        found = [p for g, holding in zip(slots.grounds, holds, strict=True) for p in innermost(g, holding)]
        found.append((m.negate(m.any_of(*holds)), str(slots.norm.citation)))
        said: dict[str, X] = {}
        places: list[tuple[X | None, str]] = []
        for condition, text in found:
            if text in said:
                condition, said[text] = m.all_of(condition, m.negate(said[text])), m.any_of(said[text], condition)
            else:
                said[text] = condition
            if not is_lit(condition, False):
                places.append((None if is_lit(condition, True) else condition, text))
        return places

    # --- the answer ---------------------------------------------------------------------------------------------------

    def _code(self, outcomes: Outcomes) -> exp.Expression:
        """The number of what is decided."""
        most = max(range(len(outcomes)), key=lambda k: len(list(outcomes.values())[k]))
        if len(outcomes) == 1:
            return exp.Literal.number(0)
        found = exp.Case()
        for code, keys in enumerate(outcomes.values()):
            if code != most:
                of_these = [exp.Literal.number(key) for key in sorted(keys)]
                found.when(exp.In(this=exp.column(KEY), expressions=of_these), exp.Literal.number(code), copy=False)
        return found.else_(exp.Literal.number(most), copy=False)

    def _told(
        self,
        outcomes: Outcomes,
        pieces: dict[int, list[tuple[X | None, str]]],
        conditions: dict[X, str],
    ) -> tuple[exp.Expression, exp.Expression]:
        def case() -> exp.Case:
            return exp.Case().when(exp.column(BAD), exp.Literal.string("error"))

        verdict, citations = case(), exp.Case().when(exp.column(BAD), exp.Literal.string(""))
        for one, said in ((verdict, "varchar"), (citations, "varchar")):
            one.when(exp.column(LEFT), exp.cast(exp.null(), said), copy=False)
        for code, (spoken, items) in enumerate(outcomes):
            where = exp.EQ(this=exp.column(DECIDED), expression=exp.Literal.number(code))
            verdict.when(where, exp.Literal.string(spoken), copy=False)
            parts = self._parts(items, pieces, conditions)
            cited = joined(parts, SEPARATOR) if parts else exp.Literal.string("")
            citations.when(where.copy(), cited, copy=False)
        return verdict, citations

    def _parts(
        self, items: Sequence[Item], pieces: dict[int, list[tuple[X | None, str]]], conditions: dict[X, str]
    ) -> list[tuple[exp.Expression | None, str]]:
        """What is cited, each place once, with the condition under which it is."""
        said: dict[str, exp.Expression | None] = {}
        parts: list[tuple[exp.Expression | None, str]] = []
        for item in items:
            for condition, text in [(None, item)] if isinstance(item, str) else pieces[item]:
                mine = None if condition is None else exp.column(conditions[condition])
                if text in said:
                    before = said[text]
                    if before is None:
                        continue
                    first = exp.not_(exp.paren(before.copy()))
                    parts.append((first if mine is None else exp.paren(exp.and_(mine, first)), text))
                    said[text] = None if mine is None else exp.paren(exp.or_(before.copy(), mine.copy()))
                else:
                    parts.append((mine, text))
                    said[text] = mine
        return parts


def _places(digits: Sequence[_Digit]) -> list[int]:
    """What each digit counts in a key."""
    found, place = [], 1
    for digit in digits:
        found.append(place)
        place *= len(digit.of)
    return found


def _lowest(bits: int) -> int:
    return bits & -bits
