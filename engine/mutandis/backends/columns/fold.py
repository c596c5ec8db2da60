"""What expressions come to where something is known beforehand: a condition, a day, how far a term reaches."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from mutandis.backends.columns.spans import is_inside, off_calendar
from mutandis.calendar.dates import add_months

if TYPE_CHECKING:
    from mutandis.backends.columns.nodes import Maker, Op, X

DEEPEST: Final = 24
"""How deep an expression may be in which a condition is taken to hold, or not."""


def assumed(m: Maker, x: X, condition: X, holds: bool) -> X:
    """What `x` comes to where a sure condition is known to hold, or not to hold."""
    if condition.op == "not":
        condition, holds = condition.args[0], not holds
    if x is condition:
        return m.lit(holds, "truth")
    if x.op not in ("and", "or", "not", "case", "holds", "lt", "le", "eq") or x.depth > DEEPEST:
        return x
    key = (id(x), id(condition), holds)
    found = m.assumed.get(key)
    if found is None:
        found = m.assumed[key] = _assumed(m, x, condition, holds)
    return found


def _assumed(m: Maker, x: X, condition: X, holds: bool) -> X:
    if m.negate(condition) is x:
        return m.lit(not holds, "truth")
    args = [assumed(m, a, condition, holds) for a in x.args]
    if all(a is b for a, b in zip(args, x.args, strict=True)):
        return x
    match x.op:
        case "lt" | "le" | "eq":
            return m.compare(x.op, *args)
        case "and":
            return m.all_of(*args)
        case "or":
            return m.any_of(*args)
        case "not":
            return m.negate(args[0])
        case "holds":
            return m.holds(args[0])
    return m.case(*args)


_OPPOSITE: Final[dict[str, Op]] = {"lt": "le", "le": "lt"}


def opposite(m: Maker, x: X) -> X | None:
    """What a comparison comes to when it is negated, if that is a comparison too."""
    op = _OPPOSITE.get(x.op)
    return m.make(op, (x.args[1], x.args[0]), "truth") if op is not None else None  # which is as simple as it is


def compared(m: Maker, op: Op, left: X, right: X) -> X | None:
    """A simpler comparison that comes to the same; None where there is none."""
    for one, other in ((left, right), (right, left)):
        if one.op == "case" and (other.op == "lit" or any(other is branch for branch in one.args[1:])):
            condition, yes, no = one.args
            if one is left:
                return m.case(condition, m.compare(op, yes, other), m.compare(op, no, other))
            return m.case(condition, m.compare(op, other, yes), m.compare(op, other, no))
    if left is right and left.sure:
        return m.lit(op != "lt", "truth")
    if op != "eq":
        return _by_start(m, op, left, right) or _by_reach(m, op, left, right)
    return None


def _by_start(m: Maker, op: Op, left: X, right: X) -> X | None:
    """A day moved by months against a day that is known: the day itself against another one."""
    moved, known = (left, right) if right.op == "lit" else (right, left)
    setting: Any = moved.setting
    if known.op != "lit" or moved.op != "moved" or setting[0] != "months" or not is_inside(moved.span):
        return None
    start, length = moved.args
    if length.op != "lit" or start.span is None:
        return None
    limit: Any = known.setting
    upto = limit.toordinal() - (0 if (op == "le") == (moved is left) else 1)
    last = _last_start(start.span, int(str(length.setting)), setting[1], upto)
    if last < 1:
        return None
    bound = m.lit(dt.date.fromordinal(last), "date")
    return m.compare("le", start, bound) if moved is left else m.compare("lt", bound, start)


def _last_start(span: tuple[int, int], months: int, mode: Any, upto: int) -> int:
    """The last day within the span that so many months on is no later than a day; else the one before the span."""
    low, high = span[0] - 1, span[1]
    while low < high:
        middle = (low + high + 1) // 2
        if add_months(dt.date.fromordinal(middle), months, mode).toordinal() <= upto:
            low = middle
        else:
            high = middle - 1
    return low


def _by_reach(m: Maker, op: Op, left: X, right: X) -> X | None:
    """A share of a term is walked through the calendar only where a share of its days comes too near to tell."""
    if right.dear == left.dear:
        return None
    (low, high), (other_low, other_high) = _reach(m, left), _reach(m, right)
    if low is high and other_low is other_high:
        return None
    other: Op = "le" if op == "lt" else "lt"
    never = m.compare(other, other_high, low)
    return m.case(m.compare(op, high, other_low), m.true, m.case(never, m.false, m.make(op, (left, right), "truth")))


def _reach(m: Maker, x: X) -> tuple[X, X]:
    """The least and the most that an expression may come to, without what walks through the calendar."""
    from mutandis.backends.columns.steps import of_days  # made of what this folds

    if not x.dear:
        return x, x
    setting: Any = x.setting
    match x.op:
        case "share":
            days = of_days(m, x.args[0], x.args[1], *setting)
            off = m.lit(off_calendar(setting[0]), "number")
            return m.reckon("sub", days, off), m.reckon("add", days, off)
        case "moved" if setting[0] == "days" and not x.args[0].dear:
            low, high = _reach(m, x.args[1])
            return m.moved(x.args[0], low, *setting), m.moved(x.args[0], high, *setting)
        case "mul" if isinstance(factor := x.args[1].setting, int):
            low, high = (m.reckon("mul", end, x.args[1]) for end in _reach(m, x.args[0]))
            return (low, high) if factor >= 0 else (high, low)
        case "add":
            ends = [_reach(m, a) for a in x.args]
            return m.reckon("add", ends[0][0], ends[1][0]), m.reckon("add", ends[0][1], ends[1][1])
    return x, x
