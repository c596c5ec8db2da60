"""Months and days off in terms: exact in the Gregorian calendar over a declared span of years.

A day is its ordinal. Year, month and day are named only where months are added: the month's number counted from year 0
and the day in it, tied to the ordinal by one linear equation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import field
from typing import Any

from mutandis.backends.solver.terms import NotLowered, Space, Term, both, choose, of_model, z3
from mutandis.calendar.counting import Counting
from mutandis.calendar.dates import EndOfMonth
from mutandis.dataclass import dataclass

FIRST = dt.date(1901, 3, 1)
LAST = dt.date(2099, 12, 31)
"""The span in which every fourth year is a leap year, which all days and all days reckoned must lie in."""
DAY_IN_MINUTES = 1440
PLAIN_DAY = dt.date(2000, 1, 2)
"""A day on which something happens, whatever its time."""
_MONTH, _OFF, _OFF_YEARS = 487, 5, 12
"""A month is 487/16 days in the mean; a day so many months on lies no farther from there than `_OFF` days, one so many
years on no farther than `_OFF_YEARS` sixteenths of a day."""
_SHIFT = dt.date(1904, 3, 1).toordinal() - (1904 * 365 + 1904 // 4)


@dataclass(frozen=True, slots=True)
class NamedMonth:
    """A day whose month was named: the month counted from year 0, and the day's number in it."""

    day: Term
    month: Term
    number: Term


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day or a length that was reckoned with months: its variable, and what it is."""

    found: Term
    exact: Term


@dataclass(slots=True)
class Calendar:
    """Names months of days for one solver.

    `facts` are what must hold, about where days lie; `exact` says which day it is that months lead to. Without `exact`
    there are more cases: what holds of all of them holds of every case. `named` has what was named, each after what it
    rests on.
    """

    space: Space = field(default_factory=Space)
    facts: list[Term] = field(default_factory=list)
    exact: list[Term] = field(default_factory=list)
    named: list[NamedMonth | NamedDay] = field(default_factory=list)
    _months: dict[object, NamedMonth] = field(default_factory=dict)
    _reckoned: dict[object, NamedDay] = field(default_factory=dict)
    _days: dict[object, tuple[Term, Term]] = field(default_factory=dict)
    _counted_from: tuple[int, list[Term]] = 0, []

    def within(self, day: Term) -> None:
        """State that a day lies within the span."""
        if isinstance(day, int):
            if not FIRST.toordinal() <= day <= LAST.toordinal():
                raise NotLowered("a day outside the years 1901 to 2099")
        else:
            self.facts.append(both([day >= FIRST.toordinal(), day <= LAST.toordinal()]))

    def month_of(self, day: Term) -> tuple[Term, Term]:
        """The month a day lies in, counted from year 0, and its number in it."""
        if isinstance(day, int):
            date = dt.date.fromordinal(day)
            return date.year * 12 + date.month - 1, date.day
        known = self._months.get(day.get_id())
        if known is None:
            self.within(day)
            name = day.sexpr()
            known = NamedMonth(day, self.space.whole(f"month of {name}"), self.space.whole(f"day of {name}"))
            month, number = known.month, known.number
            self.exact.append(
                both(
                    [
                        month >= FIRST.year * 12,
                        month < (LAST.year + 1) * 12,
                        number >= 1,
                        number <= length_of(month),
                        day == first_of(month) + number - 1,
                    ]
                )
            )
            self._months[day.get_id()] = known
            self.named.append(known)
        return known.month, known.number

    def add_months(self, day: Term, months: Term, end: EndOfMonth) -> Term:
        """The day that corresponds to `day` so many months on."""
        month, number = self.month_of(day)
        there = month + months
        longest = length_of(there)
        first = first_of(there)
        kept = number <= longest
        found = first + choose(kept, number, longest) - 1
        if end == "next day":
            found = first + choose(kept, number - 1, longest)
        elif end == "last day":
            own = length_of(month)
            found = choose(number == own, first + longest - 1, found)
        if not isinstance(found, int):
            found = self.name_day(found)
            are_years = isinstance(months, int) and months % 12 == 0
            self.near(16 * found, 16 * day + _MONTH * months, _OFF_YEARS if are_years else 16 * _OFF)
        self.within(found)
        return found

    def end_of_unit(self, day: Term, months: int, shift: int) -> Term:
        """The last day of the unit of so many months that a day lies in, or of one so many units on."""
        month, _ = self.month_of(day)
        found = first_of((divided(month, months)[0] + shift + 1) * months) - 1
        if not isinstance(found, int):
            found = self.name_day(found)
            least, most = (shift * length * months for length in ((31, 28) if shift < 0 else (28, 31)))
            self.facts.append(both([found - day >= least, found - day < most + (28 if shift < 0 else 31) * months]))
        self.within(found)
        return found

    def near(self, found: Term, mean: Term, off: int = _OFF) -> None:
        """State where a day or a length lies, whatever the months are."""
        self.facts.append(both([found - mean >= -off, found - mean <= off]))

    def name_day(self, exact: Term) -> Term:
        """The variable that stands for a day or a length reckoned with months."""
        known = self._reckoned.get(exact.get_id())
        if known is None:
            found = self.space.whole(f"reckoned {len(self._reckoned) + 1}")
            known = self._reckoned[exact.get_id()] = NamedDay(found, exact)
            self.exact.append(found == exact)
            self.named.append(known)
        return known.found

    def day_of(self, moment: Term) -> Term:
        """The day of a moment in minutes."""
        if isinstance(moment, int):
            return moment // DAY_IN_MINUTES
        known = self._days.get(moment.get_id())
        return moment / DAY_IN_MINUTES if known is None else known[1]

    def moment(self, day: Term, minute: Term) -> Term:
        """The moment at that minute of the day."""
        found = day * DAY_IN_MINUTES + minute
        if not isinstance(found, int):
            self._days[found.get_id()] = found, day  # the term is kept, so that no other gets its id
        return found

    def advance(
        self, day: Term, family: str, amount: Term, counting: Counting, sign: int, event: dt.date = PLAIN_DAY
    ) -> Term:
        """`Counting.advance` of a day by days or months; `amount` is not negative, and `event` is one like the day's: a
        moment at midnight, or at another time.
        """
        if family == "days":
            found = day + sign * amount
            self.within(found)
            return found
        convention = counting.corresponding(event, sign)
        return self.add_months(day, sign * amount, convention)

    def reckoned(self, value_of: Callable[[Term], Any]) -> list[tuple[Term, Term]]:
        """Where months lead to, with the days from which they are counted as they are: variables and their values."""
        pairs: list[tuple[Term, Term]] = [(anchor, self.space.constant(value_of(anchor))) for anchor in self._anchors()]
        model = self.space.model(pairs)
        filled = of_model(model)
        for one in self.named:  # each by those before it
            if isinstance(one, NamedDay):
                found = [(one.found, self.space.constant(filled(one.exact)))]
            else:
                date = dt.date.fromordinal(min(max(filled(one.day), 1), dt.date.max.toordinal()))
                months = date.year * 12 + date.month - 1
                found = [(one.month, self.space.constant(months)), (one.number, self.space.constant(date.day))]
            for variable, value in found:
                model.update_value(variable, value)
            pairs += found
        return pairs

    def anchors(self) -> set[object]:
        """The variables from which months are counted, by their numbers in the solver."""
        return {term.get_id() for term in self._anchors()}

    def _anchors(self) -> list[Term]:
        """The variables that days reckoned with months rest on: where these are known, so is where months lead."""
        if self._counted_from[0] != len(self.named):  # there may be more since
            self._counted_from = len(self.named), self._find_anchors()
        return self._counted_from[1]

    def _find_anchors(self) -> list[Term]:
        own = {term.get_id() for one in self.named for term in _variables(one)}
        found: dict[object, Term] = {}
        pending = [one.exact if isinstance(one, NamedDay) else one.day for one in self.named]
        seen: set[object] = set()
        while pending:
            term = pending.pop()
            if term.get_id() in seen or term.get_id() in own:
                continue
            seen.add(term.get_id())
            if not term.num_args() and not z3().is_int_value(term):
                found[term.get_id()] = term
            pending.extend(term.children())
        return list(found.values())


def _variables(one: NamedDay | NamedMonth) -> tuple[Term, ...]:
    return (one.found,) if isinstance(one, NamedDay) else (one.month, one.number)


def first_of(month: Term) -> Term:
    """The ordinal of the first day of a month counted from year 0."""
    since_march = month - 2
    year, number = divided(since_march, 12)
    return 365 * year + divided(year, 4)[0] + divided(153 * number + 2, 5)[0] + _SHIFT


def length_of(month: Term) -> Term:
    """How many days a month has."""
    return first_of(month + 1) - first_of(month)


def divided(one: Term, by: int) -> tuple[Term, Term]:
    """The whole quotient, rounded down, and the rest."""
    return (one // by, one % by) if isinstance(one, int) else (one / by, one % by)


def off_the_weekend(day: Term, forward: bool) -> Term:
    """The nearest day that is neither Saturday nor Sunday: the next one, else the one before."""
    place = day % 7
    saturday, sunday = place == 6, place == 0
    return day + (choose(saturday, 2, choose(sunday, 1, 0)) if forward else choose(saturday, -1, choose(sunday, -2, 0)))


def working_days(day: Term, number: Term, forward: bool) -> Term:
    """The last of so many days that are neither Saturday nor Sunday after (else before) a day; none: the day itself."""
    sign = 1 if forward else -1
    weekday = off_the_weekend(day, not forward)  # from a weekend as many are left as from the weekday behind it
    place = weekday % 7 - 1 if forward else 5 - weekday % 7
    weeks, rest = divided(place + number, 5)
    return choose(number <= 0, day, weekday + sign * (7 * weeks + rest - place))
