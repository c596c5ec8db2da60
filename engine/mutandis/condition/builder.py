"""What the words of one condition write: its names, numbers and days, with what is wrong in them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from mutandis.condition.lalr import Word
from mutandis.condition.reserved import CLOCK_WORDS, RESERVED_WORDS
from mutandis.diagnostic_codes import diagnose
from mutandis.diagnostics import Diagnostic
from mutandis.source import Origin, Span

if TYPE_CHECKING:
    from mutandis.condition.slips import Explanation

LONGEST_NUMBER: Final = 18
"""Digits of the longest number: enough for any sum of money, and it stays an exact 64-bit integer."""


def syntax_diagnostic(explanation: Explanation, origin: Origin) -> Diagnostic:
    """What stands in the way of reading, at its place."""
    span = origin.span(explanation.start, explanation.end)
    return diagnose("condition-syntax", explanation.message, explanation.help, span)


class Builder:
    """What a construct asks of its words; what only a look at a literal shows goes to `diagnostics`."""

    __slots__ = ("diagnostics", "origin", "text")

    def __init__(self, text: str, origin: Origin) -> None:
        self.text = text
        self.origin = origin
        self.diagnostics: list[Diagnostic] = []

    def span_of(self, token: Word) -> Span:
        """Where the word stands."""
        return self.origin.span(token.start, token.end)

    def named(self, token: Word) -> str:
        """The text of a name, reported if it is a word of the language."""
        if token in RESERVED_WORDS and token not in CLOCK_WORDS:
            from mutandis.condition.slips import explain_slip  # a table of patterns that a right condition asks nothing

            slip = explain_slip(self.text, token.start)
            if slip is not None:
                self.diagnostics.append(syntax_diagnostic(slip, self.origin))
            else:
                self.diagnostics.append(
                    diagnose(
                        "reserved-word",
                        f"`{token}` is a word of the language and names nothing",
                        "give the variable or value another name, or complete the phrase the word belongs to",
                        self.span_of(token),
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
                    self.span_of(token),
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
            diagnose("impossible-number", f"`{written}` is not a number we can hold", help, self.span_of(token))
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
                    self.span_of(token),
                )
            )
            return dt.datetime.min


Construct = Callable[[Builder, list[Any], list[Word], Span], Any]
"""How a construct of the grammar becomes a node: from its operands, left to right, and its telling words."""
