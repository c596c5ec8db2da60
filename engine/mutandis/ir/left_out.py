"""What a derived fact is where none of its entries holds, if they leave anything out at all."""

from __future__ import annotations

from mutandis.datatypes import DataType
from mutandis.ir import nodes as n
from mutandis.ir.component import LoweredBranch


def unless_left_out(branches: tuple[LoweredBranch, ...], otherwise: n.Node, type_: DataType) -> n.Node:
    """What a fact is where no entry holds: of two entries one of which holds for certain, since what one demands is
    what the other denies, the value of the second, where what both demand holds.
    """
    entries = [(n.all_of([branch.trigger, entry.when]), entry.value) for branch in branches for entry in branch.entries]
    entries = [(holds, value) for holds, value in entries if not n.is_fixed(holds, False)]
    if len(entries) != 2:
        return otherwise
    one, other = (_demands(holds) for holds, _ in entries)
    for demand in one:
        denied = next((d for d in other if _denies(d, demand)), None)
        if denied is not None:
            shared = [d for d in one if d is not demand]
            if len(shared) == len(other) - 1 and all(d in other for d in shared):
                return n.If(n.all_of(shared), entries[1][1], otherwise, type_) if shared else entries[1][1]
    return otherwise


def _demands(node: n.Node) -> list[n.Node]:
    return [d for operand in node.operands for d in _demands(operand)] if isinstance(node, n.All) else [node]


def _denies(one: n.Node, other: n.Node) -> bool:
    """True where exactly one of two conditions holds whenever both are known."""
    if isinstance(one, n.Not) or isinstance(other, n.Not):
        return (isinstance(one, n.Not) and one.operand == other) or (isinstance(other, n.Not) and other.operand == one)
    if not isinstance(one, n.Compare) or not isinstance(other, n.Compare):
        return False
    return {one.sign, other.sign} == {"<", "<="} and (one.left, one.right) == (other.right, other.left)
