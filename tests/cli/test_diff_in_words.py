"""What a case of a difference states, and in which words it is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.evaluate.books import LAW, VOCABULARY, article, rule

from mutandis_tools.comparison.answers import Asked
from mutandis_tools.comparison.witness import _out_of_order, without_the_rest
from mutandis_tools.report.meaning_text import _bound

WORDS = VOCABULARY.replace(
    "      good: {type: yes/no, question: Is it good?}",
    "      good: {type: yes/no, question: Is it good?}\n      size: {type: count, question: How large?}",
)


def _book(folder: Path, *rules: str) -> Path:
    (folder / "act").mkdir(parents=True)
    for name, text in {"law.yaml": LAW, "vocabulary.yaml": WORDS, "001-article.yaml": article(*rules)}.items():
        (folder / "act" / name).write_text(text)
    return folder


@pytest.mark.parametrize(
    ("relation", "bound", "told"),
    [
        ("at_most", "2024-04-27", "until 2024-04-27 at the latest"),
        ("at_least", "2024-04-27T09:00", "from 2024-04-27T09:00 at the earliest"),
        ("at_most", "30 days", "at most 30 days"),
        ("at_least", "", "at least what is not known yet"),
    ],
)
def test_a_bound_on_a_day_is_no_amount(relation: str, bound: str, told: str) -> None:
    assert _bound(relation, bound) == told


def test_a_number_that_a_member_states_is_not_what_a_list_is_counted_against(run: Run, tmp_path: Path) -> None:
    duty = rule("(1)", "must: tell thing", "when: every p in it.parts has (p.size <= 200)")
    counted = rule("(1)", "must: tell thing", "when: (the number of p in it.parts where (p.size > 200)) >= 30")
    for text, told in ((duty, False), (counted, True)):
        old = _book(tmp_path / f"old {told}", text)
        new = _book(tmp_path / f"new {told}", text.replace("200", "150"))
        output = run("diff", old, new).output
        assert ("  differs tell it\n" in output) is not told and ("counted against 30" in output) is told, output


def test_of_what_may_be_none_that_is_said_where_it_does() -> None:
    case = Asked({"it.until": dt.date(2020, 1, 1), "it.on": dt.date(2020, 1, 1), "it.a": True})

    def holds(other: Asked) -> bool:
        return {"it.until", "it.on"} <= other.facts.keys()

    assert dict(without_the_rest(case, holds, ["it.until"]).facts) == {"it.until": None, "it.on": dt.date(2020, 1, 1)}


def test_a_moment_that_ends_before_the_day_on_which_it_began_is_out_of_order() -> None:
    began, ends = dt.date(2020, 1, 2), dt.datetime(2020, 1, 1, 23, 59)
    assert _out_of_order(Asked({"shift.began_on": began, "shift.ends_at": ends})) == 1
    assert _out_of_order(Asked({"shift.began_on": began, "shift.ends_at": dt.datetime(2020, 1, 2)})) == 0


def test_one_of_a_kind_is_not_told_as_several(run: Run, tmp_path: Path) -> None:
    book = _book(tmp_path / "book", rule("(1)", "must: tell thing", "when: it.a"))
    output = run("check", book, "--deep", "--action", "tell thing").output
    assert output.startswith("1 action asked about all cases: nothing found\n"), output
