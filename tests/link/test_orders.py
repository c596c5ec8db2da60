"""Order among norms: which orders bite, and which stay words."""

from __future__ import annotations

import pytest
from tests.link.books import VOCABULARY, article, beats, linked, norm, program, slugs, source_of

from mutandis.diagnostics import Severity
from mutandis.link.linker import link
from mutandis.link.orders import Target
from mutandis.link.reading import Draft


def test_a_permission_despite_a_ban_beats_it() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, must_not: open cell, by: warden}
  - {at: (2), summary: s, may: open cell, by: warden, despite: (1), when: inmate.calm}
""",
        )
    )
    assert beats(book.components["open cell"]) == {("act/1(2) may", "despite", "act/1(1) must_not")}


def test_subject_to_is_despite_written_at_the_other_end() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, must_not: open cell, by: warden, when: inmate.ill}
  - {at: (2), summary: s, may: open cell, by: warden, subject_to: (1)}
""",
        )
    )
    assert beats(book.components["open cell"]) == {("act/1(1) must_not", "despite", "act/1(2) may")}


def test_two_permissions_never_destroy_each_other_and_the_order_is_kept_as_text() -> None:
    found = linked(
        article(
            "77",
            """
  - {at: (1), summary: s, may: open cell, by: warden, when: inmate.ill}
  - {at: (2), summary: s, may: open cell, by: warden, despite: (1), when: inmate.calm}
""",
        )
    )
    assert found.program is not None
    component = found.program.components["open cell"]
    assert component.beats == ()
    assert [order for order, _ in component.kept_as_text] == ["act/77(2) despite act/77(1)"]
    assert [d.slug for d in found.diagnostics] == ["order-that-orders-nothing"]


def test_an_order_onto_one_ground_fells_that_ground_only() -> None:
    book = program(
        article(
            "1",
            """
  - at: (1)
    summary: s
    may: open cell
    by: warden
    grounds:
      1: inmate.ill
      2: inmate.calm
  - {at: (2), summary: s, must_not: open cell, by: warden, despite: (1)2, when: inmate.young}
""",
        )
    )
    (beat,) = book.components["open cell"].beats
    assert [str(place) for place in beat.part] == ["act/1(1)2"]


def test_an_order_onto_an_exclusion_lets_the_rule_of_the_same_direction_stand_again() -> None:
    book = program(
        article(
            "1",
            """
  - at: (1)
    summary: s
    may: open cell
    by: warden
    unless:
      at: (1) proviso
      when: inmate.ill
  - {at: (2), summary: s, may: open cell, by: warden, despite: (1) proviso, when: inmate.calm}
  - {at: (3), summary: s, must_not: open cell, by: warden, despite: (1) proviso, when: inmate.young}
""",
        )
    )
    component = book.components["open cell"]
    assert beats(component) == {("act/1(2) may", "despite", "act/1(1) may")}
    assert [str(place) for place in component.beats[0].part] == ["act/1(1) proviso"]


def test_a_limit_at_a_proviso_despite_its_paragraph_beats_the_paragraph_and_not_itself() -> None:
    book = program(
        article(
            "95",
            """
  - {at: (1), summary: s, may: suspend contact, by: warden}
  - {at: (2), summary: s, limits: suspend contact, requires: contact.length <= 2 hours}
  - {at: (2) proviso, summary: s, limits: suspend contact, despite: (2), requires: contact.checked}
""",
        )
    )
    assert beats(book.components["suspend visit"]) == {("act/95(2) proviso limits", "despite", "act/95(2) limits")}


def test_a_permission_despite_a_limit_lifts_it() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, limits: suspend contact, requires: contact.checked}
  - {at: (2), summary: s, may: suspend contact, by: warden, despite: (1)}
""",
        )
    )
    component = book.components["suspend visit"]
    assert beats(component) == {("act/1(2) may", "lifts", "act/1(1) limits")}
    assert [n.direction for n in component.norms] == ["limits", "may"]


def test_the_main_sentence_does_not_take_in_its_proviso() -> None:
    book = program(
        article(
            "14",
            """
  - {at: main, summary: s, must: open cell, by: warden}
  - {at: proviso, summary: s, must: open cell, by: warden, when: inmate.ill}
  - {at: (2), summary: s, must_not: open cell, by: warden, despite: main, when: inmate.calm}
