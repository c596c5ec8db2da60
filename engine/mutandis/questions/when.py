"""From when, and until when, each verdict holds; and how far an open parameter may go.

The days on which something can change are solved for, never scanned: every comparison with the clock is halved to the
day (or minute) it turns, every in-force date is one. Between two such days nothing changes, which the decider is asked
to confirm at both ends of each stretch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any

from mutandis.calendar.dates import day_of
from mutandis.condition import tree as t
from mutandis.dataclass import dataclass, replace
from mutandis.decide.bounds import grain_of
from mutandis.decide.result import Decision, Limit, Verdict
from mutandis.diagnostics import MutandisError
from mutandis.questions.boundaries import CLOCK_DAYS, CLOCK_MINUTES, Axis, clock_turns, turns, turns_for_ever
from mutandis.questions.decider import Decider, Matter, matter_of, possible_verdicts, verdicts_of
from mutandis.questions.support import force_intervals
from mutandis.values import Duration, Period, Sum

ALLOWING = frozenset({Verdict.PERMITTED, Verdict.CONDITIONAL, Verdict.REQUIRED, Verdict.EXEMPT, Verdict.SILENT})
"""The verdicts under which the action may be done."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stretch of time with one verdict: first and last day (or minute), both included; None where it has no end."""

    verdict: Verdict
    first: dt.date | None
    last: dt.date | None
    citations: tuple[str, ...]

    def holds(self, moment: dt.date) -> bool:
        """True if `moment` lies in it."""
        after = self.first is None or _key(self.first) <= _key(moment)
        return after and (self.last is None or _key(moment) <= _last_key(self.last))


DAYS_SHOWN = 35
"""How many days are looked at where the answer turns with the kind of day: five weeks."""


@dataclass(frozen=True, slots=True)
class When:
    """All time, as stretches with one verdict each, in order.

    Where the answer turns with the kind of day (`today is a saturday`) it turns for ever, and `within` has the first
    and the last day that were looked at.
    """

    action: str
    spells: tuple[Spell, ...]
    within: tuple[dt.date, dt.date] | None = None

    def at(self, moment: dt.date) -> Spell:
        """The stretch that `moment` lies in."""
        _check_moment("moment", moment)
        return next(s for s in self.spells if s.holds(moment))

    def holding(self, wanted: Verdict | Iterable[Verdict]) -> tuple[Spell, ...]:
        """The stretches with one of the verdicts."""
        goal = verdicts_of(wanted)
        return tuple(s for s in self.spells if s.verdict in goal)

    def next(self, wanted: Verdict | Iterable[Verdict], after: dt.date) -> Spell | None:
        """The first stretch with one of the verdicts that has not ended before `after`."""
        _check_moment("after", after)
        return next((s for s in self.holding(wanted) if s.last is None or _last_key(s.last) >= _key(after)), None)


def when(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    *,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
    around: dt.date | None = None,
) -> When:
    """The verdict at every time, with all facts as they are.

    Without `law_as_of` each day is judged by the law of that day. To the minute where a condition reads `now` or counts
    hours from a moment, else to the day. Where the answer turns with the kind of day, or the month, the five weeks from
    `around` on (None: from the last change of the law on) are looked at. Raises `CaseError` for an action that is not
    declared.
    """
    matter = matter_of(decider, action, facts, None, law_as_of, by, holidays)
    found = stretches(matter, Matter.decide, lambda decision: decision.verdict, _told, around)
    spells = (Spell(one.answer.verdict, one.first, one.last, _told(one.answer)) for one in found.stretches)
    return When(action, tuple(spells), found.within)


Answer = Any
"""What a matter is answered with: a decision, or the value of a fact."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time with one answer: first and last day (or minute), both included; None where it has no end."""

    answer: Answer
    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Stretches:
    """All time, or `within` a first and a last day (or minute)."""

    stretches: tuple[Stretch, ...]
    within: tuple[dt.date, dt.date] | None


MOST_STRETCHES = 400
"""Of so many stretches on, an answer changes with the day (or minute), as a number of days since does."""


