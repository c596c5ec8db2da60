"""The members of lists as columns of their own: what holds of one, how many there are, what they add up to.

A list is a word, and what its members state stands in a second table, a column `list[].attribute` for each attribute.
What is about a member is worked out there; `some`, `count`, `sum` and `all_wait` bring it back to the row of the list.
`lists` of the back ends says the same of one case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mutandis.backends.columns.amounts import in_parts
from mutandis.backends.columns.nodes import NOT_KNOWN, Maker, NotLowered, X
from mutandis.backends.columns.terms import (
    LARGEST,
    Truth,
    Value,
    ends_of,
    known_between,
    none_of,
    pending,
    sort_of,
    waits_of,
    within_reach,
)
from mutandis.backends.operations import is_counted
from mutandis.dataclass import dataclass
from mutandis.facts.read import MOST_MEMBERS
from mutandis.ir import nodes as n
from mutandis.values import UNKNOWN

if TYPE_CHECKING:
    from mutandis.backends.columns.lower import ColumnLowering

REASON: Final = "goes through the members of a list"


@dataclass(frozen=True, slots=True)
class Listed:
    """A list whose members are gone through: its column (None: the table has none) and what further ones wait for.

    `more` is whether there may be further members than those it names.
    """

    name: str
    column: X | None
    more: X
    waits: X
    parameter: bool


def member_of(name: str, attribute: str) -> str:
    """The column of an attribute of the members of a list."""
    return f"{name}[].{attribute}"


def listed(lowering: ColumnLowering, node: n.Node) -> Listed:
    """The list that a node goes through. Raises `NotLowered`."""
    match node:
        case n.Operation(name="members", operands=(n.Read(source="fact", name=name),), settings=(_, parameter, open_)):
            fact = lowering.fact(name)
        case _:
            raise NotLowered(REASON)
    has_members = name not in lowering.stated or lowering.lists
    if fact.absent is not UNKNOWN or not has_members or not isinstance(open_, n.Unsettled):
        raise NotLowered(REASON)
    m = lowering.maker
    waits = m.lit(lowering.names.truth_of(open_.kind, open_.name), "waits")
    none = m.col(none_of(name), "truth") if name in lowering.nones else m.false
    if name not in lowering.stated:
        return Listed(name, None, m.negate(none), m.case(none, m.settled, waits), bool(parameter))
    column = m.col(name, "word")
    unknown = m.all_of(m.is_null(column), m.negate(none))
    more = m.any_of(unknown, m.make("is_open", (column,), "truth"))
    return Listed(name, column, more, m.case(more, waits, m.settled), bool(parameter))


# --- what is said of one member ---------------------------------------------------------------------------------------


def attribute_truth(lowering: ColumnLowering, of: Listed, node: n.Attribute) -> Truth:
    """A yes/no attribute of a member."""
    m = lowering.maker
    _refuse_presumed(node)
    known, waits = _member(m, of, node, "truth")
    if node.otherwise is None:
        return pending(m, known, waits)
    other = lowering.truth(node.otherwise)
    unstated = m.is_null(known)
    return Truth(m.case(unstated, other.known, known), m.case(unstated, other.waits, m.settled))


def attribute(lowering: ColumnLowering, of: Listed, node: n.Attribute) -> Value:
    """An attribute of a member. Raises `NotLowered`."""
    m, sort = lowering.maker, sort_of(node.type)
    _refuse_presumed(node)
    if sort is None or (node.otherwise is not None and node.type.several):
        raise NotLowered(f"reads `{node.name}` of a member, a {node.type.kind}")
    known, gap = _member(m, of, node, sort)
    none = m.make("member", (), "truth", none_of(member_of(of.name, node.name))) if node.type.optional else m.false
    waits = m.case(m.is_null(known), m.case(none, m.lit(NOT_KNOWN, "waits"), gap), m.settled)
    found = Value(known, none, waits, several=node.type.several)
    if sort == "number":
        low = high = known
        if node.ends is not None and not of.parameter:
            low, high = (
                known if end is None else m.case(none, m.lit(None, sort), m.first_known(known, m.lit(end, sort)))
                for end in node.ends
            )
        found = Value(known, none, waits, low, high, LARGEST)
    return found if node.otherwise is None else _otherwise(m, found, lowering.value(node.otherwise))


def _refuse_presumed(node: n.Attribute) -> None:
    if node.presumed:  # a column does not tell what is said to be unknown from what nothing is said of
        raise NotLowered(f"reads `{node.name}` of a member, of which something is presumed")


def _otherwise(m: Maker, stated: Value, other: Value) -> Value:
    """An attribute, and where it is not stated what it is then."""
    if other.several or other.value.sort != stated.value.sort:
        raise NotLowered("chooses between values of two kinds")
    stated, other = in_parts(m, stated, other)
    unstated = m.all_of(m.is_null(stated.value), m.negate(stated.none))
    parts = zip(stated[:3], other[:3], strict=True)
    value, none, waits = (m.case(unstated, theirs, own) for own, theirs in parts)
    if stated.low is None:
        return Value(value, none, waits)
    low, high = (m.case(unstated, theirs, own) for own, theirs in zip(ends_of(stated), ends_of(other), strict=True))
    return Value(value, none, waits, low, high, max(stated.most, other.most), per=stated.per)


def _member(m: Maker, of: Listed, node: n.Attribute, sort: object) -> tuple[X, X]:
    column = member_of(of.name, node.name)
    return m.make("member", (), sort, column), m.make("member", (), "waits", waits_of(column))  # type: ignore[arg-type]  # of `sort_of`


# --- what is said of all of them --------------------------------------------------------------------------------------


def some(lowering: ColumnLowering, node: n.Some) -> Truth:
    """Whether something holds of a member (`lists.some`)."""
    m, of = lowering.maker, listed(lowering, node.members)
    body = lowering.of_member(node.variable, of, node.body)
    holds = _over(m, "some", of, m.holds(body.known), m.false)
    unsure = m.any_of(_over(m, "some", of, m.is_null(body.known), m.false), of.more)
    known = m.case(holds, m.true, m.case(unsure, m.null, m.false))
    return pending(m, known, m.lit(NOT_KNOWN, "waits"), of.waits, _waits(m, of, m.is_null(body.known), body.waits))


def count(lowering: ColumnLowering, node: n.Count) -> Value:
    """Of how many members something holds (`lists.counted`)."""
    m, of = lowering.maker, listed(lowering, node.members)
    body = _body(lowering, node.variable, of, node.body)
    nothing = m.lit(0, "number")
    holds = _over(m, "count", of, m.holds(body.known), nothing)
    open_ = m.is_null(body.known)
    unsure = m.any_of(_over(m, "some", of, open_, m.false), of.more)
    most = m.reckon("add", holds, _over(m, "count", of, open_, nothing))
    gap = m.lit(None, "number")
    waits = m.waits(m.lit(NOT_KNOWN, "waits"), of.waits, _waits(m, of, open_, body.waits))
    high = m.case(of.more, gap, most)
    return Value(m.case(unsure, gap, holds), m.false, m.case(unsure, waits, m.settled), holds, high, MOST_MEMBERS)


def total(lowering: ColumnLowering, node: n.Total) -> Value:
    """The sum of a value over members (`lists.total`). Raises `NotLowered`."""
    if not is_counted(node.type):
        raise NotLowered("adds up what is more than whole numbers")
    m, of = lowering.maker, listed(lowering, node.members)
    body = _body(lowering, node.variable, of, node.body)
    value = lowering.value_of_member(node.variable, of, node.value)
    nothing, gap = m.lit(0, "number"), m.lit(None, "number")
    assert value.low is not None and value.high is not None  # a number
    out, sure = m.fails(body.known), m.holds(body.known)
    is_less, is_more = (m.holds(m.compare("lt", *pair)) for pair in ((value.low, nothing), (nothing, value.high)))
    may_be_least = m.any_of(sure, is_less, m.is_null(value.low))
    may_be_most = m.any_of(sure, is_more, m.is_null(value.high))
    low, high = (
        _over(m, "sum", of, m.case(out, nothing, m.case(counts, end, nothing)), nothing)
        for counts, end in ((may_be_least, value.low), (may_be_most, value.high))
    )
    high = m.case(of.more, gap, high)
    open_ = m.all_of(m.negate(out), m.any_of(m.negate(sure), m.is_null(value.value)))
    unsure = m.any_of(_over(m, "some", of, open_, m.false), of.more)
    waits = m.waits(m.lit(NOT_KNOWN, "waits"), of.waits, _waits(m, of, open_, m.waits(body.waits, value.waits)))
    most = MOST_MEMBERS * value.most
    found = known_between(m, m.case(unsure, gap, low), low, high)
    waits = m.case(m.is_null(found), waits, m.settled)
    return Value(found, m.false, waits, low, high, within_reach(most), per=value.per)


def _body(lowering: ColumnLowering, variable: str, of: Listed, body: n.Node | None) -> Truth:
    m = lowering.maker
    return Truth(m.true, m.settled) if body is None else lowering.of_member(variable, of, body)


def _over(m: Maker, op: str, of: Listed, one: X, nothing: X) -> X:
    """What comes back to the row of a list; `nothing` where it has no members."""
    return nothing if of.column is None else m.make(op, (of.column, one), nothing.sort, of.name)


def _waits(m: Maker, of: Listed, where: X, waits: X) -> X:
    """What members wait for together, those of which `where` holds."""
    return _over(m, "all_wait", of, m.case(where, waits, m.settled), m.settled)
