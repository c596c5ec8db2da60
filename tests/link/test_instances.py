"""Rules read through clauses that apply them, and on the kinds of what they speak of."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.link.books import LAW, article, beats, linked, norm, program, slugs, source_of

from mutandis.citation import CitationRange, parse_citation, parse_citation_range
from mutandis.condition.tree import Applies, Choice, Compare, Fact, Not, OneOf
from mutandis.link.falls_under import References
from mutandis.link.linker import link
from mutandis.link.program import ListClause
from mutandis.link.reading import Levels

SUSPEND = article(
    "42",
    """
  - at: main
    summary: A visit may be stopped.
    may: suspend visit
    by: warden
    when: visit.in_progress
    grounds:
      1: visit.harmful
      2: visit.prohibited
""",
)


def test_applying_an_article_construed_gives_the_same_power_over_the_other_thing() -> None:
    book = program(SUSPEND, article("44", "  - {at: (3), summary: s, apply: 42, construe: {visit: telephone_call}}\n"))
    found = norm(book.components["suspend telephone_call"], "act/42 main")
    assert found.when == (Fact("telephone_call.in_progress"),)
    assert [ground.when for ground in found.grounds] == [
        Fact("telephone_call.harmful"),
        Fact("telephone_call.prohibited"),
    ]
    assert [str(ground.citation) for ground in found.grounds] == ["act/42.1", "act/42.2"]
    ((step,),) = found.sources
    assert (str(step.citation), step.construals) == ("act/44(3)", (("visit", "telephone_call"),))
    assert norm(book.components["suspend visit"], "act/42 main").sources == ()


def test_applying_one_subparagraph_brings_that_ground_alone() -> None:
    book = program(
        SUSPEND, article("44", "  - {at: (3), summary: s, apply: 42.2, construe: {visit: telephone_call}}\n")
    )
    found = norm(book.components["suspend telephone_call"], "act/42 main")
    assert [str(ground.citation) for ground in found.grounds] == ["act/42.2"]


def test_a_list_of_articles_leaves_out_what_stands_between() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden}\n"),
        article("1-2", "  - {at: main, summary: s, must: search cell, by: warden}\n"),
        article("2", "  - {at: main, summary: s, must: inform heir, by: warden}\n"),
        article("9", "  - {at: main, summary: s, apply: [1, 2], construe: {warden: director}}\n"),
    )
    instances = {a for a, c in book.components.items() for n in c.norms if n.sources}
    assert instances == {"open cell", "inform heir"}


def test_a_range_takes_in_every_article_that_the_law_wrote_between_its_ends() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden}\n"),
        article("1-2", "  - {at: main, summary: s, must: search cell, by: warden}\n"),
        article("2", "  - {at: main, summary: s, must: inform heir, by: warden}\n"),
        article("9", "  - {at: main, summary: s, apply: 1 to 2, construe: {warden: director}}\n"),
    )
    instances = {a: n.by for a, c in book.components.items() for n in c.norms if n.sources}
    assert instances == {"open cell": ("director",), "search cell": ("director",), "inform heir": ("director",)}


def test_the_clause_conditions_are_the_scope_of_the_instance() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden, when: inmate.calm}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, when: inmate.ill, construe: {warden: director}}\n"),
    )
    assert [n.when for n in book.components["open cell"].norms] == [
        (Fact("inmate.calm"),),
        (Fact("inmate.ill"), Fact("inmate.calm")),
    ]


def test_a_value_construed_as_several_widens_the_condition() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden, when: inmate.class is unsentenced}\n"),
        article(
            "2", "  - {at: main, summary: s, must: search cell, by: warden, when: inmate.class is not unsentenced}\n"
        ),
        article("9", "  - {at: main, summary: s, apply: [1, 2], construe: {unsentenced: [sentenced, death_row]}}\n"),
    )
    either = (Choice("sentenced"), Choice("death_row"))
    (wide,) = (n.when for n in book.components["open cell"].norms if n.sources)
    assert wide == (OneOf(Fact("inmate.class"), either),)
    (narrow,) = (n.when for n in book.components["search cell"].norms if n.sources)
    assert narrow == (OneOf(Fact("inmate.class"), either, negated=True),)


def test_a_term_construed_as_several_fans_out_in_the_action_and_suffices_as_counterparty() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: inform heir, by: warden, to: heir, when: heir.known}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, when: inmate.ill, construe: {heir: [heir, kin]}}\n"),
    )
    to_kin = norm(book.components["inform kin"], "act/1 main")
    assert to_kin.to == ("heir", "kin")
    assert to_kin.when == (Fact("inmate.ill"), Fact("kin.known"))
    (to_heir,) = (n for n in book.components["inform heir"].norms if n.sources)
    assert to_heir.when == (Fact("inmate.ill"), Fact("heir.known"))


def test_a_term_construed_as_several_in_a_condition_alone_has_an_instance_for_each() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden, when: [heir.known, not heir.known]}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {heir: [heir, kin]}}\n"),
    )
    found = [n.when for n in book.components["open cell"].norms if n.sources]
    assert found == [(Fact(name), Not(Fact(name))) for name in ("heir.known", "kin.known")]


def test_equal_instances_of_two_rules_are_one_duty() -> None:
    book = program(
        article(
            "28",
            """
  - {at: (1), summary: s, must: inform heir, by: warden, to: heir, when: inmate.class is sentenced}
  - {at: (1), summary: s, must: inform kin, by: warden, to: kin, when: inmate.class is death_row}
