"""The query that decides an action over a table of a database.

What norms come to (triggered or not, their requirements met or not, each maybe not known) is one number; for each such
number what is decided was worked out beforehand, by `decide/`. Citations are put together from the grounds that hold.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import Final

from sqlglot import exp

from mutandis.backends.columns.lower import ColumnLowering
from mutandis.backends.columns.nodes import NotLowered, X, is_lit, walk
from mutandis.backends.columns.plan import ColumnPlan, Stated, plan_columns
from mutandis.backends.columns.terms import none_of, sort_of
from mutandis.backends.explained import clocks_throughout
from mutandis.backends.stated import Definition
from mutandis.backends.unit import Unit
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE
from mutandis.decide.plan import GroundSlot, NormSlots
from mutandis.diagnostics import MutandisError
from mutandis.ir import nodes as n
from mutandis.sql.beforehand import KEY, Beforehand, Item, TooMany, places_of, triggered
from mutandis.sql.doubt import Doubt
from mutandis.sql.expressions import DIALECTS, GIVEN, PREFIX, ToSql, joined, summed, taken
from mutandis.sql.order import InOrder, Pieces, both, exclusion_of, ground_of, own_of, trigger_of
from mutandis.suggest import did_you_mean
from mutandis.vocabulary import FactDeclaration

SEPARATOR: Final = "; "
UNSETTLED: Final = "rows in which what is not known may matter have no verdict"
"""A comment in queries that have no answer for each of all combinations."""
LEFT_OUT: Final = "rows have no verdict in which what has no expression in SQL may matter"
"""A comment in queries without some of what the action asks for; the reasons stand after it."""
BAD: Final = f"{PREFIX}bad"
LEFT: Final = f"{PREFIX}left"
DECIDED: Final = f"{PREFIX}decided"


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


@dataclass(frozen=True, slots=True)
class _Answer:
    """What answers a row: expressions over the table, columns made of these stage by stage, and what is told."""

    tops: dict[str, X]
    stages: list[dict[str, exp.Expression]]
    verdict: exp.Expression
    citations: exp.Expression
    comment: str = ""


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
        reasons = {o.column: o.reason for o in self.plan.outsides}
        try:
            answer = self._decided_beforehand()
        except TooMany:
            answer = self._in_order()
        tops = {**answer.tops, BAD: self._bad(), LEFT: self._left(reasons)}
        read = {str(x.setting) for x in walk(list(tops.values())) if x.op == "col"}
        comments = [answer.comment] if answer.comment else []
        if outside := "; ".join(dict.fromkeys(reason for column, reason in reasons.items() if column in read)):
            tops = self._without_outsides(tops)
            if is_lit(tops[LEFT], True):
                raise NotLowered(outside)
            comments.append(f"{LEFT_OUT}: it {outside}")
        kept = self.table.kept or sorted(map(self._named, self.table.facts))
        told = exp.alias_(answer.verdict, "verdict"), exp.alias_(answer.citations, "citations")
        query = exp.select(*(exp.column(name, quoted=True) for name in kept), *told)
        before: exp.Expression = exp.to_table(self.table.name, dialect=self.dialect)
        for place, step in enumerate(filter(None, [*write.steps(tops), *answer.stages]), 1):
            added = [exp.alias_(column, name) for name, column in step.items()]
            stage = exp.select(exp.Star(), *added).from_(before)
            if self.dialect == "postgres":
                stage = stage.offset(0)  # else the planner writes each step out wherever a later one reads it
            query.with_(f"{PREFIX}step{place}", as_=stage, copy=False)
            before = exp.to_table(f"{PREFIX}step{place}")
        query.add_comments(comments)
        return query.from_(before)

    def _without_outsides(self, tops: Mapping[str, X]) -> dict[str, X]:
        """The same without what has no expression: rows in which that may matter are left."""
        m, doubt = self.plan.lowering.maker, Doubt(self.plan.lowering.maker, tops.values())
        found = {name: doubt.without(x) for name, x in tops.items()}
        return {**found, LEFT: m.any_of(doubt.where(tops.values()), m.holds(found[LEFT]))}

    def _decided_beforehand(self) -> _Answer:
        """The answer, looked up by what norms come to. Raises `TooMany`."""
        beforehand = Beforehand(self.unit, self.plan)
        norms = beforehand.norms()
        outcomes = beforehand.outcomes(norms)
        conditions: dict[X, str] = {}
        pieces = {
            position: self._pieces(self._places(slots), conditions)
            for position, slots in enumerate(self.unit.plan.norms)
            if any(position in items for _, items in outcomes)
        }
        digits = [digit for norm in norms for digit in norm.digits]
        tops: dict[str, X] = {f"{PREFIX}d{k}": digit.x for k, digit in enumerate(digits)}
        tops.update({name: x for x, name in conditions.items()})
        key = summed([exp.column(f"{PREFIX}d{k}") for k in range(len(digits))], places_of(digits))
        answers = [(spoken, [p for item in items for p in _said(item, pieces)]) for spoken, items in outcomes]
        return _Answer(tops, [{KEY: key}, {DECIDED: beforehand.code(outcomes)}], *_told(answers))

    def _in_order(self) -> _Answer:
        """The answer, found by the order among norms: of rows in which all that decides is known."""
        m, known, order = self.plan.lowering.maker, [slot.known for slot in self.plan.slots], InOrder(self.unit.plan)
        tops: dict[str, X] = {}
        conditions: dict[X, str] = {}
        pieces: dict[int, Pieces] = {}
        for position, slots in enumerate(self.unit.plan.norms):
            tops[trigger_of(position)] = triggered(self.plan, slots)
            if slots.direction in ("may", "must", "limits"):
                is_held = slots.direction != "limits" or not slots.norm.opaque
                tops[own_of(position)] = m.all_of(*(known[q.truth] for q in slots.requires)) if is_held else m.null
            if not slots.part_beats:
                pieces[position] = self._pieces(self._places(slots), conditions)
                continue
            tops.update({ground_of(position, k): known[g.truth] for k, g in enumerate(slots.grounds)})
            tops.update({exclusion_of(position, k): known[at] for k, at in enumerate(slots.exclusions)})
            inner = [self._pieces(self._innermost(g, m.true), conditions) for g in slots.grounds]
            pieces[position] = order.standing(position, inner)
        tops.update({name: x for x, name in conditions.items()})
        decided = exp.Case().when(order.outside(), exp.null())
        answers: list[tuple[str, Pieces]] = []
        cited: dict[str, exp.Expression] = {}
        for code, (spoken, given, parts) in enumerate(order.verdicts()):
            decided.when(given, exp.Literal.number(code), copy=False)
            said: Pieces = []
            for number, (condition, position) in enumerate([*parts, *order.restoring(parts)]):
                name = f"{PREFIX}cited{code}_{number}"
                cited[name] = condition
                said += [(both(exp.column(name), where), text) for where, text in pieces[position]]
            answers.append((spoken.value, said))
        return _Answer(tops, [*order.stages(), {DECIDED: decided, **cited}], *_told(answers), UNSETTLED)

    # --- columns ------------------------------------------------------------------------------------------------------

    def _named(self, fact: str) -> str:
        return fact.replace(".", "_") if self.table.underscores else fact

    def _column(self, name: str) -> exp.Expression:
        """A column as the plan reckons with it."""
        if name == "|today":
            return taken(exp.column(str(self.table.clock), quoted=True), "date", self.dialect)
        if name.endswith("|none"):
            said = exp.column(self._named(name.removesuffix("|none") + ".none"), quoted=True)
            return exp.Coalesce(this=said, expressions=[exp.false()])
        if name.endswith(GIVEN):
            fact = name.removesuffix(GIVEN)
            return exp.column(str(self.table.clock) if fact == "|today" else self._named(fact), quoted=True)
        column: exp.Expression = exp.column(self._named(name), quoted=True)
        declared = self.facts[name]
        if declared.type.several:
            return exp.cast(column, "text[]")
        sort = sort_of(declared.type)
        if sort not in ("number", "date", "moment"):
            return column
        return taken(column, sort, self.dialect, _size_of(declared))

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
                found += self._outside(declared, low, declared.maximum)
        return m.any_of(*map(m.holds, found))

    def _left(self, reasons: dict[str, str]) -> X:
        """Where the row engine has to decide: rules contradict each other, a limit is to be found, values that are
        unusual or have parts, a derived fact that is not stated, or against its definition, a clock that has the moment
        where that is read. What has no expression is added to `reasons`."""
        m = self.plan.lowering.maker
        found = [self.plan.by_row, *(x for one in self.definitions for x in self._not_given(one, reasons))]
        is_open = dict(zip(self.unit.plan.parameters, self.plan.open, strict=True))
        for slots in self.unit.plan.norms:
            bounds = [q.bound.parameter for q in slots.requires if q.bound is not None]
            may_be_called = m.negate(m.fails(triggered(self.plan, slots)))
            found += [m.all_of(is_open[parameter], may_be_called) for parameter in bounds]
        for name in sorted(self.table.facts):
            match sort_of(self.facts[name].type):
                case "date" | "moment" | "number" as sort:
                    size = _size_of(self.facts[name])
                    found.append(m.negate(m.make("whole", (m.col(name, sort),), "truth", size)))
                case "word" if self.facts[name].type.kind == "provision":
                    found.append(m.negate(m.make("printed", (m.col(name, "word"),), "truth")))
        clocks = clocks_throughout(self.unit).union(*(one.lowered.clocks for one in self.definitions))
        if self.table.clock is not None and clocks:
            asked = "whole" if "now" in clocks else "usual"
            found.append(m.negate(m.make(asked, (m.col("|today", "date"),), "truth", 1)))
        return m.any_of(*map(m.holds, found))

    def _outside(self, declared: FactDeclaration, low: int | None, high: int | None) -> Iterator[X]:
        """Where the value of a number, as the table has it, is less than `low`, and where it is more than `high`."""
        m, size = self.plan.lowering.maker, _size_of(declared)
        given = m.make("given", (m.col(declared.name, "number"),), "number")
        if low is not None:
            yield m.compare("lt", given, m.lit(-(-low // size), "number"))
        if high is not None:
            yield m.compare("lt", m.lit(high // size, "number"), given)

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
            own = m.reckon("mul", stated, m.lit(follows.per, "number")) if follows.per != 1 else stated
            found.append(m.negate(m.compare("eq", follows.value, own)))
        reasons.update({o.column: o.reason for o in lowering.outsides.values()})
        return found + lowering.conflicts

    # --- what norms come to -------------------------------------------------------------------------------------------

    def _places(self, slots: NormSlots) -> list[tuple[X, str]]:
        """The places that a norm is cited by, each with the condition under which it is."""
        m, known = self.plan.lowering.maker, [slot.known for slot in self.plan.slots]

        holds = [m.holds(known[g.truth]) for g in slots.grounds]
        found = [p for g, holding in zip(slots.grounds, holds, strict=True) for p in self._innermost(g, holding)]
        found.append((m.negate(m.any_of(*holds)), str(slots.norm.citation)))
        said: dict[str, X] = {}
        places: list[tuple[X, str]] = []
        for condition, text in found:
            if text in said:
                condition, said[text] = m.all_of(condition, m.negate(said[text])), m.any_of(said[text], condition)
            else:
                said[text] = condition
            places.append((condition, text))
        return places

    def _innermost(self, slot: GroundSlot, under: X) -> Iterator[tuple[X, str]]:
        """The innermost grounds of a ground that holds `under` a condition, each with where it does."""
        m = self.plan.lowering.maker
        holds = [m.holds(self.plan.slots[g.truth].known) for g in slot.inner]
        for inner, inside in zip(slot.inner, holds, strict=True):
            yield from self._innermost(inner, m.all_of(under, inside))
        yield m.all_of(under, m.negate(m.any_of(*holds))), str(slot.ground.citation)

    def _pieces(self, places: Iterable[tuple[X, str]], conditions: dict[X, str]) -> Pieces:
        """Places with the column of their condition, which is added to `conditions` (None: always)."""
        found: Pieces = []
        for condition, text in places:
            if is_lit(condition, True):
                found.append((None, text))
            elif not is_lit(condition, False):
                found.append((exp.column(conditions.setdefault(condition, f"{PREFIX}p{len(conditions)}")), text))
        return found


def _size_of(declared: FactDeclaration) -> int:
    """How many base units one of a column of the fact is."""
    return UNIT_IN_BASE[declared.unit.removesuffix("s")][1] if declared.type.kind == "duration" else 1


def _said(item: Item, pieces: Mapping[int, Pieces]) -> Pieces:
    """What is cited by a place, or by the norm of a position."""
    return [(None, item)] if isinstance(item, str) else pieces[item]


def _told(answers: Iterable[tuple[str, Pieces]]) -> tuple[exp.Case, exp.Case]:
    """The verdict and the citations of a row: in error, left, or of the answer whose number it was decided to have."""
    verdict = exp.Case().when(exp.column(BAD), exp.Literal.string("error"))
    citations = exp.Case().when(exp.column(BAD), exp.Literal.string(""))
    for one in (verdict, citations):
        one.when(exp.column(LEFT), exp.cast(exp.null(), "varchar"), copy=False)
    for code, (spoken, said) in enumerate(answers):
        where = exp.EQ(this=exp.column(DECIDED), expression=exp.Literal.number(code))
        verdict.when(where, exp.Literal.string(spoken), copy=False)
        citations.when(where.copy(), _joined(said), copy=False)
    return verdict, citations


def _joined(places: Iterable[tuple[exp.Expression | None, str]]) -> exp.Expression:
    """What is cited, each place once, where its condition holds."""
    said: dict[str, exp.Expression | None] = {}
    parts: Pieces = []
    for mine, text in places:
        if text not in said:
            parts.append((mine, text))
            said[text] = mine
            continue
        before = said[text]
        if before is not None:
            first = exp.not_(exp.paren(exp.Coalesce(this=before.copy(), expressions=[exp.false()])))
            parts.append((first if mine is None else exp.paren(exp.and_(mine.copy(), first)), text))
            said[text] = None if mine is None else exp.paren(exp.or_(before.copy(), mine.copy()))
    return joined(parts, SEPARATOR) if parts else exp.Literal.string("")
