"""Expressions over columns: what a unit's slots come to, said once for Polars and for SQL.

An expression is null where its value is not known, and truths are those of Kleene; both Polars and SQL reckon so. Each
expression of a `Maker` is made once, so that equal ones are the same object; what is known beforehand is folded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import field
from fractions import Fraction
from operator import eq, le, lt
from typing import Any, Final, Literal

from mutandis.backends.columns.fold import assumed, compared, opposite
from mutandis.backends.columns.spans import Span, is_inside, span_of
from mutandis.backends.operations import falls_under
from mutandis.calendar.dates import add_length
from mutandis.calendar.shares import share_of_days
from mutandis.dataclass import dataclass
from mutandis.decide.ternary import TRUE

Sort = Literal["truth", "number", "date", "moment", "word", "waits"]
"""What an expression holds. A `word` is a choice, a text or a provision; `waits` is a truth of `decide.ternary`."""
Op = Literal["lt", "le", "eq"]
"""A comparison."""


@dataclass(frozen=True, slots=True, eq=False)
class X:
    """An expression: what is done (`op`) to its operands, and the settings of it. Equal ones are the same object.

    `col` reads the column that its setting names, `outside` what was found of a node elsewhere, `lit` is a value (None:
    null). `among` is whether a word is one of those that its setting, a test by name and argument, picks. One that is
    `sure` is never null; `span` is what a number or a day (as its ordinal) surely lies between; one that is `dear`
    walks through the calendar, and is better left alone where it does not matter. One `of_member` is about a member of
    a list (`columns.members`), and belongs to the table of these.
    """

    op: str
    args: tuple[X, ...]
    setting: object
    sort: Sort
    sure: bool = False
    span: Span | None = None
    dear: bool = False
    depth: int = 0
    of_member: bool = False


class NotLowered(Exception):  # no error: the sign that a node is found outside
    """There is no expression for this; the message says why."""


def _is(word: object, argument: Any) -> bool:
    return any(said in word if isinstance(word, frozenset) else said == word for said in argument)


def _under(word: object, argument: Any) -> bool:
    ranges, negated = argument
    return falls_under(word, ranges, negated) == TRUE


TESTS: Final[Mapping[str, Callable[[object, Any], bool]]] = {"is": _is, "under": _under}
"""What picks words: `is` one of some, or a provision `under` some ranges."""


_COMPARED: Final[Mapping[str, Callable[[Any, Any], bool]]] = {"lt": lt, "le": le, "eq": eq}


OVER_MEMBERS: Final = frozenset({"some", "count", "sum", "all_wait"})
"""What is brought back from the members of a list to the row of the list."""
_NEVER_NULL: Final = frozenset({"is_null", "holds", "waits_of", "is_open", "some", "count", "all_wait"})
_MAY_BE_NULL: Final = frozenset({"moved", "inside", "first_of", "truth_of", "later"})
MOST_SIMPLIFIED: Final = 12
"""Up to how many operands of a conjunction or disjunction each is taken to hold, or not, in the others."""


@dataclass(slots=True)
class Maker:
    """Makes expressions, each once. Of columns it may know that they are `full`, and their `spans`."""

    full: frozenset[str] = frozenset()
    spans: Mapping[str, Span] = field(default_factory=dict)
    _made: dict[tuple[object, ...], X] = field(default_factory=dict)
    assumed: dict[tuple[int, int, bool], X] = field(default_factory=dict)

    def make(self, op: str, args: tuple[X, ...], sort: Sort, setting: object = None) -> X:
        """The expression; operands that are equal are the same object, so their identity serves as the key."""
        key = (op, tuple([id(a) for a in args]), sort, type(setting), setting)
        found = self._made.get(key)
        if found is None:
            span = self.spans.get(str(setting)) if op == "col" else span_of(op, args, setting)
            walks = op == "share" or (op == "moved" and isinstance(setting, tuple) and setting[0] == "months")
            dear = walks or any(a.dear for a in args)
            depth = 1 + max([a.depth for a in args], default=0)
            of_member = op == "member" or (op not in OVER_MEMBERS and any(a.of_member for a in args))
            found = self._made[key] = X(
                op, args, setting, sort, self._is_sure(op, args, sort, setting, span), span, dear, depth, of_member
            )
        return found

    def _is_sure(self, op: str, args: tuple[X, ...], sort: Sort, setting: object, span: Span | None) -> bool:
        match op:
            case "lit":
                return setting is not None
            case "col":
                return setting in self.full
            case "member":
                return sort == "waits"
            case "first_known":
                return any(a.sure for a in args)
            case "case":
                return args[1].sure and args[2].sure
            case "moved" | "share":
                start, reached = args[0].span, span
                if op == "share" and start is not None and span is not None:
                    reached = start[0] + span[0], start[1] + span[1]
                return is_inside(reached) and all(a.sure for a in args)
        return op in _NEVER_NULL or (op not in _MAY_BE_NULL and all(a.sure for a in args))

    def over(self, x: X, args: tuple[X, ...]) -> X:
        """The same expression over other operands; itself where they are its own."""
        same = all(a is b for a, b in zip(args, x.args, strict=True))
        return x if same else self.make(x.op, args, x.sort, x.setting)

    def lit(self, value: object, sort: Sort) -> X:
        """A value known beforehand; None is null."""
        return self.make("lit", (), sort, value)

    def col(self, name: str, sort: Sort) -> X:
        """A column of the table."""
        return self.make("col", (), sort, name)

    @property
    def true(self) -> X:
        """The truth that holds."""
        return self.lit(True, "truth")

    @property
    def false(self) -> X:
        """The truth that does not hold."""
        return self.lit(False, "truth")

    @property
    def null(self) -> X:
        """The truth that is not known."""
        return self.lit(None, "truth")

    # --- truths -------------------------------------------------------------------------------------------------------

    def all_of(self, *many: X) -> X:
        """Kleene `and`."""
        return self._gathered("and", many, True)

    def gated(self, condition: X, truth: X) -> X:
        """`and`, where the first is sure and worked out by itself in any case."""
        truth = assumed(self, truth, condition, True)
        return self.all_of(condition, truth) if truth.op == "lit" else self.make("and", (condition, truth), "truth")

    def any_of(self, *many: X) -> X:
        """Kleene `or`."""
        return self._gathered("or", many, False)

    def _gathered(self, op: str, many: tuple[X, ...], neutral: bool) -> X:
        found: dict[int, X] = {}
        for one in many:
            for part in one.args if one.op == op else (one,):
                if is_lit(part, not neutral):
                    return part
                if not is_lit(part, neutral):
                    found[id(part)] = part
        if not found:
            return self.lit(neutral, "truth")
        parts = self._with_words_together(list(found.values())) if op == "or" else list(found.values())
        if 1 < len(parts) <= MOST_SIMPLIFIED:
            for known in parts:
                # Where one operand decides, the others do not matter; where it does not, it is known in them.
                if known.sure and known.op not in ("and", "or"):
                    others = [p if p is known else assumed(self, p, known, neutral) for p in parts]
                    if any(a is not b for a, b in zip(others, parts, strict=True)):
                        return self._gathered(op, tuple(others), neutral)
        return parts[0] if len(parts) == 1 else self.make(op, tuple(parts), "truth")

    def _with_words_together(self, parts: list[X]) -> list[X]:
        """One test of a word where there are several: `is a or is b` is `is one of a, b`."""
        words: dict[int, list[X]] = {}
        for part in parts:
            if part.op == "among" and isinstance(part.setting, tuple) and part.setting[0] == "is":
                words.setdefault(id(part.args[0]), []).append(part)
        merged = [group for group in words.values() if len(group) > 1]
        if not merged:
            return parts
        gone = {id(part) for group in merged for part in group}
        said = [(group[0].args[0], {w: None for part in group for w in part.setting[1]}) for group in merged]  # type: ignore[index]  # seen above
        return [p for p in parts if id(p) not in gone] + [self.among(word, "is", tuple(all_)) for word, all_ in said]

    def negate(self, one: X) -> X:
        """Kleene `not`."""
        if one.op == "not":
            return one.args[0]
        if one.op == "lit":
            return one if one.setting is None else self.lit(not one.setting, "truth")
        if not one.sure:  # what is negated is worked out in any case, and what it is made of need not be
            return self.make("not", (one,), "truth")
        match one.op:
            case "and":
                return self.any_of(*map(self.negate, one.args))
            case "or":
                return self.all_of(*map(self.negate, one.args))
            case "case":
                return self.case(one.args[0], self.negate(one.args[1]), self.negate(one.args[2]))
        return opposite(self, one) or self.make("not", (one,), "truth")

    def is_null(self, one: X) -> X:
        """Whether a value is not known; never null itself."""
        if one.op == "lit":
            return self.lit(one.setting is None, "truth")
        if one.sure:
            return self.false
        if one.op == "first_known":
            return self.all_of(*map(self.is_null, one.args))
        if one.op == "case" and one.sort == "word":  # words are asked about, never put together
            return self.case(one.args[0], self.is_null(one.args[1]), self.is_null(one.args[2]))
        return self.make("is_null", (one,), "truth")

    def holds(self, one: X) -> X:
        """Whether a truth surely holds; never null itself."""
        if one.sure:
            return one
        return self.false if one.op == "lit" else self.make("holds", (one,), "truth")

    def fails(self, one: X) -> X:
        """Whether a truth surely does not hold; never null itself."""
        return self.holds(self.negate(one))

    # --- values -------------------------------------------------------------------------------------------------------

    def compare(self, op: Op, left: X, right: X) -> X:
        """`left < right`, `left <= right` or `left = right`. Raises `NotLowered` for words of two columns."""
        if left.op == "lit" and right.op == "lit":
            a, b = left.setting, right.setting
            return self.null if a is None or b is None else self.lit(_COMPARED[op](a, b), "truth")
        if any(x.op == "lit" and x.setting is None for x in (left, right)):
            return self.null
        if left.sort == "word":
            return self._same_word(left, right)
        return compared(self, op, left, right) or self.make(op, (left, right), "truth")

    def _same_word(self, left: X, right: X) -> X:
        if left.op == "lit" or right.op == "lit":
            word, said = (right, left) if left.op == "lit" else (left, right)
            return self.null if said.setting is None else self.among(word, "is", (said.setting,))
        if left is right:
            return self.case(self.is_null(left), self.null, self.true)
        for one, other in ((left, right), (right, left)):
            if one.op == "case":
                condition, yes, no = one.args
                return self.case(condition, self._same_word(yes, other), self._same_word(no, other))
            if one.op == "first_known":
                known, last = one.args
                return self.case(self.is_null(known), self._same_word(last, other), self._same_word(known, other))
        raise NotLowered("compares the words of two columns")

    def case(self, condition: X, yes: X, no: X) -> X:
        """`yes` where the condition holds, else (also where it is not known) `no`."""
        if yes is no:
            return yes
        if condition.op == "lit":
            return yes if condition.setting else no
        if condition.op == "not" and condition.args[0].sure:
            return self.case(condition.args[0], no, yes)
        if condition.sure:
            yes, no = (assumed(self, side, condition, holds) for side, holds in ((yes, True), (no, False)))
            if yes is no:
                return yes
            if yes.sort == "truth":
                found = self._as_junction(condition, yes, no)
                if found is not None:
                    return found
        return self.make("case", (condition, yes, no), yes.sort)

    def _as_junction(self, condition: X, yes: X, no: X) -> X | None:
        if yes.op == "lit" and yes.setting is not None:
            return self.any_of(condition, no) if yes.setting else self.all_of(self.negate(condition), no)
        if no.op == "lit" and no.setting is not None:
            return self.any_of(self.negate(condition), yes) if no.setting else self.all_of(condition, yes)
        return None

    def first_known(self, one: X, other: X) -> X:
        """`one`, and where it is not known `other`."""
        if one.op == "lit":
            return other if one.setting is None else one
        return one if one.sure or is_lit(other, None) else self.make("first_known", (one, other), one.sort)

    def reckon(self, op: Literal["add", "sub", "mul"], left: X, right: X) -> X:
        """A sum, difference or product of whole numbers."""
        a, b = left.setting, right.setting
        if left.op == "lit" and right.op == "lit":
            if a is None or b is None:
                return self.lit(None, "number")
            assert isinstance(a, int) and isinstance(b, int)  # numbers are whole in columns
            return self.lit(a + b if op == "add" else a - b if op == "sub" else a * b, "number")
        if (op == "mul" and is_lit(right, 1)) or (op != "mul" and is_lit(right, 0)):
            return left
        return self.make(op, (left, right), "number")

    def moved(self, start: X, length: X, family: str, mode: str) -> X:
        """A day so many days, or months, on; `mode` is the convention for the end of the month. Null outside the
        calendar."""
        if start.op == "lit" and length.op == "lit":
            return self.lit(_day_on(start.setting, length.setting, family, mode), "date")
        return self.make("moved", (start, length), "date", (family, mode))

    def day(self, one: X) -> X:
        """The day of a moment."""
        if one.sort == "date":
            return one
        if one.op == "lit" and isinstance(one.setting, dt.datetime):
            return self.lit(one.setting.date(), "date")
        return self.make("day", (one,), "date")

    def days_between(self, left: X, right: X) -> X:
        """The days from `right` to `left`."""
        a, b = left.setting, right.setting
        if left.op == "lit" and right.op == "lit":
            return self.lit((a - b).days if isinstance(a, dt.date) and isinstance(b, dt.date) else None, "number")
        return self.make("days_between", (left, right), "number")

    def share(self, start: X, end: X, part: Fraction, rounding: str) -> X:
        """That share of a term from `start` to `end`, both counted, in days (`calendar.share_of_days`)."""
        a, b = start.setting, end.setting
        if start.op == "lit" and end.op == "lit":
            known = isinstance(a, dt.date) and isinstance(b, dt.date)
            return self.lit(share_of_days(part, a, b, rounding) if known else None, "number")  # type: ignore[arg-type]  # seen
        return self.make("share", (start, end), "number", (part, rounding))

    def among(self, word: X, test: str, argument: object) -> X:
        """Whether a word is one of those that the test picks; null where it is not known."""
        match word.op:
            case "lit":
                said = word.setting
                return self.null if said is None else self.lit(TESTS[test](said, argument), "truth")
            case "case":
                condition, yes, no = word.args
                return self.case(condition, self.among(yes, test, argument), self.among(no, test, argument))
            case "first_known":
                known, last = word.args
                return self.case(
                    self.is_null(known), self.among(last, test, argument), self.among(known, test, argument)
                )
        return self.make("among", (word,), "truth", (test, argument))

    # --- what is waited for -------------------------------------------------------------------------------------------

    def waits(self, *many: X) -> X:
        """What several wait for together: `&` of truths of `ternary`."""
        found: dict[int, X] = {}
        for one in many:
            for part in one.args if one.op == "waits" else (one,):
                if not is_lit(part, -1):
                    found[id(part)] = part
        parts = tuple(found.values())
        known = [p for p in parts if p.op == "lit"]
        if len(known) > 1:
            bits = -1
            for one in known:
                assert isinstance(one.setting, int)
                bits &= one.setting
            parts = (*(p for p in parts if p.op != "lit"), self.lit(bits, "waits"))
        if not parts:
            return self.settled
        return parts[0] if len(parts) == 1 else self.make("waits", parts, "waits")

    @property
    def settled(self) -> X:
        """Waits of what is known."""
        return self.lit(-1, "waits")


def _day_on(start: object, length: object, family: Any, mode: Any) -> dt.date | None:
    if not isinstance(start, dt.date) or not isinstance(length, int):
        return None
    try:
        return add_length(start, family, length, mode)
    except OverflowError:
        return None


NOT_KNOWN: Final = -2
"""Waits of what is not known and waits for nothing; `decide.ternary.UNDEFINED`."""


def is_lit(one: X, value: object) -> bool:
    """True if the expression is this value, known beforehand."""
    return one.op == "lit" and (one.setting is value or (type(value) is int and one.setting == value))


def walk(tops: list[X]) -> list[X]:
    """Every expression under `tops` once, operands before what uses them."""
    found: dict[int, X] = {}
    done: list[X] = []
    stack: list[tuple[X, bool]] = [(top, False) for top in reversed(tops)]
    while stack:
        node, ready = stack.pop()
        if ready:
            done.append(node)
        elif id(node) not in found:
            found[id(node)] = node
            stack.append((node, True))
            stack.extend((a, False) for a in reversed(node.args))
    return done
