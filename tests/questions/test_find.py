"""Finding actions and facts by a person's own words."""

from __future__ import annotations

from pathlib import Path

import pytest

from mutandis import Rulebook
from mutandis.questions.find import Finder, Found

LIBRARY = Path(__file__).parents[1] / "library"


@pytest.fixture(scope="module")
def shipped() -> Finder:
    return Finder(Rulebook.load().program)


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("a friend wants to visit", "receive visit"),
        ("handcuffs", "use protective_equipment"),
        ("take a photo inside", "film_or_photograph facility_interior"),
        ("haircut", "force haircut"),
        ("arrest a fugitive", "arrest inmate"),
        ("phone call of a juvenile", "permit juvenile_call"),
        ("bury the body", "bury_temporarily corpse"),
        ("room and board", "provide room_and_board"),
        ("drone", "carry_in goods"),
    ],
)
def test_the_action_is_among_the_first(words: str, action: str, shipped: Finder) -> None:
    found = shipped.find(words, most=5)
    assert action in [one.action for one in found.actions]


def test_what_is_found_is_told_with_its_label_bearer_and_articles(shipped: Finder) -> None:
    first = shipped.find("visit", most=1).actions[0]
    assert (first.action, first.label, first.by) == ("receive visit", "be visited", "inmate")
    assert "act/41" in first.articles


def test_words_that_nothing_has_find_nothing(shipped: Finder) -> None:
    assert shipped.find("xyzzy") == shipped.find("") == shipped.find("of the") == Found((), ())


def test_words_of_a_question_find_the_fact() -> None:
    found = Rulebook.load(LIBRARY).find("fees owed")
    assert found.facts[0].fact == "reader.fees_owed"
    assert found.facts[0].question
