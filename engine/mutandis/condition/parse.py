"""Reads a condition: text in, tree with unresolved names out.

The grammar is `grammar.lark`; its tables (LALR, with a lexer that knows what can come next) are run by `lalr`. Every
node's span points into the file the text came from. What does not read gives one diagnostic, at the first
place that cannot be right. Length and nesting are bounded before anything recurses.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, cast

from mutandis.amounts import Rounding
from mutandis.condition.lalr import Stopped, Tables, Word, read_tables, run
from mutandis.condition.reserved import CLOCK_WORDS, RESERVED_WORDS
from mutandis.condition.slips import Explanation, explain_slip, explain_stop
from mutandis.condition.tree import (
    Amount,
    And,
    Applies,
    Arithmetic,
    Compare,
    Day,
    DayKind,
    EndOf,
    Expression,
    Extreme,
    FallsUnder,
    FractionOf,
    If,
    Instant,
    KindOfDay,
    Length,
    Money,
    Name,
    Not,
    NumberOf,
    OneOf,
    Operator,
    Or,
    PeriodWithin,
    Present,
    Quantified,
    Quantifier,
    Rate,
    Rounded,
    Text,
    TotalOf,
    Truth,
    WithinAfter,
    WorkingDays,
)
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.source import NO_ORIGIN, Origin, Span

LONGEST_CONDITION: Final = 20_000
"""Characters of the longest condition that is read: some hundred times the longest in the laws held."""

DEEPEST_NESTING: Final = 100
"""Levels of the deepest tree that is built: every pass may recurse over a tree without asking."""

LONGEST_NUMBER: Final = 18
"""Digits of the longest number: enough for any sum of money, and it stays an exact 64-bit integer."""

LONGEST_WORKING_DAYS: Final = 4
"""Digits of the largest number of working days, which are counted one by one."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A condition's tree with names unresolved, or None with the diagnostics that say why."""

    tree: Expression | None
    diagnostics: tuple[Diagnostic, ...]


def parse_condition(text: str, origin: Origin = NO_ORIGIN) -> Parsed:
    """The tree of the condition `text`, which stands at `origin`.

    >>> parse_condition("inmate.class is sentenced").tree
    Compare(operator='is', left=Name(text='inmate.class'), right=Name(text='sentenced'))
    """
    refused = _refuse_unbounded(text, origin)
    if refused is not None:
        return Parsed(None, (refused,))
    builder = _Builder(text, origin)
    built = run(_tables(), text, builder.construct)
    if isinstance(built, Stopped):
        explained = explain_stop(text, *built)
        return Parsed(None, (_syntax_diagnostic(explained, origin),))
    if built.depth > DEEPEST_NESTING:
        return Parsed(None, (_too_deep(origin.span(0, len(text))),))
    if builder.diagnostics:
        return Parsed(None, tuple(builder.diagnostics))
    return Parsed(built.value, ())


@cache
def _tables() -> Tables:
    """The grammar's tables, as `tools/grammar` worked them out."""
    return read_tables(json.loads(files("mutandis.condition").joinpath("tables.json").read_text(encoding="utf-8")))


# --- bounds -----------------------------------------------------------------------------------------------------------


def _refuse_unbounded(text: str, origin: Origin) -> Diagnostic | None:
    if len(text) > LONGEST_CONDITION:
        return diagnose(
            "condition-too-long",
            f"the condition has {len(text)} characters, more than the {LONGEST_CONDITION} allowed",
            "split it into several conditions or grounds, or define a fact for a part of it",
            origin.span(LONGEST_CONDITION, LONGEST_CONDITION + 1),
        )
    if text.count("(") + text.count("[") <= DEEPEST_NESTING:
        return None
    depth, quoted = 0, False
    for offset, sign in enumerate(text):
        if sign == '"':
            quoted = not quoted
        elif quoted:
            continue
        elif sign in "([":
            depth += 1
            if depth > DEEPEST_NESTING:
                return _too_deep(origin.span(offset, offset + 1))
        elif sign in ")]":
            depth -= 1
    return None


def _too_deep(span: Span) -> Diagnostic:
    return diagnose(
        "condition-too-deep",
        f"the condition is nested more than {DEEPEST_NESTING} deep",
        "define a fact for a part of it, and name the fact here",
        span,
    )


# --- syntax errors ----------------------------------------------------------------------------------------------------


def _syntax_diagnostic(explanation: Explanation, origin: Origin) -> Diagnostic:
    span = origin.span(explanation.start, explanation.end)
    return diagnose("condition-syntax", explanation.message, explanation.help, span)


# --- from constructs to trees -----------------------------------------------------------------------------------------


