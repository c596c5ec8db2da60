"""The faults that are planted in code: each a change of one line that a hurried developer could have made.

A mutant is one change of one module's tree. Types, decorators, docstrings, messages of errors, assertions and how much
is remembered are left alone: what changes there changes no answer.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import TypeVar

_OTHER_COMPARISON: dict[type[ast.cmpop], tuple[str, type[ast.cmpop]]] = {
    ast.Lt: ("strictness", ast.LtE),
    ast.LtE: ("strictness", ast.Lt),
    ast.Gt: ("strictness", ast.GtE),
    ast.GtE: ("strictness", ast.Gt),
    ast.Eq: ("other comparison", ast.NotEq),
    ast.NotEq: ("other comparison", ast.Eq),
    ast.Is: ("other comparison", ast.IsNot),
    ast.IsNot: ("other comparison", ast.Is),
    ast.In: ("other comparison", ast.NotIn),
    ast.NotIn: ("other comparison", ast.In),
}
_OTHER_OPERATOR: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_OTHER_STRICTNESS = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
_OTHER_FUNCTION = {
    "any": "all",
    "all": "any",
    "min": "max",
    "max": "min",
    "ceil": "floor",
    "floor": "ceil",
    "sorted": "list",
}
Node = TypeVar("Node", bound=ast.AST)
_WIDTH = 100
"""How much of a line is shown."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A change of one module, the `number`th that can be made; `was` and `became` are the part before and after."""

    number: int
    kind: str
    line: int
    was: str
    became: str


def faults_of(source: str) -> list[Fault]:
    """Every fault that can be planted in a module, in the order of its text."""
    planter = _Planter(-1)
    planter.visit(ast.parse(source))
    return planter.faults


def planted(source: str, number: int) -> ast.Module:
    """The module with one fault. Raises `ValueError` where it has none of that number."""
    planter = _Planter(number)
    tree = planter.visit(ast.parse(source))
    if not planter.is_planted:
        raise ValueError(f"there is no fault {number}: the module has {len(planter.faults)}")
    assert isinstance(tree, ast.Module)
    return ast.fix_missing_locations(tree)


class _Planter(ast.NodeTransformer):
    """Counts the faults of a tree and plants one of them."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.faults: list[Fault] = []
        self.is_planted = False

    def visit(self, node: ast.AST) -> ast.AST:
        """The node, with the fault in it if it is here."""
        if _is_left_alone(node):
            return node
        for kind, changed in _changes(node):
            if len(self.faults) == self.number:
                self.is_planted = True
            self.faults.append(Fault(len(self.faults), kind, getattr(node, "lineno", 0), _shown(node), _shown(changed)))
            if self.is_planted:
                return ast.copy_location(changed, node)
        for name in _parts(node):
            self._visit_part(node, name)
            if self.is_planted:
                break
        return node

    def _visit_part(self, node: ast.AST, name: str) -> None:
        part = getattr(node, name)
        if isinstance(part, ast.AST):
            setattr(node, name, self.visit(part))
        elif isinstance(part, list):
            for place, one in enumerate(part):
                if isinstance(one, ast.AST):
                    part[place] = self.visit(one)
                    if self.is_planted:
                        return


def _parts(node: ast.AST) -> Sequence[str]:
    """The fields of a node in which something can be planted."""
    match node:
        case ast.FunctionDef():
            return ("args", "body")
        case ast.ClassDef():
            return ("body",)
        case ast.arguments():
            return ("defaults", "kw_defaults")
        case ast.AnnAssign():
            return ("value",) if node.value is not None else ()
    return node._fields


def _is_left_alone(node: ast.AST) -> bool:
    match node:
        case ast.Assert() | ast.Raise() | ast.Import() | ast.ImportFrom() | ast.JoinedStr() | ast.arg():
            return True
        case ast.Subscript(ast.Name("Literal" | "OneOfStrings")):
            return True
        case ast.Expr(ast.Constant(str())) | ast.If(ast.Name("TYPE_CHECKING")):
            return True
        case ast.Assign([ast.Name(name)]) | ast.AnnAssign(ast.Name(name)):
            return name.startswith(("MOST_", "_MOST_")) or name in ("__slots__", "__all__")
    return False


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """What could stand in the place of a node, by kind of fault."""
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                if type(operator) in _OTHER_COMPARISON:
                    kind, other = _OTHER_COMPARISON[type(operator)]
                    yield kind, _with(node, ops=[*node.ops[:place], other(), *node.ops[place + 1 :]])
        case ast.BoolOp(ast.And() as operator):
            yield "or for and", _with(node, op=ast.Or())
        case ast.BoolOp():
            yield "and for or", _with(node, op=ast.And())
        case ast.UnaryOp(ast.Not()):
            yield "lost not", node.operand
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _OTHER_OPERATOR:
            yield "other operator", _with(node, op=_OTHER_OPERATOR[type(node.op)]())
        case ast.Constant(bool(value)):
            yield "other truth", _with(node, value=not value)
        case ast.Constant(int(value)):
            yield "off by one", _with(node, value=value + 1)
        case ast.Constant(str(value)) if value in _OTHER_STRICTNESS:
            yield "strictness", _with(node, value=_OTHER_STRICTNESS[value])
        case ast.Call(ast.Name(name)) if name in _OTHER_FUNCTION:
            yield "other function", _called_otherwise(node, _OTHER_FUNCTION[name])
            if name == "ceil":
                yield "one too many", ast.BinOp(_called_otherwise(node, "floor"), ast.Add(), ast.Constant(1))
        case ast.IfExp():
            yield "other branch", _with(node, body=node.orelse, orelse=node.body)
        case ast.Tuple() | ast.List() | ast.Set() if len(node.elts) > 1 and all(map(_is_plain, node.elts)):
            for place in range(len(node.elts)):
                yield "left out", _with(node, elts=[*node.elts[:place], *node.elts[place + 1 :]])
        case ast.comprehension():
            for place in range(len(node.ifs)):
                yield "lost condition", _with(node, ifs=[*node.ifs[:place], *node.ifs[place + 1 :]])
        case ast.Expr(ast.Call()) | ast.Continue():
            yield "lost statement", ast.Pass()
        case ast.If(orelse=[], body=[*_, ast.Return() | ast.Continue() | ast.Break()]):
            yield "lost guard", ast.Pass()
    if isinstance(node, ast.AugAssign):
        yield "lost statement", ast.Pass()


def _called_otherwise(node: ast.Call, name: str) -> ast.Call:
    # What is not sorted has no order to be sorted by.
    keywords = [] if name == "list" else node.keywords
    return _with(node, func=ast.Name(name, ast.Load()), keywords=keywords)


def _is_plain(node: ast.expr) -> bool:
    """True for an element that is a constant, the name of one, or made: a row of those is a choice among them."""
    named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    return named or isinstance(node, ast.Constant | ast.Call)


def _with(node: Node, **parts: object) -> Node:
    changed = copy(node)
    for name, part in parts.items():
        setattr(changed, name, part)
    return changed


def _shown(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"
