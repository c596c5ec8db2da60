"""Reading conditions: trees, places, bounds."""

from __future__ import annotations

import datetime as dt
import random
import time
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mutandis.condition.parse import DEEPEST_NESTING, LONGEST_CONDITION, parse_condition
from mutandis.condition.reserved import CLOCK_WORDS, RESERVED_WORDS
from mutandis.condition.tree import (
    Amount,
    And,
    Applies,
    Arithmetic,
    Compare,
    Day,
    Expression,
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
    Text,
    TotalOf,
    Truth,
    WithinAfter,
    children,
)
from mutandis.source import Origin, origin_of_text

A, B, C, D = Name("a.a"), Name("b.b"), Name("c.c"), Name("d.d")


def read(text: str) -> Expression:
    """The tree of `text`."""
    parsed = parse_condition(text)
    assert parsed.diagnostics == ()
    assert parsed.tree is not None
    return parsed.tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a.a", A),
        ("not a.a", Not(A)),
        ("a.a and b.b and c.c", And((A, B, C))),
        ("a.a and (b.b and c.c)", And((A, And((B, C))))),
        ("a.a or b.b and c.c", Or((A, And((B, C))))),
        ("not a.a and b.b", And((Not(A), B))),
        ("not a.a is x", Not(Compare("is", A, Name("x")))),
        ("a.a is not x", Compare("is not", A, Name("x"))),
        ("a.a <= b.b + c.c * 2", Compare("<=", A, Arithmetic("+", B, Arithmetic("*", C, Amount(2))))),
        ("a.a - b.b - c.c > 0", Compare(">", Arithmetic("-", Arithmetic("-", A, B), C), Amount(0))),
        ("a.a -5 < -5", Compare("<", Arithmetic("-", A, Amount(5)), Amount(-5))),
        ("a.a * 6/4 >= 3/1", Compare(">=", Arithmetic("*", A, Amount(Fraction(3, 2))), Amount(3))),
        ("a.a is one of [x, y]", OneOf(A, (Name("x"), Name("y")))),
        ("a.a is not one of [x]", OneOf(A, (Name("x"),), True)),
        ("a.a is present", Present(A)),
        ("a.a is none", Present(A, True)),
        ("a.a is not none", Present(A)),
        ("a.a is not present", Present(A, True)),
        ("a.a <= 20000000 won", Compare("<=", A, Money(20000000, "won"))),
        ("a.a < 1 day", Compare("<", A, Length(1, "day"))),
        ("a.a < 21 years", Compare("<", A, Length(21, "year"))),
        ("a.a > 2020-02-29", Compare(">", A, Day(dt.date(2020, 2, 29)))),
        ("a.a > 2020-03-01T10:00", Compare(">", A, Instant(dt.datetime(2020, 3, 1, 10, 0)))),
        ('a.a is "a \\"b\\" and c"', Compare("is", A, Text('a "b" and c'))),
        ("a.a is true", Compare("is", A, Truth(True))),
        ("today >= now", Compare(">=", Name("today"), Name("now"))),
        ("a.a is within 12 hours after b.b", WithinAfter(A, Length(12, "hour"), "after", B)),
        ("a.a is within b.b before c.c", WithinAfter(A, B, "before", C)),
        ("a.a is not within 1 day after b.b", Not(WithinAfter(A, Length(1, "day"), "after", B))),
        ("a.a is within 15 days", PeriodWithin(A, Length(15, "day"))),
        ("if a.a then b.b else c.c or d.d", If(A, B, Or((C, D)))),
        ("if a.a then b.b else if c.c then d.d else a.a", If(A, B, If(C, D, A))),
        ("fraction(1/3, from a.a to b.b, round up)", FractionOf(Fraction(1, 3), A, B, "up")),
        ("any m in a.a has (m.x)", Quantified("any", None, "m", A, Name("m.x"))),
        ("not no m in a.a has (m.x or b.b)", Not(Quantified("no", None, "m", A, Or((Name("m.x"), B))))),
        ("at least 3 m in a.a where (m.x)", Quantified("at least", 3, "m", A, Name("m.x"))),
        ("exactly 1 m in a.a where (m.x)", Quantified("exactly", 1, "m", A, Name("m.x"))),
        ("(the number of a.a) >= 1", Compare(">=", NumberOf(None, A, None), Amount(1))),
        ("the number of a.a >= 1", Compare(">=", NumberOf(None, A, None), Amount(1))),
        ("(the number of m in a.a where (m.x)) < 2", Compare("<", NumberOf("m", A, Name("m.x")), Amount(2))),
        ("(the total of m.x for m in a.a) < 2", Compare("<", TotalOf(Name("m.x"), "m", A), Amount(2))),
        (
            "the total of m.x for m in a.a where (m.y) < 2",
            Compare("<", TotalOf(Name("m.x"), "m", A, Name("m.y")), Amount(2)),
        ),
        ("case falls under 97(1)2", FallsUnder(None, (("97(1)2", "97(1)2"),))),
        ("not case falls under 95(1) and a.a", And((Not(FallsUnder(None, (("95(1)", "95(1)"),))), A))),
        ("case does not fall under (1)  proviso", FallsUnder(None, (("(1) proviso", "(1) proviso"),), True)),
        (
            "case falls under 97(1)2 to 97(1)4, 98(1)",
            FallsUnder(None, (("97(1)2", "97(1)4"), ("98(1)", "98(1)"))),
        ),
        ("a.a falls under 108.4 to 108.13", FallsUnder(A, (("108.4", "108.13"),))),
        ("a.a does not fall under act/108.4", FallsUnder(A, (("act/108.4", "act/108.4"),), True)),
        ("(1) applies", Applies("(1)")),
        ("(43(5) applies)", Applies("43(5)")),
        ("3 applies", Applies("3")),
        ("act/addenda-14281/2 applies", Applies("act/addenda-14281/2")),
        ("juvenile-decree/30-4(2) latter does not apply", Not(Applies("juvenile-decree/30-4(2) latter"))),
        (
            "case.kind is order and android.is",
            And((Compare("is", Name("case.kind"), Name("order")), Name("android.is"))),
        ),
    ],
)
def test_what_a_text_reads_as(text: str, tree: Expression) -> None:
    assert read(text) == tree


