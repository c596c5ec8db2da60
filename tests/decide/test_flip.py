"""Flips are counted by what they have in common, and what an answer newly rests on is told once."""

from __future__ import annotations

from mutandis.decide.flip import ABSENT, Flip, Flips, Told, rests_on, turned


def test_what_is_breached_is_rested_on_besides_what_is_cited_each_once() -> None:
    assert rests_on(["act/1", "act/2"], ["act/2", "act/2"]) == ("act/1", "act/2", "act/2 breached")


def test_a_flip_tells_what_the_new_answer_newly_rests_on_and_what_no_longer() -> None:
    kind = turned(
        "lend book", Told("permitted", ("act/1", "act/2")), Told("undetermined", ("act/2", "act/3"), ("fee",))
    )
    assert kind == ("lend book", "permitted", "undetermined", ("act/3",), ("act/1",), ("fee",))


def test_an_action_that_a_rulebook_does_not_have_rests_on_nothing() -> None:
    kind = turned("lend book", Told(ABSENT), Told("permitted", ("act/1",)))
    assert (kind.before, kind.by, kind.no_longer) == ("absent", ("act/1",), ())


def test_flips_of_one_kind_are_counted_together_with_the_first_samples_and_the_most_come_first() -> None:
    flips: Flips[int] = Flips(2)
    rare = turned("lend book", Told("permitted"), Told("forbidden"))
    often = turned("lend map", Told("permitted"), Told("forbidden"))
    flips.take(rare, [7])
    flips.take(often, [1, 2, 3], 5)
    flips.take(often, [4])
    assert flips.counted() == (
        Flip("lend map", "permitted", "forbidden", (), (), (), 6, (1, 2)),
        Flip("lend book", "permitted", "forbidden", (), (), (), 1, (7,)),
    )
