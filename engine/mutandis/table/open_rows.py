"""Rows in which something is not known: their outlines, or what each of their slots waits for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import polars as pl

from mutandis.amounts import plain
from mutandis.backends.columns.nodes import X, is_lit
from mutandis.backends.columns.terms import Value, gap_of
from mutandis.decide.ternary import FALSE, TRUE, UNDEFINED, Gap, Range
from mutandis.table.memory import MOST_BITS, Memory, Planned
from mutandis.table.to_polars import EPOCH, ToPolars


def outlined(planned: Planned, memory: Memory, write: ToPolars, frame: pl.DataFrame) -> pl.Series:
    """The codes of the outlines of some rows."""
    m, outline, names = planned.plan.lowering.maker, planned.outline, planned.names
    bits: dict[int, int] = {}
    truths: list[X] = []

    def place(x: X) -> int:
        """The place of a sure truth among the bits that tell rows apart; -1 for one that is known not to hold."""
        if x.op == "lit":
            return 0 if x.setting else -1
        if id(x) not in bits:
            truths.append(x)
            bits[id(x)] = len(truths)  # the lowest bit is always set
        return bits[id(x)]

    slots = [(place(m.holds(x)), place(m.is_null(x))) for x in outline.truths]
    opens = [place(x) for x in planned.plan.open]
    tops = _bounds(planned)
    for start in range(0, len(truths), MOST_BITS):
        tops[f"key {start}"] = m.make("key", tuple(truths[start : start + MOST_BITS]), "number", None)
    for heeded in outline.heeded:
        slot = planned.plan.slots[heeded]
        tops[f"heeded {heeded}"] = m.case(m.is_null(slot.known), slot.waits, m.settled)

    def code(row: Mapping[str, Any]) -> int:
        found = 1
        for start in range(0, len(truths), MOST_BITS):
            found |= row[f"key {start}"] << 1 + start
        known = [UNDEFINED if _is_set(found, gap) else TRUE if _is_set(found, holds) else FALSE for holds, gap in slots]
        for heeded in outline.heeded:
            if known[heeded] == UNDEFINED and ~row[f"heeded {heeded}"] & names.parameters:
                known[heeded] = row[f"heeded {heeded}"]
        open_ = frozenset(p for p, bit in zip(planned.unit.plan.parameters, opens, strict=True) if _is_set(found, bit))
        numbers = _numbers(planned, row, names.parameters) if open_ else _nothing(planned)
        return memory.code_of_outline(planned.outlines.of(known, numbers, open_, names))

    return _joined(write, frame, tops, code)


def _is_set(bits: int, place: int) -> bool:
    return place >= 0 and bool(bits >> place & 1)


def told_apart(planned: Planned, memory: Memory, write: ToPolars, frame: pl.DataFrame) -> pl.Series:
    """The codes of the shapes of some rows."""
    plan, unit, m = planned.plan, planned.unit, planned.plan.lowering.maker
    slots = [m.case(m.is_null(s.known), s.waits, m.case(s.known, m.settled, m.lit(0, "waits"))) for s in plan.slots]
    tops = {f"slot {place}": x for place, x in enumerate(slots) if x.op != "lit"}
    tops.update({f"open {place}": x for place, x in enumerate(plan.open) if x.op != "lit"})
    tops.update(_bounds(planned))

    def code(row: Mapping[str, Any]) -> int:
        truths = tuple(
            [row[f"slot {place}"] if x.op != "lit" else int(x.setting) for place, x in enumerate(slots)]  # type: ignore[call-overload]  # waits are whole
        )
        opens = [row[f"open {place}"] if x.op != "lit" else bool(x.setting) for place, x in enumerate(plan.open)]
        bits = sum(bit << place for place, bit in enumerate(opens))
        numbers = _numbers(planned, row, -1) if bits else _nothing(planned)
        return memory.code_of_shape(unit.shape_of_read(truths, numbers, bits, planned.names))

    return _joined(write, frame, tops, code)


def _joined(
    write: ToPolars, frame: pl.DataFrame, tops: Mapping[str, X], code: Callable[[Mapping[str, Any]], int]
) -> pl.Series:
    """The code of each row, found once for all rows in which the wanted columns are the same."""
    if not tops:
        return pl.repeat(code({}), frame.height, dtype=pl.UInt32, eager=True)
    found = write.frame(frame, tops)
    distinct = found.unique()
    codes = pl.Series("code", [code(row) for row in distinct.iter_rows(named=True)], dtype=pl.UInt32)
    joined = found.join(
        distinct.with_columns(codes), on=list(tops), how="left", nulls_equal=True, maintain_order="left"
    )
    return joined["code"]


def _bounds(planned: Planned) -> dict[str, X]:
    """The bounds, of rows in which a parameter is open."""
    plan, m = planned.plan, planned.plan.lowering.maker
    some_open = m.any_of(*plan.open)
    tops: dict[str, X] = {}
    for place, bound in enumerate(plan.bounds):
        if bound is None or is_lit(some_open, False):
            continue
        parts = (("value", bound.value), ("low", bound.low), ("high", bound.high), ("waits", bound.waits))
        for name, x in parts:
            if x is not None:
                tops[f"{name} {place}"] = m.case(some_open, x, m.lit(None, x.sort))
    return tops


def _nothing(planned: Planned) -> tuple[object, ...]:
    return (None,) * (planned.unit.plan.bounds + len(planned.unit.plan.parameters))


def _numbers(planned: Planned, row: Mapping[str, Any], heeded: int) -> tuple[object, ...]:
    """The values of the bounds; of what is waited for only the names that are `heeded`, as bits."""
    numbers = list(_nothing(planned))
    for place, bound in enumerate(planned.plan.bounds):
        if bound is None:
            continue
        waits = row[f"waits {place}"]
        if waits == 0:
            continue

        def of(end: str, place: int = place, bound: Value = bound) -> object:
            """The value, or an end of it, as a decision has it."""
            found = row.get(f"{end} {place}")
            if found is None or bound.value.sort not in ("date", "number"):
                return found
            is_day = bound.value.sort == "date"
            return dt.date.fromordinal(found + EPOCH) if is_day else plain(Fraction(found, bound.per))

        value = of("value")
        if value is None:
            value = gap_of(waits, of("low"), of("high"))
            if isinstance(value, Gap) and not ~waits & heeded:
                value = Range(value.low, value.high, UNDEFINED) if isinstance(value, Range) else Gap(UNDEFINED)
        numbers[place] = value
    return tuple(numbers)
