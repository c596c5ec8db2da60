"""What nodes become over columns: truths and values, each with what it waits for where it is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from mutandis.backends.columns.nodes import NOT_KNOWN, Maker, NotLowered, Sort, X, walk
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType
from mutandis.decide.ternary import NONE, is_settled, range_of
from mutandis.ir import nodes as n
from mutandis.ir.component import Lowered
from mutandis.link.reads import given_fact

LARGEST = 10**12
"""No whole number of a column is larger: what is then reckoned with it stays within 64 bits."""
MOST_DAYS = 4_000_000
"""No term within the calendar has more days."""
MOST_REACHED = 2**62

MOST_NAMES = 60
"""How many names a case can wait for in a column of 64 bits."""

SORTS: dict[str, Sort] = {
    "yes_no": "truth",
    "enum": "word",
    "text": "word",
    "provision": "word",
    "count": "number",
    "number": "number",
    "money": "number",
    "duration": "number",
    "date": "date",
    "moment": "moment",
}
"""What a column of each kind holds. Periods, lists and lengths whose family only the case knows are kept outside."""


def sort_of(type_: DataType) -> Sort | None:
    """What a column of the type holds; None where it has no expression."""
    return None if type_.kind == "duration" and type_.family is None else SORTS.get(type_.kind)


def none_of(fact: str) -> str:
    """The column that says where a fact is known to be none."""
    return f"{fact}|none"


def unknown_of(fact: str) -> str:
    """The column that says where a fact is said to be unknown, which is more than to say nothing of it."""
    return f"{fact}|unknown"


def waits_of(column: str) -> str:
    """The column that says what an attribute of a member waits for where it is not stated."""
    return f"{column}|waits"


class Truth(NamedTuple):
    """A truth: true, false or null, and what it waits for where it is null (-1 elsewhere)."""

    known: X
    waits: X


class Value(NamedTuple):
    """A value, null where it is none or not known; whether it is none; what it waits for.

    `low` and `high` bound what is not known (None: the kind has no bounds), `most` the size of a number. A number, and
    what bounds it, is in parts, of which there are so many `per` one (`columns.amounts`).
    """

    value: X
    none: X
    waits: X
    low: X | None = None
    high: X | None = None
    most: int = 0
    several: bool = False
    per: int = 1


@dataclass(frozen=True, slots=True)
class Outside:
    """A truth that is found by walking its node: the column it stands in, and why it has no expression."""

    column: str
    node: n.Node
    reason: str


def pending(m: Maker, known: X, *waits: X) -> Truth:
    """A truth that waits for all of these where it is not known."""
    return Truth(known, m.case(m.is_null(known), m.waits(*waits), m.settled))


def joined(m: Maker, join: Callable[..., X], many: list[Truth]) -> Truth:
    """The conjunction or disjunction of truths."""
    return pending(m, join(*(truth.known for truth in many)), *(truth.waits for truth in many))


def ends_of(value: Value) -> tuple[X, X]:
    """The least and the most that a number may be."""
    return value.low or value.value, value.high or value.value


def least_and_most(m: Maker, values: list[tuple[X, Value]]) -> tuple[X, X]:
    """The ends between which one of several numbers, in parts of one size, lies, each of which may be it where its
    condition holds.

    Null where one that may be it has no such end.
    """
    found: list[X] = []
    nothing = m.lit(None, "number")
    for k in (0, 1):
        ends = [(may, ends_of(value)[k]) for may, value in values]
        furthest = nothing
        for may, end in ends:
            further = m.compare("lt", end, furthest) if k == 0 else m.compare("lt", furthest, end)
            furthest = m.case(may, m.case(m.any_of(m.is_null(furthest), further), end, furthest), furthest)
        unbounded = m.any_of(*(m.all_of(may, m.is_null(end)) for may, end in ends))
        found.append(m.case(unbounded, nothing, furthest))
    return found[0], found[1]


def nearer(m: Maker, one: X, other: X, most: bool = False) -> X:
    """The smaller of two numbers or days that are known, or the larger; null where one is not."""
    less, more = (other, one) if most else (one, other)
    otherwise = m.case(m.compare("lt", more, less), other, m.lit(None, one.sort))
    return m.case(m.compare("le", less, more), one, otherwise)


def known_between(m: Maker, value: X, low: X, high: X) -> X:
    """A value; where it is not known and its ends are one, that."""
    return m.first_known(value, m.case(m.compare("eq", low, high), low, m.lit(None, value.sort)))


def extreme(m: Maker, left: Value, right: Value, most: bool) -> Value:
    """The smaller or the larger of two numbers, in parts of one size, or days; where one is not known, what the other
    leaves of it.

    Raises `NotLowered` of moments.
    """
    if left.value.sort != right.value.sort or left.value.sort not in ("number", "date"):
        raise NotLowered("takes the earlier or the later of moments")
    ends = [nearer(m, one, other, most) for one, other in zip(ends_of(left), ends_of(right), strict=True)]
    one, other = (ends_of(value)[0 if most else 1] for value in (left, right))
    # What is known of one alone bounds them on one side: the smaller is no more than it, the larger no less.
    ends[0 if most else 1] = m.first_known(m.first_known(nearer(m, one, other, most), one), other)
    nothing, some_none = m.lit(None, left.value.sort), m.any_of(left.none, right.none)
    low, high = (m.case(some_none, nothing, end) for end in ends)
    value = known_between(m, nearer(m, left.value, right.value, most), low, high)
    open_ = m.waits(m.lit(NOT_KNOWN, "waits"), left.waits, right.waits)
    waits = m.case(m.is_null(value), open_, m.settled)
    return Value(value, m.false, waits, low, high, max(left.most, right.most), per=left.per)


def within_reach(reached: int) -> int:
    """How far a number reaches. Raises `NotLowered` where 64 bits do not hold it."""
    if reached > MOST_REACHED:
        raise NotLowered("reckons beyond 64 bits")
    return reached


def gap_of(waits: int, low: object, high: object) -> object:
    """The value of `ternary` for what a row has of a value that is null there."""
    if waits == NOT_KNOWN:
        return NONE
    return range_of(low, high, waits)


def may_wait_for(waits: X, names: int) -> bool:
    """True if what is waited for may be one of the names, given as bits; or anything, where only the case names it."""
    return any(x.op in ("waits_of", "all_wait") or _waits_for_one(x, names) for x in walk([waits]))


def only_for(m: Maker, waits: X, names: int) -> X:
    """Whether something is waited for, and that are names given as bits and no others."""
    if not may_wait_for(waits, names):
        return m.false
    if waits.op == "lit":
        return m.lit(is_only_for(int(str(waits.setting)), names), "truth")
    return m.make("only_for", (waits,), "truth", names)


def is_only_for(waits: int, names: int) -> bool:
    """True if these and no other names are waited for."""
    return not is_settled(waits) and bool(~waits & names) and not ~waits & ~1 & ~names


def _waits_for_one(x: X, names: int) -> bool:
    waits = x.setting if x.op == "lit" and x.sort == "waits" else None
    return isinstance(waits, int) and not is_settled(waits) and bool(~waits & names)


def reads_of(nodes: Iterable[n.Node], lowered: Lowered) -> tuple[set[str], set[str], set[str], set[str]]:
    """What nodes read, through derived facts too: stated facts, derived facts, clocks, norms elsewhere."""
    facts: set[str] = set()
    derived: set[str] = set()
    clocks: set[str] = set()
    applies: set[str] = set()
    by_name = {fact.name: fact for fact in lowered.derived}
    pending = list(nodes)
    while pending:
        for node in n.walk(pending.pop()):
            match node:
                case n.Read(source="fact", name=name):
                    facts.add(name)
                case n.Read(source="given", name=name):
                    facts.add(given_fact(name))
                case n.Read(source="clock", name=name):
                    clocks.add(name)
                case n.Read(source="applies", name=name):
                    applies.add(name)
                case n.Read(source="derived", name=name) if name not in derived:
                    derived.add(name)
                    fact = by_name[name]
                    pending.append(fact.otherwise)
                    for branch in fact.branches:
                        pending.append(branch.trigger)
                        for entry in branch.entries:
                            pending += [entry.when, entry.value]
    return facts, derived, clocks, applies