""",
        )
    )
    assert beats(book.components["open cell"]) == {("act/14(2) must_not", "despite", "act/14 main must")}


def test_instead_of_removes_a_rule_of_the_same_direction() -> None:
    book = program(
        article(
            "124",
            """
  - {at: (1), summary: s, must: open cell, by: warden}
  - {at: (1) proviso, summary: s, must: open cell, by: warden, instead_of: (1), when: inmate.ill}
""",
        )
    )
    assert beats(book.components["open cell"]) == {("act/124(1) proviso must", "instead_of", "act/124(1) must")}


def test_instead_of_reaches_a_rule_about_another_action_once_it_is_effective() -> None:
    book = program(
        article(
            "28",
            """
  - {at: (2), summary: s, must: open cell, by: warden}
  - {at: (2) proviso, summary: s, must: search cell, by: warden, instead_of: (2), when: inmate.ill}
""",
        )
    )
    component = book.components["open cell"]
    assert beats(component) == {("act/28(2) proviso disapply", "instead_of", "act/28(2) must")}
    (condition,) = norm(component, "act/28(2) proviso").when
    name = getattr(condition, "citation", "")
    assert book.effective[name] == (("search cell", 0),)
    assert book.components["search cell"].kept_as_text == ()


def test_a_rule_that_only_disapplies_removes_what_it_names_on_every_action() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, may: open cell, by: warden}
  - {at: (1), summary: s, must: search cell, by: warden}
  - {at: (2), summary: s, despite: (1), when: inmate.ill}
""",
        )
    )
    for action, direction in (("open cell", "may"), ("search cell", "must")):
        assert beats(book.components[action]) == {("act/1(2) disapply", "disapply", f"act/1(1) {direction}")}


def test_disapplying_a_definition_makes_it_give_no_value() -> None:
    book = program(
        article(
            "1",
            """
  - {at: (1), summary: s, define: sanction.ceiling, as: 30 days}
  - {at: (2), summary: s, despite: (1), when: inmate.ill}
""",
        )
    )
    (derivation,) = book.derived["sanction.ceiling"].derivations
    assert [str(exclusion.citation) for exclusion in derivation.exclusions] == ["act/1(2)"]


def test_a_definition_despite_another_gives_the_value_alone() -> None:
    found = linked(
        article(
            "1",
            """
  - {at: (1), summary: s, define: sanction.ceiling, as: 30 days}
  - {at: (1) proviso, summary: s, define: sanction.ceiling, as: 45 days, when: inmate.ill, despite: (1)}
""",
        )
    )
    assert found.program is not None
    first, second = found.program.derived["sanction.ceiling"].derivations
    assert [str(exclusion.citation) for exclusion in first.exclusions] == ["act/1(1) proviso"]
    assert second.exclusions == ()
    assert found.diagnostics == ()


def test_of_three_definitions_that_differ_every_two_are_told() -> None:
    rules = "".join(
        f"  - {{at: ({number}), summary: s, define: sanction.ceiling, as: {number}0 days}}\n" for number in (1, 2, 3)
    )
    assert slugs(article("1", rules)) == ["definitions-that-differ"] * 3


def test_a_clause_that_construes_what_a_definition_reads_and_not_what_it_is_of_is_told_once() -> None:
    found = linked(
        article(
            "1",
            """
  - {at: (1), summary: s, define: contact.due_on, as: visit.ended_on, when: inmate.calm}
  - {at: (1) proviso, summary: s, define: contact.due_on, as: visit.ended_on + 3 days, instead_of: (1)}
""",
        ),
        article("2", "  - {at: main, summary: s, apply: 1, construe: {visit: telephone_call}}\n"),
    )
    (told,) = [one for one in found.diagnostics if one.slug == "definitions-that-differ"]
    assert "and act/2 main → act/1(1) as `telephone_call.ended_on`" in told.message
    assert told.help is not None
    assert told.help.startswith("if the value is that of what act/2 main construes, define it of that; or construe")


def test_the_higher_law_beats_the_lower_where_nothing_else_orders_them() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, must_not: open cell, by: warden}\n"),
        decree=article("2", "  - {at: main, summary: s, may: open cell, by: warden}\n", "decree"),
    )
    assert beats(book.components["open cell"]) == {("act/1 main must_not", "rank", "decree/2 main may")}


