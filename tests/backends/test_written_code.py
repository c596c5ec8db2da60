"""What compiled code does not do: look for what cannot matter, or for the same members again."""

from __future__ import annotations

import weakref
from collections import Counter
from collections.abc import Iterator
from functools import reduce
from itertools import product
from typing import Any

import pytest
from tests.evaluate.books import book, rule

from mutandis.backends import operations
from mutandis.backends.operations import chosen, chosen_by, runtime
from mutandis.backends.python import expressions
from mutandis.decide.ternary import NONE, Gap, frozen, waits_for
from mutandis.values import UNKNOWN

MANY_GOOD = "at least 2 p in it.parts where (p.good)"


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often compiled code calls each function of its run-time."""
    found: Counter[str] = Counter()

    def counting(name: str, function: Any) -> Any:
        def call(*arguments: Any) -> Any:
            found[name] += 1
            return function(*arguments)

        return call

    counted = {name: counting(name, function) for name, function in expressions.FUNCTIONS.items()}
    monkeypatch.setattr(expressions, "FUNCTIONS", counted)
    monkeypatch.setattr(operations, "runtime", lambda name: counting(name, runtime(name)))
    yield found


def test_the_members_of_a_list_are_found_once_a_case(calls: Counter[str]) -> None:
    asked = "[any p in it.parts has (p.good), (the number of it.parts) < 2, it.a]"
    rules = [rule(f"({n})", "may: do thing", f"when: {asked}") for n in (1, 2, 3)]
    book(*rules).decide("do thing", {"it.parts": [{"good": True}]}, trusted=True)
    assert (calls["members"], calls["counted"], calls["some"]) == (1, 1, 3)


@pytest.mark.parametrize(("sign", "settles"), [("and", False), ("or", True)])
def test_a_condition_that_settles_another_spares_it(calls: Counter[str], sign: str, settles: bool) -> None:
    small = book(rule("(1)", "may: do thing", f"when: [it.a {sign} {MANY_GOOD}, it.b]"))
    parts = {"it.parts": [{"good": True}, {"good": True}]}
    for known in (settles, not settles):
        calls.clear()
        small.decide("do thing", {"it.a": known, **parts}, trusted=True)
        assert calls["counted"] == (0 if known is settles else 1)


def test_what_a_word_has_the_choice_of_is_what_one_choice_after_the_other_gives() -> None:
    gap = Gap(waits_for(3))
    for subject, first, second, otherwise in product(
        ("a", "b", "c", NONE, gap), (1, 2, NONE), (1, NONE), (1, NONE, gap)
    ):
        values = {"a": first, "b": second}
        one_by_one = reduce(
            lambda rest, word: chosen(-(subject == word), values[word], rest), reversed(values), otherwise
        )
        assert frozen((chosen_by(subject, values, otherwise),)) == frozen((one_by_one,))


def test_a_case_that_was_decided_is_not_held_on_to() -> None:
    """What ends the total path is raised anew each time: one that is raised again keeps every frame it went through."""
    small = book(rule("(1)", "may: do thing", "when: it.kind is red"))

    class Held:
        pass

    def asked() -> weakref.ref[Held]:
        held = Held()
        small.decide("do thing", {"it.kind": UNKNOWN}, trusted=True)
        return weakref.ref(held)

    assert [asked()() for _ in range(3)] == [None, None, None]
