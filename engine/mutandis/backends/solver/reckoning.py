"""Periods in terms: what is moved in the calendar, where a period ends, what part of a term is.

The same as `mutandis.calendar` says of single days, for all days within the span of `months`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from mutandis.backends.solver import terms as s
from mutandis.backends.solver.case import CaseTerms
from mutandis.backends.solver.months import (
    DAY_IN_MINUTES,
    LAST,
    PLAIN_DAY,
    divided,
    off_the_weekend,
    working_days,
)
from mutandis.backends.solver.terms import Lowered, NotLowered, Span, Term, Truth, Value
from mutandis.calendar.counting import counting_of
from mutandis.dataclass import dataclass, replace

_MIDNIGHT, _NOON = dt.datetime(2000, 1, 2), dt.datetime(2000, 1, 2, 12)


@dataclass(slots=True)
class Reckoner:
    """Reckons with the days of a case."""

    case: CaseTerms

    def moved(self, start: Value, length: Value, family: Any, forward: bool, counting: Any) -> Value:
        """A day or moment plus, or minus, a length."""
        sign = 1 if forward else -1
        self._plain(length, family)
        gap = s.either([start.missing, length.missing])
        calendar = self.case.calendar
        if gap is True:  # nothing to reckon with in any case
            return Value("moment" if family == "hours" else start.kind, 0, False, True)
        if family == "hours":
            begin = calendar.moment(start.term, 0) if start.kind == "date" else start.term
            return Value("moment", begin + sign * length.term, False, gap)
        if start.kind == "moment":
            if family == "months":
                return Value("moment", self._months_from(start.term, length.term, counting, sign), False, gap)
            return Value("moment", start.term + sign * length.term * DAY_IN_MINUTES, False, gap)
        return Value("date", calendar.advance(start.term, family, length.term, counting, sign), False, gap)

    def _months_from(self, start: Term, months: Term, counting: Any, sign: int) -> Term:
        """The same time of the day so many months on: from midnight its day may count."""
        calendar = self.case.calendar
        day = calendar.day_of(start)
        there = self._from_moment(start, lambda event: calendar.advance(day, "months", months, counting, sign, event))
        return calendar.moment(there, start - day * DAY_IN_MINUTES)

    def _from_moment(self, start: Term, of_event: Callable[[dt.datetime], Term]) -> Term:
        """What it comes to from a moment, which may be midnight."""
        at_midnight = s.equal(start - self.case.calendar.day_of(start) * DAY_IN_MINUTES, 0)
        return s.choose(at_midnight, *map(of_event, (_MIDNIGHT, _NOON)))

    def end_of(self, anchor: Value, length: Value, family: Any, after: bool, counting: Any) -> Value:
        """The end of a period after (else before) a day, moved off Saturdays and Sundays."""
        self._plain(length, family)
        gap = s.either([anchor.missing, length.missing])
        if gap is True:
            return Value("moment" if family == "hours" else "date", 0, False, True)
        if family == "hours" or counting.clock == "hours":
            if family != "hours":
                raise NotLowered("days counted from an instant")
            begin = self.case.calendar.moment(anchor.term, 0) if anchor.kind == "date" else anchor.term
            return Value("moment", begin + length.term if after else begin - length.term, False, gap)
        last = self.last(anchor, family, length.term, counting, after)
        if counting.moves:
            self.case.has_days_off = True
            last = off_the_weekend(last, after)
        return Value("date", last, False, gap)

    def end_of_working_days(self, anchor: Value, number: Value, after: bool) -> Value:
        """The last of so many days besides Saturdays and Sundays after (else before) a day."""
        self._plain(number, "days")
        gap = s.either([anchor.missing, number.missing])
        if gap is True:
            return Value("date", 0, False, True)
        calendar = self.case.calendar
        start = calendar.day_of(anchor.term) if anchor.kind == "moment" else anchor.term
        found = working_days(start, number.term, after)
        self.case.has_days_off = True
        calendar.within(found)
        return Value("date", found, False, gap)

    def end_of_unit(self, anchor: Value, months: Any, shift: Any) -> Value:
        """The last day of the month, quarter, half-year or year of a day, or of one so many of these on."""
        if anchor.missing is True:
            return Value("date", 0, False, True)
        calendar = self.case.calendar
        day = calendar.day_of(anchor.term) if anchor.kind == "moment" else anchor.term
        return Value("date", calendar.end_of_unit(day, months, shift), False, anchor.missing)

    def last(self, start: Value, family: Any, amount: Term, counting: Any, after: bool) -> Term:
        """The last day by the calendar alone: `reckon` and `reckon_back` of a day, or of a moment's."""
        day = start.term if start.kind == "date" else self.case.calendar.day_of(start.term)
        if start.kind == "date" or not after:  # backward the day of the event is none of them
            return self._last(day, family, amount, counting, after)
        return self._from_moment(start.term, lambda event: self._last(day, family, amount, counting, after, event))

    def _last(
        self, start: Term, family: Any, amount: Term, counting: Any, after: bool, event: dt.date = PLAIN_DAY
    ) -> Term:
        sign = 1 if after else -1
        counts = counting.first_counts(event) and (after or counting.clock != "civil")
        found = self.case.calendar.advance(start, family, amount, counting, sign, event)
        return found - sign if counts else found

    def within(self, period: Lowered, length: Value, family: Any, counting: Any, uncounted: Sequence[Value]) -> Truth:
        """Whether a period is no longer than a length, as it is counted; first and last of `uncounted` do not count."""
        if not isinstance(period, Span):
            raise NotLowered("a period that is no fact")
        if length.high is not None:  # within the least that it may be is within it, beyond the most beyond it
            ends = (replace(length, term=end, high=None) for end in (length.term, length.high))
            least, most = (self.within(period, end, family, counting, uncounted) for end in ends)
            return Truth(least.yes, most.no)
        self._plain(length, family)
        gap = s.either([period.none, length.missing])
        if gap is True:
            return s.OPEN
        counted = counting if counting is not None else counting_of("civil")
        if family == "hours" or counted.clock == "hours":
            if family != "hours" or uncounted:
                raise NotLowered("days counted from an instant")
            return s.open_where(self._within_hours(period, length.term), gap)
        if counted.clock == "civil":
            self.case.by_civil_days(period)
        end, pushed = self._last_of(period, length, family, counted, uncounted)
        if not uncounted:
            return s.open_where(period.until <= end, gap)
        begin, until = uncounted
        unknown = s.both([s.no(begin.none), s.either([begin.gap, until.gap]), period.until > end])
        return s.open_where(period.until <= pushed, s.either([gap, unknown]))

    def bound_on(self, period: Span, length: Value, family: Any, counting: Any, uncounted: Sequence[Value]) -> Value:
        """The last day that a period can have, missing where there is none; of one counted by hours its length, which
        comes to the same.
        """
        counted = counting if counting is not None else counting_of("civil")
        if family == "hours" or counted.clock == "hours":
            return length
        _, last = self._last_of(period, length, family, counted, uncounted)
        return Value("date", last, s.either([period.none, last > LAST.toordinal()]) if uncounted else period.none)

    def _last_of(
        self, period: Span, length: Value, family: Any, counted: Any, uncounted: Sequence[Value]
    ) -> tuple[Term, Term]:
        """The last day of a period of that length: by the calendar alone, and where some of its days do not count."""
        end = self._last(period.start, family, length.term, counted, True)
        if not uncounted:
            return end, end
        first = period.start if counted.first_counts(PLAIN_DAY) else period.start + 1
        return end, self._pushed(first, end, uncounted)

    def _within_hours(self, period: Span, length: Term) -> Term:
        """Whether a period is no longer than so many minutes, from the instant or, of days, from the first midnight."""
        minutes, calendar = self.case.by_hours(period), self.case.calendar
        from_midnight = calendar.day_of(calendar.moment(period.start, 0) + length)
        begun, over = (calendar.moment(*end) for end in ((period.start, minutes.start), (period.until, minutes.until)))
        return s.choose(minutes.stated, over <= begun + length, period.until <= from_midnight)

    @staticmethod
    def _pushed(first: Term, last: Term, uncounted: Sequence[Value]) -> Term:
        """The last day of a period of which the days between two, if there is a first one, do not count."""
        if len(uncounted) > 2:
            raise NotLowered("a period with several spans of days that do not count")
        begin, until = uncounted
        start = s.choose(begin.term < first, first, begin.term)
        none = s.either([start > until.term, start > last + 1])
        ended = s.choose(none, last, last + until.term - start + 1)
        pushed = s.choose(until.none, s.choose(start > last + 1, last, LAST.toordinal() * 2), ended)
        return s.choose(begin.none, last, pushed)

    def share(self, start: Value, end: Value, part: Any, rounding: Any) -> Value:
        """That share of a term from `start` to `end`, both counted, in days."""
        if start.kind != "date" or end.kind != "date":
            raise NotLowered("a share of a term of moments")
        gap, share = s.either([start.missing, end.missing]), Fraction(part)
        if gap is True:
            return Value("duration", 0, False, True)
        calendar, first, last = self.case.calendar, start.term, end.term
        between = calendar.month_of(last)[0] - calendar.month_of(first)[0]
        days = (last - first + 1) * share.numerator
        in_days = divided(days + (share.denominator - 1 if rounding == "up" else 0), share.denominator)[0]
        found = in_days
        for months in (between + 1, between):
            whole = s.both([months >= 0, calendar.add_months(first, months, "next day") - 1 == last])
            parts = months * share.numerator
            by_calendar = calendar.add_months(first, divided(parts, share.denominator)[0], "next day") - first
            found = s.choose(whole, s.choose(parts % share.denominator == 0, by_calendar, in_days), found)
        if not isinstance(found, int | bool) and not s.alike(found, in_days):
            found = calendar.name_day(found)
            calendar.near(found, in_days)
        return Value("duration", found, False, gap)

    @staticmethod
    def _plain(length: Value, family: Any) -> None:
        if family is None:
            raise NotLowered("a length that may be in days or months")
        if length.high is not None or length.kind == "share":
            raise NotLowered("a length that may not be known")
