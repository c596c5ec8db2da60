"""From one node of the norm IR to a Python expression tree, total or three-valued.

Only `ast` nodes are built: every name in them is made here (`f3`, `m0`, a function of `operations`), and what a drafter
wrote appears in them as constants alone. In the total form truths are bools and values plain; in the three-valued form
they are those of `ternary`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import field
from functools import reduce
from typing import Any

from mutandis.backends import operations
from mutandis.backends.python import syntax, total
from mutandis.calendar.dates import DAY
from mutandis.calendar.days_off import days_off_with
from mutandis.dataclass import dataclass
from mutandis.datatypes import DataType
from mutandis.decide.names import Names
from mutandis.decide.ternary import FALSE, NONE, TRUE, Gap, either, negate
from mutandis.ir import nodes as n
from mutandis.link.reads import given_fact
from mutandis.values import UNKNOWN


def _by_name(*functions: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    return {function.__name__: function for function in functions}


FUNCTIONS: Mapping[str, Callable[..., Any]] = _by_name(
    days_off_with,
    either,
    negate,
    total.not_total,
    total.total_agreed,
    total.total_any,
    total.total_count,
    total.total_moved,
    total.total_sum,
    total.total_truth,
    total.total_value,
)
"""What compiled code calls that is no operation, by the name it calls it by; those `operations.runtime` finds."""

_NUMBERS = ("count", "number", "money")
_WORDS = ("enum", "text", "provision")
_SIGNS: dict[str, type[ast.cmpop]] = {"<": ast.Lt, "<=": ast.LtE, "is": ast.Eq}
_RECKONED: dict[object, type[ast.operator]] = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}


def load(name: str) -> ast.expr:
    """The name, read."""
    return syntax.Name(name, ast.Load())


@dataclass(slots=True)
class Emitter:
    """Writes the expressions of one function. `namespace` gathers what its code refers to besides its locals.

    `locals_` are the local names of what its nodes read, by source and name, which the function sets beforehand; a slot
    is a local of that very name. With `choosing`, what `call.choices` names is as it says. `members` are those of
    stated lists, and their number, by the locals that they are to be found in (three-valued; set after the facts).
    """

    names: Names
    total: bool
    choosing: bool = False
    namespace: dict[str, Any] = field(default_factory=dict)
    locals_: dict[tuple[str, str], str] = field(default_factory=dict)
    members: dict[str, ast.expr] = field(default_factory=dict)
    _constants: int = 0
    _lambdas: int = 0
    _kept: int = 0
    _dear: dict[int, tuple[n.Node, bool]] = field(default_factory=dict)

    # --- building blocks ----------------------------------------------------------------------------------------------

    def constant(self, value: Any) -> ast.expr:
        """A constant: in the code where Python can hold it there, else by a name of ours."""
        if value is None or type(value) in (bool, int, str):
            return syntax.Constant(value)
        if value is UNKNOWN:
            name = "UNKNOWN"
        else:
            name = f"c{self._constants}"
            self._constants += 1
        self.namespace[name] = value
        return load(name)

    def call(self, function: str, *arguments: ast.expr) -> ast.expr:
        """A call of one of the functions of the run-time."""
        self.namespace[function] = FUNCTIONS.get(function) or operations.runtime(function)
        return syntax.Call(load(function), list(arguments), [])

    def settled(self, node: ast.expr) -> ast.expr:
        """A three-valued truth as a bool, in the total form."""
        return self.call("total_truth", node) if self.total else node

    def fixed(self, truth: bool) -> ast.expr:
        """A truth that is known beforehand."""
        return syntax.Constant(truth) if self.total else syntax.Constant(TRUE if truth else FALSE)

    def all_of(self, truths: list[ast.expr]) -> ast.expr:
        """`and`."""
        if len(truths) <= 1:
            return truths[0] if truths else self.fixed(True)
        if self.total:
            return syntax.BoolOp(ast.And(), truths)
        return reduce(_both, truths)

    def any_of(self, truths: list[ast.expr]) -> ast.expr:
        """`or`."""
        if len(truths) <= 1:
            return truths[0] if truths else self.fixed(False)
        return syntax.BoolOp(ast.Or(), truths) if self.total else self.call("either", *truths)

    def not_(self, truth: ast.expr) -> ast.expr:
        """`not`."""
        return syntax.UnaryOp(ast.Not(), truth) if self.total else self.call("negate", truth)

    def many(self, nodes: tuple[n.Node, ...]) -> list[ast.expr]:
        """Several nodes."""
        return [self.value(node) for node in nodes]

    # --- nodes --------------------------------------------------------------------------------------------------------

    def value(self, node: n.Node) -> ast.expr:
        """What a node comes to: a truth where it is yes or no."""
        match node:
            case n.Constant(value=value):
                if n.is_truth(node):
                    return self.fixed(value is True)
                return self.constant(NONE if value is None and not self.total else value)
            case n.Read(source="slot" | "clock", name=name):
                return load(name)
            case n.Read(source="given", name=name):
                return self._given(name)
            case n.Read(source=source, name=name):
                return load(self.locals_[source, name])
            case n.Attribute():
                return self._attribute(node)
            case n.Unsettled():
                if self.total:
                    return self.call("not_total")
                waits = self._setting(node)
                return waits if n.is_truth(node) else self._gap(waits)
            case n.Not(operand=a):
                return self.not_(self.value(a))
            case n.All(operands=many):
                return self._all(many)
            case n.Any(operands=many):
                return self._alternatives(many) or self._any(many)
            case n.Compare():
                return self._compare(node)
            case n.Present(operand=a):
                return self._present(a)
            case n.If(n.Read(source="given"), n.Read(source="fact") as a, n.Constant(None)) if self.total:
                # A total function reads nothing where a case does not state a fact that it presumes something of.
                return self.value(a)
            case n.If(condition=c, yes=a, no=b):
                listed = self._by_word(node)
                if listed is not None:
                    return listed
                parts = self.value(c), self.value(a), self.value(b)
                if self.total:
                    return syntax.IfExp(*parts)
                return self.call("chosen_truth" if n.is_truth(node) else "chosen", *parts)
            case n.Operation():
                return self._operation(node)
            case n.Some(variable=variable, members=members, body=body):
                listed, inner = self.value(members), self._body(variable, body)
                return self.call("total_any" if self.total else "some", listed, inner)
            case n.Count(variable=variable, members=members, body=None) if self.total:
                self.namespace["len"] = len
                return syntax.Call(load("len"), [self.value(members)], [])
            case n.Count(variable=variable, members=members, body=body):
                listed, inner = self.value(members), self._body(variable, body)
                counted = self.call("total_count" if self.total else "counted", listed, inner)
                # All members of a stated list are counted once, where they were found.
                return counted if body is not None else self._found_once(listed, "n", counted)
            case n.Total():
                return self._total(node)

    def _given(self, name: str) -> ast.expr:
        """Whether the case says anything of a fact, or it is chosen to be read as if it did."""
        given: ast.expr = _is_in(given_fact(name), load("facts"))
        if self.choosing:
            choices = syntax.Attribute(load("call"), "choices", ast.Load())
            given = syntax.BoolOp(ast.Or(), [given, _is_in(name, choices)])
        return given if self.total else syntax.UnaryOp(ast.USub(), given)

    def _gap(self, waits: ast.expr) -> ast.expr:
        """A value that is not known, by what it waits for."""
        self.namespace["Gap"] = Gap
        return syntax.Call(load("Gap"), [waits], [])

    def _setting(self, setting: object) -> ast.expr:
        if isinstance(setting, n.Unsettled):
            return syntax.Constant(self.names.truth_of(setting.kind, setting.name))
        return self.constant(setting)

    def _attribute(self, node: n.Attribute) -> ast.expr:
        if node.otherwise is None:
            return self._stated(node)
        member = load(self.locals_["member", node.variable])
        said = member if self.total else syntax.Subscript(member, syntax.Constant(0), ast.Load())
        unstated = self.call("is_unstated", said, syntax.Constant(node.name), syntax.Constant(node.presumed))
        return syntax.IfExp(unstated, self.value(node.otherwise), self._stated(node))

    def _stated(self, node: n.Attribute) -> ast.expr:
        member, name = load(self.locals_["member", node.variable]), syntax.Constant(node.name)
        if self.total:
            return self.call("total_value", syntax.Subscript(member, name, ast.Load()))
        names = syntax.Attribute(load("call"), "names", ast.Load())
        if n.is_truth(node):
            return self.call("attribute_truth", member, name, names)
        ends = self.constant(node.ends)
        return self.call("attribute", member, name, ends, names)

    def _compare(self, node: n.Compare) -> ast.expr:
        left, right = self.value(node.left), self.value(node.right)
        if n.is_truth(node.left) and n.is_truth(node.right):
            if self.total:
                # Not `==`, which would quietly give an answer about a fact that is said to be unknown.
                return syntax.IfExp(left, right, syntax.UnaryOp(ast.Not(), right))
            return self.call("same_truth", left, right)
        if _orders_plainly(node.left.type, node.right.type):
            found = syntax.Compare(left, [_SIGNS[node.sign]()], [right])
            return found if self.total else syntax.UnaryOp(ast.USub(), found)
        if node.sign == "is":
            return self.settled(self.call("same", left, right))
        return self.settled(self.call("less", left, right, syntax.Constant(node.sign == "<")))

    def _alternatives(self, operands: tuple[n.Node, ...]) -> ast.expr | None:
        """One value compared with several, looked at once; None where it is another kind of `or`."""
        first = operands[0] if len(operands) > 1 else None
        if not isinstance(first, n.Compare) or n.is_truth(first.left):
            return None
        subject, values = first.left, list[n.Node]()
        for operand in operands:
            if not isinstance(operand, n.Compare) or operand.sign != "is" or operand.left is not subject:
                return None
            values.append(operand.right)
        if self.total and all(_orders_plainly(subject.type, value.type) for value in values):
            listed = syntax.Tuple([self.value(value) for value in values], ast.Load())
            return syntax.Compare(self.value(subject), [ast.In()], [listed])
        words = frozenset(v.value for v in values if isinstance(v, n.Constant) and isinstance(v.value, str))
        if _orders_plainly(subject.type, subject.type) and len(words) == len(values):
            return self.call("one_of_words", self.value(subject), self.constant(words))
        listed = syntax.Tuple([self.value(value) for value in values], ast.Load())
        return self.settled(self.call("one_of", self.value(subject), listed))

    def _all(self, operands: tuple[n.Node, ...]) -> ast.expr:
        """`and`; in the three-valued form too, what is long to find is passed over where it cannot matter."""
        truths = self.many(operands)
        if self.total or len(truths) <= 1:
            return self.all_of(truths)
        found, dear = truths[-1], self._is_dear(operands[-1])
        for operand, truth in zip(operands[-2::-1], truths[-2::-1], strict=True):
            if dear:
                set_, kept = self._keep(truth)
                found = syntax.BoolOp(ast.And(), [set_, _both(kept, found)])
            else:
                found = _both(truth, found)
            dear = dear or self._is_dear(operand)
        return found

    def _any(self, operands: tuple[n.Node, ...]) -> ast.expr:
        """`or`, likewise."""
        truths = self.many(operands)
        dear = [place for place, operand in enumerate(operands) if self._is_dear(operand)]
        if self.total or not dear or not dear[-1]:
            return self.any_of(truths)
        tests: list[ast.expr] = []
        for place in range(dear[-1]):
            set_, truths[place] = self._keep(truths[place])
            tests.append(syntax.Compare(set_, [ast.Eq()], [syntax.Constant(TRUE)]))
        found = self.any_of(truths)
        for test in reversed(tests):
            found = syntax.IfExp(test, syntax.Constant(TRUE), found)
        return found

    def _keep(self, truth: ast.expr) -> tuple[ast.expr, ast.expr]:
        """A truth that is wanted twice: as it is looked at first, and then."""
        if isinstance(truth, ast.Name | ast.Constant):
            return truth, truth
        name = f"x{self._kept}"
        self._kept += 1
        return syntax.NamedExpr(syntax.Name(name, ast.Store()), truth), load(name)

    def _is_dear(self, node: n.Node) -> bool:
        """True where it takes more to find what a node comes to than to ask whether it matters."""
        known = self._dear.get(id(node))  # by identity: nodes are trees, which are long to hash
        if known is None:
            is_dear = isinstance(node, n.Some | n.Count | n.Total | n.Operation)
            known = node, is_dear or any(map(self._is_dear, n.children(node)))
            self._dear[id(node)] = known
        return known[1]

    def _by_word(self, node: n.If) -> ast.expr | None:
        """Values that one word has the choice of, looked up; None where it is another kind of choice."""
        asked = node.condition.left if isinstance(node.condition, n.Compare) else None
        values: dict[str, object] = {}
        rest: n.Node = node
        while isinstance(rest, n.If):
            match rest.condition, rest.yes:
                case n.Compare("is", subject, n.Constant(str() as word)), n.Constant(value) if (
                    subject == asked and word not in values
                ):
                    values[word] = NONE if value is None and not self.total else value
                case _:
                    break
            rest = rest.no
        if asked is None or asked.type.several or len(values) < 2 or n.is_truth(node):
            return None
        # Three-valued code finds both values of a choice anyway; a total one must not read what the last alone reads.
        if self.total and not isinstance(rest, n.Constant):
            return None
        return self.call("chosen_by", self.value(asked), self.constant(values), self.value(rest))

    def _present(self, operand: n.Node) -> ast.expr:
        value, is_truth = self.value(operand), n.is_truth(operand)
        if not self.total:
            return self.call("present_truth" if is_truth else "present", value)
        if is_truth:
            value = self.call("total_value", value)
        return syntax.Compare(value, [ast.IsNot()], [syntax.Constant(None)])

    # --- operations ---------------------------------------------------------------------------------------------------

    def _operation(self, node: n.Operation) -> ast.expr:
        operands, settings = self.many(node.operands), node.settings
        if node.name == "members" and self.total:
            return operands[0]
        if node.name == "members":
            found = self.call("members", *operands, *[self._setting(setting) for setting in settings])
            return self._found_once(operands[0], "l", found) if _is_stated(node.operands[0]) else found
        if node.name == "reckoned" and all(operations.is_counted(a.type) for a in node.operands):
            return syntax.BinOp(operands[0], _RECKONED[settings[0]](), operands[1])
        if node.name == "moved" and self.total and settings[0] is not None:
            return self._moved(operands[0], node.operands[1], operands[1], settings)
        found = self.call(node.name, *operands, *[self._setting(setting) for setting in settings])
        if not self.total:
            return found
        return self.call("total_truth" if n.is_truth(node) else "total_value", found)

    def _found_once(self, listed: ast.expr, kind: str, found: ast.expr) -> ast.expr:
        """What is found of a list that stands in a local, in a local beside it."""
        if not isinstance(listed, ast.Name):
            return found
        local = f"{kind}{listed.id}"
        self.members.setdefault(local, found)
        return load(local)

    def _moved(self, start: ast.expr, length: n.Node, amount: ast.expr, settings: tuple[object, ...]) -> ast.expr:
        sign = settings[1]
        if settings[0] == "days":
            if isinstance(length, n.Constant) and isinstance(length.value, int):
                span = self.constant(length.value * DAY)
            else:
                span = syntax.BinOp(amount, ast.Mult(), self.constant(DAY))
            return syntax.BinOp(start, ast.Add() if sign == 1 else ast.Sub(), span)
        if sign != 1:
            amount = syntax.UnaryOp(ast.USub(), amount)
        return self.call("total_moved", start, amount, self.constant(settings[0]), self.constant(settings[2]))

    # --- lists --------------------------------------------------------------------------------------------------------

    def _body(self, variable: str, body: n.Node | None) -> ast.expr:
        """A function of one list member; None where there is nothing to ask of it."""
        if body is None:
            return syntax.Constant(None)
        name = f"m{self._lambdas}"
        self._lambdas += 1
        outer = self.locals_.get(("member", variable))
        self.locals_["member", variable] = name
        arguments = ast.arguments([], [syntax.arg(name)], None, [], [], None, [])
        written = syntax.Lambda(arguments, self.value(body))
        if outer is not None:
            self.locals_["member", variable] = outer
        return written

    def _total(self, node: n.Total) -> ast.expr:
        mixed = node.type.kind == "duration" and node.type.family is None
        if self.total and mixed:
            return self.call("not_total")
        parts = self.value(node.members), self._body(node.variable, node.value), self._body(node.variable, node.body)
        if self.total:
            return self.call("total_sum", *parts)
        plain = node.type.kind == "number"
        return self.call("total", *parts, syntax.Constant(plain), syntax.Constant(mixed))


def _is_stated(node: n.Node) -> bool:
    return isinstance(node, n.Read) and node.source == "fact"


def _both(left: ast.expr, right: ast.expr) -> ast.expr:
    return syntax.BinOp(left, ast.BitAnd(), right)


def _is_in(name: str, names: ast.expr) -> ast.expr:
    return syntax.Compare(syntax.Constant(name), [ast.In()], [names])


def _orders_plainly(left: DataType, right: DataType) -> bool:
    """True where Python's own comparison of the two plain values is the one meant."""
    if left.several or right.several:
        return False
    a, b = left.kind, right.kind
    if a == "duration" and b == "duration":
        return left.family is not None and right.family is not None
    return (a in _NUMBERS and b in _NUMBERS) or (a in _WORDS and b in _WORDS) or (a == b and a in ("date", "moment"))
