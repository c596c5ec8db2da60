"""The run-time: the functions that back ends call for the nodes of the norm IR, over truths and values of `ternary`.

`OPERATIONS` has those that an `Operation` names; `backends.python.total` has what total code calls besides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from mutandis.amounts import Rounding, round_to
from mutandis.backends.lists import members
from mutandis.calendar import (
    Counting,
    DaysOff,
    compare_times,
    counting_of,
    day_of,
    reckon,
    reckon_back,
    share_of_days,
    working_days,
)
from mutandis.citation import CitationRange, parse_citation
from mutandis.datatypes import DataType, Family
from mutandis.decide.conflict import ValueConflict
from mutandis.decide.names import Names
from mutandis.decide.ternary import (
    FALSE,
    NONE,
    TRUE,
    UNDEFINED,
    Gap,
    Range,
    compare_ranges,
    either,
    ends_of,
    is_known,
    is_settled,
    truth_of,
)
from mutandis.ir.lower import StatedFact
from mutandis.values import Duration, Number, Period

# --- comparison ---------------------------------------------------------------------------------------------------


def less(left: Any, right: Any, strict: bool) -> int:
    """Whether `left` is less than (or not `strict`: at most) `right`, whatever the two are."""
    if isinstance(left, Range) or isinstance(right, Range):
        return compare_ranges(left, right, strict)
    if isinstance(left, Gap) or isinstance(right, Gap):
        return truth_of(left) & truth_of(right)
    if isinstance(left, Duration):
        if left.family != right.family:
            return UNDEFINED
        left, right = left.amount, right.amount
    if isinstance(left, dt.date):
        order = compare_times(left, right)
        return -(order < 0 if strict else order <= 0)
    return -bool(left < right if strict else left <= right)


def same(left: Any, right: Any) -> int:
    """Whether `left` is `right`, whatever the two are; of a fact with several values, whether `right` is among them."""
    if isinstance(left, Gap) or isinstance(right, Gap):
        return -int(left == right)
    if isinstance(left, frozenset):
        return -(right in left)
    if isinstance(left, Duration) and isinstance(right, Duration) and left.family != right.family:
        return UNDEFINED
    if isinstance(left, dt.date):
        return -(compare_times(left, right) == 0)
    return -bool(left == right)


def same_truth(left: int, right: int) -> int:
    """Whether two truths are the same."""
    if is_settled(left) and is_settled(right):
        return -(left == right)
    return (TRUE if is_settled(left) else left) & (TRUE if is_settled(right) else right)


def one_of(left: Any, values: tuple[Any, ...]) -> int:
    """Whether `left` is one of `values`."""
    return either(*[same(left, value) for value in values])


def one_of_words(left: Any, values: frozenset[str]) -> int:
    """`one_of` for words that are known beforehand."""
    if isinstance(left, Gap):
        return FALSE if left is NONE else left.truth
    return -(left in values)


def present(value: Any) -> int:
    """Whether there is a value at all (S32)."""
    if value is NONE:
        return FALSE
    return value.truth if isinstance(value, Gap) else TRUE


def present_truth(truth: int) -> int:
    """`present` of a yes/no fact."""
    return TRUE if is_settled(truth) else truth


def falls_under(place: Any, ranges: tuple[CitationRange, ...], negated: bool) -> int:
    """Whether the provision `place` lies in one of `ranges`; none lies in none and is not outside either."""
    if place is None or place is NONE:
        return FALSE
    if isinstance(place, Gap):
        return int(place.truth)
    cited = parse_citation(place)
    return -(any(r.covers(cited) for r in ranges) is not negated)


# --- arithmetic ---------------------------------------------------------------------------------------------------


def widened(value: Any, family: Family) -> Any:
    """A number of base units as a `Duration`, where the other side's family is not known before the case."""
    if isinstance(value, Range):
        return Gap(value.truth)
    return value if value is None or isinstance(value, Gap) else Duration(value, family)


def moved(start: Any, length: Any, family: Family | None, sign: int, counting: Counting) -> Any:
    """A date or moment plus or minus a duration, None as `family` where only the duration itself tells.

    Of a date that is a day whatever the family: that on which the hours end.
    """
    if isinstance(start, Gap) or isinstance(length, Gap):
        return Gap(UNDEFINED & truth_of(start) & truth_of(length))
    try:
        if family is not None:
            return counting.advance(start, family, sign * length)
        end = counting.advance(start, length.family, sign * length.amount)
    except OverflowError:
        return Gap(UNDEFINED)
    return end if isinstance(start, dt.datetime) else day_of(end)


