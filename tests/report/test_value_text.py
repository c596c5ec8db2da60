"""How the value of a fact is told in a terminal: what it rests on, in words."""

from __future__ import annotations

from tests.evaluate.books import book, rule

from mutandis_tools.names import Names
from mutandis_tools.report.lines import plain
from mutandis_tools.report.value_text import value_text

RULES = (
    rule("(1)", "define: it.fee", "as: 100 won", "unless: {at: (4), when: it.read}"),
    rule("(2)", "define: it.fee", "as: 50 won", "when: it.read"),
    rule("(3)", "define: it.read", "when: it.kind is red", "unless: {at: (3) proviso, when: it.a}"),
)


def told(facts: dict[str, object]) -> str:
    loaded = book(*RULES)
    names = Names(loaded.laws, loaded.vocabulary, loaded.program)
    return plain(value_text(loaded.value("it.fee", facts), names, "rulebook"))


def test_what_keeps_a_definition_away_is_told_by_its_place() -> None:
    text = told({"it.kind": "red", "it.a": True})
    assert "  Act Art. 1 (3), on it read\n    kept away by Act Art. 1 (3), proviso\n" in text
    text = told({"it.kind": "red", "it.a": False})
    assert "  Act Art. 1 (1), on fee of the it\n    kept away by Act Art. 1 (4)\n" in text


def test_what_fails_is_told_in_words() -> None:
    assert "    fails: the kind of the it is red\n" in told({"it.kind": "blue", "it.a": False})
