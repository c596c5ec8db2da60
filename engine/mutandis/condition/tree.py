"""The typed tree of the condition language.

What everything downstream starts from: small, immutable, closed. The parser builds it with names unresolved (`Name`);
the checker returns a tree in which every `Name` has become a `Fact`, `Attribute`, `Choice`, `Today` or `Now`, and every
node carries its `type`. Spans never take part in equality, so two trees that say the same thing are equal.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar
from typing import Literal as OneOfStrings

from mutandis import parts
from mutandis.calendar.counting import CIVIL, Counting
from mutandis.dataclass import dataclass
from mutandis.datatypes import UNIT_IN_BASE, DataType
from mutandis.source import NOWHERE, Span
from mutandis.values import Duration

if TYPE_CHECKING:
    from mutandis.amounts import Rounding


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """What every node has: where it stands, and its type once checked.

    A node that is nothing but a function of its parts names it: `operation` in `backends.operations`, with the fields
    whose values are its `settings`.
    """

    operation: ClassVar[str] = ""
    settings: ClassVar[tuple[str, ...]] = ()
    span: Span = field(default=NOWHERE, compare=False, repr=False)
    type: DataType | None = field(default=None, compare=False, repr=False)


# --- leaves -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A dotted name as written (`inmate.class`, `sentenced`, `x.period`); gone after checking."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact(Node):
    """A declared fact, `term.attribute`.

    `presumed` is the clause that presumes the day of its event to be under the law applied, where a case does not date
    it (S49): then it reads as the version date, or, where `not_yet` says that it has not been, as none.
    """

    name: str
    presumed: str = ""
    not_yet: bool = False


@dataclass(frozen=True, slots=True)
class Attribute(Node):
    """An attribute of a bound list member: `x.period` is variable `x`, attribute `period`.

    `defined` is the fact of the member's term that rules define, or of which something is presumed, set by the linker:
    a member that does not state the attribute has it from the definition, read of that member, or as it is presumed.
    """

    variable: str
    attribute: str
    defined: Fact | None = None


@dataclass(frozen=True, slots=True)
class Choice(Node):
    """A value of an enumeration."""

    value: str


@dataclass(frozen=True, slots=True)
class Today(Node):
    """The day of the clock."""


@dataclass(frozen=True, slots=True)
class Now(Node):
    """The moment of the clock."""


@dataclass(frozen=True, slots=True)
class Truth(Node):
    """`true` or `false`."""

    value: bool


@dataclass(frozen=True, slots=True)
class Unheld(Node):
    """What wording that the rulebook does not hold gave (S41). No condition is written with it: linking puts it where
    such a definition has its value. `rule` is the id of the rule that stands for the wording."""

    rule: str


@dataclass(frozen=True, slots=True)
class Amount(Node):
    """A plain number: an integer, or an exact fraction such as 3/2."""

    value: int | Fraction


@dataclass(frozen=True, slots=True)
class Money(Node):
    """A sum: `20000000 won`, `25/2 dollars`. The checker gives the currency as it is declared."""

    amount: int | Fraction
    currency: str


@dataclass(frozen=True, slots=True)
class Rate(Node):
    """So much for each unit of time: `3/100 per year`."""

    value: int | Fraction
    unit: str  # singular


@dataclass(frozen=True, slots=True)
class Length(Node):
    """A duration literal, with the units it was written in: `6 months`, `72 hours`, `1 year and 6 months`.

    `rest` is what follows, in the next smaller unit of the same family, with the sign of the first.
    """

    amount: int
    unit: str  # singular: minute, hour, day, week, month, year
    rest: tuple[tuple[int, str], ...] = ()

    @property
    def duration(self) -> Duration:
        """The literal in its family's base unit."""
        family, size = UNIT_IN_BASE[self.unit]
        more = sum(amount * UNIT_IN_BASE[unit][1] for amount, unit in self.rest)
        return Duration(self.amount * size + (more if self.amount >= 0 else -more), family)


@dataclass(frozen=True, slots=True)
class Day(Node):
    """A date literal: `2019-04-23`."""

    value: dt.date


@dataclass(frozen=True, slots=True)
class Instant(Node):
    """A moment literal: `2019-04-23T09:30`."""

    value: dt.datetime


@dataclass(frozen=True, slots=True)
class Text(Node):
    """A quoted text."""

    value: str


