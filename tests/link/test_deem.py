"""Legal fictions: who reads a fact through one, and who as stated."""

from __future__ import annotations

import pytest
from tests.link.books import article, linked, norm, program

from mutandis.condition.tree import Choice, Compare, Fact

DUTY = article("1", "  - {at: main, summary: s, must: open cell, by: warden, when: inmate.class is unsentenced}\n")


def reads(book_norm_when: object) -> str:
    assert isinstance(book_norm_when, Compare)
    assert isinstance(book_norm_when.left, Fact)
    return book_norm_when.left.name


def test_everybody_reads_the_fact_through_a_fiction_and_the_fiction_reads_it_as_stated() -> None:
    book = program(
        DUTY,
        article(
            "87",
            "  - {at: main, summary: s, deem: inmate.class, as: unsentenced, when: inmate.class is death_row}\n",
        ),
    )
    name = "§inmate.class as of act/87 main"
    assert reads(norm(book.components["open cell"], "act/1 main").when[0]) == name
    fact = book.derived[name]
    assert (fact.base, [d.kind for d in fact.derivations]) == ("inmate.class", ["deem"])
    assert fact.derivations[0].when == (Compare("is", Fact("inmate.class"), Choice("death_row")),)
    assert fact.derivations[0].entries[0].value == Choice("unsentenced")


def test_a_fiction_within_a_provision_is_read_there_alone() -> None:
    book = program(
        DUTY,
        article(
            "111",
            """
  - {at: (1), summary: s, must: search cell, by: warden, when: inmate.class is unsentenced}
  - {at: (7), summary: s, deem: inmate.class, as: unsentenced, within: "111", when: inmate.ill}
""",
        ),
    )
    assert reads(norm(book.components["open cell"], "act/1 main").when[0]) == "inmate.class"
    name = "§inmate.class as of act/111(7)"
    assert reads(norm(book.components["search cell"], "act/111(1)").when[0]) == name


def test_two_fictions_of_one_fact_are_read_together() -> None:
    book = program(
        DUTY,
        article("2", "  - {at: main, summary: s, deem: inmate.class, as: unsentenced, when: inmate.ill}\n"),
        article("3", "  - {at: main, summary: s, deem: inmate.class, as: sentenced, when: inmate.calm}\n"),
    )
    name = "§inmate.class as of act/2 main, act/3 main"
    assert reads(norm(book.components["open cell"], "act/1 main").when[0]) == name
    assert len(book.derived[name].derivations) == 2


def test_a_fiction_over_a_defined_fact_falls_back_to_the_definition() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, define: visit.due_on, as: visit.ended_on + 1 day}\n"),
        article("2", "  - {at: main, summary: s, deem: visit.due_on, as: visit.ended_on, when: inmate.ill}\n"),
        article("3", "  - {at: main, summary: s, must: open cell, by: warden, when: visit.due_on <= today}\n"),
    )
    order = list(book.derived)
    assert order.index("visit.due_on") < order.index("§visit.due_on as of act/2 main")


def test_fictions_that_read_each_other_are_a_circle() -> None:
    found = linked(
        article("1", "  - {at: main, summary: s, deem: inmate.ill, as: true, when: inmate.calm}\n"),
        article("2", "  - {at: main, summary: s, deem: inmate.calm, as: true, when: inmate.ill}\n"),
        article("3", "  - {at: main, summary: s, must: open cell, by: warden, when: inmate.ill}\n"),
    )
    assert found.program is None
    assert "circle" in [d.slug for d in found.diagnostics]


def test_a_whole_law_applied_is_a_fiction_that_shows_its_construals() -> None:
    book = program(
        DUTY,
        article(
            "87",
            """
  - at: main
    summary: Cells of the police are read as detention.
    deem: inmate.class
    as: unsentenced
    when: inmate.ill
    construe: {warden: director}
""",
        ),
    )
    (derivation,) = book.derived["§inmate.class as of act/87 main"].derivations
    ((step,),) = derivation.sources
    assert step.construals == (("warden", "director"),)
    assert [n.sources for n in book.components["open cell"].norms] == [()]


def test_a_disapplied_fiction_leaves_the_fact_as_stated() -> None:
    book = program(
        DUTY,
        article("2", "  - {at: (1), summary: s, deem: inmate.class, as: unsentenced, when: inmate.ill}\n"),
        article("3", "  - {at: main, summary: s, despite: 2(1), when: inmate.calm}\n"),
    )
    (derivation,) = book.derived["§inmate.class as of act/2(1)"].derivations
    assert [str(exclusion.citation) for exclusion in derivation.exclusions] == ["act/3 main"]


@pytest.mark.parametrize(("within", "told"), [("(1)1", True), ("(1)", False), ("(1)1 to (1)2", True), ("1", False)])
def test_a_fiction_for_a_ground_alone_is_refused_since_it_reaches_nothing(within: str, told: bool) -> None:
    rules = """
  - {at: (1), summary: s, may: open cell, by: warden, grounds: {1: inmate.ill, 2: inmate.young}}
"""
    fiction = f"  - {{at: (2), summary: s, deem: inmate.ill, when: inmate.calm, as: no, within: {within}}}\n"
    found = [one for one in linked(article("1", rules + fiction)).diagnostics if one.slug == "bad-citation"]
    assert [one.help for one in found] == (["write `within: act/1(1)`"] if told else [])