def test_every_node_stands_where_its_text_stands() -> None:
    text = "a.a is x and\n  any m in l.l has (m.on + 1 day <= today)"
    tree = parse_condition(text, Origin("f.yaml", ((0, 7, 11), (13, 8, 11)))).tree
    assert tree is not None
    found: dict[str, str] = {}
    pending: list[Expression] = [tree]
    while pending:
        node = pending.pop()
        span = node.span
        found[type(node).__name__ + getattr(node, "text", "")] = (
            f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"
        )
        pending.extend(children(node))
    assert (
        found
        == {
            "And": "7:11-8:50",
            "Compare": "8:31-8:49",
            "Namea.a": "7:11-7:14",
            "Namex": "7:18-7:19",
            "Quantified": "8:13-8:50",
            "Namel.l": "8:22-8:25",
            "Arithmetic": "8:31-8:43",
            "Namem.on": "8:31-8:35",
            "Length": "8:38-8:43",
            "Nametoday": "8:47-8:52",
        }
        or found
    )


# --- bounds -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("a.a and " * 20_000, "condition-too-long"),
        ("(" * 90_000, "condition-too-long"),
        ("(" * 15_000, "condition-too-deep"),
        ("(" * 101 + "a.a" + ")" * 101, "condition-too-deep"),
        ("not " * 4_900 + "a.a", "condition-too-deep"),
        ("a.a + " * 3_300 + "a.a", "condition-too-deep"),
        ("if a.a then b.b else " * 900 + "c.c", "condition-too-deep"),
        ("a.a < " + "9" * 15_000, "impossible-number"),
        ("a.a < 1/" + "9" * 15_000, "impossible-number"),
        ("a" * 19_990 + "1 b", "condition-syntax"),
        ("a.a" + " " * 19_900 + "%", "condition-syntax"),
        ("9" * 19_990 + " b", "impossible-number"),
        ("a.a " * 4_999, "condition-syntax"),
        ('"' * 9_999, "condition-syntax"),
        ('\\"' * 9_900, "condition-syntax"),
        ("97(1)" * 3_999, "condition-syntax"),
        ("\x00" * 9_999, "condition-syntax"),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else None,
)
def test_a_condition_out_of_bounds_is_one_diagnostic_in_bounded_time(text: str, slug: str) -> None:
    began = time.monotonic()
    parsed = parse_condition(text, origin_of_text(text, "f"))
    assert time.monotonic() - began < 10  # a quadratic pass over the text would take minutes
    assert [diagnostic.slug for diagnostic in parsed.diagnostics] == [slug]
    assert parsed.tree is None
    assert len(parsed.diagnostics[0].message) < 200


def test_a_condition_at_the_bounds_is_read() -> None:
    deep = "not " * (DEEPEST_NESTING - 2) + "a.a"
    assert parse_condition(deep).tree is not None
    wide = " and ".join(["a.a"] * 2_500)
    assert len(wide) <= LONGEST_CONDITION
    assert parse_condition(wide).tree is not None


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_reads_or_is_diagnosed(text: str) -> None:
    parsed = parse_condition(text, origin_of_text(text, "f"))
    assert (parsed.tree is None) is bool(parsed.diagnostics)


def test_any_sequence_of_words_reads_or_is_diagnosed_inside_the_text() -> None:
    words = [
        *sorted(RESERVED_WORDS),
        "(",
        ")",
        "[",
        "]",
        ",",
        "<=",
        "+",
        "-",
        "*",
        "3",
        "3/2",
        "days",
        "won",
        "a.a",
        "b",
    ]
    words += ["97(1)2", "2020-02-30", '"t"', "=", "'", "2020-01-01", "is", "is", "and", "a.a", "a.a"]
    choose = random.Random(20)
    for _ in range(1500):
        text = " ".join(choose.choice(words) for _ in range(choose.randint(1, 8)))
        parsed = parse_condition(text, origin_of_text(text, "f"))
        assert (parsed.tree is None) is bool(parsed.diagnostics), text
        for diagnostic in parsed.diagnostics:
            assert 1 <= diagnostic.span.column <= diagnostic.span.end_column <= len(text) + 1, text
            assert diagnostic.help, text


@pytest.mark.parametrize("word", sorted(RESERVED_WORDS - CLOCK_WORDS))
def test_a_word_of_the_language_is_no_value(word: str) -> None:
    parsed = parse_condition(f"a.a is {word}")
    if word in ("none", "present"):
        assert isinstance(parsed.tree, Present)
    elif word in ("true", "false"):
        assert isinstance(parsed.tree, Compare) and isinstance(parsed.tree.right, Truth)
    else:
        assert parsed.tree is None
        assert {diagnostic.slug for diagnostic in parsed.diagnostics} <= {"condition-syntax", "reserved-word"}


@pytest.mark.parametrize("name", ["m.x", "today", "then"])
def test_a_variable_is_a_bare_name_of_its_own(name: str) -> None:
    assert parse_condition(f"any {name} in l.l has (a.a)").tree is None
