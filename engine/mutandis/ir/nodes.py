"""The nodes of the norm IR: fourteen kinds, each typed, none that could be said by others.

What the condition language says in more words is lowered away: `is not`, `>`, `is one of`, `every`, `at least 3`,
`is within … after`, the day something came into force. A value is a constant of its run-time form: a citation is
parsed, a duration stands in base units. An operation that is nothing but a function of its operands is an `Operation`
by name; the back ends share a table of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Literal

from mutandis import parts
from mutandis.dataclass import dataclass
from mutandis.datatypes import COUNT, YES_NO, DataType

Source = Literal["fact", "derived", "clock", "applies", "slot", "given"]
"""Where a `Read` finds its value: a fact stated or presumed, a derived fact, the clock (`today`, `now`, `at` as it was
given, `days_off`), a norm elsewhere (`applies`, by its citation), what a back end has put in a slot of its own, or
whether the case says anything of a fact at all (`given`, named by `link.reads.given_name`)."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value known beforehand."""

    value: object
    type: DataType


@dataclass(frozen=True, slots=True)
class Read:
    """A value that stands in a slot: it is worked out once and read as often as it is wanted (S47)."""

    source: Source
    name: str
    type: DataType


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of the list member that `variable` stands for; `otherwise` is what it is where it is not stated,
    `presumed` tells that so much is presumed: not where it is said to be unknown. A number has `ends`, the least and
    the most that it may be (None: any)."""

    variable: str
    name: str
    type: DataType
    otherwise: Node | None = None
    presumed: bool = False
    ends: tuple[int | None, int | None] | None = None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What is not known, mostly a truth, and what it waits for: a fact, a parameter, or wording not held (S41)."""

    kind: Literal["fact", "parameter", "wording"]
    name: str
    type: DataType = YES_NO


@dataclass(frozen=True, slots=True)
class Not:
    """Strong Kleene `not`."""

    operand: Node
    type: ClassVar[DataType] = YES_NO


@dataclass(frozen=True, slots=True)
class All:
    """Strong Kleene `and`; true of none."""

    operands: tuple[Node, ...]
    type: ClassVar[DataType] = YES_NO


@dataclass(frozen=True, slots=True)
class Any:
    """Strong Kleene `or`; false of none."""

    operands: tuple[Node, ...]
    type: ClassVar[DataType] = YES_NO


@dataclass(frozen=True, slots=True)
class Compare:
    """`left sign right` of two values of one kind; a date meets a moment by the day, and truths can be the same."""

    sign: Literal["<", "<=", "is"]
    left: Node
    right: Node
    type: ClassVar[DataType] = YES_NO


@dataclass(frozen=True, slots=True)
class Present:
    """Whether there is a value at all (S32)."""

    operand: Node
    type: ClassVar[DataType] = YES_NO


@dataclass(frozen=True, slots=True)
class If:
    """`yes` where the condition holds, else `no`."""

    condition: Node
    yes: Node
    no: Node
    type: DataType


@dataclass(frozen=True, slots=True)
class Operation:
    """A function of the run-time (`backends.operations`), of its operands and of settings known beforehand.

    A setting that is an `Unsettled` stands for its truth.
    """

    name: str
    operands: tuple[Node, ...]
    settings: tuple[object, ...]
    type: DataType


@dataclass(frozen=True, slots=True)
class Some:
    """Whether `body` holds of a member of the list."""

    variable: str
    members: Node
    body: Node
    type: ClassVar[DataType] = YES_NO


@dataclass(frozen=True, slots=True)
class Count:
    """How many members of the list there are of which `body` holds; all where there is none."""

    variable: str
    members: Node
    body: Node | None
    type: ClassVar[DataType] = COUNT


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of `value` over the members of the list of which `body` holds; all where there is none."""

    variable: str
    members: Node
    value: Node
    body: Node | None
    type: DataType


Node = (
    Constant
    | Read
    | Attribute
    | Unsettled
    | Not
    | All
    | Any
    | Compare
    | Present
    | If
    | Operation
    | Some
    | Count
    | Total
)


ALWAYS = All(())
NEVER = Any(())


def slot(place: int) -> Read:
    """The truth that stands in a slot of the plan."""
    return Read("slot", f"t{place}", YES_NO)


def is_truth(node: Node) -> bool:
    """True for a condition and for a value that is yes or no."""
    return node.type.kind == "yes_no"


def all_of(nodes: list[Node]) -> Node:
    """`All` of several, the one itself of one; what always holds adds nothing."""
    told = [node for node in nodes if not is_fixed(node, True)]
    return told[0] if len(told) == 1 else All(tuple(told))


def any_of(nodes: list[Node]) -> Node:
    """`Any` of several, the one itself of one; what never holds adds nothing."""
    told = [node for node in nodes if not is_fixed(node, False)]
    return told[0] if len(told) == 1 else Any(tuple(told))


def is_fixed(node: Node, truth: bool) -> bool:
    """True for a condition that is known beforehand to be `truth`."""
    return node == (ALWAYS if truth else NEVER) or (isinstance(node, Constant) and node.value is truth)


_PARTS: parts.Fields = {
    Attribute: ("otherwise",),
    Not: ("operand",),
    All: ("operands",),
    Any: ("operands",),
    Compare: ("left", "right"),
    Present: ("operand",),
    If: ("condition", "yes", "no"),
    Operation: ("operands",),
    Some: ("members", "body"),
    Count: ("members", "body"),
    Total: ("members", "value", "body"),
}
"""The fields of each kind that hold nodes."""


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under `node`, in order."""
    return parts.parts_of(node, _PARTS)


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """`node` with `change` made to each node directly under it."""
    return parts.with_parts(node, _PARTS, change)


def walk(node: Node) -> Iterator[Node]:
    """`node` and every node under it, from the top."""
    return parts.walk(node, _PARTS)