def test_an_explicit_order_of_the_lower_law_stands_and_is_noted() -> None:
    found = linked(
        article("1", "  - {at: main, summary: s, must_not: open cell, by: warden}\n"),
        decree=article("2", "  - {at: main, summary: s, may: open cell, by: warden, despite: act/1}\n", "decree"),
    )
    assert found.program is not None
    assert beats(found.program.components["open cell"]) == {("decree/2 main may", "despite", "act/1 main must_not")}
    assert [d.slug for d in found.diagnostics] == ["lower-over-higher"]


def test_rank_never_touches_a_limit() -> None:
    book = program(
        article("1", "  - {at: main, summary: s, may: suspend contact, by: warden}\n"),
        decree=article(
            "2", "  - {at: main, summary: s, limits: suspend contact, requires: contact.checked}\n", "decree"
        ),
    )
    assert book.components["suspend visit"].beats == ()


BAN_AND_POWER = """
  - {{at: (1), summary: s, must_not: open cell, by: warden, when: {ban}}}
  - {{at: (2), summary: s, may: open cell, by: warden, when: {power}}}
"""


def test_a_power_and_a_ban_that_can_meet_unordered_are_listed() -> None:
    for ban, power in (
        ("inmate.ill", "inmate.calm"),
        ("contact.ended_on <= 2020-01-01", "contact.ended_on >= 2020-01-01"),
        ("contact.ended_on > 2019-12-31", "contact.ended_on is 2020-01-01"),
        ("inmate.left_on is none", "inmate.returned_on is present"),
        ("contact.ended_on < contact.due_on", "contact.ended_on >= today"),
        ("contact.ended_on < contact.due_on", "today >= contact.due_on"),
        ("contact.ended_on <= contact.due_on", "contact.ended_on >= contact.due_on"),
        ("contact.ended_on is a holiday", "contact.ended_on is a saturday"),
        ("contact.ended_on is a day off", "contact.due_on is not a day off"),
    ):
        assert slugs(article("1", BAN_AND_POWER.format(ban=ban, power=power))) == ["unordered-power-and-ban"]


def test_a_power_and_a_ban_that_never_meet_are_not_listed() -> None:
    for ban, power in (
        ("inmate.class is sentenced", "inmate.class is unsentenced"),
        (
            '"inmate.class is one of [sentenced, death_row]"',
            "inmate.class is not death_row and inmate.class is unsentenced",
        ),
        ("inmate.ill", "not inmate.ill"),
        ("contact.ended_on < 2020-01-01", "contact.ended_on >= 2020-01-01"),
        ("contact.ended_on > 2020-01-01", "contact.ended_on <= 2020-01-01"),
        ("contact.ended_on > 2020-01-01", "contact.ended_on is 2020-01-01"),
        ("inmate.left_on is none", "inmate.left_on is present"),
        ("contact.ended_on < contact.due_on", "contact.ended_on >= contact.due_on"),
        ("contact.ended_on > contact.due_on", "contact.ended_on <= contact.due_on"),
        ("contact.ended_on is a day off", "contact.ended_on is not a day off"),
        ("contact.ended_on is a monday", "contact.ended_on is a saturday"),
        ("contact.ended_on is a day off", "contact.ended_on is a working day"),
    ):
        assert slugs(article("1", BAN_AND_POWER.format(ban=ban, power=power))) == []


def test_a_ban_that_excludes_what_the_power_demands_never_meets_it() -> None:
    rules = """
  - {at: (1), summary: s, must_not: open cell, by: warden, unless: inmate.ill}
  - {at: (2), summary: s, may: open cell, by: warden, when: inmate.ill}
"""
    assert slugs(article("1", rules)) == []


POWER = """
  - {at: (2), summary: s, may: open cell, by: warden, when: inmate.calm, grounds: {1: inmate.ill, 2: inmate.young}}
"""


@pytest.mark.parametrize(
    "ban",
    [
        "must_not: open cell, unless: {at: (3), grounds: {1: inmate.ill, 2: inmate.young}}",
        "must_not: open cell, unless: {at: (3), when: inmate.calm, grounds: {1: inmate.ill, 2: inmate.young}}",
        "must_not: open cell, unless: {at: (1) proviso, when: case falls under (2)}",
        "must_not: open cell, unless: [{at: (3), when: case falls under (2)1}, {at: (4), when: case falls under (2)2}]",
        "must_not: open cell, unless: {at: (1) proviso, when: (2) applies}",
        "must_not: open cell, when: not case falls under (2)",
        "must_not: open cell, when: not (2) applies",
    ],
)
def test_what_is_excluded_by_what_the_power_rests_on_never_meets_it(ban: str) -> None:
    rules = f"  - {{at: (1), summary: s, by: warden, {ban}}}{POWER}"
    assert slugs(article("1", rules)) == []