""",
        ),
        article(
            "29",
            """
  - at: main
    summary: s
    apply: 28
    construe: {sentenced: unsentenced, death_row: unsentenced, heir: [heir, kin], kin: [heir, kin]}
""",
        ),
    )
    instances = [(a, n.to) for a, c in book.components.items() for n in c.norms if n.sources]
    assert instances == [("inform heir", ("heir", "kin")), ("inform kin", ("heir", "kin"))]


def test_a_chain_construes_inside_out_and_narrows_by_every_clause() -> None:
    book = program(
        SUSPEND,
        article("44", "  - {at: main, summary: s, apply: 42, construe: {visit: telephone_call}, when: inmate.calm}\n"),
        article("50", "  - {at: main, summary: s, apply: 44, construe: {warden: director}, when: inmate.ill}\n"),
    )
    found = [n for n in book.components["suspend telephone_call"].norms if len(n.sources[0]) == 2]
    assert [n.by for n in found] == [("director",)]
    assert found[0].when == (Fact("inmate.ill"), Fact("inmate.calm"), Fact("telephone_call.in_progress"))
    assert [str(step.citation) for step in found[0].sources[0]] == ["act/50 main", "act/44 main"]


def test_clauses_that_apply_each_other_are_a_circle_with_every_edge_placed() -> None:
    found = linked(
        article("1", "  - {at: main, summary: s, apply: 2}\n"),
        article("2", "  - {at: main, summary: s, apply: 1}\n"),
    )
    assert found.program is None
    (circle,) = [d for d in found.diagnostics if d.slug == "circle"]
    assert [label.text for label in circle.labels] == ["act/1 main applies act/2 main", "act/2 main applies act/1 main"]
    assert [label.span.file for label in circle.labels] == ["act/000-article.yaml", "act/001-article.yaml"]


def test_an_order_inside_the_range_orders_the_instances_and_leaves_the_originals_apart() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, must_not: open cell, by: warden}
  - {at: (2), summary: s, may: open cell, by: warden, despite: (1), when: inmate.calm}
""",
        ),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {warden: director}, when: inmate.ill}\n"),
    )
    component = book.components["open cell"]
    pairs = {(component.norms[b.beater].by, component.norms[b.beaten].by) for b in component.beats}
    assert pairs == {(("warden",), ("warden",)), (("director",), ("director",))}


def test_an_order_from_outside_binds_instances_too() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, may: open cell, by: warden}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {warden: director}}\n"),
        article("3", "  - {at: main, summary: s, must_not: open cell, by: warden, despite: 1, when: inmate.ill}\n"),
        article("4", "  - {at: main, summary: s, must_not: open cell, by: warden, despite: 2, when: inmate.calm}\n"),
    )
    component = book.components["open cell"]
    found = {(str(component.norms[b.beater].citation), component.norms[b.beaten].by) for b in component.beats}
    assert found == {
        ("act/3 main", ("warden",)),
        ("act/3 main", ("director",)),
        ("act/4 main", ("director",)),
    }


