"""What decides a table: distinct vectors of slots by `decide/`, found by expressions over columns, joined back to rows.

Rows in which nothing is left open have their slots as bits of one number, and each number is decided once. Rows in
which something is not known have an outline first, which is all that verdict and citations take; what each slot waits
for is found where it is asked for. What is left is decided row by row, on the distinct combinations of what the action
reads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from mutandis.backends.columns.nodes import X, is_lit
from mutandis.backends.columns.plan import Stated, plan_columns
from mutandis.backends.columns.terms import MOST_NAMES, Outside, none_of, reads_of, unknown_of
from mutandis.backends.engine import Engine
from mutandis.backends.explained import read_by_norms, reads_throughout
from mutandis.backends.interpret.evaluate import Evaluation
from mutandis.backends.unit import Call, Unit, clocks
from mutandis.calendar.days_off import days_off_with
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.decide.outline import Outlines
from mutandis.decide.question import Question
from mutandis.decide.result import Decision
from mutandis.decide.ternary import ValueConflict
from mutandis.diagnostics import ContradictionError
from mutandis.ir import nodes as n
from mutandis.link.read_through import facts_read
from mutandis.link.reads import of_component, of_deadlines
from mutandis.table.contradictions import Contradictions
from mutandis.table.facts import TableFacts
from mutandis.table.members import Members, members_of, stating
from mutandis.table.memory import ERROR, MOST_BITS, Memory, Planned
from mutandis.table.open_rows import outlined, told_apart
from mutandis.table.stated import Definitions, by_what_is_stated, intervals, of_pattern
from mutandis.table.to_polars import ToPolars

Clock = dt.date | pl.Series | None
"""The clock of every row, or a column with one for each; None where no question has one."""


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A case that contradicts itself."""

    case: Mapping[str, object]
    error: ContradictionError


OfOpen = Callable[[Planned, Memory, ToPolars, pl.DataFrame], pl.Series]
"""What gives the codes of rows in which something is open."""