@pytest.mark.parametrize(
    "ban",
    [
        "must_not: open cell, unless: {at: (1) proviso, when: inmate.left_on is present, "
        "grounds: {1: inmate.ill, 2: inmate.young}}",
        "must_not: open cell, unless: {at: (1) proviso, when: case falls under (2)1}",
        "must_not: open cell, unless: {at: (1) proviso, grounds: {1: inmate.ill, 2: inmate.left_on is present}}",
    ],
)
def test_what_is_excluded_by_part_of_it_meets_the_rest(ban: str) -> None:
    rules = f"  - {{at: (1), summary: s, by: warden, {ban}}}{POWER}"
    assert slugs(article("1", rules)) == ["unordered-power-and-ban"]


def test_what_a_duty_forbids_is_excluded_with_it() -> None:
    def told(*more: str) -> list[str]:
        duty = "  - {at: (1), summary: s, must: keep parcel, by: warden, unless: {at: (3), when: inmate.ill}}\n"
        power = "  - {at: (2), summary: s, may: discard parcel, by: warden, when: inmate.ill}\n"
        return slugs(article("1", "".join((duty, power, *more))))

    assert told() == []
    # Where something may fell the exclusion, it keeps nothing apart.
    assert told("  - {at: (4), summary: s, despite: (3), when: inmate.calm}\n") == ["unordered-power-and-ban"]


@pytest.mark.parametrize(
    ("duties", "told"),
    [
        (
            """
  - {at: (1), summary: s, must: open cell, by: warden}
  - {at: (2), summary: s, need_not: open cell, when: inmate.ill}
""",
            "act/1(1) demands `open cell` and act/1(2) exempts from it",
        ),
        (
            """
  - {at: (1), summary: s, must: open cell, by: warden}
  - {at: (2), summary: s, must: open cell, by: warden, unless: {at: (2) proviso, when: inmate.ill}}
""",
            "act/1(1) demands `open cell` and act/1(2) proviso exempts from it",
        ),
        (
            """
  - {at: (1), summary: s, must: open cell, by: warden, unless: {at: (1) proviso, when: inmate.ill}}
""",
            "",
        ),
        (
            """
  - {at: (1), summary: s, must: open cell, by: warden, unless: inmate.ill}
  - {at: (2), summary: s, need_not: open cell, when: inmate.ill}
""",
            "",
        ),
        (
            """
  - {at: (1), summary: s, must: open cell, by: warden}
  - {at: (2), summary: s, need_not: open cell, when: inmate.ill, despite: (1)}
""",
            "",
        ),
        (
            """
  - {at: (1), summary: s, must: open cell, by: warden, despite: (2) proviso}
  - {at: (2), summary: s, must: open cell, by: warden, unless: {at: (2) proviso, when: inmate.ill}}
""",
            "",
        ),
    ],
)
def test_a_duty_and_what_exempts_from_it_that_can_meet_unordered_are_listed(duties: str, told: str) -> None:
    found = [one for one in linked(article("1", duties)).diagnostics if one.slug == "unordered-power-and-ban"]
    assert [one.message for one in found] == ([f"{told}; nothing says which goes before"] if told else [])


def test_pairs_of_both_kinds_are_told_together() -> None:
    rules = """
  - {at: (1), summary: s, must: open cell, by: warden}
  - {at: (2), summary: s, need_not: open cell, when: inmate.ill}
  - {at: (3), summary: s, must_not: open cell, when: inmate.calm}
"""
    (found,) = [one for one in linked(article("1", rules)).diagnostics if one.slug == "unordered-power-and-ban"]
    assert "2 pairs of rules allow or demand `open cell` and forbid it or exempt from it" in found.message
    assert {label.text for label in found.labels} == {"demands it", "exempts from it", "forbids it"}


def test_a_power_and_a_ban_in_force_at_different_times_never_meet() -> None:
    rules = """
  - {at: (1), summary: s, must_not: open cell, by: warden, until: 2019-01-01}
  - {at: (2), summary: s, may: open cell, by: warden, since: 2019-01-01}
"""
    assert slugs(article("1", rules)) == []