def test_an_order_of_the_clause_binds_its_instances() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must_not: open cell, by: warden, when: inmate.ill}\n"),
        article("2", "  - {at: main, summary: s, may: open cell, by: warden}\n"),
        article("3", "  - {at: main, summary: s, apply: 2, despite: 1, construe: {warden: director}}\n"),
    )
    component = book.components["open cell"]
    assert [(component.norms[b.beater].by, component.norms[b.beaten].by) for b in component.beats] == [
        (("director",), ("warden",))
    ]


def test_penalties_are_not_inherited() -> None:
    book = program(
        article(
            "92",
            "  - {at: main, summary: s, must_not: open cell, by: warden, penalty: [fine up to 20000000 won]}\n",
        ),
        article("93", "  - {at: main, summary: s, apply: 92, construe: {open cell: search cell}}\n"),
    )
    assert [p.rule for p in book.components["open cell"].penalties] == ["act/92 main#open cell"]
    assert book.components["search cell"].penalties == ()


def test_a_penalty_elsewhere_reaches_the_actions_of_the_rules_it_names() -> None:
    book = program(
        article("92", "  - {at: (1), summary: s, must_not: [open cell, search cell], by: warden}\n"),
        article("133", "  - {at: main, summary: s, penalty: {of: 92(1), any: [imprisonment up to 1 years]}}\n"),
    )
    for action in ("open cell", "search cell"):
        assert [str(p.citation) for p in book.components[action].penalties] == ["act/133 main"]


def test_force_is_where_clause_and_target_are_both_in_force() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden, since: 2010-01-01, until: 2020-01-01}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {open cell: search cell}, since: 2015-01-01}\n"),
    )
    (found,) = book.components["search cell"].norms
    assert (found.force.since, found.force.until) == (dt.date(2015, 1, 1), dt.date(2020, 1, 1))


def test_clause_and_target_never_in_force_together_give_no_instance_but_a_warning() -> None:
    documents = (
        article("1", "  - {at: main, summary: s, must: open cell, by: warden, until: 2010-01-01}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {open cell: search cell}, since: 2015-01-01}\n"),
    )
    assert program(*documents).components["search cell"].norms == ()
    assert slugs(*documents) == ["never-in-force"]


def test_a_rule_starts_with_the_instrument_that_enacted_it() -> None:
    law = LAW.replace(
        "instruments: []",
        """instruments:
  - {id: Act No. 8728, title: t, promulgated: 2007-12-21, enforced: 2008-12-22}
  - {id: Act No. 14281, title: t, promulgated: 2016-12-02, enforced: 2016-12-02}""",
    )
    book = link(
        source_of(
            article("1", "  - {at: main, summary: s, must: open cell, by: warden}\n"),
            article("addenda-14281/2", "  - {at: main, summary: s, must: search cell, by: warden}\n"),
            law=law,
        )
    ).program
    assert book is not None
    assert book.components["open cell"].norms[0].force.since == dt.date(2008, 12, 22)
    assert book.components["search cell"].norms[0].force.since == dt.date(2016, 12, 2)


def test_a_rule_on_a_kind_binds_its_sub_kinds_without_a_chain() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, may: suspend contact, by: warden, when: contact.harmful}\n"),
    )
    for kind in ("visit", "telephone_call"):
        found = norm(book.components[f"suspend {kind}"], "act/1 main")
        assert found.when == (Fact(f"{kind}.harmful"),)
        assert found.sources == ()


def test_a_definition_on_a_kind_binds_its_sub_kinds() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, define: contact.due_on, as: contact.ended_on + 1 month}\n"),
    )
    assert {"contact.due_on", "visit.due_on", "telephone_call.due_on"} <= set(book.derived)


def test_an_applied_definition_defines_the_construed_fact() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, define: visit.due_on, as: visit.ended_on + 1 month}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {visit: telephone_call}}\n"),
    )
    (derivation,) = book.derived["telephone_call.due_on"].derivations
    assert [str(step.citation) for step in derivation.sources[0]] == ["act/2 main"]
    assert "telephone_call.ended_on" in str(derivation.entries[0].value)


def test_an_applied_definition_that_nothing_construes_is_not_said_twice() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, define: visit.due_on, as: visit.ended_on + 1 month}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, when: inmate.ill}\n"),
    )
    assert len(book.derived["visit.due_on"].derivations) == 1