class _Builder:
    """Makes the nodes of one condition; what only a look at a literal shows goes to `diagnostics`."""

    __slots__ = ("diagnostics", "origin", "text")

    def __init__(self, text: str, origin: Origin) -> None:
        self.text = text
        self.origin = origin
        self.diagnostics: list[Diagnostic] = []

    def construct(self, name: str, operands: list[Any], words: list[Word], start: int, end: int) -> Any:
        """The node of a construct of the grammar."""
        return _CONSTRUCTS[name](self, operands, words, self.origin.span(start, end))

    def _token_span(self, token: Word) -> Span:
        return self.origin.span(token.start, token.end)

    def named(self, token: Word) -> str:
        """The text of a name, reported if it is a word of the language."""
        if token in RESERVED_WORDS and token not in CLOCK_WORDS:
            slip = explain_slip(self.text, token.start)
            if slip is not None:
                self.diagnostics.append(_syntax_diagnostic(slip, self.origin))
            else:
                self.diagnostics.append(
                    diagnose(
                        "reserved-word",
                        f"`{token}` is a word of the language and names nothing",
                        "give the variable or value another name, or complete the phrase the word belongs to",
                        self._token_span(token),
                    )
                )
        return str(token)

    def variable(self, token: Word) -> str:
        """The text of a variable's name, which has one part and is not a word of the language."""
        if "." in token or token in CLOCK_WORDS:
            self.diagnostics.append(
                diagnose(
                    "condition-syntax",
                    f"`{token}` cannot name a member of the list",
                    "choose a short name without a dot, such as `m`",
                    self._token_span(token),
                )
            )
        return self.named(token)

    def whole(self, tokens: list[Word]) -> int:
        """The whole number that `tokens` (a sign, perhaps, and digits) write."""
        digits = tokens[-1]
        if len(digits) > LONGEST_NUMBER:
            self.impossible_number(digits, f"a number has at most {LONGEST_NUMBER} digits")
            return 0
        return -int(digits) if len(tokens) == 2 else int(digits)

    def rational(self, tokens: list[Word]) -> int | Fraction:
        """The number that `tokens` write: whole, or an exact fraction."""
        above, _, below = tokens[-1].partition("/")
        if len(above) > LONGEST_NUMBER or len(below) > LONGEST_NUMBER:
            self.impossible_number(tokens[-1], f"a number has at most {LONGEST_NUMBER} digits")
            return 0
        if below and int(below) == 0:
            self.impossible_number(tokens[-1], "nothing can be divided by zero")
            return 0
        value = Fraction(int(above), int(below or 1)) * (-1 if len(tokens) == 2 else 1)
        return value.numerator if value.denominator == 1 else value

    def impossible_number(self, token: Word, help: str) -> None:
        """Report a number that cannot be."""
        written = token if len(token) <= 40 else f"{token[:37]}…"
        self.diagnostics.append(
            diagnose("impossible-number", f"`{written}` is not a number we can hold", help, self._token_span(token))
        )

    def calendar(self, token: Word) -> dt.datetime:
        """The moment that a date or moment token writes."""
        try:
            return dt.datetime.fromisoformat(str(token))
        except ValueError:
            self.diagnostics.append(
                diagnose(
                    "bad-date",
                    f"`{token}` is not in the calendar",
                    "write year, month and day of a day that exists: `2020-02-29`",
                    self._token_span(token),
                )
            )
            return dt.datetime.min


_Construct = Callable[["_Builder", list[Any], list[Word], Span], Any]


def _range(_: _Builder, __: list[Any], tokens: list[Word], ___: Span) -> tuple[str, str]:
    ends = [" ".join(token.split()) for token in tokens]
    return ends[0], ends[-1]


def _negated(tokens: list[Word]) -> bool:
    return any(token.type == "NOT" for token in tokens)


def _unless_negated(expression: Expression, tokens: list[Word], span: Span) -> Expression:
    """`x is not within …` and `43(5) does not apply` have no node of their own: they are `not` and the positive."""
    return Not(expression, span=span) if _negated(tokens) else expression


