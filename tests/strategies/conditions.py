"""Conditions at random: every tree that reading a text can give, names unresolved.

`conditions()` are trees of any shape, well typed or not: what the parser and the renderer must agree on.
"""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from hypothesis import strategies as st

from mutandis.condition.reserved import RESERVED_WORDS
from mutandis.condition.tree import (
    Amount,
    And,
    Applies,
    Arithmetic,
    Compare,
    Day,
    Expression,
    Extreme,
    FallsUnder,
    FractionOf,
    If,
    Instant,
    Length,
    Money,
    Name,
    Not,
    NumberOf,
    OneOf,
    Or,
    PeriodWithin,
    Present,
    Quantified,
    Rate,
    Rounded,
    Text,
    TotalOf,
    Truth,
    WithinAfter,
)

_WORDS = ("inmate", "visit", "class", "sentenced", "on", "order", "android", "notice", "ist", "a", "m", "won", "day")

words = st.one_of(
    st.sampled_from(_WORDS),
    st.from_regex(r"[a-z][a-z0-9_]{0,6}", fullmatch=True),
).filter(lambda word: word not in RESERVED_WORDS)
"""Bare names that are no words of the language."""

bare_names = words.map(Name)
dotted_names = st.lists(st.one_of(words, st.sampled_from(("number", "case", "is"))), min_size=2, max_size=3).map(
    lambda parts: Name(".".join(parts))
)
names = st.one_of(bare_names, dotted_names, st.sampled_from((Name("today"), Name("now"))))

whole_numbers = st.one_of(st.integers(-3, 30), st.integers(-(10**17), 10**17))
fractions = st.fractions(min_value=-100, max_value=100, max_denominator=100)
amounts = st.one_of(whole_numbers, fractions.map(lambda f: f.numerator if f.denominator == 1 else f)).map(Amount)
units = st.sampled_from(("minute", "hour", "day", "week", "month", "year"))
_two_units = st.sampled_from((("year", "month"), ("week", "day"), ("hour", "minute")))
lengths = st.one_of(
    st.builds(Length, whole_numbers, units),
    st.builds(lambda n, of, m: Length(n, of[0], ((m, of[1]),)), whole_numbers, _two_units, st.integers(0, 99)),
)
_plain_numbers = amounts.map(lambda amount: amount.value)
sums = st.builds(Money, _plain_numbers, st.sampled_from(("won", "euros", "us_dollars")))
rates = st.builds(Rate, _plain_numbers, units)
days = st.dates(min_value=dt.date(1, 1, 1)).map(Day)
moments = st.datetimes().map(lambda moment: Instant(moment.replace(second=0, microsecond=0)))
texts = st.text(max_size=8).filter(lambda text: "\n" not in text).map(Text)
literals = st.one_of(amounts, lengths, sums, rates, days, moments, texts, st.booleans().map(Truth))

citations = st.sampled_from(
    (
        *("97(1)2", "(1)", "(1) proviso", "(2)3(a)", "108.4", "112", "16-2", "main", "addenda-14281/2"),
        *("act/77(1)2", "act/14 proviso", "juvenile-decree/30-4(2) latter", "probation-decree/51(2)1-2"),
        "ext:probation-act/85",
    )
)
ranges = st.one_of(citations.map(lambda one: (one, one)), st.just(("95(4)", "95(6)")), st.just(("108.4", "108.13")))

shares = st.fractions(min_value=0, max_value=1, max_denominator=12).map(Fraction)


def _compound(part: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    some = st.lists(part, min_size=2, max_size=3).map(tuple)
    values = st.lists(st.one_of(names, literals), min_size=1, max_size=3).map(tuple)
    optional = st.one_of(st.none(), part)
    return st.one_of(
        st.builds(Not, part),
        st.builds(And, some),
        st.builds(Or, some),
        st.builds(Compare, st.sampled_from(("<", "<=", ">", ">=", "is", "is not")), part, part),
        st.builds(OneOf, part, values, st.booleans()),
        st.builds(Present, part, st.booleans()),
        st.builds(WithinAfter, part, part, st.sampled_from(("after", "before")), part),
        st.builds(PeriodWithin, part, part),
        st.builds(Arithmetic, st.sampled_from("+-*/"), part, part),
        st.builds(Rounded, st.sampled_from(("up", "down", "half up", "half to even")), part, st.one_of(amounts, sums)),
        st.builds(Extreme, st.sampled_from(("smaller", "larger", "earlier", "later")), part, part),
        st.builds(If, part, part, part),
        st.builds(FractionOf, shares, part, part, st.sampled_from(("up", "down"))),
        st.builds(Quantified, st.sampled_from(("any", "every", "no")), st.none(), words, _lists, part),
        st.builds(
            Quantified, st.sampled_from(("at least", "at most", "exactly")), st.integers(0, 99), words, _lists, part
        ),
        st.builds(NumberOf, st.none(), _lists, st.none()),
        st.builds(NumberOf, words, _lists, part),
        st.builds(TotalOf, part, words, _lists, optional),
        st.builds(FallsUnder, optional, st.lists(ranges, min_size=1, max_size=2).map(tuple), st.booleans()),
        citations.map(Applies),
    )


_lists = st.one_of(bare_names, dotted_names)


def conditions(max_leaves: int = 12) -> st.SearchStrategy[Expression]:
    """Trees with unresolved names, of any shape the grammar has."""
    return st.recursive(st.one_of(names, literals), _compound, max_leaves=max_leaves)