def test_law_outside_the_rulebook_is_recorded_where_it_is_applied() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden}\n"),
        article("2", '  - {at: main, summary: s, apply: [1, "ext:civil-act/750"], construe: {warden: director}}\n'),
    )
    (instance,) = (n for n in book.components["open cell"].norms if n.sources)
    assert [str(target) for target in instance.external] == ["ext:civil-act/750"]
    assert [str(target) for e in book.external for target in e.targets] == ["ext:civil-act/750"]


def test_an_earlier_law_that_applies_despite_articles_removes_their_rules() -> None:
    book = program(
        article("105", "  - {at: main, summary: s, may: open cell, by: warden}\n"),
        article("106", '  - {at: main, summary: s, apply: "ext:former-act/1", despite: 105, when: inmate.ill}\n'),
    )
    component = book.components["open cell"]
    assert beats(component) == {("act/106 main disapply", "disapply", "act/105 main may")}
    assert [str(target) for target in norm(component, "act/106 main").external] == ["ext:former-act/1"]


def test_a_wording_not_held_makes_an_opaque_norm() -> None:
    book = program(
        article(
            "1",
            "  - {at: main, summary: s, may: open cell, by: warden, until: 2020-01-01, not_held: Act No. 1}\n",
        )
    )
    assert norm(book.components["open cell"], "act/1 main").opaque == "Act No. 1"


def test_a_provision_asked_for_by_applies_is_the_instance_inside_the_range() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, may: suspend visit, by: warden}
  - {at: (2), summary: s, must: inform heir, by: warden, when: 1(1) applies}
""",
        ),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {visit: telephone_call, warden: director}}\n"),
    )
    (direct,) = (n for n in book.components["inform heir"].norms if not n.sources)
    (instance,) = (n for n in book.components["inform heir"].norms if n.sources)
    assert direct.when == (Applies("act/1(1)"),)
    assert book.effective["act/1(1)"] == (("suspend visit", 0),)
    (asked,) = instance.when
    assert isinstance(asked, Applies)
    assert book.effective[asked.citation] == (("suspend telephone_call", 0),)


def test_too_many_instances_are_a_diagnostic_and_not_a_dead_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mutandis.link.instances.MAX_INSTANCES", 300)
    rules = "".join(f"  - {{at: ({i}), summary: s, must: open cell, by: warden}}\n" for i in range(1, 51))
    clause = "  - {{at: main, summary: s, apply: [{}], construe: {{warden: director}}}}\n"
    documents = [article("20", rules)]
    for number in range(21, 27):
        documents.append(article(str(number), clause.format(", ".join(str(n) for n in range(20, number)))))
    found = linked(*documents)
    assert found.program is None
    assert [d.slug for d in found.diagnostics] == ["too-many-instances"]


def test_a_comparison_keeps_its_shape_when_its_value_is_construed_as_one_other() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must: open cell, by: warden, when: inmate.class is unsentenced}\n"),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {unsentenced: sentenced}}\n"),
    )
    (found,) = (n.when for n in book.components["open cell"].norms if n.sources)
    assert found == (Compare("is", Fact("inmate.class"), Choice("sentenced")),)


@pytest.mark.parametrize(
    ("listed", "place", "left_out"),
    [
        (("1", "3"), "2(1)", "2"),
        (("1", "3"), "4", None),
        (("2(1)", "2(3)"), "2(2)1", "2(2)"),
        (("2(1)", "2(3)"), "2(4)", "2(4)"),
        (("2(1)", "3"), "2(1) proviso", None),
        (("2(1)", "3"), "2", None),
    ],
)
def test_what_a_list_leaves_out_is_told_by_article_or_by_paragraph(
    listed: tuple[str, ...], place: str, left_out: str | None
) -> None:
    named = tuple(parse_citation_range(one, law="act") for one in listed)
    found = ListClause(parse_citation("9", law="act"), named, ()).leaves_out(parse_citation(place, law="act"))
    assert found == (None if left_out is None else parse_citation(left_out, law="act"))


def test_what_a_clause_s_order_means_is_asked_once_for_all_that_it_applies(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [
        article(str(n), "  - {at: main, summary: s, may: suspend visit, when: [visit.harmful]}\n") for n in (1, 2, 3)
    ]
    forbidden = article("8", "  - {at: main, summary: s, must_not: suspend telephone_call}\n")
    clause = "  - {at: main, summary: s, apply: 1 to 3, construe: {visit: telephone_call}, despite: 8}\n"
    asked: list[str] = []
    plain = References.bind

    def noted(self: References, cited: CitationRange, levels: Levels) -> object:
        asked.append(str(cited))
        return plain(self, cited, levels)

    monkeypatch.setattr(References, "bind", noted)
    component = program(*rules, forbidden, article("9", clause)).components["suspend telephone_call"]
    assert len([beat for beat in component.beats if beat.relation == "despite"]) == 3
    assert asked.count("act/8") == 1


@pytest.mark.parametrize(
    ("of", "punished"),
    [
        ("1(1)", ["suspend visit"]),
        ("2(1)", ["suspend telephone_call", "suspend parcel"]),
        ("3(1)", ["suspend parcel"]),
    ],
)
def test_a_penalty_is_for_what_stands_where_it_says_or_comes_through_a_clause_there(
    of: str, punished: list[str]
) -> None:
    book = program(
        article("1", "  - {at: (1), summary: s, must_not: suspend visit, by: inmate}\n"),
        article("2", "  - {at: (1), summary: s, apply: 1(1), construe: {visit: telephone_call}}\n"),
        article("3", "  - {at: (1), summary: s, apply: 2(1), construe: {telephone_call: parcel}}\n"),
        article("4", f"  - {{at: main, summary: s, penalty: {{of: {of}, any: [fine up to 10 won]}}}}\n"),
    )
    assert {action for action, component in book.components.items() if component.penalties} == set(punished)


def _ordered(named: str, applied: str, construe: str) -> str:
    return article(
        "1",
        f"""
  - {{at: (1), summary: s, must: search cell, by: warden}}
  - {{at: (2), summary: s, must: inform kin, by: warden}}
  - {{at: (3), summary: s, must: search cell, by: warden}}
  - {{at: (4), summary: s, must_not: inform heir, by: warden, instead_of: {named}, inferred: so it is}}
  - {{at: (5), summary: s, apply: [{applied}], construe: {{{construe}}}}}
