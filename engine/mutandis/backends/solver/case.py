"""The facts of a case as variables of the solver, shared by all rulebooks that are asked about it.

A complete case states every fact it is asked for. Its variables are made when a condition first reads them; from a
model of the solver the case is read back in its run-time form.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import field
from typing import Any

from mutandis.backends.solver.bounds import LARGEST, MOST_MEMBERS, Bounds
from mutandis.backends.solver.drawing import Drawing, Near
from mutandis.backends.solver.ends import firsts_and_lasts
from mutandis.backends.solver.months import DAY_IN_MINUTES, Calendar
from mutandis.backends.solver.terms import (
    Listed,
    Lowered,
    Minutes,
    NotLowered,
    Space,
    Span,
    Term,
    Truth,
    Value,
    Words,
    both,
    either,
    no,
    of_model,
    truth,
    z3,
)
from mutandis.citation import CitationRange, parse_citation
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType
from mutandis.values import Period
from mutandis.vocabulary import FactDeclaration, Vocabulary

_USUAL, _USUAL_DAYS = (dt.date(2020, 1, 1), dt.date(2040, 12, 31)), dt.date(1960, 1, 1)
_FEW = 2
"""Of so many members a list is nice to read."""
_ANOTHER = "another"
_BOTH_WAYS = "a period counted by hours and by days, of which the first may count"

Drawn = list[tuple[Term, bool | int]]
"""What variables are set to."""


@dataclass(slots=True)
class _Variable:
    """One fact, or attribute of a member: how it is read from a model, and how a value is given to it."""

    name: str
    read: Callable[[Any], object]
    draw: Callable[[Drawing], Drawn]


@dataclass(slots=True)
class CaseTerms:
    """The variables of one case. `facts` are what must hold of them in every case within the bounds.

    `may_be_missing` are facts of which a case may also say nothing.
    """

    bounds: Bounds
    provisions: tuple[str, ...] = ()
    may_be_missing: frozenset[str] = frozenset()
    members: int = MOST_MEMBERS
    calendar: Calendar = field(default_factory=Calendar)
    facts: list[Term] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    has_days: bool = False
    has_sums: bool = False
    has_spans: bool = False
    has_days_off: bool = False
    provisions_read: bool = False
    lists: dict[str, Listed] = field(default_factory=dict)
    minutes: dict[str, Minutes] = field(default_factory=dict)
    given: dict[str, Term] = field(default_factory=dict)
    _words: dict[str, int] = field(default_factory=dict)
    _stated: dict[str, tuple[DataType, Truth | Lowered]] = field(default_factory=dict)
    _variables: dict[str, _Variable] = field(default_factory=dict)
    _attributes: dict[tuple[str, int], dict[str, str]] = field(default_factory=dict)
    _by_civil_days: set[str] = field(default_factory=set)
    _clock: tuple[Term, Term] | None = None
    _within: tuple[int, Term] | None = None

    # --- words and provisions -----------------------------------------------------------------------------------------

    def word(self, word: str) -> int:
        """The number of a word."""
        return self._words.setdefault(word, len(self._words))

    def provision(self, citation: str, places: Sequence[str]) -> int:
        """The number of a provision; they are numbered in the order of the law.

        `places` is how the rulebook that names it calls each of `provisions`.
        """
        if citation not in places:
            raise NotLowered(f"the provision {citation}, which no rulebook names")
        return places.index(citation)

    def covered(self, ranges: Sequence[CitationRange], places: Sequence[str]) -> list[tuple[int, int]]:
        """The stretches of provision numbers that lie in one of the ranges, by what each is called there: `places`."""
        found: list[tuple[int, int]] = []
        for number, place in enumerate(places):
            cited = parse_citation(place)
            if any(r.covers(cited) for r in ranges):
                if found and found[-1][1] == number - 1:
                    found[-1] = found[-1][0], number
                else:
                    found.append((number, number))
        return found

    # --- variables ----------------------------------------------------------------------------------------------------

    def stated(self, name: str, type_: DataType, declared: FactDeclaration | None) -> Truth | Lowered:
        """The fact that a case states. Raises `NotLowered` for a type that is not lowered."""
        known = self._stated.get(name)
        if known is not None:
            if known[0].kind != type_.kind or known[0].several != type_.several or known[0].family != type_.family:
                raise NotLowered(f"the fact `{name}`, whose type is another")
            if known[0] != type_:
                self._narrow(name, type_)
            return known[1]
        made = self._make(name, type_, declared)
        self._stated[name] = type_, made
        if name in self.may_be_missing:
            self.says(name)
        return made

    def says(self, name: str) -> Truth:
        """Whether the case says anything of a fact."""
        if name not in self.may_be_missing:
            return truth(True)
        return truth(self.given.setdefault(name, self.space.yes_no(f"{name} given")))

    def attribute(
        self, listed: Listed, place: int, name: str, type_: DataType, vocabulary: Vocabulary
    ) -> Truth | Lowered:
        """An attribute of the list's member at `place`, from 0."""
        own = f"{listed.name}[{place + 1}].{name}"
        self._attributes.setdefault((listed.name, place), {})[name] = own
        return self.stated(own, type_, vocabulary.facts.get(f"{listed.term}.{name}"))

    def clock(self) -> tuple[Term, Term]:
        """The day and the minute at which the case is decided."""
        if self._clock is None:
            day, minute = self.space.whole("today"), self.space.whole("minute of now")
            self._within_days(day)
            self.facts.append(both([minute >= 0, minute < 1440]))
            self._clock = day, minute
        return self._clock

    def _within_days(self, day: Term) -> None:
        self.has_days = True
        first, last = self.bounds.days
        self.facts.append(both([day >= first.toordinal(), day <= last.toordinal()]))

    def _narrow(self, name: str, type_: DataType) -> None:
        """Keep to values that both declarations of a fact allow."""
        value = self._stated[name][1]
        if isinstance(value, Value) and value.kind == "enum":
            allowed = either([value.term == self.word(v) for v in type_.values])
            self.facts.append(either([value.none, allowed]))
        if isinstance(value, Value | Words) and not type_.optional:
            self.facts.append(no(value.none))
        if isinstance(value, Words):
            self.facts.extend(no(there) for word, there in value.members if word not in type_.values)

    def _make(self, name: str, type_: DataType, declared: FactDeclaration | None) -> Truth | Lowered:
        if type_.kind == "yes_no":
            held = self.space.yes_no(name)
            self._add(name, lambda m: m(held), lambda r: [(held, r.happens())])
            return truth(held)
        none: Term = self.space.yes_no(f"{name} is none") if type_.optional else False
        if type_.kind == "enum" and type_.several:
            words = tuple((v, self.space.yes_no(f"{name} has {v}")) for v in type_.values)
            self._add(
                name,
                lambda m: frozenset(v for v, there in words if m(there)),
                lambda r: [(there, r.happens()) for _, there in words],
                none,
            )
            return Words(words, none)
        if type_.kind == "period":
            return self._period(name, none)
        if type_.kind == "list":
            return self._list(name, type_, none)
        if type_.kind == "moment":
            return self._moment(name, none)
        term = self.space.whole(name)
        match type_.kind:
            case "enum" | "text":
                self._enumeration(name, term, type_, none)
            case "provision":
                self.provisions_read = True
                self.facts.append(either([none, both([term >= 0, term < len(self.provisions)])]))
                last = len(self.provisions) - 1
                self._add(name, lambda m: self.provisions[m(term)], lambda r: [(term, r.rng.randint(0, last))], none)
            case "date":
                self._within_days(term)
                self._add(name, lambda m: dt.date.fromordinal(m(term)), lambda r: [(term, r.day())], none)
            case "count" | "money" | "number" | "duration" if type_.kind != "duration" or type_.family is not None:
                self._number(name, term, declared, none, type_)
            case _:
                raise NotLowered(f"the fact `{name}`, a {type_.kind}")
        return Value(type_.kind, term, none)

    def _add(
        self, name: str, read: Callable[[Any], object], draw: Callable[[Drawing], Drawn], none: Term = False
    ) -> None:
        if none is False:
            self._variables[name] = _Variable(name, read, draw)
            return
        self._variables[name] = _Variable(
            name,
            lambda m: None if m(none) else read(m),
            lambda r: [(none, r.happens(0.25)), *draw(r)],
        )

    def _enumeration(self, name: str, term: Term, type_: DataType, none: Term) -> None:
        words = [*type_.values, *([_ANOTHER] if type_.open or type_.kind == "text" else [])]
        for word in words:
            self.word(word)
        self.facts.append(either([none, *(term == self.word(word) for word in words)]))
        by_number = {self.word(word): word for word in words}
        self._add(
            name,
            lambda m: by_number.get(m(term), words[0]),
            lambda r: [(term, self.word(r.rng.choice(words)))],
            none,
        )

    def _number(self, name: str, term: Term, declared: FactDeclaration | None, none: Term, type_: DataType) -> None:
        self.has_sums = True
        low = declared.minimum if declared is not None else None
        if low is None:
            low = -LARGEST if type_.kind == "number" else 0
        high = declared.maximum if declared is not None and declared.maximum is not None else LARGEST
        if type_.kind == "duration" and type_.family == "months":
            high = min(high, 600)
        elif type_.kind == "duration" and type_.family == "days":
            high = min(high, 20_000)
        elif type_.kind == "duration":
            high = min(high, 20_000 * 1440)
        self.facts.append(either([none, both([term >= low, term <= high])]))
        self._add(name, lambda m: m(term), lambda r: [(term, r.number(low, high))], none)

    def _moment(self, name: str, none: Term) -> Value:
        day, minute = self.space.whole(f"{name} day"), self.space.whole(f"{name} minute")
        self._within_days(day)
        self.facts.append(both([minute >= 0, minute < 1440]))
        self._add(
            name,
            lambda m: _moment(m(day), m(minute)),
            lambda r: [(day, r.day()), (minute, r.minute())],
            none,
        )
        return Value("moment", self.calendar.moment(day, minute), none)

    def _period(self, name: str, none: Term) -> Span:
        self.has_spans = True
        start, until = self.space.whole(f"{name} start"), self.space.whole(f"{name} until")
        self._within_days(start)
        self._within_days(until)
        self.facts.append(start <= until)

        def draw(r: Drawing) -> Drawn:
            begin, end = r.day(), r.day()
            end = end if end >= begin else begin + r.rng.randint(0, r.days[1] - begin)
            days: Drawn = [(start, begin), (until, end)]
            minutes = self.minutes.get(name)
            if minutes is None:
                return days
            first, last = sorted((r.minute(), r.minute()))
            return [*days, (minutes.stated, r.happens()), (minutes.start, first), (minutes.until, last)]

        self._add(
            name,
            lambda m: Period(self._end(m, name, start, True), self._end(m, name, until, False)),
            draw,
            none,
        )
        return Span(start, until, none, name)

    def by_hours(self, period: Span) -> Minutes:
        """The minutes of a period that is counted by hours. A case may still state it in days."""
        if not period.name:
            raise NotLowered("a period counted by hours that is no fact")
        if period.name in self._by_civil_days:
            raise NotLowered(_BOTH_WAYS)
        made = self.minutes.get(period.name)
        if made is None:
            make = self.space
            start, until = (make.whole(f"{period.name} {end} minute") for end in ("start", "until"))
            made = self.minutes[period.name] = Minutes(start, until, make.yes_no(f"{period.name} to the minute"))
            self.facts.append(both([start >= 0, start < DAY_IN_MINUTES, until >= 0, until < DAY_IN_MINUTES]))
            self.facts.append(either([no(made.stated), period.start < period.until, start <= until]))
        return made

    def by_civil_days(self, period: Span) -> None:
        """Take note that the first day of a period counts if it begins at midnight, which days alone do not tell."""
        if period.name in self.minutes:
            raise NotLowered(_BOTH_WAYS)
        self._by_civil_days.add(period.name)

    def _end(self, model: Callable[[Term], Any], name: str, day: Term, is_start: bool) -> dt.date:
        minutes = self.minutes.get(name)
        if minutes is None or not model(minutes.stated):
            return dt.date.fromordinal(model(day))
        return _moment(model(day), model(minutes.start if is_start else minutes.until))

    def _list(self, name: str, type_: DataType, none: Term) -> Listed:
        if type_.term is None:
            raise NotLowered(f"the list `{name}`, whose members have no term")
        count = self.space.whole(f"number of {name}")
        self.facts.append(both([count >= 0, count <= self.members]))
        found = self.lists[name] = Listed(name, type_.term, count, none)
        most = self.members
        self._add(name, lambda m: self._members(m, name, count), lambda r: [(count, r.rng.randint(0, most))], none)
        return found

    def _members(self, model: Callable[[Term], Any], name: str, count: Term) -> object:
        return tuple(
            {
                attribute: self._variables[own].read(model)
                for attribute, own in self._attributes.get((name, place), {}).items()
            }
            for place in range(model(count))
        )

    # --- cases --------------------------------------------------------------------------------------------------------

    def read_case(self, value_of: Callable[[Term], Any]) -> tuple[dict[str, object], dt.datetime | None]:
        """The facts and the clock of a case, by what each variable is."""
        facts = {
            name: variable.read(value_of)
            for name, variable in self._variables.items()
            if "]." not in name and (name not in self.given or value_of(self.given[name]))
        }
        at = None if self._clock is None else _moment(*(value_of(term) for term in self._clock))
        return facts, at

    def draw_case(
        self, rng: random.Random, near: Near | None = None, like: Callable[[Term], Any] | None = None
    ) -> Drawn:
        """What every variable is in a random complete case, which may lie outside the bounds.

        With `like` it is that case but for some of its facts.
        """
        first, last = self.bounds.days
        drawing = Drawing(rng, (first.toordinal(), last.toordinal()), near or Near())
        facts = [variable.draw(drawing) for variable in self._variables.values()]
        if self._clock is not None:
            day, minute = self._clock
            facts.append([(day, drawing.day()), (minute, drawing.minute())])
        if like is not None:
            others = 1 / max(len(facts), 4)
            facts = [one if drawing.happens(others) else [(term, like(term)) for term, _ in one] for one in facts]
        return [*(pair for one in facts for pair in one), *((given, True) for given in self.given.values())]

    def case_of(self, drawn: Drawn) -> Callable[[Term], Any] | None:
        """What every term is where the variables are so; None outside the bounds."""
        pairs = [(term, self.space.constant(value)) for term, value in drawn]
        if self.calendar.named:
            pairs += self.calendar.reckoned(of_model(self.space.model(pairs)))
        value_of = of_model(self.space.model(pairs))
        return value_of if value_of(self._bound()) else None

    def _bound(self) -> Term:
        """All that must hold of the variables, as one term."""
        parts = self.holds()
        if self._within is None or self._within[0] != len(parts):  # there may be more since
            self._within = len(parts), both(parts)
        return self._within[1]

    def apart(self, name: str, value: object, first: object, last: object) -> Term | None:
        """Where the fact is neither `value` nor between the two; None where that is not said in terms."""
        known = self._stated.get(name)
        if known is None:
            return None
        made = known[1]
        if isinstance(made, Truth):
            return made.no if value else made.yes
        if not isinstance(made, Value) or made.kind in ("moment", "provision"):
            return None
        if value is None:
            return no(made.none)
        low, high = (self._number_of(value if end is None else end) for end in (first, last))
        if low is None or high is None:
            return None
        outside = [made.none]
        # An end that was not met is the end of what a case may have.
        if made.kind in ("enum", "text") or first is not None:
            outside.append(made.term < low)
        if made.kind in ("enum", "text") or last is not None:
            outside.append(made.term > high)
        return either(outside)

    def _number_of(self, value: object) -> int | None:
        match value:
            case dt.date():
                return value.toordinal()
            case str():
                return self._words.get(value)
            case int():
                return value
            case _:
                return None

    def otherwise(self, name: str, anchors: Collection[object]) -> list[tuple[Term, Term]] | None:
        """The variables of a fact with others in their place, as if it were answered otherwise.

        None for lists, and for facts that months are counted from, whose variables are among the `anchors`.
        """
        made = self._stated[name][1]
        match made:
            case Truth():
                terms = [made.yes]
            case Value() if made.kind != "moment":
                terms = [made.term, made.none]
            case Words():
                terms = [*(there for _, there in made.members), made.none]
            case Span():
                minutes = self.minutes.get(name)
                terms = [made.start, made.until, made.none]
                terms += [] if minutes is None else [minutes.start, minutes.until, minutes.stated]
            case _:
                return None
        variables = [term for term in terms if not isinstance(term, bool)]
        if any(term.get_id() in anchors for term in variables):
            return None
        make = self.space
        return [(v, (make.yes_no if z3().is_bool(v) else make.whole)(f"{v.sexpr()} otherwise")) for v in variables]

    def questions(self) -> list[str]:
        """The facts read, without those of members of lists."""
        return [name for name in self._stated if "]." not in name]

    def usual(self, since: dt.date | None) -> list[Term]:
        """What is nicer to read where it can be had: a time of that law, days of our time and in order, short lists."""
        first, last = max(since or _USUAL[0], _USUAL[0]).toordinal(), _USUAL[1].toordinal()
        found = [] if self._clock is None else [both([self._clock[0] >= first, self._clock[0] <= last])]
        early = _USUAL_DAYS.toordinal()
        for _, made in self._stated.values():
            if isinstance(made, Value) and made.kind in ("date", "moment"):
                base = 1 if made.kind == "date" else DAY_IN_MINUTES
                found.append(either([made.none, both([made.term >= early * base, made.term <= last * base])]))
        days = {n: made for n, (_, made) in self._stated.items() if isinstance(made, Value) and made.kind == "date"}
        for first_day, last_day in firsts_and_lasts(days):
            began, ends = days[first_day], days[last_day]
            found.append(either([began.none, ends.none, began.term <= ends.term]))
        few = [_FEW] if self.members == MOST_MEMBERS else [MOST_MEMBERS, _FEW]
        return [*found, *(listed.count <= number for listed in self.lists.values() for number in few)]

    @property
    def space(self) -> Space:
        """Where the variables are made."""
        return self.calendar.space

    def holds(self) -> list[Term]:
        """Everything that must hold of the variables."""
        return [*self.roughly(), *self.calendar.exact]

    def roughly(self) -> list[Term]:
        """The same but for which day it is that months lead to: there are more such cases."""
        return [*self.facts, *self.calendar.facts]


def _moment(day: int, minute: int) -> dt.datetime:
    return dt.datetime.fromordinal(day) + dt.timedelta(minutes=minute)


def in_order(citations: Iterable[str]) -> tuple[str, ...]:
    """Citations in the order of the law, each once."""
    return tuple(sorted(set(citations), key=lambda one: parse_citation(one).sort_key()))
