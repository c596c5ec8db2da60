"""The parts of Python's syntax tree that compiled code is made of, each with a place in the text from the start.

`compile` wants a line and a column of every node. Nothing here was ever text, so all stand at the same place, which
their classes say; walking every tree to write it into each node would take as long as compiling it.
"""

from __future__ import annotations

import ast


class _Placed:
    lineno = 1
    col_offset = 0


class Assign(_Placed, ast.Assign):
    """`name = value`."""


class Attribute(_Placed, ast.Attribute):
    """`value.name`."""


class BinOp(_Placed, ast.BinOp):
    """Arithmetic."""


class BoolOp(_Placed, ast.BoolOp):
    """`and`, `or`."""


class Call(_Placed, ast.Call):
    """A call."""


class Compare(_Placed, ast.Compare):
    """A comparison."""


class Constant(_Placed, ast.Constant):
    """A constant."""


class If(_Placed, ast.If):
    """The statement `if`."""


class IfExp(_Placed, ast.IfExp):
    """The expression `if`."""


class Lambda(_Placed, ast.Lambda):
    """A function of one expression."""


class Name(_Placed, ast.Name):
    """A name."""


class NamedExpr(_Placed, ast.NamedExpr):
    """`name := value`."""


class Raise(_Placed, ast.Raise):
    """`raise`."""


class Subscript(_Placed, ast.Subscript):
    """`value[key]`."""


class Tuple(_Placed, ast.Tuple):
    """A tuple."""


class UnaryOp(_Placed, ast.UnaryOp):
    """`not`, `-`."""


class arg(_Placed, ast.arg):
    """A parameter of a function."""
