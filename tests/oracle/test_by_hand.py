"""Books on which engine or oracle once went wrong, cut down by hand: both give the answer of the language pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.oracle.agreement import DAY, STATED, Case, compare, load
from tests.oracle.by_hand import book_of

FACTS: dict[str, Any] = {
    **{name: next(iter(values)) for name, values in STATED.items()},
    **dict.fromkeys(("it.a", "it.b", "it.c", "it.presumed", "cat.muted", "fox.muted", "dog.muted"), False),
    "it.parts": ({"ok": True, "size": 1},),
}
BOOKS: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "what is applied through a further clause is not of the first clause's range": (
        """
- {at: act/1(1), apply: [act/2(1), act/2(2)], construe: {fox: cat}}
- {at: act/2(1), apply: decree/1(1), unless: it.b}
- {at: act/2(2), may: burn fox, despite: act/2(1)}
- {at: decree/1(1), despite: act/2}
""",
        "sell cat",
        {"it.b": True},
        "silent",
    ),
    "a clause asks of what it applies whether the case falls under it": (
        """
- {at: act/2(1), must_not: do fox}
- {at: decree/1(1), apply: act/2(1), construe: {fox: cat}, when: case falls under act/2(1)}
""",
        "do cat",
        {},
        "forbidden",
    ),
    "a ground of an exclusion is cited by its number in the paragraph": (
        """
- {at: act/1(1), must_not: tell dog, unless: {when: case falls under decree/1(2)1}}
- {at: decree/1(2), unless: {grounds: {1: it.c}}, despite: act/2(1)}
- {at: act/2(1), may: sell dog}
""",
        "tell dog",
        {"it.c": True},
        "silent",
    ),
    "an exclusion without a place of its own is not what its paragraph means": (
        """
- {at: act/2(1), may: do dog, unless: {when: it.a}}
- {at: act/2(3), apply: act/2(1)}
- {at: decree/1(2), must: sell dog, when: act/2(1) applies}
""",
        "sell dog",
        {"it.a": True},
        "silent",
    ),
    "a definition that is taken away gives no member its value": (
        """
- {at: act/1(1), may: sell fox, when: no p in it.parts has (p.good)}
- {at: act/1(2), despite: act/2(1)}
- {at: act/2(1), define: part.good}
""",
        "sell fox",
        {},
        "permitted",
    ),
    "a clause may ask of a member what it applies says anyway": (
        """
- {at: act/1(1), define: part.good, when: part.ok}
- {at: act/2(1), apply: [act/1(1), act/2(2)], construe: {cat: fox}, when: any p in it.parts has (p.good)}
- {at: act/2(2), must: do cat}
""",
        "do fox",
        {},
        "required",
    ),
    "a place with a norm and a definition applies when the norm does": (
        """
- {at: act/2(1), may: mute dog, when: decree/1(2) applies}
- {at: decree/1(2), define: it.mark, when: it.a}
- {at: decree/1(2), may: keep dog, when: it.b}
""",
        "mute dog",
        {"it.a": True},
        "forbidden_by_default",
    ),
    "a fiction applies where its conditions hold of the fact as stated": (
        """
- {at: act/1(2), deem: it.a, as: 'yes', when: not it.a}
- {at: decree/1(2), may: burn cat, when: act/1(2) applies and case falls under act/1(2)}
""",
        "burn cat",
        {},
        "permitted",
    ),
    "rank does not order a pair of which words name a part": (
        """
- {at: act/1(1), must_not: keep cat, unless: {at: (1) proviso, when: it.a}}
- {at: decree/1(1), must: keep cat, despite: act/1(1) proviso}
""",
        "keep cat",
        {},
        "conflict",
    ),
    "a ground applies to the kind of which it holds": (
        """
- {at: act/1(2), must: do dog, when: act/2(1)2 applies}
- {at: act/2(1), need_not: burn pet, grounds: {2: pet.wild}}
""",
        "do dog",
        {"dog.wild": True, "pet.wild": False},
        "required",
    ),
    "a ground is that of its rule alone, whatever else stands at the place": (
        """
- {at: act/1(2), must_not: keep fox, when: act/2(1)1 applies}
- {at: act/2(1), limits: burn fox}
- {at: act/2(1), may: sell fox, when: it.a, grounds: {1: it.b}}
""",
        "keep fox",
        {"it.b": True},
        "forbidden_by_default",
    ),
    "a ground that something goes before does not apply": (
        """
- {at: act/1(2), must: do dog, when: act/2(1)1 applies}
- {at: act/2(1), may: keep cat, grounds: {1: it.a, 2: it.b}}
- {at: act/2(2), must_not: keep cat, despite: act/2(1)1, when: it.c}
""",
        "do dog",
        {"it.a": True, "it.b": True, "it.c": True},
        "forbidden_by_default",
    ),
    "an exemption does not apply on a ground of the duty": (
        """