# --- logic ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Not(Node):
    operand: Expression


@dataclass(frozen=True, slots=True)
class And(Node):
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    operands: tuple[Expression, ...]


# --- comparison -------------------------------------------------------------------------------------------------------

Operator = OneOfStrings["<", "<=", ">", ">=", "is", "is not"]


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`left operator right`; `is`/`is not` also serve for equality of numbers, dates and durations."""

    operator: Operator
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class OneOf(Node):
    """`left is one of [values]`, or with `negated`: `left is not one of [values]`."""

    left: Expression
    values: tuple[Expression, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Present(Node):
    """`operand is present`, or with `negated`: `operand is none` (S32)."""

    operand: Expression
    negated: bool = False


@dataclass(frozen=True, slots=True)
class WithinAfter(Node):
    """`subject is within length after anchor`: anchor <= subject <= anchor + length; `side` "before" mirrors it.

    `counting` is how the anchor's declaration counts; where it has none, as the Civil Act does.
    """

    subject: Expression
    length: Expression
    side: OneOfStrings["after", "before"]
    anchor: Expression
    counting: Counting = field(default=CIVIL, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EndOf(Node):
    """`the end of length after anchor`: the last day of that period, moved off days that are off (S43, S50).

    `side` "before": counted backward. In hours it is a moment, and nothing moves.
    """

    length: Expression
    side: OneOfStrings["after", "before"]
    anchor: Expression
    counting: Counting = field(default=CIVIL, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EndOfUnit(Node):
    """`the end of the month of anchor`: the last day of the month, quarter, half-year or year of the calendar that the
    day lies in, of the one `following that of` it or of the one `preceding that of` it. It stays where it falls.
    """

    operation: ClassVar[str] = "end_of_unit"
    settings: ClassVar[tuple[str, ...]] = ("months", "shift")

    unit: OneOfStrings["month", "quarter", "half-year", "year"]
    side: OneOfStrings["of", "following", "preceding"]
    anchor: Expression

    @property
    def months(self) -> int:
        """How many months the unit has."""
        return {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[self.unit]

    @property
    def shift(self) -> int:
        """How many units after that of the day it is."""
        return {"of": 0, "following": 1, "preceding": -1}[self.side]


@dataclass(frozen=True, slots=True)
class WorkingDays(Node):
    """`3 working days`: the length in `EndOf` and `WithinAfter` that counts no days off, nor the day counted from."""

    number: int


DayKind = OneOfStrings[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "holiday", "day off", "working day"
]


@dataclass(frozen=True, slots=True)
class KindOfDay(Node):
    """`operand is a saturday`, or with `negated`: `operand is not a saturday`; of a date, or the day of a moment."""

    operand: Expression
    kind: DayKind
    negated: bool = False


@dataclass(frozen=True, slots=True)
class PeriodWithin(Node):
    """`period is within length`: without its suspensions the period is no longer than that as it is counted (S43).

    `counting` is what the vocabulary declares of the period (None: the case says, or the Civil Act). `suspended` are
    the first and last days that rules leave out of it, as the vocabulary declares them.
    """

    period: Expression
    length: Expression
    counting: Counting | None = field(default=None, compare=False, repr=False)
    suspended: tuple[tuple[Expression, Expression], ...] = field(default=(), compare=False, repr=False)


# --- arithmetic -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`left + right`, `-`, `*`, `/`. Date or moment plus or minus a duration is the corresponding day.

    `counting` says which that is where a month lacks it: how the date's declaration counts, else the Civil Act. The
    right side of `/` is a literal other than zero.
    """

    operator: OneOfStrings["+", "-", "*", "/"]
    left: Expression
    right: Expression
    counting: Counting = field(default=CIVIL, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Rounded(Node):
    """`round down value to 10 won`: to a multiple of the step, a literal greater than zero (S52)."""

    operation: ClassVar[str] = "rounded"
    settings: ClassVar[tuple[str, ...]] = ("rounding",)

    rounding: Rounding
    value: Expression
    step: Expression


@dataclass(frozen=True, slots=True)
class Extreme(Node):
    """`the smaller of left and right`, `the larger of`; of dates and moments `the earlier of`, `the later of`."""

    operation: ClassVar[str] = "extreme"
    settings: ClassVar[tuple[str, ...]] = ("is_least",)

    which: OneOfStrings["smaller", "larger", "earlier", "later"]
    left: Expression
    right: Expression

    @property
    def is_least(self) -> bool:
        """True for the smaller and the earlier."""
        return self.which in ("smaller", "earlier")


@dataclass(frozen=True, slots=True)
class If(Node):
    """`if condition then consequent else alternative`."""

    condition: Expression
    consequent: Expression
    alternative: Expression


@dataclass(frozen=True, slots=True)
class FractionOf(Node):
    """`fraction(1/3, from start to end, round up)`: that share of the days from start to end, in whole days (S44).

    Both days count: the span from 1 January to 31 January is 31 days.
    """

    operation: ClassVar[str] = "share"
    settings: ClassVar[tuple[str, ...]] = ("share", "rounding")

    share: Fraction
    start: Expression
    end: Expression
    rounding: OneOfStrings["up", "down"]


# --- lists ------------------------------------------------------------------------------------------------------------

Quantifier = OneOfStrings["any", "every", "no", "at least", "at most", "exactly"]


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`every x in list has (body)`, `at least 3 x in list where (body)`; `number` only for the counted ones."""

    quantifier: Quantifier
    number: int | None
    variable: str
    source: Expression
    body: Expression


@dataclass(frozen=True, slots=True)
class NumberOf(Node):
    """`(the number of x in list where (body))`; without a body, `(the number of list)`, all members count."""

    variable: str | None
    source: Expression
    body: Expression | None


@dataclass(frozen=True, slots=True)
class TotalOf(Node):
    """`(the total of x.length for x in list)`, optionally `where (body)`."""

    value: Expression
    variable: str
    source: Expression
    body: Expression | None = None


# --- references to provisions -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FallsUnder(Node):
    """`case falls under 97(1)2 to 97(1)4` (`subject` None), or `sanction.kind falls under 108.4 to 108.13` (S38).

    `ranges` are pairs of citation texts as written, first and last (equal for a single one); the checker makes them
    absolute (`act/97(1)2`).
    """

    subject: Expression | None
    ranges: tuple[tuple[str, str], ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Applies(Node):
    """`43(5) applies`: the norm at that place is effective in this case (S38)."""

    citation: str


_Leaf = Name | Fact | Attribute | Choice | Today | Now | Truth | Unheld
_Written = Amount | Money | Rate | Length | WorkingDays | Day | Instant | Text
_Statement = Not | And | Or | Compare | OneOf | Present | WithinAfter | KindOfDay | PeriodWithin | FallsUnder | Applies
_Reckoned = EndOf | EndOfUnit | Arithmetic | Rounded | Extreme | If | FractionOf
_OverList = Quantified | NumberOf | TotalOf
Expression = _Leaf | _Written | _Statement | _Reckoned | _OverList


_PARTS: Final[parts.Fields] = {
    Attribute: ("defined",),
    Not: ("operand",),
    And: ("operands",),
    Or: ("operands",),
    Compare: ("left", "right"),
    OneOf: ("left", "values"),
    Present: ("operand",),
    WithinAfter: ("subject", "length", "anchor"),
    EndOf: ("length", "anchor"),
    EndOfUnit: ("anchor",),
    KindOfDay: ("operand",),
    PeriodWithin: ("period", "length", "suspended"),
    Arithmetic: ("left", "right"),
    Rounded: ("value", "step"),
    Extreme: ("left", "right"),
    If: ("condition", "consequent", "alternative"),
    FractionOf: ("start", "end"),
    Quantified: ("source", "body"),
    NumberOf: ("source", "body"),
    TotalOf: ("value", "source", "body"),
    FallsUnder: ("subject",),
}
"""The fields of each node that hold expressions."""


def has_parts(node: Expression) -> bool:
    """False for a node of a kind that holds no expressions."""
    return type(node) in _PARTS


def children(node: Expression) -> tuple[Expression, ...]:
    """The direct subexpressions of `node`, left to right."""
    return parts.parts_of(node, _PARTS)


def walk(node: Expression) -> Iterator[Expression]:
    """`node` and everything inside it, outermost first."""
    return parts.walk(node, _PARTS)


_N = TypeVar("_N", bound=Node)


def mapped(node: _N, change: Callable[[Expression], Expression]) -> _N:
    """`node` with `change` made to each of its `children`, from left to right; itself where each stays as it is."""
    return parts.with_parts(node, _PARTS, change)