def test_orders_that_run_in_a_circle_leave_no_program() -> None:
    found = linked(
        article(
            "1",
            """
  - {at: (1), summary: s, must_not: open cell, by: warden, despite: (2)}
  - {at: (2), summary: s, may: open cell, by: warden, despite: (1)}
""",
        )
    )
    assert found.program is None
    (circle,) = [d for d in found.diagnostics if d.slug == "circle"]
    assert {label.text for label in circle.labels} == {
        "act/1(1) goes before act/1(2)",
        "act/1(2) goes before act/1(1)",
    }
    assert all(label.span.line > 0 for label in circle.labels)


def test_a_disapplied_penalty_punishes_nothing_then() -> None:
    found = linked(
        article(
            "92",
            """
  - {at: (1), summary: s, must_not: open cell, by: warden}
  - {at: (2), summary: s, penalty: {of: (1), any: [fine up to 10 won]}}
  - {at: (3), summary: s, despite: (2), when: inmate.ill}
""",
        )
    )
    assert found.program is not None
    (penalty,) = found.program.components["open cell"].penalties
    assert [str(exclusion.citation) for exclusion in penalty.exclusions] == ["act/92(3)"]
    assert found.diagnostics == ()


def test_a_clause_about_a_whole_law_asks_of_each_norm_only_what_can_name_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(articles: int) -> int:
        vocabulary = VOCABULARY + "".join(
            f"  do_{word} cell: {{label: do, default: silent, by: warden}}\n" for word in _words(articles)
        )
        rules = [
            article(f"{number}", f"  - {{at: main, summary: s, must: do_{word} cell, by: warden}}\n")
            for number, word in enumerate(_words(articles), 101)
        ]
        clause = f"  - {{at: main, summary: s, despite: 101 to {100 + articles}, when: inmate.calm}}\n"
        calls = 0

        def count(target: Target, draft: Draft) -> bool:
            nonlocal calls
            calls += 1
            return whole(target, draft)

        whole = Target.whole
        with monkeypatch.context() as counting:
            counting.setattr(Target, "whole", count)
            found = link(source_of(*rules, article("11", clause), vocabulary=vocabulary)).program
        assert found is not None
        for word in _words(articles):
            assert {relation for _, relation, _ in beats(found.components[f"do_{word} cell"])} == {"disapply"}
        return calls

    assert asked(40) == 2 * asked(20)


