"""Facts that a total function uses once are read where they are used, not into a local beforehand.

So a condition that those before it have settled costs nothing, as in code written by hand. It changes nothing that is
decided: a missing fact ends the function wherever it is read, and what `and` and `or` pass over could not have changed
the truth.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Mapping

_ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


class Uses(ast.NodeVisitor):
    """How often each local is set and read, and which are read where an unknown value would not be refused.

    Arithmetic and comparisons of order refuse it by themselves.
    """

    def __init__(self) -> None:
        self.sets: Counter[str] = Counter()
        self.reads: Counter[str] = Counter()
        self.unrefused: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:
        """A name outside arithmetic and order."""
        if isinstance(node.ctx, ast.Store):
            self.sets[node.id] += 1
        else:
            self.reads[node.id] += 1
            self.unrefused.add(node.id)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        """Arithmetic."""
        self._operands([node.left, node.right])

    def visit_Compare(self, node: ast.Compare) -> None:
        """A comparison, of order or not."""
        if all(isinstance(sign, _ORDER) for sign in node.ops):
            self._operands([node.left, *node.comparators])
        else:
            self.generic_visit(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """What is read for every member of a list is better held in a local, so it counts twice."""
        self.generic_visit(node)
        self.generic_visit(node)

    def _operands(self, operands: Iterable[ast.expr]) -> None:
        for operand in operands:
            if isinstance(operand, ast.Name):
                self.reads[operand.id] += 1
            else:
                self.visit(operand)


class _InPlace(ast.NodeTransformer):
    """Reads the facts of `loads` where their locals were read."""

    def __init__(self, loads: Mapping[str, ast.expr]) -> None:
        self.loads = loads

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        """Drops what sets a local that is no more."""
        target = node.targets[0]
        return None if isinstance(target, ast.Name) and target.id in self.loads else self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Reads the fact itself."""
        return self.loads.get(node.id, node)


def uses_in(body: list[ast.stmt]) -> Uses:
    """How the locals of `body` are used."""
    uses = Uses()
    for statement in body:
        uses.visit(statement)
    return uses


def read_in_place(body: list[ast.stmt], uses: Uses, loads: Mapping[str, ast.expr]) -> list[ast.stmt]:
    """`body` with facts that it uses once read in place. `loads` is how the local of each fact is read."""
    in_place = _InPlace({n: load for n, load in loads.items() if uses.reads[n] == 1 and uses.sets[n] == 1})
    visited = (in_place.visit(statement) for statement in body)
    return [statement for statement in visited if statement is not None]