def end_of(
    anchor: Any, length: Any, days_off: DaysOff, family: Family, after: bool, counting: Counting, waits: int
) -> Any:
    """The end of a period after (else before) a date or moment, moved off days off (S43, S50).

    `waits` is what an end waits for that no calendar covers; then it is known on one side alone.
    """
    if isinstance(anchor, Gap) or isinstance(length, Gap):
        return Gap(UNDEFINED & truth_of(anchor) & truth_of(length))
    try:
        found = (reckon if after else reckon_back)(anchor, family, length, counting, days_off=days_off)
    except OverflowError:
        return Gap(UNDEFINED)
    if found.latest is not None:
        return found.last
    return Range(found.last, None, waits) if after else Range(None, found.last, waits)


def end_of_working_days(anchor: Any, number: Any, days_off: DaysOff, after: bool, waits: int) -> Any:
    """The last of so many working days after (else before) a day; known on one side alone beyond the calendar."""
    if isinstance(anchor, Gap) or isinstance(number, Gap):
        return Gap(UNDEFINED & truth_of(anchor) & truth_of(number))
    try:
        found = working_days(day_of(anchor), number, days_off, 1 if after else -1)
    except OverflowError:
        return Gap(UNDEFINED)
    if found.farthest is not None:
        return found.nearest
    return Range(found.nearest, None, waits) if after else Range(None, found.nearest, waits)


def on_weekday(day: Any, weekday: int) -> int:
    """Whether a day is that day of the week, Monday being 0."""
    if isinstance(day, Gap):
        return UNDEFINED & day.truth
    return -(day_of(day).weekday() == weekday)


def on_free_day(day: Any, days_off: DaysOff, holiday: bool, waits: int) -> int:
    """Whether a day is off (`holiday`: a holiday); `waits` is what it waits for where no calendar covers the day."""
    if isinstance(day, Gap):
        return UNDEFINED & day.truth
    found = days_off.is_holiday(day_of(day)) if holiday else days_off.is_off(day_of(day))
    return waits if found is None else -found


def days_off_with(ours: DaysOff, holidays: frozenset[dt.date] | None) -> DaysOff:
    """The days off of a question: those of the rulebook, unless the caller gives holidays."""
    return ours if holidays is None else DaysOff.given(holidays)


