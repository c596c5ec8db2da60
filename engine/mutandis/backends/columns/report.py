"""Which parts of an action are expressions over columns, and which are found on distinct combinations, and why."""

from __future__ import annotations

from mutandis.backends.columns.nodes import Maker, X, walk
from mutandis.backends.columns.plan import ColumnPlan, Stated, plan_columns
from mutandis.backends.explained import reads_throughout
from mutandis.backends.unit import Unit
from mutandis.dataclass import dataclass
from mutandis.decide.plan import NormSlots


@dataclass(frozen=True, slots=True)
class ColumnPart:
    """A condition, exception, requirement or limit of a norm.

    `reasons` say why it is no expression, as a whole or in places; empty where it is one throughout.
    """

    provision: str
    part: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """How an action is decided over a table.

    `by_row` says why every row is decided by itself, and is empty where it is not. `facts` are the columns that a table
    may have for it, by name.
    """

    action: str
    facts: tuple[str, ...]
    parts: tuple[ColumnPart, ...]
    by_row: str = ""

    @property
    def outside(self) -> tuple[ColumnPart, ...]:
        """The parts that are found row by row, each distinct combination of what they read once."""
        return tuple(part for part in self.parts if part.reasons)

    @property
    def is_whole(self) -> bool:
        """True where everything is an expression over columns."""
        return not self.by_row and not self.outside


def columns_of(unit: Unit) -> Columns:
    """How the action of a unit is decided over a table that has a column for everything it reads."""
    reads = reads_throughout(unit)
    action, facts = unit.plan.component.action, tuple(sorted(reads))
    if unit.compares:
        return Columns(action, facts, (), "the law of two days is compared, and the milder one decides")
    maker = Maker()
    clock = {"today": maker.col("|today", "date"), "now": maker.col("|now", "moment")}
    plan = plan_columns(unit, unit.names.copy(), Stated(reads, reads), clock, maker)
    reasons = {outside.column: outside.reason for outside in plan.outsides}
    return Columns(action, facts, tuple(part for norm in unit.plan.norms for part in _parts(plan, norm, reasons)))


def _parts(plan: ColumnPlan, slots: NormSlots, reasons: dict[str, str]) -> list[ColumnPart]:
    provision = str(slots.norm.citation)
    base = _reasons(plan.slots[slots.base].known, reasons)

    def part(name: str, place: int) -> ColumnPart:
        # What a norm has besides counts only where its condition may hold, and so reads the condition too.
        own = [reason for reason in _reasons(plan.slots[place].known, reasons) if reason not in base]
        return ColumnPart(provision, name, tuple(own))

    found = [ColumnPart(provision, "condition", base)]
    found += [part("ground", ground.truth) for ground in slots.grounds]
    found += [part("exception", place) for place in slots.exclusions]
    for requirement in slots.requires:
        found.append(part("requirement", requirement.truth))
        if requirement.bound is not None and plan.bounds[requirement.bound.value] is None:
            why = "its value has no expression, which is read where the parameter is left open"
            found.append(ColumnPart(provision, f"limit on `{requirement.bound.parameter}`", (why,)))
    return found


def _reasons(top: X, reasons: dict[str, str]) -> tuple[str, ...]:
    read = (str(x.setting) for x in walk([top]) if x.op == "col")
    return tuple(dict.fromkeys(reasons[name] for name in read if name in reasons))