def _equality(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    return Compare("is not" if _negated(tokens) else "is", operands[0], operands[1], span=span)


def _within(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    subject, length, anchor = operands
    after = tokens[-1].type == "AFTER"
    within = WithinAfter(subject, length, "after" if after else "before", anchor, span=span)
    return _unless_negated(within, tokens, span)


def _end_of(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    length, anchor = operands
    return EndOf(length, "after" if tokens[-1].type == "AFTER" else "before", anchor, span=span)


def _working_days(builder: _Builder, _: list[Expression], tokens: list[Word], span: Span) -> Expression:
    digits = str(tokens[0]).split()[0]
    if len(digits) > LONGEST_WORKING_DAYS:
        builder.impossible_number(tokens[0], f"a number of working days has at most {LONGEST_WORKING_DAYS} digits")
        return WorkingDays(0, span=span)
    return WorkingDays(int(digits), span=span)


def _kind_of_day(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    kind = cast(DayKind, " ".join(tokens[-1].split()))
    return KindOfDay(operands[0], kind, _negated(tokens), span=span)


def _period_within(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    return _unless_negated(PeriodWithin(operands[0], operands[1], span=span), tokens, span)


def _applies(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    return _unless_negated(Applies(" ".join(tokens[0].split()), span=span), tokens, span)


def _quantified(builder: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    quantifier = cast(Quantifier, str(tokens[0]))
    return Quantified(quantifier, None, builder.variable(tokens[1]), operands[0], operands[1], span=span)


def _counted(builder: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    word, number, variable = tokens
    quantifier = cast(Quantifier, "exactly" if word.type == "EXACTLY" else f"at {word}")
    count = builder.whole([number])
    return Quantified(quantifier, count, builder.variable(variable), operands[0], operands[1], span=span)


def _number_of_where(builder: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    return NumberOf(builder.variable(tokens[0]), operands[0], operands[1], span=span)


def _total_of(builder: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    value, source, *body = operands
    return TotalOf(value, builder.variable(tokens[0]), source, body[0] if body else None, span=span)


def _fraction_of(builder: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    share = Fraction(builder.rational([tokens[0]]))
    return FractionOf(share, operands[0], operands[1], "up" if tokens[1].type == "UP" else "down", span=span)


def _arithmetic(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    return Arithmetic(cast('Literal["+", "-", "*", "/"]', str(tokens[0])), operands[0], operands[1], span=span)


def _rounded(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    written = " to ".join(tokens) if tokens[-1].type == "EVEN" else " ".join(tokens)
    return Rounded(cast(Rounding, written), operands[0], operands[1], span=span)


def _extreme(_: _Builder, operands: list[Expression], tokens: list[Word], span: Span) -> Expression:
    which = cast('Literal["smaller", "larger", "earlier", "later"]', str(tokens[0]))
    return Extreme(which, operands[0], operands[1], span=span)


def _length(builder: _Builder, _: list[Expression], tokens: list[Word], span: Span) -> Expression:
    first = 2 if tokens[0].type == "MINUS" else 1
    rest = [(builder.whole([tokens[i]]), tokens[i + 1].removesuffix("s")) for i in range(first + 1, len(tokens), 2)]
    return Length(builder.whole(tokens[:first]), tokens[first].removesuffix("s"), tuple(rest), span=span)


def _rate(builder: _Builder, _: list[Expression], tokens: list[Word], span: Span) -> Expression:
    return Rate(builder.rational(tokens[:-1]), tokens[-1].removesuffix("s"), span=span)


def _text(_: _Builder, __: list[Expression], tokens: list[Word], span: Span) -> Expression:
    return Text(re.sub(r"\\(.)", r"\1", tokens[0][1:-1]), span=span)


_CONSTRUCTS: Final[dict[str, _Construct]] = {
    "start": lambda _, parts, __, ___: parts[0],
    "range": _range,
    "ranges": lambda _, parts, __, ___: tuple(parts),
    "case_falls_under": lambda _, parts, __, span: FallsUnder(None, parts[0], False, span=span),
    "case_does_not_fall_under": lambda _, parts, __, span: FallsUnder(None, parts[0], True, span=span),
    "falls_under": lambda _, parts, __, span: FallsUnder(parts[0], parts[1], False, span=span),
    "does_not_fall_under": lambda _, parts, __, span: FallsUnder(parts[0], parts[1], True, span=span),
    "conditional": lambda _, parts, __, span: If(parts[0], parts[1], parts[2], span=span),
    "disjunction": lambda _, parts, __, span: Or(tuple(parts), span=span),
    "conjunction": lambda _, parts, __, span: And(tuple(parts), span=span),
    "negation": lambda _, parts, __, span: Not(parts[0], span=span),
    "comparison": lambda _, parts, words, span: Compare(cast(Operator, str(words[0])), parts[0], parts[1], span=span),
    "equality": _equality,
    "one_of": lambda _, parts, words, span: OneOf(parts[0], tuple(parts[1:]), _negated(words), span=span),
    "present": lambda _, parts, words, span: Present(parts[0], _negated(words), span=span),
    "none": lambda _, parts, words, span: Present(parts[0], not _negated(words), span=span),
    "within": _within,
    "end_of": _end_of,
    "working_days": _working_days,
    "kind_of_day": _kind_of_day,
    "period_within": _period_within,
    "applies": _applies,
    "arithmetic": _arithmetic,
    "quantified": _quantified,
    "counted": _counted,
    "number_of": lambda _, parts, __, span: NumberOf(None, parts[0], None, span=span),
    "number_of_where": _number_of_where,
    "total_of": _total_of,
    "fraction_of": _fraction_of,
    "rounded": _rounded,
    "extreme": _extreme,
    "rate": _rate,
    "name": lambda builder, _, words, span: Name(builder.named(words[0]), span=span),
    "number": lambda builder, _, words, span: Amount(builder.rational(words), span=span),
    "length": _length,
    "money": lambda builder, _, words, span: Money(builder.rational(words[:-1]), str(words[-1]), span=span),
    "day": lambda builder, _, words, span: Day(builder.calendar(words[0]).date(), span=span),
    "instant": lambda builder, _, words, span: Instant(builder.calendar(words[0]), span=span),
    "text": _text,
    "truth": lambda _, __, words, span: Truth(words[0].type == "TRUE", span=span),
}
"""How each construct of the grammar becomes a node: from its operands, left to right, and its telling words."""
