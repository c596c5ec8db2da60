"""Cases at the corners of conditions: what is tried where nothing is proved.

Every fact takes the values that conditions compare it with, and those beside and between them; days lie around one
another by the lengths that conditions reckon with. What is left over is drawn at random, the same in every run.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import field
from fractions import Fraction
from typing import Any

from mutandis.backends.solver.drawing import Near
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType, Family
from mutandis.facts.written import member_reader
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered
from mutandis.link.program import Program
from mutandis.values import Duration, Period
from mutandis.vocabulary import FactDeclaration
from mutandis_tools.comparison.answers import Asked

_DAY = dt.date(2024, 3, 15)
_NONE = 0.15
_NAMED = 0.5
_BETWEEN = 0.25
_FAMILIES: tuple[Family, ...] = ("days", "months")
_STATED = 0.8
_LONGEST = 20_000


@dataclass(slots=True)
class NamedValues:
    """Values that conditions name, by what they are."""

    numbers: set[int] = field(default_factory=lambda: {0, 1})
    words: set[str] = field(default_factory=set)
    places: dict[str, None] = field(default_factory=dict)
    lengths: set[int] = field(default_factory=lambda: {0, 1, 7, 31, 366})
    minutes: set[int] = field(default_factory=set)
    days: set[dt.date] = field(default_factory=lambda: {_DAY})

    def note(self, node: n.Node) -> None:
        """Take up what a node names."""
        if isinstance(node, n.Operation) and node.name == "falls_under":
            ranges: Any = node.settings[0]
            self.places.update((str(end), None) for one in ranges for end in (one.first, one.last))
        if not isinstance(node, n.Constant):
            return
        value = node.value
        if isinstance(value, dt.date):
            self.days.add(value.date() if isinstance(value, dt.datetime) else value)
        elif isinstance(value, str) and node.type.kind == "provision":
            self.places[value] = None
        elif isinstance(value, str):
            self.words.add(value)
        elif isinstance(value, int | Fraction) and not isinstance(value, bool):
            number = int(value)
            self.numbers.update({max(number - 1, 0), number, number + 1})
            family = node.type.family
            if family == "hours":
                self.minutes.update({number - 1, number, number + 1})
            self.lengths.add(number * 30 if family == "months" else number // 1440 if family == "hours" else number)


def near_to(sides: Iterable[Lowered]) -> Near:
    """The values that the conditions of an action name, for complete cases drawn about them."""
    values = NamedValues()
    for lowered in sides:
        for node in _nodes(lowered):
            values.note(node)
    lengths = sorted(length for length in values.lengths if length < _LONGEST)
    return Near(sorted(values.numbers), lengths, sorted(day.toordinal() for day in values.days))


def cases_at_corners(
    sides: Sequence[tuple[Program, Lowered]],
    count: int,
    seed: str,
    provisions: Sequence[str],
    unsaid: Collection[str] = (),
) -> Iterator[Asked]:
    """So many cases of what one action is decided by, under both rulebooks; `provisions` are those they name.

    Every fact is stated but, in some of the cases, those that are `unsaid`.
    """
    rng, values = random.Random(seed), NamedValues()
    facts: dict[str, tuple[Program, DataType]] = {}
    for program, lowered in sides:
        for fact in lowered.facts:
            facts.setdefault(fact.name, (program, fact.type))
        for node in _nodes(lowered):
            values.note(node)
    drawing = _Drawing(rng, values, provisions, [program for program, _ in sides])
    for _ in range(count):
        drawing.begin()
        yield Asked(
            {
                name: drawing.value(program, name, type_)
                for name, (program, type_) in facts.items()
                if name not in unsaid or rng.random() < _STATED
            },
            drawing.moment(),
        )


def _nodes(lowered: Lowered) -> Iterator[n.Node]:
    for norm in lowered.norms:
        for top in (norm.base, *norm.parts(), *((norm.deadline,) if norm.deadline is not None else ())):
            yield from n.walk(top)
    for top in lowered.penalties:
        yield from n.walk(top)
    for fact in lowered.derived:
        for branch in fact.branches:
            yield from n.walk(branch.trigger)
            for entry in branch.entries:
                yield from n.walk(entry.when)
                yield from n.walk(entry.value)


class _Drawing:
    """Draws the values of one case after another."""

    def __init__(
        self, rng: random.Random, values: NamedValues, provisions: Sequence[str], programs: Sequence[Program]
    ) -> None:
        self.rng, self.programs = rng, programs
        self.named = list(values.places)
        self.provisions = [*self.named, *provisions]
        self.numbers = sorted(values.numbers)
        self.words = sorted(values.words)
        self.lengths = sorted(length for length in values.lengths if length < _LONGEST)
        self.minutes = sorted(minutes for minutes in values.minutes if 0 <= minutes < _LONGEST)
        self.days = sorted(values.days)
        self.anchor = self.days[0]
        self.attributes: dict[str, dict[str, tuple[Program, DataType]]] = {}

    def begin(self) -> None:
        """Another case: its days lie around another one."""
        self.anchor = self.rng.choice(self.days)

    def moment(self) -> dt.datetime:
        """The clock."""
        return dt.datetime.combine(self.day(), dt.time(self.rng.choice([0, 9, 23]), self.rng.choice([0, 59])))

    def day(self) -> dt.date:
        """A day at some length from the anchor, or one beside it."""
        apart = self.rng.choice(self.lengths) + self.rng.choice([-1, 0, 0, 1])
        return self.anchor + dt.timedelta(days=apart * self.rng.choice([-1, 1]))

    def value(self, program: Program, name: str, type_: DataType) -> object:
        """A value of a fact."""
        rng = self.rng
        if type_.optional and rng.random() < _NONE:
            return None
        match type_.kind:
            case "yes_no":
                return rng.random() < 0.5
            case "enum" if type_.several:
                return frozenset(word for word in type_.values if rng.random() < 0.5)
            case "enum" | "text":
                return rng.choice([*type_.values, *([] if type_.kind == "enum" else ["another", *self.words])])
            case "date":
                return self.day()
            case "moment":
                return self.moment()
            case "period" if self.minutes and rng.random() < 0.5:
                begun = self.moment()
                return Period(begun, begun + dt.timedelta(minutes=rng.choice(self.minutes)))
            case "period":
                start = self.day()
                return Period(start, start + dt.timedelta(days=rng.choice(self.lengths)))
            case "provision":
                return rng.choice(self.named if self.named and rng.random() < _NAMED else self.provisions)
            case "list":
                return tuple(self._member(type_) for _ in range(rng.randint(0, 4)))
        number = self._number(program.vocabulary.facts.get(name))
        if type_.kind == "duration" and type_.family is None:
            return Duration(number, rng.choice(_FAMILIES))
        return number

    def _member(self, type_: DataType) -> dict[str, object]:
        """A member of a list, with what either rulebook asks of it and rules do not give: that would contradict the
        rest.
        """
        term = type_.term or ""
        if term not in self.attributes:
            stated = [
                (name, (program, declared.type))
                for program in reversed(self.programs)
                if term in program.vocabulary.terms
                for name, declared in member_reader(program.vocabulary, term).items()
                if f"{term}.{name}" not in program.derived
            ]
            self.attributes[term] = dict(stated)
        return {
            name: self.value(program, f"{term}.{name}", type_)
            for name, (program, type_) in self.attributes[term].items()
        }

    def _number(self, declared: FactDeclaration | None) -> int:
        number = self.rng.choice(self.numbers)
        if self.rng.random() < _BETWEEN:  # what a formula gives turns on more than the numbers that it names
            number = self.rng.randint(*sorted((number, self.rng.choice(self.numbers))))
        low = declared.minimum if declared is not None and declared.minimum is not None else 0
        high = declared.maximum if declared is not None and declared.maximum is not None else None
        return max(low, number if high is None else min(number, high))