def between(left: Any, right: Any) -> Any:
    """The time from `right` to `left`: days, or minutes between two moments."""
    if isinstance(left, Gap) or isinstance(right, Gap):
        return Gap(UNDEFINED & truth_of(left) & truth_of(right))
    if isinstance(left, dt.datetime) and isinstance(right, dt.datetime):
        seconds = (left - right).total_seconds()
        return int(seconds // 60) if seconds % 60 == 0 else Gap(UNDEFINED)
    return (day_of(left) - day_of(right)).days


def _number(operator: str, left: Any, right: Any) -> Any:
    if operator == "+":
        return left + right
    return left - right if operator == "-" else left * right


def whole(value: Any, duration: bool) -> Any:
    """A number in its plainest form; a duration that is no whole number of base units is not known."""
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else Gap(UNDEFINED) if duration else value
    return value


def reckoned(left: Any, right: Any, operator: str, duration: bool) -> Any:
    """`left operator right` of numbers and durations, whatever is known of them."""
    if isinstance(left, Gap) or isinstance(right, Gap):
        if isinstance(left, Duration) or isinstance(right, Duration):
            return Gap(UNDEFINED & truth_of(left) & truth_of(right))
        return _number(operator, left, right)
    if not isinstance(left, Duration) and not isinstance(right, Duration):
        return whole(_number(operator, left, right), duration)
    if isinstance(left, Duration) and isinstance(right, Duration):
        if operator == "*" or left.family != right.family:
            return Gap(UNDEFINED)
        return Duration(_number(operator, left.amount, right.amount), left.family)
    length, factor = (left, right) if isinstance(left, Duration) else (right, left)
    if operator != "*":
        return Gap(UNDEFINED)
    amount = whole(length.amount * factor, True)
    return amount if isinstance(amount, Gap) else Duration(amount, length.family)


def rounded(value: Any, step: Number, rounding: Rounding) -> Any:
    """`value` to a multiple of `step`; of what is known within bounds, the bounds."""
    if isinstance(value, Range):
        low, high = (None if end is None else round_to(end, step, rounding) for end in (value.low, value.high))
        return Range(low, high, value.truth)
    return Gap(UNDEFINED & value.truth) if isinstance(value, Gap) else round_to(value, step, rounding)


def extreme(left: Any, right: Any, least: bool) -> Any:
    """The smaller or the larger of two; where one is not known, what the other leaves of it."""
    if not isinstance(left, Gap) and not isinstance(right, Gap):
        return min(left, right) if least else max(left, right)
    truth = UNDEFINED & truth_of(left) & truth_of(right)
    if left is NONE or right is NONE or isinstance(left, dt.date) or isinstance(right, dt.date):
        return Gap(truth)
    (low, high), (other_low, other_high) = ends_of(left) or (None, None), ends_of(right) or (None, None)
    if least:
        highs = [end for end in (high, other_high) if end is not None]
        low = None if low is None or other_low is None else min(low, other_low)
        high = min(highs, default=None)
    else:
        lows = [end for end in (low, other_low) if end is not None]
        high = None if high is None or other_high is None else max(high, other_high)
        low = max(lows, default=None)
    return Gap(truth) if low is None and high is None else Range(low, high, truth)


def share(start: Any, end: Any, part: Fraction, rounding: str) -> Any:
    """That share of a term from `start` to `end`, both counted, in days (S44, S50)."""
    if isinstance(start, Gap) or isinstance(end, Gap):
        return Gap(UNDEFINED & truth_of(start) & truth_of(end))
    return share_of_days(part, start, end, rounding)


def chosen(condition: int, yes: Any, no: Any) -> Any:
    """`if condition then yes else no`: where the condition is not known, the value both agree on."""
    if is_settled(condition):
        return yes if condition else no
    if is_known(yes) and is_known(no) and (yes is no or (yes is not NONE and no is not NONE and yes == no)):
        return yes
    return Gap(condition & truth_of(yes) & truth_of(no))


def chosen_by(subject: Any, values: dict[str, Any], otherwise: Any) -> Any:
    """The value that `subject`, a word, has among `values`; where it is not known, the one that all agree on."""
    if not isinstance(subject, Gap):
        return values.get(subject, otherwise)
    found = otherwise
    for word in reversed(values):
        found = chosen(-(subject == word), values[word], found)
    return found


def chosen_truth(condition: int, yes: int, no: int) -> int:
    """`chosen` of truths."""
    if is_settled(condition):
        return yes if condition else no
    if is_settled(yes) and is_settled(no):
        return yes if yes == no else condition
    return condition & (TRUE if is_settled(yes) else yes) & (TRUE if is_settled(no) else no)


def period_within(
    period: Any,
    length: Any,
    at: dt.date | None,
    spans: tuple[tuple[Any, Any], ...],
    family: Family | None,
    open_: int | None,
    counting: Counting | None,
) -> int:
    """Whether a period is no longer than `length` as it is counted; `open_` is what its missing end waits for (S43).

    `counting` is the declared one, None where its own clock counts. `spans` are first and last days that do not count;
    where these are not known the period may be longer.
    """
    if not isinstance(period, Period) or isinstance(length, Gap) or period.start is None:
        return UNDEFINED & truth_of(period) & truth_of(length)
    if isinstance(length, Duration):
        family, length = length.family, length.amount
    if family is None:
        return UNDEFINED
    too_long, suspensions = FALSE, list(period.suspensions)
    for first, last in spans:
        if first is NONE:
            continue
        if isinstance(first, Gap) or (isinstance(last, Gap) and last is not NONE):
            too_long = (too_long or UNDEFINED) & truth_of(first) & truth_of(last)
        else:
            suspensions.append((day_of(first), dt.date.max if last is NONE else day_of(last)))
    try:
        own = counting is None or period.clock == "hours"
        counted = counting_of(period.clock or "civil") if own or counting is None else counting
        end = reckon(period.start, family, length, counted, suspensions=tuple(suspensions)).nominal
    except OverflowError:
        return UNDEFINED
    if period.until is not None:
        return TRUE if compare_times(period.until, end) <= 0 else too_long
    if at is not None and compare_times(at, end) > 0:
        return too_long
    return UNDEFINED if open_ is None else open_


def spans(*days: Any) -> tuple[tuple[Any, Any], ...]:
    """Days in pairs, first and last."""
    seen = [NONE if day is None else day for day in days]
    return tuple(zip(seen[::2], seen[1::2], strict=True))


# --- derived facts ------------------------------------------------------------------------------------------------


def derived(name: str, entries: tuple[tuple[int, Any], ...], otherwise: Any) -> Any:
    """The value that `entries` (their truths and values) give a derived fact; `otherwise` where none applies (S28).

    Raises `ValueConflict` where entries that hold give different values.
    """
    held = _one_holding(entries)
    if held is not None:
        return held[1] if held else otherwise
    sure: list[Any] = []
    places: list[int] = []
    possible: list[Any] = []
    pending = UNDEFINED
    for place, (holds, value) in enumerate(entries):
        if holds == TRUE:
            sure.append(value)
            places.append(place)
        elif holds:
            possible.append(value)
            pending &= holds
    distinct = [v for i, v in enumerate(sure) if not any(_alike(v, w) for w in sure[:i])]
    if len(distinct) > 1 and all(is_known(v) for v in distinct):
        raise ValueConflict(name, tuple(distinct), tuple(places))
    if not sure:
        possible.append(otherwise)
    if len(distinct) == 1 and all(is_known(v) and _alike(v, distinct[0]) for v in possible):
        return distinct[0]
    if not sure and (len(possible) == 1 or all(is_known(v) and _alike(v, possible[0]) for v in possible)):
        return possible[0]
    for value in (*distinct, *possible):
        pending &= truth_of(value)
    return Gap(pending)


def derived_truth(name: str, entries: tuple[tuple[int, int], ...], otherwise: int) -> int:
    """`derived` of a yes/no fact."""
    held = _one_holding(entries)
    if held is not None:
        return held[1] if held else otherwise
    given = tuple((holds, _as_value(truth) if holds else None) for holds, truth in entries)
    value = derived(name, given, _as_value(otherwise))
    if isinstance(value, Gap):
        return value.truth
    return -int(value)


def _one_holding(entries: tuple[tuple[int, Any], ...]) -> tuple[int, Any] | tuple[()] | None:
    """The one entry that holds, empty if none does; None where there are several or it is not known."""
    held: tuple[int, Any] | tuple[()] = ()
    for entry in entries:
        holds = entry[0]
        if holds == TRUE and not held:
            held = entry
        elif holds:
            return None
    return held


def _as_value(truth: int) -> Any:
    return truth == TRUE if is_settled(truth) else Gap(truth)


def _alike(one: Any, other: Any) -> bool:
    """Whether two values say exactly the same, gaps included."""
    if isinstance(one, Gap) or isinstance(other, Gap):
        if type(one) is not type(other):
            return False
        ends = (one.low, one.high) == (other.low, other.high) if isinstance(one, Range) else True
        return bool(one.truth == other.truth and ends)
    return bool(one == other)


# --- the table ----------------------------------------------------------------------------------------------------


OPERATIONS: Final[Mapping[str, Callable[..., Any]]] = {
    function.__name__: function
    for function in (
        between,
        end_of,
        end_of_working_days,
        extreme,
        falls_under,
        members,
        moved,
        on_free_day,
        on_weekday,
        period_within,
        reckoned,
        rounded,
        share,
        spans,
        widened,
    )
}
"""What an `Operation` names: a function of its operands and then of its settings."""


def is_counted(type_: DataType) -> bool:
    """True for a type whose values are whole numbers."""
    return type_.kind in ("count", "money") or (type_.kind == "duration" and type_.family is not None)


def fact_not_known(fact: StatedFact, names: Names) -> Any:
    """What stands for a fact that is not known: a truth where it is yes or no, a range where it is a number."""
    truth = names.truth_of(fact.kind, fact.name)
    if fact.type.kind == "yes_no":
        return truth
    return Range(fact.low, fact.high, truth) if fact.numeric else Gap(truth)