""",
    )


@pytest.mark.parametrize("named", ["1(1)", "1(1) to 1(2)"])
def test_a_citation_is_construed_in_a_range_as_alone(named: str) -> None:
    found = program(_ordered(named, "1(1), 1(3), 1(4)", "1(1): 1(3)")).components["search cell"]
    keys = [one.key for one in found.norms]
    (standing,) = [one.key for one in found.norms if str(one.citation) == "act/1(3)" and () in (one.sources or ((),))]
    assert standing in {keys[beat.beaten] for beat in found.beats if beat.relation == "instead_of"}


def test_a_citation_that_a_range_lists_occurs_and_is_not_left_outside_where_it_is_construed() -> None:
    construals = "1(1): 1(3), 1(2): 1(2), warden: director"
    assert slugs(_ordered("1(1) to 1(2)", "1(4)", construals)) == []
    assert slugs(_ordered("1(1) to 1(2)", "1(4)", f"{construals}, 1(5): 1(3)")) == ["construed-term-absent"]
    assert "reference-left-outside" in slugs(_ordered("1(1) to 1(2)", "1(4)", "warden: director"))


@pytest.mark.parametrize(
    "asks", ["when: inmate.ill", "grounds: {1: inmate.ill}", "unless: {at: (2) proviso, when: inmate.ill}"]
)
def test_what_a_clause_asks_itself_is_read_of_what_was_declared(asks: str) -> None:
    def told(construed: str) -> list[str]:
        clause = f"  - {{at: (2), summary: s, apply: (1), construe: {{{construed}}}, {asks}}}\n"
        applied = "  - {at: (1), summary: s, may: open cell, by: warden, to: inmate, when: visit.harmful}\n"
        found = linked(article("1", applied + clause)).diagnostics
        return [one.message for one in found if one.slug == "construed-name-undeclared"]

    said = "read through act/1(2), act/1(2) speaks of the fact `heir.ill`, which nobody declared"
    assert told("inmate: heir") == [said]
    assert told("visit: telephone_call") == []
