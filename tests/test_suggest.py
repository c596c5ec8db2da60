"""Near names are suggested, far ones are not, and no text is too long to ask about."""

from __future__ import annotations

from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mutandis import suggest
from mutandis.suggest import did_you_mean, nearest_names

NAMES = ["visit", "visits", "visitor", "writing", "warden"]


def test_the_nearest_name_comes_first() -> None:
    assert nearest_names("vist", NAMES) == ("visit", "visits")


def test_a_name_much_farther_than_the_nearest_is_not_named() -> None:
    assert "visitor" not in nearest_names("vist", NAMES)
    assert nearest_names("day", ["days", "any"]) == ("days",)


def test_a_help_line_lists_the_near_names() -> None:
    assert did_you_mean("vist", NAMES, "declare it") == "did you mean `visit` or `visits`?"
    assert did_you_mean("wardn", NAMES, "declare it") == "did you mean `warden`?"


def test_where_nothing_is_near_the_help_line_says_what_else_to_do() -> None:
    assert did_you_mean("telephone", NAMES, "declare it") == "declare it"
    assert did_you_mean("x" * 100_000, NAMES, "declare it") == "declare it"


words = st.text(st.sampled_from("abcdeABst.\u0141\u0181"), max_size=12)


@given(words, st.lists(words, max_size=12))
def test_no_near_name_is_lost_by_its_letters(name: str, declared: list[str]) -> None:
    near = get_close_matches(name, sorted(set(declared)), n=3, cutoff=0.65)
    assert nearest_names(name, declared) == tuple(near[: len(nearest_names(name, declared))])
    assert bool(near) == bool(nearest_names(name, declared))


def test_names_that_share_too_few_letters_are_not_compared_and_a_slip_that_comes_again_is_looked_for_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compared: list[list[str]] = []

    def counted(name: str, among: list[str], **how: float) -> list[str]:
        compared.append(among)
        return get_close_matches(name, among, n=3, cutoff=how["cutoff"])

    monkeypatch.setattr(suggest, "get_close_matches", counted)
    slip = "wraitings"
    for _ in range(100):
        assert nearest_names(slip, NAMES) == ("writing",)
    assert compared == [["writing"]]
