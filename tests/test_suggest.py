"""Near names are suggested, far ones are not, and no text is too long to ask about."""

from __future__ import annotations

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
