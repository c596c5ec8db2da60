"""The smallest case that shows a difference: facts left out by deciding again, numbers and days at their boundary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from functools import partial
from itertools import pairwise
from typing import Any

from mutandis.backends.solver.ends import firsts_and_lasts
from mutandis.calendar.dates import compare_times
from mutandis.dataclass import dataclass
from mutandis.values import Period
from mutandis.vocabulary import FactDeclaration, Vocabulary
from mutandis_tools.comparison.answers import TOLD_WITH, Answer, Asked, Aspect, Decider, given_by
from mutandis_tools.comparison.dependence import Node

_FARTHEST = 1 << 20
_PROBES = 6
_WEEK = 7
_CYCLE = 28
_LAST_YEAR = 2050
_ANY_DAY = dt.date(2026, 3, 2)
_ANY_MOMENT = dt.datetime(2026, 3, 2, 9, 0)

Stretch = tuple[object, object]
"""The first and the last value; an end is None where no bound was met."""


@dataclass(frozen=True, slots=True)
class Witness:
    """A case that both rulebooks decided, and decided otherwise.

    `spans` has, by fact, the values around the case's own by which it comes out alike. Places in `new` are
    those of the old rulebook where provisions were numbered anew. `fewest`: it was shown that no case has fewer facts;
    otherwise none of its facts can be left out.
    """

    subject: Node
    aspect: Aspect
    case: Asked
    old: Answer
    new: Answer
    spans: Mapping[str, Stretch] = field(default_factory=dict)
    fewest: bool = False


def shown_by(aspect: Aspect, old: Answer, new: Answer) -> tuple[object, ...]:
    """What a case shows: which verdicts, or what is told at which places by one of the two only.

    What is told with a verdict that rests on something else is one thing, whatever it is. The version of the law does
    not matter: the newest was asked first.
    """
    if aspect == "verdict":
        return aspect, old.verdict, new.verdict
    if aspect == "value":
        return aspect, old.value, new.value
    if aspect in TOLD_WITH and old.citations != new.citations:
        return aspect, old.verdict
    mine, theirs = old.told(aspect), new.told(aspect)
    return aspect, old.verdict, *(frozenset(atom[0] for atom in only) for only in (mine - theirs, theirs - mine))


def shown_in(witness: Witness) -> tuple[object, ...]:
    """What a case shows, with whom it is asked about."""
    return (*shown_by(witness.aspect, witness.old, witness.new), witness.case.by)


def cut_down(decider: Decider, case: Asked, aspect: Aspect) -> Asked | None:
    """The case without all that the difference does not need; None where the two decide it alike."""
    holds = _shows_the_same(decider, case, aspect)
    if holds is None:
        return None
    declared = decider.new.vocabulary.facts
    optional = [name for name in case.facts if (fact := declared.get(name)) is not None and fact.type.optional]
    return without_the_rest(case, holds, optional)


def at_boundaries(decider: Decider, case: Asked, aspect: Aspect, vocabulary: Vocabulary) -> Witness:
    """The case as a witness, numbers and days moved to the boundaries of the stretches in which it comes out alike."""
    holds = _shows_the_same(decider, case, aspect)
    assert holds is not None  # it was cut down to what it shows
    case = _in_order(_in_our_time(case, holds), holds)
    undated = replace(case, law_as_of=None)
    if holds(undated):
        case = undated
    spans: dict[str, Stretch] = {}
    for name, value in case.facts.items():
        if isinstance(value, Period):
            case = _with(case, name, _shortest(case, name, value, holds))
            continue
        stretch = _stretch(case, name, value, vocabulary.facts.get(name), holds)
        if isinstance(value, dt.datetime):
            case = _moved_to(case, name, _ANY_MOMENT, holds)
        if stretch is not None:
            if stretch != (None, None):
                spans[name] = stretch
            edge = next((end for end in stretch if end is not None), None)
            plain = _plain_value(value, case) if edge is None else edge
            case = _moved_to(case, name, plain, holds)
        elif isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            case = _nearer(case, name, value, holds)
    # The others were moved to their boundaries meanwhile; a span that no longer holds is not told.
    kept = {
        name: ends for name, ends in spans.items() if all(holds(_with(case, name, e)) for e in ends if e is not None)
    }
    old, new = decider.answers(case)
    return Witness(decider.subject, aspect, case, old, new, kept)


def _shows_the_same(decider: Decider, case: Asked, aspect: Aspect) -> Callable[[Asked], bool] | None:
    """Whether another case shows what this one does of a difference; None where it shows none.

    The new rulebook is asked only where the old one's verdict is the same.
    """
    was, is_ = decider.answers(case)
    # Of an amount there is any number of pairs: what counts is where both are given.
    shown = _given if decider.is_about_amount else _shown
    wanted = shown(was, is_, aspect)

    def holds(other: Asked) -> bool:
        old = decider.old_answer(other)
        return old.verdict == was.verdict and shown(old, decider.new_answer(other), aspect) == wanted

    return None if wanted is None else holds


def _given(old: Answer, new: Answer, _: Aspect) -> object:
    """How the two say that an amount stands, and by which places, None where they give the same."""
    return given_by(old, new) if old.value != new.value else None


def _shown(old: Answer, new: Answer, aspect: Aspect) -> object:
    """What a case shows of a difference, None where it shows none: what only one of the two tells."""
    if aspect == "verdict":
        # What is not settled though everything is stated is no question of a fact that was left out.
        return (old.verdict, new.verdict, old.waits, new.waits) if old.verdict != new.verdict else None
    if old.verdict != new.verdict:
        return None
    mine, theirs = old.told(aspect), new.told(aspect)
    if mine == theirs:
        return None
    if aspect in TOLD_WITH and old.citations != new.citations:
        # What neither breach nor limit is told of, for it is open what the verdict rests on, shows nothing; nor do a
        # bound and a day that are not known.
        known = (all(atom[-1] != "" for atom in told) for told in (mine, theirs))
        return old.verdict, *((bool(one.citations), one.perhaps) for one in (old, new)), *known
    # A day or a number that moves with the facts is the same difference.
    cut = 3 if aspect in ("limits", "deadlines") else None
    only = (frozenset(atom[:cut] for atom in told) for told in (mine - theirs, theirs - mine))
    return (old.verdict, old.perhaps, new.perhaps, *only)


def _with(case: Asked, name: str, value: object) -> Asked:
    return replace(case, facts={**case.facts, name: value})


def without_the_rest(case: Asked, holds: Callable[[Asked], bool], optional: Iterable[str] = ()) -> Asked:
    """The case without all that it can do without, part after part until nothing can be left out. Of an `optional` fact
    that is needed it is said that there is none, where that does.
    """
    case = _without_parts(case, holds)
    for name in optional:
        if case.facts.get(name) is not None and holds(none := _with(case, name, None)):
            case = _without_parts(none, holds)
    return case


def _without_parts(case: Asked, holds: Callable[[Asked], bool]) -> Asked:
    before = None
    while case != before:
        before = case
        for leave_out in _parts(case):
            less = leave_out(case)
            if less != case and holds(less):
                case = less
    return case


def _parts(case: Asked) -> Iterator[Callable[[Asked], Asked]]:
    """What leaves out the bearer, the version, the clock, a fact, a member of a list (the last first), an attribute."""
    yield lambda c: replace(c, by=None)
    yield lambda c: replace(c, law_as_of=None)
    yield lambda c: replace(c, at=None)
    for name, value in case.facts.items():
        yield partial(_without_fact, name=name)
        if isinstance(value, tuple):
            for place in reversed(range(len(value))):
                yield partial(_without_member, name=name, place=place)
                yield from (partial(_without_attribute, name=name, place=place, attribute=a) for a in value[place])


def _without_fact(case: Asked, name: str) -> Asked:
    return replace(case, facts={other: value for other, value in case.facts.items() if other != name})


def _without_member(case: Asked, name: str, place: int) -> Asked:
    members = case.facts.get(name)
    if not isinstance(members, tuple):
        return case
    return _with(case, name, (*members[:place], *members[place + 1 :]))


def _without_attribute(case: Asked, name: str, place: int, attribute: str) -> Asked:
    members = case.facts.get(name)
    if not isinstance(members, tuple) or place >= len(members):
        return case
    less = {k: v for k, v in members[place].items() if k != attribute}
    return _with(case, name, (*members[:place], less, *members[place + 1 :]))


def _stretch(
    case: Asked, name: str, value: object, declared: FactDeclaration | None, holds: Callable[[Asked], bool]
) -> Stretch | None:
    """The values around the fact's own by which the case comes out alike, as far as they were found in one piece."""
    if declared is None or isinstance(value, bool | dt.datetime) or not isinstance(value, int | dt.date):
        return None
    low: int
    high: int
    if isinstance(value, dt.date):
        here, low, high = value.toordinal(), dt.date(1930, 1, 1).toordinal(), dt.date(2050, 12, 31).toordinal()
    else:
        here = value
        low = declared.minimum if declared.minimum is not None else -_FARTHEST if declared.type.kind == "number" else 0
        high = declared.maximum if declared.maximum is not None else max(here, _FARTHEST)

    def at(number: int) -> bool:
        other = dt.date.fromordinal(number) if isinstance(value, dt.date) else number
        return holds(_with(case, name, other))

    first, last = _edge(at, here, low), _edge(at, here, high)
    step = max((last - first) // _PROBES, 1)
    if not all(at((before + after) // 2) for before, after in pairwise(range(first, last + 1, step))):
        return None
    # What turns on days of the week comes out otherwise within a week.
    if isinstance(value, dt.date) and not all(map(at, range(max(here - _WEEK, first), min(here + _WEEK, last) + 1))):
        return None
    # Of one value alone there is no stretch, though no other could be stated on one of its sides.
    ends = (first, last) if first == last else (first if first != low else None, last if last != high else None)
    if isinstance(value, dt.date):
        return tuple(None if end is None else dt.date.fromordinal(end) for end in ends)  # type: ignore[return-value]
    return ends


def _shortest(case: Asked, name: str, period: Period, holds: Callable[[Asked], bool]) -> Period:
    """The period with its last day (or minute) at the boundary: as short as it can be or, where one does, as long."""
    start, until = period.start, period.until
    if start is None or until is None or isinstance(start, dt.datetime) != isinstance(until, dt.datetime):
        return period
    step = dt.timedelta(minutes=1) if isinstance(start, dt.datetime) else dt.timedelta(days=1)

    def lasting(steps: int) -> Period:
        return replace(period, until=start + steps * step)

    def at(steps: int) -> bool:
        return holds(_with(case, name, lasting(steps)))

    last = dt.datetime(_LAST_YEAR, 12, 31) if isinstance(start, dt.datetime) else dt.date(_LAST_YEAR, 12, 31)
    here, latest = (until - start) // step, (last - start) // step
    edge = _edge(at, here, 0)
    if edge == 0:
        longest = _edge(at, here, max(here, latest))
        edge = 0 if longest >= latest else longest
    return lasting(edge)


def _plain_value(value: object, case: Asked) -> object:
    """What is told where every value does: the day on which the case is decided, or one of our time."""
    return _plain_day(case) if isinstance(value, dt.date) else value


def _in_our_time(case: Asked, holds: Callable[[Asked], bool]) -> Asked:
    """The case so many times 28 years later, after which days fall on the same days of the week, where it can be."""
    years_named = [one.year for one in _days((case.at, *case.facts.values()))]
    if not years_named:
        return case
    last = max(years_named)
    since = _ANY_DAY.year - _CYCLE if case.law_as_of is None else case.law_as_of.year
    for cycles in range((_LAST_YEAR - last) // _CYCLE, 0, -1):
        years = cycles * _CYCLE
        if last + years - _CYCLE <= since:  # the first that is late enough, or one before it
            facts = {name: _later(value, years) for name, value in case.facts.items()}
            later = replace(case, facts=facts, at=_later(case.at, years))
            if holds(later):
                return later
    return case


def _days_stated(case: Asked) -> dict[str, dt.date]:
    """The facts of the case that are days, not moments."""
    return {name: value for name, value in case.facts.items() if type(value) is dt.date}


def _out_of_order(case: Asked) -> int:
    """How many things end before they begin."""
    times = {name: value for name, value in case.facts.items() if isinstance(value, dt.date)}
    return sum(compare_times(times[first], times[last]) > 0 for first, last in firsts_and_lasts(times))


def _in_order(case: Asked, holds: Callable[[Asked], bool]) -> Asked:
    """The case in which nothing ends before it begins, as far as it can be had by moving one of the two days."""
    for first, last in firsts_and_lasts(_days_stated(case)):
        for name, other in ((last, first), (first, last)):
            moved = _with(case, name, case.facts[other])
            if _out_of_order(moved) < _out_of_order(case) and holds(moved):
                case = moved
    return case


def _nearer(case: Asked, name: str, value: dt.date, holds: Callable[[Asked], bool]) -> Asked:
    """The case with a day that turns on more than its order moved to our time, where that shows the same."""
    near = value.toordinal() + (_plain_day(case).toordinal() - value.toordinal()) // _WEEK * _WEEK
    return _moved_to(case, name, dt.date.fromordinal(near), holds)


def _moved_to(case: Asked, name: str, value: object, holds: Callable[[Asked], bool]) -> Asked:
    """The case with another value of a fact, where it shows the same and no more ends before it begins."""
    moved = _with(case, name, value)
    return moved if moved != case and _out_of_order(moved) <= _out_of_order(case) and holds(moved) else case


def _plain_day(case: Asked) -> dt.date:
    return _ANY_DAY if case.at is None else case.at.date()


def _days(values: Iterable[object]) -> Iterator[dt.date]:
    """The days of a case, those of its periods and of members of its lists too."""
    for value in values:
        if isinstance(value, dt.date):
            yield value
        elif isinstance(value, Period):
            yield from (end for end in (value.start, value.until) if end is not None)
        elif isinstance(value, tuple):
            for member in value:
                yield from _days(member.values())


def _later(value: Any, years: int) -> Any:
    if isinstance(value, dt.date):
        return value.replace(year=value.year + years)
    if isinstance(value, Period):
        return replace(value, start=_later(value.start, years), until=_later(value.until, years))
    if isinstance(value, tuple):
        return tuple({name: _later(one, years) for name, one in member.items()} for member in value)
    return value


def _edge(at: Callable[[int], bool], here: int, bound: int) -> int:
    """The last number from `here` towards `bound` at which it holds, by doubling steps and then halving them."""
    sign = 1 if bound >= here else -1
    good, step = here, 1
    while good != bound:
        reached = good + sign * step
        if sign * reached >= sign * bound:
            reached = bound
        if not at(reached):
            bad = reached
            while abs(bad - good) > 1:
                middle = (bad + good) // 2
                if at(middle):
                    good = middle
                else:
                    bad = middle
            return good
        good, step = reached, step * 2
    return good
