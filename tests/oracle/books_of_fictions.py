"""Books written by hand about fictions and the clauses that apply them, as those of `books_by_hand`."""

from __future__ import annotations

from typing import Any

OF_FICTIONS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "a clause that applies a fiction with what it is within reads that through it as the clause has it": (
        """
- {at: act/1(1), may: keep cat, when: it.c}
- {at: act/1(2), deem: it.c, as: "yes", when: it.a, within: 1(1)}
- {at: act/2(1), apply: act/1, construe: {cat: fox, it.a: it.b}}
""",
        "keep fox",
        {"it.a": True, "it.b": False, "it.c": False},
        "forbidden_by_default",
    ),
    "a clause that applies a fiction with what it is within reads that so where it holds": (
        """
- {at: act/1(1), may: keep cat, when: it.c}
- {at: act/1(2), deem: it.c, as: "yes", when: it.a, within: 1(1)}
- {at: act/2(1), apply: act/1, construe: {cat: fox, it.a: it.b}}
""",
        "keep fox",
        {"it.a": False, "it.b": True, "it.c": False},
        "permitted",
    ),
    "a fiction as a clause has it leaves what stands outside as it was": (
        """
- {at: act/1(1), may: keep cat, when: it.c}
- {at: act/1(2), deem: it.c, as: "yes", when: it.a, within: 1(1)}
- {at: act/2(1), apply: act/1, construe: {cat: fox, it.a: it.b}}
""",
        "keep cat",
        {"it.a": False, "it.b": True, "it.c": False},
        "forbidden_by_default",
    ),
    "a fiction that a clause leaves out reaches what the clause applies": (
        """
- {at: act/1(1), may: keep cat, when: it.c}
- {at: act/1(2), deem: it.c, as: "yes", when: it.a, within: 1(1)}
- {at: act/2(1), apply: act/1(1), construe: {cat: fox, it.a: it.b}}
""",
        "keep fox",
        {"it.a": True, "it.b": False, "it.c": False},
        "permitted",
    ),
    "a fiction within what a clause applies reaches the grounds of the clause as its other conditions": (
        """
- {at: act/2(1), may: keep cat}
- {at: decree/1(1), apply: act/2(1), construe: {cat: dog}, grounds: {3: it.a, 4: it.b}}
- {at: decree/1(2), deem: it.a, within: act/2(1)}
""",
        "keep dog",
        {"it.a": False},
        "permitted",
    ),
    "a fiction within another provision does not reach the grounds of a clause": (
        """
- {at: act/2(1), may: keep cat}
- {at: act/2(2), may: tell cat}
- {at: decree/1(1), apply: act/2(1), construe: {cat: dog}, grounds: {3: it.a, 4: it.b}}
- {at: decree/1(2), deem: it.a, within: act/2(2)}
""",
        "keep dog",
        {"it.a": False},
        "forbidden_by_default",
    ),
    "the grounds of a clause are read through a fiction in what follows for another action, too": (
        """
- {at: act/2(1), may: keep cat}
- {at: decree/1(1), apply: act/2(1), construe: {cat: dog}, grounds: {3: it.a}}
- {at: decree/1(2), deem: it.a, within: act/2(1)}
""",
        "sell dog",
        {"it.a": False},
        "exempt",
    ),
    "a fiction that a clause applies is read as the clause has it, within the clause itself, too": (
        """
- {at: act/1(3), apply: [decree/1(2), act/2(2)], construe: {dog: cat}, unless: {when: it.a}}
- {at: act/2(2), must: bar dog}
- {at: decree/1(2), deem: it.a, as: it.b, within: [act/2(2), act/1(3)]}
""",
        "do cat",
        {"it.a": True, "it.b": False},
        "forbidden_by_default",
    ),
    "what a clause construes of where a fiction reaches is where it reaches": (
        """
- {at: act/1(2) proviso, must_not: tell fox, grounds: {3: it.kind is u}}
- {at: act/2(1), apply: act/2(3), construe: {act/2(3): act/1(2) proviso}}
- {at: act/2(3), deem: it.kind, as: u, within: act/2(3)}
""",
        "tell fox",
        {"it.kind": "v"},
        "forbidden",
    ),
    "a fiction that a clause would bring, and that is disapplied there, reaches where it does as it stands": (
        """
- {at: act/1(1) proviso, despite: act/2(3)}
- {at: act/1(2), deem: it.count, as: 4, within: decree/1(1)}
- {at: act/2(3), apply: act/1(2)}
- {at: decree/1(1), must: bar dog, when: not (it.count >= 2)}
""",
        "bar dog",
        {"it.count": 1},
        "forbidden_by_default",
    ),
    "a fiction within one of two clauses that bring the same leaves what the other brings as it was": (
        """
- {at: act/1(2), may: sell fox, when: it.b}
- {at: act/2(1), deem: it.b, as: "no", within: decree/1(1)}
- {at: decree/1(1), apply: act/1, construe: {fox: cat}}
- {at: decree/1(2), apply: act/1, construe: {fox: cat}}
""",
        "sell cat",
        {"it.b": True},
        "permitted",
    ),
    "two clauses that bring the same, a fiction within either, bring it through the one or the other": (
        """
- {at: act/1(2), may: sell fox, grounds: {1: it.b}}
- {at: act/2(1), deem: it.b, as: "yes", within: decree/1(1)}
- {at: act/2(2), deem: it.b, as: "no", within: decree/1(2)}
- {at: decree/1(1), apply: act/1, construe: {fox: cat}}
- {at: decree/1(2), apply: act/1, construe: {fox: cat}}
""",
        "sell cat",
        {"it.b": False},
        "permitted",
    ),
}