def _words(number: int) -> list[str]:
    return [f"{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(number)]


def test_a_definition_for_where_a_proviso_applies_is_kept_apart_from_that_which_the_proviso_keeps_away() -> None:
    rules = """
  - {at: (1), summary: s, define: sanction.ceiling, as: 10 days, unless: {at: (1) proviso, when: inmate.calm}}
  - {at: (2), summary: s, define: sanction.ceiling, as: 20 days, when: CONDITION}
"""
    assert slugs(article("1", rules.replace("CONDITION", "(1) proviso applies"))) == []
    first = rules.replace("as: 10 days,", "as: 10 days, when: inmate.ill,")
    assert slugs(article("1", first.replace("CONDITION", "not inmate.ill or (1) proviso applies"))) == []
    assert slugs(article("1", first.replace("CONDITION", "inmate.ill or (1) proviso applies"))) != []
    assert slugs(article("1", rules.replace("CONDITION", "'not inmate.calm'"))) == ["definitions-that-differ"]


@pytest.mark.parametrize(
    ("away", "told"),
    [
        ("unless: {when: 1(2) applies}", []),
        ("when: not 1(2) applies", []),
        ("when: case does not fall under 1(2)", []),
        ("unless: {when: [inmate.young, inmate.ill or inmate.calm]}", []),
        ("unless: {at: (1) proviso, when: case falls under 1(2)1}", ["definitions-that-differ"]),
    ],
)
def test_a_definition_that_asks_whether_another_applies_is_kept_apart_from_it(away: str, told: list[str]) -> None:
    rules = f"""
  - {{at: (1), summary: s, define: sanction.ceiling, as: 10 days, {away}}}
  - at: (2)
    summary: s
    define: sanction.ceiling
    as: 20 days
    when: [inmate.young, inmate.ill or inmate.calm]
    grounds: {{1: inmate.ill, 2: inmate.calm}}
"""
    assert slugs(article("1", rules)) == told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("visit.ended_on + 2 years > today", "visit.ended_on + 2 years <= today"),
        ("visit.ended_on + 5 years > today", "visit.ended_on + 8 years <= today"),
        ("visit.ended_on <= contact.due_on", "visit.ended_on > contact.due_on + 12 months"),
        ("contact.due_on >= visit.ended_on", "visit.ended_on > contact.due_on + 12 months"),
        ("today is within 14 days after visit.ended_on", "today > visit.ended_on + 30 days"),
        ("today is within 14 days before visit.ended_on", "today < visit.ended_on - 2 weeks"),
        ("today <= the end of 1 month after visit.ended_on", "today > the end of 1 year after visit.ended_on"),
    ],
)
def test_definitions_for_times_that_lie_apart_are_kept_apart(one: str, other: str) -> None:
    rules = "".join(
        f"  - {{at: ({n}), summary: s, define: sanction.ceiling, as: {n}0 days, when: {when}}}\n"
        for n, when in enumerate((one, other), 1)
    )
    assert slugs(article("1", rules)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("visit.ended_on + 5 years > today", "visit.ended_on + 2 years <= today"),
        ("visit.ended_on + 5 years > today", "visit.ended_on + 61 days <= today"),
        ("visit.ended_on <= contact.due_on + 12 months", "visit.ended_on > contact.due_on"),
        ("today is within 14 days after visit.ended_on", "today >= visit.ended_on + 14 days"),
        ("today <= visit.ended_on + 1 month", "today > the end of 1 month after visit.ended_on"),
        ("not today is within 14 days after visit.ended_on", "today > visit.ended_on + 14 days"),
    ],
)
def test_definitions_for_times_that_meet_or_are_not_compared_are_told(one: str, other: str) -> None:
    rules = "".join(
        f"  - {{at: ({n}), summary: s, define: sanction.ceiling, as: {n}0 days, when: {when}}}\n"
        for n, when in enumerate((one, other), 1)
    )
    assert slugs(article("1", rules)) == ["definitions-that-differ"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("any m in cell.inmates has (m.calm)", "no m in cell.inmates has (m.calm)"),
        ("exactly 1 m in cell.inmates where (m.calm)", "exactly 2 m in cell.inmates where (m.calm)"),
        ("at most 2 m in cell.inmates where (m.calm)", "(the number of m in cell.inmates where (m.calm)) >= 3"),
        ("every m in cell.inmates has (m.calm)", "any m in cell.inmates has (not m.calm)"),
    ],
)
def test_definitions_for_numbers_of_members_that_lie_apart_are_kept_apart(one: str, other: str) -> None:
    vocabulary = VOCABULARY.replace(
        "  cell: {label: cell}", "  cell: {label: cell, attributes: {inmates: {type: list of inmate, question: Who?}}}"
    )

    def told_with(second: str) -> list[str]:
        rules = "".join(
            f"  - {{at: ({n}), summary: s, define: sanction.ceiling, as: {n}0 days, when: '{when}'}}\n"
            for n, when in enumerate((one, second), 1)
        )
        found = link(source_of(article("1", rules), vocabulary=vocabulary)).diagnostics
        return [one.slug for one in found if one.severity is not Severity.NOTE]

    assert told_with(other) == []
    assert told_with(other.replace("calm", "ill")) == ["definitions-that-differ"]


@pytest.mark.parametrize(("cited", "told"), [("1.4", 0), ("1.4 to 1.6", 0), ("1.3 to 1.4", 1)])
def test_one_provision_is_not_in_two_stretches_that_have_none_in_common(cited: str, told: int) -> None:
    held = "      held_under: {type: provision, question: Under what?}\n"
    rules = f"""
  - at: main
    summary: s
    states: six kinds of detention
  - {{at: (2), summary: s, define: visit.due_on, when: inmate.held_under falls under 1.1 to 1.3, as: visit.ended_on}}
  - {{at: (3), summary: s, define: visit.due_on, when: inmate.held_under falls under {cited}, as: "2020-01-01"}}
"""
    vocabulary = VOCABULARY.replace("      calm: {type", f"{held}      calm: {{type", 1)
    found = link(source_of(article("1", rules), vocabulary=vocabulary)).diagnostics
    assert [one.slug for one in found].count("definitions-that-differ") == told
