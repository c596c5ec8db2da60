"""`falls under` and `applies`: what a reference to a provision means."""

from __future__ import annotations

import pytest
from tests.link.books import LAW, VOCABULARY, article, linked, norm, program, slugs
from tests.strategies.deciders import decide

from mutandis.condition.render import render
from mutandis.condition.tree import Choice, Fact, FallsUnder, Not, OneOf, Or
from mutandis.explain.spoken import Spoken
from mutandis.link.linker import link
from mutandis.rulebook.load import load_text
from mutandis.rulebook.lock import read_lock

CELL = article(
    "95",
    """
  - at: (1)
    summary: s
    may: suspend visit
    by: warden
    when: inmate.young
    grounds:
      1: inmate.ill
      2: {when: inmate.calm, unless: visit.harmful}
    requires: visit.checked
    unless:
      at: (1) proviso
      when: visit.prohibited
  - {at: (6), summary: s, must: open cell, by: warden, when: "not case falls under 95(1)"}
""",
)


def test_falling_under_a_paragraph_is_its_trigger_and_grounds_less_its_exclusions_never_its_requirements() -> None:
    book = program(CELL)
    assert norm(book.components["open cell"], "act/95(6)").when == (Not(Fact("§act/95(1)")),)
    (derivation,) = book.derived["§act/95(1)"].derivations
    assert derivation.when == (Fact("inmate.young"),)
    assert [str(ground.citation) for ground in derivation.grounds] == ["act/95(1)1", "act/95(1)2"]
    assert [exclusion.when for exclusion in derivation.exclusions] == [Fact("visit.prohibited")]


def test_falling_under_a_subparagraph_is_that_ground_alone() -> None:
    book = program(
        CELL,
        article("97", "  - {at: main, summary: s, must: search cell, when: case falls under 95(1)2}\n"),
    )
    (derivation,) = book.derived["§act/95(1)2"].derivations
    (ground,) = derivation.grounds
    assert (ground.when, ground.unless) == (Fact("inmate.calm"), Fact("visit.harmful"))
    assert (derivation.when, derivation.exclusions) == ((), ())


def test_falling_under_a_range_of_subparagraphs_is_falling_under_one_of_them() -> None:
    book = program(
        CELL,
        article("97", "  - {at: main, summary: s, must: search cell, when: case falls under 95(1)1 to 95(1)2}\n"),
    )
    assert norm(book.components["search cell"], "act/97 main").when == (Or((Fact("§act/95(1)1"), Fact("§act/95(1)2"))),)


def test_not_falling_under_several_is_falling_under_none_of_them() -> None:
    book = program(
        CELL,
        article(
            "97",
            "  - {at: main, summary: s, must: search cell, when: not case falls under 95(1)1 to 95(1)2}\n",
        ),
    )
    assert norm(book.components["search cell"], "act/97 main").when == (
        Not(Or((Fact("§act/95(1)1"), Fact("§act/95(1)2")))),
    )


def test_falling_under_a_proviso_is_what_the_proviso_excludes() -> None:
    book = program(
        CELL,
        article("97", "  - {at: main, summary: s, must: search cell, when: case falls under 95(1) proviso}\n"),
    )
    (derivation,) = book.derived["§act/95(1) proviso"].derivations
    assert derivation.when == (Fact("visit.prohibited"),)


def test_a_reference_inside_the_applied_range_means_the_provision_as_construed() -> None:
    book = program(CELL, article("96", "  - {at: (4), summary: s, apply: 95, construe: {visit: telephone_call}}\n"))
    (instance,) = (n for n in book.components["open cell"].norms if n.sources)
    name = "§act/95(1) under act/96(4)[visit=telephone_call]"
    assert instance.when == (Not(Fact(name)),)
    (derivation,) = book.derived[name].derivations
    assert [exclusion.when for exclusion in derivation.exclusions] == [Fact("telephone_call.prohibited")]


def test_a_reference_outside_the_applied_range_stays_and_must_be_answered() -> None:
    clause = "  - {at: (4), summary: s, apply: 95(6), construe: {visit: telephone_call, warden: director}}\n"
    documents = (CELL, article("96", clause))
    (instance,) = (n for n in program(*documents).components["open cell"].norms if n.sources)
    assert instance.when == (Not(Fact("§act/95(1)")),)
    assert "reference-left-outside" in slugs(*documents)


def test_construing_the_citation_answers_a_reference_left_outside() -> None:
    other = "  - {at: (1), summary: s, may: suspend telephone_call, by: warden, when: inmate.ill}\n"
    clause = '  - {at: (4), summary: s, apply: 95(6), construe: {warden: director, "95(1)": "96(1)"}}\n'
    documents = (CELL, article("96", other + clause))
    (instance,) = (n for n in program(*documents).components["open cell"].norms if n.sources)
    assert instance.when == (Not(Fact("§act/96(1)")),)
    assert slugs(*documents) == []