class TableEngine:
    """Decides the parts of one table about one question. What vectors came to is remembered for other tables too."""

    def __init__(self, engine: Engine, question: Question, memory: Memory | None = None) -> None:
        self.engine = engine
        self.question = question
        self.memory = memory or Memory()
        self.contradictions = Contradictions(engine.program.vocabulary)
        self.definitions = Definitions(engine)
        self._holed: set[str] = set()
        self._unusual: set[str] = set()

    # --- a table ------------------------------------------------------------------------------------------------------

    def codes(self, facts: TableFacts, at: Clock, whole: bool = False) -> pl.Series:
        """What each row comes to, as codes of outcomes; in `whole`, or else the outline where something is open.

        Rows that contradict themselves are in error, and in `contradictions`.
        """
        with self.memory.lock:
            if not whole:
                self.contradictions = Contradictions(self.engine.program.vocabulary)
            return self._codes(facts, at, outlined if not whole else told_apart)

    def _codes(self, facts: TableFacts, at: Clock, of_open: OfOpen) -> pl.Series:
        derived = [name for name in facts.stated if name in self.engine.statable]
        if not derived:
            return self._codes_of_plain(facts, at, of_open)
        if facts.holed.isdisjoint(derived):
            return self._codes_of_stating(frozenset(derived), facts, at, of_open)
        codes = pl.repeat(ERROR, facts.frame.height, dtype=pl.UInt32, eager=True)
        for names, rows in by_what_is_stated(facts, derived):
            part = of_pattern(facts, rows, [name for name in derived if name not in names])
            times = at.gather(rows) if isinstance(at, pl.Series) else at
            codes = codes.scatter(rows, self._codes_of_stating(names, part, times, of_open, rows))
        return codes

    def _codes_of_stating(
        self, names: frozenset[str], facts: TableFacts, at: Clock, of_open: OfOpen, rows: pl.Series | None = None
    ) -> pl.Series:
        """The codes of rows that all state these derived facts, and are those at `rows` of the table (None: all).

        Those that state them against their definition are told.
        """
        taking = TableEngine(self.engine.taking(names), self.question, self.memory)
        codes = taking._codes_of_plain(facts, at, of_open)
        self.contradictions.update(taking.contradictions, rows)
        wrong = self.definitions.contradicting(names, facts, at, self.question)
        if wrong is None:
            return codes
        telling = TableEngine(self.engine, self.question, self.memory)
        codes = telling._by_row(codes, wrong, facts, self._numbered(facts, at), at)
        self.contradictions.update(telling.contradictions, rows)
        return codes

    def _codes_of_plain(self, facts: TableFacts, at: Clock, of_open: OfOpen) -> pl.Series:
        frame = self._numbered(facts, at)
        if not isinstance(at, pl.Series):
            return self._without_bad(self._of_unit(self.unit(at), facts, frame, at, of_open), facts)
        days = self.days
        if self.question.law_as_of is not None or not days:
            version = self.question.version
            return self._without_bad(self._of_unit(self.unit(version), facts, frame, at, of_open), facts)
        interval = intervals(days, frame["|today"])
        codes = pl.repeat(ERROR, frame.height, dtype=pl.UInt32, eager=True)
        for index in interval.unique().sort().to_list():
            part = frame.filter(interval == index)
            version = days[index - 1] if index else days[0] - dt.timedelta(days=1)
            codes = codes.scatter(part["|row"], self._of_unit(self.unit(version), facts, part, at, of_open))
        return self._without_bad(codes, facts)

    def _numbered(self, facts: TableFacts, at: Clock) -> pl.DataFrame:
        """The table with its rows numbered, and with what a column of clocks says."""
        clock = self.clock_columns(at) if isinstance(at, pl.Series) else []
        return facts.frame.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("|row"), *clock)

    def _without_bad(self, codes: pl.Series, facts: TableFacts) -> pl.Series:
        return codes if facts.is_bad is None else codes.set(facts.is_bad, ERROR)

    def clock_columns(self, at: pl.Series) -> list[pl.Series]:
        """What a column of clocks says of today and now."""
        if at.dtype == pl.Date:
            return [at.alias("|today"), pl.Series("|now", [None], dtype=pl.Datetime("us")).new_from_index(0, len(at))]
        return [at.dt.date().alias("|today"), at.cast(pl.Datetime("us")).alias("|now")]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days on which the law of the action changes."""
        return self.engine.versions(self.question.action, self.question.by)

    def unit(self, at: dt.date | None) -> Unit:
        """What decides on a day (None: under the latest law)."""
        asked = self.question
        return self.engine.unit(asked.action, asked.by, asked.version_on(at))

    def _of_unit(self, unit: Unit, facts: TableFacts, frame: pl.DataFrame, at: Clock, of_open: OfOpen) -> pl.Series:
        """The codes of some rows of a table under one version of the law."""
        if unit.compares:
            everywhere = pl.repeat(True, frame.height, dtype=pl.Boolean, eager=True)
            return self._by_row(
                pl.repeat(None, frame.height, dtype=pl.UInt32, eager=True), everywhere, facts, frame, at
            )
        planned = self.planned(unit, facts, at)
        frame, by_row = self._with_outsides(planned, facts, frame, at)
        if facts.by_row is not None:
            mine = facts.by_row.gather(frame["|row"]).fill_null(False)
            by_row = mine if by_row is None else by_row | mine
        members = self._members(planned, facts)
        for name, lists in self._lists_left(unit, facts, members).items():
            mine = lists.gather(frame[name]).fill_null(False)
            by_row = mine if by_row is None else by_row | mine
        write = ToPolars(facts.words, planned.plan.lowering.maker, members)
        tops: dict[str, X] = {}
        if planned.settles:
            tops["key"] = _key(planned)
        if not is_lit(planned.plan.by_row, False):
            tops["by row"] = planned.plan.lowering.maker.holds(planned.plan.by_row)
        found = write.frame(frame, tops, planned.looked_up) if tops else pl.DataFrame()
        if "by row" in tops:
            by_row = found["by row"] if by_row is None else by_row | found["by row"]
        if planned.settles:
            codes = self._settled(planned, found)
        else:
            codes = pl.repeat(None, frame.height, dtype=pl.UInt32, eager=True)
        if by_row is not None and not by_row.any():
            by_row = None
        open_ = codes.is_null() if codes.null_count() else None
        if open_ is not None and by_row is not None:
            open_ &= ~by_row
        if open_ is not None and facts.is_bad is not None:
            open_ &= ~facts.is_bad.gather(frame["|row"])
        if open_ is not None and open_.any():
            codes = codes.scatter(open_.arg_true(), of_open(planned, self.memory, write, frame.filter(open_)))
        return codes if by_row is None else self._by_row(codes, by_row, facts, frame, at)

    def _members(self, planned: Planned, facts: TableFacts) -> dict[str, Members]:
        """The members of the lists that a plan goes through."""
        fact = planned.plan.lowering.fact
        return {
            name: members_of(facts.words[name], reads, fact(name).kind, planned.names)
            for name, reads in planned.members_read.items()
        }

    def _lists_left(self, unit: Unit, facts: TableFacts, members: Mapping[str, Members]) -> dict[str, pl.Series]:
        """Which of the lists of a table are left to the row engine; by the fact."""
        found = {name: one.is_left for name, one in members.items() if one.is_left.any()}
        lists = self.engine.lists if self.engine.lists_with_definitions(unit) else {}
        for name in lists.keys() & set(facts.stated):
            # What a member states of itself may contradict its definition, and is told where it stands in its place.
            states = stating(facts.words[name], lists[name][1])
            found[name] = found[name] | states if name in found else states
        return found

    def planned(self, unit: Unit, facts: TableFacts, at: object) -> Planned:
        """The plan of a unit for tables that state these facts."""
        rows_have_clocks = isinstance(at, pl.Series)
        # What was met once, a plan reckons with from then on: there are few plans, whatever the parts of a table have.
        self._holed |= facts.holed
        self._unusual |= facts.unusual
        facts_of = frozenset(facts.stated)
        stated = Stated(
            facts_of,
            frozenset(facts.nones),
            frozenset(facts.unknowns),
            facts_of - self._holed,
            facts_of - self._unusual,
        )
        key = (id(unit), stated, "of each row" if rows_have_clocks else at)
        found = self.memory.plans.get(key)
        if found is None or len(found.names.numbers) > max(len(unit.names.numbers), MOST_NAMES // 2):
            names = unit.names.copy()  # those that earlier rows brought are left behind
            maker = stated.maker(self.engine.program.vocabulary.facts)
            clock: dict[str, X] = {"today": maker.col("|today", "date"), "now": maker.col("|now", "moment")}
            if not rows_have_clocks:
                assert at is None or isinstance(at, dt.date)  # a clock, or a column of clocks
                known = [None if not isinstance(value, dt.date) else value for value in clocks(at)]
                clock = {"today": maker.lit(known[0], "date"), "now": maker.lit(known[1], "moment")}
            plan = plan_columns(unit, names, stated, clock, maker, self.question.holidays)
            truths = [slot.known for slot in plan.slots]
            bits = list({id(x): x for x in truths if x.op != "lit"}.values())
            settles = len(bits) <= MOST_BITS and not any(is_lit(x, None) for x in truths)
            settles = settles and not any(is_lit(x, True) for x in plan.open)
            found = self.memory.keep(key, Planned(unit, plan, names, bits, settles, Outlines(unit.plan)))
        return found

    # --- nothing open -------------------------------------------------------------------------------------------------

    def _settled(self, planned: Planned, found: pl.DataFrame) -> pl.Series:
        """The codes of vectors; null where something is open."""
        keys = found["key"]
        if not planned.can_look_up:
            distinct = keys.drop_nulls().unique()
            codes = pl.Series([self._vector(planned, key) for key in distinct.to_list()], dtype=pl.UInt32)
            right = pl.DataFrame({"key": distinct, "code": codes})
            joined = keys.alias("key").to_frame().join(right, on="key", how="left", maintain_order="left")
            return joined["code"]
        codes = found["code"]
        if codes.null_count() > keys.null_count():
            unmet = keys.filter(codes.is_null()).drop_nulls().unique()
            decided = pl.Series([self._vector(planned, key) for key in unmet.to_list()], dtype=pl.UInt32)
            planned.table = planned.table.clone().scatter(unmet.cast(pl.UInt32), decided)
            codes = planned.table.gather(keys)
        return codes

    def _vector(self, planned: Planned, key: int) -> int:
        code = planned.seen.get(key)
        if code is None:
            places = {id(x): place for place, x in enumerate(planned.bits)}
            truths = tuple(
                bool(x.setting) if x.op == "lit" else bool(key >> places[id(x)] & 1)
                for x in (slot.known for slot in planned.plan.slots)
            )
            code = planned.seen[key] = self.memory.code_of_shape(planned.unit.total_shapes[truths])
        return code

    # --- what is found by walking -------------------------------------------------------------------------------------

    def _with_outsides(
        self, planned: Planned, facts: TableFacts, frame: pl.DataFrame, at: Clock
    ) -> tuple[pl.DataFrame, pl.Series | None]:
        """The table with a column for each truth that has no expression; and where rows are left to the row engine."""
        by_row: pl.Series | None = None
        for outside in planned.plan.outsides:
            column, left = self._outside(planned, outside, facts, frame, at)
            frame = frame.with_columns(column.alias(outside.column))
            if left.any():
                by_row = left if by_row is None else by_row | left
        return frame, by_row

    def _outside(
        self, planned: Planned, outside: Outside, facts: TableFacts, frame: pl.DataFrame, at: Clock
    ) -> tuple[pl.Series, pl.Series]:
        unit = planned.unit
        names, derived, clocks_read, applies = reads_of([outside.node], unit.lowered)
        names |= read_by_norms(self.engine, applies, unit.version)
        columns = self._columns(facts, names)
        if isinstance(at, pl.Series) and (clocks_read or applies):
            columns += ["|today", "|now"]
        groups, place = _grouped(facts, frame, columns)
        rows = frame["|row"].gather(groups)
        cases = facts.cases(rows, [name for name in facts.stated if name in names])
        by_name = {fact.name: (k, fact) for k, fact in enumerate(unit.lowered.derived)}
        stated = {fact.name: fact for fact in unit.lowered.facts}
        days_off = days_off_with(unit.lowered.days_off, self.question.holidays)
        times = self._times(at, rows)
        truths: list[int | None] = []
        for case, time in zip(cases, times, strict=True):
            call = Call(self.engine, unit.version, case, time, self.question.holidays, planned.names.copy(), {})
            evaluation = Evaluation(call, stated, by_name, days_off)
            try:
                for name in derived:
                    evaluation.value(n.Read("derived", name, by_name[name][1].type))
                truth: int | None = evaluation.value(outside.node)
            except ValueConflict:
                truth = None
            if len(call.names.numbers) > MOST_NAMES:
                truth = None
            elif truth is not None:
                planned.names = call.names
            truths.append(truth)
        left = pl.Series([truth is None for truth in truths], dtype=pl.Boolean)
        found = pl.Series([-2 if truth is None else truth for truth in truths], dtype=pl.Int64)
        return found.gather(place), left.gather(place)

    def _columns(self, facts: TableFacts, names: Iterable[str]) -> list[str]:
        wanted = set(names)
        columns = [name for name in facts.stated if name in wanted]
        columns += [none_of(name) for name in facts.nones if name in wanted]
        return columns + [unknown_of(name) for name in facts.unknowns if name in wanted]

    def _times(self, at: Clock, rows: pl.Series) -> list[dt.date | None]:
        if isinstance(at, pl.Series):
            return at.gather(rows).to_list()
        return [at] * len(rows)

    # --- row by row ---------------------------------------------------------------------------------------------------

    def reads(self, unit: Unit) -> set[str]:
        """The facts that a decision of the unit, whole, may turn on."""
        component = unit.plan.component
        done = [t.Fact(unit.done)] if unit.done else []
        program = self.engine.program
        of_itself = facts_read(program, [*of_component(component), *of_deadlines(component), *done])
        return {*reads_throughout(unit), *of_itself}

    def _by_row(
        self, codes: pl.Series, where: pl.Series, facts: TableFacts, frame: pl.DataFrame, at: Clock
    ) -> pl.Series:
        if facts.is_bad is not None:
            where = where & ~facts.is_bad.gather(frame["|row"])
        part = frame.filter(where)
        if not part.height:
            return codes
        # A derived fact that is stated, of the case or of a member, has to agree with every other fact of its case.
        derived, lists = self.engine.program.derived, self.engine.lists
        is_given = any(name in derived or name in lists for name in facts.stated)
        names = set(facts.stated) if is_given else self.reads_of_all(at)
        place, decisions = self.decisions(facts, part, self._columns(facts, names), at)
        found = [self.memory.code_of(one if isinstance(one, Decision) else None) for one in decisions]
        wrong = {group: one for group, one in enumerate(decisions) if isinstance(one, Contradicted)}
        rows = pl.DataFrame({"group": place, "row": part["|row"]}).filter(pl.col("group").is_in(list(wrong)))
        for group, mine in rows.group_by("group", maintain_order=True).agg("row").iter_rows():
            self.contradictions.add(wrong[group].error, wrong[group].case, pl.Series(mine, dtype=pl.UInt32))
        return codes.scatter(where.arg_true(), pl.Series(found, dtype=pl.UInt32).gather(place))

    def reads_of_all(self, at: Clock) -> set[str]:
        """The facts that a decision may turn on, whichever version of the law decides."""
        if not isinstance(at, pl.Series):
            return self.reads(self.unit(at))
        days = self.days
        versions = [*days, days[0] - dt.timedelta(days=1)] if days else [dt.date.max]
        return set[str]().union(*(self.reads(self.unit(version)) for version in versions))

    def told(
        self, facts: TableFacts, frame: pl.DataFrame, names: Iterable[str], at: Clock, by_clock: bool
    ) -> tuple[pl.Series, list[Decision | None]]:
        """Which decision each row is told by, and these: one for each outcome and combination of the facts."""
        place, found = self.decisions(facts, frame, ["|code", *self._columns(facts, names)], at, by_clock)
        return place, [one if isinstance(one, Decision) else None for one in found]

    def decisions(
        self,
        facts: TableFacts,
        frame: pl.DataFrame,
        columns: Sequence[str],
        at: Clock,
        by_clock: bool = True,
    ) -> tuple[pl.Series, list[Decision | Contradicted | None]]:
        """Which decision each row has, and the decisions: one for each combination of columns.

        None stands for a row in error. With `by_clock` rows are told apart by their clocks too.
        """
        if isinstance(at, pl.Series) and by_clock:
            columns = [*columns, "|today", "|now"]
        groups, place = _grouped(facts, frame, columns)
        rows = frame["|row"].gather(groups)
        found: list[Decision | Contradicted | None] = []
        is_bad = facts.is_bad
        for case, time, row in zip(facts.cases(rows, facts.stated), self._times(at, rows), rows.to_list(), strict=True):
            found.append(None if is_bad is not None and is_bad[row] else self._decided(case, time))
        return place, found

    def _decided(self, case: Mapping[str, object], at: dt.date | None) -> Decision | Contradicted:
        try:
            return self.decide(case, at)
        except ContradictionError as error:
            return Contradicted(case, error)

    def decide(self, case: Mapping[str, object], at: dt.date | None) -> Decision:
        """The decision about one case. Raises `ContradictionError`."""
        return self.engine.answer(replace(self.question, at=at), case)


def _key(planned: Planned) -> X:
    m, plan = planned.plan.lowering.maker, planned.plan
    key = m.make("key", tuple(planned.bits), "number", None)
    # What is left open is more than its truths: its bounds make a difference.
    return m.case(m.any_of(*plan.open), m.lit(None, "number"), key)


def _grouped(facts: TableFacts, frame: pl.DataFrame, columns: Sequence[str]) -> tuple[Any, Any]:
    """The place of the first row of each combination of columns, and for every row which combination it has.

    A value that its column cannot hold is one of its own, as in `TableFacts.cases`.
    """
    if not columns:
        return pl.Series([0][: frame.height], dtype=pl.UInt32), pl.zeros(frame.height, pl.UInt32, eager=True)
    exact = {name: codes for name, (codes, _) in facts.exact.items() if name in columns}
    keys = frame.select(columns).with_columns(
        codes.gather(frame["|row"]).alias(f"|exact {name}") for name, codes in exact.items()
    )
    columns = keys.columns
    distinct = keys.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("|first"))
    distinct = distinct.unique(columns, keep="first", maintain_order=True)
    right = distinct.with_columns(pl.int_range(pl.len(), dtype=pl.UInt32).alias("|group"))
    joined = keys.join(right, on=list(columns), how="left", nulls_equal=True, maintain_order="left")
    return distinct["|first"], joined["|group"]
