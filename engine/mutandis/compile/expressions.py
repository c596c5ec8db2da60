"""From one typed condition to a Python expression tree, total or three-valued.

Only `ast` nodes are built: every name in them is made here (`f3`, `m0`, a function of `operations`), and what a drafter
wrote appears in them as constants alone. In the total form truths are bools and values plain; in the three-valued form
they are those of `ternary`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from mutandis.calendar import DAY, Counting
from mutandis.citation import parse_citation_range
from mutandis.compile import operations, syntax
from mutandis.condition import tree as t
from mutandis.datatypes import DataType
from mutandis.decide.names import Names
from mutandis.decide.ternary import FALSE, NONE, TRUE, UNDEFINED, either, negate
from mutandis.link.program import Program
from mutandis.values import UNKNOWN

FUNCTIONS: dict[str, Callable[..., Any]] = {
    f.__name__: f
    for f in (
        either,
        negate,
        operations.attribute,
        operations.attribute_truth,
        operations.between,
        operations.chosen,
        operations.chosen_truth,
        operations.counted,
        operations.derived,
        operations.derived_truth,
        operations.days_off_with,
        operations.end_of,
        operations.falls_under,
        operations.in_force,
        operations.less,
        operations.members,
        operations.moved,
        operations.not_total,
        operations.one_of,
        operations.one_of_words,
        operations.period_within,
        operations.present,
        operations.present_truth,
        operations.quantified,
        operations.reckoned,
        operations.same,
        operations.same_truth,
        operations.share,
        operations.total,
        operations.total_agreed,
        operations.total_any,
        operations.total_count,
        operations.total_every,
        operations.total_moved,
        operations.total_sum,
        operations.total_truth,
        operations.total_value,
        operations.widened,
        operations.within,
    )
}
"""The run-time: every function that compiled code can call, by the name it calls it by."""

_NUMBERS = ("count", "number", "money")
_WORDS = ("enum", "text", "provision")
_TRUTHS = (
    t.Truth,
    t.Not,
    t.And,
    t.Or,
    t.Compare,
    t.OneOf,
    t.Present,
    t.WithinAfter,
    t.PeriodWithin,
    t.Quantified,
    t.FallsUnder,
    t.Applies,
)
_COMPARISONS: dict[str, type[ast.cmpop]] = {
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
    "is": ast.Eq,
    "is not": ast.Eq,
}


def load(name: str) -> ast.expr:
    """The name, read."""
    return syntax.Name(name, ast.Load())


@dataclass(slots=True)
class Emitter:
    """Writes the expressions of one function. `namespace` gathers what its code refers to besides its locals.

    `locals_` are the local names of facts and of `P applies` (`§applies …`), which the function sets beforehand.
    """

    program: Program
    names: Names
    total: bool
    namespace: dict[str, Any] = field(default_factory=dict)
    locals_: dict[str, str] = field(default_factory=dict)
    _constants: int = 0
    _lambdas: int = 0

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
        self.namespace[function] = FUNCTIONS[function]
        return syntax.Call(load(function), list(arguments), [])

    def settled(self, node: ast.expr) -> ast.expr:
        """A three-valued truth as a bool, in the total form."""
        return self.call("total_truth", node) if self.total else node

    def plain(self, node: ast.expr) -> ast.expr:
        """A value that may be a gap as a plain one, in the total form."""
        return self.call("total_value", node) if self.total else node

    def fixed(self, truth: bool) -> ast.expr:
        """A truth that is known beforehand."""
        return syntax.Constant(truth) if self.total else syntax.Constant(TRUE if truth else FALSE)

    def all_of(self, truths: list[ast.expr]) -> ast.expr:
        """`and`."""
        if len(truths) <= 1:
            return truths[0] if truths else self.fixed(True)
        if self.total:
            return syntax.BoolOp(ast.And(), truths)
        joined = truths[0]
        for truth in truths[1:]:
            joined = syntax.BinOp(joined, ast.BitAnd(), truth)
        return joined

    def any_of(self, truths: list[ast.expr]) -> ast.expr:
        """`or`."""
        if len(truths) <= 1:
            return truths[0] if truths else self.fixed(False)
        return syntax.BoolOp(ast.Or(), truths) if self.total else self.call("either", *truths)

    def not_(self, truth: ast.expr) -> ast.expr:
        """`not`."""
        return syntax.UnaryOp(ast.Not(), truth) if self.total else self.call("negate", truth)

    # --- static knowledge ---------------------------------------------------------------------------------------------

    def type_of(self, node: t.Expression) -> DataType | None:
        """The type of a fact as declared, else the one the checker set."""
        if isinstance(node, t.Fact):
            derived = self.program.derived.get(node.name)
            if derived is not None:
                return derived.type
            declared = self.program.vocabulary.facts.get(node.name)
            if declared is not None:
                return declared.type
        return node.type

    def is_truth(self, node: t.Expression) -> bool:
        """True for a condition and for a yes/no fact, attribute or choice between such."""
        if isinstance(node, _TRUTHS):
            return True
        if isinstance(node, t.If):
            return self.is_truth(node.consequent)
        type_ = self.type_of(node)
        return type_ is not None and type_.kind == "yes_no"

    def is_parameter(self, name: str) -> bool:
        """True for a fact that says how the asked action is to be done (S13)."""
        declared = self.program.vocabulary.facts.get(name)
        return declared is not None and declared.parameter

    def waits_for_fact(self, name: str) -> int:
        """The truth that waits for the fact `name`."""
        return self.names.truth(name, self.is_parameter(name))

    def _orders_plainly(self, left: DataType | None, right: DataType | None) -> bool:
        """True where Python's own comparison of the two plain values is the one meant."""
        if left is None or right is None or left.several or right.several:
            return False
        a, b = left.kind, right.kind
        if a == "duration" and b == "duration":
            return left.family is not None and right.family is not None
        return (
            (a in _NUMBERS and b in _NUMBERS) or (a in _WORDS and b in _WORDS) or (a == b and a in ("date", "moment"))
        )

    # --- truths -------------------------------------------------------------------------------------------------------

    def truth(self, node: t.Expression) -> ast.expr:
        """A condition."""
        match node:
            case t.Truth(value=value):
                return self.fixed(value)
            case t.Fact() | t.Attribute():
                return self.value(node)
            case t.Not(operand=a):
                return self.not_(self.truth(a))
            case t.And(operands=many):
                return self.all_of([self.truth(a) for a in many])
            case t.Or(operands=many):
                return self.any_of([self.truth(a) for a in many])
            case t.Compare():
                return self._compare(node)
            case t.OneOf():
                return self._one_of(node)
            case t.Present(operand=a, negated=negated):
                return self._present(a, negated)
            case t.WithinAfter():
                return self._within(node)
            case t.PeriodWithin():
                return self._period_within(node)
            case t.If(condition=c, consequent=a, alternative=b):
                parts = self.truth(c), self.truth(a), self.truth(b)
                return syntax.IfExp(*parts) if self.total else self.call("chosen_truth", *parts)
            case t.Quantified():
                return self._quantified(node)
            case t.FallsUnder(subject=subject, ranges=ranges, negated=negated) if subject is not None:
                parsed = tuple(parse_citation_range(a if a == b else f"{a} to {b}") for a, b in ranges)
                place = self.value(subject)
                if self.total:
                    place = self._or_nothing(place)
                return self.settled(self.call("falls_under", place, self.constant(parsed), syntax.Constant(negated)))
            case t.Applies(citation=citation):
                return load(self.locals_[f"§applies {citation}"])
            case _:
                raise TypeError(f"not a condition: {node!r}")

    def _or_nothing(self, value: ast.expr) -> ast.expr:
        """A plain value for a function of the three-valued form, which knows none as `NONE`."""
        self._lambdas += 1
        name = f"v{self._lambdas}"
        kept = syntax.NamedExpr(syntax.Name(name, ast.Store()), value)
        is_none = syntax.Compare(kept, [ast.Is()], [syntax.Constant(None)])
        return syntax.IfExp(is_none, self.constant(NONE), load(name))

    def _compare(self, node: t.Compare) -> ast.expr:
        a, b, operator = node.left, node.right, node.operator
        if self.is_truth(a) and self.is_truth(b):
            left, right = self.truth(a), self.truth(b)
            if self.total:
                # Not `==`, which would quietly give an answer about a fact that is said to be unknown.
                same: ast.expr = syntax.IfExp(left, right, syntax.UnaryOp(ast.Not(), right))
            else:
                same = self.call("same_truth", left, right)
            return self.not_(same) if operator == "is not" else same
        left, right = self._widened(a, b), self._widened(b, a)
        if self._orders_plainly(self.type_of(a), self.type_of(b)):
            if self.total:
                sign = ast.NotEq() if operator == "is not" else _COMPARISONS[operator]()
                return syntax.Compare(left, [sign], [right])
            found: ast.expr = syntax.UnaryOp(ast.USub(), syntax.Compare(left, [_COMPARISONS[operator]()], [right]))
            return self.not_(found) if operator == "is not" else found
        if operator in ("is", "is not"):
            found = self.settled(self.call("same", left, right))
            return self.not_(found) if operator == "is not" else found
        if operator in (">", ">="):
            left, right = right, left
        return self.settled(self.call("less", left, right, syntax.Constant(operator in ("<", ">"))))

    def _one_of(self, node: t.OneOf) -> ast.expr:
        left, kinds = self.type_of(node.left), [self.type_of(v) for v in node.values]
        found: ast.expr
        if self.is_truth(node.left):
            found = self.any_of([self._compare(t.Compare("is", node.left, v)) for v in node.values])
        elif self.total and all(self._orders_plainly(left, kind) for kind in kinds):
            values = syntax.Tuple([self.value(v) for v in node.values], ast.Load())
            found = syntax.Compare(self.value(node.left), [ast.In()], [values])
        elif self._orders_plainly(left, left) and all(isinstance(v, t.Choice | t.Text) for v in node.values):
            words = frozenset(v.value for v in node.values if isinstance(v, t.Choice | t.Text))
            found = self.call("one_of_words", self.value(node.left), self.constant(words))
        else:
            # Widening looks at each value's own type; they are all of one type, so the first serves for the left side.
            subject = self._widened(node.left, node.values[0]) if node.values else self.value(node.left)
            values = syntax.Tuple([self._widened(v, node.left) for v in node.values], ast.Load())
            found = self.settled(self.call("one_of", subject, values))
        return self.not_(found) if node.negated else found

    def _present(self, operand: t.Expression, negated: bool) -> ast.expr:
        if self.is_truth(operand):
            truth = self.truth(operand)
            if self.total:
                found: ast.expr = syntax.Compare(
                    self.call("total_value", truth), [ast.IsNot()], [syntax.Constant(None)]
                )
            else:
                found = self.call("present_truth", truth)
            return self.not_(found) if negated else found
        value = self.value(operand)
        if self.total:
            return syntax.Compare(value, [ast.Is() if negated else ast.IsNot()], [syntax.Constant(None)])
        found = self.call("present", value)
        return self.not_(found) if negated else found

    def _within(self, node: t.WithinAfter) -> ast.expr:
        after = node.side == "after"
        subject, anchor = self.value(node.subject), self.value(node.anchor)
        end = self._moved(node.anchor, node.length, 1 if after else -1, node.counting)
        kinds = {x.kind if x is not None else "" for x in (self.type_of(node.subject), self.type_of(node.anchor))}
        length = self.type_of(node.length)
        in_days = length is not None and length.family in ("days", "months")
        if self.total and (kinds == {"moment"} or (kinds == {"date"} and in_days)):
            first, last = (anchor, end) if after else (end, anchor)
            return syntax.Compare(first, [ast.LtE(), ast.LtE()], [subject, last])
        return self.settled(self.call("within", subject, anchor, end, syntax.Constant(after)))

    def _period_within(self, node: t.PeriodWithin) -> ast.expr:
        length = self.type_of(node.length)
        family = length.family if length is not None else None
        open_ = self.waits_for_fact(node.period.name) if isinstance(node.period, t.Fact) else UNDEFINED
        arguments = self.value(node.period), self.value(node.length), syntax.Constant(family), load("at")
        pairs = [syntax.Tuple([self._span_end(day) for day in span], ast.Load()) for span in node.suspended]
        spans = syntax.Tuple([*pairs], ast.Load())
        counted = syntax.Constant(open_), self.constant(node.counting), spans
        return self.settled(self.call("period_within", *arguments, *counted))

    def _span_end(self, day: t.Expression) -> ast.expr:
        """A day that a span begins or ends with, which may be none."""
        return self._or_nothing(self.value(day)) if self.total else self.value(day)

    # --- values -------------------------------------------------------------------------------------------------------

    def value(self, node: t.Expression) -> ast.expr:
        """What an expression comes to; a yes/no one as a truth."""
        match node:
            case t.Amount(value=value) | t.Day(value=value) | t.Instant(value=value) | t.Text(value=value):
                return self.constant(value)
            case t.Choice(value=value):
                return syntax.Constant(value)
            case t.Money(amount=amount):
                return syntax.Constant(amount)
            case t.Length():
                mixed = node.type is not None and node.type.family is None
                return self.constant(node.duration if mixed else node.duration.amount)
            case t.Today():
                return load("today")
            case t.Now():
                return load("now")
            case t.Fact(name=name):
                return load(self.locals_[name])
            case t.Attribute():
                return self._attribute(node)
            case t.Arithmetic():
                return self._arithmetic(node)
            case t.EndOf():
                return self._end_of(node)
            case t.If() if not self.is_truth(node):
                yes, no = self._as_type(node.consequent, node), self._as_type(node.alternative, node)
                parts = self.truth(node.condition), yes, no
                return syntax.IfExp(*parts) if self.total else self.call("chosen", *parts)
            case t.FractionOf(share=share, start=a, end=b, rounding=rounding):
                return self.call("share", self.value(a), self.value(b), self.constant(share), syntax.Constant(rounding))
            case t.NumberOf(variable=variable, source=source, body=body):
                return self._number_of(variable, source, body)
            case t.TotalOf():
                return self._total_of(node)
            case _:
                return self.truth(node)

    def typed(self, node: t.Expression, type_: DataType) -> ast.expr:
        """`node` as a fact of type `type_` holds it: widened where the fact's family is not known beforehand."""
        family = self._family(node)
        if type_.kind == "duration" and type_.family is None and family is not None:
            return self.call("widened", self.value(node), syntax.Constant(family))
        return self.value(node)

    def _family(self, node: t.Expression) -> str | None:
        type_ = self.type_of(node)
        return type_.family if type_ is not None and type_.kind == "duration" else None

    def _widened(self, node: t.Expression, other: t.Expression) -> ast.expr:
        theirs = self.type_of(other)
        return self.value(node) if theirs is None else self.typed(node, theirs)

    def _as_type(self, node: t.Expression, whole: t.If) -> ast.expr:
        return self.value(node) if whole.type is None else self.typed(node, whole.type)

    def _attribute(self, node: t.Attribute) -> ast.expr:
        member, name = load(self.locals_[f"§member {node.variable}"]), syntax.Constant(node.attribute)
        if self.total:
            return self.call("total_value", syntax.Subscript(member, name, ast.Load()))
        names = syntax.Attribute(load("call"), "names", ast.Load())
        if self.is_truth(node):
            return self.call("attribute_truth", member, name, names)
        type_ = node.type
        counted = type_ is not None and (
            type_.kind in ("count", "money") or (type_.kind == "duration" and type_.family is not None)
        )
        return self.call("attribute", member, name, syntax.Constant(counted), names)

    def _moved(self, start: t.Expression, length: t.Expression, sign: int, counting: Counting) -> ast.expr:
        family = self._family(length)
        begin = self.value(start)
        if not self.total or family is None:
            told = syntax.Constant(family), syntax.Constant(sign), self.constant(counting)
            return self.plain(self.call("moved", begin, self.value(length), *told))
        if family == "days":
            if isinstance(length, t.Length):
                span = self.constant(int(length.duration.amount) * DAY)
            else:
                span = syntax.BinOp(self.value(length), ast.Mult(), self.constant(DAY))
            return syntax.BinOp(begin, ast.Add() if sign > 0 else ast.Sub(), span)
        amount = self.value(length)
        if sign < 0:
            amount = syntax.UnaryOp(ast.USub(), amount)
        return self.call("total_moved", begin, amount, syntax.Constant(family), self.constant(counting))

    def _end_of(self, node: t.EndOf) -> ast.expr:
        parts = self.value(node.anchor), self.value(node.length), syntax.Constant(self._family(node.length))
        waits = syntax.Constant(self.names.truth("holidays", False))
        side = syntax.Constant(node.side == "after")
        return self.plain(self.call("end_of", *parts, side, self.constant(node.counting), load("days_off"), waits))

    def _arithmetic(self, node: t.Arithmetic) -> ast.expr:
        a, b, operator = node.left, node.right, node.operator
        left, right = self.type_of(a), self.type_of(b)
        kinds = (left.kind if left is not None else None, right.kind if right is not None else None)
        if kinds[0] in ("date", "moment") and kinds[1] == "duration":
            return self._moved(a, b, 1 if operator == "+" else -1, node.counting)
        if kinds[0] == "duration" and kinds[1] in ("date", "moment"):
            return self._moved(b, a, 1, node.counting)
        if kinds[0] in ("date", "moment"):
            return self.plain(self.call("between", self.value(a), self.value(b)))
        one, two = (self._widened(a, b), self._widened(b, a)) if operator != "*" else (self.value(a), self.value(b))
        duration = node.type is not None and node.type.kind == "duration"
        integers = all(
            x is not None and (x.kind in ("count", "money") or (x.kind == "duration" and x.family is not None))
            for x in (left, right)
        )
        if integers:
            sign = {"+": ast.Add, "-": ast.Sub, "*": ast.Mult}[operator]
            return syntax.BinOp(one, sign(), two)
        return self.plain(self.call("reckoned", syntax.Constant(operator), one, two, syntax.Constant(duration)))

    # --- lists --------------------------------------------------------------------------------------------------------

    def _body(self, variable: str, emit: Callable[[t.Expression], ast.expr], body: t.Expression) -> ast.expr:
        """A function of one list member."""
        name = f"m{self._lambdas}"
        self._lambdas += 1
        key = f"§member {variable}"
        outer = self.locals_.get(key)
        self.locals_[key] = name
        arguments = ast.arguments([], [syntax.arg(name)], None, [], [], None, [])
        written = syntax.Lambda(arguments, emit(body))
        if outer is None:
            del self.locals_[key]
        else:
            self.locals_[key] = outer
        return written

    def _members(self, source: t.Expression) -> ast.expr:
        value = self.value(source)
        if self.total:
            return value
        is_fact = isinstance(source, t.Fact)
        name = (
            source.name if isinstance(source, t.Fact) else source.attribute if isinstance(source, t.Attribute) else ""
        )
        parameter = is_fact and self.is_parameter(name)
        open_ = self.names.truth(name, parameter)
        return self.call("members", value, syntax.Constant(name), syntax.Constant(parameter), syntax.Constant(open_))

    def _quantified(self, node: t.Quantified) -> ast.expr:
        source, body = self._members(node.source), self._body(node.variable, self.truth, node.body)
        number = node.number or 0
        if not self.total:
            return self.call("quantified", syntax.Constant(node.quantifier), syntax.Constant(number), source, body)
        match node.quantifier:
            case "any":
                return self.call("total_any", source, body)
            case "no":
                return self.not_(self.call("total_any", source, body))
            case "every":
                return self.call("total_every", source, body)
        sign: dict[str, type[ast.cmpop]] = {"at least": ast.GtE, "at most": ast.LtE, "exactly": ast.Eq}
        count = self.call("total_count", source, body)
        return syntax.Compare(count, [sign[node.quantifier]()], [syntax.Constant(number)])

    def _number_of(self, variable: str | None, source: t.Expression, body: t.Expression | None) -> ast.expr:
        members = self._members(source)
        inner = None if variable is None or body is None else self._body(variable, self.truth, body)
        if not self.total:
            return self.call("counted", members, inner if inner is not None else syntax.Constant(None))
        if inner is None:
            self.namespace["len"] = len
            return syntax.Call(load("len"), [members], [])
        return self.call("total_count", members, inner)

    def _total_of(self, node: t.TotalOf) -> ast.expr:
        type_ = node.value.type
        mixed = type_ is not None and type_.kind == "duration" and type_.family is None
        if self.total and mixed:
            return self.call("not_total")
        members = self._members(node.source)
        value = self._body(node.variable, self.value, node.value)
        body = syntax.Constant(None) if node.body is None else self._body(node.variable, self.truth, node.body)
        if self.total:
            return self.call("total_sum", members, value, body)
        plain = type_ is None or type_.kind == "number"
        return self.call("total", members, value, body, syntax.Constant(plain), syntax.Constant(mixed))