def test_a_condition_in_the_place_of_a_fact_is_read_with_the_construals_of_its_clause() -> None:
    book = program(
        article(
            "43",
            """
  - at: (5)
    summary: s
    may: suspend visit
    by: warden
    grounds:
      1: visit.harmful
  - {at: (7), summary: s, must: open cell, by: warden, when: visit.prohibited}
""",
        ),
        article(
            "49",
            """
  - at: (3)
    summary: s
    apply: 43(7)
    construe:
      visit: telephone_call
      visit.prohibited: case falls under 43(5)1
""",
        ),
    )
    (instance,) = (n for n in book.components["open cell"].norms if n.sources)
    (condition,) = instance.when
    assert isinstance(condition, Fact)
    (derivation,) = book.derived[condition.name].derivations
    assert [ground.when for ground in derivation.grounds] == [Fact("telephone_call.harmful")]
    assert instance.sources[0][0].construals == (
        ("visit", "telephone_call"),
        ("visit.prohibited", "case falls under act/43(5)1"),
    )


def test_a_value_falls_under_the_provisions_that_create_it() -> None:
    book = program(
        article(
            "109",
            "  - {at: main, summary: s, must: open cell, by: warden, when: sanction.kind falls under 10.2 to 10.3}\n",
        )
    )
    assert norm(book.components["open cell"], "act/109 main").when == (
        OneOf(Fact("sanction.kind"), (Choice("work"), Choice("bar"))),
    )


def test_a_past_legal_basis_falls_under_a_provision_only_in_the_case() -> None:
    book = program(
        article("109", "  - {at: main, summary: s, must: open cell, by: warden, when: sanction.basis falls under 10}\n")
    )
    (condition,) = norm(book.components["open cell"], "act/109 main").when
    assert isinstance(condition, FallsUnder)
    assert condition.ranges == (("act/10", "act/10"),)


def test_what_no_rule_encodes_is_asked_and_never_taken_for_no() -> None:
    found = linked(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden, when: case falls under 1(2)}\n")
        + "not_modelled: {(2): left for later}\n"
    )
    assert found.program is not None
    assert "§act/1(2)" not in found.program.derived
    assert found.program.vocabulary.facts["§act/1(2)"].type.kind == "yes_no"
    assert [d.slug for d in found.diagnostics] == ["not-encoded"]


@pytest.mark.parametrize("place", ["1(3)", "7(1)"])
def test_what_excludes_a_rule_from_a_place_of_its_own_is_encoded(place: str) -> None:
    rules = f"""
  - {{at: (1), summary: s, must_not: open cell, by: warden, unless: {{at: {place}, when: inmate.ill}}}}
  - {{at: (2), summary: s, must: search cell, by: warden, when: {place} applies}}
"""
    assert slugs(article("1", rules), article("7", "  - {at: (2), summary: s, states: a name}\n")) == []


@pytest.mark.parametrize("place", ["1(4)", "7(1)"])
@pytest.mark.parametrize("asked", ["{} applies", "case falls under {}"])
def test_what_excludes_from_a_place_of_its_own_is_asked_about(place: str, asked: str) -> None:
    rules = f"""
  - {{at: (1), summary: s, must_not: open cell, by: warden, unless: {{at: {place}, when: inmate.ill}}}}
  - {{at: (2), summary: s, must: search cell, by: warden, when: {asked.format(place)}}}
"""
    book = program(article("1", rules), article("7", "  - {at: (2), summary: s, states: a name}\n"))
    assert decide(book, "search cell", {"inmate.ill": True}).verdict.value == "required"
    assert decide(book, "search cell", {"inmate.ill": False}).verdict.value == "silent"
    assert decide(book, "search cell", {}).missing == ("inmate.ill",)


def test_what_excludes_from_where_a_definition_stands_may_ask_whether_that_applies() -> None:
    rules = "  - {at: (1), summary: s, define: sanction.ceiling, as: 10 days, unless: {at: 7(2), when: 7(2) applies}}\n"
    stands = "  - {at: (2), summary: s, define: sanction.ceiling, as: 20 days, when: inmate.ill}\n"
    assert slugs(article("1", rules), article("7", stands)) == []


def test_a_ground_applies_when_its_rule_does_on_that_ground() -> None:
    book = program(CELL, article("97", "  - {at: main, summary: s, must: search cell, when: 95(1)2 applies}\n"))
    facts: dict[str, object] = {
        **dict.fromkeys(("inmate.young", "inmate.ill", "inmate.calm"), True),
        **dict.fromkeys(("visit.harmful", "visit.prohibited"), False),
    }
    assert decide(book, "search cell", facts).verdict.value == "required"
    for changed in (
        {"inmate.young": False},
        {"inmate.calm": False},
        {"visit.harmful": True},
        {"visit.prohibited": True},
    ):
        assert decide(book, "search cell", {**facts, **changed}).verdict.value == "silent"


