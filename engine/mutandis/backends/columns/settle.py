"""What the entries of a derived fact come to together: what all that may hold agree on.

Beside it stands where entries that surely hold give different values; such rows are decided under each value.
"""

from __future__ import annotations

from collections.abc import Callable

from mutandis.backends.columns.amounts import in_parts
from mutandis.backends.columns.nodes import NOT_KNOWN, Maker, NotLowered, X, is_lit
from mutandis.backends.columns.terms import Truth, Value, ends_of, joined, least_and_most, pending


def settle_truths(m: Maker, entries: list[tuple[Truth, Truth]], otherwise: Truth) -> tuple[Truth, X]:
    """What entries give a yes/no fact, and where they clash (`operations.derived_truth`)."""
    entries = [(holds, value) for holds, value in entries if not is_lit(holds.known, False)]
    if not entries:
        return otherwise, m.false
    if is_lit(otherwise.known, False) and all(is_lit(value.known, True) for _, value in entries):
        return joined(m, m.any_of, [holds for holds, _ in entries]), m.false
    sure_any = m.any_of(*(m.holds(holds.known) for holds, _ in entries))

    def agree(is_so: Callable[[X], X]) -> X:
        each = (m.any_of(m.fails(holds.known), is_so(value.known)) for holds, value in entries)
        return m.all_of(*each, m.any_of(sure_any, is_so(otherwise.known)))

    def some(is_so: Callable[[X], X]) -> X:
        return m.any_of(*(m.all_of(m.holds(holds.known), is_so(value.known)) for holds, value in entries))

    clash = m.all_of(some(m.holds), some(m.fails), m.negate(some(m.is_null))) if len(entries) > 1 else m.false
    known = m.case(agree(m.holds), m.true, m.case(agree(m.fails), m.false, m.null))
    parts = [m.case(m.fails(holds.known), m.settled, m.waits(holds.waits, value.waits)) for holds, value in entries]
    return pending(m, known, *parts, m.case(sure_any, m.settled, otherwise.waits)), clash


def settle_values(m: Maker, entries: list[tuple[Truth, Value]], otherwise: Value) -> tuple[Value, X]:
    """What entries give a fact with values, and where they clash (`operations.derived`). Raises `NotLowered`."""
    entries = [(holds, value) for holds, value in entries if not is_lit(holds.known, False)]
    if not entries:
        return otherwise, m.false
    if any(v.several or v.value.sort != otherwise.value.sort for _, v in entries):
        raise NotLowered("gives a fact values of two kinds")
    otherwise, *given = in_parts(m, otherwise, *(value for _, value in entries))
    entries = [(holds, value) for (holds, _), value in zip(entries, given, strict=True)]
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
    clash = _clash(m, entries)
    known, is_none = m.case(agree, value, nothing), m.all_of(agree, none)
    parts = [m.case(m.fails(h.known), m.settled, m.waits(h.waits, v.waits)) for h, v in entries]
    open_ = m.waits(*parts, m.case(sure_any, m.settled, otherwise.waits))
    waits = m.case(m.is_null(known), m.case(is_none, m.lit(NOT_KNOWN, "waits"), open_), m.settled)
    is_number = value.sort == "number" and not (len(entries) == 1 and is_lit(otherwise.none, True))
    if not is_number and all(v.low is None for _, v in candidates):
        return Value(known, is_none, waits), clash
    # Bounds are those of the one that may hold, where there is one; several that hold and say the same are one.
    sure: dict[Value, X] = {}
    for holds, one in entries:
        sure[one] = m.any_of(sure.get(one, m.false), m.holds(holds.known))
    counted = [*sure.values(), *(m.is_null(holds.known) for holds, _ in entries), m.negate(sure_any)]
    count = m.lit(0, "number")
    for may in counted:
        count = m.reckon("add", count, m.case(may, m.lit(1, "number"), m.lit(0, "number")))
    single = m.compare("eq", count, m.lit(1, "number"))
    # Where none holds for certain, a number may be any that may hold.
    apart = m.all_of(m.negate(sure_any), m.negate(agree))
    between = [m.case(apart, end, known) for end in least_and_most(m, candidates)] if is_number else [known, known]
    ends = [
        m.case(single, first(lambda v, k=k: ends_of(v)[k], nothing), between[k])  # type: ignore[misc]
        for k in (0, 1)
    ]
    most = max(v.most for _, v in candidates)
    return Value(known, is_none, waits, ends[0], ends[1], most, per=otherwise.per), clash


def _clash(m: Maker, entries: list[tuple[Truth, Value]]) -> X:
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
