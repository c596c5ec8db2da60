"""The run-time: the functions that back ends call for the nodes of the norm IR, over truths and values of `ternary`.

Here are comparison, lengths added to days, choice and derived facts; `lists`, `numbers` and `times` are imported by the
rules that need them. `runtime` finds what an `Operation` names; `backends.python.total` has what total code calls.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache, partial, reduce
from importlib import import_module
from typing import Any, Final

from mutandis.calendar.counting import Counting
from mutandis.calendar.dates import compare_times, day_of
from mutandis.citation import CitationRange, parse_citation
from mutandis.datatypes import DataType, Family
from mutandis.decide.names import Names
from mutandis.decide.ternary import (
    FALSE,
    NONE,
    TRUE,
    UNDEFINED,
    Gap,
    Range,
    ValueConflict,
    between_ends,
    compare_ranges,
    either,
    is_amount,
    is_known,
    is_settled,
    truth_of,
)
from mutandis.ir.lower import StatedFact
from mutandis.values import Duration

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


def moved(start: Any, length: Any, family: Family | None, sign: int, counting: Counting) -> Any:
    """A date or moment plus or minus a duration, None as `family` where only the duration itself tells.

    Of a date that is a day whatever the family: that on which the hours end.
    """
    if isinstance(start, Range) and family in ("days", "months") and not isinstance(length, Gap):
        return between_ends(start, lambda end: moved(end, length, family, sign, counting))
    if isinstance(start, Gap) or isinstance(length, Gap):
        return Gap(UNDEFINED & truth_of(start) & truth_of(length))
    try:
        if family is not None:
            return counting.advance(start, family, sign * length)
        end = counting.advance(start, length.family, sign * length.amount)
    except OverflowError:
        return Gap(UNDEFINED)
    return end if isinstance(start, dt.datetime) else day_of(end)


# --- choice -------------------------------------------------------------------------------------------------------


def chosen(condition: int, yes: Any, no: Any) -> Any:
    """`if condition then yes else no`: where the condition is not known, what both agree on, of numbers a range."""
    if is_settled(condition):
        return yes if condition else no
    if is_known(yes) and is_known(no) and (yes is no or (yes is not NONE and no is not NONE and yes == no)):
        return yes
    if is_amount(yes) and is_amount(no):
        return runtime("spread")(condition, yes, no)
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
    if not sure and all(map(is_amount, possible)):
        return reduce(partial(runtime("spread"), pending), possible)
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


_HOMES: Final[Mapping[str, str]] = {
    name: home
    for home, names in {
        "lists": "attribute attribute_truth counted is_unstated members some total",
        "numbers": "extreme reckoned rounded spread widened",
        "times": "between end_of end_of_unit end_of_working_days on_free_day on_weekday period_within share spans",
    }.items()
    for name in names.split()
}


@cache
def runtime(name: str) -> Callable[..., Any]:
    """What an `Operation` names (a function of its operands and then of its settings), or a function for lists.

    It stands here, or in a module that is imported then.
    """
    found: Callable[..., Any] = getattr(import_module(f"mutandis.backends.{_HOMES.get(name, 'operations')}"), name)
    return found


def is_counted(type_: DataType) -> bool:
    """True for a type whose values are whole numbers."""
    return type_.kind in ("count", "money") or (type_.kind == "duration" and type_.family is not None)


def fact_not_known(fact: StatedFact, names: Names) -> Any:
    """What stands for a fact that is not known: a truth where it is yes or no, a range where it is a number."""
    truth = names.truth_of(fact.kind, fact.name)
    if fact.type.kind == "yes_no":
        return truth
    return Range(fact.low, fact.high, truth) if fact.numeric else Gap(truth)