def test_a_definition_applies_when_it_gives_its_value_and_a_ground_of_it_when_it_does_on_that_ground() -> None:
    book = program(
        article(
            "97",
            """
  - {at: (1), summary: s, define: inmate.young, grounds: {1: inmate.ill, 2: visit.harmful}}
  - {at: (2), summary: s, may: open cell, by: warden, when: 97(1) applies}
  - {at: (3), summary: s, may: search cell, by: warden, when: 97(1)2 applies}
""",
        )
    )
    for ill, harmful, opened, searched in (
        (True, False, "permitted", "silent"),
        (False, True, "permitted", "permitted"),
        (False, False, "forbidden_by_default", "silent"),
    ):
        facts: dict[str, object] = {"inmate.ill": ill, "visit.harmful": harmful}
        assert decide(book, "open cell", facts).verdict.value == opened
        assert decide(book, "search cell", facts).verdict.value == searched


def test_a_rule_that_waits_for_itself_to_apply_is_a_circle() -> None:
    found = linked(article("1", "  - {at: main, summary: s, must: open cell, by: warden, when: 1 applies}\n"))
    assert found.program is None
    assert [d.slug for d in found.diagnostics] == ["circle"]


def test_definitions_that_read_each_other_are_a_circle() -> None:
    found = linked(
        article(
            "1",
            """
  - {at: (1), summary: s, define: visit.due_on, as: visit.ended_on + 1 day}
  - {at: (2), summary: s, define: visit.ended_on, as: visit.due_on - 1 day}
""",
        )
    )
    assert found.program is None
    (circle,) = found.diagnostics
    assert {label.text for label in circle.labels} == {
        "act/1(1) reads visit.ended_on",
        "act/1(2) reads visit.due_on",
    }


def test_a_fact_is_worked_out_after_those_it_reads() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, define: visit.due_on, as: visit.ended_on + 1 day}
  - {at: (2), summary: s, define: visit.ended_on, as: telephone_call.due_on + 1 day}
  - {at: (3), summary: s, define: telephone_call.due_on, as: telephone_call.ended_on + 1 day}
""",
        )
    )
    order = list(book.derived)
    assert order.index("telephone_call.due_on") < order.index("visit.ended_on") < order.index("visit.due_on")


PROVISO = """
  - {at: (1), summary: s, must: deliver parcel, unless: inmate.young}
  - {at: (1) proviso, summary: s, may: keep parcel, grounds: {1: inmate.ill, 2: inmate.calm}}
  - {at: (2), summary: s, must_not: suspend visit, when: CONDITION}
"""


@pytest.mark.parametrize("reference", ["case falls under (1)1", "(1)1 applies"])
def test_a_ground_of_a_proviso_is_numbered_in_its_paragraph(reference: str) -> None:
    book = program(article("1", PROVISO.replace("CONDITION", reference)))
    for ill, verdict in ((True, "forbidden"), (False, "forbidden_by_default")):
        found = decide(book, "suspend visit", {"inmate.ill": ill, "inmate.calm": True, "inmate.young": False})
        assert (found.verdict.value, found.missing) == (verdict, ())


def test_a_part_of_an_instrument_names_what_the_text_has() -> None:
    law = LAW.replace(
        "instruments: []",
        """instruments:
  - id: Act No. 1
    promulgated: 2020-01-01
    enforced_parts:
      - {provisions: ["95(1)", "77(1)"], on: 2021-01-01}""",
    )
    source = load_text({"act/law.yaml": law, "act/vocabulary.yaml": VOCABULARY, "act/095.yaml": CELL})
    digest = "322257122ccca712"
    lines = (
        "# mutandis text lock 1",
        "# law act",
        "# instrument Act No. 1",
        f"act/95 | live | {digest} | {digest} | - | - | =",
    )
    locked = link(source, {"act": read_lock("\n".join((*lines, "")), "act/text.lock")})
    told = [found for found in locked.diagnostics if found.span.file == "act/law.yaml"]
    assert [(d.message, d.span.line, d.span.column) for d in told] == [("there is no provision act/77(1)", 9, 32)]
    assert not [d for d in link(source).diagnostics if d.span.file == "act/law.yaml"]


def test_whether_a_definition_applies_is_asked_of_the_kind_in_hand() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, define: contact.prohibited, as: contact.harmful}
  - {at: (2), summary: s, must_not: suspend contact, when: (1) applies}
""",
        )
    )
    for kind, verdict in (("visit", "forbidden"), ("telephone_call", "forbidden_by_default")):
        facts = {"visit.harmful": True, "contact.harmful": True, "telephone_call.harmful": False}
        assert decide(book, f"suspend {kind}", facts).verdict.value == verdict
        assert decide(book, f"suspend {kind}", {}).missing == (f"{kind}.harmful",)


def test_whether_a_rule_applies_to_a_kind_is_told_by_its_place_alone() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, must: deliver parcel, when: inmate.young}
  - {at: (2), summary: s, must_not: keep parcel, when: (1) applies}
""",
        )
    )
    (condition,) = norm(book.components["keep item"], "act/1(2)").when
    assert Spoken(book, "keep item").condition(render(condition)) == "Act Art. 1 (1) applies"