- {at: act/1(1), may: sell cat, when: not (decree/1(2)1 applies)}
- {at: decree/1(2), must: bar cat, grounds: {1: it.a}, unless: it.a}
""",
        "sell cat",
        {"it.a": True},
        "permitted",
    ),
    "nothing falls under a limit, what excludes it neither": (
        """
- {at: act/2(1), must: keep pet, when: it.b}
- {at: act/2(1), limits: keep fox, unless: {when: it.a}}
- {at: decree/1(2), may: keep pet, unless: {when: case falls under act/2(1)}}
""",
        "keep pet",
        {"it.a": True},
        "permitted",
    ),
    "what a limit says on a ground is a situation, whatever else it waits for": (
        """
- {at: act/2(1), limits: keep fox, when: it.c, grounds: {1: it.a}}
- {at: decree/1(2), must_not: keep pet, when: case falls under act/2(1)}
""",
        "keep pet",
        {"it.a": True},
        "forbidden",
    ),
    "what a clause applies has the rank of its law, of several clauses the outermost's": (
        """
- {at: act/1(2), must: tell cat}
- {at: act/2(2), apply: decree/1(2), construe: {it.b: it.c}}
- {at: decree/1(2), apply: act/1(2), construe: {cat: dog}, unless: {when: not (it.b)}}
""",
        "tell dog",
        {"it.b": True},
        "permitted",
    ),
    "a rule that a clause applies in part does not go before the clause": (
        """
- {at: act/2(1), must: burn dog, grounds: {1: it.a}, instead_of: act/2(3)}
- {at: act/2(3), apply: act/2(1)1, construe: {dog: fox}}
""",
        "sell fox",
        {"it.a": True},
        "forbidden",
    ),
    "what gives way by one clause does not by another": (
        """
- {at: act/1(1), may: keep cat}
- {at: act/1(2), apply: [act/1(1), act/2(2)], construe: {cat: dog}, subject_to: act/1(1)}
- {at: act/2(2), apply: decree/1(2), construe: {cat: dog}}
- {at: decree/1(2), limits: keep cat, requires: how.heard}
""",
        "keep dog",
        {"how.heard": False},
        "forbidden",
    ),
    "a definition goes before another where it gives a value": (
        """
- {at: act/2(1), define: it.share, as: it.count}
- {at: act/2(2), must_not: mute fox, when: act/2(1) applies}
- {at: decree/1(2), define: it.share, as: {3: {when: it.c, value: 2}}, despite: act/2(1)}
""",
        "mute fox",
        {"it.c": False, "it.count": 1},
        "forbidden",
    ),
    "what follows from a compared norm for another action is compared with it": (
        "- {at: decree/1(1), must: mute fox, governed_by: it.began, milder: 'yes'}",
        "sell fox",
        {"it.began": dt.date(2020, 3, 5)},
        "silent",
    ),
}


@pytest.mark.parametrize(("text", "action", "facts", "verdict"), BOOKS.values(), ids=BOOKS)
def test_both_answer_as_the_language_says(text: str, action: str, facts: dict[str, Any], verdict: str) -> None:
    loaded = load(book_of(text))
    assert loaded is not None
    rulebook, oracle = loaded
    said = {**FACTS, **facts}
    before_the_law = dt.date(2014, 1, 1) if "milder" in text else None
    case = Case(action, said, (), DAY, before_the_law)
    assert oracle.decide(action, said, DAY, law_as_of=before_the_law).verdict == verdict
    assert compare(rulebook, oracle, case) is None


def test_a_part_of_wording_that_is_not_held_may_have_been_there() -> None:
    loaded = load(
        book_of("""
- {at: decree/1(1), define: it.share, as: 1, unless: {at: (1) proviso, when: it.a}, since: 2020-03-01,
   governed_by: it.began}
- {at: decree/1(1), define: it.share, not_held: an earlier wording, until: 2020-03-01, governed_by: it.began}
- {at: decree/1(2), must: sell dog, when: not (case falls under decree/1(1) proviso)}
""")
    )
    assert loaded is not None
    rulebook, oracle = loaded
    case = Case("sell dog", {**FACTS, "it.began": dt.date(2020, 2, 29)}, (), DAY, None)
    assert compare(rulebook, oracle, case) is None
    decision = rulebook.decide("sell dog", {"it": {"began": "2020-02-29", "a": False}}, at=DAY)
    assert {str(verdict) for verdict in decision.reachable} == {"required", "silent"}
