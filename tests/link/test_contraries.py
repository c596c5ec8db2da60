"""What a norm on one action of a group says of the others, and what an exclusion of a duty grants."""

from __future__ import annotations

from tests.link.books import article, beats, norm, program

from mutandis.condition.tree import Applies, Fact


def test_a_duty_forbids_what_excludes_it() -> None:
    book = program(article("1", "  - {at: main, summary: s, must: keep book, by: warden, when: inmate.ill}\n"))
    for action in ("discard book", "deliver book"):
        found = norm(book.components[action], "act/1 main")
        # It holds while its source does, not only while the conditions of that are met.
        fate = Applies("act/1 main#keep book on keep book")
        assert (found.direction, found.derived, found.when) == ("must_not", "contrary", (Fact("inmate.ill"), fate))
    assert book.components["discard item"].norms == ()


def test_a_group_declared_on_a_kind_holds_for_each_sub_kind_apart() -> None:
    book = program(article("1", "  - {at: main, summary: s, must: keep parcel, by: warden}\n"))
    assert [n.derived for n in book.components["discard book"].norms] == ["contrary"]
    assert [n.derived for n in book.components["keep book"].norms] == [""]


def test_a_permission_exempts_from_what_excludes_it() -> None:
    book = program(article("1", "  - {at: main, summary: s, may: keep book, by: warden}\n"))
    assert norm(book.components["discard book"], "act/1 main").direction == "need_not"


def test_a_right_forbids_what_excludes_it_to_whom_it_is_held_against() -> None:
    book = program(article("1", "  - {at: main, summary: s, may: keep book, by: inmate, to: warden}\n"))
    found = norm(book.components["discard book"], "act/1 main")
    assert (found.direction, found.by, found.to) == ("must_not", ("warden",), ("inmate",))


def test_prohibitions_and_exemptions_say_nothing_of_the_others() -> None:
    for effect in ("must_not", "need_not"):
        book = program(article("1", f"  - {{at: main, summary: s, {effect}: keep book, by: warden}}\n"))
        assert book.components["discard book"].norms == ()


def test_derived_norms_carry_the_orders_of_their_origin() -> None:
    book = program(
        article(
            "17",
            """
  - {at: (4), summary: s, must: discard book, by: warden}
  - {at: (5), summary: s, may: keep book, by: warden, despite: (4), when: inmate.ill}
""",
        )
    )
    assert beats(book.components["discard book"]) == {("act/17(5) need_not", "despite", "act/17(4) must")}
    assert beats(book.components["keep book"]) == {("act/17(5) may", "despite", "act/17(4) must_not")}


def test_a_duty_to_do_one_of_several_is_a_permission_of_each() -> None:
    book = program(article("128", "  - {at: main, summary: s, must: {any: [keep book, deliver book]}, by: warden}\n"))
    for action in ("keep book", "deliver book"):
        found = norm(book.components[action], "act/128 main")
        assert (found.direction, found.any_group) == ("may", ("deliver book", "keep book"))


def test_a_duty_to_do_one_of_several_forbids_what_excludes_them_all() -> None:
    book = program(article("128", "  - {at: main, summary: s, must: {any: [keep book, deliver book]}, by: warden}\n"))
    assert {n.direction for n in book.components["discard book"].norms} == {"must_not"}


def test_an_exclusion_of_a_duty_exempts_at_its_own_place() -> None:
    book = program(
        article(
            "1",
            """
  - at: (1)
    summary: s
    must: open cell
    by: warden
    when: inmate.ill
    unless:
      at: (1) proviso
      when: inmate.calm
""",
        )
    )
    found = norm(book.components["open cell"], "act/1(1) proviso")
    assert (found.direction, found.derived) == ("need_not", "unless")
    assert found.when == (Fact("inmate.ill"), Fact("inmate.calm"))


def test_an_exclusion_of_a_duty_with_grounds_exempts_only_while_a_ground_holds() -> None:
    book = program(
        article(
            "1",
            """
  - at: (1)
    summary: s
    must: open cell
    by: warden
    grounds: {1: inmate.ill, 2: inmate.young}
    unless:
      at: (1) proviso
      when: inmate.calm
""",
        )
    )
    ground, calm = norm(book.components["open cell"], "act/1(1) proviso").when
    assert calm == Fact("inmate.calm")
    assert isinstance(ground, Fact)
    (derivation,) = book.derived[ground.name].derivations
    assert [g.when for g in derivation.grounds] == [Fact("inmate.ill"), Fact("inmate.young")]


def test_an_exclusion_of_a_permission_grants_nothing() -> None:
    book = program(article("1", "  - {at: (1), summary: s, may: open cell, by: warden, unless: inmate.calm}\n"))
    assert [n.direction for n in book.components["open cell"].norms] == ["may"]
