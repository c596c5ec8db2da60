"""The value of a fact tells the definitions of the facts behind it without which it would be another (S29)."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from tests.evaluate.books import book, rule
from tests.oracle.agreement import DAY, load
from tests.oracle.by_hand import book_of

from mutandis import Rulebook, as_data
from mutandis.decide.result_parts import FactValue

CHAIN = (
    ("it.share", "act/1(1)", ("it.count + 1", "2")),
    ("it.flag", "act/1(2)", ("it.share >= 3", "yes", "it.b")),
    ("it.mark", "act/1(3)", ("it.flag", "it.share < 2 or it.a", "not it.flag")),
    ("it.due", "act/2(1)", ("it.began + 1 month", "2020-01-01")),
    ("it.sort", "act/2(2)", ("u", "v")),
)
CONDITIONS = {
    "it.share": ("it.a", "not it.b"),
    "it.flag": ("it.a", "it.share is present", "it.share is none or it.b"),
    "it.mark": ("it.flag", "not it.flag", "it.a or it.flag"),
    "it.due": ("it.mark", "not it.mark", "it.flag and it.b"),
    "it.sort": ("it.due is present and it.due <= today", "it.mark or it.a", "it.due is none"),
}


def _books(rng: random.Random) -> tuple[list[str], dict[str, Any]]:
    """The definitions of a chain, a line each, and what a case states."""
    lines = [
        f"- {{at: {at}, define: {fact}, as: {rng.choice(values)}, when: {rng.choice(CONDITIONS[fact])}}}"
        for fact, at, values in CHAIN
    ]
    stated = {"a": rng.random() < 0.6, "b": rng.random() < 0.5, "count": rng.randrange(4), "began": "2019-12-30"}
    return lines, {"it": stated}


def _loaded(lines: list[str]) -> Rulebook | None:
    found = load(book_of("\n".join(lines)))
    return None if found is None else found[0]


def _at(rulebook: Rulebook, facts: dict[str, Any], fact: str = "it.sort") -> FactValue:
    return rulebook.value(fact, facts, at=DAY, holidays=())


def test_taking_out_what_is_told_gives_another_value_and_what_is_not_told_none() -> None:
    tried, told_in_all = 0, 0
    for seed in range(50):
        lines, facts = _books(random.Random(seed))
        rulebook = _loaded(lines)
        if rulebook is None:
            continue
        now = _at(rulebook, facts)
        # A yes/no fact that comes to no does so without its definition too; that is told as what did not reach.
        gave = {fact: _at(rulebook, facts, fact).value not in (None, False) for fact, *_ in CHAIN}
        told = {(place.provision, gave[place.facts[0]]) for place in now.rests_on}
        for n, (fact, at, _) in enumerate(CHAIN[:-1]):
            never = f"{lines[n].partition('when: ')[0]}when: it.a and not it.a}}"
            idle = [*lines[:n], never, *lines[n + 1 :]]
            less = _loaded(idle)
            if less is not None and now.known and ((at, True) in told or (at, False) not in told):
                after = _at(less, facts)
                same = (after.known, after.value) == (now.known, now.value)
                assert same is ((at, True) not in told), (seed, fact, now, after)
                tried += 1
        told_in_all += len(told)
    assert tried > 60
    assert told_in_all > 30


def test_the_chain_is_told_nearest_first_with_its_figures() -> None:
    rulebook = _loaded(
        [
            "- {at: act/1(1), define: it.share, as: it.count + 1}",
            "- {at: act/1(2), define: it.flag, as: it.share >= 3}",
            "- {at: act/2(1), define: it.due, as: it.began + 1 month, when: it.flag}",
            "- {at: act/2(2), define: it.sort, as: u, when: it.due is present and it.due <= today}",
        ]
    )
    assert rulebook is not None
    value = _at(rulebook, {"it": {"count": 2, "began": "2019-12-30"}})
    assert (value.value, value.provisions) == ("u", ("act/2(2)",))
    chain = [(place.provision, place.facts, place.text) for place in value.rests_on]
    assert chain == [
        ("act/2(1)", ("it.due",), "2020-01-30"),
        ("act/1(2)", ("it.flag",), ""),
        ("act/1(1)", ("it.share",), "3"),
    ]
    data = as_data(value)
    assert isinstance(data, dict)
    assert [one["provision"] for one in data["rests_on"]] == [place for place, *_ in chain]


def test_what_did_not_reach_is_told_with_what_fails() -> None:
    rulebook = _loaded(
        [
            "- {at: act/1(2), define: it.flag, when: it.count >= 3}",
            "- {at: act/2(2), define: it.sort, as: u, when: not it.flag}",
        ]
    )
    assert rulebook is not None
    (told,) = _at(rulebook, {"it": {"count": 1}}).rests_on
    assert (told.provision, told.facts, told.conditions) == ("act/1(2)", ("it.flag",), ("it.count >= 3",))


def test_a_definition_that_gave_nothing_is_told_where_a_value_would_make_a_difference() -> None:
    rulebook = _loaded(
        [
            "- {at: act/1(1), define: it.share, as: it.count + 1, when: it.a}",
            "- {at: act/2(2), define: it.sort, as: u, when: it.share is none}",
        ]
    )
    assert rulebook is not None
    value = _at(rulebook, {"it": {"count": 1, "a": False}})
    assert (value.value, value.provisions) == ("u", ("act/2(2)",))
    (told,) = value.rests_on
    assert (told.provision, told.facts, told.conditions) == ("act/1(1)", ("it.share",), ("it.a",))
    # What gives a fact none has nothing that was kept away.
    (told,) = _at(rulebook, {"it": {"count": 1, "a": True}}).rests_on
    assert (told.provision, told.text) == ("act/1(1)", "2")


def test_what_cannot_be_reckoned_tells_the_definition_that_gave_nothing() -> None:
    rulebook = _loaded(
        [
            "- {at: act/1(1), define: it.share, as: it.count + 1, when: it.a}",
            "- {at: act/1(2), define: it.flag, as: it.share >= 3}",
            "- {at: act/2(2), define: it.sort, as: u, when: not it.flag}",
        ]
    )
    assert rulebook is not None
    value = _at(rulebook, {"it": {"count": 1, "a": False}})
    assert (value.known, value.missing) == (False, ())
    (told,) = value.rests_on
    assert (told.provision, told.facts, told.conditions) == ("act/1(1)", ("it.share",), ("it.a",))
    waiting = _at(rulebook, {"it": {"count": 1}})
    assert (waiting.known, waiting.missing, waiting.rests_on) == (False, ("it.a",), ())


def test_what_nobody_gave_and_a_value_turns_on_is_told_as_presumed() -> None:
    loaded = _of_words(
        "share: {type: number, presume: 1/2, question: s}, low: {type: yes/no, presume: no, question: l}",
        "{at: (1), summary: s, define: a.got, as: if a.low then a.sum else a.sum * a.share}",
    )
    value = loaded.value("a.got", {"a": {"sum": 9, "low": False}})
    assert [(one.fact, one.value) for one in value.presumptions] == [("a.share", Fraction(1, 2))]
    assert value.value == Fraction(9, 2)
    value = loaded.value("a.got", {"a": {"sum": 9}})
    assert [one.fact for one in value.presumptions] == ["a.low", "a.share"]
    assert loaded.value("a.got", {"a": {"sum": 9, "low": True}}).presumptions == ()
    data: Any = as_data(value)
    assert data["presumptions"][0] == {"fact": "a.low", "value": False, "provision": ""}


def test_what_is_presumed_of_members_is_told_with_their_place() -> None:
    loaded = _of_words(
        "parts: {type: list of part, question: p}",
        "{at: (2), summary: s, define: a.all, as: the total of x.size for x in a.parts}",
    )
    value = loaded.value("a.all", {"a": {"parts": [{}, {"size": 3}, {"size": "unknown"}]}})
    assert [one.fact for one in value.presumptions] == ["a.parts[1].size"]


def test_what_is_presumed_behind_a_norm_asked_about_is_told() -> None:
    asking = book(
        rule("(1)", "may: keep thing"),
        rule("(2)", "must_not: keep thing", "when: it.usual", "despite: (1)"),
        rule("(3)", "define: it.b", "as: (1) applies"),
        rule("(4)", "may: do thing", "when: it.b"),
    )
    for facts, told in (({}, ["it.usual"]), ({"it.usual": False}, [])):
        assert [one.fact for one in asking.value("it.b", facts, at=DAY).presumptions] == told
        assert [one.fact for one in asking.decide("do thing", facts, at=DAY).presumptions] == told


def _of_words(attributes: str, definition: str) -> Rulebook:
    vocabulary = f"""
terms:
  a: {{label: a, attributes: {{sum: {{type: number, question: s}}, got: {{type: number, label: got}},
    all: {{type: count, label: all}}, {attributes}}}}}
  part: {{label: part, attributes: {{size: {{type: count, presume: 2, question: s}}}}}}
"""
    return book(definition, vocabulary=vocabulary)


def test_a_value_of_which_what_is_known_leaves_one_alone_is_known() -> None:
    spent = book(rule("(1)", "define: it.mark", "as: the smaller of it.count + 3 and 2"))
    assert (spent.value("it.mark", {}).value, spent.value("it.mark", {}).missing) == (2, ())