def stretches(
    matter: Matter,
    answer: Callable[[Matter], Answer],
    is_of: Callable[[Answer], object],
    told: Callable[[Answer], object],
    around: dt.date | None,
) -> Stretches:
    """All time as stretches in which an answer `is_of` one thing and tells one thing, in order.

    Where the answer turns for ever, with the kind of day, the month or every day or minute, thirty-five of these from
    `around` on.
    """
    to_the_minute = _reads_the_minute(matter)
    whole = CLOCK_MINUTES if to_the_minute else CLOCK_DAYS
    places = set(clock_turns(matter, to_the_minute=to_the_minute))
    if matter.law_as_of is None:
        for interval in force_intervals(matter.program, matter.conditions(), matter.norms):
            for day in (interval.since, interval.until):
                if day is not None:
                    places.add(_place(day, to_the_minute) - 1)
    last_change = max((p for p in places if whole.low <= p < whole.high), default=whole.low)
    begin = around if around is not None else _time(whole, last_change + 1)

    def between(axis: Axis) -> list[tuple[int, int, Answer]]:
        edges = [axis.low, *sorted(p + 1 for p in places if axis.low <= p < axis.high), axis.high + 1]
        found: list[tuple[int, int, Answer]] = []
        for first, beyond in pairwise(edges):
            found.extend(_stretch(matter, answer, is_of, axis, first, beyond - 1, MOST_STRETCHES - len(found)))
            if len(found) >= MOST_STRETCHES:
                break
        return _merged(found, is_of, told)

    axis = whole
    within: tuple[dt.date, dt.date] | None = None
    if turns_for_ever(matter):
        first = day_of(begin)
        within = (first, first + dt.timedelta(days=DAYS_SHOWN - 1))
        days = [_place(first + dt.timedelta(days=k), to_the_minute) for k in range(DAYS_SHOWN + 1)]
        axis = Axis(days[0], days[-1] - 1, whole.value)
        places.update(day - 1 for day in days)
    found = between(axis)
    if len(found) >= MOST_STRETCHES:
        low = _place(day_of(begin), to_the_minute) + (_minute_of(begin) if to_the_minute else 0)
        axis = Axis(low, low + DAYS_SHOWN - 1, whole.value)
        within = (_time(axis, axis.low), _time(axis, axis.high))
        found = between(axis)
    open_ended = within is None
    told_ = (
        Stretch(
            one,
            None if open_ended and first == axis.low else _time(axis, first),
            None if open_ended and last == axis.high else _time(axis, last),
        )
        for first, last, one in found
    )
    return Stretches(tuple(told_), within)


def _minute_of(time: dt.date) -> int:
    return time.hour * 60 + time.minute if isinstance(time, dt.datetime) else 0


def _reads_the_minute(matter: Matter) -> bool:
    """True where a condition reads `now`, or measures in hours a period that the case has begin with a moment."""
    return any(_turns_within_a_day(node, matter.facts) for c in matter.conditions() for node in t.walk(c))


def _turns_within_a_day(node: t.Expression, facts: Mapping[str, object]) -> bool:
    match node:
        case t.Now():
            return True
        case t.PeriodWithin(period=t.Fact(name=name), length=length):
            period = facts.get(name)
            if not isinstance(period, Period) or not isinstance(period.start, dt.datetime):
                return False
            in_hours = length.type is not None and length.type.family == "hours"
            return period.until is None and (in_hours or period.clock == "hours")
        case _:
            return False


def _place(day: dt.date, to_the_minute: bool) -> int:
    return (day.toordinal() - 1) * 1440 if to_the_minute else day.toordinal()


def _stretch(
    matter: Matter,
    answer: Callable[[Matter], Answer],
    is_of: Callable[[Answer], object],
    axis: Axis,
    first: int,
    last: int,
    most: int,
) -> list[tuple[int, int, Answer]]:
    """The stretch, halved further where the answer is not the same at both ends: no answer rests on the solving.

    At most so many parts of it, the first ones.
    """

    def at(place: int) -> Answer:
        return answer(matter.at_time(_time(axis, place)))

    found: list[tuple[int, int, Answer]] = []
    end = at(last)
    while first <= last and len(found) < most:
        begin = at(first)
        if is_of(begin) == is_of(end):
            return [*found, (first, last, begin)]

        def is_still(place: int, now: object = is_of(begin)) -> bool:
            return is_of(at(place)) == now

        turn = turns(is_still, first, last)[0]
        found.append((first, turn, begin))
        first = turn + 1
    return found


def _merged(
    found: list[tuple[int, int, Answer]], is_of: Callable[[Answer], object], told: Callable[[Answer], object]
) -> list[tuple[int, int, Answer]]:
    merged: list[tuple[int, int, Answer]] = []
    for first, last, answer in found:
        before = merged[-1] if merged else None
        if before is not None and is_of(before[2]) == is_of(answer) and told(before[2]) == told(answer):
            merged[-1] = (before[0], last, before[2])
        else:
            merged.append((first, last, answer))
    return merged


def _told(decision: Decision) -> tuple[str, ...]:
    """What is cited, and where it is forbidden because a limit is exceeded, the place of that."""
    if decision.verdict is not Verdict.FORBIDDEN:
        return decision.citations
    return tuple(dict.fromkeys((*decision.citations, *(b.provision for b in decision.breaches))))


