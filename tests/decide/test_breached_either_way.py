"""A permission that breaches one of two limits, whichever of them binds, tells both and what tells which (S29)."""

from __future__ import annotations

from tests.evaluate.books import book, decide, rule

from mutandis.decide.result import Decision

RULES = book(
    rule("(1)", "may: do thing"),
    rule("(2)", "limits: do thing", "requires: it.b"),
    rule("(2) proviso", "limits: do thing", "despite: (2)", "when: it.a", "requires: [it.b, it.c]"),
)


def _open(decision: Decision) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    return [(one.provision, one.facts, one.conditions) for one in decision.authority if one.role == "open"]


def test_what_is_breached_whichever_binds_is_told_with_what_tells_which() -> None:
    decision = decide(RULES, {"it.b": False, "it.c": True})
    assert (decision.verdict.value, decision.breaches) == ("forbidden", ())
    assert sorted(_open(decision)) == [
        ("act/1(2)", ("it.a",), ("it.b",)),
        ("act/1(2) proviso", ("it.a",), ("it.b",)),
    ]


def test_what_is_breached_for_certain_is_a_breach_and_nothing_is_open() -> None:
    decision = decide(RULES, {"it.a": False, "it.b": False, "it.c": True})
    assert [one.provision for one in decision.breaches] == ["act/1(2)"]
    assert _open(decision) == []


def test_taking_either_out_makes_another_answer() -> None:
    facts: dict[str, object] = {"it.b": False, "it.c": True}
    power, limit = rule("(1)", "may: do thing"), rule("(2)", "limits: do thing", "requires: it.b")
    proviso = rule("(2) proviso", "limits: do thing", "when: it.a", "requires: [it.b, it.c]")
    assert [one.provision for one in decide(book(power, limit), facts).breaches] == ["act/1(2)"]
    assert decide(book(power, proviso), facts).verdict.value == "undetermined"
