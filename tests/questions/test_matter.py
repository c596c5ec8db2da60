"""A question put to a rulebook, with what is worked out of it once for all the cases that are tried."""

from __future__ import annotations

from tests.evaluate.books import book, rule

from mutandis.condition.tree import Fact, walk
from mutandis.questions.boundaries import fact_turns
from mutandis.questions.decider import Matter


def read_by(matter: Matter) -> set[str]:
    return {node.name for one in matter.conditions() for node in walk(one) if isinstance(node, Fact)}


def test_what_a_question_reads_is_remembered_by_the_derived_facts_that_the_case_states() -> None:
    rules = book(
        rule("(1)", "define: it.read", "when: it.used > 12 days"),
        rule("(2)", "may: do thing", "when: it.read"),
        rule("(3)", "must_not: do thing", "despite: (2)", "when: it.a"),
    )
    matter = Matter(rules, "do thing", {})
    stated = matter.having("it.read", True)
    assert stated.memory is matter.memory
    for _ in ("worked out", "remembered"):
        assert read_by(matter) >= {"it.read", "it.used", "it.a"}
        assert "it.used" not in read_by(stated)
        assert fact_turns(stated, "it.used") == () != fact_turns(matter, "it.used")