def _time(axis: Axis, place: int) -> dt.date:
    value = axis.value(place)
    assert isinstance(value, dt.date), "the clock's axis is of days or moments"
    return value


def _check_moment(argument: str, given: object) -> None:
    if not isinstance(given, dt.date):
        raise MutandisError(
            f"`{argument}` is a date or a moment, such as `datetime.date(2020, 3, 2)`, not `{str(given)[:40]}`"
        )


def _key(time: dt.date) -> tuple[int, int]:
    minutes = time.hour * 60 + time.minute if isinstance(time, dt.datetime) else 0
    return time.toordinal(), minutes


def _last_key(time: dt.date) -> tuple[int, int]:
    """The same of the last that lies in a stretch: of a day, its last minute."""
    return _key(time) if isinstance(time, dt.datetime) else (time.toordinal(), 24 * 60 - 1)


# --- parameters -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AllowedRange:
    """What one permission or duty leaves an open parameter: least and most, None without end, and what says so.

    `excludes_least`/`excludes_most`: only values beyond it are allowed (a number or moment has no next value).
    """

    norm: str
    parameter: str
    least: object
    most: object
    excludes_least: bool
    excludes_most: bool
    provisions: tuple[str, ...]


def allowed_ranges(
    decider: Decider,
    action: str,
    facts: Mapping[str, object],
    *,
    at: dt.date | None = None,
    law_as_of: dt.date | None = None,
    by: str | None = None,
    holidays: frozenset[dt.date] | None = None,
) -> tuple[AllowedRange, ...]:
    """How far each open parameter may go, for each permission that the decision rests on.

    Bounds are the sure ones (S16), cut to the parameter's grain: less than 5 days is at most 4. Ranges that the decider
    does not confirm, at the end and one step beyond, are left out.
    """
    matter = matter_of(decider, action, facts, at, law_as_of, by, holidays)
    decision = matter.decide()
    found: list[AllowedRange] = []
    open_ = (
        limit
        for limit in decision.limits
        if limit.actual is None and limit.parameter in matter.program.vocabulary.facts
    )
    pairs = dict.fromkeys((limit.norm, limit.parameter) for limit in open_)
    for norm, parameter in pairs:
        mine = [m for m in decision.limits if (m.norm, m.parameter) == (norm, parameter)]
        allowed = _range(matter, norm, parameter, mine)
        if allowed is not None and _confirmed(matter, allowed):
            found.append(allowed)
    return tuple(found)


def _range(matter: Matter, norm: str, parameter: str, limits: list[Limit]) -> AllowedRange | None:
    step = grain_of(matter.program.vocabulary.facts[parameter])
    allowed = AllowedRange(norm, parameter, None, None, False, False, ())
    ends: dict[str, str] = {}
    for limit in limits:
        if limit.inner is None:
            return None
        native: object = limit.inner
        if isinstance(limit.inner, Sum) or (isinstance(limit.inner, Duration) and step is not None):
            native = limit.inner.amount
        if limit.relation in ("at_most", "less_than", "exactly"):
            value, excluded = _settled(native, step, limit.relation == "less_than", up=False)
            if allowed.most is None or value < allowed.most:  # type: ignore[operator]  # values of one type
                allowed, ends["most"] = replace(allowed, most=value, excludes_most=excluded), limit.provision
        if limit.relation in ("at_least", "more_than", "exactly"):
            value, excluded = _settled(native, step, limit.relation == "more_than", up=True)
            if allowed.least is None or value > allowed.least:  # type: ignore[operator]  # values of one type
                allowed, ends["least"] = replace(allowed, least=value, excludes_least=excluded), limit.provision
    provisions = dict.fromkeys(limit.provision for limit in limits if limit.provision in ends.values())
    return replace(allowed, provisions=tuple(provisions))


def _settled(value: object, step: int | dt.timedelta | None, strict: bool, *, up: bool) -> tuple[object, bool]:
    if isinstance(step, dt.timedelta) and isinstance(value, dt.date):
        return (value + step if up else value - step) if strict else value, False
    if isinstance(step, int) and not isinstance(value, dt.date):
        whole, rest = divmod(value, step)  # type: ignore[operator]  # a number of base units
        if up:
            return (whole + (1 if strict or rest else 0)) * step, False
        return (whole - (1 if strict and not rest else 0)) * step, False
    return value, strict


def _confirmed(matter: Matter, allowed: AllowedRange) -> bool:
    """True if the ends are allowed and what lies one step beyond is not allowed by this norm."""
    for end, excluded in ((allowed.least, allowed.excludes_least), (allowed.most, allowed.excludes_most)):
        if end is None or excluded:
            continue
        decision = matter.having(allowed.parameter, end).decide()
        if not possible_verdicts(decision) & ALLOWING:
            return False
    return True
